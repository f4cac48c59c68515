//! `report`: records become tables, a summary and a page.

use std::fs;
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail};
use bantin_document::Record;
use bantin_pipeline::{Counts, Gather, write_whole};
use bantin_report::Partial;

use crate::cli::{Report, ReportTask, Source};
use crate::console::{Console, say};
use crate::exit::Outcome;

pub(crate) fn start(task: Report) -> Result<Outcome> {
    match task.task {
        Some(ReportTask::Merge { parts, output, partial }) => {
            let merged = merge(&parts)?;
            give(&merged, output.as_deref(), partial, task.source.quiet)?;
            Ok(Outcome::Fine)
        }
        None => {
            let (whole, counts) = observe(&task.source)?;
            give(&whole, task.output.as_deref(), task.partial, task.source.quiet)?;
            Ok(Outcome::of(counts.errors))
        }
    }
}

/// Takes records into partial reports.
pub(crate) struct Observe;

impl Gather for Observe {
    type Part = Partial;

    fn record(&self, record: &Record, part: &mut Partial) {
        part.observe(record);
    }

    /// The report counts what is kept apart, too.
    fn diverted(&self, record: &Record, part: &mut Partial) {
        part.observe(record);
    }
}

fn observe(source: &Source) -> Result<(Partial, Counts)> {
    let inputs = source.inputs()?;
    let engine = source.engine(Vec::new())?;
    let mut console = Console::new(&inputs, source.quiet, false);
    let mut rejects = source.rejects()?;
    let mut counts = Counts::default();
    let mut whole = Partial::default();
    engine.run(&inputs, &Observe, |output| -> Result<()> {
        counts += output.counts;
        console.unit(&output);
        if let Some(file) = &mut rejects {
            file.write_all(&output.rejects).context("the file of --rejects")?;
        }
        whole.merge(output.part);
        Ok(())
    })?;
    if let Some(file) = rejects {
        file.commit().context("the file of --rejects")?;
    }
    console.finish(0, counts, false);
    Ok((whole, counts))
}

fn merge(parts: &[PathBuf]) -> Result<Partial> {
    let mut whole = Partial::default();
    for path in parts {
        let name = || path.display().to_string();
        let text = fs::read_to_string(path).with_context(name)?;
        whole.merge(Partial::parse(&text).with_context(name)?);
    }
    Ok(whole)
}

fn give(whole: &Partial, output: Option<&Path>, partial: bool, quiet: bool) -> Result<()> {
    if partial {
        return io::stdout().write_all(&whole.to_bytes()).context("stdout");
    }
    let Some(folder) = output else { bail!("name a folder for the report with -o") };
    write(whole, folder, quiet)
}

/// Writes the report into `folder`: the page, the summary, and the tables below `tables/`.
pub(crate) fn write(whole: &Partial, folder: &Path, quiet: bool) -> Result<()> {
    let report = whole.finish();
    let tables = folder.join("tables");
    fs::create_dir_all(&tables).with_context(|| tables.display().to_string())?;
    let mut files: Vec<(PathBuf, Vec<u8>)> =
        report.tables().into_iter().map(|(name, bytes)| (tables.join(name), bytes)).collect();
    files.push((folder.join("report.md"), report.markdown().into_bytes()));
    let page = folder.join("report.html");
    files.push((page.clone(), report.html().into_bytes()));
    for (path, bytes) in &files {
        write_whole(path, bytes).with_context(|| path.display().to_string())?;
    }
    if !quiet {
        say(&format!("the report is in {}", page.display()));
    }
    Ok(())
}
