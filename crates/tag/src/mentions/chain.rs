//! One chain of labels: its best path and how sure it is.

use std::ops::Range;

use super::layers::{BEGIN, END, INSIDE, Layer, SINGLE};
use super::weights::{Row, SCALE};

/// The steps of the chain of one layer.
///
/// Its lanes in a row of weights are those of the places begin, single, inside, end in this
/// order, and of each place the types of the layer; outside has none, for all other labels are
/// weighed against it.
#[derive(Clone, Debug)]
pub(crate) struct Chain {
    pub(crate) layer: Layer,
    /// Its first lane.
    pub(crate) base: usize,
    kinds: usize,
    start: Column<i16>,
    end: Column<i16>,
    steps: Steps<i16>,
    odds: Odds,
}

/// Types of the layer that has most.
const KINDS: usize = 4;
/// Two places of each type: one vector.
const PAIR: usize = 2 * KINDS;
/// Impossible; saturated sums with it stay so low.
const NEVER: i16 = i16::MIN;

/// One number for each label at one position; the places of types that a layer has not are never
/// reached.
#[derive(Clone, Copy, Debug, Default)]
struct Column<T> {
    outside: T,
    /// The begins, then the singles: labels behind one that is closed.
    open: [T; PAIR],
    /// The insides, then the ends: labels behind a begin or inside of the same type.
    within: [T; PAIR],
}

impl<T: Copy> Column<T> {
    /// The labels behind which another mention may begin: the singles, then the ends.
    fn closed(&self) -> [T; PAIR] {
        std::array::from_fn(|i| if i < KINDS { self.open[i + KINDS] } else { self.within[i] })
    }

    /// The begins for the insides and for the ends behind them, and the insides likewise.
    fn opened(&self) -> [[T; PAIR]; 2] {
        [
            std::array::from_fn(|i| self.open[i % KINDS]),
            std::array::from_fn(|i| self.within[i % KINDS]),
        ]
    }

    fn map<U>(self, of: impl Fn(T) -> U + Copy) -> Column<U> {
        Column { outside: of(self.outside), open: self.open.map(of), within: self.within.map(of) }
    }
}

/// What a step from label to label adds, or multiplies.
#[derive(Clone, Copy, Debug)]
struct Steps<T> {
    /// From outside to outside and to what opens.
    outside: T,
    enter: [T; PAIR],
    /// From what is closed to outside and, by label, to what opens.
    leave: [T; PAIR],
    again: [[T; PAIR]; PAIR],
    /// The same the other way round: by label to, then label from.
    back: [[T; PAIR]; PAIR],
    /// From a begin, and from an inside, of the same type.
    stay: [[T; PAIR]; 2],
    /// What is closed and is no more than this above outside, by label, leads nowhere that outside
    /// does not lead to as well.
    lead: [T; PAIR],
}

/// The steps as factors, and tables of the exponentials.
#[derive(Clone, Debug)]
struct Odds {
    start: Column<f32>,
    end: Column<f32>,
    steps: Steps<f32>,
    /// `exp(-n / SCALE)` is the product of one entry of each.
    high: [f32; 256],
    low: [f32; 128],
}

/// The best paths that end at one position.
#[derive(Debug)]
struct Best {
    /// Their scores by label; only differences count.
    scores: Column<i16>,
    /// At the next position no path is better for coming from a label that is closed.
    quiet: bool,
}

/// Buffers of one thread.
#[derive(Debug, Default)]
pub(crate) struct Buffers {
    best: Vec<Best>,
    forward: Vec<Column<f32>>,
    local: Vec<Column<f32>>,
    /// The best labels of the part that was asked for last, counted from the layer's first.
    pub(crate) path: Vec<u8>,
    /// How probable the labels of that part of it are that was asked for last.
    sure: Vec<f32>,
}

impl Buffers {
    pub(crate) fn path_and_sure(&self) -> (&[u8], &[f32]) {
        (&self.path, &self.sure)
    }
}

