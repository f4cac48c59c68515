//! The fifth step: mentions of several entities at once: `hai Bộ trưởng`, `hai nước`, `nước ta`.

mod sides;

use std::collections::BTreeMap;
use std::sync::LazyLock;

use bantin_document::{Extent, Group, MentionType, Spanned, Tag};
use bantin_text::Span;
use bantin_text::keys::syllable_key;

use self::sides::{Meeting, Role};
use crate::identity::places::{VIET_NAM, keys, same_word};
use crate::identity::{Cast, Draft, is_kept};
use crate::reading::Reading;
use crate::signs::{self, Signs};

/// Adds the groups of the article to the layer.
pub(crate) fn add(reading: &Reading<'_>, words: &[u64], tag: &mut Tag, cast: &Cast) {
    let finder = Finder::new(reading, words, tag, cast);
    let mut groups: Vec<Group> = Vec::new();
    let begun =
        reading.sentences.iter().filter(|s| s.zone.is_kept() && s.signs & signs::GROUP != 0);
    for sentence in begun {
        let mut from = sentence.atoms.start;
        while let Some(at) = reading.sign_in(from..sentence.atoms.end, signs::GROUP) {
            match finder.group(at, sentence.atoms.end) {
                Some((end, members)) => {
                    if members.len() == 2
                        && let Some((first, members)) =
                            finder.office_before(at, sentence.atoms.start)
                    {
                        groups.push(group(reading, cast, first, end, &members));
                    }
                    groups.push(group(reading, cast, at, end, &members));
                    from = end;
                }
                None => from = at + 1,
            }
        }
    }
    tag.groups = Some(groups);
}

/// Says which words begin a group, `hai` and the `nước` of `nước ta`, or tell of a meeting.
pub(crate) fn signs(table: &mut Vec<(u64, Signs)>) {
    table.extend(["hai", "2", "nước"].map(|word| (syllable_key(word), signs::GROUP)));
    table.extend(sides::verbs().map(|word| (word, signs::MEETING)));
}

fn group(reading: &Reading<'_>, cast: &Cast, first: usize, end: usize, members: &[usize]) -> Group {
    let span = Span::new(reading.atoms[first].span.start(), reading.atoms[end - 1].span.end());
    let Extent { start, end } = span.into();
    let mut refs: Vec<String> = members.iter().map(|m| cast.entities[*m].id.clone()).collect();
    refs.sort();
    Group { start, end, refs }
}

/// So many mentions of persons before and behind a group can be its members.
const NEAR: usize = 120;

/// So many sentences behind a meeting `hai bên` still are those who met.
const RECALLED: usize = 4;

struct Finder<'a> {
    reading: &'a Reading<'a>,
    cast: &'a Cast,
    /// Keys of all atoms.
    words: &'a [u64],
    pairs: Vec<Pair>,
    /// The pair named most often.
    common: Option<Pair>,
    meetings: Vec<Meeting>,
    /// What each named place does.
    roles: Vec<Role>,
    /// Mentions of persons in the article: place and entity.
    persons: Vec<(usize, usize)>,
    /// The titles of persons.
    titles: Vec<(usize, Office)>,
}

/// Two countries named side by side, and how often the article does so.
#[derive(Clone, Copy)]
struct Pair {
    at: usize,
    countries: [usize; 2],
    count: usize,
}

macro_rules! word {
    ($name:ident, $($word:literal),+) => {
        static $name: LazyLock<Vec<u64>> = LazyLock::new(|| vec![$(syllable_key($word)),+]);
    };
}

word!(TWO, "hai", "2");
word!(COUNTRY, "nước", "bên", "phía");
/// Titles of those who lead a country.
static HEADS: LazyLock<Vec<Vec<u64>>> = LazyLock::new(|| {
    [
        "tổng thống",
        "thủ tướng",
        "chủ tịch nước",
        "tổng bí thư",
        "quốc vương",
        "nhà vua",
        "vua",
        "nữ hoàng",
        "nhật hoàng",
        "thủ hiến",
        "tân tổng thống",
        "tân thủ tướng",
        "chủ tịch trung quốc",
        "chủ tịch cuba",
        "nhà lãnh đạo",
    ]
    .iter()
    .map(|title| keys(title))
    .collect()
});

word!(LEADERS, "ông", "vị", "người", "nhà", "bà", "đồng");

