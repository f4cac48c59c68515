//! The rows of the report's tables: what is written, one JSON object a line.
//!
//! Every row begins with its `id`, which is the same in every report over the same facts, so that
//! two reports can be compared. Rows are sorted, the most telling first where there is an order of
//! importance, else by id.

use std::collections::BTreeMap;

use bantin_document::ZoneKind;
use serde::{Serialize, Serializer};

use crate::facts::Evidence;
use crate::when::Certainty;

/// The corpus in numbers; the only row of `corpus.jsonl`.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct Corpus {
    /// Always `corpus`.
    pub id: String,
    /// Documents read, and records that failed.
    pub documents: u64,
    /// Records that could not be read.
    pub errors: u64,
    /// Stories: documents that tell the same in nearly the same words count once. Absent when
    /// there are more documents than are listed.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub stories: Option<u64>,
    /// Characters without white space.
    pub characters: u64,
    /// Those of them that are article.
    pub kept: u64,
    /// Sentences of all zones.
    pub sentences: u64,
    /// Names, titles, dates and quantities.
    pub mentions: u64,
    /// Distinct entities; `entities.jsonl` lists those in most documents.
    pub entities: u64,
    /// Those of them that are people.
    pub people: u64,
    /// Distinct events.
    pub events: u64,
    /// Agreements that are told to be signed or planned.
    pub agreements: u64,
    /// All rows of `agreements.jsonl`: with those that are no more than mentioned.
    pub named_agreements: u64,
    /// Statements; what several documents say in the same words counts once. Where there are more
    /// than [`STATEMENTS`](crate::STATEMENTS) it counts with each.
    pub statements: u64,
    /// First and last day of what happened.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub first_day: Option<String>,
    /// The last of them.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub last_day: Option<String>,
    /// Documents with a title.
    pub titled: u64,
    /// Documents with a date.
    pub dated: u64,
    /// Documents by flag: `machine_translated`.
    pub flags: BTreeMap<String, u64>,
    /// Date expressions by certainty.
    pub dates: BTreeMap<Certainty, u64>,
    /// Events by certainty of their date.
    pub event_dates: BTreeMap<Certainty, u64>,
    /// Documents in `documents.jsonl`.
    pub listed: u64,
    /// Documents whose text the page holds.
    pub readable: u64,
}

/// A row of `documents.jsonl`.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct DocumentRow {
    /// The document's id.
    pub id: String,
    /// Id of the first document that tells the same story: its own, when none does.
    pub story: String,
    /// The headline.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub title: Option<String>,
    /// The first words of one without a headline.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub opening: Option<String>,
    /// Its day.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub date: Option<String>,
    /// What says so: `record`, `text`, or `event` for the first event that is its news.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub date_basis: Option<String>,
    /// Who published it, or where it was taken from.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub publisher: Option<String>,
    /// Who wrote it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub author: Option<String>,
    /// The file.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub path: Option<String>,
    /// The line in it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub line: Option<u64>,
    /// Characters without white space.
    pub characters: u64,
    /// Those of them that are article.
    pub kept: u64,
    /// Characters by kind of zone.
    pub zones: ByZone,
    /// Sentences of all zones.
    pub sentences: u64,
    /// Mentions.
    pub mentions: u64,
    /// Events.
    pub events: u64,
    /// Statements.
    pub statements: u64,
    /// What to know of it: `machine_translated`.
    pub flags: Vec<String>,
}

/// Counts by kind of zone; in the table an object.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ByZone(pub Vec<(ZoneKind, u64)>);

impl Serialize for ByZone {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_map(self.0.iter().map(|(kind, n)| (kind.as_str(), n)))
    }
}

/// A name of an entity.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct NameRow {
    /// The surface form.
    pub name: String,
    /// How often it was written.
    pub mentions: u64,
    /// Why it names the same.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub reason: Option<String>,
}

/// A title that somebody was given.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct TitleRow {
    /// As written.
    pub title: String,
    /// Documents that give it.
    pub documents: u64,
    /// Day of the earliest dated one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub first: Option<String>,
    /// Day of the latest.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub last: Option<String>,
}

