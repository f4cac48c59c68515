//! One line a sentence, its words joined with `_`.

use std::fmt::Write as _;
use std::fs;

use bantin_document::{Document, Record, Spanned, Unit, ZoneKind};

use crate::segmented;

fn render(document: &Document) -> String {
    let mut out = String::new();
    let layer = document.segment.as_ref().unwrap();
    let mut paragraphs = layer.paragraphs.iter().peekable();
    for sentence in &layer.sentences {
        while paragraphs.next_if(|p| p.start <= sentence.start).is_some() {
            out.push_str("¶\n");
        }
        write!(out, "{:>5}..{:<5}", sentence.start, sentence.end).unwrap();
        if sentence.zone != ZoneKind::Body {
            write!(out, "[{}] ", sentence.zone.as_str()).unwrap();
        }
        for token in &sentence.tokens {
            let word: Vec<_> = document.text[token.span()].split_whitespace().collect();
            write!(out, " {}", word.join("_")).unwrap();
        }
        out.push('\n');
    }
    out
}

#[test]
fn fixtures() {
    insta::glob!("../../../../fixtures/segment", "*/*.txt", |path| {
        insta::assert_snapshot!(render(&segmented(&fs::read_to_string(path).unwrap())));
    });
}

#[test]
fn seeds() {
    insta::glob!("../../../../seeds", "*.txt", |path| {
        insta::assert_snapshot!(render(&segmented(&fs::read_to_string(path).unwrap())));
    });
}

#[test]
fn wire_format() {
    let mut out = Vec::new();
    let document = segmented("Hai bên ký kế hoạch hợp tác.Bộ trưởng cảm ơn.");
    Record::Document(document).write(&mut out, Unit::Byte);
    insta::assert_snapshot!(String::from_utf8(out).unwrap());
}