impl<'a> Finder<'a> {
    fn new(reading: &'a Reading<'a>, words: &'a [u64], tag: &Tag, cast: &'a Cast) -> Finder<'a> {
        let persons = (0..tag.mentions.len())
            .filter(|i| is_kept(tag, *i))
            .filter_map(|i| cast.person(tag, i).map(|p| (tag.mentions[i].span().start(), p)))
            .collect();
        let roles = sides::roles(reading, words, tag);
        let pairs = pairs(reading, tag, cast, &roles);
        let meetings = sides::meetings(reading, words, tag, cast, &roles);
        let common = pairs.iter().rev().max_by_key(|p| p.count).copied();
        let titles = cast
            .entities
            .iter()
            .enumerate()
            .filter(|(_, e)| !e.mentions.is_empty())
            .flat_map(|(i, e)| e.titles.iter().take(12).map(move |t| (i, t)))
            .take(400)
            .map(|(i, t)| {
                let capitals =
                    t.split_whitespace().map(|w| w == "các" || w.starts_with(char::is_uppercase));
                (i, (keys(t), capitals.collect()))
            })
            .collect();
        Finder { reading, cast, words, pairs, common, meetings, roles, persons, titles }
    }

    /// The group at an atom: the atom behind it and its members.
    fn group(&self, at: usize, end: usize) -> Option<(usize, Vec<usize>)> {
        let word = |i: usize| if i < end { self.words[i] } else { 0 };
        let text = self.reading.text();
        let is = |i: usize, surface: &str| {
            i < end && same_word(&text[self.reading.atoms[i].span], surface)
        };
        let place = self.reading.atoms[at].span.start();
        if is(at, "nước") && is(at + 1, "ta") {
            return Some((at + 2, vec![self.cast.find(VIET_NAM)?]));
        }
        if !TWO.contains(&word(at)) {
            return None;
        }
        let country = COUNTRY.contains(&word(at + 1));
        let nation = is(at + 1, "quốc") && is(at + 2, "gia");
        if country || nation {
            let next = at + 2 + usize::from(nation);
            // "hai bên đường", "hai phía cầu" are sides of a road.
            if ["đường", "cầu", "bờ", "lề", "cánh", "má", "sông", "mép"].iter().any(|w| is(next, w))
            {
                return None;
            }
            // "đèn treo ở hai bên", "dọc hai bên"
            if !is(at + 1, "nước")
                && country
                && ["ở", "vào", "dọc"].iter().any(|w| at > 0 && is(at - 1, w))
            {
                return None;
            }
            // "hai bên" are who met last, "hai nước" the countries named together.
            // People are sides only where the article names no two countries together.
            let met = self.met(place).filter(|meeting| {
                let sentence = self.reading.sentences.partition_point(|s| s.span.end() <= place);
                country
                    && !is(at + 1, "nước")
                    && sentence <= meeting.sentence + RECALLED
                    && (meeting.countries || self.common.is_none())
            });
            let members = met.map(|meeting| meeting.sides).or_else(|| self.countries(place))?;
            return Some((next, members.to_vec()));
        }
        // "hai Bộ trưởng", "2 đồng Chủ tịch Phân ban": the longest title that two people bear.
        let first = at + 1 + usize::from(is(at + 1, "đồng"));
        let longest = (first + 1..=(first + 6).min(end)).rev().find_map(|stop| {
            self.bearers(&self.words[first..stop], place).map(|members| (stop, members))
        });
        if longest.is_some() {
            return longest;
        }
        if LEADERS.contains(&word(at + 1)) {
            let next = match (is(at + 1, "nhà"), is(at + 2, "lãnh"), is(at + 3, "đạo")) {
                (true, true, true) => at + 4,
                (true, ..) => return None,
                _ if is(at + 1, "đồng") && is(at + 2, "chí") => at + 3,
                _ if is(at + 1, "vị") => at + 2,
                _ => return None,
            };
            // "hai nhà lãnh đạo" are heads of state or government where two of them are named.
            let leader = is(at + 1, "nhà").then(|| self.recent(place, |p| self.leads(p))).flatten();
            let members = leader.or_else(|| self.recent(place, |_| true))?;
            return Some((next, members));
        }
        None
    }

    /// `Tổng Tham mưu trưởng hai nước`: the first atom of a title before `at` that two people
    /// bear, and these two.
    fn office_before(&self, at: usize, first: usize) -> Option<(usize, Vec<usize>)> {
        (2..=6.min(at - first)).rev().find_map(|words| {
            let place = self.reading.atoms[at - words].span.start();
            let members = self.bearers(&self.words[at - words..at], place)?;
            Some((at - words, members))
        })
    }

    /// The two countries that a place in the text speaks of.
    fn countries(&self, at: usize) -> Option<[usize; 2]> {
        let before = self.pairs.partition_point(|p| p.at < at);
        if let Some(common) = self.common {
            // A pair named once among many of another, as a translation machine does, is no pair.
            let last = before.checked_sub(1).map(|i| &self.pairs[i]);
            let last = last.filter(|pair| 2 * pair.count >= common.count);
            return Some(last.map_or(common.countries, |pair| pair.countries));
        }
        if let Some(meeting) = self.met(at).filter(|meeting| meeting.countries) {
            return Some(meeting.sides);
        }
        // No pair stands side by side: the two countries that are named most. Others than that of
        // the reader stand behind where they are only the goal of a journey.
        let narrator = self.cast.find(VIET_NAM);
        let count = |e: &Draft, roles: &[Role]| {
            e.mentions.iter().filter(|m| roles.contains(&self.roles[**m])).count()
        };
        let mut counts: Vec<(usize, usize, usize)> = self
            .cast
            .entities
            .iter()
            .enumerate()
            .filter(|(_, e)| e.kind == MentionType::Loc && e.country == Some(&e.id))
            .map(|(i, e)| match (count(e, &[Role::Side, Role::Office]), count(e, &[Role::Goal])) {
                (sides, goals) if Some(i) == narrator => (sides + goals, 0, i),
                (sides, goals) => (sides, goals, i),
            })
            .filter(|(sides, goals, _)| sides + goals > 0)
            .collect();
        counts.sort_by_key(|(sides, goals, i)| (std::cmp::Reverse((*sides, *goals)), *i));
        match counts[..] {
            [(.., a), (.., b), ..] => Some([a, b]),
            // The other is that of the reader: "gặp Ngoại trưởng Mỹ tại Việt Nam".
            [(.., a)] => Some([narrator.filter(|narrator| *narrator != a)?, a]),
            [] => None,
        }
    }

    /// The last meeting before a place in the text.
    fn met(&self, at: usize) -> Option<&Meeting> {
        let before = self.meetings.partition_point(|meeting| meeting.at < at);
        self.meetings[..before].last()
    }

    /// The two people who bear a title, those of whom the text spoke last.
    fn bearers(&self, title: &[u64], at: usize) -> Option<Vec<usize>> {
        let bears =
            |person: usize| self.titles.iter().any(|(p, t)| *p == person && begins(t, title));
        if title.is_empty() || !self.titles.iter().any(|(_, t)| begins(t, title)) {
            return None;
        }
        self.recent(at, bears)
    }

    /// True for a head of state, government or party.
    fn leads(&self, person: usize) -> bool {
        self.titles.iter().any(|(p, title)| *p == person && HEADS.iter().any(|h| begins(title, h)))
    }

    /// The two people of a kind who were named last before a place, of two countries if there
    /// are any such.
    fn recent(&self, at: usize, fits: impl Fn(usize) -> bool) -> Option<Vec<usize>> {
        let before = self.persons.partition_point(|(start, _)| *start < at);
        let mut found: Vec<usize> = Vec::new();
        for (_, person) in self.persons[..before]
            .iter()
            .rev()
            .take(NEAR)
            .chain(self.persons[before..].iter().take(NEAR))
        {
            if !found.contains(person) && fits(*person) {
                found.push(*person);
            }
        }
        let country = |p: usize| self.cast.entities[p].country;
        let first = *found.first()?;
        let other = found[1..]
            .iter()
            .copied()
            .find(|p| country(*p) != country(first))
            .or_else(|| found.get(1).copied())?;
        Some(vec![first, other])
    }
}

