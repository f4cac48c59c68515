//! Quotation marks of a sentence, and which of them hold speech.

use std::ops::Range;
use std::sync::LazyLock;

use bantin_text::keys::syllable_key;

use super::clause::Clause;
use super::cues::is_cue;
use crate::signs;

static OPENING: LazyLock<u64> = LazyLock::new(|| syllable_key("“"));
static CLOSING: LazyLock<u64> = LazyLock::new(|| syllable_key("”"));
static STRAIGHT: LazyLock<u64> = LazyLock::new(|| syllable_key("\""));

/// The keys of quotation marks.
pub(super) fn marks() -> impl Iterator<Item = u64> {
    [*OPENING, *CLOSING, *STRAIGHT].into_iter()
}

/// What a quotation mark does.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Mark {
    Opens,
    Closes,
}

impl Clause<'_> {
    /// Finds the quotation marks, and the stretches between them that are speech.
    pub(super) fn read_quotes(&mut self) {
        let marks = self.signs(signs::QUOTE);
        self.marks = marks.filter_map(|at| Some((at, self.quotation_mark(at)?))).collect();
        let mut open = None;
        for i in 0..self.marks.len() {
            match self.marks[i] {
                (at, Mark::Opens) => open = Some(at),
                (at, Mark::Closes) => {
                    if let Some(first) = open.take()
                        && (at - first > 9 || self.short_speech(first, at))
                    {
                        self.quotes.push((first, at + 1));
                    }
                }
            }
        }
        // A quotation over several sentences: this one closes or opens it.
        if let Some(first) = open {
            self.quotes.push((first, self.sentence.atoms.end));
        }
    }

    /// What the quotation mark at an atom does.
    pub(super) fn mark(&self, at: usize) -> Option<Mark> {
        self.marks.iter().find(|(mark, _)| *mark == at).map(|(_, mark)| *mark)
    }

    /// A straight mark opens before a word and closes behind one: `"Giá sẽ giảm", ông nói`.
    fn quotation_mark(&self, at: usize) -> Option<Mark> {
        let key = self.words[at];
        if key == *OPENING {
            return Some(Mark::Opens);
        }
        if key == *CLOSING {
            return Some(Mark::Closes);
        }
        if key != *STRAIGHT {
            return None;
        }
        let text = self.reading.text();
        let span = self.reading.atoms[at].span;
        let before = text[..span.start()].chars().next_back();
        let behind = text[span.end()..].chars().next();
        if before.is_some_and(|c| !c.is_whitespace() && !"([“‘:–—".contains(c)) {
            return Some(Mark::Closes);
        }
        behind.is_some_and(|c| !c.is_whitespace()).then_some(Mark::Opens)
    }

    /// True for a few words in quotation marks that are speech: a whole clause beside a verb of
    /// saying, `chia sẻ: “Tôi xem và khóc”`, `“Đừng đi”, bà nói`; not a name or a word, as in
    /// `gọi là “con dao”`.
    fn short_speech(&self, first: usize, last: usize) -> bool {
        let words = (first + 1..last).filter(|i| self.is_word(*i)).count();
        if words < 2 {
            return false;
        }
        let start = self.sentence.atoms.start;
        let said = |mut range: Range<usize>| range.any(|i| is_cue(self, i).is_some());
        let leads = first == start || first == start + 1 && !self.is_word(start);
        if leads {
            let stopped = !self.is_word(last - 1) || self.is(last + 1, ",");
            return stopped && said(last + 1..self.sentence.atoms.end.min(last + 40));
        }
        let initial =
            self.reading.text()[self.reading.atoms[first + 1].span].starts_with(char::is_uppercase);
        let led = self.is(first - 1, ":") || self.is(first - 1, "rằng");
        let ends = last + 2 >= self.sentence.atoms.end || !self.is_word(last - 1);
        words > 2 && led && initial && ends && said(first.saturating_sub(24).max(start)..first)
    }

    pub(super) fn in_quote(&self, at: usize) -> bool {
        self.quotes.iter().any(|(first, end)| *first < at && at < *end)
    }
}
