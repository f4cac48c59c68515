//! Codes in words, and why one zone is what it is.

use bantin_document::Zone;

use crate::edits;
use crate::rules::Rule;

/// Code of zones that a cue of the user opened.
pub(crate) const CUED: &str = "C180";
/// Code of article that a veto of the user kept.
pub(crate) const VETOED: &str = "C181";
/// Code of blocks that recur across the site.
pub(crate) const RECURRING: &str = "C182";
/// Code of zones that the model found without a rule.
pub(crate) const MODEL: &str = "C190";

const OTHERS: [(&str, &str); 4] = [
    (CUED, "a cue phrase of the user's rules opens it"),
    (VETOED, "a veto phrase of the user's rules keeps its sentence"),
    (RECURRING, "the block recurs across the documents of the site"),
    (MODEL, "the learned model found it without a rule: shape, place, words and neighbors decide"),
];

/// What a code of clean means, in words: `explain("C104")`.
pub fn explain(code: &str) -> Option<&'static str> {
    codes().find(|(known, _)| *known == code).map(|(_, words)| words)
}

/// All codes of clean with their sentence in words: zones `C1xx`, edits `C2xx`.
pub fn codes() -> impl Iterator<Item = (&'static str, &'static str)> {
    let zones = Rule::ALL.iter().map(|rule| (rule.code(), rule.words()));
    zones.chain(OTHERS).chain(bantin_text::glue::RULES).chain(edits::WORDS.iter().copied())
}

/// Why a stretch is what it is; see [`Cleaner::explain`](crate::Cleaner::explain).
#[derive(Clone, Debug, PartialEq)]
pub struct Explanation {
    /// The zone, as it stands in the record.
    pub zone: Zone,
    /// Its rule in words; `None` for article that nothing spoke against.
    pub words: Option<&'static str>,
    /// What the model weighed in favor of the kind, heaviest first, at most six. Weights are log
    /// odds, against article for noise and against a caption for article.
    pub reasons: Vec<Reason>,
    /// What the model decided on, where it did: not the probability of the kind, which is the
    /// `confidence` of the zone, but that of being no article.
    pub verdict: Option<Verdict>,
}

/// A decision of the model.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Verdict {
    /// Probability that the piece is no article, of whatever kind.
    pub noise: f32,
    /// The probability from which on a piece of its likeliest kind goes, here on this page.
    pub wanted: f32,
}

/// One thing that the model weighed.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Reason {
    /// What it is about.
    pub words: &'static str,
    /// Log odds it adds.
    pub weight: f32,
}

impl Explanation {
    pub(crate) fn new(
        zone: Zone,
        weights: &[(&'static str, f32)],
        verdict: Option<Verdict>,
    ) -> Explanation {
        let mut reasons: Vec<Reason> = Vec::new();
        for &(words, weight) in weights {
            match reasons.iter_mut().find(|r| r.words == words) {
                Some(reason) => reason.weight += weight,
                None => reasons.push(Reason { words, weight }),
            }
        }
        reasons.sort_by(|a, b| b.weight.total_cmp(&a.weight));
        reasons.retain(|reason| reason.weight > 0.05);
        reasons.truncate(6);
        let words = zone.rule.as_deref().and_then(explain);
        Explanation { zone, words, reasons, verdict }
    }
}
