//! The report for other tools: CSV for a spreadsheet, GraphML and GEXF for Gephi, JSON for
//! TimelineJS.

use std::collections::BTreeMap;
use std::fmt::Write;

use serde_json::{Value, json};

use crate::escape::markup;
use crate::report::Report;
use crate::rows::{EventRow, Participant};

impl Report {
    /// Files for other tools: names and bytes, in a fixed order.
    ///
    /// CSV begins with a byte order mark, without which spreadsheets misread Vietnamese.
    pub fn exports(&self) -> Vec<(String, Vec<u8>)> {
        let names = self.names();
        let csv = |name: &str, rows: Vec<Vec<String>>| (format!("{name}.csv"), csv(rows));
        vec![
            csv("events", self.event_cells(&names)),
            csv("entities", self.entity_cells()),
            csv("agreements", self.agreement_cells(&names)),
            csv("statements", self.statement_cells(&names)),
            csv("documents", self.document_cells()),
            csv("network", self.network_cells(&names)),
            ("network.graphml".into(), self.graphml(&names).into_bytes()),
            ("network.gexf".into(), self.gexf(&names).into_bytes()),
            ("timeline.json".into(), self.timeline(&names).to_string().into_bytes()),
        ]
    }

    fn names(&self) -> Names<'_> {
        Names(self.entities.iter().map(|row| (row.id.as_str(), row.name.as_str())).collect())
    }

    fn event_cells(&self, names: &Names<'_>) -> Vec<Vec<String>> {
        let mut rows = vec![header(
            "id type modality certainty first last value resolved basis place participants documents evidence document",
        )];
        for event in &self.events {
            let evidence = event.evidence.first();
            rows.push(vec![
                event.id.clone(),
                event.kind.clone(),
                event.modality.clone(),
                event.date.certainty.as_str().into(),
                event.date.first.clone().unwrap_or_default(),
                event.date.last.clone().unwrap_or_default(),
                event.date.value.clone().unwrap_or_default(),
                event.date.resolved.clone().unwrap_or_default(),
                event.date.basis.clone().unwrap_or_default(),
                event.place.as_deref().map(|id| names.of(id)).unwrap_or_default().into(),
                event.participants.iter().map(|p| names.role(p)).collect::<Vec<_>>().join("; "),
                event.documents.to_string(),
                evidence.map(|e| e.text.clone()).unwrap_or_default(),
                evidence.map(|e| e.document.clone()).unwrap_or_default(),
            ]);
        }
        rows
    }

    fn entity_cells(&self) -> Vec<Vec<String>> {
        let mut rows =
            vec![header("id type name names titles documents mentions events statements")];
        for row in &self.entities {
            let names = row.names.iter().map(|name| name.name.as_str()).collect::<Vec<_>>();
            let titles = row.titles.iter().map(|title| title.title.as_str()).collect::<Vec<_>>();
            rows.push(vec![
                row.id.clone(),
                row.kind.clone(),
                row.name.clone(),
                names.join("; "),
                titles.join("; "),
                row.documents.to_string(),
                row.mentions.to_string(),
                row.events.len().to_string(),
                row.statements.to_string(),
            ]);
        }
        rows
    }

    fn agreement_cells(&self, names: &Names<'_>) -> Vec<Vec<String>> {
        let mut rows =
            vec![header("id name status first last period parties signatories documents")];
        for row in &self.agreements {
            let date = row.date.as_ref();
            rows.push(vec![
                row.id.clone(),
                row.name.clone(),
                row.status.clone(),
                date.and_then(|date| date.first.clone()).unwrap_or_default(),
                date.and_then(|date| date.last.clone()).unwrap_or_default(),
                row.period.clone().unwrap_or_default(),
                names.all(&row.parties),
                names.all(&row.signatories),
                row.documents.to_string(),
            ]);
        }
        rows
    }

    fn statement_cells(&self, names: &Names<'_>) -> Vec<Vec<String>> {
        let mut rows = vec![header("id speakers kind attribution cue text documents")];
        for row in &self.statements {
            rows.push(vec![
                row.id.clone(),
                names.all(&row.speakers),
                row.kind.clone(),
                row.attribution.clone(),
                row.cue.clone().unwrap_or_default(),
                row.evidence.text.clone(),
                row.documents.join("; "),
            ]);
        }
        rows
    }

    fn document_cells(&self) -> Vec<Vec<String>> {
        let mut rows = vec![header(
            "id story title date publisher author characters kept mentions events statements flags",
        )];
        for row in &self.documents {
            rows.push(vec![
                row.id.clone(),
                row.story.clone(),
                row.title.clone().unwrap_or_default(),
                row.date.clone().unwrap_or_default(),
                row.publisher.clone().unwrap_or_default(),
                row.author.clone().unwrap_or_default(),
                row.characters.to_string(),
                row.kept.to_string(),
                row.mentions.to_string(),
                row.events.to_string(),
                row.statements.to_string(),
                row.flags.join("; "),
            ]);
        }
        rows
    }

    fn network_cells(&self, names: &Names<'_>) -> Vec<Vec<String>> {
        let mut rows = vec![header("id kind source target weight events")];
        for row in &self.network {
            rows.push(vec![
                row.id.clone(),
                row.kind.clone(),
                names.of(&row.source).into(),
                names.of(&row.target).into(),
                row.weight.to_string(),
                row.events.join("; "),
            ]);
        }
        rows
    }

    /// Ids of the network's entities with their types.
    fn nodes(&self) -> BTreeMap<&str, &str> {
        let kinds: BTreeMap<&str, &str> =
            self.entities.iter().map(|row| (row.id.as_str(), row.kind.as_str())).collect();
        let ends = self.network.iter().flat_map(|edge| [edge.source.as_str(), &edge.target]);
        ends.map(|id| (id, kinds.get(id).copied().unwrap_or("MISC"))).collect()
    }

    fn graphml(&self, names: &Names<'_>) -> String {
        let mut out = String::from(
            "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n\
             <graphml xmlns=\"http://graphml.graphdrawing.org/xmlns\">\n\
             <key id=\"label\" for=\"node\" attr.name=\"label\" attr.type=\"string\"/>\n\
             <key id=\"type\" for=\"node\" attr.name=\"type\" attr.type=\"string\"/>\n\
             <key id=\"kind\" for=\"edge\" attr.name=\"kind\" attr.type=\"string\"/>\n\
             <key id=\"weight\" for=\"edge\" attr.name=\"weight\" attr.type=\"double\"/>\n\
             <graph edgedefault=\"undirected\">\n",
        );
        for (id, kind) in self.nodes() {
            let (id, name) = (markup(id), markup(names.of(id)));
            put(
                &mut out,
                format_args!(
                    "<node id=\"{id}\"><data key=\"label\">{name}</data><data key=\"type\">{kind}</data></node>\n"
                ),
            );
        }
        for edge in &self.network {
            let (id, source, target) =
                (markup(&edge.id), markup(&edge.source), markup(&edge.target));
            let (kind, weight) = (&edge.kind, edge.weight);
            put(
                &mut out,
                format_args!(
                    "<edge id=\"{id}\" source=\"{source}\" target=\"{target}\"><data key=\"kind\">{kind}</data><data key=\"weight\">{weight}</data></edge>\n"
                ),
            );
        }
        out.push_str("</graph>\n</graphml>\n");
        out
    }

    fn gexf(&self, names: &Names<'_>) -> String {
        let mut out = String::from(
            "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n\
             <gexf xmlns=\"http://gexf.net/1.3\" version=\"1.3\">\n\
             <graph defaultedgetype=\"undirected\">\n\
             <attributes class=\"node\"><attribute id=\"type\" title=\"type\" type=\"string\"/></attributes>\n\
             <attributes class=\"edge\"><attribute id=\"kind\" title=\"kind\" type=\"string\"/></attributes>\n\
             <nodes>\n",
        );
        for (id, kind) in self.nodes() {
            let (id, name) = (markup(id), markup(names.of(id)));
            put(
                &mut out,
                format_args!(
                    "<node id=\"{id}\" label=\"{name}\"><attvalues><attvalue for=\"type\" value=\"{kind}\"/></attvalues></node>\n"
                ),
            );
        }
        out.push_str("</nodes>\n<edges>\n");
        for edge in &self.network {
            let (id, source, target) =
                (markup(&edge.id), markup(&edge.source), markup(&edge.target));
            let (kind, weight) = (&edge.kind, edge.weight);
            put(
                &mut out,
                format_args!(
                    "<edge id=\"{id}\" source=\"{source}\" target=\"{target}\" kind=\"{kind}\" weight=\"{weight}\"><attvalues><attvalue for=\"kind\" value=\"{kind}\"/></attvalues></edge>\n"
                ),
            );
        }
        out.push_str("</edges>\n</graph>\n</gexf>\n");
        out
    }

    /// The dated events in the form that TimelineJS 3 reads; open dates have no place on its axis.
    fn timeline(&self, names: &Names<'_>) -> Value {
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
        json!({ "events": dated.collect::<Vec<_>>() })
    }
}

