//! Finds Vietnamese time expressions, gives them values, and resolves them by what a text says.
//!
//! ```
//! use bantin_dates::{Day, Timeline, find};
//!
//! let text = "Sáng 12/7, hai bên họp tại Huế. Chiều cùng ngày, đoàn về nước.";
//! let mut expressions = find(text);
//! let values: Vec<_> = expressions.iter().map(|e| (&text[e.span], e.value.to_string())).collect();
//! assert_eq!(values[0], ("Sáng 12/7", "XXXX-07-12TMO".to_owned()));
//! assert_eq!(values[1], ("Chiều cùng ngày", "XXXX-07-12TAF".to_owned()));
//!
//! let timeline = Timeline::known(Day::new(2017, 7, 13).unwrap(), "ngày đăng");
//! let resolved = timeline.resolve(&expressions[0]).unwrap();
//! assert_eq!(resolved.value, "2017-07-12TMO");
//! # expressions.clear();
//! ```
//!
//! # Limits
//! Clock times alone, bare numbers and vague phrases without a unit of the calendar (`vừa qua`,
//! `thời gian tới`) are no expressions. Lunar dates are not converted. There is no clock: without
//! a reference or evidence in the text a year stays open.
//!
//! # Cost
//! One pass over the atoms with a bounded look-ahead at those that can begin an expression; linear
//! in the text.

#![forbid(unsafe_code)]

mod grammar; // read first
mod numeric;
mod token;

mod clocks;
mod context;
mod days;
mod lists;
mod lunar;
mod weekdays;

mod ages;
mod lengths;
mod months;
mod periods;
mod years;

mod calendar;
mod resolve;
mod value;

pub mod rules;

pub use crate::calendar::Day;
pub use crate::grammar::{Anchor, Expression, find, find_in, link};
pub use crate::resolve::{Resolution, Timeline};
pub use crate::token::Lexeme;
pub use crate::value::{Date, Part, Unit, Value};
