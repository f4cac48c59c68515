//! What holds for any text.

use bantin_document::{Document, Spanned};
use proptest::prelude::*;

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
