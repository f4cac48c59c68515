//! A layer of clean as people read it: one line a span, with its surface.

use bantin_clean::Cleaner;
use bantin_document::{Document, Spanned};

/// Zones, edits, metadata and flags of a text.
pub(crate) fn clean(text: &str) -> String {
    let mut document = Document::new("test", text);
    Cleaner::default().annotate(&mut document);
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
