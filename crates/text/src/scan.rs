//! Atoms found sixty-four bytes at a time, for stages that look at every byte of a text.

use std::ops::Range;

use crate::Span;
use crate::atoms::is_alphanumeric;

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

/// The atoms of `text[within]`, those of [`atoms`](crate::atoms::atoms), in order: their first byte,
/// the one behind their last, and whether letters or digits make them. No allocation.
#[inline]
pub fn scan(text: &str, within: Span) -> impl Iterator<Item = (usize, usize, bool)> {
    let (start, end) = (within.start(), within.end());
    Scan {
        text,
        end,
        base: start,
        next: start,
        word: 0,
        odd: 0,
        events: 0,
        odd_run: 0..0,
        later: 0,
    }
}

/// The state of a scan; its block begins at `base`.
struct Scan<'t> {
    text: &'t str,
    end: usize,
    base: usize,
    /// Where the next block begins.
    next: usize,
    word: u64,
    odd: u64,
    /// Where atoms begin that were not yet given.
    events: u64,
    /// What is read character by character, before the events that come later.
    odd_run: Range<usize>,
    later: u64,
}

impl Iterator for Scan<'_> {
    type Item = (usize, usize, bool);

    #[inline]
    fn next(&mut self) -> Option<Self::Item> {
        loop {
            if self.events == 0 {
                if !self.odd_run.is_empty() {
                    match self.decode() {
                        None => continue,
                        atom => return atom,
                    }
                }
                self.events = std::mem::take(&mut self.later);
                if self.events == 0 {
                    if self.next >= self.end {
                        return None;
                    }
                    self.read_block();
                }
                continue;
            }
            let bit = self.events.trailing_zeros();
            self.events &= self.events - 1;
            let from = self.base + bit as usize;
            let len = (!(self.word >> bit)).trailing_zeros();
            if len == 0 {
                return Some((from, from + 1, false));
            }
            if bit + len == BLOCK as u32 {
                // Where it ends is not seen; the next block begins with it, if this one did not.
                self.next = from;
                if bit == 0 {
                    self.next = self.run_end(from);
                    self.odd_run = from..self.next;
                }
                continue;
            }
            let to = from + len as usize;
            if self.odd >> bit & ((1 << len) - 1) == 0 {
                return Some((from, to, true));
            }
            self.odd_run = from..to;
            self.later = std::mem::take(&mut self.events);
        }
    }
}

impl Scan<'_> {
    #[inline]
    fn read_block(&mut self) {
        self.base = self.next;
        self.next += BLOCK;
        let bytes = &self.text.as_bytes()[self.base..self.end];
        let Bits { word, mark, odd } = match bytes.first_chunk() {
            Some(ahead) => bits(ahead),
            None => {
                let mut ahead = [b' '; BLOCK + 1];
                ahead[..bytes.len()].copy_from_slice(bytes);
                bits(&ahead)
            }
        };
        // No block begins inside a run.
        self.events = word & !(word << 1) | mark;
        (self.word, self.odd) = (word, odd);
    }

    /// Where an ASCII character that is no letter or digit stands from a byte on.
    #[cold]
    fn run_end(&self, from: usize) -> usize {
        let rest = &self.text.as_bytes()[from..self.end];
        from + rest.iter().take_while(|b| b.is_ascii_alphanumeric() || !b.is_ascii()).count()
    }

    /// The next atom of the odd run, if one follows white space or stands there.
    #[cold]
    fn decode(&mut self) -> Option<(usize, usize, bool)> {
        let from = self.odd_run.start;
        let bytes = &self.text.as_bytes()[..self.odd_run.end];
        self.odd_run.start = run(self.text, bytes, from);
        if self.odd_run.start > from {
            return Some((from, self.odd_run.start, true));
        }
        let c = self.text[from..].chars().next()?;
        self.odd_run.start += c.len_utf8();
        (!c.is_whitespace()).then_some((from, self.odd_run.start, false))
    }
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::atoms::{AtomKind, atoms};
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn atoms_are_the_same(text in "[a-zA-ZàộĐ0-9×÷\u{301}\u{a0}ㄱш .!?…\n-]{0,200}|\\PC{0,20}|[a-zà]{60,70}[ ×]?") {
            let found: Vec<_> = scan(&text, Span::new(0, text.len())).collect();
            let plain: Vec<_> = atoms(&text)
                .map(|atom| (atom.span.start(), atom.span.end(), atom.kind != AtomKind::Mark))
                .collect();
            prop_assert_eq!(found, plain);
        }

        #[test]
        fn a_part_of_a_text_is_read_alone(before in "\\PC{0,8}", text in "[a-zà0-9. ]{0,90}", behind in "\\PC{0,8}") {
            let whole = format!("{before}{text}{behind}");
            let within = Span::new(before.len(), before.len() + text.len());
            let found: Vec<_> = scan(&whole, within).map(|(from, to, _)| &whole[from..to]).collect();
            let plain: Vec<_> = atoms(&text).map(|atom| &text[atom.span]).collect();
            prop_assert_eq!(found, plain);
        }
    }
}
