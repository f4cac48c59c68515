//! What is read: paths, folders and patterns become a list of files with ids and shards.

use std::collections::{BTreeMap, HashMap, HashSet};
use std::ffi::OsStr;
use std::fs;
use std::io;
use std::path::{Component, Path, PathBuf};

use xxhash_rust::xxh3::xxh3_64;

use crate::find::{self, Place};

/// Endings of the files that are taken from a folder; `.gz` or `.zst` may follow.
pub(crate) const TEXT_ENDINGS: [&str; 2] = [".txt", ".text"];
pub(crate) const LINES_ENDINGS: [&str; 2] = [".jsonl", ".ndjson"];
const PACKED_ENDINGS: [&str; 2] = [".gz", ".zst"];

/// Name of the shard of the texts in a folder without a name, such as `.`.
const HERE: &str = "texts";

/// Files to read, in order, and the shards that their records go to.
///
/// A JSON Lines file is a shard of its own, named after its stem; the text files of one folder
/// are one shard, named after the folder; stdin is the shard `stdin`. Where names collide the
/// path takes the place of the name. All this depends on the set of paths only.
#[derive(Clone, Debug, Default)]
pub struct Inputs {
    /// In the order of the arguments; what a folder or pattern brings is sorted by path bytes.
    pub files: Vec<Input>,
    /// In the order of their first file.
    pub shards: Vec<Shard>,
    /// Paths that were named more than once and are read once.
    pub repeated: Vec<String>,
    /// Number of files in the folders whose names say neither text nor JSON Lines; they are not
    /// read.
    pub passed_over: usize,
}

/// One file, or stdin.
#[derive(Clone, Debug)]
pub struct Input {
    /// Where it is; `-` for stdin.
    pub path: PathBuf,
    /// The same as it stands in records and messages.
    pub shown: String,
    /// What ids call it: its path below the folder or pattern that was named, or the name of a file
    /// that was; where these collide with as much of the path as tells them apart. It does not
    /// depend on where one stands: `crawl`, `./crawl/` and `/data/crawl` give the same names.
    pub name: String,
    /// The id of the document, should the content be text: the stem, or the name where stems
    /// collide.
    pub id: String,
    /// True when its name says JSON Lines; otherwise the content decides.
    pub lines: bool,
    /// Index of its shard.
    pub shard: usize,
    /// Size in bytes as found; `None` for what can be read only once: stdin and pipes.
    pub size: Option<u64>,
}

/// A set of inputs whose records make one output file.
#[derive(Clone, Debug)]
pub struct Shard {
    /// Name of the output without its ending; unique.
    pub name: String,
    /// Indices of its files.
    pub inputs: Vec<usize>,
}

/// Why there is nothing to read. Where another error is the cause it is the source.
#[derive(Debug, thiserror::Error)]
#[expect(missing_docs, reason = "the messages say it")]
pub enum InputError {
    #[error("{path}: no such file or folder")]
    Missing { path: String },
    #[error("{path}")]
    Unreadable { path: String, source: io::Error },
    #[error("{pattern}")]
    BadPattern { pattern: String, source: globset::Error },
    #[error("{pattern}: no file matches this pattern")]
    NoMatch { pattern: String },
    #[error(
        "{path}: no text in this folder: looked for .txt and .jsonl, also with .gz or .zst, among {seen} files"
    )]
    NoText { path: String, seen: usize },
    #[error("stdin (-) is named twice")]
    StdinTwice,
    #[error("{path}: this folder would be read and written; name another one for the output")]
    ReadAndWritten { path: String },
}

