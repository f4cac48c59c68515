//! The tables of a model, as they lie in a file and as they are read.

use bytemuck::{cast_slice, pod_read_unaligned, try_cast_slice};

/// Score of a transition that must not happen.
pub const FORBIDDEN: f32 = -1e9;

/// A trained model as plain numbers, on its way into a file.
#[derive(Clone, Debug, PartialEq)]
pub struct Tables {
    /// Number of labels, at most 255.
    pub labels: usize,
    /// Score of each label at the first position.
    pub start: Vec<f32>,
    /// Score of each label at the last position.
    pub end: Vec<f32>,
    /// Score of going from one label to another, `from * labels + to`; [`FORBIDDEN`] for never.
    pub transitions: Vec<f32>,
    /// Features with their weights by label; the order does not matter.
    pub features: Vec<(u64, Vec<(u8, f32)>)>,
}

const MAGIC: [u8; 8] = *b"bantcrf\n";
const VERSION: u32 = 1;
const HEADER: usize = 40;

/// Models with fewer labels than this keep all rows sparse.
const DENSE_LABELS: usize = 16;
/// A row with at least this many weights is stored dense: adding whole vectors is faster than
/// picking single labels.
const DENSE_WEIGHTS: usize = 8;

/// Words of a dense row, two weights in each; no sparse row is as long. 0 for a model that has
/// no dense rows.
fn dense_words(labels: usize) -> usize {
    if labels < DENSE_LABELS { 0 } else { labels.next_multiple_of(8) / 2 }
}

impl Tables {
    /// The file: header, transitions, bucket index, entries and weights, all little-endian.
    ///
    /// Weights are rounded to 16 bits of one scale, and those that round to nothing are left out.
    pub fn to_bytes(&self) -> Vec<u8> {
        let labels = self.labels;
        let largest = self
            .features
            .iter()
            .flat_map(|(_, weights)| weights)
            .fold(0.0f32, |largest, (_, weight)| largest.max(weight.abs()));
        // Finer than 1/2048 is noise; coarser only when a weight would not fit.
        let scale = (f32::from(i16::MAX) / largest.max(1e-6)).min(2048.0);
        let mut rows: Vec<(u64, Vec<(u8, i16)>)> = self
            .features
            .iter()
            .map(|(hash, weights)| {
                let mut weights: Vec<_> = weights
                    .iter()
                    .map(|(label, weight)| (*label, (weight * scale).round() as i16))
                    .filter(|(_, weight)| *weight != 0)
                    .collect();
                weights.sort_unstable();
                (*hash, weights)
            })
            .filter(|(_, weights)| !weights.is_empty())
            .collect();
        rows.sort_unstable();
        rows.dedup_by_key(|(hash, _)| *hash);

        let dense_words = dense_words(labels);
        let bucket_bits = usize::BITS - rows.len().max(2).leading_zeros();
        let buckets = 1usize << bucket_bits;
        let mut index = vec![0u32; buckets + 1];
        for (hash, _) in &rows {
            index[bucket(*hash, bucket_bits) + 1] += 1;
        }
        for i in 1..index.len() {
            index[i] += index[i - 1];
        }
        let mut entries = Vec::with_capacity(rows.len() + 1);
        let mut packed: Vec<u32> = Vec::new();
        for (hash, weights) in &rows {
            entries.push((hash & 0xFFFF_FFFF) << 32 | packed.len() as u64);
            if dense_words > 0 && weights.len() >= DENSE_WEIGHTS {
                let mut row = vec![0i16; 2 * dense_words];
                weights.iter().for_each(|(label, weight)| row[usize::from(*label)] = *weight);
                packed.extend(
                    row.chunks_exact(2)
                        .map(|pair| u32::from(pair[1] as u16) << 16 | u32::from(pair[0] as u16)),
                );
                continue;
            }
            packed.extend(
                weights
                    .iter()
                    .map(|(label, weight)| u32::from(*weight as u16) << 16 | u32::from(*label)),
            );
        }
        entries.push(packed.len() as u64);

        let mut out = Vec::new();
        out.extend(MAGIC);
        for number in [VERSION, labels as u32, bucket_bits, rows.len() as u32, packed.len() as u32]
        {
            out.extend(number.to_le_bytes());
        }
        out.extend(scale.to_le_bytes());
        out.extend((dense_words as u32).to_le_bytes());
        out.resize(HEADER, 0);
        for score in self.start.iter().chain(&self.end).chain(&self.transitions) {
            out.extend(score.to_le_bytes());
        }
        out.extend(cast_slice(&index));
        out.resize(out.len().next_multiple_of(8), 0);
        out.extend(cast_slice(&entries));
        out.extend(cast_slice(&packed));
        out
    }
}

fn bucket(hash: u64, bits: u32) -> usize {
    (hash >> (64 - bits)) as usize
}

