//! The codes of segment in words, and why a line is cut where it is.

use crate::model::{collect, read};
use crate::tables::{STEPS, Tables};

/// What a code of segment means, in one sentence; codes of glued places are those of
/// [`bantin_text::glue::RULES`].
pub fn explain(code: &str) -> Option<&'static str> {
    RULES.iter().find(|(name, _)| *name == code).map(|(_, sentence)| *sentence)
}

/// The rules by code, each in words.
pub const RULES: [(&str, &str); 7] = [
    ("S201", "a sentence ends where its line or zone ends"),
    (
        "S202",
        "a sentence ends at !, ?, … or several stops, with the closing marks behind them, before what can begin a sentence",
    ),
    (
        "S203",
        "a sentence ends at a full stop that closes no abbreviation, initial or item number, before what can begin a sentence",
    ),
    (
        "S301",
        "the word model, weighing counts and context, decides whether a word goes on over a space",
    ),
    ("S302", "an address of the web or of mail is one word"),
    ("S303", "a word of the user's lexicon is joined or kept apart as it says"),
    ("S304", "a country of one syllable and the foreign name behind it are two words: Nga Antonov"),
];

/// Why the text is or is not cut at a place.
#[derive(Clone, Debug, PartialEq)]
pub struct Why {
    /// Code of the rule, one of [`RULES`].
    pub code: &'static str,
    /// For the word model: kinds of evidence with the sum of their weights.
    pub evidence: Vec<(&'static str, f32)>,
}

pub(crate) fn why(tables: &Tables<'_>, line: &str, at: usize) -> Option<Why> {
    let mut before: Option<&'static str> = None;
    for mut reading in read(line) {
        let (Some(first), Some(last)) = (reading.atoms.first(), reading.atoms.last()) else {
            continue;
        };
        if at <= first.0 {
            return before.map(|code| Why { code, evidence: Vec::new() });
        }
        if at >= last.1 {
            before = Some(reading.rule);
            continue;
        }
        let gap = reading.atoms.windows(2).position(|pair| pair[0].1 <= at && at <= pair[1].0)?;
        let collected = collect(&mut reading, tables);
        let mut evidence: Vec<(&'static str, f32)> = Vec::new();
        for (hash, kind) in collected.gaps[gap].iter().zip(&collected.kinds[gap]) {
            let weight = tables.weight(*hash) as f32 / STEPS;
            match evidence.iter_mut().find(|(name, _)| name == kind) {
                Some((_, sum)) => *sum += weight,
                None => evidence.push((kind, weight)),
            }
        }
        return Some(Why { code: "S301", evidence });
    }
    before.map(|code| Why { code, evidence: Vec::new() })
}
