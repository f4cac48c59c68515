//! Scoring gaps fast: the same sums as [`crate::model::collect`] gives, from tables that remember.
//!
//! Most of what the model looks at depends on one form or on one pair of neighbors. A surface form
//! gets a number the first time it is seen, and the sums of a pair of numbers are kept: of distinct
//! news, three pairs of four were seen shortly before.

use crate::atom::Atom;
use crate::evidence::Entry;
use crate::features::{self, Pair, Run};
use crate::form::Shape;
use crate::forms::{Forms, Met, boxed};
use crate::model::string_key;
use crate::pairs::{Pairs, Sums};
use crate::signs::{COUNTRY, Signs};
use crate::tables::Tables;

/// Sums of weights that are made when they are first asked for.
#[derive(Debug)]
struct Memory<const LEN: usize>(Box<[i16; LEN]>);

impl<const LEN: usize> Memory<LEN> {
    const UNKNOWN: i16 = i16::MIN;

    fn new() -> Memory<LEN> {
        Memory(boxed(Memory::<LEN>::UNKNOWN))
    }

    #[inline]
    fn get(&mut self, at: usize, make: impl FnOnce() -> i32) -> i32 {
        let sum = &mut self.0[at & (LEN - 1)];
        if *sum == Memory::<LEN>::UNKNOWN {
            *sum = make() as i16;
        }
        i32::from(*sum)
    }
}

/// Gaps whose score is further from 0 are decided: four, in steps.
const UNSURE: i32 = 4 * 64;

/// Two neighboring gaps that lack so much of joining, together, are not both joined whatever the
/// bonds say: seven, in steps.
const APART: i32 = -7 * 64;

/// More than all weights of a gap and its bonds.
const WISH: i32 = 1 << 16;

/// The most that the lexicon can say for two gaps that are both inside a word, where the three
/// atoms are no entry: when neither pair is one, and when one is.
fn most_of_classes(tables: &Tables<'_>) -> [i32; 2] {
    let mut most = [i32::MIN; 2];
    for left in Entry::each_coarse() {
        for right in Entry::each_coarse() {
            let sum = tables.sum(|emit| {
                features::bond_classes(left, right, Entry::default(), emit);
            });
            let known = left.coarse() | right.coarse() != 0;
            most[usize::from(known)] = most[usize::from(known)].max(sum);
        }
    }
    most
}

/// The memory of one thread.
#[derive(Debug)]
pub(crate) struct Scorer<'m> {
    tables: Tables<'m>,
    forms: Forms,
    pairs: Pairs,
    // Four bits hold a shape or a class.
    shapes: Memory<{ 2 << 16 }>,
    classes: Memory<{ 1 << 12 }>,
    bond_shapes: Memory<{ 1 << 12 }>,
    bond_classes: Memory<{ 1 << 8 }>,
    most_of_classes: [i32; 2],
    /// What the end of a sentence says of the gap before its last atom.
    outside: (Met, Sums),
    // Of the sentence at hand:
    /// With one before the first and one behind the last.
    atoms: Vec<Met>,
    spaced: Vec<bool>,
    /// Of each pair, with one before the first and one behind the last.
    sums: Vec<Sums>,
    /// Words of three and four syllables that begin at each atom; empty when there are none.
    longer: Vec<[Entry; 2]>,
    /// Where a word of three syllables begins.
    begins: Vec<usize>,
    gaps: Vec<i32>,
    /// No more than this is added for two gaps that are both inside a word: for each gap and the one
    /// before it, with one more behind the last.
    bonds: Vec<i32>,
    back: Vec<[bool; 2]>,
}