/// Why bytes are no model.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ModelError {
    /// The magic at the start is not that of a model.
    #[error("not a model of labels: the file does not start with its magic")]
    Magic,
    /// Written by another version.
    #[error("model format version {found}, this build reads {VERSION}")]
    Version {
        /// The version in the file.
        found: u32,
    },
    /// Shorter than its header says, or not aligned to eight bytes.
    #[error("the model ends early or is not aligned to eight bytes")]
    Truncated,
}

/// A trained model, read in place. Shared by all threads.
#[derive(Debug)]
pub struct Model {
    bytes: Bytes,
    pub(crate) labels: usize,
    bucket_bits: u32,
    scale: f32,
    /// Length of a dense row; 0 when there is none.
    pub(crate) dense_words: usize,
    index: Range,
    entries: Range,
    weights: Range,
    pub(crate) start: Vec<i32>,
    pub(crate) end: Vec<i32>,
    /// For each label the labels it may follow, with their scores.
    pub(crate) before: Vec<Vec<(u8, i32)>>,
}

type Range = std::ops::Range<usize>;

#[derive(Debug)]
enum Bytes {
    Static(&'static [u8]),
    /// In words of eight bytes, so that it is aligned.
    Owned(Vec<u64>),
}

/// Lower than any sum of real scores, with room for sums of itself.
pub(crate) const NEVER: i32 = i32::MIN / 8;

impl Model {
    /// Reads a model that was embedded with [`embed!`](crate::embed); nothing is copied.
    pub fn from_bytes(bytes: &'static [u8]) -> Result<Model, ModelError> {
        Model::read(Bytes::Static(bytes))
    }

    /// Reads a model from a file's bytes.
    pub fn from_vec(bytes: Vec<u8>) -> Result<Model, ModelError> {
        let words = bytes
            .chunks(8)
            .map(|chunk| {
                let mut word = [0; 8];
                word[..chunk.len()].copy_from_slice(chunk);
                u64::from_ne_bytes(word)
            })
            .collect();
        Model::read(Bytes::Owned(words))
    }

    fn read(bytes: Bytes) -> Result<Model, ModelError> {
        let all = bytes.as_slice();
        let header = all.get(..HEADER).ok_or(ModelError::Magic)?;
        if header[..8] != MAGIC {
            return Err(ModelError::Magic);
        }
        let number = |at: usize| pod_read_unaligned::<u32>(&header[at..at + 4]);
        if number(8) != VERSION {
            return Err(ModelError::Version { found: number(8) });
        }
        let labels = number(12) as usize;
        let bucket_bits = number(16);
        let (rows, weights) = (number(20) as usize, number(24) as usize);
        let scale = pod_read_unaligned::<f32>(&header[28..32]);
        let dense_words = number(32) as usize;
        if bucket_bits > 31 || ![0, self::dense_words(labels)].contains(&dense_words) {
            return Err(ModelError::Truncated);
        }

        let scores_end = HEADER + 4 * (2 * labels + labels * labels);
        let index = scores_end..scores_end + 4 * ((1 << bucket_bits) + 1);
        let entries_start = index.end.next_multiple_of(8);
        let entries = entries_start..entries_start + 8 * (rows + 1);
        let weights = entries.end..entries.end + 4 * weights;
        if all.len() < weights.end
            || try_cast_slice::<u8, u64>(&all[entries.clone()]).is_err()
            || try_cast_slice::<u8, u32>(&all[index.clone()]).is_err()
        {
            return Err(ModelError::Truncated);
        }
        let scores: Vec<i32> = all[HEADER..scores_end]
            .chunks_exact(4)
            .map(|chunk| {
                let score = pod_read_unaligned::<f32>(chunk);
                if score <= FORBIDDEN { NEVER } else { (score * scale).round() as i32 }
            })
            .collect();
        let (start, rest) = scores.split_at(labels);
        let (end, transitions) = rest.split_at(labels);
        let before = (0..labels)
            .map(|to| {
                (0..labels)
                    .map(|from| (from as u8, transitions[from * labels + to]))
                    .filter(|(_, score)| *score != NEVER)
                    .collect()
            })
            .collect();
        Ok(Model {
            labels,
            bucket_bits,
            scale,
            dense_words,
            index,
            entries,
            weights,
            before,
            start: start.to_vec(),
            end: end.to_vec(),
            bytes,
        })
    }

    /// Number of labels.
    pub fn labels(&self) -> usize {
        self.labels
    }

    /// How many units of the integer scores make one.
    pub(crate) fn scale(&self) -> f32 {
        self.scale
    }

    /// The weights of a feature by label, for explaining a decision; empty when it is unknown.
    pub fn weights(&self, feature: u64) -> impl Iterator<Item = (u8, f32)> {
        let row = self.packed(feature);
        let weights: Vec<(u8, i16)> = match self.dense(row) {
            Some(row) => row.iter().enumerate().map(|(l, w)| (l as u8, *w)).collect(),
            None => row.iter().map(|packed| unpacked(*packed)).collect(),
        };
        let weights = weights.into_iter().filter(|(_, weight)| *weight != 0);
        weights.map(|(label, weight)| (label, f32::from(weight) / self.scale))
    }

