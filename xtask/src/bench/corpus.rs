//! What is measured on: committed text, repeated and shuffled, or a file given.

use std::fs::File;
use std::io::{BufWriter, Write};
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, ensure};
use serde_json::json;

use crate::workspace::Workspace;

/// Least bytes of a document that is made: a short news story.
const SHORTEST: usize = 3_000;

/// Name of the corpus, and of what a stage makes of it.
pub(super) const CORPUS: &str = "corpus.jsonl";

/// Folder of the records of segment, beside the corpus.
pub(super) const SEGMENTED: &str = "segmented";

/// The same documents as JSON Lines and as text files.
pub(super) struct Corpus {
    pub(super) json: PathBuf,
    pub(super) folder: PathBuf,
    pub(super) short: PathBuf,
    pub(super) documents: usize,
    /// Bytes of text, without JSON around it.
    pub(super) bytes: usize,
    /// Runs of letters.
    pub(super) syllables: usize,
}

impl Corpus {
    /// Seeds and fixtures in random order, joined to documents of [`SHORTEST`] bytes and more,
    /// until there are `bytes`. Equal files give equal bytes.
    pub(super) fn make(workspace: &Workspace, bytes: usize, folder: &Path) -> Result<Corpus> {
        let mut paths = workspace.files("seeds", ".txt")?;
        paths.extend(workspace.files("fixtures", ".txt")?);
        let texts: Vec<String> =
            paths.iter().filter_map(|path| std::fs::read_to_string(path).ok()).collect();
        ensure!(texts.iter().any(|text| !text.is_empty()), "no text to make a corpus of");
        let mut random = Random(0);
        let mut writer = Writer::new(folder)?;
        while writer.corpus.bytes < bytes {
            let mut document = String::new();
            while document.len() < SHORTEST {
                document.push_str(&texts[random.below(texts.len())]);
                if !document.ends_with('\n') {
                    document.push('\n');
                }
            }
            writer.add(&document)?;
        }
        writer.finish()
    }

    /// Where the records of segment are once they are written.
    pub(super) fn segmented(&self) -> PathBuf {
        self.json.with_file_name(SEGMENTED).join(CORPUS)
    }

    /// A text so short that reading it is the start of a command and little else.
    pub(super) fn short(folder: &Path) -> Result<PathBuf> {
        std::fs::create_dir_all(folder)?;
        let short = folder.join("short.txt");
        std::fs::write(&short, "Hai bên ký kế hoạch hợp tác.\n")?;
        Ok(short)
    }

    /// The documents of a file of JSON Lines.
    pub(super) fn read(file: &Path, folder: &Path) -> Result<Corpus> {
        let lines = std::fs::read_to_string(file)
            .with_context(|| format!("{}: wanted are JSON Lines", file.display()))?;
        let mut writer = Writer::new(folder)?;
        for (idx, line) in lines.split('\n').enumerate().filter(|(_, line)| !line.is_empty()) {
            let record: serde_json::Value = serde_json::from_str(line)
                .with_context(|| format!("{}:{}", file.display(), idx + 1))?;
            let text = record["text"].as_str().unwrap_or_default();
            if !text.is_empty() {
                writer.add(text)?;
            }
        }
        writer.finish()
    }
}

struct Writer {
    corpus: Corpus,
    lines: BufWriter<File>,
}

impl Writer {
    fn new(folder: &Path) -> Result<Writer> {
        let texts = folder.join("texts");
        let _ = std::fs::remove_dir_all(&texts); // of an earlier run, or not there
        std::fs::create_dir_all(&texts)?;
        let (json, short) = (folder.join(CORPUS), Corpus::short(folder)?);
        let lines = BufWriter::new(File::create(&json)?);
        let corpus = Corpus { json, folder: texts, short, documents: 0, bytes: 0, syllables: 0 };
        Ok(Writer { corpus, lines })
    }

    fn add(&mut self, text: &str) -> Result<()> {
        let id = format!("{:06}", self.corpus.documents);
        writeln!(self.lines, "{}", json!({ "id": id, "text": text }))?;
        std::fs::write(self.corpus.folder.join(id).with_extension("txt"), text)?;
        self.corpus.documents += 1;
        self.corpus.bytes += text.len();
        let runs = text.split(|c: char| !c.is_alphabetic()).filter(|run| !run.is_empty());
        self.corpus.syllables += runs.count();
        Ok(())
    }

    fn finish(mut self) -> Result<Corpus> {
        self.lines.flush()?;
        Ok(self.corpus)
    }
}

/// SplitMix64, so that every machine draws the same.
struct Random(u64);

impl Random {
    fn below(&mut self, bound: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        usize::try_from((z ^ (z >> 31)) % bound as u64).expect("below a usize")
    }
}
