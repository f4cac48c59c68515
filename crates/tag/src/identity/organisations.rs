//! Organisations: one id for all spellings, short forms and abbreviations of one name, with the
//! country that completes it.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use bantin_document::{MentionType, Spanned, Tag};
use bantin_text::Span;
use bantin_text::keys::slug;

use super::knowledge::Knowledge;
use super::places::{country_name, keys};
use super::states::{complete, is_state_organ};
use super::{Cast, is_kept};
use crate::reading::Reading;

/// A name of an organisation, taken apart.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Key {
    /// Keys of the words that are no country.
    pub(crate) words: Vec<u64>,
    /// Ids of the countries in it; sorted where a hyphen joins them.
    pub(crate) countries: Vec<String>,
}

impl Key {
    /// Takes the surface of a mention apart; `surface` may be an expansion of it.
    pub(super) fn of(reading: &Reading<'_>, tag: &Tag, cast: &Cast, mention: usize) -> Key {
        let span = tag.mentions[mention].span();
        let text = reading.text();
        let mut words = Vec::new();
        let mut countries: Vec<(Span, String)> = Vec::new();
        let mut at = span.start();
        for (i, inner) in tag.mentions.iter().enumerate().skip(mention + 1) {
            let place = inner.span();
            if place.start() >= span.end() {
                break;
            }
            let country = cast.of_mention[i].and_then(|e| cast.entities[e].country.clone());
            if let (MentionType::Loc, Some(country)) = (inner.kind, country)
                && place.start() >= at
                && place.end() <= span.end()
            {
                words.extend(keys(&text[at..place.start()]));
                countries.push((place, country));
                at = place.end();
            }
        }
        words.extend(keys(&text[at.min(span.end())..span.end()]));
        // "Nga-Việt Nam" and "Việt Nam - LB Nga" are the same two.
        let joined = countries.windows(2).any(|pair| {
            let between = text[pair[0].0.end()..pair[1].0.start()].trim();
            matches!(between, "-" | "–" | "—" | "và")
        });
        let mut countries: Vec<String> = countries.into_iter().map(|(_, c)| c).collect();
        if joined {
            countries.sort();
        }
        countries.dedup();
        // "nước", "của" only lead to the country.
        while words.len() > 1
            && words.last().is_some_and(|w| LEADS.contains(w))
            && !countries.is_empty()
        {
            words.pop();
        }
        Key { words, countries }
    }
}

static LEADS: LazyLock<Vec<u64>> = LazyLock::new(|| {
    ["nước", "của", "CHDCND", "CHXHCN", "CHND", "LB"].iter().flat_map(|w| keys(w)).collect()
});

/// A name and where it stands.
pub(super) struct Found {
    pub(super) mention: usize,
    pub(super) key: Key,
    /// The country was not written but follows from holder or narrator.
    pub(super) assumed: bool,
}

pub(super) fn add(reading: &Reading<'_>, knowledge: &Knowledge, tag: &Tag, cast: &mut Cast) {
    let abbreviations = abbreviations(reading, tag);
    let mut found: Vec<Found> = Vec::new();
    for (i, mention) in tag.mentions.iter().enumerate() {
        if mention.kind != MentionType::Org {
            continue;
        }
        let mut key = Key::of(reading, tag, cast, i);
        if let Ok(known) = WELL_KNOWN.binary_search_by(|(short, _)| short.cmp(&key.words)) {
            let full = &WELL_KNOWN[known];
            key.words.clone_from(&full.1.0);
            if key.countries.is_empty() {
                key.countries.extend(full.1.1.clone());
            }
        }
        found.push(Found { mention: i, key, assumed: false });
    }
    complete(reading, tag, cast, &mut found);
    let kept_keys: Vec<&Key> =
        found.iter().filter(|f| is_kept(tag, f.mention)).map(|f| &f.key).collect();
    // Each key leads to the key that stands for its organisation in this document.
    let leader = leaders(&kept_keys, &abbreviations, tag, &found);
    let mut surfaces: BTreeMap<&Key, Vec<usize>> = BTreeMap::new();
    for f in &found {
        if is_kept(tag, f.mention) {
            let key = leader.get(&f.key).unwrap_or(&f.key);
            surfaces.entry(key).or_default().push(f.mention);
        }
    }
    let mut entity_of: BTreeMap<Key, usize> = BTreeMap::new();
    for (key, mentions) in &surfaces {
        let name = canonical(reading, tag, &found, key, mentions);
        let known = mentions
            .iter()
            .find_map(|m| knowledge.named(MentionType::Org, &tag.mentions[*m].surface));
        let (id, name) = match known {
            Some((id, name)) => (id.to_owned(), name.to_owned()),
            None => (format!("org:{}", id_of(tag, &found, key, mentions, &name)), name),
        };
        let entity = cast.entity(MentionType::Org, id, &name);
        cast.entities[entity].country = key.countries.first().cloned();
        entity_of.insert((*key).clone(), entity);
    }
    for f in &found {
        let kept = is_kept(tag, f.mention);
        let key = leader.get(&f.key).unwrap_or(&f.key);
        let Some(entity) = entity_of.get(key).copied() else { continue };
        if kept {
            let surface = &tag.mentions[f.mention].surface;
            let name = cast.entities[entity].name.clone();
            let reason = reason(f, key, &abbreviations, surface, &name);
            cast.entities[entity].alias(surface, reason);
        }
        cast.refer(f.mention, entity, kept);
    }
}

