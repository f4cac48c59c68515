//! Days: `Sáng ngày 12/7/2017`, `ngày 5 tháng 9`, `hôm qua`, `cùng ngày`.

use crate::grammar::{Anchor, Parse, Scan};
use crate::numeric::Form;
use crate::token::Word;
use crate::value::{Date, Unit, Value};

/// Days that everybody writes without `ngày`: Quốc khánh 2/9, lễ 30/4.
const HOLIDAYS: &[(u8, u8)] = &[
    (1, 1),
    (3, 2),
    (14, 2),
    (27, 2),
    (8, 3),
    (10, 3),
    (26, 3),
    (30, 4),
    (1, 5),
    (7, 5),
    (15, 5),
    (19, 5),
    (1, 6),
    (5, 6),
    (21, 6),
    (27, 7),
    (19, 8),
    (2, 9),
    (10, 10),
    (20, 10),
    (9, 11),
    (20, 11),
    (22, 12),
    (24, 12),
    (25, 12),
];

impl Scan<'_> {
    /// True when a trigger stands right before the figures at `at`.
    pub(crate) fn day_trigger(&self, at: usize) -> bool {
        self.before_is(
            at,
            1,
            &["ngày", "hôm", "sáng", "trưa", "chiều", "tối", "đêm", "mùng", "mồng"],
        )
    }

    /// A day in any form, with the part of the day before or after it.
    pub(crate) fn day(&self, at: usize) -> Option<Parse> {
        let (start, part) = match self.part(at) {
            Some((next, part)) => (next, Some(part)),
            None => (at, None),
        };
        let mut parse = self.day_core(start, part.is_some())?;
        if let Some(part) = part {
            match &mut parse.value {
                Value::Date(date) if date.unit == Unit::Day => date.part = Some(part),
                Value::Weekday(_, of_day) => *of_day = Some(part),
                Value::Range(from, _) if from.unit == Unit::Day => {}
                Value::Lunar(date) => date.part = Some(part),
                _ => return None,
            }
        } else if let Value::Date(date) = &mut parse.value
            && date.unit == Unit::Day
            && date.part.is_none()
            && !self.line(parse.next - 1)
            && let Some((next, part)) = self.part(parse.next)
            && (self.closes(next) || self.is_any(next, &["tại", "ở"]))
        {
            // "Ngày 07 tháng 8 sáng tại …": the order of translated Chinese.
            date.part = Some(part);
            parse.next = next;
        }
        Some(parse)
    }

    fn day_core(&self, at: usize, parted: bool) -> Option<Parse> {
        let now = |next, days, rule| {
            Some(
                Parse::new(next, Date::unknown(Unit::Day), rule)
                    .anchored(Anchor::Document(Unit::Day, days)),
            )
        };
        let text = |next, days, rule| {
            Some(
                Parse::new(next, Date::unknown(Unit::Day), rule)
                    .anchored(Anchor::Text(Unit::Day, days)),
            )
        };
        let Word::Is(word) = self.word(at) else { return self.figure_day(at, parted) };
        match word {
            "nay" if parted => self.with_figures(now(at + 1, 0, "D410")?),
            "qua" if parted => self.with_figures(now(at + 1, -1, "D410")?),
            "mai" if parted && !self.upper(at) => self.with_figures(now(at + 1, 1, "D410")?),
            "hôm" => match self.word(at + 1) {
                Word::Is("nay") => self.with_figures(now(at + 2, 0, "D410")?),
                Word::Is("qua") => self.with_figures(now(at + 2, -1, "D410")?),
                Word::Is("kia") => now(at + 2, -2, "D410"),
                Word::Is("đó" | "ấy") => text(at + 2, 0, "D411"),
                Word::Is("sau") => text(at + 2, 1, "D411"),
                Word::Is("trước") => text(at + 2, -1, "D411"),
                Word::Number => self.figure_day(at + 1, true),
                _ => self.weekday(at + 1, true),
            },
            "cùng" if self.is(at + 1, "ngày") => {
                if self.is_any(at + 2, &["tháng", "sinh", "giờ"]) || self.number(at + 2).is_some()
                {
                    return None;
                }
                let next = if self.is(at + 2, "hôm") && self.is_any(at + 3, &["đó", "ấy"]) {
                    at + 4
                } else {
                    at + 2
                };
                text(next, 0, "D411")
            }
            "ngày" => match self.word(at + 1) {
                Word::Is("hôm") => {
                    let inner = self.day_core(at + 1, parted)?;
                    Some(inner)
                }
                Word::Is("mai") if !self.upper(at + 1) => {
                    self.with_figures(now(at + 2, 1, "D410")?)
                }
                Word::Is("kia") => now(at + 2, 2, "D410"),
                Word::Is("đó") => text(at + 2, 0, "D411"),
                Word::Is("này")
                    if parted || self.before_is(at, 1, &["vào", "đến", "từ", "sau", "trước"]) =>
                {
                    text(at + 2, 0, "D411")
                }
                Word::Is("rằm" | "mùng" | "mồng") => self.lunar(at + 1),
                Word::Is("thứ" | "chủ") => self.weekday(at + 1, false),
                _ => self.numbered_day(at + 1),
            },
            "mùng" | "mồng" | "rằm" => self.lunar(at),
            "thứ" | "chủ" => self.weekday(at, parted),
            _ => None,
        }
    }

    /// `hôm nay 12/7`: the figures that follow belong to the same expression.
    fn with_figures(&self, parse: Parse) -> Option<Parse> {
        let next = if self.is(parse.next, "ngày") { parse.next + 1 } else { parse.next };
        if self.word(next) == Word::Number
            && let Some((end, Value::Date(date), Form::Full | Form::Stroke)) = self.figures(next)
            && date.unit == Unit::Day
        {
            return Some(Parse { next: end, value: date.into(), ..parse });
        }
        Some(parse)
    }

    /// What follows `ngày`: figures, `5 tháng 9 năm 2017`, or a day of the month alone.
    fn numbered_day(&self, at: usize) -> Option<Parse> {
        if let Some((next, value, _)) = self.figures(at) {
            return self.finish(next, value, "D402");
        }
        if let Some((next, date)) = self.day_of_month(at) {
            if self.is_any(next - 1, &["giêng", "chạp"]) {
                return Some(Parse::new(next, Value::Lunar(date), "D407"));
            }
            return self.finish(next, date.into(), "D401");
        }
        // "ngày 20-25 tháng 11", "ngày 20 - 25 tháng 11"
        if let Some(from) = self.number(at).filter(|d| (1..=31).contains(d))
            && self.word(at + 1) == Word::Dash
            && let Some((next, to)) = self.day_of_month(at + 2)
        {
            let first = Date { day: Some(from as u8), ..to };
            return Some(Parse::new(next, Value::Range(first, to), "D401"));
        }
        let day = self.number(at).filter(|d| (1..=31).contains(d))?;
        if self.is(at + 1, "tết") {
            return self.tet(at);
        }
        if self.digits(at) > 2
            || self.stuck_after(at + 1)
            || self.before_is(
                at,
                2,
                &["mỗi", "một", "hàng", "hằng", "trong", "mấy", "những", "bao"],
            )
            || matches!(self.before(at, 2), Word::Number)
            || !(self.closes(at + 1)
                || self.is_any(
                    at + 1,
                    &["đến", "tới", "và", "tại", "ở", "theo", "khi", "này", "vừa", "hàng"],
                ))
        {
            return None;
        }
        self.finish(at + 1, Date::day(None, None, day as u8).into(), "D403")
    }

    /// `5 tháng 9 năm 2017`, `5 tháng 9/2017`, `mười lăm tháng tám`.
    pub(crate) fn day_of_month(&self, at: usize) -> Option<(usize, Date)> {
        let (next, day) = match self.number(at) {
            Some(day) if self.digits(at) <= 2 => (at + 1, day),
            Some(_) => return None,
            None => self.spelled(at)?,
        };
        if !(1..=31).contains(&day) || !self.is(next, "tháng") {
            return None;
        }
        let (next, month) = self.month_after(next)?;
        Some((next, Date { day: Some(day as u8), unit: Unit::Day, ..month }))
    }

    /// Figures without `ngày`: certain with a year, else only where nothing else is meant.
    fn figure_day(&self, at: usize, triggered: bool) -> Option<Parse> {
        if let Some((next, value, form)) = self.figures(at) {
            let sure = match form {
                Form::Full => !self.before_is(at, 1, &["số"]),
                Form::Stroke => triggered || self.means_a_day(at, next, value),
                // "từ ngày 28-5 đến 2-6"
                Form::Loose => {
                    triggered
                        || matches!(value, Value::Range(..))
                        || self.after_expression(at)
                            && self.before_is(at, 1, &["đến", "tới"])
                            && self.closes_or_goes_on(next)
                }
            };
            if sure {
                return self.finish(next, value, "D402");
            }
            return None;
        }
        if triggered && let Some(parse) = self.tet(at) {
            return Some(parse);
        }
        if triggered || self.after_expression(at) || self.before_is(at, 1, &["từ", "đến", "vào"])
        {
            let (next, date) = self.day_of_month(at)?;
            return self.finish(next, date.into(), "D401");
        }
        // "2 tháng 9 năm 1945" needs no trigger.
        let (next, date) = self.day_of_month(at)?;
        date.year?;
        self.finish(next, date.into(), "D401")
    }

    /// Whether the expression at `first` is the day of a feast or anniversary: `Quốc khánh 2/9`,
    /// `kỷ niệm ngày thành lập quan hệ ngoại giao 12/4/1973`.
    pub(crate) fn is_commemorated(&self, first: usize) -> bool {
        const REACH: usize = 10;
        for back in 1..=REACH.min(first) {
            if self.line(first + 1 - back) {
                return false;
            }
            match self.lexemes[first - back].word() {
                Word::Is("niệm" | "khánh") => return true,
                Word::Is("lập" | "sinh" | "thống") if self.is_day_of(first, back) => {
                    return true;
                }
                Word::Comma | Word::Dot | Word::Colon | Word::Close | Word::Mark => {
                    return false;
                }
                _ => {}
            }
        }
        false
    }

    /// `ngày thành lập`, `ngày sinh`, `ngày truyền thống`
    fn is_day_of(&self, first: usize, back: usize) -> bool {
        self.before_is(first, back + 1, &["ngày"]) || self.before_is(first, back + 2, &["ngày"])
    }

    /// Whether `2/9` without a trigger is a day and not a fraction, a street or a score.
    fn means_a_day(&self, at: usize, next: usize, value: Value) -> bool {
        let Value::Date(date) = value else {
            return !self.before_is(at, 1, &["số", "đường", "phố"]) && self.closes_or_goes_on(next);
        };
        let (day, month) = (date.day.unwrap_or(0), date.month.unwrap_or(0));
        let fraction = day < month || day == 1;
        if self.before_is(
            at,
            1,
            &[
                "đường",
                "phố",
                "số",
                "ngõ",
                "hẻm",
                "lô",
                "tổ",
                "quận",
                "khu",
                "sân",
                "góc",
                "cầu",
                "tỷ",
                "lệ",
                "khoảng",
                "hơn",
                "gần",
                "chiếm",
                "đạt",
                "điểm",
                "độ",
                "bằng",
            ],
        ) {
            return false;
        }
        if self.after_expression(at) {
            return true;
        }
        // "09/02 02:45 Alaves": nobody writes a fraction with a nought in front.
        let padded = |i: usize| self.surface(i).len() == 2 && self.surface(i).starts_with('0');
        if padded(at) && self.surface(at + 2).len() == 2
            || padded(at + 2) && self.surface(at).len() == 2
        {
            return true;
        }
        if self.is(next, "năm")
            && (self.year_word(next + 1).is_some() || self.year_figure(next + 1).is_some())
        {
            return true;
        }
        if HOLIDAYS.contains(&(day, month))
            && (1..=4).any(|back| {
                self.before_is(
                    at,
                    back,
                    &[
                        "ngày", "lễ", "dịp", "niệm", "mừng", "khánh", "nữ", "giáo", "quân", "lao",
                        "nhi", "thắng", "tết",
                    ],
                )
            })
        {
            return true;
        }
        match self.before(at, 1) {
            Word::Is(
                "từ" | "đến" | "tới" | "vào" | "trước" | "sau" | "hôm" | "dịp" | "lễ" | "hết",
            ) => !fraction || self.closes_or_goes_on(next),
            Word::Is("phiên") => true,
            Word::Open => self.word(next) == Word::Close && !fraction,
            // "Lịch thi đấu bóng đá 8/2: …" heads a list.
            Word::Other => self.word(next) == Word::Colon && !fraction && month <= 12 && day > 12,
            _ => false,
        }
    }
}
