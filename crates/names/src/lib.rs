//! Tells whether two names can be one person's, and why: initials, short forms, spellings,
//! romanisations of Russian, and pinyin of Sino-Vietnamese names.
//!
//! ```
//! use bantin_names::{Reason, compare};
//!
//! assert_eq!(compare("V.N. Orlov", "Viktor Nikolaevich Orlov"), Some(Reason::Initials));
//! assert_eq!(compare("Ruan Fuzhong", "Nguyễn Phú Trọng"), Some(Reason::Pinyin));
//! assert_eq!(compare("Dmitry", "Dmitri"), Some(Reason::Romanization));
//! assert_eq!(compare("Sơn", "Trần Văn Sơn"), Some(Reason::GivenName));
//! assert_eq!(compare("Lan", "Trần Văn Sơn"), None);
//! assert_eq!(Reason::GivenName.of("Trần Văn Sơn"), "given name of Trần Văn Sơn");
//! ```
//!
//! # Limits
//! It compares names, it knows no people: `Sơn` is the given name of everybody called so. The
//! caller decides by what stands in the document.
//!
//! # Cost
//! A comparison is linear in the two names, but for pinyin, which tries the readings of each
//! syllable. A [`Name`] is read once for many comparisons.

#![forbid(unsafe_code)]

mod compare; // read first
mod hanviet;
mod name;
mod parts;
mod sound;

pub use crate::compare::{Reason, compare};
pub use crate::hanviet::readings as pinyin;
pub use crate::name::Name;
pub use crate::parts::{Origin, canonical_slug, is_surname, origin, words};
pub use crate::sound::{romanized, skeleton};
