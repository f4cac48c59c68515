//! The summary for the terminal and for a pull request: Markdown.

use std::fmt::{Result, Write};

use crate::report::Report;
use crate::rows::{EventRow, When};
use crate::when::Certainty;

/// Rows of each table that the summary shows.
const ROWS: usize = 12;

impl Report {
    /// A summary in Markdown, to be read in a terminal: the corpus in numbers, who met whom, what
    /// was signed, who is named most, and what was removed.
    pub fn markdown(&self) -> String {
        let mut out = String::new();
        self.write_markdown(&mut out).expect("a string takes every character");
        out
    }

    fn write_markdown(&self, out: &mut String) -> Result {
        self.numbers(out)?;
        self.ledger(out)?;
        self.signed(out)?;
        self.actors(out)?;
        self.removed(out)?;
        for row in &self.errors {
            writeln!(out, "- **{}** failed with `{}`", count(row.count, "record"), row.id)?;
            if let Some(sample) = row.samples.first() {
                let path = sample.path.as_deref().unwrap_or("-");
                let line = sample.line.map(|line| format!(":{line}")).unwrap_or_default();
                writeln!(out, "  - {path}{line}: {}", cell(&sample.message))?;
            }
        }
        Ok(())
    }

    fn numbers(&self, out: &mut String) -> Result {
        let corpus = &self.corpus;
        let removed = corpus.characters - corpus.kept;
        writeln!(out, "# Bản tin: {}", count(corpus.documents, "document"))?;
        writeln!(out)?;
        if let Some(stories) = corpus.stories.filter(|stories| *stories < corpus.documents) {
            writeln!(out, "- {stories} distinct stories; the other documents repeat one of them")?;
        }
        if let (Some(first), Some(last)) = (&corpus.first_day, &corpus.last_day) {
            writeln!(out, "- events with a known day or period from {first} to {last}")?;
        }
        writeln!(
            out,
            "- {}, {}",
            count(corpus.events, "event"),
            count(corpus.statements, "statement")
        )?;
        writeln!(out, "- {} named, {} of them people", entities(corpus.entities), corpus.people)?;
        writeln!(
            out,
            "- {} signed or planned, {} more only mentioned",
            count(corpus.agreements, "agreement"),
            corpus.named_agreements - corpus.agreements
        )?;
        writeln!(
            out,
            "- {} of {} characters removed, white space not counted",
            share(removed, corpus.characters),
            corpus.characters
        )?;
        let dates = |certainty| corpus.dates.get(&certainty).copied().unwrap_or_default();
        writeln!(
            out,
            "- dates: {} stated, {} inferred, {} open",
            dates(Certainty::Stated),
            dates(Certainty::Inferred),
            dates(Certainty::Open)
        )?;
        for (flag, n) in &corpus.flags {
            writeln!(out, "- {}: {}", count(*n, "document"), flag.replace('_', " "))?;
        }
        writeln!(out)
    }

    fn ledger(&self, out: &mut String) -> Result {
        if self.events.is_empty() {
            return Ok(());
        }
        writeln!(out, "## Who met whom")?;
        writeln!(out)?;
        writeln!(out, "| when | what | who | where | documents |")?;
        writeln!(out, "|---|---|---|---|---:|")?;
        // What happened is the news; what is planned or recalled fills the places that are left.
        let news = self.events.iter().filter(|event| event.modality == "happened");
        let rest = self.events.iter().filter(|event| event.modality != "happened");
        for event in news.chain(rest).take(ROWS) {
            let what = match event.modality.as_str() {
                "happened" => event.kind.clone(),
                modality => format!("{} ({modality})", event.kind),
            };
            let place = event.place.as_deref().map(|id| self.name(id)).unwrap_or_default();
            writeln!(
                out,
                "| {} | {what} | {} | {} | {} |",
                day(&event.date),
                cell(&self.who(event)),
                cell(&place),
                event.documents
            )?;
        }
        rest_of(out, self.events.len(), "events", "events.jsonl")
    }

    fn who(&self, event: &EventRow) -> String {
        let people = event.participants.iter().map(|p| match p.capacities.first() {
            Some(capacity) => format!("{capacity} {}", self.name(&p.entity)),
            None => self.name(&p.entity),
        });
        people.collect::<Vec<_>>().join(", ")
    }

