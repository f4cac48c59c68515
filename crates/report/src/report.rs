//! The finished report: every table, from one partial.

use std::cmp::Reverse;
use std::collections::BTreeMap;

use bantin_document::MentionType;

use crate::agreements;
use crate::facts::{ByKey, Drawn, EntityFact, Evidence, Held, Listed, Said, SpeakerFact};
use crate::identity::{Identity, name_key};
use crate::ledger;
use crate::library::Library;
use crate::monoid::{Merge, Pool, Sample};
use crate::names::{Entities, name_or_slug, names_of};
use crate::network;
use crate::partial::{ENTITIES, Partial, STATEMENTS};
use crate::reading::Laid;
use crate::rows::{
    AgreementRow, AuditRow, ByZone, Corpus, DateRow, DocumentRow, EdgeRow, EntityRow, ErrorRow,
    ErrorSample, EventRow, RemovedNameRow, StatementRow, StoryRow, TitleRow,
};
use crate::stories::Stories;
use crate::when::{Certainty, Days};

/// A finished report. Its fields are its tables; the rows say what they hold.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Report {
    /// The corpus in numbers.
    pub corpus: Corpus,
    /// Documents, by id.
    pub documents: Vec<DocumentRow>,
    /// Entities, those in most documents first.
    pub entities: Vec<EntityRow>,
    /// Events in the order of time, those without a date behind.
    pub events: Vec<EventRow>,
    /// Agreements, those that were signed first.
    pub agreements: Vec<AgreementRow>,
    /// Statements, by document and place.
    pub statements: Vec<StatementRow>,
    /// Dates, by resolved value.
    pub dates: Vec<DateRow>,
    /// Zones and repairs by rule.
    pub audit: Vec<AuditRow>,
    /// Names that stand in removed zones, the commonest first.
    pub removed_names: Vec<RemovedNameRow>,
    /// Stories that several documents tell.
    pub stories: Vec<StoryRow>,
    /// Ties between entities.
    pub network: Vec<EdgeRow>,
    /// Failures.
    pub errors: Vec<ErrorRow>,
    /// Documents that can be read in the page.
    pub(crate) readings: Vec<Laid>,
    /// What the codes of rules mean.
    pub(crate) rules: BTreeMap<String, &'static str>,
}

impl Report {
    pub(crate) fn new(mut partial: Partial) -> Report {
        let complete = partial.listed.len() as u64 == partial.totals.documents;
        let stories = Stories::of(&partial.listed, complete);
        let apart = std::mem::take(&mut partial.entities).into_sorted();
        let identity = Identity::of(&apart);
        let united = identity.unite(apart);
        let library = Library::of(&partial.listed, &partial.readings);
        let ledger = ledger::events(&partial.tellings, &identity, &stories, &united);
        drop(std::mem::take(&mut partial.tellings));
        let (documents, positions) = documents(&partial.listed, &stories);
        // What a sample was drawn of cannot be told apart.
        let all_said = partial.said.len() < STATEMENTS;
        let mut report = Report {
            events: ledger.iter().map(|event| event.row(&stories)).collect(),
            agreements: agreements::rows(&united, &ledger, &library),
            network: network::edges(&ledger, &united),
            statements: statements(std::mem::take(&mut partial.said), &identity),
            documents,
            dates: dates(&partial, &library),
            audit: audit(&partial),
            removed_names: removed_names(&partial),
            stories: stories.rows(&partial.listed),
            errors: errors(&partial),
            ..Report::default()
        };
        drop(ledger);
        report.corpus = corpus(&partial, &report, &stories, &united, all_said);
        let told = (&report.events[..], &positions);
        report.entities = entities(united, told, &partial.speakers, &identity, &stories, &library);
        report.readings = partial.readings.into_laid().collect();
        report.corpus.readable = report.readings.len() as u64;
        report
    }

    /// Lets the page say in English what the codes of its rules mean; the stages know.
    ///
    /// In Vietnamese it says so by itself.
    pub fn explained(mut self, words: impl Fn(&str) -> Option<&'static str>) -> Report {
        let codes = self.audit.iter().filter_map(|row| row.rule.as_deref());
        self.rules =
            codes.filter_map(|code| words(code).map(|words| (code.to_owned(), words))).collect();
        self
    }
}

