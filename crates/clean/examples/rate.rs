//! Bytes of text a second on one core: `cargo run --release -p bantin-clean --example rate -- FILE…`
//! reads plain text files, each one document, and cleans all of them again and again.

use std::time::Instant;

use bantin_clean::Cleaner;
use bantin_document::Document;

#[expect(clippy::print_stdout, reason = "prints its one figure")]
fn main() {
    let mut documents: Vec<Document> = std::env::args()
        .skip(1)
        .map(|path| {
            Document::new(path.clone(), std::fs::read_to_string(&path).expect("a text file"))
        })
        .collect();
    let bytes: usize = documents.iter().map(|d| d.text.len()).sum();
    let cleaner = Cleaner::default();
    let mut worker = cleaner.worker();
    let mut rounds = 0;
    let start = Instant::now();
    while start.elapsed().as_secs() < 3 {
        documents.iter_mut().for_each(|document| worker.annotate(document));
        rounds += 1;
    }
    let rate = (bytes * rounds) as f64 / start.elapsed().as_secs_f64() / 1e6;
    println!("{rate:.1} MB/s over {} documents, {bytes} bytes", documents.len());
}
