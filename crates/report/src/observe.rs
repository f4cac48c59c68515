//! What one document adds to a partial report.

use std::collections::btree_map::Entry;
use std::collections::{BTreeMap, BTreeSet};

use bantin_document::{
    Document, Event, Extent, FlagKind, Mention, MentionType, Modality, Quotation, Spanned, Tag,
    ZoneKind,
};
use bantin_text::Span;

use crate::facts::{Drawn, Evidence, Listed, Place, Said, TellingKey, hash};
use crate::monoid::{Merge, Sample};
use crate::partial::{LISTED, Partial};
use crate::reading::Bar;
use crate::signature::{Keys, Signature};
use crate::snippet::{characters, sentence_of, shown};
use crate::table::Index;
use crate::when::{Certainty, Days};

/// Longest opening that stands for a title, in characters.
const OPENING: usize = 80;

/// What is remembered from one document to the next.
#[derive(Clone, Debug, Default)]
pub(crate) struct Memory {
    keys: Keys,
    stamps: Stamps,
    words: Index,
}

impl Memory {
    /// For a part in which nothing has a place yet.
    pub(crate) fn forget_places(&mut self) {
        self.stamps.last.clear();
    }
}

/// Which entities the document at hand named already: at the place of each the number of the last
/// document that did.
#[derive(Clone, Debug, Default)]
struct Stamps {
    last: Vec<u64>,
    document: u64,
}

impl Stamps {
    fn is_known(&self, place: usize) -> bool {
        self.last.get(place) == Some(&self.document)
    }

    fn know(&mut self, place: usize) {
        if self.last.len() <= place {
            self.last.resize(place + 1, 0);
        }
        self.last[place] = self.document;
    }
}

impl Partial {
    pub(crate) fn observe_document(&mut self, document: &Document, bar: &Bar, memory: &mut Memory) {
        let hash_of_id = hash(&document.id);
        let key = hash_of_id ^ hash(&document.text).rotate_left(1);
        let tag = document.tag.as_ref();
        let seen = Seen { document, hash_of_id, key, date: date_of(document) };
        let zones = self.observe_zones(&seen);
        self.observe_repairs(&seen);
        if let Some(tag) = tag {
            self.observe_entities(&seen, tag, &mut memory.stamps);
            self.observe_dates(&seen, tag);
            self.observe_events(&seen, tag.events.as_deref().unwrap_or_default());
            self.observe_statements(&seen, tag);
        }
        self.readings.take(document, key, bar, &mut memory.words);
        self.list(&seen, zones, &mut memory.keys);
    }

    fn observe_zones(&mut self, seen: &Seen<'_>) -> BTreeMap<ZoneKind, u64> {
        let document = seen.document;
        let mut kinds = BTreeMap::new();
        let mut rules = BTreeSet::new();
        let zones = document.zones();
        for zone in &*zones {
            let length = characters(&document.text[zone.span()]);
            *kinds.entry(zone.kind).or_default() += length;
            let rule = zone.rule.as_deref();
            let fact = self.zones.entry((zone.kind, rule.map(str::to_owned))).or_default();
            fact.spans += 1;
            fact.characters += length;
            if !zone.kind.is_kept() {
                seen.draw(&mut fact.evidence, zone.span(), zone.span());
            }
            fact.documents += u64::from(rules.insert((zone.kind, rule)));
        }
        kinds
    }

    fn observe_repairs(&mut self, seen: &Seen<'_>) {
        let mut rules = BTreeSet::new();
        for edit in seen.document.clean.iter().flat_map(|clean| &clean.edits) {
            let key = (edit.kind.as_str().to_owned(), edit.rule.as_deref().map(str::to_owned));
            let fact = self.repairs.entry(key.clone()).or_default();
            fact.spans += 1;
            fact.characters += characters(&seen.document.text[edit.span()]);
            if seen.may_draw(&fact.evidence, edit.span()) {
                let words = around(&seen.document.text, edit.span());
                let text = shown(&seen.document.text, words, edit.span());
                fact.evidence.add(Drawn::new(seen.showing(edit.span(), text)));
            }
            fact.documents += u64::from(rules.insert(key));
        }
    }

