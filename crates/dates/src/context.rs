//! What stands around an expression and completes it: year words, `vừa qua`, `âm lịch`, marks.

use crate::grammar::{Anchor, Reading, Scan};
use crate::token::Word;
use crate::value::{Unit, Value};

/// What joins two expressions.
pub(crate) const SEPARATORS: &[&str] = &["và", "đến", "tới", "hoặc", "hay", "sang"];

impl Scan<'_> {
    /// True right behind an earlier expression, with only a separator between.
    pub(crate) fn after_expression(&self, at: usize) -> bool {
        let Some(last) = self.found.last() else { return false };
        let separator = match self.before(at, 1) {
            Word::Comma | Word::Dash | Word::Open => true,
            Word::Is(word) => SEPARATORS.contains(&word),
            _ => false,
        };
        at >= 2 && separator && last.span.end() == self.tokens[at - 2].end as usize
    }

    /// A mark or the end: nothing that the number could count.
    pub(crate) fn closes(&self, at: usize) -> bool {
        match self.word(at) {
            Word::Comma | Word::Dot | Word::Close | Word::Open | Word::Colon | Word::Mark => true,
            Word::Dash => !self.joined(at),
            _ => false,
        }
    }

    pub(crate) fn closes_or_goes_on(&self, at: usize) -> bool {
        self.closes(at)
            || self.is_any(
                at,
                &[
                    "đến", "tới", "tại", "ở", "và", "theo", "khi", "năm", "hàng", "hằng", "này",
                    "vừa", "trong", "của", "cùng", "trở", "là", "với",
                ],
            )
    }

    /// Year words, `vừa qua`, `tới`, `âm lịch` behind a day or month.
    pub(crate) fn finish(&self, next: usize, value: Value, rule: &'static str) -> Option<Reading> {
        let mut reading = Reading::new(next, value, rule);
        if let Value::Date(date) = &mut reading.value {
            if date.year.is_none() && date.month.is_some() && self.is(next, "năm") {
                if let Some(year) = self.year_figure(next + 1)
                    && !self.stuck_after(next + 2)
                {
                    date.year = Some(year as u16);
                    reading.next = next + 2;
                } else if let Some(offset) = self.year_word(next + 1) {
                    reading.anchor = Anchor::Document(Unit::Year, offset);
                    reading.next = next + 2;
                }
            }
            let next = reading.next;
            let bracket = usize::from(self.word(next) == Word::Open);
            if self.is_any(next + bracket, &["âm", "dương"]) && self.is(next + bracket + 1, "lịch")
            {
                if self.is(next + bracket, "âm") {
                    let lunar = *date;
                    reading.value = Value::Lunar(lunar);
                    reading.rule = "D407";
                }
                if bracket == 0 {
                    reading.next = next + 2;
                }
                return Some(reading);
            }
            if self.is(next, "al") || self.is(next, "âl") {
                return Some(reading);
            }
        }
        if reading.anchor == Anchor::Written {
            self.deictic(&mut reading);
        }
        Some(reading)
    }

    /// `vừa qua`, `vừa rồi`, `tới`, `này` behind an expression.
    pub(crate) fn deictic(&self, reading: &mut Reading) {
        let next = reading.next;
        if self.is(next, "vừa") && self.is_any(next + 1, &["qua", "rồi"]) {
            reading.anchor = Anchor::Last;
            reading.next = next + 2;
        } else if self.is(next, "tới") && self.is(next + 1, "đây")
            || self.is(next, "sắp") && self.is(next + 1, "tới")
        {
            reading.anchor = Anchor::Next;
            reading.next = next + 2;
        } else if self.is(next, "tới")
            && (self.closes(next + 1) || self.is_any(next + 1, &["tại", "ở"]))
        {
            reading.anchor = Anchor::Next;
            reading.next = next + 1;
        } else if self.is(next, "này") {
            reading.next = next + 1;
        }
    }

    pub(crate) fn year_word(&self, at: usize) -> Option<i32> {
        match self.word(at) {
            Word::Is("nay" | "này") => Some(0),
            Word::Is("ngoái" | "trước") => Some(-1),
            Word::Is("kia") => Some(-2),
            Word::Is("sau" | "tới") => Some(1),
            _ => None,
        }
    }
}
