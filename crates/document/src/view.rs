//! What of a document a stage reads: its kept zones with their repairs made.

use std::borrow::Cow;

use bantin_text::{Replacement, Span, View, glue, nfc};

use crate::{Document, Edit, EditKind, Spanned, Zone, ZoneKind};

impl Document {
    /// The zones; the whole text as body when clean has not run.
    pub fn zones(&self) -> Cow<'_, [Zone]> {
        match &self.clean {
            Some(clean) => Cow::Borrowed(&clean.zones),
            None => Cow::Owned(vec![Zone::new(Span::new(0, self.text.len()), ZoneKind::Body)]),
        }
    }

    /// The clean text: kept zones with their edits made.
    pub fn view(&self) -> View {
        let zones = self.zones();
        self.view_of(zones.iter().filter(|z| z.kind.is_kept()).map(Spanned::span))
    }

    /// Any stretches of the text, in order, with the edits made that lie inside them.
    ///
    /// Without a layer of clean the two certain repairs are made all the same, NFC and glued
    /// sentences, so that segment and tag run on their own.
    pub fn view_of(&self, spans: impl IntoIterator<Item = Span>) -> View {
        let edits = match &self.clean {
            Some(clean) => Cow::Borrowed(&clean.edits),
            None => Cow::Owned(certain_edits(&self.text)),
        };
        let repairs: Vec<_> = edits.iter().map(|e| Replacement::new(e.span(), &e.insert)).collect();
        View::new(&self.text, spans, &repairs)
    }
}

fn certain_edits(text: &str) -> Vec<Edit> {
    let nfc = nfc::denormalized(text)
        .into_iter()
        .map(|(span, composed)| Edit::new(span, composed, EditKind::Nfc));
    let glue = glue::places(text)
        .into_iter()
        .map(|place| Edit::new(Span::empty(place.at), "\n", EditKind::SplitGlued).by(place.rule));
    let mut edits: Vec<_> = nfc.chain(glue).collect();
    // An insertion stands before a repair that begins at the same byte.
    edits.sort_by_key(|e| (e.start, e.end));
    edits
}
