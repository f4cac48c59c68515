//! One output file for each shard, committed whole; what is complete and unchanged is kept.

use std::collections::{BTreeSet, HashSet};
use std::fs;
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use rayon::prelude::*;
use serde::{Deserialize, Serialize};
use xxhash_rust::xxh3::Xxh3;

use crate::atomic::{self, AtomicFile};
use crate::content;
use crate::engine::{Counts, Engine, Gather, Output};
use crate::input::{Input, Inputs, Shard};
use crate::reader::Ended;

/// A folder of shards: `NAME.jsonl`, and `NAME.jsonl.meta.json` beside it.
///
/// A shard is written to a temporary file in the folder and renamed, then its meta file is; so
/// one that has a meta file that fits it is complete. It is kept, unread, by a later run with the
/// same inputs and the same configuration.
pub struct Folder {
    path: PathBuf,
    ending: &'static str,
    configuration: String,
}

/// What the name of a meta file ends with.
pub(crate) const SHARD_META: &str = ".meta.json";

/// The meta file of a shard.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ShardMeta {
    /// What the output depends on besides the input: version, stages, options, models.
    pub configuration: String,
    /// The first of the inputs, as it is named in the records.
    #[serde(default)]
    pub first: String,
    /// Hash (XXH3, 64 bits) of the names, sizes and contents of the inputs, as they are stored.
    pub input: String,
    /// Size of the output in bytes.
    pub bytes: u64,
    /// What it holds.
    pub counts: Counts,
}

/// What writing to a folder came to.
#[derive(Clone, Debug, Default)]
pub struct Written {
    /// Counts of all shards, those included that were complete before.
    pub counts: Counts,
    /// The output files, in the order of the shards.
    pub files: Vec<PathBuf>,
    /// Indices of the shards that were complete before and were not computed again.
    pub kept: Vec<usize>,
    /// Files of the folder that belong to shards of other runs.
    pub foreign: Vec<PathBuf>,
}

/// The file that an input or output error concerns; the error itself is its source.
#[derive(Debug, thiserror::Error)]
#[error("{}", path.display())]
pub struct FileError {
    path: PathBuf,
    source: io::Error,
}

impl FileError {
    /// `source` happened to `path`.
    pub fn new(path: &Path, source: io::Error) -> FileError {
        FileError { path: path.to_owned(), source }
    }
}

impl Folder {
    /// The folder `path`, made when it is not there, cleared of what killed runs left.
    ///
    /// `ending` is the one of the output files; `configuration` says in one line all that the
    /// output depends on besides the input.
    pub fn open(
        path: &Path,
        ending: &'static str,
        configuration: String,
    ) -> Result<Folder, FileError> {
        fs::create_dir_all(path)
            .and_then(|()| atomic::sweep(path))
            .map_err(|error| FileError::new(path, error))?;
        Ok(Folder { path: path.to_owned(), ending, configuration })
    }

    /// Runs `inputs` through the engine, shard by shard. `part` is what of a unit's gathering is
    /// written; `each` sees every output, in order, after its bytes were written.
    pub fn run<G: Gather>(
        &self,
        engine: &Engine<'_>,
        inputs: &Arc<Inputs>,
        gather: &G,
        bytes: impl Fn(&G::Part) -> &[u8],
        mut each: impl FnMut(Output<G::Part>) -> Result<(), FileError>,
    ) -> Result<Written, FileError> {
        self.check(inputs)?;
        let mut written = Written::default();
        let complete: Vec<Option<ShardMeta>> = engine.pool().install(|| {
            let shards = inputs.shards.par_iter();
            shards.map(|shard| self.complete(&shard.name, &shard.inputs, inputs, engine)).collect()
        });
        let mut order = Vec::new();
        for (i, (shard, meta)) in inputs.shards.iter().zip(&complete).enumerate() {
            written.files.push(self.data(&shard.name));
            match meta {
                Some(meta) => {
                    written.counts += meta.counts;
                    written.kept.push(i);
                }
                None => order.extend(&shard.inputs),
            }
        }
        let mut current: Option<Open> = None;
        engine.run_some(inputs, order, gather, |output| {
            if current.as_ref().is_none_or(|open| open.shard != output.shard) {
                if let Some(open) = current.take() {
                    self.commit(open, inputs, &mut written)?;
                }
                current = Some(self.begin(output.shard, inputs)?);
            }
            let open = current.as_mut().expect("it was begun above");
            open.file
                .write_all(bytes(&output.part))
                .map_err(|error| FileError::new(&self.path, error))?;
            open.counts += output.counts;
            open.ended.extend(&output.ended);
            each(output)
        })?;
        if let Some(open) = current {
            self.commit(open, inputs, &mut written)?;
        }
        written.foreign = self.foreign(inputs)?;
        Ok(written)
    }

    /// The file that the records of a shard go to.
    pub fn file(&self, shard: &Shard) -> PathBuf {
        self.data(&shard.name)
    }

