//! What a thread remembers of pairs of neighbors.

use crate::evidence::{Entry, Raw};
use crate::features::{self, Hash, Pair, Part};
use crate::form::Shape;
use crate::forms::{Forms, Met, boxed};
use crate::model::string_key;
use crate::tables::Tables;

/// What is kept of a pair, packed: what it says of its own gap, of the gap behind it and of the
/// gap before it; its entry; and above these, in a slot of the table, the rest of its key.
///
/// A key of 33 bits is multiplied by an odd number, which loses nothing; the upper half of the
/// product is the slot's place, the lower half stands in it. An empty slot is 0.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Sums(u64);

impl Sums {
    const BITS: u64 = (1 << 43) - 1;
    const USED: u64 = 1 << 63;

    pub(crate) fn new(own: i16, before: i8, behind: i8, entry: Entry) -> Sums {
        let sides = u64::from(before as u8) | u64::from(behind as u8) << 8;
        Sums(u64::from(own as u16) | sides << 16 | u64::from(entry.0) << 32)
    }

    /// Of its own gap all that depends on the pair alone.
    #[inline]
    pub(crate) fn own(self) -> i32 {
        i32::from(self.0 as i16)
    }

    /// Of the gap behind it.
    #[inline]
    pub(crate) fn before(self) -> i32 {
        i32::from((self.0 >> 16) as i8)
    }

    /// Of the gap before it.
    #[inline]
    pub(crate) fn behind(self) -> i32 {
        i32::from((self.0 >> 24) as i8)
    }

    #[inline]
    pub(crate) fn entry(self) -> Entry {
        Entry((self.0 >> 32) as u16 & 0x7FF)
    }

    /// True for two syllables that were ever joined, or stand in the vocabulary.
    #[inline]
    pub(crate) fn is_known(self) -> bool {
        self.entry().coarse() != 0
    }

    /// What a slot holds of the key.
    #[inline]
    fn rest(self) -> u64 {
        self.0 & !Sums::BITS
    }
}

const SLOT_BITS: u32 = 19;
const SLOTS: usize = 1 << SLOT_BITS;

/// Where a pair is in the table, and what its slot holds of its key.
#[derive(Clone, Copy, Debug, Default)]
struct Place {
    rest: u64,
    at: u32,
}

impl Place {
    /// In no slot's `rest`: the numbers are too large for the table.
    const NOWHERE: u64 = 1 << 62;

    #[inline]
    fn new(left: u32, right: u32, spaced: bool) -> Place {
        const KEY: u64 = (1 << 33) - 1;
        const REST_BITS: u32 = 33 - SLOT_BITS;
        let key = u64::from(left) << 17 | u64::from(right) << 1 | u64::from(spaced);
        let mixed = key.wrapping_mul(0x53F4_A7C1_5E37_79B9) & KEY;
        let rest = (mixed & ((1 << REST_BITS) - 1)) << 43 | Sums::USED;
        let nowhere = if (left | right) >> 16 == 0 { 0 } else { Place::NOWHERE };
        Place { rest: rest | nowhere, at: (mixed >> REST_BITS) as u32 }
    }
}

/// A pair that is not remembered.
#[derive(Clone, Copy, Debug, Default)]
struct New {
    index: u32,
    row: Hash,
    /// Key in the table of pairs, 0 where one is no word.
    key: u64,
}

#[derive(Debug)]
pub(crate) struct Pairs {
    small: Small,
    slots: Box<[u64; SLOTS]>,
    places: Vec<Place>,
    news: Vec<New>,
    /// Keeps reads whose only use is to bring a line into the cache.
    touched: u32,
}

impl Pairs {
    pub(crate) fn new(tables: &Tables<'_>) -> Pairs {
        Pairs {
            small: Small::new(tables),
            slots: boxed(0),
            places: Vec::new(),
            news: Vec::new(),
            touched: 0,
        }
    }

