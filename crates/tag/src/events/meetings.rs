//! Meetings, talks, receptions, banquets and aid: two sides around a verb or a noun.

use std::sync::LazyLock;

use bantin_document::{EventType, MentionType, Modality};

use super::clause::{Clause, phrase};
use super::delegations;
use super::draft::{Draft, Found};
use super::gather::is_office;
use super::triggers::Shape;
use crate::identity::Cast;
use crate::signs;

/// `A tiếp B`: subject and object.
pub(super) fn pair(
    found: &Found<'_, '_>,
    first: &'static str,
    second: &'static str,
    draft: &mut Draft,
) -> Option<()> {
    let Found { clause, cast, trigger, next, .. } = *found;
    if first == second && together(found, draft).is_some() {
        return Some(());
    }
    let subject = found.subject()?;
    let guests = match clause.delegation(next) {
        Some(head) => clause.actors()[head].entities.clone(),
        None => {
            let (a, from) = clause.object(next)?;
            delegations::guests(clause, a, from)?
        }
    };
    // A banquet or aid may be for a delegation or country; a meeting is between people,
    // or between two of a kind.
    let people = |all: &[usize]| all.iter().any(|e| cast.entities[*e].kind == MentionType::Per);
    let state = |all: &[usize]| all.iter().all(|e| cast.entities[*e].kind != MentionType::Per);
    match trigger.kind {
        EventType::Aid if !honor(clause) => {}
        EventType::Banquet if people(&subject) || state(&subject) => {}
        EventType::Reception | EventType::Meet | EventType::Talks
            if people(&subject) && people(&guests)
                || state(&subject) && state(&guests) && trigger.kind == EventType::Talks => {}
        EventType::Meet | EventType::Reception
            if people(&subject) && orgs(cast, &guests) && !clause.is(next - 1, "gặp") => {}
        _ => return None,
    }
    // "dự chiêu đãi của Chủ tịch X": the host stands behind.
    let (first, second) = if clause.is(next, "của") { (second, first) } else { (first, second) };
    draft.push(first, &subject);
    draft.push(second, &guests);
    if subject.iter().all(|s| guests.contains(s)) {
        return None;
    }
    Some(())
}

/// `A và B hội đàm tại C`, `hai nhà lãnh đạo đã gặp nhau`: both sides stand before a verb that
/// has nobody behind it.
pub(super) fn together(found: &Found<'_, '_>, draft: &mut Draft) -> Option<()> {
    let Found { clause, cast, at, next, .. } = *found;
    let mutual = (at..next).any(|i| clause.has(&MUTUAL, i));
    let called = (at..next).any(|i| clause.is(i, "chào") || clause.is(i, "việc"));
    if !mutual || called {
        return None;
    }
    let with = usize::from(clause.is(next, "với"));
    let each_other = clause.is(next + with, "nhau");
    let alone = next >= clause.sentence.atoms.end
        || clause.has(&BEHIND, next)
        || clause.is(next, ",") && clause.has(&BEHIND, next + 1)
        || clause.dates().iter().any(|d| d.first == next);
    if !each_other && !alone {
        return None;
    }
    let both = clause.subject(at)?;
    let [a, b] = both[..] else { return None };
    let (x, y) = (&cast.entities[a], &cast.entities[b]);
    let people = x.kind == MentionType::Per && y.kind == MentionType::Per;
    let office = |e: usize| cast.entities[e].titles.iter().any(|t| is_office(t));
    let known = |e: usize| office(e) || cast.entities[e].country.is_some();
    let abroad = x.country.is_some() && y.country.is_some() && x.country != y.country;
    // "Chủ tịch A và Bí thư B gặp gỡ tại đình làng" meet the villagers.
    let meets = clause.has(&TALKING, next - 1) || each_other || abroad;
    if !people || !meets || !(office(a) || office(b)) || !known(a) || !known(b) {
        return None;
    }
    draft.rule = Shape::Together.rule();
    // "Hai bên đã trao đổi về …" looks at the meeting that was told, if there is one.
    draft.nominal = found.trigger.shape == Shape::Together;
    draft.push("participant", &both);
    Some(())
}

/// `cuộc gặp giữa A và B`, `cuộc hội đàm với B`.
pub(super) fn between(found: &Found<'_, '_>, draft: &mut Draft) -> Option<()> {
    let Found { clause, cast, at, next, cue, .. } = *found;
    draft.nominal = true;
    let between = (next..(next + 8).min(clause.sentence.atoms.end)).find(|i| clause.is(*i, "giữa"));
    if let Some(between) = between {
        let (a, _) = clause.object(between + 1)?;
        let (both, _) = clause.joined_right(a);
        draft.push("participant", &both);
    } else if clause.is(next, "với") {
        let (a, from) = clause.object(next + 1)?;
        let guests = delegations::guests(clause, a, from)?;
        let subject = found.subject().or_else(|| said_there(found, a))?;
        draft.push("participant", &subject);
        draft.push("participant", &guests);
    } else if (next - at) == 2 && clause.is(at, "hội") || clause.is(at, "cuộc") {
        return None;
    }
    // "duy trì các cuộc tiếp xúc cấp cao giữa hai bên" are none in particular.
    let people = draft.arguments.iter().any(|(_, e)| cast.entities[*e].kind == MentionType::Per);
    let many = (at.saturating_sub(2).max(clause.sentence.atoms.start)..at)
        .any(|i| ["các", "những", "nhiều", "mọi"].iter().any(|w| clause.is(i, w)));
    if draft.actors(cast).len() < 2 || many && !people || !people && cue.is_some() {
        return None;
    }
    Some(())
}

