//! What counting says of syllables, pairs and words, packed in a few bits.

/// What the lexicon says of a string of syllables as one word.
///
/// Bits 0-2: class of its share joined in machine-segmented news, 0 when it never was; 3-5: the
/// same in the treebank; 6-8: the same in VLSP text; 9: it stands in the vocabulary; 10: a longer
/// entry begins with it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Entry(pub u16);

impl Entry {
    /// Bit of the vocabulary.
    pub const VOCABULARY: u16 = 1 << 9;
    /// Bit of a beginning.
    pub const BEGINS: u16 = 1 << 10;

    /// An entry of three classes and the bits.
    pub fn new(silver: u16, treebank: u16, vlsp: u16, bits: u16) -> Entry {
        Entry(silver | treebank << 3 | vlsp << 6 | bits)
    }

    /// The class of `joined` out of `total` occurrences.
    pub fn class(joined: u32, total: u32) -> u16 {
        if joined == 0 {
            return 0;
        }
        let share = f64::from(joined) / f64::from(total.max(joined));
        [0.97, 0.8, 0.5, 0.2].iter().position(|least| share >= *least).map_or(1, |i| 5 - i as u16)
    }

    /// Number of bits of classes and vocabulary.
    pub const CLASS_BITS: u32 = 10;

    /// All but the bit of a beginning, as an index.
    #[inline]
    pub fn classes(self) -> usize {
        usize::from(self.0) & ((1 << Entry::CLASS_BITS) - 1)
    }

    /// True when it stands in the vocabulary.
    #[inline]
    pub fn is_listed(self) -> bool {
        self.0 & Entry::VOCABULARY != 0
    }

    /// Class in news, in the treebank and the vocabulary bit.
    pub fn treebank(self) -> u32 {
        u32::from(self.0 & (Entry::VOCABULARY | 0x3F))
    }

    /// Class in news, in VLSP text and the vocabulary bit.
    pub fn vlsp(self) -> u32 {
        u32::from(self.0 & (Entry::VOCABULARY | 0x1C7))
    }

    /// Class in news and the vocabulary bit: 0..=11.
    pub fn coarse(self) -> u32 {
        u32::from(self.0 & 7) * 2 + u32::from(self.0 & Entry::VOCABULARY != 0)
    }

    /// Number of values of [`Entry::coarse`].
    pub const COARSE: usize = 12;

    /// One entry for each value of [`Entry::coarse`].
    pub(crate) fn each_coarse() -> impl Iterator<Item = Entry> {
        (0..Entry::COARSE as u16 / 2)
            .flat_map(|class| [Entry(class), Entry(class | Entry::VOCABULARY)])
    }

    /// True when a longer entry may begin with this string.
    pub fn begins(self) -> bool {
        self.0 & Entry::BEGINS != 0
    }
}

/// What raw text says of two neighbors: bits 0-3 association (normalized pointwise mutual
/// information, 0 for unseen), 4-6 count.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Raw(pub u16);

impl Raw {
    /// Packs buckets.
    pub fn new(association: u16, count: u16) -> Raw {
        Raw(association | count << 4)
    }

    /// Bucket of association, 0..16.
    pub fn association(self) -> u32 {
        u32::from(self.0 & 15)
    }

    /// Bucket of count, 0..8.
    pub fn count(self) -> u32 {
        u32::from(self.0 >> 4 & 7)
    }
}

/// How a syllable is used in machine-segmented news. Three bits each: frequency, share as a word
/// of its own, as first syllable, as last syllable, number of words it heads, number it ends.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Usage(pub u32);

impl Usage {
    /// Packs buckets.
    pub fn new(buckets: [u32; 6]) -> Usage {
        Usage(buckets.iter().rev().fold(0, |bits, b| bits << 3 | b & 7))
    }

    /// Bucket of the share as a word of its own.
    pub fn alone(self) -> u32 {
        self.0 >> 3 & 7
    }
    /// Bucket of the share as first syllable.
    pub fn first(self) -> u32 {
        self.0 >> 6 & 7
    }
    /// Bucket of the share as last syllable.
    pub fn last(self) -> u32 {
        self.0 >> 9 & 7
    }
    /// Bucket of the number of words it heads.
    pub fn heads(self) -> u32 {
        self.0 >> 12 & 7
    }
    /// Bucket of the number of words it ends.
    pub fn tails(self) -> u32 {
        self.0 >> 15 & 7
    }
}
