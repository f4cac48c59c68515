//! Who is who across documents: ids of tag that name the same entity.
//!
//! Tag gives one name one id, whatever the document. What is left are names that are another
//! entity's alias: a story that says only "Shoigu", or "Feng Guangqing" all through. Such an id
//! joins the entity that has the name as an alias, if there is exactly one.

use std::collections::BTreeMap;

use bantin_document::MentionType;
use bantin_text::atoms::{AtomKind, atoms};
use bantin_text::keys::syllable_key;
use bantin_text::syllable::is_legal;

use crate::agreements;
use crate::facts::EntityFact;
use crate::monoid::Merge;
use crate::names::Entities;
use crate::rows::MergedRow;
use crate::table::Sorted;

/// Which id stands for which.
#[derive(Default)]
pub(crate) struct Identity {
    /// From a merged id to its leader and the reason.
    merged: BTreeMap<String, (String, String)>,
}

impl Identity {
    pub(crate) fn of(entities: &Sorted<EntityFact>) -> Identity {
        // Every alias that tag gave a reason for, with the ids that have it.
        let mut owners: BTreeMap<MentionType, BTreeMap<Vec<u64>, Owners<'_>>> = BTreeMap::new();
        for (id, fact) in entities.iter() {
            let Some(kind) = fact.types.most() else { continue };
            for (alias, reasons) in fact.reasons.iter() {
                let reason = reasons.most().map_or("", String::as_str);
                let owners = owners.entry(*kind).or_default();
                let owner = owners.entry(name_key(alias)).or_default();
                if owner.last().is_none_or(|(last, _)| *last != id) {
                    owner.push((id, reason));
                }
            }
        }
        let mut identity = Identity::default();
        for (id, fact) in entities.iter() {
            let (Some(kind), Some(name)) = (fact.types.most(), fact.name()) else { continue };
            let (Some(owners), true) = (owners.get(kind), is_led(*kind)) else { continue };
            let key = name_key(name);
            if !is_telling(*kind, name, key.len()) {
                continue;
            }
            let Some(owner) = owners.get(&key) else { continue };
            let mut others = owner.iter().filter(|(owner, _)| *owner != id);
            let (Some((leader, reason)), None) = (others.next(), others.next()) else { continue };
            // "Donald Trump" of many stories is no other name of the "Donald Trump Junior" of one.
            let Some(lead) = entities.get(leader) else { continue };
            let rare = lead.documents < fact.documents;
            if rare && key.len() > 1 {
                continue;
            }
            // Two that are each other's alias: the one in more documents leads.
            let led_by_less = (lead.documents, std::cmp::Reverse(*leader))
                < (fact.documents, std::cmp::Reverse(id));
            if identity.leader(leader) == id || led_by_less && mutual(fact, lead) {
                continue;
            }
            identity.merged.insert(id.to_owned(), ((*leader).to_owned(), (*reason).to_owned()));
        }
        for (wording, leader) in agreements::wordings(entities) {
            let reason = "the same kind of paper and years in nearly the same words";
            identity.merged.insert(wording, (leader, reason.into()));
        }
        identity
    }

    /// The id that stands for `id`.
    pub(crate) fn leader<'a>(&'a self, id: &'a str) -> &'a str {
        let mut at = id;
        // A chain has no ring: a link is not made when its end is already led by its start.
        while let Some((leader, _)) = self.merged.get(at) {
            at = leader;
        }
        at
    }

    /// The entities with merged ones added to their leaders.
    pub(crate) fn unite(&self, mut facts: Sorted<EntityFact>) -> Entities {
        let parts = facts.take(|id| self.merged.contains_key(id));
        let mut merged: BTreeMap<String, Vec<MergedRow>> = BTreeMap::new();
        for (id, mut part) in parts.into_iter() {
            let leader = self.leader(&id);
            let Some(fact) = facts.get_mut(leader) else { continue };
            // The leader's own names decide what the whole is called.
            part.names.for_each(|form| form.chosen = 0);
            fact.absorb(*part);
            let reason = self.merged[&id].1.clone();
            merged.entry(leader.to_owned()).or_default().push(MergedRow { id, reason });
        }
        Entities { facts, merged }
    }
}

/// Ids of those who have an alias, each with the reason.
type Owners<'f> = Vec<(&'f str, &'f str)>;

/// True for what may stand for another of its kind.
fn is_led(kind: MentionType) -> bool {
    matches!(kind, MentionType::Per | MentionType::Org | MentionType::Loc)
}

/// True when a name of so many words says enough to be looked for among the aliases of the whole corpus. "Lịch" is
/// many people; "Shoigu" and "Phan Văn Giang" are not.
fn is_telling(kind: MentionType, name: &str, words: usize) -> bool {
    match kind {
        MentionType::Per if words == 1 => name.chars().count() >= 4 && !is_legal(name),
        MentionType::Per => true,
        _ => words >= 2,
    }
}

fn mutual(fact: &EntityFact, leader: &EntityFact) -> bool {
    let Some(name) = leader.name() else { return false };
    let key = name_key(name);
    fact.reasons.iter().any(|(alias, _)| name_key(alias) == key)
}

/// A name as its syllables: case, tone placement, hyphens and spaces do not matter.
pub(crate) fn name_key(name: &str) -> Vec<u64> {
    atoms(name)
        .filter(|atom| atom.kind != AtomKind::Mark)
        .map(|atom| syllable_key(&name[atom.span]))
        .collect()
}
