//! Matching keys: what is compared when two spellings should count as one.
//!
//! Keys fold case, the place of a tone mark (`thoả` = `thỏa`), final i and y (`kỹ` = `kĩ`) and
//! Ð for Đ. The surface form is never changed.

use xxhash_rust::xxh3::xxh3_64;

use crate::letters::{Letter, Tone, base_number};

/// Key of one syllable or other alphanumeric run in NFC: equal for all its spellings.
///
/// Up to nine letters and digits are packed, six bits each, with the tone above them, so two
/// keys are equal only when the syllables are; anything longer or foreign is hashed (xxh3) with
/// the top bit set. No allocation unless hashed.
pub fn syllable_key(text: &str) -> u64 {
    packed(text).unwrap_or_else(|| xxh3_64(text.to_lowercase().as_bytes()) | HASHED)
}

const HASHED: u64 = 1 << 63;
const LETTERS: usize = 9;

fn packed(text: &str) -> Option<u64> {
    let mut numbers = [0u64; LETTERS];
    let mut len = 0;
    let mut tone = Tone::Level;
    for c in text.chars() {
        let number = if let Some(letter) = Letter::of(c) {
            if letter.tone != Tone::Level {
                if tone != Tone::Level {
                    return None;
                }
                tone = letter.tone;
            }
            base_number(letter.base)
        } else if let Some(digit) = c.to_digit(10) {
            34 + u64::from(digit)
        } else {
            return None;
        };
        *numbers.get_mut(len)? = number;
        len += 1;
    }
    fold_final_y(&mut numbers[..len]);
    let letters = numbers[..len].iter().fold(0, |key, number| key << 6 | number);
    Some(letters | (tone as u64) << (6 * LETTERS))
}

/// `kỹ` and `quý` read as `kĩ` and `quí`; `thúy` keeps its y, since `thúi` is another syllable.
fn fold_final_y(numbers: &mut [u64]) {
    let number = |c| base_number(c);
    if let [before @ .., last] = numbers
        && *last == number('y')
        && match before {
            [onset] => ['h', 'k', 'l', 'm', 's', 't', 'v'].iter().any(|c| number(*c) == *onset),
            [q, u] => *q == number('q') && *u == number('u'),
            _ => false,
        }
    {
        *last = number('i');
    }
}

/// The text without tones and letter marks, in lower case: `Đại tướng` gives `dai tuong`.
/// Characters that are no Vietnamese letters are lower-cased.
pub fn unaccented(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match Letter::of(c) {
            Some(letter) => out.push(letter.unmarked()),
            None => out.extend(c.to_lowercase()),
        }
    }
    out
}

/// The text as part of an id: unaccented, every run of other characters one hyphen.
/// `Ngô Xuân Lịch` gives `ngo-xuan-lich`.
pub fn slug(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in unaccented(text).chars() {
        if c.is_alphanumeric() {
            out.push(c);
        } else if !out.is_empty() && !out.ends_with('-') {
            out.push('-');
        }
    }
    if out.ends_with('-') {
        out.pop();
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn spellings_of_one_syllable_share_a_key() {
        for (a, b) in
            [("thoả", "thỏa"), ("Kỹ", "kĩ"), ("quý", "Quí"), ("Đảng", "Ðảng"), ("UỶ", "ủy")]
        {
            assert_eq!(syllable_key(a), syllable_key(b), "{a} {b}");
        }
    }

    #[test]
    fn different_syllables_have_different_keys() {
        for (a, b) in [("thúy", "thúi"), ("ma", "má"), ("dân", "đân"), ("tay", "tai"), ("a1", "a2")]
        {
            assert_ne!(syllable_key(a), syllable_key(b), "{a} {b}");
        }
    }

    #[test]
    fn ids_are_plain_ascii() {
        assert_eq!(slug("Ngô Xuân Lịch"), "ngo-xuan-lich");
        assert_eq!(
            slug("Ủy ban Liên Chính phủ Việt Nam - LB Nga"),
            "uy-ban-lien-chinh-phu-viet-nam-lb-nga"
        );
        assert_eq!(slug("“ADMM+”"), "admm");
    }

    proptest! {
        #[test]
        fn case_never_matters(text in "[a-zàộđơ]{1,14}") {
            prop_assert_eq!(syllable_key(&text), syllable_key(&text.to_uppercase()));
        }
    }
}