/// True when the words begin a title and leave no word of it cut: `Tổng Tham mưu` does not begin
/// `Tổng Tham mưu trưởng`, `Bộ trưởng` begins `Bộ trưởng Bộ Quốc phòng`.
fn begins((whole, capitals): &Office, words: &[u64]) -> bool {
    whole.starts_with(words) && capitals.get(words.len()).is_none_or(|capital| *capital)
}

/// The keys of a title, and which of its words can begin a name.
type Office = (Vec<u64>, Vec<bool>);

/// Countries side by side: `Việt Nam - Nga`, `giữa Việt Nam và Nga`, in the order of the text.
fn pairs(reading: &Reading<'_>, tag: &Tag, cast: &Cast, roles: &[Role]) -> Vec<Pair> {
    let text = reading.text();
    let countries: Vec<(Span, usize, Role)> = (0..tag.mentions.len())
        .filter(|i| tag.mentions[*i].kind == MentionType::Loc && is_kept(tag, *i))
        .filter_map(|i| {
            let entity = cast.of_mention[i]?;
            let span = tag.mentions[i].span();
            cast.entities[entity].country.is_some().then_some((span, entity, roles[i]))
        })
        .collect();
    let mut pairs: Vec<Pair> = countries
        .windows(2)
        .filter(|pair| pair[0].2 != Role::Site)
        .filter(|pair| pair[0].1 != pair[1].1 && pair[0].0.end() <= pair[1].0.start())
        .filter(|pair| {
            let between = text[pair[0].0.end()..pair[1].0.start()].trim();
            matches!(between, "-" | "–" | "—" | "và" | "với" | "," | "và nước")
        })
        .map(|pair| {
            let (a, b) = (pair[0].1, pair[1].1);
            Pair { at: pair[0].0.start(), countries: [a.min(b), a.max(b)], count: 0 }
        })
        .collect();
    let mut counts: BTreeMap<[usize; 2], usize> = BTreeMap::new();
    for pair in &pairs {
        *counts.entry(pair.countries).or_default() += 1;
    }
    for pair in &mut pairs {
        pair.count = counts[&pair.countries];
    }
    pairs
}
