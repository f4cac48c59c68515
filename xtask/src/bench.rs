//! `bench`: speed and memory of the stages, measured on the command as a user runs it.

mod corpus;
mod instructions;
mod measure;

use std::num::NonZeroUsize;
use std::path::PathBuf;
use std::time::Duration;

use anyhow::Result;
use clap::{Args, ValueEnum};

use self::corpus::{CORPUS, Corpus, SEGMENTED};
use self::measure::{Measured, measure};
use crate::workspace::Workspace;

#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
enum What {
    Clean,
    Segment,
    Tag,
    /// Each stage, and the whole chain with its report.
    All,
}

#[derive(Args)]
pub(crate) struct Bench {
    /// What to measure.
    #[arg(value_enum, default_value = "all")]
    what: What,
    /// JSON Lines with a field `text` to measure on, in place of the seeds and fixtures.
    #[arg(long, value_name = "FILE")]
    corpus: Option<PathBuf>,
    /// Size of the corpus that is made, in megabytes of text.
    #[arg(long, default_value_t = 50)]
    megabytes: usize,
    /// How often each command runs; the fastest run counts.
    #[arg(long, default_value_t = 3)]
    runs: usize,
    /// Profile to build with; `fast` builds quicker and is a little slower.
    #[arg(long, default_value = "release")]
    profile: String,
    /// Count instructions with callgrind instead, and compare with the committed counts.
    #[arg(long)]
    instructions: bool,
    /// With --instructions: write the counts.
    #[arg(long, requires = "instructions")]
    update: bool,
}

impl Bench {
    pub(crate) fn start(self, workspace: &Workspace) -> Result<()> {
        let bantin = workspace.build("bantin", &self.profile)?;
        let folder = bantin.with_file_name("bench");
        if self.instructions {
            let short = Corpus::short(&folder)?;
            return instructions::count(workspace, &bantin, &short, self.update);
        }
        let corpus = match &self.corpus {
            Some(file) => Corpus::read(file, &folder)?,
            None => Corpus::make(workspace, self.megabytes * 1_000_000, &folder)?,
        };
        println!(
            "{:.1} MB of text, {} documents, {:.2} million syllables; best of {}",
            corpus.bytes as f64 / 1e6,
            corpus.documents,
            corpus.syllables as f64 / 1e6,
            self.runs
        );
        let table = Table { bantin: bantin.display().to_string(), corpus, runs: self.runs };
        println!(
            "{:<34} {:>8} {:>8} {:>12} {:>8}",
            "command", "seconds", "MB/s", "M syllables/s", "peak MB"
        );
        for (what, stage) in
            [(What::Clean, "clean"), (What::Segment, "segment"), (What::Tag, "tag")]
        {
            if self.what == what || self.what == What::All {
                table.stage(stage)?;
                if what == What::Segment {
                    table.words_as_text()?;
                }
            }
        }
        if self.what == What::All {
            let output = folder.join("run").display().to_string();
            for threads in threads() {
                let label = format!("run, {}", count(threads));
                table.row(&label, &["run", "-o", &output], threads, Input::Json)?;
            }
        }
        Ok(())
    }
}

/// One thread, and as many as the machine has cores.
fn threads() -> Vec<usize> {
    let cores = std::thread::available_parallelism().map_or(1, NonZeroUsize::get);
    if cores > 1 { vec![1, cores] } else { vec![1] }
}

fn count(threads: usize) -> String {
    if threads == 1 { "1 thread".into() } else { format!("{threads} threads") }
}

/// What a command reads.
#[derive(Clone, Copy)]
enum Input {
    /// One file of JSON Lines.
    Json,
    /// A folder with a text file per document.
    Text,
    /// The records of segment.
    Segmented,
    /// One short text: what is left is the start.
    Short,
}

struct Table {
    bantin: String,
    corpus: Corpus,
    runs: usize,
}

impl Table {
    fn stage(&self, stage: &str) -> Result<()> {
        let started = self.run(&[stage], 1, Input::Short, 10)?;
        println!("{:<34} {:>8.3}", format!("{stage}, start"), started.time.as_secs_f64());
        for threads in threads() {
            let label = format!("{stage}, JSON, {}", count(threads));
            self.row(&label, &[stage], threads, Input::Json)?;
        }
        self.row(&format!("{stage}, text files, 1 thread"), &[stage], 1, Input::Text)
    }

    /// From records to text with the syllables of a word joined.
    fn words_as_text(&self) -> Result<()> {
        let cleaned = self.corpus.json.with_file_name("cleaned");
        let output = self.corpus.json.with_file_name(SEGMENTED);
        for (stage, input, output) in
            [("clean", &self.corpus.json, &cleaned), ("segment", &cleaned.join(CORPUS), &output)]
        {
            let _ = std::fs::remove_dir_all(output); // a run skips what it finds complete
            let [input, output] = [input, output].map(|path| path.display().to_string());
            measure(&self.bantin, &[stage, &input, "-o", &output])?;
        }
        let words = ["convert", "--to", "text", "--underscored"];
        self.row("convert, words as text, 1 thread", &words, 1, Input::Segmented)
    }

    fn row(&self, label: &str, words: &[&str], threads: usize, input: Input) -> Result<()> {
        let Measured { time, peak } = self.run(words, threads, input, self.runs)?;
        let seconds = time.as_secs_f64();
        let (bytes, syllables) = (self.corpus.bytes as f64, self.corpus.syllables as f64);
        println!(
            "{label:<34} {seconds:>8.2} {:>8.1} {:>12.2} {:>8}",
            bytes / 1e6 / seconds,
            syllables / 1e6 / seconds,
            peak.map_or("-".into(), |peak| (peak / 1_000_000).to_string())
        );
        Ok(())
    }

    /// The fastest of some runs, with the highest peak of all of them.
    fn run(&self, words: &[&str], threads: usize, input: Input, runs: usize) -> Result<Measured> {
        let threads = threads.to_string();
        let path = match input {
            Input::Json => &self.corpus.json,
            Input::Text => &self.corpus.folder,
            Input::Short => &self.corpus.short,
            Input::Segmented => &self.corpus.segmented(),
        };
        let path = path.display().to_string();
        let mut arguments = words.to_vec();
        arguments.extend(["--threads", &threads, &path]);
        let mut best = Measured { time: Duration::MAX, peak: None };
        for _ in 0..runs.max(1) {
            // A run skips what it finds complete.
            if let Some(at) = words.iter().position(|word| *word == "-o") {
                let _ = std::fs::remove_dir_all(words[at + 1]);
            }
            let one = measure(&self.bantin, &arguments)?;
            best = Measured { time: best.time.min(one.time), peak: best.peak.max(one.peak) };
        }
        Ok(best)
    }
}
