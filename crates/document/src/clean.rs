//! The layer of clean: zones, edits, metadata and flags of a document.

use bantin_text::Span;
use serde::{Deserialize, Serialize};

use crate::span::{Code, Extent, Visit, spanned, write_rounded};

/// What clean found: which stretches are article, what is repaired, who wrote it.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Clean {
    /// Every character that is no white space lies in exactly one zone.
    pub zones: Vec<Zone>,
    /// Repairs inside the kept zones, none of which changes a word.
    pub edits: Vec<Edit>,
    /// What the text says of itself.
    #[serde(default)]
    pub meta: Meta,
    /// What a reader should know of the document as a whole.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub flags: Vec<Flag>,
}

/// A stretch of the text with one function in the page.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Zone {
    /// First byte.
    pub start: u32,
    /// Behind the last byte.
    pub end: u32,
    /// What the stretch is.
    pub kind: ZoneKind,
    /// What decided; absent for body that nothing spoke against.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub rule: Option<Code>,
    /// Probability that the kind is right, where a model decided.
    #[serde(default, skip_serializing_if = "Option::is_none", serialize_with = "write_rounded")]
    pub confidence: Option<f32>,
}

impl Zone {
    /// A zone that nothing but its place says anything about.
    pub fn new(span: Span, kind: ZoneKind) -> Zone {
        let Extent { start, end } = span.into();
        Zone { start, end, kind, rule: None, confidence: None }
    }

    /// The same with the code of the rule that decided.
    pub fn by(mut self, rule: impl Into<Code>) -> Zone {
        self.rule = Some(rule.into());
        self
    }
}

/// The function of a stretch in the page. The first four are the article.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub enum ZoneKind {
    /// The headline, every copy of it.
    Title,
    /// The standfirst (sapo), wherever it is stored.
    Lede,
    /// Agency or place in front of the article: `(Baonghean.vn) -`.
    Dateline,
    /// Reported text with its subheads, lists and quotations.
    Body,
    /// Text that describes a picture or video.
    Caption,
    /// Who made a picture: `Ảnh: Phương Linh`.
    PhotoCredit,
    /// Who wrote the article.
    Byline,
    /// Where the article was taken from: `Theo VOV`.
    SourceCredit,
    /// Other stories and pointers to them.
    Related,
    /// Lists of keywords and topics.
    Tags,
    /// Menus, breadcrumbs, buttons, counters.
    Nav,
    /// Readers' comments.
    Comment,
    /// Subscriptions, hotlines, advertisements.
    Promo,
    /// Lines that give the time of publication.
    Timestamp,
    /// Rules and empty table pipes.
    Separator,
    /// Machine-made alternative text and file names.
    Slug,
    /// Bare addresses, database residue.
    Other,
}

impl ZoneKind {
    /// All kinds, article first.
    pub const ALL: [ZoneKind; 17] = [
        ZoneKind::Title,
        ZoneKind::Lede,
        ZoneKind::Dateline,
        ZoneKind::Body,
        ZoneKind::Caption,
        ZoneKind::PhotoCredit,
        ZoneKind::Byline,
        ZoneKind::SourceCredit,
        ZoneKind::Related,
        ZoneKind::Tags,
        ZoneKind::Nav,
        ZoneKind::Comment,
        ZoneKind::Promo,
        ZoneKind::Timestamp,
        ZoneKind::Separator,
        ZoneKind::Slug,
        ZoneKind::Other,
    ];

    /// True for the article itself.
    pub fn is_kept(self) -> bool {
        matches!(self, ZoneKind::Title | ZoneKind::Lede | ZoneKind::Dateline | ZoneKind::Body)
    }

    /// The word in the record: `photo_credit`.
    pub fn as_str(self) -> &'static str {
        match self {
            ZoneKind::Title => "title",
            ZoneKind::Lede => "lede",
            ZoneKind::Dateline => "dateline",
            ZoneKind::Body => "body",
            ZoneKind::Caption => "caption",
            ZoneKind::PhotoCredit => "photo_credit",
            ZoneKind::Byline => "byline",
            ZoneKind::SourceCredit => "source_credit",
            ZoneKind::Related => "related",
            ZoneKind::Tags => "tags",
            ZoneKind::Nav => "nav",
            ZoneKind::Comment => "comment",
            ZoneKind::Promo => "promo",
            ZoneKind::Timestamp => "timestamp",
            ZoneKind::Separator => "separator",
            ZoneKind::Slug => "slug",
            ZoneKind::Other => "other",
        }
    }

    /// The kind that the word names.
    pub fn from_word(word: &str) -> Option<ZoneKind> {
        ZoneKind::ALL.into_iter().find(|kind| kind.as_str() == word)
    }
}

/// A repair: what stands in the span reads as `insert` in the clean text.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Edit {
    /// First byte that is replaced.
    pub start: u32,
    /// Behind the last; equal to `start` for an insertion.
    pub end: u32,
    /// What the clean text shows instead; empty for a deletion.
    pub insert: String,
    /// What was wrong.
    pub kind: EditKind,
    /// What decided.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub rule: Option<Code>,
}

