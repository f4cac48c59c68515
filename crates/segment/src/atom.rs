//! Reading a paragraph as atoms: runs of letters and digits, and single marks.
//!
//! The atoms are those of [`bantin_text::atoms`].

use bantin_text::letters::Letter;
use bantin_text::{Span, scan};

/// One atom, and what a sentence rule wants to know of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Atom {
    /// First byte.
    pub(crate) start: u32,
    /// Behind the last byte.
    pub(crate) end: u32,
    /// Its outer form.
    pub(crate) look: Look,
}

impl Atom {
    /// As it stands in the text.
    pub(crate) fn surface<'t>(&self, text: &'t str) -> &'t str {
        &text[self.start as usize..self.end as usize]
    }
}

/// The outer form of an atom.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Look {
    /// Begins with a small letter: `quốc`, `iPhone`, `m2`.
    Lower,
    /// Begins with a capital and has a small letter: `Quốc`.
    Capital,
    /// Has capitals only: `V`, `TP`, `U23`.
    Upper,
    /// Begins with a digit: `2018`, `5m`.
    Digits,
    /// `.` `!` `?` `…`
    Stop,
    /// `"`
    Quote,
    /// `“` `‘` `(` `[` `«`
    Open,
    /// `”` `’` `)` `]` `»`
    Close,
    /// `-` `–` `—`
    Dash,
    /// `*` `+` `•` and the like
    Bullet,
    /// Any other mark.
    Other,
}

impl Look {
    /// True for what may stand in an address.
    pub(crate) fn is_address(self) -> bool {
        !matches!(self, Look::Quote | Look::Open | Look::Close)
    }

    /// True for the marks that end sentences, quote and bracket.
    #[inline]
    pub(crate) fn is_border(self) -> bool {
        matches!(self, Look::Stop | Look::Quote | Look::Open | Look::Close)
    }

    /// True for runs of letters and digits.
    pub(crate) fn is_word(self) -> bool {
        matches!(self, Look::Lower | Look::Capital | Look::Upper | Look::Digits)
    }
}

/// Reads the atoms of `text[start..end]`, with offsets into `text`.
pub(crate) fn read(text: &str, start: usize, end: usize, atoms: &mut Vec<Atom>) {
    let bytes = text.as_bytes();
    for (from, to, word) in scan(text, Span::new(start, end)) {
        let look = match (word, bytes[from]) {
            (true, b'a'..=b'z') => Look::Lower,
            (true, _) => look(text, from, to),
            (false, byte @ 0..0x80) => mark_look(byte),
            (false, _) => text[from..].chars().next().map_or(Look::Other, mark),
        };
        atoms.push(Atom { start: from as u32, end: to as u32, look });
    }
}

/// Whether a Vietnamese letter at the beginning of `bytes` is a capital, and its length; `None`
/// for all others.
#[inline]
fn capital(bytes: &[u8]) -> Option<(bool, usize)> {
    match *bytes {
        [b @ (b'a'..=b'z' | b'A'..=b'Z'), ..] => Some((b < b'a', 1)),
        [0xC3, b, ..] if b != 0x9F => Some((b & 0x20 == 0, 2)),
        [0xC4, b @ (0x82 | 0x83 | 0x90 | 0x91), ..] => Some((b & 1 == 0, 2)),
        [0xC5, b @ (0xA8 | 0xA9), ..] => Some((b & 1 == 0, 2)),
        [0xC6, b @ (0xA0 | 0xA1 | 0xAF | 0xB0), ..] => Some((b == 0xA0 || b == 0xAF, 2)),
        [0xE1, second, b, ..] if second == 0xBB || second == 0xBA && b >= 0xA0 => {
            Some((b & 1 == 0, 3))
        }
        _ => None,
    }
}

fn look(text: &str, start: usize, end: usize) -> Look {
    let bytes = &text.as_bytes()[start..end];
    if bytes[0].is_ascii_digit() {
        return Look::Digits;
    }
    match capital(bytes) {
        Some((false, _)) => Look::Lower,
        Some((true, len)) if matches!(capital(&bytes[len..]), Some((false, _))) => Look::Capital,
        _ => look_closely(&text[start..end]),
    }
}

fn look_closely(surface: &str) -> Look {
    let upper = |c: char| Letter::of(c).map_or_else(|| c.is_uppercase(), |l| l.upper);
    let lower = |c: char| Letter::of(c).map_or_else(|| c.is_lowercase(), |l| !l.upper);
    let mut letters = surface.chars();
    if !letters.next().is_some_and(upper) {
        return Look::Lower;
    }
    if letters.any(lower) { Look::Capital } else { Look::Upper }
}

/// The looks of ASCII marks.
#[inline]
fn mark_look(byte: u8) -> Look {
    static LOOKS: [Look; 128] = {
        let mut looks = [Look::Other; 128];
        let mut byte = 0;
        while byte < 128 {
            looks[byte] = mark(byte as u8 as char);
            byte += 1;
        }
        looks
    };
    LOOKS[usize::from(byte & 0x7F)]
}

const fn mark(c: char) -> Look {
    match c {
        '.' | '!' | '?' | '…' => Look::Stop,
        '"' => Look::Quote,
        '“' | '‘' | '(' | '[' | '«' => Look::Open,
        '”' | '’' | ')' | ']' | '»' => Look::Close,
        '-' | '–' | '—' => Look::Dash,
        '*' | '+' | '•' | '·' | '●' | '■' | '▪' | '►' | '◆' => Look::Bullet,
        _ => Look::Other,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_look_tells_capitals_from_numbers_and_marks() {
        let text = "Ông V. mua 5m vải “Đỏ”…";
        let mut atoms = Vec::new();
        read(text, 0, text.len(), &mut atoms);
        let looks: Vec<_> = atoms.iter().map(|a| a.look).collect();
        use Look::*;
        assert_eq!(looks, [Capital, Upper, Stop, Lower, Digits, Lower, Open, Capital, Close, Stop]);
    }
}
