//! `tidy`: what the house promises and no compiler checks. Runs as a test, too.

mod edges;
mod files;
mod sources;

use anyhow::{Result, ensure};

use crate::workspace::Workspace;

pub(crate) fn start(workspace: &Workspace) -> Result<()> {
    let problems = problems(workspace)?;
    for problem in &problems {
        println!("{problem}");
    }
    ensure!(problems.is_empty(), "tidy: {} problems", problems.len());
    println!("tidy: nothing to say");
    Ok(())
}

/// Everything that is not as it should be, one sentence each.
fn problems(workspace: &Workspace) -> Result<Vec<String>> {
    let mut problems = Vec::new();
    edges::check(workspace, &mut problems)?;
    sources::check(workspace, &mut problems)?;
    files::check(workspace, &mut problems)?;
    Ok(problems)
}

#[test]
fn nothing_to_tidy() {
    let problems = problems(&Workspace::open().expect("the workspace opens")).expect("all is read");
    assert!(problems.is_empty(), "{}", problems.join("\n"));
}
