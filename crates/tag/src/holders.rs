//! The fourth step: which person holds each title.
//!
//! Titles and names stand in runs, held together by commas, brackets and honorifics:
//! `Đại tướng Ngô Xuân Lịch, Ủy viên Bộ Chính trị, … Bộ trưởng Bộ Quốc phòng`. A title right
//! before a name is that person's; one behind a comma belongs to the name before it, or, where
//! none stands there, to the next.

use bantin_document::{MentionType, Spanned, Tag};
use bantin_text::Span;
use bantin_text::keys::lowercase;

use crate::honorifics::{FORMERLY, HONORIFICS};
use crate::identity::places::{VIET_NAM, keys};
use crate::identity::{Cast, is_kept};
use crate::reading::Reading;

/// A bare title is looked for among so many that were borne last.
const RECALLED: usize = 400;

/// More titles than these nobody has in one sentence.
const CHAIN: usize = 16;

/// What stands between two items of a run.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Gap {
    /// Nothing, an honorific, the country of the office.
    Adjacent,
    /// A comma, dash or bracket.
    Comma,
    /// `và`
    And,
    /// `do ông`: the head of what is named before.
    By,
    /// `là`, `làm`, `giữ chức`: the title of the subject.
    As,
    /// Anything else ends the run.
    Other,
}

/// A title or person in a sentence.
#[derive(Clone, Copy, Debug)]
struct Item {
    mention: usize,
    span: Span,
    person: Option<usize>,
}

/// Writes the holder of every title it finds one for, the titles of every person, and the
/// country that each acts for.
pub(crate) fn add(reading: &Reading<'_>, tag: &Tag, cast: &mut Cast) {
    let mut holder = std::mem::take(&mut cast.holders);
    let mut at = 0;
    for sentence in &reading.sentences {
        while at < tag.mentions.len() && tag.mentions[at].span().start() < sentence.span.start() {
            at += 1;
        }
        let first = at;
        while at < tag.mentions.len() && tag.mentions[at].span().start() < sentence.span.end() {
            at += 1;
        }
        let items = items(tag, cast, first..at);
        assign(reading, tag, &items, first..at, &mut holder);
    }
    countries(reading, tag, cast, &holder);
    let anaphors = recall(reading, tag, cast, &holder);
    for (title, person) in anaphors {
        holder[title] = Some(person);
    }
    for (title, person) in holder.iter().enumerate() {
        let Some(person) = *person else { continue };
        let surface = &tag.mentions[title].surface;
        if is_kept(tag, title) && !cast.entities[person].titles.contains(surface) {
            cast.entities[person].titles.push(surface.clone());
        }
    }
    cast.holders = holder;
}

/// Titles and persons of a sentence that lie in no other title, in order.
fn items(tag: &Tag, cast: &Cast, range: std::ops::Range<usize>) -> Vec<Item> {
    let mut items: Vec<Item> = Vec::new();
    let mut covered = 0;
    for i in range {
        let mention = &tag.mentions[i];
        let span = mention.span();
        if !matches!(mention.kind, MentionType::Title | MentionType::Per) || span.start() < covered
        {
            continue;
        }
        covered = span.end();
        items.push(Item { mention: i, span, person: cast.person(tag, i) });
    }
    items
}

