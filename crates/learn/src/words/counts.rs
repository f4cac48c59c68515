//! What counting the corpora gives: usage of syllables, association of pairs, classes of words.

use std::collections::{HashMap, HashSet};
use std::hash::{BuildHasherDefault, Hasher};

use bantin_segment::evidence::{Entry, Raw, Usage};
use bantin_segment::model::{form_key, string_key};
use bantin_segment::tables::Parts;

use super::corpus::Convention;

/// Keys are hashes already.
#[derive(Default)]
pub(crate) struct Identity(u64);

impl Hasher for Identity {
    fn finish(&self) -> u64 {
        self.0.wrapping_mul(0x9E37_79B9_7F4A_7C15)
    }
    fn write(&mut self, bytes: &[u8]) {
        for byte in bytes {
            self.0 = self.0 << 8 | u64::from(*byte);
        }
    }
    fn write_u64(&mut self, n: u64) {
        self.0 = n;
    }
    fn write_u32(&mut self, n: u32) {
        self.0 = u64::from(n);
    }
}

pub(crate) type Map<K, V> = HashMap<K, V, BuildHasherDefault<Identity>>;

/// Occurrences of a string as one word, and at all.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Joined {
    pub(crate) joined: u32,
    pub(crate) total: u32,
}

#[derive(Clone, Copy, Debug, Default)]
struct Syllable {
    alone: u32,
    first: u32,
    middle: u32,
    last: u32,
    raw: u32,
}

#[derive(Clone, Copy, Debug, Default)]
struct PairCount {
    count: u32,
    keys: (u32, u32),
}

/// Counts of all corpora.
#[derive(Default)]
pub(crate) struct Counts {
    syllables: Map<u32, Syllable>,
    pairs: Map<u64, PairCount>,
    /// Words of two to four syllables in machine-segmented news.
    pub(crate) silver: Map<u64, Joined>,
    /// The same in gold text.
    pub(crate) gold: [Map<u64, Joined>; 2],
    /// Bits of the vocabulary and the gazetteer.
    pub(crate) listed: Map<u64, u16>,
    /// Which strings are of two syllables.
    twos: HashSet<u64, BuildHasherDefault<Identity>>,
    /// Strings that longer words begin with.
    beginnings: HashSet<u64, BuildHasherDefault<Identity>>,
    heads: Map<u32, u32>,
    tails: Map<u32, u32>,
    surfaces: HashMap<String, u32>,
    /// Pairs seen fewer times count as unseen, so that the table of the others stays small.
    least_pair: u32,
}

/// Syllables seen fewer times count as unseen.
const LEAST_SYLLABLE: u32 = 5;

/// Most pairs that the model keeps for their counts alone.
const MOST_PAIRS: usize = 390_000;

/// A line as keys of syllables: 0 for a mark, and whether each goes on with the next as a word.
#[derive(Default)]
pub(crate) struct Keys {
    pub(crate) keys: Vec<u32>,
    pub(crate) joins: Vec<bool>,
}

impl Counts {
    fn key(&mut self, surface: &str) -> u32 {
        if let Some(key) = self.surfaces.get(surface) {
            return *key;
        }
        let key = if surface.chars().any(char::is_alphanumeric)
            && surface.chars().all(bantin_text::atoms::is_alphanumeric)
        {
            form_key(surface)
        } else {
            0
        };
        self.surfaces.insert(surface.to_owned(), key);
        key
    }

    /// The keys of a line of words joined with `_`.
    pub(crate) fn keys(&mut self, line: &str, out: &mut Keys) {
        out.keys.clear();
        out.joins.clear();
        for token in line.split(' ').filter(|t| !t.is_empty()) {
            for syllable in token.split('_') {
                let key = self.key(syllable);
                out.keys.push(key);
                out.joins.push(true);
            }
            if let Some(last) = out.joins.last_mut() {
                *last = false;
            }
        }
    }

    /// The keys of a raw line; nothing is joined.
    pub(crate) fn raw_keys(&mut self, line: &str, out: &mut Keys) {
        out.keys.clear();
        out.joins.clear();
        for atom in bantin_text::atoms::atoms(line) {
            let key = self.key(&line[atom.span]);
            out.keys.push(key);
            out.joins.push(false);
        }
    }

