//! A part of a report: what some of the documents say, ready to be added to the rest.

use std::collections::BTreeMap;

use bantin_document::{ErrorCode, MentionType, Record, ZoneKind};
use serde::{Deserialize, Serialize};

use crate::facts::{
    AuditFact, DateFact, EntityFact, ErrorFact, Listed, Said, SpeakerFact, TellingFact, TellingKey,
    Totals,
};
use crate::monoid::{Merge, Pool, pairs};
use crate::observe::Memory;
use crate::reading::{Bar, Readings};
use crate::report::Report;
use crate::table::Table;

/// Name and version of a partial report's bytes.
pub const PARTIAL_SCHEMA: &str = "bantin-partial/3";

/// Documents that are listed one by one, with their near-duplicates found; beyond this number a
/// fair sample of them is.
pub const LISTED: usize = 10_000;

/// Documents whose text can be read in the page: those with most events, then those that name most
/// agreements, then those with most statements.
pub const READABLE: usize = 1_200;

/// Entities of the report: those in most documents, and all that take part in an event.
pub const ENTITIES: usize = 20_000;

/// Statements whose words are kept: all of them up to this number, a fair sample beyond.
pub const STATEMENTS: usize = 10_000;

/// Bytes of texts with their layers that the page holds.
pub(crate) const READING_BYTES: usize = 4 << 20;

/// A part of a report: what the documents of one shard say.
///
/// Partials are a commutative monoid: [`Partial::default`] says nothing, and
/// [`merge`](Partial::merge) gives the same whatever the order and grouping. Counts are exact.
/// Memory grows with the distinct entities, dates and events, not with the documents: lists of
/// documents and evidence are samples drawn by hash, the same whoever draws them.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Partial {
    schema: String,
    pub(crate) totals: Totals,
    #[serde(with = "pairs")]
    pub(crate) listed: BTreeMap<u64, Listed>,
    pub(crate) readings: Readings,
    pub(crate) entities: Table<EntityFact>,
    #[serde(with = "pairs")]
    pub(crate) tellings: BTreeMap<TellingKey, TellingFact>,
    #[serde(with = "pairs")]
    pub(crate) speakers: BTreeMap<Vec<String>, SpeakerFact>,
    pub(crate) said: Pool<Said, STATEMENTS>,
    /// By value as written and resolved value.
    #[serde(with = "pairs")]
    pub(crate) dates: BTreeMap<(String, Option<String>), DateFact>,
    /// By kind of zone and rule.
    #[serde(with = "pairs")]
    pub(crate) zones: BTreeMap<(ZoneKind, Option<String>), AuditFact>,
    /// By kind of repair and rule.
    #[serde(with = "pairs")]
    pub(crate) repairs: BTreeMap<(String, Option<String>), AuditFact>,
    /// Names that stand in removed zones, by type, surface form and zone.
    #[serde(with = "pairs")]
    pub(crate) removed_names: BTreeMap<(MentionType, String, ZoneKind), u64>,
    /// By stage and code.
    #[serde(with = "pairs")]
    pub(crate) errors: BTreeMap<(String, ErrorCode), ErrorFact>,
}

impl Default for Partial {
    fn default() -> Partial {
        Partial {
            schema: PARTIAL_SCHEMA.into(),
            totals: Totals::default(),
            listed: BTreeMap::new(),
            readings: Readings::default(),
            entities: Table::default(),
            tellings: BTreeMap::new(),
            speakers: BTreeMap::new(),
            said: Pool::default(),
            dates: BTreeMap::new(),
            zones: BTreeMap::new(),
            repairs: BTreeMap::new(),
            removed_names: BTreeMap::new(),
            errors: BTreeMap::new(),
        }
    }
}

impl Partial {
    /// Adds what one record says. A document is taken with whatever layers it has; an error
    /// record is counted.
    pub fn observe(&mut self, record: &Record) {
        self.take(record, &Bar::default(), &mut Memory::default());
        self.readings.trim();
    }

