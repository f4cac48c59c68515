//! What a date value says on the calendar: first and last day, and how sure they are.

use serde::{Deserialize, Serialize};

/// How a date is known.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Certainty {
    /// The expression itself names the year.
    Stated,
    /// The year follows from other evidence in the document.
    Inferred,
    /// The document does not settle it: no year, or only a bound.
    Open,
}

impl Certainty {
    /// Of a value as written and with what the document supports.
    ///
    /// ```
    /// use bantin_report::Certainty;
    /// assert_eq!(Certainty::of("2019-05", None), Certainty::Stated);
    /// assert_eq!(Certainty::of("XXXX-04-04", Some("2018-04-04")), Certainty::Inferred);
    /// assert_eq!(Certainty::of("XXXX-03-21", Some("2014-03-21/..")), Certainty::Open);
    /// ```
    pub fn of(value: &str, resolved: Option<&str>) -> Certainty {
        let settled = |value: &str| Days::of(value).is_some_and(|days| !days.is_open());
        if settled(value) {
            Certainty::Stated
        } else if resolved.is_some_and(settled) {
            Certainty::Inferred
        } else {
            Certainty::Open
        }
    }

    /// The word in the tables: `inferred`.
    pub fn as_str(self) -> &'static str {
        match self {
            Certainty::Stated => "stated",
            Certainty::Inferred => "inferred",
            Certainty::Open => "open",
        }
    }
}

/// First and last day of a date value, counted from 1970-01-01. An end that nothing bounds is
/// absent.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Days {
    pub(crate) first: Option<i64>,
    pub(crate) last: Option<i64>,
}

impl Days {
    /// Reads a calendar value in TIMEX3 or EDTF form: `2018-04-04`, `2018-04-04TMO`, `2019-05`,
    /// `2020`, `2020-Q1`, `2013-12-11/2013-12-20`, `2014-03-21/..`. `None` for one without a year
    /// and for durations.
    pub(crate) fn of(value: &str) -> Option<Days> {
        let bound = |part: &str| match part {
            "" | ".." => Some(None),
            part => point(part).map(Some),
        };
        let (first, last) = match value.split_once('/') {
            None => point(value).map(|(a, b)| (Some(a), Some(b)))?,
            Some((from, to)) => {
                let (from, to) = (bound(from)?, bound(to)?);
                (from.map(|days| days.0), to.map(|days| days.1))
            }
        };
        (first.is_some() || last.is_some()).then_some(Days { first, last })
    }

    /// True when one of the ends is not known.
    pub(crate) fn is_open(self) -> bool {
        self.first.is_none() || self.last.is_none()
    }

    /// Number of days; `None` when an end is open.
    pub(crate) fn len(self) -> Option<i64> {
        Some(self.last? - self.first? + 1)
    }

    /// True when some day lies in both.
    pub(crate) fn overlaps(self, other: Days) -> bool {
        let below = |a: Option<i64>, b: Option<i64>| a.zip(b).is_none_or(|(a, b)| a <= b);
        below(self.first, other.last) && below(other.first, self.last)
    }
}

