//! A user's own words.

use std::collections::{HashMap, HashSet};

use bantin_text::atoms::atoms;
use unicode_normalization::UnicodeNormalization;

use crate::form::{Form, Place};
use crate::model::string_key;

/// Words that a user wants joined or kept apart, whatever the model thinks.
///
/// Entries match whole atoms in any case, with either tone placement, NFC or NFD. Where entries
/// overlap, the one of higher priority wins, then the longer, then the one further left.
#[derive(Clone, Debug, Default)]
pub struct Lexicon {
    entries: HashMap<u64, Entry>,
    firsts: HashSet<u32>,
    longest: usize,
}

#[derive(Clone, Debug)]
struct Entry {
    /// For each gap between its atoms: true where a word goes on.
    joins: Vec<bool>,
    priority: i32,
}

/// Why a line of a lexicon was not understood.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("line {line}: {problem}")]
pub struct LexiconError {
    line: usize,
    problem: &'static str,
}

impl Lexicon {
    /// Reads a lexicon, one entry a line; blank lines and lines that begin with `#` are passed
    /// over. Three forms:
    ///
    /// - `bản tin` or `bản_tin`: one word.
    /// - `Bộ | Công an`: kept apart where the bar stands; what stands on one side is one word.
    /// - either, then a tab and a whole number: its priority, 0 when it has none.
    ///
    /// ```
    /// let lexicon = bantin_segment::Lexicon::from_text("trí tuệ nhân tạo\nBộ | Công an\t5\n")?;
    /// assert_eq!(lexicon.len(), 2);
    /// # Ok::<(), bantin_segment::LexiconError>(())
    /// ```
    ///
    /// # Errors
    /// When a line is a single syllable or its priority is no whole number.
    pub fn from_text(text: &str) -> Result<Lexicon, LexiconError> {
        let mut lexicon = Lexicon::default();
        for (i, line) in text.lines().enumerate() {
            let problem = |problem| LexiconError { line: i + 1, problem };
            let line = line.trim_start_matches('\u{feff}').trim();
            if line.is_empty() || line.starts_with('#') {
                continue;
            }
            let (word, priority) = match line.split_once('\t') {
                Some((word, priority)) => (
                    word,
                    priority
                        .trim()
                        .parse()
                        .map_err(|_| problem("the priority is no whole number"))?,
                ),
                None => (line, 0),
            };
            lexicon
                .add(word, priority)
                .ok_or_else(|| problem("an entry has two syllables or more"))?;
        }
        Ok(lexicon)
    }

    fn add(&mut self, word: &str, priority: i32) -> Option<()> {
        let word: String = word.nfc().collect();
        let mut keys: Vec<u32> = Vec::new();
        let mut joins = Vec::new();
        for part in word.split('|') {
            for (i, atom) in atoms(&part.replace('_', " ")).enumerate() {
                if !keys.is_empty() {
                    joins.push(i > 0);
                }
                keys.push(Form::new(&part.replace('_', " ")[atom.span], Place::Inside).key);
            }
        }
        if joins.is_empty() {
            return None;
        }
        self.firsts.insert(keys[0]);
        self.longest = self.longest.max(keys.len());
        self.entries.insert(string_key(keys), Entry { joins, priority });
        Some(())
    }

    /// Number of entries.
    pub fn len(&self) -> usize {
        self.entries.len()
    }

    /// True when there is no entry.
    pub fn is_empty(&self) -> bool {
        self.entries.is_empty()
    }

    /// What the lexicon wants of each gap of a sentence given by its keys; the gaps at the edges
    /// of a match are cut.
    pub(crate) fn wishes(&self, keys: &[u32], wishes: &mut Vec<Option<bool>>) {
        wishes.clear();
        wishes.resize(keys.len().saturating_sub(1), None);
        let mut matches: Vec<(i32, usize, usize, &Entry)> = Vec::new();
        for start in 0..keys.len() {
            if !self.firsts.contains(&keys[start]) {
                continue;
            }
            for len in 2..=self.longest.min(keys.len() - start) {
                if let Some(entry) =
                    self.entries.get(&string_key(keys[start..start + len].iter().copied()))
                {
                    matches.push((entry.priority, len, start, entry));
                }
            }
        }
        matches.sort_by_key(|(priority, len, start, _)| (-priority, usize::MAX - len, *start));
        let mut taken = vec![false; keys.len()];
        for (_, len, start, entry) in matches {
            if taken[start..start + len].contains(&true) {
                continue;
            }
            taken[start..start + len].fill(true);
            for (gap, joins) in wishes[start..].iter_mut().zip(&entry.joins) {
                *gap = Some(*joins);
            }
            for edge in [start.checked_sub(1), Some(start + len - 1)].into_iter().flatten() {
                if let Some(gap) = wishes.get_mut(edge) {
                    gap.get_or_insert(false);
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_are_words_or_kept_apart() {
        let lexicon = Lexicon::from_text("# của tôi\nbản_tin\nBộ | Công an\t3\n\n").unwrap();
        assert_eq!(lexicon.len(), 2);
        let key = |s| Form::new(s, Place::Inside).key;
        let keys = ["đọc", "BẢN", "tin", "Bộ", "công", "An"].map(key);
        let mut wishes = Vec::new();
        lexicon.wishes(&keys, &mut wishes);
        assert_eq!(wishes, [Some(false), Some(true), Some(false), Some(false), Some(true)]);
    }

    #[test]
    fn a_bad_line_is_named() {
        let message = |text| Lexicon::from_text(text).unwrap_err().to_string();
        assert_eq!(message("bản tin\ntin"), "line 2: an entry has two syllables or more");
        assert_eq!(message("bản tin\tcao"), "line 1: the priority is no whole number");
    }
}
