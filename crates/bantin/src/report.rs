//! `report`: records become tables, a summary and a page.

use std::fs;
use std::io::{self, Write};
use std::num::NonZeroUsize;
use std::panic::resume_unwind;
use std::path::{Path, PathBuf};
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::thread;

use anyhow::{Context, Result, bail};
use bantin_document::Record;
use bantin_pipeline::{AtomicFile, Counts, Gather};
use bantin_report::{Bar, File, Observer, Partial, Tables};

use crate::cli::{Report, ReportTask, Source};
use crate::console::{Console, say};
use crate::exit::Outcome;
use crate::explain;

/// Where in the folder of a report its tables are.
const TABLES: &str = "tables";

pub(crate) fn start(task: Report) -> Result<Outcome> {
    match task.task {
        Some(ReportTask::Merge { parts, output, partial }) => {
            let merged = merge(&parts, task.source.quiet)?;
            let errors = merged.errors();
            give(merged, output.as_deref(), partial, &task.source)?;
            Ok(Outcome::of(errors))
        }
        Some(ReportTask::Diff { old, new }) => {
            let diff = bantin_report::diff(&tables(&old)?, &tables(&new)?)?;
            io::stdout().write_all(diff.markdown().as_bytes()).context("stdout")?;
            Ok(Outcome::Fine)
        }
        None => {
            let (whole, counts) = observe(&task.source, task.output.as_deref())?;
            give(whole, task.output.as_deref(), task.partial, &task.source)?;
            Ok(Outcome::of(counts.errors))
        }
    }
}

/// Takes records into a report, each thread into a part of its own.
pub(crate) struct Observe {
    /// The parts that no thread is working on.
    idle: Mutex<Vec<Observer>>,
    /// What parts are merged into when they have so many records.
    whole: Mutex<Partial>,
    enough: u64,
    /// What a document must tell to be read in the page, as far as the report has come.
    bar: Mutex<Bar>,
}

/// The part that a unit of input is taken into while it is at work.
#[derive(Default)]
pub(crate) struct Part(Option<Observer>);

impl Observe {
    /// For so many threads. One has no other to share what it knows with, and needs no whole.
    pub(crate) fn new(threads: NonZeroUsize) -> Observe {
        let enough = if threads.get() == 1 { u64::MAX } else { 256 };
        let (idle, whole, bar) = Default::default();
        Observe { idle, whole, enough, bar }
    }

    pub(crate) fn observe(&self, record: &Record, part: &mut Part) {
        part.0.get_or_insert_with(|| self.begin()).observe(record);
    }

    fn begin(&self) -> Observer {
        let mut observer = lock(&self.idle).pop().unwrap_or_default();
        observer.raise(*lock(&self.bar));
        observer
    }

    /// Puts the part back for the next unit.
    pub(crate) fn end(&self, part: &mut Part) {
        let Some(mut observer) = part.0.take() else { return };
        observer.trim();
        let mut bar = observer.partial().bar();
        // While another thread merges, the part may as well grow.
        if observer.partial().records() >= self.enough
            && let Ok(mut whole) = self.whole.try_lock()
        {
            whole.merge(observer.take());
            bar = whole.bar();
        }
        let mut lowest = lock(&self.bar);
        *lowest = lowest.lower(bar);
        lock(&self.idle).push(observer);
    }

    /// Everything that was observed.
    pub(crate) fn into_whole(self) -> Partial {
        let whole = self.whole.into_inner().unwrap_or_else(PoisonError::into_inner);
        let idle = self.idle.into_inner().unwrap_or_else(PoisonError::into_inner);
        let parts = idle.into_iter().map(|mut observer| observer.take());
        let all = Some(whole).filter(|whole| whole.records() > 0).into_iter().chain(parts);
        all.reduce(|mut whole, part| {
            whole.merge(part);
            whole
        })
        .unwrap_or_default()
    }
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

#[derive(Default)]
pub(crate) struct Observed {
    part: Part,
    /// Documents that tag has not seen.
    untagged: u64,
}

impl Gather for Observe {
    type Part = Observed;

    fn record(&self, record: &Record, observed: &mut Observed) {
        self.observe(record, &mut observed.part);
        if let Record::Document(document) = record {
            observed.untagged += u64::from(document.tag.is_none());
        }
    }

