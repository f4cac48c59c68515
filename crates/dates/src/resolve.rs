//! From a value as written to a value in time: by the day of the document where it is known, else
//! by what the text itself says, with the evidence in words. Never by a clock.

use bantin_text::Span;
use bantin_text::keys::lowercase;

use crate::calendar::Day;
use crate::grammar::{Anchor, Expression};
use crate::value::{Date, Unit, Value};

/// A value in time, and what it rests on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Resolution {
    /// In EDTF form: `2019-11-20TAF`, `2013-12-11/2013-12-20`, open at one end `2014-03-21/..`.
    pub value: String,
    /// The evidence, in words a reader can check against the text.
    pub basis: String,
}

impl Resolution {
    /// True when an end is open or the years differ: the year is not known.
    pub fn is_open(&self) -> bool {
        self.value.contains("..")
    }
}

/// When a document was written, as far as anything says.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Timeline {
    /// The day of the document, known or inferred.
    day: Option<Day>,
    /// The document is not older.
    from: Option<Day>,
    /// The document is not younger.
    to: Option<Day>,
    basis: String,
}

impl Timeline {
    /// The day of the document is known; `label` says from where, as in `document date`.
    pub fn known(day: Day, label: &str) -> Timeline {
        Timeline { day: Some(day), from: Some(day), to: Some(day), basis: format!("{label} {day}") }
    }

    /// What the expressions of a text say about the day it was written.
    ///
    /// Give it the clean text only: the dates of related stories are no evidence. Cost: the
    /// clause before each expression that has a year.
    pub fn infer(text: &str, expressions: &[Expression]) -> Timeline {
        if let Some(timeline) = opening_day(text, expressions) {
            return timeline;
        }
        let mut bounds = Bounds::default();
        let anchor = expressions.iter().find_map(|e| match e.value {
            Value::Date(Date { year: None, month: Some(month), day: Some(day), .. })
                if matches!(e.anchor, Anchor::Written | Anchor::Document(Unit::Day, 0)) =>
            {
                Some((e, month, day))
            }
            _ => None,
        });
        for (i, expression) in expressions.iter().enumerate() {
            let surface = &text[shown(text, &expressions[i..])];
            bounds.weigh(text, expression, surface, anchor.map(|(_, month, _)| month));
        }
        let (from, to, mut basis) = bounds.settle(|| latest_year(text, expressions));
        let mut timeline = Timeline { day: None, from, to, basis: String::new() };
        if let Some((_, month, day)) = anchor {
            let years = timeline.years_of(month, day);
            if let [year] = years[..] {
                timeline.day = Day::new(year, month, day);
            }
            if timeline.day.is_some()
                && let Some(e) = expressions.iter().find(|e| e.anchor == Anchor::Last)
            {
                basis.push(format!("'{}' looks back from the same year", &text[e.span]));
            }
        }
        timeline.basis = basis.join("; ");
        timeline
    }

    /// The day of the document, when it is known or the evidence leaves one.
    pub fn day(&self) -> Option<Day> {
        self.day
    }

    /// True when the document may be of this day: it is not of another, nor outside the bounds.
    pub fn allows(&self, day: Day) -> bool {
        self.day.is_none_or(|known| known == day)
            && self.from.is_none_or(|from| from <= day)
            && self.to.is_none_or(|to| day <= to)
    }

    /// The time within which the document was written, in EDTF form; `None` when nothing is known.
    pub fn interval(&self) -> Option<Resolution> {
        let value = match (self.day, self.from, self.to) {
            (Some(day), ..) => day.to_string(),
            (None, None, None) => return None,
            (None, from, to) => {
                let end = |day: Option<Day>, first: bool| match day {
                    None => "..".to_owned(),
                    Some(day) => {
                        // A bound at the edge of a month is said by the month.
                        let edge = if first { day.day() == 1 } else { day.plus(1).day() == 1 };
                        let whole = day.to_string();
                        if edge { whole[..7].to_owned() } else { whole }
                    }
                };
                format!("{}/{}", end(from, true), end(to, false))
            }
        };
        Some(Resolution { value, basis: self.basis.clone() })
    }

