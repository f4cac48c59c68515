//! Behavior of the stage: readable snapshots, and properties on any text.

mod properties;
mod snapshots;

use std::sync::LazyLock;

use bantin_document::Document;
use bantin_segment::Segmenter;

static SEGMENTER: LazyLock<Segmenter> = LazyLock::new(Segmenter::default);

/// The document `text` with the layer of segment.
fn segmented(text: &str) -> Document {
    let mut document = Document::new("test", text);
    SEGMENTER.annotate(&mut document);
    document
}
