//! Ctrl-C, and being killed.

use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use crate::bench::{Bench, corpus};

fn signal(child: &Child, name: &str) {
    let id = child.id().to_string();
    assert!(Command::new("kill").args([name, &id]).status().unwrap().success());
}

/// Starts a run over two shards of which the second comes slowly, and waits until it is under way.
fn under_way(bench: &Bench) -> Child {
    bench.file("a.jsonl", corpus(2));
    let mut child = bench
        .command("clean a.jsonl - -o out --threads 2")
        .stdin(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .unwrap();
    let stdin = child.stdin.as_mut().unwrap();
    std::io::Write::write_all(stdin, corpus(3_000).as_bytes()).unwrap();
    let start = Instant::now();
    let temporary =
        || bench.names("out").iter().any(|n| n.contains("stdin") && n.ends_with("-tmp"));
    while !bench.path().join("out").exists() || !temporary() {
        assert!(start.elapsed() < Duration::from_secs(60), "it never began");
        std::thread::sleep(Duration::from_millis(10));
    }
    child
}

#[test]
fn an_interrupt_leaves_whole_files_only() {
    for name in ["-INT", "-TERM"] {
        let bench = Bench::new();
        let mut child = under_way(&bench);
        signal(&child, name);
        assert_eq!(child.wait().unwrap().code(), Some(130));
        assert_eq!(bench.names("out"), ["a.jsonl", "a.jsonl.meta.json"]);
    }
}

#[test]
fn a_run_after_a_kill_goes_on_where_it_stopped() {
    let bench = Bench::new();
    let mut child = under_way(&bench);
    signal(&child, "-KILL");
    child.wait().unwrap();
    assert!(bench.names("out").iter().any(|name| name.ends_with("-tmp")));
    let ran = bench.feed("clean a.jsonl - -o out", corpus(3).as_bytes()).ends(0);
    assert!(ran.stderr.contains("5 documents, 1 file unchanged"), "{}", ran.stderr);
    assert_eq!(bench.names("out"), ["a.jsonl", "a.jsonl.meta.json", "stdin.jsonl"]);
}
