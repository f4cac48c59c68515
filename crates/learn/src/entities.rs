//! The model of tag.

use anyhow::{Result, bail};

/// Where the data is and where the model goes.
#[derive(clap::Args)]
pub(crate) struct Args {}

/// Trains and writes the model.
pub(crate) fn run(_args: Args) -> Result<()> {
    bail!("the trainer of tag is not written yet")
}
