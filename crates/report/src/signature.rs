//! What two tellings of one story have in common: a sketch of the document's wording.

use std::fmt::Write;

use bantin_text::keys::syllable_key;
use bantin_text::{Span, scan};
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use xxhash_rust::xxh3::xxh3_64;

/// Number of bins, each the smallest hash of its share of the shingles.
const BINS: usize = 32;
/// Syllables in a shingle.
const SHINGLE: usize = 3;
/// Below this number of filled bins a sketch says too little.
const ENOUGH: usize = 24;
/// Bins that a band of the index holds; two sketches meet when one band is equal.
const BAND: usize = 3;

/// MinHash of the syllable trigrams of the clean text, by one-permutation hashing (Li, Owen and
/// Zhang 2012): one hash per trigram, whatever the number of bins. 128 bytes a document.
///
/// Case, tone placement and white space do not matter, nor does anything that clean removed, so
/// that the same agency text with another paper's captions has the same sketch.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Signature([u32; BINS]);

impl Default for Signature {
    fn default() -> Self {
        Signature([u32::MAX; BINS])
    }
}

impl Signature {
    pub(crate) fn of(text: &str, keys: &mut Keys) -> Signature {
        let mut bins = [u32::MAX; BINS];
        let mut window = [0u64; SHINGLE];
        let mut n = 0;
        keys.each(text, |key| {
            window = [window[1], window[2], key];
            n += 1;
            if n >= SHINGLE {
                let mut bytes = [0; SHINGLE * 8];
                for (place, key) in bytes.chunks_exact_mut(8).zip(window) {
                    place.copy_from_slice(&key.to_le_bytes());
                }
                let hash = xxh3_64(&bytes);
                let bin = &mut bins[(hash >> 59) as usize];
                *bin = (*bin).min(hash as u32);
            }
        });
        Signature(bins)
    }

    /// True when the text was long enough to be compared.
    pub(crate) fn is_telling(&self) -> bool {
        self.0.iter().filter(|bin| **bin != u32::MAX).count() >= ENOUGH
    }

    /// Estimated share of trigrams that two texts have in common (Jaccard), within about 0.08.
    pub(crate) fn similarity(&self, other: &Signature) -> f64 {
        let filled = |pair: &(&u32, &u32)| *pair.0 != u32::MAX || *pair.1 != u32::MAX;
        let pairs = self.0.iter().zip(&other.0).filter(filled);
        let (equal, all) =
            pairs.fold((0u32, 0u32), |(e, n), (a, b)| (e + u32::from(a == b), n + 1));
        f64::from(equal) / f64::from(all.max(1))
    }

    /// Keys under which an index finds documents that may be near-duplicates.
    pub(crate) fn bands(&self) -> impl Iterator<Item = (usize, [u32; BAND])> {
        self.0.chunks_exact(BAND).enumerate().filter_map(|(n, chunk)| {
            let band: [u32; BAND] = chunk.try_into().ok()?;
            (!band.contains(&u32::MAX)).then_some((n, band))
        })
    }
}

/// The matching keys of the syllables met so far: nine of ten come again.
#[derive(Clone, Debug, Default)]
pub(crate) struct Keys(Vec<(u128, u64)>);

/// Places of the table, a power of two; a syllable has one, which the last that came holds.
const PLACES: usize = 4096;

impl Keys {
    /// Calls `each` with the key of every atom of `text` that is no mark.
    fn each(&mut self, text: &str, mut each: impl FnMut(u64)) {
        self.0.resize(PLACES, (0, 0));
        for (from, to, is_word) in scan(text, Span::new(0, text.len())) {
            if is_word {
                each(self.key(text, from, to));
            }
        }
    }

    /// The key of `text[from..to]`.
    fn key(&mut self, text: &str, from: usize, to: usize) -> u64 {
        let ahead = text.as_bytes()[from..].first_chunk::<16>().filter(|_| to - from <= 16);
        let Some(ahead) = ahead else { return syllable_key(&text[from..to]) };
        // What stands behind the word is pushed out; no byte of a word is 0.
        let word = u128::from_le_bytes(*ahead) << (8 * (16 - (to - from)));
        let mixed = (word as u64 ^ (word >> 64) as u64).wrapping_mul(0x9E37_79B9_7F4A_7C15);
        let place = &mut self.0[(mixed >> 52) as usize % PLACES];
        if place.0 != word {
            *place = (word, syllable_key(&text[from..to]));
        }
        place.1
    }
}

impl Serialize for Signature {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut hex = String::with_capacity(BINS * 8);
        for bin in self.0 {
            write!(hex, "{bin:08x}").map_err(serde::ser::Error::custom)?;
        }
        serializer.serialize_str(&hex)
    }
}

impl<'de> Deserialize<'de> for Signature {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let hex = String::deserialize(deserializer)?;
        let wrong = || serde::de::Error::custom("a signature is 256 hexadecimal digits");
        let mut bins = [0; BINS];
        if hex.len() != BINS * 8 || !hex.is_ascii() {
            return Err(wrong());
        }
        for (n, bin) in bins.iter_mut().enumerate() {
            *bin = u32::from_str_radix(&hex[n * 8..n * 8 + 8], 16).map_err(|_| wrong())?;
        }
        Ok(Signature(bins))
    }
}

#[cfg(test)]
mod tests {
    use bantin_text::atoms::{AtomKind, keyed};
    use proptest::prelude::*;

    use super::*;

    fn story(sentences: std::ops::Range<usize>) -> String {
        sentences.map(|n| format!("Đoàn thứ {n} đã tới thăm nhà máy số {n} ở tỉnh {n}. ")).collect()
    }

    fn sketch(text: &str) -> Signature {
        Signature::of(text, &mut Keys::default())
    }

    proptest! {
        #[test]
        fn keys_are_those_of_the_atoms(texts in prop::collection::vec("[ \na-zA-Zđàộữ0-9.,“”–×\u{a0}п中\u{301}]{0,60}", 3)) {
            let mut keys = Keys::default();
            for text in &texts {
                let mut found = Vec::new();
                keys.each(text, |key| found.push(key));
                let atoms = keyed(text).filter(|(atom, _)| atom.kind != AtomKind::Mark);
                prop_assert_eq!(found, atoms.map(|(_, key)| key).collect::<Vec<_>>());
            }
        }
    }

    #[test]
    fn the_same_wording_is_found_whatever_its_case_and_tone_placement() {
        let a = sketch("Hai bên thoả thuận tăng cường hoà bình, ổn định ở khu vực.");
        let b = sketch("HAI BÊN thỏa thuận tăng cường hòa bình; ổn định ở khu vực");
        assert_eq!(a, b);
    }

    #[test]
    fn a_shortened_story_is_near_and_another_story_is_far() {
        let whole = sketch(&story(0..60));
        let shortened = sketch(&story(0..54));
        let other = sketch(&story(100..160));
        assert!(whole.is_telling());
        assert!(whole.similarity(&shortened) > 0.7, "{}", whole.similarity(&shortened));
        assert!(whole.similarity(&other) < 0.3, "{}", whole.similarity(&other));
        assert!(whole.bands().any(|band| shortened.bands().any(|other| other == band)));
    }

    #[test]
    fn a_sketch_survives_the_way_through_json() {
        let sketch = sketch("Chiều 20-11, tại Hà Nội, Bộ trưởng tiếp đoàn.");
        let json = serde_json::to_string(&sketch).unwrap();
        assert_eq!(serde_json::from_str::<Signature>(&json).unwrap(), sketch);
    }
}
