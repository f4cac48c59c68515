//! A layer of clean as people read it: one line a span, with its surface.

use std::path::Path;
use std::sync::LazyLock;

use bantin_clean::{Cleaner, Profile, Rules};
use bantin_document::{Document, Spanned};

/// Zones, edits, metadata and flags of a text.
pub(crate) fn clean(text: &str) -> String {
    static CLEANER: LazyLock<Cleaner> = LazyLock::new(Cleaner::default);
    with(&CLEANER, text)
}

/// The layer of a fixture. Those in `user` are cleaned with its rules and with a profile of pages
/// that all end in one line.
pub(crate) fn fixture(path: &Path) -> String {
    static STEERED: LazyLock<Cleaner> = LazyLock::new(|| {
        let rules = "[cues]\npromo = [\"quét mã\"]\n[veto]\nphrases = [\"cây cầu đẹp\"]";
        let mut profile = Profile::default();
        for village in "ABCDEGHIKL".chars() {
            let text = format!(
                "Chuyện của bản {village}{village}\nBản nằm bên sông {village}{village}.\n\
                 Tòa soạn báo Vùng Biên số 12 phố Huế\n"
            );
            profile.observe(&Document::new("a", text));
        }
        Cleaner::default().ruled(Rules::from_toml(rules).expect("good rules")).profiled(profile)
    });
    let text = std::fs::read_to_string(path).expect("a fixture is text");
    let steered = path.parent().is_some_and(|topic| topic.ends_with("user"));
    if steered { with(&STEERED, &text) } else { clean(&text) }
}

fn with(cleaner: &Cleaner, text: &str) -> String {
    let mut document = Document::new("test", text);
    cleaner.annotate(&mut document);
    let clean = document.clean.as_ref().expect("the stage adds its layer");
    let mut out = String::new();
    for zone in &clean.zones {
        let kind = zone.kind.as_str();
        let rule = zone.rule.as_deref().unwrap_or("-");
        out += &format!("{kind:<13} {rule:<5} {}\n", place(&document, zone.span()));
    }
    for edit in &clean.edits {
        let kind = edit.kind.as_str();
        let rule = edit.rule.as_deref().unwrap_or("-");
        let around = around(text, edit.span().start(), edit.span().end());
        out += &format!("edit {kind:<18} {rule:<5} {around} -> {:?}\n", edit.insert);
    }
    for (name, value) in clean.meta.fields() {
        if let Some(value) = value {
            out +=
                &format!("meta {name:<9} {} = {}\n", place(&document, value.span()), value.value);
        }
    }
    for flag in &clean.flags {
        out += &format!("flag {}", flag.kind.as_str());
        out += &flag.value.as_ref().map(|v| format!(" {v}")).unwrap_or_default();
        for span in &flag.spans {
            out += &format!(" {:?}", &text[span.start as usize..span.end as usize]);
        }
        out.push('\n');
    }
    out
}

fn place(document: &Document, span: bantin_text::Span) -> String {
    let chars: Vec<char> = document.text[span].chars().collect();
    let surface: String = if chars.len() <= 96 {
        chars.iter().collect()
    } else {
        let (head, tail) = (&chars[..60], &chars[chars.len() - 32..]);
        head.iter().chain(&[' ', '[', '…', ']', ' ']).chain(tail).collect()
    };
    format!("{span:?} {surface:?}")
}

fn around(text: &str, start: usize, end: usize) -> String {
    let before: String = text[..start].chars().rev().take(10).collect();
    let before: String = before.chars().rev().collect();
    let after: String = text[end..].chars().take(10).collect();
    format!("{before:?}[{:?}]{after:?}", &text[start..end])
}
