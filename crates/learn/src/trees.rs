//! Trains boosted decision trees with the logistic loss, the leaf that gains most first (as
//! LightGBM does, Ke et al. 2017), on values sorted into bins.

use bantin_clean::training::{DEPTH, FACTS, Node};

use crate::crf::next;

/// Rows of numbers with their answers.
#[derive(Default, Clone)]
pub(crate) struct Rows {
    facts: Vec<[f32; FACTS]>,
    answers: Vec<bool>,
    weights: Vec<f32>,
}

impl Rows {
    pub(crate) fn push(&mut self, facts: &[f32; FACTS], answer: bool, weight: f32) {
        self.facts.push(*facts);
        self.answers.push(answer);
        self.weights.push(weight);
    }

    pub(crate) fn extend(&mut self, other: &Rows) {
        self.facts.extend_from_slice(&other.facts);
        self.answers.extend_from_slice(&other.answers);
        self.weights.extend_from_slice(&other.weights);
    }

    pub(crate) fn len(&self) -> usize {
        self.answers.len()
    }
}

/// How trees are grown.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Config {
    pub(crate) trees: usize,
    pub(crate) leaves: usize,
    /// Share of a leaf's value that is taken.
    pub(crate) rate: f64,
    /// Rows that a leaf has at least.
    pub(crate) least: usize,
    /// Strength of L2 on the values of leaves.
    pub(crate) l2: f64,
    /// Shares of the rows and of the facts that a tree sees.
    pub(crate) rows: f64,
    pub(crate) facts: f64,
    pub(crate) seed: u64,
}

impl Default for Config {
    fn default() -> Config {
        Config {
            trees: 450,
            leaves: 24,
            rate: 0.07,
            least: 20,
            l2: 5.0,
            rows: 0.8,
            facts: 0.4,
            seed: 1,
        }
    }
}

const BINS: usize = 128;

/// Values of a fact in bins: the highest value of each but the last.
struct Bins(Vec<f32>);

impl Bins {
    fn of(mut values: Vec<f32>) -> Bins {
        values.sort_by(f32::total_cmp);
        let mut edges: Vec<f32> = Vec::new();
        for i in 1..BINS {
            let at = values.len() * i / BINS;
            let value = values[at.min(values.len() - 1)];
            if edges.last().is_none_or(|last| *last < value) {
                edges.push(value);
            }
        }
        // Nothing is more than the highest.
        edges.retain(|edge| *edge < values[values.len() - 1]);
        Bins(edges)
    }

    fn bin(&self, value: f32) -> u8 {
        self.0.partition_point(|edge| *edge < value) as u8
    }
}

/// A leaf that may be split.
struct Leaf {
    /// Where it stands in the tree.
    node: usize,
    depth: usize,
    rows: Vec<u32>,
    gradient: f64,
    hessian: f64,
    /// The best question: gain, fact, bin.
    best: Option<(f64, usize, u8)>,
}

/// A node of a tree that grows.
enum Grown {
    Leaf(f64),
    Question { fact: usize, bin: u8, children: [usize; 2] },
}

/// The nodes of the trees, one tree behind the other; none for a few rows.
pub(crate) fn train(rows: &Rows, config: &Config) -> Vec<Node> {
    let n = rows.len();
    let mut out = Vec::new();
    if config.trees == 0 || n < 2 * config.least {
        return out;
    }
    let bins: Vec<Bins> =
        (0..FACTS).map(|fact| Bins::of(rows.facts.iter().map(|f| f[fact]).collect())).collect();
    let binned: Vec<[u8; FACTS]> = rows
        .facts
        .iter()
        .map(|facts| std::array::from_fn(|fact| bins[fact].bin(facts[fact])))
        .collect();
    let sum = |pick: &dyn Fn(usize) -> f64| -> f64 { (0..n).map(pick).sum() };
    let yes = sum(&|i| f64::from(rows.weights[i]) * f64::from(u8::from(rows.answers[i])));
    let all = sum(&|i| f64::from(rows.weights[i]));
    let mean = (yes / (all - yes).max(1e-9)).max(1e-9).ln();
    out.push(Node::leaf(mean as f32));
    let mut odds = vec![mean; n];
    let mut slopes = vec![(0.0, 0.0); n];
    let mut random = config.seed;
    let mut chance = |share: f64| (next(&mut random) % 10_000) as f64 / 10_000.0 < share;
    for _ in 0..config.trees {
        for i in 0..n {
            let p = 1.0 / (1.0 + (-odds[i]).exp());
            let weight = f64::from(rows.weights[i]);
            let answer = f64::from(u8::from(rows.answers[i]));
            slopes[i] = ((p - answer) * weight, p * (1.0 - p) * weight);
        }
        let seen: Vec<u32> = (0..n as u32).filter(|_| chance(config.rows)).collect();
        let facts: Vec<usize> = (0..FACTS).filter(|_| chance(config.facts)).collect();
        let tree = grow(&binned, &slopes, seen, &facts, config);
        for (odds, facts) in odds.iter_mut().zip(&binned) {
            *odds += leaf_of(&tree, facts);
        }
        write(&tree, 0, &bins, &mut out);
    }
    out
}

