//! The raw corpora: one article a line, in compressed JSON Lines.

use std::fs;
use std::path::Path;

use anyhow::{Context, Result};
use serde_json::Value;

/// Calls `visit` with the number and the record of the first of every `step` articles of a file.
pub(crate) fn each(path: &Path, step: usize, visit: &mut dyn FnMut(usize, Value)) -> Result<()> {
    let file = fs::read(path).with_context(|| format!("reading {}", path.display()))?;
    let text = String::from_utf8(zstd::decode_all(file.as_slice())?)?;
    for (number, line) in text.lines().enumerate().step_by(step) {
        visit(number, serde_json::from_str(line)?);
    }
    Ok(())
}
