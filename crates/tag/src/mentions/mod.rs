//! The first step: names and titles, nested.

use bantin_crf::{Lattice, Model};
use bantin_document::{Extent, Mention, Tag, ZoneKind};
use bantin_text::Span;

use self::decode::{Decoder, Draft};
use self::evidence::Evidence;
use self::repairs::Words;
use self::statistics::Statistics;
use self::weights::{Found, Weights};
use crate::reading::Reading;

mod decode;
pub(crate) mod evidence;
pub(crate) mod features;
pub(crate) mod layers;
pub(crate) mod names;
mod repairs;
pub(crate) mod runs;
pub(crate) mod statistics;
pub(crate) mod table;
pub(crate) mod tokens;
pub(crate) mod weights;

/// What the step knows; shared by all threads.
#[derive(Debug)]
pub(crate) struct Tables {
    pub(crate) statistics: Statistics,
    /// Starts, ends and transitions of the chains; it holds no features.
    pub(crate) chains: Model,
    pub(crate) weights: Weights,
    words: Words,
}

impl Tables {
    /// Tables that were just trained.
    pub(crate) fn new(statistics: Statistics, chains: Model, weights: Weights) -> Tables {
        Tables { statistics, chains, weights, words: Words::default() }
    }
}

impl Default for Tables {
    fn default() -> Tables {
        let statistics = include_bytes!("../../models/statistics.bin");
        let weights = include_bytes!("../../models/weights.bin");
        let chains = bantin_crf::embed!("../../models/chains.bin");
        Tables::new(
            Statistics::from_bytes(statistics)
                .expect("the embedded statistics are of this version"),
            Model::from_bytes(chains).expect("the embedded chains are of this version"),
            Weights::from_bytes(weights).expect("the embedded weights are of this version"),
        )
    }
}

/// What the step writes while it works; one per thread.
#[derive(Debug, Default)]
pub(crate) struct Buffers {
    evidence: Evidence,
    lattice: Lattice,
    features: Vec<u64>,
    ends: Vec<usize>,
    found: Vec<Found>,
    decoder: Decoder,
    drafts: Vec<Draft>,
}

/// Adds the mentions of names and titles.
pub(crate) fn add(tables: &Tables, buffers: &mut Buffers, reading: &Reading<'_>, tag: &mut Tag) {
    let Buffers { evidence, lattice, features, ends, found, decoder, drafts } = buffers;
    let model = &tables.chains;
    evidence.fill(&tables.statistics, reading);
    drafts.clear();
    for region in &evidence.regions {
        features.clear();
        ends.clear();
        for at in region.tokens.clone() {
            evidence.features(reading.text(), region, at, &mut |feature| features.push(feature));
            ends.push(features.len());
        }
        found.clear();
        tables.weights.find(features, found);
        lattice.reset(model, region.tokens.len());
        let mut start = 0;
        for (position, end) in ends.iter().enumerate() {
            tables.weights.add(&found[start..*end], lattice.scores_mut(model, position));
            start = *end;
        }
        decoder.region(model, lattice, region.tokens.len(), region.tokens.start, drafts);
    }
    repairs::apply(&tables.words, &evidence.tokens, &evidence.names, drafts);
    let text = reading.text();
    let tokens = &evidence.tokens;
    tag.mentions.extend(drafts.iter().map(|draft| {
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
