//! What holds for every text.

use bantin_clean::Cleaner;
use bantin_document::{Clean, Document, Spanned, ZoneKind};
use proptest::prelude::*;
use unicode_normalization::UnicodeNormalization;

fn annotated(text: &str) -> (Document, Clean) {
    let mut document = Document::new("test", text);
    Cleaner::default().annotate(&mut document);
    let clean = document.clean.clone().expect("the stage adds its layer");
    (document, clean)
}

/// Zones cover every character that is no white space once, in order, on boundaries; edits do
/// not overlap.
fn check(text: &str) {
    let (_, clean) = annotated(text);
    let mut at = 0;
    for zone in &clean.zones {
        let span = zone.span();
        assert_eq!(span.start(), at, "zones leave no gap in {text:?}");
        assert!(!text[span].trim().is_empty() || span.is_empty(), "a blank zone in {text:?}");
        at = span.end();
    }
    assert!(
        text[at..]
            .trim_matches(|c: char| c.is_whitespace() || c.is_control() || is_invisible(c))
            .is_empty()
    );
    let mut end = 0;
    for edit in &clean.edits {
        assert!(edit.span().start() >= end, "edits overlap in {text:?}");
        end = edit.span().end();
        let _ = &text[edit.span()];
    }
}

fn is_invisible(c: char) -> bool {
    matches!(c, '\u{200b}'..='\u{200f}' | '\u{2060}' | '\u{feff}' | '\u{ad}')
}

const PARTS: &[&str] = &[
    "Ảnh: ",
    "(Ảnh: ",
    ")",
    "Phương Linh",
    ".",
    " ",
    "  ",
    "\n",
    "\n\n\n\n",
    "Theo ",
    "VOV",
    ">> ",
    "Xem thêm:",
    "Tin liên quan",
    "Hai bên ký kết",
    "./.",
    "..",
    " .",
    "( ",
    "- ",
    "| 09:28 07/02/2017",
    "Bộ trưởng",
    "phòng.Bộ",
    "“",
    "”",
    "\"",
    "[",
    "]",
    "Nguồn ảnh:",
    "\u{a0}",
    "e\u{301}",
    "🚀",
    "Bấm xem >>",
    "Tin, ảnh: ",
    "https://a.vn/b",
    "***",
    "----------",
    "hinh 0",
    "(TTXVN)",
    "Thể thao Việt Nam",
    ", ",
    "của",
];

proptest! {
    #[test]
    fn any_text_passes(text in any::<String>()) {
        check(&text);
    }

    #[test]
    fn any_mixture_of_cues_passes(parts in prop::collection::vec(prop::sample::select(PARTS), 0..40)) {
        check(&parts.concat());
    }

    #[test]
    fn decomposed_letters_do_not_change_the_zones(parts in prop::collection::vec(prop::sample::select(PARTS), 0..24)) {
        let composed: String = parts.concat().nfc().collect();
        let decomposed: String = composed.nfd().collect();
        let kinds = |text: &str| -> Vec<(ZoneKind, String)> {
            let (_, clean) = annotated(text);
            clean.zones.iter().map(|z| (z.kind, text[z.span()].nfc().collect())).collect()
        };
        prop_assert_eq!(kinds(&composed), kinds(&decomposed));
    }
}

/// The seeds and the fixtures.
fn texts() -> Vec<String> {
    let folder = |path: &str| -> Vec<std::path::PathBuf> {
        let entries = std::fs::read_dir(path).expect("a folder");
        entries.map(|entry| entry.expect("an entry").path()).collect()
    };
    let mut files = folder("../../seeds");
    for topic in folder("../../fixtures/clean") {
        files.extend(folder(topic.to_str().expect("a name")));
    }
    files.sort();
    let texts = files.iter().filter(|file| file.extension().is_some_and(|e| e == "txt"));
    texts.map(|file| std::fs::read_to_string(file).expect("text")).collect()
}

/// Kept, removed and repaired together are the text again.
#[test]
fn undoing_the_edits_gives_the_text_back() {
    for text in texts() {
        let (document, clean) = annotated(&text);
        let whole: String = clean.zones.iter().map(|z| &text[z.span()]).collect();
        assert_eq!(whole, text);
        let all = bantin_text::Span::new(0, text.len());
        let view = document.view_of([all]);
        assert_eq!(view.to_source(view.to_view(all).expect("all is shown")), all);
    }
}

/// What was cleaned once has nothing left to clean.
#[test]
fn cleaning_a_clean_text_changes_nothing() {
    let mut changed = Vec::new();
    for text in texts() {
        let (document, _) = annotated(&text);
        let once = document.view().text().to_owned();
        let (document, _) = annotated(&once);
        if document.view().text() != once {
            changed.push((once.clone(), document.view().text().to_owned()));
        }
    }
    assert!(changed.is_empty(), "{changed:#?}");
}

#[test]
fn a_megabyte_on_one_line_takes_no_longer_than_its_length() {
    for part in [
        "Ảnh: Nam ",
        "a",
        "Theo ",
        ". ",
        "\"A.",
        "[[",
        ">> ",
        "Xem thêm: b ",
        "Nguồn ảnh: Hải ",
        "(",
        "Tin liên quan ",
    ] {
        let text = part.repeat(1_000_000 / part.len());
        let start = std::time::Instant::now();
        check(&text);
        assert!(start.elapsed().as_secs() < 20, "{part:?} took {:?}", start.elapsed());
    }
}
