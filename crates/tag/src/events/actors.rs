//! Who stands where in a sentence: the phrases that name somebody, with their titles, and dates.

use std::sync::LazyLock;

use bantin_document::{MentionType, Spanned, Tag};
use bantin_text::Span;

use super::clause::{Clause, phrase};
use super::when::When;
use crate::honorifics::{FORMERLY, HONORIFICS};
use crate::identity::Cast;

/// What an actor is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    Person,
    Organisation,
    Place,
    Group,
    /// A named event, agreement or product.
    Thing(MentionType),
}

impl Kind {
    /// True for two that may act together: `Việt Nam và ASEAN`.
    pub(super) fn joins(self, other: Kind) -> bool {
        let body = |kind| matches!(kind, Kind::Organisation | Kind::Place);
        self == other || body(self) && body(other)
    }
}

/// A noun phrase that names entities, with the titles around it.
#[derive(Clone, Debug)]
pub(super) struct Actor {
    /// First atom, titles and honorific included.
    pub(super) first: usize,
    /// Behind the last atom, appositions included.
    pub(super) end: usize,
    /// The first atom of the name itself.
    pub(super) head: usize,
    pub(super) entities: Vec<usize>,
    pub(super) kind: Kind,
    /// By a bare title or pronoun.
    pub(super) anaphor: bool,
}

/// A date of the sentence, or a stretch.
#[derive(Clone, Copy, Debug)]
pub(super) struct Dated {
    pub(super) first: usize,
    pub(super) end: usize,
    pub(super) when: When,
    /// Inside the name of an event or agreement.
    pub(super) nested: bool,
}

/// The phrases of a sentence.
#[derive(Debug, Default)]
pub(super) struct Phrases {
    pub(super) actors: Vec<Actor>,
    pub(super) dates: Vec<Dated>,
    pub(super) titles: Vec<(usize, usize)>,
}

// What may stand before a name and its titles.
static BEFORE_NAMES: LazyLock<Vec<u64>> = LazyLock::new(|| {
    let others = ["các", "phu", "nhân", "cùng", "nữ", "riêng"];
    let words = HONORIFICS.into_iter().chain(FORMERLY).chain(others);
    let mut keys: Vec<u64> = words.flat_map(phrase).collect();
    keys.sort_unstable();
    keys
});

impl Phrases {
    pub(super) fn of(clause: &Clause<'_>, tag: &Tag, cast: &Cast) -> Phrases {
        let mut phrases = Phrases::default();
        phrases.read_mentions(clause, tag, cast);
        phrases.read_groups(clause, tag, cast);
        phrases.actors.sort_by_key(|a| (a.head, std::cmp::Reverse(a.end)));
        phrases.attach_titles(clause, tag, cast);
        phrases
    }

    fn read_mentions(&mut self, clause: &Clause<'_>, tag: &Tag, cast: &Cast) {
        let first =
            tag.mentions.partition_point(|m| m.span().start() < clause.sentence.span.start());
        let mut covered = 0; // end of the last thing, organisation or place: what is inside is part of it
        let mut in_thing = 0;
        for i in first..tag.mentions.len() {
            let mention = &tag.mentions[i];
            let span = mention.span();
            if span.start() >= clause.sentence.span.end() {
                break;
            }
            let (first, end) = clause.atoms_of(span);
            let kind = match mention.kind {
                MentionType::Date => {
                    let nested = span.start() < in_thing;
                    let date = Dated { first, end, when: When::of(i), nested };
                    let stretch = self.dates.last().and_then(|b| stretch(clause, b, &date, tag));
                    if stretch.is_some() {
                        self.dates.pop();
                    }
                    self.dates.push(stretch.unwrap_or(date));
                    continue;
                }
                MentionType::Title if cast.holders[i].is_none() => {
                    self.titles.push((first, end));
                    covered = covered.max(span.end());
                    continue;
                }
                MentionType::Title => {
                    covered = covered.max(span.end());
                    continue;
                }
                MentionType::Qty => continue,
                MentionType::Per => Kind::Person,
                MentionType::Org => Kind::Organisation,
                MentionType::Loc => Kind::Place,
                kind => Kind::Thing(kind),
            };
            if let Kind::Thing(_) = kind {
                in_thing = in_thing.max(span.end());
            }
            if span.start() < covered && kind != Kind::Person {
                continue;
            }
            if kind != Kind::Person {
                covered = covered.max(span.end());
            }
            if let Some(entity) = cast.of_mention[i] {
                let entities = vec![entity];
                let actor = Actor { first, end, head: first, entities, kind, anaphor: false };
                self.actors.push(actor);
            }
        }
    }

    fn read_groups(&mut self, clause: &Clause<'_>, tag: &Tag, cast: &Cast) {
        let groups = tag.groups.as_deref().unwrap_or_default();
        let mut covered = 0;
        let from = groups.partition_point(|g| g.span().start() < clause.sentence.span.start());
        for group in &groups[from..] {
            let span = group.span();
            if span.start() >= clause.sentence.span.end() {
                break;
            }
            if span.start() < covered {
                continue;
            }
            covered = span.end();
            let (first, end) = clause.atoms_of(span);
            let entities: Vec<usize> = group.refs.iter().filter_map(|id| cast.find(id)).collect();
            let persons = entities.iter().all(|e| cast.entities[*e].kind == MentionType::Per);
            self.actors.retain(|a| a.head < first || a.head >= end);
            // "Bộ Quốc phòng hai nước" is not the two countries, nor one ministry.
            let before = self.actors.len();
            self.actors
                .retain(|a| a.kind != Kind::Organisation || a.end < first || a.first > first);
            if self.actors.len() < before {
                continue;
            }
            let anaphor = persons;
            self.actors.push(Actor {
                first,
                end,
                head: first,
                entities,
                kind: Kind::Group,
                anaphor,
            });
        }
    }

