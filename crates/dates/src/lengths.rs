//! Lengths of time: `ba năm`, `3-5 ngày`, `mười năm qua`.

use crate::grammar::{Parse, Scan};
use crate::token::Word;
use crate::value::Value;

impl Scan<'_> {
    /// What a number begins: `6 tháng đầu năm`, or a length.
    pub(crate) fn counted(&self, at: usize) -> Option<Parse> {
        // Most numbers count something else.
        if !matches!(self.word(at + 1), Word::Is(_) | Word::Dash | Word::Dot | Word::Comma) {
            return None;
        }
        let cardinal = self.cardinal(at)?;
        self.months_of_year(cardinal).or_else(|| self.length(at, cardinal))
    }

    /// `70 năm`, `hai tuần`, `3-5 ngày`, `mười năm qua`; `next` and `from` are what
    /// [`Scan::cardinal`] read at `at`.
    pub(crate) fn length(&self, at: usize, (mut next, from): (usize, u32)) -> Option<Parse> {
        if self.is(at, "tư")
            || self.before_is(
                at,
                1,
                &["thứ", "lần", "quý", "khoá", "tháng", "số", "hạng", "lớp", "hàng"],
            )
        {
            return None;
        }
        let mut to = None;
        if matches!(self.word(next), Word::Dash | Word::Is("đến" | "tới") | Word::Comma)
            || (self.number(at).is_none()
                && self.spelled(next).is_some_and(|(_, n)| 10 * n == from + 10))
        {
            let second = next
                + usize::from(
                    self.spelled(next).is_none()
                        || !matches!(self.word(next), Word::Is(w) if w != "đến" && w != "tới"),
                );
            if let Some((end, value)) = self.cardinal_after(second)
                && value > from
                && self.length_unit(end).is_some()
            {
                (next, to) = (end, Some(value));
            }
        }
        let (mut end, factor, unit) = self.length_unit(next)?;
        let word = self.word(next);
        // "2 năm 2018 và 2019", "hai ngày 20 và 21/11": the number counts what is listed.
        if self.number(end).is_some()
            && !(word == Word::Is("tháng") && self.is_any(end + 1, &["ngày", "tuần"]))
            && self.lists(next, end)
        {
            return None;
        }
        if self.is_any(end, &["tuổi", "sinh"]) || self.is(end, "thứ") {
            return None;
        }
        // "trong một ngày càng rộng" is broken "ngày càng".
        if self.is(end, "càng") {
            return None;
        }
        // "một ngày đẹp trời", "năm tháng qua đi"
        if self.is(at, "một")
            && word == Word::Is("ngày")
            && !self.before_is(at, 1, &["trong", "sau", "trước", "suốt"])
        {
            return None;
        }
        if self.is(at, "năm") && (word == Word::Is("tháng") || self.is(end, "tháng")) {
            return None;
        }
        // "một năm học", "ba tuần lễ"
        if self.is(end, "rưỡi") {
            let parse = Parse::new(end + 1, Value::Duration((from + 5) * factor, unit), "D429");
            return Some(parse);
        }
        if self.is(end, "lễ") && word == Word::Is("tuần") {
            end += 1;
        }
        let value = match to {
            Some(to) => Value::DurationRange(from * factor, to * factor, unit),
            None => Value::Duration(from.checked_mul(factor)?, unit),
        };
        let mut parse = Parse::new(end, value, "D429");
        match self.word(end) {
            Word::Is("qua" | "nay") => parse.next = end + 1,
            Word::Is("vừa") if self.is_any(end + 1, &["qua", "rồi"]) => parse.next = end + 2,
            Word::Is("tới") if self.closes(end + 1) => parse.next = end + 1,
            Word::Is("trước" | "sau") if self.is(end + 1, "đó") => parse.next = end + 2,
            Word::Is("trước" | "sau") if self.closes(end + 1) => parse.next = end + 1,
            _ => {}
        }
        Some(parse)
    }

    fn cardinal_after(&self, at: usize) -> Option<(usize, u32)> {
        if self.word(at) == Word::Number {
            let value = self.number(at)?;
            return (!self.stuck_after(at + 1))
                .then_some((at + 1, value * 10))
                .filter(|(_, v)| *v < 100_000);
        }
        self.spelled(at).map(|(next, n)| (next, n * 10))
    }

    /// The unit of a length: the token behind it, how many of the TIMEX3 unit, and its letter.
    fn length_unit(&self, at: usize) -> Option<(usize, u32, char)> {
        Some(match self.word(at) {
            Word::Is("năm") => (at + 1, 1, 'Y'),
            Word::Is("tháng") => (at + 1, 1, 'M'),
            Word::Is("tuần") => (at + 1, 1, 'W'),
            Word::Is("ngày") => (at + 1, 1, 'D'),
            Word::Is("thập") if self.is_any(at + 1, &["kỷ", "niên"]) => (at + 2, 10, 'Y'),
            Word::Is("thế") if self.is(at + 1, "kỷ") => (at + 2, 100, 'Y'),
            _ => return None,
        })
    }

    /// True when the figures behind a unit are a year, month or day of it.
    fn lists(&self, unit: usize, at: usize) -> bool {
        match self.word(unit) {
            // The figures are years: one, or a list; a stretch stands beside its length:
            // "kế hoạch 5 năm 2016-2020".
            Word::Is("năm") => matches!(self.years(at), Some((_, Value::Date(_)))),
            Word::Is("tháng") => self.number(at).is_some_and(|m| (1..=12).contains(&m)),
            Word::Is("ngày") => self.number(at).is_some_and(|d| (1..=31).contains(&d)),
            _ => false,
        }
    }
}
