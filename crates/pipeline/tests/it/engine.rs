//! Stages, panics, limits.

use std::num::NonZeroUsize;
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use bantin_document::{Clean, Document, Segment, Unit};
use bantin_pipeline::{Counts, Engine, Inputs, Stage};

fn threads(n: usize) -> NonZeroUsize {
    NonZeroUsize::new(n).unwrap()
}

/// The lines that these stages make of JSON Lines, with what was counted.
fn lines(stages: Vec<Stage<'_>>, n: usize, input: &str) -> (Vec<String>, Counts) {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("a.jsonl");
    std::fs::write(&path, input).unwrap();
    let inputs = Arc::new(Inputs::find(&[path], None).unwrap());
    let engine = Engine::new(stages, threads(n)).unwrap();
    let (mut bytes, mut counts) = (Vec::new(), Counts::default());
    engine
        .run(&inputs, &Unit::Byte, |output| {
            bytes.extend(output.part);
            counts += output.counts;
            Ok::<(), ()>(())
        })
        .unwrap();
    let text = String::from_utf8(bytes).unwrap();
    let folder = folder.path().display().to_string();
    (text.lines().map(|line| line.replace(&folder, "")).collect(), counts)
}

fn documents(n: usize) -> String {
    (0..n).map(|i| format!("{{\"id\":\"d{i}\",\"text\":\"Bản tin {i}.\"}}\n")).collect()
}

fn picky<'s>(name: &'static str) -> Stage<'s> {
    Stage::new(name, || {
        let mut seen = 0;
        move |document: &mut Document| {
            seen += 1;
            assert!(!document.id.ends_with('7'), "the id {} after {seen}", document.id);
            document.clean = Some(Clean::default());
        }
    })
}

#[test]
fn a_panic_costs_its_document_only() {
    for n in [1, 3] {
        let (lines, counts) = lines(vec![picky("clean")], n, &documents(20));
        assert_eq!((counts.documents, counts.errors), (18, 2));
        assert!(lines[7].starts_with(
            r#"{"schema":"bantin/1","type":"error","stage":"clean","path":"/a.jsonl","line":8,"code":"panic","message":"a bug in clean, please report it: the id d7 after 8 ("#
        ), "{}", lines[7]);
        assert!(lines[7].ends_with(r#")","raw":"Bản tin 7."}"#), "{}", lines[7]);
        assert!(lines[7].contains("(crates/pipeline/tests/it/engine.rs:"), "{}", lines[7]);
        // The worker after a panic is a new one.
        assert!(lines[17].contains("the id d17 after 10"), "{}", lines[17]);
        assert!(lines[8].contains("\"id\":\"d8\""));
    }
}

#[test]
fn a_document_that_failed_reaches_no_later_stage() {
    let reached = AtomicUsize::new(0);
    let later = Stage::new("segment", || {
        |document: &mut Document| {
            reached.fetch_add(1, Ordering::Relaxed);
            document.segment = Some(Segment::default());
        }
    });
    let (_, counts) = lines(vec![picky("clean"), later], 2, &documents(30));
    assert_eq!(counts.errors, 3);
    assert_eq!(reached.into_inner(), 27);
}

#[test]
fn a_thread_hires_one_worker_for_all_its_documents() {
    let hired = AtomicUsize::new(0);
    let stage = Stage::new("clean", || {
        hired.fetch_add(1, Ordering::Relaxed);
        |document: &mut Document| document.clean = Some(Clean::default())
    });
    // Some dozen blocks.
    let (lines, _) = lines(vec![stage], 2, &documents(80_000));
    assert_eq!(lines.len(), 80_000);
    assert!(hired.into_inner() <= 2);
}

#[test]
fn layers_stand_in_the_order_of_the_record() {
    let segment = Stage::new("segment", || |d: &mut Document| d.segment = Some(Segment::default()));
    let (lines, _) = lines(vec![segment, picky("clean")], 1, &documents(1));
    insta::assert_snapshot!(lines[0], @r#"{"schema":"bantin/1","type":"document","id":"d0","source":{"path":"/a.jsonl","line":1},"text":"Bản tin 0.","clean":{"zones":[],"edits":[],"meta":{"title":null,"author":null,"publisher":null,"place":null,"date":null}},"segment":{"paragraphs":[],"sentences":[]}}"#);
}

#[test]
fn a_file_that_vanishes_before_it_is_read_is_an_error_record() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("a.txt");
    std::fs::write(&path, "x").unwrap();
    let inputs = Arc::new(Inputs::find(&[PathBuf::from(&path)], None).unwrap());
    std::fs::remove_file(&path).unwrap();
    let mut codes = Vec::new();
    Engine::new(Vec::new(), threads(1))
        .unwrap()
        .run(&inputs, &Unit::Byte, |output| {
            codes.extend(output.failures.into_iter().map(|failure| failure.code));
            Ok::<(), ()>(())
        })
        .unwrap();
    assert_eq!(codes, [bantin_document::ErrorCode::Unreadable]);
}
