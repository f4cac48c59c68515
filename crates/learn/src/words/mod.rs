//! The word model of segment: counts from segmented and raw news, a random field over gaps
//! trained on gold and a part of the news, and the binary table that the stage embeds.

pub(crate) mod corpus;
mod counts;
mod train;

use std::collections::HashSet;
use std::path::PathBuf;
use std::time::Instant;

use anyhow::Result;
use bantin_segment::evidence::{Entry, Raw};
use bantin_segment::model::{self, AtomSentence, Collected, Knowledge};

use bantin_segment::tables::STEPS;
use corpus::{Convention, Line, Sentence};
use counts::{Counts, Keys};
use train::{Example, Settings};

/// Where the data is and where the model goes.
#[derive(clap::Args)]
pub(crate) struct Args {
    /// Folder of the training data.
    #[arg(long, default_value = "../shared/data")]
    data: PathBuf,
    /// Gold paragraphs to score on.
    #[arg(long, default_value = "../shared/gold/segment.dev.plain.jsonl")]
    dev: PathBuf,
    /// The model to write.
    #[arg(long, default_value = "crates/segment/models/words.bin")]
    out: PathBuf,
    /// Size of the weight table, as a power of two.
    #[arg(long, default_value_t = 21)]
    bits: u32,
    /// Step size.
    #[arg(long, default_value_t = 0.05)]
    step: f32,
    /// Passes over the training sentences.
    #[arg(long, default_value_t = 2)]
    epochs: usize,
    /// Every n-th article of the news is trained on instead of counted.
    #[arg(long, default_value_t = 12)]
    every: usize,
    /// Weight of a news sentence.
    #[arg(long, default_value_t = 1.0)]
    silver_weight: f32,
    /// Orders of the sentences to train with; the weights are averaged.
    #[arg(long, default_value_t = 4)]
    seeds: u64,
    /// Words seen fewer times in the news are forgotten.
    #[arg(long, default_value_t = 3)]
    least: u32,
    /// Hold out a tenth of the gold text, 0 to 9, to score on; none is held out otherwise.
    #[arg(long)]
    fold: Option<usize>,
    /// Teach nothing of the VLSP sample, and score on all of it.
    #[arg(long)]
    without_vlsp: bool,
    /// Read a part of the news only, for experiments.
    #[arg(long, default_value_t = usize::MAX)]
    articles: usize,
}

/// How much of the offset of each convention the model is written with: VLSP, treebank, news.
const MIX: [f32; 3] = [0.1, 0.5, 0.0];

/// Lines that are held out together, so that most neighbors of a held line are held as well.
const BLOCK: usize = 100;

