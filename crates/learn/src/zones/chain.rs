//! The chain and its scorers: from labelled documents and the crawl to a model without trees.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use anyhow::{Context, Result};
use bantin_clean::training::{self, Sequences};
use bantin_crf::Tables;
use bantin_text::keys::slug;

use super::gold::Gold;
use super::pages::Chance;
use super::{Args, silver, stripped};
use crate::crawl::Crawl;
use crate::crf::{self, Example};
use crate::stories;

/// What a chain learns from besides labelled documents.
pub(crate) struct Crawled {
    /// A model of scorers that learned from all articles and stories.
    scorers: Vec<u8>,
    /// Every other article, and a model of scorers that learned from the rest: what a scorer has
    /// learned from it knows too well.
    articles: Vec<String>,
    others: Vec<u8>,
}

impl Crawled {
    /// Reads articles and stories that are not labelled, and trains the scorers.
    pub(crate) fn read(shared: &Path, crawl: &Crawl, labelled: &[&Gold]) -> Result<Crawled> {
        // Articles and stories that are labelled too would be known by heart.
        let lines = || labelled.iter().flat_map(|gold| gold.text.split('\n'));
        let known: BTreeSet<String> = lines().map(|line| line.trim().to_owned()).collect();
        let slugs: BTreeSet<String> = lines().map(slug).collect();
        let mut stories = stories::read(shared)?;
        stories.retain(|s| !slugs.contains(&slug(&s.title)) && !slugs.contains(&slug(&s.lede)));
        let articles = silver::pages(crawl, &known);
        let scorers = |articles: &[String]| {
            let (boundary, caption) = silver::train(articles, &stories);
            packed(&boundary, &caption, &empty())
        };
        let half =
            |n: usize| -> Vec<String> { articles.iter().skip(n).step_by(2).cloned().collect() };
        Ok(Crawled { scorers: scorers(&articles), others: scorers(&half(0)), articles: half(1) })
    }
}

/// Trains the chain, and the scorers further, on labelled documents; a first chain says what else
/// is no article on the pages of the crawl, where only captions are known.
pub(crate) fn learn(documents: &[&Gold], crawled: &Crawled, args: &Args) -> Result<Vec<u8>> {
    let mut examples = Vec::new();
    // Each half of the documents is read with scorers that went on learning from the other half, as
    // a new document will be read with scorers that have not seen it.
    let halves: Vec<Vec<&Gold>> =
        (0..2).map(|half| documents.iter().copied().skip(half).step_by(2).collect()).collect();
    for half in 0..2 {
        let model = tuned(&crawled.scorers, &halves[1 - half], &empty(), args)?;
        let cleaner = training::cleaner(&model, [0.5, 0.5])?;
        let mut sequences = Sequences::new(&cleaner);
        let mut random = 11;
        for document in &halves[half] {
            let weight = if document.is_ours { args.labels_weight } else { 1.0 };
            examples.push(example(&mut sequences, document, args, weight));
            if let Some(copy) = in_paragraphs(&mut sequences, document, &mut random) {
                examples.push(example(&mut sequences, &copy, args, weight));
            }
        }
    }
    if args.stripped_weight > 0.0 {
        let first = tuned(&crawled.scorers, documents, &trained(&examples, 1, args)?, args)?;
        let first = training::cleaner(&first, [0.5, 0.5])?;
        let mut chance = Chance::new(21);
        let others = tuned(&crawled.others, documents, &empty(), args)?;
        let others = training::cleaner(&others, [0.5, 0.5])?;
        let mut sequences = Sequences::new(&others);
        for article in &crawled.articles {
            if let Some(page) = stripped::without_credits(article, &first, &mut chance) {
                examples.push(example(&mut sequences, &page, args, args.stripped_weight));
            }
        }
    }
    tuned(&crawled.scorers, documents, &trained(&examples, args.seeds, args)?, args)
}

/// The mean of chains that saw the examples in different orders.
fn trained(examples: &[Example], seeds: u64, args: &Args) -> Result<Tables> {
    let config = crf::Config {
        labels: training::LABELS,
        epochs: args.epochs,
        alpha: args.alpha,
        l1: args.l1,
        cutoff: args.cutoff,
        seed: 0,
    };
    let tables: Vec<Tables> = std::thread::scope(|scope| {
        let train = |seed| {
            let config = crf::Config { seed: 2 * seed + 1, ..config };
            scope.spawn(move || crf::train(examples, &config, training::allowed))
        };
        let threads: Vec<_> = (0..seeds).map(train).collect();
        let trained = threads.into_iter().map(|thread| thread.join());
        trained.collect::<Result<_, _>>().map_err(|_| anyhow::anyhow!("a training stopped"))
    })?;
    Ok(mean(&tables))
}

/// A document of a one-line body as a page of paragraphs, for pages of many lines are few.
pub(crate) fn in_paragraphs(
    sequences: &mut Sequences<'_>,
    document: &Gold,
    random: &mut u64,
) -> Option<Gold> {
    if document.text.lines().count() > 3 {
        return None;
    }
    let mut chance = || (crf::next(random) % 1000) as f32 / 1000.0;
    let text = sequences.in_paragraphs(&document.text, &|at| document.zone_at(at), &mut chance);
    Some(Gold { text, ..document.clone() })
}

/// A model of a chain, and of the scorers of `model` after they went on learning from labelled
/// documents.
fn tuned(model: &[u8], documents: &[&Gold], chain: &Tables, args: &Args) -> Result<Vec<u8>> {
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
    Ok(packed(&boundary, &caption, chain))
}

fn packed(boundary: &silver::Scorer, caption: &silver::Scorer, sequence: &Tables) -> Vec<u8> {
    let (b, c) = (boundary.packed(), caption.packed());
    training::pack((&b.0, b.1), (&c.0, c.1), sequence)
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

/// A sequence model that knows only which label may follow which.
fn empty() -> Tables {
    let labels = training::LABELS;
    let pairs = (0..labels).flat_map(|from| (0..labels).map(move |to| (from, to)));
    let step = |(from, to)| if training::allowed(from, to) { 0.0 } else { bantin_crf::FORBIDDEN };
    Tables {
        labels,
        start: vec![0.0; labels],
        end: vec![0.0; labels],
        transitions: pairs.map(step).collect(),
        features: Vec::new(),
    }
}
