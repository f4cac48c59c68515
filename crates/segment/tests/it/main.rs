//! Behavior of the stage: readable snapshots, and properties on any text.

mod properties;
mod snapshots;

use bantin_document::Document;
use bantin_segment::Segmenter;

/// The document `text` with the layer of segment.
fn segmented(text: &str) -> Document {
    let mut document = Document::new("test", text);
    Segmenter::default().annotate(&mut document);
    document
}
