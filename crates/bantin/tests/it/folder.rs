//! `-o DIR`: whole files, and nothing done twice.

use std::fs;

use crate::bench::{Bench, column, corpus, records};

const TIN: &str = "Hai bên ký kế hoạch hợp tác.\n";

#[test]
fn each_json_lines_file_and_each_folder_of_texts_is_one_file() {
    let bench = Bench::new();
    bench.file("crawl/a.jsonl", corpus(2)).file("crawl/b.jsonl", corpus(1));
    bench.file("crawl/x.txt", TIN).file("crawl/y.txt", TIN).file("crawl/sau/z.txt", TIN);
    bench.run("clean crawl -o out").ends(0);
    assert_eq!(
        bench.names("out"),
        [
            "a.jsonl",
            "a.jsonl.meta.json",
            "b.jsonl",
            "b.jsonl.meta.json",
            "crawl.jsonl",
            "crawl.jsonl.meta.json",
            "sau.jsonl",
            "sau.jsonl.meta.json"
        ]
    );
    let texts = records(&bench.read("out/crawl.jsonl"));
    assert_eq!(column(&texts, "id"), ["x", "y"]);
    assert_eq!(bench.read("out/a.jsonl"), bench.run("clean crawl/a.jsonl").ends(0).stdout);
}

#[test]
fn shards_of_one_name_are_told_apart_by_their_paths() {
    let bench = Bench::new();
    bench
        .file("2017/a.jsonl", corpus(1))
        .file("2018/a.jsonl", corpus(2))
        .file("2018/b.jsonl", corpus(1));
    bench.run("clean 2017 2018 -o out").ends(0);
    let names = bench.names("out");
    let data: Vec<_> = names.iter().filter(|name| name.ends_with("l")).collect();
    assert_eq!(data, ["2017__a.jsonl", "2018__a.jsonl", "b.jsonl"]);
}

#[test]
fn texts_of_a_folder_without_a_name_have_a_file_with_one() {
    let bench = Bench::new();
    bench.file("x.txt", TIN).file("texts/y.txt", TIN);
    bench.run("clean x.txt -o one").ends(0);
    assert_eq!(bench.names("one"), ["texts.jsonl", "texts.jsonl.meta.json"]);
    bench.run("clean x.txt texts -o two").ends(0);
    assert_eq!(bench.names("two").len(), 4);
    assert!(bench.names("two").iter().all(|name| !name.starts_with('.')));
}

#[test]
fn a_second_run_computes_what_changed_only() {
    let bench = Bench::new();
    bench.file("a.jsonl", corpus(2)).file("b.jsonl", corpus(2)).file("tin/x.txt", TIN);
    let words = "run a.jsonl b.jsonl tin -o out";
    bench.run(words).ends(0);
    let inode = |name: &str| {
        let meta = fs::metadata(bench.path().join("out/records").join(name)).unwrap();
        std::os::unix::fs::MetadataExt::ino(&meta)
    };
    let before = ["a.jsonl", "b.jsonl", "tin.jsonl"].map(inode);
    let report = bench.read("out/report.html");

    let ran = bench.run(words).ends(0);
    assert!(ran.stderr.contains("5 documents, 3 files unchanged"), "{}", ran.stderr);
    assert_eq!(["a.jsonl", "b.jsonl", "tin.jsonl"].map(inode), before);
    assert!(bench.read("out/report.html") == report);

    bench.file("b.jsonl", corpus(3)).file("tin/y.txt", TIN);
    let ran = bench.run(words).ends(0);
    assert!(ran.stderr.contains("7 documents, 1 file unchanged"), "{}", ran.stderr);
    let after = ["a.jsonl", "b.jsonl", "tin.jsonl"].map(inode);
    assert_eq!(after[0], before[0]);
    assert!(after[1] != before[1] && after[2] != before[2]);
    bench.run("run a.jsonl b.jsonl tin -o fresh").ends(0);
    assert!(bench.read("out/report.html") == bench.read("fresh/report.html"));
}

