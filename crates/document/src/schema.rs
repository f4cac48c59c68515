//! The JSON Schema of a line, generated from the documentation of its types.

use schemars::generate::SchemaSettings;

use crate::{Document, ErrorRecord, SCHEMA};

/// JSON Schema (draft 2020-12) of one line: a document or an error record.
pub fn json_schema() -> serde_json::Value {
    let mut generator = SchemaSettings::draft2020_12().into_generator();
    let document = generator.subschema_for::<Document>();
    let error = generator.subschema_for::<ErrorRecord>();
    serde_json::json!({
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": format!("One line of {SCHEMA}"),
        "oneOf": [document, error],
        "$defs": generator.take_definitions(true),
    })
}