    fn observe_entities(&mut self, seen: &Seen<'_>, tag: &Tag, stamps: &mut Stamps) {
        let day = seen.date.as_ref().map(|(day, _)| day.as_str());
        stamps.document += 1;
        for entity in &tag.entities {
            let place = self.entities.place(&entity.id);
            stamps.know(place);
            let fact = self.entities.at(place);
            *fact.types.entry(&entity.kind) += 1;
            fact.names.entry(entity.name.as_str()).chosen += 1;
            for alias in &entity.aliases {
                *fact.reasons.entry(alias.name.as_str()).entry(alias.reason.as_str()) += 1;
            }
            // "thủ tướng" and "Thủ tướng" are one title, which a document gives once.
            let mut given = BTreeMap::new();
            for title in &entity.titles {
                given.entry(title.to_lowercase()).or_insert(title);
            }
            for title in given.into_values() {
                fact.titles.entry(title.as_str()).see(day);
            }
            fact.documents += 1;
            fact.seen_in.add(seen.key);
        }
        for mention in &tag.mentions {
            let zone = mention.zone.unwrap_or(ZoneKind::Body);
            let counts = zone.is_kept() && mention.kind != MentionType::Title;
            let place = mention.entity.as_deref().and_then(|id| match counts {
                true => Some(self.entities.place(id)),
                false => self.entities.find(id).filter(|place| stamps.is_known(*place)),
            });
            let Some(place) = place else {
                self.observe_removed_name(mention, zone);
                continue;
            };
            let fact = self.entities.at(place);
            if !stamps.is_known(place) {
                stamps.know(place);
                *fact.types.entry(&mention.kind) += 1;
                fact.names.entry(mention.surface.as_str()).chosen += 1;
                fact.documents += 1;
                fact.seen_in.add(seen.key);
            }
            *fact.zones.entry(&zone) += 1;
            fact.names.entry(mention.surface.as_str()).mentions += 1;
            if zone.is_kept() {
                // One place of each document: what a second one says is another story's.
                if fact.evidence.items().iter().any(|place| place.document == seen.key) {
                    continue;
                }
                let sentence = sentence_of(seen.document, mention.span());
                let mut place = seen.place(sentence);
                if fact.evidence.wants(&place) {
                    place.words = (mention.kind == MentionType::Agr)
                        .then(|| shown(&seen.document.text, sentence, mention.span()).into());
                    fact.evidence.add(place);
                }
            }
        }
    }

    fn observe_removed_name(&mut self, mention: &Mention, zone: ZoneKind) {
        let named = matches!(mention.kind, MentionType::Per | MentionType::Org | MentionType::Loc);
        if named && !zone.is_kept() {
            let key = (mention.kind, mention.surface.clone(), zone);
            *self.removed_names.entry(key).or_default() += 1;
        }
    }

    fn observe_dates(&mut self, seen: &Seen<'_>, tag: &Tag) {
        let mut known = BTreeSet::new();
        for mention in &tag.mentions {
            let zone = mention.zone.unwrap_or(ZoneKind::Body);
            let Some(value) = mention.value.as_ref().filter(|value| {
                // A duration, "ba năm", is no place on the calendar.
                mention.kind == MentionType::Date && zone.is_kept() && !value.starts_with('P')
            }) else {
                continue;
            };
            let resolved = mention.resolved.as_ref().filter(|resolved| *resolved != value);
            let fact = self.dates.entry((value.clone(), resolved.cloned())).or_default();
            fact.mentions += 1;
            fact.documents += u64::from(known.insert((value, resolved)));
            *fact.surfaces.entry(mention.surface.as_str()) += 1;
            if let Some(basis) = &mention.basis {
                fact.bases.add(basis.clone());
            }
            if fact.evidence.items().iter().all(|place| place.document != seen.key) {
                fact.evidence.add(seen.place(sentence_of(seen.document, mention.span())));
            }
        }
    }

    fn observe_events(&mut self, seen: &Seen<'_>, events: &[Event]) {
        let mut known = BTreeSet::new();
        for event in events {
            let key = telling_key(event, &seen.document.id);
            let fact = self.tellings.entry(key.clone()).or_default();
            *fact.triggers.entry(&seen.document.text[event.trigger.span()]) += 1;
            if let Some(paper) = event.paper {
                *fact.papers.entry(&seen.document.text[paper.span()]) += 1;
            }
            for argument in &event.arguments {
                if let Some(capacity) = &argument.capacity {
                    *fact.capacities.entry(&(argument.entity.clone(), capacity.clone())) += 1;
                }
            }
            if let Some(basis) = event.date.as_ref().and_then(|date| date.basis.as_deref()) {
                *fact.bases.entry(basis) += 1;
            }
            fact.documents += u64::from(known.insert(key));
            fact.seen_in.add(seen.key);
            let trigger = std::slice::from_ref(&event.trigger);
            let places = if event.evidence.is_empty() { trigger } else { &event.evidence };
            for place in places {
                let sentence = match event.evidence.is_empty() {
                    true => sentence_of(seen.document, place.span()),
                    false => place.span(),
                };
                seen.draw(&mut fact.evidence, sentence, event.trigger.span());
            }
        }
    }

