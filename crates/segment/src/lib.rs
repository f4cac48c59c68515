//! Finds the paragraphs, sentences and words of Vietnamese text, and keeps every
//! offset.
//!
//! Vietnamese writes spaces between syllables, not words: `quốc phòng` is one word
//! of two syllables. [`Segmenter::annotate`] adds the layer of segment to a document:
//! spans of its `text`, which is never rewritten.
//!
//! ```
//! use bantin_document::{Document, Spanned};
//! use bantin_segment::Segmenter;
//!
//! let mut document = Document::new("a", "Hai nước ký kế hoạch hợp tác.Bộ trưởng thăm chính thức Lào.");
//! Segmenter::default().annotate(&mut document);
//! let layer = document.segment.as_ref().unwrap();
//! let words = |i: usize| -> Vec<&str> {
//!     layer.sentences[i].tokens.iter().map(|t| &document.text[t.span()]).collect()
//! };
//! assert_eq!(words(0), ["Hai", "nước", "ký", "kế hoạch", "hợp tác", "."]);
//! assert_eq!(words(1), ["Bộ trưởng", "thăm", "chính thức", "Lào", "."]);
//! ```

#![forbid(unsafe_code)]

mod atom;
pub mod evidence;
mod explain;
pub mod features;
pub mod form;
mod forms;
mod lexicon;
pub mod model;
mod pairs;
mod scorer;
mod segmenter; // read first
mod sentence;
mod signs;
pub mod tables;
mod worker;

pub use crate::explain::{RULES, Why, explain};
pub use crate::lexicon::{Lexicon, LexiconError};
pub use crate::segmenter::Segmenter;
pub use crate::worker::Worker;
