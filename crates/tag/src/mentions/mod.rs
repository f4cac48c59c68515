//! The first step: names and titles, nested.

use std::collections::BTreeMap;

use bantin_document::{Extent, Mention, Tag, ZoneKind};
use bantin_text::Span;

use self::consistency::Consistency;
use self::decode::{Decoder, Draft};
use self::evidence::Evidence;
use self::features::One;
use self::repairs::Words;
use self::statistics::Statistics;
use self::sums::{Position, Remembered};
use self::weights::{Row, Weights};
use crate::explain::{self, Explanation};
use crate::reading::Reading;

pub(crate) mod chain;
mod consistency;
mod decode;
pub(crate) mod evidence;
pub(crate) mod features;
pub(crate) mod layers;
mod marks;
pub(crate) mod names;
mod organs;
mod repairs;
pub(crate) mod runs;
mod sessions;
pub(crate) mod statistics;
mod sums;
pub(crate) mod table;
pub(crate) mod tokens;
pub(crate) mod weights;

/// What the step knows; shared by all threads.
#[derive(Debug)]
pub(crate) struct Tables {
    pub(crate) statistics: Statistics,
    pub(crate) weights: Weights,
    words: Words,
}

impl Tables {
    /// Tables that were just trained.
    pub(crate) fn new(statistics: Statistics, weights: Weights) -> Tables {
        Tables { statistics, weights, words: Words::default() }
    }
}

impl Default for Tables {
    fn default() -> Tables {
        let statistics = include_bytes!("../../models/statistics.bin");
        let weights = include_bytes!("../../models/weights.bin");
        Tables::new(
            Statistics::from_bytes(statistics)
                .expect("the embedded statistics are of this version"),
            Weights::from_bytes(weights).expect("the embedded weights are of this version"),
        )
    }
}

/// What the step writes while it works; one per thread.
#[derive(Debug, Default)]
pub(crate) struct Buffers {
    pub(crate) evidence: Evidence,
    features: Vec<u64>,
    ends: Vec<usize>,
    found: Vec<u32>,
    remembered: Remembered,
    decoder: Decoder,
    consistency: Consistency,
    pub(crate) drafts: Vec<Draft>,
}

/// Finds the mentions of names and titles, in tokens.
pub(crate) fn find(tables: &Tables, buffers: &mut Buffers, reading: &Reading<'_>) {
    let Buffers { evidence, features, ends, found, remembered, decoder, consistency, drafts } =
        buffers;
    let weights = &tables.weights;
    evidence.fill(&tables.statistics, |id| weights.beside(id), reading);
    drafts.clear();
    for region in &evidence.regions {
        let sentence = evidence.sentence(reading.text(), region);
        features.clear();
        ends.clear();
        decoder.rows.clear();
        for at in region.tokens.clone() {
            let mut position = Position { weights, remembered, features, sums: Row::NOTHING };
            features::of(&sentence, at, &mut position);
            decoder.rows.push(position.sums);
            ends.push(features.len());
        }
        found.clear();
        weights.find(features, found);
        let mut start = 0;
        for (row, end) in decoder.rows.iter_mut().zip(&*ends) {
            weights.add(&found[start..*end], row);
            start = *end;
        }
        let inner = |at: usize| {
            let mut sums = Row::NOTHING;
            let mut sink = One(|_, feature| weights.add_inner(feature, &mut sums));
            features::of(&sentence, at, &mut sink);
            sums
        };
        decoder.region(weights, region.tokens.start, inner, drafts);
    }
    consistency.apply(&evidence.tokens, &evidence.spans, drafts);
    repairs::apply(&tables.words, evidence, drafts);
}

/// Adds the mentions of names and titles.
pub(crate) fn add(tables: &Tables, buffers: &mut Buffers, reading: &Reading<'_>, tag: &mut Tag) {
    find(tables, buffers, reading);
    let text = reading.text();
    let tokens = &buffers.evidence.tokens;
    tag.mentions.extend(buffers.drafts.iter().map(|draft| {
        let span = Span::new(tokens[draft.first].span.start(), tokens[draft.end - 1].span.end());
        let Extent { start, end } = span.into();
        let zone = reading.sentence_at(span.start()).map(|sentence| sentence.zone);
        Mention {
            start,
            end,
            kind: draft.kind,
            surface: text[span].to_owned(),
            entity: None,
            holder: None,
            value: None,
            resolved: None,
            basis: None,
            zone: zone.filter(|zone| *zone != ZoneKind::Body),
            confidence: Some(draft.confidence),
            rule: Some(draft.rule.into()),
        }
    }));
}

/// Explains the mentions whose span of the reading's text is wanted, longest first.
pub(crate) fn explain(
    tables: &Tables,
    buffers: &mut Buffers,
    reading: &Reading<'_>,
    wanted: impl Fn(Span) -> bool,
) -> Vec<Explanation> {
    find(tables, buffers, reading);
    let evidence = &buffers.evidence;
    let tokens = &evidence.tokens;
    let mut explanations = Vec::new();
    for draft in &buffers.drafts {
        let span = Span::new(tokens[draft.first].span.start(), tokens[draft.end - 1].span.end());
        if !wanted(span) {
            continue;
        }
        let mut sums: BTreeMap<&'static str, f32> = BTreeMap::new();
        let region = evidence.regions.iter().find(|region| region.tokens.contains(&draft.first));
        if let (Some(layer), Some(region)) = (draft.layer(), region) {
            let sentence = evidence.sentence(reading.text(), region);
            let labels = layer.encode(draft.kind, draft.end - draft.first);
            for (at, label) in (draft.first..draft.end).zip(labels) {
                let mut sink = One(|template, feature| {
                    let weight = tables.weights.of(feature, layer, usize::from(label));
                    *sums.entry(explain::template(template)).or_default() += weight;
                });
                features::of(&sentence, at, &mut sink);
            }
        }
        let mut told: Vec<_> = sums.into_iter().filter(|(_, weight)| weight.abs() > 0.1).collect();
        told.sort_by(|a, b| b.1.total_cmp(&a.1).then(a.0.cmp(b.0)));
        explanations.push(Explanation {
            span,
            kind: draft.kind,
            confidence: draft.confidence,
            rule: draft.rule,
            evidence: told,
        });
    }
    explanations
}
