//! The record: one document a line, `text` as it was ingested, and the layers that
//! the stages lay beside it. The documentation of these types is the specification
//! of the wire format; `docs/schema.json` is generated from it.
//!
//! ```
//! use bantin_document::{Clean, Document, Fields, Record, Unit, Zone, ZoneKind};
//!
//! let line = r#"{"id":"a","text":"Hai bên ký kế hoạch.\nẢnh: Phương Linh\n","views":7}"#;
//! let Record::Document(mut document) = Record::parse(line, &Fields::default())? else { panic!() };
//!
//! document.clean = Some(Clean {
//!     zones: vec![
//!         Zone::new(document.span_of("Hai bên ký kế hoạch.\n"), ZoneKind::Body),
//!         Zone::new(document.span_of("Ảnh: Phương Linh\n"), ZoneKind::PhotoCredit),
//!     ],
//!     ..Clean::default()
//! });
//! assert_eq!(document.view().text(), "Hai bên ký kế hoạch.\n");
//!
//! let mut out = Vec::new();
//! Record::Document(document).write(&mut out, Unit::Byte);
//! let out = String::from_utf8(out)?;
//! assert!(out.starts_with(r#"{"schema":"bantin/1","type":"document","id":"a","text":"#));
//! assert!(out.ends_with("\"views\":7}\n")); // what bantin does not know passes through
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
//!
//! # Conventions
//! - Offsets are UTF-8 bytes, half-open, into `text`; the stages read no other unit.
//! - A layer that is absent was not computed; an empty list was computed and found nothing.
//! - Spans are sorted by start, then longest first.
//! - A new optional field or enum word keeps the major of [`SCHEMA`]; anything else raises it.
//!
//! # Errors
//! Reading is the only thing that fails, with a [`ReadError`] whose code is stable; the engine
//! turns it into an [`ErrorRecord`] in the document's place.

#![forbid(unsafe_code)]

mod document; // read first
mod error;
mod json;
mod read;
mod span;
mod view;
mod write;
mod write_tag;

mod clean;
mod segment;
mod tag;

#[cfg(feature = "schema")]
mod schema;

pub use bantin_text::offsets::Unit;

pub use crate::clean::{Clean, Edit, EditKind, Flag, FlagKind, Meta, MetaValue, Zone, ZoneKind};
pub use crate::document::{Document, Extra, Record, SCHEMA, Source};
pub use crate::error::{ErrorCode, ErrorRecord};
pub use crate::read::{Fields, ReadError};
#[cfg(feature = "schema")]
pub use crate::schema::json_schema;
pub use crate::segment::{Paragraph, Segment, Sentence, Token};
pub use crate::span::{Code, Extent, Spanned};
pub use crate::tag::{
    Alias, Argument, Attribution, Entity, Event, EventDate, EventType, Group, Mention, MentionType,
    Modality, Quotation, Statement, Tag,
};
