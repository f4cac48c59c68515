//! Bad input: an error record in its place, a message with path and line, exit code 1, and every
//! other document as if it had not been there.

use std::fs;

use serde_json::{Value, json};

use crate::bench::{Bench, column, corpus, gz, records, zst};

const TIN: &str = "Hai bên ký kế hoạch hợp tác.\n";

/// The records of three files of which the second is bad, after checking what holds for all.
fn between_good_ones(name: &str, bytes: &[u8], message: &str) -> Value {
    let bench = Bench::new();
    bench.file("a.txt", TIN).file("z.txt", TIN).file(name, bytes);
    let good = bench.run("clean a.txt z.txt").ends(0);
    let ran = bench.run(&format!("clean a.txt {name} z.txt")).ends(1);
    assert!(ran.stderr.contains(&format!("{name}: {message}")), "{}", ran.stderr);
    let lines: Vec<_> = ran.text().split_inclusive('\n').collect();
    assert_eq!(format!("{}{}", lines[0], lines[2]), good.text());
    let error = ran.records().swap_remove(1);
    assert_eq!(error["type"], "error");
    assert_eq!(error["path"], name);
    error
}

#[test]
fn one_bad_byte_in_a_text() {
    let error = between_good_ones(
        "b.txt",
        b"D\xC3\xB2ng 1\nD\xFFng 2",
        "invalid_utf8: byte 9 (line 2), 0xFF, is no UTF-8\n",
    );
    assert_eq!(error["code"], "invalid_utf8");
    assert_eq!(error["raw"], "Dòng 1\nD\u{fffd}ng 2");
}

#[test]
fn a_whole_file_in_windows_1258() {
    let bytes = b"B\xF4\xF2 tr\xFD\xF5\xD2ng \xF0a\xDE ky\xEC k\xEA\xECt ta\xF2i Ha\xCC N\xF4\xF2i";
    between_good_ones(
        "b.txt",
        bytes,
        "invalid_utf8: byte 1 (line 1), 0xF4, is no UTF-8; it looks like windows-1258",
    );
}

/// An empty file of text is a document without text, as a record whose text is empty is; an empty
/// file of records has none.
#[test]
fn what_is_empty() {
    let bench = Bench::new();
    bench.file("a.txt", "").file("c.jsonl", "");
    bench.file("b.jsonl", "{\"id\":\"b\",\"text\":\"\"}\n");
    let ran = bench.run("clean a.txt b.jsonl c.jsonl").ends(0);
    let documents = ran.records();
    assert_eq!(documents.len(), 2);
    for (document, id) in documents.iter().zip(["a", "b"]) {
        assert_eq!((&document["id"], &document["text"]), (&json!(id), &json!("")));
    }
    assert!(ran.stderr.contains("bantin: a.txt: the text is empty\n"));
    assert!(ran.stderr.contains("bantin: b.jsonl:1: the text is empty\n"));
}

#[test]
fn a_text_over_the_limit() {
    let bench = Bench::new();
    bench.file("a.txt", "a".repeat(2049)).file("b.txt", "a".repeat(2048));
    let records = bench.run("clean a.txt b.txt --max-record 2K").ends(1).records();
    assert_eq!(records[0]["code"], "too_large");
    assert_eq!(records[1]["id"], "b");
}

#[test]
fn bad_lines_between_good_ones() {
    let bench = Bench::new();
    let mut bytes = corpus(1).into_bytes();
    bytes.extend(b"{\"text\":\"m\xE1t\"}\n");
    bytes.extend("{\"text\": \"cụt\n".as_bytes());
    bytes.extend(b"[1,2]\n{\"title\":\"x\"}\n{\"text\":5}\n{\"text\":null}\n\"x\"\n");
    bytes.extend(b"{\"schema\":\"bantin/9\",\"text\":\"\"}\n");
    bytes.extend(b"{\"schema\":\"bantin/1\",\"type\":\"document\",\"id\":\"u\",\"offsets\":\"rune\",\"text\":\"x\"}\n");
    bytes.extend(b"{\"schema\":\"bantin/1\",\"type\":\"document\",\"id\":\"u\",\"text\":\"x\",\"clean\":7}\n");
    bytes.extend("{\"schema\":\"bantin/1\",\"id\":\"u\",\"text\":\"ộ\",\"clean\":{\"zones\":[{\"start\":0,\"end\":1,\"kind\":\"body\"}],\"edits\":[]}}\n".as_bytes());
    bytes.extend(corpus(2).lines().nth(1).unwrap().as_bytes());
    bench.file("a.jsonl", &bytes);
    let ran = bench.run("clean a.jsonl").ends(1);
    let records = ran.records();
    let what: Vec<_> = records
        .iter()
        .map(|r| r["code"].as_str().or(r["id"].as_str()).unwrap().to_owned())
        .collect();
    assert_eq!(
        what,
        [
            "d0",
            "invalid_utf8",
            "invalid_json",
            "invalid_json",
            "missing_text",
            "missing_text",
            "a.jsonl:7",
            "invalid_json",
            "wrong_schema",
            "wrong_offsets",
            "bad_layer",
            "bad_span",
            "d1"
        ]
    );
    assert_eq!(records[2]["line"], 3);
    assert_eq!(records[2]["raw"], "{\"text\": \"cụt");
    assert!(ran.stderr.contains("a.jsonl:4: invalid_json: an array; wanted is one object a line"));
    assert!(ran.stderr.contains("a.jsonl:10: wrong_offsets: offsets are in \"rune\"; known"));
    assert!(ran.stderr.ends_with("3 documents, 1 of them empty, 10 error records\n"));
}