    fn observe_statements(&mut self, seen: &Seen<'_>, tag: &Tag) {
        for statement in tag.statements.iter().flatten() {
            let fact = self.speakers.entry(statement.speakers.clone()).or_default();
            fact.statements += 1;
            fact.direct += u64::from(statement.kind == Quotation::Direct);
            // ", việc này cần thêm thời gian": what the cue leaves behind is no part of what was said.
            let said = &seen.document.text[statement.span()];
            let words =
                said.trim_start_matches(|c: char| c.is_whitespace() || ",:;.–-".contains(c));
            let from = statement.end as usize - words.len();
            let span = Span::new(from, from + words.trim_end().len());
            if span.is_empty() {
                continue;
            }
            let cue = statement.cue.map(|cue| seen.document.text[cue.span()].to_owned());
            self.said.add(Said {
                evidence: Drawn::new(seen.evidence(span, Span::empty(span.start()))),
                speakers: statement.speakers.clone(),
                cue,
                kind: word(&statement.kind),
                attribution: word(&statement.attribution),
            });
        }
    }

    fn list(&mut self, seen: &Seen<'_>, zones: BTreeMap<ZoneKind, u64>, keys: &mut Keys) {
        let document = seen.document;
        let meta = document.clean.as_ref().map(|clean| &clean.meta);
        let tag = document.tag.as_ref();
        let title = meta.and_then(|m| m.title.as_ref()).map(|title| title.value.clone());
        let title = title.or_else(|| document.own("title")).filter(|title| !title.is_empty());
        let mut flags: Vec<FlagKind> = document
            .clean
            .iter()
            .flat_map(|clean| clean.flags.iter().map(|flag| flag.kind))
            .collect();
        flags.sort();
        flags.dedup();
        let kept: u64 = zones.iter().filter(|(kind, _)| kind.is_kept()).map(|(_, n)| n).sum();
        let characters = zones.values().sum();
        let count = |of: fn(&Tag) -> usize| tag.map_or(0, of) as u64;
        let mentions = count(|tag| tag.mentions.len());
        let statements = count(|tag| tag.statements.as_ref().map_or(0, Vec::len));
        let sentences = document.segment.as_ref().map_or(0, |s| s.sentences.len()) as u64;
        let totals = &mut self.totals;
        totals.documents += 1;
        totals.characters += characters;
        totals.kept += kept;
        totals.sentences += sentences;
        totals.mentions += mentions;
        totals.statements += statements;
        totals.titled += u64::from(title.is_some());
        totals.dated += u64::from(seen.date.is_some());
        for flag in &flags {
            *totals.flags.entry(flag) += 1;
        }
        // Of a large corpus most are not: their sketches need not be made.
        let last = self.listed.last_key_value().filter(|_| self.listed.len() >= LISTED);
        if last.is_some_and(|(last, _)| seen.key > *last) {
            return;
        }
        let view = document.view();
        let listed = Listed {
            id: document.id.clone(),
            path: document.source.as_ref().map(|source| source.path.clone()),
            line: document.source.as_ref().and_then(|source| source.line),
            opening: title.is_none().then(|| opening(view.text())).flatten(),
            title,
            date: seen.date.clone(),
            publisher: meta.and_then(|m| m.publisher.as_ref()).map(|p| p.value.clone()),
            author: meta
                .and_then(|m| m.author.as_ref())
                .map(|author| author.value.clone())
                .or_else(|| document.own("author")),
            characters,
            zones: zones.into_iter().collect(),
            sentences,
            mentions,
            events: count(|tag| tag.events.as_ref().map_or(0, Vec::len)),
            statements,
            flags,
            signature: Signature::of(view.text(), keys),
        };
        match self.listed.entry(seen.key) {
            Entry::Occupied(mut entry) => entry.get_mut().absorb(listed),
            Entry::Vacant(entry) => drop(entry.insert(listed)),
        }
        self.trim_list();
    }
}

