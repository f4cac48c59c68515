//! The model of clean: trains it, and scores it as it is or across folds.

mod gold;
mod pages;
mod score;
mod silver;

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};
use bantin_clean::Cleaner;
use bantin_clean::training::{self, Sequences};
use bantin_crf::Tables;
use bantin_document::Document;
use bantin_text::keys::slug;

use crate::crawl::Crawl;
use crate::crf::{self, Example};
use crate::stories::{self, Story};
use crate::trees::{self, Rows};
use gold::Gold;
use pages::Chance;
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
    /// Takes the scorers of this model instead of training them.
    #[arg(long)]
    scorers: Option<PathBuf>,
    /// Pages put together from stories to train on too.
    #[arg(long, default_value_t = 5000)]
    made: usize,
    /// How much such a page counts.
    #[arg(long, default_value_t = 0.03)]
    made_weight: f32,
    /// Prints every stretch that was lost or left in.
    #[arg(long)]
    errors: bool,
    /// Probabilities from which on a caption goes; each is scored.
    #[arg(long, num_args = 1.., default_values_t = [0.45])]
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
    #[arg(long, default_value_t = 300)]
    trees: usize,
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
    // Stories that are labelled as articles would be known by heart.
    let lines = gold.iter().chain(&test).flat_map(|(_, gold)| gold).flat_map(|g| g.text.lines());
    let labelled: BTreeSet<String> = lines.map(slug).collect();
    let mut stories = stories::read(&args.shared)?;
    stories.retain(|s| !labelled.contains(&slug(&s.title)) && !labelled.contains(&slug(&s.lede)));
    // One story in ten becomes a page of the chain, the others teach the scorers.
    let mut chance = Chance::new(5);
    let pages = stories.iter().step_by(10).take(args.made);
    let made: Vec<Gold> = pages.map(|story| pages::put_together(story, &mut chance)).collect();
    let scorers = match &args.scorers {
        Some(path) => std::fs::read(path).with_context(|| format!("reading {}", path.display()))?,
        None => {
            // Articles that are labelled too would be known by heart.
            let all = gold.iter().chain(&test).flat_map(|(_, gold)| gold);
            let left_out: BTreeSet<String> =
                all.flat_map(|g| g.text.split('\n').map(|l| l.trim().to_owned())).collect();
            let stories = stories.iter().enumerate().filter(|(i, _)| i % 10 != 0);
            let stories: Vec<Story> = stories.map(|(_, story)| story.clone()).collect();
            let (boundary, caption) = silver::train(&silver::pages(&crawl, &left_out), &stories);
            packed(&boundary, &caption, &empty())
        }
    };
    drop(stories);
    // A model without trees.
    let build = |documents: &[&Gold]| -> Result<Vec<u8>> {
        // Each half of the documents is read with scorers that went on learning from the other
        // half, as a new document will be read with scorers that have not seen it.
        let halves: Vec<Vec<&Gold>> =
            (0..2).map(|half| documents.iter().copied().skip(half).step_by(2).collect()).collect();
        let mut examples = Vec::new();
        for half in 0..2 {
            let (boundary, caption) = tuned(&scorers, &halves[1 - half], &args)?;
            let cleaner = training::cleaner(&packed(&boundary, &caption, &empty()), [0.5, 0.5])?;
            let mut sequences = Sequences::new(&cleaner);
            let mut random = 11;
            for document in &halves[half] {
                let weight = if document.is_ours { args.labels_weight } else { 1.0 };
                examples.push(example(&mut sequences, document, &args, weight));
                if let Some(copy) = in_paragraphs(&mut sequences, document, &mut random) {
                    examples.push(example(&mut sequences, &copy, &args, weight));
                }
            }
        }
        let (boundary, caption) = tuned(&scorers, documents, &args)?;
        let cleaner = training::cleaner(&packed(&boundary, &caption, &empty()), [0.5, 0.5])?;
        let mut sequences = Sequences::new(&cleaner);
        for page in &made {
            examples.push(example(&mut sequences, page, &args, args.made_weight));
        }
        let config = crf::Config {
            labels: training::LABELS,
            epochs: args.epochs,
            alpha: args.alpha,
            l1: args.l1,
            cutoff: args.cutoff,
            seed: 0,
        };
        let examples = &examples;
        let tables: Vec<Tables> = std::thread::scope(|scope| {
            let train = |seed| {
                let config = crf::Config { seed: 2 * seed + 1, ..config };
                scope.spawn(move || crf::train(examples, &config, training::allowed))
            };
            let threads: Vec<_> = (0..args.seeds).map(train).collect();
            let trained = threads.into_iter().map(|thread| thread.join());
            trained.collect::<Result<_, _>>().map_err(|_| anyhow::anyhow!("a training stopped"))
        })?;
        Ok(packed(&boundary, &caption, &mean(&tables)))
    };
    // The trees learn from what chains said of documents that they had not seen.
    let mut folds = Vec::new();
    for fold in 0..FOLDS {
        let model = build(&part(&gold, |i| i % FOLDS != fold))?;
        let rows = doubts(&model, &part(&gold, |i| i % FOLDS == fold), &args)?;
        folds.push((model, rows));
    }
    let config = trees::Config { trees: args.trees, leaves: args.leaves, ..Default::default() };
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
    let bytes = training::plant(build(&all)?, &grown(None));
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