/// Who speaks where words are said in the meeting: `A khẳng định như vậy trong cuộc gặp với B`,
/// `Tại cuộc gặp với B, A nói …`.
fn said_there(found: &Found<'_, '_>, object: usize) -> Option<Vec<usize>> {
    let Found { clause, at, cast, .. } = *found;
    let start = clause.sentence.atoms.start;
    let lead = ["trong", "tại", "sau"].iter().any(|w| clause.is(at.wrapping_sub(1), w));
    if !lead {
        return None;
    }
    let person = |all: &[usize]| all.iter().all(|e| cast.entities[*e].kind == MentionType::Per);
    if at - start > 3 {
        let (subject, _) = clause.main_subject().filter(|(_, end)| *end <= at)?;
        return person(&subject).then_some(subject);
    }
    let comma = (clause.actors()[object].end..clause.sentence.atoms.end)
        .take(16)
        .find(|i| clause.is(*i, ","))?;
    let next = clause.actors().iter().find(|a| a.first == comma + 1 && !a.anaphor)?;
    person(&next.entities).then(|| next.entities.clone())
}

/// `lễ đón chính thức B diễn ra`.
pub(super) fn ceremony(found: &Found<'_, '_>, draft: &mut Draft) -> Option<()> {
    let Found { clause, next, .. } = *found;
    // "Lễ đón chính thức đoàn … đã diễn ra trọng thể tại …"
    draft.nominal = true;
    let end = clause.sentence.atoms.end;
    let held = (next..(next + 40).min(end)).any(|i| HELD.iter().any(|h| clause.starts(i, h)));
    let (a, from) = clause.object(next)?;
    if !held {
        return None;
    }
    draft.push("guest", &delegations::guests(clause, a, from)?);
    Some(())
}

/// Talks that the story mentions only as where words were said, `tại hội đàm`: between those of
/// two countries who speak most.
pub(super) fn implied_talks(
    clauses: &[Clause<'_>],
    speakers: &[String],
    cast: &Cast,
    found: &[Draft],
) -> Option<Draft> {
    let two = |d: &Draft| {
        matches!(d.kind, EventType::Meet | EventType::Talks)
            && d.modality == Modality::Happened
            && d.actors(cast).len() > 1
    };
    if found.iter().any(two) {
        return None;
    }
    let (clause, at) = clauses.iter().find_map(|clause| {
        let at = clause.signs(signs::HALL).find(|at| {
            HALL.iter().any(|h| clause.starts(*at, h))
                && (at.saturating_sub(3).max(clause.sentence.atoms.start)..*at)
                    .any(|i| clause.is(i, "tại") || clause.is(i, "trong"))
                && !clause.in_quote(*at)
        })?;
        Some((clause, at))
    })?;
    let mut counts: Vec<(usize, usize)> = Vec::new();
    for person in speakers.iter().filter_map(|id| cast.find(id)) {
        if cast.entities[person].kind != MentionType::Per || cast.entities[person].titles.is_empty()
        {
            continue;
        }
        match counts.iter_mut().find(|(p, _)| *p == person) {
            Some((_, n)) => *n += 1,
            None => counts.push((person, 1)),
        }
    }
    counts.sort_by_key(|(person, n)| (std::cmp::Reverse(*n), *person));
    let country = |p: usize| cast.entities[p].country;
    let first = counts.first()?.0;
    let second = counts
        .iter()
        .map(|(p, _)| *p)
        .find(|p| country(*p).is_some() && country(*p) != country(first))?;
    let mut draft = Draft::new(EventType::Talks, "T513", clause, at, at + 2);
    draft.nominal = true;
    draft.push("participant", &[first, second]);
    Some(draft)
}

/// First words of what may be said to be such talks.
pub(super) fn first_words() -> impl Iterator<Item = u64> {
    HALL.iter().map(|hall| hall[0])
}

/// A prize or an order is given as an honor, not as aid.
fn honor(clause: &Clause<'_>) -> bool {
    clause.sentence.atoms.clone().any(|i| HONORS.iter().any(|h| clause.starts(i, h)))
}

fn orgs(cast: &Cast, all: &[usize]) -> bool {
    !all.is_empty() && all.iter().all(|e| cast.entities[*e].kind == MentionType::Org)
}

words!(MUTUAL = "gặp" "đàm" "kiến" "xúc" "đổi");
words!(TALKING = "đàm" "kiến");
// What may follow a verb that has no object.
words!(BEHIND = "." ";" "!" "…" "(" "tại" "ở" "về" "ngày" "hôm" "vào" "sáng" "trưa" "chiều" "tối" "trong" "sau" "trước" "bên" "nhân" "để" "nhằm" "lần" "kéo" "kín" "hẹp" "riêng" "song" "qua" "trực" "cấp" "khi" "suốt" "hơn" "ngay" "tuần" "tháng" "cuối");
phrases!(HONORS = "giải thưởng" "giải" "huân chương" "huy chương" "danh hiệu" "bằng khen" "kỷ niệm chương" "cúp" "hoa" "giấy khen" "bằng");
phrases!(HELD = "diễn ra" "được tổ chức" "được cử hành");
phrases!(HALL = "hội đàm" "cuộc hội đàm" "buổi hội đàm" "các cuộc hội đàm");
