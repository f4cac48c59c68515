//! Vietnamese syllables: onset, rime and tone, wherever the tone mark was put.

use crate::letters::{Letter, Tone};

/// A legal Vietnamese syllable: `nghiêng` is `ngh` + `iêng` + level.
///
/// `hòa` and `hoà` are the same syllable, and so are their capitals: the tone belongs to the
/// syllable, not to the letter that carries its mark.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Syllable {
    /// Initial consonants in lower case; empty when it begins with a vowel.
    pub onset: &'static str,
    /// Vowels and final consonants in lower case, without tone.
    pub rime: &'static str,
    /// The one tone of the syllable.
    pub tone: Tone,
}

impl Syllable {
    /// Takes `text` apart when it is one legal syllable, in NFC and any case.
    ///
    /// `Ngô` is legal, `Shoigu` and `TTXVN` are not. Cost: one pass and two binary searches.
    pub fn parse(text: &str) -> Option<Syllable> {
        if text.len() > 4 * LONGEST {
            return None;
        }
        let mut bare = [0; 4 * LONGEST];
        let mut len = 0;
        let mut tone = Tone::Level;
        for c in text.chars() {
            let letter = Letter::of(c)?;
            if letter.tone != Tone::Level {
                if tone != Tone::Level {
                    return None; // two tones
                }
                tone = letter.tone;
            }
            if len + 4 > bare.len() {
                return None;
            }
            len += letter.base.encode_utf8(&mut bare[len..]).len();
        }
        let bare = str::from_utf8(&bare[..len]).ok()?;
        // Most onsets differ in their first letter; to see that is cheaper than to compare them.
        let first = bare.as_bytes().first();
        let may_begin = |onset: &&&str| onset.is_empty() || onset.as_bytes().first() == first;
        ONSETS.iter().filter(may_begin).find_map(|onset| {
            let rest = bare.strip_prefix(onset)?;
            // "gì", "gìn" write the i of gi once.
            let rime = match (*onset, rest) {
                ("gi", "") => "i",
                ("gi", _) if rime(rest).is_none() => rime(&bare[1..])?,
                _ => rime(rest)?,
            };
            Some(Syllable { onset, rime, tone })
        })
    }
}

/// True when `text` is one legal Vietnamese syllable.
pub fn is_legal(text: &str) -> bool {
    Syllable::parse(text).is_some()
}

fn rime(rest: &str) -> Option<&'static str> {
    RIMES.binary_search(&rest).ok().map(|i| RIMES[i])
}

/// Letters of the longest syllable, nghiêng, with room to spare.
const LONGEST: usize = 10;

/// Longest first, so that `ngh` is not read as `n`.
const ONSETS: [&str; 29] = [
    "ngh", "ch", "gh", "gi", "kh", "ng", "nh", "ph", "qu", "th", "tr", "b", "c", "d", "đ", "g",
    "h", "k", "l", "m", "n", "p", "r", "s", "t", "v", "x", "", "z",
];

/// Sorted by bytes.
const RIMES: [&str; 169] = [
    "a", "ac", "ach", "ai", "am", "an", "ang", "anh", "ao", "ap", "at", "au", "ay", "e", "ec",
    "em", "en", "eng", "eo", "ep", "et", "i", "ia", "ich", "im", "in", "ing", "inh", "ip", "it",
    "iu", "iêc", "iêm", "iên", "iêng", "iêp", "iêt", "iêu", "o", "oa", "oac", "oach", "oai", "oam",
    "oan", "oang", "oanh", "oao", "oap", "oat", "oay", "oc", "oe", "oen", "oeo", "oet", "oi", "om",
    "on", "ong", "ooc", "oong", "op", "ot", "oăc", "oăm", "oăn", "oăng", "oăt", "u", "ua", "uc",
    "ui", "um", "un", "ung", "uo", "up", "ut", "uy", "uya", "uych", "uyn", "uynh", "uyp", "uyt",
    "uyu", "uyên", "uyêt", "uân", "uâng", "uât", "uây", "uê", "uêch", "uên", "uênh", "uôc", "uôi",
    "uôm", "uôn", "uông", "uôt", "uơ", "y", "yn", "ynh", "yt", "yêm", "yên", "yêng", "yêt", "yêu",
    "âc", "âm", "ân", "âng", "âp", "ât", "âu", "ây", "ê", "êch", "êm", "ên", "êng", "ênh", "êp",
    "êt", "êu", "ô", "ôc", "ôi", "ôm", "ôn", "ông", "ôp", "ôt", "ôông", "ăc", "ăm", "ăn", "ăng",
    "ăp", "ăt", "ơ", "ơi", "ơm", "ơn", "ơng", "ơp", "ơt", "ư", "ưa", "ưc", "ưi", "ưm", "ưn", "ưng",
    "ưt", "ưu", "ươc", "ươi", "ươm", "ươn", "ương", "ươp", "ươt", "ươu",
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_place_of_the_tone_does_not_matter() {
        assert_eq!(Syllable::parse("thoả"), Syllable::parse("THỎA"));
        let quoc = Syllable::parse("Quốc").unwrap();
        assert_eq!((quoc.onset, quoc.rime, quoc.tone), ("qu", "ôc", Tone::Sharp));
    }

    #[test]
    fn gi_shares_its_vowel() {
        for (text, rime) in [("gì", "i"), ("gìn", "in"), ("giêng", "êng"), ("giá", "a")] {
            assert_eq!(Syllable::parse(text).map(|s| (s.onset, s.rime)), Some(("gi", rime)));
        }
    }

    #[test]
    fn foreign_words_and_abbreviations_are_not_syllables() {
        for text in ["Shoigu", "Bortnikov", "TTXVN", "ADMM", "Gaiduoweiqi", "2018", "", "hòà"] {
            assert!(!is_legal(text), "{text}");
        }
        for text in ["Nghiêng", "UYÊN", "Ủy", "Uỷ", "yêu", "Đắk", "khuỷu", "hoặc"] {
            assert_eq!(is_legal(text), text != "Đắk", "{text}");
        }
    }

    #[test]
    fn rimes_are_sorted_for_the_search() {
        assert!(RIMES.is_sorted());
    }
}
