//! The document is the unit: a name that is sure at one place is the same thing at the others.

use std::collections::HashMap;
use std::hash::BuildHasherDefault;

use bantin_crf::mix;
use bantin_document::MentionType;

use super::decode::Draft;
use super::runs::{Hashed, RunSpan};
use super::tokens::Token;

/// Below this probability a mention is open to what the document says of its name elsewhere.
const OPEN: f32 = 0.8;
/// How much more the other type must weigh. A mention weighs its probability less [`DOUBT`].
const LEAD: f32 = 0.5;
const DOUBT: f32 = 0.3;
/// Probabilities of a name's mentions together, for it to be found where the model found nothing.
const SURE: f32 = 1.5;

/// Buffers of the step.
#[derive(Debug, Default)]
pub(crate) struct Consistency {
    /// By name: how much it weighs as each type of the flat layer, and its probabilities
    /// together. Never iterated.
    votes: HashMap<u64, ([f32; 4], f32), BuildHasherDefault<Hashed>>,
    covered: Vec<bool>,
}

impl Consistency {
    /// Lets the mentions of one document agree with one another; `drafts` must be sorted after.
    pub(crate) fn apply(&mut self, tokens: &[Token], runs: &[RunSpan], drafts: &mut Vec<Draft>) {
        self.votes.clear();
        for draft in drafts.iter() {
            if let Some(kind) = flat(draft) {
                let (weights, sum) = self.votes.entry(name(tokens, draft)).or_default();
                weights[kind] += draft.confidence - DOUBT;
                *sum += draft.confidence;
            }
        }
        self.covered.clear();
        self.covered.resize(tokens.len(), false);
        for draft in drafts.iter_mut() {
            if draft.kind != MentionType::Title {
                self.covered[draft.first..draft.end].fill(true);
            }
            let Some(kind) = flat(draft).filter(|_| draft.confidence < OPEN) else { continue };
            let Some((weights, _)) = self.votes.get(&name(tokens, draft)) else { continue };
            let best = best(weights);
            if weights[best] > weights[kind] + LEAD {
                draft.kind = FLAT_KINDS[best];
                draft.rule = "T312";
            }
        }
        for run in runs {
            // "Bộ", "Đảng" and "Anh" are names at one place and words at the next.
            let word = run.words == 1 && tokens[run.end - 1].syllable.is_legal();
            if word || self.covered[run.first..run.end].contains(&true) {
                continue;
            }
            let mut found = Draft {
                first: run.first,
                end: run.end,
                kind: MentionType::Misc,
                confidence: 0.5,
                rule: "T313",
            };
            let vote = self.votes.get(&name(tokens, &found));
            if let Some((weights, _)) = vote.filter(|(_, sum)| *sum >= SURE) {
                found.kind = FLAT_KINDS[best(weights)];
                drafts.push(found);
            }
        }
    }
}

const FLAT_KINDS: [MentionType; 4] =
    [MentionType::Per, MentionType::Org, MentionType::Loc, MentionType::Misc];

/// Index of the type of a mention of the flat layer.
fn flat(draft: &Draft) -> Option<usize> {
    let kind = FLAT_KINDS.iter().position(|kind| *kind == draft.kind)?;
    (draft.rule != super::decode::INNER_RULE).then_some(kind)
}

fn best(weights: &[f32; 4]) -> usize {
    (0..4).max_by(|a, b| weights[*a].total_cmp(&weights[*b]).then(b.cmp(a))).unwrap_or(0)
}

/// Hash of a name as it is written: `Bộ` and `BỘ` are two.
fn name(tokens: &[Token], draft: &Draft) -> u64 {
    let words = tokens[draft.first..draft.end].iter().filter(|token| token.shape.is_word());
    words.fold(0, |hash, token| mix(mix(hash, token.id), token.shape as u64))
}
