//! Repairs of the text, none of which changes a word.

use bantin_document::{Edit, EditKind};
use bantin_text::Span;
use bantin_text::glue::Place;

use crate::bits;

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

/// What a pass over the bytes finds.
fn scan(text: &str, edits: &mut Vec<Edit>) {
    let mut done = 0;
    bits::blocks(text.as_bytes(), |start, around| {
        let starts = |[before, byte, ..]: [u8; 4]| (before == b'\n') & (byte != b'\n');
        for bit in bits::ones(bits::rare(around, |bytes| starts(bytes) | is_suspect(bytes))) {
            let at = start + bit;
            let bytes = [around[bit], around[bit + 1], around[bit + 2], around[bit + 3]];
            if starts(bytes) && at >= done {
                done = drop_bullet(text, at, edits);
            }
            if is_suspect(bytes) && at >= done {
                done = repair(text, at, edits);
            }
        }
    });
}

/// True where a repair may begin: a space in front of a mark, a bracket in front of a space, two
/// stops or a stop and a slash, an odd space.
fn is_suspect([before, byte, next, third]: [u8; 4]) -> bool {
    // `!` to `?` without the digits; which of them it is, and which space, is looked at later.
    let closing = (next.wrapping_sub(b'!') < 31) & (next.wrapping_sub(b'0') >= 10);
    let wide = (next | 1 == 0x81) & ((third < 0x8B) | (third == 0x9F) | (third == 0xAF));
    ((byte == b' ') & closing)
        | ((byte == b'(') & (next == b' '))
        | ((byte == b'.') & (before != b'.') & ((next == b'.') | (next == b'/')))
        | ((byte == 0xC2) & (next == 0xA0))
        | ((byte | 1 == 0xE3) & wide)
}

/// The list mark of the line that begins at `at`. Returns where to go on.
fn drop_bullet(text: &str, at: usize, edits: &mut Vec<Edit>) -> usize {
    let blank = |b: &&u8| matches!(b, b' ' | b'\t' | b'\r');
    let first = at + text.as_bytes()[at..].iter().take_while(blank).count();
    let Some(len) = bullet(&text[first..]) else { return at };
    let span = Span::new(first, first + len);
    edits.push(Edit::new(span, "", EditKind::Bullet).by("C216"));
    span.end()
}

/// The repair at a suspect byte, if there is one. Returns where to go on.
fn repair(text: &str, at: usize, edits: &mut Vec<Edit>) -> usize {
    let bytes = text.as_bytes();
    let spaces = |from: usize| bytes[from..].iter().take_while(|b| **b == b' ').count();
    let (span, insert, kind, rule) = match bytes[at] {
        b' ' => {
            let first = at - bytes[..at].iter().rev().take_while(|b| **b == b' ').count();
            let mark = matches!(bytes[at + 1], b'.' | b',' | b';' | b'!' | b'?' | b')' | b':');
            if !mark || !is_space_before_mark(text, first, at + 1) {
                return at + 1;
            }
            (Span::new(first, at + 1), "", EditKind::SpaceBeforePunct, "C214")
        }
        b'(' => {
            let end = at + 1 + spaces(at + 1);
            if !bytes.get(end).is_some_and(|b| *b > b' ' && *b != b')') {
                return end;
            }
            (Span::new(at + 1, end), "", EditKind::SpaceAfterParen, "C215")
        }
        b'.' => return stops(text, at, edits),
        0xC2 => (Span::new(at, at + 2), " ", EditKind::Nbsp, "C211"),
        _ => {
            let c = text[at..].chars().next().unwrap_or('\0');
            if !matches!(c, '\u{2000}'..='\u{200a}' | '\u{202f}' | '\u{205f}' | '\u{3000}') {
                return at + c.len_utf8();
            }
            (Span::new(at, at + 3), " ", EditKind::Nbsp, "C211")
        }
    };
    edits.push(Edit::new(span, insert, kind).by(rule));
    span.end()
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

/// True when the spaces in `start..end` stand in front of a mark that belongs to the word before:
/// `giáo dục .`, but not ` ...`, ` .NET`, ` :)`.
fn is_space_before_mark(text: &str, start: usize, end: usize) -> bool {
    let before = text[..start].chars().next_back();
    let word_before =
        before.is_some_and(|c| c.is_alphanumeric() || matches!(c, '”' | '"' | ')' | '%'));
    let after = text[end + 1..].chars().next();
    let closed = after.is_none_or(|c| c.is_whitespace() || matches!(c, '”' | '"'));
    word_before && closed
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
