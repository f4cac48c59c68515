//! Whether an event is the news of the story, still to come or recalled.

use std::sync::LazyLock;

use bantin_dates::{Day, Timeline};
use bantin_document::{EventType, Modality, Tag};

use super::actors::{Dated, Kind};
use super::circumstances::{announced, reach};
use super::clause::{Clause, phrase};
use super::cues::is_cue;
use super::draft::{Draft, Found};
use super::triggers::Shape;

/// Whether it happened, by the words around the trigger.
pub(super) fn modality(found: &Found<'_, '_>, tag: &Tag, draft: &mut Draft) {
    let Found { clause, at, cue, .. } = *found;
    let told_before = cue.is_some_and(|c| c < at);
    let stop = reach(found, true);
    let stands =
        |phrases: &[Vec<u64>]| (at..stop).any(|i| phrases.iter().any(|p| clause.starts(i, p)));
    draft.modality = Modality::Planned;
    // "ngăn việc tiết lộ cuộc gặp hồi tháng 1" is past, whatever may be done about it.
    let held = found.trigger.shape == Shape::Holding;
    let back = draft.nominal && stands(&LATELY) || (draft.nominal || held) && stands(&BACK);
    if draft.kind == EventType::Invite || !back && planned(found, tag, draft) {
        return;
    }
    draft.modality = Modality::Recalled;
    // "khoản tiền mà A viện trợ cho B"
    let relative =
        clause.subject_at(at).is_some_and(|(_, first)| clause.is(first.wrapping_sub(1), "mà"));
    if back || stands(&BACK) || recalled(found) || relative {
        return;
    }
    // "đang có chuyến thăm Nhật Bản"
    let under_way = clause.is(at.wrapping_sub(1), "đang") || clause.is(at.wrapping_sub(2), "đang");
    if draft.nominal {
        // "Đây là chuyến thăm đầu tiên …" is of the news; "chuyến thăm … đã thành công" is over.
        let here = clause.is(clause.sentence.atoms.start, "đây")
            || (at..stop + 1).any(|i| {
                (clause.is(i, "đã") || clause.is(i, "sẽ"))
                    && !clause.actors().iter().any(|a| a.first <= i && i < a.end)
            })
            || OF_THE_NEWS.iter().any(|p| {
                (at.saturating_sub(3).max(clause.sentence.atoms.start)..at)
                    .any(|i| clause.starts(i, p))
            })
            || !told_before && opening_day(found)
            || !told_before && occasion(found)
            || draft.kind != EventType::Visit
                && ["sau", "tại", "trong", "lề"].iter().any(|w| clause.is(at.wrapping_sub(1), w));
        let visit = draft.kind == EventType::Visit;
        if !stands(&THIS) {
            // "Cuộc gặp giữa A và B có thể mang lại kết quả" is still to come.
            let ahead = !visit && AHEAD_OF_IT.iter().any(|p| clause.starts(stop, p));
            draft.unsure = Some(match (ahead, here || !told_before && !visit) {
                (true, _) => Modality::Planned,
                (_, true) => Modality::Happened,
                _ => Modality::Recalled,
            });
        }
    } else if told_before
        && matches!(draft.kind, EventType::Visit | EventType::Attend)
        && welcome(found)
    {
        draft.unsure = Some(Modality::Planned);
    } else if told_before
        && matches!(draft.kind, EventType::Visit | EventType::Sign)
        && !under_way
        && !["vừa", "việc"].iter().any(|w| clause.is(at.wrapping_sub(1), w))
        && !stands(&THIS)
        && !clause.dates().iter().any(|d| d.end <= at && cue.is_some_and(|c| c < d.first))
    {
        // "cho biết A đã thăm B": of now when A acts in the news.
        if draft.kind == EventType::Visit {
            draft.unsure = Some(Modality::Recalled);
        }
        return;
    }
    draft.modality = Modality::Happened;
}

/// True when the journey is what the sentence opens with: `Nhân chuyến thăm của A, hai nước …`.
fn occasion(found: &Found<'_, '_>) -> bool {
    let Found { clause, at, .. } = *found;
    let start = clause.sentence.atoms.start;
    let lead = ["nhân", "trong", "khổ", "dịp"].iter().any(|w| clause.is(at.wrapping_sub(1), w));
    lead && (at - start <= 4 || (at.saturating_sub(4).max(start)..at).any(|i| clause.is(i, ",")))
}

/// True when the sentence opens with a day: `Ngày 5/6, trong khuôn khổ chuyến thăm của A, …`.
fn opening_day(found: &Found<'_, '_>) -> bool {
    let Found { clause, at, .. } = *found;
    clause.dates().iter().any(|d| d.first <= clause.sentence.atoms.start + 3 && d.end <= at)
}

