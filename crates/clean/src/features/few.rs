//! Features whose values are few: their weights are found by a number, not by a hash.

use crate::weights::{Feature, hashed, packed};

/// The templates, in order, each with a bound for each of its values.
const FEW: &[(u64, &[u64])] = &[
    (1, &[]),
    (2, &[PART, END, LENGTH]),
    (3, &[LENGTH, END, PART]),
    (4, &[END, CUT, NEXT, LENGTH]),
    (5, &[FORM, 5, 5, ROLE]),
    (6, &[RULE, CUT]),
    (8, &[2, CUT, NEXT]),
    (9, &[2, 5, PART, 2]),
    (14, &[CUE, CUT]),
    (15, &[8, END]),
    (18, &[SCORE, PART]),
    (19, &[SCORE, END, NEXT]),
    (20, &[4, SCORE, SCORE + 1]),
    (21, &[SHARE, 5, END]),
    (22, &[SHARE, LENGTH, FORM]),
    (23, &[SHARE, SCORE]),
    (24, &[3, END, SCORE]),
    (25, &[SHARE, END, 7]),
    (26, &[3, NEXT, SCORE + 1]),
    (27, &[6, 4, SCORE]),
    (28, &[2, RULE, END]),
    (29, &[5, END, FORM, PART]),
    (30, &[2, 5, LENGTH]),
    (31, &[2, END, 2, LENGTH]),
    (32, &[SPLITS, SCORE + 1, PART]),
    (33, &[SPLITS, END, SCORE]),
    (34, &[SCORE, 3 * END, 2, 3]),
];

const PART: u64 = 4;
const END: u64 = 10;
const LENGTH: u64 = 13;
const CUT: u64 = 9;
const NEXT: u64 = 16;
const FORM: u64 = 5;
const ROLE: u64 = 3;
const RULE: u64 = 64;
const CUE: u64 = 32;
const SCORE: u64 = 12;
const SHARE: u64 = 16;
const SPLITS: u64 = 7;

/// The numbers of a template's features: the first of them, and the bounds of its values.
struct Place<const N: usize> {
    first: u64,
    bounds: [u64; N],
}

impl<const N: usize> Place<N> {
    const fn of(template: u64) -> Place<N> {
        let (mut at, mut first) = (0, 0);
        while FEW[at].0 != template {
            first += count(FEW[at].1);
            at += 1;
        }
        let mut bounds = [0; N];
        assert!(FEW[at].1.len() == N);
        let mut n = 0;
        while n < N {
            bounds[n] = FEW[at].1[n];
            n += 1;
        }
        Place { first, bounds }
    }
}

/// How many features a template has.
const fn count(mut bounds: &[u64]) -> u64 {
    let mut product = 1;
    while let [bound, rest @ ..] = bounds {
        product *= *bound;
        bounds = rest;
    }
    product
}

/// The number of a feature among those of all templates.
#[inline(always)]
pub(crate) fn number<const TEMPLATE: u64, const N: usize>(values: [u64; N]) -> u16 {
    let place = const { Place::<N>::of(TEMPLATE) };
    let mut number = 0;
    for (value, bound) in values.into_iter().zip(place.bounds) {
        debug_assert!(value < bound, "template {TEMPLATE}: {value} of {bound}");
        number = number * bound + value;
    }
    (place.first + number) as u16
}

/// Calls `take` with the features of all templates, in the order of their numbers.
pub(crate) fn few(mut take: impl FnMut(Feature)) {
    for (template, bounds) in FEW {
        let mut values = [0; 4];
        let values = &mut values[..bounds.len()];
        for _ in 0..count(bounds) {
            take(hashed(*template, values.iter().copied().fold(0, packed)));
            // Counts on like a clock, the last value first.
            for (value, bound) in values.iter_mut().zip(*bounds).rev() {
                *value += 1;
                if *value < *bound {
                    break;
                }
                *value = 0;
            }
        }
    }
}

const _: () = {
    let (mut at, mut all) = (0, 0);
    while at < FEW.len() {
        all += count(FEW[at].1);
        at += 1;
    }
    assert!(all <= 1 << 16, "a number has sixteen bits");
};