    /// The years in which the document may stand, given that it tells of this day and month.
    fn years_of(&self, month: u8, day: u8) -> Vec<u16> {
        let (Some(from), Some(to)) = (self.from, self.to) else { return Vec::new() };
        (from.year()..=to.year().min(from.year() + 50))
            .filter(|y| Day::new(*y, month, day).is_some_and(|d| from <= d && d <= to))
            .collect()
    }

    /// The value of an expression in time, or `None` when the text leaves it open or it needs no
    /// resolving.
    pub fn resolve(&self, expression: &Expression) -> Option<Resolution> {
        if let Some(value) = ten_days(expression, None) {
            return Some(Resolution { value, basis: "the expression itself".to_owned() });
        }
        let basis = || self.basis.clone();
        let Some(today) = self.day else {
            return self
                .resolve_within(expression)
                .map(|value| Resolution { value, basis: basis() });
        };
        let value = match (expression.value, expression.anchor) {
            (Value::Date(date), anchor) => {
                if date.year.is_some() && anchor == Anchor::Written {
                    return None;
                }
                let date = date_in_time(date, anchor, today)?;
                match ten_days(expression, date.year) {
                    Some(value) => value,
                    None if date.unit == Unit::Week => week_of(date.to_day()?),
                    None => date.to_string(),
                }
            }
            (Value::Range(from, to), anchor) if from.year.is_none() => {
                let (anchor, to) = match anchor {
                    Anchor::Document(Unit::Year, offset) => {
                        let year = shift_year(today, offset);
                        return Some(Resolution {
                            value: Value::Range(Date { year, ..from }, Date { year, ..to })
                                .to_string(),
                            basis: basis(),
                        });
                    }
                    anchor => (anchor, date_in_time(to, anchor, today)?),
                };
                let _ = anchor;
                let mut first = Date { year: to.year, ..from };
                if first.first() > to.first() {
                    first.year = to.year.map(|y| y - 1); // "28/12 - 3/1"
                }
                Value::Range(first, to).to_string()
            }
            (Value::Weekday(weekday, part), anchor) => {
                let monday = today.plus(1 - i32::from(today.weekday()));
                let index = if weekday == 8 { 6 } else { i32::from(weekday) };
                let day = match anchor {
                    Anchor::Document(Unit::Week, weeks) => monday.plus(7 * weeks + index - 1),
                    Anchor::Next => {
                        let ahead = (index - i32::from(today.weekday())).rem_euclid(7);
                        today.plus(if ahead == 0 { 7 } else { ahead })
                    }
                    _ => today.plus(-(i32::from(today.weekday()) - index).rem_euclid(7)),
                };
                if weekday == 8 {
                    format!("{day}/{}", day.plus(1))
                } else {
                    Date { part, ..Date::from(day) }.to_string()
                }
            }
            (Value::Quarter(None, n), anchor) => {
                Value::Quarter(shift_year(today, offset_of(anchor)), n).to_string()
            }
            (Value::Half(None, n), anchor) => {
                Value::Half(shift_year(today, offset_of(anchor)), n).to_string()
            }
            (Value::Season(None, s), anchor) => {
                Value::Season(shift_year(today, offset_of(anchor)), s).to_string()
            }
            _ => return None,
        };
        Some(Resolution { value, basis: basis() })
    }