/// Another id that was found to be the same entity.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct MergedRow {
    /// The id that tag gave.
    pub id: String,
    /// Why it is the same.
    pub reason: String,
}

/// A row of `entities.jsonl`.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct EntityRow {
    /// `per:ngo-xuan-lich`.
    pub id: String,
    /// `PER`, `ORG`, `LOC` …
    #[serde(rename = "type")]
    pub kind: String,
    /// The canonical name.
    pub name: String,
    /// All mentions.
    pub mentions: u64,
    /// Documents that name it.
    pub documents: u64,
    /// Stories that name it; absent when it is in more documents than are kept track of.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub stories: Option<u64>,
    /// Mentions by kind of zone.
    pub zones: ByZone,
    /// Its names, the commonest first.
    pub names: Vec<NameRow>,
    /// For a person: ranks and offices.
    pub titles: Vec<TitleRow>,
    /// Ids that were merged into this one.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub merged: Vec<MergedRow>,
    /// Ids of the events it takes part in.
    pub events: Vec<String>,
    /// Statements it makes, alone or with others.
    pub statements: u64,
    /// A few sentences that name it, of different documents.
    pub evidence: Vec<Evidence>,
    /// Where in the table of documents those stand that name it; a fair sample of many.
    #[serde(skip)]
    pub(crate) named_in: Vec<u32>,
}

/// One who takes part in an event.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct Participant {
    /// Id of the entity.
    pub entity: String,
    /// As what: `host`, `guest`.
    pub roles: Vec<String>,
    /// In what capacity, as written.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub capacities: Vec<String>,
}

/// When something took place.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct When {
    /// As written.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub value: Option<String>,
    /// With what the documents support.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub resolved: Option<String>,
    /// First day; of an open date the day before which it cannot be.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub first: Option<String>,
    /// Last day; of an open date the day after which it cannot be.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub last: Option<String>,
    /// How sure.
    pub certainty: Certainty,
    /// What the resolved value, or the bounds of an open date, rest on.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub basis: Option<String>,
}

/// A row of `events.jsonl`: one event, with all that tells it.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct EventRow {
    /// `meet:ngo-xuan-lich+sergei-shoigu:2018-04-04`.
    pub id: String,
    /// `MEET`, `SIGN` …
    #[serde(rename = "type")]
    pub kind: String,
    /// `happened`, `planned` or `recalled`; what happened wins over what was planned.
    pub modality: String,
    /// Documents by the modality they tell it in.
    pub modalities: BTreeMap<String, u64>,
    /// When.
    pub date: When,
    /// Id of the place.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub place: Option<String>,
    /// Who took part, those who acted first.
    pub participants: Vec<Participant>,
    /// Words that name it.
    pub triggers: Vec<String>,
    /// Documents that tell it.
    pub documents: u64,
    /// Stories that tell it; absent when there are more documents than are kept track of.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub stories: Option<u64>,
    /// The sentences that tell it.
    pub evidence: Vec<Evidence>,
}

/// A document that speaks of an agreement.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct Reference {
    /// `signed`, `recalled`, `planned` or `mentioned`.
    pub how: String,
    /// Where.
    #[serde(flatten)]
    pub evidence: Evidence,
}

/// A row of `agreements.jsonl`.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct AgreementRow {
    /// `agr:…`; of a paper that no story names, the id of its signing.
    pub id: String,
    /// The name most documents use, of equals the fullest; of a paper without a name the words for
    /// it, `bản ghi nhớ về hợp tác quốc phòng`; empty when there are none.
    pub name: String,
    /// Its wordings.
    pub names: Vec<NameRow>,
    /// `signed`, `planned` or `mentioned`.
    pub status: String,
    /// When it was signed, or will be.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub date: Option<When>,
    /// The years its name speaks of: `2018/2020`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub period: Option<String>,
    /// Ids of the parties.
    pub parties: Vec<String>,
    /// Ids of those who signed.
    pub signatories: Vec<String>,
    /// Ids of the signings.
    pub events: Vec<String>,
    /// Ids that were merged into this one.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub merged: Vec<MergedRow>,
    /// Documents that name it.
    pub documents: u64,
    /// The chain of stories that speak of it.
    pub references: Vec<Reference>,
}

