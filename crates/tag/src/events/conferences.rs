//! Conferences, sessions and dialogues, who chairs and attends them, and press conferences.

use std::sync::LazyLock;

use bantin_document::{EventType, MentionType};
use bantin_text::keys::syllable_key;

use super::actors::{Actor, Kind};
use super::clause::phrase;
use super::draft::{Draft, Found};

/// `A họp báo`: the subject alone.
pub(super) fn alone(found: &Found<'_, '_>, role: &'static str, draft: &mut Draft) -> Option<()> {
    let Found { clause, cast, at, .. } = *found;
    let subject = found.subject()?;
    let own = subject.iter().all(|e| cast.entities[*e].kind == MentionType::Per);
    if !own
        || clause.is(at.wrapping_sub(1), "cuộc")
            && !clause.is(at.wrapping_sub(2), "có")
            && !clause.is(at.wrapping_sub(2), "một")
    {
        return None;
    }
    draft.push(role, &subject);
    Some(())
}

/// `A dự C`.
pub(super) fn attending(found: &Found<'_, '_>, draft: &mut Draft) -> Option<()> {
    let Found { clause, cast, at, next, .. } = *found;
    // "Cùng dự có Trung tướng X": the event is the one told before; see `merge`.
    if clause.is(next - 1, "có") {
        let (a, _) = clause.object(next)?;
        let (people, _) = clause.joined_right(a);
        draft.push("attendee", &people);
        return people.iter().all(|e| cast.entities[*e].kind == MentionType::Per).then_some(());
    }
    let thing = clause.actors().iter().find(|a| {
        a.kind == Kind::Thing(MentionType::Event) && a.first >= next && a.first <= next + 5
    })?;
    let subject = found.subject()?;
    if clause.invited(at) || !subject.iter().any(|e| cast.entities[*e].kind == MentionType::Per) {
        return None;
    }
    draft.push("attendee", &subject);
    draft.push("event", &thing.entities);
    Some(())
}

/// A session or conference: chaired by people, or one that takes place.
pub(super) fn holding(found: &Found<'_, '_>, draft: &mut Draft) -> Option<()> {
    let Found { clause, at, .. } = *found;
    let event = named(found);
    if clause.is(at, "chủ") || clause.is(at, "đồng") {
        draft.rule = "T554";
        chairing(found, event, draft)
    } else {
        taking_place(found, event, draft)
    }
}

/// The named event right behind the verb.
fn named<'t>(found: &Found<'t, '_>) -> Option<&'t Actor> {
    let Found { clause, next, .. } = *found;
    let leads =
        |a: &Actor| (next..a.first).all(|i| EVENT_LEADS.binary_search(&clause.word(i)).is_ok());
    clause.actors().iter().find(|a| {
        a.kind == Kind::Thing(MentionType::Event)
            && a.first >= next
            && a.first <= next + 4
            && leads(a)
    })
}

/// `A đồng chủ trì C`.
fn chairing(found: &Found<'_, '_>, event: Option<&Actor>, draft: &mut Draft) -> Option<()> {
    let Found { clause, cast, at, next, .. } = *found;
    // "chủ trì buổi họp báo"
    if (next..next + 3).any(|i| PRESS.iter().any(|p| clause.starts(i, p))) {
        let subject = clause.subject(at)?;
        if !subject.iter().all(|e| cast.entities[*e].kind == MentionType::Per) {
            return None;
        }
        draft.kind = EventType::Press;
        draft.rule = "T551";
        draft.push("speaker", &subject);
        return Some(());
    }
    let common = MEETINGS.iter().any(|m| (next..next + 3).any(|i| clause.starts(i, m)));
    if event.is_none() && !common {
        return None;
    }
    let mut subject = clause.subject(at)?;
    // "A, …, và B đồng chủ trì": two chair, however long the office of the first is.
    if clause.is(at, "đồng")
        && subject.len() == 1
        && let Some((first, end)) = clause.main_subject()
        && end <= at
        && first.len() == 1
        && first != subject
    {
        subject.insert(0, first[0]);
    }
    if !subject.iter().all(|e| cast.entities[*e].kind == MentionType::Per) {
        return None;
    }
    let role = if clause.is(at, "đồng") { "co-chair" } else { "chair" };
    draft.push(role, &subject);
    if let Some(event) = event {
        draft.push("event", &event.entities);
    }
    Some(())
}

