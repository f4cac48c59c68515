//! What a page is about: the words of its headline and of its standfirst.

use crate::page::{Page, Role};
use crate::token::Token;

/// The words of the headline and of the standfirst.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Topic([Words; 2]);

/// A set of words that may hold a few more than were put in.
#[derive(Clone, Copy, Debug, Default)]
struct Words {
    bits: [u64; 16],
    any: bool,
}

impl Topic {
    pub(crate) fn of(page: &Page) -> Topic {
        let mut topic = Topic::default();
        for (set, role) in topic.0.iter_mut().zip([Role::Title, Role::Lede]) {
            let line = page.roles.iter().position(|r| *r == role);
            line.map_or(&[][..], |line| page.line(line)).iter().for_each(|token| set.add(token));
        }
        topic
    }

    /// Whether the headline and the standfirst have the word.
    #[inline(always)]
    pub(crate) fn have(&self, key: u32) -> [bool; 2] {
        let (word, bit) = place(key);
        [self.0[0].bits[word] & bit != 0, self.0[1].bits[word] & bit != 0]
    }

    /// Whether the page has a headline and a standfirst.
    pub(crate) fn are(&self) -> [bool; 2] {
        [self.0[0].any, self.0[1].any]
    }
}

impl Words {
    fn add(&mut self, token: &Token) {
        if token.is_word() {
            let (word, bit) = place(token.key);
            self.bits[word] |= bit;
            self.any = true;
        }
    }
}

#[inline(always)]
fn place(key: u32) -> (usize, u64) {
    let h = key.wrapping_mul(0x9E37_79B1) >> 22;
    ((h >> 6) as usize, 1 << (h & 63))
}
