//! What the steps of the stage read: the repaired text of all zones, in sentences and atoms.

use std::ops::Range;

use bantin_dates::Lexeme;
use bantin_document::{Document, Spanned, ZoneKind};
use bantin_text::atoms::{Atom, AtomKind};
use bantin_text::keys::syllable_key;
use bantin_text::{Span, View, scan};

use crate::mentions::tokens::Shape;
use crate::recent::Recent;
use crate::signs::{self, Signs};

/// One document as all steps see it.
///
/// All offsets of a step, in and out, are bytes of [`Reading::text`]: NFC, with the edits of
/// clean made. The mentions of the growing layer are sorted by start, then longest first, after
/// every step.
#[derive(Debug)]
pub(crate) struct Reading<'d> {
    /// The document itself: its `clean` layer and its own fields are evidence.
    pub(crate) document: &'d Document,
    view: View,
    /// Stretches of the view that are read as one sentence each, in order, none empty.
    pub(crate) sentences: Vec<Sentence>,
    /// The atoms of all sentences, in order.
    pub(crate) atoms: Vec<Atom>,
    /// The matching key of each atom, those of [`bantin_text::keys::syllable_key`].
    pub(crate) words: Vec<u64>,
    /// How each atom is written.
    pub(crate) shapes: Vec<Shape>,
    /// What each atom is a sign of.
    pub(crate) signs: Vec<Signs>,
    /// What each atom is to the grammar of dates.
    pub(crate) lexemes: Vec<Lexeme>,
}

/// Pairs of forms that are remembered.
const FORMS: usize = 1 << 12;

/// The lists of a reading, empty, with the room that they had, and the forms read last.
#[derive(Debug, Default)]
pub(crate) struct Buffers {
    forms: Recent<Form, FORMS>,
    sentences: Vec<Sentence>,
    atoms: Vec<Atom>,
    words: Vec<u64>,
    shapes: Vec<Shape>,
    signs: Vec<Signs>,
    lexemes: Vec<Lexeme>,
}

/// A sentence of a reading.
#[derive(Clone, Debug)]
pub(crate) struct Sentence {
    /// Its place in the text of the reading.
    pub(crate) span: Span,
    /// The zone it stands in.
    pub(crate) zone: ZoneKind,
    /// Its atoms.
    pub(crate) atoms: Range<usize>,
    /// What any of them is a sign of.
    pub(crate) signs: Signs,
}