#[test]
fn json_that_is_no_json_lines_is_told_what_is_wanted() {
    let bench = Bench::new();
    let says = |input: &str, message: &str| {
        let ran = bench.feed("clean", input.as_bytes()).ends(1);
        let first = ran.stderr.lines().next().unwrap();
        assert_eq!(first, format!("bantin: -:1: invalid_json: {message}"));
    };
    says("[{\"text\":\"x\"}]\n", "an array; wanted is one object a line (JSON Lines)");
    says(
        "{\n  \"text\": \"x\"\n}\n",
        "EOF while parsing an object at column 1: the object has no end; wanted is one object a line (JSON Lines)",
    );
    says("{\"text\":\"x\",}\n", "trailing comma at column 13");
}

#[test]
fn a_full_disk_is_told_once() {
    let bench = Bench::new();
    bench.file("a.jsonl", corpus(2));
    let full = fs::OpenOptions::new().write(true).open("/dev/full").unwrap();
    let output = bench.command("clean a.jsonl").stdout(full).output().unwrap();
    assert_eq!(output.status.code(), Some(2));
    let says = String::from_utf8(output.stderr).unwrap();
    assert_eq!(says, "bantin: stdout: No space left on device (os error 28)\n");
}

#[test]
fn a_line_over_the_limit_costs_itself_only() {
    let bench = Bench::new();
    let long = format!("{{\"text\":\"{}\"}}\n", "dài ".repeat(300_000));
    let bytes = format!("{}{long}{}", corpus(1), corpus(1));
    bench.file("a.jsonl", &bytes);
    let records = bench.run("clean a.jsonl --max-record 1M").ends(1).records();
    assert_eq!(records.len(), 3);
    assert_eq!(records[1]["code"], "too_large");
    assert_eq!(records[1]["line"], 2);
    assert_eq!(records[2]["source"]["line"], 3);
    // The same without a limit that it exceeds.
    assert_eq!(bench.run("clean a.jsonl").ends(0).records().len(), 3);
}

#[test]
fn a_packed_file_that_ends_too_early_gives_what_it_has() {
    let bench = Bench::new();
    let lines = corpus(2_000);
    for (name, packed) in
        [("a.jsonl.gz", gz(lines.as_bytes())), ("a.jsonl.zst", zst(lines.as_bytes()))]
    {
        bench.file(name, &packed[..packed.len() / 2]);
        let ran = bench.run(&format!("clean {name}")).ends(1);
        let records = ran.records();
        let (error, good) = records.split_last().unwrap();
        assert_eq!(error["code"], "unreadable");
        assert_eq!(error["line"], good.len() + 1);
        assert!(good.iter().enumerate().all(|(n, r)| r["id"] == format!("d{n}")));
        assert!(ran.stderr.contains(name), "{}", ran.stderr);
    }
    bench.file("b.txt.gz", &gz(TIN.as_bytes())[..20]);
    assert_eq!(bench.run("clean b.txt.gz").ends(1).records()[0]["code"], "unreadable");
}

#[test]
fn a_link_to_nowhere_in_a_folder() {
    let bench = Bench::new();
    bench.file("tin/a.txt", TIN);
    std::os::unix::fs::symlink("/nowhere/b.txt", bench.path().join("tin/b.txt")).unwrap();
    let records = bench.run("clean tin").ends(1).records();
    assert_eq!(records[0]["id"], "a");
    assert_eq!(records[1]["code"], "unreadable");
    assert_eq!(records[1]["path"], "tin/b.txt");
}