    /// The row by label, when it is a dense one.
    #[inline]
    pub(crate) fn dense<'r>(&self, row: &'r [u32]) -> Option<&'r [i16]> {
        (row.len() == self.dense_words && !row.is_empty()).then(|| cast_slice(row))
    }

    /// Weights of a feature. Dense: by label, two in a word. Sparse: label in the low byte,
    /// weight in the high half.
    #[inline]
    pub(crate) fn packed(&self, feature: u64) -> &[u32] {
        let all = self.bytes.as_slice();
        // Checked when the model was read; casting is a comparison of two lengths.
        let index: &[u32] = cast_slice(&all[self.index.clone()]);
        let entries: &[u64] = cast_slice(&all[self.entries.clone()]);
        let bucket = bucket(feature, self.bucket_bits);
        for at in index[bucket] as usize..index[bucket + 1] as usize {
            if entries[at] >> 32 == feature & 0xFFFF_FFFF {
                let weights: &[u32] = cast_slice(&all[self.weights.clone()]);
                let range = entries[at] as u32 as usize..entries[at + 1] as u32 as usize;
                return &weights[range];
            }
        }
        &[]
    }
}

#[inline]
pub(crate) fn unpacked(packed: u32) -> (u8, i16) {
    (packed as u8, (packed >> 16) as u16 as i16)
}

impl Bytes {
    #[inline]
    fn as_slice(&self) -> &[u8] {
        match self {
            Bytes::Static(bytes) => bytes,
            Bytes::Owned(words) => cast_slice(words),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::feature;

    fn tables() -> Tables {
        Tables {
            labels: 3,
            start: vec![0.5, 0.0, FORBIDDEN],
            end: vec![0.0; 3],
            transitions: vec![0.0, 0.25, FORBIDDEN, 0.0, 0.0, 1.0, 0.0, 0.0, 0.0],
            features: (0..500)
                .map(|n| (feature(1, n), vec![((n % 3) as u8, n as f32 / 100.0 - 2.0)]))
                .collect(),
        }
    }

    #[test]
    fn every_weight_is_found_again() {
        let model = Model::from_vec(tables().to_bytes()).unwrap();
        for (hash, weights) in tables().features {
            let found: Vec<_> = model.weights(hash).collect();
            if weights[0].1.abs() < 1e-3 {
                assert!(found.is_empty());
                continue;
            }
            assert_eq!(found.len(), 1);
            assert_eq!(found[0].0, weights[0].0);
            assert!((found[0].1 - weights[0].1).abs() < 1e-3);
        }
        assert_eq!(model.weights(feature(2, 1)).count(), 0);
    }

    #[test]
    fn dense_and_sparse_rows_hold_the_same_weights() {
        let labels = 20;
        let row = |n: u64| (0..n).map(|l| (l as u8, l as f32 - 4.5)).collect::<Vec<_>>();
        let tables = Tables {
            labels,
            start: vec![0.0; labels],
            end: vec![0.0; labels],
            transitions: vec![0.0; labels * labels],
            features: (1..20).map(|n| (feature(1, n), row(n))).collect(),
        };
        let model = Model::from_vec(tables.to_bytes()).unwrap();
        let mut lattice = crate::Lattice::default();
        for (hash, weights) in &tables.features {
            let found: Vec<_> = model.weights(*hash).collect();
            assert_eq!(found.len(), weights.len());
            assert!(found.iter().zip(weights).all(|(a, b)| a.0 == b.0 && (a.1 - b.1).abs() < 1e-3));
            // The last label of the row has the highest score.
            lattice.reset(&model, 1);
            model.add(&mut lattice, 0, *hash);
            let top = weights.iter().rfind(|(_, w)| *w > 0.0);
            assert_eq!(
                model.viterbi(&mut lattice)[0],
                top.map_or(weights.len() as u8 % 20, |t| t.0)
            );
        }
    }

    #[test]
    fn the_order_of_the_features_does_not_change_the_file() {
        let mut reversed = tables();
        reversed.features.reverse();
        assert_eq!(reversed.to_bytes(), tables().to_bytes());
    }

    #[test]
    fn other_files_are_refused_with_a_reason() {
        let bytes = tables().to_bytes();
        assert_eq!(Model::from_vec(b"PK..".to_vec()).unwrap_err(), ModelError::Magic);
        let mut newer = bytes.clone();
        newer[8] = 9;
        assert_eq!(
            Model::from_vec(newer).unwrap_err().to_string(),
            "model format version 9, this build reads 1"
        );
        let short = bytes[..bytes.len() - 16].to_vec();
        assert_eq!(Model::from_vec(short).unwrap_err(), ModelError::Truncated);
    }
}
