//! The page: one HTML file that needs nothing else.

use crate::report::Report;

impl Report {
    /// One self-contained HTML page.
    pub fn html(&self) -> String {
        let mut text = String::new();
        for c in self.markdown().chars() {
            match c {
                '&' => text.push_str("&amp;"),
                '<' => text.push_str("&lt;"),
                c => text.push(c),
            }
        }
        format!(
            "<!doctype html>\n<html lang=\"vi\"><meta charset=\"utf-8\"><title>Bản tin</title>\n<pre>{text}</pre>\n"
        )
    }
}
