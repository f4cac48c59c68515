//! `eval`: the stages scored against the gold data in `../shared/gold`, and the committed floors
//! that no figure may sink below.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, ensure};
use clap::Args;
use serde::{Deserialize, Serialize};
use serde_json::Value;
use sha2::{Digest, Sha256};
use xshell::cmd;

use crate::run::{Stage, chain};
use crate::workspace::{Workspace, pipe};

/// Where the floors are kept, from the root.
const BASELINE: &str = "fixtures/gold/baseline.json";

/// One call of the scorer.
struct Measure {
    /// What is measured, unique; the key in the floors.
    name: &'static str,
    /// The scorer's word for it.
    scorer: &'static str,
    /// The gold file, from the gold folder.
    gold: &'static str,
    /// The stages that run on its texts.
    stages: (Stage, Stage),
    /// The figures that have floors: paths into the scorer's object. More is better in all of them.
    figures: &'static [&'static str],
}

const CLEAN: (Stage, Stage) = (Stage::Clean, Stage::Clean);
const SEGMENT: (Stage, Stage) = (Stage::Segment, Stage::Segment);
const SENTENCES: (Stage, Stage) = (Stage::Clean, Stage::Segment);
const ALL: (Stage, Stage) = (Stage::Clean, Stage::Tag);

const ZONES: &[&str] = &["/keep/r", "/drop/f1", "/perfect_pct", "/label_accuracy"];
const GLUE: &[&str] = &["/glue/f1"];
const BREAKS: &[&str] = &["/spans/f1", "/boundaries_inside_lines/f1"];
const WORDS: &[&str] = &["/all/f1", "/multi/f1"];
const ENTITIES: &[&str] = &[
    "/flat all/f1",
    "/flat PER/f1",
    "/flat ORG/f1",
    "/flat LOC/f1",
    "/nested TITLE/f1",
    "/nested EVENT/f1",
    "/nested AGR/f1",
];
const DATES: &[&str] = &["/spans/f1", "/values/pct"];
const IDENTITY: &[&str] = &["/b3 PER/f1", "/b3 ORG/f1", "/holders/pct"];
const EVENTS: &[&str] = &["/events/f1", "/statements/f1", "/modality/right", "/date/right"];

const SEEDS: &str = "seeds/zones.jsonl";
const SEED_SENTENCES: &str = "seeds/sentences.jsonl";
const ANNOTATED: &str = "seeds/annotations.001-004.jsonl";
const DEV: &str = "zones.dev.jsonl";
const GLUED: &str = "glue.dev.jsonl";
const PLAIN_WORDS: &str = "segment.dev.plain.jsonl";
const GLUED_WORDS: &str = "segment.dev.glued.jsonl";

/// Files that the models learn from are not here, for a score on them says little. The exception
/// is `zones, seen`: the model that is shipped has learned from that file too, so its floor only
/// catches what is broken; docs/models/zones.md has the scores of models that had not seen it.
#[rustfmt::skip]
const MEASURES: &[Measure] = &[
    Measure { name: "zones, seeds", scorer: "zones", gold: SEEDS, stages: CLEAN, figures: ZONES },
    Measure { name: "zones, seen", scorer: "zones", gold: DEV, stages: CLEAN, figures: ZONES },
    Measure { name: "glue, seeds", scorer: "glue", gold: SEEDS, stages: CLEAN, figures: GLUE },
    Measure { name: "glue, dev", scorer: "glue", gold: DEV, stages: CLEAN, figures: GLUE },
    Measure { name: "glue, all glued", scorer: "glue", gold: GLUED, stages: CLEAN, figures: GLUE },
    Measure { name: "sentences, seeds", scorer: "sentences", gold: SEED_SENTENCES, stages: SENTENCES, figures: BREAKS },
    Measure { name: "sentences, plain", scorer: "sentences", gold: PLAIN_WORDS, stages: SEGMENT, figures: BREAKS },
    Measure { name: "sentences, glued", scorer: "sentences", gold: GLUED_WORDS, stages: SEGMENT, figures: BREAKS },
    Measure { name: "words, plain", scorer: "words", gold: PLAIN_WORDS, stages: SEGMENT, figures: WORDS },
    Measure { name: "words, glued", scorer: "words", gold: GLUED_WORDS, stages: SEGMENT, figures: WORDS },
    Measure { name: "entities, seeds", scorer: "entities", gold: ANNOTATED, stages: ALL, figures: ENTITIES },
    Measure { name: "dates, seeds", scorer: "dates", gold: ANNOTATED, stages: ALL, figures: DATES },
    Measure { name: "identity, seeds", scorer: "identity", gold: ANNOTATED, stages: ALL, figures: IDENTITY },
    Measure { name: "events, seeds", scorer: "events", gold: ANNOTATED, stages: ALL, figures: EVENTS },
];

