//! What the trainer of the model needs: the same pieces and features as the stage sees.

use bantin_crf::Tables;
use bantin_document::ZoneKind;
use bantin_text::glue;

use crate::boundary::{self, Question};
use crate::cleaner::Cleaner;
use crate::model::{self, Buffers, ZoneModel};
use crate::page::{Cut, Page, Role};
use crate::pieces::Piece;
use crate::rules::{self, Rule};
use crate::token::Token;
use crate::topic::Topic;
use crate::{caption, labels};

pub use crate::model::ZoneModelError;
use crate::review::DOUBT_IN_TRAINING;
pub use crate::review::{COUNT as FACTS, DEPTH, Node};
pub use crate::weights::Feature;

/// Slots of a scorer, a power of two.
pub const SLOTS: usize = crate::scorer::SLOTS;

/// Number of labels of the sequence model.
pub const LABELS: usize = labels::COUNT;

/// Whether one label may follow another.
pub fn allowed(from: usize, to: usize) -> bool {
    labels::allowed(from, to)
}

/// The bytes of a model file.
pub fn pack(boundary: (&[i8], f32), caption: (&[i8], f32), sequence: &Tables) -> Vec<u8> {
    model::pack(boundary, caption, sequence)
}

/// The bytes of a model that has no trees yet, with trees.
pub fn plant(model: Vec<u8>, trees: &[Node]) -> Vec<u8> {
    model::plant(model, trees)
}

/// A cleaner with another model than the one built in, and another threshold for captions.
pub fn cleaner(bytes: &[u8], threshold: [f32; 2]) -> Result<Cleaner, ZoneModelError> {
    let mut cleaner = Cleaner::with_model(ZoneModel::from_bytes(bytes)?);
    cleaner.thresholds = threshold;
    Ok(cleaner)
}

/// Examples of a scorer: hashed features, and whether the answer is yes.
pub type Emit<'a> = &'a mut dyn FnMut(&[u32], bool, f32);

/// Reads raw articles for the scorers: full stops and credits of pictures stand in for labels.
#[derive(Debug, Default)]
pub struct Silver {
    page: Page,
    buffer: Vec<u32>,
}

impl Silver {
    fn read(&mut self, text: &str) {
        self.page.read(text, &glue::places(text));
        rules::apply(&mut self.page);
    }

    fn units(&self) -> Vec<(usize, usize)> {
        let page = &self.page;
        let starts: Vec<usize> =
            (0..page.tokens.len()).filter(|at| page.cuts[*at].is_strong()).collect();
        let ends = starts.iter().skip(1).copied().chain([page.tokens.len()]);
        starts.iter().copied().zip(ends).collect()
    }

    fn rule_at(&self, token: usize) -> Option<Rule> {
        let at = self.page.marks.partition_point(|m| m.last as usize <= token);
        self.page.marks.get(at).filter(|m| m.first as usize <= token).map(|m| m.rule)
    }

    /// Beginnings of sentences whose stop is hidden, against capitals inside sentences. `doubt`
    /// gives the log odds of an earlier scorer, to pass over examples that are probably wrong.
    pub fn boundaries(&mut self, text: &str, doubt: &dyn Fn(&[u32]) -> f32, emit: Emit<'_>) {
        self.read(text);
        let units = self.units();
        // A page with each full stop between two sentences taken out.
        for (i, (start, end)) in units.iter().enumerate() {
            let rule = self.rule_at(*start);
            let line = self.page.line_of(*start);
            if self.page.roles[line] != Role::Text
                || rule.is_some_and(|r| r != Rule::Captioned && r != Rule::Gallery)
            {
                continue;
            }
            for at in start + 1..*end {
                if boundary::is_candidate(&self.page.tokens, at)
                    && self.page.bytes(*start, at) >= 8
                    && self.page.bytes(*start, at) <= 360
                {
                    let unit = &self.page.tokens[*start..*end];
                    Question::new(unit, at - start, &self.page.small).slots(&mut self.buffer);
                    if doubt(&self.buffer) < 2.5 {
                        emit(&self.buffer, false, 1.0);
                    }
                }
            }
            let Some((next, next_end)) = units.get(i + 1).copied() else { continue };
            let mut behind = next;
            let mut behind_end = next_end;
            let mut weight = 0.4;
            if rule == Some(Rule::Captioned) {
                // Behind the caption stands its credit; the sentence behind that is the neighbor.
                let Some((after, after_end)) = units.iter().copied().find(|u| {
                    u.0 >= next && self.rule_at(u.0).is_none_or(|r| r == Rule::Captioned)
                }) else {
                    continue;
                };
                if after > next + 14 || self.page.cuts[after] >= Cut::Line {
                    continue;
                }
                (behind, behind_end) = (after, after_end);
                weight = 3.0;
            } else if self.rule_at(next).is_some() || self.page.cuts[next] != Cut::Sentence {
                continue;
            }
            self.join(*start, *end, behind, behind_end, weight, emit);
        }
    }

