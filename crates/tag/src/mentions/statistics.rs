//! What the raw corpora and the lists know: syllables, runs of capitals, names.

use super::table::Table;

/// The tables beside the models. Built by the trainer, read in place.
#[derive(Clone, Debug, Default)]
pub struct Statistics {
    /// By id of a token: [`Syllable`].
    pub syllables: Table,
    /// By joined hash of a run of capitalized tokens: [`Run`].
    pub runs: Table,
    /// By the same hash: [`Types`].
    pub types: Table,
    /// By joined hash of what a first model found in raw text, and of every prefix of it:
    /// [`Phrase`].
    pub phrases: Table,
    /// By joined hash of the tokens of a name, and of every prefix of it: classes of names.
    pub names: Table,
}

impl Statistics {
    /// What is known of a syllable.
    #[inline]
    pub(crate) fn syllable(&self, id: u64) -> Option<Syllable> {
        match self.syllables.get(id) {
            0 => None,
            packed => Some(Syllable(packed)),
        }
    }

    /// The file: magic, version, the five tables.
    pub fn to_bytes(&self) -> Vec<u8> {
        let mut out = MAGIC.to_vec();
        for table in [&self.syllables, &self.runs, &self.types, &self.phrases, &self.names] {
            table.write(&mut out);
        }
        out
    }

    /// Reads the file; `None` when it is another file, another version, or ends early.
    pub fn from_bytes(bytes: &[u8]) -> Option<Statistics> {
        let mut rest = bytes.strip_prefix(&MAGIC)?;
        Some(Statistics {
            syllables: Table::read(&mut rest)?,
            runs: Table::read(&mut rest)?,
            types: Table::read(&mut rest)?,
            phrases: Table::read(&mut rest)?,
            names: Table::read(&mut rest)?,
        })
    }
}

/// Name of the format with its version in the last byte.
const MAGIC: [u8; 8] = *b"bantags\x03";

/// What the raw corpora know of a syllable, packed:
/// share of capitals where nothing forces them (3 bits), how often it was seen there (3), legal
/// Vietnamese (1), how often it begins (3) and ends (3) a name behind an honorific, hardly ever
/// written in lower case inside a name (1), seen (1).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Syllable(pub u32);

impl Syllable {
    const SEEN: u32 = 1 << 31;

    /// Packs the counts of one syllable.
    ///
    /// `inner` counts occurrences where nothing forces a capital, `capitals` those of them that
    /// have one; `first` and `last` count where it begins and ends a run behind an honorific.
    pub fn pack(inner: u32, capitals: u32, first: u32, last: u32, legal: bool) -> Syllable {
        let share = match (capitals, inner) {
            (_, 0) => 0,
            (0, _) => 1,
            _ => match f64::from(capitals) / f64::from(inner) {
                s if s < 0.02 => 2,
                s if s < 0.10 => 3,
                s if s < 0.35 => 4,
                s if s < 0.75 => 5,
                s if s < 0.97 => 6,
                _ => 7,
            },
        };
        let of_runs = |n: u32| match (n, f64::from(n) / f64::from(capitals.max(1))) {
            (0, _) => 0,
            (1, _) => 1,
            (_, s) if s < 0.003 => 2,
            (_, s) if s < 0.01 => 3,
            (_, s) if s < 0.03 => 4,
            (_, s) if s < 0.08 => 5,
            (_, s) if s < 0.2 => 6,
            _ => 7,
        };
        Syllable(
            Syllable::SEEN
                | share
                | logarithm(inner) << 3
                | u32::from(legal) << 6
                | of_runs(first) << 7
                | of_runs(last) << 10,
        )
    }

    /// The same, with whether it hardly ever stands inside a name in lower case.
    #[must_use]
    pub fn with_outside(self, outside: bool) -> Syllable {
        Syllable(self.0 & !(1 << 13) | u32::from(outside) << 13)
    }

    /// False when the syllable in lower case hardly ever stands inside a name.
    pub(crate) fn is_in_names(self) -> bool {
        self.0 & 1 << 13 == 0
    }

    /// A syllable that the corpora do not hold.
    pub(crate) fn unseen(legal: bool) -> Syllable {
        Syllable(u32::from(legal) << 6)
    }

    /// Bucket of the share of capitals, 0..=7.
    pub(crate) fn capitals(self) -> u64 {
        u64::from(self.0 & 7)
    }

    /// Share of capitals and number of occurrences together, 0..=63.
    pub(crate) fn capitals_and_count(self) -> u64 {
        u64::from(self.0 & 0o77)
    }

    /// True for a legal Vietnamese syllable.
    pub fn is_legal(self) -> bool {
        self.0 & 1 << 6 != 0
    }

    /// Bucket of how often it begins a person's name, 0..=7.
    pub(crate) fn first(self) -> u64 {
        u64::from(self.0 >> 7 & 7)
    }

