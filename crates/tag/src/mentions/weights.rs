//! The weights of all features and the chains they feed, laid out for asking many at a time.

use std::fmt;

use bantin_crf::Tables;

use super::chain::Chain;
use super::features;
use super::layers::{FLAT, INNER, Layer, THINGS, TITLES};

/// Weights by feature, and the steps from label to label.
///
/// A path is the best one whatever is added to all labels of a position, so that the weights of
/// outside are taken from those of the other labels and none is kept for it. What remains of the
/// three chains that are asked everywhere fills one cache line; the chain of places inside
/// organisations is asked there only and has a table of its own.
///
/// A feature costs one cache line of slots and one of weights. Both are asked in loops of their
/// own, `find` and `add`, so that the processor waits for many lines at once.
pub struct Weights {
    everywhere: Slots,
    rows: Vec<Row>,
    inside: Slots,
    inner_rows: Vec<[i16; INNER_LANES]>,
    /// Bits of the hashes that are in `inside`: most are not, and these are few enough to stay near.
    seen_inside: Vec<u64>,
    pub(crate) flat: Chain,
    pub(crate) titles: Chain,
    pub(crate) things: Chain,
    pub(crate) inner: Chain,
}

/// Labels of the chains that are asked everywhere, without those of outside.
const LANES: usize = 32;
const INNER_LANES: usize = 4;
/// Labels of all chains.
const LABELS: usize = INNER.end();

/// One weight or sum for each lane, in parts of [`SCALE`]; see [`Chain`] for their order.
#[derive(Clone, Copy, Debug)]
#[repr(align(64))]
pub(crate) struct Row(pub(crate) [i16; LANES]);

impl Row {
    pub(crate) const NOTHING: Row = Row([0; LANES]);

    #[inline]
    pub(crate) fn add(&mut self, other: &Row) {
        for lane in 0..LANES {
            self.0[lane] = self.0[lane].saturating_add(other.0[lane]);
        }
    }

    /// The lanes whose sum is above a bound, a bit each.
    #[inline]
    pub(crate) fn above(&self, bound: i16) -> u32 {
        let half = |lanes: &[i16]| {
            let (low, high) = lanes.split_at(8);
            // Two comparisons to a number of sixteen bits: the compiler makes vector code of it.
            let mut bits = [0u16; 8];
            for i in 0..8 {
                let low = if low[i] > bound { 1 << i } else { 0 };
                bits[i] = low | if high[i] > bound { 1 << (i + 8) } else { 0 };
            }
            u32::from(bits.into_iter().fold(0, |all, bits| all | bits))
        };
        half(&self.0[..16]) | half(&self.0[16..]) << 16
    }
}

/// Units of the weights in one.
pub(crate) const SCALE: f32 = 512.0;

/// Name of the format with its version in the last byte.
const MAGIC: [u8; 8] = *b"bantagw\x03";

impl fmt::Debug for Weights {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Weights of {} and {} features", self.rows.len(), self.inner_rows.len())
    }
}

impl Weights {
    /// The file of a trained model: magic, the scores of starts, ends and steps, the number of
    /// features, then of each its hash, the number of its weights, and these with their labels;
    /// little-endian.
    pub fn file(tables: &Tables) -> Vec<u8> {
        let mut out = MAGIC.to_vec();
        for score in tables.start.iter().chain(&tables.end).chain(&tables.transitions) {
            out.extend(score.to_le_bytes());
        }
        let rounded = |(hash, weights): &(u64, Vec<(u8, f32)>)| {
            let round = |weight: &f32| (weight * SCALE).round().clamp(-32767.0, 32767.0) as i16;
            let weights = weights.iter().map(|(label, weight)| (*label, round(weight)));
            let weights: Vec<_> = weights.filter(|(_, weight)| *weight != 0).collect();
            (*hash, weights)
        };
        let features = tables.features.iter().map(rounded);
        let features: Vec<_> = features.filter(|(_, weights)| !weights.is_empty()).collect();
        out.extend((features.len() as u32).to_le_bytes());
        for (hash, weights) in features {
            out.extend(hash.to_le_bytes());
            out.push(weights.len() as u8);
            for (label, weight) in weights {
                out.push(label);
                out.extend(weight.to_le_bytes());
            }
        }
        out
    }

