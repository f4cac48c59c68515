//! Events, agreements, frameworks, products: the same words, or a shorter form of them.

use bantin_document::{MentionType, Spanned, Tag};
use bantin_text::keys::slug;

use super::organisations::Abbreviation;
use super::places::keys;
use super::{Cast, is_kept};

/// A name in the text, taken apart.
struct Thing {
    kind: MentionType,
    words: Vec<u64>,
    sorted: Vec<u64>,
    /// `ord:7`
    ordinal: Option<String>,
    countries: Vec<usize>,
    entity: usize,
}

/// A name is compared with so many others; a document that has more is a list.
const KNOWN: usize = 300;

pub(super) fn add(shortened: &[Abbreviation], tag: &Tag, cast: &mut Cast) {
    let mut known: Vec<Thing> = Vec::new();
    // Whole names first, so that short forms find them.
    let mut order: Vec<usize> = (0..tag.mentions.len())
        .filter(|i| {
            matches!(
                tag.mentions[*i].kind,
                MentionType::Event | MentionType::Agr | MentionType::Misc | MentionType::Prod
            )
        })
        .collect();
    order.sort_by_key(|i| {
        (!is_kept(tag, *i), std::cmp::Reverse(tag.mentions[*i].surface.len()), *i)
    });
    for i in order {
        let mention = &tag.mentions[i];
        let mut thing = take_apart(tag, cast, i);
        let full =
            shortened.iter().take(KNOWN).find(|a| a.short == mention.surface && a.mention != i);
        let abbreviated = full.and_then(|a| cast.of_mention[a.mention]);
        let (entity, reason) = match abbreviated {
            Some(entity) => (Some(entity), "abbreviation given in the text"),
            None => match known
                .iter()
                .take(KNOWN)
                .filter(|k| k.kind == thing.kind)
                .find_map(|k| same(&thing, k).map(|r| (k.entity, r)))
            {
                Some((entity, reason)) => (Some(entity), reason),
                None => (None, ""),
            },
        };
        let kept = is_kept(tag, i);
        let entity = match entity {
            Some(entity) => entity,
            None if !kept => continue,
            None => {
                let prefix = match thing.kind {
                    MentionType::Event => "ev",
                    MentionType::Agr => "agr",
                    MentionType::Prod => "prod",
                    _ => "misc",
                };
                let surface = mention.surface.trim_matches(|c| matches!(c, '"' | '“' | '”' | '\''));
                let id = format!("{prefix}:{}", short_slug(surface));
                cast.entity(mention.kind, &id, surface)
            }
        };
        thing.entity = entity;
        if kept {
            let why = |name: &str| format!("{reason} {name}").trim().to_owned();
            cast.entities[entity].alias(&mention.surface, why);
        }
        cast.refer(i, entity, kept);
        known.push(thing);
    }
    for entity in &mut cast.entities {
        entity.mentions.sort_unstable();
    }
}

/// Names of events are sentences; an id of a hundred letters serves nobody.
fn short_slug(surface: &str) -> String {
    let mut slug = slug(surface);
    if slug.len() > 80 {
        let cut = slug[..80].rfind('-').unwrap_or(80);
        let rest = xxhash_tail(&slug[cut..]);
        slug.truncate(cut);
        slug = format!("{slug}-{rest}");
    }
    slug
}

/// Keeps two long names apart whose beginnings are equal.
fn xxhash_tail(rest: &str) -> String {
    let hash =
        rest.bytes().fold(0x811c_9dc5u32, |h, b| (h ^ u32::from(b)).wrapping_mul(0x0100_0193));
    format!("{hash:08x}")
}

fn take_apart(tag: &Tag, cast: &Cast, i: usize) -> Thing {
    let mention = &tag.mentions[i];
    let span = mention.span();
    let inside = || {
        (i + 1..tag.mentions.len())
            .take_while(|k| tag.mentions[*k].span().start() < span.end())
            .filter(|k| span.contains(tag.mentions[*k].span()))
    };
    let mut countries: Vec<usize> = inside()
        .filter(|k| tag.mentions[*k].kind == MentionType::Loc)
        .filter_map(|k| cast.of_mention[k].filter(|e| cast.entities[*e].country.is_some()))
        .collect();
    countries.sort_unstable();
    countries.dedup();
    let ordinal = inside()
        .find(|k| tag.mentions[*k].kind == MentionType::Qty)
        .and_then(|k| tag.mentions[k].value.clone());
    let words = keys(&mention.surface);
    let mut sorted = words.clone();
    sorted.sort_unstable();
    Thing { kind: mention.kind, words, sorted, ordinal, countries, entity: 0 }
}

/// Why two names are one thing. `a` is the one just read, not longer than `b`.
fn same(a: &Thing, b: &Thing) -> Option<&'static str> {
    if a.words == b.words {
        return Some("spelling of");
    }
    if a.ordinal.is_some() && b.ordinal.is_some() && a.ordinal != b.ordinal {
        return None;
    }
    if a.words.len() > 3 && a.sorted == b.sorted {
        return Some("other order of the words of");
    }
    if a.words.len() >= 2 && b.words.starts_with(&a.words) && (a.kind != MentionType::Prod) {
        return Some("short form of");
    }
    // "Đối thoại chiến lược Quốc phòng Việt - Nga lần thứ hai" and "… cấp Thứ trưởng giữa Việt Nam
    // và Liên bang Nga lần thứ hai": the same beginning, number and countries.
    let shared = a.words.iter().zip(&b.words).take_while(|(x, y)| x == y).count();
    if a.kind == MentionType::Event
        && a.ordinal.is_some()
        && a.ordinal == b.ordinal
        && shared >= 4
        && a.countries == b.countries
    {
        return Some("same number and parties as");
    }
    // "Năm chéo Việt-Nga 2019-2020" and "Năm chéo Việt - Nga 2019 - 2020" have equal words already;
    // a framework is one whatever is said about its parties.
    if a.kind == MentionType::Agr
        && shared >= 3
        && shared * 3 >= a.words.len() * 2
        && a.words.last() == b.words.last()
    {
        return Some("other wording of");
    }
    None
}
