//! Whether, when and where an event took place, from the clause that tells it.

use std::sync::LazyLock;

use bantin_dates::{Day, Timeline};
use bantin_document::{EventType, Modality, Tag};

use super::clause::{Actor, Clause, Dated, Kind, phrase};
use super::draft::{Draft, Found};
use super::misread::misread;
use super::statements::is_cue;
use super::triggers::{self, Shape};

/// So far behind a trigger its day and place may stand.
const REACH: usize = 44;

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
                    && !clause.actors.iter().any(|a| a.first <= i && i < a.end)
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
        && !clause.dates.iter().any(|d| d.end <= at && cue.is_some_and(|c| c < d.first))
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
    clause.dates.iter().any(|d| d.first <= clause.sentence.atoms.start + 3 && d.end <= at)
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
        if clause.actors.iter().any(|a| a.head <= i && i < a.end) {
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
        clause.actors.iter().rev().find(|a| matches!(a.kind, Kind::Thing(_)) && a.end <= at);
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
    if (next..stop).any(|i| stands(i, &COMING) || draft.nominal && stands(i, &WILL_BE)) {
        return true;
    }
    clause.dates.iter().any(|d| d.first >= next && d.first < stop && coming(clause, tag, d))
        || clause.dates.iter().any(|d| d.end <= at && at - d.end <= 8 && coming(clause, tag, d))
}

