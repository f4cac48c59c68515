//! The model of clean: trains it, and scores it as it is or across folds.

mod chain;
mod folds;
mod gold;
mod pages;
mod score;
mod silver;
mod stripped;

use std::path::{Path, PathBuf};

use anyhow::{Context, Result};
use bantin_clean::Cleaner;
use bantin_clean::training;
use bantin_document::Document;

use crate::crawl::Crawl;
use crate::trees::{self, Rows};
use chain::Crawled;
use folds::{FOLDS, cross_validate, doubts, part};
use gold::Gold;
use score::Score;

/// Where the data is and where the model goes.
#[derive(clap::Args)]
pub(crate) struct Args {
    /// The folder of the data: `gold/zones.*.jsonl` and `data/raw/baomoi.jsonl.zst`.
    #[arg(long, default_value = "../shared")]
    shared: PathBuf,
    /// Where the model is written.
    #[arg(long, default_value = "crates/clean/models/zones.bin")]
    out: PathBuf,
    /// Trains on four fifths of the documents and scores the last, five times; writes nothing.
    #[arg(long)]
    cv: bool,
    /// Scores the model that is built in; trains and writes nothing.
    #[arg(long)]
    eval: bool,
    /// Labelled documents to train on instead of all that the folder has.
    #[arg(long, num_args = 1..)]
    gold: Vec<PathBuf>,
    /// Labels of articles of the raw crawl to train on too.
    #[arg(long, default_value = "crates/learn/labels/zones.jsonl")]
    labels: PathBuf,
    /// How much a document of these labels counts.
    #[arg(long, default_value_t = 0.25)]
    labels_weight: f32,
    /// Labelled documents to score, never trained on.
    #[arg(long, num_args = 1..)]
    test: Vec<PathBuf>,
    /// How much an article of the crawl counts whose credits are taken out; none are read for 0.
    #[arg(long, default_value_t = 0.04)]
    stripped_weight: f32,
    /// Prints every stretch that was lost or left in.
    #[arg(long)]
    errors: bool,
    /// Probabilities from which on a caption goes; each is scored.
    #[arg(long, num_args = 1.., default_values_t = [0.7])]
    caption: Vec<f32>,
    /// Probability from which on anything else goes.
    #[arg(long, default_value_t = 0.5)]
    other: f32,
    /// Passes over the labelled documents.
    #[arg(long, default_value_t = 20)]
    epochs: usize,
    /// Passes of the scorers over the labelled documents.
    #[arg(long, default_value_t = 3)]
    tune: usize,
    /// Step size of these passes.
    #[arg(long, default_value_t = 0.05)]
    tune_rate: f32,
    /// How settled the scorers are before these passes.
    #[arg(long, default_value_t = 1.0)]
    squares: f32,
    /// Orders of the documents that the model is the mean of.
    #[arg(long, default_value_t = 5)]
    seeds: u64,
    /// Templates of features to leave out, to see what they are worth.
    #[arg(long, num_args = 1..)]
    without: Vec<u64>,
    /// Strength of L1.
    #[arg(long, default_value_t = 1.0)]
    l1: f32,
    /// Step size.
    #[arg(long, default_value_t = 0.03)]
    alpha: f32,
    /// Decision trees; without any the chain decides alone.
    #[arg(long, default_value_t = 450)]
    trees: usize,
    /// What chooses the rows and numbers of each tree: what differs between seeds is chance.
    #[arg(long, default_value_t = 1)]
    seed: u64,
    /// Leaves of a tree.
    #[arg(long, default_value_t = 24)]
    leaves: usize,
    /// Features seen at fewer pieces are left out.
    #[arg(long, default_value_t = 3)]
    cutoff: u32,
}

/// Trains and writes the model, or scores it.
pub(crate) fn run(args: Args) -> Result<()> {
    let paths = if args.gold.is_empty() {
        let named = |name: &str| args.shared.join(format!("gold/zones.{name}.jsonl"));
        ["train", "captions", "dev"].map(named).to_vec()
    } else {
        args.gold.clone()
    };
    let read = |paths: &[PathBuf]| -> Result<Vec<(PathBuf, Vec<Gold>)>> {
        paths.iter().map(|path| Ok((path.clone(), gold::read(path)?))).collect()
    };
    let crawl = Crawl::read(&args.shared)?;
    let (mut gold, test) = (read(&paths)?, read(&args.test)?);
    gold.push((args.labels.clone(), gold::read_labels(&args.labels, &crawl)?));
    if args.eval {
        for (path, documents) in gold.iter().chain(&test) {
            report(&scored(&Cleaner::default(), path, documents, args.errors));
        }
        return Ok(());
    }
    let labelled: Vec<&Gold> = gold.iter().chain(&test).flat_map(|(_, gold)| gold).collect();
    let crawled = Crawled::read(&args.shared, &crawl, &labelled)?;
    drop(crawl);
    // The trees learn from what chains said of documents that they had not seen.
    let mut folds = Vec::new();
    for fold in 0..FOLDS {
        let model = chain::learn(&part(&gold, |i| i % FOLDS != fold), &crawled, &args)?;
        let rows = doubts(&model, &part(&gold, |i| i % FOLDS == fold), &args)?;
        folds.push((model, rows));
    }
    let Args { trees, leaves, seed, .. } = args;
    let config = trees::Config { trees, leaves, seed, ..Default::default() };
    let grown = |but: Option<usize>| {
        let mut rows = Rows::default();
        let others = folds.iter().enumerate().filter(|(fold, _)| Some(*fold) != but);
        others.for_each(|(_, (_, more))| rows.extend(more));
        trees::train(&rows, &config)
    };
    if args.cv {
        let models = folds.iter().enumerate();
        let models = models.map(|(i, (model, _))| training::plant(model.clone(), &grown(Some(i))));
        cross_validate(&gold, &args, models)?;
    }
    if args.cv && test.is_empty() {
        return Ok(());
    }
    let all: Vec<&Gold> = gold.iter().flat_map(|(_, documents)| documents).collect();
    let bytes = training::plant(chain::learn(&all, &crawled, &args)?, &grown(None));
    for caption in &args.caption {
        let cleaner = training::cleaner(&bytes, [*caption, args.other])?;
        for (path, documents) in &test {
            report(&scored(&cleaner, path, documents, args.errors));
        }
    }
    if !args.cv {
        let out = &args.out;
        std::fs::write(out, &bytes).with_context(|| format!("writing {}", out.display()))?;
        report(&format!("{}: {} bytes", out.display(), bytes.len()));
    }
    Ok(())
}

fn scored(cleaner: &Cleaner, path: &Path, documents: &[Gold], errors: bool) -> String {
    let mut worker = cleaner.worker();
    let mut score = Score::default();
    for document in documents {
        let mut record = Document::new(document.id.clone(), document.text.clone());
        worker.annotate(&mut record);
        score.add(document, &record, errors);
    }
    format!("{}: {score}", path.display())
}

pub(crate) fn report(line: &str) {
    eprintln!("{line}");
}
