//! `convert`: records in the formats of other tools.

mod conllu;
mod text;

use anyhow::{Result, bail};
use bantin_clean::Cleaner;
use bantin_document::{Document, Record, Unit};
use bantin_pipeline::{Gather, Stage};
use bantin_segment::Segmenter;

use crate::cli::{Convert, Target};
use crate::exit::Outcome;
use crate::stage;
use crate::stages;

pub(crate) fn start(task: Convert) -> Result<Outcome> {
    let Convert { source, to, sentences, underscored, clean, segment, sink } = task;
    if to != Target::Text && (sentences || underscored) {
        bail!("--sentences and --underscored go with --to text");
    }
    if to != Target::Jsonl && sink.offsets != Unit::Byte {
        bail!("--offsets goes with --to jsonl");
    }
    let words = matches!(to, Target::Conllu) || sentences || underscored;
    if !words && segment.is_given() {
        bail!("--lexicon goes with --sentences, --underscored and --to conllu");
    }
    if to == Target::Jsonl && clean.is_given() {
        bail!("--to jsonl cleans nothing: --rules, --favor and --profile go with the others");
    }
    let format = match to {
        Target::Text if underscored => Format::Underscored,
        Target::Text if sentences => Format::Sentences,
        Target::Text => Format::Text,
        Target::Texts => Format::Texts,
        Target::Jsonl => Format::Records(sink.offsets),
        Target::Conllu => Format::Conllu,
    };
    let inputs = source.inputs(sink.output.as_deref())?;
    clean.learn(&source, &inputs)?;
    let (cleaner, segmenter) = (clean.cleaner()?, segment.segmenter()?);
    // Records that are only written again keep the layers they have.
    let chain = match format {
        Format::Records(_) => Vec::new(),
        Format::Text | Format::Texts => vec![missing_clean(&cleaner)],
        _ => vec![missing_clean(&cleaner), missing_segment(&segmenter)],
    };
    let engine = source.engine(chain)?;
    let (clean, segment) = (clean.configuration()?, segment.configuration()?);
    let options = format!("{clean} {segment} {} {format:?}", source.configuration());
    let configuration = || stages::configuration(&["convert"], &options);
    stage::write(&source, &sink, &engine, &inputs, &format, format.ending(), configuration)
}

fn missing_clean(cleaner: &Cleaner) -> Stage<'_> {
    Stage::new(stages::CLEAN, || {
        let mut worker = cleaner.worker();
        move |document: &mut Document| {
            if document.clean.is_none() {
                worker.annotate(document);
            }
        }
    })
}

fn missing_segment(segmenter: &Segmenter) -> Stage<'_> {
    Stage::new(stages::SEGMENT, || {
        let mut worker = segmenter.worker();
        move |document: &mut Document| {
            if document.segment.is_none() {
                worker.annotate(document);
            }
        }
    })
}

/// What a record becomes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Format {
    Text,
    Texts,
    Sentences,
    Underscored,
    Records(Unit),
    Conllu,
}

impl Format {
    fn ending(self) -> &'static str {
        match self {
            Format::Text | Format::Sentences | Format::Underscored => "txt",
            Format::Texts | Format::Records(_) => "jsonl",
            Format::Conllu => "conllu",
        }
    }

    fn write(self, document: &Document, out: &mut Vec<u8>) {
        match self {
            Format::Text => text::clean(document, out),
            Format::Texts => text::object(document, out),
            Format::Sentences => text::sentences(document, out),
            Format::Underscored => text::underscored(document, out),
            Format::Conllu => conllu::write(document, out),
            Format::Records(_) => unreachable!("records are written by themselves"),
        }
    }
}

impl Gather for Format {
    type Part = Vec<u8>;

    /// Only records have a place for error records; they are told on stderr anyway.
    fn record(&self, record: &Record, part: &mut Vec<u8>) {
        match (self, record) {
            (Format::Records(unit), record) => record.write(part, *unit),
            (format, Record::Document(document)) => format.write(document, part),
            (_, Record::Error(_)) => {}
        }
    }
}
