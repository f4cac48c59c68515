//! The fifth step: mentions of several entities at once, `hai Bộ trưởng`.

use bantin_document::Tag;

use crate::identity::Cast;
use crate::reading::Reading;

/// Adds to the layer what this step finds.
pub(crate) fn add(_reading: &Reading<'_>, _tag: &mut Tag, _cast: &Cast) {}
