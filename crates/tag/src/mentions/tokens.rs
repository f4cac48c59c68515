//! What is known of each atom before any model is asked: its key, its shape, its statistics.

use std::sync::LazyLock;

use bantin_crf::{feature, mix};
use bantin_text::Span;
use bantin_text::atoms::AtomKind;
use bantin_text::keys::syllable_key;
use bantin_text::syllable;

use super::marks::{self, Marks};
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
    pub(super) phrases: u8,
    /// Where its weights lie for the tokens two behind it and two before it.
    pub(crate) rows: [u32; 2],
    /// What features of neighbors ask of it: [`Code`].
    pub(crate) code: Code,
}

/// Shape (4 bits), share of capitals (3), whether the syllable is legal (1), whether nothing stands
/// between it and the token before (1).
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Code(u16);

impl Code {
    fn new(shape: Shape, syllable: Syllable, glued: bool) -> Code {
        let flags = u16::from(syllable.is_legal()) << 7 | u16::from(glued) << 8;
        Code(shape as u16 | (syllable.capitals() as u16) << 4 | flags)
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

impl Token {
    /// Its own entry in the table of phrases.
    pub(crate) fn phrases(&self) -> u32 {
        u32::from(self.phrases & 0x7F) | u32::from(self.phrases & 0x80) << 24
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
            code: Code::default(),
        }
    }
}

impl Shape {
    pub(crate) fn of(surface: &str, kind: AtomKind) -> Shape {
        match kind {
            AtomKind::Letters => shape_of(surface),
            AtomKind::Digits => digits(surface).1,
            AtomKind::Mark => mark(surface).1,
        }
    }

    /// The marks of a word that it lets stand, and those that it has.
    #[inline]
    fn marks(self) -> [u8; 2] {
        const WORDS: u8 = marks::NAME | marks::PHRASE | marks::TIME;
        static MARKS: [[u8; 2]; 16] = {
            let mut all = [[0; 2]; 16];
            all[Shape::Lower as usize] = [WORDS | marks::FOREIGN, 0];
            all[Shape::Capitalized as usize] = [WORDS, marks::CAPITAL];
            all[Shape::Initial as usize] = [WORDS, marks::CAPITAL];
            all[Shape::Upper as usize] = [WORDS, marks::CAPITAL];
            all[Shape::Mixed as usize] = [WORDS, marks::CAPITAL];
            all[Shape::Alphanumeric as usize] = [WORDS, marks::CAPITAL];
            all[Shape::Digits as usize] = [WORDS, marks::NUMBER];
            all[Shape::Year as usize] = [WORDS, marks::NUMBER];
            all[Shape::Quote as usize] = [0, marks::QUOTE];
            all
        };
        MARKS[self as usize]
    }
}

/// What the tables know of the words read last, by their keys; one for each thread and set of
/// tables. Two share a place, of which the one read first goes.
#[derive(Debug)]
pub(crate) struct Recent(Vec<[Word; 2]>);

/// What the tables know of a word, however it is written.
#[derive(Clone, Copy, Debug, Default)]
struct Word {
    key: u64,
    id: u64,
    rows: [u32; 2],
    names: u32,
    /// The syllable without its last bits, which are not asked here.
    syllable: u16,
    /// The entry among phrases, its highest bit in place of that of the entry.
    phrases: u8,
    marks: u8,
}

const RECENT_BITS: u32 = 12;

impl Default for Recent {
    fn default() -> Recent {
        Recent(vec![[Word::default(); 2]; 1 << RECENT_BITS])
    }
}

impl Recent {
    #[inline]
    fn word(&mut self, key: u64, word: impl FnOnce() -> Word) -> &Word {
        let hash = key.wrapping_mul(0x9E37_79B9_7F4A_7C15);
        let words = &mut self.0[(hash >> (64 - RECENT_BITS)) as usize];
        let mut at = usize::from(words[1].key == key);
        if words[at].key != key {
            (words[1], at) = (words[0], 0);
            words[0] = Word { key, ..word() };
        }
        &words[at]
    }
}

static TIME: LazyLock<u64> = LazyLock::new(|| id_of("lần"));

impl Word {
    #[inline(never)]
    fn of(
        statistics: &Statistics,
        rows: &impl Fn(u64) -> [u32; 2],
        surface: &str,
        kind: AtomKind,
    ) -> Word {
        let (id, syllable) = match kind {
            AtomKind::Letters => {
                let id = feature(LETTERS, syllable_key(surface));
                let unseen = || Syllable::unseen(syllable::is_legal(surface));
                (id, statistics.syllable(id).unwrap_or_else(unseen))
            }
            AtomKind::Digits => (digits(surface).0, Syllable::default()),
            AtomKind::Mark => (mark(surface).0, Syllable::default()),
        };
        let first = mix(0, id);
        let (names, phrases) = match kind {
            AtomKind::Mark => (0, 0),
            _ => (statistics.names.get(first), statistics.phrases.get(first)),
        };
        let capitals = syllable.capitals();
        let foreign = !syllable.is_legal() && (capitals >= 4 || capitals == 0) && surface.len() > 2;
        let marks = [
            (marks::FOREIGN, foreign || capitals >= 6),
            (marks::NAME, names != 0),
            (marks::PHRASE, phrases != 0),
            (marks::TIME, id == *TIME),
        ];
        Word {
            key: 0,
            id,
            rows: rows(id),
            names,
            syllable: syllable.0 as u16,
            phrases: phrases as u8 | (phrases >> 24) as u8 & 0x80,
            marks: marks.into_iter().filter(|(_, is)| *is).fold(0, |all, (mark, _)| all | mark),
        }
    }
}

/// Fills `tokens` with one token for each atom of the reading.
pub(crate) fn read(
    statistics: &Statistics,
    rows: impl Fn(u64) -> [u32; 2],
    recent: &mut Recent,
    reading: &Reading<'_>,
    tokens: &mut Vec<Token>,
    marks: &mut Marks,
) {
    tokens.clear();
    let text = reading.text();
    let mut end = usize::MAX;
    let atoms = reading.atoms.iter().zip(&reading.words).zip(&reading.shapes);
    let marks = marks.renew(reading.atoms.len());
    tokens.extend(atoms.zip(marks).map(|(((atom, key), shape), marked)| {
        let (span, shape) = (atom.span, *shape);
        let of = || Word::of(statistics, &rows, &text[span], atom.kind);
        let Word { id, rows, names, syllable, phrases, marks, .. } = *recent.word(*key, of);
        let syllable = Syllable(u32::from(syllable));
        let glued = span.start() == end;
        end = span.end();
        let [can, has] = shape.marks();
        *marked = marks & can | has;
        let code = Code::new(shape, syllable, glued);
        Token { span, id, shape, glued, syllable, names, phrases, rows, code }
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
