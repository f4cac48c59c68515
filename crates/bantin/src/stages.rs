//! The stages as the engine takes them.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};
use bantin_clean::{Cleaner, Favor};
use bantin_document::Document;
use bantin_pipeline::Stage;
use bantin_segment::Segmenter;
use bantin_tag::{Day, Knowledge, Tagger};

use crate::cli::{CleanOptions, Favored, Options, TagOptions};

pub(crate) const CLEAN: &str = "clean";
pub(crate) const SEGMENT: &str = "segment";
pub(crate) const TAG: &str = "tag";

pub(crate) fn clean(cleaner: &Cleaner) -> Stage<'_> {
    Stage::new(CLEAN, || {
        let mut worker = cleaner.worker();
        move |document: &mut Document| worker.annotate(document)
    })
}

pub(crate) fn segment(segmenter: &Segmenter) -> Stage<'_> {
    Stage::new(SEGMENT, || {
        let mut worker = segmenter.worker();
        move |document: &mut Document| worker.annotate(document)
    })
}

pub(crate) fn tag(tagger: &Tagger) -> Stage<'_> {
    Stage::new(TAG, || {
        let mut worker = tagger.worker();
        move |document: &mut Document| worker.annotate(document)
    })
}

/// All three, built once.
pub(crate) struct Stages {
    pub(crate) cleaner: Cleaner,
    pub(crate) segmenter: Segmenter,
    pub(crate) tagger: Tagger,
}

impl Stages {
    pub(crate) fn new(options: &Options) -> Result<Stages> {
        Ok(Stages {
            cleaner: cleaner(&options.clean),
            segmenter: Segmenter::default(),
            tagger: tagger(&options.tag)?,
        })
    }

    /// The whole chain.
    pub(crate) fn chain(&self) -> Vec<Stage<'_>> {
        vec![clean(&self.cleaner), segment(&self.segmenter), tag(&self.tagger)]
    }
}

/// A cleaner that leans to the side that the user chose.
pub(crate) fn cleaner(options: &CleanOptions) -> Cleaner {
    Cleaner::default().favoring(match options.favor {
        Favored::Precision => Favor::Precision,
        Favored::Balanced => Favor::Balanced,
        Favored::Recall => Favor::Recall,
    })
}

/// A tagger that knows what the user told it.
pub(crate) fn tagger(options: &TagOptions) -> Result<Tagger> {
    let mut tagger = Tagger::default();
    if let Some(date) = &options.date {
        let day =
            Day::parse(date).with_context(|| format!("{date} is no day; 2018-04-05 is one"))?;
        tagger = tagger.dated(day);
    }
    if let Some(path) = &options.kb {
        let knowledge =
            Knowledge::parse(&read(path)?).with_context(|| path.display().to_string())?;
        tagger = tagger.knowing(knowledge);
    }
    Ok(tagger)
}

/// A file that the user wrote.
fn read(path: &Path) -> Result<String> {
    fs::read_to_string(path).with_context(|| path.display().to_string())
}

impl Options {
    /// What of them the output depends on.
    pub(crate) fn configuration(&self) -> Result<String> {
        Ok(format!("{} {}", self.clean.configuration(), self.tag.configuration()?))
    }
}

impl CleanOptions {
    pub(crate) fn configuration(&self) -> String {
        format!("favor {:?}", self.favor)
    }
}

impl TagOptions {
    /// The content of files, not their names.
    pub(crate) fn configuration(&self) -> Result<String> {
        let hash = |path: &PathBuf| {
            bantin_pipeline::fingerprint(path).with_context(|| path.display().to_string())
        };
        let date = self.date.as_deref().unwrap_or_default();
        let kb = self.kb.as_ref().map(hash).transpose()?.unwrap_or_default();
        Ok(format!("date {date:?} kb {kb:?}"))
    }
}

/// What the output of stages depends on besides the input: version, build, stages and options.
///
/// The models are part of the build, which is named by the hash of the program's file; where that
/// cannot be read the version stands alone.
pub(crate) fn configuration(stages: &[&str], options: &str) -> String {
    let version = env!("CARGO_PKG_VERSION");
    let build = std::env::current_exe().and_then(|path| bantin_pipeline::fingerprint(&path));
    let build = build.unwrap_or_else(|_| "unknown".to_owned());
    format!("bantin {version} build {build} {} {options}", stages.join("+"))
}
