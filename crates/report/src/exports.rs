//! The report for other tools: CSV for a spreadsheet, JSON for TimelineJS.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::io::Result;
use std::sync::Arc;

use serde_json::{Value, json};

use crate::escape::markup;
use crate::files::{File, Out};
use crate::graphs::{GEXF, GRAPHML};
use crate::report::Report;
use crate::rows::{EventRow, Participant};

impl Report {
    /// Files for other tools, in a fixed order.
    ///
    /// CSV begins with a byte order mark, without which spreadsheets misread Vietnamese.
    pub(crate) fn exports(&self) -> Vec<File<'_>> {
        let rows = self.entities.iter();
        let names = rows.map(|row| (row.id.as_str(), (row.name.as_str(), row.kind.as_str())));
        let names = &Arc::new(Names(names.collect()));
        vec![
            self.export(names, "events.csv", Report::event_cells),
            self.export(names, "entities.csv", Report::entity_cells),
            self.export(names, "agreements.csv", Report::agreement_cells),
            self.export(names, "statements.csv", Report::statement_cells),
            self.export(names, "documents.csv", Report::document_cells),
            self.export(names, "network.csv", Report::network_cells),
            self.export(names, "network.graphml", |r, names, out| r.graph(&GRAPHML, names, out)),
            self.export(names, "network.gexf", |r, names, out| r.graph(&GEXF, names, out)),
            self.export(names, "timeline.json", Report::timeline),
        ]
    }

    fn export<'r>(
        &'r self,
        names: &Arc<Names<'r>>,
        name: &str,
        write: fn(&'r Report, &Names<'r>, &mut Out<'_>) -> Result<()>,
    ) -> File<'r> {
        let names = Arc::clone(names);
        File::new(format!("exports/{name}"), move |out| write(self, &names, out))
    }

    fn event_cells<'r>(&'r self, names: &Names<'r>, out: &mut Out<'_>) -> Result<()> {
        let mut csv = Csv(out);
        csv.head(
            "id type modality certainty first last value resolved basis place participants documents evidence document",
        )?;
        for event in &self.events {
            let evidence = event.evidence.first();
            let date = &event.date;
            csv.row([
                text(&event.id),
                text(&event.kind),
                text(&event.modality),
                text(date.certainty.as_str()),
                some(date.first.as_ref()),
                some(date.last.as_ref()),
                some(date.value.as_ref()),
                some(date.resolved.as_ref()),
                some(date.basis.as_ref()),
                text(event.place.as_deref().map_or("", |id| names.of(id))),
                list(event.participants.iter().map(|p| names.role(p))),
                number(event.documents),
                some(evidence.map(|e| &e.text)),
                some(evidence.map(|e| &e.document)),
            ])?;
        }
        Ok(())
    }

    fn entity_cells<'r>(&'r self, _: &Names<'r>, out: &mut Out<'_>) -> Result<()> {
        let mut csv = Csv(out);
        csv.head("id type name names titles documents mentions events statements")?;
        for row in &self.entities {
            csv.row([
                text(&row.id),
                text(&row.kind),
                text(&row.name),
                list(row.names.iter().map(|name| text(&name.name))),
                list(row.titles.iter().map(|title| text(&title.title))),
                number(row.documents),
                number(row.mentions),
                number(row.events.len() as u64),
                number(row.statements),
            ])?;
        }
        Ok(())
    }

    fn agreement_cells<'r>(&'r self, names: &Names<'r>, out: &mut Out<'_>) -> Result<()> {
        let mut csv = Csv(out);
        csv.head("id name status first last period parties signatories documents")?;
        for row in &self.agreements {
            let date = row.date.as_ref();
            csv.row([
                text(&row.id),
                text(&row.name),
                text(&row.status),
                some(date.and_then(|date| date.first.as_ref())),
                some(date.and_then(|date| date.last.as_ref())),
                some(row.period.as_ref()),
                names.all(&row.parties),
                names.all(&row.signatories),
                number(row.documents),
            ])?;
        }
        Ok(())
    }

    fn statement_cells<'r>(&'r self, names: &Names<'r>, out: &mut Out<'_>) -> Result<()> {
        let mut csv = Csv(out);
        csv.head("id speakers kind attribution cue text documents")?;
        for row in &self.statements {
            csv.row([
                text(&row.id),
                names.all(&row.speakers),
                text(&row.kind),
                text(&row.attribution),
                some(row.cue.as_ref()),
                text(&row.evidence.text),
                list(row.documents.iter().map(|id| text(id))),
            ])?;
        }
        Ok(())
    }

    fn document_cells<'r>(&'r self, _: &Names<'r>, out: &mut Out<'_>) -> Result<()> {
        let mut csv = Csv(out);
        csv.head(
            "id story title date publisher author characters kept mentions events statements flags",
        )?;
        for row in &self.documents {
            csv.row([
                text(&row.id),
                text(&row.story),
                some(row.title.as_ref()),
                some(row.date.as_ref()),
                some(row.publisher.as_ref()),
                some(row.author.as_ref()),
                number(row.characters),
                number(row.kept),
                number(row.mentions),
                number(row.events),
                number(row.statements),
                list(row.flags.iter().map(|flag| text(flag))),
            ])?;
        }
        Ok(())
    }

    fn network_cells<'r>(&'r self, names: &Names<'r>, out: &mut Out<'_>) -> Result<()> {
        let mut csv = Csv(out);
        csv.head("id kind source target weight events")?;
        for row in &self.network {
            csv.row([
                text(&row.id),
                text(&row.kind),
                text(names.of(&row.source)),
                text(names.of(&row.target)),
                number(row.weight),
                list(row.events.iter().map(|id| text(id))),
            ])?;
        }
        Ok(())
    }

    /// The dated events in the form that TimelineJS 3 reads; open dates have no place on its axis.
    fn timeline<'r>(&'r self, names: &Names<'r>, out: &mut Out<'_>) -> Result<()> {
        let dated = self.events.iter().filter_map(|event| {
            let (first, last) = (event.date.first.as_ref()?, event.date.last.as_ref()?);
            let mut slide = json!({
                "unique_id": event.id,
                "start_date": day(first)?,
                "group": event.kind,
                "text": {
                    "headline": names.headline(event),
                    "text": event.evidence.first().map(|e| markup(&e.text)).unwrap_or_default(),
                },
            });
            if first != last {
                slide["end_date"] = day(last)?;
            }
            Some(slide)
        });
        out.text(&json!({ "events": dated.collect::<Vec<_>>() }).to_string())
    }
}

