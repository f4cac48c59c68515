//! Sums over all paths of a chain whose labels are few, and how many is known to the compiler.

use crate::Model;
use crate::model::NEVER;

/// The steps of a model of `L` labels as factors, for marginals.
#[derive(Clone, Debug)]
pub struct Chain<const L: usize> {
    scale: f32,
    start: [f32; L],
    end: [f32; L],
    /// For each label those that may follow.
    onward: [[f32; L]; L],
    /// For each label those that it may follow.
    backward: [[f32; L]; L],
}

/// Buffers of [`Chain::marginals`], reused from sequence to sequence.
#[derive(Clone, Debug, Default)]
pub struct Sums<const L: usize> {
    exps: Exps,
    local: Vec<[f32; L]>,
    forward: Vec<[f32; L]>,
    behind: Vec<[f32; L]>,
}

impl<const L: usize> Chain<L> {
    /// The chain of a model; `None` if it has another number of labels.
    pub fn of(model: &Model) -> Option<Chain<L>> {
        let exp = |score: &i32| if *score == NEVER { 0.0 } else { exp(*score, model.scale()) };
        let row = |scores: &[i32]| -> Option<[f32; L]> {
            scores.iter().map(exp).collect::<Vec<_>>().try_into().ok()
        };
        let mut chain = Chain {
            scale: model.scale(),
            start: row(&model.start)?,
            end: row(&model.end)?,
            onward: [[0.0; L]; L],
            backward: [[0.0; L]; L],
        };
        for (to, before) in model.before.iter().enumerate() {
            for (from, score) in before {
                chain.onward[usize::from(*from)][to] = exp(score);
                chain.backward[to][usize::from(*from)] = exp(score);
            }
        }
        Some(chain)
    }

    /// A score in the units of those that [`Chain::marginals`] takes.
    pub fn units(&self, score: f32) -> i32 {
        (score * self.scale).round() as i32
    }

    /// The probability of each label at each position, given its score there.
    pub fn marginals<'s>(&self, scores: &[[i32; L]], sums: &'s mut Sums<L>) -> &'s [[f32; L]] {
        let Sums { exps, local, forward, behind } = sums;
        local.clear();
        local.extend(scores.iter().map(|scores| {
            let highest = scores.iter().copied().max().unwrap_or(0);
            scores.map(|score| exps.exp(score - highest, self.scale))
        }));
        let Some(first) = local.first() else { return &[] };
        let mut ahead = normalized(times(&self.start, first));
        let mut back = self.end;
        forward.clear();
        forward.push(ahead);
        behind.clear();
        behind.push(back);
        // From both ends at once: neither sum waits for the other.
        for (local, from_end) in local[1..].iter().zip(local.iter().rev()) {
            ahead = normalized(times(&added_up(&ahead, &self.onward), local));
            forward.push(ahead);
            back = normalized(added_up(&times(from_end, &back), &self.backward));
            behind.push(back);
        }
        for (row, behind) in forward.iter_mut().zip(behind.iter().rev()) {
            *row = normalized(times(row, behind));
        }
        forward
    }
}

/// The rows of `edges`, each times its weight, added up.
#[inline(always)]
fn added_up<const L: usize>(weights: &[f32; L], edges: &[[f32; L]; L]) -> [f32; L] {
    let mut sums = [0.0; L];
    for (weight, edges) in weights.iter().zip(edges) {
        sums.iter_mut().zip(edges).for_each(|(sum, edge)| *sum += weight * edge);
    }
    sums
}

#[inline(always)]
fn times<const L: usize>(a: &[f32; L], b: &[f32; L]) -> [f32; L] {
    std::array::from_fn(|i| a[i] * b[i])
}

#[inline(always)]
fn normalized<const L: usize>(values: [f32; L]) -> [f32; L] {
    let sum: f32 = values.iter().sum();
    if sum > 0.0 { values.map(|value| value / sum) } else { values }
}

fn exp(score: i32, scale: f32) -> f32 {
    (score as f32 / scale).exp()
}

/// Exponentials met so far: scores are sums of few steps, so that most were met before.
#[derive(Clone, Debug)]
struct Exps(Box<[(i32, f32); EXPS]>);

/// Exponentials that are remembered; a power of two.
const EXPS: usize = 1 << 12;

impl Default for Exps {
    fn default() -> Exps {
        Exps(Box::new([(0, 1.0); EXPS]))
    }
}

impl Exps {
    #[inline(always)]
    fn exp(&mut self, score: i32, scale: f32) -> f32 {
        let slot = (score as u32).wrapping_mul(0x9E37_79B1) >> (32 - EXPS.ilog2());
        let known = &mut self.0[slot as usize];
        if known.0 != score {
            *known = (score, exp(score, scale));
        }
        known.1
    }
}
