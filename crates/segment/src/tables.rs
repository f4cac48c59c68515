//! The trained model: flat little-endian tables, read where they lie.

use crate::evidence::{Entry, Raw};
use crate::features::Hash;
use crate::model::{Knowledge, string_key};

/// First bytes of a model file: name and version of the format.
pub const MAGIC: [u8; 8] = *b"bnwords2";

/// The model that the crate carries.
static EMBEDDED: &Aligned<[u8]> = &Aligned(*include_bytes!("../models/words.bin"));

/// Tables are read in place, and a bucket is one line of the cache.
#[repr(C, align(64))]
struct Aligned<B: ?Sized>(B);

/// A model: weights, and what counting said of words, pairs and syllables.
#[derive(Clone, Copy, Debug)]
pub struct Tables<'a> {
    /// One weight a slot, in steps of 1/64.
    weights: &'a [i8],
    /// Pairs of syllables; a slot holds 14 bits of the key, what raw text says, and the entry.
    pairs: &'a [Bucket],
    /// Strings of three and four syllables; a slot holds 21 bits of the key and the entry.
    strings: &'a [Bucket],
    /// Syllables: key and usage.
    syllables: &'a [[u32; 2]],
}

/// Slots that are looked at together; the first bucket with an empty one ends a search.
type Bucket = [u32; 16];

/// Bytes before the first table.
const HEADER: usize = 64;

/// Bits of an entry in a slot, and of what raw text says above them.
const ENTRY_BITS: u32 = 11;
const RAW_BITS: u32 = 7;
const PAIR_BITS: u32 = ENTRY_BITS + RAW_BITS;

/// Steps of a weight of one.
pub const STEPS: f32 = 64.0;

impl Tables<'static> {
    /// The embedded model.
    pub fn embedded() -> Tables<'static> {
        Tables::from_bytes(&EMBEDDED.0).expect("the embedded model has this format")
    }
}

impl<'a> Tables<'a> {
    /// Reads a model in place: magic, four lengths in bytes, then from byte 64 the tables. `None` when the magic
    /// or a length is not what it should be. Cost: nothing is parsed or copied.
    pub fn from_bytes(bytes: &'a [u8]) -> Option<Tables<'a>> {
        let rest = bytes.strip_prefix(&MAGIC)?;
        let (lengths, _) = rest.split_at_checked(16)?;
        let length = |i: usize| -> Option<usize> {
            Some(u32::from_le_bytes(lengths.get(4 * i..4 * i + 4)?.try_into().ok()?) as usize)
        };
        let mut rest = bytes.get(HEADER..)?;
        let mut table = |i: usize| -> Option<&'a [u8]> {
            let (table, more) = rest.split_at_checked(length(i)?)?;
            rest = more;
            Some(table)
        };
        let tables = Tables {
            weights: bytemuck::try_cast_slice(table(0)?).ok()?,
            pairs: bytemuck::try_cast_slice(table(1)?).ok()?,
            strings: bytemuck::try_cast_slice(table(2)?).ok()?,
            syllables: bytemuck::try_cast_slice(table(3)?).ok()?,
        };
        let sound = tables.weights.len().is_power_of_two()
            && tables.pairs.len().is_power_of_two()
            && tables.strings.len().is_power_of_two()
            && tables.syllables.len().is_power_of_two();
        sound.then_some(tables)
    }

    /// The weight of a feature, in steps.
    #[inline]
    pub fn weight(&self, feature: Hash) -> i32 {
        i32::from(self.weights[feature as usize & (self.weights.len() - 1)])
    }

    /// The sum of the weights of what is emitted.
    #[inline]
    pub(crate) fn sum(&self, features: impl FnOnce(&mut dyn FnMut(Hash))) -> i32 {
        let mut sum = 0;
        features(&mut |hash| sum += self.weight(hash));
        sum
    }

    /// The weights of three features that lie together, the first a multiple of four.
    #[inline]
    pub(crate) fn row(&self, first: Hash) -> [i8; 3] {
        let at = first as usize & (self.weights.len() - 1);
        match self.weights.get(at..at + 3) {
            Some(row) => [row[0], row[1], row[2]],
            None => [0; 3],
        }
    }

    /// Reads where [`Tables::row`] and [`Tables::pair`] will look. The value says nothing: reads
    /// that nothing waits for happen all at once.
    #[inline]
    pub(crate) fn touch(&self, row: Hash, pair: u64) -> u32 {
        let weight = self.weights[row as usize & (self.weights.len() - 1)];
        weight as u32 ^ self.pairs[pair as usize & (self.pairs.len() - 1)][0]
    }

    /// What the lexicon and raw text say of two syllables, by the key of the string.
    #[inline]
    pub(crate) fn pair(&self, key: u64) -> (Entry, Raw) {
        let found = find(self.pairs, key, PAIR_BITS);
        (Entry(found as u16 & ((1 << ENTRY_BITS) - 1)), Raw((found >> ENTRY_BITS) as u16))
    }

    /// The entry of a string of three or four syllables.
    #[inline]
    pub fn string(&self, key: u64) -> Entry {
        Entry(find(self.strings, key, ENTRY_BITS) as u16)
    }
}

impl Knowledge for Tables<'_> {
    fn usage(&self, key: u32) -> u32 {
        let mask = self.syllables.len() - 1;
        let mut at = key as usize & mask;
        loop {
            match self.syllables[at] {
                [0, 0] => return 0,
                [found, usage] if found == key => return usage,
                _ => at = (at + 1) & mask,
            }
        }
    }

    fn pair(&self, _at: usize, left: u32, right: u32) -> (Entry, Raw) {
        Tables::pair(self, string_key([left, right]))
    }

    fn string(&self, _at: usize, _n: usize, key: u64) -> Entry {
        Tables::string(self, key)
    }
}

