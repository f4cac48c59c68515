//! `manual`: shell completions and man pages, generated from the command's definition.

use std::path::PathBuf;

use anyhow::Result;
use clap::Args;

use crate::workspace::Workspace;

#[derive(Args)]
pub(crate) struct Manual {
    /// Folder for the files.
    #[arg(short, long, default_value = "out/manual")]
    output: PathBuf,
}

impl Manual {
    #[cfg(feature = "manual")]
    pub(crate) fn start(self, workspace: &Workspace) -> Result<()> {
        use clap::ValueEnum;
        use clap_complete::Shell;

        let folder = workspace.root.join(&self.output);
        std::fs::create_dir_all(&folder)?;
        for shell in Shell::value_variants() {
            clap_complete::generate_to(*shell, &mut bantin::command(), "bantin", &folder)?;
        }
        clap_mangen::generate_to(bantin::command(), &folder)?;
        println!("Completions and man pages are in {}", self.output.display());
        Ok(())
    }

    /// The other tasks do without the command's code, and start the quicker.
    #[cfg(not(feature = "manual"))]
    pub(crate) fn start(self, workspace: &Workspace) -> Result<()> {
        let output = &self.output;
        xshell::cmd!(
            workspace.shell,
            "cargo run --quiet --package xtask --features manual -- manual -o {output}"
        )
        .run()?;
        Ok(())
    }
}
