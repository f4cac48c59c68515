//! The layer of tag: mentions, entities, groups, events and statements of a document.

use serde::{Deserialize, Serialize};

use crate::clean::ZoneKind;
use crate::span::{Code, Extent, Visit, spanned, write_rounded};

/// What tag found.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Tag {
    /// Names, titles, dates and quantities, nested.
    pub mentions: Vec<Mention>,
    /// What the mentions of the article refer to, sorted by id.
    pub entities: Vec<Entity>,
    /// Mentions of several entities at once: `hai Bộ trưởng`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub groups: Option<Vec<Group>>,
    /// Meetings, visits, signings and the like.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub events: Option<Vec<Event>>,
    /// Who said what.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub statements: Option<Vec<Statement>>,
}

/// One occurrence of a name, title, date or quantity.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Mention {
    /// First byte.
    pub start: u32,
    /// Behind the last byte.
    pub end: u32,
    /// What it is.
    #[serde(rename = "type")]
    pub kind: MentionType,
    /// The bytes of the span, untouched.
    pub surface: String,
    /// Id of the entity it refers to.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub entity: Option<String>,
    /// For a title: id of the person who holds it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub holder: Option<String>,
    /// For a date: its value as written, in TIMEX3 or EDTF form (`XXXX-04-04`). For a quantity:
    /// its number, or `ord:7`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub value: Option<String>,
    /// For a date: its value with what the document supports (`2018-04-04`, `2014-03-21/..`).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub resolved: Option<String>,
    /// What `resolved` rests on, in words a reader can check.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub basis: Option<String>,
    /// The zone it stands in; absent for body.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub zone: Option<ZoneKind>,
    /// Probability that span and type are right, where a model decided.
    #[serde(default, skip_serializing_if = "Option::is_none", serialize_with = "write_rounded")]
    pub confidence: Option<f32>,
    /// What decided.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub rule: Option<Code>,
}

/// Types of mention.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "UPPERCASE")]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub enum MentionType {
    /// A person's name, without rank, office or honorific.
    Per,
    /// An organisation.
    Org,
    /// A place, or a country as an actor.
    Loc,
    /// A named thing that is none of the others.
    Misc,
    /// A named or numbered event.
    Event,
    /// An agreement, law, decree or plan.
    Agr,
    /// A product, weapon, ship, model.
    Prod,
    /// A rank, office or profession used as a title.
    Title,
    /// A number with its unit, an ordinal.
    Qty,
    /// A time expression.
    Date,
}

impl MentionType {
    /// The word in the record: `PER`.
    pub fn as_str(self) -> &'static str {
        match self {
            MentionType::Per => "PER",
            MentionType::Org => "ORG",
            MentionType::Loc => "LOC",
            MentionType::Misc => "MISC",
            MentionType::Event => "EVENT",
            MentionType::Agr => "AGR",
            MentionType::Prod => "PROD",
            MentionType::Title => "TITLE",
            MentionType::Qty => "QTY",
            MentionType::Date => "DATE",
        }
    }
}

/// What mentions refer to.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Entity {
    /// Stable within and across documents: `per:ngo-xuan-lich`, `org:…`, `loc:…`.
    pub id: String,
    /// What it is.
    #[serde(rename = "type")]
    pub kind: MentionType,
    /// The canonical name.
    pub name: String,
    /// Its other names in this document.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub aliases: Vec<Alias>,
    /// For a person: ranks and offices in this document, in order of appearance.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub titles: Vec<String>,
}

/// Another name, and why it is one.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Alias {
    /// The surface form.
    pub name: String,
    /// Why it names the same: `surname of Sergei Shoigu`.
    pub reason: String,
}

/// A mention of several entities at once.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Group {
    /// First byte.
    pub start: u32,
    /// Behind the last byte.
    pub end: u32,
    /// Ids of the members, sorted.
    pub refs: Vec<String>,
}

/// Something that happened, will happen, or is recalled.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Event {
    /// What it is.
    #[serde(rename = "type")]
    pub kind: EventType,
    /// Whether it happened.
    pub modality: Modality,
    /// The word that names it: `hội kiến`.
    pub trigger: Extent,
    /// Who took part, and as what.
    pub arguments: Vec<Argument>,
    /// When.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub date: Option<EventDate>,
    /// Where: id of a place or organisation.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub place: Option<String>,
    /// For a signing: what is signed, where the text names it by no name of its own, as `bản ghi
    /// nhớ về hợp tác quốc phòng`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub paper: Option<Extent>,
    /// The sentences that tell it.
    pub evidence: Vec<Extent>,
    /// What read it first: how its parties stand around the trigger.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub rule: Option<Code>,
}

