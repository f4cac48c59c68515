//! The model of clean: trains it, and scores it as it is or across folds.

mod gold;
mod score;
mod silver;

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};
use bantin_clean::Cleaner;
use bantin_clean::training::{self, Sequences};
use bantin_crf::Tables;
use bantin_document::{Document, ZoneKind};

use crate::crf::{self, Example};
use gold::Gold;
use score::Score;

/// Where the data is and where the model goes.
#[derive(clap::Args)]
pub(crate) struct Args {
    /// Labelled documents to train on; several files are read one after another.
    #[arg(long, num_args = 1..)]
    gold: Vec<PathBuf>,
    /// Labelled documents to score, never trained on.
    #[arg(long, num_args = 1..)]
    test: Vec<PathBuf>,
    /// Raw articles for the scorers, JSON Lines compressed with zstd.
    #[arg(long)]
    raw: Option<PathBuf>,
    /// Takes the scorers of this model instead of training them.
    #[arg(long)]
    scorers: Option<PathBuf>,
    /// Where the model is written.
    #[arg(long)]
    out: Option<PathBuf>,
    /// Trains on four fifths of the documents and scores the last, five times.
    #[arg(long)]
    cv: bool,
    /// Prints every stretch that was lost or left in.
    #[arg(long)]
    errors: bool,
    /// Raw articles without their credits that are added to the labelled ones.
    #[arg(long, default_value_t = 0)]
    silver: usize,
    /// How much such an article counts.
    #[arg(long, default_value_t = 0.2)]
    silver_weight: f32,
    /// Probability from which on a caption goes.
    #[arg(long, default_value_t = 0.5)]
    caption: f32,
    /// Probability from which on anything else goes.
    #[arg(long, default_value_t = 0.5)]
    other: f32,
    /// Passes over the labelled documents.
    #[arg(long, default_value_t = 20)]
    epochs: usize,
    /// Strength of L1.
    #[arg(long, default_value_t = 1.0)]
    l1: f32,
    /// Step size.
    #[arg(long, default_value_t = 0.03)]
    alpha: f32,
    /// Features seen at fewer pieces are left out.
    #[arg(long, default_value_t = 3)]
    cutoff: u32,
}

/// Trains and writes the model, or scores it.
pub(crate) fn run(args: Args) -> Result<()> {
    let mut gold = Vec::new();
    for path in &args.gold {
        gold.push((path.as_path(), gold::read(path)?));
    }
    let mut test = Vec::new();
    for path in &args.test {
        test.push((path.as_path(), gold::read(path)?));
    }
    let thresholds = [args.caption, args.other];
    let all = gold.iter().chain(&test).flat_map(|(_, gold)| gold);
    let left_out: BTreeSet<String> =
        all.flat_map(|g| g.text.split('\n').map(|l| l.trim().to_owned())).collect();
    let articles = match &args.raw {
        Some(raw) => silver::articles(raw, &left_out)?,
        None => Vec::new(),
    };
    let scorers = match (&args.scorers, &args.raw) {
        (Some(path), _) => {
            std::fs::read(path).with_context(|| format!("reading {}", path.display()))?
        }
        (None, Some(_)) => {
            let (boundary, caption) = silver::train(&articles);
            let (b, c) = (boundary.packed(), caption.packed());
            training::pack((&b.0, b.1), (&c.0, c.1), &empty().to_bytes())
        }
        (None, None) => {
            for (path, documents) in gold.iter().chain(&test) {
                report(&scored(&Cleaner::default(), path, documents, args.errors));
            }
            return Ok(());
        }
    };
    let silver = silver::uncredited(&articles, args.silver);
    let head = head_of(&scorers)?;
    let build = |documents: &[&Gold]| -> Result<Vec<u8>> {
        let cleaner = training::cleaner(&scorers, thresholds)?;
        let mut sequences = Sequences::new(&cleaner);
        let mut examples: Vec<Example> =
            documents.iter().map(|d| example(&mut sequences, d)).collect();
        for document in &silver {
            let mut example = example(&mut sequences, document);
            example.weight = args.silver_weight;
            examples.push(example);
        }
        let config = crf::Config {
            labels: training::LABELS,
            epochs: args.epochs,
            alpha: args.alpha,
            l1: args.l1,
            cutoff: args.cutoff,
            seed: 1,
        };
        let mut bytes = head.clone();
        bytes.extend(crf::train(&examples, &config, training::allowed).to_bytes());
        Ok(bytes)
    };
    if args.cv {
        let mut scores = vec![Score::default(); gold.len()];
        for fold in 0..5 {
            let part = |other: bool| -> Vec<(usize, &Gold)> {
                let files = gold.iter().enumerate();
                let all = files.flat_map(|(file, (_, documents))| {
                    documents.iter().enumerate().map(move |(i, d)| (file, i, d))
                });
                all.filter(|(_, i, _)| (i % 5 == fold) != other).map(|(f, _, d)| (f, d)).collect()
            };
            let train: Vec<&Gold> = part(true).into_iter().map(|(_, d)| d).collect();
            let cleaner = training::cleaner(&build(&train)?, thresholds)?;
            let mut worker = cleaner.worker();
            for (file, document) in part(false) {
                let mut record = Document::new(document.id.clone(), document.text.clone());
                worker.annotate(&mut record);
                scores[file].add(document, &record, args.errors);
            }
        }
        for ((path, _), score) in gold.iter().zip(&scores) {
            report(&format!("cross-validated {}: {score}", path.display()));
        }
    }
    if args.out.is_some() || !test.is_empty() {
        let all: Vec<&Gold> = gold.iter().flat_map(|(_, documents)| documents).collect();
        let bytes = build(&all)?;
        let cleaner = training::cleaner(&bytes, thresholds)?;
        for (path, documents) in &test {
            report(&scored(&cleaner, path, documents, args.errors));
        }
        if let Some(out) = &args.out {
            std::fs::write(out, &bytes).with_context(|| format!("writing {}", out.display()))?;
            report(&format!("{}: {} bytes", out.display(), bytes.len()));
        }
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

fn example(sequences: &mut Sequences<'_>, document: &Gold) -> Example {
    let kind_at = |at: usize| -> Option<ZoneKind> {
        let i = document.zones.partition_point(|z| z.1 <= at);
        document.zones.get(i).filter(|z| z.0 <= at).map(|z| z.2)
    };
    let mut example = Example::new();
    sequences.read(&document.text, &kind_at, &mut |features, label| {
        example.push(features.iter().copied(), label);
    });
    example
}

/// A sequence model that knows nothing.
fn empty() -> Tables {
    let labels = training::LABELS;
    Tables {
        labels,
        start: vec![0.0; labels],
        end: vec![0.0; labels],
        transitions: vec![0.0; labels * labels],
        features: Vec::new(),
    }
}

/// A model file up to its sequence model.
fn head_of(bytes: &[u8]) -> Result<Vec<u8>> {
    let number = |at: usize| -> Result<usize> {
        let word = bytes.get(at..at + 4).context("the model of the scorers is too short")?;
        Ok(u32::from_le_bytes([word[0], word[1], word[2], word[3]]) as usize)
    };
    let end = 32 + number(12)? + number(16)?;
    Ok(bytes.get(..end).context("the model of the scorers is too short")?.to_vec())
}

#[expect(clippy::print_stderr, reason = "a trainer reports to the person who started it")]
pub(crate) fn report(line: &str) {
    eprintln!("{line}");
}
