//! Files and streams through the stages: in parallel, in order, in bounded memory,
//! and one output file for each shard of input that is there whole or not at all.
//!
//! ```
//! use std::num::NonZeroUsize;
//! use std::sync::Arc;
//!
//! use bantin_document::{Clean, Document, Unit, Zone, ZoneKind};
//! use bantin_pipeline::{Engine, Inputs, Stage};
//!
//! # let folder = tempfile::tempdir()?;
//! # let path = folder.path().join("tin.txt");
//! std::fs::write(&path, "Hai bên ký kế hoạch hợp tác.\n")?;
//! let inputs = Arc::new(Inputs::find(&[path], None)?);
//!
//! // A stage that takes everything for the article; each thread hires a worker of its own.
//! let keep_all = Stage::new("clean", || {
//!     |document: &mut Document| {
//!         let body = Zone::new(document.span_of(&document.text), ZoneKind::Body);
//!         document.clean = Some(Clean { zones: vec![body], ..Clean::default() });
//!     }
//! });
//!
//! let mut out = Vec::new();
//! let engine = Engine::new(vec![keep_all], NonZeroUsize::MIN)?;
//! engine.run(&inputs, &Unit::Byte, |output| {
//!     out.extend(output.part);
//!     Ok::<(), std::io::Error>(())
//! })?;
//! let line = String::from_utf8(out)?;
//! assert!(line.starts_with(r#"{"schema":"bantin/1","type":"document","id":"tin","#));
//! assert!(line.contains(r#""clean":{"zones":[{"start":0,"end":38,"kind":"body"}]"#));
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
//!
//! # Promises
//! - Equal inputs give equal bytes, whatever the number of threads.
//! - What cannot be read, and what makes a stage panic, becomes an error record in its place;
//!   every other document comes out as if it had not been there.
//! - A file of a [`Folder`] appears by a rename; a killed run leaves whole files only, and the
//!   next one goes on where it stopped.
//!
//! # Limits
//! The order of records is the order of the inputs; nothing is sorted. Memory holds 2 MiB of
//! input for each thread with what its records became, or one record where that is longer.
//!
//! # Cost
//! One thread reads and unpacks, one writes, all others work. UTF-8 is checked once a block.

#![forbid(unsafe_code)]

mod engine; // read first
mod input;
mod reader;
mod records;

mod atomic;
mod content;
mod encoding;
mod find;
mod folder;
mod guard;
mod ordered;

pub use crate::atomic::{AtomicFile, abandon, write as write_whole};
pub use crate::content::Format;
pub use crate::engine::{Counts, Engine, Gather, Named, Output, RECORD_LIMIT, Stage, Worker};
pub use crate::folder::{FileError, Folder, ShardMeta, Written, fingerprint};
pub use crate::input::{Input, InputError, Inputs, Shard};
