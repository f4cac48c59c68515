//! From the scores of a region to mentions in tokens, each with its confidence.

use std::ops::Range;

use bantin_crf::{Lattice, Model};
use bantin_document::MentionType;

use super::layers::{FLAT, INNER, Layer, THINGS, TITLES};
use super::weights::SCALE;

/// A mention in tokens.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Draft {
    pub(crate) first: usize,
    pub(crate) end: usize,
    pub(crate) kind: MentionType,
    pub(crate) confidence: f32,
    pub(crate) rule: &'static str,
}

impl Draft {
    /// The layer of the model that found it; none when a rule did.
    pub(crate) fn layer(&self) -> Option<Layer> {
        if self.rule == INNER_RULE {
            return Some(INNER);
        }
        let layers = [FLAT, TITLES, THINGS];
        let layer = layers.into_iter().find(|layer| layer.kinds.contains(&self.kind));
        layer.filter(|_| self.rule < "T310")
    }

    /// True when it covers all of `other`.
    pub(crate) fn contains(&self, other: &Draft) -> bool {
        self.first <= other.first && other.end <= self.end
    }

    /// True when the two share a token.
    pub(crate) fn overlaps(&self, other: &Draft) -> bool {
        self.first < other.end && other.first < self.end
    }
}

/// Reads mentions off a lattice.
#[derive(Debug, Default)]
pub(crate) struct Decoder {
    path: Vec<u8>,
}

impl Decoder {
    /// Adds the mentions of a region of `len` tokens, which begins at token `offset`.
    pub(crate) fn region(
        &mut self,
        model: &Model,
        lattice: &mut Lattice,
        len: usize,
        offset: usize,
        drafts: &mut Vec<Draft>,
    ) {
        let first = drafts.len();
        self.layer(model, lattice, FLAT, 0..len, offset, drafts);
        for i in first..drafts.len() {
            let outer = drafts[i];
            if matches!(outer.kind, MentionType::Org | MentionType::Misc)
                && outer.end - outer.first > 1
            {
                let part = outer.first - offset..outer.end - offset;
                self.layer(model, lattice, INNER, part, offset, drafts);
            }
        }
        for layer in [TITLES, THINGS] {
            self.layer(model, lattice, layer, 0..len, offset, drafts);
        }
    }

    /// Adds the mentions of one layer in a part of the lattice: one open stretch at a time, with
    /// the sure tokens outside next to it.
    fn layer(
        &mut self,
        model: &Model,
        lattice: &mut Lattice,
        layer: Layer,
        part: Range<usize>,
        offset: usize,
        drafts: &mut Vec<Draft>,
    ) {
        let mut start = None;
        for at in part.start..=part.end {
            let open = at < part.end && is_open(model, lattice, layer, at);
            match start {
                None if open => start = Some(at),
                Some(first) if !open => {
                    let stretch = first.max(part.start + 1) - 1..(at + 1).min(part.end);
                    self.stretch(model, lattice, layer, stretch, offset, drafts);
                    start = None;
                }
                _ => {}
            }
        }
    }

    fn stretch(
        &mut self,
        model: &Model,
        lattice: &mut Lattice,
        layer: Layer,
        part: Range<usize>,
        offset: usize,
        drafts: &mut Vec<Draft>,
    ) {
        let path = &mut self.path;
        path.clear();
        path.extend(model.viterbi_in(lattice, part.clone(), layer.range()));
        let mut at = 0;
        // One stretch of neighboring mentions at a time, with the tokens outside next to it: the
        // rest of the region changes their probabilities by nothing that would be seen.
        while let Some(start) = path[at..].iter().position(|label| *label != 0) {
            let start = at + start;
            let len = path[start..].iter().position(|l| *l == 0).unwrap_or(path.len() - start);
            let end = start + len;
            let window = start.saturating_sub(1)..(end + 1).min(path.len());
            let labels = layer.labels();
            let positions = part.start + window.start..part.start + window.end;
            let marginals = model.marginals_in(lattice, positions, layer.range());
            layer.decode(&path[start..end], |kind, range| {
                let of = |i: usize| {
                    let row = (start + i - window.start) * labels;
                    marginals[row + usize::from(path[start + i])]
                };
                drafts.push(Draft {
                    first: offset + part.start + start + range.start,
                    end: offset + part.start + start + range.end,
                    kind,
                    confidence: range.map(of).fold(1.0, f32::min),
                    rule: rule(layer, kind),
                });
            });
            at = end;
        }
    }
}

/// So far behind outside, a label has no chance: transitions of the trained models favor a
/// mention by at most three units.
const MARGIN: i32 = -(6.0 * SCALE) as i32;

/// False when outside is far ahead of all other labels of a layer.
#[inline]
fn is_open(model: &Model, lattice: &mut Lattice, layer: Layer, position: usize) -> bool {
    let scores = &lattice.scores_mut(model, position)[layer.range()];
    let best = scores[1..].iter().copied().max().unwrap_or(MARGIN);
    best - scores[0] > MARGIN
}

/// Code of what the inner layer found.
pub(crate) const INNER_RULE: &str = "T305";

fn rule(layer: Layer, kind: MentionType) -> &'static str {
    if layer == INNER {
        return INNER_RULE;
    }
    match kind {
        MentionType::Per => "T301",
        MentionType::Org => "T302",
        MentionType::Loc => "T303",
        MentionType::Misc => "T304",
        MentionType::Title => "T306",
        MentionType::Event => "T307",
        MentionType::Agr => "T308",
        _ => "T309",
    }
}
