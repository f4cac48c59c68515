//! The learned part: two scorers and the sequence model, in one file.

use std::collections::BTreeMap;
use std::fmt;

use bantin_crf::{Lattice, Model, ModelError};

use crate::features::Context;
use crate::labels;
use crate::page::Page;
use crate::pieces::{self, Piece, Unit};
use crate::scorer::Scorer;

const MAGIC: &[u8; 8] = b"bantzone";
const VERSION: u32 = 1;
const HEADER: usize = 32;

/// Why bytes are no model of zones.
#[derive(Debug)]
pub struct ZoneModelError(Kind);

#[derive(Debug)]
enum Kind {
    Magic,
    Version { found: u32 },
    Truncated,
    Sequence(ModelError),
}

impl fmt::Display for ZoneModelError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.0 {
            Kind::Magic => write!(f, "not a model of zones: the magic at its start is missing"),
            Kind::Version { found } => {
                write!(f, "zone model format version {found}, this build reads {VERSION}")
            }
            Kind::Truncated => write!(f, "the zone model ends early"),
            Kind::Sequence(error) => write!(f, "in the zone model: {error}"),
        }
    }
}

impl std::error::Error for ZoneModelError {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match &self.0 {
            Kind::Sequence(error) => Some(error),
            _ => None,
        }
    }
}

/// A table of weights with the value of one step.
#[derive(Debug)]
struct Table {
    weights: Box<[i8]>,
    step: f32,
}

impl Table {
    fn scorer(&self) -> Scorer<'_> {
        Scorer { weights: &self.weights, step: self.step }
    }
}

/// The tables of the learned part. Shared by all threads.
#[derive(Debug)]
pub(crate) struct ZoneModel {
    boundary: Table,
    caption: Table,
    pub(crate) sequence: Model,
}

impl ZoneModel {
    /// The model that is built in.
    pub(crate) fn embedded() -> ZoneModel {
        let bytes: &'static [u8] = bantin_crf::embed!("../models/zones.bin");
        let parts = Parts::split(bytes).expect("the embedded model is whole");
        let sequence =
            Model::from_bytes(&bytes[parts.sequence..]).expect("the embedded model is whole");
        ZoneModel { boundary: parts.boundary, caption: parts.caption, sequence }
    }

    /// A model from a file's bytes.
    pub(crate) fn from_vec(bytes: &[u8]) -> Result<ZoneModel, ZoneModelError> {
        let parts = Parts::split(bytes).map_err(ZoneModelError)?;
        let sequence = Model::from_vec(bytes[parts.sequence..].to_vec())
            .map_err(|error| ZoneModelError(Kind::Sequence(error)))?;
        Ok(ZoneModel { boundary: parts.boundary, caption: parts.caption, sequence })
    }
}

struct Parts {
    boundary: Table,
    caption: Table,
    sequence: usize,
}

impl Parts {
    fn split(bytes: &[u8]) -> Result<Parts, Kind> {
        let header = bytes.get(..HEADER).ok_or(Kind::Magic)?;
        if &header[..8] != MAGIC {
            return Err(Kind::Magic);
        }
        let word = |at: usize| [header[at], header[at + 1], header[at + 2], header[at + 3]];
        let number = |at: usize| u32::from_le_bytes(word(at));
        if number(8) != VERSION {
            return Err(Kind::Version { found: number(8) });
        }
        let (boundary, caption) = (number(12) as usize, number(16) as usize);
        let end = HEADER + boundary + caption;
        if bytes.len() < end || !boundary.is_power_of_two() || !caption.is_power_of_two() {
            return Err(Kind::Truncated);
        }
        let table = |range: std::ops::Range<usize>, step: usize| Table {
            weights: bytes[range].iter().map(|b| *b as i8).collect(),
            step: f32::from_le_bytes(word(step)),
        };
        Ok(Parts {
            boundary: table(HEADER..HEADER + boundary, 20),
            caption: table(HEADER + boundary..end, 24),
            sequence: end,
        })
    }
}

