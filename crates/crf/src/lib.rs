//! Linear-chain conditional random fields over hashed features: the tables of a
//! trained model, the best label sequence, and how sure it is.
//!
//! ```
//! use bantin_crf::{Chain, FORBIDDEN, Lattice, Model, Sums, Tables, feature};
//!
//! // Two labels: 0 outside, 1 inside a name. The word "ông" before a capital speaks for 1.
//! let after_ong = feature(1, 0xA5);
//! let bytes = Tables {
//!     labels: 2,
//!     start: vec![0.0, 0.0],
//!     end: vec![0.0, 0.0],
//!     transitions: vec![0.0, 0.0, 0.0, 0.0],
//!     features: vec![(after_ong, vec![(1, 2.0)])],
//! }
//! .to_bytes();
//! let model = Model::from_vec(bytes)?;
//!
//! let mut lattice = Lattice::default();
//! lattice.reset(&model, 2);
//! model.add(&mut lattice, 1, after_ong);
//! assert_eq!(model.viterbi(&mut lattice), [0, 1]);
//!
//! let chain = Chain::<2, 1>::of(&model).expect("one pair of labels");
//! let scores = [[0, 0], [0, chain.units(2.0)]];
//! assert!(chain.marginals(&scores, &mut Sums::default())[1][1] > 0.85);
//! # assert!(FORBIDDEN < 0.0);
//! # Ok::<(), bantin_crf::ModelError>(())
//! ```
//!
//! # Limits
//! Features are present or absent, and at most 255 labels. Two features with the same hash share
//! their weights; with 64 bits that does not happen in practice.
//!
//! # Cost
//! A feature costs two dependent memory reads when it is unknown, three when it is known. A
//! position costs one addition per allowed transition. Nothing is allocated once a [`Lattice`]
//! has seen its longest sequence.

#![forbid(unsafe_code)]

mod chain;
mod feature;
mod lattice;
mod model;

pub use crate::chain::{Chain, Sums};
pub use crate::feature::{feature, mix};
pub use crate::lattice::Lattice;
pub use crate::model::{FORBIDDEN, Model, ModelError, Tables};

/// Bytes that start at a multiple of eight, so that tables can be read in place.
#[doc(hidden)]
#[repr(C, align(8))]
pub struct Aligned<T: ?Sized>(pub T);

/// The bytes of a file, embedded so that [`Model::from_bytes`] can read them in place.
#[macro_export]
macro_rules! embed {
    ($path:expr) => {{
        static ALIGNED: &$crate::Aligned<[u8]> = &$crate::Aligned(*include_bytes!($path));
        &ALIGNED.0
    }};
}