    /// The question at the seam of two sentences, asked as if no stop stood between them.
    fn join(
        &mut self,
        start: usize,
        end: usize,
        behind: usize,
        behind_end: usize,
        weight: f32,
        emit: Emit<'_>,
    ) {
        let mut stop = end;
        while stop > start && self.page.tokens[stop - 1].is_stop() {
            stop -= 1;
        }
        let long = self.page.bytes(start, stop) > 360;
        if stop <= start + 1 || stop == end && weight < 1.0 || long {
            return;
        }
        let mut tokens: Vec<_> = self.page.tokens[start..stop].to_vec();
        let seam = tokens.len();
        tokens.extend_from_slice(&self.page.tokens[behind..behind_end]);
        tokens[seam].gap = crate::token::Gap::One;
        if boundary::is_candidate(&tokens, seam) {
            Question::new(&tokens, seam, &self.page.small).slots(&mut self.buffer);
            emit(&self.buffer, true, weight);
        }
    }

    /// Sentences in front of the credit of a picture, against other sentences of the same pages.
    pub fn captions(&mut self, text: &str, emit: Emit<'_>) {
        self.read(text);
        let credits = self.page.marks.iter().filter(|m| m.rule == Rule::Captioned).count();
        let gallery = self.page.marks.iter().any(|m| m.rule == Rule::Gallery);
        if credits == 0 || credits > 5 || gallery {
            return;
        }
        let topic = Topic::of(&self.page);
        for unit in self.units() {
            if self.page.roles[self.page.line_of(unit.0)] != Role::Text {
                continue;
            }
            match self.rule_at(unit.0) {
                Some(Rule::Captioned) => self.caption(unit, &topic, true, emit),
                None => self.caption(unit, &topic, false, emit),
                Some(_) => {}
            }
        }
    }

    /// Ends of captions without a stop, on a page that was put together; `zone_at` numbers the
    /// zones.
    pub fn seams(
        &mut self,
        text: &str,
        zone_at: &dyn Fn(usize) -> Option<(usize, ZoneKind)>,
        emit: Emit<'_>,
    ) {
        self.read(text);
        let page = &self.page;
        let zone = |token: usize| zone_at(page.tokens[token].start as usize).map(|zone| zone.0);
        for (start, end) in self.units() {
            for at in start + 1..end {
                if zone(at) != zone(at - 1)
                    && (8..=360).contains(&page.bytes(start, at))
                    && boundary::is_candidate(&page.tokens, at)
                    && self.rule_at(at).is_none()
                {
                    let question = Question::new(&page.tokens[start..end], at - start, &page.small);
                    question.slots(&mut self.buffer);
                    emit(&self.buffer, true, 1.0);
                }
            }
        }
    }

    /// Captions of a story, against the sentences of its page.
    pub fn story(&mut self, page: &str, captions: &[String], emit: Emit<'_>) {
        self.read(page);
        let topic = Topic::of(&self.page);
        for unit in self.units() {
            let text = self.page.roles[self.page.line_of(unit.0)] == Role::Text;
            if text && self.rule_at(unit.0).is_none() {
                self.caption(unit, &topic, false, emit);
            }
        }
        for caption in captions {
            self.read(caption);
            // Its credit is left out.
            let tells = |rule: Rule| matches!(rule, Rule::Captioned | Rule::Gallery);
            let unit = self
                .units()
                .into_iter()
                .find(|u| self.page.bytes(u.0, u.1) >= 8 && self.rule_at(u.0).is_none_or(tells));
            if let Some(unit) = unit {
                self.caption(unit, &topic, true, emit);
            }
        }
    }

