//! What is read, from where, and what its documents are called.

use crate::bench::{Bench, column, corpus, gz, zst};

const TIN: &str = "Hai bên ký kế hoạch hợp tác.\n";

#[test]
fn text_and_json_lines_are_read_plain_and_packed() {
    let bench = Bench::new();
    let lines = corpus(3);
    bench
        .file("a.txt", TIN)
        .file("b.txt.gz", gz(TIN.as_bytes()))
        .file("c.txt.zst", zst(TIN.as_bytes()))
        .file("d.jsonl", &lines)
        .file("e.jsonl.gz", gz(lines.as_bytes()))
        .file("f.jsonl.zst", zst(lines.as_bytes()));
    let ran = bench.run("clean a.txt b.txt.gz c.txt.zst d.jsonl").ends(0);
    let records = ran.records();
    assert_eq!(column(&records, "id"), ["a", "b", "c", "d0", "d1", "d2"]);
    assert!(records[..3].iter().all(|record| record["text"] == TIN));
    let plain = bench.run("clean d.jsonl").ends(0);
    for packed in ["e.jsonl.gz", "f.jsonl.zst"] {
        let text = bench.run(&format!("clean {packed}")).ends(0).text().replace(packed, "d.jsonl");
        assert_eq!(text, plain.text());
    }
}

#[test]
fn content_decides_what_a_file_is_when_its_name_does_not() {
    let bench = Bench::new();
    // Packed without the ending, JSON Lines called text, text called nothing.
    bench.file("a.jsonl", gz(corpus(2).as_bytes())).file("b.txt", corpus(1)).file("c", TIN);
    let ran = bench.run("clean a.jsonl b.txt c").ends(0);
    assert_eq!(column(&ran.records(), "id"), ["d0", "d1", "d0", "c"]);
    // A text that opens with a brace is a text.
    bench.file("d.txt", "{Ảnh} Hai bên ký kết.\n");
    assert_eq!(bench.run("clean d.txt").ends(0).records()[0]["text"], "{Ảnh} Hai bên ký kết.\n");
}

#[test]
fn gzip_members_that_follow_each_other_are_one_file() {
    let bench = Bench::new();
    let mut bytes = gz(corpus(2).as_bytes());
    bytes.extend(gz(corpus(1).as_bytes()));
    bench.file("a.jsonl.gz", bytes);
    let records = bench.run("clean a.jsonl.gz").ends(0).records();
    assert_eq!(column(&records, "id"), ["d0", "d1", "d0"]);
    assert_eq!(records[2]["source"]["line"], 3);
}

#[test]
fn folders_are_read_with_all_below_sorted_by_path() {
    let bench = Bench::new();
    for name in ["tin/b.txt", "tin/a/z.txt", "tin/a.txt", "tin/.an.txt", "tin/anh.jpg"] {
        bench.file(name, TIN);
    }
    let ran = bench.run("clean tin").ends(0);
    let records = ran.records();
    assert_eq!(column(&records, "id"), ["a", "z", "b"]);
    assert_eq!(records[1]["source"]["path"], "tin/a/z.txt");
    let told = "bantin: 3 documents, 1 file passed over, neither .txt nor .jsonl\n";
    assert_eq!(ran.stderr, told);
    assert_eq!(bench.run("clean tin/*.txt").ends(0).stderr, "");
    assert_eq!(bench.run("clean tin --quiet").ends(0).stderr, "");
}

#[test]
fn ids_do_not_depend_on_how_a_path_is_given() {
    let bench = Bench::new();
    bench.file("tin/a/x.txt", TIN).file("tin/b/x.txt", TIN);
    bench.file("tin/c.jsonl", "{\"text\":\"Hai bên ký kết.\"}\n");
    for path in ["tin", "tin/", "./tin", "tin/../tin"] {
        let records = bench.run(&format!("clean {path}")).ends(0).records();
        assert_eq!(column(&records, "id"), ["a/x.txt", "b/x.txt", "c.jsonl:1"], "{path}");
    }
    let records = bench.run("clean ./tin/c.jsonl").ends(0).records();
    assert_eq!(column(&records, "id"), ["c.jsonl:1"]);
}

#[test]
fn patterns_are_matched_without_a_shell() {
    let bench = Bench::new();
    for name in ["tin/a.txt", "tin/b.txt", "tin/sau/c.txt", "khac/d.txt"] {
        bench.file(name, TIN);
    }
    let ids = |words: &str| -> Vec<String> {
        let records = bench.run(words).ends(0).records();
        records.iter().map(|r| r["id"].as_str().unwrap().to_owned()).collect()
    };
    assert_eq!(ids("clean tin/*.txt"), ["a", "b"]);
    assert_eq!(ids("clean tin/**/*.txt"), ["a", "b", "c"]);
    assert_eq!(ids("clean {tin,khac}/[b-d].txt"), ["d", "b"]);
}

