//! The tables and the summary of a few stories, to be read.

use crate::{files, observed, page, records};

#[test]
fn tables_of_the_scholarship_stories() {
    let report = observed(&records("scholarships")).finish();
    let mut all = String::new();
    for (name, text) in files(&report, "tables/") {
        all += &format!("== {name}\n{}", text);
    }
    insta::assert_snapshot!(all);
    insta::assert_snapshot!("markdown", report.markdown());
}

#[test]
fn exports_of_the_scholarship_stories() {
    let report = observed(&records("scholarships")).finish();
    let mut all = String::new();
    for (name, text) in files(&report, "exports/") {
        all += &format!("== {name}\n{}\n", text);
    }
    insta::assert_snapshot!(all.replace('\r', ""));
}

/// The script element of a text that holds one, in the tables and in the reader.
#[test]
fn nothing_in_a_text_ends_the_data_of_the_page() {
    let text = "Bài viết </script><script>alert(1)</script> <!-- & \"x\" kết thúc.";
    let mut document = bantin_document::Document::new("</script>\"'<b>", text);
    document.tag = Some(Default::default());
    let html = page(&observed(&[bantin_document::Record::Document(document)]).finish());
    let scripts = html.matches("<script").count();
    assert_eq!(scripts, html.matches("</script>").count());
    assert!(!html.contains("<script>alert"));
    assert!(html.contains("\\u003c/script>"));
    assert!(html.contains("data-doc=\"&lt;/script&gt;&quot;'&lt;b&gt;\""));
}

/// The page asks nothing of anybody: no address outside namespaces, nothing loaded.
#[test]
fn the_page_needs_no_network() {
    let html = page(&observed(&records("scholarships")).finish());
    for word in ["src=", "@import", "url(", "fetch(", "XMLHttpRequest", "https://"] {
        assert!(!html.contains(word), "{word}");
    }
}
