//! Anything longer than a day, by the word it begins with: `trung tuần tháng 5/2016`, `cuối năm`.

use crate::grammar::{Anchor, Parse, Scan};
use crate::token::Word;
use crate::value::{Date, Unit, Value};

impl Scan<'_> {
    /// Anything longer than a day.
    pub(crate) fn period(&self, at: usize) -> Option<Parse> {
        let Word::Is(word) = self.word(at) else {
            return if self.word(at) == Word::Number { self.counted_period(at) } else { None };
        };
        let parse = match word {
            "tháng" => self.month(at),
            "năm" => self.year(at),
            "tuần" => self.week(at),
            "đầu" | "giữa" | "cuối" | "thượng" | "trung" | "hạ" | "nửa" => {
                self.part_of_period(at)
            }
            "quý" => self.quarter(at),
            "mùa" | "hè" | "xuân" | "thu" | "đông" => self.season(at),
            "thế" if self.is(at + 1, "kỷ") => self.century(at + 2),
            "thập" if self.is_any(at + 1, &["niên", "kỷ"]) => self.decade(at + 2),
            "những" if self.is(at + 1, "năm") => self.decade(at + 2),
            "giai" if self.is(at + 1, "đoạn") => self.stretch(at + 2),
            "thời" if self.is(at + 1, "kỳ") => self.stretch(at + 2),
            "niên" if self.is_any(at + 1, &["khoá", "độ"]) => self.stretch(at + 2),
            "cùng" => self.same_period(at),
            _ => None,
        };
        parse.or_else(|| self.counted(at))
    }

    /// What begins with figures: a month, years, a length, months at the head of a year.
    fn counted_period(&self, at: usize) -> Option<Parse> {
        if let Some((next, date)) = self.month_year(at) {
            let law = self.before_is(at, 1, &["số", "định", "tư", "lệnh", "thị", "văn", "luật"]);
            return (!law && self.lexemes[at + 1].word() == Word::Slash
                || self.before_is(at, 1, &["từ", "đến", "tới", "vào", "hồi"])
                || self.after_expression(at))
            .then(|| Parse::new(next, date, "D421"));
        }
        let cardinal = self.cardinal(at);
        if let Some(parse) = cardinal.and_then(|cardinal| self.months_of_year(cardinal)) {
            return Some(parse);
        }
        if let Some((next, value)) = self.years(at)
            && !self.counts(next)
            && self.means_a_year(at, value)
        {
            return Some(Parse::new(next, value, "D424"));
        }
        self.length(at, cardinal?)
    }

    fn week(&self, at: usize) -> Option<Parse> {
        let many = self.before_is(
            at,
            1,
            &[
                "những",
                "các",
                "mấy",
                "nhiều",
                "hàng",
                "vài",
                "trung",
                "thượng",
                "hạ",
                "một",
                "hai",
                "ba",
                "bốn",
                "mỗi",
            ],
        ) || self.before(at, 1) == Word::Number;
        if many {
            return None;
        }
        let (next, offset) = match self.word(at + 1) {
            Word::Is("này") => (at + 2, 0),
            Word::Is("trước" | "qua" | "rồi") => (at + 2, -1),
            Word::Is("vừa") if self.is_any(at + 2, &["qua", "rồi"]) => (at + 3, -1),
            Word::Is("sau" | "tới") if self.closes_or_goes_on(at + 2) => (at + 2, 1),
            _ => return None,
        };
        Some(
            Parse::new(next, Date::unknown(Unit::Week), "D406")
                .anchored(Anchor::Document(Unit::Week, offset)),
        )
    }

    /// `trung tuần tháng 5/2016`, `cuối năm 2015`, `đầu tuần này`, `nửa đầu năm 2017`.
    fn part_of_period(&self, at: usize) -> Option<Parse> {
        let mut i = at + 1;
        let Word::Is(word) = self.word(at) else { return None };
        match word {
            "thượng" | "trung" | "hạ" if !self.is(i, "tuần") => return None,
            "thượng" | "trung" | "hạ" => i += 1,
            "nửa" if !self.is_any(i, &["đầu", "cuối", "sau"]) => return None,
            "nửa" => {
                let half = if self.is(i, "đầu") { 1 } else { 2 };
                let parse = self.is(i + 1, "năm").then(|| self.year(i + 1)).flatten();
                if let Some(Parse { next, value: Value::Date(date), anchor, .. }) = parse {
                    return Some(
                        Parse::new(next, Value::Half(date.year, half), "D423").anchored(anchor),
                    );
                }
                i += 1;
            }
            _ => {}
        }
        let ten_days = match word {
            "thượng" => 1,
            "trung" => 2,
            "hạ" => 3,
            _ => 0,
        };
        let inner = match self.word(i) {
            Word::Is("tháng") => self.month(i).or_else(|| self.bare(i, Unit::Month)),
            Word::Is("năm") => self.year(i).or_else(|| self.bare(i, Unit::Year)),
            Word::Is("tuần") if word == "cuối" => {
                let whole = self.week(i);
                let next = whole.as_ref().map_or(i + 1, |r| r.next);
                let anchor = whole.map_or(Anchor::Written, |r| r.anchor);
                Some(Parse::new(next, Value::Weekday(8, None), "D406").anchored(anchor))
            }
            Word::Is("tuần") => self.week(i).or_else(|| self.bare(i, Unit::Week)),
            Word::Is("quý") => self.quarter(i),
            Word::Is("mùa" | "hè" | "xuân" | "thu" | "đông") => self.season(i),
            Word::Is("thế") if self.is(i + 1, "kỷ") => self.century(i + 2),
            Word::Is("thập") if self.is_any(i + 1, &["niên", "kỷ"]) => self.decade(i + 2),
            Word::Is("những") if self.is(i + 1, "năm") => self.decade(i + 2),
            Word::Number => {
                let (next, date) = self.month_year(i).or_else(|| {
                    let year = self.year_figure(i).filter(|y| (1900..2061).contains(y))?;
                    (!self.stuck_after(i + 1) && !self.counts(i + 1))
                        .then(|| (i + 1, Date::year(year as u16)))
                })?;
                Some(Parse::new(next, date, "D424"))
            }
            _ => None,
        };
        let mut parse = inner?;
        if ten_days > 0 {
            let Value::Date(Date { unit: Unit::Month, .. }) = parse.value else { return None };
            parse.rule = ["D431", "D432", "D433"][ten_days - 1];
        }
        Some(parse)
    }

    /// `đầu tháng`, `cuối năm` without more: the one that the document is in.
    fn bare(&self, at: usize, unit: Unit) -> Option<Parse> {
        let ok = self.closes(at + 1)
            || !matches!(
                self.word(at + 1),
                Word::Is("học" | "mới" | "cùng" | "thứ") | Word::Number
            );
        ok.then(|| {
            Parse::new(at + 1, Date::unknown(unit), "D425").anchored(Anchor::Document(unit, 0))
        })
    }

    fn same_period(&self, at: usize) -> Option<Parse> {
        let unit = match self.word(at + 1) {
            Word::Is("tháng") => Unit::Month,
            Word::Is("năm") => Unit::Year,
            _ => return None,
        };
        // "cùng năm sinh", "cùng năm 2016" are something else.
        let ok = self.closes_or_goes_on(at + 2) && !self.is(at + 2, "năm");
        ok.then(|| Parse::new(at + 2, Date::unknown(unit), "D411").anchored(Anchor::Text(unit, 0)))
    }
}
