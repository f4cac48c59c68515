//! The weights of the sequence model: a row of one byte a label for each feature.

use crate::labels;

/// A feature: hashed values, and the number of its template in the seven low bits.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Feature(pub(crate) u64);

impl Feature {
    /// Its template.
    pub fn template(self) -> u64 {
        self.0 & 0x7F
    }

    /// Its number, the same in each run.
    pub fn number(self) -> u64 {
        self.0
    }

    fn bucket(self) -> usize {
        (self.0 >> (64 - BUCKET_BITS)) as usize
    }

    fn tag(self) -> u16 {
        (self.0 >> 24) as u16 | 1
    }
}

/// The feature of `template` with some values; all but the first are smaller than 64.
#[inline(always)]
pub(crate) fn feature<const N: usize>(template: u64, values: [u64; N]) -> Feature {
    let packed = values.iter().fold(0, |packed, value| packed << 6 ^ value);
    // The finisher of MurmurHash3, without its last step.
    let mut x = packed ^ template.wrapping_mul(0x9E37_79B9_7F4A_7C15);
    x = (x ^ (x >> 33)).wrapping_mul(0xFF51_AFD7_ED55_8CCD);
    x = (x ^ (x >> 33)).wrapping_mul(0xC4CE_B9FE_1A85_EC53);
    Feature(x & !0x7F | template)
}

/// A row of weights, by label.
pub(crate) type Row = [i8; labels::COUNT];

/// Steps of the chain's scores in one.
pub(crate) const CHAIN_STEPS: f32 = 2048.0;

const BUCKET_BITS: u32 = 13;
const BUCKETS: usize = 1 << BUCKET_BITS;

/// Rows of a bucket. A feature is in its bucket or nowhere.
const ROWS: usize = 4;

/// The rows, found by their tags: four of sixteen bits are compared at once.
#[derive(Debug)]
pub(crate) struct Weights {
    tags: Box<[[u16; ROWS]]>,
    rows: Box<[[Row; ROWS]]>,
    /// Value of one step.
    pub(crate) step: f32,
}

impl Weights {
    /// Bytes of the table in a file.
    pub(crate) const BYTES: usize = BUCKETS * ROWS * (2 + labels::COUNT);

    /// Reads the table: tags, then rows.
    pub(crate) fn read(bytes: &[u8], step: f32) -> Option<Weights> {
        let (tags, rows) = bytes.get(..Weights::BYTES)?.split_at(BUCKETS * ROWS * 2);
        let tag = |pair: &[u8; 2]| u16::from_le_bytes(*pair);
        let tags = tags.as_chunks::<2>().0.as_chunks::<ROWS>().0;
        let rows = rows.as_chunks::<{ labels::COUNT }>().0.as_chunks::<ROWS>().0;
        Some(Weights {
            tags: tags.iter().map(|bucket| bucket.each_ref().map(tag)).collect(),
            rows: rows.iter().map(|bucket| bucket.map(|row| row.map(|b| b as i8))).collect(),
            step,
        })
    }

    /// The row of a feature; `None` when it is unknown.
    #[inline]
    pub(crate) fn row(&self, feature: Feature) -> Option<&Row> {
        let bucket = feature.bucket();
        let tag = feature.tag();
        let at = self.tags[bucket].iter().position(|t| *t == tag)?;
        Some(&self.rows[bucket][at])
    }

    /// Adds the rows of features up.
    #[inline]
    pub(crate) fn sum(&self, features: &[Feature]) -> [i16; labels::COUNT] {
        let mut sum = [0i16; labels::COUNT];
        for feature in features {
            if let Some(row) = self.row(*feature) {
                sum.iter_mut().zip(row).for_each(|(sum, weight)| *sum += i16::from(*weight));
            }
        }
        sum
    }
}

/// The table of a model's features with their weights by label, and the value of one step. Where
/// more than [`ROWS`] share a bucket those that weigh least are left out. For training.
pub(crate) fn pack(features: &[(u64, Vec<(u8, f32)>)]) -> (Vec<u8>, f32) {
    let heaviest = |weights: &[(u8, f32)]| weights.iter().fold(0f32, |m, (_, w)| m.max(w.abs()));
    let largest = features.iter().map(|(_, weights)| heaviest(weights)).fold(0f32, f32::max);
    // A whole number of the steps of the chain, so that their sums are whole numbers too.
    let step = (largest / 127.0 * CHAIN_STEPS).ceil().max(1.0) / CHAIN_STEPS;
    let mut sorted: Vec<_> = features.iter().collect();
    sorted.sort_by(|a, b| heaviest(&b.1).total_cmp(&heaviest(&a.1)).then(a.0.cmp(&b.0)));
    let mut tags = vec![0u16; BUCKETS * ROWS];
    let mut rows = vec![0u8; BUCKETS * ROWS * labels::COUNT];
    let seen = |weight: &f32| (weight / step).round() != 0.0;
    for (number, weights) in sorted.into_iter().filter(|f| f.1.iter().any(|(_, w)| seen(w))) {
        let feature = Feature(*number);
        let bucket = feature.bucket() * ROWS;
        let mut slots = bucket..bucket + ROWS;
        let Some(slot) = slots.find(|slot| [0, feature.tag()].contains(&tags[*slot])) else {
            continue;
        };
        tags[slot] = feature.tag();
        for (label, weight) in weights {
            rows[slot * labels::COUNT + usize::from(*label)] = (weight / step).round() as i8 as u8;
        }
    }
    let mut bytes: Vec<u8> = tags.iter().flat_map(|tag| tag.to_le_bytes()).collect();
    bytes.extend(rows);
    (bytes, step)
}
