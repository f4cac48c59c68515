//! The templates of the word model: what speaks for or against a word going on over the gap
//! between two atoms. The stage and its trainer share them.
//!
//! They are grouped by how many atoms they look at, so that the stage can keep the sum of a
//! group: all that depends on one pair of forms is one number, however many templates it has.

use crate::evidence::{Entry, Raw, Usage};
use crate::form::{Form, Shape};

/// A pair of neighboring atoms with what is known of it.
#[derive(Clone, Copy, Debug, Default)]
pub struct Pair {
    /// The atom before the gap.
    pub left: Form,
    /// The atom behind it.
    pub right: Form,
    /// White space stands between them.
    pub spaced: bool,
    /// What the lexicon says of the two as one word.
    pub entry: Entry,
    /// What raw text says of the two.
    pub raw: Raw,
}

/// Hash of one feature.
pub type Hash = u32;

/// One odd number for each place of a part. The products do not wait for each other, and those of
/// the two keys serve all templates.
const ODD: [u64; 5] = [
    0x9E37_79B9_7F4A_7C15,
    0xBF58_476D_1CE4_E5B9,
    0x94D0_49BB_1331_11EB,
    0xD6E8_FEB8_6659_FD93,
    0xA076_1D64_78BD_642F,
];

#[inline(always)]
fn hash<const N: usize>(template: u32, parts: &[u32; N]) -> Hash {
    let mut h = u64::from(template).wrapping_mul(0xE703_7ED1_A0B4_28DB);
    for (part, odd) in parts.iter().zip(ODD) {
        h ^= u64::from(*part).wrapping_mul(odd);
    }
    h ^= h >> 32;
    (h.wrapping_mul(0x8EBC_6AF0_9C88_C6E3) >> 32) as u32
}

/// What depends on the pair alone and speaks for its own gap.
pub fn own(pair: &Pair, mut emit: impl FnMut(Hash)) {
    let Pair { left: a, right: b, entry, raw, .. } = *pair;
    let shapes = a.shape as u32 * 16 + b.shape as u32;
    if !pair.spaced {
        emit(hash(1, &[]));
        emit(hash(2, &[a.key]));
        emit(hash(3, &[b.key]));
        emit(hash(4, &[a.key, b.key]));
        emit(hash(5, &[shapes]));
        emit(hash(6, &[a.key, shapes]));
        emit(hash(7, &[b.key, shapes]));
        return;
    }
    let (ua, ub) = (Usage(a.usage), Usage(b.usage));
    let (treebank, vlsp) = (entry.treebank(), entry.vlsp());
    let coarse = entry.coarse();
    emit(hash(10, &[]));
    emit(hash(11, &[a.key]));
    emit(hash(12, &[b.key]));
    emit(hash(13, &[a.key, b.key]));
    emit(hash(14, &[shapes]));
    emit(hash(15, &[a.key, shapes]));
    emit(hash(16, &[b.key, shapes]));
    emit(hash(17, &[a.key, b.key, shapes]));
    emit(hash(18, &[treebank]));
    emit(hash(19, &[treebank, shapes]));
    emit(hash(20, &[treebank, a.key]));
    emit(hash(21, &[treebank, b.key]));
    emit(hash(43, &[vlsp]));
    emit(hash(44, &[vlsp, shapes]));
    if !(a.shape.is_word() && b.shape.is_word()) {
        return;
    }
    emit(hash(26, &[ua.first(), ub.last(), coarse]));
    emit(hash(27, &[ua.alone(), ub.alone(), coarse]));
    emit(hash(29, &[raw.association(), raw.count()]));
    emit(hash(30, &[raw.association(), coarse]));
    emit(hash(32, &[raw.association(), ua.alone(), ub.alone()]));
    emit(hash(33, &[redoubling(&a, &b), coarse]));
    emit(hash(35, &[ua.heads(), ub.tails(), coarse]));
}

/// Kinds of redoubling: same syllable, same onset, same rime, none.
fn redoubling(a: &Form, b: &Form) -> u32 {
    if a.key == b.key {
        3
    } else if a.onset != 0 && a.onset == b.onset && a.rime == b.rime {
        4
    } else if a.onset != 0 && a.onset == b.onset {
        1
    } else if a.rime != 0 && a.rime == b.rime {
        2
    } else {
        0
    }
}

/// What a pair says of the gap behind it.
pub fn before(pair: &Pair, mut emit: impl FnMut(Hash)) {
    let Pair { left: a, right: b, .. } = *pair;
    emit(hash(50, &[a.key, b.key]));
    emit(hash(51, &[a.key]));
}