/// Canonical names and types of the entities by id.
pub(crate) struct Names<'r>(BTreeMap<&'r str, (&'r str, &'r str)>);

impl<'r> Names<'r> {
    fn of(&self, id: &'r str) -> &'r str {
        self.with_type(id).0
    }

    pub(crate) fn with_type(&self, id: &'r str) -> (&'r str, &'r str) {
        self.0.get(id).copied().unwrap_or((id, "MISC"))
    }

    fn all(&self, ids: &'r [String]) -> Cow<'r, str> {
        list(ids.iter().map(|id| text(self.of(id))))
    }

    fn role(&self, p: &'r Participant) -> Cow<'r, str> {
        let role = p.roles.first().map(String::as_str).unwrap_or_default();
        let name = self.of(&p.entity);
        Cow::Owned(match p.capacities.first() {
            Some(capacity) => format!("{role}: {name} ({capacity})"),
            None => format!("{role}: {name}"),
        })
    }

    fn headline(&self, event: &'r EventRow) -> String {
        let who = event.participants.iter().take(3).map(|p| markup(self.of(&p.entity)));
        format!("{}: {}", event.kind, who.collect::<Vec<_>>().join(" – "))
    }
}

fn day(iso: &str) -> Option<Value> {
    let mut parts = iso.splitn(3, '-').map(|part| part.parse::<u32>().ok());
    Some(json!({ "year": parts.next()??, "month": parts.next()??, "day": parts.next()?? }))
}

fn text(text: &str) -> Cow<'_, str> {
    Cow::Borrowed(text)
}

fn some(text: Option<&String>) -> Cow<'_, str> {
    Cow::Borrowed(text.map_or("", String::as_str))
}

fn number<'r>(number: u64) -> Cow<'r, str> {
    Cow::Owned(number.to_string())
}

/// Several values in one cell.
fn list<'r>(mut values: impl Iterator<Item = Cow<'r, str>>) -> Cow<'r, str> {
    let mut cell = values.next().unwrap_or_default();
    for value in values {
        let cell = cell.to_mut();
        cell.push_str("; ");
        cell.push_str(&value);
    }
    cell
}

/// A file by RFC 4180.
struct Csv<'o, 'w>(&'o mut Out<'w>);

impl Csv<'_, '_> {
    fn head(&mut self, names: &str) -> Result<()> {
        self.0.text("\u{feff}")?;
        self.0.text(&names.replace(' ', ","))?;
        self.0.text("\r\n")
    }

    fn row<const N: usize>(&mut self, cells: [Cow<'_, str>; N]) -> Result<()> {
        for (n, cell) in cells.iter().enumerate() {
            if n > 0 {
                self.0.text(",")?;
            }
            self.cell(cell)?;
        }
        self.0.text("\r\n")
    }

    /// A cell that a spreadsheet would take for a formula is quoted with an apostrophe: a headline
    /// may begin with `=` or `+`.
    fn cell(&mut self, cell: &str) -> Result<()> {
        let formula = cell.starts_with(['=', '+', '-', '@', '\t', '\r']);
        let mark = if formula { "'" } else { "" };
        if !cell.bytes().any(|byte| matches!(byte, b',' | b'"' | b'\n' | b'\r')) {
            self.0.text(mark)?;
            return self.0.text(cell);
        }
        self.0.text("\"")?;
        self.0.text(mark)?;
        for (n, part) in cell.split('"').enumerate() {
            self.0.text(if n > 0 { "\"\"" } else { "" })?;
            self.0.text(part)?;
        }
        self.0.text("\"")
    }
}
