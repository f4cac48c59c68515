//! The first step: names and titles, nested.

use bantin_document::Tag;

use crate::reading::Reading;

/// What the step knows; shared by all threads.
#[derive(Debug, Default)]
pub(crate) struct Tables {}

/// What the step writes while it works; one per thread.
#[derive(Debug, Default)]
pub(crate) struct Buffers {}

/// Adds the mentions of names and titles.
pub(crate) fn add(
    _tables: &Tables,
    _buffers: &mut Buffers,
    _reading: &Reading<'_>,
    _tag: &mut Tag,
) {
}
