//! Where the entities of the network stand: a seeded force layout, the same on every machine.

use std::collections::BTreeMap;

use crate::rows::EdgeRow;

/// Entities that are drawn, those with most ties.
const NODES: usize = 120;
const ROUNDS: usize = 300;

/// Places in the unit square by entity id: Fruchterman and Reingold 1991 from a sunflower spiral,
/// in which the best tied begin in the middle.
///
/// Positions are rounded to three decimals, and only additions, products and square roots are
/// used, which every machine rounds alike.
pub(crate) fn layout(edges: &[EdgeRow]) -> BTreeMap<&str, [f64; 2]> {
    let mut ties: BTreeMap<&str, u64> = BTreeMap::new();
    for edge in edges {
        // Co-mention counts only for those who have no other tie.
        let weight = if edge.kind == "co_mentioned" { 0 } else { 1000 * edge.weight };
        for id in [&edge.source, &edge.target] {
            *ties.entry(id).or_default() += weight + edge.weight.min(100);
        }
    }
    let mut nodes: Vec<(&str, u64)> = ties.into_iter().collect();
    nodes.sort_by(|a, b| b.1.cmp(&a.1).then(a.0.cmp(b.0)));
    nodes.truncate(NODES);
    let number: BTreeMap<&str, usize> =
        nodes.iter().enumerate().map(|(n, (id, _))| (*id, n)).collect();
    let pulls: Vec<(usize, usize, f64)> = edges
        .iter()
        .filter_map(|edge| {
            let strength = if edge.kind == "co_mentioned" { 0.08 } else { 1.0 };
            Some((*number.get(&*edge.source)?, *number.get(&*edge.target)?, strength))
        })
        .collect();
    let mut places = sunflower(nodes.len());
    let ideal = 0.9 / (nodes.len().max(1) as f64).sqrt();
    for round in 0..ROUNDS {
        let mut moves = vec![[0.0f64; 2]; nodes.len()];
        for a in 0..nodes.len() {
            for b in a + 1..nodes.len() {
                let (dx, dy, far) = between(places[a], places[b]);
                let push = ideal * ideal / far;
                shift(&mut moves, a, b, dx / far * push, dy / far * push);
            }
        }
        for &(a, b, strength) in &pulls {
            let (dx, dy, far) = between(places[a], places[b]);
            let pull = -strength * far * far / ideal;
            shift(&mut moves, a, b, dx / far * pull, dy / far * pull);
        }
        let step = 0.1 * (1.0 - round as f64 / ROUNDS as f64) + 0.001;
        for (place, [dx, dy]) in places.iter_mut().zip(moves) {
            // A gentle pull to the middle keeps apart what has no tie from flying off.
            let (dx, dy) = (dx + (0.5 - place[0]) * 0.12, dy + (0.5 - place[1]) * 0.12);
            let long = (dx * dx + dy * dy).sqrt().max(1e-9);
            let step = step.min(long);
            *place = [place[0] + dx / long * step, place[1] + dy / long * step];
        }
    }
    spread(&mut places);
    nodes.iter().zip(places).map(|((id, _), place)| (*id, place.map(rounded))).collect()
}

fn between(a: [f64; 2], b: [f64; 2]) -> (f64, f64, f64) {
    let (dx, dy) = (a[0] - b[0], a[1] - b[1]);
    (dx, dy, (dx * dx + dy * dy).sqrt().max(1e-4))
}

fn shift(moves: &mut [[f64; 2]], a: usize, b: usize, dx: f64, dy: f64) {
    moves[a] = [moves[a][0] + dx, moves[a][1] + dy];
    moves[b] = [moves[b][0] - dx, moves[b][1] - dy];
}

/// Points on a spiral by the golden angle, turned step by step with a fixed rotation.
fn sunflower(len: usize) -> Vec<[f64; 2]> {
    const COS: f64 = -0.737_368_878_078_319_7;
    const SIN: f64 = 0.675_490_294_261_523_8;
    let mut turn = [1.0, 0.0];
    let places = (0..len).map(|n| {
        let far = 0.45 * ((n as f64 + 0.5) / len as f64).sqrt();
        turn = [turn[0] * COS - turn[1] * SIN, turn[0] * SIN + turn[1] * COS];
        [0.5 + far * turn[0], 0.5 + far * turn[1]]
    });
    places.collect()
}

/// Fills the square: half by place and half by rank, so that the crowd around a hub has room
/// while what stands far out stays near the edge.
fn spread(places: &mut [[f64; 2]]) {
    for axis in 0..2 {
        let mut order: Vec<usize> = (0..places.len()).collect();
        order.sort_by(|a, b| places[*a][axis].total_cmp(&places[*b][axis]).then(a.cmp(b)));
        let (Some(first), Some(last)) = (order.first(), order.last()) else { return };
        let (low, high) = (places[*first][axis], places[*last][axis]);
        for (rank, n) in order.iter().enumerate() {
            let rank = (rank as f64 + 0.5) / places.len() as f64;
            let place = (places[*n][axis] - low) / (high - low).max(1e-9);
            places[*n][axis] = 0.4 * place + 0.6 * rank;
        }
    }
}

fn rounded(value: f64) -> f64 {
    (value * 1e3).round() / 1e3
}
