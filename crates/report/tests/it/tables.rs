//! The tables and the summary of a few stories, to be read.

use crate::{observed, records};

#[test]
fn tables_of_the_scholarship_stories() {
    let report = observed(&records("scholarships")).finish();
    let mut all = String::new();
    for (name, bytes) in report.tables() {
        all += &format!("== {name}\n{}", String::from_utf8(bytes).unwrap());
    }
    insta::assert_snapshot!(all);
    insta::assert_snapshot!("markdown", report.markdown());
}