impl Inputs {
    /// Files, folders (with all below), patterns (`*`, `?`, `[a-z]`, `**`, `{a,b}`) and `-`.
    ///
    /// A file that is named is read whatever its name. Of a folder the `.txt`, `.text`, `.jsonl`
    /// and `.ndjson` files are taken, also with `.gz` or `.zst`; hidden ones and links to folders
    /// are passed over. A folder that cannot be listed stays as an input that fails when read.
    ///
    /// `output` is the folder that will be written, if any: below a folder that is read it is
    /// passed over, so that `bantin run . -o out` does not read what it wrote.
    pub fn find(arguments: &[PathBuf], output: Option<&Path>) -> Result<Inputs, InputError> {
        let mut seen = HashSet::new();
        let mut places = Vec::new();
        let mut inputs = Inputs::default();
        let (found, passed_over) = find::expand(arguments, output)?;
        inputs.passed_over = passed_over;
        for Place { path, name } in found {
            let identity = fs::canonicalize(&path).unwrap_or_else(|_| path.clone());
            let shown = shown(&path);
            if seen.insert(identity.clone()) {
                inputs.files.push(Input::new(path, shown, name));
                places.push(identity);
            } else if is_stdin(&path) {
                return Err(InputError::StdinTwice);
            } else {
                inputs.repeated.push(shown);
            }
        }
        inputs.tell_names_apart(&places);
        inputs.name_documents();
        inputs.name_shards();
        Ok(inputs)
    }

    /// Sum of the sizes, where all are known.
    pub fn size(&self) -> Option<u64> {
        self.files.iter().map(|input| input.size).sum()
    }

    /// Adds the folders above to names that collide; `places` are the absolute paths.
    fn tell_names_apart(&mut self, places: &[PathBuf]) {
        loop {
            let mut owners = BTreeMap::<&str, Vec<usize>>::new();
            for (i, input) in self.files.iter().enumerate() {
                owners.entry(&input.name).or_default().push(i);
            }
            let mut longer = Vec::new();
            for i in owners.into_values().filter(|owners| owners.len() > 1).flatten() {
                let whole = slashed(&places[i]);
                let parts = 2 + self.files[i].name.matches('/').count();
                let cut = whole.rmatch_indices('/').nth(parts - 1).map_or(0, |(at, _)| at + 1);
                if whole[cut..] != self.files[i].name {
                    longer.push((i, whole[cut..].to_owned()));
                }
            }
            if longer.is_empty() {
                return;
            }
            for (i, name) in longer {
                self.files[i].name = name;
            }
        }
    }

    fn name_documents(&mut self) {
        let stems: Vec<_> = self.files.iter().map(|input| stem(&input.path)).collect();
        let mut count = HashMap::new();
        for (input, stem) in self.files.iter().zip(&stems) {
            *count.entry(stem.clone()).or_insert(0) += usize::from(!input.lines);
        }
        for (input, stem) in self.files.iter_mut().zip(stems) {
            input.id = if count[&stem] > 1 { input.name.clone() } else { stem };
        }
    }

    fn name_shards(&mut self) {
        // What a shard is of: a file, or a folder.
        let mut shards: Vec<(PathBuf, Vec<usize>)> = Vec::new();
        let mut place = HashMap::new();
        for (i, input) in self.files.iter().enumerate() {
            let of = match input.path.parent() {
                Some(folder) if !input.lines && !is_stdin(&input.path) => folder.to_owned(),
                _ => input.path.clone(),
            };
            let at = *place.entry(of.clone()).or_insert_with(|| {
                shards.push((of, Vec::new()));
                shards.len() - 1
            });
            shards[at].1.push(i);
        }
        let folder = |of: &Path, inputs: &[usize]| self.files[inputs[0]].path.as_path() != of;
        let short = shards.iter().map(|(of, inputs)| match () {
            () if is_stdin(of) => "stdin".to_owned(),
            () if folder(of, inputs) => {
                of.file_name().map_or_else(|| HERE.into(), |n| n.to_string_lossy().into_owned())
            }
            () => stem(of),
        });
        let long = shards.iter().map(|(of, inputs)| match of.parent() {
            Some(parent) if !folder(of, inputs) => flat(&parent.join(stem(of))),
            _ => flat(of),
        });
        let full = shards.iter().map(|(of, _)| flat(of));
        let hashed = shards.iter().map(|(of, _)| {
            format!("{}-{:016x}", flat(of), xxh3_64(of.as_os_str().as_encoded_bytes()))
        });
        let names =
            first_unique([short.collect(), long.collect(), full.collect(), hashed.collect()]);
        for (at, ((_, inputs), name)) in shards.into_iter().zip(names).enumerate() {
            for &i in &inputs {
                self.files[i].shard = at;
            }
            self.shards.push(Shard { name, inputs });
        }
    }
}

