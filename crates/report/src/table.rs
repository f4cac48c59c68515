//! Things by their texts, found by a hash: met in any order, read in the order of the texts.

use serde::{Deserialize, Deserializer, Serialize, Serializer};

use crate::facts::hash;
use crate::monoid::Merge;

/// Where in a list the text with a hash stands.
#[derive(Clone, Debug, Default)]
pub(crate) struct Index {
    /// Half of a hash, and one more than a place; 0 where nothing is. At least half are empty.
    slots: Vec<(u32, u32)>,
    len: usize,
}

impl Index {
    /// The place of `text` in a list whose texts `at` tells; where there is none, the empty slot
    /// that would say so.
    fn find<'t>(&self, text: &str, at: impl Fn(usize) -> &'t str) -> Result<usize, (u32, usize)> {
        let half = hash(text) as u32;
        let mut slot = half as usize;
        loop {
            slot &= self.slots.len().wrapping_sub(1);
            match self.slots.get(slot) {
                None | Some((_, 0)) => return Err((half, slot)),
                Some((other, behind)) if *other == half && at(*behind as usize - 1) == text => {
                    return Ok(*behind as usize - 1);
                }
                Some(_) => slot += 1,
            }
        }
    }

    /// The place of `text`; the next one, when it is new. What is new the caller puts there.
    pub(crate) fn place<'t>(&mut self, text: &str, at: impl Fn(usize) -> &'t str) -> usize {
        let (half, mut slot) = match self.find(text, at) {
            Ok(place) => return place,
            Err(free) => free,
        };
        self.len += 1;
        if self.len * 2 > self.slots.len() {
            let larger = vec![(0, 0); (self.slots.len() * 2).max(16)];
            for (half, behind) in std::mem::replace(&mut self.slots, larger) {
                if behind > 0 {
                    let free = self.free(half);
                    self.slots[free] = (half, behind);
                }
            }
            slot = self.free(half);
        }
        self.slots[slot] = (half, self.len as u32);
        self.len - 1
    }

    fn free(&self, half: u32) -> usize {
        let mask = self.slots.len() - 1;
        let mut slot = half as usize & mask;
        while self.slots[slot].1 > 0 {
            slot = (slot + 1) & mask;
        }
        slot
    }

    /// Forgets everything but its size.
    pub(crate) fn clear(&mut self) {
        self.slots.fill((0, 0));
        self.len = 0;
    }
}

/// A map by texts with many keys. A tree of as many is asked by a dozen comparisons, each of which
/// waits for memory, and every document asks for each of its entities.
#[derive(Clone, Debug)]
pub(crate) struct Table<V> {
    index: Index,
    /// In the order in which they came.
    items: Vec<(Box<str>, Box<V>)>,
}

impl<V> Default for Table<V> {
    fn default() -> Self {
        Table { index: Index::default(), items: Vec::new() }
    }
}

impl<V> Table<V> {
    #[cfg(test)]
    pub(crate) fn len(&self) -> usize {
        self.items.len()
    }

    /// The place of `text`, if it has one.
    pub(crate) fn find(&self, text: &str) -> Option<usize> {
        self.index.find(text, |place| &self.items[place].0).ok()
    }

    /// The place of `text`, with nothing said of it when it is new.
    pub(crate) fn place(&mut self, text: &str) -> usize
    where
        V: Default,
    {
        let place = self.index.place(text, |place| &self.items[place].0);
        if place == self.items.len() {
            self.items.push((text.into(), Box::default()));
        }
        place
    }

    pub(crate) fn at(&mut self, place: usize) -> &mut V {
        &mut self.items[place].1
    }

    /// The same in the order of the texts.
    pub(crate) fn into_sorted(self) -> Sorted<V> {
        let mut items = self.items;
        items.sort_unstable_by(|a, b| a.0.cmp(&b.0));
        Sorted(items)
    }

    fn sorted(&self) -> Vec<&(Box<str>, Box<V>)> {
        let mut items: Vec<_> = self.items.iter().collect();
        items.sort_unstable_by(|a, b| a.0.cmp(&b.0));
        items
    }
}

/// A map by texts that gets no more keys: a list in their order.
#[derive(Clone, Debug)]
pub(crate) struct Sorted<V>(Vec<(Box<str>, Box<V>)>);

impl<V> Sorted<V> {
    pub(crate) fn len(&self) -> usize {
        self.0.len()
    }

    pub(crate) fn get(&self, text: &str) -> Option<&V> {
        let at = self.0.binary_search_by(|(other, _)| (**other).cmp(text)).ok()?;
        Some(&self.0[at].1)
    }

    pub(crate) fn get_mut(&mut self, text: &str) -> Option<&mut V> {
        let at = self.0.binary_search_by(|(other, _)| (**other).cmp(text)).ok()?;
        Some(&mut self.0[at].1)
    }

    pub(crate) fn iter(&self) -> impl Iterator<Item = (&str, &V)> {
        self.0.iter().map(|(text, value)| (&**text, &**value))
    }

    pub(crate) fn into_iter(self) -> impl Iterator<Item = (String, Box<V>)> {
        self.0.into_iter().map(|(text, value)| (text.into_string(), value))
    }

    /// Takes out those of which `is` is true.
    pub(crate) fn take(&mut self, is: impl Fn(&str) -> bool) -> Sorted<V> {
        Sorted(self.0.extract_if(.., |(text, _)| is(text)).collect())
    }
}

impl<V: Merge> Merge for Table<V> {
    fn absorb(&mut self, other: Table<V>) {
        for (text, value) in other.items {
            let place = self.index.place(&text, |place| &self.items[place].0);
            match self.items.get_mut(place) {
                Some((_, mine)) => mine.absorb(value),
                None => self.items.push((text, value)),
            }
        }
    }
}

impl<V: PartialEq> PartialEq for Table<V> {
    fn eq(&self, other: &Table<V>) -> bool {
        self.sorted() == other.sorted()
    }
}

impl<V: Eq> Eq for Table<V> {}

impl<V: Serialize> Serialize for Table<V> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_seq(self.sorted())
    }
}

impl<'de, V: Deserialize<'de> + Merge> Deserialize<'de> for Table<V> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let items = Vec::deserialize(deserializer)?;
        let mut table = Table::default();
        table.absorb(Table { index: Index::default(), items });
        Ok(table)
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn it_is_a_map(texts in prop::collection::vec("[ab]{0,6}", 0..200)) {
            let (mut table, mut map) = (Table::<u64>::default(), BTreeMap::new());
            for text in &texts {
                prop_assert_eq!(table.find(text).is_some(), map.contains_key(text));
                let place = table.place(text);
                *table.at(place) += 1;
                prop_assert_eq!(table.find(text), Some(place));
                **map.entry(text.clone()).or_insert_with(Box::<u64>::default) += 1;
            }
            prop_assert_eq!(table.len(), map.len());
            prop_assert!(table.into_sorted().into_iter().eq(map));
        }
    }
}
