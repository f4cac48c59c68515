//! Months and what is counted in them: `tháng 5/2019`, `quý II/2017`, `6 tháng đầu năm`.

use crate::grammar::{Anchor, Parse, Scan};
use crate::token::Word;
use crate::value::{Date, Unit, Value};

impl Scan<'_> {
    /// The month behind `tháng` at `at`, with its year where one follows.
    pub(crate) fn month_after(&self, at: usize) -> Option<(usize, Date)> {
        if let Some(found) = self.month_year(at + 1) {
            return Some(found);
        }
        let (mut next, month) = self.month_name(at + 1)?;
        if self.stuck_after(next) {
            return None;
        }
        let mut date = Date::month(None, month);
        if self.is(next, "năm")
            && let Some(year) = self.year_figure(next + 1)
            && !self.stuck_after(next + 2)
        {
            date.year = Some(year as u16);
            next += 2;
        }
        Some((next, date))
    }

    pub(crate) fn month_name(&self, at: usize) -> Option<(usize, u8)> {
        if let Some(month) = self.number(at) {
            let ok = self.digits(at) <= 2 && (1..=12).contains(&month);
            return ok.then_some((at + 1, month as u8));
        }
        match self.word(at) {
            Word::Is("giêng") => return Some((at + 1, 1)),
            Word::Is("chạp") => return Some((at + 1, 12)),
            // "những tháng năm tuổi trẻ" are months and years; "tháng Năm" is May.
            Word::Is("năm") if !self.upper(at) && !self.is(at + 1, "năm") => return None,
            Word::Is("năm") => return Some((at + 1, 5)),
            _ => {}
        }
        let (next, month) = self.spelled(at)?;
        (1..=12).contains(&month).then_some((next, month as u8))
    }

    pub(crate) fn month(&self, at: usize) -> Option<Parse> {
        let document = |next, offset, rule| {
            Some(
                Parse::new(next, Date::unknown(Unit::Month), rule)
                    .anchored(Anchor::Document(Unit::Month, offset)),
            )
        };
        let many = self.before_is(
            at,
            1,
            &["những", "các", "mấy", "nhiều", "hàng", "hằng", "vài", "bao", "từng"],
        );
        let counted = self.before(at, 1) == Word::Number;
        match self.word(at + 1) {
            Word::Is("này") if !many && !counted => return document(at + 2, 0, "D422"),
            Word::Is("trước" | "qua") if !many && !counted => {
                return document(at + 2, -1, "D422");
            }
            Word::Is("sau" | "tới") if !many && !counted && self.closes_or_goes_on(at + 2) => {
                return document(at + 2, 1, "D422");
            }
            Word::Is("vừa") if !many && self.is_any(at + 2, &["qua", "rồi"]) => {
                return document(at + 3, -1, "D422");
            }
            Word::Is("đó" | "ấy") if !many => {
                return Some(
                    Parse::new(at + 2, Date::unknown(Unit::Month), "D411")
                        .anchored(Anchor::Text(Unit::Month, 0)),
                );
            }
            _ => {}
        }
        // "Cách mạng tháng Tám" is a name.
        if self.before_is(at, 1, &["mạng"]) {
            return None;
        }
        // "tháng 3-5/2017", "tháng 7 - 8"
        if let Some(from) = self.number(at + 1).filter(|m| (1..=12).contains(m))
            && self.word(at + 2) == Word::Dash
            && let Some(to) = self.number(at + 3).filter(|m| (1..=12).contains(m) && *m > from)
            && self.digits(at + 3) <= 2
        {
            let mut next = at + 4;
            let mut year = None;
            if let Some((end, date)) = self.month_year_tail(at + 3) {
                (next, year) = (end, date.year);
            } else if self.is(next, "năm")
                && let Some(y) = self.year_figure(next + 1)
            {
                (next, year) = (next + 2, Some(y as u16));
            } else if self.stuck_after(next) {
                return None;
            }
            let range = Value::Range(Date::month(year, from as u8), Date::month(year, to as u8));
            return Some(Parse::new(next, range, "D421"));
        }
        let (next, date) = self.month_after(at)?;
        let lunar = matches!(self.word(at + 1), Word::Is("giêng" | "chạp"));
        if lunar {
            return Some(Parse::new(next, Value::Lunar(date), "D407"));
        }
        // "2 tháng 5 ngày" is a length, "hai tháng 7 và 8" are two months.
        if date.year.is_none() && self.is_any(next, &["ngày", "tuần", "tuổi"]) && counted {
            return None;
        }
        // "tháng ba tháng": words of one syllable need a sign.
        if self.number(at + 1).is_none()
            && date.year.is_none()
            && !self.upper(at + 1)
            && !(self.closes_or_goes_on(next))
        {
            return None;
        }
        self.finish(next, date.into(), "D421")
    }

    /// `5/2017` where the month is the second of a range.
    fn month_year_tail(&self, at: usize) -> Option<(usize, Date)> {
        let month = self.number(at)?;
        if self.word(at + 1) != Word::Slash || !self.joined(at + 1) || !self.joined(at + 2) {
            return None;
        }
        let year = self.year_figure(at + 2)?;
        (!self.stuck_after(at + 3)).then(|| (at + 3, Date::month(Some(year as u16), month as u8)))
    }

    /// `quý II/2017`, `quý 1 năm nay`.
    pub(crate) fn quarter(&self, at: usize) -> Option<Parse> {
        let quarter = match self.surface(at + 1) {
            "1" | "I" => 1,
            "2" | "II" => 2,
            "3" | "III" => 3,
            "4" | "IV" => 4,
            _ => return None,
        };
        let mut next = at + 2;
        if matches!(self.word(next), Word::Slash | Word::Dash)
            && self.joined(next)
            && let Some(year) = self.year_figure(next + 1)
        {
            return Some(Parse::new(next + 2, Value::Quarter(Some(year as u16), quarter), "D423"));
        }
        if self.stuck_after(next) {
            return None;
        }
        let mut anchor = Anchor::Written;
        let mut year = None;
        if let Some(y) = self.year_figure(next) {
            (next, year) = (next + 1, Some(y as u16));
        } else if self.is(next, "năm") {
            if let Some(y) = self.year_figure(next + 1) {
                (next, year) = (next + 2, Some(y as u16));
            } else if let Some(offset) = self.year_word(next + 1) {
                (next, anchor) = (next + 2, Anchor::Document(Unit::Year, offset));
            }
        }
        Some(Parse::new(next, Value::Quarter(year, quarter), "D423").anchored(anchor))
    }

    /// `6 tháng đầu năm 2017`, `3 tháng cuối năm`.
    /// `next` and `tenths` are what [`Scan::cardinal`] read.
    pub(crate) fn months_of_year(&self, (next, tenths): (usize, u32)) -> Option<Parse> {
        let count = tenths / 10;
        if !self.is(next, "tháng")
            || !self.is_any(next + 1, &["đầu", "cuối"])
            || !(1..12).contains(&count)
        {
            return None;
        }
        let first = self.is(next + 1, "đầu");
        let (end, year, anchor) = match self.is(next + 2, "năm").then(|| self.year(next + 2)) {
            Some(Some(Parse { next, value: Value::Date(date), anchor, .. })) => {
                (next, date.year, anchor)
            }
            Some(_) => (next + 3, None, Anchor::Document(Unit::Year, 0)),
            None => return None,
        };
        let value = if count == 6 {
            Value::Half(year, if first { 1 } else { 2 })
        } else {
            let (from, to) = if first { (1, count as u8) } else { (13 - count as u8, 12) };
            Value::Range(Date::month(year, from), Date::month(year, to))
        };
        Some(Parse::new(end, value, "D423").anchored(anchor))
    }
}