/// `diễn ra cuộc “Đối thoại …”`, `Kỳ họp … diễn ra`.
fn taking_place(found: &Found<'_, '_>, after: Option<&Actor>, draft: &mut Draft) -> Option<()> {
    let Found { clause, at, .. } = *found;
    let before = clause.actors().iter().rev().find(|a| {
        a.kind == Kind::Thing(MentionType::Event)
            && a.end <= at
            && at - a.end <= 12
            && (a.end..at).all(|i| !clause.is(i, ",") && !clause.is(i, "và"))
    });
    if !["diễn", "được", "cũng", "khai"].iter().any(|w| clause.is(at, w)) {
        return None;
    }
    let Some(event) = after.or(before) else {
        draft.rule = "T555";
        return unnamed(found, draft);
    };
    // "cấp điện cho Hội nghị … diễn ra tại Đà Nẵng" tells of the power.
    let told = |w: &str| event.first > clause.sentence.atoms.start && clause.is(event.first - 1, w);
    if ["cho", "vì", "của", "về", "trước", "sau", "là", "với"].iter().any(|w| told(w)) {
        return None;
    }
    // "Diễn đàn diễn ra trong bối cảnh …" names none.
    if event.end - event.first <= 2 {
        return None;
    }
    let dialogue = DIALOGUES.iter().any(|d| (event.first..event.end).any(|i| clause.starts(i, d)));
    let meeting =
        dialogue || MEETINGS.iter().any(|m| (event.first..event.end).any(|i| clause.starts(i, m)));
    if !meeting {
        return None;
    }
    if dialogue {
        draft.kind = EventType::Talks;
    }
    draft.push("event", &event.entities);
    Some(())
}

/// A dialogue or session without a name that the mentions know: `diễn ra cuộc đối thoại … giữa
/// Việt Nam và Nga`, `Cuộc đối thoại … lần đầu tiên được tổ chức`.
fn unnamed(found: &Found<'_, '_>, draft: &mut Draft) -> Option<()> {
    let Found { clause, at, next, .. } = *found;
    let start = clause.sentence.atoms.start;
    let head = |from: usize, to: usize, heads: &[Vec<u64>]| {
        (from..to.min(clause.sentence.atoms.end)).any(|i| heads.iter().any(|h| clause.starts(i, h)))
    };
    let behind = head(next, next + 4, &DIALOGUES) || head(next, next + 4, &MEETINGS);
    let before = head(start, start + 3, &DIALOGUES) || head(start, start + 3, &MEETINGS);
    let (from, to) = match (behind, before && at - start < 20) {
        (true, _) => (next, next + 5),
        (false, true) => (start, start + 4),
        _ => return None,
    };
    if head(from, to, &DIALOGUES) {
        draft.kind = EventType::Talks;
    }
    let between =
        (from..(from + 25).min(clause.sentence.atoms.end)).find(|i| clause.is(*i, "giữa"));
    if let Some(between) = between
        && let Some((a, _)) = clause.object(between + 1)
    {
        let (both, _) = clause.joined_right(a);
        let people = clause.actors()[a].kind == Kind::Person;
        draft.push(if people { "participant" } else { "party" }, &both);
    } else if draft.kind != EventType::Talks || behind {
        return None;
    }
    draft.nominal = draft.arguments.is_empty();
    Some(())
}

/// What may stand between `diễn ra` and the name of an event.
static EVENT_LEADS: LazyLock<Vec<u64>> = LazyLock::new(|| {
    let mut keys: Vec<u64> =
        ["cuộc", "buổi", "một", "phiên", "lễ", "các", "“", "\"", ":", "trọng", "thể"]
            .iter()
            .map(|w| syllable_key(w))
            .collect();
    keys.sort_unstable();
    keys
});

phrases!(PRESS = "họp báo" "gặp gỡ báo chí");
phrases!(MEETINGS = "hội nghị" "kỳ họp" "diễn đàn" "phiên họp" "hội thảo" "đại hội" "cuộc họp" "tọa đàm" "đối thoại" "hội đàm" "tham vấn" "buổi họp");
phrases!(DIALOGUES = "đối thoại" "hội đàm" "đàm phán" "tham vấn");
