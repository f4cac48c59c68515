//! When and where an event took place, from the clause that tells it.

use std::sync::LazyLock;

use bantin_document::{EventType, Modality, Tag};

use super::actors::{Actor, Dated, Kind};
use super::clause::{Clause, phrase};
use super::cues::is_cue;
use super::draft::{Draft, Found};
use super::misread::misread;
use super::quotes::Mark;
use super::triggers::{self, Shape};

/// So far behind a trigger its day and place may stand.
const REACH: usize = 44;

/// Where what is said of the event ends behind its trigger: at another deed, a verb of saying, or
/// a clause of its own. `joined` deeds of the same subject may go on: `thăm A và dự B từ ngày …`.
pub(super) fn reach(found: &Found<'_, '_>, joined: bool) -> usize {
    let Found { clause, next, trigger, .. } = *found;
    let end = clause.sentence.atoms.end.min(next + REACH);
    let mut i = next;
    while i < end {
        if let Some(actor) = clause.actors().iter().find(|a| a.first <= i && i < a.end) {
            i = actor.end;
            continue;
        }
        if let Some(date) = clause.dates().iter().find(|d| d.first <= i && i < d.end) {
            i = date.end;
            continue;
        }
        let goal = clause.is(i, "để") && trigger.shape == Shape::Going && deed(clause, i + 1);
        if clause.is(i, ";")
            || clause.mark(i) == Some(Mark::Opens) && clause.in_quote(i + 1)
            || !goal && STOPS.iter().any(|p| clause.starts(i, p))
        {
            return i;
        }
        // "… và tháng 9 A thăm B", "… và sắp tới" begin another.
        let and = clause.is(i, "và")
            && (clause.dates().iter().any(|d| d.first == i + 1) || announced(clause, i + 1));
        if and {
            return i;
        }
        if clause.is(i, ",") && !leads_on(clause, i + 1) && !(joined && deed(clause, i + 1)) {
            return i;
        }
        if is_cue(clause, i).is_some() {
            return i;
        }
        if let Some(other) = triggers::at(&clause.words[i..clause.sentence.atoms.end])
            && !misread(clause, i, other)
        {
            // A meeting "diễn ra" on its own day; "đến", "tới" before a day or place are none.
            let opens = clause.is(next - 1, "mạc");
            let own = other.shape == Shape::Holding && (trigger.shape != Shape::Holding || opens);
            let motion = other.words.len() == 1 && matches!(other.shape, Shape::Going);
            let same = joined && (clause.is(i - 1, "và") || clause.is(i - 1, ","));
            // "mời A thăm B vào …", "tới B dự C vào …"
            let purpose = matches!(trigger.shape, Shape::Inviting | Shape::Going)
                && matches!(other.shape, Shape::Going | Shape::Attending);
            if !own && !motion && !same && !purpose {
                return i;
            }
            i += other.words.len();
            continue;
        }
        i += 1;
    }
    end
}

/// True for what says that the event is still to come: `sắp tới`.
pub(super) fn announced(clause: &Clause<'_>, at: usize) -> bool {
    COMING.iter().any(|p| clause.starts(at, p))
}

/// True where a day or place follows, as behind the comma of `gặp A, tại B` or `gặp A, ngày 4/4`.
fn leads_on(clause: &Clause<'_>, at: usize) -> bool {
    ["tại", "ở", "vào", "từ", "trong", "hôm", "diễn", "dự", "có", "sẽ", "được"]
        .iter()
        .any(|w| clause.is(at, w))
        || clause.dates().iter().any(|d| d.first == at)
        || clause
            .actors()
            .iter()
            .any(|a| a.first == at && (a.kind == Kind::Place || clause.is(a.end, ",")))
}

fn deed(clause: &Clause<'_>, at: usize) -> bool {
    at < clause.sentence.atoms.end
        && triggers::at(&clause.words[at..clause.sentence.atoms.end]).is_some()
}

