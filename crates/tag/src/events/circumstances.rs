//! Whether, when and where an event took place, from the clause that tells it.

use std::sync::LazyLock;

use bantin_document::{EventType, Modality, Tag};
use bantin_text::keys::syllable_key;

use super::clause::{Actor, Clause, Kind, phrase};
use super::draft::Draft;
use super::triggers::Trigger;

/// Whether it happened, by the words around the trigger at `at`.
pub(super) fn modality(
    clause: &Clause<'_>,
    at: usize,
    draft: &Draft,
    cue: Option<usize>,
) -> Modality {
    let start = clause.sentence.atoms.start;
    // The words of the clause before the trigger, back to a stop.
    let from = (start..at).rev().find(|i| clause.is(*i, ";")).map_or(start, |i| i + 1);
    let near = at.saturating_sub(8).max(from);
    let any = |from: usize, phrases: &[Vec<u64>]| {
        (from..at).any(|i| phrases.iter().any(|p| clause.starts(i, p)))
    };
    if draft.kind == EventType::Invite {
        return Modality::Planned;
    }
    if any(near, &PLANNED) || any(from, &PLANNED_FAR) {
        return Modality::Planned;
    }
    if draft.nominal {
        let dated_back = (at..clause.sentence.atoms.end).any(|i| clause.is(i, "hồi"));
        let this = (at..(at + 6).min(clause.sentence.atoms.end)).any(|i| clause.is(i, "này"));
        if dated_back || !this && cue.is_some() || draft.kind == EventType::Visit && !this {
            return Modality::Recalled;
        }
    }
    let recalled = any(from, &RECALLED)
        || draft.kind == EventType::Visit && cue.is_some_and(|c| c < at)
        || (at..(at + 14).min(clause.sentence.atoms.end)).any(|i| clause.is(i, "hồi"))
        || draft.kind == EventType::Sign && cue.is_some_and(|c| c < at);
    if recalled { Modality::Recalled } else { Modality::Happened }
}

/// The date that stands with the trigger: in its clause, nearest before it, else behind it.
pub(super) fn date(
    clause: &Clause<'_>,
    at: usize,
    trigger: &Trigger,
    tag: &Tag,
    draft: &mut Draft,
) {
    let usable = |mention: usize| {
        let value = tag.mentions[mention].value.as_deref().unwrap_or_default();
        !value.starts_with('P') && !value.contains('/') && !value.starts_with("lunar")
    };
    // Subordinate to another event: "nhân dịp đoàn tới Việt Nam dự …".
    let start = clause.sentence.atoms.start;
    let occasion = (start..at).rev().take(14).any(|i| OCCASION.iter().any(|o| clause.starts(i, o)));
    if occasion && draft.kind == EventType::Visit {
        draft.month_only = true;
        return;
    }
    let fine =
        |mention: usize| tag.mentions[mention].value.as_deref().is_some_and(|v| v.len() >= 10);
    let end = at + trigger.words.len();
    let before = clause.dates.iter().rev().find(|d| d.end <= at && !d.nested && usable(d.mention));
    let after = clause
        .dates
        .iter()
        .find(|d| d.first >= end && d.first <= end + 40 && !d.nested && usable(d.mention));
    let chosen = if draft.nominal || draft.modality == Modality::Planned {
        after.or(before)
    } else {
        match (before, after) {
            (Some(b), Some(a)) if fine(a.mention) && !fine(b.mention) => Some(a),
            (Some(b), _) => Some(b),
            (None, Some(a)) => Some(a),
            _ => None,
        }
    };
    draft.date = chosen.map(|d| d.mention);
}

/// `tại Hà Nội`, `tại Trụ sở Bộ Quốc phòng`: the place nearest to the trigger.
pub(super) fn place(clause: &Clause<'_>, at: usize, draft: &mut Draft) {
    if draft.kind == EventType::Visit {
        draft.place =
            draft.arguments.iter().find(|(role, _)| *role == "destination").map(|(_, e)| *e);
        return;
    }
    let at_place = |a: &&Actor| {
        matches!(a.kind, Kind::Place | Kind::Organisation)
            && a.first > clause.sentence.atoms.start
            && (a.first.saturating_sub(3).max(clause.sentence.atoms.start)..a.first).any(|i| {
                (clause.is(i, "tại") || clause.is(i, "ở"))
                    && (i + 1..a.first).all(|k| PLACE_HEADS.contains(&clause.word(k)))
            })
    };
    let before = clause.actors.iter().rev().filter(|a| a.end <= at).find(at_place);
    let after = clause.actors.iter().filter(|a| a.first > at && a.first < at + 30).find(at_place);
    let found =
        before.or(after).filter(|a| !draft.arguments.iter().any(|(_, e)| a.entities.contains(e)));
    draft.place = found.map(|a| a.entities[0]);
}

static PLACE_HEADS: LazyLock<Vec<u64>> = LazyLock::new(|| {
    ["thủ", "đô", "thành", "phố", "tỉnh", "nước", "trụ", "sở", "tp", "điện"]
        .iter()
        .map(|w| syllable_key(w))
        .collect()
});

phrases!(PLANNED = "sẽ" "dự kiến" "sắp" "sắp tới" "chuẩn bị" "dự định" "muốn" "có thể" "đề nghị" "mong" "hy vọng" "thúc đẩy" "tiếp tục thúc đẩy" "lên kế hoạch" "xem xét" "hướng tới" "tiến tới" "đang đàm phán" "nếu" "nhằm" "để");
phrases!(PLANNED_FAR = "dự kiến" "theo kế hoạch" "sắp tới");
phrases!(RECALLED = "trước đây" "từng" "trước đó vào năm" "kể từ" "nhắc lại" "lần đầu tiên" "sau khi" "nhờ" "năm ngoái" "lần đầu");
phrases!(OCCASION = "nhân dịp" "nhân chuyến" "trong khuôn khổ" "trong chuyến" "trong thời gian" "đang ở" "đang có" "đang" "nhân");
