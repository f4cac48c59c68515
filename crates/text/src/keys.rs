//! Matching keys: what is compared when two spellings should count as one.
//!
//! Keys fold case, the place of a tone mark (`thoả` = `thỏa`), final i and y (`kỹ` = `kĩ`) and
//! Ð for Đ. The surface form is never changed.

use unicode_normalization::char::decompose_canonical;
use xxhash_rust::xxh3::xxh3_64;

use crate::letters::Code;

/// Key of one syllable or other alphanumeric run in NFC: equal for all its spellings.
///
/// Up to nine letters and digits are packed, six bits each, with the tone above them, so two
/// keys are equal only when the syllables are; anything longer or foreign is hashed (xxh3) with
/// the top bit set. No allocation unless it is hashed and long.
pub fn syllable_key(text: &str) -> u64 {
    let bytes = text.as_bytes();
    let mut packing = Packing::default();
    let mut at = 0;
    while at < bytes.len() && !packing.is_full() {
        if let Some((code, len)) = Code::at(bytes, at) {
            packing.letter(code);
            at += len;
        } else if bytes[at].is_ascii_digit() {
            packing.digit(bytes[at]);
            at += 1;
        } else {
            return hashed(text);
        }
    }
    packing.key(text)
}

const HASHED: u64 = 1 << 63;
const LETTERS: u32 = 9;

/// The key of a syllable whose letters come one by one.
#[derive(Clone, Copy, Default)]
pub(crate) struct Packing {
    letters: u64,
    len: u32,
    tone: u32,
    /// Letters with a tone; a syllable has one, and what is foreign counts as many.
    toned: u32,
}

impl Packing {
    #[inline]
    pub(crate) fn letter(&mut self, code: Code) {
        let tone = code.tone();
        self.tone |= tone;
        self.toned += u32::from(tone != 0);
        self.push(code.base());
    }

    /// An ASCII letter, whose last five bits are its number.
    #[inline]
    pub(crate) fn plain(&mut self, letter: u8) {
        self.push(u64::from(letter & 0b1_1111));
    }

    #[inline]
    pub(crate) fn digit(&mut self, digit: u8) {
        self.push(34 + u64::from(digit - b'0'));
    }

    /// A character of another script makes the whole foreign.
    pub(crate) fn other(&mut self) {
        self.toned += 2;
    }

    #[inline]
    fn push(&mut self, number: u64) {
        self.letters = self.letters << 6 | number;
        self.len += 1;
    }

    /// True when more letters cannot make it a syllable again.
    #[inline]
    fn is_full(&self) -> bool {
        self.toned > 1 || self.len > LETTERS
    }

    /// The key of what was packed, which is `text`.
    #[inline]
    pub(crate) fn key(self, text: &str) -> u64 {
        if self.is_full() {
            return hashed(text);
        }
        self.with_final_i() | u64::from(self.tone) << (6 * LETTERS)
    }

    /// `kỹ` and `quý` read as `kĩ` and `quí`; `thúy` keeps its y, since `thúi` is another syllable.
    #[inline]
    fn with_final_i(self) -> u64 {
        const Y: u64 = plain_number(b'y');
        const ONSETS: u64 = bits(*b"hklmstv");
        const QU: u64 = plain_number(b'q') << 6 | plain_number(b'u');
        let before = self.letters >> 6;
        let folds = self.letters & 0b11_1111 == Y
            && match self.len {
                2 => ONSETS >> before & 1 != 0,
                3 => before == QU,
                _ => false,
            };
        if folds { before << 6 | plain_number(b'i') } else { self.letters }
    }
}

/// The number of a letter without marks, that of [`Code::base`].
const fn plain_number(letter: u8) -> u64 {
    (letter - b'a' + 1) as u64
}

/// A set of letters without marks, a bit for each number.
const fn bits<const N: usize>(letters: [u8; N]) -> u64 {
    let mut bits = 0;
    let mut i = 0;
    while i < N {
        bits |= 1 << plain_number(letters[i]);
        i += 1;
    }
    bits
}

/// The key of what is no syllable; marks and words of usual length take no allocation.
pub(crate) fn hashed(text: &str) -> u64 {
    let mut buffer = [0; 64];
    let mut len = 0;
    for c in text.chars() {
        // The small form of Σ depends on its place; `str::to_lowercase` knows how.
        if c == 'Σ' || len + 16 > buffer.len() {
            return xxh3_64(text.to_lowercase().as_bytes()) | HASHED;
        }
        if c.is_ascii() {
            buffer[len] = c.to_ascii_lowercase() as u8;
            len += 1;
        } else {
            for lower in c.to_lowercase() {
                len += lower.encode_utf8(&mut buffer[len..]).len();
            }
        }
    }
    xxh3_64(&buffer[..len]) | HASHED
}

/// The text in lower case, as [`str::to_lowercase`] makes it, at a fraction of the cost where it is
/// Vietnamese.
pub fn lowercase(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for (c, code) in characters(text) {
        match code {
            None if c.is_ascii() => out.push(c),
            // Its small form depends on its place.
            None if c == 'Σ' => return text.to_lowercase(),
            None => out.extend(c.to_lowercase()),
            Some(code) if !code.is_upper() => out.push(c),
            Some(_) => {
                let small = if u32::from(c) < 0x100 { 0x20 } else { 1 };
                out.extend(char::from_u32(u32::from(c) + small));
            }
        }
    }
    out
}

