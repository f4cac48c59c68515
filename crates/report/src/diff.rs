//! What a change to the pipeline did to a corpus: two reports' tables, row by row.

use std::collections::BTreeMap;
use std::fmt::{Result as Written, Write};

use serde_json::{Map, Value};

/// Tables of a report: the text of each JSON Lines file under its name.
pub type Tables = BTreeMap<String, String>;

/// Rows of a kind that the summary shows.
const SHOWN: usize = 40;

/// What came, went and changed between two reports.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Diff {
    /// Tables with at least one difference, by name.
    pub tables: Vec<TableDiff>,
}

/// The differences of one table.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct TableDiff {
    /// Its file name: `events.jsonl`.
    pub name: String,
    /// Ids of rows that are new.
    pub came: Vec<String>,
    /// Ids of rows that are no more.
    pub went: Vec<String>,
    /// Rows that say something else.
    pub changed: Vec<Change>,
}

/// A row that says something else.
#[derive(Clone, Debug, PartialEq)]
pub struct Change {
    /// Its id.
    pub id: String,
    /// Field, old and new value; absent is `null`.
    pub fields: Vec<(String, Value, Value)>,
}

/// A line of a table that is no row.
#[derive(Debug, thiserror::Error)]
#[error("{name}:{line}: no row of a report: {reason}")]
pub struct DiffError {
    name: String,
    line: usize,
    reason: String,
}

/// Compares two reports by the ids of their rows. The order of rows does not matter.
pub fn diff(old: &Tables, new: &Tables) -> Result<Diff, DiffError> {
    let mut names: Vec<&String> = old.keys().chain(new.keys()).collect();
    names.sort();
    names.dedup();
    let mut diff = Diff::default();
    for name in names {
        let old = rows(name, old.get(name))?;
        let mut new = rows(name, new.get(name))?;
        let mut table = TableDiff { name: name.clone(), ..TableDiff::default() };
        for (id, old) in old {
            match new.remove(&id) {
                None => table.went.push(id),
                Some(new) => {
                    let fields = changes(&old, &new);
                    if !fields.is_empty() {
                        table.changed.push(Change { id, fields });
                    }
                }
            }
        }
        table.came.extend(new.into_keys());
        if table != (TableDiff { name: name.clone(), ..TableDiff::default() }) {
            diff.tables.push(table);
        }
    }
    Ok(diff)
}

fn rows(
    name: &str,
    text: Option<&String>,
) -> Result<BTreeMap<String, Map<String, Value>>, DiffError> {
    let mut rows = BTreeMap::new();
    let lines = text.map_or("", String::as_str).split('\n').enumerate();
    for (n, line) in lines.filter(|(_, line)| !line.is_empty()) {
        let error = |reason: String| DiffError { name: name.to_owned(), line: n + 1, reason };
        let row: Map<String, Value> =
            serde_json::from_str(line).map_err(|e| error(e.to_string()))?;
        let Some(Value::String(id)) = row.get("id") else {
            return Err(error("it has no \"id\"".into()));
        };
        rows.insert(id.clone(), row);
    }
    Ok(rows)
}

fn changes(old: &Map<String, Value>, new: &Map<String, Value>) -> Vec<(String, Value, Value)> {
    let mut fields: Vec<&String> = old.keys().chain(new.keys()).collect();
    fields.sort();
    fields.dedup();
    let value = |row: &Map<String, Value>, field| row.get(field).cloned().unwrap_or(Value::Null);
    let both =
        fields.into_iter().map(|field| (field.clone(), value(old, field), value(new, field)));
    both.filter(|(_, old, new)| old != new).collect()
}

impl Diff {
    /// True when the two reports say the same.
    pub fn is_empty(&self) -> bool {
        self.tables.is_empty()
    }

    /// The differences in Markdown, the rows that came and went first.
    pub fn markdown(&self) -> String {
        let mut out = String::new();
        self.write_markdown(&mut out).expect("a string takes every character");
        out
    }

    fn write_markdown(&self, out: &mut String) -> Written {
        if self.is_empty() {
            return writeln!(out, "The two reports say the same.");
        }
        writeln!(out, "| table | came | went | changed |")?;
        writeln!(out, "|---|---:|---:|---:|")?;
        for table in &self.tables {
            let TableDiff { name, came, went, changed } = table;
            writeln!(out, "| {name} | {} | {} | {} |", came.len(), went.len(), changed.len())?;
        }
        for table in &self.tables {
            writeln!(out, "\n## {}\n", table.name)?;
            list(out, "+", &table.came)?;
            list(out, "-", &table.went)?;
            for Change { id, fields } in table.changed.iter().take(SHOWN) {
                writeln!(out, "  {id}")?;
                for (field, old, new) in fields {
                    writeln!(out, "      {field}: {}", shown(old, new))?;
                }
            }
            more(out, table.changed.len())?;
        }
        Ok(())
    }
}

fn list(out: &mut String, mark: &str, ids: &[String]) -> Written {
    for id in ids.iter().take(SHOWN) {
        writeln!(out, "{mark} {id}")?;
    }
    more(out, ids.len())
}

fn more(out: &mut String, all: usize) -> Written {
    if all > SHOWN { writeln!(out, "  … {} more", all - SHOWN) } else { Ok(()) }
}

/// What became of a value: of a list, what came and went.
fn shown(old: &Value, new: &Value) -> String {
    if let (Value::Array(old), Value::Array(new)) = (old, new) {
        let went = old.iter().filter(|item| !new.contains(item));
        let came = new.iter().filter(|item| !old.contains(item));
        let went = went.map(|item| format!("-{}", brief(item)));
        let parts: Vec<_> = went.chain(came.map(|item| format!("+{}", brief(item)))).collect();
        return if parts.is_empty() { "in another order".into() } else { parts.join(" ") };
    }
    format!("{} → {}", brief(old), brief(new))
}

/// A value on one line; what is long is cut.
fn brief(value: &Value) -> String {
    let text = match value {
        Value::String(text) => text.clone(),
        other => other.to_string(),
    };
    match text.char_indices().nth(120) {
        Some((at, _)) => format!("{}…", &text[..at]),
        None => text,
    }
}
