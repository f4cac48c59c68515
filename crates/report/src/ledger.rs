//! The ledger: tellings of one event in many documents are one row with all their evidence.

use std::collections::{BTreeMap, BTreeSet};

use bantin_document::{EventType, Modality};
use bantin_text::keys::slug;

use crate::facts::{Drawn, Evidence, TellingFact, TellingKey};
use crate::identity::Identity;
use crate::monoid::{Counts, Merge};
use crate::names::{Entities, name_of};
use crate::rows::{EventRow, Participant, When};
use crate::stories::Stories;
use crate::when::{Certainty, Days, iso};

/// Longest stretch of time within which two meetings of the same people are taken for one: "hồi
/// tháng 1 vừa qua" recalls the visit of January 23.
const MONTH: i64 = 31;

/// Evidence that one row shows.
const SHOWN: usize = 16;

/// An event with everything that tells it.
pub(crate) struct LedgerEvent {
    pub(crate) id: String,
    pub(crate) kind: EventType,
    pub(crate) modality: Modality,
    pub(crate) date: When,
    pub(crate) days: Option<Days>,
    place: Option<String>,
    participants: Vec<Participant>,
    modalities: BTreeMap<Modality, u64>,
    triggers: Counts<String>,
    papers: Counts<String>,
    documents: u64,
    seen_in: Vec<u64>,
    evidence: Vec<(Modality, Evidence)>,
}

impl LedgerEvent {
    /// Ids of those who take part as `role`.
    pub(crate) fn entities_as<'a>(&'a self, role: &'a str) -> impl Iterator<Item = &'a str> {
        self.participants
            .iter()
            .filter(move |p| p.roles.iter().any(|r| r == role))
            .map(|p| p.entity.as_str())
    }

    pub(crate) fn evidence_by_modality(&self) -> &[(Modality, Evidence)] {
        &self.evidence
    }

    pub(crate) fn participants(&self) -> &[Participant] {
        &self.participants
    }

    /// The words that most tellings have for a paper without a name.
    pub(crate) fn paper(&self) -> Option<&str> {
        self.papers.most().map(String::as_str)
    }

    pub(crate) fn documents(&self) -> u64 {
        self.documents
    }

    pub(crate) fn row(&self, stories: &Stories) -> EventRow {
        EventRow {
            id: self.id.clone(),
            kind: self.kind.as_str().into(),
            modality: self.modality.as_str().into(),
            modalities: self.modalities.iter().map(|(m, n)| (m.as_str().into(), *n)).collect(),
            date: self.date.clone(),
            place: self.place.clone(),
            participants: self.participants.clone(),
            triggers: self.triggers.ranked().into_iter().map(|(t, _)| t.clone()).collect(),
            documents: self.documents,
            stories: stories.count(&self.seen_in, self.documents),
            evidence: self.evidence.iter().map(|(_, evidence)| evidence.clone()).collect(),
        }
    }
}

/// Kinds of event that different papers use for the same: one tells of talks, another of a meeting.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Group {
    Meeting,
    Other(EventType),
}

impl Group {
    fn of(kind: EventType) -> Group {
        match kind {
            EventType::Meet | EventType::Talks | EventType::Reception => Group::Meeting,
            other => Group::Other(other),
        }
    }
}

/// One telling with the ids that stand for its entities.
struct Telling<'p> {
    key: &'p TellingKey,
    fact: &'p TellingFact,
    /// Role and id, sorted.
    arguments: Vec<(&'p str, &'p str)>,
    /// Who the event is about: people and organisations; countries where there are none. Sorted.
    principals: Vec<&'p str>,
    /// What it is about: the agreement signed, the conference held, the country visited. Sorted.
    objects: Vec<&'p str>,
    /// When it was; of an open date the bounds.
    days: Option<Days>,
    /// The same, when it is settled.
    settled: Option<Days>,
    /// Month and day as written, `04-04`, whether or not the year is known.
    day: Option<&'p str>,
    stories: Vec<u64>,
}

/// Roles of what an event is about, rather than of those who take part.
const OBJECTS: [&str; 5] = ["agreement", "destination", "event", "occasion", "visited"];

