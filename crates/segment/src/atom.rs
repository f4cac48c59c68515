//! Reading a paragraph as atoms: runs of letters and digits, and single marks.
//!
//! The atoms are those of [`bantin_text::atoms`], found sixty-four bytes at a time, since this is
//! done for every byte.

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

/// Bytes that are looked at together.
const BLOCK: usize = 64;

/// What the bytes of a block are, one bit each.
struct Bits {
    /// Letters, digits, and all bytes beyond ASCII.
    word: u64,
    /// ASCII marks and control characters.
    mark: u64,
    /// Lead bytes beyond those of Vietnamese letters, whose character has to be decoded.
    odd: u64,
}

/// Flags the bytes of a block; `ahead` is the block with one byte behind it.
///
/// Plain comparisons of bytes without a branch: the compiler makes vector code of them.
fn bits(ahead: &[u8; BLOCK + 1]) -> Bits {
    let [mut word, mut mark, mut odd] = [[0u8; BLOCK]; 3];
    for i in 0..BLOCK {
        let [byte, next] = [ahead[i], ahead[i + 1]];
        let ascii = byte < 0x80;
        let space = (byte == b' ') | (byte.wrapping_sub(b'\t') < 5);
        let letter = ((byte | 0x20).wrapping_sub(b'a') < 26) | (byte.wrapping_sub(b'0') < 10);
        word[i] = u8::from(letter | !ascii);
        mark[i] = u8::from(ascii & !letter & !space);
        // Vietnamese letters: À..ỹ without × and ÷, Ă..ư, Ạ..ỹ.
        let latin =
            (byte.wrapping_sub(0xC3) < 4) & !((byte == 0xC3) & ((next == 0x97) | (next == 0xB7)));
        let extended = (byte == 0xE1) & ((next == 0xBA) | (next == 0xBB));
        odd[i] = u8::from((byte >= 0xC0) & !latin & !extended);
    }
    let odd = if odd == [0; BLOCK] { 0 } else { packed(&odd) };
    Bits { word: packed(&word), mark: packed(&mark), odd }
}

/// One bit for each byte, which is 0 or 1.
fn packed(flags: &[u8; BLOCK]) -> u64 {
    let mut bits = 0;
    for (i, eight) in flags.chunks_exact(8).enumerate() {
        let eight = u64::from_le_bytes(eight.try_into().unwrap_or_default());
        // The product brings bit 0 of byte j to bit 56 + j.
        bits |= (eight.wrapping_mul(0x0102_0408_1020_4080) >> 56) << (8 * i);
    }
    bits
}

/// Reads the atoms of `text[start..end]`, with offsets into `text`.
pub(crate) fn read(text: &str, start: usize, end: usize, atoms: &mut Vec<Atom>) {
    let bytes = &text.as_bytes()[..end];
    let mut base = start;
    while base < end {
        let Bits { word, mark, odd } = match bytes[base..].first_chunk() {
            Some(ahead) => bits(ahead),
            None => {
                let mut ahead = [b' '; BLOCK + 1];
                ahead[..end - base].copy_from_slice(&bytes[base..]);
                bits(&ahead)
            }
        };
        let mut next = base + BLOCK;
        // No block begins inside a run.
        let mut events = word & !(word << 1) | mark;
        while events != 0 {
            let bit = events.trailing_zeros();
            events &= events - 1;
            let from = base + bit as usize;
            let len = (!(word >> bit)).trailing_zeros();
            if len == 0 {
                let look = mark_look(bytes[from]);
                atoms.push(Atom { start: from as u32, end: from as u32 + 1, look });
            } else if bit + len == BLOCK as u32 {
                // Where it ends is not seen; the next block begins with it, if this one did not.
                next = if bit > 0 { from } else { decode(text, from, end, atoms) };
            } else if odd >> bit & ((1 << len) - 1) == 0 {
                let to = from + len as usize;
                let look = match bytes[from] {
                    b'a'..=b'z' => Look::Lower,
                    _ => look(text, from, to),
                };
                atoms.push(Atom { start: from as u32, end: to as u32, look });
            } else {
                decode(text, from, end, atoms);
            }
        }
        base = next;
    }
}

/// Reads the atoms from `at` on up to an ASCII character that is no letter or digit; where that is.
#[cold]
fn decode(text: &str, mut at: usize, end: usize, atoms: &mut Vec<Atom>) -> usize {
    let bytes = &text.as_bytes()[..end];
    while bytes.get(at).is_some_and(|b| b.is_ascii_alphanumeric() || !b.is_ascii()) {
        let from = at;
        at = run(text, bytes, at);
        if at > from {
            atoms.push(Atom { start: from as u32, end: at as u32, look: look(text, from, at) });
            continue;
        }
        let Some(c) = text[at..].chars().next() else { break };
        at += c.len_utf8();
        if !c.is_whitespace() {
            atoms.push(Atom { start: from as u32, end: at as u32, look: self::mark(c) });
        }
    }
    at
}

/// Where the run of letters and digits that begins at `at` ends.
fn run(text: &str, bytes: &[u8], mut at: usize) -> usize {
    while at < bytes.len() {
        match bytes[at] {
            b if b.is_ascii_alphanumeric() => at += 1,
            0..=0x7F => break,
            0xC3 if !matches!(bytes[at + 1], 0x97 | 0xB7) => at += 2,
            0xC4..=0xC6 => at += 2,
            0xE1 if matches!(bytes[at + 1], 0xBA | 0xBB) => at += 3,
            _ => match text[at..].chars().next() {
                Some(c) if is_alphanumeric(c) => at += c.len_utf8(),
                _ => break,
            },
        }
    }
    at
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
        fn atoms_are_those_of_the_text_crate(text in "[a-zA-ZàộĐ0-9×÷\u{301}\u{a0}ㄱш .!?…\n-]{0,200}|\\PC{0,20}|[a-zà]{60,70}[ ×]?") {
            let mut ours = Vec::new();
            read(&text, 0, text.len(), &mut ours);
            let theirs: Vec<_> = bantin_text::atoms::atoms(&text).map(|a| (a.span.start(), a.span.end())).collect();
            let ours: Vec<_> = ours.iter().map(|a| (a.start as usize, a.end as usize)).collect();
            prop_assert_eq!(ours, theirs);
        }
    }
}