    /// Bucket of how often it ends a person's name, 0..=7.
    pub(crate) fn last(self) -> u64 {
        u64::from(self.0 >> 10 & 7)
    }
}

/// What stood around a run of capitals in the raw corpora, packed: seven shares of three bits
/// each, in the order of [`Run::SHARES`], then how often the run was seen (3 bits), seen (1).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Run(pub u32);

impl Run {
    /// What is counted: the classes of the word before, then a speech or auxiliary verb behind.
    pub const SHARES: usize = 7;

    /// Packs the counts of one run that was seen `n` times.
    pub fn pack(n: u32, counts: [u32; Run::SHARES]) -> Run {
        let mut packed = 1 << 31 | logarithm(n) << 21;
        for (i, count) in counts.into_iter().enumerate() {
            let share = match (count, f64::from(count) / f64::from(n.max(1))) {
                (0, _) => 0,
                (1, s) if s < 0.3 => 1,
                (_, s) if s < 0.03 => 2,
                (_, s) if s < 0.10 => 3,
                (_, s) if s < 0.20 => 4,
                (_, s) if s < 0.35 => 5,
                (_, s) if s < 0.60 => 6,
                _ => 7,
            };
            packed |= share << (3 * i);
        }
        Run(packed)
    }

    /// True when the corpora hold the run.
    pub(crate) fn is_seen(self) -> bool {
        self.0 != 0
    }

    /// Bucket of one share, 0..=7.
    pub(crate) fn share(self, i: usize) -> u64 {
        u64::from(self.0 >> (3 * i) & 7)
    }

    /// Bucket of how often it was seen, 0..=7.
    pub(crate) fn count(self) -> u64 {
        u64::from(self.0 >> 21 & 7)
    }

    /// The class with the largest share; [`Run::SHARES`] when there is none.
    pub(crate) fn top(self) -> u64 {
        (0..Run::SHARES)
            .filter(|i| self.share(*i) > 1)
            .max_by_key(|i| (self.share(*i), Run::SHARES - i))
            .unwrap_or(Run::SHARES) as u64
    }
}

/// What a run of capitals is in raw text, as a first model read it, packed: seven shares of three
/// bits in the order of [`Types::SHARES`], then how often the run was read (3 bits), seen (1).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Types(pub u32);

impl Types {
    /// A person, an organisation, a place, another thing; part of an organisation, part of another
    /// name; no name.
    pub const SHARES: usize = 7;

    /// Packs the counts of one run that was read `n` times.
    pub fn pack(n: u32, counts: [u32; Types::SHARES]) -> Types {
        let mut packed = 1 << 31 | logarithm(n) << 21;
        for (i, count) in counts.into_iter().enumerate() {
            let share = match f64::from(count) / f64::from(n.max(1)) {
                s if s < 0.02 => 0,
                s if s < 0.08 => 1,
                s if s < 0.2 => 2,
                s if s < 0.4 => 3,
                s if s < 0.6 => 4,
                s if s < 0.8 => 5,
                s if s < 0.95 => 6,
                _ => 7,
            };
            packed |= share << (3 * i);
        }
        Types(packed)
    }

    /// Bucket of one share, 0..=7.
    pub(crate) fn share(self, i: usize) -> u64 {
        u64::from(self.0 >> (3 * i) & 7)
    }

    /// The class with the largest share and its bucket; nothing for a run that was not seen.
    pub(crate) fn top(self) -> u64 {
        let top = (0..Types::SHARES).max_by_key(|i| (self.share(*i), Types::SHARES - i));
        let top = top.filter(|_| self.0 != 0);
        top.map_or(0, |i| 1 + i as u64 + (self.share(i) << 4))
    }

    /// Bucket of how often it was read, 0..=7.
    pub(crate) fn count(self) -> u64 {
        u64::from(self.0 >> 21 & 7)
    }
}

/// What a first model took a phrase for, packed like classes of names: the type found most (2 bits:
/// organisation, event or agreement), its share (2), how often (3). Titles are left out: what a model
/// takes for one in raw text misleads the next.
#[derive(Clone, Copy, Debug)]
pub struct Phrase;

impl Phrase {
    /// Packs how often a phrase was found as each type.
    pub fn pack(counts: [u32; 2]) -> u32 {
        let n: u32 = counts.iter().sum();
        let top = usize::from(counts[1] > counts[0]);
        let share = match f64::from(counts[top]) / f64::from(n.max(1)) {
            s if s < 0.7 => 0,
            s if s < 0.95 => 1,
            _ => 2,
        };
        (top as u32 + 1) | share << 2 | logarithm(n) << 4
    }
}

/// 0, 1, 2, 3-4, 5-9, 10-49, 50-499, 500 and more.
fn logarithm(n: u32) -> u32 {
    match n {
        0 => 0,
        1 => 1,
        2 => 2,
        3..=4 => 3,
        5..=9 => 4,
        10..=49 => 5,
        50..=499 => 6,
        _ => 7,
    }
}
