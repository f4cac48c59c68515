//! Counts in raw text: how syllables are written, and what stands around runs of capitals.

use std::collections::{BTreeSet, HashMap};
use std::path::Path;

use anyhow::{Context, Result};
use bantin_crf::mix;
use bantin_document::Document;
use bantin_tag::training::{
    Classes, LISTS, LONGEST, Phrase, Reader, Run, RunSpan, Shape, Statistics, Syllable, Table,
    Token, Types, Typist, id_of, is_inner,
};
use bantin_text::atoms::{AtomKind, atoms};
use serde_json::Value;

use super::gold::Labeled;
use crate::articles;

/// Seen less often, a syllable or a run is left out of the tables.
const SYLLABLE_CUTOFF: u32 = 4;
const RUN_CUTOFF: u32 = 3;

/// Counts in both raw corpora; documents that are labelled are left out.
pub(crate) fn count(shared: &Path, labeled: &[Labeled]) -> Result<Statistics> {
    let names = names(shared)?;
    eprintln!("{} names and prefixes of names", names.len());
    let statistics = Statistics { names, ..Statistics::default() };
    let mut counts = Counts::default();
    let mut reader = Reader::default();
    documents(shared, labeled, 1, |document| {
        reader.raw(&statistics, document, |sentence, tokens, runs| {
            counts.add(sentence, tokens, runs);
        });
    })?;
    Ok(counts.tables(statistics.names))
}

/// Counts what the runs of the statistics are and which phrases are found, as a model reads them.
pub(crate) fn types(
    shared: &Path,
    labeled: &[Labeled],
    typist: &mut Typist,
) -> Result<(Table, Table)> {
    let mut counts: HashMap<u64, [u32; Types::SHARES]> = HashMap::new();
    let mut phrases: HashMap<Vec<u64>, [u32; 2]> = HashMap::new();
    documents(shared, labeled, TYPED_PART, |document| {
        typist.read(
            document,
            |run, class| {
                if run.words <= LONGEST {
                    counts.entry(run.hash).or_default()[class] += 1;
                }
            },
            |ids, kind| match phrases.get_mut(ids) {
                Some(counts) => counts[kind] += 1,
                None => {
                    let mut counts = [0; 2];
                    counts[kind] = 1;
                    phrases.insert(ids.to_vec(), counts);
                }
            },
        );
    })?;
    let counts = counts.into_iter().map(|(hash, counts)| (hash, counts.iter().sum(), counts));
    let types = counts.filter(|(_, n, _)| *n >= RUN_CUTOFF);
    let types = Table::new(types.map(|(hash, n, c)| (hash, Types::pack(n, c).0)).collect());
    let mut entries: HashMap<u64, u32> = HashMap::new();
    let mut kept = 0;
    for (ids, counts) in phrases.iter().filter(|(_, c)| c.iter().sum::<u32>() >= PHRASE_CUTOFF) {
        kept += 1;
        let mut hash = 0;
        for (i, id) in ids.iter().enumerate() {
            hash = mix(hash, *id);
            let last = i + 1 == ids.len();
            *entries.entry(hash).or_default() |=
                if last { Phrase::pack(*counts) } else { Classes::PREFIX.0 };
        }
    }
    let phrases = Table::new(entries.into_iter().collect());
    eprintln!("types of {} runs, {kept} phrases in {} entries", types.len(), phrases.len());
    Ok((types, phrases))
}

/// Found less often, a phrase is left out.
const PHRASE_CUTOFF: u32 = 5;

/// One in so many of the segmented articles is read for types: reading costs more than counting.
const TYPED_PART: usize = 3;

/// Calls `see` with the articles of both raw corpora, of the second with one in `part`; documents
/// that are labelled are left out.
fn documents(
    shared: &Path,
    labeled: &[Labeled],
    part: usize,
    mut see: impl FnMut(&Document),
) -> Result<()> {
    let labeled: BTreeSet<&str> = labeled.iter().map(|document| document.id.as_str()).collect();
    for (file, segmented) in [("baomoi.jsonl.zst", false), ("vietnews.segmented.jsonl.zst", true)] {
        let path = shared.join("data/raw").join(file);
        let step = if segmented { part } else { 1 };
        articles::each(&path, step, &mut |_, value| {
            if value["id"].as_str().is_some_and(|id| labeled.contains(id)) {
                return;
            }
            let mut article = String::new();
            let fields = ["title", "lede", "text"].map(|field| value[field].as_str());
            let parts = value["parts"].as_array().into_iter().flatten().map(Value::as_str);
            for part in fields.into_iter().chain(parts).flatten() {
                article.push_str(part);
                article.push('\n');
            }
            if segmented {
                article = joined(&article);
            }
            see(&Document::new("", article));
        })?;
    }
    Ok(())
}

