//! The learned part: two scorers and the sequence model, in one file.

use std::fmt;

use bantin_crf::{Chain, Model, ModelError, Sums, Tables};

use crate::features::{Context, template_words};
use crate::labels;
use crate::page::Page;
use crate::pieces::{self, Piece, Unit};
use crate::review::{self, Answers, DOUBT, Facts, Found, Node, Outline, Trees};
use crate::scorer::{SLOTS, Scorer};
use crate::weights::{self, CHAIN_STEPS, Weights};

const MAGIC: &[u8; 8] = b"bantzone";
const VERSION: u32 = 3;
const HEADER: usize = 32;
/// Where the header says how many bytes the trees take.
const TREES: usize = 24;

/// Why bytes are no model of zones.
#[derive(Debug)]
pub struct ZoneModelError(Kind);

#[derive(Debug)]
enum Kind {
    Magic,
    Version { found: u32 },
    Truncated,
    Labels,
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
            Kind::Labels => write!(f, "labels of the zone model follow each other as none may"),
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

/// The tables of the learned part. Shared by all threads.
#[derive(Debug)]
pub(crate) struct ZoneModel {
    boundary: Scorer,
    caption: Scorer,
    weights: Weights,
    /// What may follow what.
    chain: Chain<{ labels::COUNT }, { labels::COUNT / 2 }>,
    /// What decides where the chain is in doubt.
    trees: Trees,
}

impl ZoneModel {
    /// The model that is built in.
    pub(crate) fn embedded() -> ZoneModel {
        ZoneModel::from_bytes(include_bytes!("../models/zones.bin"))
            .expect("the embedded model is whole")
    }

    /// A model from a file's bytes.
    pub(crate) fn from_bytes(bytes: &[u8]) -> Result<ZoneModel, ZoneModelError> {
        ZoneModel::read(bytes).map_err(ZoneModelError)
    }

    fn read(bytes: &[u8]) -> Result<ZoneModel, Kind> {
        let header = bytes.get(..HEADER).ok_or(Kind::Magic)?;
        if &header[..8] != MAGIC {
            return Err(Kind::Magic);
        }
        let word = |at: usize| [header[at], header[at + 1], header[at + 2], header[at + 3]];
        let number = |at: usize| u32::from_le_bytes(word(at));
        let step = |at: usize| f32::from_le_bytes(word(at));
        if number(8) != VERSION {
            return Err(Kind::Version { found: number(8) });
        }
        let mut rest = &bytes[HEADER..];
        let mut next = |len: usize| rest.split_off(..len).ok_or(Kind::Truncated);
        let boundary = next(SLOTS)?;
        let caption = next(SLOTS)?;
        let weights = next(Weights::BYTES)?;
        let trees = next(number(TREES) as usize)?;
        let chain = Model::from_vec(rest.to_vec()).map_err(Kind::Sequence)?;
        Ok(ZoneModel {
            boundary: Scorer::read(boundary, step(12)).ok_or(Kind::Truncated)?,
            caption: Scorer::read(caption, step(16)).ok_or(Kind::Truncated)?,
            weights: Weights::read(weights, step(20)).ok_or(Kind::Truncated)?,
            chain: Chain::of(&chain).ok_or(Kind::Labels)?,
            trees: Trees::read(trees).ok_or(Kind::Truncated)?,
        })
    }
}

/// The file of a model, from its parts. For training.
pub(crate) fn pack(boundary: (&[i8], f32), caption: (&[i8], f32), sequence: &Tables) -> Vec<u8> {
    let mut out = MAGIC.to_vec();
    out.extend(VERSION.to_le_bytes());
    let (weights, step) = weights::pack(&sequence.features);
    for step in [boundary.1, caption.1, step] {
        out.extend(step.to_le_bytes());
    }
    out.resize(HEADER, 0);
    out.extend(boundary.0.iter().chain(caption.0).map(|w| *w as u8));
    out.extend(weights);
    out.extend(Tables { features: Vec::new(), ..sequence.clone() }.to_bytes());
    out
}

/// The file of a model that has no trees yet, with trees. For training.
pub(crate) fn plant(mut model: Vec<u8>, trees: &[Node]) -> Vec<u8> {
    let trees: &[u8] = bytemuck::cast_slice(trees);
    model[TREES..TREES + 4].copy_from_slice(&(trees.len() as u32).to_le_bytes());
    let at = HEADER + 2 * SLOTS + Weights::BYTES;
    model.splice(at..at, trees.iter().copied());
    model
}

/// Buffers of the learned part.
#[derive(Debug, Default)]
pub(crate) struct Buffers {
    pub(crate) pieces: Vec<Piece>,
    pub(crate) units: Vec<Unit>,
    pub(crate) context: Context,
    /// Score of each label at each piece.
    scores: Vec<[i32; labels::COUNT]>,
    sums: Sums<{ labels::COUNT }, { labels::COUNT / 2 }>,
    /// Probability of each label at each piece.
    pub(crate) marginals: Vec<[f32; labels::COUNT]>,
    outline: Outline,
    answers: Answers,
}

impl ZoneModel {
    /// Cuts the page into pieces and computes what they share.
    pub(crate) fn prepare(&self, page: &mut Page, buffers: &mut Buffers) {
        let Buffers { pieces, units, context, .. } = buffers;
        pieces::cut(page, &self.boundary, pieces, units);
        context.prepare(page, pieces, units, &self.caption);
    }

