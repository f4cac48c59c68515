//! `train`: the models, from the data in `../shared` to `crates/<stage>/models`.

use anyhow::{Context, Result};
use clap::{Args, ValueEnum};
use xshell::cmd;

use crate::workspace::Workspace;

#[derive(Clone, Copy, ValueEnum)]
enum Model {
    /// Zones of a page, for clean.
    Zones,
    /// Words and sentences, for segment.
    Words,
    /// Mentions, for tag.
    Entities,
    /// All of them, in the order of the pipeline.
    All,
}

#[derive(Args)]
pub(crate) struct Train {
    /// What to learn.
    #[arg(value_enum)]
    model: Model,
    /// Build the trainer with the release profile: slower to build, a little faster to train.
    #[arg(long)]
    release: bool,
    /// More options for bantin-learn, behind `--`.
    #[arg(last = true)]
    options: Vec<String>,
}

impl Train {
    pub(crate) fn start(self, workspace: &Workspace) -> Result<()> {
        workspace.shared().context("the training data is not there: ../shared")?;
        let names: &[&str] = match self.model {
            Model::Zones => &["zones"],
            Model::Words => &["words"],
            Model::Entities => &["entities"],
            Model::All => &["zones", "words", "entities"],
        };
        let learn =
            workspace.build("bantin-learn", if self.release { "release" } else { "fast" })?;
        let options = &self.options;
        for name in names {
            cmd!(workspace.shell, "{learn} {name} {options...}").run()?;
        }
        Ok(())
    }
}
