//! Organisations: one id for all spellings, short forms and abbreviations of one name, with the
//! country that completes it.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use bantin_document::{MentionType, Spanned, Tag};
use bantin_text::Span;
use bantin_text::keys::push_slug;

use super::knowledge::Knowledge;
use super::places::{VIET_NAM, country_name, keys, push_keys};
use super::states::{complete, is_state_organ};
use super::{Cast, is_kept};
use crate::phrases::begin_with;
use crate::reading::Reading;

/// A name of an organisation, taken apart.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Key {
    /// Keys of the words that are no country.
    pub(crate) words: Vec<u64>,
    /// Ids of the countries in it; sorted where a hyphen joins them.
    pub(crate) countries: Vec<&'static str>,
}

impl Key {
    /// Takes the surface of a mention apart; `surface` may be an expansion of it.
    pub(super) fn of(reading: &Reading<'_>, tag: &Tag, cast: &Cast, mention: usize) -> Key {
        let span = tag.mentions[mention].span();
        let text = reading.text();
        let mut words = Vec::new();
        let mut countries: Vec<(Span, &'static str)> = Vec::new();
        let mut at = span.start();
        for (i, inner) in tag.mentions.iter().enumerate().skip(mention + 1) {
            let place = inner.span();
            if place.start() >= span.end() {
                break;
            }
            let country = cast.of_mention[i].and_then(|e| cast.entities[e].country);
            if let (MentionType::Loc, Some(country)) = (inner.kind, country)
                && place.start() >= at
                && place.end() <= span.end()
            {
                push_keys(&text[at..place.start()], &mut words);
                countries.push((place, country));
                at = place.end();
            }
        }
        push_keys(&text[at.min(span.end())..span.end()], &mut words);
        // "Nga-Việt Nam" and "Việt Nam - LB Nga" are the same two.
        let joined = countries.windows(2).any(|pair| {
            let between = text[pair[0].0.end()..pair[1].0.start()].trim();
            matches!(between, "-" | "–" | "—" | "và")
        });
        let mut countries: Vec<&'static str> = countries.into_iter().map(|(_, c)| c).collect();
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
    /// The number of its key, counted in the order of these.
    rank: usize,
}

pub(super) fn add(
    reading: &Reading<'_>,
    knowledge: &Knowledge,
    abbreviations: &[Abbreviation],
    tag: &Tag,
    cast: &mut Cast,
) {
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
                key.countries.extend(full.1.1);
            }
        }
        found.push(Found { mention: i, key, assumed: false, rank: 0 });
    }
    complete(reading, tag, cast, &mut found);
    let ranked = rank(&mut found);
    // Each key leads to the key that stands for its organisation in this document.
    let leader = leaders(&ranked, abbreviations, tag, &found);
    let mut kept: Vec<(usize, usize)> = (0..found.len())
        .filter(|f| is_kept(tag, found[*f].mention))
        .map(|f| (leader[found[f].rank], f))
        .collect();
    kept.sort_unstable();
    let mut entity_of: Vec<Option<usize>> = vec![None; ranked.len()];
    for same in kept.chunk_by(|a, b| a.0 == b.0) {
        let rank = same[0].0;
        let key = &found[ranked[rank]].key;
        let of_key: Vec<&Found> = same.iter().map(|(_, f)| &found[*f]).collect();
        let name = canonical(tag, rank, key, &of_key);
        let known = of_key
            .iter()
            .find_map(|f| knowledge.named(MentionType::Org, &tag.mentions[f.mention].surface));
        let entity = match known {
            Some((id, name)) => cast.entity(MentionType::Org, id, name),
            None => cast.entity(MentionType::Org, &id_of(key, &name), &name),
        };
        cast.entities[entity].country = key.countries.first().copied();
        entity_of[rank] = Some(entity);
    }
    for f in &found {
        let kept = is_kept(tag, f.mention);
        let Some(entity) = entity_of[leader[f.rank]] else { continue };
        if kept {
            let surface = &tag.mentions[f.mention].surface;
            cast.entities[entity].alias(surface, |name| {
                if abbreviations.iter().any(|a| a.short == *surface) {
                    format!("abbreviation given in the text for {name}")
                } else if f.rank != leader[f.rank] {
                    format!("short form of {name}")
                } else if f.assumed {
                    format!("{name}: without a country it is that of its head or of the narrator")
                } else {
                    format!("spelling of {name}")
                }
            });
        }
        cast.refer(f.mention, entity, kept);
    }
}

