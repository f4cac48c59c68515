//! Reading: ours, foreign, and lines that are no record.

use bantin_document::{Fields, Record};

use crate::{document, ours};

fn refusal(line: &str) -> String {
    let error = Record::parse(line, &Fields::default()).expect_err("the line is no record");
    format!("{:?}: {error}", error.code)
}

#[test]
fn refusals_say_what_was_found_and_what_is_wanted() {
    let text = "Bộ trưởng tiếp khách.";
    let lines = [
        "{".to_owned(),
        "[1]".to_owned(),
        r#"{"id":"a"}"#.to_owned(),
        r#"{"text":7}"#.to_owned(),
        r#"{"text":"\ud800"}"#.to_owned(),
        r#"{"schema":"bantin/2","text":"a"}"#.to_owned(),
        r#"{"schema":"bantin/1","type":"table","text":"a"}"#.to_owned(),
        r#"{"schema":"bantin/1","type":"document","id":"a"}"#.to_owned(),
        r#"{"text":"a","text":"b"}"#.to_owned(),
        ours(text, r#","clean":null,"clean":null"#),
        ours(
            text,
            r#","offsets":"utf16","segment":{"paragraphs":[],"sentences":[{"start":0,"end":40,"tokens":[]}]}"#,
        ),
        ours(text, r#","offsets":"rune""#),
        ours(text, r#","clean":{"zones":[{"start":0,"end":4,"kind":"footer"}],"edits":[]}"#),
        ours(text, r#","clean":{"zones":[{"start":0,"end":400,"kind":"body"}],"edits":[]}"#),
        ours(
            text,
            r#","clean":{"zones":[{"start":0,"end":12,"kind":"body"},{"start":5,"end":29,"kind":"body"}],"edits":[]}"#,
        ),
        ours(text, r#","clean":{"zones":[{"start":0,"end":12,"kind":"body"}],"edits":[]}"#),
        ours(text, r#","segment":{"paragraphs":[],"sentences":[{"start":0,"end":2,"tokens":[]}]}"#),
        ours(
            text,
            r#","segment":{"paragraphs":[],"sentences":[{"start":0,"end":4,"tokens":[[5,13]]}]}"#,
        ),
        ours(
            text,
            r#","segment":{"paragraphs":[],"sentences":[{"start":0,"end":4,"tokens":[[1,4],[0,1]]}]}"#,
        ),
        ours(
            text,
            r#","tag":{"mentions":[{"start":0,"end":4,"type":"PER","surface":"Ba"}],"entities":[]}"#,
        ),
        ours(
            text,
            r#","tag":{"mentions":[],"entities":[],"groups":[{"start":4,"end":0,"refs":[]}]}"#,
        ),
    ];
    let rendered: Vec<_> = lines.iter().map(|line| refusal(line)).collect();
    insta::assert_snapshot!(rendered.join("\n"));
}

#[test]
fn several_text_fields_are_joined_and_the_record_keeps_its_own() {
    let line =
        r#"{"id":7,"title":"Tin","lede":null,"text":"Thân bài.","source":"báo","url":"http://a"}"#;
    let fields =
        Fields { text: ["title", "lede", "text"].map(String::from).to_vec(), ..Fields::default() };
    let Ok(Record::Document(document)) = Record::parse(line, &fields) else { panic!() };
    assert_eq!(document.id, "7");
    assert_eq!(document.text, "Tin\nThân bài.");
    assert_eq!(document.own("title").as_deref(), Some("Tin"));
    // `source` means something else here; the record's own stays under another name.
    let names: Vec<_> = document.extra.0.iter().map(|(name, _)| name.as_str()).collect();
    assert_eq!(names, ["title", "lede", "input_source", "url"]);
}

#[test]
fn a_single_text_field_becomes_the_text() {
    let fields = Fields { text: vec!["content".into()], id: "doc".into() };
    let line = r#"{"content":"Thân bài.","doc":"x-1","text":"khác"}"#;
    let Ok(Record::Document(document)) = Record::parse(line, &fields) else { panic!() };
    assert_eq!((document.id.as_str(), document.text.as_str()), ("x-1", "Thân bài."));
    let names: Vec<_> = document.extra.0.iter().map(|(name, _)| name.as_str()).collect();
    assert_eq!(names, ["input_text"]);
}

#[test]
fn a_sentence_may_go_on_behind_one_that_was_removed() {
    let document = document(&ours(
        "Hai bên (Ảnh: A.) ký.",
        r#","segment":{"paragraphs":[],"sentences":[{"start":0,"end":25,"tokens":[[0,3],[21,24]]},{"start":9,"end":20,"zone":"photo_credit","tokens":[[9,10]]}]}"#,
    ));
    assert_eq!(document.segment.unwrap().sentences.len(), 2);
}

#[test]
fn a_schema_of_somebody_else_is_a_field_like_any_other() {
    let line = r#"{"text":"một","schema":"v3","tag":"a","input_tag":"mine"}"#;
    let document = document(line);
    let names: Vec<_> = document.extra.0.iter().map(|(name, _)| name.as_str()).collect();
    assert_eq!(names, ["input_schema", "input_input_tag", "input_tag"]);
}

#[test]
fn an_error_record_passes_through() {
    let line = r#"{"schema":"bantin/1","type":"error","stage":"read","path":"a.jsonl","line":3,"code":"invalid_json","message":"m","raw":"{\"}"}"#;
    let record = Record::parse(line, &Fields::default()).unwrap();
    let mut out = Vec::new();
    record.write(&mut out, bantin_document::Unit::Byte);
    assert_eq!(String::from_utf8(out).unwrap(), format!("{line}\n"));
}

#[test]
fn layers_are_read_with_their_offsets() {
    let text = "Hai bên ký.\n";
    let document = document(&ours(
        text,
        r#","clean":{"zones":[{"start":0,"end":14,"kind":"body"}],"edits":[],"meta":{"title":null}},"segment":{"paragraphs":[],"sentences":[{"start":0,"end":13,"zone":"lede","tokens":[[0,3]]}]}"#,
    ));
    assert_eq!(document.view().text(), text);
    assert_eq!(document.segment.unwrap().sentences[0].tokens.len(), 1);
}