#[test]
fn stdin_is_read_when_nothing_is_named_and_for_a_dash() {
    let bench = Bench::new();
    for words in ["clean", "clean -"] {
        let records = bench.feed(words, corpus(2).as_bytes()).ends(0).records();
        assert_eq!(column(&records, "id"), ["d0", "d1"]);
        let records = bench.feed(words, TIN.as_bytes()).ends(0).records();
        assert_eq!(column(&records, "id"), ["stdin"]);
    }
    // Nothing came out of the stage before.
    assert!(bench.run("clean").ends(0).stdout.is_empty());
    let records = bench.feed("clean", &gz(corpus(2).as_bytes())).ends(0).records();
    assert_eq!(records.len(), 2);
}

#[test]
fn ids_are_stems_and_paths_where_stems_collide() {
    let bench = Bench::new();
    for name in ["2017/tin.txt", "2018/tin.txt", "2018/khac.v2.txt"] {
        bench.file(name, TIN);
    }
    let records = bench.run("clean 2017 2018").ends(0).records();
    assert_eq!(column(&records, "id"), ["2017/tin.txt", "khac.v2", "2018/tin.txt"]);
}

#[test]
fn lines_without_an_id_are_called_by_file_and_line() {
    let bench = Bench::new();
    bench.file(
        "a.jsonl",
        "{\"text\":\"một\"}\n\n{\"text\":\"hai\",\"id\":null}\n{\"id\":7,\"text\":\"ba\"}\n",
    );
    let records = bench.run("clean a.jsonl").ends(0).records();
    assert_eq!(column(&records, "id"), ["a.jsonl:1", "a.jsonl:3", "7"]);
}

#[test]
fn foreign_fields_are_named_on_the_command_line_and_all_others_are_kept() {
    let bench = Bench::new();
    bench.file(
        "a.jsonl",
        "{\"code\":\"x1\",\"title\":\"Tiêu đề\",\"body\":\"Nội dung.\",\"big\":12345678901234567890123,\"nested\":{\"b\":1, \"a\":[1e5]}}\n",
    );
    let ran = bench.run("clean a.jsonl --text-field title,lede,body --id-field code").ends(0);
    let record = &ran.records()[0];
    assert_eq!(record["text"], "Tiêu đề\nNội dung.");
    assert_eq!(record["id"], "x1");
    // Numbers and spaces are not even rewritten.
    assert!(
        ran.text().contains("\"big\":12345678901234567890123,\"nested\":{\"b\":1, \"a\":[1e5]}")
    );
    let again = bench.feed("segment", &ran.stdout).ends(0);
    assert!(
        again.text().contains("\"big\":12345678901234567890123,\"nested\":{\"b\":1, \"a\":[1e5]}")
    );
}

#[test]
fn a_text_field_that_no_record_has_is_told() {
    let bench = Bench::new();
    bench.file("a.jsonl", "{\"title\":\"A\",\"body\":\"B.\"}\n{\"title\":\"C\",\"lede\":\"D.\"}\n");
    let first = bench.run("clean a.jsonl --text-field title,lede,body,text").ends(0);
    assert_eq!(first.stderr, "bantin: no record has the field \"text\" of --text-field\n");
    let ran = bench.run("clean a.jsonl --text-field txt").ends(1);
    let message =
        "no field \"txt\", its texts are \"title\", \"body\"; name another with --text-field";
    assert!(ran.stderr.contains(message), "{}", ran.stderr);
    // Records of ours have no text field to be looked for.
    assert_eq!(bench.feed("segment --text-field title,lede", &first.stdout).ends(0).stderr, "");
}

#[test]
fn a_file_that_is_named_twice_is_read_once() {
    let bench = Bench::new();
    bench.file("tin/a.txt", TIN);
    let ran = bench.run("clean tin/a.txt tin ./tin/a.txt").ends(0);
    assert_eq!(ran.records().len(), 1);
    assert!(ran.stderr.contains("tin/a.txt: named twice, read once"), "{}", ran.stderr);
}

#[test]
fn a_mark_of_encoding_is_no_text_and_line_ends_are() {
    let bench = Bench::new();
    bench.file("a.txt", "\u{feff}Dòng một.\r\nDòng hai.\r\n");
    bench.file(
        "b.jsonl",
        "\u{feff}{\"id\":\"b\",\"text\":\"một\"}\r\n{\"id\":\"c\",\"text\":\"hai\"}\r\n",
    );
    let records = bench.run("clean a.txt b.jsonl").ends(0).records();
    assert_eq!(records[0]["text"], "Dòng một.\r\nDòng hai.\r\n");
    assert_eq!(column(&records, "id"), ["a", "b", "c"]);
}

#[test]
fn thousands_of_small_files_come_out_in_order() {
    let bench = Bench::new();
    for n in 0..2_000 {
        bench.file(&format!("tin/{n:05}.txt"), format!("Bản tin số {n}.\n"));
    }
    let records = bench.run("clean tin").ends(0).records();
    let ids: Vec<_> = (0..2_000).map(|n| format!("{n:05}")).collect();
    assert_eq!(column(&records, "id"), ids);
}
