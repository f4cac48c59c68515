//! Sums over all paths of a chain whose labels are few, come in pairs, and how many is known to the
//! compiler.

use crate::Model;
use crate::model::NEVER;

/// The steps of a model of `L` labels as factors, for marginals. The labels are `P` pairs: of a
/// thing that begins and of one that goes on, which only the two of its own pair lead to.
#[derive(Clone, Debug)]
pub struct Chain<const L: usize, const P: usize> {
    scale: f32,
    start: Row<P>,
    end: Row<P>,
    /// For each label, pair by pair, the things that may begin behind it.
    onward: [[[f32; P]; 2]; P],
    /// For each thing that begins the labels that it may follow.
    backward: [Row<P>; P],
    /// What goes on behind what began, and behind what went on.
    goes_on: Row<P>,
}

/// A number for each label: first of each pair those that begin, then those that go on.
type Row<const P: usize> = [[f32; P]; 2];

/// Buffers of [`Chain::marginals`], reused from sequence to sequence.
#[derive(Clone, Debug)]
pub struct Sums<const L: usize, const P: usize> {
    exps: Exps,
    local: Vec<Row<P>>,
    forward: Vec<Row<P>>,
    behind: Vec<Row<P>>,
    found: Vec<[f32; L]>,
}

impl<const L: usize, const P: usize> Default for Sums<L, P> {
    fn default() -> Self {
        let [local, forward, behind] = [0; 3].map(|_| Vec::new());
        Sums { exps: Exps::default(), local, forward, behind, found: Vec::new() }
    }
}

impl<const L: usize, const P: usize> Chain<L, P> {
    /// The chain of a model; `None` if it has another number of labels, or others that go on.
    pub fn of(model: &Model) -> Option<Self> {
        const { assert!(L == 2 * P) };
        let exp = |score: &i32| if *score == NEVER { 0.0 } else { exp(*score, model.scale()) };
        let row = |scores: &[i32]| -> Option<Row<P>> {
            let scores: &[i32; L] = scores.try_into().ok()?;
            Some([0, 1].map(|on| std::array::from_fn(|pair| exp(&scores[2 * pair + on]))))
        };
        let mut chain = Chain {
            scale: model.scale(),
            start: row(&model.start)?,
            end: row(&model.end)?,
            onward: [[[0.0; P]; 2]; P],
            backward: [[[0.0; P]; 2]; P],
            goes_on: [[0.0; P]; 2],
        };
        for (to, before) in model.before.iter().enumerate() {
            for (from, score) in before {
                let (pair, on) = (usize::from(*from) / 2, usize::from(*from) % 2);
                let score = exp(score);
                if to % 2 == 0 {
                    chain.onward[pair][on][to / 2] = score;
                    chain.backward[to / 2][on][pair] = score;
                } else if to / 2 == pair {
                    chain.goes_on[on][pair] = score;
                } else if score != 0.0 {
                    return None;
                }
            }
        }
        Some(chain)
    }

    /// A score in the units of those that [`Chain::marginals`] takes.
    pub fn units(&self, score: f32) -> i32 {
        (score * self.scale).round() as i32
    }

    /// The probability of each label at each position, given its score there.
    pub fn marginals<'s>(&self, scores: &[[i32; L]], sums: &'s mut Sums<L, P>) -> &'s [[f32; L]] {
        let Sums { exps, local, forward, behind, found } = sums;
        local.clear();
        local.extend(scores.iter().map(|scores| {
            let highest = scores.iter().copied().max().unwrap_or(0);
            let factors = scores.map(|score| exps.exp(score - highest, self.scale));
            [0, 1].map(|on| std::array::from_fn(|pair| factors[2 * pair + on]))
        }));
        found.clear();
        let Some(first) = local.first() else { return &[] };
        let mut ahead = normalized(times(&self.start, first));
        let mut back = self.end;
        forward.clear();
        forward.push(ahead);
        behind.clear();
        behind.push(back);
        // From both ends at once: neither sum waits for the other.
        for (local, from_end) in local[1..].iter().zip(local.iter().rev()) {
            ahead = normalized(times(&self.ahead(&ahead), local));
            forward.push(ahead);
            back = normalized(self.back(&times(from_end, &back)));
            behind.push(back);
        }
        found.extend(forward.iter().zip(behind.iter().rev()).map(|(ahead, back)| {
            let row = normalized(times(ahead, back));
            std::array::from_fn(|label| row[label % 2][label / 2])
        }));
        found
    }

    /// The sums of a place, without what speaks there, from those of the place before.
    #[inline(always)]
    fn ahead(&self, sums: &Row<P>) -> Row<P> {
        let mut begin = [0.0; P];
        for (pair, edges) in self.onward.iter().enumerate() {
            for (sums, edges) in sums.iter().zip(edges) {
                begin = std::array::from_fn(|i| begin[i] + sums[pair] * edges[i]);
            }
        }
        let [begun, gone_on] = times(sums, &self.goes_on);
        [begin, std::array::from_fn(|i| begun[i] + gone_on[i])]
    }

    /// The sums of a place from those of the place behind it, with what speaks there.
    #[inline(always)]
    fn back(&self, sums: &Row<P>) -> Row<P> {
        let [begin, go_on] = sums;
        let goes_on = self.goes_on.map(|edges| product(go_on, &edges));
        let mut back = [[0.0; P]; 2];
        // In the order of the labels, which the last bit of a sum depends on.
        for (pair, edges) in self.backward.iter().enumerate() {
            for ((back, edges), goes_on) in back.iter_mut().zip(edges).zip(&goes_on) {
                *back = std::array::from_fn(|i| back[i] + begin[pair] * edges[i]);
                back[pair] += goes_on[pair];
            }
        }
        back
    }
}

#[inline(always)]
fn times<const P: usize>(a: &Row<P>, b: &Row<P>) -> Row<P> {
    [product(&a[0], &b[0]), product(&a[1], &b[1])]
}

#[inline(always)]
fn product<const P: usize>(a: &[f32; P], b: &[f32; P]) -> [f32; P] {
    std::array::from_fn(|i| a[i] * b[i])
}

#[inline(always)]
fn normalized<const P: usize>(row: Row<P>) -> Row<P> {
    let [begin, go_on] = &row;
    let sum = begin.iter().zip(go_on).fold(0.0, |sum: f32, (a, b)| sum + a + b);
    if sum > 0.0 { row.map(|row| row.map(|value| value / sum)) } else { row }
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
