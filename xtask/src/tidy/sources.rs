//! Rust files: every module says what it is for, no work is left open, and the stages are pure.

use anyhow::Result;

use crate::workspace::Workspace;

/// Crates whose functions see only their arguments: no files, environment, clock, threads, printing.
const PURE: &[&str] =
    &["text", "document", "crf", "clean", "segment", "dates", "names", "tag", "report"];

/// What reaches out of a function. Macros of the compiler (`include_bytes!`, `env!`) do not.
const WORLD: &[&str] = &[
    "std::fs",
    "std::env",
    "std::time",
    "std::thread",
    "std::net",
    "std::process",
    "io::stdin",
    "io::stdout",
    "io::stderr",
    "println!(",
    "print!(",
    "dbg!(",
];

/// What stands for work that is not done; in halves, so that this file has none.
const LEFT_OPEN: &[[&str; 2]] =
    &[["TO", "DO"], ["todo", "!("], ["unimplemented", "!("], ["#[ign", "ore"]];

pub(super) fn check(workspace: &Workspace, problems: &mut Vec<String>) -> Result<()> {
    let mut files = workspace.files("crates", ".rs")?;
    files.extend(workspace.files("xtask", ".rs")?);
    for path in files {
        let text = std::fs::read_to_string(workspace.root.join(&path))?;
        let path = path.display().to_string().replace('\\', "/");
        if !text.starts_with("//! ") {
            problems.push(format!("{path}: does not open with `//!` and what it is for"));
        }
        for left in LEFT_OPEN.iter().filter(|left| text.contains(&left.concat())) {
            problems.push(format!("{path}: {} is work left open", left.concat()));
        }
        let in_stage = PURE.iter().any(|name| path.starts_with(&format!("crates/{name}/src/")));
        if in_stage {
            problems.extend(impure(&text).map(|(line, what)| {
                format!("{path}:{line}: {what} in a stage; only the engine and the command see the world")
            }));
        }
    }
    Ok(())
}

/// Lines of the program, not of its comments or unit tests, that reach out.
fn impure(text: &str) -> impl Iterator<Item = (usize, &'static str)> {
    let program = text.lines().take_while(|line| !line.starts_with("#[cfg(test)]"));
    program.enumerate().filter_map(|(idx, line)| {
        let code = line.split("//").next().unwrap_or(line);
        WORLD.iter().find(|what| code.contains(**what)).map(|what| (idx + 1, *what))
    })
}

#[test]
fn world_is_seen_in_code_only() {
    let text =
        "//! Not std::fs.\nuse std::fs;\nfn f() {} // std::env\n#[cfg(test)]\nuse std::time;\n";
    assert_eq!(impure(text).collect::<Vec<_>>(), [(2, "std::fs")]);
}
