//! Linear scorers over hashed features: one weight of a byte a bucket, added up.
//!
//! They were trained on raw crawl text, where the credits of pictures and the full stops that
//! people did write stand in for labels.

/// A table of weights, a power of two of them.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Scorer<'a> {
    pub(crate) weights: &'a [i8],
    /// Value of one step.
    pub(crate) step: f32,
}

impl Scorer<'_> {
    /// The sum over the features, as log odds. Cost: one memory read a feature.
    #[inline]
    pub(crate) fn score(&self, features: &[u32]) -> f32 {
        let mask = self.weights.len() - 1;
        let sum: i32 = features.iter().map(|f| i32::from(self.weights[*f as usize & mask])).sum();
        sum as f32 * self.step
    }
}

/// Mixes the values of one feature.
#[inline]
pub(crate) fn hash(template: u32, a: u32, b: u32) -> u32 {
    let mut x = (template.wrapping_mul(0x85EB_CA6B) ^ a).wrapping_mul(0x9E37_79B1);
    x = (x.rotate_left(15) ^ b).wrapping_mul(0xC2B2_AE35);
    x ^ (x >> 15)
}
