//! One thread's work: a document's views, paragraph by paragraph.

use std::ops::Range;

use bantin_document::{
    Document, Extent, Paragraph, Segment, Sentence, Spanned, Token, Zone, ZoneKind,
};
use bantin_text::{Span, View};

use crate::atom::{self, Atom};
use crate::lexicon::Lexicon;
use crate::scorer::Scorer;
use crate::segmenter::Segmenter;
use crate::sentence::{self, Ending};
use crate::signs;

/// Buffers of one thread; made by [`Segmenter::worker`] and used for one document after another.
#[derive(Debug)]
pub struct Worker<'s> {
    scorer: Scorer<'s>,
    atoms: Vec<Atom>,
    endings: Vec<Ending>,
    joins: Vec<bool>,
    tokens: Vec<Token>,
    lexicon: Option<&'s Lexicon>,
    wishes: Vec<Option<bool>>,
}

impl<'s> Worker<'s> {
    pub(crate) fn new(segmenter: &'s Segmenter) -> Worker<'s> {
        Worker {
            scorer: segmenter.scorer(),
            atoms: Vec::new(),
            endings: Vec::new(),
            joins: Vec::new(),
            tokens: Vec::new(),
            lexicon: segmenter.lexicon(),
            wishes: Vec::new(),
        }
    }

    /// Adds the layer of segment; an older one is replaced.
    pub fn annotate(&mut self, document: &mut Document) {
        let zones = document.zones();
        let mut layer = Segment::default();
        let (kept, dropped): (Vec<&Zone>, Vec<&Zone>) = zones
            .iter()
            .filter(|z| !matches!(z.kind, ZoneKind::Separator | ZoneKind::Slug))
            .partition(|z| z.kind.is_kept());
        self.read_zones(document, &kept, &mut layer);
        let paragraphs = layer.paragraphs.len();
        let sentences = layer.sentences.len();
        self.read_zones(document, &dropped, &mut layer);
        layer.paragraphs.truncate(paragraphs);
        if layer.sentences.len() > sentences {
            layer.sentences.sort_by_key(|s| (s.start, std::cmp::Reverse(s.end)));
        }
        drop(zones);
        document.segment = Some(layer);
    }

    /// Reads zones in order. A new paragraph begins with each zone of another kind, and with each
    /// dropped one.
    fn read_zones(&mut self, document: &Document, zones: &[&Zone], layer: &mut Segment) {
        if zones.is_empty() {
            return;
        }
        let view = document.view_of(zones.iter().map(|z| z.span()));
        let mut at = 0;
        for (i, zone) in zones.iter().enumerate() {
            let end = match zones.get(i + 1) {
                Some(next) if next.kind == zone.kind && zone.kind.is_kept() => continue,
                Some(next) => match view.to_view(next.span()) {
                    Some(next) => next.start().max(at),
                    None => continue,
                },
                None => view.text().len(),
            };
            self.read_stretch(&view, Span::new(at, end), zone.kind, layer);
            at = end;
        }
    }

    /// Reads a stretch of the view line by line.
    fn read_stretch(&mut self, view: &View, stretch: Span, zone: ZoneKind, layer: &mut Segment) {
        let text = view.text();
        let mut at = stretch.start();
        while at < stretch.end() {
            let mut end = line_end(text, at, stretch.end());
            while goes_on(text, at, end, stretch.end()) {
                end = line_end(text, end + 1, stretch.end());
            }
            self.read_paragraph(view, Span::new(at, end), zone, layer);
            at = end + 1;
        }
    }

    fn read_paragraph(&mut self, view: &View, span: Span, zone: ZoneKind, layer: &mut Segment) {
        let text = view.text();
        self.atoms.clear();
        atom::read(text, span.start(), span.end(), &mut self.atoms);
        let (Some(first), Some(last)) = (self.atoms.first(), self.atoms.last()) else { return };
        let inside = Span::new(first.start as usize, last.end as usize);
        let back = Back { view, shift: view.shift(inside) };
        let Extent { start, end } = view.to_source(inside).into();
        layer.paragraphs.push(Paragraph { start, end });
        sentence::endings(text, &self.atoms, &mut self.endings);
        let mut begin = 0;
        for i in 0..self.endings.len() {
            let atoms = begin..self.endings[i].atom;
            begin = atoms.end;
            self.find_words(text, atoms.clone());
            layer.sentences.push(sentence_of(
                back,
                &self.atoms[atoms],
                &self.joins,
                zone,
                &mut self.tokens,
            ));
        }
    }

    /// Fills `joins` for a sentence.
    fn find_words(&mut self, text: &str, atoms: Range<usize>) {
        let atoms = &self.atoms[atoms];
        let signs = self.scorer.score(text, atoms);
        if signs & signs::COUNTRY != 0 {
            self.scorer.part_foreign_names();
        }
        if signs & signs::ADDRESS != 0 {
            addresses(text, atoms, |gap| self.scorer.wish(gap, true));
        }
        if let Some(lexicon) = self.lexicon {
            lexicon.wishes(&self.scorer.keys(), &mut self.wishes);
            for (gap, wish) in self.wishes.iter().enumerate() {
                if let Some(joins) = wish {
                    self.scorer.wish(gap, *joins);
                }
            }
        }
        self.joins.clear();
        self.scorer.decode(&mut self.joins);
    }
}

/// Calls `join` with every gap inside an address of the web or of mail: `www.vi-du.vn`.
fn addresses(text: &str, atoms: &[Atom], mut join: impl FnMut(usize)) {
    for (i, atom) in atoms.iter().enumerate() {
        let at = match text.as_bytes()[atom.start as usize] {
            b'@' => i,
            b'/' if text[atom.start as usize..].starts_with("//") && i > 0 => i - 1,
            b'w' | b'W'
                if text[atom.start as usize..atom.end as usize].eq_ignore_ascii_case("www") =>
            {
                i
            }
            _ => continue,
        };
        let touches = |gap: usize| atoms[gap].end == atoms[gap + 1].start;
        let mut start = at;
        while start > 0 && touches(start - 1) && atoms[start - 1].look.is_address() {
            start -= 1;
        }
        let mut end = at;
        while end + 1 < atoms.len() && touches(end) && atoms[end + 1].look.is_address() {
            end += 1;
        }
        // The stop behind an address ends the sentence.
        while end > at && !atoms[end].look.is_word() {
            end -= 1;
        }
        if start < at || end > at + 1 {
            (start..end).for_each(&mut join);
        }
    }
}

/// Maps the view back to the source.
#[derive(Clone, Copy)]
struct Back<'a> {
    view: &'a View,
    /// Set where the whole paragraph was copied from one stretch.
    shift: Option<isize>,
}