/// Parts that the documents are dealt into.
const FOLDS: usize = 5;

/// The documents whose numbers in their files are wanted.
fn part(gold: &[(PathBuf, Vec<Gold>)], wanted: impl Fn(usize) -> bool) -> Vec<&Gold> {
    let files = gold.iter().flat_map(|(_, documents)| documents.iter().enumerate());
    files.filter(|(i, _)| wanted(*i)).map(|(_, document)| document).collect()
}

/// How much the copy of a document in paragraphs counts for the trees.
const COPIES: f32 = 0.3;

/// A document of a one-line body as a page of paragraphs, for pages of many lines are few.
fn in_paragraphs(sequences: &mut Sequences<'_>, document: &Gold, random: &mut u64) -> Option<Gold> {
    if document.text.lines().count() > 3 {
        return None;
    }
    let mut chance = || (crf::next(random) % 1000) as f32 / 1000.0;
    let text = sequences.in_paragraphs(&document.text, &|at| document.zone_at(at), &mut chance);
    Some(Gold { text, ..document.clone() })
}

/// What the trees learn from: the pieces that a chain is in doubt of.
fn doubts(chain: &[u8], documents: &[&Gold], args: &Args) -> Result<Rows> {
    let cleaner = training::cleaner(chain, [0.5, 0.5])?;
    let mut sequences = Sequences::new(&cleaner);
    let mut rows = Rows::default();
    let mut random = 11;
    let mut read = |sequences: &mut Sequences<'_>, document: &Gold, weight: f32| {
        sequences.doubts(&document.text, &|at| document.kind_at(at), &mut |facts, noise| {
            rows.push(facts, noise, weight);
        });
    };
    for document in documents {
        let weight = if document.is_ours { args.labels_weight } else { 1.0 };
        read(&mut sequences, document, weight);
        if let Some(copy) = in_paragraphs(&mut sequences, document, &mut random) {
            read(&mut sequences, &copy, weight * COPIES);
        }
    }
    Ok(rows)
}

/// Scores each part of the documents by the model of the others.
fn cross_validate(
    gold: &[(PathBuf, Vec<Gold>)],
    args: &Args,
    models: impl Iterator<Item = Vec<u8>>,
) -> Result<()> {
    // A row a file, and one for each shape of page in the gold.
    let files = gold.iter().map(|(path, _)| path.display().to_string());
    let names: Vec<String> =
        files.chain(["gold of three lines", "gold of many lines"].map(str::to_owned)).collect();
    let mut scores = vec![vec![Score::default(); names.len()]; args.caption.len()];
    let mut surprises = [(0.0, 0); 2];
    for (fold, bytes) in models.enumerate() {
        let held: Vec<(usize, &Gold)> = gold
            .iter()
            .enumerate()
            .flat_map(|(file, (_, documents))| {
                documents.iter().skip(fold).step_by(FOLDS).map(move |document| (file, document))
            })
            .collect();
        for (caption, scores) in args.caption.iter().zip(&mut scores) {
            let cleaner = training::cleaner(&bytes, [*caption, args.other])?;
            let mut worker = cleaner.worker();
            for &(file, document) in &held {
                let mut record = Document::new(document.id.clone(), document.text.clone());
                worker.annotate(&mut record);
                scores[file].add(document, &record, args.errors);
                if !document.is_ours {
                    let many = document.text.lines().filter(|l| !l.trim().is_empty()).count() > 3;
                    scores[gold.len() + usize::from(many)].add(document, &record, false);
                }
            }
        }
        let cleaner = training::cleaner(&bytes, [0.5, 0.5])?;
        let mut sequences = Sequences::new(&cleaner);
        for (_, document) in &held {
            let found = sequences.surprise(&document.text, &|at| document.kind_at(at));
            let surprise = &mut surprises[usize::from(document.is_ours)];
            *surprise = (surprise.0 + found.0, surprise.1 + found.1);
        }
    }
    for (caption, scores) in args.caption.iter().zip(&scores) {
        for (name, score) in names.iter().zip(scores) {
            report(&format!("cross-validated, captions from {caption}, {name}: {score}"));
        }
    }
    let [gold, ours] = surprises.map(|(sum, bytes)| sum / bytes as f64 * 1e3);
    report(&format!("surprise {gold:.3} thousandths a byte of gold, {ours:.3} of labels"));
    Ok(())
}

