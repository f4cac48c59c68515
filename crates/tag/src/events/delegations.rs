//! Delegations stand for who leads them.

use std::sync::LazyLock;

use bantin_document::{EventType, MentionType, Modality};

use super::actors::Kind;
use super::clause::{Clause, phrase};
use super::draft::Draft;
use crate::identity::Cast;
use crate::signs;

/// Who leads a delegation in this document: `đoàn … do ông X dẫn đầu`, `X dẫn đầu đoàn …`.
pub(super) fn leaders(clauses: &[Clause<'_>]) -> Vec<usize> {
    let mut leaders = Vec::new();
    for clause in clauses {
        for at in clause.signs(signs::LEADING) {
            if !LEADING.iter().any(|l| clause.starts(at, l)) {
                continue;
            }
            let person =
                clause.actors().iter().rev().find(|a| a.kind == Kind::Person && a.end <= at);
            if let Some(person) = person.filter(|p| at - p.end < 6)
                && !leaders.contains(&person.entities[0])
            {
                leaders.push(person.entities[0]);
            }
        }
    }
    leaders
}

/// First words of what says that somebody leads.
pub(super) fn first_words() -> impl Iterator<Item = u64> {
    LEADING.iter().map(|leading| leading[0])
}

/// A guest that is a delegation stands for who leads it: `tiệc cho phái đoàn Việt Nam`.
pub(super) fn led_by(
    clause: &Clause<'_>,
    at: usize,
    cast: &Cast,
    leaders: &[usize],
    draft: &mut Draft,
) {
    let delegation = (at..(at + 12).min(clause.sentence.atoms.end)).any(|i| clause.is(i, "đoàn"));
    if !delegation || !matches!(draft.kind, EventType::Banquet | EventType::Reception) {
        return;
    }
    // A guest comes from elsewhere.
    let at_home: Vec<Option<&str>> = draft
        .arguments
        .iter()
        .filter(|(r, _)| *r == "host")
        .map(|(_, e)| cast.entities[*e].country)
        .collect();
    for (role, entity) in &mut draft.arguments {
        let country = cast.entities[*entity].country;
        if *role == "guest" && cast.entities[*entity].kind != MentionType::Per && country.is_some()
        {
            let leader = leaders
                .iter()
                .find(|l| cast.entities[**l].country == country && !at_home.contains(&country));
            *entity = leader.copied().unwrap_or(*entity);
        }
    }
}

/// Delegations that the next sentences say are led by somebody are the parties' heads.
pub(super) fn heads(following: &[Clause<'_>], cast: &Cast, draft: &mut Draft) {
    if !draft.actors(cast).iter().all(|e| cast.entities[*e].kind != MentionType::Per)
        || draft.modality != Modality::Happened
    {
        return;
    }
    let mut found = Vec::new();
    for clause in following.iter().take(3) {
        let delegation = (clause.sentence.atoms.start..clause.sentence.atoms.start + 3)
            .any(|i| clause.is(i, "đoàn"));
        if !delegation {
            break;
        }
        let by = clause.sentence.atoms.clone().find(|i| clause.is(*i, "do"));
        let Some((p, _)) = by.and_then(|by| clause.object(by + 1)) else { break };
        if clause.actors()[p].kind != Kind::Person {
            break;
        }
        found.extend(clause.actors()[p].entities.iter().copied());
        draft.evidence.push(clause.sentence.span.into());
    }
    draft.push("head", &found);
}

/// The head of a delegation where one is named: `đoàn … do ông X dẫn đầu`, else those named.
pub(super) fn guests(clause: &Clause<'_>, a: usize, from: usize) -> Option<Vec<usize>> {
    let actor = &clause.actors()[a];
    if actor.kind == Kind::Person {
        return Some(clause.joined_right(a).0);
    }
    let end = (actor.end + 45).min(clause.sentence.atoms.end);
    for i in from..end {
        if clause.is(i, ";") {
            break;
        }
        if clause.is(i, "do")
            && let Some((p, _)) = clause.object(i + 1)
            && clause.actors()[p].kind == Kind::Person
        {
            return Some(clause.actors()[p].entities.clone());
        }
    }
    match actor.kind {
        Kind::Group => Some(actor.entities.clone()),
        Kind::Place | Kind::Organisation => Some(clause.joined_right(a).0),
        _ => None,
    }
}

phrases!(LEADING = "dẫn đầu" "đứng đầu" "làm trưởng đoàn" "lãnh đạo");
