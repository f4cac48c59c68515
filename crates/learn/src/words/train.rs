//! A linear-chain random field over gaps, trained by stochastic gradient with a step per weight.
//!
//! Every weight is a shared one plus one per convention (Daumé III, "Frustratingly easy domain
//! adaptation", 2007), so that the texts of one convention help the others without teaching them
//! what they would not write.

use super::corpus::Convention;

/// Features of one sentence as slots of the table, gap by gap.
#[derive(Clone, Debug, Default)]
pub(crate) struct Example {
    pub(crate) slots: Vec<u32>,
    /// End of the slots of each gap, then of each bond.
    pub(crate) ends: Vec<u32>,
    pub(crate) labels: Vec<bool>,
    pub(crate) convention: usize,
}

impl Example {
    pub(crate) fn slots_of(&self, i: usize) -> &[u32] {
        let start = if i == 0 { 0 } else { self.ends[i - 1] as usize };
        &self.slots[start..self.ends[i] as usize]
    }
}

/// Columns of a slot: the shared weight, then one for each convention.
pub(crate) const COLUMNS: usize = 4;

/// Weights with the sums of their squared gradients.
pub(crate) struct Table {
    cells: Vec<[f32; 2 * COLUMNS]>,
}

/// How fast and how long.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Settings {
    pub(crate) bits: u32,
    pub(crate) step: f32,
    pub(crate) epochs: usize,
    pub(crate) snapshots: usize,
    pub(crate) silver_weight: f32,
    pub(crate) seed: u64,
}

impl Table {
    pub(crate) fn new(bits: u32) -> Table {
        Table { cells: vec![[0.0; 2 * COLUMNS]; 1 << bits] }
    }

    fn sum(&self, slots: &[u32], column: usize) -> f32 {
        slots
            .iter()
            .map(|s| {
                let cell = &self.cells[*s as usize];
                cell[0] + cell[column]
            })
            .sum()
    }

    fn update(&mut self, slots: &[u32], column: usize, gradient: f32, step: f32) {
        for slot in slots {
            let cell = &mut self.cells[*slot as usize];
            for c in [0, column] {
                let sum = &mut cell[COLUMNS + c];
                *sum += gradient * gradient;
                let by = step * gradient / (1e-6 + sum.sqrt());
                cell[c] += by;
            }
        }
    }

    /// The weights with the offsets added in these parts.
    pub(crate) fn mixed(&self, parts: [f32; COLUMNS - 1]) -> Vec<f32> {
        self.cells
            .iter()
            .map(|c| c[0] + parts.iter().enumerate().map(|(i, p)| p * c[i + 1]).sum::<f32>())
            .collect()
    }

    /// Adds the weights of another table.
    pub(crate) fn add(&mut self, other: &Table) {
        for (cell, more) in self.cells.iter_mut().zip(&other.cells) {
            (0..COLUMNS).for_each(|c| cell[c] += more[c]);
        }
    }

    /// Multiplies all weights.
    pub(crate) fn scale(&mut self, by: f32) {
        for cell in &mut self.cells {
            (0..COLUMNS).for_each(|c| cell[c] *= by);
        }
    }

    fn columns(&self) -> Vec<[f32; COLUMNS]> {
        self.cells.iter().map(|c| [c[0], c[1], c[2], c[3]]).collect()
    }
}

/// Trains on `examples`; `order` gives the next pseudo-random number.
pub(crate) fn train(examples: &[Example], settings: Settings) -> Table {
    let mut table = Table::new(settings.bits);
    let mut order: Vec<u32> = (0..examples.len() as u32).collect();
    let mut state = settings.seed;
    let mut average: Vec<[f32; COLUMNS]> = Vec::new();
    let mut taken = 0.0;
    let silver = Convention::Silver as usize + 1;
    for epoch in 0..settings.epochs {
        shuffle(&mut order, &mut state);
        let last = epoch + 1 == settings.epochs;
        let every = (order.len() / settings.snapshots.max(1)).max(1);
        for (n, example) in order.iter().enumerate() {
            let example = &examples[*example as usize];
            let weight = if example.convention == silver { settings.silver_weight } else { 1.0 };
            learn(&mut table, example, settings.step, weight);
            if last && (n + 1) % every == 0 {
                taken += 1.0;
                let columns = table.columns();
                if average.is_empty() {
                    average = columns;
                } else {
                    for (sum, cell) in average.iter_mut().zip(columns) {
                        sum.iter_mut().zip(cell).for_each(|(s, c)| *s += c);
                    }
                }
            }
        }
    }
    for (cell, sum) in table.cells.iter_mut().zip(&average) {
        for c in 0..COLUMNS {
            cell[c] = sum[c] / taken;
        }
    }
    table
}

/// One step: forward, backward, gradient.
fn learn(table: &mut Table, example: &Example, step: f32, weight: f32) {
    let n = example.labels.len();
    let column = example.convention;
    let gaps: Vec<f64> =
        (0..n).map(|i| f64::from(table.sum(example.slots_of(i), column))).collect();
    let bonds: Vec<f64> =
        (0..n - 1).map(|i| f64::from(table.sum(example.slots_of(n + i), column))).collect();
    let log = |a: f64, b: f64| {
        let m = a.max(b);
        m + ((a - m).exp() + (b - m).exp()).ln()
    };
    let mut ahead = vec![[0.0f64; 2]; n];
    ahead[0] = [0.0, gaps[0]];
    for i in 1..n {
        let [c, j] = ahead[i - 1];
        ahead[i] = [log(c, j), log(c, j + bonds[i - 1]) + gaps[i]];
    }
    let mut behind = vec![[0.0f64; 2]; n];
    for i in (0..n - 1).rev() {
        let [c, j] = behind[i + 1];
        let join = j + gaps[i + 1];
        behind[i] = [log(c, join), log(c, join + bonds[i])];
    }
    let all = log(ahead[n - 1][0], ahead[n - 1][1]);
    for i in 0..n {
        let p = (ahead[i][1] + behind[i][1] - all).exp();
        let gradient = (f64::from(u8::from(example.labels[i])) - p) as f32 * weight;
        if gradient.abs() > 1e-4 {
            table.update(example.slots_of(i), column, gradient, step);
        }
    }
    for i in 0..n - 1 {
        let p = (ahead[i][1] + bonds[i] + gaps[i + 1] + behind[i + 1][1] - all).exp();
        let both = example.labels[i] && example.labels[i + 1];
        let gradient = (f64::from(u8::from(both)) - p) as f32 * weight;
        if gradient.abs() > 1e-4 {
            table.update(example.slots_of(n + i), column, gradient, step);
        }
    }
}

fn shuffle(order: &mut [u32], state: &mut u64) {
    for i in (1..order.len()).rev() {
        *state =
            state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        order.swap(i, (*state >> 33) as usize % (i + 1));
    }
}
