//! From the scores of a region to mentions in tokens, each with its confidence.

use bantin_document::MentionType;

use super::chain::{self, Chain};
use super::layers::{FLAT, INNER, Layer, THINGS, TITLES};
use super::weights::{Row, Weights};

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

/// Reads mentions off the scores of a region.
#[derive(Debug, Default)]
pub(crate) struct Decoder {
    /// The sums of all chains but the inner one, by position of the region.
    pub(crate) rows: Vec<Row>,
    inner: Vec<Row>,
    /// By position the lanes of the labels that have a chance.
    chances: Vec<u32>,
    buffers: chain::Buffers,
}

impl Decoder {
    /// Adds the mentions of a region that begins at token `offset`; `inner` makes the sums of the
    /// inner chain at a token.
    pub(crate) fn region(
        &mut self,
        weights: &Weights,
        offset: usize,
        inner: impl Fn(usize) -> Row,
        drafts: &mut Vec<Draft>,
    ) {
        let Decoder { rows, inner: inner_rows, chances, buffers } = self;
        let first = drafts.len();
        let chance = |row: &Row| row.above(chain::MARGIN);
        chances.clear();
        chances.extend(rows.iter().map(chance));
        mentions(&weights.flat, rows, chances.iter().copied(), buffers, offset, drafts);
        for i in first..drafts.len() {
            let outer = drafts[i];
            if matches!(outer.kind, MentionType::Org | MentionType::Misc)
                && outer.end - outer.first > 1
            {
                inner_rows.clear();
                inner_rows.extend((outer.first..outer.end).map(&inner));
                let chances = inner_rows.iter().map(chance);
                mentions(&weights.inner, inner_rows, chances, buffers, outer.first, drafts);
            }
        }
        for chain in [&weights.titles, &weights.things] {
            mentions(chain, rows, chances.iter().copied(), buffers, offset, drafts);
        }
    }
}

/// Adds the mentions of one chain: one open stretch at a time, with the sure tokens outside next
/// to it. Two neighbors without a chance end it; one alone may stand inside a long name. A quarter
/// of the stretches are passed over, for nothing can begin in them.
fn mentions(
    chain: &Chain,
    rows: &[Row],
    chances: impl Iterator<Item = u32>,
    buffers: &mut chain::Buffers,
    offset: usize,
    drafts: &mut Vec<Draft>,
) {
    let (lanes, begins) = (chain.lanes(), chain.begins());
    let mut open = None;
    let mut add = |(first, last, begins): (usize, usize, bool)| {
        if begins {
            let from = first.max(1) - 1;
            let rows = &rows[from..(last + 2).min(rows.len())];
            stretch(chain, rows, buffers, offset + from, drafts);
        }
    };
    for (at, chances) in chances.enumerate().filter(|(_, chances)| chances & lanes != 0) {
        let begins = chances & begins != 0;
        open = match open {
            Some((first, last, before)) if at - last <= 2 => Some((first, at, before || begins)),
            before => {
                before.map(&mut add);
                Some((at, at, begins))
            }
        };
    }
    open.map(add);
}

fn stretch(
    chain: &Chain,
    rows: &[Row],
    buffers: &mut chain::Buffers,
    offset: usize,
    drafts: &mut Vec<Draft>,
) {
    chain.best(rows, buffers);
    let mut at = 0;
    // One stretch of neighboring mentions at a time, with the tokens outside next to it: the
    // rest of the region changes their probabilities by nothing that would be seen.
    while let Some(start) = buffers.path[at..].iter().position(|label| *label != 0) {
        let start = at + start;
        let len = buffers.path[start..].iter().position(|label| *label == 0);
        let end = len.map_or(rows.len(), |len| start + len);
        let first = start.saturating_sub(1);
        chain.sure(rows, first..(end + 1).min(rows.len()), buffers);
        let (path, sure) = buffers.path_and_sure();
        let sure = &sure[start - first..];
        chain.layer.decode(&path[start..end], |kind, range| {
            drafts.push(Draft {
                first: offset + start + range.start,
                end: offset + start + range.end,
                kind,
                confidence: sure[range].iter().copied().fold(1.0, f32::min),
                rule: rule(chain.layer, kind),
            });
        });
        at = end;
    }
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
