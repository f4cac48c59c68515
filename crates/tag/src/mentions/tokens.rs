//! What is known of each atom before any model is asked: its key, its shape, its statistics.

use bantin_crf::{feature, mix};
use bantin_text::Span;
use bantin_text::atoms::AtomKind;
use bantin_text::keys::syllable_key;
use bantin_text::syllable;

use super::statistics::{Statistics, Syllable};
use crate::reading::Reading;

/// One atom with what its surface alone tells.
#[derive(Clone, Copy, Debug)]
pub struct Token {
    /// Place in the text of the reading.
    pub span: Span,
    /// Hash of the key that all spellings share: case, tone placement and dashes are folded.
    pub id: u64,
    /// How it is written.
    pub shape: Shape,
    /// Nothing stands between it and the token before.
    pub glued: bool,
    /// What the raw corpora know of the syllable.
    pub syllable: Syllable,
}

/// How an atom is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
#[repr(u8)]
pub enum Shape {
    /// Stands for the place before the first and behind the last token.
    None,
    /// `quốc`
    Lower,
    /// `Quốc`
    Capitalized,
    /// `V`, `Đ`
    Initial,
    /// `TTXVN`
    Upper,
    /// `MiG`, `iPhone`
    Mixed,
    /// `U23`, `4D`, `Q1`
    Alphanumeric,
    /// `016`
    Digits,
    /// `2018`
    Year,
    /// `,`
    Comma,
    /// `;` `:` `!` `?` `…`, which no name holds
    Break,
    /// `.` `/` `&` and the like
    Mark,
    /// `-`, `–`
    Dash,
    /// `“` `"` `'`
    Quote,
    /// `(`
    Open,
    /// `)`
    Close,
}

impl Shape {
    /// True for what a name may be written with: a letter in upper case somewhere.
    pub fn is_capital(self) -> bool {
        matches!(
            self,
            Shape::Capitalized | Shape::Initial | Shape::Upper | Shape::Mixed | Shape::Alphanumeric
        )
    }

    /// True for letters and digits.
    pub fn is_word(self) -> bool {
        (Shape::Lower..=Shape::Year).contains(&self)
    }
}

impl Token {
    /// Stands for the places before the first and behind the last token of a sentence.
    pub(crate) fn none() -> Token {
        Token {
            span: Span::empty(0),
            id: 0,
            shape: Shape::None,
            glued: false,
            syllable: Syllable::default(),
        }
    }
}

/// What is known of the syllables read last: nine in ten are among them.
#[derive(Debug)]
pub(crate) struct Recent(Vec<Known>);

#[derive(Clone, Copy, Debug)]
struct Known {
    /// The bytes of the surface form, and how many; no longer one is kept.
    surface: [u8; 15],
    len: u8,
    id: u64,
    shape: Shape,
    syllable: Syllable,
}

const RECENT_BITS: u32 = 11;

impl Default for Recent {
    fn default() -> Recent {
        let none = Known {
            surface: [0; 15],
            len: 0,
            id: 0,
            shape: Shape::None,
            syllable: Syllable::default(),
        };
        Recent(vec![none; 1 << RECENT_BITS])
    }
}

impl Recent {
    #[inline]
    fn letters(&mut self, statistics: &Statistics, surface: &str) -> (u64, Shape, Syllable) {
        let mut bytes = [0; 15];
        let Some(part) = bytes.get_mut(..surface.len()) else {
            return letters(statistics, surface);
        };
        part.copy_from_slice(surface.as_bytes());
        let (front, back) = bytes.split_at(8);
        let mut word = [0; 8];
        word.copy_from_slice(front);
        let front = u64::from_le_bytes(word);
        word = [0; 8];
        word[..7].copy_from_slice(back);
        let hash = mix(front, u64::from_le_bytes(word));
        let known = &mut self.0[(hash >> (64 - RECENT_BITS)) as usize];
        if known.surface != bytes || usize::from(known.len) != surface.len() {
            let (id, shape, syllable) = letters(statistics, surface);
            *known = Known { surface: bytes, len: surface.len() as u8, id, shape, syllable };
        }
        (known.id, known.shape, known.syllable)
    }
}

