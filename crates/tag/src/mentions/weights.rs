//! The weights of all features, laid out for asking many at a time.

use std::fmt;

use bantin_crf::Tables;

/// Weights by feature.
///
/// A feature costs one cache line of slots and one or two of weights. Both are asked in loops
/// of their own, `find` and `add`, so that the processor waits for many
/// lines at once; one look-up after the other is five times slower.
pub struct Weights {
    /// Buckets of four: a tag of the hash, the form of the row, and its number. 0 for an empty
    /// slot.
    slots: Vec<[u32; BUCKET]>,
    /// Rows of few weights: label and weight in a word, in units of two words.
    sparse: Vec<u32>,
    /// Rows of many weights, by label.
    dense: Vec<i16>,
    labels: usize,
}

const BUCKET: usize = 4;
const TAG_BITS: u32 = 12;
const FORM_BITS: u32 = 2;
const NUMBER_BITS: u32 = 32 - TAG_BITS - FORM_BITS;
/// Sparse rows begin at multiples of this many words; that multiple is their number.
const UNIT: usize = 2;
/// Words of a sparse row by form; the form behind them is the dense one.
const FORMS: [usize; 3] = [2, 4, 8];
const DENSE: u32 = 3;

/// Units of a lattice in one.
pub(crate) const SCALE: f32 = 2048.0;
/// Units of a lattice in one unit of a weight: sums of weights fit 16 bits, whose vectors are
/// added twice as fast as those of 32.
const UNITS: i32 = 4;
/// Labels a position may have.
const LABELS: usize = super::layers::INNER.end();

/// Name of the format with its version in the last byte.
const MAGIC: [u8; 8] = *b"bantagw\x02";

impl fmt::Debug for Weights {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "Weights of {} labels in {} words",
            self.labels,
            self.sparse.len() + self.dense.len() / 2
        )
    }
}

/// Where the weights of a feature lie; 0 when it has none.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Found(u32);

impl Weights {
    /// Lays out the features of a trained model.
    ///
    /// # Panics
    /// When there are more weights than the format can hold.
    pub fn new(tables: &Tables) -> Weights {
        let labels = tables.labels;
        let mut sparse = vec![0u32; UNIT]; // no row has the number 0
        let mut dense = vec![0i16; labels];
        let mut entries = Vec::new();
        for (hash, weights) in &tables.features {
            let scale = SCALE / UNITS as f32;
            let round = |w: &f32| (w * scale).round().clamp(-32767.0, 32767.0) as i16;
            let row: Vec<(u8, i16)> = weights
                .iter()
                .map(|(label, weight)| (*label, round(weight)))
                .filter(|(_, weight)| *weight != 0)
                .collect();
            if row.is_empty() {
                continue;
            }
            let (form, number) = match FORMS.iter().position(|words| row.len() <= *words) {
                Some(form) => {
                    let at = sparse.len();
                    sparse.extend(
                        row.iter().map(|(l, w)| u32::from(*w as u16) << 16 | u32::from(*l)),
                    );
                    sparse.resize(at + FORMS[form], 0);
                    (form as u32, at / UNIT)
                }
                None => {
                    let at = dense.len();
                    dense.resize(at + labels, 0);
                    row.iter()
                        .for_each(|(label, weight)| dense[at + usize::from(*label)] = *weight);
                    (DENSE, at / labels)
                }
            };
            assert!(number < 1 << NUMBER_BITS, "the format holds fewer weights than were trained");
            entries.push((*hash, form << NUMBER_BITS | number as u32));
        }
        let buckets = (entries.len() * 2 / BUCKET).next_power_of_two().max(2);
        let mut slots = vec![[0u32; BUCKET]; buckets];
        for (hash, entry) in entries {
            let mut bucket = hash as usize & (buckets - 1);
            // A full bucket overflows into the next one.
            while slots[bucket][BUCKET - 1] != 0 {
                bucket = (bucket + 1) & (buckets - 1);
            }
            let free = slots[bucket].iter_mut().find(|slot| **slot == 0);
            *free.expect("the last slot of the bucket is free") = entry | tag(hash);
        }
        Weights { slots, sparse, dense, labels }
    }

    /// Adds to `found` where the weights of each feature lie.
    #[inline]
    pub(crate) fn find(&self, features: &[u64], found: &mut Vec<Found>) {
        let mask = self.slots.len() - 1;
        found.extend(features.iter().map(|hash| {
            let mut bucket = *hash as usize & mask;
            let tag = tag(*hash);
            loop {
                let slots = &self.slots[bucket];
                let mut entry = 0;
                for slot in slots {
                    entry = if (slot ^ tag) >> (32 - TAG_BITS) == 0 { *slot } else { entry };
                }
                if entry != 0 || slots[BUCKET - 1] == 0 {
                    return Found(entry);
                }
                bucket = (bucket + 1) & mask;
            }
        }));
    }

