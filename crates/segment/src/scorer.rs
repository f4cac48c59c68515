//! Scoring gaps fast: the same sums as [`crate::model::collect`] gives, from tables that remember.
//!
//! Most of what the model looks at depends on one pair of neighbors. A surface form gets a number
//! the first time it is seen, and the sums of a pair of numbers are kept: in news, nineteen pairs
//! of twenty were seen before.

use crate::atom::Atom;
use crate::evidence::{Entry, Raw};
use crate::features::{self, Hash, Pair, Part, Run};
use crate::form::{Form, Place, Shape, is_headline, place};
use crate::model::{Knowledge, string_key};
use crate::tables::Tables;

const N: usize = Shape::COUNT;

/// Sums of weights that are made when they are first asked for.
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

/// Sums for a pair by what has few values, made at the start.
#[derive(Debug)]
struct Small {
    /// By the bits of the entry.
    known: Vec<i16>,
    /// By class, 0 for a pair without a space, and shapes.
    shapes: Vec<i16>,
    /// By [`Part::index`].
    counted: Vec<i16>,
}

impl Small {
    fn new(tables: &Tables<'_>) -> Small {
        let known = (0..1 << Entry::CLASS_BITS)
            .map(|bits| sum_of(tables, |emit| features::known(Entry(bits), emit)) as i16)
            .collect();
        let mut shapes = Vec::new();
        for class in 0..=Entry::COARSE {
            for a in Shape::ALL {
                for b in Shape::ALL {
                    shapes.push(sum_of(tables, |emit| {
                        features::shape_pair(a, b, class > 0, &mut *emit);
                        if class > 0 {
                            features::known_shapes(class as u32 - 1, a, b, emit);
                        }
                    }) as i16);
                }
            }
        }
        let counted = (0..Part::ALL).map(|i| tables.weight(Part::hash_at(i)) as i16).collect();
        Small { known, shapes, counted }
    }
}

/// The sum of the weights of what is emitted.
#[inline]
fn sum_of(tables: &Tables<'_>, features: impl FnOnce(&mut dyn FnMut(Hash))) -> i32 {
    let mut sum = 0;
    features(&mut |hash| sum += tables.weight(hash));
    sum
}

/// A slot of the table of forms: fifteen bytes of the surface, its length and place; and what every
/// occurrence needs.
#[derive(Clone, Copy, Debug, Default)]
struct FormSlot {
    surface: u128,
    met: Met,
}

/// An atom as the table of forms looks for it.
#[derive(Clone, Copy, Debug)]
struct Surface {
    /// Fifteen bytes, then length and place.
    bits: u128,
    /// Where its slot is, or before it.
    at: u32,
}

