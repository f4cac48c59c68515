//! Who met whom, when, where and in what capacity, what was signed and said, and what was
//! removed and why: one report over many documents.
//!
//! ```
//! use bantin_document::{Clean, Document, Record, Zone, ZoneKind};
//! use bantin_report::Partial;
//!
//! let mut document = Document::new("a", "Hai bên ký kế hoạch.\nẢnh: Phương Linh\n");
//! document.clean = Some(Clean {
//!     zones: vec![
//!         Zone::new(document.span_of("Hai bên ký kế hoạch.\n"), ZoneKind::Body),
//!         Zone::new(document.span_of("Ảnh: Phương Linh\n"), ZoneKind::PhotoCredit).by("C104"),
//!     ],
//!     ..Clean::default()
//! });
//!
//! // Two shards, merged in either order, say the same as one run over both.
//! let (mut left, mut right) = (Partial::default(), Partial::default());
//! left.observe(&Record::Document(document));
//! right.observe(&Record::Document(Document::new("b", "Chiều 5/6, Bộ trưởng tiếp đoàn.")));
//! let (mut one, mut other) = (left.clone(), right.clone());
//! one.merge(right);
//! other.merge(left);
//! assert_eq!(one.to_bytes(), other.to_bytes());
//!
//! let report = one.finish();
//! let removed = report.audit.iter().find(|row| row.what == "removed").unwrap();
//! assert_eq!(removed.id, "zone/photo_credit/C104");
//! assert_eq!(removed.evidence[0].text, "Ảnh: Phương Linh");
//! ```
//!
//! A [`Partial`] is a commutative monoid: what the documents of one shard say. [`Partial::finish`]
//! folds the tellings of one event, the wordings of one agreement and the copies of one story, and
//! gives a [`Report`]: its rows, and its [files](Report::files): tables, exports, a summary, a page.
//!
//! # Limits
//! It knows what tag found: two people of one name are one. Evidence, statements and the texts
//! that the page carries are samples where there are many; counts never are.
//!
//! # Cost
//! A partial grows with the distinct entities, dates and events, not with the documents; nothing
//! of a document is read twice.

#![forbid(unsafe_code)]

mod facts;
mod monoid;
mod observe;
mod partial; // read first
mod reading;
mod signature;
mod snippet;
mod table;

mod agreements;
mod classes;
mod identity;
mod ledger;
mod library;
mod names;
mod network;
mod report; // then this
mod rows;
mod stories;
mod when;

mod diff;
mod escape;
mod exports;
mod files;
mod graphs;
mod html;
mod layout;
mod markdown;

pub use crate::diff::{Change, Diff, DiffError, TableDiff, Tables, diff};
pub use crate::facts::Evidence;
pub use crate::files::File;
pub use crate::partial::{
    ENTITIES, LISTED, Observer, PARTIAL_SCHEMA, Partial, PartialError, READABLE, STATEMENTS,
};
pub use crate::reading::Bar;
pub use crate::report::Report;
pub use crate::rows::{
    AgreementRow, AuditRow, ByZone, Corpus, DateRow, DocumentRow, EdgeRow, EntityRow, ErrorRow,
    ErrorSample, EventRow, MergedRow, NameRow, Participant, Reference, RemovedNameRow,
    StatementRow, StoryRow, TitleRow, When,
};
pub use crate::when::Certainty;
