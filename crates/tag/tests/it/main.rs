//! Tests of tag through its public interface.

mod mentions;
mod properties;
mod reasoning;
