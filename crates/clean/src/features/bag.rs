//! Sets of words, to see what two stretches of text have in common.

use crate::lexicon::Class;
use crate::token::Token;
use crate::wordset::WordSet;

/// A set of content words.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Bag(WordSet<4>);

impl Bag {
    pub(super) fn of(tokens: &[Token]) -> Bag {
        let mut bag = Bag::default();
        for token in tokens.iter().take(120) {
            if token.is_word() && !token.is(Class::FUNCTION) && !token.is(Class::VERB) {
                bag.0.add(token.key);
            }
        }
        bag
    }

    /// Share of this bag that is in the other, in eighths; 15 when this is empty.
    pub(super) fn share(&self, other: &Bag) -> u64 {
        let len = self.0.len();
        if len == 0 || other.0.is_empty() {
            return 15;
        }
        u64::from(self.0.common(&other.0) * 8 / len)
    }
}