/// A document while it is observed.
struct Seen<'d> {
    document: &'d Document,
    hash_of_id: u64,
    key: u64,
    date: Option<(String, String)>,
}

impl Seen<'_> {
    fn place(&self, span: Span) -> Place {
        let Extent { start, end } = span.into();
        Place { document: self.key, start, end, words: None }
    }

    /// Puts a stretch into a sample that is drawn by the document's hash. Its words are only made
    /// where it will be kept.
    fn draw<const N: usize>(&self, sample: &mut Sample<Drawn, N>, span: Span, focus: Span) {
        if self.may_draw(sample, span) {
            sample.add(Drawn::new(self.evidence(span, focus)));
        }
    }

    /// False when a sample surely does not keep a stretch, whatever its words are.
    fn may_draw<const N: usize>(&self, sample: &Sample<Drawn, N>, span: Span) -> bool {
        let Extent { start, end } = span.into();
        let order = (self.hash_of_id, self.document.id.as_str(), start, end);
        sample.has_room_before(|Drawn(hash, last)| {
            order <= (*hash, last.document.as_str(), last.start, last.end)
        })
    }

    fn evidence(&self, span: Span, focus: Span) -> Evidence {
        self.showing(span, shown(&self.document.text, span, focus))
    }

    fn showing(&self, span: Span, text: String) -> Evidence {
        let Extent { start, end } = span.into();
        Evidence { document: self.document.id.clone(), start, end, text }
    }
}

/// The day of a document and how it is known: by the record's own field, by its text, or by the
/// first event that is its news.
fn date_of(document: &Document) -> Option<(String, String)> {
    let day = |value: &str| {
        let first = value.get(..10)?;
        (Days::of(first)?.len() == Some(1)).then(|| first.to_owned())
    };
    if let Some(day) = document.own("date").and_then(|date| day(&date)) {
        return Some((day, "record".into()));
    }
    let meta = document.clean.as_ref().and_then(|clean| clean.meta.date.as_ref());
    if let Some(day) = meta.and_then(|date| day(&date.value)) {
        return Some((day, "text".into()));
    }
    let events = document.tag.as_ref()?.events.as_ref()?;
    let news = events.iter().filter(|event| event.modality == Modality::Happened);
    let dates = news.filter_map(|event| event.date.as_ref());
    dates
        .filter_map(|date| date.resolved.as_ref().or(Some(&date.value)))
        // Of an event that took place some time in December the document has no day.
        .filter(|value| Days::of(value).and_then(Days::len) == Some(1))
        .find_map(|value| day(value))
        .map(|day| (day, "event".into()))
}

fn telling_key(event: &Event, document: &str) -> TellingKey {
    let mut arguments: Vec<_> =
        event.arguments.iter().map(|a| (a.role.clone(), a.entity.clone())).collect();
    arguments.sort();
    arguments.dedup();
    let date = event.date.as_ref();
    let value = date.map(|date| date.value.clone());
    let resolved = date.and_then(|date| date.resolved.clone());
    let certainty = value.as_deref().map(|value| Certainty::of(value, resolved.as_deref()));
    TellingKey {
        kind: event.kind,
        modality: event.modality,
        arguments,
        resolved,
        interval: date.and_then(|date| date.interval.clone()),
        place: event.place.clone(),
        document: matches!(certainty, None | Some(Certainty::Open)).then(|| document.to_owned()),
        value,
    }
}

/// The words with which a text begins, up to the end of its first line.
fn opening(text: &str) -> Option<String> {
    let line = text.lines().map(str::trim).find(|line| !line.is_empty())?;
    let Some((end, _)) = line.char_indices().nth(OPENING) else { return Some(line.to_owned()) };
    let end = line[..end].rfind(' ').unwrap_or(end);
    Some(format!("{}…", &line[..end]))
}

/// The word of an enum in the record.
fn word(value: &impl serde::Serialize) -> String {
    match serde_json::to_value(value) {
        Ok(serde_json::Value::String(word)) => word,
        _ => String::new(),
    }
}

/// A repair with a few characters before and behind it.
fn around(text: &str, span: Span) -> Span {
    let start = text[..span.start()].char_indices().rev().nth(29).map_or(0, |(at, _)| at);
    let end =
        text[span.end()..].char_indices().nth(30).map_or(text.len(), |(at, _)| span.end() + at);
    Span::new(start, end)
}