/// What a slot holds below its bits of the key; 0 for a key that is not there.
#[inline]
fn find(table: &[Bucket], key: u64, bits: u32) -> u32 {
    let mut at = key as usize & (table.len() - 1);
    let wanted = tag(key, bits);
    loop {
        let bucket = &table[at];
        let (mut found, mut full) = (0, true);
        // Without a branch, so that the compiler makes vector code of it.
        for slot in bucket {
            found |= if slot >> bits == wanted { *slot } else { 0 };
            full &= *slot != 0;
        }
        if found != 0 || !full {
            return found & ((1 << bits) - 1);
        }
        at = (at + 1) & (table.len() - 1);
    }
}

/// The upper bits of the key that a slot keeps.
fn tag(key: u64, bits: u32) -> u32 {
    (key >> (32 + bits)) as u32
}

/// What a model file is made of; the trainer fills it in.
#[derive(Clone, Debug, Default)]
pub struct Parts {
    /// Weights in steps of 1/64; a power of two of them.
    pub weights: Vec<i8>,
    /// Entries of pairs and what raw text says of them, by key of the pair; never both empty.
    pub pairs: Vec<(u64, Entry, Raw)>,
    /// Entries of strings of three and four syllables, by key; never empty.
    pub strings: Vec<(u64, Entry)>,
    /// Usages by key of the syllable.
    pub syllables: Vec<(u32, u32)>,
}

impl Parts {
    /// The bytes of the model file. Items are placed in the order of their keys, so equal parts
    /// give equal bytes.
    pub fn to_bytes(mut self) -> Vec<u8> {
        let pairs = self
            .pairs
            .iter()
            .map(|(key, entry, raw)| (*key, u32::from(entry.0) | u32::from(raw.0) << ENTRY_BITS));
        let pairs = place(pairs.collect(), PAIR_BITS);
        let strings = self.strings.iter().map(|(key, entry)| (*key, u32::from(entry.0)));
        let strings = place(strings.collect(), ENTRY_BITS);
        self.syllables.sort_unstable();
        let mut syllables = vec![[0u32; 2]; (self.syllables.len() * 3 / 2 + 1).next_power_of_two()];
        for (key, usage) in self.syllables {
            let mut at = key as usize & (syllables.len() - 1);
            while syllables[at] != [0, 0] {
                at = (at + 1) & (syllables.len() - 1);
            }
            syllables[at] = [key, usage];
        }
        let mut out = MAGIC.to_vec();
        let tables: [&[u8]; 4] = [
            bytemuck::cast_slice(&self.weights),
            bytemuck::cast_slice(&pairs),
            bytemuck::cast_slice(&strings),
            bytemuck::cast_slice(&syllables),
        ];
        for table in tables {
            out.extend((table.len() as u32).to_le_bytes());
        }
        out.resize(HEADER, 0);
        tables.iter().for_each(|table| out.extend(*table));
        out
    }
}

/// Buckets of values below `1 << bits`; of two keys that a slot cannot tell apart the first stays.
fn place(mut items: Vec<(u64, u32)>, bits: u32) -> Vec<Bucket> {
    items.sort_unstable();
    let len = (items.len() * 9 / 8 / 16 + 1).next_power_of_two();
    let mut table: Vec<Bucket> = vec![[0; 16]; len];
    for (key, value) in items {
        let slot = tag(key, bits) << bits | value;
        let mut at = key as usize & (len - 1);
        loop {
            let same = |s: &u32| *s != 0 && s >> bits == slot >> bits;
            if table[at].iter().any(same) {
                break;
            }
            if let Some(empty) = table[at].iter_mut().find(|s| **s == 0) {
                *empty = slot;
                break;
            }
            at = (at + 1) & (len - 1);
        }
    }
    table
}

#[cfg(target_endian = "big")]
compile_error!("the tables are little-endian and read where they lie");

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_written_is_found() {
        let long = |upper: u64| upper << 48 | 1;
        let parts = Parts {
            weights: vec![3; 4],
            pairs: vec![(string_key([1, 2]), Entry(5), Raw(9))],
            strings: (1..18).map(|i| (long(i), Entry(i as u16))).collect(),
            syllables: vec![(8, 77), (16, 78)],
        };
        let bytes = parts.to_bytes();
        let mut aligned = vec![0u128; bytes.len().div_ceil(16)];
        bytemuck::cast_slice_mut(&mut aligned)[..bytes.len()].copy_from_slice(&bytes);
        let tables = Tables::from_bytes(&bytemuck::cast_slice(&aligned)[..bytes.len()]).unwrap();
        assert_eq!(tables.pair(string_key([1, 2])), (Entry(5), Raw(9)));
        assert_eq!(tables.pair(string_key([2, 1])), (Entry(0), Raw(0)));
        // More than a bucket holds.
        assert!((1..18).all(|i| tables.string(long(i)) == Entry(i as u16)));
        assert_eq!(tables.string(long(18)), Entry(0));
        assert_eq!((tables.usage(16), tables.usage(24)), (78, 0));
        assert_eq!(tables.weight(5), 3);
    }

    #[test]
    fn another_format_is_refused() {
        assert!(Tables::from_bytes(b"bnwords0").is_none());
        assert!(Tables::from_bytes(&MAGIC).is_none());
    }
}