/// What a pair says of the gap before it.
pub fn behind(pair: &Pair, mut emit: impl FnMut(Hash)) {
    let Pair { left: b, right: c, .. } = *pair;
    emit(hash(52, &[b.key, c.key]));
    emit(hash(53, &[c.key]));
}

/// What the keys of three atoms say of the gap between the second and third; each hash with its last bit set
/// is what they say of the gap between the first and second, so that one read serves both.
#[inline]
pub fn three(a: u32, b: u32, c: u32) -> [Hash; 2] {
    [hash(54, &[a, b, c]) & !1, hash(55, &[a, c]) & !1]
}

/// What the shapes of four atoms say of the gap in their middle.
pub fn shapes(s: [Shape; 4], spaced: bool, mut emit: impl FnMut(Hash)) {
    let [l, a, b, r] = s.map(|s| s as u32);
    let t = u32::from(spaced);
    emit(hash(60, &[t, l, a, b]));
    emit(hash(61, &[t, a, b, r]));
    emit(hash(62, &[t, l, a, b, r]));
}

/// What the lexicon says of the pairs before, over and behind a gap.
pub fn classes(coarse: [u32; 3], mut emit: impl FnMut(Hash)) {
    let [l, m, r] = coarse;
    emit(hash(63, &[l, m]));
    emit(hash(64, &[m, r]));
    emit(hash(65, &[l, m, r]));
}

/// What the lexicon says of the words of three and four syllables that lie over a gap: the
/// strongest that ends behind it, that begins before it, and that reaches over both sides.
pub fn longer(
    pair: Entry,
    left: Entry,
    right: Entry,
    four: [Entry; 3],
    mut emit: impl FnMut(Hash),
) {
    let m = pair.coarse();
    emit(hash(66, &[m, left.coarse(), right.coarse()]));
    emit(hash(67, &[left.treebank()]));
    emit(hash(68, &[right.treebank()]));
    emit(hash(71, &[left.vlsp()]));
    emit(hash(72, &[right.vlsp()]));
    let [l, c, r] = four.map(Entry::coarse);
    if l | c | r != 0 {
        emit(hash(69, &[l, c, r]));
        emit(hash(70, &[l, c, r, m]));
    }
}

/// A run of capitalized atoms with spaces between, and where a gap stands in it.
#[derive(Clone, Copy, Debug)]
pub struct Run {
    /// Atoms in the run, at most 7.
    pub len: u32,
    /// Atoms of the run before the gap.
    pub at: u32,
    /// Hash of the shapes of its first atoms.
    pub shapes: u32,
    /// Key of its first atom.
    pub first: u32,
    /// Key of the atom before it.
    pub before: u32,
    /// Key of the atom behind it.
    pub behind: u32,
}

/// What a run of capitals says of a gap inside it.
pub fn run(run: &Run, pair: &Pair, mut emit: impl FnMut(Hash)) {
    let place = run.len * 8 + run.at;
    emit(hash(80, &[place]));
    emit(hash(81, &[place, run.shapes]));
    emit(hash(82, &[place, run.first]));
    emit(hash(83, &[place, run.before]));
    emit(hash(84, &[place, run.behind]));
    emit(hash(85, &[place, pair.left.key]));
    emit(hash(86, &[place, pair.right.key]));
    emit(hash(87, &[place, pair.entry.coarse()]));
}

/// What a form in the middle says of two gaps that are both inside a word.
pub fn bond(middle: &Form, mut emit: impl FnMut(Hash)) {
    emit(hash(90, &[]));
    emit(hash(91, &[middle.key]));
    emit(hash(92, &[middle.shape as u32]));
    emit(hash(93, &[middle.key, middle.shape as u32]));
}

/// What the lexicon says of two gaps that are both inside a word.
pub fn bond_classes(left: Entry, right: Entry, three: Entry, mut emit: impl FnMut(Hash)) {
    emit(hash(94, &[three.treebank()]));
    emit(hash(97, &[three.vlsp()]));
    emit(hash(95, &[left.coarse(), right.coarse(), three.coarse()]));
}

/// What three shapes say of two gaps that are both inside a word.
pub fn bond_shapes(s: [Shape; 3], mut emit: impl FnMut(Hash)) {
    let [a, b, c] = s.map(|s| s as u32);
    emit(hash(96, &[a, b, c]));
}
