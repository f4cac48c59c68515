//! One pass over the text: words and marks with the key, the shape and the gap that every later
//! step asks for.

use std::sync::LazyLock;

use bantin_text::letters::Letter;

use crate::lexicon::{self, Class};

/// A run of letters and digits, or one other character that is no white space.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Token {
    /// First byte.
    pub(crate) start: u32,
    /// Behind the last byte.
    pub(crate) end: u32,
    /// Equal for all spellings of a word: case and the place of the tone are folded.
    pub(crate) key: u32,
    /// What stands between it and the token before it.
    pub(crate) gap: Gap,
    /// What its characters look like.
    pub(crate) shape: Shape,
    /// What the lexicon knows of it.
    pub(crate) class: Class,
}

/// White space in front of a token.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
#[repr(u8)]
pub(crate) enum Gap {
    /// Nothing: `7.2`.
    None,
    /// One space.
    One,
    /// Two spaces or more, a mark that editors leave around inserts.
    Two,
    /// The end of a line.
    Line,
}

/// Shape of a token, a set of bits.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub(crate) struct Shape(u8);

impl Shape {
    /// Letters or digits; without it the token is one mark.
    pub(crate) const WORD: Shape = Shape(1);
    /// Begins with a capital.
    pub(crate) const UPPER: Shape = Shape(2);
    /// Begins with a small letter.
    pub(crate) const LOWER: Shape = Shape(4);
    /// Two letters or more, all of them capitals.
    pub(crate) const CAPS: Shape = Shape(8);
    /// Begins with a digit.
    pub(crate) const DIGIT: Shape = Shape(16);
    /// Holds a letter that only Vietnamese writes this often.
    pub(crate) const MARKED: Shape = Shape(32);
    /// One letter or digit.
    pub(crate) const SINGLE: Shape = Shape(64);

    pub(crate) fn has(self, other: Shape) -> bool {
        self.0 & other.0 != 0
    }

    fn add(&mut self, other: Shape) {
        self.0 |= other.0;
    }
}

impl Token {
    pub(crate) fn is_word(&self) -> bool {
        self.shape.has(Shape::WORD)
    }

    pub(crate) fn is_upper(&self) -> bool {
        self.shape.has(Shape::UPPER)
    }

    pub(crate) fn is_lower(&self) -> bool {
        self.shape.has(Shape::LOWER)
    }

    pub(crate) fn is_digit(&self) -> bool {
        self.shape.has(Shape::DIGIT)
    }

    pub(crate) fn is(&self, class: Class) -> bool {
        self.class.has(class)
    }

    /// The character of a mark; `'\0'` for a word.
    pub(crate) fn mark(&self) -> char {
        if self.is_word() { '\0' } else { char::from_u32(self.key).unwrap_or('\0') }
    }

    pub(crate) fn is_mark(&self, c: char) -> bool {
        !self.is_word() && self.key == c as u32
    }

    /// `.`, `!`, `?` or `…`.
    pub(crate) fn is_stop(&self) -> bool {
        matches!(self.mark(), '.' | '!' | '?' | '…')
    }

    /// A closing quote or bracket, or a quote that may be either.
    pub(crate) fn is_closer(&self) -> bool {
        matches!(self.mark(), ')' | ']' | '”' | '’' | '»' | '"' | '\'' | '}')
    }
}

/// A physical line that is not blank.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Line {
    /// First token.
    pub(crate) first: u32,
    /// Behind the last token.
    pub(crate) last: u32,
    /// Blank lines in front of it, at most 255.
    pub(crate) blanks: u8,
    /// True when it begins with white space.
    pub(crate) indented: bool,
}

