//! What a reader should know of the document as a whole.

use bantin_document::{Document, Extent, Flag, FlagKind, Meta};
use bantin_text::Span;

use crate::page::Page;
use crate::token::{Gap, Shape, Token};
use crate::word::key_of;

/// The flags of a document. `is_source` says that the page was read from its text as it is; of a
/// composed copy no spans are given.
pub(crate) fn find(document: &Document, page: &Page, meta: &Meta, is_source: bool) -> Vec<Flag> {
    let mut flags = Vec::new();
    let text = if is_source { document.text.as_str() } else { "" };
    let language = language(page);
    if let Some((code, confidence)) = language {
        flags.push(Flag {
            kind: FlagKind::Language,
            value: Some(code.to_owned()),
            confidence: Some(confidence),
            spans: Vec::new(),
        });
    }
    if language.is_none() && is_source {
        let spans = translated(text, page);
        if spans.len() >= 3 {
            flags.push(flag(FlagKind::MachineTranslated, spans));
        }
    }
    let repeated = repeated(page);
    if is_source && !repeated.is_empty() {
        flags.push(flag(FlagKind::DuplicatedParagraphs, repeated));
    }
    let homoglyphs = if page.is_strange() { homoglyphs(text) } else { Vec::new() };
    if !homoglyphs.is_empty() {
        flags.push(flag(FlagKind::Homoglyphs, homoglyphs));
    }
    if meta.title.is_none() && document.own("title").is_none() && !page.tokens.is_empty() {
        flags.push(flag(FlagKind::MissingTitle, Vec::new()));
    }
    flags
}

fn flag(kind: FlagKind, mut spans: Vec<Extent>) -> Flag {
    spans.truncate(MOST_SPANS);
    Flag { kind, value: None, confidence: None, spans }
}

/// Spans shown for a flag; more prove no more.
const MOST_SPANS: usize = 20;

fn extent(first: &Token, last: &Token) -> Extent {
    Span::new(first.start as usize, last.end as usize).into()
}

/// The language where it is not Vietnamese: `en` by its commonest words, `und` otherwise.
///
/// Of the words of Vietnamese news 70 of 100 carry a mark; text without diacritics is `und` too.
fn language(page: &Page) -> Option<(&'static str, f32)> {
    use std::sync::LazyLock;
    static ENGLISH: LazyLock<[u32; 12]> = LazyLock::new(|| {
        ["the", "of", "and", "in", "is", "was", "that", "with", "for", "by", "his", "are"]
            .map(key_of)
    });
    let (words, marked) = (page.words, page.marked);
    if words < 12 {
        return None;
    }
    let share = marked as f32 / words as f32;
    if share >= 0.25 {
        return None;
    }
    let english = page.tokens.iter().filter(|t| ENGLISH.contains(&t.key)).count();
    let confidence = (1.0 - share / 0.25).clamp(0.0, 1.0);
    Some((if english * 9 >= words { "en" } else { "und" }, confidence))
}

/// Traces of a machine: words said twice (`Bộ Bộ Chính trị`), Chinese names in pinyin beside
/// Vietnamese ones (`tướng Feng Guangqing`), a middle dot inside a name.
fn translated(text: &str, page: &Page) -> Vec<Extent> {
    let tokens = &page.tokens;
    let mut spans = Vec::new();
    for at in page.places.signs.iter().map(|at| *at as usize) {
        if tokens[at].is_mark('·') && at > 0 && tokens[at - 1].is_word() {
            spans.push(extent(&tokens[at - 1], tokens.get(at + 1).unwrap_or(&tokens[at])));
        }
    }
    for (at, pair) in tokens.windows(2).enumerate() {
        let (token, next) = (&pair[0], &pair[1]);
        if !(token.is_upper() & next.is_upper()) || next.gap != Gap::One {
            continue;
        }
        let doubled = token.key == next.key
            && token.shape.has(Shape::MARKED)
            && !token.shape.has(Shape::CAPS)
            && tokens.get(at + 2).is_some_and(|t| t.is_upper());
        if doubled || is_pinyin(text, token, next) {
            spans.push(extent(token, next));
        }
    }
    spans.sort_unstable();
    spans.dedup();
    spans
}

