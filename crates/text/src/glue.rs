//! Places where a crawler lost the space or line break between two sentences.

/// Byte offsets at which something new begins that is glued to what stands before it, in order:
/// `quốc phòng.|Bộ trưởng`.
pub fn places(text: &str) -> Vec<usize> {
    let mut found = Vec::new();
    let mut before = ['\0'; 2];
    for (at, c) in text.char_indices() {
        if c.is_uppercase()
            && matches!(before[1], '.' | '!' | '?' | '…')
            && before[0].is_lowercase()
        {
            found.push(at);
        }
        before = [before[1], c];
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_glued_sentence_begins_behind_the_stop() {
        let text = "lĩnh vực quốc phòng.Bộ trưởng V.N. Drozhzhov ở TP.HCM";
        assert_eq!(places(text), [text.find("Bộ").unwrap()]);
    }
}
