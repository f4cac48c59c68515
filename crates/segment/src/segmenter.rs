//! The stage as others see it.

use bantin_document::Document;

use crate::words::Words;
use crate::worker::Worker;

/// Finds paragraphs, sentences and words. Immutable: build it once, share it between threads.
#[derive(Debug, Default)]
pub struct Segmenter {
    pub(crate) words: Words,
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
}