/// The file of a model, from its parts. For training.
pub(crate) fn pack(boundary: (&[i8], f32), caption: (&[i8], f32), sequence: &[u8]) -> Vec<u8> {
    let mut out = MAGIC.to_vec();
    for number in [VERSION, boundary.0.len() as u32, caption.0.len() as u32] {
        out.extend(number.to_le_bytes());
    }
    out.extend(boundary.1.to_le_bytes());
    out.extend(caption.1.to_le_bytes());
    out.resize(HEADER, 0);
    out.extend(boundary.0.iter().chain(caption.0).map(|w| *w as u8));
    out.extend(sequence);
    out
}

/// Buffers of the learned part.
#[derive(Debug, Default)]
pub(crate) struct Buffers {
    pub(crate) pieces: Vec<Piece>,
    pub(crate) units: Vec<Unit>,
    pub(crate) context: Context,
    scores: Vec<u32>,
    lattice: Lattice,
    marginals: Vec<f32>,
}

impl ZoneModel {
    /// Cuts the page into pieces and computes what they share.
    pub(crate) fn prepare(&self, page: &mut Page, buffers: &mut Buffers) {
        let Buffers { pieces, units, context, scores, .. } = buffers;
        pieces::cut(page, self.boundary.scorer(), scores, pieces, units);
        context.prepare(page, pieces, units, self.caption.scorer());
    }

    /// Probabilities of the labels of each prepared piece, `piece * labels::COUNT + label`.
    ///
    /// Plain pieces are body; the chain runs over what stands between them, from one plain piece
    /// to the next.
    pub(crate) fn marginals<'b>(&self, page: &Page, buffers: &'b mut Buffers) -> &'b [f32] {
        let Buffers { pieces, units, context, lattice, marginals, .. } = buffers;
        lattice.reset(&self.sequence, pieces.len());
        marginals.clear();
        marginals.resize(pieces.len() * labels::COUNT, 0.0);
        let mut from = None;
        for i in 0..=pieces.len() {
            let plain = i == pieces.len() || context.is_plain(page, pieces, units, i);
            if !plain {
                from.get_or_insert(i);
                self.weigh(page, pieces, units, context, i, lattice);
                continue;
            }
            if i < pieces.len() {
                marginals[i * labels::COUNT] = 1.0;
                self.sequence.favor(lattice, i, 0, 12.0);
            }
            if let Some(from) = from.take() {
                let run = from.saturating_sub(1)..pieces.len().min(i + 1);
                let skip = (from - run.start) * labels::COUNT;
                let found = self.sequence.marginals_in(lattice, run, 0..labels::COUNT);
                let len = (i - from) * labels::COUNT;
                marginals[from * labels::COUNT..i * labels::COUNT]
                    .copy_from_slice(&found[skip..skip + len]);
            }
        }
        marginals
    }

    fn weigh(
        &self,
        page: &Page,
        pieces: &[Piece],
        units: &[Unit],
        context: &Context,
        i: usize,
        lattice: &mut Lattice,
    ) {
        context.features(page, pieces, units, i, &mut |_, feature| {
            self.sequence.add(lattice, i, feature);
        });
        if pieces[i].cut.is_strong() {
            for label in (0..labels::COUNT).filter(|l| labels::goes_on(*l)) {
                self.sequence.favor(lattice, i, label as u8, -30.0);
            }
        }
    }

    /// The weight of each template for one kind against another, at a prepared piece; heaviest
    /// first.
    pub(crate) fn reasons(
        &self,
        page: &Page,
        buffers: &Buffers,
        piece: usize,
        (kind, against): (u8, u8),
    ) -> Vec<(u64, f32)> {
        let Buffers { pieces, units, context, .. } = buffers;
        let mut sums: BTreeMap<u64, f32> = BTreeMap::new();
        context.features(page, pieces, units, piece, &mut |template, feature| {
            for (label, weight) in self.sequence.weights(feature) {
                let sign = f32::from(label / 2 == kind / 2) - f32::from(label / 2 == against / 2);
                *sums.entry(template).or_default() += sign * weight;
            }
        });
        let mut sums: Vec<_> = sums.into_iter().collect();
        sums.sort_by(|a, b| b.1.total_cmp(&a.1));
        sums
    }
}
