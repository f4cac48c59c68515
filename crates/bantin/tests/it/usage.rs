//! What the command says of itself, and when it cannot run.

use crate::bench::{Bench, corpus, records};

#[test]
fn every_command_has_help_with_an_example() {
    let bench = Bench::new();
    for name in [
        "",
        "run",
        "clean",
        "segment",
        "tag",
        "report",
        "report merge",
        "report diff",
        "convert",
        "explain",
    ] {
        let ran = bench.run(&format!("{name} --help")).ends(0);
        assert!(ran.text().contains("Example"), "bantin {name} --help");
    }
}

#[test]
fn what_cannot_run_says_why_and_ends_with_2() {
    let bench = Bench::new();
    bench.file("anh/a.jpg", "x").file("a.txt", "x").file("cai.gi", "x");
    let says = |words: &str, message: &str| {
        let ran = bench.run(words).ends(2);
        assert!(ran.stderr.contains(message), "bantin {words}: {}", ran.stderr);
        assert!(ran.stdout.is_empty());
    };
    says("clean nowhere.txt", "nowhere.txt: no such file or folder");
    says("clean a.txt nowhere/*.txt", "nowhere/*.txt: no file matches this pattern");
    says(
        "clean anh",
        "anh: no text in this folder: looked for .txt and .jsonl, also with .gz or .zst, among 1 file",
    );
    says("clean - -", "stdin (-) is named twice");
    says("run a.txt", "--output <DIR>");
    says("report a.txt", "--output <DIR>");
    says("clean a.txt -o a.txt", "a.txt");
    says("clean a.txt --offsets rune", "known units are byte, char and utf16");
    says("clean a.txt --max-record x", "\"x\" is no size; 64M is one");
    says(
        "convert a.txt --to conllu --sentences",
        "--sentences and --underscored go with --to text",
    );
    says("", "Usage");
}

#[test]
fn the_record_of_the_readme_is_one() {
    let readme = include_str!("../../../../README.md");
    let (_, rest) = readme.split_once("```json\n").unwrap();
    let (record, _) = rest.split_once("```").unwrap();
    let line = record.replace('\n', "") + "\n";
    let ran = Bench::new().feed("convert --to jsonl", line.as_bytes()).ends(0);
    assert_eq!(ran.records()[0]["tag"]["mentions"][0]["surface"], "Việt Nam");
}

#[test]
fn fields_are_named_as_they_are_written() {
    let bench = Bench::new();
    bench.file("a.jsonl", "{\"title\":\"Tiêu đề\",\"body\":\"Thân bài.\"}\n");
    let command = |fields: &str| {
        let mut command = bench.command("convert a.jsonl --to text --text-field");
        command.arg(fields).output().unwrap()
    };
    assert_eq!(command("title, body").stdout, "Tiêu đề\nThân bài.\n\n".as_bytes());
    assert_eq!(command("title,,body").status.code(), Some(2));
}

#[test]
fn offsets_are_written_in_the_unit_asked_for() {
    let bench = Bench::new();
    bench.file("a.jsonl", corpus(1));
    let bytes = bench.run("clean a.jsonl").ends(0).records();
    for unit in ["char", "utf16"] {
        let ran = bench.run(&format!("clean a.jsonl --offsets {unit}")).ends(0);
        let record = &ran.records()[0];
        assert_eq!(record["offsets"], unit);
        let text: Vec<char> = record["text"].as_str().unwrap().chars().collect();
        let last = record["clean"]["zones"].as_array().unwrap().last().unwrap();
        assert_eq!(last["end"], text.len());
        let segmented = bench.feed("segment", &ran.stdout).ends(0).records();
        assert_eq!(segmented[0]["clean"], bytes[0]["clean"]);
    }
    assert!(bytes[0].get("offsets").is_none());
    bench.run("clean a.jsonl -o out").ends(0);
    let converted = bench.run("convert out/a.jsonl --to jsonl --offsets char").ends(0);
    assert_eq!(records(&converted.stdout)[0]["offsets"], "char");
    assert_eq!(
        bench.run("convert out/a.jsonl --to jsonl").ends(0).stdout,
        bench.read("out/a.jsonl")
    );
}
