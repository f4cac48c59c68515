//! What holds for every text.

use bantin_document::{Document, MentionType, Spanned, Tag};
use bantin_tag::Tagger;
use proptest::prelude::*;

fn tag(tagger: &Tagger, text: &str) -> Tag {
    let mut document = Document::new("any", text);
    tagger.annotate(&mut document);
    document.tag.unwrap()
}

/// Mentions in order, on characters, nested or apart, each with its surface.
fn check(text: &str, tag: &Tag) {
    let names =
        tag.mentions.iter().filter(|m| !matches!(m.kind, MentionType::Date | MentionType::Qty));
    let mut open: Vec<bantin_text::Span> = Vec::new();
    for mention in names {
        let span = mention.span();
        assert_eq!(&text[span], mention.surface);
        assert!(!span.is_empty());
        open.retain(|outer| outer.end() > span.start());
        assert!(open.iter().all(|outer| outer.contains(span)), "{mention:?} crosses");
        open.push(span);
    }
    assert!(tag.mentions.is_sorted_by_key(Spanned::span));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    #[test]
    fn any_string_is_tagged(texts in prop::collection::vec(any::<String>(), 8)) {
        let tagger = Tagger::default();
        for text in texts {
            check(&text, &tag(&tagger, &text));
        }
    }

    #[test]
    fn words_in_any_order_are_tagged(words in prop::collection::vec(prop::sample::select(vec![
        "Bộ trưởng", "Bộ", "Quốc phòng", "Nga", "Ngô Xuân Lịch", "V.N.", "Shoigu", "tại", "Hà Nội",
        "“", "”", "(", ")", "-", ",", ".", "\n", "số", "46/2016/NĐ-CP", "Nghị định", "Công ty",
        "SEA Games 29", "tàu", "016", "ông", "và", "của", "TTXVN", "Mỹ", "🚀", "\u{301}", "UBND",
    ]), 1..60)) {
        let tagger = Tagger::default();
        let spaced = words.join(" ");
        check(&spaced, &tag(&tagger, &spaced));
        let glued = words.concat();
        check(&glued, &tag(&tagger, &glued));
    }
}

#[test]
fn composed_and_decomposed_text_have_the_same_mentions() {
    let text = "Thượng tướng Lê Quốc Vượng, Thứ trưởng Bộ Quốc phòng, thăm tỉnh Quảng Trị.";
    let decomposed = bantin_text_decomposed(text);
    let tagger = Tagger::default();
    let kinds = |tag: Tag| tag.mentions.into_iter().map(|m| m.kind).collect::<Vec<_>>();
    assert_ne!(text, decomposed);
    assert_eq!(kinds(tag(&tagger, text)), kinds(tag(&tagger, &decomposed)));
}

/// The text with every letter taken apart from its marks.
fn bantin_text_decomposed(text: &str) -> String {
    use unicode_normalization::UnicodeNormalization;
    text.nfd().collect()
}

#[test]
fn a_long_line_takes_time_in_proportion() {
    let line = "Bộ trưởng Quốc phòng Nga Sergei Shoigu và TTXVN tại Hà Nội, ".repeat(6000);
    let started = std::time::Instant::now();
    let tag = tag(&Tagger::default(), &line);
    check(&line, &tag);
    assert!(tag.mentions.len() > 6000);
    assert!(started.elapsed().as_secs() < 60, "{:?}", started.elapsed());
}