impl<'m> Scorer<'m> {
    pub(crate) fn new(tables: Tables<'m>) -> Scorer<'m> {
        let outside = tables.sum(|emit| features::behind(&Pair::default(), emit));
        let met = Met { behind: (outside / 2) as i8, ..Met::default() };
        let sums = Sums::new(0, 0, (outside - outside / 2) as i8, Entry::default());
        Scorer {
            tables,
            forms: Forms::new(&tables),
            pairs: Pairs::new(&tables),
            shapes: Memory::new(),
            classes: Memory::new(),
            bond_shapes: Memory::new(),
            bond_classes: Memory::new(),
            most_of_classes: most_of_classes(&tables),
            outside: (met, sums),
            atoms: Vec::new(),
            spaced: Vec::new(),
            sums: Vec::new(),
            longer: Vec::new(),
            begins: Vec::new(),
            gaps: Vec::new(),
            bonds: Vec::new(),
            back: Vec::new(),
        }
    }

    /// Sums up the weights of all gaps of a sentence, in steps; what its atoms are signs of.
    pub(crate) fn score(&mut self, text: &str, atoms: &[Atom]) -> Signs {
        self.score_within(UNSURE, text, atoms)
    }

    fn score_within(&mut self, unsure: i32, text: &str, atoms: &[Atom]) -> Signs {
        if self.forms.is_full() {
            self.forms.forget();
            self.pairs.forget();
        }
        let tables = &self.tables;
        self.atoms.clear();
        self.atoms.push(Met::default());
        let signs = self.forms.read(text, atoms, tables, &mut self.atoms);
        self.spaced.clear();
        self.spaced.extend(atoms.windows(2).map(|pair| pair[0].end < pair[1].start));
        self.sums.clear();
        self.sums.push(Sums::default());
        self.pairs.read(&self.atoms[1..], &self.spaced, &self.forms, tables, &mut self.sums);
        self.atoms.push(self.outside.0);
        self.sums.push(self.outside.1);
        self.add_up();
        self.look_for_longer();
        self.runs();
        self.threes(unsure);
        signs
    }

    /// Adds up what pairs, shapes and classes say of each gap.
    fn add_up(&mut self) {
        let tables = self.tables;
        self.gaps.clear();
        self.gaps.resize(self.spaced.len(), 0);
        self.bonds.clear();
        self.bonds.resize(self.spaced.len() + 1, 0);
        // Shapes of four atoms and classes of three pairs, four bits each, that slide along.
        let mut shapes = self.atoms[1].shape as usize;
        shapes = shapes << 4 | self.atoms.get(2).map_or(0, |met| met.shape as usize);
        let mut classes = self.sums[1].entry().coarse() as usize;
        let windows = self.atoms.windows(4).zip(self.sums.windows(3));
        let gaps = self.gaps.iter_mut().zip(&mut self.bonds);
        for (((atoms, sums), spaced), (gap, bond)) in windows.zip(&self.spaced).zip(gaps) {
            let (first, last) = (&atoms[0], &atoms[3]);
            let (before, own, behind) = (&sums[0], &sums[1], &sums[2]);
            *gap = own.own()
                + (i32::from(first.before) + before.before())
                + (i32::from(last.behind) + behind.behind());
            let known = before.is_known() | own.is_known();
            *bond = (i32::from(atoms[1].most) + self.most_of_classes[usize::from(known)]).max(0);
            shapes = (shapes << 4 | last.shape as usize) & 0xFFFF;
            classes = (classes << 4 | behind.entry().coarse() as usize) & 0xFFF;
            *gap += self.shapes.get(usize::from(*spaced) << 16 | shapes, || {
                let four = [0, 1, 2, 3].map(|i| atoms[i].shape);
                tables.sum(|emit| features::shapes(four, *spaced, emit))
            });
            if *spaced & is_word(shapes >> 8) & is_word(shapes >> 4) {
                *gap += self.classes.get(classes, || {
                    let entries = [before.entry(), own.entry(), behind.entry()];
                    around(&tables, entries, [Entry::default(); 5])
                });
            }
        }
        self.bonds[0] = 0;
    }

    /// Adds what three atoms say, to the gaps whose score lies within `unsure`: two reads far
    /// apart, which seldom turn a gap that the pair has decided.
    fn threes(&mut self, unsure: i32) {
        for (gap, atoms) in self.gaps.iter_mut().zip(self.atoms.windows(4)) {
            if gap.abs() > unsure {
                continue;
            }
            let [l, a, b, r] = [0, 1, 2, 3].map(|i| atoms[i].key);
            let before = features::three(l, a, b).map(|h| self.tables.weight(h));
            let behind = features::three(a, b, r).map(|h| self.tables.weight(h | 1));
            *gap += before[0] + before[1] + behind[0] + behind[1];
        }
    }

    /// What speaks for the word going on on both sides of the atom behind gap `i - 1`.
    #[inline]
    fn bond(&mut self, i: usize) -> i32 {
        let tables = self.tables;
        let (Some([a, b, c]), Some([left, right])) =
            (self.atoms[i..].first_chunk(), self.sums[i..].first_chunk())
        else {
            return 0; // no such gap
        };
        let shapes = [a.shape, b.shape, c.shape];
        let at = shapes.iter().fold(0, |at, s| at << 4 | *s as usize);
        let make = || tables.sum(|emit| features::bond_shapes(shapes, emit));
        let bond = i32::from(b.bond) + self.bond_shapes.get(at, make);
        let (left, right) = (left.entry(), right.entry());
        if let Some([three, _]) = self.longer.get(i - 1)
            && *three != Entry::default()
        {
            return bond + tables.sum(|emit| features::bond_classes(left, right, *three, emit));
        }
        let at = left.coarse() << 4 | right.coarse();
        let none = Entry::default();
        let make = || tables.sum(|emit| features::bond_classes(left, right, none, emit));
        bond + self.bond_classes.get(at as usize, make)
    }

    /// The entry of `len` atoms, the first of them left of gap `at`.
    fn string(&self, at: usize, len: usize) -> Entry {
        match self.atoms.get(at + 1..at + 1 + len) {
            Some(string) if string.iter().all(|met| met.shape.is_word()) => {
                self.tables.string(string_key(string.iter().map(|met| met.key)))
            }
            _ => Entry::default(),
        }
    }

    /// Looks up the words of three and four syllables that begin at each atom, where an entry says
    /// that one may, and adds what they say of the gaps that they lie over.
    fn look_for_longer(&mut self) {
        self.longer.clear();
        self.begins.clear();
        for (at, sums) in self.sums[1..].iter().enumerate() {
            if !sums.entry().begins() {
                continue;
            }
            let three = self.string(at, 3);
            if three == Entry::default() {
                continue;
            }
            let four = if three.begins() { self.string(at, 4) } else { Entry::default() };
            self.longer.resize(self.gaps.len(), [Entry::default(); 2]);
            self.longer[at] = [three, four];
            self.begins.push(at);
            self.bonds[at + 1] = WISH;
        }
        let mut behind = 0;
        for i in 0..self.begins.len() {
            let at = self.begins[i];
            // The words that begin here lie over up to three gaps.
            let end = self.gaps.len().min(at + 3);
            for gap in behind.max(at)..end {
                self.add_longer(gap);
            }
            behind = end;
        }
    }

    /// Adds what longer words over gap `i` say of it.
    fn add_longer(&mut self, i: usize) {
        let longer = self.longer(i);
        if longer != [Entry::default(); 5]
            && self.spaced[i]
            && self.atoms[i + 1].shape.is_word()
            && self.atoms[i + 2].shape.is_word()
        {
            let entries = [i, i + 1, i + 2].map(|i| self.sums[i].entry());
            self.gaps[i] += around(&self.tables, entries, longer)
                - around(&self.tables, entries, [Entry::default(); 5]);
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
        let mut from = 1;
        while let Some(found) = self.atoms[from..].iter().position(|met| is_capital(met.shape)) {
            let start = from + found;
            let mut end = start + 1;
            while is_capital(self.atoms[end].shape) && self.spaced[end - 2] {
                end += 1;
            }
            self.run(start, end);
            from = end;
        }
    }

    /// Adds what a run of capitals says of the gaps in it; `start` and `end` count the atom outside.
    fn run(&mut self, start: usize, end: usize) {
        let len = end - start;
        let atoms = &self.atoms;
        let shapes = atoms[start..end].iter().take(5).fold(0, |h, met| h << 4 | met.shape as u32);
        for at in 1..len {
            let i = start + at - 2;
            let run = Run {
                len: len.min(7) as u32,
                at: at.min(7) as u32,
                shapes,
                first: atoms[start].key,
                before: atoms[start - 1].key,
                behind: atoms[end].key,
            };
            let pair = Pair {
                left: self.forms.known(&atoms[i + 1]).form,
                right: self.forms.known(&atoms[i + 2]).form,
                entry: self.sums[i + 1].entry(),
                ..Pair::default()
            };
            self.gaps[i] += self.tables.sum(|emit| features::run(&run, &pair, emit));
        }
    }

    /// Keeps a country apart from the foreign word, or initial with its stop, that follows it.
    pub(crate) fn part_foreign_names(&mut self) {
        for gap in 0..self.gaps.len() {
            let [country, name, behind] = [1, 2, 3].map(|i| self.atoms[gap + i]);
            let initial = name.shape == Shape::Initial && behind.shape == Shape::Stop;
            if country.signs & COUNTRY != 0
                && self.spaced[gap]
                && (initial || name.shape == Shape::CapitalForeign)
            {
                self.wish(gap, false);
            }
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
        self.atoms[1..self.atoms.len() - 1].iter().map(|a| a.key).collect()
    }

    /// Appends the best labels of the scored sentence: one for each atom, true where its word goes
    /// on with the next.
    ///
    /// A bond ties two neighboring gaps together only where both may be inside a word; all others
    /// are decided by their own score.
    pub(crate) fn decode(&mut self, joins: &mut Vec<bool>) {
        let begin = joins.len();
        joins.extend(self.gaps.iter().map(|gap| *gap > 0));
        joins.push(false);
        let mut start = 0;
        while start < self.gaps.len() {
            let mut end = start + 1;
            if self.is_open(start) {
                while self.is_open(end) && self.gaps[end - 1].min(0) + self.gaps[end].min(0) > APART
                {
                    end += 1;
                }
            }
            if end > start + 1 {
                self.decode_tied(start, &mut joins[begin + start..begin + end]);
            }
            start = end;
        }
    }

    /// True for a gap that is inside a word if the bonds on both sides speak for it as loud as they
    /// can.
    #[inline]
    fn is_open(&self, i: usize) -> bool {
        let bonds = self.bonds.get(i..i + 2);
        self.gaps.get(i).is_some_and(|gap| gap + bonds.map_or(0, |b| b[0] + b[1]) > 0)
    }

    /// The best labels of gaps that are tied together, the first of them gap `start`.
    fn decode_tied(&mut self, start: usize, labels: &mut [bool]) {
        self.back.clear();
        let (mut cut, mut join) = (0, self.gaps[start]);
        for i in start + 1..start + labels.len() {
            let bonded = join + self.bond(i);
            self.back.push([join > cut, bonded > cut]);
            (cut, join) = (cut.max(join), cut.max(bonded) + self.gaps[i]);
        }
        let mut label = join > cut;
        for (found, back) in labels[1..].iter_mut().zip(&self.back).rev() {
            *found = label;
            label = back[usize::from(label)];
        }
        labels[0] = label;
    }
}

/// What the lexicon says of a gap: of the pairs before, over and behind it, and of longer words
/// over it.
fn around(tables: &Tables<'_>, pairs: [Entry; 3], longer: [Entry; 5]) -> i32 {
    let [left, right, four @ ..] = longer;
    let coarse = pairs.map(Entry::coarse);
    tables.sum(|emit| {
        features::classes(coarse, &mut *emit);
        features::longer(pairs[1], left, right, four, &mut *emit);
        features::listed(features::pattern(pairs, longer), coarse[1], emit);
    })
}

/// One bit for each shape that `is` holds for.
macro_rules! shapes {
    ($is:ident) => {{
        const SHAPES: u16 = {
            let mut shapes = 0;
            let mut i = 0;
            while i < Shape::COUNT {
                shapes |= (Shape::ALL[i].$is() as u16) << i;
                i += 1;
            }
            shapes
        };
        SHAPES
    }};
}

/// True for the low four bits being the shape of a word.
#[inline]
fn is_word(shape: usize) -> bool {
    shapes!(is_word) >> (shape & 15) & 1 == 1
}

#[inline]
fn is_capital(shape: Shape) -> bool {
    shapes!(is_capital) >> shape as u32 & 1 == 1
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::atom;
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
            for line in text.lines() {
                let mut atoms = Vec::new();
                atom::read(line, 0, line.len(), &mut atoms);
                for mut reading in read(line) {
                    let rest = atoms.split_off(reading.atoms.len());
                    scorer.score_within(i32::MAX, line, &atoms);
                    atoms = rest;
                    let collected = collect(&mut reading, &tables);
                    let sum =
                        |hashes: &Vec<u32>| hashes.iter().map(|h| tables.weight(*h)).sum::<i32>();
                    assert_eq!(scorer.gaps, collected.gaps.iter().map(sum).collect::<Vec<_>>());
                    let bonds: Vec<i32> = (1..scorer.gaps.len()).map(|i| scorer.bond(i)).collect();
                    assert_eq!(bonds, collected.bonds.iter().map(sum).collect::<Vec<_>>());
                    let mut labels = Vec::new();
                    scorer.decode(&mut labels);
                    let mut searched = vec![false; labels.len()];
                    if let Some((_, gaps)) = searched.split_last_mut()
                        && !gaps.is_empty()
                    {
                        scorer.decode_tied(0, gaps);
                    }
                    assert_eq!(labels, searched);
                }
            }
        }
    }
}
