//! One pass over the text into tokens and lines: where words and marks are is found for sixty-four
//! bytes at once, and what a word is has mostly been seen before.

use crate::bits::{self, BLOCK};
use crate::lexicon::{self, Class};
use crate::token::{Gap, Line, Shape, Token};
use crate::word;

/// Buffers of reading, and the words met so far.
#[derive(Debug, Default)]
pub(crate) struct Reader {
    pub(crate) bytes: Bytes,
    forms: Forms,
}

/// What the bytes of a text are.
#[derive(Debug, Default)]
pub(crate) struct Bytes {
    /// For each block of the text: bytes of words, first bytes of marks.
    pub(crate) blocks: Vec<(u64, u64)>,
    /// White space outside ASCII.
    pub(crate) spaces: Vec<u32>,
    /// Whether the text has letters that Vietnamese and its neighbors in the Latin script do not.
    pub(crate) is_strange: bool,
}

/// Tokens that are looked for again and again, each in order.
#[derive(Debug, Default)]
pub(crate) struct Places {
    /// Stops.
    pub(crate) stops: Vec<u32>,
    /// Other marks than stops and commas: what rules look for begins with one of them.
    pub(crate) signs: Vec<u32>,
    /// Tokens behind two spaces or more.
    pub(crate) wides: Vec<u32>,
}

impl Reader {
    /// Reads `text` into tokens and lines, and notes places. `breaks` are byte offsets at which a
    /// token ends although no space is there (glued sentences), in order.
    pub(crate) fn read(
        &mut self,
        text: &str,
        breaks: &[usize],
        tokens: &mut Vec<Token>,
        lines: &mut Vec<Line>,
        places: &mut Places,
    ) {
        tokens.clear();
        lines.clear();
        let Places { stops, signs, wides } = places;
        for list in [&mut *stops, signs, wides] {
            list.clear();
        }
        self.bytes.read(text);
        let bytes = text.as_bytes();
        let mut breaks = breaks.iter().copied();
        let mut next_break = breaks.next().unwrap_or(usize::MAX);
        let mut behind = 0; // the last token
        let mut carry = 0;
        for i in 0..self.bytes.blocks.len() {
            let (words, marks) = self.bytes.blocks[i];
            let before = words << 1 | carry;
            let starts = words & !before;
            let mut ends = before & !words;
            // A word of an earlier block was read to its end.
            ends &= ends.wrapping_sub(carry);
            carry = words >> 63;
            for bit in bits::ones(starts | marks) {
                let mut start = i * BLOCK + bit;
                let mut gap = match start - behind {
                    0 if start > 0 => Gap::None,
                    1 if bytes[behind] == b' ' && behind > 0 => Gap::One,
                    _ => {
                        let gap = gap(&text[behind..start], tokens.len(), lines);
                        if gap == Gap::Two {
                            wides.push(tokens.len() as u32);
                        }
                        gap
                    }
                };
                if marks >> bit & 1 != 0 {
                    let (key, len) = mark(text, start);
                    behind = start + len;
                    let token = Token {
                        start: start as u32,
                        end: behind as u32,
                        key,
                        gap,
                        shape: Shape::default(),
                        class: Class::NONE,
                    };
                    if token.is_stop() {
                        stops.push(tokens.len() as u32);
                    } else if !token.is_mark(',') {
                        signs.push(tokens.len() as u32);
                    }
                    tokens.push(token);
                    continue;
                }
                behind = i * BLOCK;
                behind += if ends != 0 {
                    ends.trailing_zeros() as usize
                } else {
                    self.bytes.word_end(i, bit)
                };
                ends &= ends.wrapping_sub(1);
                while next_break < behind {
                    if next_break > start {
                        tokens.push(self.forms.token(text, start, next_break, gap));
                        (start, gap) = (next_break, Gap::None);
                    }
                    next_break = breaks.next().unwrap_or(usize::MAX);
                }
                tokens.push(self.forms.token(text, start, behind, gap));
            }
        }
        if let Some(line) = lines.last_mut() {
            line.last = tokens.len() as u32;
        }
    }
}

impl Bytes {
    /// Behind the last byte of the word that begins at a bit of a block, from the start of the
    /// block.
    #[inline]
    fn word_end(&self, block: usize, bit: usize) -> usize {
        let mut end = bit + (!(self.blocks[block].0 >> bit)).trailing_zeros() as usize;
        let mut next = block + 1;
        while end == (next - block) * BLOCK && next < self.blocks.len() {
            end += (!self.blocks[next].0).trailing_zeros() as usize;
            next += 1;
        }
        end
    }