impl<'d> Reading<'d> {
    /// Reads all zones of a document, kept and dropped, in sentences.
    pub(crate) fn of(document: &'d Document) -> Reading<'d> {
        Reading::with(document, &mut Buffers::default())
    }

    /// The same with the lists of an earlier reading, which [`Reading::end`] gives back.
    pub(crate) fn with(document: &'d Document, buffers: &mut Buffers) -> Reading<'d> {
        let zones = document.zones();
        let view = document.view_of(zones.iter().map(Spanned::span));
        let Buffers { forms, sentences, atoms, words, shapes, signs, lexemes } = buffers;
        let mut reading = Reading {
            document,
            view,
            sentences: std::mem::take(sentences),
            atoms: std::mem::take(atoms),
            words: std::mem::take(words),
            shapes: std::mem::take(shapes),
            signs: std::mem::take(signs),
            lexemes: std::mem::take(lexemes),
        };
        let mut breaks = reading.breaks_of_segment().into_iter().peekable();
        for zone in zones.iter() {
            let Some(span) = reading.view.to_view(zone.span()) else { continue };
            let mut start = span.start();
            while let Some(at) = breaks.next_if(|at| *at < span.end()) {
                // Of "Ảnh: Lê Quân." segment reads the name alone; what stands before it tells.
                if at > start && zone.kind.is_kept() {
                    reading.push_lines(Span::new(start, at), zone.kind, forms);
                    start = at;
                }
            }
            reading.push_lines(Span::new(start, span.end()), zone.kind, forms);
        }
        reading
    }

    /// Gives the lists back for the next document.
    pub(crate) fn end(self, buffers: &mut Buffers) {
        fn emptied<T>(mut list: Vec<T>) -> Vec<T> {
            list.clear();
            list
        }
        buffers.sentences = emptied(self.sentences);
        buffers.atoms = emptied(self.atoms);
        buffers.words = emptied(self.words);
        buffers.shapes = emptied(self.shapes);
        buffers.signs = emptied(self.signs);
        buffers.lexemes = emptied(self.lexemes);
    }

    /// The repaired text of all zones.
    pub(crate) fn text(&self) -> &str {
        self.view.text()
    }

    /// The span of the source that a span of the text came from.
    pub(crate) fn to_source(&self, span: Span) -> Span {
        self.view.to_source(span)
    }

    /// The span of the text that shows a span of the source, `None` when it shows none of it.
    pub(crate) fn to_view(&self, span: Span) -> Option<Span> {
        self.view.to_view(span)
    }

    /// The sentence in which a byte of the text stands; none between sentences.
    pub(crate) fn sentence_at(&self, at: usize) -> Option<&Sentence> {
        let after = self.sentences.partition_point(|s| s.span.start() <= at);
        let sentence = &self.sentences[after.checked_sub(1)?];
        (at < sentence.span.end()).then_some(sentence)
    }

    /// The first atom of some that is a sign of something.
    #[inline]
    pub(crate) fn sign_in(&self, atoms: Range<usize>, sign: Signs) -> Option<usize> {
        let first = atoms.start;
        self.signs.get(atoms)?.iter().position(|signs| signs & sign != 0).map(|at| first + at)
    }

    /// The atoms of a sentence that are a sign of something, in order.
    #[inline]
    pub(crate) fn signs_of(
        &self,
        sentence: &Sentence,
        sign: Signs,
    ) -> impl Iterator<Item = usize> + use<'_> {
        let atoms = if sentence.signs & sign == 0 { 0..0 } else { sentence.atoms.clone() };
        let signs = self.signs[atoms.clone()].iter();
        signs.zip(atoms).filter(move |(signs, _)| **signs & sign != 0).map(|(_, at)| at)
    }

    /// Where sentences of the segment layer begin and end, in the view, in order.
    fn breaks_of_segment(&self) -> Vec<usize> {
        let Some(segment) = &self.document.segment else { return Vec::new() };
        let spans = segment.sentences.iter().filter_map(|s| self.view.to_view(s.span()));
        let mut breaks: Vec<_> = spans.flat_map(|span| [span.start(), span.end()]).collect();
        breaks.sort_unstable();
        breaks
    }

    /// Reads a stretch line by line.
    fn push_lines(&mut self, span: Span, zone: ZoneKind, forms: &mut Recent<Form, FORMS>) {
        let own_ends = self.document.segment.is_none() || !zone.is_kept();
        let text = self.view.text();
        let Reading { atoms, words, shapes, signs, lexemes, sentences, .. } = self;
        let first = atoms.len();
        for (from, to, is_word) in scan(text, span) {
            let kind = if is_word { AtomKind::Letters } else { AtomKind::Mark };
            atoms.push(Atom { span: Span::new(from, to), kind });
        }
        words.resize(atoms.len(), 0);
        shapes.resize(atoms.len(), Shape::None);
        signs.resize(atoms.len(), 0);
        lexemes.resize(atoms.len(), Lexeme::default());
        let known = words[first..].iter_mut().zip(&mut shapes[first..]);
        let known = known.zip(&mut signs[first..]).zip(&mut lexemes[first..]);
        // A line may end between two stretches.
        let mut behind = atoms[..first].last().map_or(0, |atom| atom.span.end());
        for (atom, (((word, shape), sign), lexeme)) in atoms[first..].iter_mut().zip(known) {
            let form = forms.get(text, atom.span, |surface| Form::of(surface, atom.kind));
            (atom.kind, *word, *shape, *sign) = (form.kind, form.key, form.shape, form.signs);
            let new_line = match &text.as_bytes()[behind..atom.span.start()] {
                [] => false,
                [space] => *space == b'\n',
                spaces => spaces.contains(&b'\n'),
            };
            *lexeme = if new_line { form.lexeme.on_new_line() } else { form.lexeme };
            behind = atom.span.end();
        }
        let mut start = first;
        let pairs = atoms[first..].windows(2).zip(lexemes[first..].iter().skip(1));
        for (at, (pair, lexeme)) in (first + 1..).zip(pairs) {
            let marked = own_ends && pair[0].kind == AtomKind::Mark;
            if lexeme.is_on_new_line() || marked && ends_before(text, &atoms[start..at], pair[1]) {
                sentences.push(Sentence::of(atoms, signs, start..at, zone));
                start = at;
            }
        }
        if start < atoms.len() {
            sentences.push(Sentence::of(atoms, signs, start..atoms.len(), zone));
        }
    }
}

impl Sentence {
    /// The sentence of some atoms, of which there is one at least.
    fn of(all: &[Atom], signs: &[Signs], atoms: Range<usize>, zone: ZoneKind) -> Sentence {
        let span = Span::new(all[atoms.start].span.start(), all[atoms.end - 1].span.end());
        let signs = signs[atoms.clone()].iter().fold(0, |all, signs| all | signs);
        Sentence { span, zone, atoms, signs }
    }
}

/// What a surface form alone tells.
#[derive(Clone, Copy, Debug)]
struct Form {
    key: u64,
    shape: Shape,
    signs: Signs,
    lexeme: Lexeme,
    kind: AtomKind,
}

impl Form {
    #[inline(never)]
    fn of(surface: &str, kind: AtomKind) -> Form {
        let key = syllable_key(surface);
        let digits = surface.bytes().all(|byte| byte.is_ascii_digit());
        let kind = if digits { AtomKind::Digits } else { kind };
        let shape = Shape::of(surface, kind);
        let lexeme = Lexeme::of(kind, surface, key);
        Form { key, shape, signs: signs::of(key), lexeme, kind }
    }
}

impl Default for Form {
    fn default() -> Form {
        let (shape, lexeme) = (Shape::None, Lexeme::default());
        Form { key: 0, shape, signs: 0, lexeme, kind: AtomKind::Mark }
    }
}

/// True when a plain sentence end lies between the atoms read so far, the last of which is a mark,
/// and the next one:
/// `kết thúc. Bộ trưởng`, not `TP. Hồ Chí Minh` or `V. Putin`.
fn ends_before(text: &str, before: &[Atom], next: Atom) -> bool {
    let mut rest = before;
    while let [head @ .., last] = rest
        && matches!(&text[last.span], "”" | "\"" | "»" | ")" | "’")
    {
        rest = head;
    }
    let [.., word, stop] = rest else { return false };
    let spaced = before.last().is_some_and(|last| last.span.end() < next.span.start());
    match &text[stop.span] {
        "!" | "?" | "…" => {}
        "." => {
            let word = &text[word.span];
            let initial = word.chars().count() == 1 && word.chars().all(char::is_alphabetic);
            if initial || !spaced || ABBREVIATIONS.binary_search(&word).is_ok() {
                return false;
            }
        }
        _ => return false,
    }
    spaced
        && text[next.span]
            .starts_with(|c: char| c.is_uppercase() || c.is_ascii_digit() || "“\"‘-*".contains(c))
}

/// Written with a stop that ends no sentence. Sorted by bytes.
const ABBREVIATIONS: [&str; 19] = [
    "Dr", "GS", "Jr", "KS", "Mr", "Mrs", "Ms", "NXB", "P", "PGS", "Q", "St", "TP", "TS", "TT",
    "Th", "ThS", "Tp", "Tx",
];

#[cfg(test)]
mod tests {
    use super::*;
    use bantin_document::{Clean, Zone};

    #[test]
    fn a_line_that_ends_with_a_zone_is_seen_in_the_next() {
        let text = "Họp mồng 6 tháng\nGiêng năm sau.\nẢnh: Minh";
        let mut document = Document::new("a", text);
        let ends = [0, text.find("Giêng").unwrap(), text.find("Ảnh").unwrap(), text.len()];
        let kinds = [ZoneKind::Lede, ZoneKind::Body, ZoneKind::PhotoCredit];
        let zones =
            ends.windows(2).zip(kinds).map(|(e, kind)| Zone::new(Span::new(e[0], e[1]), kind));
        document.clean = Some(Clean { zones: zones.collect(), ..Clean::default() });
        let reading = Reading::of(&document);
        let lines: Vec<&str> = reading
            .atoms
            .iter()
            .zip(&reading.lexemes)
            .filter(|(_, lexeme)| lexeme.is_on_new_line())
            .map(|(atom, _)| &reading.text()[atom.span])
            .collect();
        assert_eq!(lines, ["Giêng", "Ảnh"]);
    }
}