/// Reads `text` into tokens and lines. `breaks` are byte offsets at which a token ends although
/// no space is there (glued sentences), in order.
pub(crate) fn read(text: &str, breaks: &[usize], tokens: &mut Vec<Token>, lines: &mut Vec<Line>) {
    tokens.clear();
    lines.clear();
    let mut breaks = breaks.iter().copied().peekable();
    let mut rest = text;
    let mut at = 0;
    let mut feeds = 0usize; // line feeds since the last token
    let mut spaces = 0usize; // other white space since the last token or line feed
    let mut begun = false;
    while let Some(c) = rest.chars().next() {
        if c == '\n' {
            feeds += 1;
            spaces = 0;
            at += 1;
            rest = &rest[1..];
            continue;
        }
        if c.is_whitespace() || is_invisible(c) {
            spaces += usize::from(c != '\r' && !is_invisible(c));
            at += c.len_utf8();
            rest = &rest[c.len_utf8()..];
            continue;
        }
        let gap = match (feeds, spaces) {
            _ if feeds > 0 || !begun => Gap::Line,
            (_, 0) => Gap::None,
            (_, 1) => Gap::One,
            _ => Gap::Two,
        };
        if gap == Gap::Line {
            let first = tokens.len() as u32;
            if let Some(line) = lines.last_mut() {
                line.last = first;
            }
            let blanks = feeds.saturating_sub(usize::from(begun)).min(255) as u8;
            lines.push(Line { first, last: first, blanks, indented: spaces > 0 });
        }
        begun = true;
        feeds = 0;
        spaces = 0;
        while breaks.next_if(|b| *b <= at).is_some() {}
        let limit = breaks.peek().map_or(usize::MAX, |b| b - at);
        let mut token = token(rest, limit);
        let len = token.end as usize;
        token.start = at as u32;
        token.end = (at + len) as u32;
        token.gap = gap;
        tokens.push(token);
        at += len;
        rest = &rest[len..];
    }
    if let Some(line) = lines.last_mut() {
        line.last = tokens.len() as u32;
    }
}

/// Characters that take no room: zero-width spaces and joiners, the byte-order mark.
pub(crate) fn is_invisible(c: char) -> bool {
    matches!(c, '\u{200b}'..='\u{200f}' | '\u{2060}' | '\u{feff}' | '\u{ad}')
}

const MULTIPLIER: u32 = 0x9E37_79B1;

/// The token that `rest` begins with, its length in `end`; cut at `limit` bytes.
fn token(rest: &str, limit: usize) -> Token {
    let (key, shape, len) = scan(rest, limit);
    let class = if shape.has(Shape::WORD) { lexicon::class_of(key) } else { Class::NONE };
    Token { start: 0, end: len as u32, key, gap: Gap::None, shape, class }
}

/// What a character below U+1F00 adds to a token: its letter without tone and case, its tone, and
/// bits of shape; 0 for what is neither letter nor digit.
static CHARACTERS: LazyLock<Box<[u32; 0x1F00]>> = LazyLock::new(|| {
    let mut table = Box::new([0u32; 0x1F00]);
    for (code, entry) in table.iter_mut().enumerate() {
        let Some(c) = char::from_u32(code as u32) else { continue };
        let (lower, tone, upper) = if let Some(letter) = Letter::of(c) {
            (letter.base, letter.tone as u32, letter.upper)
        } else if c.is_ascii_digit() {
            (c, 0, false)
        } else if !c.is_ascii() && bantin_text::atoms::is_alphanumeric(c) {
            (c.to_lowercase().next().unwrap_or(c), 0, c.is_uppercase())
        } else {
            continue;
        };
        let letter = !c.is_ascii_digit();
        let marked = !c.is_ascii() && Letter::of(c).is_some();
        let bit = |is: bool, bit: u32| if is { bit } else { 0 };
        *entry = lower as u32
            | (tone << 16)
            | bit(upper, IS_UPPER)
            | bit(letter, IS_LETTER)
            | bit(marked, IS_MARKED);
    }
    table
});

const IS_UPPER: u32 = 1 << 20;
const IS_LETTER: u32 = 1 << 21;
const IS_MARKED: u32 = 1 << 22;

