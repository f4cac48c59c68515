//! Documents that tell the same story in nearly the same words: republished, cut, with another
//! paper's captions.

use std::collections::BTreeMap;

use crate::classes::Classes;
use crate::facts::{ByKey, Listed};
use crate::rows::StoryRow;

/// Share of trigrams that two versions of one story have in common. Measured on pairs of one
/// agency text in two papers; two stories of one day about the same people share less than 0.3.
const SAME: f64 = 0.6;

/// Documents of one band that are compared with each other; boilerplate fills a band with more.
const CROWDED: usize = 64;

/// Which documents tell one story.
pub(crate) struct Stories {
    /// From a document's key to the key of its story's first.
    first: ByKey<u64>,
    /// All documents of a story that has several.
    clusters: BTreeMap<u64, (Vec<u64>, f64)>,
    complete: bool,
}

impl Stories {
    /// Cost: the bands are sorted, and one comparison is made per pair that shares one.
    pub(crate) fn of(listed: &BTreeMap<u64, Listed>, complete: bool) -> Stories {
        let keys: Vec<u64> = listed.keys().copied().collect();
        let documents: Vec<&Listed> = listed.values().collect();
        let mut bands: Vec<((usize, [u32; 3]), usize)> = Vec::new();
        let mut short: BTreeMap<&crate::signature::Signature, usize> = BTreeMap::new();
        let mut classes = Classes::new(documents.len());
        let mut least: BTreeMap<usize, f64> = BTreeMap::new();
        for (n, document) in documents.iter().enumerate() {
            let signature = &document.signature;
            if signature.is_telling() {
                bands.extend(signature.bands().map(|band| (band, n)));
            } else if *signature != Default::default() {
                // A short text is the same only when it is the same throughout.
                match short.get(signature) {
                    Some(first) => classes.join(*first, n),
                    None => drop(short.insert(signature, n)),
                }
            }
        }
        bands.sort_unstable();
        for alike in bands.chunk_by(|(a, _), (b, _)| a == b) {
            for (met, (_, n)) in alike.iter().enumerate() {
                for (_, other) in &alike[met.saturating_sub(CROWDED)..met] {
                    let [this, other_one] = [*n, *other].map(|n| &documents[n].signature);
                    let similarity = this.similarity(other_one);
                    if similarity >= SAME {
                        classes.join(*other, *n);
                        let best = least.entry(*n).or_insert(similarity);
                        *best = best.max(similarity);
                    }
                }
            }
        }
        drop(bands);
        let mut members: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
        for n in 0..documents.len() {
            members.entry(classes.leader(n)).or_default().push(n);
        }
        let mut stories = Stories { first: ByKey::default(), clusters: BTreeMap::new(), complete };
        for mut members in members.into_values() {
            // A document without a day sorts behind those with one.
            members.sort_by_key(|n| {
                let document = documents[*n];
                let day = document.date.as_ref().map_or("~", |(day, _)| day);
                (day, &document.id, keys[*n])
            });
            let first = keys[members[0]];
            let similarity =
                members.iter().filter_map(|n| least.get(n)).fold(1.0, |a: f64, b| a.min(*b));
            stories.first.extend(members.iter().map(|n| (keys[*n], first)));
            if members.len() > 1 {
                let members = members.iter().map(|n| keys[*n]).collect();
                stories.clusters.insert(first, (members, similarity));
            }
        }
        stories
    }

    /// Number of stories that `documents` tell; `None` when some of them are not listed.
    pub(crate) fn count(&self, documents: &[u64], all: u64) -> Option<u64> {
        if documents.len() as u64 != all {
            return None;
        }
        let mut firsts = Vec::with_capacity(documents.len());
        for document in documents {
            firsts.push(self.first.get(document)?);
        }
        firsts.sort();
        firsts.dedup();
        Some(firsts.len() as u64)
    }

    /// Number of stories altogether.
    pub(crate) fn len(&self) -> Option<u64> {
        let more: usize = self.clusters.values().map(|(members, _)| members.len() - 1).sum();
        self.complete.then_some((self.first.len() - more) as u64)
    }

    /// Key of the first document that tells the story of `document`.
    pub(crate) fn first(&self, document: u64) -> u64 {
        self.first.get(&document).copied().unwrap_or(document)
    }

    /// The stories that several documents tell, those told most often first.
    pub(crate) fn rows(&self, listed: &BTreeMap<u64, Listed>) -> Vec<StoryRow> {
        let mut rows: Vec<StoryRow> = self
            .clusters
            .iter()
            .map(|(first, (members, similarity))| {
                let documents = members.iter().filter_map(|key| listed.get(key));
                let mut publishers: Vec<String> =
                    documents.clone().filter_map(|d| d.publisher.clone()).collect();
                publishers.sort();
                publishers.dedup();
                StoryRow {
                    id: listed[first].id.clone(),
                    title: documents.clone().find_map(|d| d.title.clone()),
                    documents: documents.map(|d| d.id.clone()).collect(),
                    publishers,
                    similarity: (similarity * 1e4).round() / 1e4,
                }
            })
            .collect();
        rows.sort_by(|a, b| b.documents.len().cmp(&a.documents.len()).then(a.id.cmp(&b.id)));
        rows
    }
}