    pub(crate) fn read(&mut self, text: &str) {
        self.blocks.clear();
        self.spaces.clear();
        self.is_strange = false;
        let mut spill = 0; // bytes of a mark that began in the block before
        bits::blocks(text.as_bytes(), |start, around| {
            let mut words =
                bits::mask(around, |[_, byte, ..]| is_alphanumeric(byte) | (byte >= 0x80));
            let spaces =
                bits::mask(around, |[_, byte, ..]| (byte == b' ') | (byte.wrapping_sub(9) < 5));
            let mut marks = !(words | spaces);
            let odd = bits::rare(around, |[_, byte, next, _]| is_odd(byte, next));
            words &= !spill;
            spill = 0;
            for bit in bits::ones(odd) {
                // The marks of running text: `–`, `“`, `”`, `…`.
                let bytes = &text.as_bytes()[start + bit..];
                if matches!(bytes, [0xE2, 0x80, 0x90..=0xA7, ..]) {
                    words &= !(0b111 << bit);
                    spill |= 0b111u64.checked_shr((BLOCK - bit) as u32).unwrap_or(0);
                    marks |= 1 << bit;
                    continue;
                }
                let Some(c) = text[start + bit..].chars().next() else { continue };
                if word::is_part(c) {
                    self.is_strange |= !matches!(c, '\u{300}'..='\u{36f}');
                    continue;
                }
                let taken = ((1u128 << c.len_utf8()) - 1) << bit;
                words &= !(taken as u64);
                spill |= (taken >> BLOCK) as u64;
                if c.is_whitespace() {
                    self.spaces.push((start + bit) as u32);
                } else if !is_invisible(c) {
                    marks |= 1 << bit;
                }
            }
            self.blocks.push((words, marks));
        });
    }
}

fn is_alphanumeric(byte: u8) -> bool {
    ((byte | 0x20).wrapping_sub(b'a') < 26) | (byte.wrapping_sub(b'0') < 10)
}

/// True for the first byte of a character that may be no part of a word or imitates another letter:
/// all but U+00C0..U+017F without `×` and `÷`, ơ and ư, and U+1E80..U+1EFF.
fn is_odd(byte: u8, next: u8) -> bool {
    let horned = (byte == 0xC6) & ((next | 1 == 0xA1) | (next == 0xAF) | (next == 0xB0));
    let latin = (byte.wrapping_sub(0xC3) < 3) | horned | ((byte == 0xE1) & (next | 1 == 0xBB));
    let sign = (byte == 0xC3) & (next & 0xDF == 0x97);
    (byte >= 0xC0) & (!latin | sign)
}

/// Characters that take no room: zero-width spaces and joiners, the byte-order mark.
fn is_invisible(c: char) -> bool {
    matches!(c, '\u{200b}'..='\u{200f}' | '\u{2060}' | '\u{feff}' | '\u{ad}')
}

/// Key and length in bytes of the mark at `at`.
fn mark(text: &str, at: usize) -> (u32, usize) {
    let byte = text.as_bytes()[at];
    if byte < 0x80 {
        return (u32::from(byte), 1);
    }
    let c = text[at..].chars().next().unwrap_or('\0');
    (c as u32, c.len_utf8())
}

/// What stands in front of token number `token`: `space` is white space and invisible characters.
/// Begins a line behind a line feed.
#[cold]
fn gap(space: &str, token: usize, lines: &mut Vec<Line>) -> Gap {
    let (mut feeds, mut spaces) = (0usize, 0usize);
    for c in space.chars() {
        if c == '\n' {
            feeds += 1;
            spaces = 0;
        } else {
            spaces += usize::from(c != '\r' && !is_invisible(c));
        }
    }
    let begun = token > 0;
    if feeds == 0 && begun {
        return match spaces {
            0 => Gap::None,
            1 => Gap::One,
            _ => Gap::Two,
        };
    }
    let first = token as u32;
    if let Some(line) = lines.last_mut() {
        line.last = first;
    }
    let blanks = feeds.saturating_sub(usize::from(begun)).min(255) as u8;
    lines.push(Line { first, last: first, blanks, indented: spaces > 0 });
    Gap::Line
}

/// Words met so far: a table in which a new word takes the place of an old one.
#[derive(Debug)]
struct Forms(Box<[Form; FORMS]>);

/// Words that are remembered; a power of two.
const FORMS: usize = 1 << 13;

/// Longest word in bytes that is remembered. No syllable of Vietnamese has more than eleven.
const LONGEST: usize = 16;

/// The bytes of a word, zeros behind them, and what is known of it.
#[derive(Clone, Copy, Debug)]
struct Form {
    bytes: u128,
    key: u32,
    class: Class,
    shape: Shape,
}

