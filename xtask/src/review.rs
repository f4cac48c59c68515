//! `review`: what a change did to the snapshots, and how to accept it.

use std::path::PathBuf;

use anyhow::Result;
use clap::Args;
use xshell::cmd;

use crate::run::report;
use crate::workspace::Workspace;

#[derive(Args)]
pub(crate) struct Review {
    /// Accept every pending snapshot; read the differences first.
    #[arg(long)]
    accept: bool,
    /// Only the snapshots of this package: `bantin-clean`.
    #[arg(short, long)]
    package: Option<String>,
    /// Print the differences even where cargo-insta is installed.
    #[arg(long)]
    print: bool,
    /// A folder that `cargo xtask run PATHS -o DIR` wrote before the change: say which entities,
    /// events and zones came, went or changed since then.
    #[arg(long, value_name = "DIR")]
    before: Option<PathBuf>,
    /// With --before: the files that report is of.
    #[arg(default_value = "seeds", requires = "before")]
    paths: Vec<String>,
}

impl Review {
    pub(crate) fn start(self, workspace: &Workspace) -> Result<()> {
        if self.accept {
            return accept(workspace);
        }
        if let Some(before) = self.before {
            let after = workspace.target()?.join("review");
            report(workspace, &self.paths, &after)?;
            let bantin = workspace.build("bantin", "fast")?;
            cmd!(workspace.shell, "{bantin} report diff {before} {after}").run()?;
            return Ok(());
        }
        let scope: Vec<&str> = match &self.package {
            Some(package) => vec!["--package", package],
            None => vec!["--workspace"],
        };
        let shell = &workspace.shell;
        let has_insta = cmd!(shell, "cargo insta --version").quiet().ignore_stderr().read().is_ok();
        if has_insta && !self.print {
            cmd!(shell, "cargo insta test --review --all-features {scope...}").run()?;
            return Ok(());
        }
        cmd!(shell, "cargo test --quiet --no-fail-fast --all-features {scope...}")
            .env("INSTA_UPDATE", "new")
            .env("INSTA_FORCE_PASS", "1")
            .run()?;
        let pending = workspace.files("crates", ".snap.new")?;
        for new in &pending {
            let old = new.with_extension("");
            let old = if old.is_file() { old } else { PathBuf::from("/dev/null") };
            cmd!(shell, "git --no-pager diff --no-index --no-prefix -- {old} {new}")
                .quiet()
                .ignore_status()
                .run()?;
        }
        match pending.len() {
            0 => println!("No snapshot changed."),
            n => println!("{n} snapshots changed. To accept all: cargo xtask review --accept"),
        }
        Ok(())
    }
}

/// Makes every pending snapshot the one that counts.
fn accept(workspace: &Workspace) -> Result<()> {
    let pending = workspace.files("crates", ".snap.new")?;
    for new in &pending {
        // What insta notes for its own reviewer has no place in an accepted snapshot.
        let text = std::fs::read_to_string(new)?;
        let text: String = text
            .split_inclusive('\n')
            .filter(|line| !line.starts_with("assertion_line:"))
            .collect();
        std::fs::write(new.with_extension(""), text)?;
        std::fs::remove_file(new)?;
    }
    println!("{} snapshots accepted", pending.len());
    Ok(())
}
