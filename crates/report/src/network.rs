//! Who is tied to whom: typed edges from events, and co-mention apart.

use std::collections::{BTreeMap, BTreeSet};

use bantin_document::{EventType, MentionType};

use crate::ledger::LedgerEvent;
use crate::names::Entities;
use crate::rows::EdgeRow;

/// Most people of one event that are tied to each other; a list of forty guests is no meeting of
/// each with each.
const TIED: usize = 8;
/// Entities whose co-mention is looked at, and edges of it that are kept.
const CO_MENTIONED: usize = 150;
const CO_EDGES: usize = 500;

/// All edges, sorted by kind, then the heaviest first.
pub(crate) fn edges(events: &[LedgerEvent], entities: &Entities) -> Vec<EdgeRow> {
    let mut ties: BTreeMap<(&str, &str, &str), BTreeSet<&str>> = BTreeMap::new();
    for event in events {
        let actors: Vec<(&str, &str)> = event
            .participants()
            .iter()
            .filter(|p| p.entity.starts_with("per:") || p.entity.starts_with("org:"))
            .filter(|p| !["agreement", "event", "occasion"].contains(&&*p.roles[0]))
            .map(|p| (p.entity.as_str(), p.roles[0].as_str()))
            .take(TIED)
            .collect();
        for (n, (a, role_a)) in actors.iter().enumerate() {
            for (b, role_b) in &actors[n + 1..] {
                let kind = kind_of(event.kind, role_a, role_b);
                let (a, b) = (*a.min(b), *a.max(b));
                ties.entry((kind, a, b)).or_default().insert(&event.id);
            }
        }
    }
    let mut edges: Vec<EdgeRow> = ties
        .into_iter()
        .map(|((kind, a, b), events)| EdgeRow {
            id: format!("{kind}/{a}/{b}"),
            source: a.into(),
            target: b.into(),
            kind: kind.into(),
            weight: events.len() as u64,
            events: events.into_iter().map(Into::into).collect(),
        })
        .collect();
    edges.extend(co_mentions(entities));
    edges.sort_by(|a, b| {
        a.kind.cmp(&b.kind).then(b.weight.cmp(&a.weight)).then_with(|| a.id.cmp(&b.id))
    });
    edges
}

fn kind_of(kind: EventType, role_a: &str, role_b: &str) -> &'static str {
    let chairs = |role: &str| role == "co-chair" || role == "chair" || role == "head";
    if role_a == "via" || role_b == "via" {
        return "message";
    }
    // Two whom a minister receives did not meet each other, and two who travel visit neither.
    if role_a == role_b && ["guest", "visitor", "attendee", "invitee"].contains(&role_a) {
        return "together";
    }
    match kind {
        EventType::Meet | EventType::Talks | EventType::Reception | EventType::Banquet => "met",
        EventType::Visit => "visited",
        EventType::Sign => "signed",
        EventType::Conference if chairs(role_a) && chairs(role_b) => "chaired",
        EventType::Conference | EventType::Attend | EventType::Press => "conferred",
        EventType::Invite => "invited",
        EventType::Message => "message",
        EventType::Aid | EventType::Appoint => "other",
    }
}

/// People and organisations that stand in the same documents. Where a list of documents is a
/// sample, so is their intersection: both are drawn by the same hash.
fn co_mentions(entities: &Entities) -> Vec<EdgeRow> {
    let mut actors: Vec<_> = entities
        .facts
        .iter()
        .filter(|(_, fact)| matches!(fact.types.most(), Some(MentionType::Per | MentionType::Org)))
        .collect();
    actors.sort_by_key(|(id, fact)| (std::cmp::Reverse(fact.documents), *id));
    actors.truncate(CO_MENTIONED);
    // The actors of each document, and then the documents of each pair.
    let mut seen: Vec<(u64, usize)> = Vec::new();
    for (n, (_, fact)) in actors.iter().enumerate() {
        seen.extend(fact.seen_in.items().iter().map(|key| (*key, n)));
    }
    seen.sort_unstable();
    let mut weights = vec![0; actors.len() * actors.len()];
    for together in seen.chunk_by(|(a, _), (b, _)| a == b) {
        for (n, (_, a)) in together.iter().enumerate() {
            for (_, b) in &together[n + 1..] {
                weights[a * actors.len() + b] += 1;
            }
        }
    }
    let mut edges: Vec<EdgeRow> = Vec::new();
    for (pair, weight) in weights.into_iter().enumerate().filter(|(_, weight)| *weight > 0) {
        let [a, b] = [pair / actors.len(), pair % actors.len()].map(|n| actors[n].0);
        let (a, b) = (a.min(b), a.max(b));
        edges.push(EdgeRow {
            id: format!("co_mentioned/{a}/{b}"),
            source: a.to_owned(),
            target: b.to_owned(),
            kind: "co_mentioned".into(),
            weight,
            events: Vec::new(),
        });
    }
    edges.sort_by(|a, b| b.weight.cmp(&a.weight).then_with(|| a.id.cmp(&b.id)));
    edges.truncate(CO_EDGES);
    edges
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn two_guests_of_one_host_did_not_meet() {
        assert_eq!(kind_of(EventType::Reception, "host", "guest"), "met");
        assert_eq!(kind_of(EventType::Reception, "guest", "guest"), "together");
        assert_eq!(kind_of(EventType::Visit, "visitor", "visitor"), "together");
        assert_eq!(kind_of(EventType::Meet, "participant", "participant"), "met");
        assert_eq!(kind_of(EventType::Message, "sender", "via"), "message");
    }
}
