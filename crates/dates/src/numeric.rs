//! Numbers and what marks make of them: `20/11/2019`, `20-25/11`, `2018-2020`, `mười lăm`.

use crate::grammar::Scan;
use crate::token::Word;
use crate::value::{Date, Unit, Value};

/// How much a date in figures says by itself.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Form {
    /// Day, month and year: certain.
    Full,
    /// Day and month with a stroke: needs a sign that it is no fraction.
    Stroke,
    /// Day and month with a hyphen or stop: needs a trigger right before it.
    Loose,
}

pub(crate) const YEARS: std::ops::RangeInclusive<u32> = 1000..=2100;

impl Scan<'_> {
    /// A day in figures at `at`, perhaps a stretch of days.
    pub(crate) fn figures(&self, at: usize) -> Option<(usize, Value, Form)> {
        if self.stuck_before(at) {
            return None;
        }
        let (next, value, form) = self.figures_inner(at)?;
        // `1-5/3/2017`, `20/11 - 25/11`
        if let Value::Date(from) = value
            && self.word(next) == Word::Dash
            && (form != Form::Loose || self.before_is(at, 1, &["từ"]))
            && let Some((end, Value::Date(to), to_form)) = self.figures_inner(next + 1)
            && (to_form != Form::Loose || form == Form::Loose)
            && !self.stuck_after(end)
        {
            let from = Date { year: from.year.or(to.year), ..from };
            return Some((end, Value::Range(from, to), form));
        }
        (!self.stuck_after(next)).then_some((next, value, form))
    }

    fn figures_inner(&self, at: usize) -> Option<(usize, Value, Form)> {
        let first = self.number(at)?;
        let digits = self.digits(at);
        let mark = self.word(at + 1);
        if !matches!(mark, Word::Slash | Word::Dash | Word::Dot) {
            return None;
        }
        let tight = self.joined(at + 1) && self.joined(at + 2);
        let second = self.number(at + 2)?;
        let third = |mark| {
            (self.word(at + 3) == mark && self.joined(at + 3) && self.joined(at + 4))
                .then(|| self.number(at + 4).map(|n| (n, self.digits(at + 4))))
                .flatten()
        };
        if tight
            && digits == 4
            && mark == Word::Dash
            && let Some((day, 1 | 2)) = third(mark)
        {
            let date = day_of(day, second, Some(first))?; // 2017-11-20
            return Some((at + 5, date.into(), Form::Full));
        }
        if digits > 2 || self.digits(at + 2) > 2 {
            return None;
        }
        // 20-25/11, 20 - 25/11/2017, and behind "ngày" 11-12.12.1961
        let dotted = self.day_trigger(at) && self.word(at + 3) == Word::Dot;
        let between = if dotted { Word::Dot } else { Word::Slash };
        if mark == Word::Dash
            && let Some((month, 1 | 2)) = third(between)
        {
            let mut next = at + 5;
            let mut year = None;
            if self.word(next) == between
                && self.joined(next)
                && self.joined(next + 1)
                && self.word(next + 1) == Word::Number
            {
                year = Some(self.year_figure(next + 1)?);
                next += 2;
            }
            let (from, to) = (day_of(first, month, year)?, day_of(second, month, year)?);
            let form = if year.is_some() { Form::Full } else { Form::Stroke };
            return (first < second).then_some((next, Value::Range(from, to), form));
        }
        if !tight {
            return None;
        }
        if let Some((year, len)) = third(mark) {
            let year = match len {
                4 if YEARS.contains(&year) => year,
                2 if mark == Word::Slash || self.day_trigger(at) => century_of(year),
                _ => return None,
            };
            let date = day_of(first, second, Some(year))?;
            return Some((at + 5, date.into(), Form::Full));
        }
        let date = day_of(first, second, None)?;
        let form = if mark == Word::Slash { Form::Stroke } else { Form::Loose };
        Some((at + 3, date.into(), form))
    }

    /// A year of four digits that is not part of a longer number.
    pub(crate) fn year_figure(&self, at: usize) -> Option<u32> {
        let year = self.number(at)?;
        (self.digits(at) == 4 && YEARS.contains(&year)).then_some(year)
    }

    /// Month and year in figures: `12/2013`, `5-2019`.
    pub(crate) fn month_year(&self, at: usize) -> Option<(usize, Date)> {
        let month = self.number(at)?;
        if self.digits(at) > 2
            || !(1..=12).contains(&month)
            || !matches!(self.word(at + 1), Word::Slash | Word::Dash | Word::Dot)
            || !self.joined(at + 1)
            || !self.joined(at + 2)
            || self.stuck_before(at)
            || self.stuck_after(at + 3)
        {
            return None;
        }
        let year = self.year_figure(at + 2)?;
        Some((at + 3, Date::month(Some(year as u16), month as u8)))
    }

    /// A year or a stretch of years: `2018`, `2018-2020`, `2016/17`.
    pub(crate) fn years(&self, at: usize) -> Option<(usize, Value)> {
        let from = self.year_figure(at)?;
        if self.stuck_before(at) {
            return None;
        }
        let mark = self.word(at + 1);
        if matches!(mark, Word::Dash | Word::Slash)
            && let Some(to) = self.number(at + 2)
            && !self.stuck_after(at + 3)
        {
            let tight = self.joined(at + 1) && self.joined(at + 2);
            let range = |to: u32| Value::Range(Date::year(from as u16), Date::year(to as u16));
            match self.digits(at + 2) {
                4 if YEARS.contains(&to) && to > from && (mark == Word::Dash || tight) => {
                    return Some((at + 3, range(to)));
                }
                2 if tight && to == (from + 1) % 100 => return Some((at + 3, range(from + 1))),
                _ => {}
            }
        }
        (!self.stuck_after(at + 1)).then(|| (at + 1, Date::year(from as u16).into()))
    }

    /// A cardinal in figures or words, in tenths: `70`, `1,5`, `1.000`, `hai mươi lăm`.
    pub(crate) fn cardinal(&self, at: usize) -> Option<(usize, u32)> {
        if self.word(at) == Word::Number {
            if self.stuck_before(at) {
                return None;
            }
            let mut value = self.number(at)?;
            let mut next = at + 1;
            // 1.000 is a thousand, 1,5 one and a half.
            while self.word(next) == Word::Dot
                && self.joined(next)
                && self.joined(next + 1)
                && self.word(next + 1) == Word::Number
                && self.digits(next + 1) == 3
            {
                value = value.checked_mul(1000)?.checked_add(self.number(next + 1)?)?;
                next += 2;
            }
            if self.word(next) == Word::Comma
                && self.joined(next)
                && self.joined(next + 1)
                && self.word(next + 1) == Word::Number
                && self.digits(next + 1) == 1
            {
                return Some((next + 2, value.checked_mul(10)? + self.number(next + 1)?));
            }
            if self.is_any(next, &["nghìn", "ngàn"]) {
                return Some((next + 1, value.checked_mul(10_000)?));
            }
            return Some((next, value.checked_mul(10)?));
        }
        let (next, value) = self.spelled(at)?;
        Some((next, value * 10))
    }

    /// A number in words up to 99, or `một trăm`, `một nghìn`.
    pub(crate) fn spelled(&self, at: usize) -> Option<(usize, u32)> {
        let Word::Is(first) = self.word(at) else { return None };
        if first == "mười" {
            return Some(match self.unit_word(at + 1, true) {
                Some(unit) if !self.is(at + 1, "năm") => (at + 2, 10 + unit),
                _ => (at + 1, 10),
            });
        }
        let tens = digit(first)?;
        if self.is(at + 1, "mươi") {
            return Some(match self.unit_word(at + 2, true) {
                // "hai mươi năm" is twenty years, "hai mươi lăm" twenty-five
                Some(unit) if !self.is(at + 2, "năm") => (at + 3, 10 * tens + unit),
                _ => (at + 2, 10 * tens),
            });
        }
        if self.is(at + 1, "trăm") {
            return Some((at + 2, 100 * tens));
        }
        if self.is_any(at + 1, &["nghìn", "ngàn"]) {
            return Some((at + 2, 1000 * tens));
        }
        Some((at + 1, tens))
    }

    fn unit_word(&self, at: usize, after_ten: bool) -> Option<u32> {
        match self.word(at) {
            Word::Is("lăm") if after_ten => Some(5),
            Word::Is("mốt") if after_ten => Some(1),
            Word::Is(word) => digit(word),
            _ => None,
        }
    }

    /// True when the number hangs on something: `46/2016/NĐ-CP`, `0912-2017`, `3,5`.
    pub(crate) fn stuck_before(&self, at: usize) -> bool {
        if at == 0 || !self.joined(at) {
            return false;
        }
        match self.lexemes[at - 1].word() {
            Word::Open | Word::Mark => false,
            // "11/2017,20" never occurs, but "…ngày 5,6/3" does: a comma separates.
            Word::Comma | Word::Colon => {
                at >= 2
                    && self.joined(at - 1)
                    && self.lexemes[at - 2].word() == Word::Number
                    && self.lexemes[at - 1].word() == Word::Colon
            }
            // "-21/3" opens a line, "họp.20/11" is glued; "A-2017" and "3/2017" hang.
            Word::Dash | Word::Slash | Word::Dot => {
                let number = at >= 2 && self.lexemes[at - 2].word() == Word::Number;
                at >= 2
                    && self.joined(at - 1)
                    && (number || self.lexemes[at - 1].word() != Word::Dot)
            }
            _ => true,
        }
    }

    /// True when what begins at `at` hangs on the figures before it: `/NĐ-CP`, `.5`, `%`.
    pub(crate) fn stuck_after(&self, at: usize) -> bool {
        if !self.joined(at) {
            return false;
        }
        match self.word(at) {
            Word::Slash | Word::Dash => {
                self.joined(at + 1)
                    && matches!(
                        self.word(at + 1),
                        Word::Number | Word::Other | Word::Is(_) | Word::Clock
                    )
            }
            Word::Dot | Word::Comma => self.joined(at + 1) && self.word(at + 1) == Word::Number,
            Word::Colon => self.joined(at + 1) && self.word(at + 1) == Word::Number,
            Word::Mark => {
                matches!(self.surface(at), "%" | "°" | "$" | "€" | "+" | "*" | "@" | "_" | "=")
            }
            Word::Number | Word::Clock => true,
            Word::Other | Word::Is(_) => self.atoms[at].span.start() == self.end(at - 1),
            _ => false,
        }
    }
}

fn digit(word: &str) -> Option<u32> {
    Some(match word {
        "một" => 1,
        "hai" => 2,
        "ba" => 3,
        "bốn" | "tư" => 4,
        "năm" => 5,
        "sáu" => 6,
        "bảy" | "bẩy" => 7,
        "tám" => 8,
        "chín" => 9,
        _ => return None,
    })
}

/// Numbers of two digits: `17` is 2017, `95` is 1995.
fn century_of(year: u32) -> u32 {
    if year <= 40 { 2000 + year } else { 1900 + year }
}

fn day_of(day: u32, month: u32, year: Option<u32>) -> Option<Date> {
    let ok = (1..=31).contains(&day)
        && (1..=12).contains(&month)
        && day <= u32::from(crate::calendar::days_in(year.unwrap_or(2000) as u16, month as u8))
        && year.is_none_or(|y| YEARS.contains(&y));
    ok.then(|| Date {
        year: year.map(|y| y as u16),
        month: Some(month as u8),
        day: Some(day as u8),
        unit: Unit::Day,
        ..Date::default()
    })
}
