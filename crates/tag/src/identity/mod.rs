//! The third step: which mentions are one entity, its id, its names and why each is one.

mod knowledge;
pub(crate) mod organisations;
mod people;
pub(crate) mod places;
mod states;
mod things;

use std::collections::BTreeMap;

use bantin_document::{Alias, Entity, MentionType, Tag};

pub use self::knowledge::{Knowledge, KnowledgeError};
use crate::reading::Reading;

/// The entities of the document while the steps work on them.
#[derive(Debug, Default)]
pub(crate) struct Cast {
    pub(crate) entities: Vec<Draft>,
    /// The entity of each mention of the layer.
    pub(crate) of_mention: Vec<Option<usize>>,
    /// The person who holds the title that each mention is, as far as one was found.
    pub(crate) holders: Vec<Option<usize>>,
    index: BTreeMap<String, usize>,
}

/// An entity in the making.
#[derive(Clone, Debug)]
pub(crate) struct Draft {
    pub(crate) kind: MentionType,
    pub(crate) id: String,
    pub(crate) name: String,
    pub(crate) aliases: Vec<Alias>,
    /// Titles as written, in order of appearance; for a person.
    pub(crate) titles: Vec<String>,
    /// A person with a name of Vietnamese form.
    pub(crate) vietnamese: bool,
    /// For a person the id of the country they act for, for an organisation of the country in its
    /// name, for a country its own.
    pub(crate) country: Option<&'static str>,
    /// Mentions of the article, in order.
    pub(crate) mentions: Vec<usize>,
}

impl Draft {
    pub(crate) fn new(kind: MentionType, id: String, name: String) -> Draft {
        Draft {
            kind,
            id,
            name,
            aliases: Vec::new(),
            titles: Vec::new(),
            vietnamese: false,
            country: None,
            mentions: Vec::new(),
        }
    }

    /// Adds another name, unless it is there; `reason` is given the name of the entity.
    pub(crate) fn alias(&mut self, name: &str, reason: impl FnOnce(&str) -> String) {
        if name != self.name && !self.aliases.iter().any(|a| a.name == name) {
            self.aliases.push(Alias { name: name.to_owned(), reason: reason(&self.name) });
        }
    }
}

impl Cast {
    /// The entity with this id, made when there is none.
    pub(crate) fn entity(&mut self, kind: MentionType, id: &str, name: &str) -> usize {
        if let Some(found) = self.index.get(id) {
            return *found;
        }
        self.index.insert(id.to_owned(), self.entities.len());
        self.entities.push(Draft::new(kind, id.to_owned(), name.to_owned()));
        self.entities.len() - 1
    }

    /// Says that a mention refers to an entity.
    pub(crate) fn refer(&mut self, mention: usize, entity: usize, of_article: bool) {
        self.of_mention[mention] = Some(entity);
        if of_article {
            self.entities[entity].mentions.push(mention);
        }
    }

    /// The entity of a mention when it is a person.
    pub(crate) fn person(&self, tag: &Tag, mention: usize) -> Option<usize> {
        (tag.mentions[mention].kind == MentionType::Per).then(|| self.of_mention[mention]).flatten()
    }

    /// The entity with this id.
    pub(crate) fn find(&self, id: &str) -> Option<usize> {
        self.index.get(id).copied()
    }

    /// Writes ids into mentions and the entities into the layer.
    pub(crate) fn write(mut self, tag: &mut Tag) {
        let id = |entity: Option<usize>| entity.map(|e| self.entities[e].id.clone());
        for (i, mention) in tag.mentions.iter_mut().enumerate() {
            mention.entity = id(self.of_mention[i]);
            mention.holder = id(self.holders[i]);
        }
        // In the order of ids, that of the index.
        let entities = self.index.into_iter().filter_map(|(id, e)| {
            let Draft { kind, name, aliases, titles, mentions, .. } = &mut self.entities[e];
            let take_names = || Entity {
                id,
                kind: *kind,
                name: std::mem::take(name),
                aliases: std::mem::take(aliases),
                titles: std::mem::take(titles),
            };
            (!mentions.is_empty()).then(take_names)
        });
        tag.entities = entities.collect();
    }
}

/// True for a mention of the article.
pub(crate) fn is_kept(tag: &Tag, mention: usize) -> bool {
    tag.mentions[mention].zone.is_none_or(|zone| zone.is_kept())
}

/// Tells which mentions of people and places are one. Organisations wait until the holders of
/// titles are known: a ministry without a country is that of its minister.
pub(crate) fn people_and_places(knowledge: &Knowledge, tag: &Tag) -> Cast {
    let none = vec![None; tag.mentions.len()];
    let mut cast = Cast { of_mention: none.clone(), holders: none, ..Cast::default() };
    places_of(tag, &mut cast);
    people::add(knowledge, tag, &mut cast);
    cast
}

/// Organisations and things, when people have their titles.
pub(crate) fn organisations_and_things(
    reading: &Reading<'_>,
    knowledge: &Knowledge,
    tag: &Tag,
    cast: &mut Cast,
) {
    let abbreviations = organisations::abbreviations(reading, tag);
    organisations::add(reading, knowledge, &abbreviations, tag, cast);
    things::add(&abbreviations, tag, cast);
}

fn places_of(tag: &Tag, cast: &mut Cast) {
    let mut read: BTreeMap<&str, places::Place<'_>> = BTreeMap::new();
    for pass in [true, false] {
        for (i, mention) in tag.mentions.iter().enumerate() {
            if mention.kind != MentionType::Loc || is_kept(tag, i) != pass {
                continue;
            }
            let place =
                read.entry(&mention.surface).or_insert_with(|| places::place(&mention.surface));
            let known = cast.find(&place.id);
            let Some(entity) = known
                .or_else(|| pass.then(|| cast.entity(MentionType::Loc, &place.id, place.name)))
            else {
                continue;
            };
            if place.country.is_some() {
                cast.entities[entity].country = place.country;
            }
            if pass {
                let reason = |_: &str| format!("name of {}", place.name);
                cast.entities[entity].alias(&mention.surface, reason);
            }
            cast.refer(i, entity, pass);
        }
    }
}
