//! From the command line to inputs and an engine that reads them.

use std::fs;
use std::io::{self, IsTerminal, Write};
use std::num::NonZeroUsize;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::thread::available_parallelism;

use anyhow::{Context, Result, bail};
use bantin_document::Fields;
use bantin_pipeline::{AtomicFile, Engine, FileError, Inputs, Stage};

use crate::cli::Source;

impl Source {
    /// What is to be read; stdin when nothing is named. `output` is the folder to be written.
    pub(crate) fn inputs(&self, output: Option<&Path>) -> Result<Arc<Inputs>> {
        let stdin = [PathBuf::from("-")];
        let paths = match &self.paths[..] {
            [] if io::stdin().is_terminal() => {
                bail!("nothing to read: name files or folders, or pipe text in")
            }
            [] => &stdin,
            paths => paths,
        };
        Ok(Arc::new(Inputs::find(paths, output)?))
    }

    /// The engine for these stages.
    pub(crate) fn engine<'s>(&self, stages: Vec<Stage<'s>>) -> Result<Engine<'s>> {
        let threads =
            self.threads.or_else(|| available_parallelism().ok()).unwrap_or(NonZeroUsize::MIN);
        let mut engine =
            Engine::new(stages, threads).with_context(|| format!("{threads} threads"))?;
        engine.fields = Fields { text: self.text_field.clone(), id: self.id_field.clone() };
        engine.format = self.from.format();
        engine.limit = self.max_record.0;
        engine.divert = self.rejects.is_some();
        engine.name_documents = !self.quiet;
        Ok(engine)
    }

    /// Where diverted error records go.
    pub(crate) fn rejects(&self) -> Result<Rejects> {
        let Some(path) = &self.rejects else { return Ok(Rejects(None)) };
        if let Some(folder) = path.parent().filter(|folder| !folder.as_os_str().is_empty()) {
            fs::create_dir_all(folder).with_context(|| folder.display().to_string())?;
        }
        let file = AtomicFile::create(path).with_context(|| path.display().to_string())?;
        Ok(Rejects(Some((path.clone(), file))))
    }

    /// What of the reading the output depends on, in one line.
    pub(crate) fn configuration(&self) -> String {
        let Source { text_field, id_field, from, max_record, rejects, .. } = self;
        let divert = rejects.is_some();
        format!(
            "text {text_field:?} id {id_field:?} from {from:?} limit {} divert {divert}",
            max_record.0
        )
    }
}

/// The file of `--rejects`, if there is one; it appears when it is complete.
pub(crate) struct Rejects(Option<(PathBuf, AtomicFile)>);

impl Rejects {
    pub(crate) fn take(&mut self, lines: &[u8]) -> Result<(), FileError> {
        match &mut self.0 {
            Some((path, file)) => file.write_all(lines).map_err(|e| FileError::new(path, e)),
            None => Ok(()),
        }
    }

    pub(crate) fn commit(self) -> Result<(), FileError> {
        match self.0 {
            Some((path, file)) => file.commit().map_err(|e| FileError::new(&path, e)),
            None => Ok(()),
        }
    }
}