/// True for `tháng 6 tới`, `ngày mai`, `tuần sau`.
fn coming(clause: &Clause<'_>, tag: &Tag, date: &Dated) -> bool {
    let surface = tag.mentions[date.mention].surface.to_lowercase();
    ["tới", "tới đây", "sắp tới", "mai", "sau"]
        .iter()
        .any(|w| surface.strip_suffix(w).is_some_and(|rest| rest.ends_with(char::is_whitespace)))
        || clause.is(date.end, "tới")
        // "từ ngày 5 tới ngày 7", "ngày 5/6 tới Moscow" go on.
        && !clause.dates.iter().any(|d| d.first == date.end + 1)
        && !clause.actors.iter().any(|a| a.first == date.end + 1 || a.first == date.end + 2)
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

/// Where what is said of the event ends behind its trigger: at another deed, a verb of saying, or
/// a clause of its own. `joined` deeds of the same subject may go on: `thăm A và dự B từ ngày …`.
fn reach(found: &Found<'_, '_>, joined: bool) -> usize {
    let Found { clause, next, trigger, .. } = *found;
    let end = clause.sentence.atoms.end.min(next + REACH);
    let mut i = next;
    while i < end {
        if let Some(actor) = clause.actors.iter().find(|a| a.first <= i && i < a.end) {
            i = actor.end;
            continue;
        }
        if let Some(date) = clause.dates.iter().find(|d| d.first <= i && i < d.end) {
            i = date.end;
            continue;
        }
        let goal = clause.is(i, "để") && trigger.shape == Shape::Going && deed(clause, i + 1);
        if clause.is(i, ";")
            || clause.is(i, "“") && clause.in_quote(i + 1)
            || !goal && STOPS.iter().any(|p| clause.starts(i, p))
        {
            return i;
        }
        // "… và tháng 9 A thăm B", "… và sắp tới" begin another.
        let and = clause.is(i, "và")
            && (clause.dates.iter().any(|d| d.first == i + 1)
                || COMING.iter().any(|p| clause.starts(i + 1, p)));
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

/// True where a day or place follows, as behind the comma of `gặp A, tại B` or `gặp A, ngày 4/4`.
fn leads_on(clause: &Clause<'_>, at: usize) -> bool {
    ["tại", "ở", "vào", "từ", "trong", "hôm", "diễn", "dự", "có", "sẽ", "được"]
        .iter()
        .any(|w| clause.is(at, w))
        || clause.dates.iter().any(|d| d.first == at)
        || clause
            .actors
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
        clause.actors.iter().any(|a| a.first <= i && i < a.end)
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
    let value = |d: &Dated| tag.mentions[d.mention].value.as_deref().unwrap_or_default();
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
            && !clause.actors.iter().any(|a| a.first <= i && i < a.end)
    });
    let fine = |d: &Dated| value(d).len() >= 10 && value(d).as_bytes()[5] != b'X';
    let before = clause.dates.iter().rev().filter(usable).find(|d| {
        let said_then = || {
            (d.end..at).any(|i| {
                // "dự và phát biểu tại" is a deed.
                is_cue(clause, i).is_some()
                    && !(clause.is(i, "phát")
                        && i + 2 < clause.sentence.atoms.end
                        && clause.is(i + 2, "tại"))
                    && !clause.actors.iter().any(|a| a.first <= i && i < a.end)
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
    draft.timed = told || journey || clause.dates.iter().filter(usable).any(|d| d.first <= at);
    let behind = |joined: bool| {
        let stop = reach(found, joined);
        clause
            .dates
            .iter()
            .filter(usable)
            .find(|d| d.first >= next && d.first < stop && !bounds(d, fine(d)))
    };
    // "đã ký thỏa thuận để … hồi năm 2014"
    let back = || {
        let hoi = |d: &&Dated| clause.is(d.first.wrapping_sub(1), "hồi") && d.first >= next;
        clause.dates.iter().filter(usable).filter(hoi).find(|d| clear(clause, next, d.first))
    };
    let after = behind(false).or_else(|| behind(true)).or_else(back);
    let visit = draft.kind == EventType::Visit && draft.modality == Modality::Happened;
    if occasion && visit && draft.unsure.is_none() && after.is_none() {
        draft.month_only = true;
        return;
    }
    let range = |d: &Dated| value(d).contains('/');
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
        clause.dates.iter().filter(usable).filter(|o| fine(o)).find(near)
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
    draft.date = chosen.map(|d| if fine(d) { d } else { beside(d).unwrap_or(d) }.mention);
}

/// What is dated long before the story was written is recalled in it; what is dated behind its
/// day is still to come.
pub(super) fn by_date(found: &Found<'_, '_>, tag: &Tag, timeline: &Timeline, draft: &mut Draft) {
    let Some(date) = draft.date.filter(|_| draft.modality == Modality::Happened) else { return };
    let mention = &tag.mentions[date];
    let value = mention.resolved.as_deref().or(mention.value.as_deref()).unwrap_or_default();
    let (first, last) = value.split_once('/').unwrap_or((value, value));
    let day = |value: &str, rest: &str| {
        let value = value.split('T').next().unwrap_or_default();
        Day::parse(&format!("{value}{}", &rest[value.len().min(10)..]))
    };
    let (Some(first), Some(last)) = (day(first, "0000-01-01"), day(last, "0000-12-28")) else {
        return;
    };
    let exact = last.since(first) < 15;
    let year = mention.value.as_deref().is_some_and(|v| v.len() == 4 && v.starts_with(['1', '2']));
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
        || clause.actors.iter().any(|a| a.end == date.first)
        || clause.dates.iter().any(|d| d.end == date.first)
        || clause.has(&BEFORE_DATES, date.first - 1)
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
            || clause.dates.iter().any(|d| d.end == i)
            || clause.actors.iter().any(|a| a.end == i && matches!(a.kind, Kind::Thing(_)))
            // "tại Đại lễ đường Nhân dân ở Bắc Kinh"
            || clause.is(i, "ở") && (i.saturating_sub(7).max(start)..i).any(|k| clause.is(k, "tại"))
            || clause.is(start, "theo") && clause.is(start + 1, "phóng")
            // "Theo chương trình tại Washington, …"
            || i <= start + 4
                && clause.is(start, "theo")
                && (i..i + 6).any(|k| clause.is(k, ","))
    };
    let before = clause.actors.iter().rev().filter(|a| a.end <= at).find(|a| {
        preposition(a).is_some_and(|i| {
            (free(i) || at - a.end <= 2 && clause.subject_at(at).is_some())
                && (i <= start + 10 || clear(clause, a.end, at))
        })
    });
    let stop = reach(found, false);
    let after = || {
        clause
            .actors
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
        || clause.actors.iter().any(|a| a.end == at)
        || clause.dates.iter().any(|d| d.end == at)
}

words!(BEFORE_PLACES = "," ")" "ra" "chức" "thể" "họp" "gặp" "đàm" "phán" "kiến" "nhau" "riêng" "chung" "phương" "mật" "nghị" "việc" "đãi" "đón" "trí" "phu" "nhân" "đoàn" "biểu" "mạc" "đang" "sẽ" "thuận" "định" "ước" "nhớ" "bản" "kiện" "đồng" "thư" "bố");

static PLACE_HEADS: LazyLock<Vec<u64>> = LazyLock::new(|| {
    ["thủ", "đô", "thành", "phố", "tỉnh", "nước", "trụ", "sở", "tp", "điện", "khu", "bang", "cung"]
        .iter()
        .map(|w| bantin_text::keys::syllable_key(w))
        .collect()
});

// Said of what one subject is about to do.
phrases!(AHEAD = "sẽ" "dự kiến" "sắp" "chuẩn bị" "dự định" "lên kế hoạch" "có kế hoạch" "đang đàm phán");
// Said of all that the sentence tells.
phrases!(AHEAD_OF_ALL = "theo kế hoạch" "theo dự kiến" "theo chương trình" "theo lịch trình" "dự kiến" "sắp tới" "tới đây");
phrases!(WISHED = "muốn" "có thể" "đề nghị" "mong" "hy vọng" "thúc đẩy" "xem xét" "hướng tới" "tiến tới" "nếu" "trong trường hợp" "giả sử" "nhằm" "để" "sớm" "ủng hộ việc" "kêu gọi" "nên" "sẵn sàng" "đề xuất" "có ý định" "cần");
phrases!(DONE = "đã" "vừa" "vừa mới");
// Behind the trigger.
phrases!(COMING = "sắp tới" "sắp đến" "tới đây" "sắp diễn ra" "chuẩn bị diễn ra");
phrases!(WILL_BE = "dự kiến" "sẽ diễn ra" "sẽ bắt đầu" "sẽ kéo dài" "sẽ được tổ chức" "sẽ là" "có thể diễn ra" "dự định" "sẽ là chuyến");
phrases!(OF_THE_NEWS = "kết quả" "trọng tâm" "mục đích" "ý nghĩa" "tầm quan trọng" "chào mừng" "hoan nghênh");
phrases!(AHEAD_OF_IT = "có thể" "sẽ" "được kỳ vọng" "dự kiến");
phrases!(LATELY = "mới đây" "gần đây" "cách đây");
phrases!(BACK = "vừa qua" "vừa rồi" "hồi" "năm ngoái" "năm trước" "trước đây" "tháng trước" "tuần trước" "trước đó vào");
phrases!(THIS = "này" "đang diễn ra" "hôm nay" "cùng ngày");
phrases!(RECALLED = "trước đây" "từ năm" "từng" "trước đó vào năm" "kể từ" "nhắc lại" "năm ngoái" "tiếp theo" "tiếp nối");
phrases!(AFTER = "sau khi" "kể từ khi" "từ khi" "nhờ");
phrases!(WELCOMES = "hoan nghênh" "chào mừng" "chào đón" "mong" "mong muốn" "mong đợi" "vui mừng" "vinh dự" "vinh hạnh");
phrases!(OCCASION = "nhân dịp" "nhân chuyến" "trong khuôn khổ" "trong chuyến" "trong thời gian" "đang ở" "đang có" "đang" "nhân");
phrases!(SINCE = "kể từ" "từ đầu" "từ cuối" "từ giữa" "từ tháng" "đến năm" "kể từ đầu");
phrases!(STOPS = "sau" "trước" "nhằm" "trong khi" "sau khi" "trước khi" "kể từ" "nơi" "trong đó" "mà" "khi" "để" "vì" "do" "nhân dịp" "tiếp theo" "tiếp nối");
