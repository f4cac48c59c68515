//! Parts of the documents that a model is asked about and has not learned from.

use std::path::PathBuf;

use anyhow::Result;
use bantin_clean::training::{self, Sequences};
use bantin_document::Document;

use super::chain::in_paragraphs;
use super::gold::Gold;
use super::score::Score;
use super::{Args, report};
use crate::trees::Rows;

/// Parts that the documents are dealt into.
pub(crate) const FOLDS: usize = 5;

/// The documents whose numbers in their files are wanted.
pub(crate) fn part(gold: &[(PathBuf, Vec<Gold>)], wanted: impl Fn(usize) -> bool) -> Vec<&Gold> {
    let files = gold.iter().flat_map(|(_, documents)| documents.iter().enumerate());
    files.filter(|(i, _)| wanted(*i)).map(|(_, document)| document).collect()
}

/// How much the copy of a document in paragraphs counts for the trees.
const COPIES: f32 = 0.3;

/// What the trees learn from: the pieces that a chain is in doubt of.
pub(crate) fn doubts(chain: &[u8], documents: &[&Gold], args: &Args) -> Result<Rows> {
    let cleaner = training::cleaner(chain, [0.5, 0.5])?;
    let mut sequences = Sequences::new(&cleaner);
    let mut rows = Rows::default();
    let mut random = 11;
    let mut read = |sequences: &mut Sequences<'_>, document: &Gold, weight: f32| {
        sequences.doubts(&document.text, &|at| document.kind_at(at), &mut |facts, noise| {
            rows.push(facts, noise, weight);
        });
    };
    for document in documents {
        let weight = if document.is_ours { args.labels_weight } else { 1.0 };
        read(&mut sequences, document, weight);
        if let Some(copy) = in_paragraphs(&mut sequences, document, &mut random) {
            read(&mut sequences, &copy, weight * COPIES);
        }
    }
    Ok(rows)
}

/// Scores each part of the documents by the model of the others.
pub(crate) fn cross_validate(
    gold: &[(PathBuf, Vec<Gold>)],
    args: &Args,
    models: impl Iterator<Item = Vec<u8>>,
) -> Result<()> {
    // A row a file, and one for each shape of page in the gold.
    let files = gold.iter().map(|(path, _)| path.display().to_string());
    let names: Vec<String> =
        files.chain(["gold of three lines", "gold of many lines"].map(str::to_owned)).collect();
    let mut scores = vec![vec![Score::default(); names.len()]; args.caption.len()];
    let mut surprises = [(0.0, 0); 2];
    for (fold, bytes) in models.enumerate() {
        let held: Vec<(usize, &Gold)> = gold
            .iter()
            .enumerate()
            .flat_map(|(file, (_, documents))| {
                documents.iter().skip(fold).step_by(FOLDS).map(move |document| (file, document))
            })
            .collect();
        for (caption, scores) in args.caption.iter().zip(&mut scores) {
            let cleaner = training::cleaner(&bytes, [*caption, args.other])?;
            let mut worker = cleaner.worker();
            for &(file, document) in &held {
                let mut record = Document::new(document.id.clone(), document.text.clone());
                worker.annotate(&mut record);
                scores[file].add(document, &record, args.errors);
                if !document.is_ours {
                    let many = document.text.lines().filter(|l| !l.trim().is_empty()).count() > 3;
                    scores[gold.len() + usize::from(many)].add(document, &record, false);
                }
            }
        }
        let cleaner = training::cleaner(&bytes, [0.5, 0.5])?;
        let mut sequences = Sequences::new(&cleaner);
        for (_, document) in &held {
            let found = sequences.surprise(&document.text, &|at| document.kind_at(at));
            let surprise = &mut surprises[usize::from(document.is_ours)];
            *surprise = (surprise.0 + found.0, surprise.1 + found.1);
        }
    }
    for (caption, scores) in args.caption.iter().zip(&scores) {
        for (name, score) in names.iter().zip(scores) {
            report(&format!("cross-validated, captions from {caption}, {name}: {score}"));
        }
    }
    let [gold, ours] = surprises.map(|(sum, bytes)| sum / bytes as f64 * 1e3);
    report(&format!("surprise {gold:.3} thousandths a byte of gold, {ours:.3} of labels"));
    Ok(())
}