    /// Reads the file; `None` when it is another file, another version, or ends early.
    pub fn from_bytes(bytes: &[u8]) -> Option<Weights> {
        let mut rest = bytes.strip_prefix(&MAGIC)?;
        let scores = rest.split_off(..4 * (2 * LABELS + LABELS * LABELS))?;
        let scores: Vec<f32> =
            scores.as_chunks().0.iter().map(|score| f32::from_le_bytes(*score)).collect();
        let (start, scores) = scores.split_at(LABELS);
        let (end, steps) = scores.split_at(LABELS);
        let chain = |layer: Layer, base: usize| Chain::new(layer, base, start, end, steps);
        let len = u32::from_le_bytes(*rest.split_off(..4)?.first_chunk()?) as usize;
        let mut weights = Weights {
            everywhere: Slots::new(len),
            rows: vec![Row::NOTHING],
            inside: Slots::new(0),
            inner_rows: vec![[0; INNER_LANES]],
            seen_inside: vec![0; 1 << (SEEN_BITS - 6)],
            flat: chain(FLAT, 0),
            titles: chain(TITLES, 16),
            things: chain(THINGS, 20),
            inner: chain(INNER, 0),
        };
        let lanes = weights.lanes();
        let mut inside = Vec::new();
        for _ in 0..len {
            let (head, tail) = rest.split_first_chunk::<9>()?;
            let hash = u64::from_le_bytes(*head.first_chunk()?);
            let (row, tail) = tail.split_at_checked(3 * usize::from(head[8]))?;
            rest = tail;
            if weights.put(&lanes, hash, row.as_chunks().0)? {
                inside.push(hash);
            }
        }
        weights.inside = Slots::new(inside.len());
        for (i, hash) in inside.into_iter().enumerate() {
            weights.inside.put(hash, i + 1);
            let bit = seen_bit(hash);
            weights.seen_inside[bit / 64] |= 1 << (bit % 64);
        }
        Some(weights)
    }

    /// The lanes that the weight of each label is added to, or, for outside, taken from: the first
    /// and how many; those of the inner chain behind the others.
    fn lanes(&self) -> [(u8, u8); LABELS] {
        std::array::from_fn(|label| {
            let chains = [&self.flat, &self.titles, &self.things, &self.inner];
            let mine = |chain: &&&Chain| chain.layer.range().contains(&label);
            let chain = chains.iter().find(mine).expect("a label is one of a layer");
            let base = if chain.layer == INNER { LANES } else { 0 };
            let (first, len) = match label - chain.layer.first {
                0 => (chain.base, chain.layer.labels() - 1),
                label => (chain.lane(label), 1),
            };
            ((base + first) as u8, len as u8)
        })
    }

    /// Adds the rows of one feature; true when it has one of the inner chain, `None` when a label
    /// is not there.
    fn put(&mut self, lanes: &[(u8, u8); LABELS], hash: u64, weights: &[[u8; 3]]) -> Option<bool> {
        let mut row = [0i16; LANES + INNER_LANES];
        let (mut everywhere, mut inside) = (false, false);
        for [label, low, high] in weights {
            let weight = i16::from_le_bytes([*low, *high]);
            let (first, len) = *lanes.get(usize::from(*label))?;
            let first = usize::from(first);
            everywhere |= first < LANES;
            inside |= first >= LANES;
            if len == 1 {
                row[first] = row[first].saturating_add(weight);
            } else {
                // The label is an outside.
                for sum in &mut row[first..first + usize::from(len)] {
                    *sum = sum.saturating_sub(weight);
                }
            }
        }
        let (row, inner) = row.split_first_chunk()?;
        if everywhere {
            self.everywhere.put(hash, self.rows.len());
            self.rows.push(Row(*row));
        }
        if inside {
            self.inner_rows.push(*inner.first_chunk()?);
        }
        Some(inside)
    }

    /// Adds to `found` where the weights of each feature lie.
    #[inline]
    pub(crate) fn find(&self, features: &[u64], found: &mut Vec<u32>) {
        found.extend(features.iter().map(|hash| self.everywhere.get(*hash)));
    }

    /// Where the weights of a word lie for the tokens two behind it and two before it.
    pub(crate) fn beside(&self, id: u64) -> [u32; 2] {
        features::beside(id).map(|feature| self.row(feature))
    }

    /// Where the weights of a feature lie.
    pub(crate) fn row(&self, feature: u64) -> u32 {
        self.everywhere.get(feature)
    }

    /// Adds the weights that were found to the sums of a position; nothing is found in row 0.
    #[inline]
    pub(crate) fn add(&self, found: &[u32], sums: &mut Row) {
        for number in found {
            sums.add(&self.rows[*number as usize]);
        }
    }

    /// Adds the weights of one feature.
    pub(crate) fn add_feature(&self, feature: u64, sums: &mut Row) {
        sums.add(&self.rows[self.row(feature) as usize]);
    }

    /// Adds the weights of one feature for the chain of places inside organisations to the first
    /// lanes of a row. Asked for few tokens, so that short code is better than fast code.
    #[inline(never)]
    pub(crate) fn add_inner(&self, feature: u64, sums: &mut Row) {
        let bit = seen_bit(feature);
        if self.seen_inside[bit / 64] >> (bit % 64) & 1 == 0 {
            return;
        }
        let row = &self.inner_rows[self.inside.get(feature) as usize];
        for (sum, weight) in sums.0.iter_mut().zip(row) {
            *sum = sum.saturating_add(*weight);
        }
    }

