//! Partial reports merge in any order and read back as they were written.

use bantin_report::Partial;
use proptest::prelude::*;

use crate::{observed, page, records};

#[test]
fn bytes_of_a_partial_read_back() {
    let partial = observed(&records("scholarships"));
    let bytes = String::from_utf8(partial.to_bytes()).unwrap();
    assert_eq!(Partial::parse(&bytes).unwrap(), partial);
}

#[test]
fn another_version_is_refused_with_what_is_wanted() {
    let error = Partial::parse(r#"{"schema":"bantin-partial/9"}"#).unwrap_err();
    assert_eq!(
        error.to_string(),
        "the partial report's schema is \"bantin-partial/9\", this build reads \"bantin-partial/3\""
    );
    assert_eq!(Partial::parse("[]").unwrap_err().to_string(), "no partial report");
}

proptest! {
    /// However the records are dealt to shards, and in whatever order they come and merge.
    #[test]
    fn shards_merge_to_the_bytes_of_one_run(
        order in Just((0..6usize).collect::<Vec<_>>()).prop_shuffle(),
        shard in prop::collection::vec(0..3usize, 6),
        merges in Just(vec![0usize, 1, 2]).prop_shuffle(),
    ) {
        let records = records("scholarships");
        let whole = observed(&records);
        let mut shards = vec![Partial::default(); 3];
        for at in order {
            shards[shard[at]].observe(&records[at]);
        }
        let mut merged = Partial::default();
        for at in merges {
            let text = String::from_utf8(shards[at].to_bytes()).unwrap();
            merged.merge(Partial::parse(&text).unwrap());
        }
        prop_assert_eq!(merged.to_bytes(), whole.to_bytes());
        prop_assert_eq!(merged.finish(), whole.finish());
    }

    /// Any text, with no layer at all.
    #[test]
    fn any_text_is_observed(text in "\\PC{0,80}", id in "\\PC{0,8}") {
        let document = bantin_document::Document::new(id, text);
        let report = observed(&[bantin_document::Record::Document(document)]).finish();
        prop_assert_eq!(report.corpus.documents, 1);
        prop_assert!(!page(&report).is_empty());
    }
}
