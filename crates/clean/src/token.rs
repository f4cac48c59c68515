//! A word or mark with the key, the shape and the gap that every later step asks for.

use crate::lexicon::Class;

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

    /// All shapes are below 128.
    pub(crate) const fn from_bits(bits: u8) -> Shape {
        Shape(bits)
    }

    #[inline]
    pub(crate) const fn bits(self) -> u8 {
        self.0
    }

    pub(crate) const fn or(self, other: Shape) -> Shape {
        Shape(self.0 | other.0)
    }

    #[inline]
    pub(crate) const fn has(self, other: Shape) -> bool {
        self.0 & other.0 != 0
    }

    #[inline]
    pub(crate) fn add(&mut self, other: Shape) {
        self.0 |= other.0;
    }
}

impl Token {
    #[inline]
    pub(crate) fn is_word(&self) -> bool {
        self.shape.has(Shape::WORD)
    }

    #[inline]
    pub(crate) fn is_upper(&self) -> bool {
        self.shape.has(Shape::UPPER)
    }

    #[inline]
    pub(crate) fn is_lower(&self) -> bool {
        self.shape.has(Shape::LOWER)
    }

    #[inline]
    pub(crate) fn is_digit(&self) -> bool {
        self.shape.has(Shape::DIGIT)
    }

    #[inline]
    pub(crate) fn is(&self, class: Class) -> bool {
        self.class.has(class)
    }

    /// The character of a mark; `'\0'` for a word.
    #[inline]
    pub(crate) fn mark(&self) -> char {
        // The key of a word is no character.
        char::from_u32(self.key).unwrap_or('\0')
    }

    #[inline]
    pub(crate) fn is_mark(&self, c: char) -> bool {
        self.key == c as u32
    }

    /// `.`, `!`, `?` or `…`.
    #[inline]
    pub(crate) fn is_stop(&self) -> bool {
        matches!(self.mark(), '.' | '!' | '?' | '…')
    }

    /// A closing quote or bracket, or a quote that may be either.
    #[inline]
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
