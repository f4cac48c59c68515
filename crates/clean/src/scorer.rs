//! Linear scorers over hashed features: one weight of a byte a slot, added up.
//!
//! They were trained on raw crawl text, where the credits of pictures and the full stops that
//! people did write stand in for labels.

/// Slots of a scorer.
pub(crate) const SLOTS: usize = 1 << BITS;
const BITS: u32 = 18;

/// Place of a feature's weight.
pub(crate) type Slot = u32;

/// A table of weights.
#[derive(Debug)]
pub(crate) struct Scorer {
    weights: Box<[i8; SLOTS]>,
    /// Value of one step.
    step: f32,
}

impl Scorer {
    /// Reads a table of one byte a slot.
    pub(crate) fn read(bytes: &[u8], step: f32) -> Option<Scorer> {
        let weights: Box<[i8]> = bytes.iter().map(|byte| *byte as i8).collect();
        Some(Scorer { weights: weights.try_into().ok()?, step })
    }

    /// The weight of a slot, in steps.
    #[inline]
    pub(crate) fn weight(&self, slot: Slot) -> i32 {
        i32::from(self.weights[slot as usize % SLOTS])
    }

    /// A sum of weights as log odds.
    #[inline]
    pub(crate) fn odds(&self, sum: i32) -> f32 {
        sum as f32 * self.step
    }
}

/// The slot of a feature with two values.
#[inline(always)]
pub(crate) fn slot(template: u32, a: u32, b: u32) -> Slot {
    let x = u64::from(a ^ template.wrapping_mul(0x85EB_CA6B)).wrapping_mul(0x9E37_79B9_7F4A_7C15);
    let y = u64::from(b).wrapping_mul(0xD6E8_FEB8_6659_FD93);
    (x.wrapping_add(y) >> (64 - BITS)) as Slot
}
