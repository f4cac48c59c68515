//! Conversion of byte offsets to the units of other languages, at the edge only.

use std::fmt;
use std::str::FromStr;

/// The unit that offsets are counted in. The stages know bytes only.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub enum Unit {
    /// UTF-8 bytes.
    #[default]
    Byte,
    /// Unicode code points: Python's `str`.
    Char,
    /// UTF-16 code units: JavaScript, Java, C#.
    Utf16,
}

impl Unit {
    /// The word that stands in a record: `byte`, `char`, `utf16`.
    pub fn as_str(self) -> &'static str {
        match self {
            Unit::Byte => "byte",
            Unit::Char => "char",
            Unit::Utf16 => "utf16",
        }
    }
}

impl fmt::Display for Unit {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl FromStr for Unit {
    type Err = UnknownUnit;

    fn from_str(word: &str) -> Result<Unit, UnknownUnit> {
        match word {
            "byte" => Ok(Unit::Byte),
            "char" => Ok(Unit::Char),
            "utf16" => Ok(Unit::Utf16),
            _ => Err(UnknownUnit(word.to_owned())),
        }
    }
}

/// A unit of offsets that is none of `byte`, `char`, `utf16`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UnknownUnit(String);

impl fmt::Display for UnknownUnit {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "offsets are in {:?}; known units are byte, char and utf16", self.0)
    }
}

impl std::error::Error for UnknownUnit {}

/// Byte offsets of one text in another unit.
///
/// One pass over the text, four bytes for each of its bytes; only made when a unit is asked for.
pub struct Converter {
    unit_of_byte: Vec<u32>,
}

impl Converter {
    /// Counts `text` in `unit`.
    pub fn new(text: &str, unit: Unit) -> Converter {
        let mut unit_of_byte = Vec::with_capacity(text.len() + 1);
        let mut count = 0;
        for c in text.chars() {
            unit_of_byte.extend(std::iter::repeat_n(count, c.len_utf8()));
            count += match unit {
                Unit::Byte => c.len_utf8() as u32,
                Unit::Char => 1,
                Unit::Utf16 => c.len_utf16() as u32,
            };
        }
        unit_of_byte.push(count);
        Converter { unit_of_byte }
    }

    /// The offset that `byte` has in the unit; the end of the text for anything behind it.
    pub fn convert(&self, byte: u32) -> u32 {
        let last = self.unit_of_byte.len() - 1;
        self.unit_of_byte[(byte as usize).min(last)]
    }

    /// The byte at which the character with this offset in the unit begins, the text's end
    /// included; `None` inside a character and behind the end.
    pub fn byte_of(&self, offset: u32) -> Option<u32> {
        let byte = self.unit_of_byte.partition_point(|unit| *unit < offset);
        (self.unit_of_byte.get(byte) == Some(&offset)).then_some(byte as u32)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn units_differ_after_accents_and_after_emoji() {
        let text = "Bộ 🚀 x";
        let at = text.find('x').unwrap() as u32;
        assert_eq!(at, 10);
        assert_eq!(Converter::new(text, Unit::Char).convert(at), 5);
        assert_eq!(Converter::new(text, Unit::Utf16).convert(at), 6);
        assert_eq!(Converter::new(text, Unit::Byte).convert(at), at);
        assert_eq!(Converter::new(text, Unit::Char).byte_of(5), Some(at));
        assert_eq!(Converter::new(text, Unit::Char).byte_of(6), Some(at + 1));
        assert_eq!(Converter::new(text, Unit::Char).byte_of(7), None);
        // Half of the rocket.
        assert_eq!(Converter::new(text, Unit::Utf16).byte_of(4), None);
        assert_eq!(
            "rune".parse::<Unit>().unwrap_err().to_string(),
            "offsets are in \"rune\"; known units are byte, char and utf16"
        );
    }
}
