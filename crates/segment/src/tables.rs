//! The trained model: flat little-endian tables, read where they lie.

use crate::evidence::{Entry, Raw};
use crate::features::Hash;
use crate::model::Knowledge;

/// First bytes of a model file: name and version of the format.
pub const MAGIC: [u8; 8] = *b"bnwords1";

/// The model that the crate carries.
static EMBEDDED: &Aligned<[u8]> = &Aligned(*include_bytes!("../models/words.bin"));

/// Tables of 32-bit numbers are read in place, so they have to lie on their boundaries.
#[repr(C, align(16))]
struct Aligned<B: ?Sized>(B);

/// A model: weights, and what counting said of words, pairs and syllables.
#[derive(Clone, Copy, Debug)]
pub struct Tables<'a> {
    /// One weight a slot, in steps of 1/64.
    weights: &'a [i8],
    /// Strings of two to four syllables; a slot holds 16 bits of the key and the entry.
    lexicon: &'a [u32],
    /// Pairs of neighbors; a slot holds 16 bits of the key and what raw text says.
    pairs: &'a [u32],
    /// Syllables: key and usage.
    syllables: &'a [[u32; 2]],
}

/// Steps of a weight of one.
pub const STEPS: f32 = 64.0;

impl Tables<'static> {
    /// The embedded model.
    pub fn embedded() -> Tables<'static> {
        Tables::from_bytes(&EMBEDDED.0).expect("the embedded model has this format")
    }
}

impl<'a> Tables<'a> {
    /// Reads a model in place: magic, four lengths in bytes, then the tables. `None` when the magic
    /// or a length is not what it should be. Cost: nothing is parsed or copied.
    pub fn from_bytes(bytes: &'a [u8]) -> Option<Tables<'a>> {
        let rest = bytes.strip_prefix(&MAGIC)?;
        let (lengths, _) = rest.split_at_checked(24)?;
        let length = |i: usize| -> Option<usize> {
            Some(u32::from_le_bytes(lengths.get(4 * i..4 * i + 4)?.try_into().ok()?) as usize)
        };
        let mut rest = rest.get(24..)?;
        let mut table = |i: usize| -> Option<&'a [u8]> {
            let (table, more) = rest.split_at_checked(length(i)?)?;
            rest = more;
            Some(table)
        };
        let tables = Tables {
            weights: bytemuck::try_cast_slice(table(0)?).ok()?,
            lexicon: bytemuck::try_cast_slice(table(1)?).ok()?,
            pairs: bytemuck::try_cast_slice(table(2)?).ok()?,
            syllables: bytemuck::try_cast_slice(table(3)?).ok()?,
        };
        let sound = tables.weights.len().is_power_of_two()
            && tables.lexicon.len().is_power_of_two()
            && tables.pairs.len().is_power_of_two()
            && tables.syllables.len().is_power_of_two();
        sound.then_some(tables)
    }

    /// The weight of a feature, in steps.
    #[inline]
    pub fn weight(&self, feature: Hash) -> i32 {
        i32::from(self.weights[feature as usize & (self.weights.len() - 1)])
    }

    /// The entry of a string of syllables.
    #[inline]
    pub fn entry(&self, key: u64) -> Entry {
        Entry(find(self.lexicon, key))
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

    fn entry(&self, _at: usize, _n: usize, key: u64) -> Entry {
        Tables::entry(self, key)
    }

    fn raw(&self, left: u32, right: u32) -> Raw {
        Raw(find(self.pairs, crate::model::string_key([left, right])))
    }
}

fn slot(key: u64, value: u16) -> u32 {
    ((key >> 48) as u32 | 1) << 16 | u32::from(value)
}

fn find(table: &[u32], key: u64) -> u16 {
    let mask = table.len() - 1;
    let mut at = key as usize & mask;
    let wanted = slot(key, 0);
    loop {
        let found = table[at];
        if found == 0 {
            return 0;
        }
        if found & 0xFFFF_0000 == wanted {
            return found as u16;
        }
        at = (at + 1) & mask;
    }
}

/// What a model file is made of; the trainer fills it in.
#[derive(Clone, Debug, Default)]
pub struct Parts {
    /// Weights in steps of 1/64; a power of two of them.
    pub weights: Vec<i8>,
    /// Entries by key of their string.
    pub lexicon: Vec<(u64, u16)>,
    /// What raw text says of pairs, by key of the pair.
    pub pairs: Vec<(u64, u16)>,
    /// Usages by key of the syllable.
    pub syllables: Vec<(u32, u32)>,
}

impl Parts {
    /// The bytes of the model file. Items are placed in the order of their keys, so equal parts
    /// give equal bytes.
    pub fn to_bytes(mut self) -> Vec<u8> {
        let lexicon = place(&mut self.lexicon);
        let pairs = place(&mut self.pairs);
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
            bytemuck::cast_slice(&lexicon),
            bytemuck::cast_slice(&pairs),
            bytemuck::cast_slice(&syllables),
        ];
        for table in tables {
            out.extend((table.len() as u32).to_le_bytes());
        }
        out.extend([0; 8]);
        tables.iter().for_each(|table| out.extend(*table));
        out
    }
}

fn place(items: &mut [(u64, u16)]) -> Vec<u32> {
    items.sort_unstable();
    let mut table = vec![0u32; (items.len() * 17 / 16 + 1).next_power_of_two().max(4)];
    for (key, value) in items {
        let mut at = *key as usize & (table.len() - 1);
        while table[at] != 0 {
            at = (at + 1) & (table.len() - 1);
        }
        table[at] = slot(*key, *value);
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
        let parts = Parts {
            weights: vec![3; 4],
            lexicon: vec![(0x71 << 48 | 1, 5), (0x91 << 48 | 1, 6)],
            pairs: vec![(11, 2)],
            syllables: vec![(8, 77), (16, 78)],
        };
        let bytes = parts.to_bytes();
        let mut aligned = vec![0u128; bytes.len().div_ceil(16)];
        bytemuck::cast_slice_mut(&mut aligned)[..bytes.len()].copy_from_slice(&bytes);
        let tables = Tables::from_bytes(&bytemuck::cast_slice(&aligned)[..bytes.len()]).unwrap();
        assert_eq!(tables.entry(0x91 << 48 | 1), Entry(6));
        assert_eq!(tables.entry(0x81 << 48 | 1), Entry(0));
        assert_eq!((tables.usage(16), tables.usage(24)), (78, 0));
        assert_eq!(tables.weight(5), 3);
    }

    #[test]
    fn another_format_is_refused() {
        assert!(Tables::from_bytes(b"bnwords0").is_none());
        assert!(Tables::from_bytes(&MAGIC).is_none());
    }
}
