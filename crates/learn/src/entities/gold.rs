//! The labelled documents, and the sequences that are learned from.

use std::cmp::Reverse;
use std::collections::BTreeMap;
use std::ops::Range;
use std::path::Path;

use anyhow::{Context, Result};
use bantin_document::{Document, MentionType};
use bantin_tag::training::{FLAT, INNER, Layer, Reader, Shape, Statistics, Syllable, kind};
use bantin_text::Span;
use serde_json::Value;

use crate::crawl::Crawl;
use crate::crf::Example;
use crate::labels::{self, What};

/// A document as people labelled it.
pub(crate) struct Labeled {
    pub(crate) id: String,
    pub(crate) text: String,
    /// The line of the file.
    pub(crate) line: String,
    /// How much it counts in training.
    pub(crate) weight: f32,
    mentions: Vec<Mention>,
}

struct Mention {
    /// Bytes of the text.
    span: Range<usize>,
    kind: MentionType,
    flat: bool,
}

/// Reads a file of labelled documents; its offsets count code points.
pub(crate) fn read(path: &Path) -> Result<Vec<Labeled>> {
    let all = std::fs::read_to_string(path).with_context(|| path.display().to_string())?;
    all.split('\n').filter(|line| !line.is_empty()).map(document).collect()
}

fn document(line: &str) -> Result<Labeled> {
    let value: Value = serde_json::from_str(line)?;
    let string = |field: &str| value[field].as_str().context("a field is no string");
    let text = string("text")?.to_owned();
    let mut bytes: Vec<usize> = text.char_indices().map(|(at, _)| at).collect();
    bytes.push(text.len());
    let mut mentions = Vec::new();
    for mention in value["mentions"].as_array().context("no mentions")? {
        let at = |field: &str| -> Result<usize> {
            let at = mention[field].as_u64().context("an offset is no number")?;
            bytes.get(at as usize).copied().context("an offset leaves the text")
        };
        if let Some(kind) = mention["type"].as_str().and_then(kind) {
            let flat = mention["flat"].as_bool().unwrap_or(false);
            mentions.push(Mention { span: at("start")?..at("end")?, kind, flat });
        }
    }
    Ok(Labeled { id: string("id")?.to_owned(), text, line: line.to_owned(), weight: 1.0, mentions })
}

/// Reads labels of raw articles; of names inside names the outermost are flat.
pub(crate) fn read_labels(path: &Path, crawl: &Crawl, weight: f32) -> Result<Vec<Labeled>> {
    let labeled = labels::read(path, What::Mentions, crawl)?;
    let read = |labels::Labeled { id, text, spans }: labels::Labeled| {
        let mut mentions: Vec<Mention> = spans
            .into_iter()
            .filter_map(|(start, end, word)| {
                Some(Mention { span: start..end, kind: kind(&word)?, flat: false })
            })
            .collect();
        mentions.sort_by_key(|m| (m.span.start, Reverse(m.span.end)));
        let mut end = 0;
        for mention in mentions.iter_mut().filter(|m| FLAT.kinds.contains(&m.kind)) {
            mention.flat = mention.span.end > end;
            end = end.max(mention.span.end);
        }
        Labeled { id, text, line: String::new(), weight, mentions }
    };
    Ok(labeled.into_iter().map(read).collect())
}

/// Marks the syllables that hardly ever stand in a mention in lower case.
pub(crate) fn mark_outsiders(statistics: &mut Statistics, documents: &[&Labeled]) {
    let mut counts: BTreeMap<u64, (u32, u32)> = BTreeMap::new();
    let mut reader = Reader::default();
    for labeled in documents {
        let document = Document::new(labeled.id.clone(), labeled.text.clone());
        let mut inside = vec![false; labeled.text.len() + 1];
        for mention in &labeled.mentions {
            inside[mention.span.clone()].fill(true);
        }
        reader.raw(statistics, &document, |sentence, tokens, _| {
            for token in tokens[sentence].iter().filter(|token| token.shape == Shape::Lower) {
                let (within, all) = counts.entry(token.id).or_default();
                *all += 1;
                *within += u32::from(inside.get(token.span.start()).is_some_and(|inside| *inside));
            }
        });
    }
    for (id, (inside, all)) in counts {
        let outside = f64::from(inside) < SHARE_INSIDE * f64::from(all);
        statistics.syllables.update(id, |packed| Syllable(packed).with_outside(outside).0);
    }
}

/// Below this share of its occurrences in lower case a syllable is taken to stand in no name.
const SHARE_INSIDE: f64 = 0.006;

/// The sequences of one layer. Says how many mentions no region holds.
pub(crate) fn examples(
    statistics: &Statistics,
    documents: &[&Labeled],
    layer: Layer,
) -> Vec<Example> {
    let mut reader = Reader::default();
    let mut examples = Vec::new();
    let (mut wanted, mut found, mut tokens) = (0, 0, 0);
    for labeled in documents {
        let document = Document::new(labeled.id.clone(), labeled.text.clone());
        let mine: Vec<&Mention> = labeled.mentions.iter().filter(|m| belongs(m, layer)).collect();
        wanted += mine.len();
        reader.regions(statistics, &document, |spans, features| {
            tokens += spans.len();
            let mut labels = vec![0u8; spans.len()];
            for mention in &mine {
                if let Some(range) = place(spans, &mention.span) {
                    found += 1;
                    let codes = layer.encode(mention.kind, range.len());
                    labels[range].iter_mut().zip(codes).for_each(|(label, code)| *label = code);
                }
            }
            if layer != INNER {
                examples.push(example(features, &labels, labeled.weight));
                return;
            }
            let outer = labeled
                .mentions
                .iter()
                .filter(|m| m.flat && matches!(m.kind, MentionType::Org | MentionType::Misc));
            for range in outer.filter_map(|m| place(spans, &m.span)).filter(|r| r.len() > 1) {
                let features = &features[range.clone()];
                examples.push(example(features, &labels[range], labeled.weight));
            }
        });
    }
    eprintln!("{found} of {wanted} mentions in {tokens} tokens of regions");
    examples
}

fn example(features: &[Vec<u64>], labels: &[u8], weight: f32) -> Example {
    let mut example = Example::new();
    example.weight = weight;
    for (features, label) in features.iter().zip(labels) {
        example.push(features.iter().copied(), *label);
    }
    example
}

fn belongs(mention: &Mention, layer: Layer) -> bool {
    layer.kinds.contains(&mention.kind)
        && (layer != FLAT || mention.flat)
        && (layer != INNER || !mention.flat)
}

/// The tokens that a mention covers, when it begins and ends with tokens of the region.
fn place(spans: &[Span], mention: &Range<usize>) -> Option<Range<usize>> {
    let first = spans.iter().position(|span| span.start() == mention.start)?;
    let last = spans.iter().position(|span| span.end() == mention.end)?;
    (first <= last).then_some(first..last + 1)
}