impl Chain {
    /// The chain of a layer, from the scores of all labels.
    pub(crate) fn new(
        layer: Layer,
        base: usize,
        start: &[f32],
        end: &[f32],
        steps: &[f32],
    ) -> Chain {
        let kinds = layer.kinds.len();
        let units = |score: f32| (score * SCALE).round().clamp(-32768.0, 32767.0) as i16;
        let exp = |units: i16| match units {
            NEVER => 0.0,
            _ => (f32::from(units) / SCALE).exp(),
        };
        let of = |kind: usize, place: u8| 1 + 4 * kind + usize::from(place);
        let column = |scores: &[f32]| {
            let score = |label: usize| units(scores[layer.first + label]);
            let mut column =
                Column { outside: score(0), open: [NEVER; PAIR], within: [NEVER; PAIR] };
            for kind in 0..kinds {
                column.open[kind] = score(of(kind, BEGIN));
                column.open[KINDS + kind] = score(of(kind, SINGLE));
                column.within[kind] = score(of(kind, INSIDE));
                column.within[KINDS + kind] = score(of(kind, END));
            }
            column
        };
        let row = |from: usize| {
            let labels = super::layers::INNER.end();
            column(&steps[(layer.first + from) * labels..][..labels])
        };
        let outside = row(0);
        let mut steps = Steps {
            outside: outside.outside,
            enter: outside.open,
            leave: [NEVER; PAIR],
            again: [[NEVER; PAIR]; PAIR],
            back: [[NEVER; PAIR]; PAIR],
            stay: [[NEVER; PAIR]; 2],
            lead: [i16::MAX; PAIR],
        };
        for kind in 0..kinds {
            for (i, place) in [(kind, SINGLE), (KINDS + kind, END)] {
                let row = row(of(kind, place));
                (steps.leave[i], steps.again[i]) = (row.outside, row.open);
            }
            for (i, place) in [BEGIN, INSIDE].into_iter().enumerate() {
                let row = row(of(kind, place)).within;
                for to in [kind, KINDS + kind] {
                    steps.stay[i][to] = row[to];
                }
            }
        }
        steps.back = turned(&steps.again);
        for from in (0..PAIR).filter(|from| from % KINDS < kinds) {
            let over = |direct: i16, behind: i16| direct.saturating_sub(behind);
            let opens = (0..PAIR).filter(|to| to % KINDS < kinds);
            let opens = opens.map(|to| over(steps.enter[to], steps.again[from][to]));
            let least = opens.fold(i16::MAX, i16::min);
            steps.lead[from] = least.min(over(steps.outside, steps.leave[from]));
        }
        let (start, end) = (column(start), column(end));
        let again = steps.again.map(|row| row.map(exp));
        let odds = Odds {
            start: start.map(exp),
            end: end.map(exp),
            steps: Steps {
                outside: exp(steps.outside),
                enter: steps.enter.map(exp),
                leave: steps.leave.map(exp),
                again,
                back: turned(&again),
                stay: steps.stay.map(|row| row.map(exp)),
                lead: [0.0; PAIR],
            },
            high: std::array::from_fn(|n| (-(n as f32) * 128.0 / SCALE).exp()),
            low: std::array::from_fn(|n| (-(n as f32) / SCALE).exp()),
        };
        Chain { layer, base, kinds, start, end, steps, odds }
    }

    /// The lane of a label that is not outside.
    pub(crate) fn lane(&self, label: usize) -> usize {
        let (kind, place) = ((label - 1) / 4, (label - 1) % 4);
        let place = match place as u8 {
            BEGIN => 0,
            SINGLE => 1,
            INSIDE => 2,
            _ => 3,
        };
        self.base + place * self.kinds + kind
    }

    /// Its lanes, a bit each.
    pub(crate) fn lanes(&self) -> u32 {
        ((1 << (4 * self.kinds)) - 1) << self.base
    }

    /// The lanes of the labels that a mention begins with.
    pub(crate) fn begins(&self) -> u32 {
        ((1 << (2 * self.kinds)) - 1) << self.base
    }

    /// The scores of one position, those of outside being nothing.
    #[inline]
    fn scores<const K: usize>(&self, row: &Row) -> Column<i16> {
        let lanes = &row.0[self.base..self.base + 4 * K];
        let mut column = Column { outside: 0, open: [NEVER; PAIR], within: [NEVER; PAIR] };
        column.open[..K].copy_from_slice(&lanes[..K]);
        column.open[KINDS..KINDS + K].copy_from_slice(&lanes[K..2 * K]);
        column.within[..K].copy_from_slice(&lanes[2 * K..3 * K]);
        column.within[KINDS..KINDS + K].copy_from_slice(&lanes[3 * K..]);
        column
    }

    /// Sets the path to the best one through `rows`.
    pub(crate) fn best(&self, rows: &[Row], buffers: &mut Buffers) {
        match self.kinds {
            1 => self.best_of::<1>(rows, buffers),
            3 => self.best_of::<3>(rows, buffers),
            _ => self.best_of::<KINDS>(rows, buffers),
        }
    }

