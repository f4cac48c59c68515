//! Marks what does not belong to a Vietnamese news article, repairs what a crawler broke, and
//! says why.
//!
//! [`Cleaner::annotate`] never changes the text. It adds a layer beside it: zones, which cover
//! every character once, edits inside them, metadata with the stretch it was read from, and flags.
//!
//! ```
//! use bantin_clean::{Cleaner, explain};
//! use bantin_document::{Document, Spanned, ZoneKind};
//!
//! let text = "Hai bên ký kế hoạch hợp tác.Bộ trưởng cảm ơn.\n\
//!             Lễ ký tại Hà Nội. Ảnh: Phương Linh\n";
//! let mut document = Document::new("a", text);
//! Cleaner::default().annotate(&mut document);
//!
//! let clean = document.clean.as_ref().unwrap();
//! let credit = clean.zones.last().unwrap();
//! assert_eq!(credit.kind, ZoneKind::PhotoCredit);
//! assert_eq!(&text[credit.span()], "Ảnh: Phương Linh\n");
//! assert_eq!(explain("C104").unwrap().split(',').next(), Some("\"Ảnh:\" with the name behind it"));
//! assert_eq!(document.view().text(), "Hai bên ký kế hoạch hợp tác.\nBộ trưởng cảm ơn.\n");
//! ```
//!
//! A user leans it to one side with [`Cleaner::favoring`], adds cues and vetoes with
//! [`Cleaner::ruled`], what is known of the site with [`Cleaner::profiled`], and asks why with
//! [`Cleaner::explain`].
//!
//! # Limits
//! It looks for crawl noise. On hand-edited text it finds nothing, at the same price. Captions
//! without a credit that read like reported sentences are kept: in doubt it is article.
//!
//! # Cost
//! One pass over the bytes into words, then work per word and per sentence; a line of a megabyte
//! costs no more than a megabyte of lines. A [`Cleaner`] is `Sync`: build it once, share it.

#![forbid(unsafe_code)]

mod cleaner; // read first
mod page;
mod rules;

mod bits;
mod boundary;
mod caption;
mod cues;
mod edits;
mod explain;
mod features;
mod flags;
mod found;
mod labels;
mod lexicon;
mod meta;
mod model;
mod pieces;
mod profile;
mod reader;
mod review;
mod scorer;
mod token;
mod topic;
mod user;
mod weights;
mod word;
mod wordset;

#[doc(hidden)]
pub mod training;

pub use crate::cleaner::{Cleaner, Favor, Worker};
pub use crate::explain::{Explanation, Reason, Verdict, codes, explain};
pub use crate::profile::{Profile, ProfileError};
pub use crate::user::{Rules, RulesError};
