//! A document and its layers, and the record that carries it.

use bantin_text::Span;
use serde::ser::SerializeMap;
use serde::{Deserialize, Serialize, Serializer};
use serde_json::value::RawValue;

use crate::{Clean, ErrorRecord, Segment, Tag, Unit};

/// Name and major version of the wire format; the first field of every line.
pub const SCHEMA: &str = "bantin/1";

/// One line of a stream.
#[derive(Clone, Debug)]
#[expect(clippy::large_enum_variant, reason = "nearly every record is a document")]
pub enum Record {
    /// A document with the layers computed so far.
    Document(Document),
    /// What stands in the place of a document that could not be read.
    Error(ErrorRecord),
}

/// A document: its text as ingested, and the layers laid beside it.
///
/// `schema` is always `bantin/1` and `type` always `document`; they come first in the line.
#[derive(Clone, Debug, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Document {
    schema: SchemaWord,
    #[serde(rename = "type")]
    record_type: DocumentWord,
    /// Unique within a corpus: the record's own, a file's stem, or `FILE:LINE`.
    pub id: String,
    /// Where it was read.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub source: Option<Source>,
    /// Unit of all offsets of this record; absent for UTF-8 bytes. Stages read
    /// any and write bytes unless told otherwise.
    #[serde(skip_serializing_if = "is_byte", serialize_with = "unit_word")]
    #[cfg_attr(feature = "schema", schemars(with = "Option<UnitWord>"))]
    pub(crate) offsets: Unit,
    /// The text as ingested; no stage changes a byte of it.
    pub text: String,
    /// Layer of clean.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub clean: Option<Clean>,
    /// Layer of segment.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub segment: Option<Segment>,
    /// Layer of tag.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub tag: Option<Tag>,
    /// Fields that the input had and bantin does not know, in their order.
    #[serde(flatten)]
    #[cfg_attr(feature = "schema", schemars(skip))]
    pub extra: Extra,
}

impl Document {
    /// A document without any layer.
    pub fn new(id: impl Into<String>, text: impl Into<String>) -> Document {
        Document {
            schema: SchemaWord,
            record_type: DocumentWord,
            id: id.into(),
            source: None,
            offsets: Unit::Byte,
            text: text.into(),
            clean: None,
            segment: None,
            tag: None,
            extra: Extra::default(),
        }
    }

    /// A field that the record brought along, when it is a string that is not blank: `title`,
    /// `url`, `date`, `author`.
    pub fn own(&self, field: &str) -> Option<String> {
        let (_, raw) = self.extra.0.iter().find(|(name, _)| name == field)?;
        let value: String = serde_json::from_str(raw.get()).ok()?;
        (!value.trim().is_empty()).then_some(value)
    }

    /// The first place where `surface` stands in the text. For tests and examples.
    ///
    /// # Panics
    /// When it does not stand there.
    pub fn span_of(&self, surface: &str) -> Span {
        let start = self.text.find(surface).expect("the surface stands in the text");
        Span::new(start, start + surface.len())
    }

    /// Calls `visit` with the start and end of every span of every layer.
    pub(crate) fn visit(&mut self, visit: &mut dyn FnMut(&mut u32, &mut u32)) {
        if let Some(clean) = &mut self.clean {
            clean.visit(visit);
        }
        if let Some(segment) = &mut self.segment {
            segment.visit(visit);
        }
        if let Some(tag) = &mut self.tag {
            tag.visit(visit);
        }
    }
}

/// Where a document was read.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Source {
    /// The file, as it was named on the command line or found below a folder; `-` for stdin.
    pub path: String,
    /// The line in it, from 1, for JSON Lines.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub line: Option<u64>,
}

/// Unknown fields of a record: names and raw JSON, untouched.
#[derive(Clone, Debug, Default)]
pub struct Extra(pub Vec<(String, Box<RawValue>)>);

impl Serialize for Extra {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(Some(self.0.len()))?;
        for (name, value) in &self.0 {
            map.serialize_entry(name, value)?;
        }
        map.end()
    }
}

fn is_byte(unit: &Unit) -> bool {
    *unit == Unit::Byte
}

fn unit_word<S: Serializer>(unit: &Unit, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.serialize_str(unit.as_str())
}

/// A field that always holds the same word.
macro_rules! word {
    ($name:ident, $word:expr) => {
        #[derive(Clone, Copy, Debug, Default)]
        pub(crate) struct $name;

        impl Serialize for $name {
            fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.serialize_str($word)
            }
        }

        #[cfg(feature = "schema")]
        impl schemars::JsonSchema for $name {
            fn inline_schema() -> bool {
                true
            }

            fn schema_name() -> std::borrow::Cow<'static, str> {
                stringify!($name).into()
            }

            fn json_schema(_: &mut schemars::SchemaGenerator) -> schemars::Schema {
                schemars::json_schema!({ "const": $word })
            }
        }
    };
}

word!(SchemaWord, SCHEMA);
word!(DocumentWord, "document");
word!(ErrorWord, "error");

/// Units that a record may be written in.
#[cfg(feature = "schema")]
#[derive(schemars::JsonSchema)]
#[schemars(rename_all = "lowercase")]
#[expect(dead_code, reason = "stands for `Unit`, which lives below serde and schemars")]
enum UnitWord {
    Byte,
    Char,
    Utf16,
}
