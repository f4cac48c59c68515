//! Labels that stand off from their texts: an article's id, a hash of its page, and spans.
//!
//! The texts are not ours to pass on, the labels are. `labels/README.md` describes the files.

use std::collections::BTreeMap;
use std::fmt::Write;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail, ensure};
use serde_json::{Value, json};
use xxhash_rust::xxh3::xxh3_64;

use crate::crawl::Crawl;

/// What is labelled.
#[derive(Clone, Copy, Debug, PartialEq, Eq, clap::ValueEnum)]
pub(crate) enum What {
    /// Zones of pages, for clean. What no zone holds is body.
    Zones,
    /// Mentions of entities, for tag.
    Mentions,
}

impl What {
    fn word(self) -> &'static str {
        match self {
            What::Zones => "zones",
            What::Mentions => "mentions",
        }
    }

    /// The field of a span in labelled texts that says what it is.
    fn kind(self) -> &'static str {
        match self {
            What::Zones => "kind",
            What::Mentions => "type",
        }
    }
}

/// Takes labelled articles of the raw crawl into the file of labels, without their texts.
#[derive(clap::Args)]
pub(crate) struct Args {
    /// What is labelled.
    what: What,
    /// Labelled texts: `{"id", "text", "zones": [{"start", "end", "kind"}]}`, or `mentions` with
    /// `type`; offsets are code points.
    #[arg(required = true)]
    labeled: Vec<PathBuf>,
    /// The folder of the data, with `data/raw/baomoi.jsonl.zst`.
    #[arg(long, default_value = "../shared")]
    shared: PathBuf,
    /// The file of labels; documents that it holds are kept, or replaced when labelled anew.
    #[arg(long)]
    out: Option<PathBuf>,
}

/// A labelled page of the crawl; offsets are bytes.
#[derive(Clone, Debug)]
pub(crate) struct Labeled {
    pub(crate) id: String,
    pub(crate) text: String,
    /// Start, end, kind.
    pub(crate) spans: Vec<(usize, usize, String)>,
}

/// Reads a file of labels with the texts that they are of.
pub(crate) fn read(path: &Path, what: What, crawl: &Crawl) -> Result<Vec<Labeled>> {
    let read = |(id, line): (String, String)| {
        attach(&id, &line, what, crawl).with_context(|| format!("{id} in {}", path.display()))
    };
    lines(path)?.into_iter().map(read).collect()
}

/// The lines of a file of labels by id; none when there is no such file.
fn lines(path: &Path) -> Result<BTreeMap<String, String>> {
    if !path.exists() {
        return Ok(BTreeMap::new());
    }
    let content =
        std::fs::read_to_string(path).with_context(|| format!("reading {}", path.display()))?;
    let mut lines = BTreeMap::new();
    for line in content.lines() {
        let value: Value = serde_json::from_str(line)?;
        lines.insert(value["id"].as_str().context("no id")?.to_owned(), line.to_owned());
    }
    Ok(lines)
}

fn attach(id: &str, line: &str, what: What, crawl: &Crawl) -> Result<Labeled> {
    let value: Value = serde_json::from_str(line)?;
    let text = crawl.get(id).context("the crawl has no such article")?.page();
    let same = value["hash"].as_str() == Some(&*hash(&text));
    ensure!(same, "the article has changed since it was labelled: its hash is another");
    let mut spans = Vec::new();
    for span in value[what.word()].as_array().context("no spans")? {
        let at = |i: usize| span[i].as_u64().map(|at| at as usize).context("an offset is missing");
        let (start, end) = (at(0)?, at(1)?);
        ensure!(text.get(start..end).is_some(), "no span of the text: {start} to {end}");
        spans.push((start, end, span[2].as_str().context("a kind is missing")?.to_owned()));
    }
    Ok(Labeled { id: id.to_owned(), text, spans })
}

fn hash(text: &str) -> String {
    format!("{:016x}", xxh3_64(text.as_bytes()))
}

/// Converts labelled texts.
pub(crate) fn run(args: Args) -> Result<()> {
    let crawl = Crawl::read(&args.shared)?;
    let out = args
        .out
        .unwrap_or_else(|| format!("crates/learn/labels/{}.jsonl", args.what.word()).into());
    let mut all = lines(&out)?;
    for path in &args.labeled {
        let content =
            std::fs::read_to_string(path).with_context(|| format!("reading {}", path.display()))?;
        for line in content.split('\n').filter(|line| !line.trim().is_empty()) {
            let (id, line) = detach(line, args.what, &crawl)
                .with_context(|| format!("in {}", path.display()))?;
            all.insert(id, line);
        }
    }
    let mut content = String::new();
    for line in all.values() {
        writeln!(content, "{line}")?;
    }
    std::fs::write(&out, content).with_context(|| format!("writing {}", out.display()))?;
    eprintln!("{}: {} documents", out.display(), all.len());
    Ok(())
}

/// A line of the file of labels from a labelled text.
fn detach(line: &str, what: What, crawl: &Crawl) -> Result<(String, String)> {
    let value: Value = serde_json::from_str(line)?;
    let id = value["id"].as_str().context("no id")?;
    let text = value["text"].as_str().with_context(|| format!("{id} has no text"))?;
    match crawl.get(id) {
        None => bail!("{id} is no article of the crawl"),
        Some(article) => ensure!(article.page() == text, "{id} has another text in the crawl"),
    }
    let mut bytes: Vec<usize> = text.char_indices().map(|(at, _)| at).collect();
    bytes.push(text.len());
    let mut spans = Vec::new();
    for span in value[what.word()].as_array().with_context(|| format!("{id} has no spans"))? {
        let kind = span[what.kind()].as_str().with_context(|| format!("{id}: no kind"))?;
        if kind == "body" {
            continue;
        }
        let at = |end: &str| -> Result<usize> {
            let index = span[end].as_u64().with_context(|| format!("{id}: no {end}"))?;
            bytes.get(index as usize).copied().with_context(|| format!("{id}: {end} {index}"))
        };
        spans.push(json!([at("start")?, at("end")?, kind]));
    }
    let line = json!({ "id": id, "hash": hash(text), what.word(): spans });
    Ok((id.to_owned(), line.to_string()))
}
