//! One record for each event, however often it is told.

use bantin_dates::Timeline;
use bantin_document::{
    Argument, Event, EventDate, EventType, Extent, MentionType, Modality, Spanned, Tag,
};

use super::draft::Draft;
use super::when::When;
use crate::identity::Cast;

/// An event is told again within so many others.
const NEAR: usize = 48;

/// Joins what is told several times, gives each event its day, and writes the records.
pub(super) fn events(
    drafts: Vec<Draft>,
    tag: &Tag,
    cast: &Cast,
    timeline: &Timeline,
) -> Vec<Event> {
    let mut merged: Vec<Draft> = Vec::new();
    let mut last_day: Option<When> = None;
    let mut last_stretch: Option<When> = None;
    for mut draft in drafts {
        // "Cùng dự có …": whoever attended what was told last.
        if draft.kind == EventType::Attend
            && draft.arguments.iter().all(|(role, _)| *role == "attendee")
        {
            let told = merged.iter_mut().rev().find(|e| {
                matches!(
                    e.kind,
                    EventType::Conference
                        | EventType::Talks
                        | EventType::Reception
                        | EventType::Meet
                )
            });
            if let Some(event) = told
                && draft.trigger.start.saturating_sub(event.trigger.start) < 2500
            {
                for (role, entity) in draft.arguments {
                    if event.arguments.iter().all(|(_, e)| *e != entity) {
                        event.arguments.push((role, entity));
                    }
                }
                event.evidence.extend(draft.evidence);
            }
            continue;
        }
        if draft.modality == Modality::Happened {
            match draft.date {
                Some(date) if date.is_day(tag) => last_day = Some(date),
                Some(date) if date.is_stretch(tag) => last_stretch = Some(date),
                Some(_) => {}
                // A story goes on on the day it told of last, or within the days.
                None if draft.timed => {}
                None => {
                    draft.date = last_day.or(last_stretch);
                    draft.inherited = true;
                }
            }
        }
        // "Cuộc đối thoại … lần đầu tiên": between the parties of the one that the story is about.
        if draft.kind == EventType::Talks && draft.actors(cast).is_empty() {
            let talks = || merged.iter().rev().take(NEAR).filter(|e| e.kind == EventType::Talks);
            let roles = |role| {
                let arguments = talks().flat_map(|e| e.arguments.iter());
                arguments.filter(move |(r, _)| *r == role).map(|(_, e)| *e)
            };
            let mut parties: Vec<usize> = roles("party").collect();
            if parties.is_empty()
                && let Some(event) = roles("event").next()
            {
                parties = places_in(event, tag, cast);
            }
            draft.arguments.extend(parties.into_iter().map(|e| ("party", e)));
            if draft.arguments.is_empty() {
                continue;
            }
        }
        match merged.iter_mut().rev().take(NEAR).find(|e| same(e, &draft, tag, cast)) {
            Some(event) => join(event, draft, tag, cast),
            None => merged.push(draft),
        }
    }
    let mut events: Vec<Event> = merged.iter().map(|d| write(d, tag, cast, timeline)).collect();
    events.sort_by_key(|e| (e.trigger.start, e.trigger.end));
    events
}

/// The countries in the names of an event: `Đối thoại … giữa Việt Nam và Liên bang Nga`.
fn places_in(event: usize, tag: &Tag, cast: &Cast) -> Vec<usize> {
    let named = tag.mentions.iter().zip(&cast.of_mention);
    let names = named.clone().filter(|(_, e)| **e == Some(event)).map(|(name, _)| name.span());
    let mut places = Vec::new();
    for name in names {
        let inside =
            named.clone().filter(|(m, _)| m.kind == MentionType::Loc && name.contains(m.span()));
        for place in inside.filter_map(|(_, e)| *e) {
            if !places.contains(&place) {
                places.push(place);
            }
        }
    }
    places
}

