//! The documents a report can show: ids of those listed, words of those that can be read.

use std::collections::BTreeMap;

use bantin_text::Span;

use crate::facts::{Evidence, Listed, Place};
use crate::monoid::Sample;
use crate::partial::{Partial, READING_BYTES};
use crate::reading::Reading;
use crate::snippet::shown;

/// Ids and texts by the key of a document.
pub(crate) struct Library<'p> {
    listed: &'p BTreeMap<u64, Listed>,
    texts: BTreeMap<u64, String>,
    /// Ids and records of the page, those that tell most first, as many as the page may hold.
    pub(crate) readings: Vec<(String, String)>,
}

impl<'p> Library<'p> {
    pub(crate) fn of(partial: &'p Partial) -> Library<'p> {
        #[derive(serde::Deserialize)]
        struct Read {
            text: String,
        }
        let mut texts = BTreeMap::new();
        let mut readings = Vec::new();
        let mut room = READING_BYTES;
        for Reading { rank, id, record } in partial.readings.items() {
            let Ok(Read { text }) = serde_json::from_str(record) else { continue };
            texts.insert(rank.key, text);
            if let Some(left) = room.checked_sub(record.len()) {
                room = left;
                readings.push((id.clone(), record.clone()));
            }
        }
        Library { listed: &partial.listed, texts, readings }
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
                let document = self.listed.get(document)?.id.clone();
                Some(Evidence { document, start: *start, end: *end, text })
            })
            .collect();
        all.dedup_by(|a, b| (&a.document, a.start, a.end) == (&b.document, b.start, b.end));
        all
    }
}
