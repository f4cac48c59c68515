//! People: full names first, then what short forms of them the text uses.

use std::cell::OnceCell;
use std::collections::BTreeMap;

use bantin_document::{MentionType, Tag};
use bantin_names::{Name, Origin, Reason, origin, pinyin, words};
use bantin_text::keys::{lowercase, syllable_key, unaccented};

use super::knowledge::Knowledge;
use super::{Cast, is_kept, places};

/// One way in which people are named in the article.
struct Form<'t> {
    name: Name<'t>,
    mentions: Vec<usize>,
    /// Words of two letters or more.
    long_words: usize,
    has_initial: bool,
    /// Keys of its words without marks, sorted.
    keys: Vec<u64>,
    vietnamese: bool,
    /// First consonant of the first word and of the last, as they sound; read when asked for.
    sounds: OnceCell<(Option<char>, Option<char>)>,
    /// First letters of the Mandarin readings of the first syllable; read when asked for.
    pinyin: OnceCell<Vec<u8>>,
}

impl<'t> Form<'t> {
    fn new(text: &'t str) -> Form<'t> {
        let name = Name::new(text);
        let mut keys: Vec<u64> = Vec::with_capacity(4);
        keys.extend(words(&unaccented(text)).map(syllable_key));
        keys.sort_unstable();
        let vietnamese = name.origin() == Origin::Vietnamese;
        let initials = name.words().filter(|w| w.chars().nth(1).is_none()).count();
        Form {
            vietnamese,
            sounds: OnceCell::new(),
            pinyin: OnceCell::new(),
            mentions: Vec::new(),
            long_words: name.words().count() - initials,
            has_initial: initials > 0,
            keys,
            name,
        }
    }

    fn is_full(&self) -> bool {
        self.long_words > 1 && !self.has_initial
    }

    fn shares_a_word(&self, other: &Form<'_>) -> bool {
        self.keys.iter().any(|k| other.keys.binary_search(k).is_ok())
    }

    /// Cheap test before names are compared: a word in common, the same letters, or beginnings
    /// that sound alike.
    fn may_be(&self, other: &Form<'_>) -> bool {
        if self.shares_a_word(other) || self.name.letters() == other.name.letters() {
            return true;
        }
        // The letters of a name read the syllables of a Vietnamese one in Mandarin.
        let reads = |name: &Form<'_>, of: &Form<'_>| {
            let pinyin = of.pinyin.get_or_init(|| {
                let readings = of.name.words().next().into_iter().flat_map(pinyin);
                readings.map(|reading| reading.as_bytes()[0]).collect()
            });
            name.name.letters().bytes().next().is_some_and(|b| pinyin.contains(&b))
        };
        let sounds = |form: &Form<'_>| *form.sounds.get_or_init(|| form.name.sounds());
        match (self.vietnamese, other.vietnamese) {
            (true, true) => false,
            (false, false) => {
                let (a, b) = (sounds(self), sounds(other));
                a.1 == b.1
                    || (self.long_words == 1 || other.long_words == 1) && (a.0 == b.1 || a.1 == b.0)
            }
            (true, false) => reads(other, self),
            (false, true) => reads(self, other),
        }
    }
}

/// Comparing every pair of names would be quadratic on lists of thousands; sound-alikes are
/// looked for only in documents with a human number of people.
const COMPARED: usize = 120;

/// Of the forms of one person the commonest are compared.
const MEMBERS: usize = 8;

/// A short form is compared with so many full names that share its word.
const NAMESAKES: usize = 40;

pub(super) fn add(knowledge: &Knowledge, tag: &Tag, cast: &mut Cast) {
    let mut forms: Vec<Form<'_>> = Vec::new();
    let mut form_of: BTreeMap<&str, usize> = BTreeMap::new();
    let mut dropped = Vec::new();
    for (i, mention) in tag.mentions.iter().enumerate() {
        if mention.kind != MentionType::Per {
            continue;
        }
        if !is_kept(tag, i) {
            dropped.push(i);
            continue;
        }
        let form = *form_of.entry(mention.surface.as_str()).or_insert_with(|| {
            forms.push(Form::new(&mention.surface));
            forms.len() - 1
        });
        forms[form].mentions.push(i);
    }
    let clusters = cluster(&forms);
    let mut entity_of_form: Vec<Option<usize>> = vec![None; forms.len()];
    for members in &clusters {
        let Some(best) = members.iter().copied().max_by_key(|m| rank(&forms[*m])) else { continue };
        let best = &forms[best].name;
        let known = members.iter().find_map(|m| knowledge.person(forms[*m].name.text()));
        let (id, name) = match known {
            Some((id, name)) => (id.to_owned(), name.to_owned()),
            None => (free_id(cast, best.canonical_slug()), best.text().to_owned()),
        };
        let entity = cast.entity(MentionType::Per, &id, &name);
        let read;
        let called = if name == best.text() {
            best
        } else {
            read = Name::new(&name);
            &read
        };
        let is_called = cast.entities[entity].name == name;
        cast.entities[entity].vietnamese |= is_called && called.origin() == Origin::Vietnamese;
        for member in members {
            entity_of_form[*member] = Some(entity);
            let form = &forms[*member].name;
            if form.text() == name {
                continue;
            }
            cast.entities[entity].alias(form.text(), |_| match why(form, called) {
                Some(reason) => reason.of(&name),
                None if runs_on(form, called) => format!("{name} with a word of what follows"),
                None => format!("a name of {name}"),
            });
        }
    }
    let mut all: Vec<(usize, usize)> = forms
        .iter()
        .enumerate()
        .flat_map(|(f, form)| form.mentions.iter().map(move |m| (*m, f)))
        .collect();
    all.sort_unstable();
    short_forms(&forms, &mut entity_of_form, &all, knowledge, cast);
    for i in dropped {
        let surface = &tag.mentions[i].surface;
        let known = form_of.get(surface.as_str()).and_then(|f| entity_of_form[*f]);
        if let Some(entity) = known.filter(|_| words(surface).count() > 1) {
            cast.refer(i, entity, false);
        }
    }
}

/// Sets of forms that name one person, by their full names and what abridges or respells them.
fn cluster(forms: &[Form<'_>]) -> Vec<Vec<usize>> {
    let mut order: Vec<usize> =
        (0..forms.len()).filter(|f| forms[*f].long_words > 1 || forms[*f].has_initial).collect();
    order.sort_by_key(|f| {
        let form = &forms[*f];
        (!form.is_full(), std::cmp::Reverse(form.mentions.len()), *f)
    });
    // Only a crowd is looked up by its words.
    let crowd = order.len() > COMPARED;
    let mut clusters: Vec<Vec<usize>> = Vec::new();
    let mut with_word: BTreeMap<u64, Vec<usize>> = BTreeMap::new();
    for f in order {
        let form = &forms[f];
        let fits = |c: usize| {
            clusters[c]
                .iter()
                .take(MEMBERS)
                .filter(|m| forms[**m].may_be(form))
                .filter_map(|m| {
                    let other = &forms[*m].name;
                    why(&form.name, other)
                        .or_else(|| runs_on(&form.name, other).then_some(Reason::Part))
                })
                .min()
                .map(|reason| (reason, c))
        };
        let best = if clusters.len() <= COMPARED {
            (0..clusters.len()).filter_map(fits).min()
        } else {
            // In a crowd only names that share a word which few bear.
            let rare = form.keys.iter().filter_map(|k| with_word.get(k));
            rare.filter(|c| c.len() <= COMPARED).flatten().filter_map(|c| fits(*c)).min()
        };
        let cluster = match best {
            Some((_, c)) => c,
            None => {
                clusters.push(Vec::new());
                clusters.len() - 1
            }
        };
        clusters[cluster].push(f);
        for key in form.keys.iter().filter(|_| crowd) {
            let list = with_word.entry(*key).or_default();
            if list.last() != Some(&cluster) {
                list.push(cluster);
            }
        }
    }
    clusters
}

/// Why two forms of several words name one person.
fn why(a: &Name<'_>, b: &Name<'_>) -> Option<Reason> {
    let reason = a.form_of(b).or_else(|| b.form_of(a))?;
    (!matches!(reason, Reason::GivenName | Reason::Surname | Reason::FirstName)).then_some(reason)
}

/// `Phùng Quang Thanh Việt đã`: a name and the head of a country cut short.
fn runs_on(a: &Name<'_>, b: &Name<'_>) -> bool {
    let tail = |long: &Name<'_>, short: &Name<'_>| {
        long.text().strip_prefix(short.text()).is_some_and(|tail| {
            tail.starts_with(' ')
                && short.words().count() > 2
                && places::place(tail.trim()).country.is_some()
        })
    };
    tail(a, b) || tail(b, a)
}

/// Lan and Lân are two people, and ids have no marks: the second has a number.
fn free_id(cast: &Cast, slug: String) -> String {
    let plain = format!("per:{slug}");
    if cast.find(&plain).is_none() {
        return plain;
    }
    (2..).map(|n| format!("per:{slug}-{n}")).find(|id| cast.find(id).is_none()).unwrap_or(plain)
}

/// The form that a person is called by: whole, as its own language writes it, often, long.
fn rank(form: &Form<'_>) -> (bool, bool, bool, usize, usize) {
    (
        form.is_full(),
        form.vietnamese,
        !form.name.text().contains('-'),
        form.mentions.len(),
        form.name.text().len(),
    )
}

/// Surnames and given names alone: the person of that name who was spoken of last.
fn short_forms(
    forms: &[Form<'_>],
    entity_of_form: &mut [Option<usize>],
    all: &[(usize, usize)],
    knowledge: &Knowledge,
    cast: &mut Cast,
) {
    // The forms of each person, in the order in which people are first named.
    let people: Vec<(usize, &Form<'_>)> = entity_of_form
        .iter()
        .zip(forms)
        .filter_map(|(entity, form)| entity.map(|e| (e, form)))
        .collect();
    let crowd = people.len() > COMPARED;
    let mut by_word: BTreeMap<u64, Vec<usize>> = BTreeMap::new();
    for (p, (_, form)) in people.iter().enumerate().filter(|_| crowd) {
        for key in &form.keys {
            by_word.entry(*key).or_default().push(p);
        }
    }
    let mut candidates: Vec<Option<Vec<(Reason, usize)>>> = vec![None; forms.len()];
    let mut last_seen: Vec<usize> = Vec::new();
    for (mention, f) in all {
        if let Some(entity) = entity_of_form[*f] {
            cast.refer(*mention, entity, true);
            last_seen.retain(|e| *e != entity);
            last_seen.push(entity);
            continue;
        }
        let form = &forms[*f];
        let found = candidates[*f].get_or_insert_with(|| {
            let near: Vec<usize> = if crowd {
                let sharing = form.keys.iter().filter_map(|k| by_word.get(k));
                sharing.flat_map(|p| p.iter().rev().take(NAMESAKES)).copied().collect()
            } else {
                (0..people.len()).collect()
            };
            let mut found: Vec<(Reason, usize)> = near
                .into_iter()
                .map(|p| &people[p])
                .filter(|(_, full)| form.may_be(full))
                .filter_map(|(entity, full)| {
                    let reason = form.name.form_of(&full.name)?;
                    // "ông Tập" is Tập Cận Bình, but nobody calls a Vietnamese by the family name.
                    let family = reason == Reason::FirstName
                        && full.vietnamese
                        && ordinary_surname(form.name.text());
                    (!family).then_some((reason, *entity))
                })
                .collect();
            found.sort_unstable();
            found.dedup_by_key(|(_, entity)| *entity);
            found
        });
        // Whoever bears it as the name people go by comes before whoever has it in first place.
        let strongest = found.iter().map(|(r, _)| *r == Reason::FirstName).min();
        let chosen = found
            .iter()
            .filter(|(r, _)| Some(*r == Reason::FirstName) == strongest)
            .max_by_key(|(_, entity)| {
                last_seen.iter().position(|e| e == entity).map_or(0, |p| p + 1)
            })
            .copied();
        let entity = match chosen {
            Some((reason, entity)) => {
                cast.entities[entity].alias(form.name.text(), |name| reason.of(name));
                entity
            }
            None => {
                let text = form.name.text();
                let (id, name) = match knowledge.person(text) {
                    Some((id, name)) => (id.to_owned(), name.to_owned()),
                    None => (format!("per:{}", form.name.canonical_slug()), text.to_owned()),
                };
                let entity = cast.entity(MentionType::Per, &id, &name);
                let is_called = cast.entities[entity].name == name;
                cast.entities[entity].vietnamese |=
                    is_called && origin(&name) == Origin::Vietnamese;
                entity_of_form[*f] = Some(entity);
                entity
            }
        };
        cast.refer(*mention, entity, true);
        last_seen.retain(|e| *e != entity);
        last_seen.push(entity);
    }
}

/// Family names that are common in Vietnam and say nothing alone.
fn ordinary_surname(word: &str) -> bool {
    const COMMON: [&str; 14] = [
        "nguyễn", "trần", "lê", "phạm", "hoàng", "huỳnh", "phan", "vũ", "võ", "đặng", "bùi", "đỗ",
        "hồ", "ngô",
    ];
    COMMON.contains(&lowercase(word).as_str())
}
