//! What people see: messages, progress, the summary. All of it on stderr.

use std::collections::HashSet;
use std::collections::hash_map::DefaultHasher;
use std::hash::{Hash, Hasher};
use std::io::{self, IsTerminal};
use std::time::{Duration, Instant};

use bantin_document::ErrorRecord;
use bantin_pipeline::{Counts, Inputs, Named, Output};
use indicatif::{HumanBytes, HumanCount, ProgressBar, ProgressDrawTarget, ProgressStyle};

use crate::cli::Source;

/// Messages of one kind that are shown one by one.
const SHOWN: u64 = 20;

/// So many empty texts are told with their place: they are no failures, and each stage tells them.
const SHOWN_EMPTY: u64 = 3;

/// Ids that are remembered to find the ones that are used twice: 64 MB at most.
const REMEMBERED: usize = 4 << 20;

/// Time between two lines of progress where no bar can be drawn.
const INTERVAL: Duration = Duration::from_secs(10);

/// Says something on stderr.
pub(crate) fn say(message: &str) {
    #[expect(clippy::print_stderr, reason = "stderr is for people")]
    {
        eprintln!("bantin: {message}");
    }
}

/// Accompanies one run.
pub(crate) struct Console {
    quiet: bool,
    bar: Option<ProgressBar>,
    size: Option<u64>,
    read: u64,
    counts: Counts,
    last: Instant,
    failures: u64,
    empty: u64,
    repeated: u64,
    text_fields: Vec<String>,
    /// Which of them a record had.
    present: u64,
    ids: HashSet<u64>,
    passed_over: u64,
}

impl Console {
    /// `to_stdout`: the data goes to stdout, so a bar may not be drawn on the terminal that shows
    /// it, nor beside the bar of the next command of a pipe.
    pub(crate) fn new(inputs: &Inputs, source: &Source, to_stdout: bool) -> Console {
        let quiet = source.quiet;
        let draw = !quiet && io::stderr().is_terminal() && !(to_stdout && is_shown_or_piped());
        let size = inputs.size();
        let bar = draw.then(|| bar(size));
        if !quiet {
            for path in &inputs.repeated {
                say(&format!("{path}: named twice, read once"));
            }
        }
        Console {
            quiet,
            bar,
            size,
            read: 0,
            counts: Counts::default(),
            last: Instant::now(),
            failures: 0,
            empty: 0,
            repeated: 0,
            text_fields: source.text_field.clone(),
            present: 0,
            ids: HashSet::new(),
            passed_over: inputs.passed_over as u64,
        }
    }

    /// Takes note of what a unit became.
    pub(crate) fn unit<P>(&mut self, output: &Output<P>) {
        self.read += output.read;
        self.counts += output.counts;
        for failure in &output.failures {
            self.failure(failure);
        }
        self.present |= output.present;
        for document in &output.documents {
            self.id(document);
            if document.empty {
                self.empty(document);
            }
        }
        if let Some(bar) = &self.bar {
            bar.set_position(self.read);
            bar.set_message(format!("{} documents", HumanCount(self.counts.documents)));
        } else if !self.quiet && self.last.elapsed() >= INTERVAL {
            self.last = Instant::now();
            let of = self.size.map(|size| format!(" of {}", HumanBytes(size))).unwrap_or_default();
            say(&format!(
                "{}{of} read, {} documents",
                HumanBytes(self.read),
                HumanCount(self.counts.documents)
            ));
        }
    }

    /// A message that does not disturb the bar.
    pub(crate) fn note(&self, message: &str) {
        if self.quiet {
            return;
        }
        match &self.bar {
            Some(bar) => bar.suspend(|| say(message)),
            None => say(message),
        }
    }

    /// The last words: what was held back, and how much there was where that is of interest.
    pub(crate) fn finish(&self, kept: u64, total: Counts, to_stdout: bool) {
        if let Some(bar) = &self.bar {
            bar.finish_and_clear();
        }
        if self.failures > SHOWN {
            self.note(&format!("{} more records failed", HumanCount(self.failures - SHOWN)));
        }
        if self.empty > SHOWN_EMPTY {
            self.note(&format!("{} more texts are empty", HumanCount(self.empty - SHOWN_EMPTY)));
        }
        if self.repeated > SHOWN {
            self.note(&format!("{} more ids are used twice", HumanCount(self.repeated - SHOWN)));
        }
        for (n, field) in self.text_fields.iter().enumerate().take(64) {
            if self.present != 0 && self.present >> n & 1 == 0 {
                self.note(&format!("no record has the field \"{field}\" of --text-field"));
            }
        }
        if to_stdout && total.errors == 0 && total.empty == 0 && self.passed_over == 0 {
            return;
        }
        let mut parts = vec![plural(total.documents, "document", "documents")];
        if total.empty > 0 {
            parts.push(format!("{} of them empty", HumanCount(total.empty)));
        }
        if total.errors > 0 {
            parts.push(plural(total.errors, "error record", "error records"));
        }
        if self.passed_over > 0 {
            let files = plural(self.passed_over, "file", "files");
            parts.push(format!("{files} passed over, neither .txt nor .jsonl"));
        }
        if kept > 0 {
            parts.push(plural(kept, "file unchanged", "files unchanged"));
        }
        self.note(&parts.join(", "));
    }

    fn failure(&mut self, failure: &ErrorRecord) {
        self.failures += 1;
        if self.failures > SHOWN {
            return;
        }
        let place = match (&failure.path, failure.line) {
            (Some(path), Some(line)) => format!("{path}:{line}: "),
            (Some(path), None) => format!("{path}: "),
            _ => String::new(),
        };
        let code = serde_json::to_string(&failure.code).unwrap_or_default();
        self.note(&format!("{place}{}: {}", code.trim_matches('"'), failure.message));
    }

    fn empty(&mut self, document: &Named) {
        self.empty += 1;
        if self.empty <= SHOWN_EMPTY {
            self.note(&format!("{}: the text is empty", document.place));
        }
    }

    fn id(&mut self, document: &Named) {
        let mut hasher = DefaultHasher::new();
        document.id.hash(&mut hasher);
        if self.ids.len() < REMEMBERED && !self.ids.insert(hasher.finish()) {
            self.repeated += 1;
            if self.repeated <= SHOWN {
                self.note(&format!(
                    "{}: the id \"{}\" is used a second time",
                    document.place, document.id
                ));
            }
        }
    }
}

fn plural(count: u64, one: &str, many: &str) -> String {
    format!("{} {}", HumanCount(count), if count == 1 { one } else { many })
}

fn bar(size: Option<u64>) -> ProgressBar {
    let target = ProgressDrawTarget::stderr_with_hz(8);
    let (bar, template) = match size {
        Some(size) => (
            ProgressBar::with_draw_target(Some(size), target),
            "{bar:30} {percent:>3} %  {bytes} of {total_bytes}  {bytes_per_sec}  {msg}  {eta} left",
        ),
        None => (
            ProgressBar::with_draw_target(None, target),
            "{spinner} {bytes}  {bytes_per_sec}  {msg}  {elapsed}",
        ),
    };
    bar.set_style(ProgressStyle::with_template(template).expect("the templates above are right"));
    bar
}

/// True when stdout is a terminal or a pipe, false when it is a file.
fn is_shown_or_piped() -> bool {
    #[cfg(unix)]
    {
        use std::os::fd::AsFd;
        let file = io::stdout().as_fd().try_clone_to_owned().map(std::fs::File::from);
        !file.and_then(|file| file.metadata()).is_ok_and(|meta| meta.is_file())
    }
    #[cfg(not(unix))]
    true
}
