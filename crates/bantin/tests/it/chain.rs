//! The same bytes, however the work is cut up.

use std::process::Stdio;

use crate::bench::{Bench, corpus, seeds};

#[test]
fn stages_in_a_pipe_give_the_bytes_of_run() {
    let bench = Bench::new();
    let seeds = seeds().display().to_string();
    bench.run(&format!("run {seeds} -o whole")).ends(0);
    let clean = bench.run(&format!("clean {seeds}")).ends(0);
    let segment = bench.feed("segment", &clean.stdout).ends(0);
    let tag = bench.feed("tag", &segment.stdout).ends(0);
    bench.feed("report -o piped", &tag.stdout).ends(0);
    assert_eq!(bench.read("whole/records/seeds.jsonl"), tag.stdout);
    assert_eq!(bench.names("whole/tables"), bench.names("piped/tables"));
    for table in bench.names("whole/tables") {
        let read = |folder| bench.read(&format!("{folder}/tables/{table}"));
        assert_eq!(read("whole"), read("piped"), "{table}");
    }
    for file in ["report.html", "report.md"] {
        assert_eq!(bench.read(&format!("whole/{file}")), bench.read(&format!("piped/{file}")));
    }
}

#[test]
fn stages_through_files_give_the_bytes_of_run() {
    let bench = Bench::new();
    bench.file("tin.jsonl", corpus(50));
    bench.run("run tin.jsonl -o whole").ends(0);
    bench.run("clean tin.jsonl -o cleaned").ends(0);
    bench.run("segment cleaned/tin.jsonl -o segmented").ends(0);
    bench.run("tag segmented -o tagged").ends(0);
    assert_eq!(bench.read("whole/records/tin.jsonl"), bench.read("tagged/tin.jsonl"));
}

#[test]
fn a_record_may_be_longer_than_the_limit_of_its_text() {
    let bench = Bench::new();
    let text = "Hai bên trao đổi về hợp tác quốc phòng. ".repeat(25);
    let line = format!("{}\n", serde_json::json!({ "id": "a", "text": text }));
    bench.file("tin.jsonl", &line);
    bench.run("run tin.jsonl -o whole --max-record 2K").ends(0);
    let segmented = bench.feed("segment --max-record 2K", line.as_bytes()).ends(0);
    assert!(segmented.stdout.len() > 2048);
    let tagged = bench.feed("tag --max-record 2K", &segmented.stdout).ends(0);
    assert!(tagged.text().starts_with("{\"schema\":\"bantin/1\",\"type\":\"document\""));
    // Kept records are read whatever their length.
    let ran = bench.run("run tin.jsonl -o whole --max-record 2K").ends(0);
    assert!(ran.stderr.contains("1 document, 1 file unchanged"), "{}", ran.stderr);
}

#[test]
fn threads_change_nothing() {
    let bench = Bench::new();
    bench.file("tin.jsonl", format!("{}{{broken\n{}", corpus(1_500), corpus(1_500)));
    let one = bench.run("clean tin.jsonl --threads 1").ends(1);
    assert!(one.stdout.len() > 1 << 20);
    for threads in [2, 4, 7] {
        let many = bench.run(&format!("clean tin.jsonl --threads {threads}")).ends(1);
        assert!(one.stdout == many.stdout, "{threads} threads give other bytes");
    }
    bench.run("run tin.jsonl -o one -j 1 -q").ends(1);
    bench.run("run tin.jsonl -o four -j 4 -q").ends(1);
    assert!(bench.read("one/records/tin.jsonl") == bench.read("four/records/tin.jsonl"));
    for table in bench.names("one/tables") {
        let read = |folder| bench.read(&format!("{folder}/tables/{table}"));
        assert!(read("one") == read("four"), "{table}");
    }
    assert!(bench.read("one/report.html") == bench.read("four/report.html"));
}

#[test]
fn partial_reports_of_shards_merge_to_the_bytes_of_one_run() {
    let bench = Bench::new();
    let lines = corpus(90);
    let all: Vec<_> = lines.split_inclusive('\n').collect();
    let records = bench.feed("segment", lines.as_bytes()).ends(0);
    let tagged = bench.feed("tag", &records.stdout).ends(0);
    let tagged: Vec<_> = tagged.text().split_inclusive('\n').collect();
    assert_eq!(all.len(), tagged.len());
    bench.file("whole.jsonl", tagged.concat());
    bench.run("report whole.jsonl -o whole").ends(0);
    for (n, shard) in tagged.chunks(40).enumerate() {
        let part = bench.feed("report --partial", shard.concat().as_bytes()).ends(0);
        bench.file(&format!("{n}.part"), part.stdout);
    }
    bench.run("report merge 2.part 0.part 1.part -o merged").ends(0);
    for table in bench.names("whole/tables") {
        let read = |folder| bench.read(&format!("{folder}/tables/{table}"));
        assert_eq!(read("whole"), read("merged"), "{table}");
    }
    assert_eq!(bench.read("whole/report.html"), bench.read("merged/report.html"));
}