/// True when two tellings are of one event.
fn same(a: &Draft, b: &Draft, tag: &Tag, cast: &Cast) -> bool {
    let meeting = |kind| matches!(kind, EventType::Meet | EventType::Talks);
    let reception = (a.kind == EventType::Reception && meeting(b.kind) && b.nominal)
        || (b.kind == EventType::Reception && meeting(a.kind) && a.nominal);
    if a.kind != b.kind && !(meeting(a.kind) && meeting(b.kind)) && !reception {
        return false;
    }
    if a.kind == EventType::Sign {
        let agreement =
            |d: &Draft| d.arguments.iter().find(|(r, _)| *r == "agreement").map(|(_, e)| *e);
        if let (Some(x), Some(y)) = (agreement(a), agreement(b)) {
            return x == y;
        }
        // Without a name a paper is known by its kind and its day.
        let own = |d: &Draft| d.date.filter(|_| !d.inherited).is_some();
        if own(a) != own(b) && a.paper.is_some() && b.paper.is_some() {
            return false;
        }
        if a.paper.is_some() && b.paper.is_some() && a.paper != b.paper {
            return false;
        }
    }
    if matches!(a.kind, EventType::Conference | EventType::Attend) || a.kind == EventType::Talks {
        let thing = |d: &Draft| d.arguments.iter().find(|(r, _)| *r == "event").map(|(_, e)| *e);
        if let (Some(x), Some(y)) = (thing(a), thing(b)) {
            return x == y && (a.kind != EventType::Attend || shares(a, b, cast));
        }
    }
    // A recalled visit and today's may have the same people; their dates tell them apart.
    if !dates_agree(a, b, tag) {
        return false;
    }
    if a.kind == EventType::Visit {
        let destination =
            |d: &Draft| d.arguments.iter().find(|(r, _)| *r == "destination").map(|(_, e)| *e);
        match (destination(a), destination(b)) {
            (Some(x), Some(y)) if x != y => return false,
            // A call at an institution is not the journey that the story is about.
            (Some(x), None) | (None, Some(x)) if cast.entities[x].kind == MentionType::Org => {
                return false;
            }
            _ => {}
        }
        return shares(a, b, cast);
    }
    if (a.modality == Modality::Planned) != (b.modality == Modality::Planned) {
        return false;
    }
    let (x, y) = (a.actors(cast), b.actors(cast));
    x == y || covers(&x, &y, cast) || covers(&y, &x, cast)
}

fn shares(a: &Draft, b: &Draft, cast: &Cast) -> bool {
    let other = b.actors(cast);
    a.actors(cast).iter().any(|e| other.contains(e))
}

/// A headline names countries, the story their ministers: each country has one of the people.
fn covers(countries: &[usize], people: &[usize], cast: &Cast) -> bool {
    countries.len() == people.len()
        && countries.iter().all(|c| {
            cast.entities[*c].kind == MentionType::Loc
                && people.iter().any(|p| cast.entities[*p].country == Some(&cast.entities[*c].id))
        })
}

fn dates_agree(a: &Draft, b: &Draft, tag: &Tag) -> bool {
    let (Some(a), Some(b)) = (a.date, b.date) else { return true };
    let value = |when: When| {
        let date = when.date(tag);
        date.resolved.unwrap_or(date.value)
    };
    let (mut a, mut b) = (value(a), value(b));
    // Of an open year the day and month can agree, with a year alone nothing can.
    if a.starts_with("XXXX-") != b.starts_with("XXXX-") {
        (a, b) = (a.get(4..).unwrap_or_default().into(), b.get(4..).unwrap_or_default().into());
        if a.is_empty() || b.is_empty() {
            return false;
        }
    }
    let cut = |v: &str| v.split('T').next().unwrap_or_default().to_owned();
    let (a, b) = (cut(&a), cut(&b));
    a == b || a.starts_with(&b) || b.starts_with(&a) || within(&a, &b) || within(&b, &a)
}

/// True for a day of a stretch.
fn within(day: &str, stretch: &str) -> bool {
    let Some((first, last)) = stretch.split_once('/') else { return false };
    let (first, last) = (first.get(..10), last.get(..10));
    day.len() == 10 && first <= Some(day) && last >= Some(day)
}

fn join(event: &mut Draft, other: Draft, tag: &Tag, cast: &Cast) {
    let people =
        |d: &Draft| d.arguments.iter().any(|(_, e)| cast.entities[*e].kind == MentionType::Per);
    // The telling with people is the event; the headline's countries become its parties.
    if (!people(event) && people(&other)) || (event.in_title && !other.in_title) {
        let mut told = other;
        for (role, entity) in &event.arguments {
            if told.arguments.iter().all(|(_, e)| e != entity) {
                let country = cast.entities[*entity].kind == MentionType::Loc;
                let role = if country && told.kind != EventType::Visit { "party" } else { role };
                told.arguments.push((role, *entity));
            }
        }
        told.evidence.splice(0..0, event.evidence.iter().copied());
        told.date = told.date.or(event.date);
        told.described = fuller(told.described, event.described);
        *event = told;
    } else {
        for (role, entity) in &other.arguments {
            let known = event.arguments.iter().any(|(_, e)| e == entity);
            let person = cast.entities[*entity].kind == MentionType::Per;
            if !known
                && (!person
                    || event.kind == EventType::Conference
                    || event.kind == EventType::Visit)
            {
                event.arguments.push((role, *entity));
            }
        }
        event.evidence.extend(other.evidence.iter().copied());
        match (event.date, other.date) {
            // What is still to come is not on the day of the news.
            (None, date) if !other.inherited || event.modality == Modality::Happened => {
                event.date = date;
                event.inherited = other.inherited;
            }
            (Some(_), Some(b)) if event.inherited && !other.inherited => {
                event.date = Some(b);
                event.inherited = false;
            }
            (Some(a), Some(b)) if a.until.is_none() && !a.is_day(tag) && b.is_day(tag) => {
                event.date = Some(b)
            }
            _ => {}
        }
        event.place = event.place.or(other.place);
        event.described = fuller(event.described, other.described);
        // What is told as news is news, though it be recalled later; a noun phrase tells nothing.
        if other.modality == Modality::Happened
            && (event.modality != Modality::Planned || !other.nominal)
        {
            event.modality = Modality::Happened;
        }
        if !other.month_only && other.date.is_some() {
            event.month_only = false;
        }
    }
    event.evidence.sort();
    event.evidence.dedup();
}

