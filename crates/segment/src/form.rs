//! The form of an atom: its matching key, its shape, and what is known of its syllable.

use bantin_text::keys::syllable_key;
use bantin_text::syllable::Syllable;

use crate::atom::Look;

/// The outer shape of an atom, as the model sees it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[repr(u8)]
pub enum Shape {
    /// Outside the sentence.
    #[default]
    Outside,
    /// A Vietnamese syllable in small letters.
    Lower,
    /// Other small letters.
    LowerForeign,
    /// A capitalized syllable at the beginning of the sentence.
    CapitalFirst,
    /// A capitalized syllable further on.
    Capital,
    /// A capitalized word that is no Vietnamese syllable.
    CapitalForeign,
    /// Capitals only.
    Upper,
    /// One capital.
    Initial,
    /// Digits only.
    Digits,
    /// Letters and digits.
    Mixed,
    /// `.`
    Stop,
    /// `-` `–` `/`
    Dash,
    /// Any other mark.
    Mark,
}

impl Shape {
    /// Number of shapes.
    pub const COUNT: usize = 13;

    /// All of them, in order.
    pub const ALL: [Shape; Shape::COUNT] = [
        Shape::Outside,
        Shape::Lower,
        Shape::LowerForeign,
        Shape::CapitalFirst,
        Shape::Capital,
        Shape::CapitalForeign,
        Shape::Upper,
        Shape::Initial,
        Shape::Digits,
        Shape::Mixed,
        Shape::Stop,
        Shape::Dash,
        Shape::Mark,
    ];

    /// True for what a name may be made of.
    pub const fn is_capital(self) -> bool {
        matches!(
            self,
            Shape::CapitalFirst
                | Shape::Capital
                | Shape::CapitalForeign
                | Shape::Upper
                | Shape::Initial
        )
    }

    /// True for letters and digits.
    pub const fn is_word(self) -> bool {
        !matches!(self, Shape::Outside | Shape::Stop | Shape::Dash | Shape::Mark)
    }
}

/// How an atom is to be read for where it stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Place {
    /// As it is.
    Inside,
    /// At the beginning of a sentence, where a capital says little.
    First,
    /// In a headline of capitals, where capitals say nothing.
    Headline,
}

/// An atom as the model sees it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Form {
    /// Hash of the matching key.
    pub key: u32,
    /// Shape.
    pub shape: Shape,
    /// Number of the initial consonants of a syllable, 0 for none.
    pub onset: u8,
    /// Hash of the rime, 0 for what is no syllable.
    pub rime: u8,
    /// What is known of the syllable, packed by [`crate::evidence::Usage`].
    pub usage: u32,
}

impl Form {
    /// Reads a surface form in NFC; `usage` is looked up by the caller.
    pub fn new(surface: &str, place: Place) -> Form {
        let key = match long_number(surface.as_bytes()) {
            Some(digits) => digits as u32,
            None => mix(syllable_key(surface)),
        };
        let syllable = Syllable::parse(surface);
        let (onset, rime) = match syllable {
            Some(s) => (1 + hash8(s.onset) % 64, 1 + hash8(s.rime) % 254),
            None => (0, 0),
        };
        let shape = shape(surface, syllable.is_some(), place);
        Form { key, shape, onset, rime, usage: 0 }
    }
}

/// The number of digits, for a number of more than two: which one it is says nothing of words.
pub(crate) fn long_number(surface: &[u8]) -> Option<usize> {
    (surface.len() > 2 && surface.iter().all(u8::is_ascii_digit)).then(|| surface.len().min(9))
}

fn shape(surface: &str, syllable: bool, place: Place) -> Shape {
    let mut chars = surface.chars();
    let Some(first) = chars.next() else { return Shape::Outside };
    if !bantin_text::atoms::is_alphanumeric(first) {
        return match first {
            '.' => Shape::Stop,
            '-' | '–' | '—' | '/' => Shape::Dash,
            _ => Shape::Mark,
        };
    }
    if surface.bytes().all(|b| b.is_ascii_digit()) {
        return Shape::Digits;
    }
    if surface.bytes().any(|b| b.is_ascii_digit()) {
        return Shape::Mixed;
    }
    if !first.is_uppercase() {
        return if syllable { Shape::Lower } else { Shape::LowerForeign };
    }
    let more = chars.next().is_some();
    if surface.chars().any(char::is_lowercase) {
        return match (syllable, place) {
            (true, Place::First) => Shape::CapitalFirst,
            (true, _) => Shape::Capital,
            (false, _) => Shape::CapitalForeign,
        };
    }
    match (syllable, place, more) {
        (true, Place::Headline, _) => Shape::Lower,
        (_, _, true) => Shape::Upper,
        // "Ở", "Ý": a syllable of one letter that begins a sentence is a word.
        (true, Place::First, false) if !surface.is_ascii() => Shape::CapitalFirst,
        (_, _, false) => Shape::Initial,
    }
}

/// Where the atom `i` of a sentence stands, for [`Form::new`].
pub(crate) fn place(headline: bool, first: bool) -> Place {
    match (headline, first) {
        (true, _) => Place::Headline,
        (false, true) => Place::First,
        (false, false) => Place::Inside,
    }
}

/// True for a sentence of capitals only: two or more, and no small letter.
pub(crate) fn is_headline(looks: impl Iterator<Item = Look>) -> bool {
    let mut upper = 0;
    for look in looks {
        match look {
            Look::Lower | Look::Capital => return false,
            Look::Upper => upper += 1,
            _ => {}
        }
    }
    upper >= 3
}

pub(crate) fn mix(key: u64) -> u32 {
    let mut h = key ^ key >> 29;
    h = h.wrapping_mul(0xBF58_476D_1CE4_E5B9);
    h ^= h >> 32;
    h = h.wrapping_mul(0x94D0_49BB_1331_11EB);
    (h >> 32) as u32
}

fn hash8(text: &str) -> u8 {
    let mut h = 0x9Du32;
    for b in text.bytes() {
        h = (h ^ u32::from(b)).wrapping_mul(0x0100_0193);
    }
    (h >> 7) as u8
}