    pub(crate) fn forget(&mut self) {
        self.slots.fill(0);
    }

    /// Appends the sums of the pairs of neighbors in `atoms`; `spaced` says between which white
    /// space stands.
    ///
    /// Tables far larger than the cache are read here, so each is read for all pairs before
    /// anything depends on what was found: then the reads do not wait for each other.
    pub(crate) fn read(
        &mut self,
        atoms: &[Met],
        spaced: &[bool],
        forms: &Forms,
        tables: &Tables<'_>,
        sums: &mut Vec<Sums>,
    ) {
        let begin = sums.len();
        self.places.clear();
        self.places.extend(
            atoms
                .windows(2)
                .zip(spaced)
                .map(|(pair, spaced)| Place::new(pair[0].number, pair[1].number, *spaced)),
        );
        sums.extend(
            self.places.iter().map(|place| Sums(self.slots[place.at as usize & (SLOTS - 1)])),
        );
        self.news.clear();
        for (index, (place, sums)) in self.places.iter().zip(&sums[begin..]).enumerate() {
            if sums.rest() != place.rest {
                let (a, b) = (&atoms[index], &atoms[index + 1]);
                let words = a.shape.is_word() && b.shape.is_word();
                let key = if words { string_key([a.key, b.key]) } else { 0 };
                let row = features::row(a.key, b.key, spaced[index]);
                self.news.push(New { index: index as u32, row, key });
            }
        }
        let touch = |touched, new: &New| touched ^ tables.touch(new.row, new.key);
        self.touched = self.news.iter().fold(self.touched, touch);
        for new in &self.news {
            let i = new.index as usize;
            let [a, b] = [&atoms[i], &atoms[i + 1]].map(|met| forms.known(met));
            let [own, before, behind] = tables.row(new.row);
            let (entry, raw) = match new.key {
                0 => (Entry::default(), Raw::default()),
                key => tables.pair(key),
            };
            let t = usize::from(spaced[i]);
            let pair = Pair { left: a.form, right: b.form, spaced: spaced[i], entry, raw };
            let own = i16::from(own) + a.left[t] + b.right[t] + self.small.sum(&pair);
            let found = Sums::new(own, before, behind, entry);
            sums[begin + i] = found;
            let place = self.places[i];
            if place.rest & Place::NOWHERE == 0 {
                self.slots[place.at as usize & (SLOTS - 1)] = found.0 | place.rest;
            }
        }
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
    counted: Box<[i16; Part::ALL]>,
}

impl Small {
    fn new(tables: &Tables<'_>) -> Small {
        let known = (0..1 << Entry::CLASS_BITS)
            .map(|bits| tables.sum(|emit| features::known(Entry(bits), emit)) as i16)
            .collect();
        let mut shapes = Vec::new();
        for class in 0..=Entry::COARSE {
            for a in Shape::ALL {
                for b in Shape::ALL {
                    shapes.push(tables.sum(|emit| {
                        features::shape_pair(a, b, class > 0, &mut *emit);
                        if class > 0 {
                            features::known_shapes(class as u32 - 1, a, b, emit);
                        }
                    }) as i16);
                }
            }
        }
        let mut counted = boxed(0);
        for (i, sum) in counted.iter_mut().enumerate() {
            *sum = tables.weight(Part::hash_at(i)) as i16;
        }
        Small { known, shapes, counted }
    }

    #[inline]
    fn sum(&self, pair: &Pair) -> i16 {
        let (a, b) = (pair.left.shape, pair.right.shape);
        let class = if pair.spaced { 1 + pair.entry.coarse() as usize } else { 0 };
        let mut sum = self.shapes[(class * Shape::COUNT + a as usize) * Shape::COUNT + b as usize];
        if pair.spaced && a.is_word() && b.is_word() {
            sum += self.known[pair.entry.classes()];
            for part in features::counted(pair) {
                sum += self.counted[part.index()];
            }
        }
        sum
    }
}
