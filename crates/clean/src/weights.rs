//! The weights of the sequence model: a row of one byte a label for each feature.

use crate::features;
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
    hashed(template, values.into_iter().fold(0, packed))
}

/// The values of a feature as one number.
#[inline(always)]
pub(crate) fn packed(values: u64, value: u64) -> u64 {
    values << 6 ^ value
}

/// The feature of `template` with packed values.
#[inline(always)]
pub(crate) fn hashed(template: u64, packed: u64) -> Feature {
    // The finisher of MurmurHash3, without its last step.
    let mut x = packed ^ template.wrapping_mul(0x9E37_79B9_7F4A_7C15);
    x = (x ^ (x >> 33)).wrapping_mul(0xFF51_AFD7_ED55_8CCD);
    x = (x ^ (x >> 33)).wrapping_mul(0xC4CE_B9FE_1A85_EC53);
    Feature(x & !0x7F | template)
}

/// Steps of the chain's scores in one.
pub(crate) const CHAIN_STEPS: f32 = 2048.0;

const BUCKET_BITS: u32 = 13;
const BUCKETS: usize = 1 << BUCKET_BITS;

/// Rows of a bucket. A feature is in its bucket or nowhere.
const ROWS: usize = 4;

/// Takes the features of a piece.
pub(crate) trait Sink {
    /// What it makes of them.
    type Found;

    /// A feature of a template with few values; see [`features::number`].
    fn few<const TEMPLATE: u64, const N: usize>(&mut self, values: [u64; N]);

    /// Any other feature.
    fn add(&mut self, feature: Feature);

    fn found(self) -> Self::Found;
}

impl Sink for Vec<Feature> {
    type Found = Vec<Feature>;

    fn few<const TEMPLATE: u64, const N: usize>(&mut self, values: [u64; N]) {
        features::number::<TEMPLATE, N>(values); // checks them
        self.push(feature(TEMPLATE, values));
    }

    fn add(&mut self, feature: Feature) {
        self.push(feature);
    }

    fn found(self) -> Vec<Feature> {
        self
    }
}

/// The rows, found by their tags: four of sixteen bits are compared at once.
#[derive(Debug)]
pub(crate) struct Weights {
    tags: Box<[u64; BUCKETS]>,
    /// Those of the buckets, one of zeros, and copies of those with few values.
    rows: Box<[Lanes; 1 << 16]>,
    /// Number of the row of each feature of templates with few values.
    few: Box<[u16; 1 << 16]>,
    /// Value of one step.
    pub(crate) step: f32,
}

/// Number of a row of zeros.
const NONE: u16 = (BUCKETS * ROWS) as u16;

/// A row in lanes of sixteen bits, so that rows are added up in four sums: the labels of the first
/// half of the row that are even, those that are odd, then the second half. A weight below zero
/// borrows from the lanes above it.
type Lanes = [i64; 4];

fn lanes(row: &[u8; labels::COUNT]) -> Lanes {
    const EVEN: u64 = 0x00FF_00FF_00FF_00FF;
    const BIAS: u64 = 0x0080_0080_0080_0080;
    let lanes = |bytes: u64| ((bytes & EVEN) ^ BIAS).wrapping_sub(BIAS) as i64;
    let [a, b] = [0, 1].map(|half| u64::from_le_bytes(row.as_chunks().0[half]));
    [lanes(a), lanes(a >> 8), lanes(b), lanes(b >> 8)]
}

#[inline(always)]
fn by_label(lanes: &Lanes) -> [i16; labels::COUNT] {
    let mut row = [0; labels::COUNT];
    for (i, lanes) in lanes.iter().enumerate() {
        let mut lanes = *lanes;
        for lane in 0..4 {
            let weight = lanes as i16;
            row[i / 2 * 8 + lane * 2 + i % 2] = weight;
            lanes = (lanes - i64::from(weight)) >> 16;
        }
    }
    row
}

impl Weights {
    /// Bytes of the table in a file.
    pub(crate) const BYTES: usize = BUCKETS * ROWS * (2 + labels::COUNT);

    /// Reads the table: tags, then rows.
    pub(crate) fn read(bytes: &[u8], step: f32) -> Option<Weights> {
        let (tags, rows) = bytes.get(..Weights::BYTES)?.split_at(BUCKETS * ROWS * 2);
        // Pages of memory behind the rows are never touched.
        let mut all = vec![[0; 4]; 1 << 16];
        let rows = rows.as_chunks().0.iter().map(lanes);
        all.iter_mut().zip(rows).for_each(|(lanes, row)| *lanes = row);
        let tags = tags.as_chunks().0.iter().map(|tags| u64::from_le_bytes(*tags));
        let mut weights = Weights {
            tags: tags.collect::<Vec<_>>().try_into().ok()?,
            rows: all.try_into().ok()?,
            few: vec![NONE; 1 << 16].try_into().ok()?,
            step,
        };
        // Rows that are looked up by number stand together, once more behind the others.
        let mut free = NONE;
        let mut few = Vec::new();
        features::few(|feature| {
            let row = weights.number(feature);
            let last = free == u16::MAX;
            few.push(if row == NONE || last { row } else { free + 1 });
            if row != NONE && !last {
                free += 1;
                weights.rows[usize::from(free)] = weights.rows[usize::from(row)];
            }
        });
        few.resize(1 << 16, NONE);
        weights.few = few.try_into().ok()?;
        Some(weights)
    }

    /// Number of the row of a feature; of one of zeros when it is unknown.
    #[inline(always)]
    fn number(&self, feature: Feature) -> u16 {
        const ONES: u64 = 0x0001_0001_0001_0001;
        let bucket = feature.bucket();
        // Zero where the tag is that of the feature; the lowest zero is found.
        let tags = self.tags[bucket] ^ (u64::from(feature.tag()) * ONES);
        let zeros = tags.wrapping_sub(ONES) & !tags & (ONES << 15);
        let at = bucket * ROWS + zeros.trailing_zeros() as usize / 16;
        if zeros == 0 { NONE } else { at as u16 }
    }

    /// The weights of a feature by label; zeros when it is unknown.
    pub(crate) fn row(&self, feature: Feature) -> [i16; labels::COUNT] {
        by_label(&self.rows[usize::from(self.number(feature))])
    }

    /// Adds up the rows of features.
    pub(crate) fn sum(&self) -> Sum<'_> {
        Sum { weights: self, lanes: [0; 4] }
    }
}

/// The rows of the features that it took, added up.
#[derive(Debug)]
pub(crate) struct Sum<'w> {
    weights: &'w Weights,
    lanes: Lanes,
}

impl Sum<'_> {
    #[inline(always)]
    fn add_row(&mut self, row: u16) {
        let row = &self.weights.rows[usize::from(row)];
        self.lanes.iter_mut().zip(row).for_each(|(sum, row)| *sum += row);
    }
}

impl Sink for Sum<'_> {
    /// The sum of each label.
    type Found = [i32; labels::COUNT];

    #[inline(always)]
    fn few<const TEMPLATE: u64, const N: usize>(&mut self, values: [u64; N]) {
        let number = features::number::<TEMPLATE, N>(values);
        self.add_row(self.weights.few[usize::from(number)]);
    }

    #[inline(always)]
    fn add(&mut self, feature: Feature) {
        self.add_row(self.weights.number(feature));
    }

    #[inline(always)]
    fn found(self) -> [i32; labels::COUNT] {
        by_label(&self.lanes).map(i32::from)
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
