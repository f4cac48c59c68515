//! Codes in words.

use crate::edits;
use crate::rules::Rule;

/// What a code of clean means, in words: `explain("C104")`.
pub fn explain(code: &str) -> Option<&'static str> {
    codes().find(|(known, _)| *known == code).map(|(_, words)| words)
}

/// All codes of clean with their sentence in words: zones `C1xx`, edits `C2xx`.
pub fn codes() -> impl Iterator<Item = (&'static str, &'static str)> {
    let zones = Rule::ALL.iter().map(|rule| (rule.code(), rule.words()));
    zones.chain(bantin_text::glue::RULES).chain(edits::WORDS.iter().copied())
}
