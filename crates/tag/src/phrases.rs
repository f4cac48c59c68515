//! Which phrases of a list words begin with.

use std::ops::Range;

/// The first two words of the phrases of a list that is sorted by the first: of the many phrases
/// that begin with `có` the next word leaves one or two.
pub(crate) struct Openings {
    /// A hash table of the first words, with where their phrases stand; half of it is empty.
    slots: Vec<(u64, Range<usize>)>,
    /// The second word of each phrase, 0 where there is none.
    seconds: Vec<u64>,
}

impl Openings {
    pub(crate) fn of<'p>(phrases: impl Iterator<Item = &'p [u64]>) -> Openings {
        let phrases: Vec<&[u64]> = phrases.collect();
        let slots = vec![(0, 0..0); (2 * phrases.len()).next_power_of_two()];
        let seconds = phrases.iter().map(|phrase| phrase.get(1).copied().unwrap_or(0)).collect();
        let mut openings = Openings { slots, seconds };
        let mut at = 0;
        for same in phrases.chunk_by(|a, b| a[0] == b[0]) {
            let slot = openings.slot(same[0][0]);
            openings.slots[slot] = (same[0][0], at..at + same.len());
            at += same.len();
        }
        openings
    }

    /// The phrases, by number, of which `words` have the first two.
    #[inline]
    pub(crate) fn phrases(&self, words: &[u64]) -> impl Iterator<Item = usize> {
        let word = |i: usize| words.get(i).copied().unwrap_or(0);
        let same = self.slots[self.slot(word(0))].1.clone();
        let second = word(1);
        let fits = move |other: &u64| *other == 0 || *other == second;
        same.clone().zip(&self.seconds[same]).filter(move |(_, other)| fits(other)).map(|(i, _)| i)
    }

    /// Where a first word stands, or would.
    #[inline]
    fn slot(&self, word: u64) -> usize {
        let last = self.slots.len() - 1;
        let mut slot = (word.wrapping_mul(0x9E37_79B9_7F4A_7C15) >> 32) as usize & last;
        while self.slots[slot].0 != word && !self.slots[slot].1.is_empty() {
            slot = (slot + 1) & last;
        }
        slot
    }
}

/// True when `words` begin with a phrase. Most do not from the first word on, which a call that
/// compares memory is too dear to find out.
#[inline]
pub(crate) fn begin_with(words: &[u64], phrase: &[u64]) -> bool {
    words.len() >= phrase.len() && words.iter().zip(phrase).all(|(word, other)| word == other)
}