/// First and last day of one calendar value.
fn point(value: &str) -> Option<(i64, i64)> {
    // "2019-11-20TAF": the part of the day does not move the day.
    let value = value.split_once('T').map_or(value, |(day, _)| day);
    let mut parts = value.split('-');
    let year: i64 = parts.next().filter(|y| y.len() == 4)?.parse().ok()?;
    let Some(second) = parts.next() else {
        return Some((day_number(year, 1, 1), day_number(year, 12, 31)));
    };
    let months = |first: i64, last: i64| {
        (day_number(year, first, 1), day_number(year, last, days_in_month(year, last)))
    };
    if let Some(quarter) = second.strip_prefix('Q') {
        let quarter: i64 = quarter.parse().ok().filter(|q| (1..=4).contains(q))?;
        return Some(months(quarter * 3 - 2, quarter * 3));
    }
    if let Some(half) = second.strip_prefix('H') {
        let half: i64 = half.parse().ok().filter(|h| (1..=2).contains(h))?;
        return Some(months(half * 6 - 5, half * 6));
    }
    if let Some(week) = second.strip_prefix('W') {
        let week: i64 = week.parse().ok().filter(|w| (1..=53).contains(w))?;
        let january_4 = day_number(year, 1, 4);
        let monday = january_4 - (january_4 + 3).rem_euclid(7) + 7 * (week - 1);
        return Some((monday, monday + 6));
    }
    let month: i64 = second.parse().ok().filter(|m| (1..=12).contains(m))?;
    match parts.next() {
        None => Some(months(month, month)),
        Some(day) => {
            let day = day.parse().ok().filter(|d| (1..=days_in_month(year, month)).contains(d))?;
            let day = day_number(year, month, day);
            Some((day, day))
        }
    }
}

fn days_in_month(year: i64, month: i64) -> i64 {
    let leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
    match month {
        2 => 28 + i64::from(leap),
        4 | 6 | 9 | 11 => 30,
        _ => 31,
    }
}

/// Days from 1970-01-01, by the civil-calendar arithmetic of Howard Hinnant.
fn day_number(year: i64, month: i64, day: i64) -> i64 {
    let year = if month <= 2 { year - 1 } else { year };
    let era = year.div_euclid(400);
    let year_of_era = year.rem_euclid(400);
    let day_of_year = (153 * ((month + 9) % 12) + 2) / 5 + day - 1;
    era * 146_097 + year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year - 719_468
}

/// The day as `YYYY-MM-DD`.
pub(crate) fn iso(day: i64) -> String {
    let shifted = day + 719_468;
    let era = shifted.div_euclid(146_097);
    let of_era = shifted.rem_euclid(146_097);
    let year = (of_era - of_era / 1460 + of_era / 36_524 - of_era / 146_096) / 365;
    let of_year = of_era - (365 * year + year / 4 - year / 100);
    let month = (5 * of_year + 2) / 153;
    let day = of_year - (153 * month + 2) / 5 + 1;
    let month = if month < 10 { month + 3 } else { month - 9 };
    let year = year + era * 400 + i64::from(month <= 2);
    format!("{year:04}-{month:02}-{day:02}")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn days(value: &str) -> Option<(Option<String>, Option<String>)> {
        Days::of(value).map(|d| (d.first.map(iso), d.last.map(iso)))
    }

    fn both(first: &str, last: &str) -> Option<(Option<String>, Option<String>)> {
        Some((Some(first.into()), Some(last.into())))
    }

    #[test]
    fn values_span_the_days_they_name() {
        assert_eq!(days("2018-04-04"), both("2018-04-04", "2018-04-04"));
        assert_eq!(days("2019-11-20TAF"), both("2019-11-20", "2019-11-20"));
        assert_eq!(days("2020-02"), both("2020-02-01", "2020-02-29"));
        assert_eq!(days("2019/2020"), both("2019-01-01", "2020-12-31"));
        assert_eq!(days("2020-Q1"), both("2020-01-01", "2020-03-31"));
        assert_eq!(days("2019-W01"), both("2018-12-31", "2019-01-06"));
        assert_eq!(days("2014-03-21/.."), Some((Some("2014-03-21".into()), None)));
    }

    #[test]
    fn values_without_a_year_have_no_days() {
        for value in ["XXXX-04-04", "P3Y", "", "../..", "2019-13", "2019-02-30", "PRESENT_REF"] {
            assert_eq!(days(value), None, "{value}");
        }
    }

    #[test]
    fn an_open_end_overlaps_everything_behind_it() {
        let of = |value| Days::of(value).unwrap();
        assert!(of("2014-03-21/..").overlaps(of("2016-03-21")));
        assert!(!of("2014-03-21/..").overlaps(of("2013-12")));
    }
}