#[test]
fn merging_tells_of_a_document_that_is_in_two_parts_and_of_failed_records() {
    let bench = Bench::new();
    let ran = bench.feed("report --partial", (corpus(1) + "{\n").as_bytes()).ends(1);
    bench.file("a.part", &ran.stdout);
    let ran = bench.run("report merge a.part a.part -o out").ends(1);
    assert!(ran.stderr.contains("a.part: the document \"d0\" is in another part, too"));
}

/// Peak memory of a process that still runs, in MiB.
#[cfg(target_os = "linux")]
fn peak(child: &std::process::Child) -> u64 {
    let status = std::fs::read_to_string(format!("/proc/{}/status", child.id())).unwrap();
    let line = status.lines().find(|line| line.starts_with("VmHWM:")).unwrap();
    line.split_whitespace().nth(1).unwrap().parse::<u64>().unwrap() >> 10
}

#[test]
#[cfg(target_os = "linux")]
fn memory_does_not_grow_with_the_input() {
    let bench = Bench::new();
    let mut child = bench
        .command("convert --to jsonl --threads 2 --quiet")
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    let mut stdout = child.stdout.take().unwrap();
    let reader =
        std::thread::spawn(move || std::io::copy(&mut stdout, &mut std::io::sink()).unwrap());
    let mut stdin = child.stdin.take().unwrap();
    let lines = corpus(10_000);
    let mut peaks = Vec::new();
    for _ in 0..30 {
        std::io::Write::write_all(&mut stdin, lines.as_bytes()).unwrap();
        peaks.push(peak(&child));
    }
    drop(stdin);
    assert_eq!(child.wait().unwrap().code(), Some(0));
    assert!(reader.join().unwrap() > 30 * lines.len() as u64);
    assert!(lines.len() > 2 << 20 && peaks[29] < 64, "{peaks:?}");
    assert!(peaks[29] <= peaks[4] + 16, "{peaks:?}");
}

#[test]
fn a_report_over_documents_without_layers_says_what_is_missing() {
    let bench = Bench::new();
    let ran = bench.feed("report -o out", corpus(2).as_bytes()).ends(0);
    assert!(ran.stderr.contains("2 of 2 documents have no layer of tag"), "{}", ran.stderr);
}

#[test]
fn two_reports_are_compared() {
    let bench = Bench::new();
    bench.feed("run -o old", corpus(3).as_bytes()).ends(0);
    bench.feed("run -o new", corpus(4).as_bytes()).ends(0);
    let same = bench.run("report diff old old").ends(0);
    assert_eq!(same.text(), "The two reports say the same.\n");
    let diff = bench.run("report diff old new").ends(0);
    assert!(diff.text().contains("| documents.jsonl | 1 | 0 |"), "{}", diff.text());
    let ran = bench.run("report diff old nowhere").ends(2);
    assert!(ran.stderr.starts_with("bantin: nowhere: no report: "), "{}", ran.stderr);
}

#[test]
fn a_reader_that_closes_the_pipe_is_no_failure() {
    let bench = Bench::new();
    bench.file("tin.jsonl", corpus(3_000));
    for threads in [1, 2] {
        let mut child = bench
            .command(&format!("clean tin.jsonl --threads {threads}"))
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        drop(child.stdout.take()); // `| head` that has seen enough
        let output = child.wait_with_output().unwrap();
        assert_eq!(output.status.code(), Some(0));
        assert_eq!(String::from_utf8(output.stderr).unwrap(), "");
    }
}

#[test]
fn a_closed_pipe_ends_the_run_while_stdin_stays_open() {
    let bench = Bench::new();
    let mut child = bench
        .command("clean --threads 2")
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .unwrap();
    drop(child.stdout.take());
    let mut stdin = child.stdin.take().unwrap();
    // More than a block, so that something is written; then silence, with the pipe left open.
    let _ = std::io::Write::write_all(&mut stdin, corpus(3_000).as_bytes());
    assert_eq!(child.wait().unwrap().code(), Some(0));
    drop(stdin);
}