/// True when nothing is said or done between two places of a sentence.
fn clear(clause: &Clause<'_>, from: usize, to: usize) -> bool {
    (from..to).all(|i| {
        clause.actors().iter().any(|a| a.first <= i && i < a.end)
            || !clause.is(i, ";")
                && is_cue(clause, i).is_none()
                && triggers::at(&clause.words[i..to]).is_none_or(|t| {
                    t.words.len() == 1 && t.shape == Shape::Going || misread(clause, i, t)
                })
    })
}

/// The date that stands with the trigger: in its clause, nearest before it, else behind it.
pub(super) fn date(found: &Found<'_, '_>, tag: &Tag, draft: &mut Draft) {
    let Found { clause, at, next, cue, .. } = *found;
    let value = |d: &Dated| tag.mentions[d.when.mention].value.as_deref().unwrap_or_default();
    // In office "từ năm 2004" since then.
    let bounds = |d: &Dated, day: bool| draft.kind != EventType::Appoint && bound(clause, d, day);
    let usable = |d: &&Dated| {
        let value = value(d);
        // A range of days is when a conference is held; one of years is what a plan is for.
        let days = value
            .split_once('/')
            .is_none_or(|(first, last)| first.len() >= 10 && last.get(..4) == first.get(..4));
        !d.nested
            && days
            && !commemorated(clause, d)
            && !value.starts_with('P')
            && !value.contains("-H")
            && !value.starts_with("lunar")
    };
    let start = clause.sentence.atoms.start;
    // Subordinate to another event: "nhân dịp đoàn tới Việt Nam dự …".
    let occasion = (start..at).rev().take(14).any(|i| {
        // "phu nhân", "Nguyễn Thiện Nhân"
        OCCASION.iter().any(|o| clause.starts(i, o))
            && !clause.is(i.wrapping_sub(1), "phu")
            && !clause.actors().iter().any(|a| a.first <= i && i < a.end)
    });
    let range = |d: &Dated| d.when.until.is_some() || value(d).contains('/');
    let fine = |d: &Dated| {
        d.when.until.is_some() || value(d).len() >= 10 && value(d).as_bytes()[5] != b'X'
    };
    let before = clause.dates().iter().rev().filter(usable).find(|d| {
        let said_then = || {
            (d.end..at).any(|i| {
                // "dự và phát biểu tại" is a deed.
                is_cue(clause, i).is_some()
                    && !(clause.is(i, "phát")
                        && i + 2 < clause.sentence.atoms.end
                        && clause.is(i + 2, "tại"))
                    && !clause.actors().iter().any(|a| a.first <= i && i < a.end)
            })
        };
        let opening = d.first <= start + 8 && !said_then();
        d.end <= at
            && !bounds(d, fine(d))
            && (adverb(clause, d) || at - d.end <= 2)
            && (opening || clear(clause, d.end, at))
    });
    let stands = |back: usize, w: &str| clause.is(at.wrapping_sub(back), w);
    let told = cue.is_some_and(|c| c < at)
        || stands(1, "việc")
        || stands(1, "trước")
        || stands(2, "trước") && stands(1, "khi");
    let journey = draft.nominal && draft.kind == EventType::Visit;
    draft.timed = told || journey || clause.dates().iter().filter(usable).any(|d| d.first <= at);
    let behind = |joined: bool| {
        let stop = reach(found, joined);
        clause
            .dates()
            .iter()
            .filter(usable)
            .find(|d| d.first >= next && d.first < stop && !bounds(d, fine(d)))
    };
    // "đã ký thỏa thuận để … hồi năm 2014"
    let back = || {
        let hoi = |d: &&Dated| clause.is(d.first.wrapping_sub(1), "hồi") && d.first >= next;
        clause.dates().iter().filter(usable).filter(hoi).find(|d| clear(clause, next, d.first))
    };
    let after = behind(false).or_else(|| behind(true)).or_else(back);
    let visit = draft.kind == EventType::Visit && draft.modality == Modality::Happened;
    if occasion && visit && draft.unsure.is_none() && after.is_none() {
        draft.month_only = true;
        return;
    }
    let held = found.trigger.shape == Shape::Holding && after.is_some_and(fine);
    let chosen = if draft.nominal || draft.modality == Modality::Planned || held {
        after.or(before)
    } else {
        match (before, after) {
            (Some(b), Some(a)) if fine(a) && (!fine(b) || range(a)) => Some(a),
            (before, after) => before.or(after),
        }
    };
    // "Ngày mai, 24-5": the calendar says more than the deictic.
    let beside = |d: &Dated| {
        let near = |o: &&Dated| o.first >= d.end && o.first <= d.end + 2;
        clause.dates().iter().filter(usable).filter(|o| fine(o)).find(near)
    };
    // "hồi tháng 3", "tháng 2/2017 vừa qua" look back.
    let back = |d: &Dated| {
        let value = value(d);
        let past = ["vừa", "ngoái"].iter().any(|w| clause.is(d.end, w))
            || ["qua", "rồi", "ngoái"].iter().any(|w| clause.is(d.end - 1, w));
        let ago = clause.is(d.first.wrapping_sub(1), "hồi") && !value.contains('T');
        ago || (past || draft.nominal) && value.len() < 10 && !value.starts_with("XXXX-W")
    };
    if draft.modality == Modality::Happened && chosen.is_some_and(back) {
        draft.modality = Modality::Recalled;
        draft.unsure = None;
    }
    draft.date = chosen.map(|d| if fine(d) { d } else { beside(d).unwrap_or(d) }.when);
}

