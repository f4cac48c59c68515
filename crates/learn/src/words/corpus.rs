//! The segmented texts, as printed text with the words in it.
//!
//! All sets write words joined with `_` and spaces around punctuation. The stage reads printed
//! text, so punctuation is attached again before anything is learned.

use std::fs;
use std::path::Path;

use anyhow::{Context, Result};
use bantin_segment::model::{AtomSentence, read};
use serde_json::Value;

use crate::articles;

/// Whose idea of a word a text follows.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Convention {
    /// The sample of the VLSP 2013 training text.
    Vlsp,
    /// The Vietnamese treebank, also in UD.
    Treebank,
    /// News segmented by a machine.
    Silver,
}

/// A sentence as the stage reads it, with its words.
#[derive(Clone, Debug)]
pub(crate) struct Sentence {
    pub(crate) reading: AtomSentence,
    /// For each gap: true where a word goes on.
    pub(crate) labels: Vec<bool>,
    pub(crate) convention: Convention,
}

/// A printed line and its words as byte spans.
#[derive(Clone, Debug, Default)]
pub(crate) struct Line {
    pub(crate) text: String,
    pub(crate) words: Vec<(usize, usize)>,
}

impl Line {
    /// The printed form of tokens, whose syllables are joined with `_` or spaces.
    pub(crate) fn print<'a>(tokens: impl IntoIterator<Item = &'a str>) -> Line {
        let mut line = Line::default();
        let mut quoted = false;
        let mut attach = true;
        for token in tokens {
            let closes = match token {
                "\"" => quoted,
                _ => CLOSING.contains(&token),
            };
            if !attach && !closes {
                line.text.push(' ');
            }
            let start = line.text.len();
            line.text.extend(token.chars().map(|c| if c == '_' { ' ' } else { c }));
            line.words.push((start, line.text.len()));
            attach = OPENING.contains(&token) || (token == "\"" && !quoted);
            if token == "\"" {
                quoted = !quoted;
            }
        }
        line
    }

    /// The sentences that the stage reads in the line, with their labels.
    pub(crate) fn sentences(&self, convention: Convention) -> Vec<Sentence> {
        let mut words = self.words.iter().peekable();
        read(&self.text)
            .into_iter()
            .filter(|reading| reading.atoms.len() > 1)
            .map(|reading| {
                let labels = reading
                    .atoms
                    .windows(2)
                    .map(|pair| {
                        while words.next_if(|w| w.1 <= pair[0].0).is_some() {}
                        words.peek().is_some_and(|w| w.0 <= pair[0].0 && pair[1].1 <= w.1)
                    })
                    .collect();
                Sentence { reading, labels, convention }
            })
            .collect()
    }

    /// The text without white space, to tell equal sentences.
    pub(crate) fn key(&self) -> String {
        self.text.split_whitespace().collect::<String>().to_lowercase()
    }
}

const CLOSING: [&str; 14] =
    [",", ".", ";", ":", "!", "?", "...", "…", ")", "]", "}", "”", "’", "%"];
const OPENING: [&str; 5] = ["(", "[", "{", "“", "‘"];

/// Lines of words joined with `_`.
pub(crate) fn underscored(path: &Path) -> Result<Vec<Line>> {
    let text = fs::read_to_string(path).with_context(|| path.display().to_string())?;
    Ok(text.lines().map(|line| Line::print(line.split_whitespace())).collect())
}

/// Sentences of a CoNLL-U file.
pub(crate) fn conllu(path: &Path) -> Result<Vec<Line>> {
    let text = fs::read_to_string(path).with_context(|| path.display().to_string())?;
    Ok(text
        .split("\n\n")
        .map(|sentence| {
            Line::print(sentence.lines().filter_map(|line| {
                let (id, rest) = line.split_once('\t')?;
                id.bytes().all(|b| b.is_ascii_digit()).then(|| rest.split('\t').next())?
            }))
        })
        .filter(|line| !line.text.is_empty())
        .collect())
}

/// Gold paragraphs with their word spans, for scoring.
pub(crate) fn gold(path: &Path) -> Result<Vec<Line>> {
    let text = fs::read_to_string(path).with_context(|| path.display().to_string())?;
    text.lines()
        .map(|line| {
            let value: Value = serde_json::from_str(line)?;
            let text = value["text"].as_str().context("a text")?.to_owned();
            let mut bytes: Vec<usize> = text.char_indices().map(|(at, _)| at).collect();
            bytes.push(text.len());
            let words = value["words"]
                .as_array()
                .context("words")?
                .iter()
                .filter_map(|w| {
                    let at = |i: usize| bytes.get(w[i].as_u64()? as usize).copied();
                    Some((at(0)?, at(1)?))
                })
                .collect();
            Ok(Line { text, words })
        })
        .collect()
}

/// Calls `visit` with the number of the article and each of its lines: of machine-segmented news.
pub(crate) fn silver(path: &Path, visit: &mut dyn FnMut(usize, &str)) -> Result<()> {
    articles::each(path, 1, &mut |number, value| {
        let parts = value["parts"].as_array().into_iter().flatten().filter_map(Value::as_str);
        for part in value["title"].as_str().into_iter().chain(parts) {
            part.split('\n').for_each(|line| visit(number, line));
        }
    })
}

/// Calls `visit` with each line of raw news.
pub(crate) fn raw(path: &Path, visit: &mut dyn FnMut(&str)) -> Result<()> {
    articles::each(path, 1, &mut |_, value| {
        for field in ["title", "text"] {
            value[field].as_str().into_iter().flat_map(str::lines).for_each(&mut *visit);
        }
    })
}
