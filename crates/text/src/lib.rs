//! The vocabulary of bantin: spans of UTF-8 bytes, the clean view that maps back
//! to the source, Vietnamese letters and syllables, and Unicode forms.
//!
//! Nothing here ever rewrites a text. Removing is leaving a span out of a [`View`],
//! repairing is a [`Replacement`] inside it, and every byte of the view knows the
//! byte of the source it came from.
//!
//! ```
//! use bantin_text::{Replacement, Span, View};
//!
//! let text = "Nga coi trọng quan hệ.Hai bên ký kết.\nẢnh: Phương Linh\n";
//! let body = Span::new(0, text.find("Ảnh").unwrap());
//! let glue = text.find("Hai").unwrap();
//! let view = View::new(text, [body], &[Replacement::new(Span::empty(glue), "\n")]);
//!
//! assert_eq!(view.text(), "Nga coi trọng quan hệ.\nHai bên ký kết.\n");
//! let hai = view.text().find("Hai").unwrap();
//! assert_eq!(view.to_source(Span::new(hai, hai + 3)), Span::new(glue, glue + 3));
//! ```
//!
//! # Cost
//! A view copies the kept text once and keeps one entry per kept stretch and per
//! replacement; looking a position up is a binary search over those entries.

#![forbid(unsafe_code)]

mod span; // read first
mod view;

mod scan;

pub mod atoms;
pub mod glue;
pub mod keys;
pub mod letters;
pub mod nfc;
pub mod offsets;
pub mod syllable;

pub use crate::scan::scan;
pub use crate::span::{Span, SpanError};
pub use crate::view::{Replacement, View};
