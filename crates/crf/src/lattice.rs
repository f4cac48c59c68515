//! Scores of one sequence and its best path.

use std::ops::Range;

use crate::Model;
use crate::model::{NEVER, unpacked};

/// Buffers of one thread, reused from sequence to sequence.
#[derive(Clone, Debug, Default)]
pub struct Lattice {
    /// Score of each label at each position, `position * labels + label`.
    scores: Vec<i32>,
    best: Vec<i32>,
    back: Vec<u8>,
    path: Vec<u8>,
}

impl Lattice {
    /// Makes room for a sequence of `positions`, all scores nothing.
    pub fn reset(&mut self, model: &Model, positions: usize) {
        self.scores.clear();
        self.scores.resize(positions * model.labels, 0);
    }

    /// Adds the weights of a feature that was looked up before; see [`Model::lookup`].
    #[inline]
    pub fn add_row(&mut self, model: &Model, position: usize, row: &[u32]) {
        let labels = model.labels;
        let scores = &mut self.scores[position * labels..(position + 1) * labels];
        if let Some(row) = model.dense(row) {
            scores.iter_mut().zip(row).for_each(|(score, weight)| *score += i32::from(*weight));
            return;
        }
        for packed in row {
            let (label, weight) = unpacked(*packed);
            scores[usize::from(label)] += i32::from(weight);
        }
    }
}

impl Model {
    /// Adds the weights of `feature` at `position`; an unknown feature adds nothing.
    #[inline]
    pub fn add(&self, lattice: &mut Lattice, position: usize, feature: u64) {
        lattice.add_row(self, position, self.packed(feature));
    }

    /// The weights of a feature, for adding them at several positions.
    #[inline]
    pub fn lookup(&self, feature: u64) -> &[u32] {
        self.packed(feature)
    }

    /// Favors a label at a position by `score`, in the units of the weights. Used for evidence
    /// that is no feature of the model: a user's rule, a threshold.
    pub fn favor(&self, lattice: &mut Lattice, position: usize, label: u8, score: f32) {
        lattice.scores[position * self.labels + usize::from(label)] +=
            (score * self.scale()).round() as i32;
    }