/// The rows, and where in them the document of a key stands.
fn documents(all: &BTreeMap<u64, Listed>, stories: &Stories) -> (Vec<DocumentRow>, ByKey<u32>) {
    let mut listed: Vec<(&u64, &Listed)> = all.iter().collect();
    listed.sort_by_key(|(key, document)| (&document.id, &document.path, document.line, **key));
    let positions = listed.iter().enumerate().map(|(n, (key, _))| (**key, n as u32)).collect();
    let rows = listed.into_iter().map(|(key, listed)| {
        let kept = listed.zones.iter().filter(|(kind, _)| kind.is_kept());
        DocumentRow {
            id: listed.id.clone(),
            story: all[&stories.first(*key)].id.clone(),
            title: listed.title.clone(),
            opening: listed.opening.clone(),
            date: listed.date.as_ref().map(|(day, _)| day.clone()),
            date_basis: listed.date.as_ref().map(|(_, basis)| basis.clone()),
            publisher: listed.publisher.clone(),
            author: listed.author.clone(),
            path: listed.path.clone(),
            line: listed.line,
            characters: listed.characters,
            kept: kept.map(|(_, n)| n).sum(),
            zones: ByZone(listed.zones.clone()),
            sentences: listed.sentences,
            mentions: listed.mentions,
            events: listed.events,
            statements: listed.statements,
            flags: listed.flags.iter().map(|flag| flag.as_str().into()).collect(),
        }
    });
    (rows.collect(), positions)
}

/// Documents that the page of an entity lists.
const NAMED_IN: usize = 64;

fn entities(
    united: Entities,
    (events, positions): (&[EventRow], &ByKey<u32>),
    speakers: &BTreeMap<Vec<String>, SpeakerFact>,
    identity: &Identity,
    stories: &Stories,
    library: &Library<'_>,
) -> Vec<EntityRow> {
    let mut takes_part: BTreeMap<&str, Vec<String>> = BTreeMap::new();
    for event in events {
        let ids = event.participants.iter().map(|p| p.entity.as_str());
        for id in ids.chain(event.place.as_deref()) {
            let seen = takes_part.entry(id).or_default();
            if seen.last() != Some(&event.id) {
                seen.push(event.id.clone());
            }
        }
    }
    let mut speaks: BTreeMap<&str, u64> = BTreeMap::new();
    for (together, fact) in speakers {
        for speaker in together {
            *speaks.entry(identity.leader(speaker)).or_default() += fact.statements;
        }
    }
    // Of those in as many documents that are named as often, the first by id.
    let Entities { facts, mut merged } = united;
    let mut chosen: Vec<_> = facts.into_iter().collect();
    chosen.sort_by_cached_key(|(_, fact)| Reverse((fact.documents, fact.mentions())));
    let mut rank = 0;
    chosen.retain(|(id, _)| {
        rank += 1;
        rank <= ENTITIES || takes_part.contains_key(id.as_str())
    });
    chosen
        .into_iter()
        .map(|(id, fact)| {
            let seen_in = fact.seen_in.items().iter().take(NAMED_IN);
            let mut named_in: Vec<u32> =
                seen_in.filter_map(|key| positions.get(key).copied()).collect();
            named_in.sort_unstable();
            EntityRow {
                kind: fact.types.most().map_or("MISC", |kind| kind.as_str()).into(),
                name: name_or_slug(fact.name(), &id),
                mentions: fact.mentions(),
                documents: fact.documents,
                stories: stories.count(fact.seen_in.items(), fact.documents),
                zones: ByZone(fact.zones.iter().map(|(k, n)| (*k, *n)).collect()),
                names: names_of(&fact),
                titles: titles(&fact),
                merged: merged.remove(&id).unwrap_or_default(),
                events: takes_part.remove(id.as_str()).unwrap_or_default(),
                statements: speaks.get(id.as_str()).copied().unwrap_or_default(),
                evidence: library.evidence(&fact.evidence),
                named_in,
                id,
            }
        })
        .collect()
}

