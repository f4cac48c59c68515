//! The stage: one shared model, one worker per thread.

use bantin_dates::Day;
use bantin_document::{Document, Extent, Mention, Spanned, Tag, ZoneKind};

use crate::identity::Knowledge;
use crate::reading::Reading;
use crate::{dating, events, groups, holders, identity, mentions, reading};

/// The immutable part of the stage, shared by all threads.
#[derive(Debug, Default)]
pub struct Tagger {
    mentions: mentions::Tables,
    knowledge: Knowledge,
    reference: Option<Day>,
}

impl Tagger {
    pub(crate) fn with(mentions: mentions::Tables) -> Tagger {
        Tagger { mentions, knowledge: Knowledge::default(), reference: None }
    }

    pub(crate) fn tables(&self) -> &mentions::Tables {
        &self.mentions
    }

    /// The same with the day on which documents were written that do not say it themselves.
    pub fn dated(mut self, day: Day) -> Tagger {
        self.reference = Some(day);
        self
    }

    /// The same with what the user knows of people and organisations.
    pub fn knowing(mut self, knowledge: Knowledge) -> Tagger {
        self.knowledge = knowledge;
        self
    }

    /// Everything behind the mentions: what they mean and what is told of them.
    fn reason(&self, reading: &Reading<'_>, dates: &mut dating::Buffers, tag: &mut Tag) {
        events::papers::add(reading, tag);
        let timeline = dating::add(reading, dates, self.reference, tag);
        let mut cast = identity::people_and_places(&self.knowledge, tag);
        holders::add(reading, tag, &mut cast);
        identity::organisations_and_things(reading, &self.knowledge, tag, &mut cast);
        groups::add(reading, &reading.words, tag, &cast);
        events::add(reading, &reading.words, tag, &cast, &timeline);
        cast.write(tag);
    }

    /// Adds the layer with mentions from elsewhere, as spans of the source: the steps behind the
    /// mentions alone, for development on labelled mentions.
    #[doc(hidden)]
    pub fn reason_about(&self, document: &mut Document, mentions: Vec<Mention>) {
        let reading = Reading::of(document);
        let mut tag = Tag { mentions, ..Tag::default() };
        tag.mentions.retain_mut(|mention| match reading.to_view(mention.span()) {
            Some(span) => {
                Extent { start: mention.start, end: mention.end } = span.into();
                reading.text()[span].clone_into(&mut mention.surface);
                let zone = reading.sentence_at(span.start()).map(|s| s.zone);
                mention.zone = zone.filter(|z| *z != ZoneKind::Body);
                true
            }
            None => false,
        });
        tag.mentions.sort_by_key(Spanned::span);
        self.reason(&reading, &mut dating::Buffers::default(), &mut tag);
        to_source(&reading, &mut tag);
        document.tag = Some(tag);
    }

    /// The buffers of one thread.
    pub fn worker(&self) -> Worker<'_> {
        Worker {
            tagger: self,
            reading: reading::Buffers::default(),
            mentions: mentions::Buffers::default(),
            dates: dating::Buffers::default(),
        }
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
    reading: reading::Buffers,
    mentions: mentions::Buffers,
    dates: dating::Buffers,
}

impl Worker<'_> {
    /// Adds the layer of tag to a document, in place of an older one.
    ///
    /// Layers of clean and segment are used where they are there. Dropped zones are tagged too,
    /// and their mentions say so; they take no part in the entities of the article.
    pub fn annotate(&mut self, document: &mut Document) {
        let reading = Reading::with(document, &mut self.reading);
        let mut tag = Tag::default();
        mentions::add(&self.tagger.mentions, &mut self.mentions, &reading, &mut tag);
        self.tagger.reason(&reading, &mut self.dates, &mut tag);
        to_source(&reading, &mut tag);
        reading.end(&mut self.reading);
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
        event.paper = event.paper.map(extent);
        event.evidence.iter_mut().for_each(|evidence| *evidence = extent(*evidence));
    }
    for statement in tag.statements.iter_mut().flatten() {
        statement.cue = statement.cue.map(extent);
        Extent { start: statement.start, end: statement.end } =
            reading.to_source(statement.span()).into();
    }
}
