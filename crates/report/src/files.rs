//! The report as files: what each is called, and how its bytes come about.

use std::io::{Result, Write};

use serde::Serialize;

use crate::report::Report;

/// A file of the report. Its bytes are made when it is written, and only a few at a time are held.
pub struct File<'r> {
    /// Its place in the report's folder: `tables/events.jsonl`.
    pub path: String,
    content: Box<Content<'r>>,
}

type Content<'r> = dyn Fn(&mut Out<'_>) -> Result<()> + Send + Sync + 'r;

impl<'r> File<'r> {
    pub(crate) fn new(
        path: impl Into<String>,
        content: impl Fn(&mut Out<'_>) -> Result<()> + Send + Sync + 'r,
    ) -> File<'r> {
        File { path: path.into(), content: Box::new(content) }
    }

    /// Writes the file, at least 64 KiB at once except for the last.
    pub fn write(&self, to: &mut dyn Write) -> Result<()> {
        let mut out = Out { ready: Vec::new(), to };
        (self.content)(&mut out)?;
        out.to.write_all(&out.ready)
    }
}

impl Report {
    /// All files: the tables, one JSON object a line; files for other tools; the summary; the page.
    pub fn files(&self) -> Vec<File<'_>> {
        let mut files = vec![
            table("corpus", std::slice::from_ref(&self.corpus)),
            table("documents", &self.documents),
            table("entities", &self.entities),
            table("events", &self.events),
            table("agreements", &self.agreements),
            table("statements", &self.statements),
            table("dates", &self.dates),
            table("network", &self.network),
            table("stories", &self.stories),
            table("audit", &self.audit),
            table("removed_names", &self.removed_names),
            table("errors", &self.errors),
        ];
        files.extend(self.exports());
        files.push(File::new("report.md", |out| out.text(&self.markdown())));
        files.push(File::new("report.html", |out| self.page(out)));
        files
    }
}

fn table<'r, R: Serialize + Sync>(name: &str, rows: &'r [R]) -> File<'r> {
    File::new(format!("tables/{name}.jsonl"), move |out| {
        for row in rows {
            json(row, &mut out.ready);
            out.text("\n")?;
        }
        Ok(())
    })
}

/// Appends a value as JSON.
pub(crate) fn json(value: &(impl Serialize + ?Sized), out: &mut Vec<u8>) {
    serde_json::to_writer(out, value).expect("a row has string keys and a vector takes every byte");
}

/// Where a file goes, by way of a buffer.
pub(crate) struct Out<'w> {
    ready: Vec<u8>,
    to: &'w mut dyn Write,
}

impl Out<'_> {
    pub(crate) fn text(&mut self, text: &str) -> Result<()> {
        self.bytes(text.as_bytes())
    }

    pub(crate) fn bytes(&mut self, bytes: &[u8]) -> Result<()> {
        const ENOUGH: usize = 64 << 10;
        self.ready.extend_from_slice(bytes);
        if self.ready.len() >= ENOUGH {
            self.to.write_all(&self.ready)?;
            self.ready.clear();
        }
        Ok(())
    }
}