fn assign(
    reading: &Reading<'_>,
    tag: &Tag,
    items: &[Item],
    range: std::ops::Range<usize>,
    holder: &mut [Option<usize>],
) {
    let gap = |i: usize| gap(reading, tag, range.clone(), items[i].span, items[i + 1].span);
    let gaps: Vec<Gap> = (0..items.len().saturating_sub(1)).map(gap).collect();
    let is_person = |i: usize| tag.mentions[items[i].mention].kind == MentionType::Per;
    for i in 0..items.len() {
        if is_person(i) {
            continue;
        }
        // Right before a name, through other titles: "Bộ trưởng … Nga Đại tướng Sergei Shoigu".
        let mut right = i;
        while right + 1 < items.len()
            && right < i + CHAIN
            && gaps[right] == Gap::Adjacent
            && !is_person(right)
        {
            right += 1;
        }
        if is_person(right) {
            holder[items[i].mention] = items[right].person;
            continue;
        }
        // "A và Tổng thống Belarus - B"
        if i > 0
            && i + 1 < items.len()
            && (gaps[i - 1], gaps[i]) == (Gap::And, Gap::Comma)
            && is_person(i - 1)
            && is_person(i + 1)
        {
            holder[items[i].mention] = items[i + 1].person;
            continue;
        }
        // Behind a name: "Ngô Xuân Lịch, Ủy viên …, Bộ trưởng …", "… làm trưởng đoàn".
        let mut left = i;
        let mut found = None;
        while left > 0
            && left + CHAIN > i
            && matches!(gaps[left - 1], Gap::Comma | Gap::Adjacent | Gap::As | Gap::And)
        {
            left -= 1;
            if is_person(left) {
                found = items[left].person;
                break;
            }
            // A title that leads to another name ends the chain.
            if holder[items[left].mention].is_none() {
                break;
            }
            if left > 0 && gaps[left - 1] == Gap::Other {
                break;
            }
        }
        if found.is_some() {
            holder[items[i].mention] = found;
            continue;
        }
        // Before a name, with a comma or "do ông" between.
        let mut right = i;
        while right + 1 < items.len()
            && right < i + CHAIN
            && gaps[right] != Gap::Other
            && gaps[right] != Gap::As
        {
            right += 1;
            if is_person(right) {
                holder[items[i].mention] = items[right].person;
                break;
            }
        }
        // "Chủ tịch là ông X"
        if holder[items[i].mention].is_none()
            && i + 1 < items.len()
            && gaps[i] == Gap::As
            && is_person(i + 1)
        {
            holder[items[i].mention] = items[i + 1].person;
        }
        // "ông X được bầu làm Chủ tịch": the subject, however far.
        if holder[items[i].mention].is_none()
            && i > 0
            && gaps[i - 1] == Gap::Other
            && said_of_subject(reading, items[i - 1].span, items[i].span)
            && let Some(person) = (0..i).rev().take(CHAIN).find(|k| is_person(*k))
        {
            holder[items[i].mention] = items[person].person;
        }
    }
}

/// What else may stand between a title and its holder.
const JOINS: [&str; 5] = ["các", "gồm", "kiêm", "đồng thời là", "hiện là"];

/// Words that part nothing.
fn lead_on() -> impl Iterator<Item = &'static str> {
    HONORIFICS.into_iter().chain(FORMERLY).chain(JOINS)
}

fn gap(reading: &Reading<'_>, tag: &Tag, range: std::ops::Range<usize>, a: Span, b: Span) -> Gap {
    let text = reading.text();
    if b.start() - a.end() > 120 {
        return Gap::Other;
    }
    let mut between = lowercase(&text[a.end()..b.start()]);
    // The country behind an office, "Tướng Nga X", is no gap; nor is "nước ta".
    let inner = &tag.mentions[range.clone()];
    let from = range.start + inner.partition_point(|m| m.span().start() < a.end());
    for i in from..range.end {
        let span = tag.mentions[i].span();
        if span.start() >= b.start() {
            break;
        }
        if tag.mentions[i].kind == MentionType::Loc
            && span.start() >= a.end()
            && span.end() <= b.start()
        {
            between = between.replacen(&lowercase(&tag.mentions[i].surface), "", 1);
        }
    }
    let between = between.trim();
    if between.is_empty() || lead_on().any(|word| word == between) {
        return Gap::Adjacent;
    }
    let core = between.trim_matches(|c: char| c.is_whitespace() || ",-–—();:·".contains(c));
    let marked = core.len() < between.len();
    let mut plain = core;
    for honorific in lead_on() {
        plain = plain.strip_suffix(honorific).map_or(plain, str::trim_end);
    }
    match plain {
        "" if between.contains(';') => Gap::Other,
        "" if marked => Gap::Comma,
        "" => Gap::Adjacent,
        "và" | "cùng" | "cùng với" | "với" => Gap::And,
        "do" => Gap::By,
        "là"
        | "làm"
        | "giữ chức"
        | "giữ chức vụ"
        | "với tư cách"
        | "với tư cách là"
        | "đồng thời" => Gap::As,
        _ => Gap::Other,
    }
}

