//! Whatever the blocks, limits and threads: the records are those of the lines.

use std::num::NonZeroUsize;
use std::sync::Arc;

use bantin_document::{Fields, Record, Unit};
use bantin_pipeline::{Engine, Format, Inputs};
use proptest::prelude::*;

/// What reading line by line would give: ids, or codes of failures.
fn expected(bytes: &[u8]) -> Vec<String> {
    let mut records = Vec::new();
    let mut lines: Vec<_> = bytes.split(|b| *b == b'\n').collect();
    let last = lines.len() - 1;
    if lines[last].is_empty() {
        lines.pop();
    }
    for (i, line) in lines.into_iter().enumerate() {
        let Ok(text) = String::from_utf8(line.to_vec()) else {
            records.push("InvalidUtf8".to_owned());
            continue;
        };
        let text = if i == 0 { text.trim_start_matches('\u{feff}') } else { &text };
        if text.trim_ascii().is_empty() {
            continue;
        }
        records.push(match Record::parse(text, &Fields::default()) {
            Ok(Record::Document(document)) => document.id,
            Ok(Record::Error(error)) => format!("{:?}", error.code),
            Err(error) => format!("{:?}", error.code),
        });
    }
    records
}

fn read(bytes: &[u8], threads: usize) -> Vec<String> {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("a.jsonl");
    std::fs::write(&path, bytes).unwrap();
    let inputs = Arc::new(Inputs::find(&[path], None).unwrap());
    let mut engine = Engine::new(Vec::new(), NonZeroUsize::new(threads).unwrap()).unwrap();
    engine.format = Some(Format::Lines);
    let mut out = Vec::new();
    engine
        .run(&inputs, &Unit::Byte, |output| {
            out.extend(output.part);
            Ok::<(), ()>(())
        })
        .unwrap();
    let text = String::from_utf8(out).unwrap();
    text.lines()
        .map(|line| match Record::parse(line, &Fields::default()).unwrap() {
            Record::Document(document) => document.id,
            Record::Error(error) => format!("{:?}", error.code),
        })
        .collect()
}

fn line() -> impl Strategy<Value = Vec<u8>> {
    prop_oneof![
        6 => ("[a-z]{1,8}", 0..4000_usize).prop_map(|(id, n)| {
            format!("{{\"id\":\"{id}\",\"text\":\"{}\"}}", "Hà Nội ".repeat(n)).into_bytes()
        }),
        1 => Just(b"{\"id\":\"x\",\"text\":\"\xE1\"}".to_vec()),
        1 => Just(b"{\"id\":".to_vec()),
        1 => Just(b"  \r".to_vec()),
        1 => Just(Vec::new()),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 40, ..ProptestConfig::default() })]

    #[test]
    fn records_are_those_of_the_lines(
        lines in prop::collection::vec(line(), 1..40),
        mark in any::<bool>(),
        ends in any::<bool>(),
    ) {
        let mut bytes = if mark { "\u{feff}".as_bytes().to_vec() } else { Vec::new() };
        bytes.extend(lines.join(&b'\n'));
        if ends {
            bytes.push(b'\n');
        }
        let expected = expected(&bytes);
        prop_assert_eq!(&read(&bytes, 1), &expected);
        prop_assert_eq!(&read(&bytes, 3), &expected);
    }

    #[test]
    fn no_bytes_stop_the_reader(bytes in prop::collection::vec(any::<u8>(), 0..4000)) {
        read(&bytes, 1);
    }
}
