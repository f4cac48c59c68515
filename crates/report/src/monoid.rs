//! The small commutative monoids that a partial report is made of: sorted maps and bounded samples.

use std::collections::btree_map::Entry;
use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

/// Something that two shards each have a part of.
pub(crate) trait Merge {
    /// Adds what the other has; neither the order nor the grouping of merges shows in the result.
    fn absorb(&mut self, other: Self);
}

impl Merge for u64 {
    fn absorb(&mut self, other: u64) {
        *self += other;
    }
}

impl<T: Merge> Merge for Box<T> {
    fn absorb(&mut self, other: Box<T>) {
        (**self).absorb(*other);
    }
}

impl<K: Ord, V: Merge> Merge for BTreeMap<K, V> {
    fn absorb(&mut self, other: BTreeMap<K, V>) {
        for (key, value) in other {
            match self.entry(key) {
                Entry::Occupied(mut mine) => mine.get_mut().absorb(value),
                Entry::Vacant(place) => drop(place.insert(value)),
            }
        }
    }
}

/// A map with few keys: a sorted list. An entity has two or three surface forms, and a tree node
/// for them would cost ten times their own size.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub(crate) struct Small<K, V>(Vec<(K, V)>);

/// How often each of few things was seen.
pub(crate) type Counts<K> = Small<K, u64>;

impl<K, V> Default for Small<K, V> {
    fn default() -> Self {
        Small(Vec::new())
    }
}

impl<K: Ord, V> Small<K, V> {
    pub(crate) fn iter(&self) -> impl Iterator<Item = (&K, &V)> {
        self.0.iter().map(|(key, value)| (key, value))
    }

    pub(crate) fn for_each(&mut self, change: impl FnMut(&mut V)) {
        self.0.iter_mut().map(|(_, value)| value).for_each(change);
    }

    pub(crate) fn get<Q: Ord + ?Sized>(&self, key: &Q) -> Option<&V>
    where
        K: std::borrow::Borrow<Q>,
    {
        let at = self.0.binary_search_by(|(k, _)| k.borrow().cmp(key)).ok()?;
        Some(&self.0[at].1)
    }

    /// The value of `key`, made when it is not there; the key is copied only then.
    pub(crate) fn entry<Q: Ord + ?Sized + ToOwned<Owned = K>>(&mut self, key: &Q) -> &mut V
    where
        K: std::borrow::Borrow<Q>,
        V: Default,
    {
        let at = match self.0.binary_search_by(|(k, _)| k.borrow().cmp(key)) {
            Ok(at) => at,
            Err(at) => {
                make_room(&mut self.0);
                self.0.insert(at, (key.to_owned(), V::default()));
                at
            }
        };
        &mut self.0[at].1
    }
}

impl<K: Ord> Counts<K> {
    /// The key seen most often; of equals the first.
    pub(crate) fn most(&self) -> Option<&K> {
        self.0.iter().rev().max_by_key(|(_, n)| *n).map(|(key, _)| key)
    }

    /// Keys and counts, the commonest first, equals in the order of the keys.
    pub(crate) fn ranked(&self) -> Vec<(&K, u64)> {
        let mut all: Vec<_> = self.0.iter().map(|(key, n)| (key, *n)).collect();
        all.sort_by_key(|(_, n)| std::cmp::Reverse(*n));
        all
    }
}

impl<K: Ord, V: Merge> Merge for Small<K, V> {
    fn absorb(&mut self, other: Small<K, V>) {
        for (key, value) in other.0 {
            match self.0.binary_search_by(|(k, _)| k.cmp(&key)) {
                Ok(at) => self.0[at].1.absorb(value),
                Err(at) => {
                    make_room(&mut self.0);
                    self.0.insert(at, (key, value));
                }
            }
        }
    }
}

/// The `N` smallest of a set. When the order begins with a hash this is a fair sample, the same
/// one whatever the order in which its members came.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub(crate) struct Sample<T, const N: usize>(Vec<T>);

impl<T, const N: usize> Default for Sample<T, N> {
    fn default() -> Self {
        Sample(Vec::new())
    }
}

impl<T: Ord, const N: usize> Sample<T, N> {
    /// True when something that sorts like `item` would be kept.
    pub(crate) fn wants(&self, item: &T) -> bool {
        self.has_room_before(|last| item < last)
    }

    /// The same for something that is not made yet, of which only its order is known: false when
    /// the sample is full and it does not come `before` the last.
    pub(crate) fn has_room_before(&self, before: impl FnOnce(&T) -> bool) -> bool {
        self.0.len() < N || self.0.last().is_some_and(before)
    }

    pub(crate) fn add(&mut self, item: T) {
        if !self.wants(&item) {
            return;
        }
        if let Err(at) = self.0.binary_search(&item) {
            if self.0.len() == N {
                self.0.pop();
            }
            make_room(&mut self.0);
            self.0.insert(at, item);
        }
    }

    pub(crate) fn items(&self) -> &[T] {
        &self.0
    }
}

impl<T: Ord, const N: usize> Merge for Sample<T, N> {
    fn absorb(&mut self, other: Sample<T, N>) {
        for item in other.0 {
            self.add(item);
        }
    }
}

/// Most lists here hold one item for good, and a vector would begin with room for four.
fn make_room<T>(list: &mut Vec<T>) {
    if list.len() == list.capacity() {
        list.reserve_exact(list.len().max(1));
    }
}

/// A [`Sample`] of thousands: a tree, in which an item finds its place without moving others.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
#[serde(bound(deserialize = "T: Deserialize<'de> + Ord"))]
pub(crate) struct Pool<T, const N: usize>(BTreeSet<T>);

impl<T, const N: usize> Default for Pool<T, N> {
    fn default() -> Self {
        Pool(BTreeSet::new())
    }
}

impl<T: Ord, const N: usize> Pool<T, N> {
    /// True when something that sorts like `item` would be kept.
    pub(crate) fn wants(&self, item: &T) -> bool {
        self.0.len() < N || self.0.last().is_some_and(|last| item < last)
    }

    pub(crate) fn add(&mut self, item: T) {
        if self.wants(&item) {
            self.0.insert(item);
            if self.0.len() > N {
                self.0.pop_last();
            }
        }
    }

    pub(crate) fn len(&self) -> usize {
        self.0.len()
    }

    pub(crate) fn into_iter(self) -> impl Iterator<Item = T> {
        self.0.into_iter()
    }
}

impl<T: Ord, const N: usize> Merge for Pool<T, N> {
    fn absorb(&mut self, other: Pool<T, N>) {
        for item in other.0 {
            self.add(item);
        }
    }
}

/// A map as a list of pairs: JSON has no keys but strings.
pub(crate) mod pairs {
    use std::collections::BTreeMap;

    use serde::{Deserialize, Deserializer, Serialize, Serializer};

    pub(crate) fn serialize<K: Serialize, V: Serialize, S: Serializer>(
        map: &BTreeMap<K, V>,
        serializer: S,
    ) -> Result<S::Ok, S::Error> {
        serializer.collect_seq(map)
    }

    pub(crate) fn deserialize<'de, K, V, D>(deserializer: D) -> Result<BTreeMap<K, V>, D::Error>
    where
        K: Deserialize<'de> + Ord,
        V: Deserialize<'de>,
        D: Deserializer<'de>,
    {
        Ok(Vec::<(K, V)>::deserialize(deserializer)?.into_iter().collect())
    }
}
