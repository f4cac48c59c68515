//! Who may depend on whom: the table in ARCHITECTURE.md against the manifests.

use std::collections::{BTreeMap, BTreeSet};

use anyhow::{Context, Result};

use crate::workspace::Workspace;

/// Crate, and the crates of the workspace that it depends on.
type Edges = BTreeMap<String, BTreeSet<String>>;

pub(super) fn check(workspace: &Workspace, problems: &mut Vec<String>) -> Result<()> {
    let text = std::fs::read_to_string(workspace.root.join("ARCHITECTURE.md"))?;
    let planned = planned(&text);
    let built = built(workspace)?;
    for name in planned.keys().filter(|name| !built.contains_key(*name)) {
        problems.push(format!("ARCHITECTURE.md: its table names {name}, which is no crate"));
    }
    for (name, needs) in &built {
        let Some(allowed) = planned.get(name) else {
            problems.push(format!("ARCHITECTURE.md: its table does not name {name}"));
            continue;
        };
        for edge in needs.difference(allowed) {
            problems
                .push(format!("{name} depends on {edge}, which ARCHITECTURE.md does not allow"));
        }
        for edge in allowed.difference(needs) {
            problems.push(format!("ARCHITECTURE.md: {name} does not depend on {edge} anymore"));
        }
    }
    Ok(())
}

/// The edges in the table whose second column is `depends on`: names in backquotes.
fn planned(text: &str) -> Edges {
    let rows = text.lines().skip_while(|line| !line.contains("| depends on |")).skip(2);
    rows.take_while(|line| line.starts_with('|'))
        .filter_map(|line| {
            let mut cells = line.split('|').skip(1).map(quoted);
            Some((cells.next()?.pop_first()?, cells.next()?))
        })
        .collect()
}

fn quoted(cell: &str) -> BTreeSet<String> {
    cell.split('`').skip(1).step_by(2).map(str::to_owned).collect()
}

/// The edges in the manifests; what only tests need is not counted.
fn built(workspace: &Workspace) -> Result<Edges> {
    let metadata = workspace.metadata()?;
    let packages = metadata["packages"].as_array().context("no packages")?;
    let mut edges = Edges::new();
    for package in packages {
        let name = package["name"].as_str().context("a package without a name")?;
        let needs = package["dependencies"].as_array().context("no dependencies")?;
        let inside = needs.iter().filter(|need| need["kind"].is_null() && !need["path"].is_null());
        let inside = inside.filter_map(|need| need["name"].as_str().map(str::to_owned));
        edges.insert(name.to_owned(), inside.collect());
    }
    Ok(edges)
}

#[test]
fn table_is_read_by_its_heading() {
    let text = "\
| crate | depends on | what |
|---|---|---|
| `text` | | spans |
| `tag` | `text`, `dates` | mentions of `PER` |

| other | table |
";
    let planned = planned(text);
    assert_eq!(planned.len(), 2);
    assert!(planned["text"].is_empty());
    assert_eq!(planned["tag"], BTreeSet::from(["text".to_owned(), "dates".to_owned()]));
}
