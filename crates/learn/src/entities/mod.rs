//! The model of tag: statistics of raw text, then one chain of labels for each layer of mentions.

mod gold;
mod raw;

use std::io::Write;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};
use bantin_crf::{FORBIDDEN, Tables};
use bantin_document::{Document, Record, Unit};
use bantin_tag::Tagger;
use bantin_tag::training::{self, INNER, LAYERS, Layer, Statistics, Table, Typist, Weights};

use crate::crawl::Crawl;
use crate::crf::{self, Config};
use gold::Labeled;

/// Where the data is and where the model goes.
#[derive(clap::Args)]
pub(crate) struct Args {
    /// Folder of the data.
    #[arg(long, default_value = "../shared")]
    shared: PathBuf,
    /// Folder of the model.
    #[arg(long, default_value = "crates/tag/models")]
    out: PathBuf,
    /// Take the statistics of raw text from a model's folder instead of counting again.
    #[arg(long)]
    keep_statistics: bool,
    /// That folder, where it is not `crates/tag/models`.
    #[arg(long)]
    statistics: Option<PathBuf>,
    /// Take what a first model made of the raw corpora from there, too.
    #[arg(long, requires = "keep_statistics")]
    keep_types: bool,
    /// Hold out every fifth document from this one on, or the last ones: `0`..`4`, `last`.
    /// Then `--out` gets `gold.jsonl` and `tagged.jsonl` of what was held out besides the model.
    #[arg(long)]
    hold: Option<String>,
    /// Labels of articles of the raw crawl to train on too; they are never held out.
    #[arg(long, default_value = "crates/learn/labels/mentions.jsonl")]
    labels: PathBuf,
    /// How much a document of these labels counts.
    #[arg(long, default_value_t = 1.0)]
    labels_weight: f32,
    /// Passes over the data.
    #[arg(long, default_value_t = 10)]
    epochs: usize,
    /// Strength of L1 for the flat layer.
    #[arg(long, default_value_t = 2.0)]
    l1: f32,
    /// Strength of L1 for the sparse layers.
    #[arg(long, default_value_t = 0.8)]
    sparse_l1: f32,
    /// Step size.
    #[arg(long, default_value_t = 0.15)]
    alpha: f32,
    /// Train the flat layer only; for experiments.
    #[arg(long)]
    flat_only: bool,
    /// Train nothing: tag what is held out with the model in `--out`.
    #[arg(long, requires = "hold")]
    keep_model: bool,
    /// Train nothing: tag the documents of a labelled file with the model in `--out`, and write
    /// records to stdout.
    #[arg(long)]
    tag: Option<PathBuf>,
}

/// Documents at the end of the file that `--hold last` leaves out.
const LAST: usize = 160;

/// Trains and writes the model.
pub(crate) fn run(args: Args) -> Result<()> {
    let mut labeled = gold::read(&args.shared.join("gold/entities.train.jsonl"))?;
    if let Some(path) = &args.tag {
        let tagged = tag(&load(&args.out)?, &gold::read(path)?);
        std::io::stdout().write_all(&tagged)?;
        return Ok(());
    }
    let gold = labeled.len();
    let crawl = Crawl::read(&args.shared)?;
    labeled.extend(gold::read_labels(&args.labels, &crawl, args.labels_weight)?);
    drop(crawl);
    let mut statistics = if args.keep_statistics {
        let folder = args.statistics.as_deref().unwrap_or(Path::new("crates/tag/models"));
        let path = &folder.join("statistics.bin");
        let bytes = std::fs::read(path).with_context(|| path.display().to_string())?;
        Statistics::from_bytes(&bytes).context("statistics.bin is of another version")?
    } else {
        raw::count(&args.shared, &labeled)?
    };
    let held = |i: usize| match args.hold.as_deref() {
        Some("last") => i < gold && i + LAST >= gold,
        Some(fold) => i < gold && fold.parse() == Ok(i % 5),
        None => false,
    };
    let (test, train): (Vec<_>, Vec<_>) = (0..labeled.len()).partition(|i| held(*i));
    let train: Vec<&Labeled> = train.into_iter().map(|i| &labeled[i]).collect();
    gold::mark_outsiders(&mut statistics, &train);
    if !args.keep_types && !args.keep_model {
        // A first model reads the raw corpora, and what it made of each name is evidence for the
        // next one.
        (statistics.types, statistics.phrases) = (Table::default(), Table::default());
        let weights = read_weights(&train_layers(&args, &statistics, &train))?;
        let mut typist = Typist::new(statistics.clone(), weights);
        (statistics.types, statistics.phrases) = raw::types(&args.shared, &labeled, &mut typist)?;
    }
    if !args.keep_model {
        let weights = train_layers(&args, &statistics, &train);
        std::fs::write(args.out.join("statistics.bin"), statistics.to_bytes())?;
        std::fs::write(args.out.join("weights.bin"), weights)?;
    }
    if args.hold.is_none() {
        return Ok(());
    }
    let test: Vec<&Labeled> = test.into_iter().map(|i| &labeled[i]).collect();
    let gold: String = test.iter().map(|labeled| format!("{}\n", labeled.line)).collect();
    std::fs::write(args.out.join("gold.jsonl"), gold)?;
    std::fs::write(args.out.join("tagged.jsonl"), tag(&load(&args.out)?, test))?;
    Ok(())
}