/// Canonical names by id.
struct Names<'r>(BTreeMap<&'r str, &'r str>);

impl<'r> Names<'r> {
    fn of(&self, id: &'r str) -> &'r str {
        self.0.get(id).copied().unwrap_or(id)
    }

    fn all(&self, ids: &'r [String]) -> String {
        ids.iter().map(|id| self.of(id)).collect::<Vec<_>>().join("; ")
    }

    fn role(&self, p: &'r Participant) -> String {
        let role = p.roles.first().map(String::as_str).unwrap_or_default();
        match p.capacities.first() {
            Some(capacity) => format!("{role}: {} ({capacity})", self.of(&p.entity)),
            None => format!("{role}: {}", self.of(&p.entity)),
        }
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

fn header(names: &str) -> Vec<String> {
    names.split(' ').map(Into::into).collect()
}

/// RFC 4180, with a byte order mark. A cell that a spreadsheet would take for a formula is quoted
/// with an apostrophe: a headline may begin with `=` or `+`.
fn csv(rows: Vec<Vec<String>>) -> Vec<u8> {
    let mut out = String::from("\u{feff}");
    for row in rows {
        for (n, cell) in row.iter().enumerate() {
            if n > 0 {
                out.push(',');
            }
            let formula = cell.starts_with(['=', '+', '-', '@', '\t', '\r']);
            let cell = if formula { format!("'{cell}") } else { cell.clone() };
            if cell.contains([',', '"', '\n', '\r']) {
                out.push('"');
                out.push_str(&cell.replace('"', "\"\""));
                out.push('"');
            } else {
                out.push_str(&cell);
            }
        }
        out.push_str("\r\n");
    }
    out.into_bytes()
}

fn put(out: &mut String, text: std::fmt::Arguments<'_>) {
    out.write_fmt(text).expect("a string takes every character");
}