/// The sentence of some atoms; `joins[i]` says that the word of atom `i` goes on with the next.
fn sentence_of(
    back: Back<'_>,
    atoms: &[Atom],
    joins: &[bool],
    zone: ZoneKind,
    tokens: &mut Vec<Token>,
) -> Sentence {
    words(atoms, joins, tokens);
    match back.shift {
        Some(shift) => {
            let shift = shift as i32 as u32;
            for Token(start, end) in &mut *tokens {
                (*start, *end) = (start.wrapping_add(shift), end.wrapping_add(shift));
            }
        }
        None => {
            for token in &mut *tokens {
                *token = Token::from(back.view.to_source(token.span()));
            }
            // Two atoms of one repair: a character whose NFC is two characters.
            tokens.dedup_by(|next, last| {
                let same = next.0 < last.1;
                if same {
                    last.1 = last.1.max(next.1);
                }
                same
            });
        }
    }
    let start = tokens.first().map_or(0, |t| t.0);
    let end = tokens.last().map_or(0, |t| t.1);
    Sentence { start, end, zone, tokens: tokens.as_slice().into() }
}

/// Fills `tokens` with the words that the atoms make, in the view.
///
/// Every atom ends one, and one that goes on is written over: that is cheaper than asking.
fn words(atoms: &[Atom], joins: &[bool], tokens: &mut Vec<Token>) {
    tokens.clear();
    tokens.resize(atoms.len(), Token(0, 0));
    let (mut count, mut goes_on, mut start) = (0, false, 0);
    for (atom, joins) in atoms.iter().zip(joins) {
        start = if goes_on { start } else { atom.start };
        if let Some(token) = tokens.get_mut(count) {
            *token = Token(start, atom.end);
        }
        goes_on = *joins;
        count += usize::from(!goes_on);
    }
    tokens.truncate(count);
}

fn line_end(text: &str, start: usize, end: usize) -> usize {
    memchr::memchr(b'\n', &text.as_bytes()[start..end]).map_or(end, |i| start + i)
}

/// True when the line feed at `end` stands in the middle of a sentence: "Bộ\nquốc phòng".
fn goes_on(text: &str, start: usize, end: usize, limit: usize) -> bool {
    end + 1 < limit
        && text[end + 1..limit].starts_with(char::is_lowercase)
        && text[start..end].trim_end().ends_with(|c: char| c.is_alphanumeric() || c == ',')
}
