//! Months, years, longer stretches and lengths of time: `trung tuần tháng 5/2016`, `giai đoạn
//! 2021-2030`, `quý II/2017`, `những năm 1980`, `ba năm`.

use crate::grammar::{Anchor, Reading, Scan};
use crate::token::Word;
use crate::value::{Date, Unit, Value};

const STEMS: &[&str] = &["giáp", "ất", "bính", "đinh", "mậu", "kỷ", "canh", "tân", "nhâm", "quý"];
const BRANCHES: &[&str] =
    &["tý", "sửu", "dần", "mão", "thìn", "tị", "ngọ", "mùi", "thân", "dậu", "tuất", "hợi"];

/// Nouns that a number of four digits counts: `năm 2000 tấn` is no year.
const COUNTED: &[&str] = &[
    "đồng",
    "tỷ",
    "triệu",
    "tấn",
    "tạ",
    "người",
    "usd",
    "km",
    "m",
    "kg",
    "ha",
    "cm",
    "mm",
    "mét",
    "đô",
    "vnđ",
    "đ",
    "con",
    "chiếc",
    "cái",
    "căn",
    "hộ",
    "xe",
    "suất",
    "vé",
    "lượt",
    "em",
    "cháu",
    "ca",
    "m2",
    "lít",
    "tệ",
    "yen",
    "won",
    "bảng",
    "w",
    "cc",
    "calo",
    "kw",
    "mw",
    "bài",
    "câu",
    "quyển",
    "trường",
    "nghìn",
    "ngàn",
    "tuổi",
    "bộ",
    "lần",
    "ngày",
];