impl Default for Forms {
    fn default() -> Forms {
        let empty = Form { bytes: 0, key: 0, class: Class::NONE, shape: Shape::default() };
        let forms = vec![empty; FORMS].into_boxed_slice();
        Forms(forms.try_into().unwrap_or_else(|_| Box::new([empty; FORMS])))
    }
}

/// Ones below the byte of a number.
static BELOW: [u128; LONGEST + 1] = {
    let mut masks = [u128::MAX; LONGEST + 1];
    let mut len = 0;
    while len < LONGEST {
        masks[len] = (1 << (8 * len)) - 1;
        len += 1;
    }
    masks
};

impl Forms {
    /// The token of the word in `start..end`.
    #[inline]
    fn token(&mut self, text: &str, start: usize, end: usize, gap: Gap) -> Token {
        let known = |form: &Form| Token {
            start: start as u32,
            end: end as u32,
            key: form.key,
            gap,
            shape: form.shape,
            class: form.class,
        };
        let len = end - start;
        let bytes = text.as_bytes();
        let sixteen = bytes.get(start..start + LONGEST).and_then(|b| b.first_chunk());
        let (Some(sixteen), Some(below)) = (sixteen, BELOW.get(len)) else {
            return known(&form(&text[start..end], 0));
        };
        let bytes = u128::from_le_bytes(*sixteen) & below;
        let (low, high) = (bytes as u64, (bytes >> 64) as u64);
        let hash = (low ^ high.rotate_left(23)).wrapping_mul(0x9E37_79B9_7F4A_7C15);
        let slot = &mut self.0[(hash >> 48) as usize % FORMS];
        if slot.bytes != bytes {
            *slot = form(&text[start..end], bytes);
        }
        known(slot)
    }
}

#[cold]
fn form(surface: &str, bytes: u128) -> Form {
    let (key, shape) = word::read(surface);
    Form { bytes, key, class: lexicon::class_of(key), shape }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn read(text: &str, breaks: &[usize]) -> (Vec<Token>, Vec<Line>) {
        let (mut tokens, mut lines) = (Vec::new(), Vec::new());
        Reader::default().read(text, breaks, &mut tokens, &mut lines, &mut Places::default());
        (tokens, lines)
    }

    #[test]
    fn lines_know_their_blank_lines() {
        let (_, lines) = read("A b\n\n\n\n c.\nd\n", &[]);
        let found: Vec<_> = lines.iter().map(|l| (l.first, l.last, l.blanks, l.indented)).collect();
        assert_eq!(found, [(0, 2, 0, false), (2, 4, 3, true), (4, 5, 0, false)]);
    }

    #[test]
    fn gaps_tell_one_space_from_two() {
        let (tokens, _) = read("Ký.  Hai\u{a0}bên, 7.2", &[]);
        let gaps: Vec<_> = tokens.iter().map(|t| t.gap).collect();
        assert_eq!(
            gaps,
            [Gap::Line, Gap::None, Gap::Two, Gap::One, Gap::None, Gap::One, Gap::None, Gap::None]
        );
    }

    #[test]
    fn a_break_parts_a_word() {
        let text = "thành côngChia sẻ";
        let (tokens, _) = read(text, &[text.find("Chia").unwrap()]);
        let found: Vec<_> =
            tokens.iter().map(|t| &text[t.start as usize..t.end as usize]).collect();
        assert_eq!(found, ["thành", "công", "Chia", "sẻ"]);
        assert_eq!(tokens[2].gap, Gap::None);
    }

    proptest! {
        /// The blocks find what reading character by character finds.
        #[test]
        fn tokens_are_runs_of_word_characters_and_single_marks(
            text in "[a-zA-Z0-9àộĐẹỹ×÷“”…–.,()\u{a0}\u{200b}\u{300} \n\u{0}к中🚀]{0,150}"
        ) {
            let mut wanted: Vec<(usize, usize)> = Vec::new();
            for (at, c) in text.char_indices() {
                let end = at + c.len_utf8();
                let goes_on = wanted.last().is_some_and(|(start, end)| {
                    *end == at && word::is_part(text[*start..].chars().next().unwrap())
                });
                if word::is_part(c) && goes_on {
                    wanted.last_mut().unwrap().1 = end;
                } else if !c.is_whitespace() && !is_invisible(c) {
                    wanted.push((at, end));
                }
            }
            let (tokens, _) = read(&text, &[]);
            let found: Vec<_> = tokens.iter().map(|t| (t.start as usize, t.end as usize)).collect();
            prop_assert_eq!(found, wanted);
            for token in tokens {
                let surface = &text[token.start as usize..token.end as usize];
                prop_assert_eq!(token.key, word::key_of(surface));
            }
        }
    }
}
