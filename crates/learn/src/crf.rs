//! Trains linear-chain models: FTRL-proximal on the likelihood of one sequence at a time.
//!
//! Per-coordinate rates and L1 as in McMahan et al., "Ad Click Prediction: a View from the
//! Trenches" (2013). One thread and a fixed order: equal input gives an equal model.

use std::collections::HashMap;

use bantin_crf::{FORBIDDEN, Tables};

/// One labelled sequence.
#[derive(Clone, Debug, Default)]
pub(crate) struct Example {
    /// The label of each position.
    pub(crate) labels: Vec<u8>,
    /// How much the sequence counts; 1.0 for an ordinary one.
    pub(crate) weight: f32,
    features: Vec<u64>,
    ends: Vec<usize>,
}

impl Example {
    /// An empty sequence that counts once.
    pub(crate) fn new() -> Example {
        Example { weight: 1.0, ..Example::default() }
    }

    /// Adds a position with its features and its label.
    pub(crate) fn push(&mut self, features: impl IntoIterator<Item = u64>, label: u8) {
        self.features.extend(features);
        self.ends.push(self.features.len());
        self.labels.push(label);
    }

    fn rows(&self) -> impl Iterator<Item = &[u64]> {
        let mut start = 0;
        self.ends.iter().map(move |end| {
            let row = &self.features[start..*end];
            start = *end;
            row
        })
    }
}

/// Settings of a training run.
#[derive(Clone, Debug)]
pub(crate) struct Config {
    /// Number of labels.
    pub(crate) labels: usize,
    /// Passes over the data.
    pub(crate) epochs: usize,
    /// Step size.
    pub(crate) alpha: f32,
    /// Strength of L1: weights of weak features become exactly nothing.
    pub(crate) l1: f32,
    /// Features seen at fewer positions are left out.
    pub(crate) cutoff: u32,
    /// Seed of the order of the sequences.
    pub(crate) seed: u64,
}

impl Default for Config {
    fn default() -> Config {
        Config { labels: 2, epochs: 10, alpha: 0.15, l1: 1.0, cutoff: 2, seed: 1 }
    }
}

/// Trains on `examples`; `allowed(from, to)` says which label may follow which.
pub(crate) fn train(
    examples: &[Example],
    config: &Config,
    allowed: impl Fn(usize, usize) -> bool,
) -> Tables {
    let labels = config.labels;
    let (ids, hashes) = dictionary(examples, config.cutoff);
    let sequences: Vec<Sequence> = examples.iter().map(|e| Sequence::new(e, &ids)).collect();
    drop(ids);
    let mut weights = Ftrl::new(hashes.len() * labels, config.l1, config.alpha);
    // Start, end and transitions: few, and never thinned out.
    let mut chain = Ftrl::new(2 * labels + labels * labels, 0.0, config.alpha);
    for from in 0..labels {
        for to in 0..labels {
            if !allowed(from, to) {
                chain.w[2 * labels + from * labels + to] = FORBIDDEN;
            }
        }
    }
    let mut order: Vec<usize> = (0..sequences.len()).collect();
    let mut random = config.seed | 1;
    let mut pass = Pass::default();
    for _ in 0..config.epochs {
        for i in (1..order.len()).rev() {
            order.swap(i, (next(&mut random) % (i as u64 + 1)) as usize);
        }
        for sequence in &order {
            pass.step(&sequences[*sequence], labels, &mut weights, &mut chain);
        }
    }
    Tables {
        labels,
        start: chain.w[..labels].to_vec(),
        end: chain.w[labels..2 * labels].to_vec(),
        transitions: chain.w[2 * labels..].to_vec(),
        features: hashes
            .into_iter()
            .zip(weights.w.chunks_exact(labels))
            .map(|(hash, row)| {
                let row = row.iter().enumerate().filter(|(_, w)| **w != 0.0);
                (hash, row.map(|(label, w)| (label as u8, *w)).collect::<Vec<_>>())
            })
            .filter(|(_, row)| !row.is_empty())
            .collect(),
    }
}

/// Xorshift: a fixed stream of numbers for shuffling.
pub(crate) fn next(state: &mut u64) -> u64 {
    *state ^= *state << 13;
    *state ^= *state >> 7;
    *state ^= *state << 17;
    *state
}

/// Numbers the features that are frequent enough, in order of their hashes.
fn dictionary(examples: &[Example], cutoff: u32) -> (HashMap<u64, u32>, Vec<u64>) {
    let mut all: Vec<u64> = Vec::new();
    for example in examples {
        all.extend(&example.features);
    }
    all.sort_unstable();
    let hashes: Vec<u64> = all
        .chunk_by(|a, b| a == b)
        .filter(|run| run.len() >= cutoff as usize)
        .map(|run| run[0])
        .collect();
    let ids = hashes.iter().enumerate().map(|(id, hash)| (*hash, id as u32)).collect();
    (ids, hashes)
}

