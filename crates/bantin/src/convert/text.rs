//! Clean text for people, and for tools that read plain text.

use bantin_document::{Document, Extra, Spanned};
use bantin_text::{Span, View};
use serde::Serialize;

/// The article, an empty line behind it.
pub(super) fn clean(document: &Document, out: &mut Vec<u8>) {
    let view = document.view();
    out.extend_from_slice(view.text().trim().as_bytes());
    out.extend_from_slice(b"\n\n");
}

/// The article as JSON of the kind that came in, in one line.
pub(super) fn object(document: &Document, out: &mut Vec<u8>) {
    #[derive(Serialize)]
    struct Object<'a> {
        id: &'a str,
        text: &'a str,
        #[serde(flatten)]
        extra: &'a Extra,
    }
    let view = document.view();
    let object = Object { id: &document.id, text: view.text().trim(), extra: &document.extra };
    serde_json::to_writer(&mut *out, &object).expect("a vector takes every byte");
    out.push(b'\n');
}

/// One sentence of the article a line.
pub(super) fn sentences(document: &Document, out: &mut Vec<u8>) {
    let view = document.view();
    each_sentence(document, |span, _| {
        if spaced(shown(&view, span), " ", out) {
            out.push(b'\n');
        }
    });
    out.push(b'\n');
}

/// The same with spaces between tokens and the syllables of a word joined by `_`.
pub(super) fn underscored(document: &Document, out: &mut Vec<u8>) {
    let view = document.view();
    each_sentence(document, |_, tokens| {
        let before = out.len();
        for &token in tokens {
            let start = out.len();
            if start > before {
                out.push(b' ');
            }
            if !spaced(shown(&view, token), "_", out) {
                out.truncate(start);
            }
        }
        if out.len() > before {
            out.push(b'\n');
        }
    });
    out.push(b'\n');
}

/// Calls `each` with the sentences of the article and their tokens.
pub(super) fn each_sentence(document: &Document, mut each: impl FnMut(Span, &[Span])) {
    let mut tokens = Vec::new();
    for sentence in document.segment.iter().flat_map(|layer| &layer.sentences) {
        if sentence.zone.is_kept() {
            tokens.clear();
            tokens.extend(sentence.tokens.iter().map(Spanned::span));
            each(sentence.span(), &tokens);
        }
    }
}

/// What a reader sees of a span: composed letters, one full stop for `./.`.
pub(super) fn shown(view: &View, span: Span) -> &str {
    view.to_view(span).map_or("", |span| &view.text()[span])
}

/// Writes the words between white space with `space` between them; false when there are none.
pub(super) fn spaced(surface: &str, space: &str, out: &mut Vec<u8>) -> bool {
    let mut first = true;
    for part in surface.split_whitespace() {
        if !first {
            out.extend_from_slice(space.as_bytes());
        }
        out.extend_from_slice(part.as_bytes());
        first = false;
    }
    !first
}
