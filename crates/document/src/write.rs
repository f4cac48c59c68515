//! Writing one line: what is long by hand, the rest by serde.

use std::io;

use bantin_text::offsets::Converter;
use memchr::memchr2_iter;
use serde::Serialize;
use serde_json::ser::{Formatter, Serializer};

use crate::span::rounded;
use crate::write_tag::write_tag;
use crate::{Clean, Code, Document, Record, SCHEMA, Segment, Unit, ZoneKind, json};

impl Record {
    /// Appends the record as one line of JSON with its line feed, offsets counted in `unit`.
    pub fn write(&self, out: &mut Vec<u8>, unit: Unit) {
        match self {
            Record::Document(document) if unit != Unit::Byte => {
                write_document(&document.in_unit(unit), out);
            }
            Record::Document(document) => write_document(document, out),
            Record::Error(error) => write(error, out),
        }
        out.push(b'\n');
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

/// The bytes that [`Document`]'s `Serialize` makes, at a fraction of the cost.
fn write_document(document: &Document, out: &mut Vec<u8>) {
    out.extend_from_slice(b"{\"schema\":\"");
    out.extend_from_slice(SCHEMA.as_bytes());
    out.extend_from_slice(b"\",\"type\":\"document\",\"id\":");
    json::string(&document.id, out);
    if let Some(source) = &document.source {
        out.extend_from_slice(b",\"source\":");
        write(source, out);
    }
    if document.offsets != Unit::Byte {
        out.extend_from_slice(b",\"offsets\":");
        json::string(document.offsets.as_str(), out);
    }
    out.extend_from_slice(b",\"text\":");
    json::string(&document.text, out);
    if let Some(clean) = &document.clean {
        out.extend_from_slice(b",\"clean\":");
        write_clean(clean, out);
    }
    if let Some(segment) = &document.segment {
        out.extend_from_slice(b",\"segment\":");
        write_segment(segment, out);
    }
    if let Some(tag) = &document.tag {
        out.extend_from_slice(b",\"tag\":");
        write_tag(tag, out);
    }
    for (name, value) in &document.extra.0 {
        out.push(b',');
        json::string(name, out);
        out.push(b':');
        out.extend_from_slice(value.get().as_bytes());
    }
    out.push(b'}');
}

fn write_clean(clean: &Clean, out: &mut Vec<u8>) {
    out.extend_from_slice(b"{\"zones\":[");
    for (i, zone) in clean.zones.iter().enumerate() {
        out.extend_from_slice(comma(i));
        json::extent(zone.start, zone.end, out);
        write_why(zone.kind.as_str(), zone.rule.as_ref(), out);
        if let Some(confidence) = zone.confidence {
            out.extend_from_slice(b",\"confidence\":");
            write(&rounded(confidence), out);
        }
        out.push(b'}');
    }
    out.extend_from_slice(b"],\"edits\":[");
    for (i, edit) in clean.edits.iter().enumerate() {
        out.extend_from_slice(comma(i));
        json::extent(edit.start, edit.end, out);
        out.extend_from_slice(b",\"insert\":");
        json::string(&edit.insert, out);
        write_why(edit.kind.as_str(), edit.rule.as_ref(), out);
        out.push(b'}');
    }
    out.extend_from_slice(b"],\"meta\":");
    write(&clean.meta, out);
    if !clean.flags.is_empty() {
        out.extend_from_slice(b",\"flags\":");
        write(&clean.flags, out);
    }
    out.push(b'}');
}

/// Writes the kind of an item, a word of ours, and what decided.
fn write_why(kind: &str, rule: Option<&Code>, out: &mut Vec<u8>) {
    out.extend_from_slice(b",\"kind\":\"");
    out.extend_from_slice(kind.as_bytes());
    out.push(b'"');
    if let Some(rule) = rule {
        out.extend_from_slice(b",\"rule\":");
        json::string(rule, out);
    }
}

fn write_segment(segment: &Segment, out: &mut Vec<u8>) {
    out.extend_from_slice(b"{\"paragraphs\":[");
    for (i, paragraph) in segment.paragraphs.iter().enumerate() {
        out.extend_from_slice(comma(i));
        json::extent(paragraph.start, paragraph.end, out);
        out.push(b'}');
    }
    out.extend_from_slice(b"],\"sentences\":[");
    for (i, sentence) in segment.sentences.iter().enumerate() {
        out.extend_from_slice(comma(i));
        json::extent(sentence.start, sentence.end, out);
        if sentence.zone != ZoneKind::Body {
            out.extend_from_slice(b",\"zone\":");
            json::string(sentence.zone.as_str(), out);
        }
        out.extend_from_slice(b",\"tokens\":");
        json::tokens(&sentence.tokens, out);
        out.push(b'}');
    }
    out.extend_from_slice(b"]}");
}

/// What stands before item `i` of a list.
pub(crate) fn comma(i: usize) -> &'static [u8] {
    if i == 0 { b"" } else { b"," }
}

pub(crate) fn write(value: &impl Serialize, out: &mut Vec<u8>) {
    let mut serializer = Serializer::with_formatter(&mut *out, OneLine);
    value
        .serialize(&mut serializer)
        .expect("a record has string keys and a vector takes every byte");
}

/// Compact JSON whose strings are those of [`json::string`].
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
            let Some((escaped, length)) = json::line_end(&bytes[at..]) else { continue };
            writer.write_all(&bytes[start..at])?;
            writer.write_all(escaped)?;
            start = at + length;
        }
        writer.write_all(&bytes[start..])
    }
}
