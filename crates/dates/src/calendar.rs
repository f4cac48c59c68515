//! Days of the Gregorian calendar.

/// A day that exists, as a count of days, so that days compare and subtract.
///
/// The conversion is Howard Hinnant's `days_from_civil`, valid for every year used here.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Day(i32);

impl Day {
    /// The day of a year from 1 on, month 1..=12 and day, when the calendar has it.
    pub fn new(year: u16, month: u8, day: u8) -> Option<Day> {
        if year == 0 || !(1..=12).contains(&month) || day == 0 || day > days_in(year, month) {
            return None;
        }
        let shifted = i32::from(year) - i32::from(month <= 2);
        let era = shifted.div_euclid(400);
        let of_era = shifted - era * 400;
        let of_year = (153 * ((i32::from(month) + 9) % 12) + 2) / 5 + i32::from(day) - 1;
        Some(Day(era * 146_097 + of_era * 365 + of_era / 4 - of_era / 100 + of_year - 719_468))
    }

    /// Reads `YYYY-MM-DD`, with anything behind it, as in `2019-11-20T08:30`.
    pub fn parse(text: &str) -> Option<Day> {
        let bytes = text.as_bytes();
        if bytes.len() < 10 || bytes[4] != b'-' || bytes[7] != b'-' {
            return None;
        }
        let number = |from: usize, to: usize| text.get(from..to)?.parse::<u16>().ok();
        Day::new(number(0, 4)?, number(5, 7)? as u8, number(8, 10)? as u8)
    }

    /// The day so many days later; earlier for a negative number.
    pub fn plus(self, days: i32) -> Day {
        Day(self.0 + days)
    }

    /// Days from `earlier` to this one.
    pub fn since(self, earlier: Day) -> i32 {
        self.0 - earlier.0
    }

    /// Monday 1 to Sunday 7.
    pub fn weekday(self) -> u8 {
        ((self.0 + 3).rem_euclid(7) + 1) as u8
    }

    /// The year.
    pub fn year(self) -> u16 {
        self.civil().0
    }

    /// The month, 1 to 12.
    pub fn month(self) -> u8 {
        self.civil().1
    }

    /// The day of the month.
    pub fn day(self) -> u8 {
        self.civil().2
    }

    fn civil(self) -> (u16, u8, u8) {
        let shifted = self.0 + 719_468;
        let era = shifted.div_euclid(146_097);
        let of_era = shifted - era * 146_097;
        let year_of_era = (of_era - of_era / 1460 + of_era / 36_524 - of_era / 146_096) / 365;
        let of_year = of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
        let shifted_month = (5 * of_year + 2) / 153;
        let day = of_year - (153 * shifted_month + 2) / 5 + 1;
        let month = if shifted_month < 10 { shifted_month + 3 } else { shifted_month - 9 };
        let year = year_of_era + era * 400 + i32::from(month <= 2);
        (year as u16, month as u8, day as u8)
    }
}

impl std::fmt::Display for Day {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let (year, month, day) = self.civil();
        write!(f, "{year:04}-{month:02}-{day:02}")
    }
}

/// Days of a month.
pub(crate) fn days_in(year: u16, month: u8) -> u8 {
    match month {
        4 | 6 | 9 | 11 => 30,
        2 if year.is_multiple_of(4) && (!year.is_multiple_of(100) || year.is_multiple_of(400)) => {
            29
        }
        2 => 28,
        _ => 31,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_convert_both_ways_and_know_their_weekday() {
        let day = Day::new(2019, 11, 20).unwrap();
        assert_eq!(day.to_string(), "2019-11-20");
        assert_eq!(day.weekday(), 3);
        assert_eq!(day.plus(11).to_string(), "2019-12-01");
        assert_eq!(Day::parse("2018-04-04T10:00"), Day::new(2018, 4, 4));
        assert_eq!(Day::new(2019, 2, 29), None);
        let mut day = Day::new(1890, 1, 1).unwrap();
        while day.year() < 2100 {
            assert_eq!(Day::new(day.year(), day.month(), day.day()), Some(day));
            day = day.plus(1);
        }
    }
}
