//! Vietnamese syllables: onset, rime and tone, wherever the tone mark was put.

use std::sync::LazyLock;

use crate::letters::{Code, TONES, Tone};

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
    /// `Ngô` is legal, `Shoigu` and `TTXVN` are not. Cost: one pass and a binary search for each
    /// onset that it may begin with.
    pub fn parse(text: &str) -> Option<Syllable> {
        let mut letters = [0; LONGEST];
        let mut len = 0;
        let mut tone = 0;
        for c in text.chars() {
            let code = Code::of(c)?;
            if code.tone() != 0 && tone != 0 || len == LONGEST {
                return None; // two tones, or too long
            }
            tone |= code.tone();
            letters[len] = code.base();
            len += 1;
        }
        let letters = &letters[..len];
        let tone = TONES[tone as usize];
        // Longest first, so that "ngh" is not read as "n".
        (0..=len.min(3)).rev().find_map(|end| {
            let onset = ONSETS.get(&letters[..end])?;
            let rest = &letters[end..];
            // "gì", "gìn" write the i of gi once.
            let rime = match (onset, rest) {
                ("gi", []) => "i",
                ("gi", _) => RIMES.get(rest).or_else(|| RIMES.get(&letters[1..]))?,
                _ => RIMES.get(rest)?,
            };
            Some(Syllable { onset, rime, tone })
        })
    }
}

/// Strings of letters by the numbers of these, six bits each.
struct Table(Vec<(u64, &'static str)>);

impl Table {
    fn new(strings: &[&'static str]) -> Table {
        let letter = |c| Code::of(c).map_or(0, Code::base);
        let key = |text: &str| packed(&text.chars().map(letter).collect::<Vec<u64>>());
        let mut table: Vec<_> = strings.iter().map(|text| (key(text), *text)).collect();
        table.sort_unstable();
        Table(table)
    }

    fn get(&self, letters: &[u64]) -> Option<&'static str> {
        let key = packed(letters);
        self.0.binary_search_by_key(&key, |(key, _)| *key).ok().map(|at| self.0[at].1)
    }
}

fn packed(letters: &[u64]) -> u64 {
    letters.iter().fold(0, |key, letter| key << 6 | letter)
}

/// True when `text` is one legal Vietnamese syllable.
pub fn is_legal(text: &str) -> bool {
    Syllable::parse(text).is_some()
}

/// Letters of the longest syllable, nghiêng, with room to spare.
const LONGEST: usize = 10;

static ONSETS: LazyLock<Table> = LazyLock::new(|| {
    Table::new(&[
        "", "b", "c", "ch", "d", "đ", "g", "gh", "gi", "h", "k", "kh", "l", "m", "n", "ng", "ngh",
        "nh", "p", "ph", "qu", "r", "s", "t", "th", "tr", "v", "x", "z",
    ])
});

static RIMES: LazyLock<Table> = LazyLock::new(|| Table::new(&ALL_RIMES));

const ALL_RIMES: [&str; 169] = [
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
    fn onsets_and_rimes_have_keys_of_their_own() {
        for table in [&*ONSETS, &*RIMES] {
            assert!(table.0.is_sorted_by(|a, b| a.0 < b.0));
        }
    }
}
