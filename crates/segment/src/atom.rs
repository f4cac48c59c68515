//! Reading a paragraph as atoms: runs of letters and digits, and single marks.
//!
//! The atoms are those of [`bantin_text::atoms`], found by byte classes, since this is done for
//! every byte.

use bantin_text::atoms::is_alphanumeric;
use bantin_text::letters::Letter;

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

    /// True for runs of letters and digits.
    pub(crate) fn is_word(self) -> bool {
        matches!(self, Look::Lower | Look::Capital | Look::Upper | Look::Digits)
    }
}

/// Classes of bytes.
const SPACE: u8 = 0;
const LOWER: u8 = 1;
const UPPER: u8 = 2;
const DIGIT: u8 = 3;
const MARK: u8 = 4;
/// Lead byte of a character that has to be decoded.
const LEAD: u8 = 5;

static CLASSES: [u8; 256] = {
    let mut classes = [LEAD; 256];
    let mut byte = 0;
    while byte < 128 {
        classes[byte] = match byte as u8 {
            b'\t' | b'\n' | 0x0B | 0x0C | b'\r' | b' ' => SPACE,
            b'a'..=b'z' => LOWER,
            b'A'..=b'Z' => UPPER,
            b'0'..=b'9' => DIGIT,
            _ => MARK,
        };
        byte += 1;
    }
    classes
};

/// Reads the atoms of `text[start..end]`, with offsets into `text`.
pub(crate) fn read(text: &str, start: usize, end: usize, atoms: &mut Vec<Atom>) {
    let bytes = &text.as_bytes()[..end];
    let mut at = start;
    while at < end {
        let class = CLASSES[bytes[at] as usize];
        let from = at;
        match class {
            SPACE => {
                at += 1;
                continue;
            }
            MARK => at += 1,
            _ => at = run(text, bytes, at),
        }
        if at > from {
            let look = if class == MARK { mark(bytes[from] as char) } else { look(text, from, at) };
            atoms.push(Atom { start: from as u32, end: at as u32, look });
            continue;
        }
        let Some(c) = text[at..].chars().next() else { break };
        at += c.len_utf8();
        if !c.is_whitespace() {
            atoms.push(Atom { start: from as u32, end: at as u32, look: mark(c) });
        }
    }
}

/// Where the run of letters and digits that begins at `at` ends.
#[inline]
fn run(text: &str, bytes: &[u8], mut at: usize) -> usize {
    while at < bytes.len() {
        match bytes[at] {
            b if matches!(CLASSES[b as usize], LOWER | UPPER | DIGIT) => at += 1,
            // Vietnamese letters: À..ỹ without × and ÷, Ă..ư, Ạ..ỹ.
            0xC3 if !matches!(bytes[at + 1], 0x97 | 0xB7) => at += 2,
            0xC4..=0xC6 => at += 2,
            0xE1 if matches!(bytes[at + 1], 0xBA | 0xBB) => at += 3,
            0..=0x7F => break,
            _ => match text[at..].chars().next() {
                Some(c) if is_alphanumeric(c) => at += c.len_utf8(),
                _ => break,
            },
        }
    }
    at
}

#[inline]
fn look(text: &str, start: usize, end: usize) -> Look {
    let surface = &text[start..end];
    match *surface.as_bytes() {
        [b'a'..=b'z', ..] => return Look::Lower,
        [b'0'..=b'9', ..] => return Look::Digits,
        [b'A'..=b'Z', b'a'..=b'z', ..] => return Look::Capital,
        _ => {}
    }
    let upper = |c: char| Letter::of(c).map_or_else(|| c.is_uppercase(), |l| l.upper);
    let lower = |c: char| Letter::of(c).map_or_else(|| c.is_lowercase(), |l| !l.upper);
    let mut letters = surface.chars();
    if !letters.next().is_some_and(upper) {
        return Look::Lower;
    }
    if letters.any(lower) { Look::Capital } else { Look::Upper }
}

fn mark(c: char) -> Look {
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
    use proptest::prelude::*;

    #[test]
    fn a_look_tells_capitals_from_numbers_and_marks() {
        let text = "Ông V. mua 5m vải “Đỏ”…";
        let mut atoms = Vec::new();
        read(text, 0, text.len(), &mut atoms);
        let looks: Vec<_> = atoms.iter().map(|a| a.look).collect();
        use Look::*;
        assert_eq!(looks, [Capital, Upper, Stop, Lower, Digits, Lower, Open, Capital, Close, Stop]);
    }

    proptest! {
        #[test]
        fn atoms_are_those_of_the_text_crate(text in "[a-zA-ZàộĐ0-9×÷\u{301}\u{a0}ㄱш .!?…\n-]{0,40}|\\PC{0,20}") {
            let mut ours = Vec::new();
            read(&text, 0, text.len(), &mut ours);
            let theirs: Vec<_> = bantin_text::atoms::atoms(&text).map(|a| (a.span.start(), a.span.end())).collect();
            let ours: Vec<_> = ours.iter().map(|a| (a.start as usize, a.end as usize)).collect();
            prop_assert_eq!(ours, theirs);
        }
    }
}