    /// The best label of each position. Of equal paths the one with the smaller labels wins.
    pub fn viterbi<'l>(&self, lattice: &'l mut Lattice) -> &'l [u8] {
        let positions = lattice.scores.len() / self.labels.max(1);
        self.viterbi_in(lattice, 0..positions, 0..self.labels)
    }

    /// The best path through a part of the lattice: some positions, and the labels of one chain.
    ///
    /// Several chains share one model, and so one look-up of each feature, when no transition
    /// leads from the labels of one to those of another. The path counts labels from the first
    /// of the chain.
    pub fn viterbi_in<'l>(
        &self,
        lattice: &'l mut Lattice,
        positions: Range<usize>,
        chain: Range<usize>,
    ) -> &'l [u8] {
        let labels = chain.len();
        let Lattice { scores, best, back, path, .. } = lattice;
        path.clear();
        path.resize(positions.len(), 0);
        if positions.is_empty() {
            return path;
        }
        let scores = |position: usize| {
            let row = (positions.start + position) * self.labels;
            &scores[row + chain.start..row + chain.end]
        };
        back.clear();
        back.resize(positions.len() * labels, 0);
        best.clear();
        best.extend(self.start[chain.clone()].iter().zip(scores(0)).map(|(a, b)| a + b));
        best.resize(2 * labels, 0);
        let (mut now, mut next) = best.split_at_mut(labels);
        for position in 1..positions.len() {
            let row = scores(position);
            let back = &mut back[position * labels..][..labels];
            for (to, before) in self.before[chain.clone()].iter().enumerate() {
                let mut top = NEVER;
                let mut top_from = chain.start as u8;
                for (from, score) in before {
                    let sum = now[usize::from(*from) - chain.start] + score;
                    if sum > top {
                        (top, top_from) = (sum, *from);
                    }
                }
                next[to] = top.max(NEVER) + row[to];
                back[to] = top_from - chain.start as u8;
            }
            // Keeps sums far from the ends of the integers, however long the sequence.
            let highest = next.iter().copied().max().unwrap_or(0);
            next.iter_mut().for_each(|score| *score = (*score - highest).max(NEVER));
            std::mem::swap(&mut now, &mut next);
        }
        let end = &self.end[chain];
        let mut label = (0..labels)
            .max_by_key(|label| (now[*label].saturating_add(end[*label]), labels - label))
            .unwrap_or(0);
        for position in (0..positions.len()).rev() {
            path[position] = label as u8;
            label = usize::from(back[position * labels + label]);
        }
        path
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Chain, FORBIDDEN, Sums, Tables, feature};
    use proptest::prelude::*;

    /// Two pairs.
    const LABELS: usize = 4;
    type Pairs = Chain<LABELS, { LABELS / 2 }>;

    fn model(start: &[f32], transitions: &[f32], scores: &[Vec<f32>]) -> Model {
        let features = scores.iter().enumerate().map(|(position, row)| {
            let weights = row.iter().enumerate().map(|(l, w)| (l as u8, *w)).collect();
            (feature(9, position as u64), weights)
        });
        let tables = Tables {
            labels: start.len(),
            start: start.to_vec(),
            end: vec![0.0; start.len()],
            transitions: transitions.to_vec(),
            features: features.collect(),
        };
        Model::from_vec(tables.to_bytes()).unwrap()
    }

    fn filled(model: &Model, positions: usize) -> Lattice {
        let mut lattice = Lattice::default();
        lattice.reset(model, positions);
        for position in 0..positions {
            model.add(&mut lattice, position, feature(9, position as u64));
        }
        lattice
    }

    /// Every path with its score, by enumeration.
    fn paths(start: &[f32], transitions: &[f32], scores: &[Vec<f32>]) -> Vec<(Vec<u8>, f32)> {
        let mut paths = vec![(Vec::new(), 0.0)];
        for row in scores {
            paths = paths
                .iter()
                .flat_map(|(path, score): &(Vec<u8>, f32)| {
                    (0..LABELS).map(move |label| {
                        let step = match path.last() {
                            None => start[label],
                            Some(from) => transitions[usize::from(*from) * LABELS + label],
                        };
                        let mut path = path.clone();
                        path.push(label as u8);
                        (path, score + step + row[label])
                    })
                })
                .collect();
        }
        paths
    }

    proptest! {
        #[test]
        fn best_path_and_marginals_agree_with_enumeration(
            start in prop::collection::vec(-2.0f32..2.0, LABELS),
            transitions in prop::collection::vec(prop_oneof![4 => -2.0f32..2.0, 1 => Just(FORBIDDEN)], LABELS * LABELS),
            scores in prop::collection::vec(prop::collection::vec(-2.0f32..2.0, LABELS), 1..5),
        ) {
            let mut transitions = transitions;
            for (step, score) in transitions.iter_mut().enumerate() {
                // What goes on is of the pair of what it follows.
                let (from, to) = (step / LABELS, step % LABELS);
                *score = if to % 2 == 1 && from / 2 != to / 2 { FORBIDDEN } else { *score };
            }
            let all = paths(&start, &transitions, &scores);
            let possible: Vec<_> = all.iter().filter(|(_, score)| *score > FORBIDDEN / 2.0).collect();
            prop_assume!(!possible.is_empty());
            let model = model(&start, &transitions, &scores);
            let mut lattice = filled(&model, scores.len());

            let found = model.viterbi(&mut lattice).to_vec();
            let score_of = |path: &[u8]| all.iter().find(|(p, _)| p == path).map(|(_, s)| *s).unwrap();
            let top = possible.iter().map(|(_, score)| *score).fold(f32::MIN, f32::max);
            prop_assert!(top - score_of(&found) < 0.02);

            let total: f32 = possible.iter().map(|(_, score)| score.exp()).sum();
            let chain = Pairs::of(&model).unwrap();
            let mut sums = Sums::default();
            let rows = lattice.scores.as_chunks().0;
            let marginals = chain.marginals(rows, &mut sums);
            for position in 0..scores.len() {
                for (label, p) in marginals[position].iter().enumerate() {
                    let wanted: f32 = possible.iter()
                        .filter(|(path, _)| usize::from(path[position]) == label)
                        .map(|(_, score)| score.exp() / total)
                        .sum();
                    prop_assert!((p - wanted).abs() < 0.01);
                }
            }
        }
    }

    #[test]
    fn a_forbidden_step_is_never_taken() {
        let never = FORBIDDEN;
        let transitions = [0.0, never, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0];
        let scores = vec![vec![5.0, 0.0, 0.0], vec![0.0, 5.0, 0.0]];
        let model = model(&[0.0; 3], &transitions, &scores);
        let mut lattice = filled(&model, 2);
        assert_ne!(model.viterbi(&mut lattice), [0, 1]);
        assert_eq!(filled(&model, 0).path, []);
    }

    #[test]
    fn a_part_of_the_lattice_is_read_like_a_model_of_its_own() {
        let never = FORBIDDEN;
        // Labels 1 and 2 are a chain of their own.
        let transitions = [0.0, never, never, never, -1.0, 0.5, never, 0.5, -1.0];
        let scores = vec![vec![9.0, 0.0, 0.0], vec![9.0, 2.0, 0.0], vec![9.0, 0.0, 0.0]];
        let model = model(&[0.0; 3], &transitions, &scores);
        let mut lattice = filled(&model, 3);
        assert_eq!(model.viterbi_in(&mut lattice, 0..3, 1..3), [1, 0, 1]);
        assert_eq!(model.viterbi_in(&mut lattice, 1..2, 1..3), [0]);
    }

    #[test]
    fn scores_stay_in_range_on_very_long_sequences() {
        let never = FORBIDDEN;
        let mut transitions = [30.0; LABELS * LABELS];
        for step in [3, 7, 9, 13] {
            transitions[step] = never;
        }
        let model = model(&[0.0; LABELS], &transitions, &[vec![0.0, 15.0, 0.0, 0.0]]);
        let mut lattice = Lattice::default();
        lattice.reset(&model, 200_000);
        for position in 0..200_000 {
            model.add(&mut lattice, position, feature(9, 0));
        }
        assert!(model.viterbi(&mut lattice).iter().all(|label| *label == 1));
        let chain = Pairs::of(&model).unwrap();
        let mut sums = Sums::default();
        let marginals = chain.marginals(lattice.scores.as_chunks().0, &mut sums);
        assert!(marginals.as_flattened().iter().all(|p| p.is_finite()));
        assert!(Chain::<2, 1>::of(&model).is_none());
        // Label 1 may follow 2, so that it is no pair of 0.
        transitions[9] = 0.0;
        let model = self::model(&[0.0; LABELS], &transitions, &[]);
        assert!(Pairs::of(&model).is_none());
    }
}
