//! The stage as its users see it.

mod properties;
mod render;
mod seeds;
