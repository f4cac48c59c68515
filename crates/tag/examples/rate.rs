//! Bytes of text a second on one core: `cargo run --release -p bantin-tag --example rate -- FILE…`
//! reads JSON Lines of records (`.jsonl`) and plain text files, each one document, and tags all
//! of them again and again; the fastest round counts. `ROUNDS` says how often, five times if not.

use std::time::Instant;

use bantin_document::{Document, Fields, Record};
use bantin_tag::Tagger;

#[expect(clippy::print_stdout, reason = "prints its one figure")]
fn main() {
    let mut documents = Vec::new();
    for path in std::env::args().skip(1) {
        let text = std::fs::read_to_string(&path).expect("a text file");
        if !path.ends_with(".jsonl") {
            documents.push(Document::new(path, text));
            continue;
        }
        for line in text.lines() {
            if let Ok(Record::Document(document)) = Record::parse(line, &Fields::default()) {
                documents.push(document);
            }
        }
    }
    let bytes: usize = documents.iter().map(|d| d.text.len()).sum();
    let tagger = Tagger::default();
    let mut worker = tagger.worker();
    let rounds = std::env::var("ROUNDS").ok().and_then(|rounds| rounds.parse().ok()).unwrap_or(5);
    let mut best = f64::MAX;
    for _ in 0..rounds {
        let start = Instant::now();
        documents.iter_mut().for_each(|document| worker.annotate(document));
        best = best.min(start.elapsed().as_secs_f64());
    }
    let rate = bytes as f64 / best / 1e6;
    println!("{rate:.1} MB/s over {} documents, {bytes} bytes", documents.len());
}
