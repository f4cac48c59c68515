//! Scoring gaps fast: the same sums as [`crate::model::collect`] gives, from tables that remember.
//!
//! Most of what the model looks at depends on one pair of neighbors. A surface form gets a number
//! the first time it is seen, and the sums of a pair of numbers are kept: in news, nineteen pairs
//! of twenty were seen before.

use crate::evidence::Entry;
use crate::features::{self, Pair, Run};
use crate::form::{Form, Place, Shape};
use crate::model::{Knowledge, string_key};
use crate::tables::Tables;

const N: usize = Shape::COUNT;
const C: usize = Entry::COARSE;

/// Sums that depend on shapes or classes only, each made when it is first asked for.
#[derive(Debug)]
struct Memory(Vec<i16>);

impl Memory {
    const UNKNOWN: i16 = i16::MIN;

    fn new(len: usize) -> Memory {
        Memory(vec![Memory::UNKNOWN; len])
    }

    #[inline]
    fn get(&mut self, at: usize, make: impl FnOnce() -> i32) -> i32 {
        if self.0[at] == Memory::UNKNOWN {
            self.0[at] = make() as i16;
        }
        i32::from(self.0[at])
    }
}

/// A slot of the table of forms: fifteen bytes of the surface, its length and place; and what every
/// occurrence needs.
#[derive(Clone, Copy, Debug, Default)]
struct FormSlot {
    surface: u128,
    met: Met,
}

/// What every occurrence of a form needs.
#[derive(Clone, Copy, Debug, Default)]
struct Met {
    number: u32,
    key: u32,
    bond: i16,
    shape: Shape,
}

/// A slot of the table of pairs.
#[derive(Clone, Copy, Debug, Default)]
struct PairSlot {
    /// Numbers of the two forms and whether a space stands between; 0 is empty.
    key: u64,
    sums: Sums,
}

/// What is kept of a pair.
#[derive(Clone, Copy, Debug, Default)]
struct Sums {
    own: i16,
    before: i16,
    behind: i16,
    entry: Entry,
}

/// Gaps whose score is further from 0 are decided: four, in steps.
const UNSURE: i32 = 4 * 64;

/// More than all weights of a gap and its bonds.
const WISH: i32 = 1 << 16;

const FORM_BITS: u32 = 17;
/// Forms are forgotten when so many are known.
const MOST_FORMS: usize = 3 << (FORM_BITS - 2);
const PAIR_BITS: u32 = 18;

/// The memory of one thread.
#[derive(Debug)]
pub(crate) struct Scorer<'m> {
    tables: Tables<'m>,
    shapes: Memory,
    classes: Memory,
    bond_shapes: Memory,
    bond_classes: Memory,
    slots: Vec<FormSlot>,
    known: Vec<Form>,
    /// What the end of the sentence says of the gap before the last atom.
    outside: i32,
    pairs: Vec<PairSlot>,
    // Of the sentence at hand:
    atoms: Vec<Met>,
    spaced: Vec<bool>,
    sums: Vec<Sums>,
    longer: Vec<[Entry; 2]>,
    gaps: Vec<i32>,
    bonds: Vec<i32>,
    back: Vec<u8>,
}