/// The committed floors.
#[derive(Default, Serialize, Deserialize)]
struct Baseline {
    /// SHA-256 of each gold file that the floors were measured on.
    gold: BTreeMap<String, String>,
    /// Measure, figure, floor.
    floors: BTreeMap<String, BTreeMap<String, f64>>,
    /// Why a floor was lowered, until it is reached again: measure and figure, reason.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    lowered: BTreeMap<String, Lowered>,
}

/// A floor that once was higher.
#[derive(Serialize, Deserialize)]
struct Lowered {
    from: f64,
    reason: String,
}

#[derive(Args, Default)]
pub(crate) struct Eval {
    /// Raise the floors to what is measured now.
    #[arg(long)]
    update: bool,
    /// With --update: lower floors too, and keep this reason beside them.
    #[arg(long, value_name = "REASON", requires = "update")]
    allow_regression: Option<String>,
    /// Only measures whose name begins so: `zones`.
    #[arg(long, default_value = "")]
    only: String,
    /// Print the scorer's N commonest errors of each measure.
    #[arg(long, value_name = "N")]
    show: Option<u32>,
}

impl Eval {
    pub(crate) fn start(self, workspace: &Workspace) -> Result<()> {
        let Some(gold) = workspace.shared().map(|shared| shared.join("gold")) else {
            println!("eval: skipped, the gold data is not there: ../shared/gold");
            return Ok(());
        };
        let bantin = workspace.build("bantin", "fast")?;
        let folder = bantin.with_file_name("eval");
        std::fs::create_dir_all(&folder)?;
        let mut baseline = read_baseline(&workspace.root.join(BASELINE))?;
        let (bantin, made) = (bantin.display().to_string(), BTreeSet::new());
        let mut outputs = Outputs { workspace, bantin, gold, folder, made };

        let measures: Vec<_> =
            MEASURES.iter().filter(|measure| measure.name.starts_with(&self.only)).collect();
        for measure in &measures {
            outputs.check_digest(measure.gold, &mut baseline, self.update)?;
            outputs.records(measure)?;
        }
        let mut sunk = Vec::new();
        println!("{:<18} {:<26} {:>8} {:>8}", "measure", "figure", "floor", "now");
        for measure in measures {
            let scores: Value = serde_json::from_str(&outputs.scorer(measure, &["--json"])?)?;
            let floors = baseline.floors.entry(measure.name.into()).or_default();
            for figure in measure.figures {
                let label = figure.trim_start_matches('/').replace('/', " ");
                let now = scores.pointer(figure).and_then(Value::as_f64);
                let now = now.with_context(|| format!("{}: no {figure}", measure.name))?;
                let floor = floors.get(&label).copied();
                let sinks = floor.is_some_and(|floor| now < floor);
                let shown = floor.map_or("-".into(), |floor| format!("{floor:.2}"));
                let remark = if sinks { "  sinks" } else { "" };
                println!("{:<18} {label:<26} {shown:>8} {now:>8.2}{remark}", measure.name);
                let key = format!("{} {label}", measure.name);
                match (&self.allow_regression, floor) {
                    (Some(reason), Some(from)) if sinks => {
                        let lowered = baseline.lowered.entry(key);
                        lowered.or_insert(Lowered { from, reason: reason.clone() });
                        floors.insert(label, now);
                    }
                    _ if sinks => sunk.push(format!("{key}: {now:.2}, floor {shown}")),
                    _ if self.update => {
                        if baseline.lowered.get(&key).is_some_and(|lowered| now >= lowered.from) {
                            baseline.lowered.remove(&key);
                        }
                        floors.insert(label, now);
                    }
                    _ => {}
                }
            }
            self.show_errors(&outputs, measure)?;
        }
        if self.update {
            let text = serde_json::to_string_pretty(&baseline)? + "\n";
            workspace.shell.write_file(BASELINE, text)?;
            println!("{BASELINE} is written");
        }
        ensure!(sunk.is_empty(), "floors that sink:\n  {}", sunk.join("\n  "));
        Ok(())
    }