fn reason(
    f: &Found,
    key: &Key,
    abbreviations: &[Abbreviation],
    surface: &str,
    name: &str,
) -> String {
    if abbreviations.iter().any(|a| a.short == surface) {
        format!("abbreviation given in the text for {name}")
    } else if f.key != *key {
        format!("short form of {name}")
    } else if f.assumed {
        format!("{name}: without a country it is that of its head or of the narrator")
    } else {
        format!("spelling of {name}")
    }
}

/// Organs of the party, whose names nobody completes.
fn is_party(words: &[u64]) -> bool {
    static PARTY: LazyLock<Vec<Vec<u64>>> = LazyLock::new(|| {
        [
            "Bộ Chính trị",
            "Ban Bí thư",
            "Trung ương",
            "Ban Chấp hành Trung ương",
            "Quân ủy",
            "Đảng",
            "Mặt trận",
        ]
        .iter()
        .map(|organ| keys(organ))
        .collect()
    });
    PARTY.iter().any(|organ| words.starts_with(organ))
}

/// `Hội nghị … mở rộng (ADMM+)`: the name and what the text shortens it to.
pub(crate) struct Abbreviation {
    pub(crate) mention: usize,
    pub(crate) short: String,
}

/// Abbreviations that the text gives in brackets behind a name.
pub(crate) fn abbreviations(reading: &Reading<'_>, tag: &Tag) -> Vec<Abbreviation> {
    let text = reading.text();
    let mut found = Vec::new();
    for (i, mention) in tag.mentions.iter().enumerate() {
        if !matches!(
            mention.kind,
            MentionType::Org
                | MentionType::Event
                | MentionType::Agr
                | MentionType::Misc
                | MentionType::Loc
        ) || !is_kept(tag, i)
        {
            continue;
        }
        let after = text[mention.span().end()..].trim_start();
        let Some(inside) = after.strip_prefix('(') else { continue };
        let Some(end) = inside.bytes().take(40).position(|b| b == b')') else { continue };
        let short =
            inside[..end].trim_start_matches("gọi tắt là").trim_start_matches("viết tắt là");
        let short = short.trim().trim_matches(|c| matches!(c, '"' | '“' | '”'));
        let capitals = short.chars().filter(|c| c.is_uppercase()).count();
        let letters = short.chars().filter(|c| c.is_alphabetic()).count();
        if capitals >= 2 && 2 * capitals >= letters && short.split_whitespace().count() <= 2 {
            found.push(Abbreviation { mention: i, short: short.to_owned() });
        }
    }
    found
}

