//! Features as 64-bit hashes: no string is built to look a weight up.

/// The feature of `template` with one value.
#[inline]
pub fn feature(template: u64, value: u64) -> u64 {
    mix(template.wrapping_mul(0x9E37_79B9_7F4A_7C15), value)
}

/// Adds one more value to a hash: `mix(mix(a, b), c)` differs from `mix(mix(a, c), b)`.
///
/// The finisher is MurmurHash3's; the files of trained models depend on it.
#[inline]
pub fn mix(hash: u64, value: u64) -> u64 {
    let mut x = hash.rotate_left(23) ^ value.wrapping_mul(0xD6E8_FEB8_6659_FD93);
    x = (x ^ (x >> 33)).wrapping_mul(0xFF51_AFD7_ED55_8CCD);
    x = (x ^ (x >> 33)).wrapping_mul(0xC4CE_B9FE_1A85_EC53);
    x ^ (x >> 33)
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    #[test]
    fn templates_values_and_their_order_matter() {
        let hashes = [
            feature(1, 7),
            feature(7, 1),
            mix(feature(1, 7), 2),
            mix(feature(1, 2), 7),
            feature(2, 7),
            feature(0, 0),
        ];
        assert_eq!(BTreeSet::from(hashes).len(), hashes.len());
    }

    #[test]
    fn small_numbers_fill_the_high_and_the_low_half() {
        let high: BTreeSet<_> = (0..4096).map(|n| feature(3, n) >> 52).collect();
        let low: BTreeSet<_> = (0..4096).map(|n| feature(3, n) & 0xFFF).collect();
        assert!(high.len() > 2400 && low.len() > 2400, "{} {}", high.len(), low.len());
    }
}