struct Sequence {
    labels: Vec<u8>,
    weight: f32,
    features: Vec<u32>,
    ends: Vec<u32>,
}

impl Sequence {
    fn new(example: &Example, ids: &HashMap<u64, u32>) -> Sequence {
        let mut features = Vec::new();
        let mut ends = Vec::new();
        for row in example.rows() {
            features.extend(row.iter().filter_map(|hash| ids.get(hash)));
            ends.push(features.len() as u32);
        }
        features.shrink_to_fit();
        Sequence { labels: example.labels.clone(), weight: example.weight, features, ends }
    }

    fn row(&self, position: usize) -> &[u32] {
        let start = if position == 0 { 0 } else { self.ends[position - 1] };
        &self.features[start as usize..self.ends[position] as usize]
    }
}

/// Weights with the sums that FTRL-proximal keeps for each.
struct Ftrl {
    w: Vec<f32>,
    z: Vec<f32>,
    n: Vec<f32>,
    l1: f32,
    alpha: f32,
}

const BETA: f32 = 1.0;

impl Ftrl {
    fn new(len: usize, l1: f32, alpha: f32) -> Ftrl {
        Ftrl { w: vec![0.0; len], z: vec![0.0; len], n: vec![0.0; len], l1, alpha }
    }

    #[inline]
    fn update(&mut self, at: usize, gradient: f32) {
        let n = self.n[at];
        let grown = n + gradient * gradient;
        let sigma = (grown.sqrt() - n.sqrt()) / self.alpha;
        self.n[at] = grown;
        let z = self.z[at] + gradient - sigma * self.w[at];
        self.z[at] = z;
        self.w[at] = if z.abs() <= self.l1 {
            0.0
        } else {
            -(z - self.l1 * z.signum()) / ((BETA + grown.sqrt()) / self.alpha)
        };
    }
}

/// Buffers of one gradient.
#[derive(Default)]
struct Pass {
    local: Vec<f32>,
    forward: Vec<f32>,
    backward: Vec<f32>,
    edges: Vec<f32>,
    steps: Vec<f32>,
    edge_sums: Vec<f32>,
}

/// Gradients smaller than this change nothing that is seen in the model, and cost most updates.
const NEGLIGIBLE: f32 = 1e-4;

impl Pass {
    fn step(&mut self, sequence: &Sequence, labels: usize, weights: &mut Ftrl, chain: &mut Ftrl) {
        let positions = sequence.labels.len();
        if positions == 0 {
            return;
        }
        self.scores(sequence, labels, weights);
        let exp = |score: f32| if score <= FORBIDDEN { 0.0 } else { score.exp() };
        self.edges.clear();
        self.edges.extend(chain.w[2 * labels..].iter().map(|w| exp(*w)));

        self.forward.clear();
        self.forward.extend((0..labels).map(|l| exp(chain.w[l]) * self.local[l]));
        normalize(&mut self.forward);
        for position in 1..positions {
            let row = position * labels;
            self.forward.resize(row + labels, 0.0);
            let (done, now) = self.forward.split_at_mut(row);
            for (from, weight) in done[row - labels..].iter().enumerate() {
                let edges = &self.edges[from * labels..(from + 1) * labels];
                now.iter_mut().zip(edges).for_each(|(sum, edge)| *sum += weight * edge);
            }
            now.iter_mut().zip(&self.local[row..]).for_each(|(sum, local)| *sum *= local);
            normalize(now);
        }

        self.edge_sums.clear();
        self.edge_sums.resize(labels * labels, 0.0);
        self.backward.clear();
        self.backward.extend((0..labels).map(|l| exp(chain.w[labels + l])));
        let mut marginal = vec![0.0; labels];
        for position in (0..positions).rev() {
            let row = position * labels..(position + 1) * labels;
            for (label, out) in marginal.iter_mut().enumerate() {
                *out = self.forward[row.start + label] * self.backward[label];
            }
            normalize(&mut marginal);
            let gold = usize::from(sequence.labels[position]);
            if position + 1 == positions {
                for (label, p) in marginal.iter().enumerate() {
                    let gradient = p - f32::from(u8::from(label == gold));
                    chain.update(labels + label, gradient * sequence.weight);
                }
            }
            if position == 0 {
                for (label, p) in marginal.iter().enumerate() {
                    let gradient = p - f32::from(u8::from(label == gold));
                    chain.update(label, gradient * sequence.weight);
                }
            }
            for (label, p) in marginal.iter().enumerate() {
                let gradient = (p - f32::from(u8::from(label == gold))) * sequence.weight;
                if gradient.abs() < NEGLIGIBLE {
                    continue;
                }
                for feature in sequence.row(position) {
                    weights.update(*feature as usize * labels + label, gradient);
                }
            }
            if position == 0 {
                break;
            }
            // How often each transition is expected here, then one step back.
            let weighted: Vec<f32> = self.local[row.clone()]
                .iter()
                .zip(&self.backward)
                .map(|(local, b)| local * b)
                .collect();
            let before = &self.forward[row.start - labels..row.start];
            let steps = before.iter().zip(self.edges.chunks_exact(labels));
            self.steps.clear();
            self.steps.extend(steps.flat_map(|(before, edges)| {
                edges.iter().zip(&weighted).map(move |(edge, w)| before * edge * w)
            }));
            normalize(&mut self.steps);
            self.edge_sums.iter_mut().zip(&self.steps).for_each(|(sum, step)| *sum += step);
            let gold_from = usize::from(sequence.labels[position - 1]);
            self.edge_sums[gold_from * labels + gold] -= 1.0;
            for (from, sum) in self.backward.iter_mut().enumerate() {
                let edges = &self.edges[from * labels..(from + 1) * labels];
                *sum = edges.iter().zip(&weighted).map(|(edge, w)| edge * w).sum();
            }
            normalize(&mut self.backward);
        }
        for (edge, gradient) in self.edge_sums.iter().enumerate() {
            let at = 2 * labels + edge;
            if chain.w[at] > FORBIDDEN && gradient.abs() >= NEGLIGIBLE {
                chain.update(at, gradient * sequence.weight);
            }
        }
    }

