//! Writing one line.

use std::io;

use bantin_text::offsets::Converter;
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
        let mut rest = fragment;
        while let Some(at) = rest.find(['\u{85}', '\u{2028}', '\u{2029}']) {
            writer.write_all(&rest.as_bytes()[..at])?;
            let c = rest[at..].chars().next().unwrap_or_default();
            write!(writer, "\\u{:04x}", c as u32)?;
            rest = &rest[at + c.len_utf8()..];
        }
        writer.write_all(rest.as_bytes())
    }
}