/// Trains and writes the model.
pub(crate) fn run(args: Args) -> Result<()> {
    let clock = Instant::now();
    let say = |what: &str| eprintln!("{:6.1} s  {what}", clock.elapsed().as_secs_f64());
    let segment = args.data.join("segment");
    let dev = corpus::gold(&args.dev)?;
    let mut known: HashSet<String> =
        corpus::conllu(&segment.join("vi_vtb-ud-dev.conllu"))?.iter().map(Line::key).collect();
    let mut taught = Vec::new();
    let mut held = [Vec::new(), Vec::new()];
    for (lines, convention) in [
        (corpus::underscored(&segment.join("rdrsegmenter.txt"))?, Convention::Vlsp),
        (corpus::underscored(&segment.join("pyvi_vtb.txt"))?, Convention::Treebank),
        (corpus::conllu(&segment.join("vi_vtb-ud-train.conllu"))?, Convention::Treebank),
    ] {
        for (number, line) in lines.into_iter().enumerate() {
            let unseen = args.without_vlsp && convention == Convention::Vlsp;
            if unseen || args.fold == Some(number / BLOCK % 10) {
                known.insert(line.key());
                held[convention as usize].push(line);
            } else {
                taught.push((line, convention));
            }
        }
    }
    let mut gold = Vec::new();
    for (line, convention) in taught {
        let key = line.key();
        if key.chars().count() <= 15 || !known.contains(&key) {
            gold.extend(line.sentences(convention));
        }
    }
    say(&format!("{} gold sentences", gold.len()));

    let mut counts = Counts::default();
    let mut silver: Vec<Sentence> = Vec::new();
    let mut silver_held: Vec<Line> = Vec::new();
    let mut keys = Keys::default();
    let news = args.data.join("raw/vietnews.segmented.jsonl.zst");
    corpus::silver(&news, &mut |number, line| {
        if number >= args.articles {
            return;
        }
        if number % args.every == 0 {
            let line = Line::print(line.split(' ').filter(|t| !t.is_empty()));
            if number % (20 * args.every) == 0 {
                silver_held.push(line);
            } else {
                silver.extend(line.sentences(Convention::Silver));
            }
            return;
        }
        counts.keys(line, &mut keys);
        counts.add_words(&keys);
        counts.add_raw(&keys);
    })?;
    counts.prune(args.least);
    corpus::silver(&news, &mut |number, line| {
        if number < args.articles && number % args.every != 0 {
            counts.keys(line, &mut keys);
            counts.add_totals(&keys);
            counts.add_beginnings(&keys);
        }
    })?;
    corpus::raw(&args.data.join("raw/baomoi.jsonl.zst"), &mut |line| {
        counts.raw_keys(line, &mut keys);
        counts.add_raw(&keys);
    })?;
    counts.choose_pairs();
    say(&format!("{} words of news, {} sentences to train on", counts.silver.len(), silver.len()));
    for word in
        std::fs::read_to_string(args.data.join("lexicon/rdrsegmenter-vocabulary.txt"))?.lines()
    {
        counts.list(word, Entry::VOCABULARY);
    }
    for set in [Convention::Vlsp, Convention::Treebank] {
        let keys: Vec<Keys> = gold.iter().filter(|s| s.convention == set).map(keys_of).collect();
        counts.add_gold(set as usize, &keys);
        say(&format!("{} words of gold", counts.gold[set as usize].len()));
    }

    let total = counts.total();
    let mut examples = Vec::new();
    for sentence in gold.iter_mut().chain(&mut silver) {
        let labels = sentence.labels.clone();
        let own = sentence.convention != Convention::Silver;
        let knowledge = Counted {
            counts: &counts,
            total,
            labels: own.then_some((sentence.convention as usize, &labels)),
        };
        let collected = model::collect(&mut sentence.reading, &knowledge);
        examples.push(example(&collected, labels, sentence.convention as usize + 1, args.bits));
    }
    drop(silver);
    say("features collected");
    let settings = Settings {
        bits: args.bits,
        step: args.step,
        epochs: args.epochs,
        snapshots: 20,
        silver_weight: args.silver_weight,
        seed: 1,
    };
    let mut table = train::train(&examples, settings);
    for seed in 2..=args.seeds {
        table.add(&train::train(&examples, Settings { seed, ..settings }));
    }
    table.scale(1.0 / args.seeds as f32);
    say("trained");
    let knowledge = Counted { counts: &counts, total, labels: None };
    let sets: Vec<(&str, Vec<Read>)> = [
        ("UD dev", &dev),
        ("treebank", &held[Convention::Treebank as usize]),
        ("VLSP", &held[Convention::Vlsp as usize]),
        ("news", &silver_held),
    ]
    .into_iter()
    .filter(|(_, lines)| !lines.is_empty())
    .map(|(name, lines)| (name, lines.iter().map(|l| read(l, &knowledge, args.bits)).collect()))
    .collect();
    // The conventions one by one, and mixed: the table of the model card.
    for mix in [
        [0.0, 0.0, 0.0],
        [1.0, 0.0, 0.0],
        [0.0, 1.0, 0.0],
        [0.0, 0.0, 1.0],
        [0.2, 0.7, 0.1],
        [0.2, 0.5, 0.0],
        [0.1, 0.5, 0.0],
        [0.1, 0.4, 0.0],
        [0.0, 0.5, 0.0],
    ] {
        say(&figures(&format!("{mix:?}"), &sets, &table.mixed(mix)));
    }
    let weights = table.mixed(MIX);
    let quantized: Vec<i8> =
        weights.iter().map(|w| (w * STEPS).round().clamp(-127.0, 127.0) as i8).collect();
    let restored: Vec<f32> = quantized.iter().map(|w| f32::from(*w) / STEPS).collect();
    say(&figures("written", &sets, &restored));
    let mut parts = counts.parts(total);
    parts.weights = quantized;
    say(&format!(
        "{} pairs, {} longer strings, {} syllables",
        parts.pairs.len(),
        parts.strings.len(),
        parts.syllables.len()
    ));
    let bytes = parts.to_bytes();
    std::fs::write(&args.out, &bytes)?;
    say(&format!("{} bytes written to {}", bytes.len(), args.out.display()));
    Ok(())
}

