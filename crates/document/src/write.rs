//! Writing one line.

use std::io;

use bantin_text::offsets::Converter;
use memchr::memchr2_iter;
use serde::Serialize;
use serde_json::ser::{Formatter, Serializer};

use crate::{Document, Record, Unit};

impl Record {
    /// Appends the record as one line of JSON with its line feed, offsets counted in `unit`.
    pub fn write(&self, out: &mut Vec<u8>, unit: Unit) {
        match self {
            Record::Document(document) if unit != Unit::Byte => {
                line(&document.in_unit(unit), out);
            }
            Record::Document(document) => line(document, out),
            Record::Error(error) => line(error, out),
        }
    }
}

impl Document {
    fn in_unit(&self, unit: Unit) -> Document {
        let mut document = self.clone();
        let converter = Converter::new(&self.text, unit);
        document.visit(&mut |start, end| {
            *start = converter.convert(*start);
            *end = converter.convert(*end);
        });
        document.offsets = unit;
        document
    }
}

fn line(value: &impl Serialize, out: &mut Vec<u8>) {
    let mut serializer = Serializer::with_formatter(&mut *out, OneLine);
    value
        .serialize(&mut serializer)
        .expect("a record has string keys and a vector takes every byte");
    out.push(b'\n');
}

/// Compact JSON that escapes the three characters which some readers take for line ends: U+0085,
/// U+2028, U+2029 (Python's `splitlines` cut such a record in two).
struct OneLine;

impl Formatter for OneLine {
    fn write_string_fragment<W: io::Write + ?Sized>(
        &mut self,
        writer: &mut W,
        fragment: &str,
    ) -> io::Result<()> {
        let bytes = fragment.as_bytes();
        let mut start = 0;
        // Lead bytes of the three, which are rare in Vietnamese: its letters begin with C3-C6, E1.
        for at in memchr2_iter(0xC2, 0xE2, bytes) {
            let code = match &bytes[at..] {
                [0xC2, 0x85, ..] => "\\u0085",
                [0xE2, 0x80, 0xA8, ..] => "\\u2028",
                [0xE2, 0x80, 0xA9, ..] => "\\u2029",
                _ => continue,
            };
            writer.write_all(&bytes[start..at])?;
            writer.write_all(code.as_bytes())?;
            start = at + if bytes[at] == 0xC2 { 2 } else { 3 };
        }
        writer.write_all(&bytes[start..])
    }
}
