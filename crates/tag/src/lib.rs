//! Who, what and where of a Vietnamese news document: people with their titles, organisations,
//! places, events, agreements, products, quantities and dates, nested, each with an entity id.
//!
//! ```
//! use bantin_document::{Document, MentionType, Spanned};
//! use bantin_tag::Tagger;
//!
//! let mut document =
//!     Document::new("a", "Chiều 12-3, Bộ trưởng Bộ Xây dựng Trần Văn Sơn đã tiếp đoàn Nhật Bản.");
//! Tagger::default().annotate(&mut document);
//!
//! let tag = document.tag.as_ref().unwrap();
//! let people: Vec<_> = tag.mentions.iter().filter(|m| m.kind == MentionType::Per).collect();
//! assert_eq!(people[0].surface, "Trần Văn Sơn");
//! assert_eq!(people[0].span(), document.span_of("Trần Văn Sơn")); // UTF-8 bytes
//! assert!(tag.mentions.iter().any(|m| m.surface == "Bộ trưởng Bộ Xây dựng")); // a title …
//! assert!(tag.mentions.iter().any(|m| m.surface == "Bộ Xây dựng")); // … with its ministry
//! ```
//!
//! # Limits
//! It knows news prose. Text without diacritics is tagged, but badly.
//!
//! # Cost
//! A [`Tagger`] is `Sync` and holds the embedded model: build it once, share it, and give each
//! thread a [`Worker`], which owns the buffers.

#![forbid(unsafe_code)]

mod reading;
mod recent;
mod signs;
mod tagger; // read first

mod mentions;

mod dating;
mod events;
mod explain;
mod groups;
mod holders;
mod honorifics;
mod identity;
mod phrases;

#[doc(hidden)]
pub mod training;

pub use bantin_dates::Day;

pub use crate::explain::{Explanation, codes, explain};
pub use crate::identity::{Knowledge, KnowledgeError};
pub use crate::tagger::{Tagger, Worker};
