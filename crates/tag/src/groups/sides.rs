//! Who `hai bên` are: the sides of the last meeting, never the place where it was held.

use std::sync::LazyLock;

use bantin_document::{MentionType, Spanned, Tag};
use bantin_text::keys::syllable_key;

use crate::identity::places::{VIET_NAM, keys};
use crate::identity::{Cast, is_kept};
use crate::phrases::begin_with;
use crate::reading::Reading;
use crate::signs;

/// What a named place does in its sentence.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Role {
    /// A state that acts, or one that is spoken of.
    Side,
    /// The state of an office, as a rule one that acts: `Ngoại trưởng Mỹ`, `người đồng cấp Nga`.
    Office,
    /// Where somebody goes: `đến Việt Nam`.
    Goal,
    /// Where something happens: `tại Jakarta, Indonesia`.
    Site,
}

/// The role of every mention; what is no place is a side.
pub(super) fn roles(reading: &Reading<'_>, words: &[u64], tag: &Tag) -> Vec<Role> {
    let mut roles = vec![Role::Side; tag.mentions.len()];
    let mut last: Option<(usize, Role)> = None;
    // Where the last title ends.
    let mut title = 0;
    for (i, mention) in tag.mentions.iter().enumerate() {
        if mention.kind == MentionType::Title {
            title = title.max(mention.span().end());
        }
        if mention.kind != MentionType::Loc {
            continue;
        }
        let span = mention.span();
        let first = reading.atoms.partition_point(|atom| atom.span.start() < span.start());
        let mut before = words[first.saturating_sub(4)..first].iter().rev();
        let word = before.find(|w| !CLASSIFIERS.contains(w));
        let role = match (last, word) {
            (_, Some(word)) if SITE.contains(word) => Role::Site,
            (_, Some(word)) if GOAL.contains(word) => Role::Goal,
            // "tại Jakarta, Indonesia", "tại Jakarta (Indonesia)"
            (Some((end, role)), _)
                if end <= span.start()
                    && matches!(reading.text()[end..span.start()].trim(), "," | "(" | "-") =>
            {
                role
            }
            (_, Some(word)) if PEERS.contains(word) || span.start() < title => Role::Office,
            _ => Role::Side,
        };
        roles[i] = role;
        last = Some((span.end(), role));
    }
    roles
}

/// Two who met, and where the text says so.
#[derive(Clone, Copy)]
pub(super) struct Meeting {
    pub(super) at: usize,
    /// Its sentence, counted over all zones.
    pub(super) sentence: usize,
    pub(super) sides: [usize; 2],
    /// The sides are two countries, not two people.
    pub(super) countries: bool,
}

/// One who may be a side: the country where it is known, the person if it is one.
#[derive(Clone, Copy)]
struct Party {
    at: usize,
    country: Option<usize>,
    person: Option<usize>,
    /// Of the country of the reader.
    native: bool,
}

impl Party {
    /// The sides when two parties meet, and whether they are countries: two countries, or two
    /// people that are not both of one foreign state.
    fn meets(&self, other: &Party) -> Option<([usize; 2], bool)> {
        match (self.country, other.country, self.person, other.person) {
            (Some(a), Some(b), ..) if a != b => Some(([a, b], true)),
            (Some(_), Some(_), ..) if !self.native => None,
            (.., Some(a), Some(b)) if a != b => Some(([a, b], false)),
            _ => None,
        }
    }
}

/// The first party and the next that can meet it.
fn first_two<'p>(mut parties: impl Iterator<Item = &'p Party>) -> Option<([usize; 2], bool)> {
    let first = parties.next()?;
    parties.find_map(|other| first.meets(other))
}