#[test]
fn output_that_was_cut_or_belongs_to_other_options_is_computed_again() {
    let bench = Bench::new();
    bench.file("a.jsonl", corpus(2));
    bench.run("clean a.jsonl -o out").ends(0);
    let whole = bench.read("out/a.jsonl");
    bench.file("out/a.jsonl", &whole[..100]);
    bench.run("clean a.jsonl -o out").ends(0);
    assert_eq!(bench.read("out/a.jsonl"), whole);
    bench.run("clean a.jsonl -o out --offsets char").ends(0);
    let converted = bench.read("out/a.jsonl");
    assert_ne!(converted, whole);
    bench.run("clean a.jsonl -o out --text-field views,text").ends(1);
    assert_ne!(bench.read("out/a.jsonl"), converted);
}

#[test]
fn records_of_another_input_of_the_same_name_are_not_written_over() {
    let bench = Bench::new();
    bench.file("2018/a.jsonl", corpus(1)).file("2019/a.jsonl", corpus(2));
    bench.run("clean 2018/a.jsonl -o out").ends(0);
    let before = bench.read("out/a.jsonl");
    let ran = bench.run("clean 2019/a.jsonl -o out").ends(2);
    assert!(
        ran.stderr.contains("out/a.jsonl: holds the records of 2018/a.jsonl"),
        "{}",
        ran.stderr
    );
    assert_eq!(bench.read("out/a.jsonl"), before);
    bench.file("2018/a.jsonl", corpus(3));
    bench.run("clean 2018/a.jsonl -o out").ends(0);
    assert_ne!(bench.read("out/a.jsonl"), before);
}

#[test]
fn what_a_killed_run_left_is_swept_and_what_is_foreign_is_not() {
    let bench = Bench::new();
    bench.file("a.jsonl", corpus(1));
    bench.file("out/.a.jsonl.1-0.bantin-tmp", "half").file("out/old.jsonl", "{}\n");
    let ran = bench.run("clean a.jsonl -o out").ends(0);
    assert_eq!(bench.names("out"), ["a.jsonl", "a.jsonl.meta.json", "old.jsonl"]);
    assert!(ran.stderr.contains("out/old.jsonl: from another run, left alone"), "{}", ran.stderr);
}

#[test]
fn a_shard_that_could_not_be_read_whole_is_tried_again() {
    let bench = Bench::new();
    let packed = crate::bench::gz(corpus(500).as_bytes());
    bench.file("a.jsonl.gz", &packed[..packed.len() / 2]);
    bench.run("clean a.jsonl.gz -o out").ends(1);
    assert_eq!(bench.names("out"), ["a.jsonl"]);
    bench.file("a.jsonl.gz", packed);
    bench.run("clean a.jsonl.gz -o out").ends(0);
    assert_eq!(records(&bench.read("out/a.jsonl")).len(), 500);
}

#[test]
fn errors_of_a_kept_shard_still_count() {
    let bench = Bench::new();
    bench.file("a.jsonl", "{broken\n{\"text\":\"x\"}\n");
    bench.run("clean a.jsonl -o out").ends(1);
    let ran = bench.run("clean a.jsonl -o out").ends(1);
    assert!(ran.stderr.contains("1 error record, 1 file unchanged"), "{}", ran.stderr);
}

#[test]
fn stdin_has_a_file_of_its_own_and_is_never_kept() {
    let bench = Bench::new();
    bench.feed("clean -o out", corpus(2).as_bytes()).ends(0);
    bench.feed("clean -o out", corpus(3).as_bytes()).ends(0);
    assert_eq!(bench.names("out"), ["stdin.jsonl"]);
    assert_eq!(records(&bench.read("out/stdin.jsonl")).len(), 3);
}

#[test]
fn what_is_written_is_not_read_and_what_is_read_is_not_written() {
    let bench = Bench::new();
    bench.file("a.jsonl", corpus(2)).file("tin/x.txt", TIN);
    for _ in 0..2 {
        let ran = bench.run("run . -o out").ends(0);
        assert!(ran.stderr.contains("3 documents"), "{}", ran.stderr);
    }
    let ran = bench.run("clean tin -o tin").ends(2);
    assert!(ran.stderr.contains("tin: this folder would be read and written"), "{}", ran.stderr);
    let ran = bench.run("clean a.jsonl -o .").ends(2);
    assert!(ran.stderr.contains("a.jsonl: would be written over"), "{}", ran.stderr);
    assert_eq!(bench.read("a.jsonl"), corpus(2).into_bytes());
}
