//! Invitations and messages: who lets whom know.

use std::sync::LazyLock;

use bantin_document::MentionType;

use super::actors::Kind;
use super::clause::phrase;
use super::delegations;
use super::draft::{Draft, Found};

/// `A mời B thăm C`.
pub(super) fn inviting(found: &Found<'_, '_>, draft: &mut Draft) -> Option<()> {
    let Found { clause, cast, at, next, .. } = *found;
    let start = clause.sentence.atoms.start;
    // "ông nên mời A đến" is a piece of advice.
    let advised = (at.saturating_sub(12).max(start)..at)
        .any(|i| ["nên", "cần", "hãy"].iter().any(|w| clause.is(i, w)));
    if advised {
        return None;
    }
    // "B đã chuyển lời mời của A mời C sang thăm": A invites.
    let of = (at.saturating_sub(24).max(start)..at)
        .find(|i| clause.is(*i, "của") && clause.is(i.wrapping_sub(1), "mời"))
        .and_then(|of| clause.object(of + 1))
        .map(|(a, _)| clause.actors()[a].entities.clone());
    let subject = of
        .or_else(|| clause.subject(at))
        .or_else(|| clause.main_subject().filter(|(_, end)| *end <= at).map(|(s, _)| s))?;
    let (a, _) = clause.object(next)?;
    let (guests, end) = clause.joined_right(a);
    let going = (end..end + 12)
        .take_while(|i| !clause.is(*i, ";"))
        .find(|i| GOING.iter().any(|g| clause.starts(*i, g)))?;
    if !guests.iter().all(|e| cast.entities[*e].kind == MentionType::Per) || subject == guests {
        return None;
    }
    draft.push("inviter", &subject);
    draft.push("invitee", &guests);
    if let Some(target) = clause.actors().iter().find(|a| {
        a.first > going
            && a.first < going + 8
            && matches!(a.kind, Kind::Place | Kind::Organisation | Kind::Thing(MentionType::Event))
    }) {
        let thing = matches!(target.kind, Kind::Thing(_));
        let role = if thing { "event" } else { "destination" };
        draft.push(role, &target.entities);
    }
    Some(())
}

/// `A chuyển lời thăm hỏi của B tới C`.
pub(super) fn passing(found: &Found<'_, '_>, draft: &mut Draft) -> Option<()> {
    let Found { clause, next, .. } = *found;
    // "chuyển lời mời tới A" invites.
    if clause.is(next, "mời") {
        return None;
    }
    let via = found.subject()?;
    let of = (next..(next + 12).min(clause.sentence.atoms.end)).find(|i| clause.is(*i, "của"));
    let to_from = of.map_or(next, |of| of + 1);
    let to = (to_from..clause.sentence.atoms.end).find(|i| {
        (clause.is(*i, "tới") || clause.is(*i, "đến")) && clause.object(*i + 1).is_some()
    });
    let sender = of
        .and_then(|of| clause.object(of + 1))
        .and_then(|(a, from)| delegations::guests(clause, a, from));
    let recipient = to
        .and_then(|to| clause.object(to + 1))
        .and_then(|(a, from)| delegations::guests(clause, a, from))?;
    match sender {
        Some(sender) if sender != via => {
            draft.push("sender", &sender);
            draft.push("via", &via);
        }
        _ => draft.push("sender", &via),
    }
    draft.push("recipient", &recipient);
    Some(())
}

/// `A gửi điện mừng tới B`.
pub(super) fn sending(found: &Found<'_, '_>, draft: &mut Draft) -> Option<()> {
    let Found { clause, next, .. } = *found;
    let sender = found.subject()?;
    let to = (next..(next + 14).min(clause.sentence.atoms.end)).find(|i| {
        ["tới", "đến", "cho"].iter().any(|w| clause.is(*i, w)) && clause.object(*i + 1).is_some()
    });
    let (a, from) = match to {
        Some(to) => clause.object(to + 1)?,
        None => clause.object(next)?,
    };
    let recipient = delegations::guests(clause, a, from)?;
    draft.push("sender", &sender);
    draft.push("recipient", &recipient);
    Some(())
}

phrases!(GOING = "thăm" "sang" "tới" "đến" "dự" "tham dự" "sớm thăm" "sớm sang" "trở lại" "tham gia");
