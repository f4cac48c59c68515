//! The stage as its users see it.

mod codes;
mod options;
mod properties;
mod render;
mod seeds;
