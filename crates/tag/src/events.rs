//! The last step: who met whom, who signed what, who said what.

use bantin_dates::Timeline;
use bantin_document::Tag;

use crate::identity::Cast;
use crate::reading::Reading;

/// Adds to the layer what this step finds.
pub(crate) fn add(_reading: &Reading<'_>, _tag: &mut Tag, _cast: &Cast, _timeline: &Timeline) {}
