//! Finds events sentence by sentence.

use std::sync::LazyLock;

use bantin_document::{EventType, Extent, MentionType, Modality, Tag};
use bantin_text::keys::syllable_key;

use super::circumstances::{date, modality, place};
use super::clause::{Clause, Kind, phrase};
use super::extent;
use super::statements::is_cue;
use super::triggers::{self, Shape, Trigger};
use crate::identity::Cast;

/// An event of one sentence.
#[derive(Clone, Debug)]
pub(super) struct Draft {
    pub(super) kind: EventType,
    pub(super) modality: Modality,
    pub(super) trigger: Extent,
    /// Role and entity.
    pub(super) arguments: Vec<(&'static str, usize)>,
    /// The mention of the date that the sentence gives it.
    pub(super) date: Option<usize>,
    /// The date is that of what was told before.
    pub(super) inherited: bool,
    /// Only the month of the story is known: a visit lasts longer than its day.
    pub(super) month_only: bool,
    pub(super) place: Option<usize>,
    pub(super) evidence: Vec<Extent>,
    /// Told in a noun phrase, looking at something known.
    pub(super) nominal: bool,
    pub(super) in_title: bool,
}

impl Draft {
    /// The people, or else organisations and countries, who take part.
    pub(super) fn actors(&self, cast: &Cast) -> Vec<usize> {
        let of = |people: bool| {
            let mut found: Vec<usize> = self
                .arguments
                .iter()
                .map(|(_, e)| *e)
                .filter(|e| (cast.entities[*e].kind == MentionType::Per) == people)
                .filter(|e| {
                    matches!(
                        cast.entities[*e].kind,
                        MentionType::Per | MentionType::Org | MentionType::Loc
                    )
                })
                .collect();
            found.sort_unstable();
            found.dedup();
            found
        };
        let people = of(true);
        if people.is_empty() { of(false) } else { people }
    }
}

/// All events, in the order of the text; the same one may be told several times.
pub(super) fn events(
    clauses: &[Clause<'_>],
    speakers: &[String],
    tag: &Tag,
    cast: &Cast,
) -> Vec<Draft> {
    let mut found: Vec<Draft> = Vec::new();
    let leaders = leaders(clauses);
    for (c, clause) in clauses.iter().enumerate() {
        let mut at = clause.sentence.atoms.start;
        let mut cue = None;
        while at < clause.sentence.atoms.end {
            // Inside the name of an event or agreement nothing happens: "Hội nghị … gặp gỡ …".
            if let Some(thing) = clause
                .actors
                .iter()
                .find(|a| matches!(a.kind, Kind::Thing(_)) && a.head < at && at < a.end)
            {
                at = thing.end;
                continue;
            }
            if cue.is_none() && is_cue(clause, at).is_some() {
                cue = Some(at);
            }
            let Some(trigger) = triggers::at(&clause.words[at..clause.sentence.atoms.end]) else {
                at += 1;
                continue;
            };
            if !clause.in_quote(at)
                && !misread(clause, at, trigger)
                && !negated(clause, at)
                && let Some(mut draft) = read(clause, at, trigger, cast, cue)
                && official(&draft, cast)
            {
                draft.modality = modality(clause, at, &draft, cue);
                date(clause, at, trigger, tag, &mut draft);
                place(clause, at, &mut draft);
                if draft.kind == EventType::Talks || draft.kind == EventType::Conference {
                    heads(&clauses[c + 1..], cast, &mut draft);
                }
                led_by(clause, at, cast, &leaders, &mut draft);
                found.push(draft);
            }
            at += trigger.words.len();
        }
    }
    found.extend(implied_talks(clauses, speakers, cast, &found));
    found.sort_by_key(|d| d.trigger.start);
    found
}

/// What is denied or called off is no event.
fn negated(clause: &Clause<'_>, at: usize) -> bool {
    let start = clause.sentence.atoms.start;
    let stands = |back: usize, phrases: &[Vec<u64>]| {
        (at.saturating_sub(back).max(start)..at)
            .any(|i| phrases.iter().any(|p| clause.starts(i, p)))
    };
    // "Nga không phải là một bên tham gia ký thỏa thuận"
    stands(5, &NEGATED) || stands(12, &NEGATED_FAR)
}

/// The ledger is about people in office: somebody who takes part has a title, or acts for a
/// state or organisation. "Duy đến đón Hoa" is nobody's reception.
fn official(draft: &Draft, cast: &Cast) -> bool {
    // An invitation is to some place or event; "mời anh Ngôn đến làm việc" is a summons.
    let to = |(role, _): &(&str, usize)| matches!(*role, "destination" | "event");
    if draft.kind == EventType::Invite && !draft.arguments.iter().any(to) {
        return false;
    }
    draft.arguments.is_empty()
        || draft.arguments.iter().any(|(role, e)| {
            let entity = &cast.entities[*e];
            match entity.kind {
                MentionType::Per => !entity.titles.is_empty(),
                MentionType::Loc => *role != "destination",
                _ => *role != "destination",
            }
        })
}

/// Talks that the story mentions only as where words were said, `tại hội đàm`: between those of
/// two countries who speak most.
fn implied_talks(
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
        let at = clause.sentence.atoms.clone().find(|at| {
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
    let country = |p: usize| cast.entities[p].country.as_deref();
    let first = counts.first()?.0;
    let second = counts
        .iter()
        .map(|(p, _)| *p)
        .find(|p| country(*p).is_some() && country(*p) != country(first))?;
    let mut draft = Draft {
        kind: EventType::Talks,
        modality: Modality::Happened,
        trigger: extent(clause, at, at + 2),
        arguments: Vec::new(),
        date: None,
        inherited: false,
        month_only: false,
        place: None,
        evidence: vec![clause.sentence.span.into()],
        nominal: true,
        in_title: false,
    };
    push(&mut draft, "participant", &[first, second]);
    Some(draft)
}

/// Who leads a delegation in this document: `đoàn … do ông X dẫn đầu`, `X dẫn đầu đoàn …`.
fn leaders(clauses: &[Clause<'_>]) -> Vec<usize> {
    let mut leaders = Vec::new();
    for clause in clauses {
        for at in clause.sentence.atoms.clone() {
            let led = LEADING.iter().any(|l| clause.starts(at, l));
            if !led {
                continue;
            }
            let person = clause.actors.iter().rev().find(|a| a.kind == Kind::Person && a.end <= at);
            if let Some(person) = person.filter(|p| at - p.end < 6)
                && !leaders.contains(&person.entities[0])
            {
                leaders.push(person.entities[0]);
            }
        }
    }
    leaders
}

/// A guest that is a delegation stands for who leads it: `tiệc cho phái đoàn Việt Nam`.
fn led_by(clause: &Clause<'_>, at: usize, cast: &Cast, leaders: &[usize], draft: &mut Draft) {
    let delegation = (at..(at + 12).min(clause.sentence.atoms.end)).any(|i| clause.is(i, "đoàn"));
    if !delegation || !matches!(draft.kind, EventType::Banquet | EventType::Reception) {
        return;
    }
    for (role, entity) in &mut draft.arguments {
        let country = cast.entities[*entity].country.as_deref();
        if *role == "guest" && cast.entities[*entity].kind != MentionType::Per && country.is_some()
        {
            let leader = leaders.iter().find(|l| cast.entities[**l].country.as_deref() == country);
            *entity = leader.copied().unwrap_or(*entity);
        }
    }
}

/// Words that look like a trigger and are part of another word.
fn misread(clause: &Clause<'_>, at: usize, trigger: &Trigger) -> bool {
    let next = at + trigger.words.len();
    let before = |words: &[&str]| {
        at > clause.sentence.atoms.start && words.iter().any(|w| clause.is(at - 1, w))
    };
    let after = |words: &[&str]| words.iter().any(|w| clause.is(next, w));
    let first = |word: &str| clause.is(at, word) && trigger.words.len() == 1;
    if first("tiếp") {
        return before(&["trực", "gián", "giao", "liên", "kế", "nối", "đón", "nghênh"])
            || after(&[
                "tục", "theo", "nhận", "cận", "xúc", "thu", "thêm", "viện", "nối", "sức", "tế",
                "tay", "thị", "diễn", "đất", "viên", "cho", "lời", "quản", "nước", "bước", "đến",
                "đó", "quản",
            ]);
    }
    if first("gặp") {
        return after(&[
            "phải", "khó", "nhiều", "lại", "nạn", "rắc", "sự", "vấn", "may", "rủi", "một", "những",
            "không", "mưa", "trở", "chấn", "thời", "lúc", "họa", "nguy", "bất",
        ]) || before(&[
            "bắt",
            "thường",
            "hay",
            "cuộc",
            "buổi",
            "từng",
            "chưa",
            "không",
            "hiếm",
        ]);
    }
    if first("đón") {
        return after(&[
            "nhận", "đầu", "xem", "chờ", "đợi", "xuân", "tết", "năm", "khách", "con", "thêm",
            "bằng", "giao", "tiếp", "đọc", "lượt", "sóng", "bóng", "xe",
        ]) || before(&["chào", "tiếp", "đưa", "bến", "lễ", "hân"]);
    }
    if first("thăm") {
        return after(&[
            "hỏi", "dò", "khám", "quan", "viếng", "bệnh", "nuôi", "thú", "cha", "mẹ", "nhà", "quê",
            "bà", "con", "vợ", "chồng", "anh", "chị", "em",
        ]) || before(&["lời", "tham", "chuyến", "đáp"]);
    }
    if clause.is(at, "ký") {
        return before(&[
            "đăng", "chữ", "thư", "nhật", "tự", "tướng", "bút", "hồi", "du", "kí", "tổng",
        ]) || after(&[
            "ức", "sự", "giả", "quỹ", "hiệu", "túc", "sinh", "tên", "tặng", "lưu", "gửi", "họa",
            "tắt", "đơn", "nhận", "vào", "duyệt", "cược",
        ]);
    }
    if first("mời") {
        return before(&["khách", "thư", "giấy", "lời", "được", "kính", "vé", "thiệp"])
            || after(&["thầu", "gọi", "chào", "độc", "bạn", "quý", "các", "cơm", "khách"]);
    }
    if first("dự") {
        return after(&[
            "án", "kiến", "báo", "luật", "thảo", "đoán", "toán", "phòng", "trữ", "bị", "định",
            "khuyết", "tính", "thi", "sinh", "liệu", "giờ",
        ]) || before(&["can", "tham", "đến", "tới", "cùng"])
            && trigger.words.len() == 1
            && before(&["can"]);
    }
    if first("bầu") {
        return after(&[
            "cử", "bí", "không", "trời", "bạn", "show", "đức", "kiên", "chọn", "bán", "diễn", "ra",
        ]) || before(&["bà", "ông", "mang", "có", "tranh", "mẹ", "cuộc", "bé"]);
    }
    if first("tổ") || clause.is(at, "tổ") && trigger.words.len() == 2 && clause.is(at + 1, "chức")
    {
        return before(&["tổng", "ban", "các", "những", "một", "của"]);
    }
    false
}

fn read(
    clause: &Clause<'_>,
    at: usize,
    trigger: &Trigger,
    cast: &Cast,
    cue: Option<usize>,
) -> Option<Draft> {
    let next = at + trigger.words.len();
    let mut draft = Draft {
        kind: trigger.kind,
        modality: Modality::Happened,
        trigger: extent(clause, at, next),
        arguments: Vec::new(),
        date: None,
        inherited: false,
        month_only: false,
        place: None,
        evidence: vec![clause.sentence.span.into()],
        nominal: false,
        in_title: clause.sentence.zone == bantin_document::ZoneKind::Title,
    };
    // After a verb of saying only what has its own subject is told; the rest is talked about.
    let subject = || {
        clause.subject(at).or_else(|| {
            let joined = at > clause.sentence.atoms.start
                && ["và", ",", ";", "đã", "sẽ", "đồng", "thời", "cũng", "có"]
                    .iter()
                    .any(|w| clause.is(at - 1, w));
            (joined && cue.is_none())
                .then(|| clause.main_subject().filter(|(_, end)| *end <= at).map(|(s, _)| s))?
        })
    };
    match trigger.shape {
        Shape::Pair(first, second) => {
            let subject = subject()?;
            let guests = match clause.delegation(next) {
                Some(head) => clause.actors[head].entities.clone(),
                None => {
                    let (a, from) = clause.object(next)?;
                    guests(clause, a, from)?
                }
            };
            // A banquet or aid may be for a delegation or country; a meeting is between people,
            // or between two of a kind.
            let people =
                |all: &[usize]| all.iter().any(|e| cast.entities[*e].kind == MentionType::Per);
            let state =
                |all: &[usize]| all.iter().all(|e| cast.entities[*e].kind != MentionType::Per);
            match trigger.kind {
                EventType::Aid => {}
                EventType::Banquet if people(&subject) || state(&subject) => {}
                EventType::Reception | EventType::Meet | EventType::Talks
                    if people(&subject) && people(&guests)
                        || state(&subject)
                            && state(&guests)
                            && trigger.kind == EventType::Talks => {}
                EventType::Meet | EventType::Reception
                    if people(&subject) && orgs(cast, &guests) && !clause.is(next - 1, "gặp") => {
                }
                _ => return None,
            }
            // "dự chiêu đãi của Chủ tịch X": the host stands behind.
            let (first, second) =
                if clause.is(next, "của") { (second, first) } else { (first, second) };
            push(&mut draft, first, &subject);
            push(&mut draft, second, &guests);
            if subject.iter().all(|s| guests.contains(s)) {
                return None;
            }
        }
        Shape::Between => {
            draft.nominal = true;
            let between =
                (next..(next + 8).min(clause.sentence.atoms.end)).find(|i| clause.is(*i, "giữa"));
            if let Some(between) = between {
                let (a, _) = clause.object(between + 1)?;
                let (both, _) = clause.joined_right(a);
                push(&mut draft, "participant", &both);
            } else if clause.is(next, "với") {
                let (a, from) = clause.object(next + 1)?;
                let guests = guests(clause, a, from)?;
                let subject = subject()?;
                push(&mut draft, "participant", &subject);
                push(&mut draft, "participant", &guests);
            } else if trigger.words.len() == 2 && clause.is(at, "hội") || clause.is(at, "cuộc")
            {
                return None;
            }
            // "duy trì các cuộc tiếp xúc cấp cao giữa hai bên" are none in particular.
            let people =
                draft.arguments.iter().any(|(_, e)| cast.entities[*e].kind == MentionType::Per);
            let many = (at.saturating_sub(2).max(clause.sentence.atoms.start)..at)
                .any(|i| ["các", "những", "nhiều", "mọi"].iter().any(|w| clause.is(i, w)));
            if draft.actors(cast).len() < 2 || many && !people || !people && cue.is_some() {
                return None;
            }
        }
        Shape::Going => {
            let (a, _) = clause.object(next)?;
            let target = &clause.actors[a];
            let motion = trigger.words.len() == 1 && !clause.is(at, "thăm");
            // "tới Việt Nam dự …": going somewhere is a visit when it says what for.
            if motion
                && (target.kind != Kind::Place
                    || target.first > next + 1
                    || !(target.end..target.end + 2)
                        .any(|i| PURPOSE.iter().any(|p| clause.starts(i, p))))
            {
                return None;
            }
            let subject = going(clause, cast, at, cue)?;
            let visitors = persons_of(cast, &subject);
            // Nobody visits their own country.
            let home = |e: &usize| {
                target.entities.iter().any(|t| {
                    cast.entities[*t].kind == MentionType::Loc
                        && cast.entities[*e].country.as_deref() == Some(&cast.entities[*t].id)
                        && cast.entities[*t].country.is_some()
                })
            };
            if visitors.iter().any(home) {
                return None;
            }
            if !matches!(target.kind, Kind::Place | Kind::Organisation | Kind::Group)
                || target.entities.iter().any(|e| cast.entities[*e].kind == MentionType::Per)
                || visitors.is_empty()
            {
                return None;
            }
            // "A mời B thăm C" invites; B has not gone anywhere.
            if (clause.sentence.atoms.start..at)
                .rev()
                .take(30)
                .any(|i| clause.is(i, "mời") && !clause.is(i.wrapping_sub(1), "lời"))
            {
                return None;
            }
            push(&mut draft, "visitor", &visitors);
            push(&mut draft, "destination", &target.entities);
        }
        Shape::Journey => {
            draft.nominal = true;
            let end = (next + 40).min(clause.sentence.atoms.end);
            let of = (next..end).find(|i| clause.is(*i, "của"));
            let stop = of.map_or(end, |of| (of + 1).min(end));
            let target = clause.actors.iter().find(|a| {
                a.kind == Kind::Place && a.first >= next && a.first < stop && a.first < next + 6
            });
            let of = of?;
            let (a, visitors) = match clause.delegation(of + 1) {
                Some(head) => (head, clause.actors[head].entities.clone()),
                None => {
                    let (a, from) = clause.object(of + 1)?;
                    (a, guests(clause, a, from)?)
                }
            };
            if !visitors.iter().any(|e| cast.entities[*e].kind == MentionType::Per) {
                return None;
            }
            // "chuyến thăm của A tới B"
            let target = target.or_else(|| {
                let end = clause.actors[a].end;
                let to = (end..end + 3)
                    .find(|i| ["tới", "đến", "tại", "sang"].iter().any(|w| clause.is(*i, w)))?;
                let (b, _) = clause.object(to + 1)?;
                Some(&clause.actors[b]).filter(|b| b.kind == Kind::Place)
            });
            push(&mut draft, "visitor", &visitors);
            if let Some(target) = target {
                push(&mut draft, "destination", &target.entities);
            }
        }
        Shape::Signing => {
            let agreement = clause.actors.iter().find(|a| {
                a.kind == Kind::Thing(MentionType::Agr) && a.first >= next && a.first <= next + 4
            });
            let generic = (next..next + 5).any(|i| GENERIC.iter().any(|g| clause.starts(i, g)));
            if agreement.is_none() && !generic
                || ORDERS.iter().any(|o| (next..next + 3).any(|i| clause.starts(i, o)))
            {
                return None;
            }
            let mut parties = clause.subject(at).unwrap_or_default();
            if parties.is_empty() && cue.is_none() && !clause.is(at, "lễ") {
                parties = clause
                    .main_subject()
                    .filter(|(_, end)| *end <= at && at - end < 25)
                    .map(|(s, _)| s)
                    .unwrap_or_default();
            }
            let from = agreement.map_or(next, |a| a.end);
            let other = (from..(from + 30).min(clause.sentence.atoms.end))
                .take_while(|i| !clause.is(*i, ","))
                .find(|i| clause.is(*i, "với") || clause.is(*i, "giữa"));
            if let Some(other) = other
                && let Some((a, from)) = clause.object(other + 1)
            {
                let more = if clause.is(other, "giữa") {
                    clause.joined_right(a).0
                } else {
                    guests(clause, a, from).unwrap_or_default()
                };
                parties.extend(more);
            }
            parties.dedup();
            if parties.is_empty() || parties.len() < 2 && agreement.is_none() {
                return None;
            }
            for party in &parties {
                let role = if cast.entities[*party].kind == MentionType::Per {
                    "signatory"
                } else {
                    "party"
                };
                push(&mut draft, role, &[*party]);
            }
            if let Some(agreement) = agreement {
                push(&mut draft, "agreement", &agreement.entities);
            }
        }
        Shape::Inviting => {
            let subject = clause
                .subject(at)
                .or_else(|| clause.main_subject().filter(|(_, end)| *end <= at).map(|(s, _)| s))?;
            let (a, _) = clause.object(next)?;
            let (guests, end) = clause.joined_right(a);
            let going = (end..end + 12)
                .take_while(|i| !clause.is(*i, ";"))
                .find(|i| GOING.iter().any(|g| clause.starts(*i, g)))?;
            if !guests.iter().all(|e| cast.entities[*e].kind == MentionType::Per)
                || subject == guests
            {
                return None;
            }
            push(&mut draft, "inviter", &subject);
            push(&mut draft, "invitee", &guests);
            if let Some(target) = clause.actors.iter().find(|a| {
                a.first > going
                    && a.first < going + 8
                    && matches!(a.kind, Kind::Place | Kind::Thing(MentionType::Event))
            }) {
                let role = if target.kind == Kind::Place { "destination" } else { "event" };
                push(&mut draft, role, &target.entities);
            }
        }
        Shape::Ceremony => {
            // "Lễ đón chính thức đoàn … đã diễn ra trọng thể tại …"
            draft.nominal = true;
            let end = clause.sentence.atoms.end;
            let held =
                (next..(next + 40).min(end)).any(|i| HELD.iter().any(|h| clause.starts(i, h)));
            let (a, from) = clause.object(next)?;
            if !held {
                return None;
            }
            push(&mut draft, "guest", &guests(clause, a, from)?);
        }
        Shape::Passing => {
            let via = subject()?;
            let of =
                (next..(next + 12).min(clause.sentence.atoms.end)).find(|i| clause.is(*i, "của"));
            let to_from = of.map_or(next, |of| of + 1);
            let to = (to_from..clause.sentence.atoms.end).find(|i| {
                (clause.is(*i, "tới") || clause.is(*i, "đến")) && clause.object(*i + 1).is_some()
            });
            let sender = of
                .and_then(|of| clause.object(of + 1))
                .and_then(|(a, from)| guests(clause, a, from));
            let recipient = to
                .and_then(|to| clause.object(to + 1))
                .and_then(|(a, from)| guests(clause, a, from))?;
            match sender {
                Some(sender) if sender != via => {
                    push(&mut draft, "sender", &sender);
                    push(&mut draft, "via", &via);
                }
                _ => push(&mut draft, "sender", &via),
            }
            push(&mut draft, "recipient", &recipient);
        }
        Shape::Sending => {
            let sender = subject()?;
            let to = (next..(next + 14).min(clause.sentence.atoms.end)).find(|i| {
                ["tới", "đến", "cho"].iter().any(|w| clause.is(*i, w))
                    && clause.object(*i + 1).is_some()
            });
            let (a, from) = match to {
                Some(to) => clause.object(to + 1)?,
                None => clause.object(next)?,
            };
            let recipient = guests(clause, a, from)?;
            push(&mut draft, "sender", &sender);
            push(&mut draft, "recipient", &recipient);
        }
        Shape::Alone(role) => {
            let subject = subject()?;
            let own = subject.iter().all(|e| cast.entities[*e].kind == MentionType::Per);
            if !own
                || clause.is(at.wrapping_sub(1), "cuộc")
                    && !clause.is(at.wrapping_sub(2), "có")
                    && !clause.is(at.wrapping_sub(2), "một")
            {
                return None;
            }
            push(&mut draft, role, &subject);
        }
        Shape::Holding => return holding(clause, at, next, cast, draft),
        Shape::Attending => {
            // "Cùng dự có Trung tướng X": the event is the one told before; see `merge`.
            if clause.is(next - 1, "có") {
                let (a, _) = clause.object(next)?;
                let (people, _) = clause.joined_right(a);
                push(&mut draft, "attendee", &people);
                return people
                    .iter()
                    .all(|e| cast.entities[*e].kind == MentionType::Per)
                    .then_some(draft);
            }
            let thing = clause.actors.iter().find(|a| {
                a.kind == Kind::Thing(MentionType::Event) && a.first >= next && a.first <= next + 5
            })?;
            let subject = subject()?;
            if !subject.iter().any(|e| cast.entities[*e].kind == MentionType::Per) {
                return None;
            }
            push(&mut draft, "attendee", &subject);
            push(&mut draft, "event", &thing.entities);
        }
        Shape::Appointing => {
            let passive = clause.is(at, "được");
            if passive {
                // "Thống đốc được chỉ định của …" is a kind of governor.
                if clause.is(next, "của") {
                    return None;
                }
                let subject = clause.subject(at)?;
                let title = (next..next + 4)
                    .any(|i| TITLE_LEADS.iter().any(|w| clause.starts(i, w)))
                    || clause.titles.iter().any(|(first, _)| (next..next + 3).contains(first))
                    || trigger.words.len() > 2;
                if !title || !subject.iter().all(|e| cast.entities[*e].kind == MentionType::Per) {
                    return None;
                }
                push(&mut draft, "appointee", &subject);
            } else {
                if clause.is(next, ",") || clause.is(at.wrapping_sub(1), "việc") {
                    return None;
                }
                let (a, _) = clause.object(next)?;
                let actor = &clause.actors[a];
                let end = actor.end;
                let office = (end..end + 3)
                    .any(|i| TITLE_LEADS.iter().any(|w| clause.starts(i, w)))
                    || actor.first < actor.head;
                if actor.kind != Kind::Person || !office {
                    return None;
                }
                push(&mut draft, "appointee", &actor.entities);
                if let Some(subject) = clause.subject(at)
                    && subject != actor.entities
                {
                    push(&mut draft, "appointer", &subject);
                }
            }
        }
    }
    (!draft.arguments.is_empty()).then_some(draft)
}

/// A session or conference: chaired by people, or a named event that takes place.
fn holding(
    clause: &Clause<'_>,
    at: usize,
    next: usize,
    cast: &Cast,
    mut draft: Draft,
) -> Option<Draft> {
    let chair = clause.is(at, "chủ") || clause.is(at, "đồng");
    let leads = |a: &super::clause::Actor| {
        (next..a.first).all(|i| EVENT_LEADS.binary_search(&clause.word(i)).is_ok())
    };
    let after = clause.actors.iter().find(|a| {
        a.kind == Kind::Thing(MentionType::Event)
            && a.first >= next
            && a.first <= next + 4
            && leads(a)
    });
    if chair {
        let event = after;
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
        push(&mut draft, role, &subject);
        if let Some(event) = event {
            push(&mut draft, "event", &event.entities);
        }
        return Some(draft);
    }
    // "diễn ra cuộc “Đối thoại …”", "Kỳ họp … diễn ra"
    let before = clause.actors.iter().rev().find(|a| {
        a.kind == Kind::Thing(MentionType::Event)
            && a.end <= at
            && at - a.end <= 12
            && (a.end..at).all(|i| !clause.is(i, ",") && !clause.is(i, "và"))
    });
    let takes_place = clause.is(at, "diễn")
        || clause.is(at, "được")
        || clause.is(at, "cũng")
        || clause.is(at, "khai");
    let event = match (takes_place, after, before) {
        (true, Some(event), _) | (true, None, Some(event)) => event,
        (true, None, None) => return unnamed(clause, at, next, draft),
        _ => return None,
    };
    // "cấp điện cho Hội nghị … diễn ra tại Đà Nẵng" tells of the power.
    let told = |w: &str| event.first > clause.sentence.atoms.start && clause.is(event.first - 1, w);
    if ["cho", "vì", "của", "về", "trước", "sau", "là", "với"].iter().any(|w| told(w)) {
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
    push(&mut draft, "event", &event.entities);
    Some(draft)
}

/// A dialogue or session without a name that the mentions know: `diễn ra cuộc đối thoại … giữa
/// Việt Nam và Nga`, `Cuộc đối thoại … lần đầu tiên được tổ chức`.
fn unnamed(clause: &Clause<'_>, at: usize, next: usize, mut draft: Draft) -> Option<Draft> {
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
        let people = clause.actors[a].kind == Kind::Person;
        push(&mut draft, if people { "participant" } else { "party" }, &both);
    } else if draft.kind != EventType::Talks || behind {
        return None;
    }
    draft.nominal = draft.arguments.is_empty();
    Some(draft)
}

/// The head of a delegation where one is named: `đoàn … do ông X dẫn đầu`, else those named.
fn guests(clause: &Clause<'_>, a: usize, from: usize) -> Option<Vec<usize>> {
    let actor = &clause.actors[a];
    if actor.kind == Kind::Person {
        return Some(clause.joined_right(a).0);
    }
    let end = (actor.end + 45).min(clause.sentence.atoms.end);
    for i in from..end {
        if clause.is(i, ";") {
            break;
        }
        if clause.is(i, "do")
            && let Some((p, _)) = clause.object(i + 1)
            && clause.actors[p].kind == Kind::Person
        {
            return Some(clause.actors[p].entities.clone());
        }
    }
    match actor.kind {
        Kind::Group => Some(actor.entities.clone()),
        Kind::Place | Kind::Organisation => Some(clause.joined_right(a).0),
        _ => None,
    }
}

/// Who goes: the subject, the head of the delegation that the sentence named before, or the
/// person named right before the verb.
fn going(clause: &Clause<'_>, cast: &Cast, at: usize, cue: Option<usize>) -> Option<Vec<usize>> {
    let start = clause.sentence.atoms.start;
    // "… do ông X dẫn đầu nhân dịp đoàn tới Việt Nam dự …"
    let mut i = at;
    while i > start && ["đã", "sẽ", "sang", "vừa"].iter().any(|w| clause.is(i - 1, w)) {
        i -= 1;
    }
    if i > start && clause.is(i - 1, "đoàn") {
        let head = clause.actors.iter().rev().find(|a| {
            a.kind == Kind::Person && a.first < i && a.first > start && clause.is(a.first - 1, "do")
        })?;
        return Some(head.entities.clone());
    }
    if let Some(subject) = clause.subject(at) {
        return Some(subject);
    }
    let (subject, end) = clause.main_subject().filter(|(_, end)| *end <= at && cue.is_none())?;
    let between = clause
        .actors
        .iter()
        .rev()
        .find(|a| a.kind == Kind::Person && a.first >= end && a.end <= at);
    match between {
        None => Some(subject),
        Some(person) if at - person.end <= 7 => Some(person.entities.clone()),
        Some(_) => None,
    }
    .filter(|who| who.iter().all(|e| cast.entities[*e].kind == MentionType::Per))
}

fn persons_of(cast: &Cast, subject: &[usize]) -> Vec<usize> {
    subject.iter().copied().filter(|e| cast.entities[*e].kind == MentionType::Per).collect()
}

/// Delegations that the next sentences say are led by somebody are the parties' heads.
fn heads(following: &[Clause<'_>], cast: &Cast, draft: &mut Draft) {
    if !draft.actors(cast).iter().all(|e| cast.entities[*e].kind != MentionType::Per)
        || draft.modality != Modality::Happened
    {
        return;
    }
    let mut found = Vec::new();
    for clause in following.iter().take(3) {
        let delegation = (clause.sentence.atoms.start..clause.sentence.atoms.start + 3)
            .any(|i| clause.is(i, "đoàn"));
        if !delegation {
            break;
        }
        let by = clause.sentence.atoms.clone().find(|i| clause.is(*i, "do"));
        let Some((p, _)) = by.and_then(|by| clause.object(by + 1)) else { break };
        if clause.actors[p].kind != Kind::Person {
            break;
        }
        found.extend(clause.actors[p].entities.iter().copied());
        draft.evidence.push(clause.sentence.span.into());
    }
    push(draft, "head", &found);
}

fn orgs(cast: &Cast, all: &[usize]) -> bool {
    !all.is_empty() && all.iter().all(|e| cast.entities[*e].kind == MentionType::Org)
}

fn push(draft: &mut Draft, role: &'static str, entities: &[usize]) {
    for entity in entities {
        if !draft.arguments.iter().any(|(_, e)| e == entity) {
            draft.arguments.push((role, *entity));
        }
    }
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

phrases!(GENERIC = "kế hoạch" "biên bản" "thỏa thuận" "hiệp định" "bản ghi nhớ" "hợp đồng" "văn kiện" "văn bản" "tuyên bố" "nghị định thư" "hiệp ước" "chương trình hợp tác" "ý định thư" "công ước" "hiệp ước" "chương trình phối hợp" "ghi nhớ");
phrases!(ORDERS = "quyết định" "chỉ thị" "công văn" "ban hành" "lệnh" "sắc lệnh" "nghị quyết" "công điện" "tờ trình" "văn bản số" "thông tư" "nghị định số");
phrases!(GOING = "thăm" "sang" "tới" "đến" "dự" "tham dự" "sớm thăm" "sớm sang" "trở lại" "tham gia");
phrases!(HELD = "diễn ra" "được tổ chức" "được cử hành");
phrases!(HALL = "hội đàm" "cuộc hội đàm" "buổi hội đàm" "các cuộc hội đàm");
phrases!(NEGATED = "không" "chưa" "từ chối" "hủy" "huỷ" "hoãn" "bác bỏ" "phủ nhận" "tránh" "chẳng");
phrases!(NEGATED_FAR = "không phải" "chưa từng" "không hề");
phrases!(LEADING = "dẫn đầu" "đứng đầu" "làm trưởng đoàn" "lãnh đạo");
phrases!(PURPOSE = "dự" "tham dự" "thăm" "làm việc" "công tác" "tham gia" "để dự" "để tham dự");
phrases!(MEETINGS = "hội nghị" "kỳ họp" "diễn đàn" "phiên họp" "hội thảo" "đại hội" "cuộc họp" "tọa đàm" "đối thoại" "hội đàm" "tham vấn" "buổi họp");
phrases!(DIALOGUES = "đối thoại" "hội đàm" "đàm phán" "tham vấn");
phrases!(TITLE_LEADS = "làm" "giữ chức" "giữ chức vụ" "vào" "giữ cương vị");
