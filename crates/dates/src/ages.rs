//! Stretches longer than a year: `giai đoạn 2021-2030`, `những năm 1980`, `thế kỷ XX`.

use crate::grammar::{Parse, Scan};
use crate::token::Word;
use crate::value::Value;

impl Scan<'_> {
    pub(crate) fn century(&self, at: usize) -> Option<Parse> {
        let century = match self.number(at) {
            Some(number) if !self.stuck_after(at + 1) => number,
            Some(_) => return None,
            None => roman(self.surface(at))?,
        };
        (1..=21)
            .contains(&century)
            .then(|| Parse::new(at + 1, Value::Century(century as u8 - 1), "D428"))
    }

    /// `thập niên 1980`, `những năm 90`.
    pub(crate) fn decade(&self, at: usize) -> Option<Parse> {
        let year = self.number(at)?;
        if !year.is_multiple_of(10) || self.stuck_after(at + 1) {
            return None;
        }
        let year = match self.digits(at) {
            2 => 1900 + year,
            4 if (1500..2050).contains(&year) => year,
            _ => return None,
        };
        Some(Parse::new(at + 1, Value::Decade((year / 10) as u16), "D428"))
    }

    /// Years behind `giai đoạn`, `thời kỳ`: `giai đoạn 2021-2030`.
    pub(crate) fn stretch(&self, at: usize) -> Option<Parse> {
        let i = at + usize::from(self.is(at, "năm"));
        if let Some((next, value)) = self.years(i) {
            return (!self.counts(next)).then(|| Parse::new(next, value, "D426"));
        }
        // "giai đoạn 9/2016 - 12/2017", "giai đoạn tháng 1-6/2017"
        let (next, from) = self.month_year(i)?;
        if self.word(next) == Word::Dash
            && let Some((end, to)) = self.month_year(next + 1)
        {
            return Some(Parse::new(end, Value::Range(from, to), "D426"));
        }
        None
    }
}

fn roman(surface: &str) -> Option<u32> {
    const CENTURIES: [&str; 21] = [
        "I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI", "XII", "XIII", "XIV",
        "XV", "XVI", "XVII", "XVIII", "XIX", "XX", "XXI",
    ];
    CENTURIES.iter().position(|c| *c == surface).map(|i| i as u32 + 1)
}
