//! The stage as its users see it.

mod options;
mod properties;
mod render;
mod seeds;
