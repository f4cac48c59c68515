//! From arguments to files: folders are walked, patterns matched.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use globset::GlobBuilder;

use crate::folder::SHARD_META;
use crate::input::{InputError, LINES_ENDINGS, TEXT_ENDINGS, has_ending, is_stdin, shown, slashed};

/// A file, and its name below what was named.
pub(crate) struct Place {
    pub(crate) path: PathBuf,
    pub(crate) name: String,
}

/// The files that the arguments mean, in their order, and how many others the folders hold;
/// `output` is passed over in folders.
pub(crate) fn expand(
    arguments: &[PathBuf],
    output: Option<&Path>,
) -> Result<(Vec<Place>, usize), InputError> {
    let output = output.and_then(|output| fs::canonicalize(output).ok());
    let mut finder = Finder { output, found: Vec::new() };
    let mut places = Vec::new();
    let mut passed_over = 0;
    for argument in arguments {
        passed_over += finder.expand(argument)?;
        let base = base(argument);
        places.extend(finder.found.drain(..).map(|path| {
            let below = path.strip_prefix(&base).ok().map(slashed).filter(|name| !name.is_empty());
            let name = below.unwrap_or_else(|| match path.file_name() {
                Some(name) => name.to_string_lossy().into_owned(),
                None => shown(&path),
            });
            Place { path, name }
        }));
    }
    Ok((places, passed_over))
}

/// The folder that a pattern is looked for in; any other argument itself.
fn base(argument: &Path) -> PathBuf {
    match fs::metadata(argument) {
        Ok(_) => argument.to_owned(),
        Err(_) => {
            let parts = argument.components();
            parts.take_while(|part| !is_pattern(part.as_ref())).collect()
        }
    }
}

struct Finder {
    output: Option<PathBuf>,
    found: Vec<PathBuf>,
}

impl Finder {
    /// Gives the number of files that are passed over.
    fn expand(&mut self, argument: &Path) -> Result<usize, InputError> {
        if is_stdin(argument) {
            self.found.push(argument.to_owned());
            return Ok(0);
        }
        match fs::metadata(argument) {
            Ok(meta) if meta.is_dir() => self.folder(argument),
            Ok(_) => {
                self.found.push(argument.to_owned());
                Ok(0)
            }
            Err(_) if is_pattern(argument) => self.glob(argument).map(|()| 0),
            Err(error) if error.kind() == io::ErrorKind::NotFound => {
                Err(InputError::Missing { path: shown(argument) })
            }
            Err(source) => Err(InputError::Unreadable { path: shown(argument), source }),
        }
    }

    fn folder(&mut self, argument: &Path) -> Result<usize, InputError> {
        if self.is_output(argument) {
            return Err(InputError::ReadAndWritten { path: shown(argument) });
        }
        let (mut seen, mut passed_over) = (0, 0);
        let before = self.found.len();
        self.walk(argument, &mut |path| {
            let wanted = has_ending(path, &TEXT_ENDINGS) || has_ending(path, &LINES_ENDINGS);
            seen += 1;
            // What stands beside a shard is no file of the user's.
            passed_over += usize::from(!wanted && !shown(path).ends_with(SHARD_META));
            wanted
        });
        if self.found.len() == before {
            return Err(InputError::NoText { path: shown(argument), seen });
        }
        self.found[before..].sort_by(|a, b| bytes(a).cmp(bytes(b)));
        Ok(passed_over)
    }

    fn glob(&mut self, argument: &Path) -> Result<(), InputError> {
        let pattern = shown(argument);
        let matcher = GlobBuilder::new(&pattern)
            .literal_separator(true)
            .build()
            .map_err(|source| InputError::BadPattern { pattern: pattern.clone(), source })?
            .compile_matcher();
        let base = base(argument);
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
            let linked = entry.file_type().is_ok_and(|kind| kind.is_symlink());
            match fs::metadata(&path) {
                Ok(meta) if meta.is_dir() && !linked && !self.is_output(&path) => {
                    self.walk(&path, wanted);
                }
                // Links to folders may lead in a circle; a pipe would wait for its writer.
                Ok(meta) if !meta.is_file() => {}
                // A link to nowhere says so when it is read.
                _ if wanted(&path) => self.found.push(path),
                _ => {}
            }
        }
    }

    fn is_output(&self, folder: &Path) -> bool {
        self.output.is_some() && fs::canonicalize(folder).ok() == self.output
    }
}

fn bytes(path: &Path) -> &[u8] {
    path.as_os_str().as_encoded_bytes()
}

const PATTERN_MARKS: [char; 4] = ['*', '?', '[', '{'];

fn is_pattern(argument: &Path) -> bool {
    argument.to_str().is_some_and(|s| s.contains(PATTERN_MARKS))
}
