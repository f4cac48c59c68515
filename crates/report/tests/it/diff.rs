//! Two reports of one corpus, compared.

use bantin_document::Record;
use bantin_report::{Report, Tables, diff};

use crate::{files, observed, records};

fn tables(report: &Report) -> Tables {
    files(report, "tables/").into_iter().collect()
}

#[test]
fn a_report_does_not_differ_from_itself() {
    let tables = tables(&observed(&records("scholarships")).finish());
    let same = diff(&tables, &tables).unwrap();
    assert!(same.is_empty());
    assert_eq!(same.markdown(), "The two reports say the same.\n");
}

/// A cleaner that keeps the photo credit makes the photographer an actor: the difference says so.
#[test]
fn a_kept_credit_shows_as_a_new_entity_and_a_changed_zone() {
    let mut records = records("scholarships");
    let old = tables(&observed(&records).finish());
    let Record::Document(document) = &mut records[0] else { panic!("a document") };
    let clean = document.clean.as_mut().unwrap();
    for zone in &mut clean.zones {
        if zone.kind == bantin_document::ZoneKind::PhotoCredit {
            *zone = bantin_document::Zone::new(
                bantin_document::Spanned::span(zone),
                bantin_document::ZoneKind::Body,
            );
        }
    }
    for mention in &mut document.tag.as_mut().unwrap().mentions {
        if mention.surface == "Thu Trang" {
            mention.zone = None;
            mention.entity = Some("per:thu-trang".into());
        }
    }
    let new = tables(&observed(&records).finish());
    insta::assert_snapshot!(diff(&old, &new).unwrap().markdown());
}

#[test]
fn a_broken_table_is_named_with_its_line() {
    let broken = Tables::from([("events.jsonl".to_owned(), "{\"id\":\"a\"}\n{}\n".to_owned())]);
    let error = diff(&broken, &Tables::new()).unwrap_err();
    assert_eq!(error.to_string(), "events.jsonl:2: no row of a report: it has no \"id\"");
}