/// The entry of a character that the table does not reach.
fn beyond(c: char) -> u32 {
    if !bantin_text::atoms::is_alphanumeric(c) {
        return 0;
    }
    let lower = c.to_lowercase().next().unwrap_or(c) as u32;
    let upper = if c.is_uppercase() { IS_UPPER } else { 0 };
    ((lower ^ (lower >> 16)) & 0xFFFF) | upper | IS_LETTER
}

/// Key, shape and length in bytes of the first token of `rest`.
fn scan(rest: &str, limit: usize) -> (u32, Shape, usize) {
    let table = &**CHARACTERS;
    let mut key = 0u32;
    let mut tone = 0;
    let mut shape = Shape::default();
    let mut len = 0;
    let (mut count, mut letters, mut capitals, mut seen) = (0u32, 0u32, 0u32, 0u32);
    for c in rest.chars() {
        if len >= limit {
            break;
        }
        let entry = table.get(c as usize).copied().unwrap_or_else(|| beyond(c));
        if entry == 0 {
            break;
        }
        if count == 0 {
            shape.add(match entry & (IS_UPPER | IS_LETTER) {
                0 => Shape::DIGIT,
                IS_LETTER => Shape::LOWER,
                _ => Shape::UPPER,
            });
        }
        count += 1;
        letters += u32::from(entry & IS_LETTER != 0);
        capitals += u32::from(entry & IS_UPPER != 0);
        seen |= entry;
        let marked = entry >> 16 & 7;
        tone = if marked != 0 { marked } else { tone };
        key = (key.rotate_left(5) ^ (entry & 0xFFFF)).wrapping_mul(MULTIPLIER);
        len += c.len_utf8();
    }
    if count == 0 {
        let c = rest.chars().next().unwrap_or('\0');
        return (c as u32, shape, c.len_utf8());
    }
    shape.add(Shape::WORD);
    if seen & IS_MARKED != 0 {
        shape.add(Shape::MARKED);
    }
    if count == 1 {
        shape.add(Shape::SINGLE);
    }
    if letters > 1 && letters == capitals {
        shape.add(Shape::CAPS);
    }
    (finish(key, tone), shape, len)
}

/// Keys of words stay clear of the keys of marks, which are their code points.
fn finish(key: u32, tone: u32) -> u32 {
    (key.rotate_left(5) ^ tone).wrapping_mul(MULTIPLIER) | 1 << 31
}

/// Key of one word or mark of a phrase. For tables.
pub(crate) fn key_of(word: &str) -> u32 {
    scan(word, usize::MAX).0
}

#[cfg(test)]
mod tests {
    use super::*;

    fn tokens(text: &str) -> Vec<Token> {
        let (mut tokens, mut lines) = (Vec::new(), Vec::new());
        read(text, &[], &mut tokens, &mut lines);
        tokens
    }

    #[test]
    fn keys_fold_case_and_the_place_of_the_tone() {
        assert_eq!(key_of("HÒA"), key_of("hoà"));
        assert_ne!(key_of("hòa"), key_of("hóa"));
        assert_ne!(key_of("."), key_of("a"));
    }

    #[test]
    fn lines_know_their_blank_lines() {
        let (mut tokens, mut lines) = (Vec::new(), Vec::new());
        read("A b\n\n\n\n c.\nd\n", &[], &mut tokens, &mut lines);
        let found: Vec<_> = lines.iter().map(|l| (l.first, l.last, l.blanks, l.indented)).collect();
        assert_eq!(found, [(0, 2, 0, false), (2, 4, 3, true), (4, 5, 0, false)]);
    }

    #[test]
    fn gaps_tell_one_space_from_two() {
        let gaps: Vec<_> = tokens("Ký.  Hai\u{a0}bên, 7.2").iter().map(|t| t.gap).collect();
        assert_eq!(
            gaps,
            [Gap::Line, Gap::None, Gap::Two, Gap::One, Gap::None, Gap::One, Gap::None, Gap::None]
        );
    }
}
