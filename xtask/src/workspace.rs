//! Where things are, and how a task builds and runs the commands of the workspace.

use std::fs::File;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use anyhow::{Context, Result, bail, ensure};
use xshell::{Shell, cmd};

/// The root of the workspace, with a shell that stands in it.
pub(crate) struct Workspace {
    pub(crate) shell: Shell,
    pub(crate) root: PathBuf,
}

impl Workspace {
    /// The workspace that this task was compiled in.
    pub(crate) fn open() -> Result<Workspace> {
        let root = Path::new(env!("CARGO_MANIFEST_DIR")).parent().context("xtask has no parent")?;
        let shell = Shell::new()?;
        shell.change_dir(root);
        // The stages and their children run in the root as well, wherever cargo was called.
        std::env::set_current_dir(root)?;
        Ok(Workspace { shell, root: root.to_owned() })
    }

    /// What `cargo metadata` says of the members, without their dependencies' sources.
    pub(crate) fn metadata(&self) -> Result<serde_json::Value> {
        let json =
            cmd!(self.shell, "cargo metadata --no-deps --format-version 1").quiet().read()?;
        Ok(serde_json::from_str(&json)?)
    }

    /// Where cargo puts what it builds, from the root where it is below it.
    pub(crate) fn target(&self) -> Result<PathBuf> {
        let metadata = self.metadata()?;
        let target = metadata["target_directory"].as_str().context("no target directory")?;
        let target = Path::new(target);
        Ok(target.strip_prefix(&self.root).unwrap_or(target).to_owned())
    }

    /// Builds `package`'s command with `profile` and gives its path.
    pub(crate) fn build(&self, package: &str, profile: &str) -> Result<PathBuf> {
        cmd!(self.shell, "cargo build --profile {profile} --package {package}").run()?;
        let folder = if profile == "dev" { "debug" } else { profile };
        let built = self.target()?.join(folder).join(package);
        Ok(built.with_extension(std::env::consts::EXE_EXTENSION))
    }

    /// All files below `folder` whose name ends with `ending`, from the root, sorted.
    pub(crate) fn files(&self, folder: &str, ending: &str) -> Result<Vec<PathBuf>> {
        let mut found = Vec::new();
        let mut folders = vec![PathBuf::from(folder)];
        while let Some(folder) = folders.pop() {
            let entries = std::fs::read_dir(self.root.join(&folder));
            for entry in entries.with_context(|| folder.display().to_string())? {
                let entry = entry?;
                let path = folder.join(entry.file_name());
                if entry.file_type()?.is_dir() {
                    folders.push(path);
                } else if path.to_string_lossy().ends_with(ending) {
                    found.push(path);
                }
            }
        }
        found.sort();
        Ok(found)
    }

    /// The folder of gold and training data beside the checkout, where there is one.
    pub(crate) fn shared(&self) -> Option<PathBuf> {
        let shared = Path::new("../shared");
        self.root.join(shared).is_dir().then(|| shared.to_owned())
    }
}

/// Runs `commands` as a shell pipeline, the last one's output into `output` or the terminal.
///
/// All of them are waited for; the first one that failed is named. A stage's exit code 1 says
/// that some records are error records: the pipeline goes on and the caller is told `false`.
pub(crate) fn pipe(commands: &[Vec<String>], output: Option<&Path>) -> Result<bool> {
    let line = commands.iter().map(|words| words.join(" ")).collect::<Vec<_>>().join(" | ");
    match output {
        Some(path) => eprintln!("$ {line} > {}", path.display()),
        None => eprintln!("$ {line}"),
    }
    let mut children = Vec::new();
    let mut input = Stdio::inherit();
    for (idx, words) in commands.iter().enumerate() {
        let (program, arguments) = words.split_first().context("an empty command")?;
        let stdout = match output {
            _ if idx + 1 < commands.len() => Stdio::piped(),
            Some(path) => File::create(path).with_context(|| path.display().to_string())?.into(),
            None => Stdio::inherit(),
        };
        let mut command = Command::new(program);
        command.args(arguments).stdin(input).stdout(stdout);
        let mut child = command.spawn().with_context(|| format!("cannot start {program}"))?;
        input = child.stdout.take().map_or_else(Stdio::null, Stdio::from);
        children.push((words, child));
    }
    let mut all_fine = true;
    for (words, child) in &mut children {
        let status = child.wait()?;
        match status.code() {
            Some(0) => {}
            Some(1) => all_fine = false,
            _ => bail!("{} ended with {status}", words.join(" ")),
        }
    }
    ensure!(!children.is_empty(), "no command to run");
    Ok(all_fine)
}