    /// Refuses to write a file over one that is read, or over the records of another input.
    fn check(&self, inputs: &Inputs) -> Result<(), FileError> {
        let canonical = |path: &PathBuf| fs::canonicalize(path).ok();
        let read: HashSet<_> = inputs.files.iter().filter_map(|i| canonical(&i.path)).collect();
        for shard in &inputs.shards {
            let data = self.data(&shard.name);
            if canonical(&data).is_some_and(|path| read.contains(&path)) {
                let source = io::Error::other("would be written over while it is read");
                return Err(FileError::new(&data, source));
            }
            let here = |first: &str| shard.inputs.iter().any(|&i| inputs.files[i].shown == first);
            if let Some(ShardMeta { first, .. }) = self.stored(&shard.name)
                && !here(&first)
                && Path::new(&first).exists()
            {
                let source = io::Error::other(format!(
                    "holds the records of {first}; name another folder, or remove it"
                ));
                return Err(FileError::new(&data, source));
            }
        }
        Ok(())
    }

    fn data(&self, name: &str) -> PathBuf {
        self.path.join(format!("{name}.{}", self.ending))
    }

    fn meta(&self, name: &str) -> PathBuf {
        self.path.join(format!("{name}.{}{SHARD_META}", self.ending))
    }

    fn begin(&self, shard: usize, inputs: &Inputs) -> Result<Open, FileError> {
        let target = self.data(&inputs.shards[shard].name);
        let file = AtomicFile::create(&target).map_err(|e| FileError::new(&target, e))?;
        Ok(Open { shard, file, counts: Counts::default(), ended: Vec::new() })
    }

    /// The data first: a crash between the two leaves data without a meta file that fits.
    fn commit(&self, open: Open, inputs: &Inputs, written: &mut Written) -> Result<(), FileError> {
        let name = &inputs.shards[open.shard].name;
        let bytes = open.file.len();
        let data = self.data(name);
        open.file.commit().map_err(|error| FileError::new(&data, error))?;
        written.counts += open.counts;
        let path = self.meta(name);
        let Some(input) = of_inputs(open.ended.iter().map(|e| (e.input, e.fingerprint)), inputs)
        else {
            // Read only in part, or not to be read again: never complete.
            return match fs::remove_file(&path) {
                Err(error) if error.kind() != io::ErrorKind::NotFound => {
                    Err(FileError::new(&path, error))
                }
                _ => Ok(()),
            };
        };
        let configuration = self.configuration.clone();
        let first = inputs.shards[open.shard].inputs[0];
        let first = inputs.files[first].shown.clone();
        let meta = ShardMeta { configuration, first, input, bytes, counts: open.counts };
        let mut line = serde_json::to_string(&meta).expect("strings and numbers are JSON");
        line.push('\n');
        atomic::write(&path, line.as_bytes()).map_err(|error| FileError::new(&path, error))
    }

    fn stored(&self, name: &str) -> Option<ShardMeta> {
        let meta = fs::read(self.meta(name)).ok()?;
        serde_json::from_str(simdutf8::basic::from_utf8(&meta).ok()?).ok()
    }

    /// The meta file of a shard that need not be computed again.
    fn complete(
        &self,
        name: &str,
        files: &[usize],
        inputs: &Inputs,
        engine: &Engine<'_>,
    ) -> Option<ShardMeta> {
        let meta = self.stored(name)?;
        let data = fs::metadata(self.data(name)).ok()?;
        if meta.configuration != self.configuration
            || data.len() != meta.bytes
            || (engine.divert && meta.counts.errors > 0)
            || files.iter().any(|&i| inputs.files[i].size.is_none())
        {
            return None;
        }
        let fingerprints =
            files.iter().map(|&i| (i, content::fingerprint(&inputs.files[i].path).ok()));
        (of_inputs(fingerprints, inputs)? == meta.input).then_some(meta)
    }

    fn foreign(&self, inputs: &Inputs) -> Result<Vec<PathBuf>, FileError> {
        let ours: BTreeSet<_> = inputs.shards.iter().map(|shard| self.data(&shard.name)).collect();
        let entries = fs::read_dir(&self.path).map_err(|e| FileError::new(&self.path, e))?;
        let mut foreign: Vec<_> = entries
            .flatten()
            .map(|entry| entry.path())
            .filter(|p| p.extension().is_some_and(|e| e == self.ending) && !ours.contains(p))
            .collect();
        foreign.sort();
        Ok(foreign)
    }
}

/// The shard that is being written.
struct Open {
    shard: usize,
    file: AtomicFile,
    counts: Counts,
    ended: Vec<Ended>,
}

/// Hash (XXH3, 64 bits) of a file, in hexadecimal digits.
pub fn fingerprint(path: &Path) -> io::Result<String> {
    content::fingerprint(path).map(|(_, hash)| format!("{hash:016x}"))
}

/// One hash of the inputs of a shard: the names and ids that stand in the output, and the
/// contents. `None` when one of them was not read to its end or can be read only once.
fn of_inputs(
    files: impl IntoIterator<Item = (usize, Option<(u64, u64)>)>,
    inputs: &Inputs,
) -> Option<String> {
    let mut hash = Xxh3::new();
    for (i, content) in files {
        let Input { shown, name, id, size, .. } = &inputs.files[i];
        let (bytes, content) = content?;
        size.as_ref()?;
        for part in [shown.as_bytes(), &[0], name.as_bytes(), &[0], id.as_bytes(), &[0]] {
            hash.update(part);
        }
        hash.update(&bytes.to_le_bytes());
        hash.update(&content.to_le_bytes());
    }
    Some(format!("{:016x}", hash.digest()))
}
