//! Files: what stands at the top, the seeds byte for byte, fixtures of our own, the schema, models.

use std::collections::{BTreeSet, HashMap};
use std::path::Path;

use anyhow::Result;
use xshell::cmd;

use crate::eval::sha256;
use crate::schema;
use crate::workspace::Workspace;

/// What may stand at the top level, beside dotfiles.
const TOP: &[&str] = &[
    "ARCHITECTURE.md",
    "CHANGELOG.md",
    "CONTRIBUTING.md",
    "Cargo.lock",
    "Cargo.toml",
    "LICENSE-APACHE",
    "LICENSE-MIT",
    "README.md",
    "crates",
    "docs",
    "fixtures",
    "out",
    "seeds",
    "target",
    "xtask",
];

/// The seeds as they came. They are evidence: nobody edits them.
const SEEDS: [(&str, &str); 5] = [
    (
        "000_4adbd925e9112fe5.txt",
        "dc1346808fd82df2ffb2bee58e4a20a171b79623c22ab7d523b0a02cd3e263be",
    ),
    (
        "001_b329b00e8bcc5d6e.txt",
        "37b152b2810349f1c230fdcb1527382f64dd413fff53d7c64b5d2220af94c256",
    ),
    (
        "002_dffe5405633b3fb6.txt",
        "3c6d876304172c94015663b87eb41096882c1a7a6fd10142c2fdd81f76b144a2",
    ),
    (
        "003_b6445f5f50f40e59.txt",
        "e52e154e345d0217ba27c4239fed1686d8497b73eef6abfa6b854a9bd157a268",
    ),
    (
        "004_fdbe3437043d984e.txt",
        "e6e05d8b2eb71f1f325955f52480e31b0dcd95b1223153632dcaa125b4038102",
    ),
];

/// Characters in a row that a fixture may share with a text of the gold data: stock phrases and
/// long offices reach forty, sentences go past sixty.
const SHARED_RUN: usize = 60;

/// Most bytes of a model.
const LARGEST_MODEL: u64 = 6 << 20;

pub(super) fn check(workspace: &Workspace, problems: &mut Vec<String>) -> Result<()> {
    top_level(workspace, problems)?;
    seeds(&workspace.root, problems)?;
    schema(&workspace.root, problems);
    models(workspace, problems)?;
    no_machine(workspace, problems)?;
    provenance(workspace, problems)
}

fn top_level(workspace: &Workspace, problems: &mut Vec<String>) -> Result<()> {
    for entry in std::fs::read_dir(&workspace.root)? {
        let name = entry?.file_name().to_string_lossy().into_owned();
        if !name.starts_with('.') && !TOP.contains(&name.as_str()) {
            problems.push(format!("{name}: does not belong at the top level"));
        }
    }
    Ok(())
}

fn seeds(root: &Path, problems: &mut Vec<String>) -> Result<()> {
    let folder = root.join("seeds");
    for entry in std::fs::read_dir(&folder)? {
        let name = entry?.file_name().to_string_lossy().into_owned();
        if !SEEDS.iter().any(|(seed, _)| *seed == name) {
            problems.push(format!("seeds/{name}: is no seed; fixtures/ is the place for inputs"));
        }
    }
    for (name, digest) in SEEDS {
        if std::fs::read(folder.join(name)).ok().is_none_or(|bytes| sha256(&bytes) != digest) {
            problems.push(format!("seeds/{name}: is not the seed as it came"));
        }
    }
    Ok(())
}

fn schema(root: &Path, problems: &mut Vec<String>) {
    let committed = std::fs::read_to_string(root.join(schema::PATH)).unwrap_or_default();
    if committed != schema::current() {
        let path = schema::PATH;
        problems.push(format!("{path}: is not what the record's types say; cargo xtask schema"));
    }
}

/// Every model says in docs/models what it was learned from, and stays small enough to be shipped.
fn models(workspace: &Workspace, problems: &mut Vec<String>) -> Result<()> {
    let mut cards = String::new();
    for card in workspace.files("docs", ".md")? {
        if card.starts_with("docs/models") {
            cards += &std::fs::read_to_string(workspace.root.join(card))?;
        }
    }
    for model in workspace.files("crates", ".bin")? {
        let path = model.display();
        if std::fs::metadata(workspace.root.join(&model))?.len() > LARGEST_MODEL {
            problems.push(format!("{path}: larger than {LARGEST_MODEL} bytes"));
        }
        if !cards.contains(&path.to_string()) {
            problems.push(format!("{path}: no card in docs/models names it"));
        }
    }
    Ok(())
}

