//! `ci`: everything that has to pass before a change is done, on any machine with the toolchain.

use std::collections::BTreeSet;
use std::path::PathBuf;
use std::time::Instant;

use anyhow::{Context, Result, ensure};
use clap::Args;
use xshell::cmd;

use crate::eval::Eval;
use crate::tidy;
use crate::workspace::Workspace;

#[derive(Args)]
pub(crate) struct Ci {
    /// Go on behind a step that failed, and list all that did at the end.
    #[arg(long)]
    keep_going: bool,
}

/// A step by its name.
type Step = (&'static str, fn(&Workspace) -> Result<()>);

/// The cheap steps first.
const STEPS: &[Step] = &[
    ("fmt", fmt),
    ("tidy", tidy::start),
    ("clippy", clippy),
    ("test", test),
    ("doc", doc),
    ("deny", deny),
    ("eval", |workspace| Eval::default().start(workspace)),
];

impl Ci {
    pub(crate) fn start(self, workspace: &Workspace) -> Result<()> {
        let mut failed = Vec::new();
        let mut times = Vec::new();
        for (name, step) in STEPS {
            println!("== {name}");
            let started = Instant::now();
            let outcome = step(workspace).with_context(|| format!("ci: {name} failed"));
            times.push(format!("{name} {} s", started.elapsed().as_secs()));
            if let Err(error) = outcome {
                if !self.keep_going {
                    return Err(error);
                }
                println!("{error:#}");
                failed.push(*name);
            }
        }
        println!("ci: {}", times.join(", "));
        ensure!(failed.is_empty(), "ci: failed: {}", failed.join(", "));
        println!("ci: all passed");
        Ok(())
    }
}

fn fmt(workspace: &Workspace) -> Result<()> {
    if is_missing(workspace, "fmt") {
        return Ok(());
    }
    Ok(cmd!(workspace.shell, "cargo fmt --all --check").run()?)
}

fn clippy(workspace: &Workspace) -> Result<()> {
    if is_missing(workspace, "clippy") {
        return Ok(());
    }
    let lint = "cargo clippy --workspace --all-targets --all-features -- -D warnings";
    let words: Vec<&str> = lint.split(' ').skip(1).collect();
    Ok(cmd!(workspace.shell, "cargo {words...}").run()?)
}

/// All tests, with no snapshot written, and no snapshot kept that no test asks for.
fn test(workspace: &Workspace) -> Result<()> {
    let list = workspace.root.join(workspace.target()?).join("snapshots-asked-for.txt");
    if list.is_file() {
        std::fs::remove_file(&list)?;
    }
    cmd!(workspace.shell, "cargo test --workspace --all-features --no-fail-fast")
        .env("INSTA_UPDATE", "no")
        .env("INSTA_SNAPSHOT_REFERENCES_FILE", &list)
        .run()?;
    let asked_for = std::fs::read_to_string(&list).unwrap_or_default();
    let asked_for: BTreeSet<PathBuf> =
        asked_for.split('\n').filter_map(|path| std::fs::canonicalize(path).ok()).collect();
    let mut orphans = workspace.files("crates", ".snap")?;
    orphans.retain(|path| std::fs::canonicalize(path).is_ok_and(|path| !asked_for.contains(&path)));
    let orphans: Vec<String> = orphans.iter().map(|path| path.display().to_string()).collect();
    ensure!(orphans.is_empty(), "snapshots that no test asks for:\n  {}", orphans.join("\n  "));
    Ok(())
}

fn doc(workspace: &Workspace) -> Result<()> {
    cmd!(
        workspace.shell,
        "cargo doc --workspace --all-features --no-deps --document-private-items"
    )
    .env("RUSTDOCFLAGS", "-D warnings")
    .run()?;
    Ok(())
}

fn deny(workspace: &Workspace) -> Result<()> {
    if is_missing(workspace, "deny") {
        return Ok(());
    }
    Ok(cmd!(
        workspace.shell,
        "cargo deny --offline check --config .deny.toml bans licenses sources"
    )
    .run()?)
}

/// A part of the toolchain that a bare machine may lack is passed over, and said so.
fn is_missing(workspace: &Workspace, subcommand: &str) -> bool {
    let missing = cmd!(workspace.shell, "cargo {subcommand} --version")
        .quiet()
        .ignore_stderr()
        .read()
        .is_err();
    if missing {
        println!("skipped: cargo {subcommand} is not installed");
    }
    missing
}