#[test]
fn odd_characters_pass() {
    let bench = Bench::new();
    let texts = [
        "NUL \0 ở giữa",
        "NFD: Việt Nam đổi mới",
        "Emoji 🚀👩‍👩‍👧 và 𝔘𝔫𝔦𝔠𝔬𝔡𝔢",
        "dấu \u{2028} dòng \u{85} lạ \u{2029}",
        "khong dau",
        "English only. Two sentences.",
        "\u{202e}ngược\u{202c} \u{200b}\u{feff}",
        " ",
    ];
    let lines: String =
        texts.iter().map(|text| format!("{}\n", serde_json::json!({ "text": text }))).collect();
    let raw = format!("{lines}{{\"text\":\"U+2028 trần \u{2028} trong chuỗi\"}}\n");
    bench.file("a.jsonl", raw);
    let ran = bench.run("clean a.jsonl").ends(0);
    let records = ran.records();
    assert_eq!(column(&records[..8], "text"), texts);
    assert_eq!(records[8]["text"], "U+2028 trần \u{2028} trong chuỗi");
    // No reader may take a character inside a string for the end of a line.
    assert!(!ran.text().contains(['\u{2028}', '\u{2029}', '\u{85}']));
}

#[test]
fn an_unpaired_surrogate_is_an_error_record() {
    let bench = Bench::new();
    bench.file("a.jsonl", "{\"text\":\"x \\ud83d y\"}\n{\"text\":\"\\ud83d\\ude80\"}\n");
    let records = bench.run("clean a.jsonl").ends(1).records();
    assert_eq!(records[0]["code"], "invalid_json");
    assert_eq!(records[1]["text"], "🚀");
}

#[test]
fn an_id_that_is_used_twice_is_told() {
    let bench = Bench::new();
    bench.file("a.jsonl", "{\"id\":\"x\",\"text\":\"một\"}\n{\"id\":\"x\",\"text\":\"hai\"}\n");
    let ran = bench.run("clean a.jsonl").ends(0);
    assert_eq!(ran.records().len(), 2);
    assert!(ran.stderr.contains("a.jsonl:2: the id \"x\" is used a second time"), "{}", ran.stderr);
}

#[test]
fn error_records_pass_through_later_stages_and_into_the_report() {
    let bench = Bench::new();
    let cleaned = bench.feed("clean", b"{\"text\":\"Hai b\xEAn\"}\n{\"text\":\"x\"}\n").ends(1);
    let segmented = bench.feed("segment", &cleaned.stdout).ends(1);
    let first = |bytes: &[u8]| bytes.split(|b| *b == b'\n').next().unwrap().to_vec();
    assert_eq!(first(&segmented.stdout), first(&cleaned.stdout));
    // It was told once, by the stage that could not read it.
    assert!(!segmented.stderr.contains("invalid_utf8"), "{}", segmented.stderr);
    bench.feed("report -o out", &segmented.stdout).ends(1);
    assert!(
        String::from_utf8(bench.read("out/tables/errors.jsonl")).unwrap().contains("invalid_utf8")
    );
}

#[test]
fn rejects_go_to_no_file_that_is_read_or_written() {
    let bench = Bench::new();
    bench.file("a.jsonl", corpus(2)).file("b/a.jsonl", corpus(1));
    let ran = bench.run("clean a.jsonl --rejects a.jsonl").ends(2);
    assert!(ran.stderr.contains("would be written over what is read"), "{}", ran.stderr);
    assert_eq!(bench.read("a.jsonl"), corpus(2).as_bytes());
    let ran = bench.run("clean a.jsonl -o out --rejects out/a.jsonl").ends(2);
    assert!(ran.stderr.contains("would go to the same file"), "{}", ran.stderr);
}

#[test]
fn rejects_are_kept_apart() {
    let bench = Bench::new();
    let ran = bench
        .feed("clean --rejects hong/rejects.jsonl", b"{\"text\":\"\xFF\"}\n{\"text\":\"x\"}\n")
        .ends(1);
    assert_eq!(ran.records().len(), 1);
    let rejects = records(&bench.read("hong/rejects.jsonl"));
    assert_eq!(rejects[0]["code"], "invalid_utf8");
    assert_eq!(rejects[0]["line"], 1);
}

#[test]
fn many_failures_do_not_flood_the_terminal() {
    let bench = Bench::new();
    bench.file("a.jsonl", "{\"x\n".repeat(500));
    let ran = bench.run("clean a.jsonl").ends(1);
    assert_eq!(ran.records().len(), 500);
    assert_eq!(ran.stderr.lines().count(), 22);
    assert!(ran.stderr.contains("480 more records failed"));
    assert_eq!(bench.run("clean a.jsonl --quiet").ends(1).stderr, "");
}

#[test]
fn a_file_without_permission_is_an_error_record() {
    let bench = Bench::new();
    bench.file("a.txt", TIN).file("b.txt", TIN);
    let path = bench.path().join("a.txt");
    let mut permissions = fs::metadata(&path).unwrap().permissions();
    std::os::unix::fs::PermissionsExt::set_mode(&mut permissions, 0o000);
    fs::set_permissions(&path, permissions).unwrap();
    if fs::read(&path).is_ok() {
        return; // the superuser may read everything
    }
    let records = bench.run("clean a.txt b.txt").ends(1).records();
    assert_eq!(records[0]["code"], "unreadable");
    assert_eq!(records[1]["id"], "b");
}
