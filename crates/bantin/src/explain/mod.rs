//! `explain`: why things are what they are, in words.

mod codes;
mod document;
mod tag;

use std::io::{self, Write};
use std::num::NonZeroUsize;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use anyhow::{Context, Result, bail};
use bantin_document::{Document, Record};
use bantin_pipeline::{Engine, Gather, Inputs};
use bantin_text::Span;

use crate::cli::Explain;
use crate::exit::{self, Outcome};
use crate::stages::Stages;

pub(crate) use self::codes::words;

pub(crate) fn start(task: Explain) -> Result<Outcome> {
    let subject = &task.subject;
    let code = subject.to_ascii_uppercase();
    let words = if Path::new(subject).exists() || subject == "-" {
        let mut document = find(subject, task.id.as_deref())?;
        let at = place(&document, &task)?;
        let stages = Stages::new(&task.options)?;
        complete(&mut document, &stages);
        document::words(&document, at, &stages)
    } else if let Some(words) = codes::words(&code) {
        format!("{code}: {words}\n")
    } else if codes::looks_like(&code) {
        bail!("{code} is no code of this version");
    } else {
        bail!("{subject}: no such file, and no code such as C104");
    };
    let _writing = exit::writing();
    io::stdout().write_all(words.as_bytes()).context("stdout")?;
    Ok(Outcome::Fine)
}

/// The document that is asked for.
fn find(path: &str, id: Option<&str>) -> Result<Document> {
    let inputs = Arc::new(Inputs::find(&[PathBuf::from(path)], None)?);
    let engine = Engine::new(Vec::new(), NonZeroUsize::MIN)?;
    let wanted = First { id };
    let found = engine.run(&inputs, &wanted, |output| match output.part {
        Some(record) => Err(Box::new(record)), // enough is read
        None => Ok(()),
    });
    match (found.map_err(|record| *record), id) {
        (Err(Record::Document(document)), _) => Ok(document),
        (Err(Record::Error(error)), _) => {
            let line = error.line.map(|line| format!(":{line}")).unwrap_or_default();
            bail!("{path}{line}: {}", error.message)
        }
        (Ok(()), Some(id)) => bail!("{path}: no document has the id \"{id}\""),
        (Ok(()), None) => bail!("{path}: no document in it"),
    }
}

/// Takes the first record, or the document with the id.
struct First<'i> {
    id: Option<&'i str>,
}

impl Gather for First<'_> {
    type Part = Option<Record>;

    fn record(&self, record: &Record, part: &mut Option<Record>) {
        let wanted = match (self.id, record) {
            (None, _) => true,
            (Some(id), Record::Document(document)) => document.id == id,
            (Some(_), Record::Error(_)) => false,
        };
        if part.is_none() && wanted {
            *part = Some(record.clone());
        }
    }
}

/// The stretch of the text that is asked about.
fn place(document: &Document, task: &Explain) -> Result<Span> {
    let text = &document.text;
    if let Some(byte) = task.byte {
        let length = text.len();
        let Some(rest) = text.get(byte..) else {
            let inside = if byte < length { "inside a character" } else { "behind the text" };
            bail!("byte {byte} is {inside}, which has {length} bytes");
        };
        return Ok(Span::new(byte, byte + rest.chars().next().map_or(0, char::len_utf8)));
    }
    let Some(number) = task.line else { return Ok(Span::new(0, text.len())) };
    let mut start = 0;
    for (i, line) in text.split_inclusive('\n').enumerate() {
        if i + 1 == number {
            return Ok(Span::new(start, start + line.len()));
        }
        start += line.len();
    }
    bail!("the text has {} lines", text.split_inclusive('\n').count())
}

/// Computes the layers that are missing.
fn complete(document: &mut Document, stages: &Stages) {
    if document.clean.is_none() {
        stages.cleaner.annotate(document);
    }
    if document.segment.is_none() {
        stages.segmenter.annotate(document);
    }
    if document.tag.is_none() {
        stages.tagger.annotate(document);
    }
}