/// Gives every name the rank of its key; for each rank a name that has it.
fn rank(found: &mut [Found]) -> Vec<usize> {
    let mut order: Vec<usize> = (0..found.len()).collect();
    order.sort_by(|a, b| found[*a].key.cmp(&found[*b].key));
    let mut ranked: Vec<usize> = Vec::new();
    for f in order {
        if ranked.last().is_none_or(|last| found[*last].key != found[f].key) {
            ranked.push(f);
        }
        found[f].rank = ranked.len() - 1;
    }
    ranked
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

/// For every key, by rank, the one that stands for it: what an abbreviation abbreviates, the longer
/// name of which it is the beginning, else itself.
fn leaders(
    ranked: &[usize],
    abbreviations: &[Abbreviation],
    tag: &Tag,
    found: &[Found],
) -> Vec<usize> {
    let mut leader: Vec<Option<usize>> = vec![None; ranked.len()];
    if !abbreviations.is_empty() {
        let mut by_surface: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
        for f in found {
            by_surface.entry(&tag.mentions[f.mention].surface).or_default().push(f.rank);
        }
        for abbreviation in abbreviations {
            let full = found.binary_search_by_key(&abbreviation.mention, |f| f.mention);
            let Ok(full) = full.map(|f| found[f].rank) else { continue };
            for rank in by_surface.get(abbreviation.short.as_str()).into_iter().flatten() {
                if *rank != full {
                    leader[*rank] = Some(full);
                }
            }
        }
    }
    let mut is_written = vec![false; ranked.len()];
    for f in found {
        is_written[f.rank] |= is_kept(tag, f.mention);
    }
    let distinct: Vec<usize> = (0..ranked.len()).filter(|rank| is_written[*rank]).collect();
    let key = |rank: usize| &found[ranked[rank]].key;
    // "Ủy ban Liên Chính phủ Nga-Việt Nam" begins "Ủy ban Liên chính phủ Việt Nam-LB Nga về …".
    for (i, rank) in distinct.iter().enumerate() {
        let this = key(*rank);
        if this.words.len() < 2 || leader[*rank].is_some() {
            continue;
        }
        // Sorted by words: what begins with these follows at once.
        let following =
            distinct[i + 1..].iter().take_while(|o| begin_with(&key(**o).words, &this.words));
        let organ = this.words.len() < 4 && is_state_organ(&this.words);
        let mut longer = following.filter(|other| {
            let other = key(**other);
            other.words.len() > this.words.len()
                && (other.countries == this.countries || (this.countries.is_empty() && !organ))
        });
        if let Some(only) = longer.next()
            && longer.next().is_none()
            && !organ
        {
            leader[*rank] = Some(*only);
        }
    }
    // "Đại sứ quán" stands for the one embassy of the story.
    for rank in &distinct {
        let this = key(*rank);
        if this.countries.len() >= 2 || !EMBASSY.contains(&this.words) {
            continue;
        }
        let mut same = distinct.iter().filter(|other| {
            let other = key(**other);
            other.words.starts_with(&this.words) && other.countries.len() > this.countries.len()
        });
        if let Some(only) = same.next()
            && same.next().is_none()
        {
            leader[*rank] = Some(*only);
        }
    }
    // Chains end at their last.
    let end = |from: usize| {
        let mut to = from;
        for _ in 0..4 {
            match leader[to] {
                Some(next) if next != from => to = next,
                _ => break,
            }
        }
        to
    };
    (0..ranked.len()).map(end).collect()
}

static EMBASSY: LazyLock<Vec<Vec<u64>>> = LazyLock::new(|| {
    ["Đại sứ quán", "Sứ quán", "Tổng Lãnh sự quán", "Lãnh sự quán"]
        .iter()
        .map(|e| keys(e))
        .collect()
});

/// The name an organisation goes by: the commonest surface of the whole name, completed by its
/// country where none of them says it.
fn canonical(tag: &Tag, rank: usize, key: &Key, found: &[&Found]) -> String {
    let own = |f: &Found| f.rank == rank;
    let written = |f: &Found| own(f) && !f.assumed;
    let mut counts: Vec<(usize, std::cmp::Reverse<usize>, &str)> = Vec::new();
    let any_written = found.iter().any(|f| written(f));
    for f in found {
        if !(if any_written { written(f) } else { own(f) }) {
            continue;
        }
        let surface = tag.mentions[f.mention].surface.as_str();
        match counts.iter_mut().find(|(.., s)| *s == surface) {
            Some((n, ..)) => *n += 1,
            None => counts.push((1, std::cmp::Reverse(f.mention), surface)),
        }
    }
    let best = counts.iter().max().map(|(.., surface)| *surface);
    let name = best.unwrap_or(&tag.mentions[found[0].mention].surface);
    let name =
        WELL_KNOWN_NAMES.iter().find(|(short, _)| *short == name).map_or(name, |(_, full)| *full);
    if !any_written
        && let Some(country) = key.countries.first().and_then(|c| country_name(c))
        && !name.ends_with(country)
        && !is_party(&key.words)
    {
        return format!("{name} {country}");
    }
    name.to_owned()
}

/// The id: the words of the name, its countries last.
fn id_of(key: &Key, name: &str) -> String {
    const PREFIX: &str = "org:";
    let mut id = String::with_capacity(PREFIX.len() + name.len());
    id.push_str(PREFIX);
    push_slug(name, &mut id);
    let [country] = key.countries[..] else { return id };
    // Whatever the order and spelling of the country: words first, country last.
    let country = country.trim_start_matches("loc:");
    let base = &id[PREFIX.len()..];
    let names = ["lien-bang-nga", "lb-nga", "hoa-ky", country];
    let short = names.iter().find_map(|name| base.strip_suffix(name));
    let plain = short.map_or(base, |short| short.trim_end_matches('-'));
    if !plain.is_empty() {
        id.truncate(PREFIX.len() + plain.len());
        id.push('-');
        id.push_str(country);
    }
    id
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

type Expansion = (Vec<u64>, (Vec<u64>, Option<&'static str>));

static WELL_KNOWN: LazyLock<Vec<Expansion>> = LazyLock::new(|| {
    let mut table: Vec<Expansion> = WELL_KNOWN_NAMES
        .iter()
        .map(|(short, full)| {
            let split = |name: &str| match name.strip_suffix(" Việt Nam") {
                Some(rest) => (keys(rest), Some(VIET_NAM)),
                None => (keys(name), None),
            };
            let (words, _) = split(short);
            (words, split(full))
        })
        .collect();
    table.sort();
    table
});
