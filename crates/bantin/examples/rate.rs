//! Bytes of text a second that one stage makes layers of, in memory and on one core:
//! `cargo run --release -p bantin --example rate -- clean|segment|tag FILE…` reads JSON Lines of
//! records (`.jsonl`) and plain text files, each one document, and annotates all of them again and
//! again; the fastest round counts. `ROUNDS` says how often, five times if not.

use std::time::Instant;

use bantin_clean::Cleaner;
use bantin_document::{Document, Fields, Record};
use bantin_segment::Segmenter;
use bantin_tag::Tagger;

fn main() {
    let mut arguments = std::env::args().skip(1);
    let stage = arguments.next().unwrap_or_default();
    let documents: Vec<Document> = arguments.flat_map(read).collect();
    match stage.as_str() {
        "clean" => {
            let stage = Cleaner::default();
            let mut worker = stage.worker();
            time(documents, |document| worker.annotate(document));
        }
        "segment" => {
            let stage = Segmenter::default();
            let mut worker = stage.worker();
            time(documents, |document| worker.annotate(document));
        }
        "tag" => {
            let stage = Tagger::default();
            let mut worker = stage.worker();
            time(documents, |document| worker.annotate(document));
        }
        _ => panic!("the first argument is the stage: clean, segment or tag"),
    }
}

fn read(path: String) -> Vec<Document> {
    let text = std::fs::read_to_string(&path).expect("a text file");
    if !path.ends_with(".jsonl") {
        return vec![Document::new(path, text)];
    }
    let records = text.lines().filter_map(|line| Record::parse(line, &Fields::default()).ok());
    let document = |record| match record {
        Record::Document(document) => Some(document),
        Record::Error(_) => None,
    };
    records.filter_map(document).collect()
}

#[expect(clippy::print_stdout, reason = "prints its one figure")]
fn time(mut documents: Vec<Document>, mut annotate: impl FnMut(&mut Document)) {
    let bytes: usize = documents.iter().map(|d| d.text.len()).sum();
    let rounds = std::env::var("ROUNDS").ok().and_then(|rounds| rounds.parse().ok()).unwrap_or(5);
    let mut best = f64::MAX;
    for _ in 0..rounds {
        let start = Instant::now();
        documents.iter_mut().for_each(&mut annotate);
        best = best.min(start.elapsed().as_secs_f64());
    }
    let rate = bytes as f64 / best / 1e6;
    println!("{rate:.1} MB/s over {} documents, {bytes} bytes", documents.len());
}
