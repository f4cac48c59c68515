//! The report as files of data: JSON Lines.

use serde::Serialize;

use crate::report::Report;

impl Report {
    /// The tables as JSON Lines: names and bytes, in a fixed order.
    pub fn tables(&self) -> Vec<(String, Vec<u8>)> {
        vec![
            table("corpus", std::slice::from_ref(&self.corpus)),
            table("documents", &self.documents),
            table("entities", &self.entities),
            table("events", &self.events),
            table("agreements", &self.agreements),
            table("statements", &self.statements),
            table("dates", &self.dates),
            table("network", &self.network),
            table("stories", &self.stories),
            table("audit", &self.audit),
            table("removed_names", &self.removed_names),
            table("errors", &self.errors),
        ]
    }
}

fn table<R: Serialize>(name: &str, rows: &[R]) -> (String, Vec<u8>) {
    let mut bytes = Vec::new();
    for row in rows {
        serde_json::to_writer(&mut bytes, row).expect("a row has string keys");
        bytes.push(b'\n');
    }
    (format!("{name}.jsonl"), bytes)
}