/// Nothing committed names the machine it was made on, and all packages come from one place.
fn no_machine(workspace: &Workspace, problems: &mut Vec<String>) -> Result<()> {
    let root = workspace.root.display().to_string();
    let listed = cmd!(workspace.shell, "git ls-files -z").quiet().ignore_stderr().read();
    let listed = listed.unwrap_or_default(); // an unpacked archive has no index
    for path in listed.split('\0').filter(|path| !path.is_empty()) {
        let Ok(text) = std::fs::read_to_string(workspace.root.join(path)) else { continue };
        if text.contains(&root) {
            problems.push(format!("{path}: names this checkout's folder, {root}"));
        }
    }
    let lock = std::fs::read_to_string(workspace.root.join("Cargo.lock"))?;
    let sources: BTreeSet<&str> =
        lock.lines().filter(|line| line.starts_with("source = ")).collect();
    if sources.len() > 1 {
        problems.push(format!("Cargo.lock: packages of several sources, {sources:?}"));
    }
    Ok(())
}

/// Fixtures are written for this project. Where the gold data is at hand, no fixture shares a
/// long run of characters with it.
fn provenance(workspace: &Workspace, problems: &mut Vec<String>) -> Result<()> {
    let Some(gold) = workspace.shared().map(|shared| shared.join("gold")) else { return Ok(()) };
    let mut runs = HashMap::new();
    let fixtures = workspace.files("fixtures", ".txt")?;
    for (idx, path) in fixtures.iter().enumerate() {
        let text = std::fs::read_to_string(workspace.root.join(path)).unwrap_or_default();
        for_each_run(&text, |run| {
            runs.insert(run, idx);
        });
    }
    let mut copied = vec![false; fixtures.len()];
    for entry in std::fs::read_dir(gold)? {
        let path = entry?.path();
        if path.extension().is_some_and(|extension| extension == "jsonl") {
            for line in std::fs::read_to_string(path)?.split('\n').filter(|line| !line.is_empty()) {
                let document: serde_json::Value = serde_json::from_str(line)?;
                for_each_run(document["text"].as_str().unwrap_or_default(), |run| {
                    if let Some(&idx) = runs.get(&run) {
                        copied[idx] = true;
                    }
                });
            }
        }
    }
    let copies = fixtures.iter().zip(copied).filter(|(_, copied)| *copied);
    problems
        .extend(copies.map(|(path, _)| format!("{}: copied from the gold data", path.display())));
    Ok(())
}

/// A rolling hash of every [`SHARED_RUN`] letters and digits in a row.
fn for_each_run(text: &str, mut each: impl FnMut(u64)) {
    const BASE: u64 = 0x9E37_79B9_7F4A_7C15;
    let letters: Vec<u64> =
        text.chars().filter(|c| c.is_alphanumeric()).map(|c| u64::from(u32::from(c))).collect();
    let leaving = (0..SHARED_RUN).fold(1_u64, |power, _| power.wrapping_mul(BASE));
    let mut hash = 0_u64;
    for (idx, letter) in letters.iter().enumerate() {
        hash = hash.wrapping_mul(BASE).wrapping_add(*letter);
        if idx >= SHARED_RUN {
            hash = hash.wrapping_sub(letters[idx - SHARED_RUN].wrapping_mul(leaving));
        }
        if idx + 1 >= SHARED_RUN {
            each(hash);
        }
    }
}

#[test]
fn equal_runs_have_equal_hashes_wherever_they_stand() {
    let run = "a".repeat(SHARED_RUN / 2) + &"b".repeat(SHARED_RUN - SHARED_RUN / 2);
    let hashes = |text: &str| {
        let mut found = Vec::new();
        for_each_run(text, |hash| found.push(hash));
        found
    };
    assert!(hashes(&format!("trước {run} sau")).contains(&hashes(&run)[0]));
    assert!(!hashes(&"c".repeat(200)).contains(&hashes(&run)[0]));
}
