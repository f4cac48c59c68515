//! What an entity is called.

use std::collections::BTreeMap;

use crate::facts::EntityFact;
use crate::rows::{MergedRow, NameRow};

/// Entities after merging, under their ids.
pub(crate) type Entities = BTreeMap<String, (EntityFact, Vec<MergedRow>)>;

/// Canonical names by id.
pub(crate) struct Names<'e>(pub(crate) &'e Entities);

impl Names<'_> {
    /// The name most documents choose, of equals the longest; the id's own words when nothing
    /// is known of it.
    pub(crate) fn name_of(&self, id: &str) -> String {
        let fact = self.0.get(id).map(|(fact, _)| fact);
        let names = fact.iter().flat_map(|fact| fact.names.iter());
        let best =
            names.max_by_key(|(name, n)| (**n, name.chars().count(), std::cmp::Reverse(*name)));
        best.map_or_else(
            || id.split_once(':').map_or(id, |(_, slug)| slug).into(),
            |(name, _)| name.clone(),
        )
    }

    /// All surface forms, the commonest first, with why each is a name of it.
    pub(crate) fn names_of(&self, fact: &EntityFact) -> Vec<NameRow> {
        let mut rows: Vec<NameRow> = fact
            .surfaces
            .ranked()
            .into_iter()
            .map(|(name, mentions)| NameRow {
                name: name.clone(),
                mentions,
                reason: fact.reasons.get(name.as_str()).and_then(|r| r.most()).cloned(),
            })
            .collect();
        // A name that tag derived without its being written alone.
        for (name, reasons) in fact.reasons.iter() {
            if fact.surfaces.get(name.as_str()).is_none() {
                rows.push(NameRow {
                    name: name.clone(),
                    mentions: 0,
                    reason: reasons.most().cloned(),
                });
            }
        }
        rows
    }
}
