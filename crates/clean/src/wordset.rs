//! Sets of words as bits, to ask of many words whether a page or a part of it has them.

/// A set of words in 64 `N` bits, a power of two: it may seem to hold a few more than were put in.
#[derive(Clone, Copy, Debug)]
pub(crate) struct WordSet<const N: usize>([u64; N]);

impl<const N: usize> Default for WordSet<N> {
    fn default() -> WordSet<N> {
        WordSet([0; N])
    }
}

impl<const N: usize> WordSet<N> {
    #[inline(always)]
    fn place(key: u32) -> (usize, u64) {
        let h = key.wrapping_mul(0x9E37_79B1) >> (26 - N.trailing_zeros());
        ((h >> 6) as usize, 1 << (h & 63))
    }

    #[inline]
    pub(crate) fn add(&mut self, key: u32) {
        let (word, bit) = Self::place(key);
        self.0[word] |= bit;
    }

    /// The same without a branch.
    #[inline(always)]
    pub(crate) fn add_if(&mut self, is: bool, key: u32) {
        let (word, bit) = Self::place(key);
        self.0[word] |= if is { bit } else { 0 };
    }

    #[inline(always)]
    pub(crate) fn has(&self, key: u32) -> bool {
        let (word, bit) = Self::place(key);
        self.0[word] & bit != 0
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.0.iter().all(|word| *word == 0)
    }

    /// How many words it holds, about.
    pub(crate) fn len(&self) -> u32 {
        self.0.iter().map(|word| word.count_ones()).sum()
    }

    /// How many words both hold, about.
    pub(crate) fn common(&self, other: &Self) -> u32 {
        self.0.iter().zip(&other.0).map(|(a, b)| (a & b).count_ones()).sum()
    }
}