/// The records of tagged documents.
fn tag<'l>(tagger: &Tagger, documents: impl IntoIterator<Item = &'l Labeled>) -> Vec<u8> {
    let mut worker = tagger.worker();
    let mut tagged = Vec::new();
    for labeled in documents {
        let mut document = Document::new(labeled.id.clone(), labeled.text.clone());
        worker.annotate(&mut document);
        Record::Document(document).write(&mut tagged, Unit::Byte);
    }
    tagged
}

/// Trains all layers: the file of their weights.
fn train_layers(args: &Args, statistics: &Statistics, train: &[&Labeled]) -> Vec<u8> {
    let mut parts = Vec::new();
    for layer in LAYERS {
        let flat = layer == LAYERS[0];
        let config = Config {
            labels: layer.labels(),
            epochs: if args.flat_only && !flat { 0 } else { args.epochs },
            alpha: args.alpha,
            l1: if flat { args.l1 } else { args.sparse_l1 },
            cutoff: 2,
            seed: 1,
        };
        let examples = gold::examples(statistics, train, layer);
        let tables = crf::train(&examples, &config, |from, to| layer.allowed(from, to));
        let weights: usize = tables.features.iter().map(|(_, w)| w.len()).sum();
        eprintln!(
            "{:?}: {} sequences, {} features, {weights} weights",
            layer.kinds,
            examples.len(),
            tables.features.len()
        );
        parts.push((layer, tables));
    }
    let weights = Weights::file(&merge(&parts));
    eprintln!("weights: {} bytes", weights.len());
    weights
}

fn read_weights(bytes: &[u8]) -> Result<Weights> {
    Weights::from_bytes(bytes).context("weights.bin is of another version")
}

/// The tagger whose tables lie in a folder.
fn load(folder: &Path) -> Result<Tagger> {
    let read = |file: &str| -> Result<Vec<u8>> {
        let path = folder.join(file);
        std::fs::read(&path).with_context(|| path.display().to_string())
    };
    let statistics = Statistics::from_bytes(&read("statistics.bin")?);
    Ok(training::tagger(
        statistics.context("statistics.bin is of another version")?,
        read_weights(&read("weights.bin")?)?,
    ))
}

/// One model of all layers: their labels side by side, no step from one layer to another.
fn merge(parts: &[(Layer, Tables)]) -> Tables {
    let labels = INNER.end();
    let mut merged = Tables {
        labels,
        start: Vec::new(),
        end: Vec::new(),
        transitions: vec![FORBIDDEN; labels * labels],
        features: Vec::new(),
    };
    for (layer, part) in parts {
        merged.start.extend(&part.start);
        merged.end.extend(&part.end);
        for from in 0..part.labels {
            for to in 0..part.labels {
                merged.transitions[(layer.first + from) * labels + layer.first + to] =
                    part.transitions[from * part.labels + to];
            }
        }
        merged.features.extend(part.features.iter().map(|(hash, weights)| {
            let weights = weights.iter().map(|(label, w)| (label + layer.first as u8, *w));
            (*hash, weights.collect::<Vec<_>>())
        }));
    }
    merged.features.sort_by_key(|(hash, _)| *hash);
    let mut features: Vec<(u64, Vec<(u8, f32)>)> = Vec::new();
    for (hash, weights) in merged.features {
        match features.last_mut() {
            Some((last, row)) if *last == hash => row.extend(weights),
            _ => features.push((hash, weights)),
        }
    }
    merged.features = features;
    merged
}
