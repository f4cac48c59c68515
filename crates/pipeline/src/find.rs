//! From arguments to files: folders are walked, patterns matched.

use std::fs;
use std::io;
use std::path::{Component, Path, PathBuf};

use globset::GlobBuilder;

use crate::input::{InputError, LINES_ENDINGS, TEXT_ENDINGS, has_ending, is_stdin, shown};

/// The files that the arguments mean, in their order; `output` is passed over in folders.
pub(crate) fn expand(
    arguments: &[PathBuf],
    output: Option<&Path>,
) -> Result<Vec<PathBuf>, InputError> {
    let output = output.and_then(|output| fs::canonicalize(output).ok());
    let mut finder = Finder { output, found: Vec::new() };
    for argument in arguments {
        finder.expand(argument)?;
    }
    Ok(finder.found)
}

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
