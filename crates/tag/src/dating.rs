//! The second step: dates and quantities, their values, and what the document resolves them to.

use bantin_document::Tag;

use crate::reading::Reading;

/// Adds to the layer what this step finds.
pub(crate) fn add(_reading: &Reading<'_>, _tag: &mut Tag) {}
