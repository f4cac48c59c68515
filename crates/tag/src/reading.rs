//! What the steps of the stage read: the repaired text of all zones, in sentences and atoms.

use std::ops::Range;

use bantin_document::{Document, Spanned, ZoneKind};
use bantin_text::atoms::{Atom, AtomKind, keyed};
use bantin_text::{Span, View};

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
}

/// The lists of a reading, empty, with the room that they had.
#[derive(Debug, Default)]
pub(crate) struct Buffers {
    sentences: Vec<Sentence>,
    atoms: Vec<Atom>,
    words: Vec<u64>,
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
        let Buffers { sentences, atoms, words } = std::mem::take(buffers);
        let mut reading = Reading { document, view, sentences, atoms, words };
        let mut breaks = reading.breaks_of_segment().into_iter().peekable();
        for zone in zones.iter() {
            let Some(span) = reading.view.to_view(zone.span()) else { continue };
            let mut start = span.start();
            while let Some(at) = breaks.next_if(|at| *at < span.end()) {
                // Of "Ảnh: Lê Quân." segment reads the name alone; what stands before it tells.
                if at > start && zone.kind.is_kept() {
                    reading.push_lines(Span::new(start, at), zone.kind);
                    start = at;
                }
            }
            reading.push_lines(Span::new(start, span.end()), zone.kind);
        }
        reading
    }

    /// Gives the lists back for the next document.
    pub(crate) fn end(self, buffers: &mut Buffers) {
        let Reading { mut sentences, mut atoms, mut words, .. } = self;
        sentences.clear();
        atoms.clear();
        words.clear();
        *buffers = Buffers { sentences, atoms, words };
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

    /// Where sentences of the segment layer begin and end, in the view, in order.
    fn breaks_of_segment(&self) -> Vec<usize> {
        let Some(segment) = &self.document.segment else { return Vec::new() };
        let spans = segment.sentences.iter().filter_map(|s| self.view.to_view(s.span()));
        let mut breaks: Vec<_> = spans.flat_map(|span| [span.start(), span.end()]).collect();
        breaks.sort_unstable();
        breaks
    }

    fn push_lines(&mut self, span: Span, zone: ZoneKind) {
        let own_ends = self.document.segment.is_none() || !zone.is_kept();
        let text = self.view.text();
        let mut start = span.start();
        for line in text[span].split_inclusive('\n') {
            let end = start + line.len();
            let mut first = self.atoms.len();
            for (atom, word) in keyed(line) {
                let atom = Atom {
                    span: Span::new(atom.span.start() + start, atom.span.end() + start),
                    ..atom
                };
                if own_ends && ends_before(text, &self.atoms[first..], atom) {
                    self.sentences.push(sentence(&self.atoms, first, zone));
                    first = self.atoms.len();
                }
                self.atoms.push(atom);
                self.words.push(word);
            }
            if first < self.atoms.len() {
                self.sentences.push(sentence(&self.atoms, first, zone));
            }
            start = end;
        }
    }
}

fn sentence(atoms: &[Atom], first: usize, zone: ZoneKind) -> Sentence {
    let span = Span::new(atoms[first].span.start(), atoms[atoms.len() - 1].span.end());
    Sentence { span, zone, atoms: first..atoms.len() }
}

/// True when a plain sentence end lies between the atoms read so far and the next one:
/// `kết thúc. Bộ trưởng`, not `TP. Hồ Chí Minh` or `V. Putin`.
fn ends_before(text: &str, before: &[Atom], next: Atom) -> bool {
    if before.last().is_none_or(|last| last.kind != AtomKind::Mark) {
        return false;
    }
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
