//! Codes in words: each stage knows its own.

/// What a code means.
pub(crate) fn words(code: &str) -> Option<&'static str> {
    bantin_clean::explain(code)
        .or_else(|| bantin_segment::explain(code))
        .or_else(|| bantin_tag::explain(code))
}

/// True for a letter and three digits.
pub(super) fn looks_like(code: &str) -> bool {
    matches!(code.as_bytes(), [letter, digits @ ..]
        if letter.is_ascii_uppercase() && digits.len() == 3 && digits.iter().all(u8::is_ascii_digit))
}

/// A code with what it means, or what its absence means.
pub(super) fn reason(code: Option<&str>, absent: &str) -> String {
    match code {
        None => absent.to_owned(),
        Some(code) => match words(code) {
            Some(words) => format!("{code}: {words}"),
            None => code.to_owned(),
        },
    }
}

#[cfg(test)]
mod tests {
    #[test]
    fn the_page_has_a_vietnamese_sentence_for_every_code_of_clean() {
        let words = include_str!("../../../report/assets/words.js");
        for (code, _) in bantin_clean::codes() {
            assert!(words.contains(&format!("\n  {code}: '")), "{code}");
        }
    }
}
