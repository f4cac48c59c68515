//! The stage: one shared model, one worker per thread.

use bantin_document::{Document, Extent, Spanned, Tag};

use crate::reading::Reading;
use crate::{dating, events, groups, holders, identity, mentions};

/// The immutable part of the stage, shared by all threads.
#[derive(Debug, Default)]
pub struct Tagger {
    mentions: mentions::Tables,
}

impl Tagger {
    pub(crate) fn with(mentions: mentions::Tables) -> Tagger {
        Tagger { mentions }
    }

    /// The buffers of one thread.
    pub fn worker(&self) -> Worker<'_> {
        Worker { tagger: self, mentions: mentions::Buffers::default() }
    }

    /// Tags one document with a worker of its own; for many documents keep a [`Worker`].
    pub fn annotate(&self, document: &mut Document) {
        self.worker().annotate(document);
    }
}

/// The buffers of one thread; `annotate` clears and refills them.
#[derive(Debug)]
pub struct Worker<'t> {
    tagger: &'t Tagger,
    mentions: mentions::Buffers,
}

impl Worker<'_> {
    /// Adds the layer of tag to a document, in place of an older one.
    ///
    /// Layers of clean and segment are used where they are there. Dropped zones are tagged too,
    /// and their mentions say so; they take no part in the entities of the article.
    pub fn annotate(&mut self, document: &mut Document) {
        let reading = Reading::of(document);
        let mut tag = Tag::default();
        mentions::add(&self.tagger.mentions, &mut self.mentions, &reading, &mut tag);
        dating::add(&reading, &mut tag);
        identity::add(&reading, &mut tag);
        holders::add(&reading, &mut tag);
        groups::add(&reading, &mut tag);
        events::add(&reading, &mut tag);
        to_source(&reading, &mut tag);
        document.tag = Some(tag);
    }
}

/// The steps count in bytes of the reading's text; the record counts in bytes of the source.
fn to_source(reading: &Reading<'_>, tag: &mut Tag) {
    let extent = |extent: Extent| Extent::from(reading.to_source(extent.span()));
    for mention in &mut tag.mentions {
        let span = reading.to_source(mention.span());
        Extent { start: mention.start, end: mention.end } = span.into();
        let surface = &reading.document.text[span];
        if mention.surface != surface {
            surface.clone_into(&mut mention.surface);
        }
    }
    for group in tag.groups.iter_mut().flatten() {
        Extent { start: group.start, end: group.end } = reading.to_source(group.span()).into();
    }
    for event in tag.events.iter_mut().flatten() {
        event.trigger = extent(event.trigger);
        event.evidence.iter_mut().for_each(|evidence| *evidence = extent(*evidence));
    }
    for statement in tag.statements.iter_mut().flatten() {
        statement.cue = statement.cue.map(extent);
        Extent { start: statement.start, end: statement.end } =
            reading.to_source(statement.span()).into();
    }
}