    /// Counts syllables, pairs and words of a line of machine-segmented news.
    pub(crate) fn add_words(&mut self, line: &Keys) {
        let mut start = 0;
        for (i, joins) in line.joins.iter().enumerate() {
            if *joins {
                continue;
            }
            let word = &line.keys[start..=i];
            start = i + 1;
            if word.contains(&0) {
                continue;
            }
            let last = word.len() - 1;
            for (j, key) in word.iter().enumerate() {
                let s = self.syllables.entry(*key).or_default();
                match (last, j) {
                    (0, _) => s.alone += 1,
                    (_, 0) => s.first += 1,
                    _ if j == last => s.last += 1,
                    _ => s.middle += 1,
                }
            }
            if (2..=4).contains(&word.len()) {
                let key = string_key(word.iter().copied());
                self.silver.entry(key).or_default().joined += 1;
                if word.len() == 2 {
                    self.twos.insert(key);
                }
            }
        }
    }

    /// Counts neighbors, for association and variety.
    pub(crate) fn add_raw(&mut self, line: &Keys) {
        let keys = &line.keys;
        for (i, key) in keys.iter().enumerate() {
            if *key == 0 {
                continue;
            }
            self.syllables.entry(*key).or_default().raw += 1;
            let Some(next) = keys.get(i + 1).filter(|k| **k != 0) else { continue };
            let pair = self.pairs.entry(string_key([*key, *next])).or_default();
            pair.count += 1;
            pair.keys = (*key, *next);
        }
    }

    fn begin(&mut self, word: &[u32]) {
        for n in 2..word.len() {
            self.beginnings.insert(string_key(word[..n].iter().copied()));
        }
        self.twos.insert(string_key(word.iter().take(2).copied()));
    }

    /// Notes what the words of the lexicon in a line begin with.
    pub(crate) fn add_beginnings(&mut self, line: &Keys) {
        for n in 3..=4 {
            for string in line.keys.windows(n) {
                if !string.contains(&0)
                    && self.silver.contains_key(&string_key(string.iter().copied()))
                {
                    self.begin(string);
                }
            }
        }
    }

    /// Counts how often the words of the lexicon stand there at all.
    pub(crate) fn add_totals(&mut self, line: &Keys) {
        totals(&line.keys, &mut self.silver);
    }

    /// Decides which pairs are kept: the commonest.
    pub(crate) fn choose_pairs(&mut self) {
        let mut counts: Vec<u32> = self.pairs.values().map(|p| p.count).collect();
        counts.sort_unstable_by(|a, b| b.cmp(a));
        self.least_pair = counts.get(MOST_PAIRS).map_or(2, |least| least + 1);
    }

    /// The tables of the model, all but the weights.
    pub(crate) fn parts(&self, total: f64) -> Parts {
        let mut strings: Vec<u64> = self.silver.keys().chain(self.listed.keys()).copied().collect();
        strings.extend(self.gold.iter().flat_map(|g| g.keys()).copied());
        strings.extend(self.beginnings.iter());
        let (mut pairs, mut strings): (Vec<u64>, Vec<u64>) =
            strings.into_iter().partition(|key| self.twos.contains(key));
        pairs.extend(self.pairs.iter().filter(|(_, p)| p.count >= self.least_pair).map(|(k, _)| k));
        for keys in [&mut pairs, &mut strings] {
            keys.sort_unstable();
            keys.dedup();
        }
        let entry = |key: u64| {
            let begins = if self.beginnings.contains(&key) { Entry::BEGINS } else { 0 };
            Entry(self.entry(key, None).0 | begins)
        };
        let raw = |key: u64| {
            let pair = self.pairs.get(&key);
            pair.map_or(Raw::default(), |p| self.raw(p.keys.0, p.keys.1, total))
        };
        let pairs = pairs
            .into_iter()
            .map(|key| (key, entry(key), raw(key)))
            .filter(|(_, entry, raw)| entry.0 | raw.0 != 0)
            .collect();
        let strings = strings
            .into_iter()
            .map(|key| (key, entry(key)))
            .filter(|(_, entry)| entry.0 != 0)
            .collect();
        let syllables = self
            .syllables
            .keys()
            .map(|key| (*key, self.usage(*key)))
            .filter(|(_, usage)| *usage != 0)
            .collect();
        Parts { pairs, strings, syllables, ..Parts::default() }
    }

    /// Forgets words seen fewer than `least` times as one.
    pub(crate) fn prune(&mut self, least: u32) {
        self.silver.retain(|_, c| c.joined >= least);
    }

