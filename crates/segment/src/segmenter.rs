//! The stage as others see it.

use bantin_document::Document;

use crate::scorer::Scorer;
use crate::tables::Tables;
use crate::worker::Worker;

/// Finds paragraphs, sentences and words. Immutable: build it once, share it between threads.
#[derive(Debug)]
pub struct Segmenter {
    tables: Tables<'static>,
}

impl Default for Segmenter {
    fn default() -> Segmenter {
        Segmenter { tables: Tables::embedded() }
    }
}

impl Segmenter {
    /// The buffers of one thread.
    pub fn worker(&self) -> Worker<'_> {
        Worker::new(self)
    }

    /// Adds the layer of segment to one document, with buffers made for it alone.
    pub fn annotate(&self, document: &mut Document) {
        self.worker().annotate(document);
    }

    pub(crate) fn scorer(&self) -> Scorer<'_> {
        Scorer::new(self.tables)
    }
}
