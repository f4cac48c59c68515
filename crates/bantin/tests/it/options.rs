//! What the user tells the stages.

use serde_json::Value;

use crate::bench::Bench;

const TIN: &str = "Chiều 20-11, tại Hà Nội, Đại tướng Ngô Xuân Lịch đã tiếp Đại sứ Konstantin Vnukov.\n\
                   Hai bên trao đổi về hợp tác quốc phòng giữa hai nước.\n";

fn mentions(words: &str, bench: &Bench) -> Vec<Value> {
    let records = bench.run(words).ends(0).records();
    records[0]["tag"]["mentions"].as_array().unwrap().clone()
}

#[test]
fn a_day_is_completed_by_the_day_the_user_names() {
    let bench = Bench::new();
    bench.file("a.txt", TIN);
    let date = |words: &str| {
        let mentions = mentions(words, &bench);
        let date = mentions.iter().find(|m| m["type"] == "DATE").unwrap();
        assert!(date["value"].as_str().unwrap().starts_with("XXXX-11-20"), "{date}");
        date["resolved"].clone()
    };
    assert!(!date("tag a.txt").to_string().contains("2018"));
    assert!(date("tag a.txt --date 2018-11-21").as_str().unwrap().starts_with("2018-11-20"));
    let ran = bench.run("tag a.txt --date 21/11").ends(2);
    assert_eq!(ran.stderr, "bantin: 21/11 is no day; 2018-04-05 is one\n");
}

#[test]
fn what_the_user_knows_gives_its_ids() {
    let bench = Bench::new();
    bench.file("a.txt", TIN).file(
        "kb.jsonl",
        "{\"id\":\"per:lich\",\"type\":\"PER\",\"names\":[\"Ngô Xuân Lịch\",\"tướng Lịch\"]}\n",
    );
    let mentions = mentions("tag a.txt --kb kb.jsonl", &bench);
    let lich = mentions.iter().find(|m| m["surface"] == "Ngô Xuân Lịch").unwrap();
    assert_eq!(lich["entity"], "per:lich");
    bench.file("kb.jsonl", "{\"id\":\"per:lich\"}\n");
    let ran = bench.run("tag a.txt --kb kb.jsonl").ends(2);
    assert!(ran.stderr.starts_with("bantin: kb.jsonl: line 1: not an entity"), "{}", ran.stderr);
    let ran = bench.run("tag a.txt --kb nowhere.jsonl").ends(2);
    assert!(ran.stderr.starts_with("bantin: nowhere.jsonl: No such file"), "{}", ran.stderr);
}

#[test]
fn other_options_make_other_output_that_is_computed_again() {
    let bench = Bench::new();
    bench.file("tin/a.txt", TIN).file("kb.jsonl", "");
    let unchanged = |words: &str| bench.run(words).ends(0).stderr.contains("1 file unchanged");
    assert!(!unchanged("run tin -o out"));
    assert!(unchanged("run tin -o out"));
    assert!(!unchanged("run tin -o out --date 2018-11-21"));
    assert!(!unchanged("run tin -o out --kb kb.jsonl"));
    assert!(unchanged("run tin -o out --kb kb.jsonl"));
    bench.file("kb.jsonl", "{\"id\":\"loc:hn\",\"type\":\"LOC\",\"names\":[\"Hà Nội\"]}\n");
    assert!(!unchanged("run tin -o out --kb kb.jsonl"));
}

#[test]
fn in_doubt_recall_removes_what_precision_keeps() {
    let bench = Bench::new();
    let seeds = crate::bench::seeds().display().to_string();
    let removed = |favor: &str| -> u64 {
        let records = bench.run(&format!("clean {seeds} --favor {favor}")).ends(0).records();
        let zones = records.iter().flat_map(|r| r["clean"]["zones"].as_array().unwrap());
        let kept = ["title", "lede", "dateline", "body"];
        let dropped = zones.filter(|zone| !kept.contains(&zone["kind"].as_str().unwrap()));
        dropped.map(|z| z["end"].as_u64().unwrap() - z["start"].as_u64().unwrap()).sum()
    };
    assert!(removed("precision") <= removed("balanced"));
    assert!(removed("balanced") <= removed("recall"));
}
