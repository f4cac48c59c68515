//! Marks what does not belong to a Vietnamese news article, and says why.
#![forbid(unsafe_code)]
mod cleaner; // read first
mod cues;
mod edits;
mod lexicon;
mod meta;
mod page;
mod rules;
mod token;
pub use crate::cleaner::{Cleaner, Worker};