    /// Sets the scores of one position to the sums of the weights of its features.
    #[inline]
    pub(crate) fn add(&self, found: &[Found], scores: &mut [i32]) {
        let mut sums = [0i16; LABELS];
        let (dense, _) = self.dense.as_chunks::<LABELS>();
        for Found(entry) in found {
            if *entry == 0 {
                continue;
            }
            let number = (entry & ((1 << NUMBER_BITS) - 1)) as usize;
            match entry >> NUMBER_BITS & ((1 << FORM_BITS) - 1) {
                DENSE => {
                    let row = &dense[number];
                    for (sum, weight) in sums.iter_mut().zip(row) {
                        *sum = sum.saturating_add(*weight);
                    }
                }
                form => {
                    let row = &self.sparse[number * UNIT..][..FORMS[form as usize]];
                    for packed in row {
                        let sum = &mut sums[(packed & 0xFF) as usize];
                        *sum = sum.saturating_add((packed >> 16) as u16 as i16);
                    }
                }
            }
        }
        scores.iter_mut().zip(sums).for_each(|(score, sum)| *score = UNITS * i32::from(sum));
    }

    /// The file: magic, the number of labels, of buckets, of sparse words and of dense weights,
    /// then these; little-endian.
    pub fn to_bytes(&self) -> Vec<u8> {
        let mut out = MAGIC.to_vec();
        for n in [self.labels, self.slots.len(), self.sparse.len(), self.dense.len()] {
            out.extend((n as u32).to_le_bytes());
        }
        self.slots.iter().flatten().for_each(|slot| out.extend(slot.to_le_bytes()));
        self.sparse.iter().for_each(|word| out.extend(word.to_le_bytes()));
        self.dense.iter().for_each(|weight| out.extend(weight.to_le_bytes()));
        out
    }

    /// Reads the file; `None` when it is another file, another version, or ends early.
    pub fn from_bytes(bytes: &[u8]) -> Option<Weights> {
        let rest = bytes.strip_prefix(&MAGIC)?;
        let (header, rest) = rest.split_at_checked(16)?;
        let (numbers, _) = header.as_chunks::<4>();
        let [labels, buckets, sparse, dense] = numbers else { return None };
        let number = |bytes: &[u8; 4]| u32::from_le_bytes(*bytes) as usize;
        let (slots, rest) = rest.split_at_checked(4 * BUCKET * number(buckets))?;
        let (sparse, rest) = rest.split_at_checked(4 * number(sparse))?;
        let (dense, _) = rest.split_at_checked(2 * number(dense))?;
        let words = |bytes: &[u8]| -> Vec<u32> {
            bytes.as_chunks().0.iter().map(|word| u32::from_le_bytes(*word)).collect()
        };
        let slots = words(slots).as_chunks::<BUCKET>().0.to_vec();
        let fits = slots.len().is_power_of_two() && number(labels) == LABELS;
        fits.then(|| Weights {
            slots,
            sparse: words(sparse),
            dense: dense.as_chunks().0.iter().map(|w| i16::from_le_bytes(*w)).collect(),
            labels: number(labels),
        })
    }

    /// The weights of a feature by label, for explaining a decision.
    pub(crate) fn of(&self, feature: u64) -> Vec<(u8, f32)> {
        let mut found = Vec::new();
        self.find(&[feature], &mut found);
        let mut scores = vec![0; self.labels];
        self.add(&found, &mut scores);
        let weights = scores.iter().enumerate().filter(|(_, score)| **score != 0);
        weights.map(|(label, score)| (label as u8, *score as f32 / SCALE)).collect()
    }
}

fn tag(hash: u64) -> u32 {
    ((hash >> 32) as u32) & !((1 << (32 - TAG_BITS)) - 1)
}

#[cfg(test)]
mod tests {
    use super::*;
    use bantin_crf::feature;

    fn tables() -> Tables {
        let row = |n: u64| (0..n % 12).map(|l| (3 * l as u8, l as f32 / 8.0 - 0.5)).collect();
        Tables {
            labels: LABELS,
            start: vec![0.0; LABELS],
            end: vec![0.0; LABELS],
            transitions: vec![0.0; LABELS * LABELS],
            features: (0..900).map(|n| (feature(1, n), row(n))).collect(),
        }
    }

    #[test]
    fn rows_of_every_length_are_found_again_after_writing_and_reading() {
        let bytes = Weights::new(&tables()).to_bytes();
        let weights = Weights::from_bytes(&bytes).unwrap();
        let wrong = tables()
            .features
            .into_iter()
            .map(|(hash, mut row)| {
                row.retain(|(_, weight)| *weight != 0.0);
                (weights.of(hash), row)
            })
            .filter(|(found, row)| found != row)
            .count();
        // Two hashes of one bucket share their tag once in some thousands.
        assert!(wrong <= 2, "{wrong}");
        assert!((0..900).filter(|n| !weights.of(feature(2, *n)).is_empty()).count() <= 2);
        assert!(Weights::from_bytes(&bytes[..bytes.len() - 1]).is_none());
    }
}
