//! Finds events sentence by sentence.

use std::sync::LazyLock;

use bantin_document::{EventType, MentionType, Tag};

use super::circumstances::{date, modality, place};
use super::clause::{Clause, Kind, phrase};
use super::draft::{Draft, Found};
use super::misread::misread;
use super::statements::is_cue;
use super::triggers::{self, Shape};
use super::{appointments, conferences, delegations, meetings, messages, signings, visits};
use crate::identity::Cast;

/// All events, in the order of the text; the same one may be told several times.
pub(super) fn events(
    clauses: &[Clause<'_>],
    speakers: &[String],
    tag: &Tag,
    cast: &Cast,
) -> Vec<Draft> {
    let mut found: Vec<Draft> = Vec::new();
    let leaders = delegations::leaders(clauses);
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
            let next = at + trigger.words.len();
            if !clause.in_quote(at)
                && !misread(clause, at, trigger)
                && !negated(clause, at)
                && let Some(mut draft) = read(&Found { clause, cast, trigger, at, next, cue })
                && official(&draft, cast)
            {
                draft.modality = modality(clause, at, &draft, cue);
                date(clause, at, trigger, tag, &mut draft);
                place(clause, at, &mut draft);
                if draft.kind == EventType::Talks || draft.kind == EventType::Conference {
                    delegations::heads(&clauses[c + 1..], cast, &mut draft);
                }
                delegations::led_by(clause, at, cast, &leaders, &mut draft);
                found.push(draft);
            }
            at = next;
        }
    }
    found.extend(meetings::implied_talks(clauses, speakers, cast, &found));
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

/// Reads the parties around a trigger, each shape in its way.
fn read(found: &Found<'_, '_>) -> Option<Draft> {
    let mut draft = found.draft();
    match found.trigger.shape {
        Shape::Pair(first, second) => meetings::pair(found, first, second, &mut draft),
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
    (!draft.arguments.is_empty()).then_some(draft)
}

phrases!(NEGATED = "không" "chưa" "từ chối" "hủy" "huỷ" "hoãn" "bác bỏ" "phủ nhận" "tránh" "chẳng");
phrases!(NEGATED_FAR = "không phải" "chưa từng" "không hề");
