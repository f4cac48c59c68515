//! Visits: who goes where.

use std::sync::LazyLock;

use bantin_document::MentionType;

use super::actors::{Actor, Kind};
use super::clause::{Clause, phrase};
use super::cues::is_cue;
use super::delegations;
use super::draft::{Draft, Found};
use crate::identity::Cast;

/// `A thăm B`: a person and where they go.
pub(super) fn going(found: &Found<'_, '_>, draft: &mut Draft) -> Option<()> {
    let Found { clause, cast, at, next, cue, .. } = *found;
    let (a, _) = clause.object(next)?;
    let target = &clause.actors()[a];
    let motion = (next - at) == 1 && !clause.is(at, "thăm");
    // "tới Việt Nam dự …": going somewhere is a visit when it says what for.
    if motion
        && (target.kind != Kind::Place
            || target.first > next + 1
            || !(target.end..target.end + 2).any(|i| PURPOSE.iter().any(|p| clause.starts(i, p))))
    {
        return None;
    }
    let subject = goer(clause, cast, at, cue)?;
    let visitors = persons_of(cast, &subject);
    if visitors.iter().any(|v| home(cast, *v, target)) {
        return None;
    }
    if !matches!(target.kind, Kind::Place | Kind::Organisation | Kind::Group)
        || target.entities.iter().any(|e| cast.entities[*e].kind == MentionType::Per)
        || visitors.is_empty()
    {
        return None;
    }
    // "A mời B thăm C" invites; B has not gone anywhere.
    if clause.invited(at) {
        return None;
    }
    draft.push("visitor", &visitors);
    draft.push("destination", &target.entities);
    Some(())
}

/// `chuyến thăm B của A`.
pub(super) fn journey(found: &Found<'_, '_>, draft: &mut Draft) -> Option<()> {
    let Found { clause, cast, next, .. } = *found;
    draft.nominal = true;
    let end = (next + 40).min(clause.sentence.atoms.end);
    let of = whose(clause, next, end);
    let stop = of.map_or(end, |of| (of + 1).min(end));
    let target = clause
        .actors()
        .iter()
        .find(|a| a.kind == Kind::Place && a.first >= next && a.first < stop && a.first < next + 6);
    let of = of?;
    let (a, visitors) = match clause.delegation(of + 1) {
        Some(head) => (head, clause.actors()[head].entities.clone()),
        None => {
            let (a, from) = clause.object(of + 1)?;
            (a, delegations::guests(clause, a, from)?)
        }
    };
    if !visitors.iter().any(|e| cast.entities[*e].kind == MentionType::Per) {
        return None;
    }
    // "chuyến thăm của A tới B"
    let target = target.or_else(|| {
        let end = clause.actors()[a].end;
        let to = (end..end + 3)
            .find(|i| ["tới", "đến", "tại", "sang"].iter().any(|w| clause.is(*i, w)))?;
        let (b, _) = clause.object(to + 1)?;
        Some(&clause.actors()[b]).filter(|b| b.kind == Kind::Place)
    });
    // Those who travel together are of one country: "chuyến thăm của A và B cùng chủ trì lễ".
    let country = |e: usize| cast.entities[e].country;
    let together: Vec<usize> = visitors
        .iter()
        .copied()
        .filter(|v| country(*v).is_none() || country(*v) == country(visitors[0]))
        // "trong chuyến thăm của A, Bộ trưởng B đã …" begins another clause.
        .take(if clause.is(clause.actors()[a].end, ",") { 1 } else { visitors.len() })
        .collect();
    // Nobody visits their own country: the bare title was read as somebody else's.
    let bare = clause.actors()[a].anaphor;
    if bare && target.is_some_and(|t| together.iter().any(|v| home(cast, *v, t))) {
        return None;
    }
    draft.push("visitor", &together);
    if let Some(target) = target {
        draft.push("destination", &target.entities);
    }
    Some(())
}

/// The `của` that says whose journey it is: not one behind another verb, as in `chuyến thăm diễn
/// ra theo lời mời của B`.
fn whose(clause: &Clause<'_>, next: usize, end: usize) -> Option<usize> {
    let mut i = next;
    while i < end {
        if let Some(actor) = clause.actors().iter().find(|a| a.first <= i && i < a.end) {
            i = actor.end;
            continue;
        }
        if clause.is(i, "của") {
            return Some(i);
        }
        if NOT_WHOSE.iter().any(|p| clause.starts(i, p)) || is_cue(clause, i).is_some() {
            return None;
        }
        i += 1;
    }
    None
}

/// Who goes: the subject, the head of the delegation that the sentence named before, or the
/// person named right before the verb.
fn goer(clause: &Clause<'_>, cast: &Cast, at: usize, cue: Option<usize>) -> Option<Vec<usize>> {
    let start = clause.sentence.atoms.start;
    // "… do ông X dẫn đầu nhân dịp đoàn tới Việt Nam dự …"
    let mut i = at;
    while i > start && ["đã", "sẽ", "sang", "vừa"].iter().any(|w| clause.is(i - 1, w)) {
        i -= 1;
    }
    if i > start && clause.is(i - 1, "đoàn") {
        let head = clause.actors().iter().rev().find(|a| {
            a.kind == Kind::Person && a.first < i && a.first > start && clause.is(a.first - 1, "do")
        })?;
        return Some(head.entities.clone());
    }
    if let Some(subject) = clause.subject(at) {
        return Some(subject);
    }
    let (subject, end) = clause.main_subject().filter(|(_, end)| *end <= at && cue.is_none())?;
    let between = clause
        .actors()
        .iter()
        .rev()
        .find(|a| a.kind == Kind::Person && a.first >= end && a.end <= at);
    match between {
        None => Some(subject),
        // "làm việc với A; thăm B": A is whom they saw.
        Some(person) if (person.end..at).any(|i| clause.is(i, ";")) => Some(subject),
        Some(person) if at - person.end <= 7 => Some(person.entities.clone()),
        Some(_) => None,
    }
    .filter(|who| who.iter().all(|e| cast.entities[*e].kind == MentionType::Per))
}

/// True when the place is the country that the person acts for.
fn home(cast: &Cast, person: usize, place: &Actor) -> bool {
    place.entities.iter().any(|t| {
        cast.entities[*t].kind == MentionType::Loc
            && cast.entities[person].country == Some(&cast.entities[*t].id)
            && cast.entities[*t].country.is_some()
    })
}

fn persons_of(cast: &Cast, subject: &[usize]) -> Vec<usize> {
    subject.iter().copied().filter(|e| cast.entities[*e].kind == MentionType::Per).collect()
}

phrases!(NOT_WHOSE = "," ";" "diễn ra" "theo" "đã" "sẽ" "là" "như" "được" "có" "dự kiến" "nhằm" "mà" "khi" "do" "cùng chủ trì");
phrases!(PURPOSE = "dự" "tham dự" "thăm" "làm việc" "công tác" "tham gia" "để dự" "để tham dự");