    /// How much a feature speaks for a label of a layer and against outside.
    pub(crate) fn of(&self, feature: u64, layer: Layer, label: usize) -> f32 {
        let chains = [&self.flat, &self.titles, &self.things, &self.inner];
        let Some(chain) = chains.into_iter().find(|chain| chain.layer == layer) else { return 0.0 };
        let mut row = Row::NOTHING;
        match layer == INNER {
            true => self.add_inner(feature, &mut row),
            false => self.add_feature(feature, &mut row),
        }
        if label == 0 { 0.0 } else { f32::from(row.0[chain.lane(label)]) / SCALE }
    }
}

/// Ten bits for each feature of the inner chain.
const SEEN_BITS: u32 = 17;

fn seen_bit(hash: u64) -> usize {
    hash as usize >> 16 & ((1 << SEEN_BITS) - 1)
}

/// From the hash of a feature to the number of its row.
#[derive(Clone)]
struct Slots {
    /// Buckets of four: a tag of the hash and the number of the row, 0 for an empty slot.
    buckets: Vec<[u32; BUCKET]>,
}

const BUCKET: usize = 4;
const TAG_BITS: u32 = 15;
const NUMBER_BITS: u32 = 32 - TAG_BITS;

impl Slots {
    fn new(entries: usize) -> Slots {
        let buckets = (entries * 3 / 2 / BUCKET).next_power_of_two().max(2);
        Slots { buckets: vec![[0; BUCKET]; buckets] }
    }

    /// # Panics
    /// When there are more rows than a slot can number.
    fn put(&mut self, hash: u64, number: usize) {
        assert!(number < 1 << NUMBER_BITS, "more features than the slots can number");
        let mask = self.buckets.len() - 1;
        let mut bucket = hash as usize & mask;
        // A full bucket overflows into the next one; the last slot of the last is never needed,
        // for there are more slots than entries.
        while self.buckets[bucket][BUCKET - 1] != 0 {
            bucket = (bucket + 1) & mask;
        }
        let tag = (hash >> 32) as u32;
        let entry = number as u32 | tag & !((1 << NUMBER_BITS) - 1);
        // Of two features that nothing tells apart the first counts.
        if self.buckets[bucket].iter().any(|slot| *slot != 0 && (slot ^ tag) >> NUMBER_BITS == 0) {
            return;
        }
        let free = self.buckets[bucket].iter_mut().find(|slot| **slot == 0);
        *free.expect("the last slot of the bucket is free") = entry;
    }

    /// The number of a hash; 0 when it is not there.
    #[inline]
    fn get(&self, hash: u64) -> u32 {
        let mask = self.buckets.len() - 1;
        let mut bucket = hash as usize & mask;
        let tag = (hash >> 32) as u32;
        loop {
            let slots = &self.buckets[bucket & mask];
            // At most one has the tag; an empty slot that seems to adds nothing.
            let same = slots.map(|slot| if (slot ^ tag) >> NUMBER_BITS == 0 { slot } else { 0 });
            let number =
                same.into_iter().fold(0, |sum, slot| sum | slot) & ((1 << NUMBER_BITS) - 1);
            // One branch, which is hardly ever the other way.
            if (number != 0) | (slots[BUCKET - 1] == 0) {
                return number;
            }
            bucket += 1;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use bantin_crf::feature;

    fn tables() -> Tables {
        let row =
            |n: u64| (0..n % 12).map(|l| ((5 * l + n) as u8 % 40, l as f32 / 8.0 - 0.5)).collect();
        Tables {
            labels: LABELS,
            start: vec![0.0; LABELS],
            end: vec![0.0; LABELS],
            transitions: vec![0.0; LABELS * LABELS],
            features: (0..900).map(|n| (feature(1, n), row(n))).collect(),
        }
    }

    #[test]
    fn rows_of_every_length_are_found_again_in_the_file() {
        let bytes = Weights::file(&tables());
        let weights = Weights::from_bytes(&bytes).unwrap();
        let of = |row: &[(u8, f32)], label: usize| {
            row.iter().filter(|(l, _)| usize::from(*l) == label).map(|(_, w)| w).sum::<f32>()
        };
        let mut wrong = 0;
        for (hash, row) in tables().features {
            for layer in super::super::layers::LAYERS {
                for label in 1..layer.labels() {
                    let wanted = of(&row, layer.first + label) - of(&row, layer.first);
                    wrong += usize::from(weights.of(hash, layer, label) != wanted);
                }
            }
        }
        // Two hashes of one bucket share their tag once in some thousands.
        assert!(wrong <= 2 * LABELS, "{wrong}");
        let mut found = Vec::new();
        weights.find(&(0..900).map(|n| feature(2, n)).collect::<Vec<_>>(), &mut found);
        assert!(found.iter().filter(|number| **number != 0).count() <= 2);
        assert!(Weights::from_bytes(&bytes[..bytes.len() - 1]).is_none());
    }
}
