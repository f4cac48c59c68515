//! What the user tells the stages: files of rules, words and names become part of them.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use anyhow::{Context, Result, bail};
use bantin_clean::{Cleaner, Favor, Profile, Rules};
use bantin_document::Record;
use bantin_pipeline::{Gather, Inputs, write_whole};
use bantin_segment::{Lexicon, Segmenter};
use bantin_tag::{Day, Knowledge, Tagger};

use crate::cli::{CleanOptions, Favored, Options, SegmentOptions, Source, TagOptions};
use crate::console::say;

impl Options {
    /// What of them the output depends on.
    pub(crate) fn configuration(&self) -> Result<String> {
        let Options { clean, segment, tag } = self;
        let parts = [clean.configuration()?, segment.configuration()?, tag.configuration()?];
        Ok(parts.join(" "))
    }
}

impl CleanOptions {
    /// True when the user said any of them.
    pub(crate) fn is_given(&self) -> bool {
        self.rules.is_some() || self.profile.is_some() || self.favor != Favored::Balanced
    }

    pub(crate) fn cleaner(&self) -> Result<Cleaner> {
        let mut cleaner = Cleaner::default().favoring(match self.favor {
            Favored::Precision => Favor::Precision,
            Favored::Balanced => Favor::Balanced,
            Favored::Recall => Favor::Recall,
        });
        if let Some(path) = &self.rules {
            cleaner = cleaner.ruled(Rules::from_toml(&text(path)?).with_context(|| name(path))?);
        }
        if let Some(path) = &self.profile {
            let bytes = fs::read(path).with_context(|| name(path))?;
            let profile = Profile::from_bytes(&bytes).with_context(|| name(path))?;
            cleaner = cleaner.profiled(profile);
        }
        Ok(cleaner)
    }

    pub(crate) fn configuration(&self) -> Result<String> {
        let (rules, profile) = (hash(&self.rules)?, hash(&self.profile)?);
        Ok(format!("favor {:?} rules {rules:?} profile {profile:?}", self.favor))
    }

    /// Makes the profile of the site in a pass of its own, when its file is not there yet.
    pub(crate) fn learn(&self, source: &Source, inputs: &Arc<Inputs>) -> Result<()> {
        let Some(path) = self.profile.as_ref().filter(|path| !path.exists()) else {
            return Ok(());
        };
        if inputs.size().is_none() {
            bail!("{}: no such file; stdin cannot be read twice to make it", name(path));
        }
        let mut whole = Profile::default();
        source.engine(Vec::new())?.run(inputs, &Learn, |output| -> Result<()> {
            whole.merge(&output.part);
            Ok(())
        })?;
        if whole.documents() == 0 {
            bail!("{}: no document to make it from", name(path));
        }
        write_whole(path, &whole.to_bytes()).with_context(|| name(path))?;
        if !source.quiet {
            say(&format!("{}: learned from {} documents", name(path), whole.documents()));
        }
        Ok(())
    }
}

/// Counts the blocks of documents.
struct Learn;

impl Gather for Learn {
    type Part = Profile;

    fn record(&self, record: &Record, part: &mut Profile) {
        if let Record::Document(document) = record {
            part.observe(document);
        }
    }
}

impl SegmentOptions {
    /// True when the user said any of them.
    pub(crate) fn is_given(&self) -> bool {
        self.lexicon.is_some()
    }

    pub(crate) fn segmenter(&self) -> Result<Segmenter> {
        let segmenter = Segmenter::default();
        let Some(path) = &self.lexicon else { return Ok(segmenter) };
        let lexicon = Lexicon::from_text(&text(path)?).with_context(|| name(path))?;
        Ok(segmenter.with_lexicon(lexicon))
    }

    pub(crate) fn configuration(&self) -> Result<String> {
        Ok(format!("lexicon {:?}", hash(&self.lexicon)?))
    }
}

impl TagOptions {
    pub(crate) fn tagger(&self) -> Result<Tagger> {
        let mut tagger = Tagger::default();
        if let Some(date) = &self.date {
            let day =
                Day::parse(date).with_context(|| format!("{date} is no day; 2018-04-05 is one"))?;
            tagger = tagger.dated(day);
        }
        if let Some(path) = &self.kb {
            let knowledge = Knowledge::parse(&text(path)?).with_context(|| name(path))?;
            tagger = tagger.knowing(knowledge);
        }
        Ok(tagger)
    }

    pub(crate) fn configuration(&self) -> Result<String> {
        let date = self.date.as_deref().unwrap_or_default();
        Ok(format!("date {date:?} kb {:?}", hash(&self.kb)?))
    }
}

/// A text that the user wrote.
fn text(path: &Path) -> Result<String> {
    fs::read_to_string(path).with_context(|| name(path))
}

fn name(path: &Path) -> String {
    path.display().to_string()
}

/// The content of an optional file, not its name, is what an output depends on.
fn hash(path: &Option<PathBuf>) -> Result<String> {
    let Some(path) = path else { return Ok(String::new()) };
    let hash: io::Result<String> = bantin_pipeline::fingerprint(path);
    hash.with_context(|| name(path))
}
