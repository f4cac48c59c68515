//! What is found in fixtures and seeds: one line per mention, those inside another one indented.

use bantin_document::{Document, MentionType, Spanned, ZoneKind};
use bantin_tag::{Tagger, explain};

fn tagged(text: &str) -> Document {
    let mut document = Document::new("fixture", text);
    Tagger::default().annotate(&mut document);
    document
}

/// Names and titles; dates and quantities have tests of their own.
fn render(document: &Document) -> String {
    let mut out = String::new();
    let mut open: Vec<usize> = Vec::new();
    for mention in &document.tag.as_ref().unwrap().mentions {
        if matches!(mention.kind, MentionType::Date | MentionType::Qty) {
            continue;
        }
        let span = mention.span();
        open.retain(|end| *end > span.start());
        let indent = 2 * open.len();
        open.push(span.end());
        let kind = mention.kind.as_str();
        let zone = mention.zone.map(|zone| format!("  {}", zone.as_str())).unwrap_or_default();
        out.push_str(&format!("{:indent$}{kind:5} {}{zone}\n", "", mention.surface));
    }
    out
}

#[test]
fn fixtures() {
    insta::glob!("../../../../fixtures/tag/mentions", "*.txt", |path| {
        let text = std::fs::read_to_string(path).unwrap();
        insta::assert_snapshot!(render(&tagged(&text)));
    });
}

#[test]
fn seeds() {
    insta::glob!("../../../../seeds", "*.txt", |path| {
        let text = std::fs::read_to_string(path).unwrap();
        insta::assert_snapshot!(render(&tagged(&text)));
    });
}

fn surfaces(document: &Document, kind: MentionType) -> Vec<&str> {
    let mentions = &document.tag.as_ref().unwrap().mentions;
    mentions.iter().filter(|m| m.kind == kind).map(|m| m.surface.as_str()).collect()
}

#[test]
fn a_minister_is_a_title_and_a_person() {
    let document = tagged("Bộ trưởng Ngô Xuân Lịch đã tiếp đoàn.");
    assert_eq!(surfaces(&document, MentionType::Title), ["Bộ trưởng"]);
    assert_eq!(surfaces(&document, MentionType::Per), ["Ngô Xuân Lịch"]);
    assert!(surfaces(&document, MentionType::Loc).is_empty());
}

#[test]
fn a_country_before_a_name_is_a_place_of_its_own() {
    let document = tagged(
        "Thứ trưởng Quốc phòng Nga Antonov hội đàm với Bộ trưởng Quốc phòng Việt Nam Ngô Xuân Lịch.",
    );
    assert_eq!(surfaces(&document, MentionType::Loc), ["Nga", "Việt Nam"]);
    assert_eq!(surfaces(&document, MentionType::Per), ["Antonov", "Ngô Xuân Lịch"]);
}

#[test]
fn an_office_holds_its_ministry_and_the_ministry_its_country() {
    let document =
        tagged("Đại tướng Sergei Shoigu, Bộ trưởng Bộ Quốc phòng Liên bang Nga, phát biểu.");
    assert_eq!(
        surfaces(&document, MentionType::Title),
        ["Đại tướng", "Bộ trưởng Bộ Quốc phòng Liên bang Nga"]
    );
    assert_eq!(surfaces(&document, MentionType::Org), ["Bộ Quốc phòng Liên bang Nga"]);
    assert_eq!(surfaces(&document, MentionType::Loc), ["Liên bang Nga"]);
}

#[test]
fn a_mention_in_a_dropped_zone_says_so() {
    use bantin_document::{Clean, Zone};
    let text = "Bộ trưởng Ngô Xuân Lịch thăm Nga.\nẢnh: Phương Linh\n";
    let mut document = Document::new("zones", text);
    document.clean = Some(Clean {
        zones: vec![
            Zone::new(document.span_of("Bộ trưởng Ngô Xuân Lịch thăm Nga.\n"), ZoneKind::Body),
            Zone::new(document.span_of("Ảnh: Phương Linh\n"), ZoneKind::PhotoCredit),
        ],
        ..Clean::default()
    });
    Tagger::default().annotate(&mut document);
    let mentions = &document.tag.as_ref().unwrap().mentions;
    let zone = |surface: &str| mentions.iter().find(|m| m.surface == surface).map(|m| m.zone);
    assert_eq!(zone("Phương Linh"), Some(Some(ZoneKind::PhotoCredit)));
    assert_eq!(zone("Ngô Xuân Lịch"), Some(None));
}

#[test]
fn every_code_is_explained_and_the_model_tells_its_evidence() {
    let document = tagged(
        "Theo Nghị định 46/2016/NĐ-CP, Bộ trưởng Ngô Xuân Lịch chịu trách nhiệm. Ông nhấn mạnh: \
         “Mọi việc đã xong”. Sáng 3/4, Bộ trưởng Ngô Xuân Lịch tiếp Đại sứ Trần Văn Sơn.",
    );
    let tag = document.tag.as_ref().unwrap();
    let mentions = tag.mentions.iter().map(|m| m.rule.as_deref());
    let events = tag.events.iter().flatten().map(|e| e.rule.as_deref());
    let statements = tag.statements.iter().flatten().map(|s| s.rule.as_deref());
    let codes: Vec<&str> = mentions.chain(events).chain(statements).flatten().collect();
    for family in ["T3", "D4", "T5", "T6"] {
        assert!(codes.iter().any(|code| code.starts_with(family)), "{family} in {codes:?}");
    }
    for code in codes {
        assert!(explain(code).is_some(), "{code}");
    }
    let tagger = Tagger::default();
    let law = tagger.explain(&document, document.span_of("46").start());
    assert_eq!(law[0].rule, "T311");
    let person = &tagger.explain(&document, document.span_of("Xuân").start())[0];
    assert_eq!((person.kind, person.span), (MentionType::Per, document.span_of("Ngô Xuân Lịch")));
    assert!(person.evidence[0].1 > 1.0, "{person:?}");
}
