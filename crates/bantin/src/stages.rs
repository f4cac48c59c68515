//! The stages as the engine takes them.

use anyhow::Result;
use bantin_clean::Cleaner;
use bantin_document::Document;
use bantin_pipeline::Stage;
use bantin_segment::Segmenter;
use bantin_tag::Tagger;

use crate::cli::Options;

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
            cleaner: options.clean.cleaner()?,
            segmenter: options.segment.segmenter()?,
            tagger: options.tag.tagger()?,
        })
    }

    /// The whole chain.
    pub(crate) fn chain(&self) -> Vec<Stage<'_>> {
        vec![clean(&self.cleaner), segment(&self.segmenter), tag(&self.tagger)]
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
