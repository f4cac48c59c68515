//! `schema`: docs/schema.json, generated from the documentation of the record.

use anyhow::Result;

use crate::workspace::Workspace;

/// Where the schema is kept, from the root.
pub(crate) const PATH: &str = "docs/schema.json";

/// The schema that the types of today have.
pub(crate) fn current() -> String {
    let mut text = format!("{:#}", bantin_document::json_schema());
    text.push('\n');
    text
}

pub(crate) fn write(workspace: &Workspace) -> Result<()> {
    workspace.shell.write_file(PATH, current())?;
    println!("{PATH} is written");
    Ok(())
}
