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
    /// From outside, a single or an end to outside, a begin or a single.
    enter: [[i16; WIDE]; CLOSED],
    /// From begin to inside and to end, from inside to inside and to end, by type.
    stay: [[i16; KINDS]; 4],
    odds: Odds,
}

/// Types of the layer that has most.
const KINDS: usize = 4;
/// Labels behind which another mention may begin.
const CLOSED: usize = 1 + 2 * KINDS;
/// As many places, for whole vectors.
const WIDE: usize = 16;
/// Impossible; saturated sums with it stay so low.
const NEVER: i16 = i16::MIN;

/// One number for each label at one position.
#[derive(Clone, Copy, Debug, Default)]
struct Column<T> {
    /// Outside, the begins, the singles.
    enter: [T; WIDE],
    /// The insides.
    inside: [T; KINDS],
    /// The ends.
    end: [T; KINDS],
}

/// The transitions as factors, and tables of the exponentials.
#[derive(Clone, Debug)]
struct Odds {
    start: Column<f32>,
    end: Column<f32>,
    enter: [[f32; WIDE]; CLOSED],
    /// The same the other way round: by label to, then label from.
    leave: [[f32; WIDE]; CLOSED],
    stay: [[f32; KINDS]; 4],
    /// `exp(-n / SCALE)` is the product of one entry of each.
    high: [f32; 256],
    low: [f32; 128],
}