    /// Without a day: an interval for a day or month of an open year, when there are bounds.
    fn resolve_within(&self, expression: &Expression) -> Option<String> {
        let Value::Date(date) = expression.value else { return None };
        if date.year.is_some() || date.part.is_some() && date.day.is_none() {
            return None;
        }
        if self.from.is_none() && self.to.is_none() {
            return None;
        }
        let in_year = |year: u16| Date { year: Some(year), ..date }.without_time();
        let first = match self.from {
            None => None,
            Some(from) => {
                // "Tháng 1/2017 … trong tháng 1 vừa qua": what is told lies up to two months back.
                let earliest = match expression.anchor {
                    Anchor::Document(Unit::Year, offset) => {
                        Day::new(shift_year(from, offset)?, 1, 1)?
                    }
                    _ => from.plus(-62),
                };
                let year = earliest.year();
                let this = in_year(year).last().or_else(|| in_year(year + 1).last())?;
                Some(in_year(if this >= earliest { year } else { year + 1 }))
            }
        };
        let last = match self.to {
            None => None,
            Some(to) => {
                let to = match expression.anchor {
                    Anchor::Document(Unit::Year, offset) => {
                        Day::new(shift_year(to, offset)?, 12, 31)?
                    }
                    _ => to,
                };
                let year = to.year();
                Some(in_year(if in_year(year).first()? <= to { year } else { year - 1 }))
            }
        };
        if date.month.is_none() && date.unit != Unit::Year {
            return None;
        }
        Some(match (first, last) {
            (Some(first), Some(last)) if first == last => {
                Date { year: first.year, ..date }.to_string()
            }
            (Some(first), Some(last)) if first.first() < last.first() => format!("{first}/{last}"),
            (Some(first), None) => format!("{first}/.."),
            (None, Some(last)) => format!("../{last}"),
            _ => return None,
        })
    }
}

/// A text that opens with a whole date tells of that day.
fn opening_day(text: &str, expressions: &[Expression]) -> Option<Timeline> {
    let first = expressions.iter().find(|e| {
        matches!(e.value, Value::Date(Date { unit: Unit::Day, day: Some(_), month: Some(_), .. }))
    })?;
    let Value::Date(date) = first.value else { return None };
    let day = date.to_day()?;
    let clause = clause_before(text, first.span.start());
    let looks_away = first.span.start() > 400
        || latest_year(text, expressions) > Some(day.year())
        || PAST.iter().chain(FUTURE).any(|cue| clause.contains(cue))
        || clause.contains("số ")
        || clause.contains("sinh ");
    (!looks_away).then(|| Timeline {
        day: Some(day),
        from: Some(day),
        to: Some(day),
        basis: format!("'{}' opens the story", &text[first.span]),
    })
}

/// Words of a clause that put the date behind them in the past.
const PAST: &[&str] = &["hồi ", "đã ", "từng ", "lần đầu", "trước đây", "kể từ ", "từ ", "so với "];
/// Words that put it in the future.
const FUTURE: &[&str] = &[
    "sẽ ",
    "có hiệu lực",
    "đăng cai",
    "yêu cầu",
    "phải ",
    "dự kiến",
    "kế hoạch",
    "mời ",
    "phấn đấu",
    "mục tiêu",
    "tầm nhìn",
    "tiến tới",
    "sắp ",
    "đến năm",
    "đến ",
    "chuẩn bị",
    "phù hợp",
    "tới năm",
];

/// The year in which Vietnam went online.
const FIRST_PAGES: u16 = 1997;

/// The latest year that is written and not planned.
fn latest_year(text: &str, expressions: &[Expression]) -> Option<u16> {
    let years = expressions.iter().filter_map(|e| match e.value {
        Value::Date(Date { year, .. }) if e.anchor == Anchor::Written => year.map(|y| (y, e)),
        _ => None,
    });
    let told = |e: &Expression| {
        let clause = clause_before(text, e.span.start());
        !FUTURE.iter().any(|cue| clause.contains(cue))
            && !sentence_after(text, e.span.end()).contains(" sẽ ")
    };
    years.fold(
        None,
        |latest, (year, e)| {
            if Some(year) > latest && told(e) { Some(year) } else { latest }
        },
    )
}

