//! Bits by token: a step that looks at few tokens passes over eight others at once.

use std::ops::Range;

/// It has a letter in upper case.
pub(crate) const CAPITAL: u8 = 1;
/// It is in lower case and speaks for a mention all the same.
pub(crate) const FOREIGN: u8 = 1 << 1;
/// A mark of quotation.
pub(crate) const QUOTE: u8 = 1 << 2;
/// Digits.
pub(crate) const NUMBER: u8 = 1 << 3;
/// It begins an entry in the table of names.
pub(crate) const NAME: u8 = 1 << 4;
/// It begins an entry in the table of phrases.
pub(crate) const PHRASE: u8 = 1 << 5;
/// It stands in an office or rank.
pub(crate) const OFFICE: u8 = 1 << 6;

/// `lần`, which stands before the number of a meeting.
pub(crate) const TIME: u8 = 1 << 7;

/// The bits of the tokens of a document.
#[derive(Debug, Default)]
pub(crate) struct Marks(Vec<u8>);

impl Marks {
    /// Those of the tokens of another document, none yet.
    pub(crate) fn renew(&mut self, tokens: usize) -> &mut [u8] {
        self.0.clear();
        self.0.resize(tokens, 0);
        &mut self.0
    }

    /// Marks some tokens.
    pub(crate) fn add(&mut self, tokens: Range<usize>, mark: u8) {
        self.0[tokens].iter_mut().for_each(|marks| *marks |= mark);
    }

    /// The first of some tokens that has one of `marks`.
    #[inline]
    pub(crate) fn next(&self, tokens: Range<usize>, marks: u8) -> Option<usize> {
        let Range { start: mut at, end } = tokens;
        let every = u64::from_le_bytes([marks; 8]);
        while let Some(eight) = self.0[..end].get(at..).and_then(|rest| rest.first_chunk()) {
            let found = u64::from_le_bytes(*eight) & every;
            if found != 0 {
                return Some(at + found.trailing_zeros() as usize / 8);
            }
            at += 8;
        }
        (at..end).find(|at| self.0[*at] & marks != 0)
    }

    /// Those of some tokens that have one of `marks`.
    #[inline]
    pub(crate) fn of(&self, tokens: Range<usize>, marks: u8) -> impl Iterator<Item = usize> {
        let Range { mut start, end } = tokens;
        std::iter::from_fn(move || {
            let at = self.next(start..end, marks)?;
            start = at + 1;
            Some(at)
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_marked_token_is_found_and_no_other() {
        let mut marks = Marks::default();
        for len in [0, 1, 7, 8, 9, 30] {
            let all = marks.renew(len).iter_mut().enumerate();
            all.for_each(|(at, marks)| *marks = if at % 5 == 3 { NAME } else { QUOTE });
            marks.add(len / 2..len, OFFICE);
            for start in 0..=len {
                let found: Vec<_> = marks.of(start..len, NAME).collect();
                assert_eq!(found, (start..len).filter(|at| at % 5 == 3).collect::<Vec<_>>());
                assert_eq!(marks.next(start..len, OFFICE), (start.max(len / 2)..len).next());
            }
        }
    }
}