/// The meetings of the article, in order.
pub(super) fn meetings(
    reading: &Reading<'_>,
    words: &[u64],
    tag: &Tag,
    cast: &Cast,
    roles: &[Role],
) -> Vec<Meeting> {
    let mut found = Vec::new();
    let mut parties: Vec<Party> = Vec::new();
    for (n, sentence) in reading.sentences.iter().enumerate().filter(|(_, s)| s.zone.is_kept()) {
        let mut verbs = reading.signs_of(sentence, signs::MEETING);
        let verb = verbs.find(|at| meets(reading, words, *at));
        let Some(at) = verb else { continue };
        let bytes = |atom: usize| reading.atoms[atom].span;
        let (start, verb) = (bytes(sentence.atoms.start).start(), bytes(at).start());
        let end = bytes(sentence.atoms.end - 1).end();
        let first = tag.mentions.partition_point(|m| m.span().start() < start);
        let inside =
            (first..tag.mentions.len()).take_while(|i| tag.mentions[*i].span().start() < end);
        parties.clear();
        parties.extend(inside.filter_map(|i| party(tag, cast, roles, i)));
        let (before, after) = parties.split_at(parties.partition_point(|p| p.at < verb));
        // "… gặp …", the nearest on both sides; "Hội đàm giữa … và …"; "… và … đã hội đàm".
        let met = match (before, after) {
            (before, []) => first_two(before.iter().rev()),
            ([], after) => first_two(after.iter()),
            _ => after
                .iter()
                .find_map(|guest| before.iter().rev().find_map(|host| host.meets(guest))),
        };
        found.extend(met.map(|(sides, countries)| Meeting {
            at: verb,
            sentence: n,
            sides,
            countries,
        }));
    }
    found
}

fn party(tag: &Tag, cast: &Cast, roles: &[Role], mention: usize) -> Option<Party> {
    if !is_kept(tag, mention) {
        return None;
    }
    let at = tag.mentions[mention].span().start();
    let of_mention = cast.of_mention[mention];
    let person = match tag.mentions[mention].kind {
        MentionType::Per => of_mention?,
        MentionType::Title => cast.holders[mention]?,
        MentionType::Loc if roles[mention] == Role::Office => {
            let native = cast.entities[of_mention?].id == VIET_NAM;
            let country = of_mention.filter(|e| cast.entities[*e].country.is_some())?;
            return Some(Party { at, country: Some(country), person: None, native });
        }
        _ => return None,
    };
    let draft = &cast.entities[person];
    let vietnamese = || draft.vietnamese.then_some(VIET_NAM);
    let country = draft.country.or_else(vietnamese);
    let native = country == Some(VIET_NAM);
    let country = country.and_then(|country| cast.find(country));
    Some(Party { at, country, person: Some(person), native })
}

/// True where the words at an atom tell of a meeting.
fn meets(reading: &Reading<'_>, words: &[u64], at: usize) -> bool {
    let next = words.get(at + 1).copied().unwrap_or(0);
    if words[at] == *MEET {
        return !MISHAPS.contains(&next);
    }
    if words[at] == *RECEIVE {
        // "tiếp Đại sứ", not "tiếp tục"
        let named = reading
            .atoms
            .get(at + 1)
            .is_some_and(|atom| reading.text()[atom.span].starts_with(char::is_uppercase));
        return named || GUESTS.contains(&next);
    }
    TALKS.iter().any(|talk| begin_with(&words[at..], talk))
}

/// First words of what tells of a meeting.
pub(super) fn verbs() -> impl Iterator<Item = u64> {
    TALKS.iter().map(|talk| talk[0]).chain([*MEET, *RECEIVE])
}

fn set(list: &[&str]) -> Vec<u64> {
    list.iter().map(|word| syllable_key(word)).collect()
}

static SITE: LazyLock<Vec<u64>> = LazyLock::new(|| set(&["tại", "ở"]));
static GOAL: LazyLock<Vec<u64>> = LazyLock::new(|| set(&["đến", "sang", "tới"]));
/// `người đồng cấp Lào`, `phía Lào`
static PEERS: LazyLock<Vec<u64>> = LazyLock::new(|| set(&["cấp", "phía"]));
static CLASSIFIERS: LazyLock<Vec<u64>> =
    LazyLock::new(|| set(&["thủ", "đô", "thành", "phố", "nước", "tỉnh", "bang", "đảo"]));
static MEET: LazyLock<u64> = LazyLock::new(|| syllable_key("gặp"));
static RECEIVE: LazyLock<u64> = LazyLock::new(|| syllable_key("tiếp"));
/// `gặp khó khăn`, `gặp nạn`
static MISHAPS: LazyLock<Vec<u64>> =
    LazyLock::new(|| set(&["khó", "nạn", "phải", "sự", "rủi", "vấn", "trở", "nhiều"]));
static GUESTS: LazyLock<Vec<u64>> = LazyLock::new(|| set(&["ông", "bà", "đoàn", "ngài"]));
static TALKS: LazyLock<Vec<Vec<u64>>> = LazyLock::new(|| {
    ["hội đàm", "hội kiến", "điện đàm", "tọa đàm", "làm việc với", "trao đổi với", "đối thoại với"]
        .iter()
        .map(|talk| keys(talk))
        .collect()
});
