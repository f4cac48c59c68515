//! Signings: who signs what.

use std::sync::LazyLock;

use bantin_document::MentionType;

use super::actors::{Actor, Kind};
use super::clause::phrase;
use super::delegations;
use super::draft::{Draft, Found};
use super::papers;

/// `A ký C`, `A ký C với B`.
pub(super) fn signing(found: &Found<'_, '_>, draft: &mut Draft) -> Option<()> {
    let Found { clause, cast, at, next, cue, .. } = *found;
    let agreement = clause.actors().iter().find(|a| {
        a.kind == Kind::Thing(MentionType::Agr) && a.first >= next && a.first <= next + 4
    });
    let generic = (next..next + 5).find_map(|i| Some((i, papers::kind(clause.rest(i))?)));
    draft.paper = generic.map(|(_, kind)| kind);
    if agreement.is_none() && generic.is_none()
        || ORDERS.iter().any(|o| (next..next + 3).any(|i| clause.starts(i, o)))
    {
        return None;
    }
    // Who attends or witnesses a ceremony signs nothing.
    let witness =
        clause.is(at, "lễ") && ["dự", "kiến"].iter().any(|w| clause.is(at.wrapping_sub(1), w));
    let mut parties = clause.subject(at).filter(|_| !witness).unwrap_or_default();
    if parties.is_empty() && cue.is_none() && !clause.is(at, "lễ") {
        parties = clause
            .main_subject()
            .filter(|(_, end)| *end <= at && at - end < 25)
            .map(|(s, _)| s)
            .unwrap_or_default();
    }
    // "ký Hiệp định A và Bản ghi nhớ B"
    let mut signed: Vec<&Actor> = agreement.into_iter().collect();
    while let Some(last) = signed.last()
        && (clause.is(last.end, "và") || clause.is(last.end, ","))
        && let Some(another) = clause.actors().iter().find(|a| {
            a.kind == Kind::Thing(MentionType::Agr) && a.first > last.end && a.first <= last.end + 2
        })
    {
        signed.push(another);
    }
    let from = signed.last().map_or(next, |a| a.end);
    let other = (from..(from + 30).min(clause.sentence.atoms.end))
        .take_while(|i| !clause.is(*i, ","))
        .find(|i| clause.is(*i, "với") || clause.is(*i, "giữa"));
    if let Some(other) = other
        && let Some((a, from)) = clause.object(other + 1)
    {
        let more = if clause.is(other, "giữa") {
            clause.joined_right(a).0
        } else {
            delegations::guests(clause, a, from).unwrap_or_default()
        };
        parties.extend(more);
    }
    parties.dedup();
    // "ký kết, triển khai các Hiệp định thương mại tự do" is a policy.
    let many = agreement.is_some_and(|a| {
        ["các", "những", "nhiều"].iter().any(|w| clause.is(a.first.wrapping_sub(1), w))
    });
    if parties.is_empty() || parties.len() < 2 && (agreement.is_none() || many) {
        return None;
    }
    for party in &parties {
        let role =
            if cast.entities[*party].kind == MentionType::Per { "signatory" } else { "party" };
        draft.push(role, &[*party]);
    }
    if let (Some((first, _)), true) = (generic, signed.is_empty()) {
        draft.described = papers::described(clause, first);
    }
    for paper in signed {
        draft.push("agreement", &paper.entities);
    }
    Some(())
}

phrases!(ORDERS = "quyết định" "chỉ thị" "công văn" "ban hành" "lệnh" "sắc lệnh" "nghị quyết" "công điện" "tờ trình" "văn bản số" "thông tư" "nghị định số");
