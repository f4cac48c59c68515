//! The third step: which mentions are one entity, its id, its names and why each is one.

use bantin_document::Tag;

use crate::reading::Reading;

/// Adds to the layer what this step finds.
pub(crate) fn add(_reading: &Reading<'_>, _tag: &mut Tag) {}
