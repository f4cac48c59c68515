//! The record that stands in the place of a document that could not be read.

use serde::{Deserialize, Serialize};

use crate::document::{ErrorWord, SchemaWord};

/// A record that failed, with enough to find and repair it.
///
/// Later stages pass it on, the report counts it. `schema` is always `bantin/1`, `type` always
/// `error`.
#[derive(Clone, Debug, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct ErrorRecord {
    schema: SchemaWord,
    #[serde(rename = "type")]
    record_type: ErrorWord,
    /// The stage that could not go on: `read`, `clean`, `segment`, `tag`.
    pub stage: String,
    /// The file it came from; `-` for stdin.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub path: Option<String>,
    /// The line in it, from 1.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub line: Option<u64>,
    /// What kind of failure; stable.
    pub code: ErrorCode,
    /// The same in words, with what was found and what is wanted.
    pub message: String,
    /// The input as it was, as far as it is text; bytes that are not UTF-8 are replaced.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub raw: Option<String>,
}

impl ErrorRecord {
    /// A failure of `stage`.
    pub fn new(
        stage: impl Into<String>,
        code: ErrorCode,
        message: impl Into<String>,
    ) -> ErrorRecord {
        ErrorRecord {
            schema: SchemaWord,
            record_type: ErrorWord,
            stage: stage.into(),
            path: None,
            line: None,
            code,
            message: message.into(),
            raw: None,
        }
    }
}

/// Kinds of failure.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub enum ErrorCode {
    /// The line is no JSON object.
    InvalidJson,
    /// The bytes are not UTF-8.
    InvalidUtf8,
    /// The record has no text.
    MissingText,
    /// The record is of another major version.
    WrongSchema,
    /// The record's offsets are not UTF-8 bytes.
    WrongOffsets,
    /// A layer does not have the shape of its specification.
    BadLayer,
    /// A span leaves the text, cuts a character or is out of order.
    BadSpan,
    /// The record is larger than the limit.
    TooLarge,
    /// The file could not be opened or read to its end.
    Unreadable,
    /// A stage stopped on this document: a bug, please report it.
    Panic,
}