    /// The same for a layer of `K` types.
    fn best_of<const K: usize>(&self, rows: &[Row], buffers: &mut Buffers) {
        let Buffers { best, path, .. } = buffers;
        best.clear();
        path.clear();
        let Some((first, rest)) = rows.split_first() else { return };
        let steps = &self.steps;
        let mut before = add(&self.scores::<K>(first), &self.start);
        for row in rest {
            let outside = before.outside;
            let mut reached = Column {
                outside: outside.saturating_add(steps.outside),
                open: steps.enter.map(|step| outside.saturating_add(step)),
                within: [NEVER; PAIR],
            };
            let closed = before.closed();
            let quiet = !any_above(&closed, &steps.lead.map(|lead| outside.saturating_add(lead)));
            if !quiet {
                reached.outside = reached.outside.max(highest(&sums(&closed, &steps.leave)));
                for kind in 0..K {
                    for from in [kind, KINDS + kind] {
                        let sums = steps.again[from].map(|step| closed[from].saturating_add(step));
                        reached.open = highers(&reached.open, &sums);
                    }
                }
            }
            let [begins, insides] = before.opened();
            reached.within =
                highers(&sums(&begins, &steps.stay[0]), &sums(&insides, &steps.stay[1]));
            best.push(Best { scores: before, quiet });
            let now = add(&self.scores::<K>(row), &reached);
            // Only differences count, and they must stay in range however long the sequence.
            let top = now.outside.max(highest(&highers(&now.open, &now.within)));
            before = now.map(|score| score.saturating_sub(top));
        }
        path.resize(rows.len(), 0);
        let mut label = top::<K>(&add(&before, &self.end));
        for at in (1..rows.len()).rev() {
            path[at] = label;
            label = self.before(&best[at - 1], label);
        }
        path[0] = label;
    }

    /// The best label before `label`, by the scores of the position before; of equals the first.
    #[inline]
    fn before(&self, best: &Best, label: u8) -> u8 {
        let column = &best.scores;
        let place = place(label);
        if let Some((kind, place @ (INSIDE | END))) = place {
            let to = if place == END { KINDS + kind } else { kind };
            let begin = column.open[kind].saturating_add(self.steps.stay[0][to]);
            let inside = column.within[kind].saturating_add(self.steps.stay[1][to]);
            return label_of(kind, if inside > begin { INSIDE } else { BEGIN });
        }
        if best.quiet {
            return 0;
        }
        let steps = &self.steps;
        let to = place.map(|(kind, place)| if place == SINGLE { KINDS + kind } else { kind });
        let (outside, back) = match to {
            None => (steps.outside, &steps.leave),
            Some(to) => (steps.enter[to], &steps.back[to]),
        };
        let closed = sums(&column.closed(), back);
        let best = highest(&closed);
        if column.outside.saturating_add(outside) >= best {
            return 0;
        }
        match closed.iter().position(|score| *score == best) {
            Some(end @ KINDS..) => label_of(end - KINDS, END),
            single => label_of(single.unwrap_or(0), SINGLE),
        }
    }

    /// Sets how probable the labels of a part of the path are, seen from that part of `rows`
    /// alone.
    pub(crate) fn sure(&self, rows: &[Row], part: Range<usize>, buffers: &mut Buffers) {
        match self.kinds {
            1 => self.sure_of::<1>(rows, part, buffers),
            3 => self.sure_of::<3>(rows, part, buffers),
            _ => self.sure_of::<KINDS>(rows, part, buffers),
        }
    }

    /// The same for a layer of `K` types. Inlined, its constants would be made ready for every
    /// stretch, and two in three have no mention.
    #[inline(never)]
    #[expect(clippy::needless_range_loop, reason = "rows of one length become vectors this way")]
    fn sure_of<const K: usize>(&self, rows: &[Row], part: Range<usize>, buffers: &mut Buffers) {
        let Buffers { forward, local, path, sure, .. } = buffers;
        let (rows, path) = (&rows[part.clone()], &path[part]);
        let odds = &self.odds;
        let steps = &odds.steps;
        local.clear();
        local.extend(rows.iter().map(|row| self.exp::<K>(&self.scores::<K>(row))));
        forward.clear();
        let mut reached = odds.start;
        for local in &*local {
            let now = normal::<K>(product(&reached, local));
            forward.push(now);
            let closed = now.closed();
            reached.outside = now.outside * steps.outside;
            reached.open = steps.enter.map(|step| now.outside * step);
            for base in [0, KINDS] {
                for from in base..base + K {
                    reached.outside += closed[from] * steps.leave[from];
                    for to in 0..PAIR {
                        reached.open[to] += closed[from] * steps.again[from][to];
                    }
                }
            }
            let [begins, insides] = now.opened();
            reached.within = std::array::from_fn(|to| {
                begins[to] * steps.stay[0][to] + insides[to] * steps.stay[1][to]
            });
        }
        sure.clear();
        sure.resize(rows.len(), 0.0);
        let mut behind = odds.end;
        for at in (0..rows.len()).rev() {
            let both = normal::<K>(product(&forward[at], &behind));
            sure[at] = *both.of(path[at]);
            let next = product(&local[at], &behind);
            let mut outside = next.outside * steps.outside;
            let mut closed = steps.leave.map(|step| next.outside * step);
            for base in [0, KINDS] {
                for to in base..base + K {
                    outside += next.open[to] * steps.enter[to];
                    for from in 0..PAIR {
                        closed[from] += next.open[to] * steps.back[to][from];
                    }
                }
            }
            let opened = |from: usize, kind: usize| {
                steps.stay[from][kind] * next.within[kind]
                    + steps.stay[from][KINDS + kind] * next.within[KINDS + kind]
            };
            behind = normal::<K>(Column {
                outside,
                open: std::array::from_fn(
                    |i| if i < KINDS { opened(0, i) } else { closed[i - KINDS] },
                ),
                within: std::array::from_fn(|i| if i < KINDS { opened(1, i) } else { closed[i] }),
            });
        }
    }

