//! The first step: names and titles, nested.

use bantin_crf::{Lattice, Model};
use bantin_document::{Extent, Mention, MentionType, Tag};
use bantin_text::Span;

use self::evidence::Evidence;
use self::layers::{FLAT, INNER, Layer, THINGS, TITLES};
use self::statistics::Statistics;
use crate::reading::Reading;

pub(crate) mod evidence;
pub(crate) mod features;
pub(crate) mod layers;
pub(crate) mod names;
pub(crate) mod runs;
pub(crate) mod statistics;
pub(crate) mod table;
pub(crate) mod tokens;

/// What the step knows; shared by all threads.
#[derive(Debug)]
pub(crate) struct Tables {
    pub(crate) statistics: Statistics,
    pub(crate) model: Model,
}

impl Default for Tables {
    fn default() -> Tables {
        let statistics = include_bytes!("../../models/statistics.bin");
        Tables {
            statistics: Statistics::from_bytes(statistics)
                .expect("the embedded statistics are of this version"),
            model: Model::from_bytes(bantin_crf::embed!("../../models/entities.bin"))
                .expect("the embedded model is of this version"),
        }
    }
}

/// What the step writes while it works; one per thread.
#[derive(Debug, Default)]
pub(crate) struct Buffers {
    evidence: Evidence,
    lattice: Lattice,
    drafts: Vec<Draft>,
}

/// A mention in tokens.
#[derive(Clone, Copy, Debug)]
struct Draft {
    first: usize,
    end: usize,
    kind: MentionType,
    confidence: f32,
}

/// Adds the mentions of names and titles.
pub(crate) fn add(tables: &Tables, buffers: &mut Buffers, reading: &Reading<'_>, tag: &mut Tag) {
    let Buffers { evidence, lattice, drafts } = buffers;
    let model = &tables.model;
    evidence.fill(&tables.statistics, reading);
    drafts.clear();
    for region in &evidence.regions {
        lattice.reset(model, region.tokens.len());
        for at in region.tokens.clone() {
            let position = at - region.tokens.start;
            evidence.features(reading.text(), region, at, &mut |feature| {
                model.add(lattice, position, feature);
            });
        }
        let offset = region.tokens.start;
        let first = drafts.len();
        for layer in [FLAT, TITLES, THINGS] {
            decode(model, lattice, layer, 0..region.tokens.len(), offset, drafts);
        }
        for i in first..drafts.len() {
            let outer = drafts[i];
            if matches!(outer.kind, MentionType::Org | MentionType::Misc)
                && outer.end - outer.first > 1
            {
                let part = outer.first - offset..outer.end - offset;
                decode(model, lattice, INNER, part, offset, drafts);
            }
        }
    }
    drafts.sort_by_key(|d| (d.first, std::cmp::Reverse(d.end), d.kind));
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
            zone: zone.filter(|zone| *zone != bantin_document::ZoneKind::Body),
            confidence: Some(draft.confidence),
            rule: None,
        }
    }));
}

/// Adds the mentions of one layer in a part of the lattice.
fn decode(
    model: &Model,
    lattice: &mut Lattice,
    layer: Layer,
    part: std::ops::Range<usize>,
    offset: usize,
    drafts: &mut Vec<Draft>,
) {
    let path = model.viterbi_in(lattice, part.clone(), layer.range());
    layer.decode(path, |kind, range| {
        drafts.push(Draft {
            first: offset + part.start + range.start,
            end: offset + part.start + range.end,
            kind,
            confidence: 1.0,
        });
    });
}