impl Input {
    fn new(path: PathBuf, shown: String, name: String) -> Input {
        let meta = if is_stdin(&path) { None } else { fs::metadata(&path).ok() };
        let size = match meta {
            Some(meta) if !meta.is_file() && !meta.is_dir() => None, // a pipe
            Some(meta) => Some(meta.len()),
            None => (!is_stdin(&path)).then_some(0),
        };
        let lines = has_ending(&path, &LINES_ENDINGS);
        Input { path, shown, name, id: String::new(), lines, shard: 0, size }
    }
}

/// True for the path that means stdin.
pub(crate) fn is_stdin(path: &Path) -> bool {
    path.as_os_str() == "-"
}

pub(crate) fn shown(path: &Path) -> String {
    path.to_string_lossy().into_owned()
}

/// A path as the parts of it joined by `/`.
pub(crate) fn slashed(path: &Path) -> String {
    let parts = path.components().filter_map(|part| match part {
        Component::Normal(part) => Some(part.to_string_lossy()),
        _ => None,
    });
    parts.collect::<Vec<_>>().join("/")
}

fn name(path: &Path) -> &OsStr {
    path.file_name().unwrap_or(path.as_os_str())
}

/// The name without `.gz` or `.zst`.
fn unpacked(name: &str) -> &str {
    PACKED_ENDINGS.iter().find_map(|e| name.strip_suffix(e)).unwrap_or(name)
}

pub(crate) fn has_ending(path: &Path, endings: &[&str]) -> bool {
    let name = name(path).to_string_lossy().to_ascii_lowercase();
    endings.iter().any(|ending| unpacked(&name).ends_with(ending))
}

/// The name without its ending, nor the one of its packing: `a` of `a.jsonl.gz`.
fn stem(path: &Path) -> String {
    if is_stdin(path) {
        return "stdin".to_owned();
    }
    let name = name(path).to_string_lossy();
    let unpacked = unpacked(&name);
    match unpacked.rsplit_once('.') {
        Some((stem, _)) if !stem.is_empty() => stem.to_owned(),
        _ => unpacked.to_owned(),
    }
}

/// A path as one name: `2018__a.jsonl`.
fn flat(path: &Path) -> String {
    let parts = path.components().filter_map(|part| match part {
        Component::Normal(part) => Some(part.to_string_lossy()),
        Component::ParentDir => Some("up".into()),
        _ => None,
    });
    let flat = parts.collect::<Vec<_>>().join("__");
    if flat.is_empty() { HERE.to_owned() } else { flat }
}

/// For each item its first name that no other item has on the same level.
fn first_unique<const N: usize>(levels: [Vec<String>; N]) -> Vec<String> {
    let mut chosen: Vec<Option<String>> = vec![None; levels[0].len()];
    let mut taken = HashSet::new();
    for level in levels {
        let mut owners = BTreeMap::<String, Vec<usize>>::new();
        for (i, name) in level.into_iter().enumerate().filter(|(i, _)| chosen[*i].is_none()) {
            owners.entry(name).or_default().push(i);
        }
        for (name, items) in owners {
            if let [only] = items[..]
                && taken.insert(name.clone())
            {
                chosen[only] = Some(name);
            }
        }
    }
    chosen.into_iter().map(|name| name.expect("the last level has a hash of the path")).collect()
}
