//! Days of the week, not ordinals: `tối thứ Bảy`, `chủ nhật tuần này`, `thứ Bảy ngày 12/8`.

use crate::grammar::{Anchor, Parse, Scan};
use crate::numeric::Form;
use crate::token::Word;
use crate::value::{Date, Unit, Value};

impl Scan<'_> {
    /// `thứ Bảy`, `chủ nhật`, with what makes it a day of the week and not an ordinal.
    pub(crate) fn weekday(&self, at: usize, triggered: bool) -> Option<Parse> {
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
                        if (2..=7).contains(&self.number(at + 1)?) && self.digits(at + 1) == 1 =>
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
        let mut parse = Parse::new(next, Value::Weekday(day, None), "D405");
        if week {
            let offset = match self.word(next + 1) {
                Word::Is("này") => 0,
                Word::Is("sau" | "tới") => 1,
                _ => -1,
            };
            parse.next = next + 2;
            parse.anchor = Anchor::Document(Unit::Week, offset);
        } else if last {
            parse.next = next + 2;
            parse.anchor = Anchor::Last;
        } else if let Some((end, date)) = dated {
            // "thứ Bảy ngày 12/8" is one expression; a comma or bracket makes it two.
            parse = self.finish(end, date.into(), "D405")?;
        } else {
            self.deictic(&mut parse);
        }
        Some(parse)
    }

    /// The day in figures that goes with a weekday.
    fn dated(&self, at: usize) -> Option<(usize, Date)> {
        let at = if self.is(at, "ngày") { at + 1 } else { at };
        if let Some((next, Value::Date(date), Form::Full | Form::Stroke)) = self.figures(at) {
            return Some((next, date));
        }
        self.day_of_month(at)
    }
}