/// What a reader sees of the first expression: `25 đến 28/4/2018` of a day that shares its month
/// with the next.
fn shown(text: &str, expressions: &[Expression]) -> Span {
    let first = &expressions[0];
    let bare = text[first.span].bytes().all(|b| b.is_ascii_digit());
    let mut last = first;
    for next in expressions.iter().take(8).skip(1) {
        if !bare || next.rule != first.rule || next.span.start() - last.span.end() > 12 {
            break;
        }
        last = next;
    }
    Span::new(first.span.start(), last.span.end())
}

/// Evidence as it comes in: the latest lower and the earliest upper bound.
#[derive(Default)]
struct Bounds {
    from: Option<(Day, String)>,
    to: Option<(Day, String)>,
}

impl Bounds {
    /// True for a day later than the lower bound known so far.
    fn is_later(&self, day: Option<Day>) -> bool {
        day.is_some_and(|day| self.from.as_ref().is_none_or(|(from, _)| *from < day))
    }

    fn not_before(&mut self, day: Option<Day>, why: String) {
        if self.is_later(day)
            && let Some(day) = day
        {
            self.from = Some((day, why));
        }
    }

    fn not_after(&mut self, day: Option<Day>, why: String) {
        if let Some(day) = day
            && self.to.as_ref().is_none_or(|(to, _)| day < *to)
        {
            self.to = Some((day, why));
        }
    }

    fn weigh(&mut self, text: &str, expression: &Expression, surface: &str, month: Option<u8>) {
        let clause = || clause_before(text, expression.span.start());
        match expression.value {
            Value::Date(date) if expression.anchor == Anchor::Written => {
                let Some(year) = date.year else { return };
                let future = |clause: &str| FUTURE.iter().any(|cue| clause.contains(cue));
                if date.unit == Unit::Year {
                    let clause = clause();
                    let past = PAST.iter().any(|cue| clause.contains(cue));
                    let of_year = |y: u16| (Day::new(y, 1, 1), Day::new(y, 12, 31));
                    if clause.ends_with("cùng kỳ ") || clause.ends_with("cùng kì ") {
                        let why = format!("'cùng kỳ {surface}' is the year before");
                        self.not_before(of_year(year + 1).0, why.clone());
                        self.not_after(Day::new(year + 2, 2, 28), why);
                    } else if clause.trim() == "trong"
                        && !sentence_after(text, expression.span.end()).contains(" đã ")
                    {
                        let why = format!("'Trong {surface}' speaks of the running year");
                        self.not_before(of_year(year).0, why.clone());
                        self.not_after(of_year(year).1, why);
                    } else if !past && planned_year(&clause) {
                        // From October on, a year that is planned is the next one; before, it may
                        // be the running one.
                        let next = month.is_some_and(|m| m >= 10);
                        let last = of_year(if next { year - 1 } else { year }).1;
                        self.not_after(last, format!("'{surface}' is still to come"));
                    } else if past
                        && past_year(&clause)
                        && !future(&clause)
                        && !sentence_after(text, expression.span.end()).contains(" sẽ ")
                    {
                        self.not_before(of_year(year).0, format!("'{surface}' is past"));
                    }
                    return;
                }
                // A month that is named with its year is over.
                let last =
                    if date.day.is_some() { date.first() } else { date.last().map(|d| d.plus(1)) };
                if !self.is_later(last) {
                    return;
                }
                let clause = clause();
                if !clause.ends_with("trước ")
                    && !future(&clause)
                    && !sentence_after(text, expression.span.end()).contains(" sẽ ")
                {
                    self.not_before(last, format!("'{surface}' is past"));
                }
            }
            Value::Range(
                Date { year: Some(from), month: None, .. },
                Date { year: Some(to), .. },
            ) if surface.to_lowercase().starts_with("giai đoạn") && to > from => {
                // A plan for a stretch of years is signed in its first year, or late in the year before.
                if !is_signed(&clause()) || past_of_plan(text, expression) {
                    return;
                }
                let why = format!("a plan for '{surface}' is signed at its start");
                let first = if month.is_some_and(|m| m <= 9) {
                    Day::new(from, 1, 1)
                } else {
                    Day::new(from - 1, 10, 1)
                };
                self.not_before(first, why.clone());
                self.not_after(Day::new(from, 12, 31), why);
            }
            _ => {}
        }
    }