/// `hoan nghênh A sang thăm`, `mong được đón A dự`: of one who comes or is still to come.
fn welcome(found: &Found<'_, '_>) -> bool {
    let Found { clause, at, .. } = *found;
    let start = clause.sentence.atoms.start;
    (start..at)
        .rev()
        .take(24)
        .take_while(|i| !clause.is(*i, "đã") && !clause.is(*i, ";"))
        .any(|i| WELCOMES.iter().any(|w| clause.starts(i, w)))
}

/// Still to come: `sẽ thăm`, `dự kiến hội đàm`, `thăm Nga vào tháng 6 tới`.
fn planned(found: &Found<'_, '_>, tag: &Tag, draft: &Draft) -> bool {
    let Found { clause, at, next, .. } = *found;
    let start = clause.sentence.atoms.start;
    let subject = clause.subject_at(at).map(|(_, first)| first);
    let stands = |i: usize, phrases: &[Vec<u64>]| {
        phrases.iter().any(|p| clause.starts(i, p) && (i >= next || i + p.len() <= at))
    };
    let mut words = 0;
    for i in (start..at).rev() {
        // "… sẽ diễn ra tại A; Hội nghị diễn ra vào …"
        let goes_on = !draft.nominal && subject.is_none();
        let list = clause.is(i, ";") && found.trigger.shape != Shape::Holding && !goes_on;
        if list || clause.in_quote(i) {
            break;
        }
        // "…, tiếp theo chuyến thăm của B": what is still to come follows it.
        if draft.nominal && at - i <= 4 && stands(i, &RECALLED) {
            return false;
        }
        // Inside the name of an event or paper nothing is said of this one.
        if clause.actors().iter().any(|a| a.head <= i && i < a.end) {
            continue;
        }
        // "A sẽ thăm B, trong khi C gặp D": what is told of C is not what A will do.
        let own = subject.is_none_or(|first| i >= first);
        if stands(i, &AHEAD) && own || stands(i, &AHEAD_OF_ALL) {
            return true;
        }
        words += 1;
        if words <= 8 && stands(i, &WISHED) {
            return true;
        }
        if is_cue(clause, i).is_some() {
            // "Nga sẽ hợp tác, ông A nói trong cuộc gặp với B"
            if draft.nominal {
                break;
            }
            words += 8;
        }
        if stands(i, &DONE) {
            break;
        }
    }
    let before = |w: &str| clause.is(at.wrapping_sub(1), w);
    if (before("ngày") || before("giờ")) && clause.is(at.wrapping_sub(2), "trước") {
        return true;
    }
    if clause.invited(at) && draft.nominal {
        return true;
    }
    let stop = reach(found, draft.nominal);
    // "Trước thềm Hội nghị A diễn ra tại B"
    let named =
        clause.actors().iter().rev().find(|a| matches!(a.kind, Kind::Thing(_)) && a.end <= at);
    if found.trigger.shape == Shape::Holding
        && named.is_some_and(|a| clause.is(a.first.wrapping_sub(1), "thềm"))
    {
        return true;
    }
    // "trước thềm chuyến thăm của A"
    let done = || (at..clause.sentence.atoms.end).any(|i| clause.is(i, "đã"));
    let eve =
        clause.is(at.wrapping_sub(1), "thềm") || clause.is(at.wrapping_sub(1), "trước") && !done();
    if draft.nominal && eve && !(next..stop).any(|i| stands(i, &BACK)) {
        return true;
    }
    if (next..stop).any(|i| announced(clause, i) || draft.nominal && stands(i, &WILL_BE)) {
        return true;
    }
    clause.dates().iter().any(|d| d.first >= next && d.first < stop && coming(clause, tag, d))
        || clause.dates().iter().any(|d| d.end <= at && at - d.end <= 8 && coming(clause, tag, d))
}

/// True for `tháng 6 tới`, `ngày mai`, `tuần sau`.
fn coming(clause: &Clause<'_>, tag: &Tag, date: &Dated) -> bool {
    let surface = tag.mentions[date.when.until.unwrap_or(date.when.mention)].surface.to_lowercase();
    ["tới", "tới đây", "sắp tới", "mai", "sau"]
        .iter()
        .any(|w| surface.strip_suffix(w).is_some_and(|rest| rest.ends_with(char::is_whitespace)))
        || clause.is(date.end, "tới")
        // "từ ngày 5 tới ngày 7", "ngày 5/6 tới Moscow" go on.
        && !clause.dates().iter().any(|d| d.first == date.end + 1)
        && !clause.actors().iter().any(|a| a.first == date.end + 1 || a.first == date.end + 2)
}