impl<'p> Telling<'p> {
    fn new(
        key: &'p TellingKey,
        fact: &'p TellingFact,
        identity: &'p Identity,
        stories: &Stories,
    ) -> Telling<'p> {
        let leader = |id: &'p String| identity.leader(id);
        let arguments = key.arguments.iter().map(|(role, id)| (role.as_str(), leader(id)));
        let arguments: Vec<(&str, &str)> = sorted(arguments.collect());
        let of = |wanted: &dyn Fn(&str) -> bool| {
            let ids = arguments.iter().filter(|(role, id)| !OBJECTS.contains(role) && wanted(id));
            sorted(ids.map(|(_, id)| *id).collect())
        };
        let mut principals = of(&|id| id.starts_with("per:"));
        if principals.len() < 2 {
            principals.extend(of(&|id| id.starts_with("org:")));
        }
        if principals.is_empty() {
            principals = of(&|_| true);
        }
        let objects =
            arguments.iter().filter(|(role, _)| OBJECTS.contains(role) && *role != "occasion");
        let date = key.resolved.as_deref().or(key.value.as_deref()).and_then(Days::of);
        Telling {
            objects: sorted(objects.map(|(_, id)| *id).collect()),
            settled: date.filter(|days| !days.is_open()),
            days: date.or_else(|| key.interval.as_deref().and_then(Days::of)),
            day: key.value.as_deref().and_then(|value| {
                let value = value.split_once('T').map_or(value, |(day, _)| day);
                value.get(5..10).filter(|day| value.len() == 10 && !day.contains('X'))
            }),
            stories: sorted(fact.seen_in.items().iter().map(|key| stories.first(*key)).collect()),
            key,
            fact,
            principals: sorted(principals),
            arguments,
        }
    }

    /// How sure it is that `other` tells the same event: 0 for not at all.
    fn likeness(&self, other: &Telling<'_>) -> usize {
        // Most of those who meet often meet on other days: that is seen before names are compared.
        if let (Some(a), Some(b)) = (self.days, other.days)
            && !a.overlaps(b)
        {
            return 0;
        }
        let settled = self.settled.is_some() && other.settled.is_some();
        if !settled && self.day.zip(other.day).is_some_and(|(a, b)| a != b) {
            return 0;
        }
        let shared = shared(&self.principals, &other.principals);
        let smaller = self.principals.len().min(other.principals.len());
        let all = self.principals.len() + other.principals.len() - shared;
        let same_object = self::shared(&self.objects, &other.objects) > 0;
        let objects_differ = !same_object && !self.objects.is_empty() && !other.objects.is_empty();
        if objects_differ || (shared == 0 && !(smaller == 0 && same_object)) {
            return 0;
        }
        // "Lịch gặp Shoigu" and "Lịch gặp báo chí" share one of two; a list of guests is fuller in
        // one paper than in the other.
        let same_people =
            shared == all || (shared >= 2 && (2 * shared >= all || shared == smaller));
        let enough = same_people && shared >= 2
            || same_object && (same_people || smaller == 0 || shared == smaller);
        let one_sided = shared == 1 && all == 1;
        let day = |t: &Telling<'_>| t.settled.and_then(Days::len) == Some(1);
        let same_time = match (self.settled, other.settled) {
            (Some(a), Some(b)) => {
                let wider = a.len().max(b.len()).unwrap_or(0);
                // Wider than a month only an agreement or a numbered conference is the same.
                wider <= MONTH || (same_object && enough && wider <= 366)
            }
            _ => self.same_open_time(other, same_object),
        };
        if !same_time {
            return 0;
        }
        let exact = day(self) && day(other);
        let twins = self.key.kind == other.key.kind && self.key.place == other.key.place;
        if !(enough || one_sided && exact && twins) {
            return 0;
        }
        if self.key.kind != other.key.kind {
            // A document that tells of a reception and of talks means two events.
            let seen = other.fact.seen_in.items();
            if self.fact.seen_in.items().iter().any(|key| seen.contains(key)) {
                return 0;
            }
        }
        1 + shared * 4 + usize::from(same_object) * 2 + usize::from(self.key.kind == other.key.kind)
    }

    /// Without two settled dates: the same day of an open year, the same story, or the one
    /// agreement that is signed once.
    fn same_open_time(&self, other: &Telling<'_>, same_object: bool) -> bool {
        let same_story = shared(&self.stories, &other.stories) > 0;
        match (self.day, other.day) {
            (Some(_), Some(_)) => true, // another day was ruled out at once
            _ => same_story || (same_object && self.key.kind == EventType::Sign),
        }
    }
}

/// How many two sorted lists have in common.
fn shared<T: Ord>(a: &[T], b: &[T]) -> usize {
    a.iter().filter(|item| b.binary_search(item).is_ok()).count()
}

fn sorted<T: Ord>(mut list: Vec<T>) -> Vec<T> {
    list.sort();
    list.dedup();
    list
}