/// A Chinese name in pinyin: two capitalised words, the second of several syllables of which one
/// is written as no Vietnamese and no English name writes it (`Guangqing`, `Xiaoping`).
fn is_pinyin(text: &str, first: &Token, second: &Token) -> bool {
    const PARTS: [&str; 13] = [
        "angq", "angx", "angzh", "inq", "ixi", "uoq", "aoq", "iaox", "ianx", "ouq", "anq", "uowe",
        "aidu",
    ];
    let plain = |t: &Token| !t.shape.has(Shape::MARKED);
    plain(first) && plain(second) && second.end - second.start >= 7 && {
        let word = &text[second.start as usize..second.end as usize];
        // All parts have one of these, and few words do.
        word.bytes().any(|b| matches!(b, b'q' | b'w' | b'x' | b'z' | b'd'))
            && PARTS.iter().any(|part| word.contains(part))
    }
}

/// Bytes of the shortest paragraph whose repetition is worth a flag.
const SHORTEST: usize = 60;

/// Paragraphs that stood before.
fn repeated(page: &Page) -> Vec<Extent> {
    // Only lines of one length can be the same; few are, so few are hashed.
    let mut lengths: Vec<usize> = Vec::with_capacity(page.lines.len());
    let len = |line: &crate::token::Line| page.bytes(line.first as usize, line.last as usize);
    lengths.extend(page.lines.iter().map(len).filter(|bytes| *bytes >= SHORTEST));
    lengths.sort_unstable();
    let mut seen: Vec<(u64, usize)> = Vec::new();
    for (i, line) in page.lines.iter().enumerate() {
        let bytes = len(line);
        if bytes < SHORTEST {
            continue;
        }
        let at = lengths.partition_point(|l| *l < bytes);
        if lengths.get(at + 1) != Some(&bytes) {
            continue;
        }
        let tokens = page.line(i);
        let hash = tokens.iter().fold(0u64, |hash, token| {
            (hash.rotate_left(5) ^ u64::from(token.key)).wrapping_mul(0x9E37_79B9_7F4A_7C15)
        });
        seen.push((hash, i));
    }
    seen.sort_unstable();
    let mut again: Vec<usize> =
        seen.windows(2).filter(|w| w[0].0 == w[1].0).map(|w| w[1].1).collect();
    again.sort_unstable();
    again
        .into_iter()
        .map(|i| {
            let line = page.line(i);
            extent(&line[0], &line[line.len() - 1])
        })
        .collect()
}

/// Words that mix Latin letters with ones of other scripts that look like them, which hides a
/// text from search: `ƙhôռg`.
fn homoglyphs(text: &str) -> Vec<Extent> {
    let mut spans: Vec<Extent> = Vec::new();
    let mut done = 0;
    for (at, c) in text.char_indices().filter(|(_, c)| is_lookalike(*c)) {
        if at < done {
            continue;
        }
        let word = text[..at]
            .rfind(|c: char| !c.is_alphabetic())
            .map_or(0, |i| i + text[i..].chars().next().map_or(1, char::len_utf8));
        let rest = &text[at..];
        done = at + rest.find(|c: char| !c.is_alphabetic()).unwrap_or(rest.len());
        done = done.max(at + c.len_utf8());
        if done - word < 80 && text[word..done].chars().any(|c| c.is_ascii_alphabetic()) {
            spans.push(Span::new(word, done).into());
        }
    }
    // A foreign name or two is no disguise.
    if spans.len() < 3 { Vec::new() } else { spans }
}

fn is_lookalike(c: char) -> bool {
    matches!(c, '\u{370}'..='\u{58f}')
        || matches!(c, '\u{180}'..='\u{24f}') && !matches!(c, 'Ơ' | 'ơ' | 'Ư' | 'ư')
}
