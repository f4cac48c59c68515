//! Stretches of text as a report shows them: the sentence around a name, cut where it is long.

use bantin_document::{Document, Spanned};
use bantin_text::Span;
use memchr::{memchr_iter, memchr3_iter, memmem};

/// Longest evidence, in characters; the sentences of an agency text mostly fit.
const LONGEST: usize = 420;

/// Number of characters that are no white space.
pub(crate) fn characters(text: &str) -> u64 {
    let is_blank = |byte: u8| byte == b' ' || byte.wrapping_sub(b'\t') < 5;
    let count = sum(text, |byte| u8::from(byte as i8 >= -64) & u8::from(!is_blank(byte)));
    (count - foreign_blanks(text).count()) as u64
}

/// Where white space begins that is not ASCII.
fn foreign_blanks(text: &str) -> impl Iterator<Item = usize> {
    // Vietnamese letters begin with C3 to C6 and E1 B8 to BB, and no white space does.
    let bytes = text.as_bytes();
    let rare = memchr3_iter(0xC2, 0xE2, 0xE3, bytes);
    let ogham = memchr_iter(0x9A, bytes).filter_map(|at| at.checked_sub(1));
    let starts =
        move |at: &usize| text.get(*at..).is_some_and(|rest| rest.starts_with(char::is_whitespace));
    rare.chain(ogham).filter(starts)
}

/// The sum of what each byte counts, at most 2; made for the wide registers of a processor.
pub(crate) fn sum(text: &str, of: impl Fn(u8) -> u8) -> usize {
    let chunks = text.as_bytes().chunks(127);
    chunks.map(|chunk| usize::from(chunk.iter().map(|byte| of(*byte)).sum::<u8>())).sum()
}

/// The sentence that holds `span`; its line, when segment has not run.
pub(crate) fn sentence_of(document: &Document, span: Span) -> Span {
    if let Some(segment) = &document.segment {
        let behind = segment.sentences.partition_point(|s| s.start as usize <= span.start());
        let sentence = behind.checked_sub(1).map(|at| segment.sentences[at].span());
        if let Some(sentence) = sentence.filter(|sentence| sentence.contains(span)) {
            return sentence;
        }
    }
    let text = &document.text;
    // A text may be one line of a megabyte, and a name in it has its line looked for each time.
    let from = boundary(text, span.start().saturating_sub(LONGEST));
    let to = boundary(text, (span.end() + LONGEST * 2).min(text.len()));
    let start = text[from..span.start()].rfind('\n').map_or(from, |at| from + at + 1);
    let end = text[span.end()..to].find('\n').map_or(to, |at| span.end() + at);
    Span::new(start, end).trim(text)
}

/// The words of `span` on one line. When they are too many, those around `focus`.
pub(crate) fn shown(text: &str, span: Span, focus: Span) -> String {
    let surface = &text[span];
    if sum(surface, |byte| u8::from(byte as i8 >= -64)) <= LONGEST {
        return one_line(surface);
    }
    let focus = focus.start().clamp(span.start(), span.end()) - span.start();
    let before = surface[..focus].char_indices().rev().nth(LONGEST / 3);
    let start = before.map_or(0, |(at, _)| at);
    let behind = surface[start..].char_indices().nth(LONGEST);
    let end = behind.map_or(surface.len(), |(at, _)| start + at);
    // A cut word would read as another one.
    let start = if start == 0 { 0 } else { start + surface[start..end].find(' ').unwrap_or(0) };
    let end = if end == surface.len() { end } else { surface[..end].rfind(' ').unwrap_or(end) };
    let words = one_line(&surface[start.min(end)..end]);
    let mark = |cut: bool| if cut { "…" } else { "" };
    format!("{}{words}{}", mark(start > 0), mark(end < surface.len()))
}

/// The last character boundary that is not behind `at`.
fn boundary(text: &str, at: usize) -> usize {
    (0..=at).rev().find(|at| text.is_char_boundary(*at)).unwrap_or(0)
}

fn one_line(text: &str) -> String {
    let control = |byte: u8| u8::from(byte < b' ');
    let is_one = sum(text, control) == 0
        && foreign_blanks(text).next().is_none()
        && memmem::find(text.as_bytes(), b"  ").is_none();
    if is_one {
        return text.trim_matches(' ').to_owned();
    }
    let mut line = String::with_capacity(text.len());
    for word in text.split_whitespace() {
        if !line.is_empty() {
            line.push(' ');
        }
        line.push_str(word);
    }
    line
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn characters_are_counted_without_white_space() {
        let spaces = "\t\u{b}\u{85}\u{a0}\u{1680}\u{2009}\u{2028}\u{202f}\u{205f}\u{3000}";
        let text = format!("Đường “Lê Lợi”…{spaces}– 中文\u{301}ᚠ£\u{10ffff}");
        let plain = text.chars().filter(|c| !c.is_whitespace()).count();
        assert_eq!(characters(&text), plain as u64);
    }

    #[test]
    fn white_space_of_every_kind_becomes_one_blank() {
        let text = "  Đường\u{1680}“Lê\u{a0} \tLợi”…\r\n\u{2028}– Huế\u{3000} ";
        assert_eq!(one_line(text), text.split_whitespace().collect::<Vec<_>>().join(" "));
    }

    #[test]
    fn long_evidence_is_cut_between_words_around_its_focus() {
        let text = "một hai ba bốn năm ".repeat(60);
        let focus = text.len() / 2;
        let focus = (focus..).find(|at| text.is_char_boundary(*at)).unwrap();
        let shown = shown(&text, Span::new(0, text.len()), Span::empty(focus));
        assert!(shown.starts_with('…') && shown.ends_with('…'), "{shown}");
        assert!(shown.chars().count() <= LONGEST + 2);
        for word in shown.trim_matches('…').split_whitespace() {
            assert!(["một", "hai", "ba", "bốn", "năm"].contains(&word), "{word}");
        }
    }

    #[test]
    fn without_segment_the_line_is_the_evidence() {
        let document = Document::new("a", "Một.\n Hai ba. \nBốn.");
        let found = sentence_of(&document, document.span_of("ba"));
        assert_eq!(&document.text[found], "Hai ba.");
    }
}
