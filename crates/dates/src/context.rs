//! What stands around an expression and completes it: year words, `vừa qua`, `âm lịch`, marks.

use crate::grammar::{Anchor, Parse, Scan};
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
        at >= 2 && separator && last.span.end() == self.end(at - 2)
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
    pub(crate) fn finish(&self, next: usize, value: Value, rule: &'static str) -> Option<Parse> {
        let mut parse = Parse::new(next, value, rule);
        if let Value::Date(date) = &mut parse.value {
            if date.year.is_none() && date.month.is_some() && self.is(next, "năm") {
                if let Some(year) = self.year_figure(next + 1)
                    && !self.stuck_after(next + 2)
                {
                    date.year = Some(year as u16);
                    parse.next = next + 2;
                } else if let Some(offset) = self.year_word(next + 1) {
                    parse.anchor = Anchor::Document(Unit::Year, offset);
                    parse.next = next + 2;
                }
            }
            let next = parse.next;
            let bracket = usize::from(self.word(next) == Word::Open);
            if self.is_any(next + bracket, &["âm", "dương"]) && self.is(next + bracket + 1, "lịch")
            {
                if self.is(next + bracket, "âm") {
                    let lunar = *date;
                    parse.value = Value::Lunar(lunar);
                    parse.rule = "D407";
                }
                if bracket == 0 {
                    parse.next = next + 2;
                }
                return Some(parse);
            }
            if self.is(next, "al") || self.is(next, "âl") {
                return Some(parse);
            }
        }
        if parse.anchor == Anchor::Written {
            self.deictic(&mut parse);
        }
        Some(parse)
    }

    /// `vừa qua`, `vừa rồi`, `tới`, `này` behind an expression.
    pub(crate) fn deictic(&self, parse: &mut Parse) {
        let next = parse.next;
        if self.is(next, "vừa") && self.is_any(next + 1, &["qua", "rồi"]) {
            parse.anchor = Anchor::Last;
            parse.next = next + 2;
        } else if self.is(next, "tới") && self.is(next + 1, "đây")
            || self.is(next, "sắp") && self.is(next + 1, "tới")
        {
            parse.anchor = Anchor::Next;
            parse.next = next + 2;
        } else if self.is(next, "tới")
            && (self.closes(next + 1) || self.is_any(next + 1, &["tại", "ở"]))
        {
            parse.anchor = Anchor::Next;
            parse.next = next + 1;
        } else if self.is(next, "này") {
            parse.next = next + 1;
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
