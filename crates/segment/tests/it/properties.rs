//! What holds for any text.

use bantin_document::{Document, Spanned};
use proptest::prelude::*;
use unicode_normalization::UnicodeNormalization;

use crate::segmented;

/// Text of the kind that breaks segmenters: Vietnamese in pieces, marks, odd characters.
fn any_text() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        prop::sample::select(vec![
            "Bộ trưởng",
            "quốc phòng",
            "Ngô Xuân Lịch",
            "V.N.",
            "TP.HCM",
            "20-11",
            "3.000",
            "\n",
            " ",
            " ",
            ". ",
            ".",
            "?",
            "…",
            "\"",
            "“",
            "”",
            "(",
            ")",
            "./.",
            "\u{a0}",
            "Bo\u{323}\u{302}",
            "🚀",
            "\u{301}",
            "\r\n",
            "\0",
            "\u{2028}",
            "ﬁ",
            "각",
            "A",
            "đ",
            "-",
            "%",
        ])
        .prop_map(str::to_owned),
        "\\PC{0,3}",
    ];
    prop::collection::vec(piece, 0..40).prop_map(|pieces| pieces.concat())
}

/// Spans that are in order, inside, on characters, without white space at either end.
fn check(document: &Document) {
    let layer = document.segment.as_ref().unwrap();
    let text = &document.text;
    let mut last = 0;
    for sentence in &layer.sentences {
        assert!(last <= sentence.span().start());
        last = sentence.span().end();
        assert_eq!(text[sentence.span()].trim(), &text[sentence.span()]);
        let tokens = &sentence.tokens;
        assert_eq!(tokens.first().map(|t| t.0), Some(sentence.start));
        assert_eq!(tokens.last().map(|t| t.1), Some(sentence.end));
        assert!(tokens.windows(2).all(|w| w[0].1 <= w[1].0));
        // What stands between two tokens is white space, so tokens and gaps give the text.
        for pair in tokens.windows(2) {
            assert!(text[pair[0].span().end()..pair[1].span().start()].trim().is_empty());
        }
        assert!(tokens.iter().all(|t| t.0 < t.1 && !text[t.span()].trim().is_empty()));
    }
    let inside: usize =
        layer.sentences.iter().map(|s| text[s.span()].split_whitespace().count()).sum();
    assert!(inside >= text.split_whitespace().count());
}

proptest! {
    #[test]
    fn tokens_and_gaps_give_the_text(text in any_text()) {
        check(&segmented(&text));
    }
}

#[test]
fn odd_texts_pass() {
    for text in [
        "",
        " ",
        "\n\n",
        "\u{feff}",
        ".",
        "\u{301}",
        &"a".repeat(1 << 16),
        &".".repeat(1 << 16),
        &"(A. \"".repeat(1 << 14),
    ] {
        check(&segmented(text));
    }
}

/// Sentences as lists of words, in NFC and small letters, tones where the new style puts them.
fn words(text: &str) -> Vec<Vec<String>> {
    let document = segmented(text);
    let layer = document.segment.as_ref().unwrap();
    let word = |t: &bantin_document::Token| {
        let composed: String = document.text[t.span()].nfc().collect();
        composed.to_lowercase().replace("òa", "oà").replace("ủy", "uỷ").replace("ỏa", "oả")
    };
    layer.sentences.iter().map(|s| s.tokens.iter().map(word).collect()).collect()
}

const PLAIN: [&str; 4] = [
    "hai bên thỏa thuận hợp tác vì hòa bình, ủy ban nhân dân quyết định.",
    "đoàn đại biểu đã đến thăm nhà máy thủy điện vào sáng hôm qua.",
    "học sinh nghèo vượt khó được nhận học bổng của hội khuyến học",
    "dự báo thời tiết: mưa lớn kéo dài ở nhiều tỉnh miền trung.",
];

#[test]
fn unicode_form_and_tone_place_change_no_word() {
    for text in PLAIN {
        let decomposed: String = text.nfd().collect();
        assert_eq!(words(&decomposed), words(text));
        let new = text.replace("òa", "oà").replace("ủy", "uỷ").replace("ỏa", "oả");
        assert_eq!(words(&new), words(text));
    }
}

#[test]
fn a_headline_in_capitals_has_the_words_of_small_letters() {
    for text in PLAIN {
        assert_eq!(words(&text.to_uppercase()), words(text));
    }
}

#[test]
fn what_a_worker_has_read_before_changes_nothing() {
    let mut worker = crate::SEGMENTER.worker();
    for text in PLAIN.iter().cycle().take(12) {
        let mut document = Document::new("test", *text);
        worker.annotate(&mut document);
        assert_eq!(document.segment, segmented(text).segment);
    }
}

#[test]
fn the_user_has_the_last_word() {
    let lexicon =
        bantin_segment::Lexicon::from_text("trí tuệ nhân tạo\nBộ trưởng Bộ | Công an\n").unwrap();
    let segmenter = bantin_segment::Segmenter::default().with_lexicon(lexicon);
    let mut document = Document::new("test", "Bộ trưởng Bộ Công an nói về TRÍ TUỆ NHÂN TẠO.");
    segmenter.annotate(&mut document);
    let tokens = &document.segment.as_ref().unwrap().sentences[0].tokens;
    let surfaces: Vec<_> = tokens.iter().map(|t| &document.text[t.span()]).collect();
    assert_eq!(surfaces, ["Bộ trưởng Bộ", "Công an", "nói", "về", "TRÍ TUỆ NHÂN TẠO", "."]);
}

#[test]
fn every_boundary_says_why() {
    let segmenter = bantin_segment::Segmenter::default();
    let line = "Hai bên ký kế hoạch. Bộ trưởng cảm ơn!";
    let why = |surface: &str| segmenter.why(line, line.find(surface).unwrap()).unwrap();
    assert_eq!(why("Bộ").code, "S203");
    let inside = segmenter.why(line, line.find(" hoạch").unwrap()).unwrap();
    assert_eq!(inside.code, "S301");
    assert!(inside.evidence.iter().map(|(_, weight)| weight).sum::<f32>() > 0.0);
    assert!(bantin_segment::explain("S203").is_some() && bantin_segment::explain("S999").is_none());
}