/// The scorers of a model after they went on learning from labelled documents.
fn tuned(
    model: &[u8],
    documents: &[&Gold],
    args: &Args,
) -> Result<(silver::Scorer, silver::Scorer)> {
    let step =
        |at: usize| f32::from_le_bytes([model[at], model[at + 1], model[at + 2], model[at + 3]]);
    let tables = model.get(32..).and_then(|t| t.get(..2 * training::SLOTS));
    let tables = tables.context("the model of the scorers is too short")?;
    let (boundary, caption) = tables.split_at(training::SLOTS);
    let mut boundary = silver::Scorer::unpacked(boundary, step(12), args.squares);
    let mut caption = silver::Scorer::unpacked(caption, step(16), args.squares);
    let cleaner = training::cleaner(model, [0.5, 0.5])?;
    let mut sequences = Sequences::new(&cleaner);
    let (mut beginnings, mut captions) = (silver::Examples::default(), silver::Examples::default());
    for document in documents {
        sequences.scorer_examples(
            &document.text,
            &|at| document.zone_at(at),
            &mut |f, a, w| beginnings.push(f, a, w),
            &mut |f, a, w| captions.push(f, a, w),
        );
    }
    beginnings.train(&mut boundary, args.tune, args.tune_rate);
    captions.train(&mut caption, args.tune, args.tune_rate);
    Ok((boundary, caption))
}

fn packed(boundary: &silver::Scorer, caption: &silver::Scorer, sequence: &Tables) -> Vec<u8> {
    let (b, c) = (boundary.packed(), caption.packed());
    training::pack((&b.0, b.1), (&c.0, c.1), sequence)
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

fn example(
    sequences: &mut Sequences<'_>,
    document: &Gold,
    Args { without, .. }: &Args,
    weight: f32,
) -> Example {
    let mut example = Example::new();
    example.weight = weight;
    sequences.read(&document.text, &|at| document.kind_at(at), &mut |features, label| {
        let left = features.iter().filter(|f| !without.contains(&f.template()));
        example.push(left.map(|f| f.number()), label);
    });
    example
}

/// The mean of models that saw the documents in different orders: less of it is chance.
fn mean(tables: &[Tables]) -> Tables {
    let mut all = tables[0].clone();
    let share = 1.0 / tables.len() as f32;
    let average = |pick: &dyn Fn(&Tables) -> &[f32]| -> Vec<f32> {
        let first = pick(&tables[0]);
        (0..first.len())
            .map(|i| match first[i] {
                never if never <= bantin_crf::FORBIDDEN => never,
                _ => tables.iter().map(|t| pick(t)[i] * share).sum(),
            })
            .collect()
    };
    all.start = average(&|t| &t.start);
    all.end = average(&|t| &t.end);
    all.transitions = average(&|t| &t.transitions);
    let mut rows: BTreeMap<u64, BTreeMap<u8, f32>> = BTreeMap::new();
    for (hash, weights) in tables.iter().flat_map(|t| &t.features) {
        let row = rows.entry(*hash).or_default();
        for (label, weight) in weights {
            *row.entry(*label).or_default() += weight * share;
        }
    }
    all.features = rows.into_iter().map(|(hash, row)| (hash, row.into_iter().collect())).collect();
    all
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

pub(crate) fn report(line: &str) {
    eprintln!("{line}");
}