/// `được bổ nhiệm giữ chức`, `trên cương vị`, `vào vị trí` right before a title.
fn said_of_subject(reading: &Reading<'_>, a: Span, b: Span) -> bool {
    if b.start() - a.end() > 80 {
        return false;
    }
    let between = lowercase(&reading.text()[a.end()..b.start()]);
    let between = between.trim();
    !between.is_empty()
        && [
            "làm",
            "là",
            "giữ chức",
            "chức",
            "chức vụ",
            "cương vị",
            "vai trò",
            "với tư cách",
            "giữ chức vụ",
        ]
        .iter()
        .any(|end| between.ends_with(end))
}

/// Which country each person acts for: by their titles, else by the shape of the name.
fn countries(reading: &Reading<'_>, tag: &Tag, cast: &mut Cast, holder: &[Option<usize>]) {
    let mut votes: Vec<Vec<(&'static str, usize)>> = vec![Vec::new(); cast.entities.len()];
    let mut vote = |person: usize, country: &'static str, weight: usize| {
        let of_person = &mut votes[person];
        match of_person.iter_mut().find(|(c, _)| *c == country) {
            Some((_, n)) => *n += weight,
            None => of_person.push((country, weight)),
        }
    };
    for (title, person) in holder.iter().enumerate() {
        let Some(person) = *person else { continue };
        let span = tag.mentions[title].span();
        let last = tag.mentions[title..]
            .iter()
            .take_while(|m| m.span().start() < span.end())
            .zip(title..)
            .filter(|(m, _)| m.kind == MentionType::Loc)
            .filter_map(|(_, i)| cast.of_mention[i].and_then(|e| cast.entities[e].country))
            .last();
        if let Some(country) = last {
            vote(person, country, 2);
        } else if tag.mentions[title].surface.contains("nước ta") {
            vote(person, VIET_NAM, 2);
        }
    }
    for person in 0..cast.entities.len() {
        let entity = &cast.entities[person];
        if entity.kind != MentionType::Per {
            continue;
        }
        if entity.vietnamese {
            // A translation machine writes "Tướng Nga Phùng Quang Thanh": one stray country does
            // not outweigh the name.
            vote(person, VIET_NAM, 3);
        } else {
            // "Đoàn đại biểu Bộ Quốc phòng Nga do Thứ trưởng … Antonov dẫn đầu"
            for mention in &entity.mentions {
                if let Some(country) = led(reading, tag, cast, *mention) {
                    vote(person, country, 1);
                }
            }
        }
    }
    for (person, of_person) in votes.into_iter().enumerate() {
        if cast.entities[person].kind == MentionType::Per {
            let best = of_person.into_iter().rev().max_by_key(|(_, n)| *n);
            cast.entities[person].country = best.map(|(country, _)| country);
        }
    }
}