impl Surface {
    #[inline]
    fn new(text: &str, atom: &Atom, place: Place) -> Surface {
        let (start, end) = (atom.start as usize, atom.end as usize);
        let (len, bytes) = (end - start, text.as_bytes());
        let bits = if len > 15 {
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
        let mixed = (bits as u64 ^ ((bits >> 64) as u64).rotate_left(29))
            .wrapping_mul(0x9E37_79B9_7F4A_7C15);
        Surface { bits, at: (mixed >> (64 - FORM_BITS)) as u32 }
    }
}

/// The place that the bits of a surface hold.
fn place_of(bits: u128) -> Place {
    const HEADLINE: u128 = Place::Headline as u128;
    const FIRST: u128 = Place::First as u128;
    match bits >> 120 & 3 {
        HEADLINE => Place::Headline,
        FIRST => Place::First,
        _ => Place::Inside,
    }
}

/// What every occurrence of a form needs.
#[derive(Clone, Copy, Debug, Default)]
struct Met {
    number: u32,
    key: u32,
    bond: i16,
    shape: Shape,
}

/// What a new pair needs of a form.
#[derive(Clone, Copy, Debug, Default)]
struct Known {
    form: Form,
    /// What it says of the gap behind it, without a space and with one.
    left: [i16; 2],
    /// The same of the gap before it.
    right: [i16; 2],
    /// What it says of the gap behind the next atom, and of the gap before the one before it.
    before: i16,
    behind: i16,
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

/// A pair that is not remembered, and what the tables say of it.
#[derive(Clone, Copy, Debug, Default)]
struct New {
    pair: u32,
    row: [i16; 3],
    words: bool,
    entry: Entry,
    raw: Raw,
}

#[inline]
fn pair_key(left: u32, right: u32, spaced: bool) -> u64 {
    u64::from(left) << 33 | u64::from(right) << 1 | u64::from(spaced)
}

#[inline]
fn pair_slot(key: u64) -> usize {
    (key.wrapping_mul(0x9E37_79B9_7F4A_7C15) >> (64 - PAIR_BITS)) as usize
}

/// Gaps whose score is further from 0 are decided: four, in steps.
const UNSURE: i32 = 4 * 64;

/// A gap below has no bonds, which could not save it: eight, in steps.
const CUT: i32 = -8 * 64;

/// More than all weights of a gap and its bonds.
const WISH: i32 = 1 << 16;

const FORM_BITS: u32 = 16;
/// Forms are forgotten when so many are known.
const MOST_FORMS: usize = 3 << (FORM_BITS - 2);
const PAIR_BITS: u32 = 18;

/// The memory of one thread.
#[derive(Debug)]
pub(crate) struct Scorer<'m> {
    tables: Tables<'m>,
    small: Small,
    shapes: Memory,
    classes: Memory,
    bond_shapes: Memory,
    bond_classes: Memory,
    slots: Vec<FormSlot>,
    known: Vec<Known>,
    /// What stands behind the last pair of a sentence.
    outside: Sums,
    pairs: Vec<PairSlot>,
    // Of the sentence at hand:
    surfaces: Vec<Surface>,
    atoms: Vec<Met>,
    spaced: Vec<bool>,
    found: Vec<(u64, PairSlot)>,
    news: Vec<New>,
    /// Of each pair, with one empty one before and [`Scorer::outside`] behind.
    sums: Vec<Sums>,
    /// Words of three and four syllables that begin at each atom; empty when there are none.
    longer: Vec<[Entry; 2]>,
    gaps: Vec<i32>,
    back: Vec<u8>,
}

impl<'m> Scorer<'m> {
    pub(crate) fn new(tables: Tables<'m>) -> Scorer<'m> {
        let behind = sum_of(&tables, |emit| features::behind(&Pair::default(), emit)) as i16;
        Scorer {
            tables,
            small: Small::new(&tables),
            // Four bits hold a shape or a class.
            shapes: Memory::new(2 << 16),
            classes: Memory::new(1 << 12),
            bond_shapes: Memory::new(1 << 12),
            bond_classes: Memory::new(1 << 8),
            slots: vec![FormSlot::default(); 1 << FORM_BITS],
            known: vec![Known::default()], // number 0 stands outside the sentence
            outside: Sums { behind, ..Sums::default() },
            pairs: vec![PairSlot::default(); 1 << PAIR_BITS],
            surfaces: Vec::new(),
            atoms: Vec::new(),
            spaced: Vec::new(),
            found: Vec::new(),
            news: Vec::new(),
            sums: Vec::new(),
            longer: Vec::new(),
            gaps: Vec::new(),
            back: Vec::new(),
        }
    }

    /// Takes the atoms of a sentence.
    pub(crate) fn begin(&mut self, text: &str, atoms: &[Atom]) {
        if self.known.len() > MOST_FORMS {
            self.slots.fill(FormSlot::default());
            self.pairs.fill(PairSlot::default());
            self.known.truncate(1);
        }
        let headline = is_headline(atoms.iter().map(|a| a.look));
        let mut first = true;
        self.surfaces.clear();
        for atom in atoms {
            let place = place(headline, first);
            first &= !atom.look.is_word();
            self.surfaces.push(Surface::new(text, atom, place));
        }
        self.spaced.clear();
        self.spaced.extend(atoms.windows(2).map(|pair| pair[0].end < pair[1].start));
        self.atoms.clear();
        for (i, atom) in atoms.iter().enumerate() {
            let met = self.form(text, atom, i);
            self.atoms.push(met);
        }
    }

    /// The form of atom `i` of the sentence.
    #[inline]
    fn form(&mut self, text: &str, atom: &Atom, i: usize) -> Met {
        let Surface { bits, mut at } = self.surfaces[i];
        loop {
            let slot = &self.slots[at as usize];
            if slot.surface == bits {
                return slot.met;
            }
            if slot.surface == 0 {
                break;
            }
            at = (at + 1) & ((1 << FORM_BITS) - 1);
        }
        let surface = &text[atom.start as usize..atom.end as usize];
        self.meet(surface, bits, at as usize)
    }

    #[cold]
    fn meet(&mut self, surface: &str, bits: u128, at: usize) -> Met {
        let mut form = Form::new(surface, place_of(bits));
        if form.shape.is_word() {
            form.usage = self.tables.usage(form.key);
        }
        let tables = &self.tables;
        let weight = |hash: Hash| tables.weight(hash) as i16;
        let mut known = Known { form, ..Known::default() };
        for spaced in [false, true] {
            let (left, right) = (&mut known.left, &mut known.right);
            let t = usize::from(spaced);
            features::unary(&form, spaced, |h| left[t] += weight(h), |h| right[t] += weight(h));
        }
        let (before, behind) = (&mut known.before, &mut known.behind);
        features::unary_beyond(&form, |h| *before += weight(h), |h| *behind += weight(h));
        let bond = sum_of(tables, |emit| features::bond(&form, emit)) as i16;
        let number = self.known.len() as u32;
        let met = Met { number, key: form.key, bond, shape: form.shape };
        self.known.push(known);
        // One endless sentence may have more forms than the table has slots.
        if self.known.len() < (7 << FORM_BITS) / 8 {
            self.slots[at] = FormSlot { surface: bits, met };
        }
        met
    }

    /// Finds the sums of all pairs of the sentence.
    ///
    /// Tables far larger than the cache are read here, so each is read for all pairs before
    /// anything depends on what was found: then the reads do not wait for each other.
    fn look_up(&mut self) {
        self.found.clear();
        self.found.extend(self.atoms.windows(2).zip(&self.spaced).map(|(pair, spaced)| {
            let key = pair_key(pair[0].number, pair[1].number, *spaced);
            (key, self.pairs[pair_slot(key)])
        }));
        self.sums.clear();
        self.sums.push(Sums::default());
        self.news.clear();
        for (i, (key, slot)) in self.found.iter().enumerate() {
            self.sums.push(slot.sums);
            if slot.key != *key {
                self.news.push(New { pair: i as u32, ..New::default() });
            }
        }
        self.sums.push(self.outside);
        for new in &mut self.news {
            let i = new.pair as usize;
            let (a, b) = (self.atoms[i], self.atoms[i + 1]);
            new.row = self.tables.row(features::row(a.key, b.key, self.spaced[i]));
            new.words = a.shape.is_word() && b.shape.is_word();
            if new.words {
                (new.entry, new.raw) = self.tables.pair(a.key, b.key);
            }
        }
        for new in &self.news {
            let i = new.pair as usize;
            let sums = self.sum(new);
            let key = self.found[i].0;
            self.sums[i + 1] = sums;
            self.pairs[pair_slot(key)] = PairSlot { key, sums };
        }
    }

    #[inline]
    fn sum(&self, new: &New) -> Sums {
        let i = new.pair as usize;
        let spaced = self.spaced[i];
        let [a, b] = [i, i + 1].map(|i| &self.known[self.atoms[i].number as usize]);
        let mut own = new.row[0] + a.left[usize::from(spaced)] + b.right[usize::from(spaced)];
        let class = if spaced { 1 + new.entry.coarse() as usize } else { 0 };
        own += self.small.shapes[(class * N + a.form.shape as usize) * N + b.form.shape as usize];
        if spaced && new.words {
            own += self.small.known[new.entry.classes()];
            let (left, right) = (a.form, b.form);
            let pair = Pair { left, right, spaced, entry: new.entry, raw: new.raw };
            for part in features::counted(&pair) {
                own += self.small.counted[part.index()];
            }
        }
        let (before, behind) = (new.row[1] + a.before, new.row[2] + b.behind);
        Sums { own, before, behind, entry: new.entry }
    }

    /// Sums up the weights of all gaps of the sentence, in steps.
    pub(crate) fn score(&mut self) {
        self.score_within(UNSURE);
    }

    fn score_within(&mut self, unsure: i32) {
        self.look_up();
        self.add_up();
        self.look_for_longer();
        self.runs();
        self.threes(unsure);
    }

    /// Adds up what pairs, shapes and classes say of each gap.
    fn add_up(&mut self) {
        let tables = self.tables;
        self.gaps.clear();
        // Shapes of four atoms and classes of three pairs, four bits each, that slide along.
        let mut shapes = self.shape(0) << 4 | self.shape(1);
        let mut classes = self.sums[1].entry.coarse() as usize;
        for (i, spaced) in self.spaced.iter().enumerate() {
            let next = self.atoms.get(i + 2).map_or(0, |met| met.shape as usize);
            shapes = (shapes << 4 | next) & 0xFFFF;
            let [before, own, behind] = [self.sums[i], self.sums[i + 1], self.sums[i + 2]];
            classes = (classes << 4 | behind.entry.coarse() as usize) & 0xFFF;
            let mut gap = i32::from(own.own) + i32::from(before.before) + i32::from(behind.behind);
            gap += self.shapes.get(usize::from(*spaced) << 16 | shapes, || {
                let four = [shapes >> 12, shapes >> 8 & 15, shapes >> 4 & 15, shapes & 15];
                let four = four.map(|s| Shape::ALL[s]);
                sum_of(&tables, |emit| features::shapes(four, *spaced, emit))
            });
            if *spaced && is_word(shapes >> 8) && is_word(shapes >> 4) {
                gap += self.classes.get(classes, || {
                    let entries = [before.entry, own.entry, behind.entry];
                    around(&tables, entries, [Entry::default(); 5])
                });
            }
            self.gaps.push(gap);
        }
    }

    /// The shape of atom `i`, as a number.
    #[inline]
    fn shape(&self, i: usize) -> usize {
        self.atoms.get(i).map_or(0, |met| met.shape as usize)
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

    /// What speaks for the word going on on both sides of atom `i`.
    fn bond(&mut self, i: usize) -> i32 {
        let tables = self.tables;
        let shapes = [i - 1, i, i + 1].map(|i| self.atoms[i].shape);
        let at = shapes.iter().fold(0, |at, s| at << 4 | *s as usize);
        let bond = i32::from(self.atoms[i].bond)
            + self
                .bond_shapes
                .get(at, || sum_of(&tables, |emit| features::bond_shapes(shapes, emit)));
        let (left, right) = (self.sums[i].entry, self.sums[i + 1].entry);
        let three = self.longer.get(i - 1).map_or(Entry::default(), |longer| longer[0]);
        let make = || sum_of(&tables, |emit| features::bond_classes(left, right, three, emit));
        if three != Entry::default() {
            return bond + make();
        }
        let at = left.coarse() << 4 | right.coarse();
        bond + self.bond_classes.get(at as usize, make)
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
        self.tables.string(string_key((at..at + len).map(|i| self.atom(i).key)))
    }

    /// Looks up the words of three and four syllables that begin at each atom, where an entry says
    /// that one may, and adds what they say of the gaps that they lie over.
    fn look_for_longer(&mut self) {
        self.longer.clear();
        for at in 0..self.gaps.len() {
            if !self.sums[at + 1].entry.begins() {
                continue;
            }
            let three = self.string(at, 3);
            if three == Entry::default() {
                continue;
            }
            let four = if three.begins() { self.string(at, 4) } else { Entry::default() };
            self.longer.resize(self.gaps.len(), [Entry::default(); 2]);
            self.longer[at] = [three, four];
        }
        for i in 0..self.longer.len() {
            let longer = self.longer(i);
            if longer != [Entry::default(); 5]
                && self.spaced[i]
                && self.atoms[i].shape.is_word()
                && self.atoms[i + 1].shape.is_word()
            {
                let entries = [self.sums[i].entry, self.sums[i + 1].entry, self.sums[i + 2].entry];
                self.gaps[i] += around(&self.tables, entries, longer)
                    - around(&self.tables, entries, [Entry::default(); 5]);
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
                        left: self.known[self.atoms[i].number as usize].form,
                        right: self.known[self.atoms[i + 1].number as usize].form,
                        entry: self.sums[i + 1].entry,
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
            let within = i > 0 && self.gaps[i - 1] > CUT && self.gaps[i] > CUT;
            let bonded = join + if within { self.bond(i) } else { 0 };
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

/// What the lexicon says of a gap: of the pairs before, over and behind it, and of longer words
/// over it.
fn around(tables: &Tables<'_>, pairs: [Entry; 3], longer: [Entry; 5]) -> i32 {
    let [left, right, four @ ..] = longer;
    let coarse = pairs.map(Entry::coarse);
    sum_of(tables, |emit| {
        features::classes(coarse, &mut *emit);
        features::longer(pairs[1], left, right, four, &mut *emit);
        features::listed(features::pattern(pairs, longer), coarse[1], emit);
    })
}

/// True for the low four bits being the shape of a word.
#[inline]
fn is_word(shape: usize) -> bool {
    const WORDS: u16 = {
        let mut words = 0;
        let mut i = 0;
        while i < N {
            words |= (Shape::ALL[i].is_word() as u16) << i;
            i += 1;
        }
        words
    };
    WORDS >> (shape & 15) & 1 == 1
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
                    scorer.begin(line, &atoms);
                    atoms = rest;
                    scorer.score_within(i32::MAX);
                    let collected = collect(&mut reading, &tables);
                    let sum =
                        |hashes: &Vec<u32>| hashes.iter().map(|h| tables.weight(*h)).sum::<i32>();
                    assert_eq!(scorer.gaps, collected.gaps.iter().map(sum).collect::<Vec<_>>());
                    let bonds: Vec<i32> = (1..scorer.gaps.len()).map(|i| scorer.bond(i)).collect();
                    assert_eq!(bonds, collected.bonds.iter().map(sum).collect::<Vec<_>>());
                }
            }
        }
    }
}
