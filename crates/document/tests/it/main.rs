//! The wire format: what is read, what is refused and why, what is written.

mod reading;
mod writing;

use bantin_document::{Document, Fields, Record};

/// Reads a line that is a document.
fn document(line: &str) -> Document {
    match Record::parse(line, &Fields::default()) {
        Ok(Record::Document(document)) => document,
        other => panic!("no document: {other:?}"),
    }
}

/// A record of ours with a text and further fields in JSON.
fn ours(text: &str, fields: &str) -> String {
    let text = serde_json::Value::from(text);
    format!(r#"{{"schema":"bantin/1","type":"document","id":"a","text":{text}{fields}}}"#)
}
