//! Finds events sentence by sentence.

use std::sync::LazyLock;

use bantin_dates::Timeline;
use bantin_document::{EventType, MentionType, Modality, Tag};
use bantin_text::keys::lowercase;

use super::actors::Kind;
use super::circumstances::{date, place};
use super::clause::{Clause, phrase};
use super::cues::is_cue;
use super::draft::{Draft, Found};
use super::misread::misread;
use super::modality::{by_date, modality};
use super::triggers::{self, Shape};
use super::{appointments, conferences, delegations, meetings, messages, signings, visits};
use crate::identity::Cast;
use crate::signs;

/// All events, in the order of the text; the same one may be told several times.
pub(super) fn events(
    clauses: &[Clause<'_>],
    speakers: &[String],
    tag: &Tag,
    cast: &Cast,
    timeline: &Timeline,
) -> Vec<Draft> {
    let mut found: Vec<Draft> = Vec::new();
    let leaders = delegations::leaders(clauses);
    for (c, clause) in clauses.iter().enumerate() {
        // Without what may name an event nobody asks who speaks.
        if clause.sentence.signs & signs::TRIGGER == 0 {
            continue;
        }
        let mut from = clause.sentence.atoms.start;
        let mut cue = None;
        let (both, reading) = (signs::CUE | signs::TRIGGER, clause.reading);
        while let Some(at) = reading.sign_in(from..clause.sentence.atoms.end, both) {
            from = at + 1;
            let begins = |sign| reading.signs[at] & sign != 0;
            let spoken = cue.is_none() && begins(signs::CUE) && is_cue(clause, at).is_some();
            let trigger = if begins(signs::TRIGGER) { triggers::at(clause.rest(at)) } else { None };
            if !spoken && trigger.is_none() {
                continue;
            }
            // Inside the name of an event or agreement nothing happens: "Hội nghị … gặp gỡ …".
            if let Some(thing) = clause
                .actors()
                .iter()
                .find(|a| matches!(a.kind, Kind::Thing(_)) && a.head < at && at < a.end)
            {
                from = thing.end;
                continue;
            }
            if spoken {
                cue = Some(at);
            }
            let Some(trigger) = trigger else { continue };
            let next = at + trigger.words.len();
            from = next;
            let here = Found { clause, cast, trigger, at, next, cue };
            if !clause.in_quote(at)
                && !misread(clause, at, trigger)
                && let Some(mut draft) = read(&here)
                && official(&draft, cast)
                && !negated(clause, at)
            {
                modality(&here, tag, &mut draft);
                date(&here, tag, &mut draft);
                by_date(&here, tag, timeline, &mut draft);
                place(&here, &mut draft);
                if draft.kind == EventType::Talks || draft.kind == EventType::Conference {
                    delegations::heads(&clauses[c + 1..], cast, &mut draft);
                }
                delegations::led_by(clause, at, cast, &leaders, &mut draft);
                found.push(draft);
            }
        }
    }
    settle(&mut found, cast);
    found.extend(meetings::implied_talks(clauses, speakers, cast, &found));
    found.sort_by_key(|d| d.trigger.start);
    found
}

/// Visits and meetings of which the sentence does not say whether they are the news: they are
/// when who takes part acts in the news, and still to come when the story says so elsewhere.
fn settle(found: &mut [Draft], cast: &Cast) {
    let people = |d: &Draft| -> Vec<usize> {
        d.actors(cast).into_iter().filter(|e| cast.entities[*e].kind == MentionType::Per).collect()
    };
    let told: Vec<(EventType, Modality, Vec<usize>)> = found
        .iter()
        .filter(|d| d.unsure.is_none() && d.modality != Modality::Recalled)
        .map(|d| (d.kind, d.modality, people(d)))
        .collect();
    for draft in found.iter_mut() {
        let Some(otherwise) = draft.unsure else { continue };
        let own = people(draft);
        let visit = draft.kind == EventType::Visit;
        let with = |wanted: Modality| {
            told.iter().any(|(kind, modality, people)| {
                let shared = people.iter().filter(|p| own.contains(p)).count();
                *modality == wanted
                    && !matches!(kind, EventType::Invite | EventType::Message | EventType::Appoint)
                    && if visit { shared > 0 } else { shared > 1 }
            })
        };
        draft.modality = if with(Modality::Happened) {
            Modality::Happened
        } else if with(Modality::Planned) {
            Modality::Planned
        } else {
            otherwise
        };
    }
}

/// What is denied or called off is no event.
fn negated(clause: &Clause<'_>, at: usize) -> bool {
    let start = clause.sentence.atoms.start;
    let stands = |back: usize, phrases: &[Vec<u64>]| {
        (at.saturating_sub(back).max(start)..at)
            .any(|i| phrases.iter().any(|p| clause.starts(i, p)))
    };
    // "Nga không phải là một bên tham gia ký thỏa thuận"
    // What is held every year is none in particular.
    let end = clause.sentence.atoms.end;
    let habit = (at.saturating_sub(6).max(start)..(at + 6).min(end))
        .any(|i| HABITS.iter().any(|p| clause.starts(i, p)) && !named(clause, i));
    stands(5, &NEGATED) || stands(12, &NEGATED_FAR) || habit
}

/// True inside the name of an event: `Đại hội cổ đông thường niên 2017` is one.
fn named(clause: &Clause<'_>, at: usize) -> bool {
    clause.actors().iter().any(|a| matches!(a.kind, Kind::Thing(_)) && a.first <= at && at < a.end)
}

/// The ledger is about people in office: somebody who takes part has a title, or acts for a
/// state or organisation. "Duy đến đón Hoa" is nobody's reception.
fn official(draft: &Draft, cast: &Cast) -> bool {
    // An invitation is to some place or event; "mời anh Ngôn đến làm việc" is a summons.
    let to = |(role, _): &(&str, usize)| matches!(*role, "destination" | "event");
    if draft.kind == EventType::Invite && !draft.arguments.iter().any(to) {
        return false;
    }
    let office = |e: usize| cast.entities[e].titles.iter().any(|t| is_office(t));
    // Athletes attend games; the ledger is about who represents somebody.
    if draft.kind == EventType::Attend
        && !draft.arguments.iter().any(|(role, e)| *role == "attendee" && office(*e))
    {
        return false;
    }
    // A reporter who meets somebody interviews them; a visit is that of somebody in office.
    let person = |e: usize| cast.entities[e].kind == MentionType::Per;
    let reporter = |(_, e): &(&str, usize)| {
        let titles = &cast.entities[*e].titles;
        person(*e) && !titles.is_empty() && titles.iter().all(|t| begins_with(t, &REPORTERS))
    };
    let visitor = |(role, e): &(&str, usize)| {
        *role == "visitor" && !cast.entities[*e].titles.iter().any(|t| is_office(t))
    };
    let meeting = matches!(
        draft.kind,
        EventType::Meet | EventType::Talks | EventType::Reception | EventType::Visit
    );
    if meeting && draft.arguments.iter().any(|a| reporter(a) || visitor(a)) {
        return false;
    }
    draft.arguments.is_empty()
        || draft.arguments.iter().any(|(role, e)| {
            let entity = &cast.entities[*e];
            match entity.kind {
                MentionType::Per => {
                    entity.titles.iter().any(|t| draft.kind == EventType::Appoint || is_office(t))
                }
                MentionType::Loc => *role != "destination",
                _ => *role != "destination",
            }
        })
}

/// True for a title of state, party, army, business or church; not for a trade.
pub(super) fn is_office(title: &str) -> bool {
    !begins_with(title, &TRADES) && !begins_with(title, &REPORTERS)
}

fn begins_with(title: &str, list: &[&str]) -> bool {
    let title = lowercase(title);
    let title =
        ["nữ ", "nam ", "cựu "].iter().find_map(|p| title.strip_prefix(p)).unwrap_or(&title);
    list.iter().any(|head| {
        title.strip_prefix(head).is_some_and(|rest| !rest.starts_with(char::is_alphabetic))
    })
}

const REPORTERS: [&str; 5] = ["biên tập viên", "nhà báo", "phóng viên", "pv", "ký giả"];

/// What people are by trade, in lower case.
const TRADES: [&str; 44] = [
    "anh",
    "ca sĩ",
    "ca sỹ",
    "ca nương",
    "cầu thủ",
    "chị",
    "danh hài",
    "diễn viên",
    "du học sinh",
    "doanh nhân",
    "đạo diễn",
    "đội trưởng đội tuyển",
    "hậu vệ",
    "hlv",
    "hoa hậu",
    "hoa khôi",
    "họa sĩ",
    "hot girl",
    "hotgirl",
    "huấn luyện viên",
    "kỹ sư",
    "mc",
    "người mẫu",
    "nghệ sĩ",
    "nghệ sỹ",
    "nhà văn",
    "nhà thơ",
    "nhạc sĩ",
    "nhạc sỹ",
    "nsnd",
    "nsưt",
    "rapper",
    "siêu mẫu",
    "siêu sao",
    "tay vợt",
    "thủ môn",
    "tiền đạo",
    "tiền vệ",
    "trung vệ",
    "tuyển thủ",
    "vận động viên",
    "võ sĩ",
    "á hậu",
    "ông bầu",
];

/// Reads the parties around a trigger, each shape in its way.
fn read(found: &Found<'_, '_>) -> Option<Draft> {
    let mut draft = found.draft();
    match found.trigger.shape {
        Shape::Pair(first, second) => meetings::pair(found, first, second, &mut draft),
        Shape::Together => meetings::together(found, &mut draft),
        Shape::Between => meetings::between(found, &mut draft),
        Shape::Ceremony => meetings::ceremony(found, &mut draft),
        Shape::Going => visits::going(found, &mut draft),
        Shape::Journey => visits::journey(found, &mut draft),
        Shape::Signing => signings::signing(found, &mut draft),
        Shape::Inviting => messages::inviting(found, &mut draft),
        Shape::Passing => messages::passing(found, &mut draft),
        Shape::Sending => messages::sending(found, &mut draft),
        Shape::Alone(role) => conferences::alone(found, role, &mut draft),
        Shape::Holding => conferences::holding(found, &mut draft),
        Shape::Attending => conferences::attending(found, &mut draft),
        Shape::Appointing => appointments::appointing(found, &mut draft),
    }?;
    // A dialogue without parties is between those of the one told before; see `merge`.
    let known = !draft.arguments.is_empty() || draft.kind == EventType::Talks && draft.nominal;
    known.then_some(draft)
}

phrases!(NEGATED = "không" "chưa" "từ chối" "hủy" "huỷ" "hoãn" "bác bỏ" "phủ nhận" "tránh" "chẳng" "cản trở" "ngăn");
phrases!(HABITS = "thường niên" "hàng năm" "hằng năm" "thường được" "thường xuyên" "mỗi năm" "luân phiên");
phrases!(NEGATED_FAR = "không phải" "chưa từng" "không hề");
