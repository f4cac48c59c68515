//! What is asked of every word before phrases are compared.

use std::ops::Range;

/// First words of the phrases of a list, also as bits: most words of a text begin none.
pub(crate) struct Firsts {
    bits: [u64; 32],
    keys: Vec<u64>,
}

impl Firsts {
    pub(crate) fn of(keys: impl Iterator<Item = u64>) -> Firsts {
        let keys: Vec<u64> = keys.collect();
        let mut bits = [0; 32];
        for key in &keys {
            let (word, bit) = Firsts::place(*key);
            bits[word] |= bit;
        }
        Firsts { bits, keys }
    }

    /// False for a word that surely begins no phrase.
    #[inline]
    pub(crate) fn may_have(&self, key: u64) -> bool {
        let (word, bit) = Firsts::place(key);
        self.bits[word] & bit != 0
    }

    /// Which phrases begin with a word, in a list that is sorted by it.
    pub(crate) fn phrases(&self, key: u64) -> Range<usize> {
        if !self.may_have(key) {
            return 0..0;
        }
        let from = self.keys.partition_point(|first| *first < key);
        let same = self.keys[from..].iter().take_while(|first| **first == key).count();
        from..from + same
    }

    fn place(key: u64) -> (usize, u64) {
        let hash = key.wrapping_mul(0x9E37_79B9_7F4A_7C15) >> 53; // 11 bits
        ((hash >> 6) as usize, 1 << (hash & 63))
    }
}

/// True when `words` begin with a phrase. Most do not from the first word on, which a call that
/// compares memory is too dear to find out.
#[inline]
pub(crate) fn begin_with(words: &[u64], phrase: &[u64]) -> bool {
    words.len() >= phrase.len() && words.iter().zip(phrase).all(|(word, other)| word == other)
}