/// Buffers of one thread.
#[derive(Debug, Default)]
pub(crate) struct Buffers {
    best: Vec<Column<i16>>,
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
                Column { enter: [NEVER; WIDE], inside: [NEVER; KINDS], end: [NEVER; KINDS] };
            column.enter[0] = score(0);
            for kind in 0..kinds {
                column.enter[1 + kind] = score(of(kind, BEGIN));
                column.enter[1 + kinds + kind] = score(of(kind, SINGLE));
                column.inside[kind] = score(of(kind, INSIDE));
                column.end[kind] = score(of(kind, END));
            }
            column
        };
        let row = |from: usize| {
            let labels = super::layers::INNER.end();
            column(&steps[(layer.first + from) * labels..][..labels])
        };
        let mut enter = [[NEVER; WIDE]; CLOSED];
        let mut stay = [[NEVER; KINDS]; 4];
        enter[0] = row(0).enter;
        for kind in 0..kinds {
            enter[1 + kind] = row(of(kind, SINGLE)).enter;
            enter[1 + kinds + kind] = row(of(kind, END)).enter;
            let (begin, inside) = (row(of(kind, BEGIN)), row(of(kind, INSIDE)));
            stay[0][kind] = begin.inside[kind];
            stay[1][kind] = begin.end[kind];
            stay[2][kind] = inside.inside[kind];
            stay[3][kind] = inside.end[kind];
        }
        let (start, end) = (column(start), column(end));
        let factors = |column: Column<i16>| Column {
            enter: column.enter.map(exp),
            inside: column.inside.map(exp),
            end: column.end.map(exp),
        };
        let enter_odds = enter.map(|row| row.map(exp));
        let leave = std::array::from_fn(|to| {
            std::array::from_fn(|from| enter_odds.get(from).map_or(0.0, |row| row[to]))
        });
        let odds = Odds {
            start: factors(start),
            end: factors(end),
            enter: enter_odds,
            leave,
            stay: stay.map(|row| row.map(exp)),
            high: std::array::from_fn(|n| (-(n as f32) * 128.0 / SCALE).exp()),
            low: std::array::from_fn(|n| (-(n as f32) / SCALE).exp()),
        };
        Chain { layer, base, kinds, start, end, enter, stay, odds }
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

    /// True where a label is not so far behind outside that it has no chance.
    #[inline]
    pub(crate) fn is_open(&self, row: &Row) -> bool {
        let lanes = &row.0[self.base..self.base + 4 * self.kinds];
        lanes.iter().fold(NEVER, |best, score| best.max(*score)) > MARGIN
    }

    /// The scores of one position, those of outside being nothing.
    #[inline]
    fn scores<const K: usize>(&self, row: &Row) -> Column<i16> {
        let lanes = &row.0[self.base..self.base + 4 * K];
        let mut column =
            Column { enter: [NEVER; WIDE], inside: [NEVER; KINDS], end: [NEVER; KINDS] };
        column.enter[0] = 0;
        column.enter[1..=2 * K].copy_from_slice(&lanes[..2 * K]);
        column.inside[..K].copy_from_slice(&lanes[2 * K..3 * K]);
        column.end[..K].copy_from_slice(&lanes[3 * K..]);
        column
    }

    /// Labels behind which another mention may begin, in the order of `enter`.
    #[inline]
    fn closed<const K: usize, T: Copy>(column: &Column<T>, nothing: T) -> [T; CLOSED] {
        let mut closed = [nothing; CLOSED];
        closed[0] = column.enter[0];
        closed[1..=K].copy_from_slice(&column.enter[1 + K..=2 * K]);
        closed[1 + K..=2 * K].copy_from_slice(&column.end[..K]);
        closed
    }

    /// Sets the path to the best one through `rows`.
    pub(crate) fn best(&self, rows: &[Row], buffers: &mut Buffers) {
        match self.kinds {
            1 => self.best_of::<1, 4>(rows, buffers),
            3 => self.best_of::<3, 8>(rows, buffers),
            _ => self.best_of::<KINDS, WIDE>(rows, buffers),
        }
    }

    /// The same for a layer of `K` types; the first `W` places of a wide column hold its labels.
    #[expect(clippy::needless_range_loop, reason = "rows of one length become vectors this way")]
    fn best_of<const K: usize, const W: usize>(&self, rows: &[Row], buffers: &mut Buffers) {
        let Buffers { best, path, .. } = buffers;
        best.clear();
        path.clear();
        let Some((first, rest)) = rows.split_first() else { return };
        best.push(add(&self.scores::<K>(first), &self.start));
        let mut before = best[0];
        for row in rest {
            let mut now = self.scores::<K>(row);
            let mut enter = [NEVER; WIDE];
            let closed = Chain::closed::<K, _>(&before, NEVER);
            for from in 0..1 + 2 * K {
                let (score, steps) = (closed[from], &self.enter[from]);
                for to in 0..W {
                    enter[to] = enter[to].max(score.saturating_add(steps[to]));
                }
            }
            for to in 0..W {
                now.enter[to] = now.enter[to].saturating_add(enter[to]);
            }
            for kind in 0..K {
                let (begin, inside) = (before.enter[1 + kind], before.inside[kind]);
                let step = |i: usize| self.stay[i][kind];
                let best = begin.saturating_add(step(0)).max(inside.saturating_add(step(2)));
                now.inside[kind] = now.inside[kind].saturating_add(best);
                let best = begin.saturating_add(step(1)).max(inside.saturating_add(step(3)));
                now.end[kind] = now.end[kind].saturating_add(best);
            }
            // Only differences count, and they must stay in range however long the sequence.
            let highest = now.enter[..W].iter().fold(NEVER, |best, score| best.max(*score));
            let highest = now.inside[..K].iter().fold(highest, |best, score| best.max(*score));
            let highest = now.end[..K].iter().fold(highest, |best, score| best.max(*score));
            let lower = |score: &mut i16| *score = score.saturating_sub(highest);
            now.enter[..W].iter_mut().for_each(lower);
            now.inside[..K].iter_mut().for_each(lower);
            now.end[..K].iter_mut().for_each(lower);
            best.push(now);
            before = now;
        }
        path.resize(rows.len(), 0);
        let mut label = self.top(&add(&before, &self.end));
        for at in (0..rows.len()).rev() {
            path[at] = label;
            if at > 0 {
                label = self.before::<K>(&best[at - 1], label);
            }
        }
    }

    /// The label with the highest score; of equals the first.
    fn top(&self, column: &Column<i16>) -> u8 {
        let score = |label: &u8| *self.of(column, *label);
        let labels = 0..self.layer.labels() as u8;
        labels.rev().max_by_key(score).unwrap_or(0)
    }

    /// The best label before `label`, by the scores of the position before.
    fn before<const K: usize>(&self, column: &Column<i16>, label: u8) -> u8 {
        let place = |label: u8| ((label - 1) / 4, (label - 1) % 4);
        let of = |kind: usize, place: u8| (1 + 4 * kind) as u8 + place;
        if label > 0 && matches!(place(label).1, INSIDE | END) {
            let (kind, place) = (usize::from(place(label).0), place(label).1);
            let step = usize::from(place == END);
            let begin = column.enter[1 + kind].saturating_add(self.stay[step][kind]);
            let inside = column.inside[kind].saturating_add(self.stay[2 + step][kind]);
            return if inside > begin { of(kind, INSIDE) } else { of(kind, BEGIN) };
        }
        let to = match label {
            0 => 0,
            _ if place(label).1 == BEGIN => 1 + usize::from(place(label).0),
            _ => 1 + K + usize::from(place(label).0),
        };
        let closed = Chain::closed::<K, _>(column, NEVER);
        let score = |from: &usize| closed[*from].saturating_add(self.enter[*from][to]);
        match (0..=2 * K).rev().max_by_key(score).unwrap_or(0) {
            0 => 0,
            from if from <= K => of(from - 1, SINGLE),
            from => of(from - 1 - K, END),
        }
    }

    fn of<'c, T>(&self, column: &'c Column<T>, label: u8) -> &'c T {
        let Some(label) = label.checked_sub(1) else { return &column.enter[0] };
        let kind = usize::from(label / 4);
        match label % 4 {
            BEGIN => &column.enter[1 + kind],
            SINGLE => &column.enter[1 + self.kinds + kind],
            INSIDE => &column.inside[kind],
            _ => &column.end[kind],
        }
    }

    /// Sets how probable the labels of a part of the path are, seen from that part of `rows`
    /// alone.
    pub(crate) fn sure(&self, rows: &[Row], part: Range<usize>, buffers: &mut Buffers) {
        match self.kinds {
            1 => self.sure_of::<1, 4>(rows, part, buffers),
            3 => self.sure_of::<3, 8>(rows, part, buffers),
            _ => self.sure_of::<KINDS, 12>(rows, part, buffers),
        }
    }

    /// The same for a layer of `K` types; the first `W` places of a wide column hold its labels.
    #[expect(clippy::needless_range_loop, reason = "rows of one length become vectors this way")]
    fn sure_of<const K: usize, const W: usize>(
        &self,
        rows: &[Row],
        part: Range<usize>,
        buffers: &mut Buffers,
    ) {
        let Buffers { forward, local, path, sure, .. } = buffers;
        let (rows, path) = (&rows[part.clone()], &path[part]);
        let odds = &self.odds;
        local.clear();
        local.extend(rows.iter().map(|row| self.exp::<K>(&self.scores::<K>(row))));
        forward.clear();
        for at in 0..rows.len() {
            let mut now = odds.start;
            if at > 0 {
                let before = &forward[at - 1];
                now = Column::default();
                let closed = Chain::closed::<K, _>(before, 0.0);
                for from in 0..1 + 2 * K {
                    let (weight, steps) = (closed[from], &odds.enter[from]);
                    for to in 0..W {
                        now.enter[to] += weight * steps[to];
                    }
                }
                for kind in 0..K {
                    let (begin, inside) = (before.enter[1 + kind], before.inside[kind]);
                    now.inside[kind] = begin * odds.stay[0][kind] + inside * odds.stay[2][kind];
                    now.end[kind] = begin * odds.stay[1][kind] + inside * odds.stay[3][kind];
                }
            }
            forward.push(normal::<K, W>(product::<K, W>(&now, &local[at])));
        }
        sure.clear();
        sure.resize(rows.len(), 0.0);
        let mut behind = odds.end;
        for at in (0..rows.len()).rev() {
            let both = normal::<K, W>(product::<K, W>(&forward[at], &behind));
            sure[at] = *self.of(&both, path[at]);
            let next = product::<K, W>(&local[at], &behind);
            let mut closed = [0.0; WIDE];
            for to in 0..1 + 2 * K {
                let (weight, steps) = (next.enter[to], &odds.leave[to]);
                for from in 0..W {
                    closed[from] += steps[from] * weight;
                }
            }
            behind = Column::default();
            behind.enter[0] = closed[0];
            for kind in 0..K {
                let step = |i: usize| odds.stay[i][kind];
                behind.enter[1 + kind] = step(0) * next.inside[kind] + step(1) * next.end[kind];
                behind.inside[kind] = step(2) * next.inside[kind] + step(3) * next.end[kind];
                behind.enter[1 + K + kind] = closed[1 + kind];
                behind.end[kind] = closed[1 + K + kind];
            }
            behind = normal::<K, W>(behind);
        }
    }

    /// Exponentials, the highest score made one.
    fn exp<const K: usize>(&self, column: &Column<i16>) -> Column<f32> {
        let all = column.enter[..=2 * K].iter().chain(&column.inside[..K]).chain(&column.end[..K]);
        let highest = i32::from(all.fold(NEVER, |best, score| best.max(*score)));
        let exp = |score: i16| {
            let below = (highest - i32::from(score)) as usize;
            self.odds.high.get(below >> 7).map_or(0.0, |high| high * self.odds.low[below & 127])
        };
        let mut odds = Column::default();
        odds.enter[..=2 * K].iter_mut().zip(&column.enter).for_each(|(o, s)| *o = exp(*s));
        odds.inside[..K].iter_mut().zip(&column.inside).for_each(|(o, s)| *o = exp(*s));
        odds.end[..K].iter_mut().zip(&column.end).for_each(|(o, s)| *o = exp(*s));
        odds
    }
}

