//! What is read: paths, folders and patterns become a list of files with ids and shards.

use std::collections::{BTreeMap, HashMap, HashSet};
use std::ffi::OsStr;
use std::fs;
use std::io;
use std::path::{Component, Path, PathBuf};

use globset::GlobBuilder;
use xxhash_rust::xxh3::xxh3_64;

/// Endings of the files that are taken from a folder; `.gz` or `.zst` may follow.
const TEXT_ENDINGS: [&str; 2] = [".txt", ".text"];
const LINES_ENDINGS: [&str; 2] = [".jsonl", ".ndjson"];
const PACKED_ENDINGS: [&str; 2] = [".gz", ".zst"];

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
}

/// One file, or stdin.
#[derive(Clone, Debug)]
pub struct Input {
    /// Where it is; `-` for stdin.
    pub path: PathBuf,
    /// The same as it stands in records and messages.
    pub shown: String,
    /// The id of the document, should the content be text: the stem, or the path where stems
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
        let mut finder = Finder {
            output: output.and_then(|output| fs::canonicalize(output).ok()),
            found: Vec::new(),
        };
        for argument in arguments {
            finder.expand(argument)?;
        }
        let found = finder.found;
        let mut seen = HashSet::new();
        let mut inputs = Inputs::default();
        for path in found {
            let identity = fs::canonicalize(&path).unwrap_or_else(|_| path.clone());
            let shown = shown(&path);
            if seen.insert(identity) {
                inputs.files.push(Input::new(path, shown));
            } else if is_stdin(&path) {
                return Err(InputError::StdinTwice);
            } else {
                inputs.repeated.push(shown);
            }
        }
        inputs.name_documents();
        inputs.name_shards();
        Ok(inputs)
    }

    /// Sum of the sizes, where all are known.
    pub fn size(&self) -> Option<u64> {
        self.files.iter().map(|input| input.size).sum()
    }

    fn name_documents(&mut self) {
        let stems: Vec<_> = self.files.iter().map(|input| stem(&input.path)).collect();
        let mut count = HashMap::new();
        for (input, stem) in self.files.iter().zip(&stems) {
            *count.entry(stem.clone()).or_insert(0) += usize::from(!input.lines);
        }
        for (input, stem) in self.files.iter_mut().zip(stems) {
            input.id = if count[&stem] > 1 { input.shown.clone() } else { stem };
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
                of.file_name().map_or_else(|| "texts".into(), |n| n.to_string_lossy().into_owned())
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
    fn new(path: PathBuf, shown: String) -> Input {
        let meta = if is_stdin(&path) { None } else { fs::metadata(&path).ok() };
        let size = match meta {
            Some(meta) if !meta.is_file() && !meta.is_dir() => None, // a pipe
            Some(meta) => Some(meta.len()),
            None => (!is_stdin(&path)).then_some(0),
        };
        let lines = has_ending(&path, &LINES_ENDINGS);
        Input { path, shown, id: String::new(), lines, shard: 0, size }
    }
}

/// Expands arguments to files.
struct Finder {
    output: Option<PathBuf>,
    found: Vec<PathBuf>,
}

impl Finder {
    fn expand(&mut self, argument: &Path) -> Result<(), InputError> {
        if is_stdin(argument) {
            self.found.push(argument.to_owned());
            return Ok(());
        }
        match fs::metadata(argument) {
            Ok(meta) if meta.is_dir() => self.folder(argument),
            Ok(_) => {
                self.found.push(argument.to_owned());
                Ok(())
            }
            Err(_) if is_pattern(argument) => self.glob(argument),
            Err(error) if error.kind() == io::ErrorKind::NotFound => {
                Err(InputError::Missing { path: shown(argument) })
            }
            Err(source) => Err(InputError::Unreadable { path: shown(argument), source }),
        }
    }

    fn folder(&mut self, argument: &Path) -> Result<(), InputError> {
        if self.is_output(argument) {
            return Err(InputError::ReadAndWritten { path: shown(argument) });
        }
        let mut seen = 0;
        let before = self.found.len();
        self.walk(argument, &mut |path| {
            seen += 1;
            has_ending(path, &TEXT_ENDINGS) || has_ending(path, &LINES_ENDINGS)
        });
        if self.found.len() == before {
            return Err(InputError::NoText { path: shown(argument), seen });
        }
        self.found[before..].sort_by(|a, b| bytes(a).cmp(bytes(b)));
        Ok(())
    }

    fn glob(&mut self, argument: &Path) -> Result<(), InputError> {
        let pattern = shown(argument);
        let matcher = GlobBuilder::new(&pattern)
            .literal_separator(true)
            .build()
            .map_err(|source| InputError::BadPattern { pattern: pattern.clone(), source })?
            .compile_matcher();
        let base: PathBuf = argument
            .components()
            .take_while(|part| !is_pattern(part.as_ref()))
            .map(|part: Component<'_>| part.as_os_str())
            .collect();
        let before = self.found.len();
        self.walk(&base, &mut |path| matcher.is_match(path));
        // A folder that could not be listed is no match.
        let mut matched: Vec<_> =
            self.found.drain(before..).filter(|path| matcher.is_match(path)).collect();
        if matched.is_empty() {
            return Err(InputError::NoMatch { pattern });
        }
        matched.sort_by(|a, b| bytes(a).cmp(bytes(b)));
        self.found.append(&mut matched);
        Ok(())
    }

    /// Adds the files below `folder` that `wanted` takes. A folder that cannot be listed is added
    /// itself, so that reading it says why.
    fn walk(&mut self, folder: &Path, wanted: &mut dyn FnMut(&Path) -> bool) {
        let here = folder.as_os_str().is_empty();
        let Ok(entries) = fs::read_dir(if here { ".".as_ref() } else { folder }) else {
            self.found.push(folder.to_owned());
            return;
        };
        for entry in entries.flatten() {
            let path = folder.join(entry.file_name());
            if entry.file_name().as_encoded_bytes().starts_with(b".") {
                continue;
            }
            match entry.file_type() {
                Ok(kind) if kind.is_dir() && self.is_output(&path) => {}
                Ok(kind) if kind.is_dir() => self.walk(&path, wanted),
                Ok(kind) if kind.is_symlink() && fs::metadata(&path).is_ok_and(|m| m.is_dir()) => {}
                _ if wanted(&path) => self.found.push(path),
                _ => {}
            }
        }
    }

    fn is_output(&self, folder: &Path) -> bool {
        self.output.is_some() && fs::canonicalize(folder).ok() == self.output
    }
}

/// True for the path that means stdin.
pub(crate) fn is_stdin(path: &Path) -> bool {
    path.as_os_str() == "-"
}

fn shown(path: &Path) -> String {
    path.to_string_lossy().into_owned()
}

fn bytes(path: &Path) -> &[u8] {
    path.as_os_str().as_encoded_bytes()
}

const PATTERN_MARKS: [char; 4] = ['*', '?', '[', '{'];

fn is_pattern(argument: &Path) -> bool {
    argument.to_str().is_some_and(|s| s.contains(PATTERN_MARKS))
}

fn name(path: &Path) -> &OsStr {
    path.file_name().unwrap_or(path.as_os_str())
}

/// The name without `.gz` or `.zst`.
fn unpacked(name: &str) -> &str {
    PACKED_ENDINGS.iter().find_map(|e| name.strip_suffix(e)).unwrap_or(name)
}

fn has_ending(path: &Path, endings: &[&str]) -> bool {
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
    parts.collect::<Vec<_>>().join("__")
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
