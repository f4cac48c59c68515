//! What a partial report keeps of each distinct thing: an entity, a telling of an event, a date,
//! a kind of removal.
//!
//! Every fact is a commutative monoid. Counts are exact; evidence is a bounded sample.

use std::collections::HashMap;
use std::hash::{BuildHasherDefault, Hasher};

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

/// A stretch of a document, under its key. The words are looked up in the texts that the page
/// carries: with them an entity that is named once would cost three times as much.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub(crate) struct Place {
    pub(crate) document: u64,
    pub(crate) start: u32,
    pub(crate) end: u32,
    /// The words after all, of an agreement: how a story recalls it is what one asks.
    pub(crate) words: Option<Box<str>>,
}

/// The hash by which samples are drawn.
pub(crate) fn hash(text: &str) -> u64 {
    xxh3_64_with_seed(text.as_bytes(), 0x6261_6e74_696e)
}

/// Something of documents by their keys, which are hashes already.
pub(crate) type ByKey<V> = HashMap<u64, V, BuildHasherDefault<Hashed>>;

/// A hasher of hashes.
#[derive(Default)]
pub(crate) struct Hashed(u64);

impl Hasher for Hashed {
    fn write(&mut self, bytes: &[u8]) {
        self.0 = xxh3_64_with_seed(bytes, self.0);
    }

    fn write_u64(&mut self, hash: u64) {
        self.0 = hash;
    }

    fn finish(&self) -> u64 {
        self.0
    }
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
    /// The first words of one without a title.
    pub(crate) opening: Option<String>,
    /// Its day, and what says so.
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
    /// Votes of the documents for its type.
    pub(crate) types: Counts<MentionType>,
    pub(crate) names: Small<String, Form>,
    /// What tag said why a name is one of its.
    pub(crate) reasons: Small<String, Counts<String>>,
    pub(crate) titles: Small<String, Held>,
    pub(crate) zones: Counts<ZoneKind>,
    pub(crate) documents: u64,
    pub(crate) seen_in: Documents<256>,
    /// One place of each document.
    pub(crate) evidence: Sample<Place, 3>,
}
merge_fields!(EntityFact: types, names, reasons, titles, zones, documents, seen_in, evidence);

impl EntityFact {
    /// The name most documents choose, of equals the longest, then the first.
    pub(crate) fn name(&self) -> Option<&str> {
        let named = self.names.iter().filter(|(_, form)| form.chosen > 0);
        let rank = |name: &str, form: &Form| (form.chosen, name.chars().count());
        named
            .max_by(|(a, x), (b, y)| rank(a, x).cmp(&rank(b, y)).then(b.cmp(a)))
            .map(|(name, _)| name.as_str())
    }

    /// Mentions in all.
    pub(crate) fn mentions(&self) -> u64 {
        self.names.iter().map(|(_, form)| form.mentions).sum()
    }
}

/// A surface form of an entity: how often it was written, and how many documents choose it as the
/// canonical name.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Form {
    pub(crate) mentions: u64,
    pub(crate) chosen: u64,
}
merge_fields!(Form: mentions, chosen);

/// What two tellings must share to be one without a second look.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub(crate) struct TellingKey {
    pub(crate) kind: EventType,
    pub(crate) modality: Modality,
    /// Role and entity id, sorted.
    pub(crate) arguments: Vec<(String, String)>,
    pub(crate) value: Option<String>,
    pub(crate) resolved: Option<String>,
    /// The time within which an open date lies.
    pub(crate) interval: Option<String>,
    pub(crate) place: Option<String>,
    /// The document, where no date ties the telling to those of others.
    pub(crate) document: Option<String>,
}

/// A telling of an event, in all documents that tell it the same way.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct TellingFact {
    pub(crate) triggers: Counts<String>,
    /// The words for what is signed, where it has no name.
    #[serde(default)]
    pub(crate) papers: Counts<String>,
    /// Entity id and title as written.
    pub(crate) capacities: Counts<(String, String)>,
    pub(crate) bases: Counts<String>,
    pub(crate) documents: u64,
    pub(crate) seen_in: Documents<64>,
    pub(crate) evidence: Sample<Drawn, 8>,
}
merge_fields!(TellingFact: triggers, papers, capacities, bases, documents, seen_in, evidence);

/// What one speaker, or several together, said.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct SpeakerFact {
    pub(crate) statements: u64,
    pub(crate) direct: u64,
}
merge_fields!(SpeakerFact: statements, direct);

/// One statement.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub(crate) struct Said {
    pub(crate) evidence: Drawn,
    pub(crate) speakers: Vec<String>,
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
    /// One place of each document.
    pub(crate) evidence: Sample<Place, 2>,
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
