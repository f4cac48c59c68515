//! Sets of words, to see what two stretches of text have in common.

use crate::lexicon::Class;
use crate::token::Token;

/// A set of content words, 256 bits.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Bag([u64; 4]);

impl Bag {
    pub(super) fn add(&mut self, key: u32) {
        let h = key.wrapping_mul(0x9E37_79B1) >> 24;
        self.0[(h >> 6) as usize] |= 1 << (h & 63);
    }

    pub(super) fn of(tokens: &[Token]) -> Bag {
        let mut bag = Bag::default();
        for token in tokens.iter().take(120) {
            if token.is_word() && !token.is(Class::FUNCTION) && !token.is(Class::VERB) {
                bag.add(token.key);
            }
        }
        bag
    }

    pub(super) fn len(&self) -> u32 {
        self.0.iter().map(|w| w.count_ones()).sum()
    }

    /// Share of this bag that is in the other, in eighths; 15 when this is empty.
    pub(super) fn share(&self, other: &Bag) -> u64 {
        let len = self.len();
        if len == 0 || other.len() == 0 {
            return 15;
        }
        let common: u32 = self.0.iter().zip(&other.0).map(|(a, b)| (a & b).count_ones()).sum();
        u64::from(common * 8 / len)
    }
}
