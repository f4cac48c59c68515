//! The layer of segment: paragraphs, sentences and tokens of a document.

use bantin_text::Span;
use serde::{Deserialize, Serialize};

use crate::clean::ZoneKind;
use crate::span::{Extent, Spanned, Visit, spanned};

/// What segment found. Dropped zones are segmented too, so that what was removed can be read and
/// searched; their sentences say so.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Segment {
    /// Paragraphs of the article.
    pub paragraphs: Vec<Paragraph>,
    /// Sentences of all zones but separators and slugs, in the order of the text.
    pub sentences: Vec<Sentence>,
}

/// A paragraph of the article, without the white space around it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Paragraph {
    /// First byte.
    pub start: u32,
    /// Behind the last byte.
    pub end: u32,
}

/// A sentence with its terminal mark and closing quotes, without the white space around it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Sentence {
    /// First byte.
    pub start: u32,
    /// Behind the last byte.
    pub end: u32,
    /// The zone it stands in; absent for body.
    #[serde(default = "body", skip_serializing_if = "is_body")]
    pub zone: ZoneKind,
    /// Words and punctuation marks, in order.
    pub tokens: Vec<Token>,
}

fn body() -> ZoneKind {
    ZoneKind::Body
}

fn is_body(zone: &ZoneKind) -> bool {
    *zone == ZoneKind::Body
}

/// A word or a punctuation mark: `[start, end]` in the record.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Token(pub u32, pub u32);

impl From<Span> for Token {
    fn from(span: Span) -> Token {
        let Extent { start, end } = span.into();
        Token(start, end)
    }
}

impl Spanned for Token {
    fn span(&self) -> Span {
        Span::new(self.0 as usize, self.1 as usize)
    }
}

spanned!(Paragraph, Sentence);

impl Segment {
    pub(crate) fn visit(&mut self, visit: Visit<'_>) {
        self.paragraphs.iter_mut().for_each(|p| visit(&mut p.start, &mut p.end));
        for sentence in &mut self.sentences {
            visit(&mut sentence.start, &mut sentence.end);
            sentence.tokens.iter_mut().for_each(|t| visit(&mut t.0, &mut t.1));
        }
    }
}
