//! `clean`, `segment`, `tag`: one stage, records in, records out.

use std::io::{self, Write};
use std::sync::Arc;

use anyhow::{Context, Result};
use bantin_pipeline::{Counts, Engine, Folder, Gather, Inputs, Stage};

use crate::cli::{Clean, Segment, Sink, Source, Tag};
use crate::console::Console;
use crate::exit::{self, Outcome};
use crate::stages;

pub(crate) fn clean(task: Clean) -> Result<Outcome> {
    let Clean { source, options, sink } = task;
    let inputs = source.inputs(sink.output.as_deref())?;
    options.learn(&source, &inputs)?;
    let cleaner = options.cleaner()?;
    let stage = stages::clean(&cleaner);
    start(&source, &sink, &inputs, stages::CLEAN, stage, &options.configuration()?)
}

pub(crate) fn segment(task: Segment) -> Result<Outcome> {
    let Segment { source, options, sink } = task;
    let inputs = source.inputs(sink.output.as_deref())?;
    let segmenter = options.segmenter()?;
    let stage = stages::segment(&segmenter);
    start(&source, &sink, &inputs, stages::SEGMENT, stage, &options.configuration()?)
}

pub(crate) fn tag(task: Tag) -> Result<Outcome> {
    let Tag { source, options, sink } = task;
    let inputs = source.inputs(sink.output.as_deref())?;
    let tagger = options.tagger()?;
    let stage = stages::tag(&tagger);
    start(&source, &sink, &inputs, stages::TAG, stage, &options.configuration()?)
}

fn start(
    source: &Source,
    sink: &Sink,
    inputs: &Arc<Inputs>,
    name: &str,
    stage: Stage<'_>,
    options: &str,
) -> Result<Outcome> {
    let engine = source.engine(vec![stage])?;
    let options = format!("{options} {} {}", source.configuration(), sink.offsets);
    let configuration = || stages::configuration(&[name], &options);
    write(source, sink, &engine, inputs, &sink.offsets, "jsonl", configuration)
}

/// Runs the engine and writes what `gather` makes of the records to where the user wants it.
/// `configuration` is asked for a folder only: hashing the program takes as long as all the rest of
/// the start.
pub(crate) fn write<G: Gather<Part = Vec<u8>>>(
    source: &Source,
    sink: &Sink,
    engine: &Engine<'_>,
    inputs: &Arc<Inputs>,
    gather: &G,
    ending: &'static str,
    configuration: impl FnOnce() -> String,
) -> Result<Outcome> {
    let to_stdout = sink.output.is_none();
    let mut console = Console::new(inputs, source, to_stdout);
    let mut counts = Counts::default();
    let mut kept = 0;
    match &sink.output {
        None => {
            let mut rejects = source.rejects(inputs, None)?;
            let mut stdout = io::stdout().lock();
            engine.run(inputs, gather, |output| -> Result<()> {
                counts += output.counts;
                console.unit(&output);
                rejects.take(&output.rejects)?;
                let _writing = exit::writing();
                stdout.write_all(&output.part).context("stdout")
            })?;
            stdout.flush().context("stdout")?;
            rejects.commit()?;
        }
        Some(path) => {
            let folder = Folder::open(path, ending, configuration())?;
            let mut rejects = source.rejects(inputs, Some(&folder))?;
            let written = folder.run(engine, inputs, gather, Vec::as_slice, |output| {
                console.unit(&output);
                rejects.take(&output.rejects)
            })?;
            rejects.commit()?;
            counts = written.counts;
            kept = written.kept.len() as u64;
            for path in &written.foreign {
                console.note(&format!("{}: from another run, left alone", path.display()));
            }
        }
    }
    console.finish(kept, counts, to_stdout);
    Ok(Outcome::of(counts.errors))
}
