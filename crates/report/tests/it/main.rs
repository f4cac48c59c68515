//! The report over records written by hand.

mod diff;
mod ledger;
mod monoid;
mod tables;

use bantin_document::{Fields, Record};
use bantin_report::{Partial, Report};

/// The records of `fixtures/report/NAME.jsonl`.
fn records(name: &str) -> Vec<Record> {
    let path = format!("{}/../../fixtures/report/{name}.jsonl", env!("CARGO_MANIFEST_DIR"));
    let text = std::fs::read_to_string(path).expect("the fixture is there");
    let parse = |line| Record::parse(line, &Fields::default()).expect("the fixture is a record");
    text.split('\n').filter(|line| !line.is_empty()).map(parse).collect()
}

fn observed(records: &[Record]) -> Partial {
    let mut partial = Partial::default();
    records.iter().for_each(|record| partial.observe(record));
    partial
}

/// The files of a report whose path begins so, with what is left of the path.
fn files(report: &Report, place: &str) -> Vec<(String, String)> {
    let files = report.files().into_iter();
    let found = files.filter_map(|file| {
        let name = file.path.strip_prefix(place)?.to_owned();
        let mut bytes = Vec::new();
        file.write(&mut bytes).expect("a vector takes every byte");
        Some((name, String::from_utf8(bytes).expect("a report is text")))
    });
    found.collect()
}

fn page(report: &Report) -> String {
    files(report, "report.html").remove(0).1
}
