//! Years and seasons: `năm 2018`, `năm ngoái`, `1950-2020`, `mùa hè 2017`.

use crate::grammar::{Anchor, Parse, Scan};
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
    /// A year without `năm` is one in a range, after a preposition or in the name of something
    /// that takes place in years.
    pub(crate) fn means_a_year(&self, at: usize, value: Value) -> bool {
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

    pub(crate) fn counts(&self, at: usize) -> bool {
        self.is_any(at, COUNTED)
    }

    pub(crate) fn year(&self, at: usize) -> Option<Parse> {
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
                Parse::new(next, Date::unknown(Unit::Year), "D425")
                    .anchored(Anchor::Document(Unit::Year, offset)),
            )
        };
        if self.is(at + 1, "học") {
            let (next, value) = self.years(at + 2)?;
            return Some(Parse::new(next, value, "D426"));
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
                    Parse::new(at + 2, Date::unknown(Unit::Year), "D411")
                        .anchored(Anchor::Text(Unit::Year, 0)),
                );
            }
            Word::Is(stem) if STEMS.contains(&stem) && self.is_any(at + 2, BRANCHES) => {
                let year = self.year_figure(at + 3).filter(|_| !self.stuck_after(at + 4));
                let date = year.map_or(Date::unknown(Unit::Year), |y| Date::year(y as u16));
                return Some(Parse::new(at + 3 + usize::from(year.is_some()), date, "D424"));
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
            let mut parse = Parse::new(next, value, "D424");
            self.deictic(&mut parse);
            return Some(parse);
        }
        // "năm 938": three figures only where they can count nothing.
        let year = self.number(at + 1).filter(|y| (100..1000).contains(y))?;
        (self.digits(at + 1) == 3
            && !self.stuck_after(at + 2)
            && !counted
            && self.closes_or_goes_on(at + 2))
        .then(|| Parse::new(at + 2, Date::year(year as u16), "D424"))
    }

    /// `mùa hè 2017`, `mùa giải 2016/17`, `xuân 1975`; a season needs its year.
    pub(crate) fn season(&self, at: usize) -> Option<Parse> {
        let i = at + usize::from(self.is(at, "mùa"));
        if i > at && self.is(i, "giải") {
            return self.stretch(i + 1).map(|r| Parse { rule: "D426", ..r });
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
                Value::Date(date) => Parse::new(end, Value::Season(date.year, season), "D427"),
                range => Parse::new(end, range, "D427"),
            });
        }
        let offset = self.year_word(next).filter(|_| next > i + 1)?;
        Some(
            Parse::new(next + 1, Value::Season(None, season), "D427")
                .anchored(Anchor::Document(Unit::Year, offset)),
        )
    }
}
