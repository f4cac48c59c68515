//! `run` and `stage`: the pipeline on some files, whole or in part.

use std::path::{Path, PathBuf};

use anyhow::{Result, ensure};
use clap::{Args, ValueEnum};

use crate::workspace::{Workspace, pipe};

/// The page in the folder of a report.
const PAGE: &str = "report.html";

/// The stages in their order; each is a subcommand of bantin.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, ValueEnum)]
pub(crate) enum Stage {
    Clean,
    Segment,
    Tag,
    Report,
}

impl Stage {
    pub(crate) fn as_str(self) -> &'static str {
        match self {
            Stage::Clean => "clean",
            Stage::Segment => "segment",
            Stage::Tag => "tag",
            Stage::Report => "report",
        }
    }
}

#[derive(Args)]
pub(crate) struct Run {
    /// Files, folders or globs.
    #[arg(default_value = "seeds")]
    paths: Vec<String>,
    /// First stage; the input then holds the layers of the earlier ones.
    #[arg(long, value_enum, default_value = "clean")]
    from: Stage,
    /// Last stage.
    #[arg(long, value_enum, default_value = "report")]
    to: Stage,
    /// Folder for the results.
    #[arg(short, long, default_value = "out")]
    output: PathBuf,
    /// More options for bantin, behind `--`.
    #[arg(last = true)]
    options: Vec<String>,
}

impl Run {
    pub(crate) fn start(self, workspace: &Workspace) -> Result<()> {
        ensure!(self.from <= self.to, "--from names a stage behind --to");
        let bantin = workspace.build("bantin", "fast")?.display().to_string();
        std::fs::create_dir_all(&self.output)?;
        let folder = self.output.display().to_string();
        let whole = self.from == Stage::Clean && self.to == Stage::Report;
        let all_fine = if whole {
            let words = [bantin, "run".into()].into_iter().chain(self.paths);
            let words = words.chain(["-o".into(), folder]).chain(self.options);
            pipe(&[words.collect()], None)?
        } else {
            let mut commands = chain(&bantin, self.from, self.to, &self.paths);
            let last = commands.last_mut().expect("from <= to");
            let mut records = Some(self.output.join(format!("{}.jsonl", self.to.as_str())));
            if self.to == Stage::Report {
                last.extend(["-o".into(), folder]);
                records = None;
            }
            last.extend(self.options);
            let all_fine = pipe(&commands, records.as_deref())?;
            if let Some(records) = records {
                println!("The records are in {}", records.display());
            }
            all_fine
        };
        ensure!(all_fine, "some records are error records");
        Ok(())
    }
}

#[derive(Args)]
pub(crate) struct One {
    /// The stage.
    #[arg(value_enum)]
    name: Stage,
    /// Files, folders or globs.
    #[arg(default_value = "seeds")]
    paths: Vec<String>,
    /// More options for bantin, behind `--`.
    #[arg(last = true)]
    options: Vec<String>,
}

impl One {
    pub(crate) fn start(self, workspace: &Workspace) -> Result<()> {
        let bantin = workspace.build("bantin", "fast")?.display().to_string();
        let mut commands = chain(&bantin, self.name, self.name, &self.paths);
        commands[0].extend(self.options);
        ensure!(pipe(&commands, None)?, "some records are error records");
        Ok(())
    }
}

/// The commands from one stage to another; the first reads `paths`, the others their input.
pub(crate) fn chain(bantin: &str, from: Stage, to: Stage, paths: &[String]) -> Vec<Vec<String>> {
    let stages = Stage::value_variants().iter().filter(|&&stage| from <= stage && stage <= to);
    stages
        .map(|&stage| {
            let mut words = vec![bantin.to_owned(), stage.as_str().to_owned()];
            if stage == from {
                words.extend_from_slice(paths);
            }
            words
        })
        .collect()
}

/// Runs the whole pipeline and gives the page it wrote.
pub(crate) fn report(workspace: &Workspace, paths: &[String], folder: &Path) -> Result<PathBuf> {
    let bantin = workspace.build("bantin", "fast")?.display().to_string();
    let words = [bantin, "run".into()].into_iter().chain(paths.iter().cloned());
    pipe(&[words.chain(["-o".into(), folder.display().to_string()]).collect()], None)?;
    Ok(folder.join(PAGE))
}
