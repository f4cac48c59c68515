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

/// What a form says of the gap behind it, and of the gap before it.
pub fn unary(form: &Form, spaced: bool, mut left: impl FnMut(Hash), mut right: impl FnMut(Hash)) {
    let t = u32::from(spaced);
    left(hash(11, &[t, form.key]));
    right(hash(12, &[t, form.key]));
}

/// What a form says of the gap behind the atom that follows it, and of the gap before the atom
/// that stands before it.
pub fn unary_beyond(form: &Form, mut before: impl FnMut(Hash), mut behind: impl FnMut(Hash)) {
    before(hash(51, &[form.key]));
    behind(hash(53, &[form.key]));
}

/// What a pair of forms says of its own gap, of the gap behind it and of the gap before it: this
/// hash and the two that follow it, so that one read finds all three.
#[inline]
pub fn row(left: u32, right: u32, spaced: bool) -> Hash {
    hash(13 + u32::from(spaced), &[left, right]) & !3
}

/// What two shapes say of the gap between them.
pub fn shape_pair(a: Shape, b: Shape, spaced: bool, mut emit: impl FnMut(Hash)) {
    let t = u32::from(spaced);
    emit(hash(10, &[t]));
    emit(hash(15, &[t, a as u32, b as u32]));
}

/// What the lexicon says of a pair as a word.
pub fn known(entry: Entry, mut emit: impl FnMut(Hash)) {
    emit(hash(18, &[entry.treebank()]));
    emit(hash(43, &[entry.vlsp()]));
}

/// What the lexicon says of a pair of these shapes as a word.
pub fn known_shapes(coarse: u32, a: Shape, b: Shape, mut emit: impl FnMut(Hash)) {
    emit(hash(19, &[coarse, a as u32, b as u32]));
}

/// What counting says of two syllables, in parts: each is one of few features.
pub fn counted(pair: &Pair) -> [Part; PARTS] {
    let (ua, ub) = (Usage(pair.left.usage), Usage(pair.right.usage));
    let (coarse, association) = (pair.entry.coarse(), pair.raw.association());
    [
        Part(0, [ua.first(), ub.last(), coarse]),
        Part(1, [ua.alone(), ub.alone(), coarse]),
        Part(2, [ua.heads(), ub.tails(), coarse]),
        Part(3, [ua.alone(), ub.alone(), association]),
        Part(4, [pair.raw.count(), association, 0]),
        Part(5, [0, association, coarse]),
        Part(6, [redoubling(&pair.left, &pair.right), 0, coarse]),
    ]
}

/// Number of [`counted`] parts.
pub const PARTS: usize = 7;

/// One kind of counts, with three values below 8, 16 and 16.
#[derive(Clone, Copy, Debug)]
pub struct Part(u32, [u32; 3]);

impl Part {
    /// The number of all features of all parts.
    pub const ALL: usize = PARTS << 11;

    /// Its number among all.
    #[inline]
    pub fn index(self) -> usize {
        let Part(kind, [a, b, c]) = self;
        (kind << 11 | a << 8 | b << 4 | c) as usize
    }

    /// The hash of the feature of a number.
    pub fn hash_at(index: usize) -> Hash {
        hash(26, &[index as u32])
    }
}

/// Kinds of redoubling: same syllable, same onset, same rime, none.
#[inline]
fn redoubling(a: &Form, b: &Form) -> u32 {
    let onset = a.onset != 0 && a.onset == b.onset;
    let rime = a.rime != 0 && a.rime == b.rime;
    if a.key == b.key { 3 } else { [0, 1, 2, 4][usize::from(onset) + 2 * usize::from(rime)] }
}

/// All of a pair that speaks for its own gap.
pub fn own(pair: &Pair, mut emit: impl FnMut(Hash)) {
    let Pair { left: a, right: b, spaced, entry, .. } = *pair;
    unary(&a, spaced, &mut emit, |_| {});
    unary(&b, spaced, |_| {}, &mut emit);
    emit(row(a.key, b.key, spaced));
    shape_pair(a.shape, b.shape, spaced, &mut emit);
    if !spaced {
        return;
    }
    known_shapes(entry.coarse(), a.shape, b.shape, &mut emit);
    if a.shape.is_word() && b.shape.is_word() {
        known(entry, &mut emit);
        counted(pair).iter().for_each(|part| emit(Part::hash_at(part.index())));
    }
}

/// What a pair says of the gap behind it.
pub fn before(pair: &Pair, mut emit: impl FnMut(Hash)) {
    emit(row(pair.left.key, pair.right.key, pair.spaced) + 1);
    unary_beyond(&pair.left, emit, |_| {});
}

/// What a pair says of the gap before it.
pub fn behind(pair: &Pair, mut emit: impl FnMut(Hash)) {
    emit(row(pair.left.key, pair.right.key, pair.spaced) + 2);
    unary_beyond(&pair.right, |_| {}, emit);
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

/// Which of the strings around a gap are listed, one bit each: the pairs before, over and behind
/// it, the two of three over the gap, the three of four.
pub fn pattern(pairs: [Entry; 3], longer: [Entry; 5]) -> u32 {
    pairs.iter().chain(&longer).fold(0, |bits, entry| bits << 1 | u32::from(entry.is_listed()))
}

/// What the vocabulary says of a gap, given the [`pattern`] around it.
pub fn listed(pattern: u32, coarse: u32, mut emit: impl FnMut(Hash)) {
    emit(hash(73, &[pattern]));
    emit(hash(74, &[pattern, coarse]));
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
