//! How spans stand in a record.

use std::borrow::Cow;

use bantin_text::Span;
use serde::{Deserialize, Serialize};

/// Code of the rule or model that made an item: `C104`. `bantin explain` says it in words.
pub type Code = Cow<'static, str>;

/// A span that stands alone: a trigger, a cue, a piece of evidence.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Extent {
    /// First byte.
    pub start: u32,
    /// Behind the last byte.
    pub end: u32,
}

impl From<Span> for Extent {
    fn from(span: Span) -> Extent {
        Extent { start: span.start() as u32, end: span.end() as u32 }
    }
}

/// Anything that has a place in the text.
pub trait Spanned {
    /// Its place, in UTF-8 bytes of the document's `text`.
    fn span(&self) -> Span;
}

macro_rules! spanned {
    ($($type:ty),*) => {$(
        impl $crate::Spanned for $type {
            fn span(&self) -> bantin_text::Span {
                bantin_text::Span::new(self.start as usize, self.end as usize)
            }
        }
    )*};
}
pub(crate) use spanned;

spanned!(Extent);

/// Called with the start and end of every span of a layer.
pub(crate) type Visit<'a> = &'a mut dyn FnMut(&mut u32, &mut u32);

/// Rounded to four decimals on the way out, so that equal models give equal bytes.
pub(crate) fn rounded(value: f32) -> f64 {
    (f64::from(value) * 1e4).round() / 1e4
}

/// Writes a value [`rounded`].
pub(crate) fn write_rounded<S: serde::Serializer>(
    value: &Option<f32>,
    serializer: S,
) -> Result<S::Ok, S::Error> {
    match value {
        Some(value) => serializer.serialize_f64(rounded(*value)),
        None => serializer.serialize_none(),
    }
}