/// Told of as past: `từng thăm`, `kể từ chuyến thăm`, `sau khi gặp`.
fn recalled(found: &Found<'_, '_>) -> bool {
    let Found { clause, at, .. } = *found;
    let start = clause.sentence.atoms.start;
    for i in (start..at).rev() {
        if clause.is(i, ";") {
            return false;
        }
        if RECALLED.iter().any(|p| clause.starts(i, p)) {
            return true;
        }
        // "Sau khi nhận quyết định, ông A gặp …": the comma ends what came before.
        let comma = (i..at).any(|k| clause.is(k, ","));
        if !comma && AFTER.iter().any(|p| clause.starts(i, p)) {
            return true;
        }
    }
    false
}

/// What is dated long before the story was written is recalled in it; what is dated behind its
/// day is still to come.
pub(super) fn by_date(found: &Found<'_, '_>, tag: &Tag, timeline: &Timeline, draft: &mut Draft) {
    let Some(date) = draft.date.filter(|_| draft.modality == Modality::Happened) else { return };
    let date = date.date(tag);
    let value = date.resolved.as_ref().unwrap_or(&date.value);
    let (first, last) = value.split_once('/').unwrap_or((value, value));
    let day = |value: &str, rest: &str| {
        let value = value.split('T').next().unwrap_or_default();
        Day::parse(&format!("{value}{}", &rest[value.len().min(10)..]))
    };
    let (Some(first), Some(last)) = (day(first, "0000-01-01"), day(last, "0000-12-28")) else {
        return;
    };
    let exact = last.since(first) < 15;
    let year = date.value.len() == 4 && date.value.starts_with(['1', '2']);
    let written = timeline.interval().and_then(|i| day(i.value.split('/').next()?, "0000-01-01"));
    let before = written.is_some_and(|from| from.since(last) > if exact { 20 } else { 0 });
    if before || year {
        draft.modality = Modality::Recalled;
        draft.unsure = None;
    } else if timeline.day().is_some_and(|today| first.since(today) > 0)
        && !["đã", "vừa"].iter().any(|w| found.clause.is(found.at.wrapping_sub(1), w))
    {
        draft.modality = Modality::Planned;
        draft.unsure = None;
    }
}

// Said of what one subject is about to do.
phrases!(AHEAD = "sẽ" "dự kiến" "sắp" "chuẩn bị" "dự định" "lên kế hoạch" "có kế hoạch" "đang đàm phán");
// Said of all that the sentence tells.
phrases!(AHEAD_OF_ALL = "theo kế hoạch" "theo dự kiến" "theo chương trình" "theo lịch trình" "dự kiến" "sắp tới" "tới đây");
phrases!(WISHED = "muốn" "có thể" "đề nghị" "mong" "hy vọng" "thúc đẩy" "xem xét" "hướng tới" "tiến tới" "nếu" "trong trường hợp" "giả sử" "nhằm" "để" "sớm" "ủng hộ việc" "kêu gọi" "nên" "sẵn sàng" "đề xuất" "có ý định" "cần");
phrases!(DONE = "đã" "vừa" "vừa mới");
phrases!(WILL_BE = "dự kiến" "sẽ diễn ra" "sẽ bắt đầu" "sẽ kéo dài" "sẽ được tổ chức" "sẽ là" "có thể diễn ra" "dự định" "sẽ là chuyến");
phrases!(OF_THE_NEWS = "kết quả" "trọng tâm" "mục đích" "ý nghĩa" "tầm quan trọng" "chào mừng" "hoan nghênh");
phrases!(AHEAD_OF_IT = "có thể" "sẽ" "được kỳ vọng" "dự kiến");
phrases!(LATELY = "mới đây" "gần đây" "cách đây");
phrases!(BACK = "vừa qua" "vừa rồi" "hồi" "năm ngoái" "năm trước" "trước đây" "tháng trước" "tuần trước" "trước đó vào");
phrases!(THIS = "này" "đang diễn ra" "hôm nay" "cùng ngày");
phrases!(RECALLED = "trước đây" "từ năm" "từng" "trước đó vào năm" "kể từ" "nhắc lại" "năm ngoái" "tiếp theo" "tiếp nối");
phrases!(AFTER = "sau khi" "kể từ khi" "từ khi" "nhờ");
phrases!(WELCOMES = "hoan nghênh" "chào mừng" "chào đón" "mong" "mong muốn" "mong đợi" "vui mừng" "vinh dự" "vinh hạnh");
