//! Appointments: who gets an office.

use std::sync::LazyLock;

use bantin_document::MentionType;

use super::actors::Kind;
use super::clause::phrase;
use super::draft::{Draft, Found};

/// `A bổ nhiệm B làm C`, `B được bổ nhiệm làm C`.
pub(super) fn appointing(found: &Found<'_, '_>, draft: &mut Draft) -> Option<()> {
    let Found { clause, cast, at, next, .. } = *found;
    let passive = clause.is(at, "được");
    // "B được A chỉ định làm …"
    let by = clause.actors().iter().find(|a| {
        a.end == at && a.first > clause.sentence.atoms.start && clause.is(a.first - 1, "được")
    });
    if let Some(by) = by {
        let subject = clause.subject(by.first - 1)?;
        if !subject.iter().all(|e| cast.entities[*e].kind == MentionType::Per) {
            return None;
        }
        draft.push("appointee", &subject);
        draft.push("appointer", &by.entities);
        return Some(());
    }
    if passive {
        // "Thống đốc được chỉ định của …" is a kind of governor.
        if clause.is(next, "của") {
            return None;
        }
        let (subject, first) = clause.subject_at(at)?;
        // "Giám đốc FBI được bổ nhiệm bởi …" tells how that is done.
        let bare = clause.actors().iter().any(|a| a.first == first && a.anaphor);
        let led = next - at > 3 || ["làm", "giữ", "vào"].iter().any(|w| clause.is(next, w));
        if bare && !led {
            return None;
        }
        let title = (next..next + 4).any(|i| TITLE_LEADS.iter().any(|w| clause.starts(i, w)))
            || clause.titles().iter().any(|(first, _)| (next..next + 3).contains(first))
            || (next - at) > 2;
        if !title || !subject.iter().all(|e| cast.entities[*e].kind == MentionType::Per) {
            return None;
        }
        draft.push("appointee", &subject);
    } else {
        if clause.is(next, ",") || clause.is(at.wrapping_sub(1), "việc") {
            return None;
        }
        let (a, _) = clause.object(next)?;
        let actor = &clause.actors()[a];
        // "công tác bổ nhiệm cán bộ, ông A cho biết" appoints nobody.
        if (next..actor.first).any(|i| clause.is(i, ",")) {
            return None;
        }
        let end = actor.end;
        let office = (end..end + 3).any(|i| TITLE_LEADS.iter().any(|w| clause.starts(i, w)))
            || actor.first < actor.head;
        if actor.kind != Kind::Person || !office {
            return None;
        }
        draft.push("appointee", &actor.entities);
        if let Some(subject) = clause.subject(at)
            && subject != actor.entities
        {
            draft.push("appointer", &subject);
        }
    }
    Some(())
}

phrases!(TITLE_LEADS = "làm" "giữ chức" "giữ chức vụ" "vào" "giữ cương vị");