/// Folds tellings into events. The most exact come first and lead; every other joins the event
/// it is most like, or begins one of its own.
///
/// Cost: a telling is compared with the events that share one of its entities and its year.
pub(crate) fn events(
    tellings: &BTreeMap<TellingKey, TellingFact>,
    identity: &Identity,
    stories: &Stories,
    names: &Entities,
) -> Vec<LedgerEvent> {
    let mut all: Vec<Telling<'_>> =
        tellings.iter().map(|(key, fact)| Telling::new(key, fact, identity, stories)).collect();
    all.sort_by_key(|t| {
        let length = t.settled.and_then(Days::len).unwrap_or(i64::MAX);
        (length, std::cmp::Reverse(t.principals.len()), t.key)
    });
    let mut clusters: Vec<Vec<usize>> = Vec::new();
    let mut index: BTreeMap<(Group, &str, Option<i64>), Vec<usize>> = BTreeMap::new();
    for (n, telling) in all.iter().enumerate() {
        let group = Group::of(telling.key.kind);
        let years = years(telling.settled);
        let mut candidates = BTreeSet::new();
        for id in telling.principals.iter().chain(&telling.objects) {
            for year in &years {
                candidates.extend(index.get(&(group, *id, *year)).into_iter().flatten());
            }
        }
        let best = candidates
            .into_iter()
            .map(|cluster: usize| (all[clusters[cluster][0]].likeness(telling), cluster))
            .filter(|(likeness, _)| *likeness > 0)
            .max_by_key(|(likeness, cluster)| (*likeness, std::cmp::Reverse(*cluster)));
        match best {
            Some((_, cluster)) => clusters[cluster].push(n),
            None => {
                for id in telling.principals.iter().chain(&telling.objects) {
                    // Under no year stand all, for the tellings that have none.
                    let years = years.iter().copied().chain([None]).collect::<BTreeSet<_>>();
                    for year in years {
                        index.entry((group, *id, year)).or_default().push(clusters.len());
                    }
                }
                clusters.push(vec![n]);
            }
        }
    }
    let mut events: Vec<LedgerEvent> = clusters
        .iter()
        .map(|members| fold(&members.iter().map(|n| &all[*n]).collect::<Vec<_>>(), identity, names))
        .collect();
    name_events(&mut events, names);
    // What is dated comes in its order, what is not behind it.
    events.sort_by(|a, b| {
        let first = |e: &LedgerEvent| e.days.and_then(|d| d.first.or(d.last)).unwrap_or(i64::MAX);
        first(a).cmp(&first(b)).then_with(|| a.id.cmp(&b.id))
    });
    events
}

/// The years a date may be looked for under; `None` for a date that is not settled.
fn years(days: Option<Days>) -> BTreeSet<Option<i64>> {
    let year = |day: i64| iso(day)[..4].parse::<i64>().ok();
    match days {
        Some(Days { first: Some(first), last: Some(last) }) if last - first <= 732 => {
            BTreeSet::from([year(first), year((first + last) / 2), year(last)])
        }
        _ => BTreeSet::from([None]),
    }
}