    fn show_errors(&self, outputs: &Outputs<'_>, measure: &Measure) -> Result<()> {
        let Some(n) = self.show else { return Ok(()) };
        let n = n.to_string();
        println!("{}", outputs.scorer(measure, &["--show", &n])?);
        Ok(())
    }
}

fn read_baseline(path: &Path) -> Result<Baseline> {
    if !path.is_file() {
        return Ok(Baseline::default());
    }
    let text = std::fs::read_to_string(path)?;
    serde_json::from_str(&text).with_context(|| path.display().to_string())
}

/// The records of the gold texts, made once per gold file and stages.
struct Outputs<'w> {
    workspace: &'w Workspace,
    bantin: String,
    gold: PathBuf,
    folder: PathBuf,
    /// Which are of this run.
    made: BTreeSet<PathBuf>,
}

impl Outputs<'_> {
    /// Floors hold for the gold data they were measured on and for no other.
    fn check_digest(&self, gold: &str, baseline: &mut Baseline, update: bool) -> Result<()> {
        let digest = sha256(&std::fs::read(self.gold.join(gold)).with_context(|| gold.to_owned())?);
        let known = baseline.gold.entry(gold.into()).or_insert_with(|| digest.clone());
        if update {
            *known = digest;
        } else {
            ensure!(
                *known == digest,
                "{gold} is not the file that the floors were measured on; \
                 look at the figures and set new floors: cargo xtask eval --update"
            );
        }
        Ok(())
    }

    fn scorer(&self, measure: &Measure, options: &[&str]) -> Result<String> {
        let (script, gold) = (self.gold.join("score.py"), self.gold.join(measure.gold));
        let (what, records) = (measure.scorer, self.path(measure));
        let shell = &self.workspace.shell;
        Ok(cmd!(shell, "python3 {script} {what} {gold} {records} {options...}").quiet().read()?)
    }

    /// Where the records of a measure's texts are, behind its last stage.
    fn path(&self, measure: &Measure) -> PathBuf {
        let (from, to) = measure.stages;
        let stem = measure.gold.trim_end_matches(".jsonl").replace('/', ".");
        self.folder.join(format!("{stem}.{}-{}.jsonl", from.as_str(), to.as_str()))
    }

    fn records(&mut self, measure: &Measure) -> Result<()> {
        let output = self.path(measure);
        if !self.made.insert(output.clone()) {
            return Ok(());
        }
        let texts = output.with_extension("texts.jsonl");
        let (script, gold) = (self.gold.join("score.py"), self.gold.join(measure.gold));
        let lines = cmd!(self.workspace.shell, "python3 {script} texts {gold}").quiet().output()?;
        std::fs::write(&texts, lines.stdout)?;
        let (from, to) = measure.stages;
        let commands = chain(&self.bantin, from, to, &[texts.display().to_string()]);
        ensure!(pipe(&commands, Some(&output))?, "{} has error records", output.display());
        Ok(())
    }
}

/// SHA-256 in hexadecimal.
pub(crate) fn sha256(bytes: &[u8]) -> String {
    Sha256::digest(bytes).iter().map(|byte| format!("{byte:02x}")).collect()
}