/// True for a date that says when something was, not one that tells two of a kind apart, as in
/// `phiên họp tháng 4`.
fn adverb(clause: &Clause<'_>, date: &Dated) -> bool {
    let text = &clause.reading.text()[clause.reading.atoms[date.first].span];
    date.first == clause.sentence.atoms.start
        // A heading is glued to the sentence.
        || text.starts_with(char::is_uppercase)
        // "Trong vụ A năm 1972, B đã …"
        || clause.is(date.end, ",")
            && (clause.sentence.atoms.start..date.first).all(|i| !clause.is(i, ","))
        || clause.actors().iter().any(|a| a.end == date.first)
        || clause.dates().iter().any(|d| d.end == date.first)
        || clause.has(&BEFORE_DATES, date.first - 1)
}

/// True for the day of a feast or anniversary on whose occasion something is done: `nhân kỷ niệm
/// Quốc khánh 2/9`.
fn commemorated(clause: &Clause<'_>, date: &Dated) -> bool {
    (clause.sentence.atoms.start..date.first)
        .rev()
        .take(10)
        .take_while(|i| !clause.is(*i, ","))
        .any(|i| FEASTS.iter().any(|f| clause.starts(i, f)) && clear(clause, i, date.first))
}

/// True for a date that bounds something else: `kể từ năm 2010`, `trước năm 1975`.
fn bound(clause: &Clause<'_>, date: &Dated, day: bool) -> bool {
    let before = |w: &str| clause.is(date.first.wrapping_sub(1), w);
    before("trước")
        || before("nhiệm")
        || before("đến") && !day && date.first > clause.sentence.atoms.start + 1
        || (before("từ") || before("sau")) && !day
        || SINCE.iter().any(|w| clause.starts(date.first.saturating_sub(w.len()), w))
}