impl Edit {
    /// A repair of `span` that reads as `insert`.
    pub fn new(span: Span, insert: impl Into<String>, kind: EditKind) -> Edit {
        let Extent { start, end } = span.into();
        Edit { start, end, insert: insert.into(), kind, rule: None }
    }

    /// The same with the code of the rule that decided.
    pub fn by(mut self, rule: impl Into<Code>) -> Edit {
        self.rule = Some(rule.into());
        self
    }
}

/// What a repair mends. Spelling, tone placement and dashes are never edited.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub enum EditKind {
    /// Two sentences, or a heading and a sentence, without anything between: `phòng.Bộ`.
    SplitGlued,
    /// A no-break or other odd space.
    Nbsp,
    /// The end mark of agency text, `./.`.
    EndMark,
    /// `..` for a full stop.
    DoublePeriod,
    /// `7 .` for `7.`
    SpaceBeforePunct,
    /// `( ADMM+)`
    SpaceAfterParen,
    /// A list mark in front of a paragraph.
    Bullet,
    /// Letters that were not composed.
    Nfc,
}

impl EditKind {
    /// The word in the record: `split_glued`.
    pub fn as_str(self) -> &'static str {
        match self {
            EditKind::SplitGlued => "split_glued",
            EditKind::Nbsp => "nbsp",
            EditKind::EndMark => "end_mark",
            EditKind::DoublePeriod => "double_period",
            EditKind::SpaceBeforePunct => "space_before_punct",
            EditKind::SpaceAfterParen => "space_after_paren",
            EditKind::Bullet => "bullet",
            EditKind::Nfc => "nfc",
        }
    }
}

/// What the text says of itself. `null` was looked for and not found.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(default)]
pub struct Meta {
    /// The headline.
    pub title: Option<MetaValue>,
    /// Who wrote it: `Phương Linh`.
    pub author: Option<MetaValue>,
    /// Who published it, or where it was taken from: `VOV`, `QĐND Online`.
    pub publisher: Option<MetaValue>,
    /// The place of the dateline.
    pub place: Option<MetaValue>,
    /// When it was published, `YYYY-MM-DD`, where the text says so.
    pub date: Option<MetaValue>,
}

impl Meta {
    /// The fields with their names, in the order of the record.
    pub fn fields(&self) -> [(&'static str, Option<&MetaValue>); 5] {
        [
            ("title", self.title.as_ref()),
            ("author", self.author.as_ref()),
            ("publisher", self.publisher.as_ref()),
            ("place", self.place.as_ref()),
            ("date", self.date.as_ref()),
        ]
    }
}

/// A value with the stretch of text it was read from.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct MetaValue {
    /// First byte.
    pub start: u32,
    /// Behind the last byte.
    pub end: u32,
    /// The value; mostly the surface form, a date in `YYYY-MM-DD`.
    pub value: String,
}

impl MetaValue {
    /// `value` as read from `span`.
    pub fn new(span: Span, value: impl Into<String>) -> MetaValue {
        let Extent { start, end } = span.into();
        MetaValue { start, end, value: value.into() }
    }
}

/// Something to know of the document as a whole.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Flag {
    /// What it is.
    pub kind: FlagKind,
    /// More of it, where the kind has a value: the language's code.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub value: Option<String>,
    /// How sure.
    #[serde(default, skip_serializing_if = "Option::is_none", serialize_with = "write_rounded")]
    pub confidence: Option<f32>,
    /// The stretches that speak for it.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub spans: Vec<Extent>,
}

/// Kinds of flag.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub enum FlagKind {
    /// The language, where it is not Vietnamese; `value` is its ISO 639 code or `und`.
    Language,
    /// Probably translated by a machine; `spans` are the suspicious stretches.
    MachineTranslated,
    /// Paragraphs that stand more than once.
    DuplicatedParagraphs,
    /// Letters of another script that look like Latin ones.
    Homoglyphs,
    /// No headline was found.
    MissingTitle,
}

impl FlagKind {
    /// The word in the record: `machine_translated`.
    pub fn as_str(self) -> &'static str {
        match self {
            FlagKind::Language => "language",
            FlagKind::MachineTranslated => "machine_translated",
            FlagKind::DuplicatedParagraphs => "duplicated_paragraphs",
            FlagKind::Homoglyphs => "homoglyphs",
            FlagKind::MissingTitle => "missing_title",
        }
    }
}

spanned!(Zone, Edit, MetaValue);

impl Clean {
    pub(crate) fn visit(&mut self, visit: Visit<'_>) {
        self.zones.iter_mut().for_each(|z| visit(&mut z.start, &mut z.end));
        self.edits.iter_mut().for_each(|e| visit(&mut e.start, &mut e.end));
        let Meta { title, author, publisher, place, date } = &mut self.meta;
        for value in [title, author, publisher, place, date].into_iter().flatten() {
            visit(&mut value.start, &mut value.end);
        }
        for span in self.flags.iter_mut().flat_map(|f| &mut f.spans) {
            visit(&mut span.start, &mut span.end);
        }
    }
}
