//! The page: one HTML file that needs nothing else.
//!
//! The tables stand in it as JSON and are drawn when a view is opened, so that it opens at once
//! whatever its size. What it carries is bounded; where a table is longer, the page says so.

use std::collections::{BTreeMap, BTreeSet};
use std::io::Result;

use memchr::memchr_iter;
use serde::Serialize;

use crate::escape::markup;
use crate::facts::Evidence;
use crate::files::{Out, json};
use crate::layout::layout;
use crate::reading::Laid;
use crate::report::Report;
use crate::rows::{DocumentRow, EntityRow};

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
    pub(crate) fn page(&self, out: &mut Out<'_>) -> Result<()> {
        let mut rest = TEMPLATE;
        while let Some((before, after)) = rest.split_once("{{") {
            let (name, after) = after.split_once("}}").unwrap_or((after, ""));
            out.text(before)?;
            match name {
                "css" => out.text(STYLE)?,
                "summary" => out.text(&markup(&self.markdown()))?,
                "data" => self.data(&mut Data { out, json: Vec::new() })?,
                "script" => SCRIPT.iter().chain([&START]).try_for_each(|part| out.text(part))?,
                _ => {}
            }
            rest = after;
        }
        out.text(rest)
    }

    fn data(&self, data: &mut Data<'_, '_>) -> Result<()> {
        // Events that happened before those that were planned; of each the best told.
        let mut events: Vec<_> = self.events.iter().collect();
        if events.len() > EVENTS {
            events.sort_by_key(|e| (e.modality != "happened", std::cmp::Reverse(e.documents)));
            events.truncate(EVENTS);
            events.sort_by_key(|event| (&event.date.first, &event.id));
        }
        let statements = first(&self.statements, STATEMENTS);
        let mut wanted: BTreeSet<&str> = BTreeSet::new();
        for event in &events {
            wanted.extend(event.participants.iter().map(|p| p.entity.as_str()));
            wanted.extend(event.place.as_deref());
        }
        wanted.extend(statements.iter().flat_map(|row| row.speakers.iter().map(String::as_str)));
        let entities = self.entities.iter().enumerate();
        let entities = entities.filter(|(n, row)| *n < ENTITIES || wanted.contains(&*row.id));
        let readable: BTreeSet<&str> = self.readings.iter().map(|laid| laid.id.as_str()).collect();
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
        let dates = first(&self.dates, DATES).iter().map(|row| {
            let mut row = row.clone();
            row.evidence = bare(&row.evidence, &readable);
            row
        });
        data.value("limits", &limits)?;
        data.value("corpus", &self.corpus)?;
        data.value("rules", &self.rules)?;
        data.rows("events", events)?;
        data.list("entities", entities.map(|(_, row)| row), |row, fields| {
            entity(row, &readable, fields);
        })?;
        data.rows("agreements", first(&self.agreements, AGREEMENTS))?;
        data.rows("statements", statements)?;
        data.rows("dates", dates)?;
        data.list("documents", first(&self.documents, DOCUMENTS), document)?;
        data.rows("stories", first(&self.stories, STORIES))?;
        data.rows("audit", &self.audit)?;
        data.rows("removed_names", first(&self.removed_names, REMOVED_NAMES))?;
        data.rows("network", &self.network)?;
        data.value("layout", &layout(&self.network))?;
        data.rows("errors", &self.errors)?;
        self.readings.iter().try_for_each(|laid| data.reading(laid))
    }
}

/// A row of the list of documents, as the page needs it.
fn document(row: &DocumentRow, fields: &mut Fields<'_>) {
    fields.put("id", &row.id);
    fields.some("story", Some(&row.story).filter(|story| **story != row.id));
    fields.some("title", row.title.as_ref());
    fields.some("opening", row.opening.as_ref());
    fields.some("date", row.date.as_ref());
    fields.some("date_basis", row.date_basis.as_ref());
    fields.some("publisher", row.publisher.as_ref());
    fields.some("author", row.author.as_ref());
    // Without its folders, which are nobody's business but the machine's.
    let path = row.path.as_deref();
    fields.some("file", path.and_then(|path| path.rsplit(['/', '\\']).next()));
    fields.some("line", row.line.as_ref());
    fields.put("characters", &row.characters);
    fields.put("kept", &row.kept);
    fields.put("events", &row.events);
    fields.put("statements", &row.statements);
    fields.list("flags", &row.flags);
}