/// The country of the delegation that a person leads.
fn led(reading: &Reading<'_>, tag: &Tag, cast: &Cast, mention: usize) -> Option<&'static str> {
    let at = tag.mentions[mention].span().start();
    let sentence = reading.sentence_at(at)?;
    let mut from = sentence.span.start().max(at.saturating_sub(120));
    while !reading.text().is_char_boundary(from) {
        from += 1;
    }
    let by = from + reading.text()[from..at].rfind(" do ")?;
    tag.mentions[..mention]
        .iter()
        .enumerate()
        .rev()
        .take(24)
        .take_while(|(_, m)| m.span().start() >= sentence.span.start())
        .filter(|(_, m)| m.kind == MentionType::Loc && m.span().end() <= by)
        .find_map(|(i, _)| cast.of_mention[i].and_then(|e| cast.entities[e].country))
}

/// Titles without a name: whoever bore the same one last.
fn recall(
    reading: &Reading<'_>,
    tag: &Tag,
    cast: &Cast,
    holder: &[Option<usize>],
) -> Vec<(usize, usize)> {
    let mut known: Vec<(Title, usize)> = Vec::new();
    for (title, person) in holder.iter().enumerate() {
        if let Some(person) = *person
            && is_kept(tag, title)
        {
            known.push((Title::of(tag, cast, title), person));
        }
    }
    let mut found = Vec::new();
    if known.is_empty() {
        return found;
    }
    // Persons in the order in which they were last spoken of.
    let mut last: Vec<usize> = Vec::new();
    let mut covered = 0;
    for (i, mention) in tag.mentions.iter().enumerate() {
        if let Some(person) = cast.person(tag, i) {
            if is_kept(tag, i) {
                last.retain(|p| *p != person);
                last.push(person);
            }
            continue;
        }
        if mention.kind != MentionType::Title
            || holder[i].is_some()
            || mention.span().start() < covered
            || !is_kept(tag, i)
            || !is_particular(reading, mention.span())
        {
            continue;
        }
        covered = mention.span().end();
        let title = Title::of(tag, cast, i);
        let leader = title.leads_delegation();
        let candidates = known.iter().rev().take(RECALLED).filter_map(|(other, person)| {
            let fit = title.fits(other, cast.entities[*person].country)?;
            Some((fit, last.iter().position(|p| p == person).map_or(0, |p| p + 1), *person))
        });
        let best = candidates.max().map(|(.., person)| person).or_else(|| {
            if !leader {
                return None;
            }
            let country = title.country?;
            // "Trưởng đoàn Nga": the chairman on that side, never a deputy.
            known
                .iter()
                .filter(|(other, person)| {
                    cast.entities[*person].country == Some(country) && !other.is_deputy()
                })
                .map(|(other, person)| ((other.country == Some(country)) as usize, *person))
                .max_by_key(|(explicit, person)| (*explicit, cast.entities[*person].mentions.len()))
                .map(|(_, person)| person)
        });
        if let Some(person) = best {
            found.push((i, person));
            last.retain(|p| *p != person);
            last.push(person);
        }
    }
    found
}

/// A bare title that means one person: not `các bộ trưởng`, not `hai Bộ trưởng`.
fn is_particular(reading: &Reading<'_>, span: Span) -> bool {
    let text = reading.text();
    let before = text[..span.start()].trim_end();
    let word = before.rsplit(|c: char| c.is_whitespace()).next().unwrap_or_default();
    let word = lowercase(word);
    if [
        "các", "những", "hai", "2", "ba", "3", "mỗi", "một", "nhiều", "mọi", "cấp", "chức", "bầu",
        "cử", "từng",
    ]
    .contains(&word.as_str())
    {
        return false;
    }
    let after = text[span.end()..].trim_start();
    !["các nước", "hai nước", "hai bên", "khác", "mới"].iter().any(|w| after.starts_with(w))
}

/// A title taken apart.
struct Title {
    /// Keys of the words before the first organisation or place.
    head: Vec<u64>,
    /// Keys of all its words.
    whole: Vec<u64>,
    country: Option<&'static str>,
    has_complement: bool,
}

impl Title {
    fn of(tag: &Tag, cast: &Cast, title: usize) -> Title {
        let mention = &tag.mentions[title];
        let span = mention.span();
        let inside = || {
            (title + 1..tag.mentions.len())
                .take_while(|i| tag.mentions[*i].span().start() < span.end())
                .filter(|i| matches!(tag.mentions[*i].kind, MentionType::Org | MentionType::Loc))
        };
        let cut = inside().next().map_or(span.end(), |i| tag.mentions[i].span().start());
        let head =
            keys(&mention.surface[..cut.saturating_sub(span.start()).min(mention.surface.len())]);
        let country = inside()
            .filter_map(|i| cast.of_mention[i].and_then(|e| cast.entities[e].country))
            .last();
        Title { has_complement: cut < span.end(), head, whole: keys(&mention.surface), country }
    }

    fn leads_delegation(&self) -> bool {
        self.head.starts_with(&keys("trưởng đoàn"))
    }

    fn is_deputy(&self) -> bool {
        self.head.starts_with(&keys("phó")) || self.head.starts_with(&keys("thứ"))
    }

    /// How well a bare title names the bearer of another: the same words, or the same head
    /// without a word against it.
    fn fits(&self, other: &Title, country: Option<&str>) -> Option<u8> {
        if let (Some(a), Some(b)) = (self.country, other.country.or(country))
            && a != b
        {
            return None;
        }
        if self.whole == other.whole {
            return Some(3);
        }
        if self.head != other.head || self.head.is_empty() {
            return None;
        }
        if !self.has_complement {
            return Some(2);
        }
        // "Chủ tịch Phân ban Nga trong Ủy ban …" after "Chủ tịch Phân ban Nga", and back.
        let (short, long) = if self.whole.len() < other.whole.len() {
            (&self.whole, &other.whole)
        } else {
            (&other.whole, &self.whole)
        };
        (long.starts_with(short) && short.len() > self.head.len()).then_some(2)
    }
}