    fn signed(&self, out: &mut String) -> Result {
        let rows: Vec<_> = self.agreements.iter().filter(|row| row.status != "mentioned").collect();
        if rows.is_empty() {
            return Ok(());
        }
        writeln!(out, "## What was signed")?;
        writeln!(out)?;
        writeln!(out, "| status | when | agreement | signed by |")?;
        writeln!(out, "|---|---|---|---|")?;
        for row in rows.iter().take(ROWS) {
            let who = if row.signatories.is_empty() { &row.parties } else { &row.signatories };
            let who = who.iter().map(|id| self.name(id)).collect::<Vec<_>>().join(", ");
            let date = row.date.as_ref().map(day).unwrap_or_default();
            let name = if row.name.is_empty() { "(not named)" } else { &row.name };
            writeln!(out, "| {} | {date} | {} | {} |", row.status, cell(name), cell(&who))?;
        }
        rest_of(out, rows.len(), "agreements", "agreements.jsonl")
    }

    fn actors(&self, out: &mut String) -> Result {
        let people: Vec<_> =
            self.entities.iter().filter(|row| row.kind == "PER" || row.kind == "ORG").collect();
        if people.is_empty() {
            return Ok(());
        }
        writeln!(out, "## Who is named")?;
        writeln!(out)?;
        writeln!(out, "| name | capacity | other names | documents | mentions |")?;
        writeln!(out, "|---|---|---|---:|---:|")?;
        for row in people.iter().take(ROWS) {
            let title = row.titles.first().map(|title| title.title.as_str()).unwrap_or_default();
            let others = row.names.iter().filter(|name| name.name != row.name).take(4);
            let others = others.map(|name| name.name.as_str()).collect::<Vec<_>>().join(", ");
            writeln!(
                out,
                "| {} | {} | {} | {} | {} |",
                cell(&row.name),
                cell(title),
                cell(&others),
                row.documents,
                row.mentions
            )?;
        }
        rest_of(out, people.len(), "people and organisations", "entities.jsonl")
    }

    fn removed(&self, out: &mut String) -> Result {
        let rows: Vec<_> = self.audit.iter().filter(|row| row.what == "removed").collect();
        if rows.is_empty() {
            return Ok(());
        }
        writeln!(out, "## What was removed")?;
        writeln!(out)?;
        writeln!(out, "| zone | rule | stretches | characters | for example |")?;
        writeln!(out, "|---|---|---:|---:|---|")?;
        for row in &rows {
            let example = row.evidence.first().map(|e| e.text.as_str()).unwrap_or_default();
            let short: String = example.chars().take(60).collect();
            let rule = row.rule.as_deref().unwrap_or("-");
            writeln!(
                out,
                "| {} | {rule} | {} | {} | {} |",
                row.kind,
                row.spans,
                row.characters,
                cell(&short)
            )?;
        }
        writeln!(out)
    }

    /// The canonical name of an entity; its id when it is in no table.
    pub(crate) fn name(&self, id: &str) -> String {
        // Few rows are looked up here; the page has an index of its own.
        let row = self.entities.iter().find(|row| row.id == id);
        row.map_or_else(|| id.to_owned(), |row| row.name.clone())
    }
}

/// A day or what is known of it, with a mark for what is not stated.
fn day(date: &When) -> String {
    let known = match (&date.first, &date.last) {
        (Some(first), Some(last)) if first == last => first.clone(),
        (Some(first), Some(last)) => format!("{first} – {last}"),
        (Some(first), None) => format!("from {first}"),
        (None, Some(last)) => format!("to {last}"),
        (None, None) => date.value.clone().unwrap_or_else(|| "?".into()),
    };
    match date.certainty {
        Certainty::Stated => known,
        Certainty::Inferred => format!("{known} (inferred)"),
        Certainty::Open => match &date.value {
            Some(value) if *value != known => format!("{value} (open, {known})"),
            _ => format!("{known} (open)"),
        },
    }
}

fn share(part: u64, whole: u64) -> String {
    format!("{:.1} %", part as f64 * 100.0 / whole.max(1) as f64)
}

/// `1 document`, `2 documents`.
fn count(n: u64, what: &str) -> String {
    format!("{n} {what}{}", if n == 1 { "" } else { "s" })
}

fn entities(n: u64) -> String {
    format!("{n} {}", if n == 1 { "entity" } else { "entities" })
}

/// Text that stays in its cell, and is no markup there: Markdown lets HTML through.
fn cell(text: &str) -> String {
    text.replace('<', "&lt;").replace('|', "\\|").replace('\n', " ")
}

fn rest_of(out: &mut String, all: usize, what: &str, table: &str) -> Result {
    if all > ROWS {
        writeln!(out)?;
        writeln!(out, "{} more {what} in `tables/{table}`.", all - ROWS)?;
    }
    writeln!(out)
}
