//! Sets of words, to see what two stretches of text have in common.

use crate::lexicon::Class;
use crate::token::Token;
use crate::wordset::WordSet;

/// A set of content words, and how many they are.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Bag {
    words: WordSet<4>,
    len: u32,
}

impl Bag {
    pub(super) fn of(tokens: &[Token]) -> Bag {
        let mut words = WordSet::default();
        for token in tokens.iter().take(120) {
            let content = token.is_word() & !token.is(Class::FUNCTION.or(Class::VERB));
            words.add_if(content, token.key);
        }
        Bag { words, len: words.len() }
    }

    /// Share of this bag that is in the other, in eighths; 15 when this is empty.
    pub(super) fn share(&self, other: &Bag) -> u64 {
        if self.len == 0 || other.len == 0 {
            return 15;
        }
        u64::from(self.words.common(&other.words) * 8 / self.len)
    }
}