/// Of the words for one paper the longer ones.
fn fuller(a: Option<Extent>, b: Option<Extent>) -> Option<Extent> {
    let length = |extent: &Extent| extent.span().len();
    a.into_iter().chain(b).rev().max_by_key(length)
}

fn write(draft: &Draft, tag: &Tag, cast: &Cast, timeline: &Timeline) -> Event {
    let mut date = draft.date.map(|when| {
        let date = when.date(tag);
        // The day of what was told before, not its hour.
        let day = |v: String| match (draft.inherited, v.find('T')) {
            (true, Some(at)) => v[..at].to_owned(),
            _ => v,
        };
        EventDate { value: day(date.value), resolved: date.resolved.map(day), ..date }
    });
    if date.is_none() && draft.modality == Modality::Happened && !draft.month_only {
        // The story says no day: the time within which it was written.
        date = timeline.interval().filter(|i| within_a_year(&i.value)).map(|i| EventDate {
            value: "XXXX".to_owned(),
            resolved: Some(i.value),
            interval: None,
            basis: Some(i.basis),
        });
    }
    if draft.month_only {
        date = story_month(timeline, tag);
    }
    let mut evidence = draft.evidence.clone();
    evidence.sort();
    evidence.dedup();
    Event {
        kind: draft.kind,
        modality: draft.modality,
        trigger: draft.trigger,
        arguments: draft
            .arguments
            .iter()
            .map(|(role, entity)| Argument {
                role: (*role).to_owned(),
                entity: cast.entities[*entity].id.clone(),
                capacity: capacity(draft, *entity, tag, cast),
            })
            .collect(),
        date,
        place: draft.place.map(|e| cast.entities[e].id.clone()),
        paper: draft.described.filter(|_| draft.arguments.iter().all(|(r, _)| *r != "agreement")),
        evidence,
        rule: Some(draft.rule.into()),
    }
}

/// True for a time that says something of an event without a date of its own.
fn within_a_year(interval: &str) -> bool {
    let Some((from, to)) = interval.split_once('/') else { return false };
    let month = |end: &str| -> Option<i32> {
        let year: i32 = end.get(..4)?.parse().ok()?;
        Some(12 * year + end.get(5..7)?.parse::<i32>().ok()?)
    };
    month(from).zip(month(to)).is_some_and(|(from, to)| to - from < 12)
}

/// A visit that is the occasion of the story took place about then: its month.
fn story_month(timeline: &Timeline, tag: &Tag) -> Option<EventDate> {
    if let Some(day) = timeline.day() {
        let month = day.to_string()[..7].to_owned();
        let basis = timeline.interval().map(|i| i.basis);
        return Some(EventDate {
            value: "XXXX-XX".to_owned(),
            resolved: Some(month),
            interval: None,
            basis,
        });
    }
    let first = tag.mentions.iter().find(|m| {
        m.kind == MentionType::Date
            && m.value.as_deref().is_some_and(|v| {
                v.len() >= 10 && v.as_bytes()[5] != b'X' && v.as_bytes()[5] != b'W'
            })
    })?;
    let value = first.value.as_deref()?[..7].to_owned();
    Some(EventDate { value, resolved: None, interval: None, basis: first.basis.clone() })
}

/// The office in which somebody took part: as the sentence of the event has it, else as the
/// document does.
fn capacity(draft: &Draft, entity: usize, tag: &Tag, cast: &Cast) -> Option<String> {
    let who = &cast.entities[entity];
    if who.kind != MentionType::Per {
        return None;
    }
    let told = draft.evidence.iter().flat_map(|sentence| {
        let span = sentence.span();
        let first = tag.mentions.partition_point(|m| m.span().start() < span.start());
        (tag.mentions[first..].iter().zip(&cast.holders[first..]))
            .take_while(move |(m, _)| m.span().end() <= span.end())
            .filter(|(m, holder)| m.kind == MentionType::Title && **holder == Some(entity))
            .map(|(m, _)| m.surface.as_str())
    });
    // The office that a list ends with is the one meant here; a rank is none.
    let office = |title: &&str| title.split_whitespace().count() > 2;
    let titles = || who.titles.iter().map(String::as_str);
    // "Bộ trưởng" is whichever office of the document begins so.
    let whole = |told: &str| titles().rfind(|t| office(t) && t.starts_with(told));
    let short = || told.clone().next().map(|t| whole(t).unwrap_or(t));
    told.clone()
        .filter(office)
        .last()
        .or_else(short)
        .or_else(|| titles().rfind(office))
        .or_else(|| titles().next())
        .map(str::to_owned)
}
