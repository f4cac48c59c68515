//! From the command line to inputs and an engine that reads them.

use std::fs;
use std::io::{self, IsTerminal, Write};
use std::num::NonZeroUsize;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::thread::available_parallelism;

use anyhow::{Context, Result, bail};
use bantin_document::Fields;
use bantin_pipeline::{AtomicFile, Engine, FileError, Folder, Inputs, Stage};

use crate::cli::Source;

/// Each thread has buffers of its own; more than this many only cost memory.
const MOST_THREADS: NonZeroUsize = NonZeroUsize::new(256).expect("it is not zero");

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

    /// Threads that may work at once.
    pub(crate) fn threads(&self) -> NonZeroUsize {
        let threads = self.threads.or_else(|| available_parallelism().ok());
        threads.unwrap_or(NonZeroUsize::MIN).min(MOST_THREADS)
    }

    /// The engine for these stages.
    pub(crate) fn engine<'s>(&self, stages: Vec<Stage<'s>>) -> Result<Engine<'s>> {
        let threads = self.threads();
        let mut engine =
            Engine::new(stages, threads).with_context(|| format!("{threads} threads"))?;
        engine.fields = Fields { text: self.text_field.clone(), id: self.id_field.clone() };
        engine.format = self.from.format();
        engine.limit = self.max_record.0;
        engine.divert = self.rejects.is_some();
        engine.name_documents = !self.quiet;
        Ok(engine)
    }

    /// Where diverted error records go: no file that is read, nor one of the folder's own.
    pub(crate) fn rejects(&self, inputs: &Inputs, folder: Option<&Folder>) -> Result<Rejects> {
        let Some(path) = &self.rejects else { return Ok(Rejects(None)) };
        let same = |other: &Path| match fs::canonicalize(path) {
            Ok(path) => fs::canonicalize(other).is_ok_and(|other| other == path),
            Err(_) => path == other,
        };
        if inputs.files.iter().any(|input| same(&input.path)) {
            bail!("{}: --rejects would be written over what is read", path.display());
        }
        if folder.is_some_and(|folder| inputs.shards.iter().any(|s| same(&folder.file(s)))) {
            bail!("{}: --rejects and the records would go to the same file", path.display());
        }
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
