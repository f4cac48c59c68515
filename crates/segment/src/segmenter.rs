//! The stage as others see it.

use bantin_document::Document;

use crate::explain::{Why, why};
use crate::lexicon::Lexicon;
use crate::scorer::Scorer;
use crate::tables::Tables;
use crate::worker::Worker;

/// Finds paragraphs, sentences and words. Immutable: build it once, share it between threads.
#[derive(Debug)]
pub struct Segmenter {
    tables: Tables<'static>,
    lexicon: Lexicon,
}

impl Default for Segmenter {
    /// With the embedded model, which is read where it lies: this costs nothing.
    fn default() -> Segmenter {
        Segmenter { tables: Tables::embedded(), lexicon: Lexicon::default() }
    }
}

impl Segmenter {
    /// The same with a user's own words.
    ///
    /// ```
    /// use bantin_document::{Document, Spanned};
    /// use bantin_segment::{Lexicon, Segmenter};
    ///
    /// let lexicon = Lexicon::from_text("trí tuệ nhân tạo\n")?;
    /// let mut document = Document::new("a", "Họ dùng trí tuệ nhân tạo.");
    /// Segmenter::default().with_lexicon(lexicon).annotate(&mut document);
    /// let tokens = &document.segment.as_ref().unwrap().sentences[0].tokens;
    /// assert_eq!(&document.text[tokens[2].span()], "trí tuệ nhân tạo");
    /// # Ok::<(), bantin_segment::LexiconError>(())
    /// ```
    pub fn with_lexicon(self, lexicon: Lexicon) -> Segmenter {
        Segmenter { lexicon, ..self }
    }

    /// The buffers of one thread: a few megabytes, filled as text is read.
    pub fn worker(&self) -> Worker<'_> {
        Worker::new(self)
    }

    /// Adds the layer of segment to one document, with buffers made for it alone.
    pub fn annotate(&self, document: &mut Document) {
        self.worker().annotate(document);
    }

    /// Why the text is or is not cut at byte `at` of `line`, one line of text in NFC: the code of
    /// the rule, and for the word model what each kind of evidence adds (above 0 for going on).
    pub fn why(&self, line: &str, at: usize) -> Option<Why> {
        why(&self.tables, line, at)
    }

    pub(crate) fn scorer(&self) -> Scorer<'_> {
        Scorer::new(self.tables)
    }

    pub(crate) fn lexicon(&self) -> Option<&Lexicon> {
        (!self.lexicon.is_empty()).then_some(&self.lexicon)
    }
}
