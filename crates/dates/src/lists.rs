//! Days and months that share what follows them: `ngày 20, 21 và 22/11`, `tháng 3, 4 và 5/2017`.

use crate::context::SEPARATORS;
use crate::grammar::{Parse, Scan};
use crate::numeric::Form;
use crate::token::Word;
use crate::value::{Date, Part, Value};

impl Scan<'_> {
    /// Days that share a month: `ngày 20, 21 và 22/11`, `từ 4 đến 6/3`, `đêm 20 rạng sáng 21/11`.
    pub(crate) fn coordination(&mut self, at: usize) -> Option<usize> {
        if let Some(next) = self.month_coordination(at) {
            return Some(next);
        }
        let mut items: [(usize, usize, u8, Option<Part>); 8] = [(0, 0, 0, None); 8];
        let mut count = 0;
        let mut start = at;
        let mut marked = false;
        loop {
            let (mut i, part) = match self.part(start) {
                Some((next, part)) => (next, Some(part)),
                None => (start, None),
            };
            let triggered = part.is_some() || self.is_any(i, &["ngày", "mùng", "mồng"]);
            if self.is(i, "ngày") {
                i += 1;
            }
            if self.is_any(i, &["mùng", "mồng"]) {
                i += 1;
            }
            marked |= triggered;
            if count == 0 && !triggered && !self.before_is(at, 1, &["từ"]) {
                return None;
            }
            if count > 0 {
                let end = match self.figures(i) {
                    Some((next, Value::Date(date), Form::Full | Form::Stroke)) => {
                        Some((next, date))
                    }
                    // "ngày 17 đến 20-6", but "ngày 3 và 4-5 người bị thương"
                    Some((next, Value::Date(date), Form::Loose))
                        if marked && self.closes_or_goes_on(next) =>
                    {
                        Some((next, date))
                    }
                    Some(_) => return None,
                    None => self.day_of_month(i),
                };
                if let Some((next, date)) = end {
                    let last = self.finish(next, date.into(), "D404")?;
                    let Value::Date(whole) = last.value else { return None };
                    for (first, next, day, part) in items.into_iter().take(count) {
                        // "đêm 31, ngày 1/6": the month before.
                        let back = whole.day.is_some_and(|last| day > last);
                        let (year, month) = match (back, whole.month) {
                            (true, Some(1)) => (whole.year.map(|y| y - 1), Some(12)),
                            (true, month) => (whole.year, month.map(|m| m - 1)),
                            (false, month) => (whole.year, month),
                        };
                        let value = Date { year, month, day: Some(day), part, ..whole };
                        self.push(first, Parse::new(next, value, "D404").anchored(last.anchor));
                    }
                    let value = Date { part, ..whole };
                    return Some(self.push(start, Parse { value: value.into(), ..last }));
                }
            }
            let day = self.number(i).filter(|d| (1..=31).contains(d))? as u8;
            if self.digits(i) > 2 || self.stuck_after(i + 1) || self.stuck_before(i) {
                return None;
            }
            *items.get_mut(count)? = (start, i + 1, day, part);
            count += 1;
            start = match self.word(i + 1) {
                Word::Comma => i + 2 + usize::from(self.is(i + 2, "và")),
                Word::Is(word) if SEPARATORS.contains(&word) => i + 2,
                Word::Is("rạng") => i + 1,
                _ => return None,
            };
        }
    }

    /// Months that share a year: `tháng 3, 4 và 5/2017`, `tháng 9 đến tháng 11 năm 2016`.
    fn month_coordination(&mut self, at: usize) -> Option<usize> {
        if !self.is(at, "tháng") {
            return None;
        }
        let mut items: [(usize, usize, u8); 12] = [(0, 0, 0); 12];
        let mut count = 0;
        let mut start = at;
        loop {
            let i = start + usize::from(self.is(start, "tháng"));
            if count > 0 {
                let end = self.month_year(i).or_else(|| {
                    let (next, month) = self.month_name(i)?;
                    let year =
                        self.is(next, "năm").then(|| self.year_figure(next + 1)).flatten()?;
                    Some((next + 2, Date::month(Some(year as u16), month)))
                });
                if let Some((next, date)) = end {
                    for (first, next, month) in items.into_iter().take(count) {
                        self.push(first, Parse::new(next, Date::month(date.year, month), "D421"));
                    }
                    return Some(self.push(start, Parse::new(next, date, "D421")));
                }
            }
            let month = self.number(i).filter(|m| (1..=12).contains(m))? as u8;
            if self.digits(i) > 2 || self.stuck_after(i + 1) {
                return None;
            }
            *items.get_mut(count)? = (start, i + 1, month);
            count += 1;
            start = match self.word(i + 1) {
                Word::Comma | Word::Is("và" | "đến" | "tới") => i + 2,
                _ => return None,
            };
        }
    }
}
