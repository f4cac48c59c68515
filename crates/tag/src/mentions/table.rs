//! A map from hashes to numbers, read in place.

use std::fmt;

/// Maps 64-bit hashes to 32-bit values. The tables of the statistics are such maps: a value is
/// packed from the buckets that the features want.
///
/// The file keeps the low half of a hash beside its value, and finds it by the high bits, so a
/// hash that was never put in is taken for another one in about one of 2^45 cases.
#[derive(Clone)]
pub struct Table {
    bits: u32,
    index: Vec<u32>,
    entries: Vec<(u32, u32)>,
    /// Bits by the low half of a hash, eight for each bucket: most of what is asked is not there,
    /// and this is small enough to stay near.
    seen: Vec<u64>,
}

/// Bits of [`Table::seen`] for each bucket, as a power of two.
const SEEN_BITS: u32 = 3;

impl Default for Table {
    fn default() -> Table {
        Table::new(Vec::new())
    }
}

impl fmt::Debug for Table {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Table of {} entries", self.entries.len())
    }
}

impl Table {
    /// The table of `pairs`; of two equal hashes the first one counts.
    pub fn new(mut pairs: Vec<(u64, u32)>) -> Table {
        pairs.sort_by_key(|(hash, _)| *hash);
        pairs.dedup_by_key(|(hash, _)| *hash);
        let bits = usize::BITS - pairs.len().max(2).leading_zeros();
        let index = vec![0; (1 << bits) + 1];
        let mut table = Table { bits, index, entries: Vec::new(), seen: Vec::new() };
        for (hash, value) in &pairs {
            let bucket = table.bucket(*hash);
            table.index[bucket + 1] += 1;
            table.entries.push((*hash as u32, *value));
        }
        table.sum_index();
        table.see();
        table
    }

    fn see(&mut self) {
        self.seen = vec![0; (1usize << (self.bits + SEEN_BITS)).div_ceil(64)];
        for (low, _) in &self.entries {
            let bit = self.bit(*low);
            self.seen[bit / 64] |= 1 << (bit % 64);
        }
    }

    #[inline]
    fn bit(&self, low: u32) -> usize {
        low as usize & ((1 << (self.bits + SEEN_BITS)) - 1)
    }

    /// The value of a hash; 0 when it is not there.
    #[inline]
    pub fn get(&self, hash: u64) -> u32 {
        let bit = self.bit(hash as u32);
        if self.seen[bit / 64] >> (bit % 64) & 1 == 0 {
            return 0;
        }
        let bucket = self.bucket(hash);
        let range = self.index[bucket] as usize..self.index[bucket + 1] as usize;
        let entry = self.entries[range].iter().find(|(low, _)| *low == hash as u32);
        entry.map_or(0, |(_, value)| *value)
    }

    /// Changes the value of a hash that is there.
    pub fn update(&mut self, hash: u64, change: impl FnOnce(u32) -> u32) {
        let bucket = self.bucket(hash);
        let range = self.index[bucket] as usize..self.index[bucket + 1] as usize;
        let entry = self.entries[range].iter_mut().find(|(low, _)| *low == hash as u32);
        if let Some((_, value)) = entry {
            *value = change(*value);
        }
    }

    /// Number of entries.
    pub fn len(&self) -> usize {
        self.entries.len()
    }

    /// True for a table without entries.
    pub fn is_empty(&self) -> bool {
        self.entries.is_empty()
    }

    /// Appends the table: number of bits, number of entries, the size of each bucket in one
    /// byte, the entries; little-endian.
    pub fn write(&self, out: &mut Vec<u8>) {
        out.extend(self.bits.to_le_bytes());
        out.extend((self.entries.len() as u32).to_le_bytes());
        out.extend(self.index.windows(2).map(|pair| (pair[1] - pair[0]) as u8));
        for (low, value) in &self.entries {
            out.extend(low.to_le_bytes());
            out.extend(value.to_le_bytes());
        }
    }

    /// Reads a table from the front of `bytes`; `None` when they end early.
    pub(crate) fn read(bytes: &mut &[u8]) -> Option<Table> {
        let bits = number(bytes).filter(|bits| *bits <= 28)?;
        let len = number(bytes)? as usize;
        let sizes = bytes.split_off(..1usize << bits)?;
        let index = Vec::with_capacity(sizes.len() + 1);
        let mut table = Table { bits, index, entries: Vec::new(), seen: Vec::new() };
        table.index.push(0);
        table.index.extend(sizes.iter().map(|size| u32::from(*size)));
        table.sum_index();
        if *table.index.last()? as usize != len {
            return None;
        }
        let entries = bytes.split_off(..8 * len)?;
        table.entries.extend(entries.chunks_exact(8).map(|entry| {
            let mut entry = entry;
            (number(&mut entry).unwrap_or(0), number(&mut entry).unwrap_or(0))
        }));
        table.see();
        Some(table)
    }

    fn bucket(&self, hash: u64) -> usize {
        // An empty table has one bucket and no bits to tell it by.
        hash.checked_shr(64 - self.bits).unwrap_or(0) as usize
    }

    fn sum_index(&mut self) {
        for i in 1..self.index.len() {
            self.index[i] += self.index[i - 1];
        }
    }
}

fn number(bytes: &mut &[u8]) -> Option<u32> {
    let (number, rest) = bytes.split_first_chunk()?;
    *bytes = rest;
    Some(u32::from_le_bytes(*number))
}

#[cfg(test)]
mod tests {
    use super::*;
    use bantin_crf::feature;

    #[test]
    fn a_table_is_the_same_after_writing_and_reading() {
        let table = Table::new((0..1000).map(|n| (feature(1, n), n as u32 + 1)).collect());
        let mut bytes = Vec::new();
        table.write(&mut bytes);
        let read = Table::read(&mut bytes.as_slice()).unwrap();
        assert!((0..1000).all(|n| read.get(feature(1, n)) == n as u32 + 1));
        assert_eq!(read.get(feature(2, 1)), 0);
        assert!(Table::read(&mut &bytes[..bytes.len() - 1]).is_none());
    }
}
