//! The formats of other tools.

use serde_json::json;

use crate::bench::{Bench, column};

/// A record with layers written by hand, so that the formats do not hang on the models.
fn record() -> String {
    let text = "Bộ trưởng tiếp đoàn.Hai bên\u{a0}ký  kết./.\nẢnh: Phương Linh\n";
    let at = |surface: &str| {
        let start = text.find(surface).unwrap();
        json!([start, start + surface.len()])
    };
    let start = |surface: &str| text.find(surface).unwrap();
    let end = |surface: &str| start(surface) + surface.len();
    let record = json!({
        "schema": "bantin/1", "type": "document", "id": "tin 1", "text": text,
        "clean": {
            "zones": [
                { "start": 0, "end": start("Ảnh"), "kind": "body" },
                { "start": start("Ảnh"), "end": text.len(), "kind": "photo_credit", "rule": "C104" },
            ],
            "edits": [
                { "start": start("Hai"), "end": start("Hai"), "insert": "\n", "kind": "split_glued" },
                { "start": start("\u{a0}"), "end": end("\u{a0}"), "insert": " ", "kind": "nbsp" },
                { "start": start("./."), "end": end("./."), "insert": ".", "kind": "end_mark" },
            ],
        },
        "segment": {
            "paragraphs": [],
            "sentences": [
                { "start": 0, "end": end("đoàn."), "tokens": [at("Bộ trưởng"), at("tiếp"), at("đoàn"), [end("đoàn"), end("đoàn.")]] },
                { "start": start("Hai"), "end": end("./."), "tokens": [at("Hai"), at("bên"), at("ký  kết"), at("./.")] },
                { "start": start("Ảnh"), "end": end("Linh"), "zone": "photo_credit", "tokens": [at("Ảnh"), at(":"), at("Phương Linh")] },
            ],
        },
    });
    format!("{record}\n")
}

#[test]
fn text_is_the_article_as_a_reader_sees_it() {
    let bench = Bench::new();
    let both = format!("{0}{0}", record());
    let text = bench.feed("convert --to text", both.as_bytes()).ends(0);
    let article = "Bộ trưởng tiếp đoàn.\nHai bên ký  kết.\n\n";
    assert_eq!(text.text(), format!("{article}{article}"));
}

#[test]
fn texts_are_json_of_the_kind_that_came_in() {
    let bench = Bench::new();
    let line = "{\"n\":1.50,\"id\":7,\"body\":\"Hai bên ký kết.\\nẢnh: Phương Linh\",\"source\":\"báo\"}\n";
    let ran = bench.feed("convert --to texts --text-field body", line.as_bytes()).ends(0);
    let wanted =
        "{\"id\":\"7\",\"text\":\"Hai bên ký kết.\",\"n\":1.50,\"input_source\":\"báo\"}\n";
    assert_eq!(ran.text(), wanted);
}

#[test]
fn offsets_of_any_unit_come_back_as_bytes() {
    let bench = Bench::new();
    let bytes = bench.feed("convert --to jsonl", record().as_bytes()).ends(0);
    let chars = bench.feed("convert --to jsonl --offsets char", record().as_bytes()).ends(0);
    assert_ne!(chars.text(), bytes.text());
    let back = bench.feed("convert --to jsonl", &chars.stdout).ends(0);
    assert_eq!(back.text(), bytes.text());
}

#[test]
fn sentences_stand_one_a_line() {
    let bench = Bench::new();
    let text = bench.feed("convert --to text --sentences", record().as_bytes()).ends(0);
    assert_eq!(text.text(), "Bộ trưởng tiếp đoàn.\nHai bên ký kết.\n\n");
    let text = bench.feed("convert --to text --underscored", record().as_bytes()).ends(0);
    assert_eq!(text.text(), "Bộ_trưởng tiếp đoàn .\nHai bên ký_kết .\n\n");
}

#[test]
fn conllu_has_the_bytes_of_each_token() {
    let bench = Bench::new();
    let text = bench.feed("convert --to conllu", record().as_bytes()).ends(0);
    insta::assert_snapshot!(text.text());
}

#[test]
fn missing_layers_are_computed_and_the_others_left_alone() {
    let bench = Bench::new();
    bench.file(
        "a.txt",
        "Sáng 5/7, tại Hà Nội, Bộ trưởng Ngô Xuân Lịch đã tiếp đoàn đại biểu cấp cao của Lào.\n\
         Bộ trưởng chúc mừng những thành tựu của nước bạn.Hai bên trao đổi về hợp tác quốc phòng.\n",
    );
    let text = bench.run("convert a.txt --to text --sentences").ends(0);
    assert_eq!(
        text.text(),
        "Sáng 5/7, tại Hà Nội, Bộ trưởng Ngô Xuân Lịch đã tiếp đoàn đại biểu cấp cao của Lào.\n\
         Bộ trưởng chúc mừng những thành tựu của nước bạn.\n\
         Hai bên trao đổi về hợp tác quốc phòng.\n\n"
    );
    let records = bench.run("convert a.txt --to jsonl").ends(0).records();
    assert_eq!(column(&records, "id"), ["a"]);
    assert!(records[0].get("clean").is_none());
}

#[test]
fn missing_layers_are_computed_with_the_options_of_their_stages() {
    let bench = Bench::new();
    bench
        .file("a.txt", "Hai bên đã ký kế hoạch hợp tác tại Hà Nội.\nQuét mã QR để nhận tin mới.\n")
        .file("rules.toml", "[cues]\npromo = [\"Quét mã QR\"]\n")
        .file("words.txt", "kế hoạch hợp tác\n");
    let says = |words: &str| bench.run(words).ends(0).text().to_owned();
    let plain = "Hai bên đã ký kế hoạch hợp tác tại Hà Nội.\n";
    assert_eq!(says("convert a.txt --to text --rules rules.toml"), format!("{plain}\n"));
    assert_ne!(says("convert a.txt --to text"), format!("{plain}\n"));
    let words = says("convert a.txt --to text --underscored --lexicon words.txt");
    assert!(words.contains(" kế_hoạch_hợp_tác "), "{words}");
    // What would do nothing is said.
    let error = |words: &str| bench.run(words).ends(2).stderr;
    let lexicon = "bantin: --lexicon goes with --sentences, --underscored and --to conllu\n";
    assert_eq!(error("convert a.txt --to text --lexicon words.txt"), lexicon);
    assert!(error("convert a.txt --to jsonl --rules rules.toml").contains("cleans nothing"));
}

#[test]
fn formats_without_a_place_for_errors_tell_them_on_stderr() {
    let bench = Bench::new();
    let input = format!("{{broken\n{}", record());
    let ran = bench.feed("convert --to conllu --from jsonl", input.as_bytes()).ends(1);
    assert!(ran.text().starts_with("# newdoc id = tin_1\n"));
    assert!(ran.stderr.contains("-:1: invalid_json"), "{}", ran.stderr);
}

#[test]
fn folders_of_output_have_the_ending_of_the_format() {
    let bench = Bench::new();
    bench.file("a.jsonl", record());
    bench.run("convert a.jsonl --to conllu -o out").ends(0);
    bench.run("convert a.jsonl --to text -o out").ends(0);
    assert_eq!(bench.names("out"), ["a.conllu", "a.conllu.meta.json", "a.txt", "a.txt.meta.json"]);
}
