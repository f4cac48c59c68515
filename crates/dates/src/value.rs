//! Values of time expressions in TIMEX3 and EDTF form.

use std::fmt;

use crate::calendar::Day;

/// A part of the day.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Part {
    /// sáng, rạng sáng
    Morning,
    /// trưa
    Noon,
    /// chiều
    Afternoon,
    /// tối
    Evening,
    /// đêm, khuya
    Night,
}

impl Part {
    /// The TIMEX3 suffix: `TMO`.
    pub fn as_str(self) -> &'static str {
        match self {
            Part::Morning => "TMO",
            Part::Noon => "TMI",
            Part::Afternoon => "TAF",
            Part::Evening => "TEV",
            Part::Night => "TNI",
        }
    }
}

/// A calendar date of which some parts may be unknown, written `XXXX-11-20TAF`.
///
/// A part that is `None` and stands left of a known one is written with `X`; unknown parts on the
/// right are left out.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Date {
    /// The year, 1 and later.
    pub year: Option<u16>,
    /// 1 to 12.
    pub month: Option<u8>,
    /// 1 to 31.
    pub day: Option<u8>,
    /// Hour and minute.
    pub time: Option<(u8, u8)>,
    /// Part of the day, where no clock says more.
    pub part: Option<Part>,
    /// How fine the expression is, whatever of it is known.
    pub unit: Unit,
}

/// Units of the calendar, coarse to fine.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub enum Unit {
    /// thế kỷ
    Century,
    /// thập niên, thập kỷ
    Decade,
    /// năm
    #[default]
    Year,
    /// quý
    Quarter,
    /// tháng
    Month,
    /// tuần
    Week,
    /// ngày
    Day,
}

impl Date {
    /// A whole year.
    pub fn year(year: u16) -> Date {
        Date { year: Some(year), ..Date::default() }
    }

    /// A month, perhaps of a known year.
    pub fn month(year: Option<u16>, month: u8) -> Date {
        Date { year, month: Some(month), unit: Unit::Month, ..Date::default() }
    }

    /// A day, perhaps of a known month and year.
    pub fn day(year: Option<u16>, month: Option<u8>, day: u8) -> Date {
        Date { year, month, day: Some(day), unit: Unit::Day, ..Date::default() }
    }

    /// An expression of which only the unit is known: `hôm nay`, `năm ngoái`.
    pub fn unknown(unit: Unit) -> Date {
        Date { unit, ..Date::default() }
    }

    /// The day it names, when all of it is known.
    pub fn to_day(self) -> Option<Day> {
        Day::new(self.year?, self.month?, self.day?)
    }

    /// The same without part of the day and clock.
    pub fn without_time(self) -> Date {
        Date { time: None, part: None, ..self }
    }

    /// The first day it may stand for, when the year is known.
    pub fn first(self) -> Option<Day> {
        Day::new(self.year?, self.month.unwrap_or(1), self.day.unwrap_or(1))
    }

    /// The last day it may stand for, when the year is known.
    pub fn last(self) -> Option<Day> {
        let (year, month) = (self.year?, self.month.unwrap_or(12));
        Day::new(year, month, self.day.unwrap_or(crate::calendar::days_in(year, month)))
    }
}

impl From<Day> for Date {
    fn from(day: Day) -> Date {
        Date::day(Some(day.year()), Some(day.month()), day.day())
    }
}

impl fmt::Display for Date {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.year {
            Some(year) => write!(f, "{year:04}")?,
            None => f.write_str("XXXX")?,
        }
        if self.unit == Unit::Week && self.day.is_none() {
            return f.write_str("-WXX");
        }
        if self.unit == Unit::Quarter && self.month.is_none() {
            return f.write_str("-QX");
        }
        if self.unit >= Unit::Month {
            match self.month {
                Some(month) => write!(f, "-{month:02}")?,
                None => f.write_str("-XX")?,
            }
        }
        if self.unit == Unit::Day {
            match self.day {
                Some(day) => write!(f, "-{day:02}")?,
                None => f.write_str("-XX")?,
            }
        }
        match (self.time, self.part) {
            (Some((hour, minute)), _) => write!(f, "T{hour:02}:{minute:02}"),
            (None, Some(part)) => f.write_str(part.as_str()),
            (None, None) => Ok(()),
        }
    }
}

/// What a time expression stands for.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Value {
    /// A year, month or day: `2013-12`, `XXXX-11-20TAF`.
    Date(Date),
    /// From one to another: `2018/2020`.
    Range(Date, Date),
    /// A day of the week, Monday 1 to Sunday 7, or 8 for the weekend: `XXXX-WXX-6TEV`.
    Weekday(u8, Option<Part>),
    /// A quarter: `2017-Q1`.
    Quarter(Option<u16>, u8),
    /// A half-year: `2017-H1`.
    Half(Option<u16>, u8),
    /// A season: `2017-SU`.
    Season(Option<u16>, &'static str),
    /// Ten years, by the first three digits: `198X`.
    Decade(u16),
    /// Hundred years, by the first two digits: `20XX` for the 21st century.
    Century(u8),
    /// A day of the lunar calendar: `lunar:XXXX-03-10`.
    Lunar(Date),
    /// A length of time, tenths of a unit and the TIMEX3 letter: `P70Y`.
    Duration(u32, char),
    /// A length between two: `P3D/P5D`.
    DurationRange(u32, u32, char),
}

impl fmt::Display for Value {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let year = |f: &mut fmt::Formatter<'_>, year: Option<u16>| match year {
            Some(year) => write!(f, "{year:04}"),
            None => f.write_str("XXXX"),
        };
        let length = |f: &mut fmt::Formatter<'_>, tenths: u32, unit: char| {
            if tenths.is_multiple_of(10) {
                write!(f, "P{}{unit}", tenths / 10)
            } else {
                write!(f, "P{}.{}{unit}", tenths / 10, tenths % 10)
            }
        };
        match *self {
            Value::Date(date) => date.fmt(f),
            Value::Range(from, to) => write!(f, "{from}/{to}"),
            Value::Weekday(8, part) => {
                write!(f, "XXXX-WXX-WE{}", part.map_or("", Part::as_str))
            }
            Value::Weekday(day, part) => {
                write!(f, "XXXX-WXX-{day}{}", part.map_or("", Part::as_str))
            }
            Value::Quarter(y, quarter) => year(f, y).and_then(|()| write!(f, "-Q{quarter}")),
            Value::Half(y, half) => year(f, y).and_then(|()| write!(f, "-H{half}")),
            Value::Season(y, season) => year(f, y).and_then(|()| write!(f, "-{season}")),
            Value::Decade(decade) => write!(f, "{decade:03}X"),
            Value::Century(century) => write!(f, "{century:02}XX"),
            Value::Lunar(date) => write!(f, "lunar:{date}"),
            Value::Duration(tenths, unit) => length(f, tenths, unit),
            Value::DurationRange(from, to, unit) => {
                length(f, from, unit)?;
                f.write_str("/")?;
                length(f, to, unit)
            }
        }
    }
}
