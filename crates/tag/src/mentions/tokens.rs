//! What is known of each atom before any model is asked: its key, its shape, its statistics.

use bantin_crf::{feature, mix};
use bantin_text::Span;
use bantin_text::atoms::{Atom, AtomKind};
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
    /// Its own entry in the table of names, and in that of phrases: most words begin none.
    pub(crate) names: u32,
    pub(crate) phrases: u32,
    /// Where its weights lie for the tokens two behind it and two before it.
    pub(crate) rows: [u32; 2],
    /// Its hash as the first word of a phrase.
    pub(crate) first: u64,
    /// What features of neighbors ask of it: [`Code`].
    pub(crate) code: Code,
}

/// Shape (4 bits), share of capitals (3), whether the syllable is legal (1), whether nothing stands
/// between it and the token before (1).
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Code(u16);

impl Code {
    const GLUED: u16 = 1 << 8;

    fn new(shape: Shape, syllable: Syllable) -> Code {
        let legal = u16::from(syllable.is_legal());
        Code(shape as u16 | (syllable.capitals() as u16) << 4 | legal << 7)
    }

    /// The same of a token that is glued to the one before.
    fn glued(self, glued: bool) -> Code {
        if glued { Code(self.0 | Code::GLUED) } else { self }
    }

    /// Shape and share of capitals, in seven bits.
    pub(crate) fn capitals(self) -> u64 {
        u64::from(self.0 & 0b111_1111)
    }

    /// Shape and legal syllable, in eight bits.
    pub(crate) fn shape(self) -> u64 {
        u64::from(self.0 & 0b1000_1111)
    }

    /// The same, and glued, in nine bits.
    pub(crate) fn glued_shape(self) -> u64 {
        u64::from(self.0 & 0b1_1000_1111)
    }
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

/// Stands for the places before the first and behind the last token of a sentence.
impl Default for Token {
    fn default() -> Token {
        Token {
            span: Span::empty(0),
            id: 0,
            shape: Shape::None,
            glued: false,
            syllable: Syllable::default(),
            names: 0,
            phrases: 0,
            rows: [0; 2],
            first: 0,
            code: Code::default(),
        }
    }
}

/// What is known of the surface forms read last: nearly all of a text are among them. Two share a
/// place, of which the one that came last stands first.
#[derive(Debug)]
pub(crate) struct Recent(Vec<[(Surface, Form); 2]>);

/// The bytes of a surface form of at most fifteen, and in the last one how many. Longer ones are
/// not kept.
pub(crate) type Surface = u128;

const LONGEST_SURFACE: usize = 15;

/// What a surface form alone tells.
#[derive(Clone, Copy, Debug)]
struct Form {
    id: u64,
    syllable: Syllable,
    names: u32,
    phrases: u32,
    rows: [u32; 2],
    first: u64,
    shape: Shape,
    code: Code,
}

const RECENT_BITS: u32 = 12;

impl Default for Recent {
    fn default() -> Recent {
        let none = Form {
            id: 0,
            syllable: Syllable::default(),
            names: 0,
            phrases: 0,
            rows: [0; 2],
            first: 0,
            shape: Shape::None,
            code: Code::default(),
        };
        Recent(vec![[(0, none); 2]; 1 << RECENT_BITS])
    }
}

impl Recent {
    #[inline]
    fn form(
        &mut self,
        statistics: &Statistics,
        rows: &impl Fn(u64) -> [u32; 2],
        text: &str,
        atom: Atom,
    ) -> Form {
        let Some(surface) = surface(text, atom.span) else {
            return Form::of(statistics, rows, text, atom);
        };
        let hash = mix_once(surface as u64, (surface >> 64) as u64);
        let [first, second] = &mut self.0[(hash >> (64 - RECENT_BITS)) as usize];
        if first.0 != surface {
            std::mem::swap(first, second);
            if first.0 != surface {
                *first = (surface, Form::of(statistics, rows, text, atom));
            }
        }
        first.1
    }
}

/// Two products that are spread well enough for a place in a table.
#[inline]
fn mix_once(a: u64, b: u64) -> u64 {
    (a ^ b.rotate_left(29).wrapping_mul(0xD6E8_FEB8_6659_FD93)).wrapping_mul(0x9E37_79B9_7F4A_7C15)
}

#[inline]
pub(crate) fn surface(text: &str, span: Span) -> Option<Surface> {
    let len = span.len();
    if len > LONGEST_SURFACE {
        return None;
    }
    let bytes = text.as_bytes();
    let letters = match bytes[span.start()..].first_chunk() {
        // Sixteen bytes are read at once, and those behind the form cut off.
        Some(sixteen) => u128::from_le_bytes(*sixteen) & ((1 << (8 * len)) - 1),
        None => {
            let mut sixteen = [0; 16];
            sixteen[..len].copy_from_slice(&bytes[span.start()..span.end()]);
            u128::from_le_bytes(sixteen)
        }
    };
    Some(letters | (len as u128) << 120)
}

impl Form {
    fn of(statistics: &Statistics, rows: impl Fn(u64) -> [u32; 2], text: &str, atom: Atom) -> Form {
        let surface = &text[atom.span];
        let (id, shape, syllable) = match atom.kind {
            AtomKind::Letters => letters(statistics, surface),
            AtomKind::Digits => {
                let (id, shape) = digits(surface);
                (id, shape, Syllable::default())
            }
            AtomKind::Mark => {
                let (id, shape) = mark(surface);
                (id, shape, Syllable::default())
            }
        };
        let first = mix(0, id);
        let (names, phrases) = match shape.is_word() {
            true => (statistics.names.get(first), statistics.phrases.get(first)),
            false => (0, 0),
        };
        let code = Code::new(shape, syllable);
        Form { id, syllable, names, phrases, rows: rows(id), first, shape, code }
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
    rows: impl Fn(u64) -> [u32; 2],
    recent: &mut Recent,
    reading: &Reading<'_>,
    tokens: &mut Vec<Token>,
) {
    tokens.clear();
    let text = reading.text();
    let mut end = usize::MAX;
    tokens.extend(reading.atoms.iter().map(|atom| {
        let form = recent.form(statistics, &rows, text, *atom);
        let Form { id, syllable, names, phrases, rows, first, shape, code } = form;
        let glued = atom.span.start() == end;
        end = atom.span.end();
        let (span, code) = (atom.span, code.glued(glued));
        Token { span, id, shape, glued, syllable, names, phrases, rows, first, code }
    }));
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