    /// A year behind which others are told of, or in which no page was on the web, bounds no page
    /// from above: a story of 1077 plans for 1076.
    fn settle(self, latest: impl Fn() -> Option<u16>) -> (Option<Day>, Option<Day>, Vec<String>) {
        let to = self.to.filter(|(day, _)| day.year() >= latest().unwrap_or(0).max(FIRST_PAGES));
        match (self.from, to) {
            (Some((from, why)), Some((to, other))) if from <= to => {
                let mut basis = vec![why];
                if basis[0] != other {
                    basis.push(other);
                }
                (Some(from), Some(to), basis)
            }
            // What is past is told more surely than what is planned.
            (Some((from, why)), _) => (Some(from), None, vec![why]),
            (None, Some((to, why))) => (None, Some(to), vec![why]),
            (None, None) => (None, None, Vec::new()),
        }
    }
}

/// What is signed is the plan itself, not another paper: `đã ký Hiệp định vận tải và đánh giá cao
/// việc thực hiện Hiệp định giai đoạn 2021-2025`.
fn is_signed(clause: &str) -> bool {
    ["ký ", "kí "].iter().any(|cue| {
        clause.rsplit_once(cue).is_some_and(|(_, paper)| {
            !["đánh giá", "thực hiện", "triển khai"].iter().any(|other| paper.contains(other))
        })
    })
}

/// `Kế hoạch … giai đoạn 2018 - 2020 đã ký kết`: signed earlier, no evidence for this story.
fn past_of_plan(text: &str, expression: &Expression) -> bool {
    let after = sentence_after(text, expression.span.end());
    after.trim_start().starts_with("đã ký") || after.trim_start().starts_with("đã được ký")
}

/// Words that plan; the others of [`FUTURE`] only make a past doubtful: "phải hoàn thành từ năm
/// 2012" is said of an old duty.
const PLANS: &[&str] = &[
    "sẽ ",
    "dự kiến",
    "kế hoạch",
    "phấn đấu",
    "mục tiêu",
    "tầm nhìn",
    "tiến tới",
    "sắp ",
    "chuẩn bị",
    "đăng cai",
    "mời ",
];

/// A year is planned where it says when: `sẽ thăm vào năm`. In "phù hợp Công ước Luật Biển năm
/// 1982, sẽ hợp tác" it names a paper.
fn planned_year(clause: &str) -> bool {
    let clause = clause.trim_end();
    if !PLANS.iter().any(|cue| clause.contains(cue)) {
        return false;
    }
    ["vào", "trong", "đến", "tới", "từ", "cho", "đầu", "giữa", "cuối", "hết", "sang", "trước"]
        .iter()
        .any(|cue| clause.strip_suffix(cue).is_some_and(|rest| rest.ends_with(' ')))
}

/// A year is past where the cue stands beside it: `hồi năm`, `từ năm`, `đã … vào năm`. In "đã hủy
/// tập trận trong năm nay và năm 2018" it is not.
fn past_year(clause: &str) -> bool {
    let clause = clause.trim_end();
    let near =
        ["đầu", "giữa", "cuối"].iter().find_map(|w| clause.strip_suffix(w)).unwrap_or(clause);
    let near = near.trim_end();
    // "Từ năm 2018 thi trên máy" lies ahead.
    ["hồi", "kể từ", "so với"].iter().any(|cue| near.ends_with(cue))
        || (["vào", "trong", "từ"].iter().any(|cue| near.ends_with(cue)) && clause.contains("đã "))
}