impl<'m> Scorer<'m> {
    pub(crate) fn new(tables: Tables<'m>) -> Scorer<'m> {
        let mut outside = 0;
        features::behind(&Pair::default(), |h| outside += tables.weight(h));
        Scorer {
            tables,
            shapes: Memory::new(2 * N * N * N * N),
            classes: Memory::new(C * C * C),
            bond_shapes: Memory::new(N * N * N),
            bond_classes: Memory::new(C * C),
            slots: vec![FormSlot::default(); 1 << FORM_BITS],
            known: vec![Form::default()], // number 0 stands outside the sentence
            outside,
            pairs: vec![PairSlot::default(); 1 << PAIR_BITS],
            atoms: Vec::new(),
            spaced: Vec::new(),
            sums: Vec::new(),
            longer: Vec::new(),
            gaps: Vec::new(),
            bonds: Vec::new(),
            back: Vec::new(),
        }
    }

    /// Begins a sentence.
    pub(crate) fn begin(&mut self) {
        if self.known.len() > MOST_FORMS {
            self.slots.fill(FormSlot::default());
            self.pairs.fill(PairSlot::default());
            self.known.truncate(1);
        }
        self.atoms.clear();
        self.spaced.clear();
    }

    /// Adds an atom to the sentence; `spaced` says that white space stands before it.
    #[inline]
    pub(crate) fn push(
        &mut self,
        text: &str,
        start: usize,
        end: usize,
        place: Place,
        spaced: bool,
    ) {
        let met = self.form_at(text, start, end, place);
        if !self.atoms.is_empty() {
            self.spaced.push(spaced);
        }
        self.atoms.push(met);
    }

    #[inline]
    fn form_at(&mut self, text: &str, start: usize, end: usize, place: Place) -> Met {
        let len = end - start;
        let bytes = text.as_bytes();
        let surface = if len > 15 {
            // Long atoms are foreign words and codes; their hash stands for them.
            let hash = u128::from(xxhash_rust::xxh3::xxh3_64(&bytes[start..end]));
            hash | (15 << 4 | place as u128) << 120
        } else {
            let window = match bytes.get(start..start + 16) {
                Some(window) => <[u8; 16]>::try_from(window).unwrap_or_default(),
                None => {
                    let mut window = [0; 16];
                    window[..len].copy_from_slice(&bytes[start..end]);
                    window
                }
            };
            let mask = (1u128 << (8 * len)) - 1;
            u128::from_le_bytes(window) & mask | ((len as u128) << 4 | place as u128) << 120
        };
        let mut at = (((surface as u64) ^ ((surface >> 64) as u64).rotate_left(29))
            .wrapping_mul(0x9E37_79B9_7F4A_7C15)
            >> (64 - FORM_BITS)) as usize;
        loop {
            let slot = &self.slots[at];
            if slot.surface == surface {
                return slot.met;
            }
            if slot.surface == 0 {
                break;
            }
            at = (at + 1) & ((1 << FORM_BITS) - 1);
        }
        self.meet(&text[start..end], place, surface, at)
    }

    #[cold]
    fn meet(&mut self, surface: &str, place: Place, bits: u128, at: usize) -> Met {
        let mut form = Form::new(surface, place);
        if form.shape.is_word() {
            form.usage = self.tables.usage(form.key);
        }
        let mut bond = 0;
        features::bond(&form, |h| bond += self.tables.weight(h));
        let number = self.known.len() as u32;
        let met = Met { number, key: form.key, bond: bond as i16, shape: form.shape };
        self.known.push(form);
        // One endless sentence may have more forms than the table has slots.
        if self.known.len() < (7 << FORM_BITS) / 8 {
            self.slots[at] = FormSlot { surface: bits, met };
        }
        met
    }

    #[inline]
    fn pair(&mut self, left: u32, right: u32, spaced: bool) -> Sums {
        let key = u64::from(left) << 33 | u64::from(right) << 1 | u64::from(spaced);
        let at = (key.wrapping_mul(0x9E37_79B9_7F4A_7C15) >> (64 - PAIR_BITS)) as usize;
        let slot = &self.pairs[at];
        if slot.key == key {
            return slot.sums;
        }
        let sums = self.sum(left, right, spaced);
        self.pairs[at] = PairSlot { key, sums };
        sums
    }

    #[cold]
    fn sum(&self, left: u32, right: u32, spaced: bool) -> Sums {
        let (left, right) = (self.known[left as usize], self.known[right as usize]);
        let mut pair = Pair { left, right, spaced, ..Pair::default() };
        if left.shape.is_word() && right.shape.is_word() {
            pair.entry = self.tables.entry(string_key([left.key, right.key]));
            pair.raw = self.tables.raw(left.key, right.key);
        }
        let (mut own, mut before, mut behind) = (0, 0, 0);
        features::own(&pair, |h| own += self.tables.weight(h));
        features::before(&pair, |h| before += self.tables.weight(h));
        features::behind(&pair, |h| behind += self.tables.weight(h));
        Sums { own: own as i16, before: before as i16, behind: behind as i16, entry: pair.entry }
    }

    /// Sums up the weights of all gaps and bonds of the sentence, in steps.
    pub(crate) fn score(&mut self) {
        self.score_within(UNSURE);
    }

    fn score_within(&mut self, unsure: i32) {
        let n = self.atoms.len().saturating_sub(1);
        self.sums.clear();
        for i in 0..n {
            let sums = self.pair(self.atoms[i].number, self.atoms[i + 1].number, self.spaced[i]);
            self.sums.push(sums);
        }
        self.look_for_longer();
        self.gaps.clear();
        self.bonds.clear();
        for i in 0..n {
            let gap = self.gap(i);
            self.gaps.push(gap);
            if i > 0 {
                let bond = self.bond(i);
                self.bonds.push(bond);
            }
        }
        self.runs();
        self.threes(unsure);
    }

    /// Adds what three atoms say, to the gaps whose score lies within `unsure`: two reads far
    /// apart, which seldom turn a gap that the pair has decided.
    fn threes(&mut self, unsure: i32) {
        for i in 0..self.gaps.len() {
            if self.gaps[i].abs() > unsure {
                continue;
            }
            let [l, a, b, r] = [i.wrapping_sub(1), i, i + 1, i + 2].map(|i| self.atom(i).key);
            let before = features::three(l, a, b).map(|h| self.tables.weight(h));
            let behind = features::three(a, b, r).map(|h| self.tables.weight(h | 1));
            self.gaps[i] += before[0] + before[1] + behind[0] + behind[1];
        }
    }

    #[inline]
    fn gap(&mut self, i: usize) -> i32 {
        let tables = self.tables;
        let weight = |h| tables.weight(h);
        let none = Sums::default();
        let [l, a, b, r] = [i.wrapping_sub(1), i, i + 1, i + 2].map(|i| self.atom(i).shape);
        let sums = self.sums[i];
        let left = if i > 0 { self.sums[i - 1] } else { none };
        let right = self.sums.get(i + 1).copied().unwrap_or(none);
        let mut gap = i32::from(sums.own) + i32::from(left.before);
        gap += if i + 1 < self.sums.len() { i32::from(right.behind) } else { self.outside };
        let spaced = self.spaced[i];
        let shapes = [l, a, b, r];
        let at = shapes.iter().fold(usize::from(spaced), |at, s| at * N + *s as usize);
        gap += self.shapes.get(at, || {
            let mut sum = 0;
            features::shapes(shapes, spaced, |h| sum += weight(h));
            sum
        });
        if spaced && a.is_word() && b.is_word() {
            let coarse = [left.entry, sums.entry, right.entry].map(Entry::coarse);
            let longer = self.longer(i);
            gap += if longer == [Entry::default(); 5] {
                let at = coarse.iter().fold(0, |at, c| at * C + *c as usize);
                self.classes.get(at, || around(&tables, sums.entry, coarse, longer))
            } else {
                around(&tables, sums.entry, coarse, longer)
            };
        }
        gap
    }

    #[inline]
    fn bond(&mut self, i: usize) -> i32 {
        let tables = self.tables;
        let weight = |h| tables.weight(h);
        let shapes = [i - 1, i, i + 1].map(|i| self.atom(i).shape);
        let at = shapes.iter().fold(0, |at, s| at * N + *s as usize);
        let mut bond = i32::from(self.atoms[i].bond);
        bond += self.bond_shapes.get(at, || {
            let mut sum = 0;
            features::bond_shapes(shapes, |h| sum += weight(h));
            sum
        });
        let (left, right) = (self.sums[i - 1].entry, self.sums[i].entry);
        let [three, _] = self.longer[i - 1];
        let mut sum = 0;
        if three != Entry::default() {
            features::bond_classes(left, right, three, |h| sum += weight(h));
            return bond + sum;
        }
        let at = left.coarse() as usize * C + right.coarse() as usize;
        bond + self.bond_classes.get(at, || {
            features::bond_classes(left, right, three, |h| sum += weight(h));
            sum
        })
    }

    /// What is met as atom `i`; an empty form outside the sentence.
    #[inline]
    fn atom(&self, i: usize) -> Met {
        self.atoms.get(i).copied().unwrap_or_default()
    }

    /// The entry of the `len` atoms from `at` on.
    fn string(&self, at: usize, len: usize) -> Entry {
        if at + len > self.atoms.len() || !(at..at + len).all(|i| self.atom(i).shape.is_word()) {
            return Entry::default();
        }
        self.tables.entry(string_key((at..at + len).map(|i| self.atom(i).key)))
    }

    /// Looks up the words of three and four syllables that begin at each atom; only where an entry
    /// says that one may.
    fn look_for_longer(&mut self) {
        self.longer.clear();
        self.longer.resize(self.sums.len(), [Entry::default(); 2]);
        for at in 0..self.sums.len() {
            if self.sums[at].entry.begins() {
                let three = self.string(at, 3);
                let four = if three.begins() { self.string(at, 4) } else { Entry::default() };
                self.longer[at] = [three, four];
            }
        }
    }

    /// The words of three syllables over gap `i`, then those of four.
    #[inline]
    fn longer(&self, i: usize) -> [Entry; 5] {
        let begin = |back: usize| -> [Entry; 2] {
            let at = i.wrapping_sub(back);
            self.longer.get(at).copied().unwrap_or_default()
        };
        let [[_, a], [left, b], [right, c]] = [begin(2), begin(1), begin(0)];
        [left, right, a, b, c]
    }

    /// Adds what runs of capitals say.
    fn runs(&mut self) {
        let n = self.atoms.len();
        let mut start = 0;
        while start + 1 < n {
            let mut end = start + 1;
            if self.atom(start).shape.is_capital() {
                while end < n && self.atom(end).shape.is_capital() && self.spaced[end - 1] {
                    end += 1;
                }
            }
            let len = end - start;
            if len > 1 {
                let shapes =
                    (start..end).take(5).fold(0, |h, i| h << 4 | self.atom(i).shape as u32);
                for at in 1..len {
                    let i = start + at - 1;
                    let run = Run {
                        len: len.min(7) as u32,
                        at: at.min(7) as u32,
                        shapes,
                        first: self.atom(start).key,
                        before: if start > 0 { self.atom(start - 1).key } else { 0 },
                        behind: if end < n { self.atom(end).key } else { 0 },
                    };
                    let pair = Pair {
                        left: self.known[self.atoms[i].number as usize],
                        right: self.known[self.atoms[i + 1].number as usize],
                        entry: self.sums[i].entry,
                        ..Pair::default()
                    };
                    let mut sum = 0;
                    features::run(&run, &pair, |h| sum += self.tables.weight(h));
                    self.gaps[i] += sum;
                }
            }
            start = end;
        }
    }

    /// Overrules the score of a gap.
    pub(crate) fn wish(&mut self, gap: usize, joins: bool) {
        if let Some(score) = self.gaps.get_mut(gap) {
            *score = if joins { WISH } else { -WISH };
        }
    }

    /// Matching keys of the atoms.
    pub(crate) fn keys(&self) -> Vec<u32> {
        self.atoms.iter().map(|a| a.key).collect()
    }

    /// Appends the best labels of the scored sentence: one for each atom, true where its word goes
    /// on with the next.
    pub(crate) fn decode(&mut self, joins: &mut Vec<bool>) {
        let n = self.gaps.len();
        self.back.clear();
        let (mut cut, mut join) = (0i32, i32::MIN / 2);
        for i in 0..n {
            let bond = if i > 0 { self.bonds[i - 1] } else { 0 };
            let bonded = join + bond;
            self.back.push(u8::from(join > cut) | u8::from(bonded > cut) << 1);
            (cut, join) = (cut.max(join), cut.max(bonded) + self.gaps[i]);
        }
        let begin = joins.len();
        joins.resize(begin + n + usize::from(!self.atoms.is_empty()), false);
        let mut label = join > cut;
        for i in (0..n).rev() {
            joins[begin + i] = label;
            label = self.back[i] >> u8::from(label) & 1 == 1;
        }
    }
}

/// What the lexicon around a gap says of it.
fn around(tables: &Tables<'_>, pair: Entry, coarse: [u32; 3], longer: [Entry; 5]) -> i32 {
    let [left, right, four @ ..] = longer;
    let mut sum = 0;
    features::classes(coarse, |h| sum += tables.weight(h));
    features::longer(pair, left, right, four, |h| sum += tables.weight(h));
    sum
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{collect, read};

    /// The fast way and the plain way give the same sums, whatever was remembered before.
    #[test]
    fn the_sums_are_those_of_the_collected_features() {
        let tables = Tables::embedded();
        let mut scorer = Scorer::new(tables);
        for text in [
            include_str!("../../../seeds/000_4adbd925e9112fe5.txt"),
            include_str!("../../../seeds/001_b329b00e8bcc5d6e.txt"),
            include_str!("../../../seeds/002_dffe5405633b3fb6.txt"),
        ] {
            for (line, mut reading) in
                text.lines().flat_map(|l| read(l).into_iter().map(move |r| (l, r)))
            {
                scorer.begin();
                let mut end = usize::MAX;
                let headline = reading.headline;
                let mut first = true;
                for (start, stop, form) in &reading.atoms {
                    let place = crate::form::place(headline, first);
                    scorer.push(line, *start, *stop, place, end < *start);
                    first &= !form.shape.is_word();
                    end = *stop;
                }
                scorer.score_within(i32::MAX);
                let collected = collect(&mut reading, &tables);
                let sum = |hashes: &Vec<u32>| hashes.iter().map(|h| tables.weight(*h)).sum::<i32>();
                assert_eq!(scorer.gaps, collected.gaps.iter().map(sum).collect::<Vec<_>>());
                assert_eq!(scorer.bonds, collected.bonds.iter().map(sum).collect::<Vec<_>>());
            }
        }
    }
}