    /// Titles and honorifics before a name and appositions behind it belong to the phrase; a
    /// title that stands for a person by itself is a phrase.
    fn attach_titles(&mut self, clause: &Clause<'_>, tag: &Tag, cast: &Cast) {
        let first =
            tag.mentions.partition_point(|m| m.span().start() < clause.sentence.span.start());
        let titles: Vec<(usize, usize, usize)> = (first..tag.mentions.len())
            .take_while(|i| tag.mentions[*i].span().start() < clause.sentence.span.end())
            .filter(|i| tag.mentions[*i].kind == MentionType::Title)
            .filter_map(|i| {
                let (first, end) = clause.atoms_of(tag.mentions[i].span());
                Some((first, end, cast.holders[i]?))
            })
            .collect();
        let mut used = vec![false; titles.len()];
        let mut actors = std::mem::take(&mut self.actors);
        for actor in actors.iter_mut().filter(|a| a.kind == Kind::Person) {
            let person = actor.entities[0];
            // Leftwards, nearest first.
            loop {
                let mut at = actor.first;
                while at > clause.sentence.atoms.start
                    && BEFORE_NAMES.binary_search(&clause.words[at - 1]).is_ok()
                {
                    at -= 1;
                }
                let comma = at > clause.sentence.atoms.start
                    && [",", "-", "–", "("].iter().any(|m| clause.is(at - 1, m));
                let found = titles.iter().enumerate().find(|(t, (_, end, holder))| {
                    !used[*t] && *holder == person && (*end == at || comma && *end == at - 1)
                });
                match found {
                    Some((t, (first, ..))) => {
                        used[t] = true;
                        actor.first = *first;
                    }
                    None => {
                        actor.first = at;
                        break;
                    }
                }
            }
            loop {
                let mut at = actor.end;
                while at < clause.sentence.atoms.end
                    && [",", "-", "–", "(", ")", "và", "nguyên", "kiêm"]
                        .iter()
                        .any(|m| clause.is(at, m))
                {
                    at += 1;
                }
                let found = titles
                    .iter()
                    .enumerate()
                    .find(|(t, (first, _, holder))| !used[*t] && *holder == person && *first == at);
                match found {
                    Some((t, (_, end, _))) => {
                        used[t] = true;
                        actor.end = *end;
                    }
                    None => break,
                }
            }
        }
        self.actors = actors;
        let grouped = |first: usize| {
            self.actors.iter().any(|a| a.kind == Kind::Group && a.first <= first && first < a.end)
        };
        let mut bare: Vec<Actor> = Vec::new();
        let mut covered = 0;
        for ((first, end, person), used) in titles.iter().zip(&used) {
            if !used && *first >= covered && !grouped(*first) {
                covered = *end;
                bare.push(Actor {
                    first: *first,
                    end: *end,
                    head: *first,
                    entities: vec![*person],
                    kind: Kind::Person,
                    anaphor: true,
                });
            }
        }
        self.actors.extend(bare);
        for i in 0..self.actors.len() {
            if self.actors[i].kind == Kind::Person {
                self.actors[i].first = self.counterpart(clause, self.actors[i].first);
            }
        }
        self.actors.sort_by_key(|a| (a.first, std::cmp::Reverse(a.end)));
    }

    /// The first atom of `người đồng cấp Nga` before a name, or of the name.
    fn counterpart(&self, clause: &Clause<'_>, first: usize) -> usize {
        let country = self.actors.iter().find(|a| a.kind == Kind::Place && a.end == first);
        let at = country.map_or(first, |a| a.first);
        let start = clause.sentence.atoms.start;
        if at >= start + 2
            && clause.is(at - 2, "đồng")
            && ["cấp", "nhiệm", "sự"].iter().any(|w| clause.is(at - 1, w))
        {
            let person = at >= start + 3 && clause.is(at - 3, "người");
            return at - 2 - usize::from(person);
        }
        first
    }
}

impl Clause<'_> {
    /// The atoms of a mention.
    fn atoms_of(&self, span: Span) -> (usize, usize) {
        let atoms = &self.reading.atoms[self.sentence.atoms.clone()];
        let first = atoms.partition_point(|a| a.span.end() <= span.start());
        let end = atoms.partition_point(|a| a.span.start() < span.end());
        (self.sentence.atoms.start + first, self.sentence.atoms.start + end.max(first))
    }
}

/// The stretch that two dates are the ends of: `28/5 đến hết ngày 2/6`.
fn stretch(clause: &Clause<'_>, begin: &Dated, end: &Dated, tag: &Tag) -> Option<Dated> {
    let at = begin.end + usize::from(clause.is(begin.end, "cho"));
    let leads = ["đến", "tới", "-", "–"].iter().any(|w| clause.is(at, w));
    let at = at + 1 + usize::from(clause.is(at + 1, "hết"));
    let when = begin.when.until(end.when, tag)?;
    (leads && at == end.first && begin.nested == end.nested).then_some(Dated {
        end: end.end,
        when,
        ..*begin
    })
}