/// For every key the one that stands for it: what an abbreviation abbreviates, the longer name
/// of which it is the beginning.
fn leaders(
    kept: &[&Key],
    abbreviations: &[Abbreviation],
    tag: &Tag,
    found: &[Found],
) -> BTreeMap<Key, Key> {
    let mut distinct: Vec<&Key> = kept.to_vec();
    distinct.sort();
    distinct.dedup();
    let mut leader: BTreeMap<Key, Key> = BTreeMap::new();
    let mut by_surface: BTreeMap<&str, Vec<&Found>> = BTreeMap::new();
    for f in found {
        by_surface.entry(&tag.mentions[f.mention].surface).or_default().push(f);
    }
    for abbreviation in abbreviations {
        let key_of = |mention: usize| {
            found.binary_search_by_key(&mention, |f| f.mention).ok().map(|i| &found[i].key)
        };
        let Some(full) = key_of(abbreviation.mention) else { continue };
        for f in by_surface.get(abbreviation.short.as_str()).into_iter().flatten() {
            if f.key != *full {
                leader.insert(f.key.clone(), full.clone());
            }
        }
    }
    // "Ủy ban Liên Chính phủ Nga-Việt Nam" begins "Ủy ban Liên chính phủ Việt Nam-LB Nga về …".
    for (i, key) in distinct.iter().enumerate() {
        if key.words.len() < 2 || leader.contains_key(*key) {
            continue;
        }
        let organ = is_state_organ(&key.words) && key.words.len() < 4;
        // Sorted by words: what begins with these follows at once.
        let following = distinct[i + 1..].iter().take_while(|o| o.words.starts_with(&key.words));
        let mut longer = following.filter(|other| {
            other.words.len() > key.words.len()
                && (other.countries == key.countries || (key.countries.is_empty() && !organ))
        });
        if let Some(only) = longer.next()
            && longer.next().is_none()
            && !organ
        {
            leader.insert((*key).clone(), (*only).clone());
        }
    }
    // "Đại sứ quán" stands for the one embassy of the story.
    for key in &distinct {
        if !EMBASSY.contains(&key.words) {
            continue;
        }
        let mut same = distinct.iter().filter(|other| {
            other.words.starts_with(&key.words) && other.countries.len() > key.countries.len()
        });
        if key.countries.len() < 2
            && let Some(only) = same.next()
            && same.next().is_none()
        {
            leader.insert((*key).clone(), (*only).clone());
        }
    }
    // Chains end at their last.
    let ends: Vec<(Key, Key)> = leader
        .keys()
        .map(|from| {
            let mut to = from;
            for _ in 0..4 {
                match leader.get(to) {
                    Some(next) if next != from => to = next,
                    _ => break,
                }
            }
            (from.clone(), to.clone())
        })
        .collect();
    ends.into_iter().collect()
}

static EMBASSY: LazyLock<Vec<Vec<u64>>> = LazyLock::new(|| {
    ["Đại sứ quán", "Sứ quán", "Tổng Lãnh sự quán", "Lãnh sự quán"]
        .iter()
        .map(|e| keys(e))
        .collect()
});

/// The name an organisation goes by: the commonest surface of the whole name, completed by its
/// country where none of them says it.
fn canonical(
    reading: &Reading<'_>,
    tag: &Tag,
    found: &[Found],
    key: &Key,
    mentions: &[usize],
) -> String {
    let at = |m: &usize| found.binary_search_by_key(m, |f| f.mention).ok().map(|i| &found[i]);
    let own = |m: &usize| at(m).is_some_and(|f| f.key == *key);
    let written = |m: &usize| at(m).is_some_and(|f| f.key == *key && !f.assumed);
    let mut counts: Vec<(usize, std::cmp::Reverse<usize>, &str)> = Vec::new();
    let any_written = mentions.iter().any(written);
    for m in mentions {
        if !(if any_written { written(m) } else { own(m) }) {
            continue;
        }
        let surface = tag.mentions[*m].surface.as_str();
        match counts.iter_mut().find(|(.., s)| *s == surface) {
            Some((n, ..)) => *n += 1,
            None => counts.push((1, std::cmp::Reverse(*m), surface)),
        }
    }
    let best = counts.iter().max().map(|(.., surface)| *surface);
    let name = best.unwrap_or(&tag.mentions[mentions[0]].surface);
    let name =
        WELL_KNOWN_NAMES.iter().find(|(short, _)| *short == name).map_or(name, |(_, full)| *full);
    let _ = reading;
    match (any_written, key.countries.first().and_then(|c| country_name(c))) {
        (false, Some(country)) if !name.ends_with(country) && !is_party(&key.words) => {
            format!("{name} {country}")
        }
        _ => name.to_owned(),
    }
}

/// The part of the id behind `org:`: the words of the name, its countries last.
fn id_of(tag: &Tag, found: &[Found], key: &Key, mentions: &[usize], name: &str) -> String {
    if key.countries.len() != 1 {
        return slug(name);
    }
    // Whatever the order and spelling of the country: words first, country last.
    let country = key.countries[0].trim_start_matches("loc:");
    let base = slug(name);
    let names = ["lien-bang-nga", "lb-nga", "hoa-ky", country];
    let mut plain = base.clone();
    for name in names {
        if let Some(short) = plain.strip_suffix(name) {
            plain = short.trim_end_matches('-').to_owned();
            break;
        }
    }
    let _ = (tag, found, mentions);
    if plain.is_empty() { base } else { format!("{plain}-{country}") }
}