/// An entity, as the page needs it: its events are found by those who take part.
fn entity(row: &EntityRow, readable: &BTreeSet<&str>, fields: &mut Fields<'_>) {
    fields.put("id", &row.id);
    fields.put("type", &row.kind);
    fields.put("name", &row.name);
    fields.put("mentions", &row.mentions);
    fields.put("documents", &row.documents);
    fields.some("stories", row.stories.as_ref());
    fields.put("zones", &row.zones);
    match &row.names[..] {
        [only] if only.name == row.name && only.reason.is_none() => {}
        names => fields.list("names", names),
    }
    fields.list("titles", &row.titles);
    fields.list("merged", &row.merged);
    fields.put("statements", &row.statements);
    fields.put("evidence", &bare(&row.evidence, readable));
    // Positions in the list of documents.
    fields.put("in", &row.named_in);
}

/// Evidence without its words where the page carries the text anyway.
fn bare(evidence: &[Evidence], readable: &BTreeSet<&str>) -> Vec<Evidence> {
    let mut evidence = evidence.to_vec();
    let told = evidence.iter_mut().filter(|item| readable.contains(&*item.document));
    told.for_each(|item| item.text.clear());
    evidence
}

fn first<T>(rows: &[T], most: usize) -> &[T] {
    &rows[..rows.len().min(most)]
}

/// The elements of the page that hold data.
struct Data<'o, 'w> {
    out: &'o mut Out<'w>,
    /// What is on its way into an element.
    json: Vec<u8>,
}

impl Data<'_, '_> {
    fn value(&mut self, name: &str, value: &impl Serialize) -> Result<()> {
        self.open("id", &format!("d-{name}"))?;
        json(value, &mut self.json);
        self.close()
    }

    fn rows<R: Serialize>(&mut self, name: &str, rows: impl IntoIterator<Item = R>) -> Result<()> {
        self.items(name, rows, |row, out| json(&row, out))
    }

    fn list<R>(
        &mut self,
        name: &str,
        rows: impl IntoIterator<Item = R>,
        write: impl Fn(R, &mut Fields<'_>),
    ) -> Result<()> {
        self.items(name, rows, |row, out| {
            out.push(b'{');
            write(row, &mut Fields { out, first: true });
            out.push(b'}');
        })
    }

    fn items<R>(
        &mut self,
        name: &str,
        rows: impl IntoIterator<Item = R>,
        write: impl Fn(R, &mut Vec<u8>),
    ) -> Result<()> {
        self.open("id", &format!("d-{name}"))?;
        self.json.push(b'[');
        for (n, row) in rows.into_iter().enumerate() {
            if n > 0 {
                self.json.push(b',');
            }
            write(row, &mut self.json);
            self.pass()?;
        }
        self.json.push(b']');
        self.close()
    }

    /// A document that can be read.
    fn reading(&mut self, Laid { id, text, layers }: &Laid) -> Result<()> {
        self.open("data-doc", &markup(id))?;
        self.json.extend_from_slice(b"{\"text\":");
        json(text, &mut self.json);
        self.json.push(b',');
        self.json.extend_from_slice(layers.as_bytes());
        self.close()
    }

    fn open(&mut self, attribute: &str, value: &str) -> Result<()> {
        self.out.text(&format!("<script type=\"application/json\" {attribute}=\"{value}\">"))
    }

    fn close(&mut self) -> Result<()> {
        self.pass()?;
        self.out.text("</script>\n")
    }

    /// JSON inside a script element has no `<`, which could end it; it stands in strings only.
    fn pass(&mut self) -> Result<()> {
        let mut from = 0;
        for at in memchr_iter(b'<', &self.json) {
            self.out.bytes(&self.json[from..at])?;
            self.out.text("\\u003c")?;
            from = at + 1;
        }
        self.out.bytes(&self.json[from..])?;
        self.json.clear();
        Ok(())
    }
}

/// The fields of a row as the page needs it, where those that say nothing are left out.
struct Fields<'o> {
    out: &'o mut Vec<u8>,
    first: bool,
}

impl Fields<'_> {
    fn put(&mut self, name: &str, value: &(impl Serialize + ?Sized)) {
        self.out.extend_from_slice(if self.first { b"\"" } else { b",\"" });
        self.first = false;
        self.out.extend_from_slice(name.as_bytes());
        self.out.extend_from_slice(b"\":");
        json(value, self.out);
    }

    fn some(&mut self, name: &str, value: Option<&(impl Serialize + ?Sized)>) {
        if let Some(value) = value {
            self.put(name, value);
        }
    }

    fn list(&mut self, name: &str, items: &[impl Serialize]) {
        self.some(name, Some(items).filter(|items| !items.is_empty()));
    }
}