/// The lower-cased clause in front of a byte, at most some eighty characters.
fn clause_before(text: &str, at: usize) -> String {
    let mut start = at.saturating_sub(160);
    while !text.is_char_boundary(start) {
        start += 1;
    }
    let before = &text[start..at];
    let cut = before
        .rfind(['.', '!', '?', '\n', ';', '…', '“', '”'])
        .map_or(0, |i| i + before[i..].chars().next().map_or(1, char::len_utf8));
    lowercase(&before[cut..])
}

/// The rest of the sentence behind a byte, at most some eighty characters.
fn sentence_after(text: &str, at: usize) -> &str {
    let mut end = (at + 160).min(text.len());
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    let after = &text[at..end];
    &after[..after.find(['.', '!', '?', '\n', ';']).unwrap_or(after.len())]
}

/// `trung tuần tháng 5/2016` is 2016-05-11/2016-05-20.
fn ten_days(expression: &Expression, year: Option<u16>) -> Option<String> {
    let Value::Date(date) = expression.value else { return None };
    let (from, to) = match expression.rule {
        "D431" => (1, 10),
        "D432" => (11, 20),
        "D433" => (21, 31),
        _ => return None,
    };
    let (year, month) = (date.year.or(year)?, date.month?);
    let to = to.min(crate::calendar::days_in(year, month));
    Some(format!("{year:04}-{month:02}-{from:02}/{year:04}-{month:02}-{to:02}"))
}

fn offset_of(anchor: Anchor) -> i32 {
    match anchor {
        Anchor::Document(Unit::Year, offset) => offset,
        _ => 0,
    }
}

fn shift_year(today: Day, offset: i32) -> Option<u16> {
    u16::try_from(i32::from(today.year()) + offset).ok()
}

/// A date without year, or counted from the day of the document.
fn date_in_time(date: Date, anchor: Anchor, today: Day) -> Option<Date> {
    let with = |day: Day| Date { time: date.time, part: date.part, ..Date::from(day) };
    match anchor {
        Anchor::Document(Unit::Day, offset) if date.day.is_none() => {
            return Some(with(today.plus(offset)));
        }
        Anchor::Document(Unit::Week, offset) => {
            return Some(Date { unit: Unit::Week, ..Date::from(today.plus(7 * offset)) });
        }
        Anchor::Document(Unit::Month, offset) if date.month.is_none() => {
            let months = i32::from(today.year()) * 12 + i32::from(today.month()) - 1 + offset;
            let (year, month) = (months.div_euclid(12), months.rem_euclid(12) + 1);
            return Some(Date::month(u16::try_from(year).ok(), month as u8));
        }
        Anchor::Document(Unit::Year, offset) => {
            return Some(Date { year: shift_year(today, offset), ..date });
        }
        _ => {}
    }
    if date.year.is_some() {
        return Some(date);
    }
    if date.month.is_none() {
        // A day of the month alone belongs to the month of the document.
        let day = date.day?;
        let here =
            Date { year: Some(today.year()), month: Some(today.month()), day: Some(day), ..date };
        return here.to_day().map(|_| here);
    }
    let years = [today.year() - 1, today.year(), today.year() + 1];
    let candidates = years.into_iter().filter_map(|year| {
        let candidate = Date { year: Some(year), ..date };
        let distance = candidate.first()?.since(today);
        Some((candidate, distance))
    });
    candidates
        .filter(|(candidate, distance)| match anchor {
            Anchor::Last => candidate.first().is_some_and(|d| d <= today),
            Anchor::Next => *distance >= 0 || candidate.last().is_some_and(|d| d >= today),
            _ => true,
        })
        .min_by_key(|(_, distance)| distance.abs())
        .map(|(candidate, _)| candidate)
}

/// `2017-W32`
fn week_of(day: Day) -> String {
    let thursday = day.plus(4 - i32::from(day.weekday()));
    let first = Day::new(thursday.year(), 1, 1).map_or(0, |d| thursday.since(d));
    format!("{:04}-W{:02}", thursday.year(), first / 7 + 1)
}
