//! The documents a report can show: ids of those listed, words of those that can be read.

use std::collections::BTreeMap;

use bantin_text::Span;

use crate::facts::{ByKey, Evidence, Listed, Place};
use crate::monoid::Sample;
use crate::reading::Readings;
use crate::snippet::shown;

/// Ids and texts by the key of a document.
pub(crate) struct Library<'p> {
    ids: ByKey<&'p str>,
    texts: ByKey<&'p str>,
}

impl<'p> Library<'p> {
    pub(crate) fn of(listed: &'p BTreeMap<u64, Listed>, readings: &'p Readings) -> Library<'p> {
        let texts = readings.iter().map(|(rank, reading)| (rank.key, &*reading.text)).collect();
        let ids = listed.iter().map(|(key, document)| (*key, &*document.id)).collect();
        Library { ids, texts }
    }

    /// The places of a sample as evidence, each stretch once; without words, where the text of the
    /// document is not at hand.
    pub(crate) fn evidence<const N: usize>(&self, places: &Sample<Place, N>) -> Vec<Evidence> {
        let mut all: Vec<Evidence> = places
            .items()
            .iter()
            .filter_map(|place| {
                let Place { document, start, end, words } = place;
                let text = match (words, self.texts.get(document)) {
                    (Some(words), _) => words.to_string(),
                    (None, Some(text)) => match Span::try_new(*start, *end, text) {
                        Ok(span) => shown(text, span, Span::empty(span.start())),
                        Err(_) => String::new(),
                    },
                    (None, None) => String::new(),
                };
                let document = (*self.ids.get(document)?).to_owned();
                Some(Evidence { document, start: *start, end: *end, text })
            })
            .collect();
        all.dedup_by(|a, b| (&a.document, a.start, a.end) == (&b.document, b.start, b.end));
        all
    }
}