impl Scan<'_> {
    /// Anything longer than a day.
    pub(crate) fn period(&self, at: usize) -> Option<Reading> {
        let Word::Is(word) = self.word(at) else {
            return if self.word(at) == Word::Number { self.counted_period(at) } else { None };
        };
        let reading = match word {
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
        reading.or_else(|| self.duration(at))
    }

    /// What begins with figures: a month, years, a length, months at the head of a year.
    fn counted_period(&self, at: usize) -> Option<Reading> {
        if let Some((next, date)) = self.month_year(at) {
            let law = self.before_is(at, 1, &["số", "định", "tư", "lệnh", "thị", "văn", "luật"]);
            return (!law && self.tokens[at + 1].word == Word::Slash
                || self.before_is(at, 1, &["từ", "đến", "tới", "vào", "hồi"])
                || self.after_expression(at))
            .then(|| Reading::new(next, date, "D421"));
        }
        if let Some(reading) = self.months_of_year(at) {
            return Some(reading);
        }
        if let Some((next, value)) = self.years(at)
            && !self.counts(next)
            && self.means_a_year(at, value)
        {
            return Some(Reading::new(next, value, "D424"));
        }
        self.duration(at)
    }

    /// A year without `năm` is one in a range, after a preposition or in the name of something
    /// that takes place in years.
    fn means_a_year(&self, at: usize, value: Value) -> bool {
        if let Value::Range(..) = value {
            return !self.before_is(at, 1, &["số", "khoảng", "đường"]);
        }
        let Value::Date(Date { year: Some(1900..=2060), .. }) = value else { return false };
        if self.after_expression(at) && !self.before_is(at, 1, &["với"]) {
            return true;
        }
        if self.before_is(
            at,
            1,
            &[
                "đầu", "giữa", "cuối", "từ", "đến", "tới", "trước", "sau", "vào", "hè", "xuân",
                "thu", "đông", "hết",
            ],
        ) {
            return true;
        }
        // "(1986)", "(Celtic sang Barcelona, 2004)"
        if self.word(at + 1) == Word::Close
            && matches!(self.before(at, 1), Word::Open | Word::Comma)
        {
            return true;
        }
        // "MWC 2017", but not "Wagon R 2017", a model.
        if let Some(before) = at.checked_sub(1).map(|i| self.surface(i))
            && before.len() >= 3
            && before.bytes().all(|b| b.is_ascii_uppercase())
        {
            return true;
        }
        const NAMED: &[&str] = &[
            "giải", "cup", "cúp", "hội", "liên", "festival", "games", "league", "euro", "olympic",
            "apec", "seagames", "luật", "hiến", "bộ", "mùa", "vụ", "tết", "xuân", "asiad", "đại",
            "show", "bowl", "open", "expo", "awards", "world",
        ];
        self.before(at, 1) != Word::Comma
            && (1..=4).any(|back| self.before_is(at, back, NAMED))
            && !matches!(
                self.before(at, 1),
                Word::Number | Word::Is("số" | "hơn" | "gần" | "khoảng")
            )
    }

    fn counts(&self, at: usize) -> bool {
        self.is_any(at, COUNTED)
    }

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

    fn month_name(&self, at: usize) -> Option<(usize, u8)> {
        if let Some(month) = self.number(at) {
            let ok = self.tokens[at].digits() <= 2 && (1..=12).contains(&month);
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

    fn month(&self, at: usize) -> Option<Reading> {
        let document = |next, offset, rule| {
            Some(
                Reading::new(next, Date::unknown(Unit::Month), rule)
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
                    Reading::new(at + 2, Date::unknown(Unit::Month), "D411")
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
            && self.tokens[at + 3].digits() <= 2
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
            return Some(Reading::new(next, range, "D421"));
        }
        let (next, date) = self.month_after(at)?;
        let lunar = matches!(self.word(at + 1), Word::Is("giêng" | "chạp"));
        if lunar {
            return Some(Reading::new(next, Value::Lunar(date), "D407"));
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

    /// Months that share a year: `tháng 3, 4 và 5/2017`, `tháng 9 đến tháng 11 năm 2016`.
    pub(crate) fn month_coordination(&mut self, at: usize) -> Option<usize> {
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
                        self.push(first, Reading::new(next, Date::month(date.year, month), "D421"));
                    }
                    return Some(self.push(start, Reading::new(next, date, "D421")));
                }
            }
            let month = self.number(i).filter(|m| (1..=12).contains(m))? as u8;
            if self.tokens[i].digits() > 2 || self.stuck_after(i + 1) {
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

    fn year(&self, at: usize) -> Option<Reading> {
        let many = self.before_is(
            at,
            1,
            &["những", "các", "mấy", "nhiều", "hàng", "hằng", "vài", "bao", "từng"],
        );
        let counted = self.before(at, 1) == Word::Number
            || self.before_is(
                at,
                1,
                &[
                    "một", "hai", "ba", "bốn", "tư", "năm", "sáu", "bảy", "tám", "chín", "mười",
                    "mươi", "trăm", "nghìn", "ngàn", "chục",
                ],
            );
        let document = |next, offset| {
            Some(
                Reading::new(next, Date::unknown(Unit::Year), "D425")
                    .anchored(Anchor::Document(Unit::Year, offset)),
            )
        };
        if self.is(at + 1, "học") {
            let (next, value) = self.years(at + 2)?;
            return Some(Reading::new(next, value, "D426"));
        }
        match self.word(at + 1) {
            Word::Is("nay") if !counted => return document(at + 2, 0),
            Word::Is("ngoái") => return document(at + 2, -1),
            Word::Is("kia") if !counted => return document(at + 2, -2),
            Word::Is("trước" | "qua") if !many && !counted => return document(at + 2, -1),
            Word::Is("sau" | "tới") if !many && !counted && self.closes_or_goes_on(at + 2) => {
                return document(at + 2, 1);
            }
            Word::Is("vừa") if !many && !counted && self.is_any(at + 2, &["qua", "rồi"]) => {
                return document(at + 3, -1);
            }
            Word::Is("đó" | "ấy") if !many && !counted => {
                return Some(
                    Reading::new(at + 2, Date::unknown(Unit::Year), "D411")
                        .anchored(Anchor::Text(Unit::Year, 0)),
                );
            }
            Word::Is(stem) if STEMS.contains(&stem) && self.is_any(at + 2, BRANCHES) => {
                let year = self.year_figure(at + 3).filter(|_| !self.stuck_after(at + 4));
                let date = year.map_or(Date::unknown(Unit::Year), |y| Date::year(y as u16));
                return Some(Reading::new(at + 3 + usize::from(year.is_some()), date, "D424"));
            }
            _ => {}
        }
        if let Some((next, value)) = self.years(at + 1) {
            let rate = self.before_is(at, 1, &["mỗi", "một", "hàng", "hằng"])
                || self.before(at, 1) == Word::Slash;
            if self.counts(next) && !matches!(value, Value::Range(..))
                || rate && self.word(next) == Word::Other
            {
                return None;
            }
            let mut reading = Reading::new(next, value, "D424");
            self.deictic(&mut reading);
            return Some(reading);
        }
        // "năm 938": three figures only where they can count nothing.
        let year = self.number(at + 1).filter(|y| (100..1000).contains(y))?;
        (self.tokens[at + 1].digits() == 3
            && !self.stuck_after(at + 2)
            && !counted
            && self.closes_or_goes_on(at + 2))
        .then(|| Reading::new(at + 2, Date::year(year as u16), "D424"))
    }

    fn week(&self, at: usize) -> Option<Reading> {
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
            Reading::new(next, Date::unknown(Unit::Week), "D406")
                .anchored(Anchor::Document(Unit::Week, offset)),
        )
    }

    /// `trung tuần tháng 5/2016`, `cuối năm 2015`, `đầu tuần này`, `nửa đầu năm 2017`.
    fn part_of_period(&self, at: usize) -> Option<Reading> {
        let mut i = at + 1;
        let Word::Is(word) = self.word(at) else { return None };
        match word {
            "thượng" | "trung" | "hạ" if !self.is(i, "tuần") => return None,
            "thượng" | "trung" | "hạ" => i += 1,
            "nửa" if !self.is_any(i, &["đầu", "cuối", "sau"]) => return None,
            "nửa" => {
                let half = if self.is(i, "đầu") { 1 } else { 2 };
                let reading = self.is(i + 1, "năm").then(|| self.year(i + 1)).flatten();
                if let Some(Reading { next, value: Value::Date(date), anchor, .. }) = reading {
                    return Some(
                        Reading::new(next, Value::Half(date.year, half), "D423").anchored(anchor),
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
                Some(Reading::new(next, Value::Weekday(8, None), "D406").anchored(anchor))
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
                Some(Reading::new(next, date, "D424"))
            }
            _ => None,
        };
        let mut reading = inner?;
        if ten_days > 0 {
            let Value::Date(Date { unit: Unit::Month, .. }) = reading.value else { return None };
            reading.rule = ["D431", "D432", "D433"][ten_days - 1];
        }
        Some(reading)
    }

    /// `đầu tháng`, `cuối năm` without more: the one that the document is in.
    fn bare(&self, at: usize, unit: Unit) -> Option<Reading> {
        let ok = self.closes(at + 1)
            || !matches!(
                self.word(at + 1),
                Word::Is("học" | "mới" | "cùng" | "thứ") | Word::Number
            );
        ok.then(|| {
            Reading::new(at + 1, Date::unknown(unit), "D425").anchored(Anchor::Document(unit, 0))
        })
    }

    /// `quý II/2017`, `quý 1 năm nay`.
    fn quarter(&self, at: usize) -> Option<Reading> {
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
            return Some(Reading::new(
                next + 2,
                Value::Quarter(Some(year as u16), quarter),
                "D423",
            ));
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
        Some(Reading::new(next, Value::Quarter(year, quarter), "D423").anchored(anchor))
    }

    /// `mùa hè 2017`, `mùa giải 2016/17`, `xuân 1975`; a season needs its year.
    fn season(&self, at: usize) -> Option<Reading> {
        let i = at + usize::from(self.is(at, "mùa"));
        if i > at && self.is(i, "giải") {
            return self.stretch(i + 1).map(|r| Reading { rule: "D426", ..r });
        }
        let season = match self.word(i) {
            Word::Is("xuân") => "SP",
            Word::Is("hè" | "hạ") => "SU",
            Word::Is("thu") => "FA",
            Word::Is("đông") => "WI",
            _ => return None,
        };
        let next = i + 1 + usize::from(self.is(i + 1, "năm"));
        if let Some((end, value)) = self.years(next) {
            return Some(match value {
                Value::Date(date) => Reading::new(end, Value::Season(date.year, season), "D427"),
                range => Reading::new(end, range, "D427"),
            });
        }
        let offset = self.year_word(next).filter(|_| next > i + 1)?;
        Some(
            Reading::new(next + 1, Value::Season(None, season), "D427")
                .anchored(Anchor::Document(Unit::Year, offset)),
        )
    }

    fn century(&self, at: usize) -> Option<Reading> {
        let century = match self.number(at) {
            Some(number) if !self.stuck_after(at + 1) => number,
            Some(_) => return None,
            None => roman(self.surface(at))?,
        };
        (1..=21)
            .contains(&century)
            .then(|| Reading::new(at + 1, Value::Century(century as u8 - 1), "D428"))
    }

    /// `thập niên 1980`, `những năm 90`.
    fn decade(&self, at: usize) -> Option<Reading> {
        let year = self.number(at)?;
        if !year.is_multiple_of(10) || self.stuck_after(at + 1) {
            return None;
        }
        let year = match self.tokens[at].digits() {
            2 => 1900 + year,
            4 if (1500..2050).contains(&year) => year,
            _ => return None,
        };
        Some(Reading::new(at + 1, Value::Decade((year / 10) as u16), "D428"))
    }

    /// Years behind `giai đoạn`, `thời kỳ`: `giai đoạn 2021-2030`.
    fn stretch(&self, at: usize) -> Option<Reading> {
        let i = at + usize::from(self.is(at, "năm"));
        if let Some((next, value)) = self.years(i) {
            return (!self.counts(next)).then(|| Reading::new(next, value, "D426"));
        }
        // "giai đoạn 9/2016 - 12/2017", "giai đoạn tháng 1-6/2017"
        let (next, from) = self.month_year(i)?;
        if self.word(next) == Word::Dash
            && let Some((end, to)) = self.month_year(next + 1)
        {
            return Some(Reading::new(end, Value::Range(from, to), "D426"));
        }
        None
    }

    fn same_period(&self, at: usize) -> Option<Reading> {
        let unit = match self.word(at + 1) {
            Word::Is("tháng") => Unit::Month,
            Word::Is("năm") => Unit::Year,
            _ => return None,
        };
        // "cùng năm sinh", "cùng năm 2016" are something else.
        let ok = self.closes_or_goes_on(at + 2) && !self.is(at + 2, "năm");
        ok.then(|| {
            Reading::new(at + 2, Date::unknown(unit), "D411").anchored(Anchor::Text(unit, 0))
        })
    }

    /// `6 tháng đầu năm 2017`, `3 tháng cuối năm`.
    fn months_of_year(&self, at: usize) -> Option<Reading> {
        let (next, tenths) = self.cardinal(at)?;
        let count = tenths / 10;
        if !self.is(next, "tháng")
            || !self.is_any(next + 1, &["đầu", "cuối"])
            || !(1..12).contains(&count)
        {
            return None;
        }
        let first = self.is(next + 1, "đầu");
        let (end, year, anchor) = match self.is(next + 2, "năm").then(|| self.year(next + 2)) {
            Some(Some(Reading { next, value: Value::Date(date), anchor, .. })) => {
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
        Some(Reading::new(end, value, "D423").anchored(anchor))
    }

    /// `70 năm`, `hai tuần`, `3-5 ngày`, `mười năm qua`.
    fn duration(&self, at: usize) -> Option<Reading> {
        if let Some(reading) = self.months_of_year(at) {
            return Some(reading);
        }
        if self.is(at, "tư")
            || self.before_is(
                at,
                1,
                &["thứ", "lần", "quý", "khoá", "tháng", "số", "hạng", "lớp", "hàng"],
            )
        {
            return None;
        }
        let (mut next, from) = self.cardinal(at)?;
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
            let reading = Reading::new(end + 1, Value::Duration((from + 5) * factor, unit), "D429");
            return Some(reading);
        }
        if self.is(end, "lễ") && word == Word::Is("tuần") {
            end += 1;
        }
        let value = match to {
            Some(to) => Value::DurationRange(from * factor, to * factor, unit),
            None => Value::Duration(from.checked_mul(factor)?, unit),
        };
        let mut reading = Reading::new(end, value, "D429");
        match self.word(end) {
            Word::Is("qua" | "nay") => reading.next = end + 1,
            Word::Is("vừa") if self.is_any(end + 1, &["qua", "rồi"]) => reading.next = end + 2,
            Word::Is("tới") if self.closes(end + 1) => reading.next = end + 1,
            Word::Is("trước" | "sau") if self.is(end + 1, "đó") => reading.next = end + 2,
            Word::Is("trước" | "sau") if self.closes(end + 1) => reading.next = end + 1,
            _ => {}
        }
        Some(reading)
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

fn roman(surface: &str) -> Option<u32> {
    const CENTURIES: [&str; 21] = [
        "I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI", "XII", "XIII", "XIV",
        "XV", "XVI", "XVII", "XVIII", "XIX", "XX", "XXI",
    ];
    CENTURIES.iter().position(|c| *c == surface).map(|i| i as u32 + 1)
}
