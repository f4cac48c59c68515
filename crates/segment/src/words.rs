//! Words by longest match over a lexicon of hashed keys.

use bantin_text::keys::syllable_key;

use crate::atom::Atom;

static MODEL: &[u8] = include_bytes!("../models/words.bin");

/// Longest word in syllables.
const LONGEST: usize = 4;

/// The lexicon: sorted hashes of words.
#[derive(Debug, Default)]
pub(crate) struct Words;

impl Words {
    /// `joins[i]` becomes true when atoms `i` and `i + 1` belong to one word.
    pub(crate) fn join(&self, text: &str, atoms: &[Atom], joins: &mut Vec<bool>) {
        joins.clear();
        joins.resize(atoms.len(), false);
        let keys: Vec<u64> =
            atoms.iter().map(|a| syllable_key(&text[a.start as usize..a.end as usize])).collect();
        let mut at = 0;
        while at < atoms.len() {
            let mut len = 1;
            for n in (2..=LONGEST.min(atoms.len() - at)).rev() {
                if atoms[at..at + n].iter().all(|a| a.look.is_word())
                    && contains(word_key(&keys[at..at + n]))
                {
                    len = n;
                    break;
                }
            }
            joins[at..at + len - 1].fill(true);
            at += len;
        }
    }
}

/// Key of a word from the keys of its syllables.
pub fn word_key(syllables: &[u64]) -> u32 {
    let mut hash = 0u64;
    for key in syllables {
        hash = (hash.rotate_left(23) ^ key).wrapping_mul(0x9E37_79B9_7F4A_7C15);
    }
    (hash >> 32) as u32
}

fn contains(key: u32) -> bool {
    let n = MODEL.len() / 4;
    let (mut low, mut high) = (0, n);
    while low < high {
        let mid = (low + high) / 2;
        let at = mid * 4;
        let found = u32::from_le_bytes([MODEL[at], MODEL[at + 1], MODEL[at + 2], MODEL[at + 3]]);
        if found == key {
            return true;
        }
        if found < key { low = mid + 1 } else { high = mid }
    }
    false
}