struct Counted<'a> {
    counts: &'a Counts,
    total: f64,
    labels: Option<(usize, &'a Vec<bool>)>,
}

impl Knowledge for Counted<'_> {
    fn usage(&self, key: u32) -> u32 {
        self.counts.usage(key)
    }

    fn pair(&self, at: usize, left: u32, right: u32) -> (Entry, Raw) {
        let entry = self.string(at, 2, model::string_key([left, right]));
        (entry, self.counts.raw(left, right, self.total))
    }

    fn string(&self, at: usize, n: usize, key: u64) -> Entry {
        let own = self.labels.map(|(set, labels)| {
            let joined = labels[at..at + n - 1].iter().all(|l| *l)
                && (at == 0 || !labels[at - 1])
                && labels.get(at + n - 1) != Some(&true);
            (set, joined)
        });
        self.counts.entry(key, own)
    }
}

fn keys_of(sentence: &Sentence) -> Keys {
    let keys = sentence
        .reading
        .atoms
        .iter()
        .map(|a| if model::is_word(a.2.shape) { a.2.key } else { 0 })
        .collect();
    let mut joins = sentence.labels.clone();
    joins.push(false);
    Keys { keys, joins }
}

fn example(collected: &Collected, labels: Vec<bool>, convention: usize, bits: u32) -> Example {
    let mut out = Example { labels, convention, ..Example::default() };
    for found in collected.gaps.iter().chain(&collected.bonds) {
        out.slots.extend(found.iter().map(|h| h & ((1 << bits) - 1)));
        out.ends.push(out.slots.len() as u32);
    }
    out
}

/// A line to score on: its gold words, and what the model sees.
struct Read {
    gold: HashSet<(usize, usize)>,
    text: String,
    sentences: Vec<(AtomSentence, Example)>,
}

fn read(line: &Line, knowledge: &impl Knowledge, bits: u32) -> Read {
    let sentences = model::read(&line.text)
        .into_iter()
        .map(|mut reading| {
            let collected = model::collect(&mut reading, knowledge);
            let example = example(&collected, Vec::new(), 0, bits);
            (reading, example)
        })
        .collect();
    Read { gold: line.words.iter().copied().collect(), text: line.text.clone(), sentences }
}

fn figures(name: &str, sets: &[(&str, Vec<Read>)], weights: &[f32]) -> String {
    sets.iter().fold(format!("{name:16}"), |line, (set, read)| {
        format!("{line}   {set} {}", score(read, weights))
    })
}

/// F1 of all tokens, of words, of words of several syllables.
fn score(set: &[Read], weights: &[f32]) -> String {
    let mut counts = [[0usize; 3]; 3];
    for line in set {
        let mut found = HashSet::new();
        for (reading, example) in &line.sentences {
            let n = reading.atoms.len() - 1;
            let sum =
                |i: usize| example.slots_of(i).iter().map(|s| weights[*s as usize]).sum::<f32>();
            let gaps: Vec<f32> = (0..n).map(sum).collect();
            let bonds: Vec<f32> = (n..(2 * n).saturating_sub(1)).map(sum).collect();
            let labels = model::best(&gaps, &bonds);
            let mut start = 0;
            for i in 0..=n {
                if labels.get(i) != Some(&true) {
                    found.insert((reading.atoms[start].0, reading.atoms[i].1));
                    start = i + 1;
                }
            }
        }
        for (set, which) in [(&line.gold, 1), (&found, 2)] {
            #[expect(clippy::iter_over_hash_type, reason = "only counted")]
            for word in set {
                let surface = &line.text[word.0..word.1];
                let kinds = [
                    true,
                    surface.chars().any(char::is_alphanumeric),
                    surface.split_whitespace().nth(1).is_some(),
                ];
                for (count, counted) in counts.iter_mut().zip(kinds) {
                    count[which] += usize::from(counted);
                    if which == 1 && counted && found.contains(word) {
                        count[0] += 1;
                    }
                }
            }
        }
    }
    counts
        .map(|[right, gold, found]| format!("{:.2}", 200.0 * right as f64 / (gold + found) as f64))
        .join("/")
}