    fn caption(
        &mut self,
        (first, last): (usize, usize),
        topic: &Topic,
        answer: bool,
        emit: Emit<'_>,
    ) {
        if (8..=400).contains(&self.page.bytes(first, last)) {
            caption::slots(&self.page.tokens[first..last], topic, &mut self.buffer);
            emit(&self.buffer, answer, 1.0);
        }
    }
}

/// Turns labelled documents into sequences.
#[derive(Debug)]
pub struct Sequences<'c> {
    cleaner: &'c Cleaner,
    page: Page,
    buffers: Buffers,
}

impl<'c> Sequences<'c> {
    /// With the scorers of a cleaner.
    pub fn new(cleaner: &'c Cleaner) -> Sequences<'c> {
        Sequences { cleaner, page: Page::default(), buffers: Buffers::default() }
    }

    /// Examples for both scorers from a labelled text: whether a zone begins at a capital inside a
    /// sentence, and whether a piece is a caption. `zone_at` numbers the zones.
    pub fn scorer_examples(
        &mut self,
        text: &str,
        zone_at: &dyn Fn(usize) -> Option<(usize, ZoneKind)>,
        boundaries: Emit<'_>,
        captions: Emit<'_>,
    ) {
        self.page.read(text, &glue::places(text));
        rules::apply(&mut self.page);
        self.cleaner.model().prepare(&mut self.page, &mut self.buffers);
        let mut slots = Vec::new();
        let topic = Topic::of(&self.page);
        let page = &self.page;
        let zone = |token: usize| zone_at(page.tokens[token].start as usize);
        for unit in &self.buffers.units {
            let (start, end) = (unit.first as usize, unit.last as usize);
            if page.roles[page.line_of(start)] != Role::Text {
                continue;
            }
            let certain = |at: usize| {
                let i = page.marks.partition_point(|m| m.last as usize <= at);
                page.marks.get(i).is_some_and(|m| m.first as usize <= at && m.rule.is_certain())
            };
            for at in start + 1..end {
                let left = page.bytes(start, at);
                if (8..=360).contains(&left)
                    && boundary::is_candidate(&page.tokens, at)
                    && !certain(at)
                {
                    let question = Question::new(&page.tokens[start..end], at - start, &page.small);
                    question.slots(&mut slots);
                    let begins = zone(at).map(|z| z.0) != zone(at - 1).map(|z| z.0);
                    boundaries(&slots, begins, 1.0);
                }
            }
            let pieces = &self.buffers.pieces[unit.pieces.0 as usize..unit.pieces.1 as usize];
            for piece in pieces {
                let (first, last) = (piece.first as usize, piece.last as usize);
                if page.bytes(first, last) < 8 || certain(first) {
                    continue;
                }
                let inside =
                    (first..last).filter(|t| zone(*t).is_some_and(|z| z.1 == ZoneKind::Caption));
                let is_caption = inside.count() * 2 > last - first;
                caption::slots(&page.tokens[first..last], &topic, &mut slots);
                captions(&slots, is_caption, 1.0);
            }
        }
    }

    /// The features and the label of each piece of a text; `kind_at` says what a byte is.
    pub fn read(
        &mut self,
        text: &str,
        kind_at: &dyn Fn(usize) -> Option<ZoneKind>,
        emit: &mut dyn FnMut(&[Feature], u8),
    ) {
        self.page.read(text, &glue::places(text));
        rules::apply(&mut self.page);
        let model = self.cleaner.model();
        model.prepare(&mut self.page, &mut self.buffers);
        let Buffers { pieces, units, context, .. } = &mut self.buffers;
        let mut before = None;
        for i in 0..pieces.len() {
            let piece = pieces[i];
            let kind = kind_of(&self.page.tokens, piece, kind_at);
            let going_on = !piece.cut.is_strong() && before == Some(kind);
            before = Some(kind);
            let features = context.features(&self.page, pieces, units, i, Vec::new);
            emit(&features, labels::of(kind, going_on));
        }
    }

    /// The numbers of each piece that the chain is in doubt of, and whether it is no article.
    pub fn doubts(
        &mut self,
        text: &str,
        kind_at: &dyn Fn(usize) -> Option<ZoneKind>,
        emit: &mut dyn FnMut(&[f32; FACTS], bool),
    ) {
        self.page.read(text, &glue::places(text));
        rules::apply(&mut self.page);
        let model = self.cleaner.model();
        model.prepare(&mut self.page, &mut self.buffers);
        model.chain(&self.page, &mut self.buffers);
        let pieces = self.buffers.pieces.clone();
        let page = &self.page;
        model.doubts(page, &mut self.buffers, DOUBT_IN_TRAINING, &mut |i, facts| {
            emit(facts, !kind_of(&page.tokens, pieces[i], kind_at).is_kept());
        });
    }

    /// The text of a page of one-line body as a page of paragraphs: a space gives way to a line end
    /// where a zone ends, where a sentence probably begins without a stop in front, and behind some
    /// sentences, as `chance` of the place says. Offsets stay.
    pub fn in_paragraphs(
        &mut self,
        text: &str,
        zone_at: &dyn Fn(usize) -> Option<(usize, ZoneKind)>,
        chance: &mut dyn FnMut() -> f32,
    ) -> String {
        self.page.read(text, &glue::places(text));
        rules::apply(&mut self.page);
        self.cleaner.model().prepare(&mut self.page, &mut self.buffers);
        let mut out = String::with_capacity(text.len());
        let zone = |token: usize| zone_at(self.page.tokens[token].start as usize);
        for piece in self.buffers.pieces.iter().skip(1) {
            let at = piece.first as usize;
            let (Some(before), Some(here)) = (zone(at - 1), zone(at)) else { continue };
            let share = if before.0 != here.0 {
                match (before.1, here.1) {
                    (ZoneKind::Caption, ZoneKind::PhotoCredit) => 0.3,
                    (ZoneKind::Byline, ZoneKind::SourceCredit) => 0.3,
                    _ => 1.0,
                }
            } else if piece.cut.is_strong() {
                if here.1.is_kept() { 0.45 } else { 0.1 }
            } else if here.1.is_kept() && piece.boundary > 1.5 {
                1.0
            } else {
                0.0
            };
            let start = self.page.tokens[at].start as usize;
            if text[..start].ends_with(' ') && chance() < share {
                out.push_str(&text[out.len()..start - 1]);
                out.push('\n');
            }
        }
        out.push_str(&text[out.len()..]);
        out
    }

    /// How surprised the model is by what is article and what is not: the logarithms of the
    /// probabilities that it gave to the truth, summed over bytes; and the bytes.
    pub fn surprise(
        &mut self,
        text: &str,
        kind_at: &dyn Fn(usize) -> Option<ZoneKind>,
    ) -> (f64, usize) {
        self.page.read(text, &glue::places(text));
        rules::apply(&mut self.page);
        let model = self.cleaner.model();
        model.prepare(&mut self.page, &mut self.buffers);
        model.chain(&self.page, &mut self.buffers);
        let pieces = 0..self.buffers.pieces.len();
        let doubtful = pieces.filter(|i| model.doubts_of(&self.page, &self.buffers, *i));
        let mut doubtful: Vec<(usize, f32)> = doubtful.map(|i| (i, 0.0)).collect();
        model.look_again(&self.page, &mut self.buffers, &mut doubtful);
        let rows = &self.buffers.marginals;
        let (mut sum, mut bytes) = (0.0, 0);
        for (piece, row) in self.buffers.pieces.iter().zip(rows) {
            let kept = kind_of(&self.page.tokens, *piece, kind_at).is_kept();
            let p = row[0] + row[1];
            let p = f64::from(if kept { p } else { 1.0 - p }).clamp(1e-3, 1.0);
            let len = self.page.bytes(piece.first as usize, piece.last as usize);
            sum -= p.ln() * len as f64;
            bytes += len;
        }
        (sum, bytes)
    }
}

/// What most of a piece is; headline and standfirst are body.
fn kind_of(
    tokens: &[Token],
    piece: Piece,
    kind_at: &dyn Fn(usize) -> Option<ZoneKind>,
) -> ZoneKind {
    let mut counts = [0usize; 17];
    for token in &tokens[piece.first as usize..piece.last as usize] {
        if let Some(kind) = kind_at(token.start as usize) {
            counts[kind as usize] += (token.end - token.start) as usize;
        }
    }
    let most = (0..17).max_by_key(|k| (counts[*k], 17 - k)).unwrap_or(3);
    let kind = ZoneKind::ALL[most];
    if kind.is_kept() { ZoneKind::Body } else { kind }
}