fn fold(members: &[&Telling<'_>], identity: &Identity, names: &Entities) -> LedgerEvent {
    let core = members[0];
    let mut whole = TellingFact::default();
    let mut modalities = BTreeMap::new();
    let mut roles: BTreeMap<&str, Counts<String>> = BTreeMap::new();
    let mut evidence: Vec<(u64, Modality, Evidence)> = Vec::new();
    let mut places = Counts::<String>::default();
    for member in members {
        whole.absorb(member.fact.clone());
        *modalities.entry(member.key.modality).or_default() += member.fact.documents;
        for (role, id) in &member.arguments {
            *roles.entry(id).or_default().entry(*role) += member.fact.documents;
        }
        for Drawn(rank, item) in member.fact.evidence.items() {
            evidence.push((*rank, member.key.modality, item.clone()));
        }
        if let Some(place) = &member.key.place {
            *places.entry(identity.leader(place)) += member.fact.documents;
        }
    }
    evidence.sort_by(|a, b| (a.0, &a.2).cmp(&(b.0, &b.2)));
    evidence.dedup_by(|a, b| {
        (&a.2.document, a.2.start, a.2.end) == (&b.2.document, b.2.start, b.2.end)
    });
    evidence.truncate(SHOWN);
    let mut capacities: BTreeMap<&str, Counts<String>> = BTreeMap::new();
    for ((id, capacity), n) in whole.capacities.iter() {
        *capacities.entry(identity.leader(id)).or_default().entry(capacity.as_str()) += n;
    }
    let mut participants: Vec<Participant> = roles
        .into_iter()
        .map(|(entity, roles)| Participant {
            roles: roles.ranked().into_iter().map(|(role, _)| role.clone()).collect(),
            capacities: capacities.get(entity).map_or_else(Vec::new, |all| {
                all.ranked().into_iter().map(|(capacity, _)| capacity.clone()).collect()
            }),
            entity: entity.to_owned(),
        })
        .collect();
    // Of those in one role the one that is named more is whom the news is about.
    participants.sort_by_cached_key(|p| {
        let named = names.facts.get(&p.entity).map(|fact| (fact.documents, fact.mentions()));
        (rank(&p.roles[0]), std::cmp::Reverse(named), p.entity.clone())
    });
    // What happened was first planned and is later recalled.
    let modality = [Modality::Happened, Modality::Recalled, Modality::Planned]
        .into_iter()
        .find(|m| modalities.contains_key(m))
        .unwrap_or(core.key.modality);
    let first_with = |modality| members.iter().find(|m| m.key.modality == modality);
    LedgerEvent {
        id: String::new(),
        kind: first_with(modality).unwrap_or(&core).key.kind,
        modality,
        date: when(members),
        days: core.settled,
        place: core
            .key
            .place
            .as_deref()
            .map(|id| identity.leader(id).to_owned())
            .or_else(|| places.most().cloned()),
        participants,
        modalities,
        triggers: whole.triggers.clone(),
        papers: whole.papers.clone(),
        documents: members.iter().map(|m| m.fact.documents).sum(),
        seen_in: whole.seen_in.items().to_vec(),
        evidence: evidence.into_iter().map(|(_, modality, item)| (modality, item)).collect(),
    }
}

/// The date of the most exact telling; of those that mean the same days, one that states the year.
fn when(members: &[&Telling<'_>]) -> When {
    let certainty = |t: &Telling<'_>| {
        let TellingKey { value, resolved, .. } = t.key;
        let value = value.as_deref().or(resolved.as_deref());
        value.map_or(Certainty::Open, |value| Certainty::of(value, resolved.as_deref()))
    };
    let same = members.iter().filter(|member| member.days == members[0].days);
    let core = same.min_by_key(|member| certainty(member)).unwrap_or(&members[0]);
    let TellingKey { value, resolved, .. } = core.key;
    When {
        certainty: certainty(core),
        first: core.days.and_then(|days| days.first).map(iso),
        last: core.days.and_then(|days| days.last).map(iso),
        basis: core.fact.bases.most().cloned(),
        value: value.clone(),
        resolved: resolved.clone(),
    }
}

/// Those who act stand before those who are acted on, and both before the surroundings.
fn rank(role: &str) -> usize {
    const ORDER: [&str; 25] = [
        "host",
        "inviter",
        "sender",
        "visitor",
        "co-chair",
        "chair",
        "head",
        "signatory",
        "donor",
        "appointer",
        "appointee",
        "participant",
        "guest",
        "invitee",
        "recipient",
        "via",
        "party",
        "attendee",
        "organizer",
        "organiser",
        "visited",
        "destination",
        "agreement",
        "event",
        "occasion",
    ];
    ORDER.iter().position(|known| *known == role).unwrap_or(12)
}

/// Gives every event an id from its kind, its first three principals and its day, or the document
/// where the day is open.
fn name_events(events: &mut [LedgerEvent], names: &Entities) {
    let mut taken: BTreeMap<String, usize> = BTreeMap::new();
    for event in events {
        let people = event.participants.iter().filter(|p| !OBJECTS.contains(&&*p.roles[0]));
        let mut people: Vec<String> = people
            .filter(|p| p.entity.starts_with("per:") || p.entity.starts_with("org:"))
            .take(3)
            .map(|p| slug(&name_of(&p.entity, names)))
            .collect();
        if people.is_empty() {
            people = event
                .participants
                .iter()
                .take(2)
                .map(|p| slug(&name_of(&p.entity, names)))
                .collect();
        }
        people.sort();
        let day = event.days.and_then(|days| days.first).map(iso);
        let document = || event.evidence.iter().map(|(_, e)| e.document.clone()).min();
        let time = day.or_else(document);
        let kind = event.kind.as_str().to_lowercase();
        let id = format!("{kind}:{}:{}", people.join("+"), time.unwrap_or_default());
        let count = taken.entry(id.clone()).or_default();
        *count += 1;
        event.id = if *count == 1 { id } else { format!("{id}~{count}") };
    }
}