fn grow(
    binned: &[[u8; FACTS]],
    slopes: &[(f64, f64)],
    seen: Vec<u32>,
    facts: &[usize],
    config: &Config,
) -> Vec<Grown> {
    let leaf = |node: usize, depth: usize, rows: Vec<u32>| -> Leaf {
        let (gradient, hessian) = rows.iter().fold((0.0, 0.0), |(g, h), i| {
            let slope = slopes[*i as usize];
            (g + slope.0, h + slope.1)
        });
        let best = match depth {
            DEPTH => None,
            _ => best_question(binned, slopes, &rows, facts, (gradient, hessian), config),
        };
        Leaf { node, depth, rows, gradient, hessian, best }
    };
    let value = |leaf: &Leaf| -config.rate * leaf.gradient / (leaf.hessian + config.l2);
    let mut open = vec![leaf(0, 0, seen)];
    let mut tree = vec![Grown::Leaf(value(&open[0]))];
    for _ in 1..config.leaves {
        let gain = |leaf: &Leaf| leaf.best.map_or(0.0, |best| best.0);
        let Some(most) = (0..open.len())
            .max_by(|a, b| gain(&open[*a]).total_cmp(&gain(&open[*b])).then(b.cmp(a)))
        else {
            break;
        };
        let Some((_, fact, bin)) = open[most].best else { break };
        let split = open.swap_remove(most);
        let (less, more): (Vec<u32>, Vec<u32>) =
            split.rows.iter().partition(|i| binned[**i as usize][fact] <= bin);
        let children = [tree.len(), tree.len() + 1];
        for (node, rows) in children.into_iter().zip([less, more]) {
            let child = leaf(node, split.depth + 1, rows);
            tree.push(Grown::Leaf(value(&child)));
            open.push(child);
        }
        tree[split.node] = Grown::Question { fact, bin, children };
    }
    tree
}

fn best_question(
    binned: &[[u8; FACTS]],
    slopes: &[(f64, f64)],
    rows: &[u32],
    facts: &[usize],
    (gradient, hessian): (f64, f64),
    config: &Config,
) -> Option<(f64, usize, u8)> {
    if rows.len() < 2 * config.least {
        return None;
    }
    let worth = |g: f64, h: f64| g * g / (h + config.l2);
    let mut best: Option<(f64, usize, u8)> = None;
    for fact in facts {
        let mut bins = [(0.0, 0.0, 0usize); BINS];
        for i in rows {
            let bin = &mut bins[usize::from(binned[*i as usize][*fact])];
            let slope = slopes[*i as usize];
            *bin = (bin.0 + slope.0, bin.1 + slope.1, bin.2 + 1);
        }
        let (mut g, mut h, mut count) = (0.0, 0.0, 0);
        for (bin, sums) in (0u8..).zip(&bins) {
            (g, h, count) = (g + sums.0, h + sums.1, count + sums.2);
            if count < config.least {
                continue;
            }
            if rows.len() - count < config.least {
                break;
            }
            let gain = worth(g, h) + worth(gradient - g, hessian - h) - worth(gradient, hessian);
            if gain > 1e-6 && best.is_none_or(|(most, ..)| gain > most) {
                best = Some((gain, *fact, bin));
            }
        }
    }
    best
}

fn leaf_of(tree: &[Grown], facts: &[u8; FACTS]) -> f64 {
    let mut at = 0;
    loop {
        match &tree[at] {
            Grown::Leaf(value) => return *value,
            Grown::Question { fact, bin, children } => {
                at = children[usize::from(facts[*fact] > *bin)];
            }
        }
    }
}

fn write(tree: &[Grown], at: usize, bins: &[Bins], out: &mut Vec<Node>) {
    match &tree[at] {
        Grown::Leaf(value) => {
            out.push(Node::leaf(*value as f32));
        }
        Grown::Question { fact, bin, children } => {
            let here = out.len();
            let edge = bins[*fact].0[usize::from(*bin)];
            out.push(Node { value: edge, fact: *fact as u8, steps: [1, 0], zero: 0 });
            write(tree, children[0], bins, out);
            out[here].steps[1] = (out.len() - here) as u8;
            write(tree, children[1], bins, out);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Yes where one of two facts is high, but not both, which no sum of the two tells.
    #[test]
    fn what_two_facts_say_together_is_learned() {
        let mut random = 5;
        let mut rows = Rows::default();
        for _ in 0..2000 {
            let mut facts = [0.0; FACTS];
            facts[..3].fill_with(|| (next(&mut random) % 100) as f32);
            rows.push(&facts, (facts[0] > 60.0) != (facts[2] > 30.0), 1.0);
        }
        let config = Config { trees: 40, leaves: 4, rate: 0.3, facts: 1.0, ..Config::default() };
        let nodes = train(&rows, &config);
        assert_eq!(nodes, train(&rows, &config));
        let odds = |facts: &[f32; FACTS]| -> f32 {
            let (mut sum, mut at) = (0.0, 0);
            while at < nodes.len() {
                let mut here = at;
                while !nodes[here].is_leaf() {
                    let yes = facts[usize::from(nodes[here].fact)] > nodes[here].value;
                    here += usize::from(nodes[here].steps[usize::from(yes)]);
                }
                sum += nodes[here].value;
                // The last leaf of a tree is where every answer is yes.
                while !nodes[at].is_leaf() {
                    at += usize::from(nodes[at].steps[1]);
                }
                at += 1;
            }
            sum
        };
        let right = (0..rows.len()).filter(|i| (odds(&rows.facts[*i]) > 0.0) == rows.answers[*i]);
        assert!(right.count() > 1950);
    }
}
