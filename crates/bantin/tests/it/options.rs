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
    let twice = "{\"id\":\"per:a\",\"type\":\"PER\",\"names\":[\"Ngô Xuân Lịch\"]}\n\
                 {\"id\":\"per:b\",\"type\":\"PER\",\"names\":[\"ngô xuân lịch\"]}\n";
    bench.file("kb.jsonl", twice);
    let ran = bench.run("tag a.txt --kb kb.jsonl").ends(2);
    assert!(ran.stderr.contains("kb.jsonl: line 2: line 1 gives the name"), "{}", ran.stderr);
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

#[test]
fn rules_of_the_user_open_zones_and_keep_sentences() {
    let bench = Bench::new();
    bench.file("a.txt", format!("{TIN}Quét mã để tải ứng dụng của chúng tôi\n"));
    bench.file("rules.toml", "[cues]\npromo = [\"Quét mã\"]\n");
    let zones = |words: &str| bench.run(words).ends(0).records()[0]["clean"]["zones"].clone();
    let zones = zones("clean a.txt --rules rules.toml");
    let last = zones.as_array().unwrap().last().unwrap().clone();
    assert_eq!(last["kind"], "promo", "{zones}");
    assert_eq!(last["rule"], "C180");
    bench.file("rules.toml", "[cues]\nbody = [\"x\"]\n");
    let ran = bench.run("clean a.txt --rules rules.toml").ends(2);
    assert!(ran.stderr.starts_with("bantin: rules.toml: [cues] names the zone"), "{}", ran.stderr);
}

#[test]
fn a_profile_is_made_once_and_read_then() {
    let bench = Bench::new();
    bench.file("tin.jsonl", crate::bench::corpus(60));
    let ran = bench.run("clean tin.jsonl --profile site.profile").ends(0);
    assert!(ran.stderr.contains("site.profile: learned from 60 documents"), "{}", ran.stderr);
    let profile = bench.read("site.profile");
    let again = bench.run("clean tin.jsonl --profile site.profile -j 1").ends(0);
    assert_eq!(again.stderr, "");
    assert_eq!(again.stdout, ran.stdout);
    assert_eq!(bench.read("site.profile"), profile);
    let piped = bench.feed("clean --profile other.profile", b"{\"text\":\"x\"}").ends(2);
    assert!(piped.stderr.contains("stdin cannot be read twice"), "{}", piped.stderr);
    bench.file("bad.profile", "x");
    let ran = bench.run("clean tin.jsonl --profile bad.profile").ends(2);
    assert!(ran.stderr.starts_with("bantin: bad.profile: not a site profile"), "{}", ran.stderr);
}

#[test]
fn words_of_the_user_are_joined_and_kept_apart() {
    let bench = Bench::new();
    bench.file("a.txt", TIN).file("words.txt", "trao đổi về\nhai | nước\t3\n");
    let text = bench.run("segment a.txt --lexicon words.txt").ends(0);
    let text = bench.feed("convert --to text --underscored", &text.stdout).ends(0);
    assert!(text.text().contains(" trao_đổi_về "), "{}", text.text());
    assert!(text.text().contains(" hai nước "), "{}", text.text());
    bench.file("words.txt", "\nmột\n");
    let ran = bench.run("segment a.txt --lexicon words.txt").ends(2);
    assert!(ran.stderr.starts_with("bantin: words.txt: line 2: "), "{}", ran.stderr);
}