/// A row of `statements.jsonl`.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct StatementRow {
    /// `DOCUMENT:START-END`.
    pub id: String,
    /// Ids of the speakers.
    pub speakers: Vec<String>,
    /// `direct` or `indirect`.
    pub kind: String,
    /// `explicit`, `pronoun` or `continuation`.
    pub attribution: String,
    /// The word that says that somebody speaks.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub cue: Option<String>,
    /// Ids of the documents that have it in these words.
    pub documents: Vec<String>,
    /// What was said, and where.
    #[serde(flatten)]
    pub evidence: Evidence,
}

/// A row of `dates.jsonl`.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct DateRow {
    /// Value as written, and what it resolves to when that is more: `XXXX-04-04=2018-04-04`.
    pub id: String,
    /// As written.
    pub value: String,
    /// With what the documents support.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub resolved: Option<String>,
    /// How sure.
    pub certainty: Certainty,
    /// Mentions.
    pub mentions: u64,
    /// Documents.
    pub documents: u64,
    /// Its commonest surface forms.
    pub surfaces: Vec<String>,
    /// What the resolved value rests on.
    pub basis: Vec<String>,
    /// A few sentences.
    pub evidence: Vec<Evidence>,
}

/// A row of `audit.jsonl`: a kind of zone by the rule that decided, or a kind of repair.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct AuditRow {
    /// `zone/photo_credit/C104`, `repair/split_glued/C201`.
    pub id: String,
    /// `kept`, `removed` or `repaired`.
    pub what: String,
    /// Kind of zone or repair.
    pub kind: String,
    /// Code of the rule; absent for body that nothing spoke against.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub rule: Option<String>,
    /// Stretches.
    pub spans: u64,
    /// Characters without white space.
    pub characters: u64,
    /// Documents.
    pub documents: u64,
    /// A fair sample, to be judged by eye.
    pub evidence: Vec<Evidence>,
}

/// A row of `removed_names.jsonl`: a name that only would have counted, had its zone been kept.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct RemovedNameRow {
    /// `PER/photo_credit/Phương Linh`.
    pub id: String,
    /// `PER`, `ORG` or `LOC`.
    #[serde(rename = "type")]
    pub kind: String,
    /// The surface form.
    pub name: String,
    /// Kind of the removed zone.
    pub zone: String,
    /// Mentions.
    pub mentions: u64,
}

/// A row of `stories.jsonl`: documents that tell the same in nearly the same words.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct StoryRow {
    /// Id of the first document.
    pub id: String,
    /// The title of the first that has one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub title: Option<String>,
    /// Ids of the documents, the earliest first.
    pub documents: Vec<String>,
    /// Who published them, or where they say they took it from.
    pub publishers: Vec<String>,
    /// Least share of trigrams that one of them has in common with another, estimated.
    pub similarity: f64,
}

/// A row of `network.jsonl`: a tie between two entities.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct EdgeRow {
    /// `met/per:a/per:b`.
    pub id: String,
    /// The one.
    pub source: String,
    /// The other.
    pub target: String,
    /// `met`, `visited`, `signed`, `chaired`, `conferred`, `invited`, `message`, `together` for two
    /// guests of one host, or `co_mentioned` for no more than standing in the same document.
    pub kind: String,
    /// Events, or documents that mention both.
    pub weight: u64,
    /// Ids of the events.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub events: Vec<String>,
}

/// A row of `errors.jsonl`.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct ErrorRow {
    /// `read/invalid_json`.
    pub id: String,
    /// The stage that could not go on.
    pub stage: String,
    /// What kind of failure.
    pub code: String,
    /// Records.
    pub count: u64,
    /// A few of them.
    pub samples: Vec<ErrorSample>,
}

/// A record that failed.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct ErrorSample {
    /// The file.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub path: Option<String>,
    /// The line in it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub line: Option<u64>,
    /// What went wrong.
    pub message: String,
}
