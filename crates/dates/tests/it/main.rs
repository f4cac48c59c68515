//! What the grammar reads on fixtures and seeds, and what must hold for any text.

mod properties;
mod read;