    /// Exponentials of the summed weights, each position scaled to at most one.
    fn scores(&mut self, sequence: &Sequence, labels: usize, weights: &Ftrl) {
        self.local.clear();
        self.local.resize(sequence.labels.len() * labels, 0.0);
        for (position, scores) in self.local.chunks_exact_mut(labels).enumerate() {
            for feature in sequence.row(position) {
                let row = &weights.w[*feature as usize * labels..][..labels];
                scores.iter_mut().zip(row).for_each(|(score, w)| *score += w);
            }
            let highest = scores.iter().copied().fold(f32::MIN, f32::max);
            scores.iter_mut().for_each(|score| *score = (*score - highest).exp());
        }
    }
}

fn normalize(values: &mut [f32]) {
    let sum: f32 = values.iter().sum();
    if sum > 0.0 {
        values.iter_mut().for_each(|value| *value /= sum);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use bantin_crf::{Lattice, Model, feature};

    /// Words 0..20; an odd word after a 7 is a name, and so is the word behind a name.
    fn examples(n: u64) -> Vec<(Vec<u64>, Vec<u8>)> {
        let mut random = 42;
        (0..n)
            .map(|_| {
                let words: Vec<u64> = (0..12).map(|_| next(&mut random) % 20).collect();
                let mut labels = vec![0u8; words.len()];
                for i in 1..words.len() {
                    if words[i - 1] == 7 && words[i] % 2 == 1 {
                        labels[i] = 1;
                        if i + 1 < words.len() {
                            labels[i + 1] = 2;
                        }
                    }
                }
                (words, labels)
            })
            .collect()
    }

    fn features(words: &[u64], at: usize) -> [u64; 2] {
        let before = if at == 0 { 99 } else { words[at - 1] };
        [feature(1, words[at]), bantin_crf::mix(feature(2, before), words[at])]
    }

    #[test]
    fn a_rule_that_spans_positions_is_learned() {
        let examples: Vec<Example> = examples(400)
            .iter()
            .map(|(words, labels)| {
                let mut example = Example::new();
                for (at, label) in labels.iter().enumerate() {
                    example.push(features(words, at), *label);
                }
                example
            })
            .collect();
        // Two features a position instead of fifty: larger steps make up for it.
        let config = Config { labels: 3, l1: 0.1, alpha: 0.5, ..Config::default() };
        let allowed = |from, to| to != 2 || from == 1;
        let tables = train(&examples, &config, allowed);
        assert_eq!(tables, train(&examples, &config, allowed));

        let model = Model::from_vec(tables.to_bytes()).unwrap();
        let words = [3, 7, 5, 4, 7, 7, 2, 1];
        let mut lattice = Lattice::default();
        lattice.reset(&model, words.len());
        for at in 0..words.len() {
            for feature in features(&words, at) {
                model.add(&mut lattice, at, feature);
            }
        }
        assert_eq!(model.viterbi(&mut lattice), [0, 0, 1, 2, 0, 1, 2, 0]);
    }
}