/// Segmented text with its words and marks put together again.
fn joined(segmented: &str) -> String {
    let mut out = String::with_capacity(segmented.len());
    let mut glue = true;
    for word in segmented.split_inclusive([' ', '\n']) {
        let bare = word.trim_end();
        let closing = matches!(bare, "," | "." | ";" | ":" | "!" | "?" | "…" | ")" | "”" | "%");
        if !glue && !closing && !out.ends_with('\n') {
            out.push(' ');
        }
        out.extend(bare.chars().map(|c| if c == '_' { ' ' } else { c }));
        glue = matches!(bare, "(" | "“");
        if word.ends_with('\n') {
            out.push('\n');
        }
    }
    out
}

#[derive(Default)]
struct Counts {
    /// Places where nothing forces a capital, capitals there, first and last of a person's name,
    /// and whether the syllable is legal.
    syllables: HashMap<u64, ([u32; 4], bool)>,
    runs: HashMap<u64, (u32, [u32; Run::SHARES])>,
}

impl Counts {
    fn add(&mut self, sentence: std::ops::Range<usize>, tokens: &[Token], runs: &[RunSpan]) {
        let words = tokens[sentence.clone()].iter().filter(|token| token.shape.is_word());
        let capitals = words.clone().filter(|token| token.shape.is_capital()).count();
        if 2 * capitals > words.count().max(6) {
            return; // a heading in capitals, a table of names
        }
        for at in sentence.start + 1..sentence.end {
            let token = &tokens[at];
            if (Shape::Lower..Shape::Digits).contains(&token.shape) && is_inner(&tokens[at - 1]) {
                let entry = self.syllable(token);
                entry[0] += 1;
                entry[1] += u32::from(token.shape.is_capital());
            }
        }
        for run in runs.iter().filter(|run| run.inner || run.around.0 != 0) {
            if run.words <= LONGEST {
                let (n, counts) = self.runs.entry(run.hash).or_default();
                *n += 1;
                for (i, count) in counts.iter_mut().enumerate() {
                    *count += u32::from(run.around.0 >> i & 1);
                }
            }
            let person = run.around.0 & 1 != 0;
            if person && (2..=4).contains(&run.words) && run.end - run.first == run.words {
                self.syllable(&tokens[run.first])[2] += 1;
                self.syllable(&tokens[run.end - 1])[3] += 1;
            }
        }
    }

    fn syllable(&mut self, token: &Token) -> &mut [u32; 4] {
        let entry = self.syllables.entry(token.id).or_default();
        entry.1 = token.syllable.is_legal();
        &mut entry.0
    }

    fn tables(self, names: Table) -> Statistics {
        let syllables = self.syllables.into_iter().filter(|(_, (c, _))| c[0] >= SYLLABLE_CUTOFF);
        let syllables = syllables
            .map(|(id, (c, legal))| (id, Syllable::pack(c[0], c[1], c[2], c[3], legal).0))
            .collect();
        let runs = self.runs.into_iter().filter(|(_, (n, _))| *n >= RUN_CUTOFF);
        let runs = runs.map(|(hash, (n, counts))| (hash, Run::pack(n, counts).0)).collect();
        let statistics = Statistics {
            syllables: Table::new(syllables),
            runs: Table::new(runs),
            types: Table::default(),
            phrases: Table::default(),
            names,
        };
        eprintln!("{} syllables, {} runs", statistics.syllables.len(), statistics.runs.len());
        statistics
    }
}

/// The table of names: the lists of tag, and the public gazetteers.
fn names(shared: &Path) -> Result<Table> {
    let mut entries: HashMap<u64, u32> = HashMap::new();
    let mut add = |name: &str, classes: Classes| {
        let words = atoms(name).filter(|atom| atom.kind != AtomKind::Mark);
        let mut hash = 0;
        let mut prefix: Option<u64> = None;
        for word in words {
            if let Some(prefix) = prefix {
                *entries.entry(prefix).or_default() |= Classes::PREFIX.0;
            }
            hash = mix(hash, id_of(&name[word.span]));
            prefix = Some(hash);
        }
        if hash != 0 {
            *entries.entry(hash).or_default() |= classes.0;
        }
    };
    for (list, classes) in LISTS {
        list.lines().for_each(|name| add(name, classes));
    }
    let folder = shared.join("data/gazetteer");
    let file = |name: &str| -> Result<String> {
        let path = folder.join(name);
        std::fs::read_to_string(&path).with_context(|| path.display().to_string())
    };
    for admin in ["admin-2026.tsv", "admin-before-2025-07.tsv"] {
        for row in file(admin)?.lines().skip(1) {
            let mut fields = row.split('\t');
            let (Some(level), Some(_), Some(name)) = (fields.next(), fields.next(), fields.next())
            else {
                continue;
            };
            let classes = match level {
                "province" => Classes::PROVINCE,
                "district" => Classes::DISTRICT,
                _ => Classes::WARD,
            };
            if !name.starts_with(|c: char| c.is_ascii_digit()) {
                add(name, classes);
            }
        }
    }
    for row in file("territories.tsv")?.lines().skip(1) {
        if let Some((_, name)) = row.split_once('\t')
            && !name.contains('(')
        {
            add(name, Classes::COUNTRY);
        }
    }
    for name in file("given-names.txt")?.lines() {
        add(name, Classes::GIVEN_NAME);
    }
    Ok(Table::new(entries.into_iter().collect()))
}