/// Abbreviations and short names that every reader knows, and what they stand for.
#[rustfmt::skip]
const WELL_KNOWN_NAMES: &[(&str, &str)] = &[
    ("ANTĐ", "An ninh Thủ đô"), ("BHXH", "Bảo hiểm xã hội"), ("BQP", "Bộ Quốc phòng"), ("BTC", "Ban tổ chức"),
    ("Bộ CA", "Bộ Công an"), ("Bộ GD&ĐT", "Bộ Giáo dục và Đào tạo"), ("Bộ GD-ĐT", "Bộ Giáo dục và Đào tạo"), ("Bộ GDĐT", "Bộ Giáo dục và Đào tạo"),
    ("Bộ GD và ĐT", "Bộ Giáo dục và Đào tạo"), ("Bộ GTVT", "Bộ Giao thông vận tải"), ("Bộ KH&CN", "Bộ Khoa học và Công nghệ"), ("Bộ KH&ĐT", "Bộ Kế hoạch và Đầu tư"),
    ("Bộ KH-CN", "Bộ Khoa học và Công nghệ"), ("Bộ KH-ĐT", "Bộ Kế hoạch và Đầu tư"), ("Bộ LĐ-TB&XH", "Bộ Lao động - Thương binh và Xã hội"), ("Bộ LĐTBXH", "Bộ Lao động - Thương binh và Xã hội"),
    ("Bộ LĐTB&XH", "Bộ Lao động - Thương binh và Xã hội"), ("Bộ NN&PTNT", "Bộ Nông nghiệp và Phát triển nông thôn"), ("Bộ NN-PTNT", "Bộ Nông nghiệp và Phát triển nông thôn"),
    ("Bộ QP", "Bộ Quốc phòng"), ("Bộ TN&MT", "Bộ Tài nguyên và Môi trường"), ("Bộ TN-MT", "Bộ Tài nguyên và Môi trường"), ("Bộ TT&TT", "Bộ Thông tin và Truyền thông"), ("Bộ TT-TT", "Bộ Thông tin và Truyền thông"),
    ("Bộ VH-TT&DL", "Bộ Văn hóa, Thể thao và Du lịch"), ("Bộ VHTTDL", "Bộ Văn hóa, Thể thao và Du lịch"), ("Bộ VHTT&DL", "Bộ Văn hóa, Thể thao và Du lịch"),
    ("EU", "Liên minh châu Âu"), ("LHQ", "Liên hợp quốc"), ("Liên Hiệp Quốc", "Liên hợp quốc"), ("NHNN", "Ngân hàng Nhà nước"), ("TTXVN", "Thông tấn xã Việt Nam"),
    ("UN", "Liên hợp quốc"), ("VOV", "Đài Tiếng nói Việt Nam"), ("VPCP", "Văn phòng Chính phủ"), ("VTV", "Đài Truyền hình Việt Nam"), ("QĐNDVN", "Quân đội nhân dân Việt Nam"), ("QĐND Việt Nam", "Quân đội nhân dân Việt Nam"),
    ("Trung ương Đảng", "Ban Chấp hành Trung ương Đảng"), ("BCH Trung ương Đảng", "Ban Chấp hành Trung ương Đảng"), ("Đảng", "Đảng Cộng sản Việt Nam"), ("Đảng Cộng sản", "Đảng Cộng sản Việt Nam"),
    ("VFF", "Liên đoàn Bóng đá Việt Nam"), ("WHO", "Tổ chức Y tế Thế giới"), ("WB", "Ngân hàng Thế giới"), ("IMF", "Quỹ Tiền tệ Quốc tế"), ("WTO", "Tổ chức Thương mại Thế giới"), ("EVN", "Tập đoàn Điện lực Việt Nam"), ("PVN", "Tập đoàn Dầu khí Việt Nam"),
    ("MTTQ", "Mặt trận Tổ quốc"), ("TAND tối cao", "Tòa án nhân dân tối cao"), ("VKSND tối cao", "Viện Kiểm sát nhân dân tối cao"), ("IS", "Nhà nước Hồi giáo"),
];

type Expansion = (Vec<u64>, (Vec<u64>, Option<String>));

static WELL_KNOWN: LazyLock<Vec<Expansion>> = LazyLock::new(|| {
    let mut table: Vec<Expansion> = WELL_KNOWN_NAMES
        .iter()
        .map(|(short, full)| {
            let split = |name: &str| match name.strip_suffix(" Việt Nam") {
                Some(rest) => (keys(rest), Some("loc:viet-nam".to_owned())),
                None => (keys(name), None),
            };
            let (words, _) = split(short);
            (words, split(full))
        })
        .collect();
    table.sort();
    table
});