    /// Counts the words of gold sentences given as keys and labels.
    pub(crate) fn add_gold(&mut self, set: usize, sentences: &[Keys]) {
        for line in sentences {
            let mut start = 0;
            for (i, joins) in line.joins.iter().enumerate() {
                if !*joins {
                    let word = &line.keys[start..=i];
                    start = i + 1;
                    if (2..=4).contains(&word.len()) && !word.contains(&0) {
                        self.gold[set]
                            .entry(string_key(word.iter().copied()))
                            .or_default()
                            .joined += 1;
                        let word = word.to_vec();
                        self.begin(&word);
                    }
                }
            }
        }
        for line in sentences {
            totals(&line.keys, &mut self.gold[set]);
        }
    }

    /// Marks a listed word with a bit.
    pub(crate) fn list(&mut self, word: &str, bit: u16) {
        let keys: Vec<u32> = word.split([' ', '_', '-']).map(form_key).collect();
        if (2..=4).contains(&keys.len()) {
            self.begin(&keys);
            *self.listed.entry(string_key(keys.iter().copied())).or_default() |= bit;
            if bit == Entry::VOCABULARY {
                *self.heads.entry(keys[0]).or_default() += 1;
                *self.tails.entry(keys[keys.len() - 1]).or_default() += 1;
            }
        }
    }

    /// Packed usage of a syllable.
    pub(crate) fn usage(&self, key: u32) -> u32 {
        let Some(s) = self.syllables.get(&key) else { return 0 };
        let n = s.alone + s.first + s.middle + s.last;
        let share = |x: u32| {
            let p = f64::from(x) / f64::from(n.max(1));
            [0.01, 0.05, 0.15, 0.35, 0.6, 0.85, 0.97].iter().filter(|b| p >= **b).count() as u32
        };
        let log = |x: u32| (f64::from(x + 1).log10() * 1.2) as u32;
        let kinds = |map: &Map<u32, u32>| {
            let n = map.get(&key).copied().unwrap_or(0);
            (32 - n.leading_zeros()).min(7)
        };
        let buckets = [
            log(n).min(7),
            share(s.alone),
            share(s.first),
            share(s.last),
            kinds(&self.heads),
            kinds(&self.tails),
        ];
        if n < LEAST_SYLLABLE { 0 } else { Usage::new(buckets).0 }
    }

    /// What raw text says of a pair.
    pub(crate) fn raw(&self, left: u32, right: u32, total: f64) -> Raw {
        let Some(pair) = self.pairs.get(&string_key([left, right])) else { return Raw::default() };
        if pair.count < self.least_pair {
            return Raw::default();
        }
        let count = |k: u32| self.syllables.get(&k).map_or(1, |s| s.raw.max(1));
        let p = f64::from(pair.count) / total;
        let independent = f64::from(count(left)) / total * (f64::from(count(right)) / total);
        let npmi = (p / independent).ln() / -p.ln();
        // -0.2..0.8 in steps of a fifteenth.
        let association = 1.0 + ((npmi + 0.15) * 16.0).clamp(0.0, 14.0);
        let size = (f64::from(pair.count).log10() * 2.0).min(7.0);
        Raw::new(association as u16, size as u16)
    }

    /// Occurrences of syllables in raw text.
    pub(crate) fn total(&self) -> f64 {
        self.syllables.values().map(|s| f64::from(s.raw)).sum()
    }

    /// What the lexicon says of a string, without one occurrence of a set of gold text where `own`
    /// says that the string is that occurrence, and whether joined.
    pub(crate) fn entry(&self, key: u64, own: Option<(usize, bool)>) -> Entry {
        let class = |c: Joined| Entry::class(c.joined, c.total);
        let gold = |set: usize| {
            let c = self.gold[set].get(&key).copied().unwrap_or_default();
            class(match own {
                Some((own, joined)) if own == set => Joined {
                    joined: c.joined.saturating_sub(u32::from(joined)),
                    total: c.total.saturating_sub(1),
                },
                _ => c,
            })
        };
        let silver = self.silver.get(&key).copied().unwrap_or_default();
        let bits = self.listed.get(&key).copied().unwrap_or(0);
        Entry::new(
            class(silver),
            gold(Convention::Treebank as usize),
            gold(Convention::Vlsp as usize),
            bits,
        )
    }
}

fn totals(keys: &[u32], words: &mut Map<u64, Joined>) {
    for n in 2..=4 {
        for string in keys.windows(n) {
            if !string.contains(&0)
                && let Some(count) = words.get_mut(&string_key(string.iter().copied()))
            {
                count.total += 1;
            }
        }
    }
}
