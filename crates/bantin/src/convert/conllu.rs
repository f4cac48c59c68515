//! CoNLL-U: sentences and words with the bytes they came from.

use std::io::Write;

use bantin_document::Document;

use super::text::{each_sentence, shown, spaced};

/// A document's sentences, each with `sent_id` and `text`, a token a line.
///
/// A word of several syllables is one token with spaces in it, as in UD Vietnamese. MISC holds the
/// bytes of the token in the record's `text` (`Bytes=4:12`) and `SpaceAfter=No`. `# text` is
/// what the tokens and their spaces say, so that validators find them equal.
pub(super) fn write(document: &Document, out: &mut Vec<u8>) {
    let view = document.view();
    let id = one_line(&document.id);
    let mut number = 0;
    let mut text = Vec::new();
    let mut lines = Vec::new();
    let mut form = Vec::new();
    each_sentence(document, |_, tokens| {
        text.clear();
        lines.clear();
        let mut count = 0;
        let mut tokens = tokens.iter().filter(|t| !shown(&view, **t).trim().is_empty()).peekable();
        while let Some(token) = tokens.next() {
            count += 1;
            form.clear();
            spaced(shown(&view, *token), " ", &mut form);
            text.extend_from_slice(&form);
            let next = tokens.peek().map(|next| next.start());
            let glued = next == Some(token.end());
            let space_after = match next {
                Some(_) if glued => "|SpaceAfter=No",
                Some(_) => {
                    text.push(b' ');
                    ""
                }
                None => "",
            };
            put(&mut lines, format_args!("{count}\t"));
            lines.extend_from_slice(&form);
            let (start, end) = (token.start(), token.end());
            put(
                &mut lines,
                format_args!("\t_\t_\t_\t_\t_\t_\t_\tBytes={start}:{end}{space_after}\n"),
            );
        }
        if count == 0 {
            return;
        }
        number += 1;
        if number == 1 {
            put(out, format_args!("# newdoc id = {id}\n"));
        }
        put(out, format_args!("# sent_id = {id}-{number}\n# text = "));
        out.extend_from_slice(&text);
        out.push(b'\n');
        out.extend_from_slice(&lines);
        out.push(b'\n');
    });
}

fn put(out: &mut Vec<u8>, words: std::fmt::Arguments<'_>) {
    out.write_fmt(words).expect("a vector takes every byte");
}

/// An id that a line of the format can hold.
fn one_line(id: &str) -> String {
    id.split_whitespace().collect::<Vec<_>>().join("_")
}
