//! The page: one HTML file that needs nothing else.
//!
//! The tables stand in it as JSON and are drawn when a view is opened, so that it opens at once
//! whatever its size. What it carries is bounded; where a table is longer, the page says so.

use std::collections::{BTreeMap, BTreeSet};

use bantin_document::{Fields, Record, Unit};
use serde::Serialize;

use crate::escape::markup;
use crate::layout::layout;
use crate::report::Report;
use crate::rows::EntityRow;

/// Rows of each table that the page carries; the tables hold all.
const EVENTS: usize = 8_000;
const ENTITIES: usize = 4_000;
const AGREEMENTS: usize = 1_500;
const STATEMENTS: usize = 3_000;
const DATES: usize = 2_000;
const DOCUMENTS: usize = 10_000;
const STORIES: usize = 1_000;
const REMOVED_NAMES: usize = 120;

const TEMPLATE: &str = include_str!("../assets/page.html");
const STYLE: &str = include_str!("../assets/page.css");
const SCRIPT: [&str; 10] = [
    include_str!("../assets/words.js"),
    include_str!("../assets/core.js"),
    include_str!("../assets/overview.js"),
    include_str!("../assets/ledger.js"),
    include_str!("../assets/timeline.js"),
    include_str!("../assets/papers.js"),
    include_str!("../assets/network.js"),
    include_str!("../assets/entities.js"),
    include_str!("../assets/reader.js"),
    include_str!("../assets/audit.js"),
];
const START: &str = include_str!("../assets/main.js");

impl Report {
    /// One self-contained HTML page in Vietnamese and English: works from a file, without a
    /// network. Cost: one pass over the tables; about a kilobyte a row.
    pub fn html(&self) -> String {
        let mut page = String::new();
        let mut rest = TEMPLATE;
        while let Some((before, after)) = rest.split_once("{{") {
            let (name, after) = after.split_once("}}").unwrap_or((after, ""));
            page.push_str(before);
            match name {
                "css" => page.push_str(STYLE),
                "summary" => page.push_str(&markup(&self.markdown())),
                "data" => self.write_data(&mut page),
                "script" => SCRIPT.iter().chain([&START]).for_each(|part| page.push_str(part)),
                _ => {}
            }
            rest = after;
        }
        page.push_str(rest);
        page
    }

    fn write_data(&self, page: &mut String) {
        // Events that happened before those that were planned; of each the best told.
        let mut events: Vec<_> = self.events.iter().collect();
        if events.len() > EVENTS {
            events.sort_by_key(|e| (e.modality != "happened", std::cmp::Reverse(e.documents)));
            events.truncate(EVENTS);
            events.sort_by_key(|event| (&event.date.first, &event.id));
        }
        let agreements = first(&self.agreements, AGREEMENTS);
        let statements = first(&self.statements, STATEMENTS);
        let mut wanted: BTreeSet<&str> = BTreeSet::new();
        for event in &events {
            wanted.extend(event.participants.iter().map(|p| p.entity.as_str()));
            wanted.extend(event.place.as_deref());
        }
        wanted.extend(statements.iter().flat_map(|row| row.speakers.iter().map(String::as_str)));
        let entities: Vec<&EntityRow> = self
            .entities
            .iter()
            .enumerate()
            .filter(|(n, row)| *n < ENTITIES || wanted.contains(row.id.as_str()))
            .map(|(_, row)| row)
            .collect();
        let people = self.entities.iter().filter(|row| row.kind == "PER").count();
        let limits: BTreeMap<&str, usize> = BTreeMap::from([
            ("people", people),
            ("events", self.events.len()),
            ("entities", self.entities.len()),
            ("agreements", self.agreements.len()),
            ("statements", self.statements.len()),
            ("dates", self.dates.len()),
            ("documents", self.documents.len()),
            ("removed_names", self.removed_names.len()),
        ]);
        write_json(page, "limits", &limits);
        write_json(page, "corpus", &self.corpus);
        write_json(page, "events", &events);
        write_json(page, "entities", &entities);
        write_json(page, "agreements", &agreements);
        write_json(page, "statements", &statements);
        write_json(page, "dates", &first(&self.dates, DATES));
        write_json(page, "documents", &first(&self.documents, DOCUMENTS));
        write_json(page, "stories", &first(&self.stories, STORIES));
        write_json(page, "audit", &self.audit);
        write_json(page, "removed_names", &first(&self.removed_names, REMOVED_NAMES));
        write_json(page, "network", &self.network);
        write_json(page, "layout", &layout(&self.network));
        write_json(page, "errors", &self.errors);
        self.write_readings(page);
    }

    /// The records that can be read, in UTF-16 offsets: what JavaScript counts in.
    fn write_readings(&self, page: &mut String) {
        for (id, line) in &self.readings {
            let Ok(record) = Record::parse(line, &Fields::default()) else { continue };
            let mut bytes = Vec::with_capacity(line.len());
            record.write(&mut bytes, Unit::Utf16);
            let Ok(json) = String::from_utf8(bytes) else { continue };
            page.push_str("<script type=\"application/json\" data-doc=\"");
            page.push_str(&markup(id));
            page.push_str("\">");
            push_json(page, json.trim_end());
            page.push_str("</script>\n");
        }
    }
}

fn first<T>(rows: &[T], most: usize) -> &[T] {
    &rows[..rows.len().min(most)]
}

fn write_json<T: Serialize + ?Sized>(page: &mut String, name: &str, value: &T) {
    let json = serde_json::to_string(value).expect("a row has string keys");
    page.push_str("<script type=\"application/json\" id=\"d-");
    page.push_str(name);
    page.push_str("\">");
    push_json(page, &json);
    page.push_str("</script>\n");
}

/// JSON inside a script element: no `<`, which could end it. In JSON it stands only in strings.
fn push_json(page: &mut String, json: &str) {
    for (n, part) in json.split('<').enumerate() {
        if n > 0 {
            page.push_str("\\u003c");
        }
        page.push_str(part);
    }
}