/// The titles of an entity, those that most documents give first. One that is written with a
/// capital here and without one there is one, as most write it.
fn titles(fact: &EntityFact) -> Vec<TitleRow> {
    let mut alike: BTreeMap<Vec<u64>, Vec<(&String, &Held)>> = BTreeMap::new();
    for (title, held) in fact.titles.iter() {
        alike.entry(name_key(title)).or_default().push((title, held));
    }
    let rows = alike.into_values().map(|forms| {
        let most = forms.iter().max_by_key(|(title, held)| (held.documents, Reverse(*title)));
        let title = most.map_or_else(String::new, |(title, _)| (*title).clone());
        let mut whole = Held::default();
        forms.into_iter().for_each(|(_, held)| whole.absorb(held.clone()));
        TitleRow { title, documents: whole.documents, first: whole.first, last: whole.last }
    });
    let mut rows: Vec<TitleRow> = rows.collect();
    rows.sort_by(|a, b| b.documents.cmp(&a.documents).then(a.title.cmp(&b.title)));
    rows
}

fn statements(said: Pool<Said, STATEMENTS>, identity: &Identity) -> Vec<StatementRow> {
    let rows = said.into_iter().map(|item| {
        let leaders = item.speakers.iter().map(|id| identity.leader(id).to_owned());
        let mut speakers: Vec<String> = leaders.collect();
        speakers.sort();
        speakers.dedup();
        let Drawn(_, evidence) = item.evidence;
        StatementRow {
            id: String::new(),
            speakers,
            kind: item.kind,
            attribution: item.attribution,
            cue: item.cue,
            documents: vec![evidence.document.clone()],
            evidence,
        }
    });
    let mut rows: Vec<StatementRow> = rows.collect();
    // A republished story repeats what was said: one row, with all documents that have it.
    fn what(row: &StatementRow) -> (&[String], &str) {
        (&row.speakers, &row.evidence.text)
    }
    rows.sort_by(|a, b| what(a).cmp(&what(b)));
    rows.dedup_by(|next, row| {
        if what(next) != what(row) {
            return false;
        }
        if !row.documents.contains(&next.evidence.document) {
            row.documents.push(next.evidence.document.clone());
        }
        if next.evidence < row.evidence {
            std::mem::swap(&mut row.evidence, &mut next.evidence);
        }
        true
    });
    for row in &mut rows {
        let Evidence { document, start, end, .. } = &row.evidence;
        row.id = format!("{document}:{start}-{end}");
        row.documents.sort();
    }
    rows.sort_by(|a, b| a.evidence.cmp(&b.evidence).then_with(|| a.speakers.cmp(&b.speakers)));
    rows
}

fn dates(partial: &Partial, library: &Library<'_>) -> Vec<DateRow> {
    let mut rows: Vec<DateRow> = partial
        .dates
        .iter()
        .map(|((value, resolved), fact)| DateRow {
            id: match resolved {
                Some(resolved) => format!("{value}={resolved}"),
                None => value.clone(),
            },
            value: value.clone(),
            resolved: resolved.clone(),
            certainty: Certainty::of(value, resolved.as_deref()),
            mentions: fact.mentions,
            documents: fact.documents,
            surfaces: fact.surfaces.ranked().into_iter().take(5).map(|(s, _)| s.clone()).collect(),
            basis: fact.bases.items().to_vec(),
            evidence: library.evidence(&fact.evidence),
        })
        .collect();
    rows.sort_by_cached_key(|row| {
        let days = Days::of(row.resolved.as_ref().unwrap_or(&row.value));
        // What is open stands behind what is known.
        (days.is_none_or(Days::is_open), days.is_none(), days, row.id.clone())
    });
    rows
}

