//! The stage: a cleaner that all threads share, and the buffers of one thread.

use bantin_document::{Clean, Code, Document, Spanned, Zone, ZoneKind};
use bantin_text::glue::{self, Place};
use bantin_text::{Replacement, Span, View, nfc};

use crate::labels;
use crate::model::{Buffers, ZoneModel};
use crate::page::{Page, Role};
use crate::rules::{self, Rule};
use crate::token::Gap;
use crate::{edits, meta};

/// Marks zones, repairs, metadata and flags. Built once, shared by all threads.
#[derive(Debug)]
pub struct Cleaner {
    model: ZoneModel,
    /// Probability of being no article from which on a piece goes: captions, other kinds.
    pub(crate) thresholds: [f32; 2],
}

impl Default for Cleaner {
    fn default() -> Cleaner {
        Cleaner::with_model(ZoneModel::embedded())
    }
}

/// Buffers of one thread; see [`Cleaner::worker`].
#[derive(Debug)]
pub struct Worker<'c> {
    cleaner: &'c Cleaner,
    page: Page,
    buffers: Buffers,
    labels: Vec<Label>,
}

/// What a token was found to be.
#[derive(Clone, Copy, Debug, PartialEq)]
struct Label {
    kind: ZoneKind,
    code: Option<&'static str>,
    confidence: Option<f32>,
}

impl Cleaner {
    pub(crate) fn with_model(model: ZoneModel) -> Cleaner {
        Cleaner { model, thresholds: [0.5, 0.5] }
    }

    pub(crate) fn model(&self) -> &ZoneModel {
        &self.model
    }

    /// The buffers of one thread.
    pub fn worker(&self) -> Worker<'_> {
        Worker {
            cleaner: self,
            page: Page::default(),
            buffers: Buffers::default(),
            labels: Vec::new(),
        }
    }

    /// Adds the layer of clean to one document. For more than one, keep a [`Worker`].
    pub fn annotate(&self, document: &mut Document) {
        self.worker().annotate(document);
    }
}

/// Code of zones that the model found without a rule.
pub(crate) const MODEL: &str = "C190";

impl Worker<'_> {
    /// Adds the layer of clean, in place of an older one.
    pub fn annotate(&mut self, document: &mut Document) {
        let text = &document.text;
        let edits;
        let mut zones;
        let decomposed = nfc::denormalized(text);
        if decomposed.is_empty() {
            let glue = glue::places(text);
            self.label(text, &glue);
            zones = self.zones(text);
            edits = edits::find(text, &glue, &decomposed);
        } else {
            // Zones are found in the composed text and mapped back.
            let repairs: Vec<_> =
                decomposed.iter().map(|(span, text)| Replacement::new(*span, text)).collect();
            let view = View::new(text, [Span::new(0, text.len())], &repairs);
            let mut glue = glue::places(view.text());
            self.label(view.text(), &glue);
            zones = self.zones(view.text());
            for zone in &mut zones {
                let span = view.to_source(zone.span());
                (zone.start, zone.end) = (span.start() as u32, span.end() as u32);
            }
            for place in &mut glue {
                place.at = view.to_source(Span::empty(place.at)).start();
            }
            edits = edits::find(text, &glue, &decomposed);
        }
        let meta = meta::read(text, &zones);
        document.clean = Some(Clean { zones, edits, meta, flags: Vec::new() });
    }

    fn label(&mut self, text: &str, glue: &[Place]) {
        self.page.read(text, glue);
        rules::apply(&mut self.page);
        let body = Label { kind: ZoneKind::Body, code: None, confidence: None };
        self.labels.clear();
        self.labels.resize(self.page.tokens.len(), body);
        for (line, role) in self.page.lines.iter().zip(&self.page.roles) {
            let rule = match role {
                Role::Title => Rule::Title,
                Role::Lede => Rule::Lede,
                Role::Text => continue,
            };
            let label = Label { kind: rule.kind(), code: Some(rule.code()), confidence: None };
            self.labels[line.first as usize..line.last as usize].fill(label);
        }
        self.weigh();
        for mark in &self.page.marks {
            if mark.rule.is_certain() {
                let code = Some(mark.rule.code());
                let label = Label { kind: mark.rule.kind(), code, confidence: None };
                self.labels[mark.first as usize..mark.last as usize].fill(label);
            }
        }
    }

    /// What the model says of the pieces that no certain rule holds.
    fn weigh(&mut self) {
        let model = &self.cleaner.model;
        model.prepare(&mut self.page, &mut self.buffers);
        let marginals = model.marginals(&self.page, &mut self.buffers).to_vec();
        for (i, piece) in self.buffers.pieces.iter().enumerate() {
            let row = &marginals[i * labels::COUNT..(i + 1) * labels::COUNT];
            let kept = row[0] + row[1];
            let (kind, p) = (1..labels::COUNT / 2)
                .map(|k| (labels::kind(2 * k), row[2 * k] + row[2 * k + 1]))
                .max_by(|a, b| a.1.total_cmp(&b.1))
                .unwrap_or((ZoneKind::Body, 1.0));
            let [caption, other] = self.cleaner.thresholds;
            if 1.0 - kept < if kind == ZoneKind::Caption { caption } else { other } {
                continue;
            }
            let tokens = piece.first as usize..piece.last as usize;
            let role = self.page.roles[self.page.line_of(tokens.start)];
            if role != Role::Text && !(role == Role::Lede && kept < 0.05) {
                continue;
            }
            let code = match piece.rule {
                Some(rule) if rule.kind() == kind => rule.code(),
                _ => MODEL,
            };
            let label = Label { kind, code: Some(code), confidence: Some(p.min(1.0)) };
            self.labels[tokens].fill(label);
        }
    }

    /// Zones cover the text without a gap: white space belongs to the zone in front of it. The
    /// article runs over line ends, each removed line is a zone of its own.
    fn zones(&self, text: &str) -> Vec<Zone> {
        let mut zones: Vec<Zone> = Vec::new();
        let mut last: Option<Label> = None;
        for (token, label) in self.page.tokens.iter().zip(&self.labels) {
            let new_line = token.gap == Gap::Line && label.kind != ZoneKind::Body;
            if last == Some(*label) && !new_line {
                continue;
            }
            let start = if zones.is_empty() { 0 } else { token.start };
            if let Some(before) = zones.last_mut() {
                before.end = start;
            }
            let mut zone = Zone::new(Span::new(start as usize, text.len()), label.kind);
            zone.rule = label.code.map(Code::Borrowed);
            zone.confidence = label.confidence;
            zones.push(zone);
            last = Some(*label);
        }
        zones
    }
}
