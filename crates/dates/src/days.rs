//! Days: `Sáng ngày 12/7/2017`, `ngày 5 tháng 9`, `hôm qua`, `tối thứ Bảy`, `rằm tháng Giêng`.

use crate::grammar::{Anchor, Reading, Scan};
use crate::numeric::Form;
use crate::token::{Word, clock};
use crate::value::{Date, Part, Unit, Value};

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

const SEPARATORS: &[&str] = &["và", "đến", "tới", "hoặc", "hay", "sang"];

impl Scan<'_> {
    /// A clock in front of a day: `20h30 ngày 12/7`, `8 giờ sáng nay`.
    pub(crate) fn clocked(&self, at: usize) -> Option<Reading> {
        let (next, (hour, minute)) = self.clock_time(at)?;
        let mut reading = self.day(next).filter(|r| r.next > next)?;
        let Value::Date(date) = &mut reading.value else { return None };
        if date.unit != Unit::Day {
            return None;
        }
        let late = matches!(date.part, Some(Part::Afternoon | Part::Evening))
            || (date.part == Some(Part::Night) && (6..12).contains(&hour));
        let hour = if late && hour < 12 { hour + 12 } else { hour };
        date.time = Some((hour % 24, minute));
        date.part = None;
        Some(reading)
    }

    fn clock_time(&self, at: usize) -> Option<(usize, (u8, u8))> {
        if self.word(at) == Word::Clock {
            return Some((at + 1, clock(self.surface(at))?));
        }
        let hour = self.number(at).filter(|h| *h <= 24)? as u8;
        if self.stuck_before(at) {
            return None;
        }
        if self.word(at + 1) == Word::Colon && self.joined(at + 1) && self.joined(at + 2) {
            let minute = self.number(at + 2).filter(|m| *m < 60)? as u8;
            return (self.tokens[at + 2].digits() == 2).then_some((at + 3, (hour, minute)));
        }
        if !self.is(at + 1, "giờ") {
            return None;
        }
        match self.number(at + 2) {
            Some(minute) if minute < 60 && self.is(at + 3, "phút") => {
                Some((at + 4, (hour, minute as u8)))
            }
            Some(minute)
                if minute < 60 && self.is_any(at + 3, &["ngày", "sáng", "chiều", "tối"]) =>
            {
                Some((at + 3, (hour, minute as u8)))
            }
            _ if self.is(at + 2, "rưỡi") => Some((at + 3, (hour, 30))),
            _ => Some((at + 2, (hour, 0))),
        }
    }

    /// A part of the day: `sáng`, `rạng sáng`, `buổi trưa`, `cuối giờ chiều`.
    pub(crate) fn part(&self, at: usize) -> Option<(usize, Part)> {
        let Word::Is(word) = self.word(at) else { return None };
        match word {
            "buổi" => self.part(at + 1),
            "rạng" | "xế" | "giữa" | "nửa" => {
                let (next, part) = self.plain_part(at + 1)?;
                (word != "nửa" && word != "giữa" || part == Part::Night || part == Part::Noon)
                    .then_some((next, part))
            }
            "đầu" | "cuối" if self.is(at + 1, "giờ") => self.plain_part(at + 2),
            _ => self.plain_part(at),
        }
    }

    fn plain_part(&self, at: usize) -> Option<(usize, Part)> {
        let Word::Is(word) = self.word(at) else { return None };
        let part = match word {
            "sáng" => Part::Morning,
            "trưa" => Part::Noon,
            "chiều" => Part::Afternoon,
            "tối" => Part::Evening,
            "đêm" | "khuya" => Part::Night,
            _ => return None,
        };
        match (part, self.word(at + 1)) {
            (Part::Morning, Word::Is("sớm")) | (Part::Night, Word::Is("khuya")) => {
                Some((at + 2, part))
            }
            (Part::Afternoon, Word::Is("tối")) => Some((at + 2, Part::Evening)),
            _ => Some((at + 1, part)),
        }
    }

    /// True when a trigger stands right before the figures at `at`.
    pub(crate) fn day_trigger(&self, at: usize) -> bool {
        self.before_is(
            at,
            1,
            &["ngày", "hôm", "sáng", "trưa", "chiều", "tối", "đêm", "mùng", "mồng"],
        )
    }

    /// A day in any form, with the part of the day before or after it.
    pub(crate) fn day(&self, at: usize) -> Option<Reading> {
        let (start, part) = match self.part(at) {
            Some((next, part)) => (next, Some(part)),
            None => (at, None),
        };
        let mut reading = self.day_core(start, part.is_some())?;
        if let Some(part) = part {
            match &mut reading.value {
                Value::Date(date) if date.unit == Unit::Day => date.part = Some(part),
                Value::Weekday(_, of_day) => *of_day = Some(part),
                Value::Range(from, _) if from.unit == Unit::Day => {}
                Value::Lunar(date) => date.part = Some(part),
                _ => return None,
            }
        } else if let Value::Date(date) = &mut reading.value
            && date.unit == Unit::Day
            && date.part.is_none()
            && !self.tokens[reading.next - 1].line
            && let Some((next, part)) = self.part(reading.next)
            && (self.closes(next) || self.is_any(next, &["tại", "ở"]))
        {
            // "Ngày 07 tháng 8 sáng tại …": the order of translated Chinese.
            date.part = Some(part);
            reading.next = next;
        }
        Some(reading)
    }

    fn day_core(&self, at: usize, parted: bool) -> Option<Reading> {
        let now = |next, days, rule| {
            Some(
                Reading::new(next, Date::unknown(Unit::Day), rule)
                    .anchored(Anchor::Document(Unit::Day, days)),
            )
        };
        let text = |next, days, rule| {
            Some(
                Reading::new(next, Date::unknown(Unit::Day), rule)
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
    fn with_figures(&self, reading: Reading) -> Option<Reading> {
        let next = if self.is(reading.next, "ngày") { reading.next + 1 } else { reading.next };
        if self.word(next) == Word::Number
            && let Some((end, Value::Date(date), Form::Full | Form::Stroke)) = self.figures(next)
            && date.unit == Unit::Day
        {
            return Some(Reading { next: end, value: date.into(), ..reading });
        }
        Some(reading)
    }

    /// What follows `ngày`: figures, `5 tháng 9 năm 2017`, or a day of the month alone.
    fn numbered_day(&self, at: usize) -> Option<Reading> {
        if let Some((next, value, _)) = self.figures(at) {
            return self.finish(next, value, "D402");
        }
        if let Some((next, date)) = self.day_of_month(at) {
            if self.is_any(next - 1, &["giêng", "chạp"]) {
                return Some(Reading::new(next, Value::Lunar(date), "D407"));
            }
            return self.finish(next, date.into(), "D401");
        }
        // "ngày 20-25 tháng 11", "ngày 20 - 25 tháng 11"
        if let Some(from) = self.number(at).filter(|d| (1..=31).contains(d))
            && self.word(at + 1) == Word::Dash
            && let Some((next, to)) = self.day_of_month(at + 2)
        {
            let first = Date { day: Some(from as u8), ..to };
            return Some(Reading::new(next, Value::Range(first, to), "D401"));
        }
        let day = self.number(at).filter(|d| (1..=31).contains(d))?;
        if self.is(at + 1, "tết") {
            return self.tet(at);
        }
        if self.tokens[at].digits() > 2
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
    fn day_of_month(&self, at: usize) -> Option<(usize, Date)> {
        let (next, day) = match self.number(at) {
            Some(day) if self.tokens[at].digits() <= 2 => (at + 1, day),
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
    fn figure_day(&self, at: usize, triggered: bool) -> Option<Reading> {
        if let Some((next, value, form)) = self.figures(at) {
            let sure = match form {
                Form::Full => !self.before_is(at, 1, &["số"]),
                Form::Stroke => triggered || self.means_a_day(at, next, value),
                Form::Loose => triggered || matches!(value, Value::Range(..)),
            };
            if sure {
                return self.finish(next, value, "D402");
            }
            return None;
        }
        if triggered && let Some(reading) = self.tet(at) {
            return Some(reading);
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

    /// `6 Tết`, `30 Tết`: a day of the first month, or the last of the year.
    fn tet(&self, at: usize) -> Option<Reading> {
        let day = self.number(at).filter(|d| (1..=30).contains(d))? as u8;
        let month = if day >= 23 { 12 } else { 1 };
        (self.tokens[at].digits() <= 2 && !self.stuck_before(at) && self.is(at + 1, "tết"))
            .then(|| Reading::new(at + 2, Value::Lunar(Date::day(None, Some(month), day)), "D407"))
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

    /// True right behind an earlier expression, with only a separator between.
    pub(crate) fn after_expression(&self, at: usize) -> bool {
        let Some(last) = self.found.last() else { return false };
        let separator = match self.before(at, 1) {
            Word::Comma | Word::Dash | Word::Open => true,
            Word::Is(word) => SEPARATORS.contains(&word),
            _ => false,
        };
        at >= 2 && separator && last.span.end() == self.tokens[at - 2].end as usize
    }

    /// A mark or the end: nothing that the number could count.
    pub(crate) fn closes(&self, at: usize) -> bool {
        match self.word(at) {
            Word::Comma | Word::Dot | Word::Close | Word::Open | Word::Colon | Word::Mark => true,
            Word::Dash => !self.joined(at),
            _ => false,
        }
    }

    pub(crate) fn closes_or_goes_on(&self, at: usize) -> bool {
        self.closes(at)
            || self.is_any(
                at,
                &[
                    "đến", "tới", "tại", "ở", "và", "theo", "khi", "năm", "hàng", "hằng", "này",
                    "vừa", "trong", "của", "cùng", "trở", "là", "với",
                ],
            )
    }

    /// Year words, `vừa qua`, `tới`, `âm lịch` behind a day or month.
    pub(crate) fn finish(&self, next: usize, value: Value, rule: &'static str) -> Option<Reading> {
        let mut reading = Reading::new(next, value, rule);
        if let Value::Date(date) = &mut reading.value {
            if date.year.is_none() && date.month.is_some() && self.is(next, "năm") {
                if let Some(year) = self.year_figure(next + 1)
                    && !self.stuck_after(next + 2)
                {
                    date.year = Some(year as u16);
                    reading.next = next + 2;
                } else if let Some(offset) = self.year_word(next + 1) {
                    reading.anchor = Anchor::Document(Unit::Year, offset);
                    reading.next = next + 2;
                }
            }
            let next = reading.next;
            let bracket = usize::from(self.word(next) == Word::Open);
            if self.is_any(next + bracket, &["âm", "dương"]) && self.is(next + bracket + 1, "lịch")
            {
                if self.is(next + bracket, "âm") {
                    let lunar = *date;
                    reading.value = Value::Lunar(lunar);
                    reading.rule = "D407";
                }
                if bracket == 0 {
                    reading.next = next + 2;
                }
                return Some(reading);
            }
            if self.is(next, "al") || self.is(next, "âl") {
                return Some(reading);
            }
        }
        if reading.anchor == Anchor::Written {
            self.deictic(&mut reading);
        }
        Some(reading)
    }

    /// `vừa qua`, `vừa rồi`, `tới`, `này` behind an expression.
    pub(crate) fn deictic(&self, reading: &mut Reading) {
        let next = reading.next;
        if self.is(next, "vừa") && self.is_any(next + 1, &["qua", "rồi"]) {
            reading.anchor = Anchor::Last;
            reading.next = next + 2;
        } else if self.is(next, "tới") && self.is(next + 1, "đây")
            || self.is(next, "sắp") && self.is(next + 1, "tới")
        {
            reading.anchor = Anchor::Next;
            reading.next = next + 2;
        } else if self.is(next, "tới")
            && (self.closes(next + 1) || self.is_any(next + 1, &["tại", "ở"]))
        {
            reading.anchor = Anchor::Next;
            reading.next = next + 1;
        } else if self.is(next, "này") {
            reading.next = next + 1;
        }
    }

    pub(crate) fn year_word(&self, at: usize) -> Option<i32> {
        match self.word(at) {
            Word::Is("nay" | "này") => Some(0),
            Word::Is("ngoái" | "trước") => Some(-1),
            Word::Is("kia") => Some(-2),
            Word::Is("sau" | "tới") => Some(1),
            _ => None,
        }
    }

    /// `thứ Bảy`, `chủ nhật`, with what makes it a day of the week and not an ordinal.
    fn weekday(&self, at: usize, triggered: bool) -> Option<Reading> {
        let (next, day, certain) = match self.word(at) {
            Word::Is("chủ") if self.is(at + 1, "nhật") => (at + 2, 7, true),
            Word::Is("thứ") => {
                let day = match self.word(at + 1) {
                    Word::Is("hai") => 1,
                    Word::Is("ba") => 2,
                    Word::Is("tư") => 3,
                    Word::Is("năm") => 4,
                    Word::Is("sáu") => 5,
                    Word::Is("bảy" | "bẩy") => 6,
                    Word::Number
                        if (2..=7).contains(&self.number(at + 1)?)
                            && self.tokens[at + 1].digits() == 1 =>
                    {
                        self.number(at + 1)? as u8 - 1
                    }
                    _ => return None,
                };
                // "lần thứ Hai" counts, "tối thứ Hai" is Monday; so is "Thứ Hai", but "Thứ hai," lists.
                (at + 2, day, self.upper(at + 1))
            }
            _ => return None,
        };
        if self.stuck_after(next) {
            return None;
        }
        let counted = self.before_is(
            at,
            1,
            &[
                "lần",
                "người",
                "quốc",
                "kỳ",
                "khoá",
                "nhà",
                "đại",
                "ngày",
                "năm",
                "tháng",
                "tuần",
                "giải",
                "con",
                "bộ",
                "hạn",
                "số",
                "đường",
                "cuộc",
                "cả",
            ],
        ) || (self.before(at, 1) == Word::Other && !certain);
        let week =
            self.is(next, "tuần") && self.is_any(next + 1, &["này", "trước", "sau", "tới", "qua"]);
        let last = self.is(next, "vừa") && self.is_any(next + 1, &["qua", "rồi"]);
        let every = self.is_any(next, &["hàng", "hằng"]) && self.is(next + 1, "tuần");
        let dated = self.dated(next);
        let before = self.before_is(
            at,
            1,
            &["vào", "từ", "đến", "tới", "trước", "sau", "hôm", "mỗi", "các"],
        ) || self.after_expression(at);
        let day_word = self.before_is(at, 1, &["ngày"]);
        if !(triggered
            || week
            || last
            || every
            || dated.is_some()
            || before && (certain || self.closes_or_goes_on(next))
            || certain && !counted
            || day_word
                && (certain
                    || self.closes(next) && self.before_is(at, 2, &["vào", "từ", "đến", "tối"])))
        {
            return None;
        }
        if counted && !day_word && !week && dated.is_none() {
            return None;
        }
        let mut reading = Reading::new(next, Value::Weekday(day, None), "D405");
        if week {
            let offset = match self.word(next + 1) {
                Word::Is("này") => 0,
                Word::Is("sau" | "tới") => 1,
                _ => -1,
            };
            reading.next = next + 2;
            reading.anchor = Anchor::Document(Unit::Week, offset);
        } else if last {
            reading.next = next + 2;
            reading.anchor = Anchor::Last;
        } else if let Some((end, date)) = dated {
            // "thứ Bảy ngày 12/8" is one expression; a comma or bracket makes it two.
            reading = self.finish(end, date.into(), "D405")?;
        } else {
            self.deictic(&mut reading);
        }
        Some(reading)
    }

    /// The day in figures that goes with a weekday.
    fn dated(&self, at: usize) -> Option<(usize, Date)> {
        let at = if self.is(at, "ngày") { at + 1 } else { at };
        if let Some((next, Value::Date(date), Form::Full | Form::Stroke)) = self.figures(at) {
            return Some((next, date));
        }
        self.day_of_month(at)
    }

    /// `mùng 5 tháng Giêng`, `rằm tháng 7`, `mùng 1 Tết`.
    fn lunar(&self, at: usize) -> Option<Reading> {
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
                return Some(Reading::new(end, Value::Lunar(date), "D407"));
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
        Some(Reading::new(date.0, Value::Lunar(date.1), "D407"))
    }

    /// Days that share a month: `ngày 20, 21 và 22/11`, `từ 4 đến 6/3`, `đêm 20 rạng sáng 21/11`.
    pub(crate) fn coordination(&mut self, at: usize) -> Option<usize> {
        if let Some(next) = self.month_coordination(at) {
            return Some(next);
        }
        let mut items: [(usize, usize, u8, Option<Part>); 8] = [(0, 0, 0, None); 8];
        let mut count = 0;
        let mut start = at;
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
            if count == 0 && !triggered && !self.before_is(at, 1, &["từ"]) {
                return None;
            }
            if count > 0 {
                let end = match self.figures(i) {
                    Some((next, Value::Date(date), Form::Full | Form::Stroke)) => {
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
                        self.push(first, Reading::new(next, value, "D404").anchored(last.anchor));
                    }
                    let value = Date { part, ..whole };
                    return Some(self.push(start, Reading { value: value.into(), ..last }));
                }
            }
            let day = self.number(i).filter(|d| (1..=31).contains(d))? as u8;
            if self.tokens[i].digits() > 2 || self.stuck_after(i + 1) || self.stuck_before(i) {
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
}
