//! Times of the day: `20h30 ngày 12/7`, `8 giờ sáng nay`, `rạng sáng`.

use crate::grammar::{Parse, Scan};
use crate::token::{Word, clock};
use crate::value::{Part, Unit, Value};

impl Scan<'_> {
    /// A clock in front of a day: `20h30 ngày 12/7`, `8 giờ sáng nay`.
    pub(crate) fn clocked(&self, at: usize) -> Option<Parse> {
        let (next, (hour, minute)) = self.clock_time(at)?;
        let mut parse = self.day(next).filter(|r| r.next > next)?;
        let Value::Date(date) = &mut parse.value else { return None };
        if date.unit != Unit::Day {
            return None;
        }
        let late = matches!(date.part, Some(Part::Afternoon | Part::Evening))
            || (date.part == Some(Part::Night) && (6..12).contains(&hour));
        let hour = if late && hour < 12 { hour + 12 } else { hour };
        date.time = Some((hour % 24, minute));
        date.part = None;
        Some(parse)
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
            return (self.digits(at + 2) == 2).then_some((at + 3, (hour, minute)));
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
}