fn letters(statistics: &Statistics, surface: &str) -> (u64, Shape, Syllable) {
    let id = feature(LETTERS, syllable_key(surface));
    let syllable = statistics.syllable(id);
    let syllable = syllable.unwrap_or_else(|| Syllable::unseen(syllable::is_legal(surface)));
    (id, shape_of(surface), syllable)
}

/// Fills `tokens` with one token for each atom of the reading.
pub(crate) fn read(
    statistics: &Statistics,
    recent: &mut Recent,
    reading: &Reading<'_>,
    tokens: &mut Vec<Token>,
) {
    tokens.clear();
    let text = reading.text();
    let mut end = usize::MAX;
    for atom in &reading.atoms {
        let surface = &text[atom.span];
        let (id, shape, syllable) = match atom.kind {
            AtomKind::Letters => recent.letters(statistics, surface),
            AtomKind::Digits => {
                let (id, shape) = digits(surface);
                (id, shape, Syllable::default())
            }
            AtomKind::Mark => {
                let (id, shape) = mark(surface);
                (id, shape, Syllable::default())
            }
        };
        tokens.push(Token {
            span: atom.span,
            id,
            shape,
            glued: atom.span.start() == end,
            syllable,
        });
        end = atom.span.end();
    }
}

const LETTERS: u64 = 1;
const DIGITS: u64 = 2;
const MARK: u64 = 3;

/// The id that a token of letters has; for tables that are built from lists.
pub fn id_of(syllable: &str) -> u64 {
    let mut atoms = bantin_text::atoms::atoms(syllable);
    match atoms.next().map(|atom| atom.kind) {
        Some(AtomKind::Letters) => feature(LETTERS, syllable_key(syllable)),
        Some(AtomKind::Digits) => digits(syllable).0,
        Some(AtomKind::Mark) => mark(syllable).0,
        None => 0,
    }
}

/// Numbers keep their value up to two digits (`quận 1`, `U23`), beyond that only their length.
fn digits(surface: &str) -> (u64, Shape) {
    let year = surface.len() == 4 && (surface.starts_with("19") || surface.starts_with("20"));
    let value = match surface.parse::<u64>() {
        Ok(value) if surface.len() <= 2 => value,
        _ => 100 + surface.len().min(12) as u64 + u64::from(year) * 20,
    };
    (feature(DIGITS, value), if year { Shape::Year } else { Shape::Digits })
}

fn mark(surface: &str) -> (u64, Shape) {
    let c = surface.chars().next().unwrap_or_default();
    let (folded, shape) = match c {
        '-' | '–' | '—' | '‐' | '‑' | '−' => ('-', Shape::Dash),
        '"' | '“' | '”' | '„' | '«' | '»' => ('"', Shape::Quote),
        '\'' | '‘' | '’' | '`' => ('\'', Shape::Quote),
        '(' | '[' => ('(', Shape::Open),
        ')' | ']' => (')', Shape::Close),
        ',' => (c, Shape::Comma),
        ';' | ':' | '!' | '?' | '…' => (c, Shape::Break),
        _ => (c, Shape::Mark),
    };
    (feature(MARK, u64::from(folded)), shape)
}

fn shape_of(surface: &str) -> Shape {
    let (mut upper, mut lower, mut digit, mut first_upper, mut len) = (0, 0, 0, false, 0);
    for c in surface.chars() {
        if c.is_ascii_digit() {
            digit += 1;
        } else if is_upper(c) {
            upper += 1;
            first_upper |= len == 0;
        } else {
            lower += 1;
        }
        len += 1;
    }
    match (upper, lower, digit) {
        (0, _, 0) => Shape::Lower,
        (_, _, 1..) => Shape::Alphanumeric,
        (1, 0, _) => Shape::Initial,
        (1, _, _) if first_upper => Shape::Capitalized,
        (_, 0, _) => Shape::Upper,
        _ => Shape::Mixed,
    }
}

fn is_upper(c: char) -> bool {
    match bantin_text::letters::Letter::of(c) {
        Some(letter) => letter.upper,
        None => c.is_uppercase(),
    }
}

/// Hash of a stretch of tokens, marks left out: `Kim Jong-un` is `Kim Jong un`.
pub(crate) fn joined(tokens: &[Token]) -> u64 {
    tokens.iter().filter(|token| token.shape.is_word()).fold(0, |hash, token| mix(hash, token.id))
}
