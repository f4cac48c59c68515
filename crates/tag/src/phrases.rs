//! What is asked of every word before phrases are compared.

/// First words of phrases, as bits: most words of a text begin none.
pub(crate) struct Firsts([u64; 32]);

impl Firsts {
    pub(crate) fn of(keys: impl Iterator<Item = u64>) -> Firsts {
        let mut bits = [0; 32];
        for key in keys {
            let (word, bit) = Firsts::place(key);
            bits[word] |= bit;
        }
        Firsts(bits)
    }

    /// False for a word that surely begins no phrase.
    #[inline]
    pub(crate) fn may_have(&self, key: u64) -> bool {
        let (word, bit) = Firsts::place(key);
        self.0[word] & bit != 0
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
