//! What a partial report keeps of each distinct thing: an entity, a telling of an event, a date,
//! a kind of removal.
//!
//! Every fact is a commutative monoid. Counts are exact; evidence is a bounded sample.

use std::cmp::Reverse;

use bantin_document::{EventType, FlagKind, MentionType, Modality, ZoneKind};
use serde::{Deserialize, Serialize};
use xxhash_rust::xxh3::xxh3_64_with_seed;

use crate::monoid::{Counts, Merge, Sample, Small};
use crate::signature::Signature;

/// A stretch of a document that shows something, with its words.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Evidence {
    /// Id of the document.
    pub document: String,
    /// First byte in its `text`.
    pub start: u32,
    /// Behind the last byte.
    pub end: u32,
    /// The words; a long stretch is cut, and ends in `…`.
    pub text: String,
}

/// Evidence in the order of its document's hash: the smallest few are a fair sample.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub(crate) struct Drawn(pub(crate) u64, pub(crate) Evidence);

impl Drawn {
    pub(crate) fn new(evidence: Evidence) -> Drawn {
        Drawn(hash(&evidence.document), evidence)
    }
}

/// The hash by which samples are drawn.
pub(crate) fn hash(text: &str) -> u64 {
    xxh3_64_with_seed(text.as_bytes(), 0x6261_6e74_696e)
}

/// Documents of one thing: all of them up to `N`, a fair sample beyond.
pub(crate) type Documents<const N: usize> = Sample<u64, N>;

macro_rules! merge_fields {
    ($type:ty: $($field:ident),*) => {
        impl Merge for $type {
            fn absorb(&mut self, other: Self) {
                $(self.$field.absorb(other.$field);)*
            }
        }
    };
}

/// Sums over everything that was read.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Totals {
    pub(crate) documents: u64,
    pub(crate) errors: u64,
    pub(crate) characters: u64,
    pub(crate) kept: u64,
    pub(crate) sentences: u64,
    pub(crate) mentions: u64,
    pub(crate) statements: u64,
    pub(crate) titled: u64,
    pub(crate) dated: u64,
    pub(crate) flags: Counts<FlagKind>,
}
merge_fields!(Totals: documents, errors, characters, kept, sentences, mentions, statements, titled, dated, flags);

/// A row of the list of documents.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub(crate) struct Listed {
    pub(crate) id: String,
    pub(crate) path: Option<String>,
    pub(crate) line: Option<u64>,
    pub(crate) title: Option<String>,
    pub(crate) date: Option<(String, String)>,
    pub(crate) publisher: Option<String>,
    pub(crate) author: Option<String>,
    pub(crate) characters: u64,
    pub(crate) zones: Vec<(ZoneKind, u64)>,
    pub(crate) sentences: u64,
    pub(crate) mentions: u64,
    pub(crate) events: u64,
    pub(crate) statements: u64,
    pub(crate) flags: Vec<FlagKind>,
    pub(crate) signature: Signature,
}

impl Merge for Listed {
    /// Two records of one id and text: the smaller one stands, the counts are in the totals.
    fn absorb(&mut self, other: Listed) {
        if other < *self {
            *self = other;
        }
    }
}

/// A document's own record for the reader's page: those that tell most come first.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub(crate) struct Reading {
    pub(crate) rank: (Reverse<u64>, u64),
    /// The record as one line of JSON, without its tokens.
    pub(crate) record: String,
}

/// When a title was seen with somebody, by the dates of the documents.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Held {
    pub(crate) documents: u64,
    pub(crate) first: Option<String>,
    pub(crate) last: Option<String>,
}

impl Held {
    pub(crate) fn see(&mut self, day: Option<&str>) {
        self.absorb(Held { documents: 1, first: day.map(Into::into), last: day.map(Into::into) });
    }
}

impl Merge for Held {
    fn absorb(&mut self, other: Held) {
        self.documents += other.documents;
        self.first = match (self.first.take(), other.first) {
            (Some(a), Some(b)) => Some(a.min(b)),
            (a, b) => a.or(b),
        };
        self.last = self.last.take().max(other.last);
    }
}

/// An entity, under the id that tag gave it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct EntityFact {
    /// Votes of the documents for its type and canonical name.
    pub(crate) types: Counts<MentionType>,
    pub(crate) names: Counts<String>,
    /// Mentions by surface form, and what tag said why a name is one of its.
    pub(crate) surfaces: Counts<String>,
    pub(crate) reasons: Small<String, Counts<String>>,
    pub(crate) titles: Small<String, Held>,
    pub(crate) zones: Counts<ZoneKind>,
    pub(crate) documents: u64,
    pub(crate) seen_in: Documents<256>,
    pub(crate) evidence: Sample<Drawn, 4>,
}
merge_fields!(EntityFact: types, names, surfaces, reasons, titles, zones, documents, seen_in, evidence);

/// What two tellings must share to be one without a second look.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub(crate) struct TellingKey {
    pub(crate) kind: EventType,
    pub(crate) modality: Modality,
    /// Role and entity id, sorted.
    pub(crate) arguments: Vec<(String, String)>,
    pub(crate) value: Option<String>,
    pub(crate) resolved: Option<String>,
    pub(crate) place: Option<String>,
    /// The document, where no date ties the telling to those of others.
    pub(crate) document: Option<String>,
}

/// A telling of an event, in all documents that tell it the same way.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct TellingFact {
    pub(crate) triggers: Counts<String>,
    /// Entity id and title as written.
    pub(crate) capacities: Counts<(String, String)>,
    pub(crate) bases: Counts<String>,
    pub(crate) documents: u64,
    pub(crate) seen_in: Documents<64>,
    pub(crate) evidence: Sample<Drawn, 8>,
}
merge_fields!(TellingFact: triggers, capacities, bases, documents, seen_in, evidence);

/// What one speaker, or several together, said.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct SpeakerFact {
    pub(crate) statements: u64,
    pub(crate) direct: u64,
    pub(crate) sample: Sample<Said, 40>,
}
merge_fields!(SpeakerFact: statements, direct, sample);

/// One statement.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub(crate) struct Said {
    pub(crate) evidence: Drawn,
    pub(crate) cue: Option<String>,
    pub(crate) kind: String,
    pub(crate) attribution: String,
}

/// A date as written and with what its documents support.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct DateFact {
    pub(crate) mentions: u64,
    pub(crate) documents: u64,
    pub(crate) surfaces: Counts<String>,
    pub(crate) bases: Sample<String, 3>,
    pub(crate) evidence: Sample<Drawn, 2>,
}
merge_fields!(DateFact: mentions, documents, surfaces, bases, evidence);

/// A kind of zone, or of repair, by the rule that decided.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct AuditFact {
    pub(crate) spans: u64,
    pub(crate) characters: u64,
    pub(crate) documents: u64,
    pub(crate) evidence: Sample<Drawn, 20>,
}
merge_fields!(AuditFact: spans, characters, documents, evidence);

/// Failures of one kind.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct ErrorFact {
    pub(crate) count: u64,
    /// Path, line and message of the first few.
    pub(crate) sample: Sample<(Option<String>, Option<u64>, String), 10>,
}
merge_fields!(ErrorFact: count, sample);