/// `tại Hà Nội`, `tại Trụ sở Bộ Quốc phòng`: the place that the clause opens with or that follows
/// the trigger.
pub(super) fn place(found: &Found<'_, '_>, draft: &mut Draft) {
    let Found { clause, at, next, .. } = *found;
    if draft.kind == EventType::Visit {
        draft.place =
            draft.arguments.iter().find(|(role, _)| *role == "destination").map(|(_, e)| *e);
        return;
    }
    let start = clause.sentence.atoms.start;
    // The word that says that something is there.
    let preposition = |a: &Actor| {
        (matches!(a.kind, Kind::Place | Kind::Organisation) && a.first > start)
            .then(|| {
                (a.first.saturating_sub(3).max(start)..a.first).find(|i| {
                    (clause.is(*i, "tại") || clause.is(*i, "ở"))
                        && (i + 1..a.first).all(|k| PLACE_HEADS.contains(&clause.word(k)))
                })
            })
            .flatten()
    };
    // "vụ tấn công tại Anh", "người Việt tại Nga" tell where something else is.
    let free = |i: usize| {
        i == start
            || [",", "-", "–", "(", ")", "nay", "qua"].iter().any(|w| clause.is(i - 1, w))
            || clause.dates().iter().any(|d| d.end == i)
            || clause.actors().iter().any(|a| a.end == i && matches!(a.kind, Kind::Thing(_)))
            // "tại Đại lễ đường Nhân dân ở Bắc Kinh"
            || clause.is(i, "ở") && (i.saturating_sub(7).max(start)..i).any(|k| clause.is(k, "tại"))
            || clause.is(start, "theo") && clause.is(start + 1, "phóng")
            // "Theo chương trình tại Washington, …"
            || i <= start + 4
                && clause.is(start, "theo")
                && (i..i + 6).any(|k| clause.is(k, ","))
    };
    let before = clause.actors().iter().rev().filter(|a| a.end <= at).find(|a| {
        preposition(a).is_some_and(|i| {
            (free(i) || at - a.end <= 2 && clause.subject_at(at).is_some())
                && (i <= start + 10 || clear(clause, a.end, at))
        })
    });
    let stop = reach(found, false);
    let after = || {
        clause
            .actors()
            .iter()
            .filter(|a| a.first > at && a.first < stop.max(next + 3))
            .find(|a| preposition(a).is_some_and(|i| i >= next && follows(clause, next, i)))
    };
    let argument = |a: &&Actor| !draft.arguments.iter().any(|(_, e)| a.entities.contains(e));
    draft.place =
        before.filter(argument).or_else(|| after().filter(argument)).map(|a| a.entities[0]);
}

words!(BEFORE_DATES = "," "vào" "hôm" "trong" "từ" "ngay" "cũng" "và" "-" "–" "(" ";" "đúng" "lúc" "khoảng" "đến" "qua" "nay" "sau" "đó" "hồi" "cuối" "đầu" "giữa" "rạng" ":" "mới" "đã" "vừa" "họp" "ra" "biết" "rằng" "hay");

/// True where `tại` tells where the event is, not where something named behind it lies: `ký C tại
/// Hà Nội`, not `ký C về các dự án lớn ở Hà Nội`.
fn follows(clause: &Clause<'_>, next: usize, at: usize) -> bool {
    at == next
        || clause.has(&BEFORE_PLACES, at - 1)
        || clause.actors().iter().any(|a| a.end == at)
        || clause.dates().iter().any(|d| d.end == at)
}

words!(BEFORE_PLACES = "," ")" "ra" "chức" "thể" "họp" "gặp" "đàm" "phán" "kiến" "nhau" "riêng" "chung" "phương" "mật" "nghị" "việc" "đãi" "đón" "trí" "phu" "nhân" "đoàn" "biểu" "mạc" "đang" "sẽ" "thuận" "định" "ước" "nhớ" "bản" "kiện" "đồng" "thư" "bố");

static PLACE_HEADS: LazyLock<Vec<u64>> = LazyLock::new(|| {
    ["thủ", "đô", "thành", "phố", "tỉnh", "nước", "trụ", "sở", "tp", "điện", "khu", "bang", "cung"]
        .iter()
        .map(|w| bantin_text::keys::syllable_key(w))
        .collect()
});

// Behind the trigger.
phrases!(COMING = "sắp tới" "sắp đến" "tới đây" "sắp diễn ra" "chuẩn bị diễn ra");
phrases!(OCCASION = "nhân dịp" "nhân chuyến" "trong khuôn khổ" "trong chuyến" "trong thời gian" "đang ở" "đang có" "đang" "nhân");
phrases!(FEASTS = "kỷ niệm" "quốc khánh" "ngày thành lập" "ngày truyền thống" "ngày sinh" "ngày thiết lập");
phrases!(SINCE = "kể từ" "từ đầu" "từ cuối" "từ giữa" "từ tháng" "đến năm" "kể từ đầu");
phrases!(STOPS = "sau" "trước" "nhằm" "trong khi" "sau khi" "trước khi" "kể từ" "nơi" "trong đó" "mà" "khi" "để" "vì" "do" "nhân dịp" "tiếp theo" "tiếp nối");
