//! The stage: a cleaner that all threads share, and the buffers of one thread.

use bantin_document::{Clean, Code, Document, Spanned, Zone, ZoneKind};
use bantin_text::glue::{self, Place};
use bantin_text::{Replacement, Span, View, nfc};

use crate::explain::{Explanation, Verdict};
use crate::found::{Found, Label};
use crate::labels;
use crate::lexicon::Class;
use crate::model::{Buffers, ZoneModel};
use crate::page::{Cut, Page, Role};
use crate::pieces::Piece;
use crate::profile::Profile;
use crate::reader::Bytes;
use crate::rules::{self, Rule};
use crate::token::{Gap, Token};
use crate::user::Rules;
use crate::{edits, explain, flags, meta, review};

/// Marks zones, repairs, metadata and flags. Built once, shared by all threads.
#[derive(Debug)]
pub struct Cleaner {
    model: ZoneModel,
    /// Probability of being no article from which on a piece goes: captions, other kinds.
    pub(crate) thresholds: [f32; 2],
    rules: Rules,
    profile: Profile,
}

impl Default for Cleaner {
    fn default() -> Cleaner {
        Cleaner::with_model(ZoneModel::embedded())
    }
}

/// Which mistake is worse.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub enum Favor {
    /// Losing text of the article: only what is nearly sure goes.
    Precision,
    /// Neither.
    #[default]
    Balanced,
    /// Leaving noise in: what is probably noise goes.
    Recall,
}

impl Favor {
    /// Probabilities of being no article from which on a piece goes: captions, other kinds.
    fn thresholds(self) -> [f32; 2] {
        match self {
            Favor::Precision => [0.9, 0.65],
            Favor::Balanced => [0.7, 0.5],
            Favor::Recall => [0.45, 0.35],
        }
    }
}

/// Bytes below which a page is too short to tell a caption by its looks.
const THIN: usize = 1200;

/// Bytes of a standfirst that stands in front of the rest.
const LONGEST_LEDE: usize = 600;

/// Probability from which on a caption goes on such a page.
const SURE: f32 = 0.98;

/// Probability of being no article from which on a piece of a page goes.
struct Bar {
    caption: f32,
    other: f32,
    thin: bool,
}

/// Share of the bar for a caption with a credit behind it, which speaks for it more than words can
/// against it.
const CREDITED: f32 = 0.8;

impl Bar {
    /// The lowest of all.
    fn least(&self) -> f32 {
        self.other.min(CREDITED * self.caption)
    }

    /// The bar for a piece that is likeliest of a kind.
    fn of(&self, piece: &Piece, kind: ZoneKind) -> f32 {
        let Bar { caption, other, thin } = *self;
        match kind {
            ZoneKind::Caption if piece.rule == Some(Rule::Captioned) => CREDITED * caption,
            ZoneKind::Caption if thin => caption.max(SURE),
            ZoneKind::Caption => caption,
            _ => other,
        }
    }
}

/// The likeliest kind that is no article, with its probability.
fn likeliest(row: &[f32; labels::COUNT]) -> (ZoneKind, f32) {
    (1..labels::COUNT / 2)
        .map(|k| (labels::kind(2 * k), row[2 * k] + row[2 * k + 1]))
        .max_by(|a, b| a.1.total_cmp(&b.1))
        .unwrap_or((ZoneKind::Body, 1.0))
}

/// Buffers of one thread; see [`Cleaner::worker`].
#[derive(Debug)]
pub struct Worker<'c> {
    cleaner: &'c Cleaner,
    page: Page,
    buffers: Buffers,
    found: Found,
    /// Pieces that the trees are asked about, with what they say.
    doubtful: Vec<(usize, f32)>,
}

impl Cleaner {
    pub(crate) fn with_model(model: ZoneModel) -> Cleaner {
        Cleaner {
            model,
            thresholds: Favor::Balanced.thresholds(),
            rules: Rules::default(),
            profile: Profile::default(),
        }
    }

    pub(crate) fn model(&self) -> &ZoneModel {
        &self.model
    }

    /// The same with a choice which mistake is worse.
    pub fn favoring(mut self, favor: Favor) -> Cleaner {
        self.thresholds = favor.thresholds();
        self
    }

    /// The same with cue phrases and vetoes of the user.
    pub fn ruled(mut self, rules: Rules) -> Cleaner {
        self.rules = rules;
        self
    }

    /// The same with what is known of the blocks that recur across the site.
    pub fn profiled(mut self, profile: Profile) -> Cleaner {
        self.profile = profile;
        self
    }