    fn take(&mut self, record: &Record, bar: &Bar, memory: &mut Memory) {
        match record {
            Record::Document(document) => self.observe_document(document, bar, memory),
            Record::Error(error) => {
                self.totals.errors += 1;
                let fact = self.errors.entry((error.stage.clone(), error.code)).or_default();
                fact.count += 1;
                fact.sample.add((error.path.clone(), error.line, error.message.clone()));
            }
        }
    }

    /// Adds what another part says.
    pub fn merge(&mut self, other: Partial) {
        self.totals.absorb(other.totals);
        self.listed.absorb(other.listed);
        self.trim_list();
        self.readings.absorb(other.readings);
        self.entities.absorb(other.entities);
        self.tellings.absorb(other.tellings);
        self.speakers.absorb(other.speakers);
        self.said.absorb(other.said);
        self.dates.absorb(other.dates);
        self.zones.absorb(other.zones);
        self.repairs.absorb(other.repairs);
        self.removed_names.absorb(other.removed_names);
        self.errors.absorb(other.errors);
    }

    /// What a document must tell for its text and layers to be wanted.
    pub fn bar(&self) -> Bar {
        self.readings.bar()
    }

    /// Number of records observed.
    pub fn records(&self) -> u64 {
        self.totals.documents + self.totals.errors
    }

    /// Number of error records observed.
    pub fn errors(&self) -> u64 {
        self.totals.errors
    }

    /// The id of a document that both parts list: merged, it is counted twice.
    pub fn shared(&self, other: &Partial) -> Option<&str> {
        let mut both = self.listed.iter().filter(|(key, _)| other.listed.contains_key(key));
        both.next().map(|(_, listed)| listed.id.as_str())
    }

    pub(crate) fn trim_list(&mut self) {
        while self.listed.len() > LISTED {
            self.listed.pop_last();
        }
    }

    /// The report over everything observed and merged so far. What it does not show is let go
    /// before its rows are made, so that the two need little more memory than one.
    pub fn finish(self) -> Report {
        Report::new(self)
    }

    /// The part as one line of JSON with its line feed; equal parts give equal bytes.
    pub fn to_bytes(&self) -> Vec<u8> {
        let mut bytes = serde_json::to_vec(self).expect("maps are written as pairs");
        bytes.push(b'\n');
        bytes
    }

    /// Reads what [`to_bytes`](Partial::to_bytes) wrote.
    pub fn parse(text: &str) -> Result<Partial, PartialError> {
        #[derive(Deserialize)]
        struct Head {
            schema: String,
        }
        let Head { schema } = serde_json::from_str(text)?;
        if schema != PARTIAL_SCHEMA {
            return Err(PartialError::WrongSchema { found: schema });
        }
        Ok(serde_json::from_str(text)?)
    }
}

/// Takes many records into a part, and remembers what makes the next one cheaper.
#[derive(Clone, Debug, Default)]
pub struct Observer {
    partial: Partial,
    memory: Memory,
    bar: Bar,
}

impl Observer {
    /// Adds what one record says.
    pub fn observe(&mut self, record: &Record) {
        self.partial.take(record, &self.bar, &mut self.memory);
    }

    /// Tells the bar of a whole that the part will be merged into. Of a document that tells less
    /// neither text nor layers are copied; what comes out of merging is the same.
    pub fn raise(&mut self, bar: Bar) {
        self.bar = bar;
    }

    /// Lets go what has no room any more. Nothing else is lost by calling it seldom.
    pub fn trim(&mut self) {
        self.partial.readings.trim();
    }

    /// What was observed so far.
    pub fn partial(&self) -> &Partial {
        &self.partial
    }

    /// What was observed so far; the next record begins another part.
    pub fn take(&mut self) -> Partial {
        self.trim();
        self.memory.forget_places();
        std::mem::take(&mut self.partial)
    }
}

/// Why a text is no partial report.
#[derive(Debug, thiserror::Error)]
pub enum PartialError {
    /// It is of another kind or version.
    #[error("the partial report's schema is \"{found}\", this build reads \"{PARTIAL_SCHEMA}\"")]
    WrongSchema {
        /// What it says of itself.
        found: String,
    },
    /// It does not have the shape.
    #[error("no partial report")]
    Shape(#[from] serde_json::Error),
}
