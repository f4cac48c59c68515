//! Why things are what they are.

use crate::bench::Bench;

/// A record with layers written by hand.
const RECORD: &str = concat!(
    r#"{"schema":"bantin/1","type":"document","id":"tin","text":"Nga coi trọng quan hệ.Hai bên ký kết.\nẢnh: Linh\n","#,
    r#""clean":{"zones":[{"start":0,"end":46,"kind":"body"},{"start":46,"end":58,"kind":"photo_credit","rule":"C104","confidence":0.97}],"#,
    r#""edits":[{"start":26,"end":26,"insert":"\n","kind":"split_glued","rule":"C201"}],"#,
    r#""meta":{"author":{"start":53,"end":57,"value":"Linh"}}},"#,
    r#""segment":{"paragraphs":[],"sentences":[{"start":0,"end":26,"tokens":[[0,3],[4,7],[8,15],[16,25],[25,26]]}]},"#,
    r#""tag":{"mentions":[{"start":0,"end":3,"type":"LOC","surface":"Nga","entity":"loc:lien-bang-nga","confidence":0.99}],"#,
    r#""entities":[{"id":"loc:lien-bang-nga","type":"LOC","name":"Liên bang Nga","aliases":[{"name":"Nga","reason":"short form"}]}],"#,
    r#""groups":[{"start":26,"end":34,"refs":["loc:lien-bang-nga","loc:viet-nam"]}]}}"#,
    "\n"
);

#[test]
fn a_code_is_said_in_words() {
    let bench = Bench::new();
    assert!(bench.run("explain C104").ends(0).text().starts_with("C104: \"Ảnh:\""));
    assert!(bench.run("explain c104").ends(0).text().starts_with("C104: \"Ảnh:\""));
    assert!(bench.run("explain T311").ends(0).text().starts_with("T311: "));
    assert!(bench.run("explain D402").ends(0).text().starts_with("D402: "));
    let ran = bench.run("explain C999").ends(2);
    assert_eq!(ran.stderr, "bantin: C999 is no code of this version\n");
    let ran = bench.run("explain nowhere.txt").ends(2);
    assert!(ran.stderr.contains("nowhere.txt: no such file, and no code"), "{}", ran.stderr);
}

#[test]
fn a_document_is_said_in_words() {
    let bench = Bench::new();
    bench.file("a.jsonl", RECORD);
    insta::assert_snapshot!("whole", bench.run("explain a.jsonl").ends(0).text());
    insta::assert_snapshot!("line", bench.run("explain a.jsonl --line 2").ends(0).text());
    insta::assert_snapshot!("byte", bench.run("explain a.jsonl --byte 26").ends(0).text());
}

#[test]
fn one_document_of_many_is_found_by_its_id() {
    let bench = Bench::new();
    bench.file("a.jsonl", format!("{{broken\n{}{RECORD}", crate::bench::corpus(3)));
    assert!(bench.run("explain a.jsonl --id tin --byte 0").ends(0).text().contains("\"tin\""));
    assert!(bench.run("explain a.jsonl --id d2").ends(0).text().contains("\"d2\""));
    let ran = bench.run("explain a.jsonl --id x").ends(2);
    assert_eq!(ran.stderr, "bantin: a.jsonl: no document has the id \"x\"\n");
    assert!(bench.run("explain a.jsonl").ends(2).stderr.contains("a.jsonl:1: "));
}

#[test]
fn a_place_outside_the_text_is_told() {
    let bench = Bench::new();
    bench.file("a.txt", "ộ\n");
    let says = |words: &str| bench.run(words).ends(2).stderr;
    assert_eq!(
        says("explain a.txt --byte 9"),
        "bantin: byte 9 is behind the text, which has 4 bytes\n"
    );
    assert!(says("explain a.txt --byte 1").contains("inside a character"));
    assert!(says("explain a.txt --line 3").contains("the text has 1 lines"));
}
