//! Repairs of the text, none of which changes a word.

use bantin_document::{Edit, EditKind};
use bantin_text::Span;
use bantin_text::glue::Place;

/// All repairs of `text`, in order and without overlap. `glue` are the places where glued
/// sentences come apart, `decomposed` what is not NFC.
pub(crate) fn find(text: &str, glue: &[Place], decomposed: &[(Span, String)]) -> Vec<Edit> {
    let mut edits = Vec::new();
    for place in glue {
        edits.push(Edit::new(Span::empty(place.at), "\n", EditKind::SplitGlued).by(place.rule));
    }
    for (span, composed) in decomposed {
        edits.push(Edit::new(*span, composed.clone(), EditKind::Nfc).by("C217"));
    }
    scan(text, &mut edits);
    // An insertion stands before a repair that begins at the same byte.
    edits.sort_by_key(|edit| (edit.start, edit.end));
    let mut end = 0;
    edits.retain(|edit| {
        let free = edit.start >= end;
        end = end.max(edit.end);
        free
    });
    edits
}

/// What a pass over the bytes finds; everything it looks for begins with one of few bytes.
fn scan(text: &str, edits: &mut Vec<Edit>) {
    let bytes = text.as_bytes();
    let mut line_start = true;
    let mut at = 0;
    while at < bytes.len() {
        let byte = bytes[at];
        let mut next = at + 1;
        match byte {
            b'\n' => {
                line_start = true;
                at = next;
                continue;
            }
            b' ' => {
                if let Some(end) = space_before_mark(text, at) {
                    edits.push(
                        Edit::new(Span::new(at, end), "", EditKind::SpaceBeforePunct).by("C214"),
                    );
                    next = end;
                }
            }
            b'(' => {
                let spaces = bytes[at + 1..].iter().take_while(|b| **b == b' ').count();
                next = at + 1 + spaces;
                if spaces > 0 && bytes.get(next).is_some_and(|b| *b > b' ' && *b != b')') {
                    edits.push(
                        Edit::new(Span::new(at + 1, next), "", EditKind::SpaceAfterParen)
                            .by("C215"),
                    );
                }
            }
            b'.' => next = stops(text, at, edits),
            0xC2 if bytes.get(at + 1) == Some(&0xA0) => {
                next = at + 2;
                edits.push(Edit::new(Span::new(at, next), " ", EditKind::Nbsp).by("C211"));
            }
            0xE2 | 0xE3 => {
                let c = text[at..].chars().next().unwrap_or('\0');
                next = at + c.len_utf8();
                if matches!(c, '\u{2000}'..='\u{200a}' | '\u{202f}' | '\u{205f}' | '\u{3000}') {
                    edits.push(Edit::new(Span::new(at, next), " ", EditKind::Nbsp).by("C211"));
                }
            }
            _ => {}
        }
        if line_start && byte != b' ' && byte != b'\t' && byte != b'\r' {
            line_start = false;
            if let Some(end) = bullet(&text[at..]) {
                edits.push(Edit::new(Span::new(at, at + end), "", EditKind::Bullet).by("C216"));
                next = next.max(at + end);
            }
        }
        at = next;
    }
}

/// `./.` and `..`; three stops are an ellipsis. Returns where to go on.
fn stops(text: &str, at: usize, edits: &mut Vec<Edit>) -> usize {
    let rest = &text.as_bytes()[at..];
    if rest.starts_with(b"./.") && !rest.starts_with(b"./..") {
        edits.push(Edit::new(Span::new(at, at + 3), ".", EditKind::EndMark).by("C212"));
        return at + 3;
    }
    let run = rest.iter().take_while(|b| **b == b'.').count();
    if run == 2 && at > 0 && !matches!(rest.get(2), Some(b'/')) {
        edits.push(Edit::new(Span::new(at, at + 2), ".", EditKind::DoublePeriod).by("C213"));
    }
    at + run
}

/// End of the spaces at `at` when they stand in front of a mark that belongs to the word before:
/// `giáo dục .`, but not ` ...`, ` .NET`, ` :)`.
fn space_before_mark(text: &str, at: usize) -> Option<usize> {
    let bytes = text.as_bytes();
    let end = at + bytes[at..].iter().take_while(|b| **b == b' ').count();
    let mark = *bytes.get(end)?;
    if !matches!(mark, b'.' | b',' | b';' | b'!' | b'?' | b')' | b':') {
        return None;
    }
    let before = text[..at].chars().next_back()?;
    let word_before = before.is_alphanumeric() || matches!(before, '”' | '"' | ')' | '%');
    let after = text[end + 1..].chars().next();
    let closed = after.is_none_or(|c| c.is_whitespace() || matches!(c, '”' | '"'));
    (word_before && closed).then_some(end)
}

/// Length of the list mark that a line begins with, and of the spaces behind it.
fn bullet(line: &str) -> Option<usize> {
    let c = line.chars().next()?;
    if !matches!(c, '-' | '–' | '—' | '*' | '+' | '•' | '·' | '●' | '■' | '▪' | '►' | '◆' | '○')
    {
        return None;
    }
    let rest = &line[c.len_utf8()..];
    let spaces = rest.len() - rest.trim_start_matches([' ', '\u{a0}', '\t']).len();
    let after = rest[spaces..].chars().next()?;
    // "-5 độ C" is a number, "-----" a rule, "+84" a telephone.
    let begins = after.is_alphabetic()
        || matches!(after, '“' | '"' | '\'' | '‘')
        || (after.is_ascii_digit() && spaces > 0);
    begins.then_some(c.len_utf8() + spaces)
}

/// Codes of the edits with their sentence in words.
pub(crate) const WORDS: &[(&str, &str)] = &[
    ("C211", "a no-break or other odd space reads as a space"),
    ("C212", "the end mark of agency text, \"./.\", reads as a full stop"),
    ("C213", "two full stops read as one"),
    ("C214", "a space in front of a mark goes"),
    ("C215", "a space behind an opening bracket goes"),
    ("C216", "the list mark in front of a paragraph goes"),
    ("C217", "letters that were not composed read as composed ones (NFC)"),
];
