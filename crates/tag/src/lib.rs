//! Who, what and where of a Vietnamese news document: people with their titles, organisations,
//! places, events, agreements, products, quantities and dates, nested, each with an entity id.
//!
//! ```
//! use bantin_document::{Document, Spanned};
//! use bantin_tag::Tagger;
//!
//! let mut document = Document::new("a", "Chiều 12-3, Chủ tịch UBND tỉnh Hà Giang Trần Văn Sơn đã tiếp đoàn.");
//! Tagger::default().annotate(&mut document);
//! let tag = document.tag.as_ref().unwrap();
//! assert!(tag.mentions.iter().all(|m| m.surface == document.text[m.span()]));
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
mod tagger; // read first

mod mentions;

mod dating;
mod events;
mod groups;
mod holders;
mod identity;

pub use crate::tagger::{Tagger, Worker};