    /// True where the chain is in doubt of a piece and the trees have something to say.
    pub(crate) fn doubts_of(&self, page: &Page, buffers: &Buffers, i: usize) -> bool {
        !self.trees.is_empty()
            && review::is_doubtful(page, &buffers.pieces[i], &buffers.marginals[i], DOUBT)
    }

    /// Lets the trees decide on pieces of which the chain is in doubt; the odds in `doubtful` are
    /// found here.
    pub(crate) fn look_again(
        &self,
        page: &Page,
        buffers: &mut Buffers,
        doubtful: &mut [(usize, f32)],
    ) {
        if doubtful.is_empty() {
            return;
        }
        let Buffers { pieces, units, context, marginals: rows, outline, answers, .. } = buffers;
        let found = Found { page, pieces, units, context, rows };
        outline.read(&found);
        for (i, odds) in doubtful.iter_mut() {
            *odds = self.trees.odds(&outline.facts(&found, *i), answers);
        }
        review::agree(doubtful, |i| review::is_stopped(context.end(i)));
        for (i, odds) in doubtful {
            let row = &mut rows[*i];
            let mut noise = 1.0 / (1.0 + (-*odds).exp());
            // Of pages with paragraphs the trees have seen few; inside one they may only acquit.
            if page.is_inside_paragraph(pieces[*i].first as usize) {
                noise = noise.min(review::noise(row));
            }
            review::set_noise(row, noise);
        }
    }

    /// The numbers of each piece that the chain is in doubt of.
    pub(crate) fn doubts(
        &self,
        page: &Page,
        buffers: &mut Buffers,
        doubt: f32,
        emit: &mut dyn FnMut(usize, &Facts),
    ) {
        let Buffers { pieces, units, context, marginals: rows, outline, .. } = buffers;
        if pieces.is_empty() {
            return;
        }
        let found = Found { page, pieces, units, context, rows };
        outline.read(&found);
        for (i, (piece, row)) in pieces.iter().zip(rows.iter()).enumerate() {
            if review::is_doubtful(page, piece, row, doubt) {
                emit(i, &outline.facts(&found, i));
            }
        }
    }

    /// What the chain says. Plain pieces are body; it runs over what stands between them, from one
    /// plain piece to the next.
    pub(crate) fn chain(&self, page: &Page, buffers: &mut Buffers) {
        let Buffers { pieces, units, context, scores, sums, marginals, .. } = buffers;
        let mut article = [0; labels::COUNT];
        article[0] = self.chain.units(12.0);
        marginals.clear();
        scores.clear();
        for i in 0..=pieces.len() {
            let plain = i == pieces.len() || context.is_plain(page, pieces, units, i);
            if !plain {
                let sum = context.features(page, pieces, units, i, || self.weights.sum());
                scores.push(self.scores(sum, pieces[i].cut.is_strong()));
                continue;
            }
            if i < pieces.len() {
                scores.push(article);
            }
            let from = marginals.len();
            if from < i {
                let run = from.saturating_sub(1)..pieces.len().min(i + 1);
                let found = self.chain.marginals(&scores[run.clone()], sums);
                marginals.extend_from_slice(&found[from - run.start..i - run.start]);
            }
            if i < pieces.len() {
                let mut sure = [0.0; labels::COUNT];
                sure[0] = 1.0;
                marginals.push(sure);
            }
        }
    }

    fn scores(&self, sum: [i32; labels::COUNT], strong: bool) -> [i32; labels::COUNT] {
        let steps = (self.weights.step * CHAIN_STEPS) as i32;
        let mut scores = sum.map(|sum| sum * steps);
        if strong {
            // Nothing goes on behind a strong cut.
            for score in scores.iter_mut().skip(1).step_by(2) {
                *score -= 30 * CHAIN_STEPS as i32;
            }
        }
        scores
    }

    /// What speaks for one kind against another at a prepared piece, with its log odds: what the
    /// chain weighs, and where it is in doubt what the trees ask besides.
    pub(crate) fn reasons(
        &self,
        page: &Page,
        buffers: &mut Buffers,
        piece: usize,
        (kind, against): (u8, u8),
    ) -> Vec<(&'static str, f32)> {
        let mut reasons = Vec::new();
        self.chain(page, buffers);
        self.doubts(page, buffers, DOUBT, &mut |i, facts| {
            if i == piece {
                let sign = if kind < 2 { -1.0 } else { 1.0 };
                let adds = self.trees.reasons(facts);
                let adds = adds.iter().enumerate();
                let adds = adds.map(|(fact, odds)| (review::words_of(fact), sign * odds));
                reasons.extend(adds.filter(|(words, _)| *words != review::CHAIN));
            }
        });
        let Buffers { pieces, units, context, .. } = buffers;
        let features = context.features(page, pieces, units, piece, Vec::new);
        reasons.extend(features.into_iter().map(|feature| {
            let row = (0u8..).zip(self.weights.row(feature));
            let weights = row.map(|(label, weight)| {
                let sign = f32::from(label / 2 == kind / 2) - f32::from(label / 2 == against / 2);
                sign * f32::from(weight) * self.weights.step
            });
            (template_words(feature.template()), weights.sum())
        }));
        reasons
    }
}