fn audit(partial: &Partial) -> Vec<AuditRow> {
    let row = |what: &str, kind: &str, rule: &Option<String>, fact: &crate::facts::AuditFact| {
        let place = if what == "repaired" { "repair" } else { "zone" };
        AuditRow {
            id: format!("{place}/{kind}/{}", rule.as_deref().unwrap_or("-")),
            what: what.into(),
            kind: kind.into(),
            rule: rule.clone(),
            spans: fact.spans,
            characters: fact.characters,
            documents: fact.documents,
            evidence: drawn(&fact.evidence),
        }
    };
    let zones = partial.zones.iter().map(|((kind, rule), fact)| {
        row(if kind.is_kept() { "kept" } else { "removed" }, kind.as_str(), rule, fact)
    });
    let repairs =
        partial.repairs.iter().map(|((kind, rule), fact)| row("repaired", kind, rule, fact));
    zones.chain(repairs).collect()
}

fn removed_names(partial: &Partial) -> Vec<RemovedNameRow> {
    let mut rows: Vec<RemovedNameRow> = partial
        .removed_names
        .iter()
        .map(|((kind, name, zone), mentions)| RemovedNameRow {
            id: format!("{}/{}/{name}", kind.as_str(), zone.as_str()),
            kind: kind.as_str().into(),
            name: name.clone(),
            zone: zone.as_str().into(),
            mentions: *mentions,
        })
        .collect();
    rows.sort_by(|a, b| b.mentions.cmp(&a.mentions).then_with(|| a.id.cmp(&b.id)));
    rows
}

fn errors(partial: &Partial) -> Vec<ErrorRow> {
    let rows = partial.errors.iter().map(|((stage, code), fact)| {
        let code = serde_json::to_value(code).ok();
        let code = code.as_ref().and_then(|code| code.as_str()).unwrap_or_default();
        ErrorRow {
            id: format!("{stage}/{code}"),
            stage: stage.clone(),
            code: code.into(),
            count: fact.count,
            samples: fact
                .sample
                .items()
                .iter()
                .map(|(path, line, message)| ErrorSample {
                    path: path.clone(),
                    line: *line,
                    message: message.clone(),
                })
                .collect(),
        }
    });
    rows.collect()
}

fn corpus(
    partial: &Partial,
    report: &Report,
    stories: &Stories,
    entities: &Entities,
    all_said: bool,
) -> Corpus {
    let totals = &partial.totals;
    let mut dates = BTreeMap::new();
    for row in &report.dates {
        *dates.entry(row.certainty).or_default() += row.mentions;
    }
    let mut event_dates = BTreeMap::new();
    for row in &report.events {
        *event_dates.entry(row.date.certainty).or_default() += 1;
    }
    let happened = report.events.iter().filter(|event| event.modality == "happened");
    let happened = happened.filter(|event| event.date.certainty != Certainty::Open);
    let days = happened.filter_map(|event| Some((&event.date.first, event.date.last.as_ref()?)));
    let facts = &entities.facts;
    let people = facts.iter().filter(|(_, fact)| fact.types.most() == Some(&MentionType::Per));
    Corpus {
        id: "corpus".into(),
        documents: totals.documents,
        errors: totals.errors,
        stories: stories.len(),
        characters: totals.characters,
        kept: totals.kept,
        sentences: totals.sentences,
        mentions: totals.mentions,
        entities: facts.len() as u64,
        people: people.count() as u64,
        events: report.events.len() as u64,
        agreements: report.agreements.iter().filter(|row| row.status != "mentioned").count() as u64,
        named_agreements: report.agreements.len() as u64,
        statements: if all_said { report.statements.len() as u64 } else { totals.statements },
        first_day: days.clone().filter_map(|(first, _)| first.clone()).min(),
        last_day: days.map(|(_, last)| last.clone()).max(),
        titled: totals.titled,
        dated: totals.dated,
        flags: totals.flags.iter().map(|(flag, n)| (flag.as_str().into(), *n)).collect(),
        dates,
        event_dates,
        listed: report.documents.len() as u64,
        readable: 0,
    }
}

/// The evidence of a sample, each stretch once.
fn drawn<const N: usize>(sample: &Sample<Drawn, N>) -> Vec<Evidence> {
    let mut all: Vec<Evidence> = sample.items().iter().map(|Drawn(_, e)| e.clone()).collect();
    all.dedup_by(|a, b| (&a.document, a.start, a.end) == (&b.document, b.start, b.end));
    all
}
