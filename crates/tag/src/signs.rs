//! What a word alone is a sign of. It is kept with the word, so that a step looks only at those
//! that something it knows begins with.

use std::sync::LazyLock;

use crate::{dating, events, groups};

/// A set of signs, a bit for each.
pub(crate) type Signs = u16;

/// A verb of saying may begin.
pub(crate) const CUE: Signs = 1;
/// What names an event may begin.
pub(crate) const TRIGGER: Signs = 1 << 1;
/// Words for leading a delegation may begin.
pub(crate) const LEADING: Signs = 1 << 2;
/// A word for talks in which something was said may begin.
pub(crate) const HALL: Signs = 1 << 3;
/// `ký`
pub(crate) const SIGNING: Signs = 1 << 4;
/// A quotation mark.
pub(crate) const QUOTE: Signs = 1 << 5;
/// What names several at once may begin: `hai nước`.
pub(crate) const GROUP: Signs = 1 << 6;
/// What tells of a meeting may begin.
pub(crate) const MEETING: Signs = 1 << 7;
/// An ordinal may begin: `lần`.
pub(crate) const ORDINAL: Signs = 1 << 8;

/// The signs of a word by its key.
pub(crate) fn of(key: u64) -> Signs {
    TABLE.binary_search_by_key(&key, |(word, _)| *word).map_or(0, |at| TABLE[at].1)
}

static TABLE: LazyLock<Vec<(u64, Signs)>> = LazyLock::new(|| {
    let mut table = Vec::new();
    events::signs(&mut table);
    groups::signs(&mut table);
    dating::signs(&mut table);
    table.sort_unstable();
    table.dedup_by(|(word, signs), (last, all)| {
        *all |= if word == last { *signs } else { 0 };
        word == last
    });
    table
});
