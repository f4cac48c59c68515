//! Days of the lunar calendar: `rằm tháng Giêng`, `mùng 5 tháng 5`, `30 Tết`.

use crate::grammar::{Parse, Scan};
use crate::token::Word;
use crate::value::{Date, Unit, Value};

impl Scan<'_> {
    /// `6 Tết`, `30 Tết`: a day of the first month, or the last of the year.
    pub(crate) fn tet(&self, at: usize) -> Option<Parse> {
        let day = self.number(at).filter(|d| (1..=30).contains(d))? as u8;
        let month = if day >= 23 { 12 } else { 1 };
        (self.digits(at) <= 2 && !self.stuck_before(at) && self.is(at + 1, "tết"))
            .then(|| Parse::new(at + 2, Value::Lunar(Date::day(None, Some(month), day)), "D407"))
    }

    /// `mùng 5 tháng Giêng`, `rằm tháng 7`, `mùng 1 Tết`.
    pub(crate) fn lunar(&self, at: usize) -> Option<Parse> {
        let full_moon = self.is(at, "rằm");
        let (next, day) = if full_moon {
            (at + 1, 15)
        } else if let Some((next, value, _)) = self.figures(at + 1) {
            return self.finish(next, value, "D402");
        } else {
            match self.number(at + 1) {
                Some(day) => (at + 2, day),
                None => self.spelled(at + 1)?,
            }
        };
        if !(1..=31).contains(&day) || self.stuck_after(next) {
            return None;
        }
        if self.is(next, "tháng")
            && let Some((end, month)) = self.month_after(next)
        {
            let date = Date { day: Some(day as u8), unit: Unit::Day, ..month };
            let word = self.word(next + 1);
            if full_moon || matches!(word, Word::Is("giêng" | "chạp")) {
                return Some(Parse::new(end, Value::Lunar(date), "D407"));
            }
            return self.finish(end, date.into(), "D401");
        }
        let date = if self.is(next, "tết") {
            (next + 1, Date::day(None, Some(1), day as u8))
        } else if full_moon && !self.closes(next) {
            return None;
        } else {
            (next, Date::day(None, None, day as u8))
        };
        Some(Parse::new(date.0, Value::Lunar(date.1), "D407"))
    }
}