    /// Exponentials, the highest score made one.
    #[inline]
    fn exp<const K: usize>(&self, column: &Column<i16>) -> Column<f32> {
        let top = column.outside.max(highest(&highers(&column.open, &column.within)));
        let exp = |score: i16| {
            let below = (i32::from(top) - i32::from(score)) as usize;
            self.odds.high.get(below >> 7).map_or(0.0, |high| high * self.odds.low[below & 127])
        };
        let mut odds = Column { outside: exp(column.outside), ..Column::default() };
        for base in [0, KINDS] {
            for i in base..base + K {
                odds.open[i] = exp(column.open[i]);
                odds.within[i] = exp(column.within[i]);
            }
        }
        odds
    }
}

/// So far behind outside, a label has no chance but inside a longer name.
pub(crate) const MARGIN: i16 = -(2.0 * SCALE) as i16;

impl<T> Column<T> {
    fn of(&self, label: u8) -> &T {
        let Some((kind, place)) = place(label) else { return &self.outside };
        let at = kind + KINDS * usize::from(matches!(place, SINGLE | END));
        if matches!(place, INSIDE | END) { &self.within[at] } else { &self.open[at] }
    }
}

/// Type and place of a label; none of outside.
fn place(label: u8) -> Option<(usize, u8)> {
    label.checked_sub(1).map(|label| (usize::from(label / 4), label % 4))
}

fn label_of(kind: usize, place: u8) -> u8 {
    (1 + 4 * kind) as u8 + place
}

/// The label with the highest score; of equals the first.
fn top<const K: usize>(column: &Column<i16>) -> u8 {
    let mut best = 0;
    if column.outside >= highest(&highers(&column.open, &column.within)) {
        return best;
    }
    for label in 1..=4 * K as u8 {
        if column.of(label) > column.of(best) {
            best = label;
        }
    }
    best
}

fn turned<T: Copy>(steps: &[[T; PAIR]; PAIR]) -> [[T; PAIR]; PAIR] {
    std::array::from_fn(|to| std::array::from_fn(|from| steps[from][to]))
}

#[inline]
fn highest(scores: &[i16]) -> i16 {
    scores.iter().fold(NEVER, |best, score| best.max(*score))
}

/// True when one of `a` is higher than its bound.
#[inline]
fn any_above(a: &[i16; PAIR], bounds: &[i16; PAIR]) -> bool {
    let mut any = false;
    for i in 0..PAIR {
        any |= a[i] > bounds[i];
    }
    any
}

#[inline]
fn sums(a: &[i16; PAIR], b: &[i16; PAIR]) -> [i16; PAIR] {
    std::array::from_fn(|i| a[i].saturating_add(b[i]))
}

#[inline]
fn highers(a: &[i16; PAIR], b: &[i16; PAIR]) -> [i16; PAIR] {
    std::array::from_fn(|i| a[i].max(b[i]))
}

#[inline]
fn add(a: &Column<i16>, b: &Column<i16>) -> Column<i16> {
    Column {
        outside: a.outside.saturating_add(b.outside),
        open: sums(&a.open, &b.open),
        within: sums(&a.within, &b.within),
    }
}

#[inline]
fn product(a: &Column<f32>, b: &Column<f32>) -> Column<f32> {
    let products = |a: &[f32; PAIR], b: &[f32; PAIR]| std::array::from_fn(|i| a[i] * b[i]);
    Column {
        outside: a.outside * b.outside,
        open: products(&a.open, &b.open),
        within: products(&a.within, &b.within),
    }
}

/// Makes the sum one.
#[inline]
fn normal<const K: usize>(column: Column<f32>) -> Column<f32> {
    let mut sum = column.outside;
    for places in [&column.open, &column.within] {
        for base in [0, KINDS] {
            for kind in 0..K {
                sum += places[base + kind];
            }
        }
    }
    if sum > 0.0 { column.map(|value| value / sum) } else { column }
}