/// Types of event.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "UPPERCASE")]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub enum EventType {
    /// Two sides meet.
    Meet,
    /// Formal talks.
    Talks,
    /// A host receives guests.
    Reception,
    /// A visit to a country or institution.
    Visit,
    /// Something is signed.
    Sign,
    /// A conference, session or dialogue is held.
    Conference,
    /// Somebody attends something.
    Attend,
    /// An invitation.
    Invite,
    /// A message passed on.
    Message,
    /// A press conference or briefing.
    Press,
    /// A banquet.
    Banquet,
    /// Aid, scholarships, gifts.
    Aid,
    /// Somebody is appointed.
    Appoint,
}

impl EventType {
    /// The word in the record: `MEET`.
    pub fn as_str(self) -> &'static str {
        match self {
            EventType::Meet => "MEET",
            EventType::Talks => "TALKS",
            EventType::Reception => "RECEPTION",
            EventType::Visit => "VISIT",
            EventType::Sign => "SIGN",
            EventType::Conference => "CONFERENCE",
            EventType::Attend => "ATTEND",
            EventType::Invite => "INVITE",
            EventType::Message => "MESSAGE",
            EventType::Press => "PRESS",
            EventType::Banquet => "BANQUET",
            EventType::Aid => "AID",
            EventType::Appoint => "APPOINT",
        }
    }
}

/// Whether an event took place.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub enum Modality {
    /// The news of the article.
    Happened,
    /// Still to come.
    Planned,
    /// Earlier, and recalled here.
    Recalled,
}

impl Modality {
    /// The word in the record: `happened`.
    pub fn as_str(self) -> &'static str {
        match self {
            Modality::Happened => "happened",
            Modality::Planned => "planned",
            Modality::Recalled => "recalled",
        }
    }
}

/// One who takes part in an event.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Argument {
    /// As what: `host`, `guest`, `signatory`, `via` …
    pub role: String,
    /// Id of the entity.
    pub entity: String,
    /// In what capacity at that time: the title as written.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub capacity: Option<String>,
}

/// When an event took place.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct EventDate {
    /// As written, in TIMEX3 or EDTF form.
    pub value: String,
    /// With what the document supports.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub resolved: Option<String>,
    /// Where the year stays open: the time within which it lies, `2014-03-21/..`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub interval: Option<String>,
    /// What `resolved` or `interval` rests on.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub basis: Option<String>,
}

/// Something that somebody said.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Statement {
    /// First byte of what was said.
    pub start: u32,
    /// Behind its last byte.
    pub end: u32,
    /// Ids of the speakers, sorted.
    pub speakers: Vec<String>,
    /// The word that says that somebody speaks: `nhấn mạnh`. Absent for a continuation.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub cue: Option<Extent>,
    /// Quoted or reported.
    pub kind: Quotation,
    /// How the speaker is known.
    pub attribution: Attribution,
    /// What decided who speaks.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub rule: Option<Code>,
}

/// How a statement stands in the text.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub enum Quotation {
    /// In quotation marks.
    Direct,
    /// Reported.
    Indirect,
}

/// How the speaker of a statement is known.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub enum Attribution {
    /// Named in the sentence.
    Explicit,
    /// By a pronoun or bare title.
    Pronoun,
    /// The speaker of the sentence before goes on.
    Continuation,
}

spanned!(Mention, Group, Statement);

impl Tag {
    pub(crate) fn visit(&mut self, visit: Visit<'_>) {
        self.mentions.iter_mut().for_each(|m| visit(&mut m.start, &mut m.end));
        for group in self.groups.iter_mut().flatten() {
            visit(&mut group.start, &mut group.end);
        }
        for event in self.events.iter_mut().flatten() {
            visit(&mut event.trigger.start, &mut event.trigger.end);
            if let Some(paper) = &mut event.paper {
                visit(&mut paper.start, &mut paper.end);
            }
            event.evidence.iter_mut().for_each(|e| visit(&mut e.start, &mut e.end));
        }
        for statement in self.statements.iter_mut().flatten() {
            visit(&mut statement.start, &mut statement.end);
            if let Some(cue) = &mut statement.cue {
                visit(&mut cue.start, &mut cue.end);
            }
        }
    }
}
