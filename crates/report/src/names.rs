//! What an entity is called.

use std::collections::BTreeMap;

use crate::facts::EntityFact;
use crate::rows::{MergedRow, NameRow};
use crate::table::Sorted;

/// Entities after merging, under their ids.
pub(crate) struct Entities {
    pub(crate) facts: Sorted<EntityFact>,
    /// Of those that have any, the ids that were merged into theirs.
    pub(crate) merged: BTreeMap<String, Vec<MergedRow>>,
}

/// The canonical name of an entity; the id's own words when nothing is known of it.
pub(crate) fn name_of(id: &str, entities: &Entities) -> String {
    name_or_slug(entities.facts.get(id).and_then(EntityFact::name), id)
}

pub(crate) fn name_or_slug(name: Option<&str>, id: &str) -> String {
    name.unwrap_or_else(|| id.split_once(':').map_or(id, |(_, slug)| slug)).to_owned()
}

/// All names of an entity, the commonest first, with why each is one.
pub(crate) fn names_of(fact: &EntityFact) -> Vec<NameRow> {
    let mut rows: Vec<NameRow> = fact
        .names
        .iter()
        .map(|(name, form)| NameRow {
            name: name.clone(),
            mentions: form.mentions,
            reason: fact.reasons.get(name.as_str()).and_then(|r| r.most()).cloned(),
        })
        .collect();
    // A name that tag derived without its being written alone.
    for (name, reasons) in fact.reasons.iter() {
        if fact.names.get(name.as_str()).is_none() {
            rows.push(NameRow { name: name.clone(), mentions: 0, reason: reasons.most().cloned() });
        }
    }
    rows.sort_by(|a, b| b.mentions.cmp(&a.mentions).then_with(|| a.name.cmp(&b.name)));
    rows
}
