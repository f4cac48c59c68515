//! The workspace's tasks. `cargo xtask run seeds` is the first command to try, `cargo xtask ci`
//! is what continuous integration runs; `cargo xtask help` lists the rest.
//!
//! A task runs the commands of the workspace as a person would and prints each, so that it can be
//! typed by hand. Paths are relative to the root of the workspace.

#![expect(clippy::print_stdout, clippy::print_stderr, reason = "a task talks to a person")]

mod bench;
mod browser_test;
mod ci;
mod devtools;
mod eval;
mod manual;
mod review;
mod run;
mod schema;
mod tidy;
mod train;
mod workspace;

use std::process::ExitCode;

use clap::{Parser, Subcommand};

use crate::workspace::Workspace;

#[derive(Parser)]
#[command(name = "cargo xtask", about = "The workspace's tasks")]
struct Cli {
    #[command(subcommand)]
    task: Task,
}

#[derive(Subcommand)]
enum Task {
    /// Build bantin and run its stages: `cargo xtask run seeds`.
    Run(run::Run),
    /// Run one stage and print its records: `cargo xtask stage clean seeds`.
    Stage(run::One),
    /// Go through changed snapshots, with cargo-insta where it is installed.
    Review(review::Review),
    /// Train the models from `../shared`: `cargo xtask train words`.
    Train(train::Train),
    /// Score the stages against the gold data in `../shared` and hold the committed floors.
    Eval(eval::Eval),
    /// Measure speed and memory on a corpus made of committed text, or on a file given.
    Bench(bench::Bench),
    /// Use the report's page in headless Chromium: links, filters, phone width, accessibility.
    BrowserTest(browser_test::BrowserTest),
    /// Write docs/schema.json from the documentation of the record.
    Schema,
    /// Write shell completions and man pages.
    Manual(manual::Manual),
    /// Check what no compiler checks: dependency edges, purity, module docs, seeds, schema.
    Tidy,
    /// Everything that has to pass before a change is done.
    Ci(ci::Ci),
}

fn main() -> ExitCode {
    match start(Cli::parse().task) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("error: {error:#}");
            ExitCode::FAILURE
        }
    }
}

fn start(task: Task) -> anyhow::Result<()> {
    let workspace = Workspace::open()?;
    match task {
        Task::Run(task) => task.start(&workspace),
        Task::Stage(task) => task.start(&workspace),
        Task::Review(task) => task.start(&workspace),
        Task::Train(task) => task.start(&workspace),
        Task::Eval(task) => task.start(&workspace),
        Task::Bench(task) => task.start(&workspace),
        Task::BrowserTest(task) => task.start(&workspace),
        Task::Schema => schema::write(&workspace),
        Task::Manual(task) => task.start(&workspace),
        Task::Tidy => tidy::start(&workspace),
        Task::Ci(task) => task.start(&workspace),
    }
}
