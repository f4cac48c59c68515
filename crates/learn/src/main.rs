//! Trains the models of bantin. Run through `cargo xtask train`, which says where the data is.
//!
//! Each model has a module: it reads the data, trains, scores what was held out, and writes the
//! binary table that its stage embeds. Everything is deterministic.

#![expect(clippy::print_stderr, reason = "a trainer tells who runs it how it goes")]

mod articles;
mod crawl;
mod crf;
mod entities;
mod labels;
mod stories;
mod trees;
mod words;
mod zones;

use anyhow::Result;
use clap::{Parser, Subcommand};

/// Trains the models that the stages embed.
#[derive(Parser)]
#[command(version)]
struct Cli {
    #[command(subcommand)]
    model: Model,
}

#[derive(Subcommand)]
enum Model {
    /// The zone labeler of clean.
    Zones(zones::Args),
    /// The word and sentence model of segment.
    Words(words::Args),
    /// The mention models of tag.
    Entities(entities::Args),
    /// Trains nothing: takes labelled articles into the files of labels.
    Labels(labels::Args),
}

fn main() -> Result<()> {
    match Cli::parse().model {
        Model::Zones(args) => zones::run(args),
        Model::Words(args) => words::run(args),
        Model::Entities(args) => entities::run(args),
        Model::Labels(args) => labels::run(args),
    }
}