/// So far behind outside, a label has no chance but inside a longer name.
const MARGIN: i16 = -(2.0 * SCALE) as i16;

fn add(a: &Column<i16>, b: &Column<i16>) -> Column<i16> {
    let sum = |i: usize, a: &[i16], b: &[i16]| a[i].saturating_add(b[i]);
    Column {
        enter: std::array::from_fn(|i| sum(i, &a.enter, &b.enter)),
        inside: std::array::from_fn(|i| sum(i, &a.inside, &b.inside)),
        end: std::array::from_fn(|i| sum(i, &a.end, &b.end)),
    }
}

#[inline]
fn product<const K: usize, const W: usize>(a: &Column<f32>, b: &Column<f32>) -> Column<f32> {
    let mut column = Column::default();
    for i in 0..W {
        column.enter[i] = a.enter[i] * b.enter[i];
    }
    for i in 0..K {
        column.inside[i] = a.inside[i] * b.inside[i];
        column.end[i] = a.end[i] * b.end[i];
    }
    column
}

#[inline]
fn normal<const K: usize, const W: usize>(mut column: Column<f32>) -> Column<f32> {
    let Column { enter, inside, end } = &mut column;
    let (enter, inside, end) = (&mut enter[..W], &mut inside[..K], &mut end[..K]);
    let all = enter[..=2 * K].iter().chain(&*inside).chain(&*end);
    let sum: f32 = all.sum();
    if sum > 0.0 {
        let share = |value: &mut f32| *value /= sum;
        enter.iter_mut().for_each(share);
        inside.iter_mut().for_each(share);
        end.iter_mut().for_each(share);
    }
    column
}
