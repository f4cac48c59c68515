//! The page: one HTML file that needs nothing else.
//!
//! The tables stand in it as JSON and are drawn when a view is opened, so that it opens at once
//! whatever its size. What it carries is bounded; where a table is longer, the page says so.

use std::collections::{BTreeMap, BTreeSet};

use serde::Serialize;

use crate::escape::markup;
use crate::layout::layout;
use crate::report::Report;
use crate::rows::{ByZone, DocumentRow, EntityRow, MergedRow, NameRow, TitleRow};

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
        let readable: BTreeSet<&str> = self.readings.iter().map(|(id, _)| id.as_str()).collect();
        let entities: Vec<PageEntity<'_>> =
            entities.iter().map(|row| PageEntity::of(row, &readable)).collect();
        // What there is of each, where the page may carry less.
        let limits: BTreeMap<&str, u64> = BTreeMap::from([
            ("events", self.corpus.events),
            ("entities", self.corpus.entities),
            ("agreements", self.corpus.named_agreements),
            ("statements", self.corpus.statements),
            ("dates", self.dates.len() as u64),
            ("documents", self.corpus.documents),
            ("removed_names", self.removed_names.len() as u64),
        ]);
        let mut dates = first(&self.dates, DATES).to_vec();
        let shown = dates.iter_mut().flat_map(|row| &mut row.evidence);
        shown.filter(|item| readable.contains(&*item.document)).for_each(|item| item.text.clear());
        write_json(page, "limits", &limits);
        write_json(page, "corpus", &self.corpus);
        write_json(page, "rules", &self.rules);
        write_json(page, "events", &events);
        write_json(page, "entities", &entities);
        write_json(page, "agreements", &agreements);
        write_json(page, "statements", &statements);
        write_json(page, "dates", &dates);
        let documents = first(&self.documents, DOCUMENTS).iter();
        write_json(page, "documents", &documents.map(PageDocument::of).collect::<Vec<_>>());
        write_json(page, "stories", &first(&self.stories, STORIES));
        write_json(page, "audit", &self.audit);
        write_json(page, "removed_names", &first(&self.removed_names, REMOVED_NAMES));
        write_json(page, "network", &self.network);
        write_json(page, "layout", &layout(&self.network));
        write_json(page, "errors", &self.errors);
        self.write_readings(page);
    }

    fn write_readings(&self, page: &mut String) {
        for (id, record) in &self.readings {
            page.push_str("<script type=\"application/json\" data-doc=\"");
            page.push_str(&markup(id));
            page.push_str("\">");
            push_json(page, record);
            page.push_str("</script>\n");
        }
    }
}

/// A row of the list of documents, as the page needs it.
#[derive(Serialize)]
struct PageDocument<'r> {
    id: &'r str,
    #[serde(skip_serializing_if = "Option::is_none")]
    story: Option<&'r str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    title: Option<&'r str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    opening: Option<&'r str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    date: Option<&'r str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    date_basis: Option<&'r str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    publisher: Option<&'r str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    author: Option<&'r str>,
    /// The file without its folders, which are nobody's business but the machine's.
    #[serde(skip_serializing_if = "Option::is_none")]
    file: Option<&'r str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    line: Option<u64>,
    characters: u64,
    kept: u64,
    events: u64,
    statements: u64,
    #[serde(skip_serializing_if = "<[String]>::is_empty")]
    flags: &'r [String],
}

impl<'r> PageDocument<'r> {
    fn of(row: &'r DocumentRow) -> PageDocument<'r> {
        PageDocument {
            id: &row.id,
            story: (row.story != row.id).then_some(&*row.story),
            title: row.title.as_deref(),
            opening: row.opening.as_deref(),
            date: row.date.as_deref(),
            date_basis: row.date_basis.as_deref(),
            publisher: row.publisher.as_deref(),
            author: row.author.as_deref(),
            file: row.path.as_deref().and_then(|path| path.rsplit(['/', '\\']).next()),
            line: row.line,
            characters: row.characters,
            kept: row.kept,
            events: row.events,
            statements: row.statements,
            flags: &row.flags,
        }
    }
}

/// An entity, as the page needs it: its events are found by those who take part.
#[derive(Serialize)]
struct PageEntity<'r> {
    id: &'r str,
    #[serde(rename = "type")]
    kind: &'r str,
    name: &'r str,
    mentions: u64,
    documents: u64,
    #[serde(skip_serializing_if = "Option::is_none")]
    stories: Option<u64>,
    zones: &'r ByZone,
    #[serde(skip_serializing_if = "<[NameRow]>::is_empty")]
    names: &'r [NameRow],
    #[serde(skip_serializing_if = "<[TitleRow]>::is_empty")]
    titles: &'r [TitleRow],
    #[serde(skip_serializing_if = "<[MergedRow]>::is_empty")]
    merged: &'r [MergedRow],
    statements: u64,
    evidence: Vec<PageEvidence<'r>>,
    /// Positions in the list of documents.
    #[serde(rename = "in")]
    named_in: &'r [u32],
}

impl<'r> PageEntity<'r> {
    fn of(row: &'r EntityRow, readable: &BTreeSet<&str>) -> PageEntity<'r> {
        let evidence = row.evidence.iter().map(|item| PageEvidence {
            document: &item.document,
            start: item.start,
            end: item.end,
            text: if readable.contains(&*item.document) { "" } else { &item.text },
        });
        let sole = row.names.len() == 1 && row.names[0].name == row.name;
        PageEntity {
            id: &row.id,
            kind: &row.kind,
            name: &row.name,
            mentions: row.mentions,
            documents: row.documents,
            stories: row.stories,
            zones: &row.zones,
            names: if sole && row.names[0].reason.is_none() { &[] } else { &row.names },
            titles: &row.titles,
            merged: &row.merged,
            statements: row.statements,
            evidence: evidence.collect(),
            named_in: &row.named_in,
        }
    }
}

/// Evidence without its words where the page carries the text anyway.
#[derive(Serialize)]
struct PageEvidence<'r> {
    document: &'r str,
    start: u32,
    end: u32,
    text: &'r str,
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
