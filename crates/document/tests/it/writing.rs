//! Writing: field order, other units, characters that readers trip over.

use bantin_document::{
    Alias, Clean, Document, Edit, EditKind, Entity, Extent, Flag, FlagKind, Mention, MentionType,
    Meta, MetaValue, Paragraph, Record, Segment, Sentence, Source, Tag, Token, Unit, Zone,
    ZoneKind,
};
use bantin_text::Span;
use proptest::prelude::*;

use crate::document;

fn written(document: &Document, unit: Unit) -> String {
    let mut out = Vec::new();
    Record::Document(document.clone()).write(&mut out, unit);
    String::from_utf8(out).unwrap()
}

fn sample() -> Document {
    let mut document = document(
        r#"{"id":"a","text":"🚀 Bộ trưởng Lịch nói.\nẢnh: Linh","score":1.50,"ok":[ true ]}"#,
    );
    let (body, credit) =
        (document.span_of("🚀 Bộ trưởng Lịch nói.\n"), document.span_of("Ảnh: Linh"));
    let name = document.span_of("Lịch");
    let Extent { start, end } = name.into();
    document.clean = Some(Clean {
        zones: vec![
            Zone::new(body, ZoneKind::Body),
            Zone::new(credit, ZoneKind::PhotoCredit).by("C104"),
        ],
        meta: Meta {
            author: Some(MetaValue::new(document.span_of("Linh"), "Linh")),
            ..Meta::default()
        },
        flags: vec![Flag {
            kind: FlagKind::MissingTitle,
            value: None,
            confidence: Some(0.123456),
            spans: vec![],
        }],
        ..Clean::default()
    });
    document.segment = Some(Segment {
        paragraphs: vec![],
        sentences: vec![Sentence {
            start: 0,
            end: body.end() as u32 - 1,
            zone: ZoneKind::Body,
            tokens: vec![Token::from(name)],
        }],
    });
    document.tag = Some(Tag {
        mentions: vec![Mention {
            start,
            end,
            kind: MentionType::Per,
            surface: "Lịch".into(),
            entity: Some("per:lich".into()),
            holder: None,
            value: None,
            resolved: None,
            basis: None,
            zone: None,
            confidence: None,
            rule: None,
        }],
        ..Tag::default()
    });
    document
}

#[test]
fn the_wire_format_is_pinned() {
    insta::assert_snapshot!(written(&sample(), Unit::Byte));
}

#[test]
fn the_bytes_are_those_of_serde() {
    let mut document = sample();
    document.source = Some(Source { path: "tin \"a\".jsonl".into(), line: Some(7) });
    if let Some(segment) = &mut document.segment {
        segment.paragraphs =
            vec![Paragraph { start: 0, end: 30 }, Paragraph { start: 31, end: 43 }];
        let mut caption = segment.sentences[0].clone();
        (caption.zone, caption.tokens) = (ZoneKind::Caption, vec![Token(31, 35), Token(37, 41)]);
        segment.sentences.push(caption);
    }
    if let Some(clean) = &mut document.clean {
        for zone in &mut clean.zones {
            zone.confidence = Some(0.970_04);
        }
        let edit = Edit::new(Span::empty(22), "\n\"", EditKind::SplitGlued);
        clean.edits = vec![edit.clone().by("C201"), edit];
    }
    if let Some(tag) = &mut document.tag {
        let words = |text: &str| Some(text.to_owned());
        tag.mentions.push(Mention {
            surface: "Hà \"Nội\" – Phương Linh".into(),
            holder: words("per:ha"),
            value: words("2018"),
            resolved: words("2018-04"),
            basis: words("'2018' opens\nthe story"),
            zone: Some(ZoneKind::Caption),
            confidence: Some(0.970_04),
            rule: Some("T301".into()),
            ..tag.mentions[0].clone()
        });
        let alias = |name: &str| Alias { name: name.into(), reason: "part of it".into() };
        let entity = |aliases, titles| Entity {
            id: "per:phuong-linh".into(),
            kind: MentionType::Per,
            name: "Phương Linh".into(),
            aliases,
            titles,
        };
        tag.entities = vec![
            entity(vec![alias("Linh"), alias("P. Linh")], vec!["Đại tá".into(), "Bác sĩ".into()]),
            entity(Vec::new(), Vec::new()),
        ];
        (tag.groups, tag.events, tag.statements) = (Some(Vec::new()), Some(Vec::new()), None);
    }
    let by_serde = serde_json::to_string(&document).unwrap() + "\n";
    assert_eq!(written(&document, Unit::Byte), by_serde);
}

#[test]
fn other_units_are_converted_and_named_and_read_back_as_bytes() {
    let document = sample();
    let char_line = written(&document, Unit::Char);
    assert!(char_line.contains(r#""id":"a","offsets":"char","text""#));
    assert!(char_line.contains(r#""tokens":[[12,16]]"#), "{char_line}");
    assert!(written(&document, Unit::Utf16).contains(r#""tokens":[[13,17]]"#));
    for unit in [Unit::Char, Unit::Utf16] {
        let read = crate::document(written(&document, unit).trim());
        assert_eq!(written(&read, Unit::Byte), written(&document, Unit::Byte));
    }
}

#[test]
fn characters_that_some_readers_take_for_line_ends_are_escaped() {
    let line = written(&Document::new("a", "x\u{2028}y\u{85}z\u{2029}\u{1F680}"), Unit::Byte);
    assert!(line.contains("x\\u2028y\\u0085z\\u2029\u{1F680}"), "{line}");
    assert_eq!(document(line.trim_end()).text, "x\u{2028}y\u{85}z\u{2029}\u{1F680}");
}

proptest! {
    #[test]
    fn what_is_written_is_read_back_the_same(text in any::<String>(), extra in "[a-z]{1,8}") {
        let line = format!(r#"{{"text":{},"{extra}_":[1, "x"]}}"#, serde_json::Value::from(text.clone()));
        let mut first = document(&line);
        first.clean = Some(Clean {
            zones: vec![Zone::new(Span::new(0, text.len()), ZoneKind::Body)],
            ..Clean::default()
        });
        let once = written(&first, Unit::Byte);
        prop_assert_eq!(once.matches('\n').count(), 1);
        prop_assert_eq!(written(&document(once.trim_end_matches('\n')), Unit::Byte), once);
    }
}