/// The characters of a text, each with the code of its letter if it is one.
#[inline]
fn characters(text: &str) -> impl Iterator<Item = (char, Option<Code>)> {
    text.chars().map(|c| (c, Code::of(c)))
}

/// The text without tones and letter marks, in lower case: `Đại tướng` gives `dai tuong`,
/// `Erdoğan` gives `erdogan`. Letters that are not Latin are lower-cased.
pub fn unaccented(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for (c, code) in characters(text) {
        match code {
            Some(code) => out.push(code.unmarked()),
            None if c.is_ascii() => out.push(c),
            None => c.to_lowercase().for_each(|lower| push_plain(lower, &mut out)),
        }
    }
    out
}

/// Adds a small letter of another language without its marks; marks alone add nothing.
fn push_plain(c: char, out: &mut String) {
    if matches!(c, '\u{300}'..='\u{36F}') {
        return;
    }
    let mut base = None;
    decompose_canonical(c, |part| {
        base.get_or_insert(part);
    });
    let base = base.unwrap_or(c);
    match LATIN.binary_search_by_key(&base, |(letter, _)| *letter) {
        Ok(found) => out.push_str(LATIN[found].1),
        Err(_) if base.is_ascii() => out.push(base.to_ascii_lowercase()),
        Err(_) => out.push(c),
    }
}

/// Latin letters that are no other letter with a mark, as English newspapers write them.
#[rustfmt::skip]
const LATIN: &[(char, &str)] = &[
    ('ß', "ss"), ('æ', "ae"), ('ð', "d"), ('ø', "o"), ('þ', "th"), ('đ', "d"), ('ħ', "h"), ('ı', "i"),
    ('ĸ', "k"), ('ł', "l"), ('ŋ', "n"), ('œ', "oe"), ('ŧ', "t"), ('ə', "a"),
];

/// The text as part of an id: unaccented, every run of other characters one hyphen.
/// `Ngô Xuân Lịch` gives `ngo-xuan-lich`.
pub fn slug(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    push_slug(text, &mut out);
    out
}

/// Appends the [`slug`] of a text.
pub fn push_slug(text: &str, out: &mut String) {
    let start = out.len();
    // A hyphen stands between two runs only.
    let mut parted = false;
    let mut push = |c: char, out: &mut String| {
        if !c.is_alphanumeric() {
            parted = true;
            return;
        }
        if parted && out.len() > start {
            out.push('-');
        }
        parted = false;
        out.push(c);
    };
    for (c, code) in characters(text) {
        match code {
            Some(code) => push(code.unmarked(), out),
            None if c.is_ascii() => push(c, out),
            None => {
                let mut plain = String::new();
                c.to_lowercase().for_each(|lower| push_plain(lower, &mut plain));
                plain.chars().for_each(|c| push(c, out));
            }
        }
    }
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
        for (name, id) in [
            ("François Hollande", "francois-hollande"),
            ("Recep Tayyip Erdoğan", "recep-tayyip-erdogan"),
            ("Franc\u{327}ois", "francois"),
            ("İlham Işık", "ilham-isik"),
            ("Lech Wałęsa", "lech-walesa"),
            ("Jens Bjørn Weiß", "jens-bjorn-weiss"),
            ("Nguye\u{302}\u{303}n", "nguyen"),
            ("Æthelstan Œuvre", "aethelstan-oeuvre"),
        ] {
            assert_eq!(slug(name), id, "{name}");
        }
    }

    #[test]
    fn other_scripts_keep_their_letters() {
        for (name, plain) in [("Сергей", "сергей"), ("김정은", "김정은"), ("習近平", "習近平")]
        {
            assert_eq!(unaccented(name), plain);
        }
    }

    #[test]
    fn letters_beside_latin_are_sorted() {
        assert!(LATIN.is_sorted());
    }

    #[test]
    fn what_is_no_syllable_is_hashed_in_lower_case() {
        let hash = |text: &str| xxh3_64(text.as_bytes()) | HASHED;
        for (text, lower) in [
            ("", ""),
            ("“", "“"),
            ("ΣΑΣ", "σας"),
            ("Москва", "москва"),
            ("Washington", "washington"),
            ("İzmir", "i\u{307}zmir"),
        ] {
            assert_eq!(syllable_key(text), if text.is_empty() { 0 } else { hash(lower) }, "{text}");
        }
        let long = "Donaudampfschiffahrt".repeat(8);
        assert_eq!(syllable_key(&long), hash(&long.to_lowercase()));
    }

    proptest! {
        #[test]
        fn small_letters_are_those_of_the_standard_library(text in "[A-ZĂÂĐÊÔƠƯÀ-ỸÐa-z .,ΣİẞЖ]{0,30}|\\PC{0,20}") {
            prop_assert_eq!(lowercase(&text), text.to_lowercase());
        }

        #[test]
        fn a_slug_is_the_unaccented_text_in_runs(text in "[A-ZĂĐƠa-zếø0-9 .,\u{301}ŒΣİ習-]{0,30}|\\PC{0,20}") {
            let plain = unaccented(&text);
            let runs: Vec<_> = plain.split(|c: char| !c.is_alphanumeric()).filter(|run| !run.is_empty()).collect();
            prop_assert_eq!(slug(&text), runs.join("-"));
        }

        #[test]
        fn case_never_matters(text in "[a-zàộđơ]{1,14}") {
            prop_assert_eq!(syllable_key(&text), syllable_key(&text.to_uppercase()));
        }
    }
}
