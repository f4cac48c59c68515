//! Repairs of the text, none of which changes a word.

use bantin_document::{Edit, EditKind};
use bantin_text::Span;
use bantin_text::glue::Place;

use crate::bits::{self, BLOCK};
use crate::reader::Bytes;

/// All repairs of `text`, in order and without overlap. `bytes` are what its bytes are, `glue` the
/// places where glued sentences come apart, `decomposed` what is not NFC.
pub(crate) fn find(
    text: &str,
    bytes: &Bytes,
    glue: &[Place],
    decomposed: &[(Span, String)],
) -> Vec<Edit> {
    let mut edits = Vec::new();
    for place in glue {
        edits.push(Edit::new(Span::empty(place.at), "\n", EditKind::SplitGlued).by(place.rule));
    }
    for (span, composed) in decomposed {
        edits.push(Edit::new(*span, composed.clone(), EditKind::Nfc).by("C217"));
    }
    scan(text, bytes, &mut edits);
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

/// What stands at marks with white space or another mark beside them, and at odd spaces.
fn scan(text: &str, bytes: &Bytes, edits: &mut Vec<Edit>) {
    let mut done = 0;
    let mut spaces = bytes.spaces.iter().map(|at| *at as usize).peekable();
    let mut before = 0; // the byte in front of the block is part of a word or a mark
    for (i, (words, marks)) in bytes.blocks.iter().enumerate() {
        let next = bytes.blocks.get(i + 1).map_or(0, |(words, _)| words << 63);
        let first = !((words | marks) << 1 | before);
        before = (words | marks) >> 63;
        for bit in bits::ones(marks & (first | !(words >> 1 | next))) {
            let at = i * BLOCK + bit;
            while let Some(space) = spaces.next_if(|space| *space < at) {
                done = odd_space(text, space, done, edits);
            }
            if first >> bit & 1 != 0 {
                done = behind_space(text, at, done, edits);
            }
            if at >= done && is_suspect(text.as_bytes(), at) {
                done = repair(text, at, edits);
            }
        }
    }
    for space in spaces {
        done = odd_space(text, space, done, edits);
    }
}

fn odd_space(text: &str, at: usize, done: usize, edits: &mut Vec<Edit>) -> usize {
    if at < done { done } else { repair(text, at, edits) }
}

/// The list mark at `at` that its line begins with, or the spaces in front of another mark.
fn behind_space(text: &str, at: usize, mut done: usize, edits: &mut Vec<Edit>) -> usize {
    let bytes = text.as_bytes();
    let line = at - bytes[..at].iter().rev().take_while(|b| is_blank(**b)).count();
    if line >= done && (line == 0 || bytes[line - 1] == b'\n') {
        done = drop_bullet(text, line, edits);
    }
    let space = at.wrapping_sub(1);
    if line < at && bytes[space] == b' ' && space >= done {
        done = repair(text, space, edits);
    }
    done
}

fn is_blank(byte: u8) -> bool {
    matches!(byte, b' ' | b'\t' | b'\r')
}

/// True for a bracket in front of a space, two stops, and a stop and a slash.
fn is_suspect(bytes: &[u8], at: usize) -> bool {
    let next = bytes.get(at + 1).copied().unwrap_or(b'\n');
    match bytes[at] {
        b'(' => next == b' ',
        b'.' => matches!(next, b'.' | b'/') && (at == 0 || bytes[at - 1] != b'.'),
        _ => false,
    }
}

/// The list mark of the line that begins at `at`. Returns where to go on.
fn drop_bullet(text: &str, at: usize, edits: &mut Vec<Edit>) -> usize {
    let first = at + text.as_bytes()[at..].iter().take_while(|b| is_blank(**b)).count();
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

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// What a look at each byte finds.
    fn looked_for(text: &str) -> Vec<Edit> {
        let mut edits = Vec::new();
        let mut done = 0;
        let bytes = text.as_bytes();
        for at in 0..bytes.len() {
            let before = at.checked_sub(1).map_or(b'\n', |at| bytes[at]);
            if before == b'\n' && bytes[at] != b'\n' && at >= done {
                done = drop_bullet(text, at, &mut edits);
            }
            let odd = matches!(bytes[at], 0xC2 | 0xE2 | 0xE3)
                && text[at..].chars().next().is_some_and(char::is_whitespace);
            let space =
                bytes[at] == b' ' && bytes.get(at + 1).is_some_and(u8::is_ascii_punctuation);
            if (odd || space || is_suspect(bytes, at)) && at >= done {
                done = repair(text, at, &mut edits);
            }
        }
        edits
    }

    proptest! {
        #[test]
        fn marks_and_odd_spaces_lead_to_what_a_look_at_each_byte_finds(
            text in "[aậ0.,:;()!?”–*•·/+ \t\r\n\u{a0}\u{2009}\u{3000}\u{feff}\u{85}-]{0,150}"
        ) {
            let mut bytes = Bytes::default();
            bytes.read(&text);
            let mut found = Vec::new();
            scan(&text, &bytes, &mut found);
            prop_assert_eq!(found, looked_for(&text));
        }
    }
}
