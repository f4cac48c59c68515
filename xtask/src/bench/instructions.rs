//! Instructions per byte, which do not depend on what else the machine does.

use std::collections::BTreeMap;
use std::path::Path;

use anyhow::{Context, Result, ensure};
use xshell::cmd;

use crate::workspace::Workspace;

/// Where the counts are kept, from the root.
const COUNTS: &str = "fixtures/bench/instructions.json";

/// How much a count may grow before it is a slowdown, in percent. Hashing with random keys and
/// another patch of the compiler stay below it.
const TOLERANCE: f64 = 3.0;

/// Counts the instructions that each stage spends on the seeds, without its start, and compares
/// them with the committed counts; `update` writes those.
pub(super) fn count(
    workspace: &Workspace,
    bantin: &Path,
    short: &Path,
    update: bool,
) -> Result<()> {
    let text = std::fs::read_to_string(workspace.root.join(COUNTS)).unwrap_or("{}".into());
    let known: BTreeMap<String, f64> = serde_json::from_str(&text).context(COUNTS)?;
    let seeds = workspace.files("seeds", ".txt")?;
    let mut bytes = 0.0;
    for seed in &seeds {
        bytes += std::fs::metadata(seed)?.len() as f64;
    }
    let mut counts = BTreeMap::new();
    let mut slower = Vec::new();
    println!("{:<10} {:>8} {:>8}   instructions per byte of the seeds", "stage", "known", "now");
    for stage in ["clean", "segment", "tag"] {
        let whole = instructions(workspace, bantin, stage, Path::new("seeds"))?;
        let start = instructions(workspace, bantin, stage, short)?;
        let now = ((whole - start) / bytes * 10.0).round() / 10.0;
        let before = known.get(stage).copied();
        println!("{stage:<10} {:>8} {now:>8.1}", before.map_or("-".into(), |n| format!("{n:.1}")));
        if before.is_some_and(|before| now > before * (1.0 + TOLERANCE / 100.0)) {
            slower.push(stage);
        }
        counts.insert(stage, now);
    }
    if update {
        workspace.shell.write_file(COUNTS, serde_json::to_string_pretty(&counts)? + "\n")?;
        println!("{COUNTS} is written");
        return Ok(());
    }
    ensure!(slower.is_empty(), "slower than {COUNTS} says: {}", slower.join(", "));
    Ok(())
}

fn instructions(workspace: &Workspace, bantin: &Path, stage: &str, input: &Path) -> Result<f64> {
    let log = bantin.with_file_name("callgrind.log");
    cmd!(
        workspace.shell,
        "valgrind --tool=callgrind --callgrind-out-file=/dev/null --log-file={log}
            {bantin} {stage} --quiet --threads 1 {input}"
    )
    .ignore_stdout()
    .run()?;
    let log = std::fs::read_to_string(log)?;
    let collected = log.lines().find_map(|line| line.split("Collected : ").nth(1));
    collected.and_then(|n| n.trim().parse().ok()).context("callgrind tells no count")
}