    /// Why the character at `byte` is in its zone; `None` behind the last zone.
    ///
    /// Cost: the document is cleaned once more.
    pub fn explain(&self, document: &Document, byte: usize) -> Option<Explanation> {
        self.worker().explain(document, byte)
    }

    /// The buffers of one thread.
    pub fn worker(&self) -> Worker<'_> {
        Worker {
            cleaner: self,
            page: Page::default(),
            buffers: Buffers::default(),
            found: Found::default(),
            doubtful: Vec::new(),
        }
    }

    /// Adds the layer of clean to one document. For more than one, keep a [`Worker`].
    pub fn annotate(&self, document: &mut Document) {
        self.worker().annotate(document);
    }
}

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
            edits = edits::find(text, self.page.bytes_read(), &glue, &decomposed);
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
            let mut bytes = Bytes::default();
            bytes.read(text);
            edits = edits::find(text, &bytes, &glue, &decomposed);
        }
        let meta = meta::read(text, &zones);
        let flags = flags::find(document, &self.page, &meta, decomposed.is_empty());
        document.clean = Some(Clean { zones, edits, meta, flags });
    }

    fn explain(&mut self, document: &Document, byte: usize) -> Option<Explanation> {
        let repaired = nfc::denormalized(&document.text);
        let repairs: Vec<_> =
            repaired.iter().map(|(span, text)| Replacement::new(*span, text)).collect();
        let view = View::new(&document.text, [Span::new(0, document.text.len())], &repairs);
        let at = view.to_view(Span::new(byte, byte + 1))?.start();
        self.label(view.text(), &glue::places(view.text()));
        let zone = self.zones(view.text()).into_iter().find(|z| z.span().end() > at)?;
        let token = self.page.tokens.partition_point(|t| t.start as usize <= at).checked_sub(1)?;
        let pieces = &self.buffers.pieces;
        let piece = pieces.partition_point(|p| p.first as usize <= token).checked_sub(1)?;
        let body = labels::of(ZoneKind::Body, false);
        let kind = labels::of(zone.kind, false);
        // A piece of the article is explained against the noise it is likeliest taken for.
        let caption = labels::of(ZoneKind::Caption, false);
        let pair = if kind == body { (body, caption) } else { (kind, body) };
        // A rule decides without the model.
        let decided = zone.confidence.is_some() || zone.rule.is_none();
        let verdict = self.verdict(piece).filter(|_| decided);
        let reasons = self.cleaner.model.reasons(&self.page, &mut self.buffers, piece, pair);
        let span = view.to_source(zone.span());
        Some(Explanation::new(
            Zone { start: span.start() as u32, end: span.end() as u32, ..zone },
            &reasons,
            verdict,
        ))
    }

    fn label(&mut self, text: &str, glue: &[Place]) {
        self.page.read(text, glue);
        rules::apply(&mut self.page);
        self.found.reset(self.page.tokens.len());
        for (line, role) in self.page.lines.iter().zip(&self.page.roles) {
            let rule = match role {
                Role::Title => Rule::Title,
                Role::Lede => Rule::Lede,
                Role::Text => continue,
            };
            self.found.put(line.first as usize..line.last as usize, Label::of(rule));
        }
        self.weigh();
        for mark in &self.page.marks {
            if mark.rule.is_certain() {
                self.found.put(mark.first as usize..mark.last as usize, Label::of(mark.rule));
            }
        }
        self.label_first_sentence();
        self.obey();
    }

    /// The site's profile and the user's rules have the last word.
    fn obey(&mut self) {
        let Cleaner { rules, profile, .. } = self.cleaner;
        let page = &self.page;
        let label = |kind, code| Label { kind, code: Some(code), confidence: None };
        for (first, last) in profile.recurring(page) {
            let recurring = label(ZoneKind::Nav, explain::RECURRING);
            self.found.put_where(first..last, recurring, |here| {
                here.kind.is_kept() || here.code == Some(explain::MODEL)
            });
        }
        for (first, last, kind) in rules.cued(page) {
            self.found.put(first..last, label(kind, explain::CUED));
        }
        for (first, last) in rules.vetoed(page) {
            let vetoed = label(ZoneKind::Body, explain::VETOED);
            self.found.put_where(first..last, vetoed, |here| !here.kind.is_kept());
        }
    }

    /// What the model says of the pieces that no certain rule holds.
    fn weigh(&mut self) {
        let model = &self.cleaner.model;
        model.prepare(&mut self.page, &mut self.buffers);
        model.chain(&self.page, &mut self.buffers);
        let bar = self.bar();
        let mut doubtful = std::mem::take(&mut self.doubtful);
        let pieces = 0..self.buffers.pieces.len();
        let asked = pieces.filter(|i| {
            model.doubts_of(&self.page, &self.buffers, *i) && !self.is_settled(*i, &bar)
        });
        doubtful.clear();
        doubtful.extend(asked.map(|i| (i, 0.0)));
        model.look_again(&self.page, &mut self.buffers, &mut doubtful);
        self.doubtful = doubtful;
        let rows = &self.buffers.marginals;
        // The sentences of a gallery are captions all together or tell the story.
        let gallery = self.buffers.pieces.iter().zip(rows);
        let gallery = gallery.filter(|(piece, _)| piece.rule == Some(Rule::Gallery));
        let (sum, count) =
            gallery.fold((0.0, 0.0), |(sum, n), (_, row)| (sum + row[0] + row[1], n + 1.0));
        let told = sum > count * 0.3;
        let mut before = None;
        for i in 0..self.buffers.pieces.len() {
            let piece = self.buffers.pieces[i];
            let tokens = piece.first as usize..piece.last as usize;
            if piece.rule == Some(Rule::Gallery) {
                self.found.put(tokens.clone(), Label::of(Rule::Gallery));
            }
            let label = self.decision(i, before, &bar, told);
            if let Some(label) = label {
                self.found.put(tokens, label);
            }
            before = label;
        }
        // No article is all noise; when everything seems so, the model has lost its way, with what
        // it takes for captions first: "Hai bên ký kết." above "Ảnh: Phương Linh".
        if self.found.is_all_noise() {
            self.found.keep(ZoneKind::Caption);
        }
        if self.found.is_all_noise() {
            self.found.reset(self.page.tokens.len());
        }
    }

    /// What a piece is when it goes, from what became of the piece before it.
    fn decision(&self, i: usize, before: Option<Label>, bar: &Bar, told: bool) -> Option<Label> {
        let (piece, row) = (&self.buffers.pieces[i], &self.buffers.marginals[i]);
        let noise = review::noise(row);
        let is_told = |kind| kind == ZoneKind::Caption && piece.rule == Some(Rule::Gallery) && told;
        let found = (noise >= bar.least()).then(|| likeliest(row));
        let goes = |kind| noise >= bar.of(piece, kind) && !is_told(kind);
        let Some((kind, p)) = found.filter(|(kind, _)| goes(*kind)) else {
            return before.filter(|_| self.is_rest(i));
        };
        let role = self.page.roles[self.page.line_of(piece.first as usize)];
        let stays = role != Role::Text && !(role == Role::Lede && noise > 0.95);
        if stays || self.is_spared(i, kind, noise) {
            return None;
        }
        let code = match piece.rule {
            Some(rule) if rule.kind() == kind => rule.code(),
            _ => explain::MODEL,
        };
        Some(Label { kind, code: Some(code), confidence: Some(p.min(1.0)) })
    }

    /// True for a word or two that end the line of the piece before them, and cannot stand alone:
    /// `giá khởi điểm 1049 | USD`.
    fn is_rest(&self, i: usize) -> bool {
        let piece = &self.buffers.pieces[i];
        let unit = &self.buffers.units[piece.unit as usize];
        let tokens = &self.page.tokens[piece.first as usize..piece.last as usize];
        piece.rule.is_none()
            && piece.first > unit.first
            && piece.last == unit.last
            && tokens.iter().filter(|token| token.is_word()).count() <= 2
    }

    /// True for a piece that stays whatever the trees say of it, so that they need not be asked.
    fn is_settled(&self, i: usize, bar: &Bar) -> bool {
        let (piece, row) = (&self.buffers.pieces[i], &self.buffers.marginals[i]);
        let (kind, _) = likeliest(row);
        // Inside a paragraph they only acquit.
        let acquitted = self.page.is_inside_paragraph(piece.first as usize)
            && review::noise(row) < bar.of(piece, kind);
        acquitted || self.is_spared(i, kind, 1.0)
    }

    /// How sure the model must be on this page that a piece is no article.
    fn bar(&self) -> Bar {
        let [caption, other] = self.cleaner.thresholds;
        // A few lines do not show what the paragraphs of a page look like.
        let thin = self.page.bytes(0, self.page.tokens.len()) < THIN;
        Bar { caption, other, thin }
    }

    /// What the model decided on a piece that it weighed, whatever became of it.
    fn verdict(&self, piece: usize) -> Option<Verdict> {
        let row = self.buffers.marginals.get(piece)?;
        let noise = review::noise(row);
        let (kind, _) = likeliest(row);
        let wanted = self.bar().of(&self.buffers.pieces[piece], kind);
        // A plain piece is article without being weighed.
        (noise > 0.0).then_some(Verdict { noise, wanted })
    }

    /// What the model alone must not drop, whatever it says: long bylines, numbered heads, other
    /// stories that no rule points to unless it is sure.
    fn is_spared(&self, piece: usize, kind: ZoneKind, probability: f32) -> bool {
        let piece = self.buffers.pieces[piece];
        if piece.rule.is_some_and(|rule| rule.kind() == kind) {
            return false;
        }
        let (first, last) = (piece.first as usize, piece.last as usize);
        let bytes = self.page.bytes(first, last);
        let numbered = self.page.tokens[first].is_digit()
            && self.page.tokens.get(first + 1).is_some_and(|t| t.is_mark('.'));
        match kind {
            ZoneKind::PhotoCredit if self.tells_of_a_photo(first) => true,
            ZoneKind::Byline | ZoneKind::SourceCredit | ZoneKind::PhotoCredit => bytes > 110,
            ZoneKind::Caption => {
                bytes > 480
                    || numbered && piece.cut >= Cut::Line
                    || self.goes_on(first)
                    || self.introduces(last)
                    || self.ends_a_quotation(first, last)
            }
            _ => probability < 0.7,
        }
    }

    /// True for `Ảnh hưởng của bão`: no rule knows it as a note, and no name stands there.
    fn tells_of_a_photo(&self, first: usize) -> bool {
        let tokens = &self.page.tokens;
        tokens[first].key == rules::photo() && tokens.get(first + 1).is_some_and(|t| t.is_lower())
    }

    /// True when the text goes on at token `first`: `Tuy nhiên, …`, `Nhân dịp này, …`.
    fn goes_on(&self, first: usize) -> bool {
        let tokens = &self.page.tokens[first..];
        tokens[0].is(Class::CONNECTIVE)
            && tokens.iter().take(5).skip(2).any(|token| token.is_mark(','))
    }

    /// True for `… trong kinh doanh” - ông nói`: somebody speaks in front of it.
    fn ends_a_quotation(&self, first: usize, last: usize) -> bool {
        let mut marks = self.page.tokens[first..last].iter().map(Token::mark);
        marks.find(|mark| matches!(mark, '“' | '”')) == Some('”')
    }

    /// True when what ends in front of token `last` tells who is quoted behind it: a colon,
    /// then a quotation mark or a dash.
    fn introduces(&self, last: usize) -> bool {
        let tokens = &self.page.tokens;
        tokens[last - 1].is_mark(':')
            && tokens.get(last).is_some_and(|t| matches!(t.mark(), '“' | '"' | '-' | '–'))
    }

    /// The standfirst of a page whose second line is all the rest: what stands above its first
    /// picture when that is short, else its first sentence.
    fn label_first_sentence(&mut self) {
        let page = &self.page;
        let (title, count) = (page.roles.first() == Some(&Role::Title), page.lines.len());
        let long = count > 1 && {
            let line = page.lines[1];
            page.bytes(line.first as usize, line.last as usize) > 900
        };
        if !title || !long || count > 3 || page.roles[1..].contains(&Role::Lede) {
            return;
        }
        let first = page.lines[1].first as usize;
        let picture = (first..page.tokens.len())
            .take_while(|at| page.bytes(first, *at) <= LONGEST_LEDE)
            .find(|at| self.found.kind(*at) == ZoneKind::Caption)
            .filter(|at| *at > first);
        let last = picture.unwrap_or_else(|| page.unit_end(first));
        if last < page.tokens.len() && page.bytes(first, last) <= LONGEST_LEDE {
            let lede = Label::of(Rule::Lede);
            self.found.put_where(first..last, lede, |here| here.kind == ZoneKind::Body);
        }
    }

    /// Zones cover the text without a gap: white space belongs to the zone in front of it. The
    /// article runs over line ends, each removed line is a zone of its own.
    fn zones(&self, text: &str) -> Vec<Zone> {
        let mut zones: Vec<Zone> = Vec::new();
        let mut last: Option<Label> = None;
        for (at, label) in self.found.runs(&self.page.lines) {
            let token = &self.page.tokens[at];
            let new_line = token.gap == Gap::Line && label.kind != ZoneKind::Body;
            // Pieces of one credit are one zone, two captions side by side are two.
            let same = last.is_some_and(|last| {
                last == label || (last.kind == label.kind && !self.page.cuts[at].is_strong())
            });
            last = Some(label);
            if same && !new_line {
                if let Some(zone) = zones.last_mut()
                    && label.confidence < zone.confidence
                {
                    zone.confidence = label.confidence;
                }
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
        }
        zones
    }
}
