//! What a page is about: the words of its headline and of its standfirst.

use crate::page::{Page, Role};
use crate::wordset::WordSet;

/// The words of the headline and of the standfirst.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Topic([WordSet<16>; 2]);

impl Topic {
    pub(crate) fn of(page: &Page) -> Topic {
        let mut topic = Topic::default();
        for (set, role) in topic.0.iter_mut().zip([Role::Title, Role::Lede]) {
            let line = page.roles.iter().position(|r| *r == role);
            let tokens = line.map_or(&[][..], |line| page.line(line));
            tokens.iter().filter(|token| token.is_word()).for_each(|token| set.add(token.key));
        }
        topic
    }

    /// Whether the headline and the standfirst have the word.
    #[inline(always)]
    pub(crate) fn have(&self, key: u32) -> [bool; 2] {
        [self.0[0].has(key), self.0[1].has(key)]
    }

    /// Whether the page has a headline and a standfirst.
    pub(crate) fn are(&self) -> [bool; 2] {
        [!self.0[0].is_empty(), !self.0[1].is_empty()]
    }
}
