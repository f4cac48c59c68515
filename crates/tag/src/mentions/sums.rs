//! The sums of the weights of a position, with those of groups of features remembered.

use super::features::{Each, Few, Group, Sink};
use super::weights::{Row, Weights};

/// What features added up to when they were met last; one per thread and set of weights.
#[derive(Debug)]
pub(crate) struct Remembered {
    groups: [Sums; Group::BITS.len()],
    /// For each value of a feature one more than the number of its row, 0 where it was not asked.
    few: [Vec<u32>; Few::BITS.len()],
}

/// The sums of the keys of a group that came last, two to a place.
#[derive(Debug)]
struct Sums {
    bits: u32,
    keys: Vec<[u64; 2]>,
    rows: Vec<[Row; 2]>,
}

impl Default for Remembered {
    fn default() -> Remembered {
        Remembered {
            groups: Group::BITS.map(|bits| Sums {
                bits: bits - 1,
                keys: vec![[u64::MAX; 2]; 1 << (bits - 1)],
                rows: vec![[Row::NOTHING; 2]; 1 << (bits - 1)],
            }),
            few: Few::BITS.map(|bits| vec![0; 1 << bits]),
        }
    }
}

/// Adds up the features of one position; those that are asked one by one are only noted.
pub(crate) struct Position<'a> {
    pub(crate) weights: &'a Weights,
    pub(crate) remembered: &'a mut Remembered,
    pub(crate) features: &'a mut Vec<u64>,
    pub(crate) sums: Row,
}

impl Sink for Position<'_> {
    #[inline]
    fn add(&mut self, _: u64, feature: u64) {
        self.features.push(feature);
    }

    #[inline]
    fn add_row(&mut self, _: u64, number: u32, _: u64) {
        self.weights.add(&[number], &mut self.sums);
    }

    #[inline]
    fn add_few(&mut self, few: Few, value: u64, _: u64, feature: u64) {
        let number = &mut self.remembered.few[few as usize][value as usize];
        if *number == 0 {
            *number = 1 + self.weights.row(feature);
        }
        self.weights.add(&[*number - 1], &mut self.sums);
    }

    #[inline]
    fn add_group(&mut self, group: Group, key: u64, features: impl Fn(&mut Each<'_>)) {
        let Sums { bits, keys, rows } = &mut self.remembered.groups[group as usize];
        let place = (key.wrapping_mul(0x9E37_79B9_7F4A_7C15) >> (64 - *bits)) as usize;
        let (keys, rows) = (&mut keys[place], &mut rows[place]);
        // Which of the two is not foreseen; that it is one of them is.
        let mut at = usize::from(keys[1] == key);
        if keys[at] != key {
            // The one that came before goes.
            (keys[1], rows[1]) = (keys[0], rows[0]);
            at = 0;
            keys[0] = key;
            rows[0] = Row::NOTHING;
            let row = &mut rows[0];
            features(&mut |_, feature| self.weights.add_feature(feature, row));
        }
        self.sums.add(&rows[at]);
    }
}