    /// The report counts what is kept apart, too.
    fn diverted(&self, record: &Record, observed: &mut Observed) {
        self.observe(record, &mut observed.part);
    }

    fn done(&self, observed: &mut Observed) {
        self.end(&mut observed.part);
    }
}

fn observe(source: &Source, output: Option<&Path>) -> Result<(Partial, Counts)> {
    let inputs = source.inputs(output)?;
    let engine = source.engine(Vec::new())?;
    let mut console = Console::new(&inputs, source, false);
    let mut rejects = source.rejects(&inputs, None)?;
    let mut counts = Counts::default();
    let mut untagged = 0;
    let gather = Observe::new(source.threads());
    engine.run(&inputs, &gather, |output| -> Result<()> {
        counts += output.counts;
        console.unit(&output);
        rejects.take(&output.rejects)?;
        untagged += output.part.untagged;
        Ok(())
    })?;
    rejects.commit()?;
    console.finish(0, counts, false);
    if untagged > 0 {
        console.note(&format!(
            "{} of {} documents have no layer of tag, so the report says little of them; \
             `bantin run` makes all layers",
            untagged, counts.documents
        ));
    }
    drop(engine); // its workers hold buffers that the report could use
    Ok((gather.into_whole(), counts))
}

fn merge(parts: &[PathBuf], quiet: bool) -> Result<Partial> {
    let mut whole = Partial::default();
    for path in parts {
        let name = || path.display().to_string();
        let text = fs::read_to_string(path).with_context(name)?;
        let part = Partial::parse(&text).with_context(name)?;
        if let Some(id) = part.shared(&whole).filter(|_| !quiet) {
            say(&format!("{}: the document \"{id}\" is in another part, too", name()));
        }
        whole.merge(part);
    }
    Ok(whole)
}

/// The tables of the report in a folder.
fn tables(folder: &Path) -> Result<Tables> {
    let tables = folder.join(TABLES);
    let name = || format!("{}: no report", folder.display());
    let mut found = Tables::new();
    for entry in fs::read_dir(&tables).with_context(name)? {
        let path = entry.with_context(name)?.path();
        if path.extension().is_some_and(|ending| ending == "jsonl") {
            let text = fs::read_to_string(&path).with_context(|| path.display().to_string())?;
            let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
            found.insert(name, text);
        }
    }
    Ok(found)
}

fn give(whole: Partial, output: Option<&Path>, partial: bool, source: &Source) -> Result<()> {
    if partial {
        return io::stdout().write_all(&whole.to_bytes()).context("stdout");
    }
    let Some(folder) = output else { bail!("name a folder for the report with -o") };
    write(whole, folder, source)
}

/// Writes the report into `folder`: the page, the summary, the tables below `tables/`, files for
/// other tools below `exports/`.
pub(crate) fn write(whole: Partial, folder: &Path, source: &Source) -> Result<()> {
    let report = whole.finish().explained(explain::words);
    let files = report.files();
    // The page is the last of them, and the longest to write.
    let left = Mutex::new(files.iter().rev());
    let work = || -> Result<()> {
        loop {
            let Some(file) = lock(&left).next() else { return Ok(()) };
            write_file(file, folder)?;
        }
    };
    thread::scope(|scope| {
        let others: Vec<_> =
            (1..source.threads().get().min(files.len())).map(|_| scope.spawn(work)).collect();
        let done =
            others.into_iter().map(|other| other.join().unwrap_or_else(|p| resume_unwind(p)));
        [work()].into_iter().chain(done).collect::<Result<()>>()
    })?;
    drop(files);
    // The process ends, and the system takes its memory back at once.
    std::mem::forget(report);
    if !source.quiet {
        say(&format!("the report is in {}", folder.join("report.html").display()));
    }
    Ok(())
}

fn write_file(file: &File<'_>, folder: &Path) -> Result<()> {
    let path = folder.join(&file.path);
    let name = || path.display().to_string();
    let parent = path.parent().unwrap_or(folder);
    fs::create_dir_all(parent).with_context(|| parent.display().to_string())?;
    let mut whole = AtomicFile::create(&path).with_context(name)?;
    file.write(&mut whole).and_then(|()| whole.commit()).with_context(name)
}
