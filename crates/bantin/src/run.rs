//! `run`: all stages in one process, and the report.

use std::path::PathBuf;
use std::sync::Arc;

use anyhow::Result;
use bantin_document::{Record, Unit};
use bantin_pipeline::{Folder, Gather, Inputs};

use crate::cli::Run;
use crate::console::Console;
use crate::exit::Outcome;
use crate::report::{self, Observe, Part};
use crate::stages::{self, Stages};

pub(crate) fn start(task: Run) -> Result<Outcome> {
    let Run { source, options, output } = task;
    let inputs = source.inputs(Some(&output))?;
    options.clean.learn(&source, &inputs)?;
    let stages = Stages::new(&options)?;
    let engine = source.engine(stages.chain())?;
    let configuration = stages::configuration(
        &[stages::CLEAN, stages::SEGMENT, stages::TAG],
        &format!("{} {}", options.configuration()?, source.configuration()),
    );
    let folder = Folder::open(&output.join("records"), "jsonl", configuration)?;
    let mut console = Console::new(&inputs, &source, false);
    let mut rejects = source.rejects(&inputs, Some(&folder))?;
    let gather = LinesAndReport(Observe::new(source.threads()));
    let written = folder.run(
        &engine,
        &inputs,
        &gather,
        |both: &Both| both.lines.as_slice(),
        |output| {
            console.unit(&output);
            rejects.take(&output.rejects)
        },
    )?;
    rejects.commit()?;
    // What was complete before has its part in the report as well.
    let kept: Vec<PathBuf> = written.kept.iter().map(|&i| written.files[i].clone()).collect();
    if !kept.is_empty() {
        let kept = Arc::new(Inputs::find(&kept, None)?);
        let mut engine = source.engine(Vec::new())?;
        (engine.format, engine.limit) = (None, usize::MAX);
        engine.run(&kept, &gather.0, |_| -> Result<()> { Ok(()) })?;
    }
    for path in &written.foreign {
        console.note(&format!(
            "{}: from another run, left alone and not in the report",
            path.display()
        ));
    }
    console.finish(written.kept.len() as u64, written.counts, false);
    drop(engine); // its workers hold buffers that the report could use
    report::write(gather.0.into_whole(), &output, &source)?;
    Ok(Outcome::of(written.counts.errors))
}

/// Records as lines, and what the report takes of them.
struct LinesAndReport(Observe);

#[derive(Default)]
struct Both {
    lines: Vec<u8>,
    part: Part,
}

impl Gather for LinesAndReport {
    type Part = Both;

    fn record(&self, record: &Record, both: &mut Both) {
        record.write(&mut both.lines, Unit::Byte);
        self.0.observe(record, &mut both.part);
    }

    fn diverted(&self, record: &Record, both: &mut Both) {
        self.0.observe(record, &mut both.part);
    }

    fn done(&self, both: &mut Both) {
        self.0.end(&mut both.part);
    }
}
