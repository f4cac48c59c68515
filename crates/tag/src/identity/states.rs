//! The country of an organ that every state has, where its name has none: `Bộ Quốc phòng` is that
//! of its head, of the organ beside it, or of the one who tells the story.

use std::sync::LazyLock;

use bantin_document::{MentionType, Spanned, Tag};
use bantin_text::keys::lowercase;

use super::organisations::{Found, Key};
use super::places::{VIET_NAM, keys};
use super::{Cast, is_kept};
use crate::phrases::begin_with;
use crate::reading::Reading;

/// The country of the story: Việt Nam, unless it speaks of nothing there and of one other alone.
fn narrator(tag: &Tag, cast: &Cast) -> &'static str {
    let mut others: Vec<&'static str> = Vec::new();
    for (i, mention) in tag.mentions.iter().enumerate() {
        let Some(entity) = cast.of_mention[i].map(|e| &cast.entities[e]) else { continue };
        if !is_kept(tag, i) {
            continue;
        }
        match (mention.kind, entity.country) {
            (MentionType::Loc | MentionType::Per, Some(VIET_NAM)) => return VIET_NAM,
            (MentionType::Loc, Some(country)) if !others.contains(&country) => others.push(country),
            _ => {}
        }
    }
    match others[..] {
        [only] => only,
        _ => VIET_NAM,
    }
}

/// Gives organs that every state has, where no country is written, the country they are of.
pub(super) fn complete(reading: &Reading<'_>, tag: &Tag, cast: &Cast, found: &mut [Found]) {
    let bare: Vec<(usize, Beside)> = found
        .iter()
        .enumerate()
        .filter(|(_, f)| f.key.countries.is_empty() && is_state_organ(&f.key.words))
        .filter(|(_, f)| !goes_on_into_a_place(tag, f))
        .map(|(at, f)| (at, beside(reading, tag, cast, f)))
        .collect();
    if bare.is_empty() {
        return;
    }
    let narrator = match bare.iter().any(|(_, beside)| *beside == Beside::Foreign) {
        true => VIET_NAM,
        false => narrator(tag, cast),
    };
    for (at, beside) in bare {
        let f = &mut found[at];
        let country = match beside {
            Beside::Country(country) => country,
            Beside::Foreign => VIET_NAM,
            Beside::Nothing => holder_country(reading, tag, cast, f.mention).unwrap_or(narrator),
        };
        f.assumed = true;
        f.key.countries.push(country);
    }
}

/// `Chính phủ Nhân dân Khu tự trị … Quảng Tây`, `Bộ Tư lệnh Thủ đô Hà Nội`: the organ of a region,
/// which nobody completes with a country.
fn goes_on_into_a_place(tag: &Tag, f: &Found) -> bool {
    static REGIONS: LazyLock<Vec<Vec<u64>>> = LazyLock::new(|| {
        ["Khu tự trị", "tỉnh", "thành phố", "TP", "huyện", "đặc khu", "vùng lãnh thổ"]
            .iter()
            .map(|region| keys(region))
            .collect()
    });
    let span = tag.mentions[f.mention].span();
    let place = tag.mentions[f.mention + 1..]
        .iter()
        .take_while(|m| m.span().start() < span.end())
        .any(|m| m.kind == MentionType::Loc && m.span().end() <= span.end());
    place || REGIONS.iter().any(|r| f.key.words.windows(r.len()).any(|w| w == r.as_slice()))
}

/// What stands beside an organ without a country.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Beside {
    /// The country that both are of: `Chính phủ, nhân dân Liên Xô`, `Bộ Quốc phòng (Nga)`.
    Country(&'static str),
    /// An organ of another state: `Bộ Công an và Bộ An ninh Lào`, `giữa Chính phủ và …`.
    Foreign,
    Nothing,
}

/// Reads on behind an organ, over others, to the country that stands once behind the last, which
/// is that of all: `Bộ Thương mại và Bộ Tài chính Mỹ`. It is not shared by two of one field, nor
/// where two sides are told apart: a bare ministry beside its foreign counterpart is that of the
/// reader.
fn beside(reading: &Reading<'_>, tag: &Tag, cast: &Cast, f: &Found) -> Beside {
    let text = reading.text();
    let span = tag.mentions[f.mention].span();
    let country = |i: usize| cast.of_mention[i].and_then(|e| cast.entities[e].country);
    let between_two = text[..span.start()].trim_end().ends_with("giữa");
    let mut end = span.end();
    for i in f.mention + 1..(f.mention + 6).min(tag.mentions.len()) {
        let next = &tag.mentions[i];
        if next.span().start() < end {
            continue;
        }
        let between = lowercase(&text[end..next.span().start()]);
        let first = end == span.end();
        let only_lists = between.split(|c: char| c.is_whitespace() || c == ',').all(|word| {
            matches!(
                word,
                "" | "và" | "nhân" | "dân" | "quân" | "đội" | "lãnh" | "đạo" | "nước" | "cùng"
            )
        });
        let with = matches!(between.trim(), "với" | "phối hợp với" | "hợp tác với");
        match next.kind {
            MentionType::Loc => {
                // "Chính phủ và Lào" are two.
                let its_own = match between.trim() {
                    "(" if first => text[next.span().end()..].starts_with(')'),
                    "và" | "," | "cùng" => false,
                    words => only_lists && !(first && words.is_empty()),
                };
                return country(i).filter(|_| its_own).map_or(Beside::Nothing, Beside::Country);
            }
            MentionType::Org if (only_lists && !between.trim().is_empty()) || with => {
                let key = Key::of(reading, tag, cast, i);
                let two = between_two || counterparts(&f.key.words, &key.words);
                match key.countries.into_iter().next() {
                    Some(_) if two => return Beside::Foreign,
                    Some(country) if is_of_others(&f.key.words, country) => {
                        return Beside::Foreign;
                    }
                    _ if with => return Beside::Nothing,
                    Some(country) => return Beside::Country(country),
                    None => {}
                }
                end = next.span().end();
            }
            _ => return Beside::Nothing,
        }
    }
    Beside::Nothing
}

/// True for organs of one field, of which a state has one: `Bộ Quốc phòng và Bộ Quốc phòng Lào`,
/// `Bộ Công an và Bộ An ninh Lào`.
fn counterparts(organ: &[u64], other: &[u64]) -> bool {
    static FIELDS: LazyLock<Vec<Vec<Vec<u64>>>> = LazyLock::new(|| {
        [
            &["An ninh", "Công an", "Nội vụ"][..],
            &["Công nghiệp", "Công Thương", "Kinh tế", "Thương mại"],
            &["Lao động", "Xã hội"],
            &["Thông tin", "Văn hóa"],
        ]
        .iter()
        .map(|fields| fields.iter().map(|field| keys(field)).collect())
        .collect()
    });
    let field = |words: &[u64]| words.get(1..3).unwrap_or_default().to_vec();
    let (a, b) = (field(organ), field(other));
    organ.first() == other.first()
        && (a == b || FIELDS.iter().any(|fields| fields.contains(&a) && fields.contains(&b)))
}

/// True for a ministry that Việt Nam has and the country has not: `Bộ Công an và Bộ Quốc phòng
/// Lào` are of two states.
fn is_of_others(organ: &[u64], country: &str) -> bool {
    static POLICE: LazyLock<Vec<u64>> = LazyLock::new(|| keys("Bộ Công an"));
    organ == *POLICE && !matches!(country, VIET_NAM | "loc:trung-quoc")
}

/// The country that the holder of the title around an organisation acts for.
fn holder_country(
    reading: &Reading<'_>,
    tag: &Tag,
    cast: &Cast,
    mention: usize,
) -> Option<&'static str> {
    let span = tag.mentions[mention].span();
    let title = (0..mention).rev().take(6).find(|i| {
        let before = &tag.mentions[*i];
        before.kind == MentionType::Title && before.span().contains(span)
    })?;
    let after = reading.text()[span.end()..].trim_start();
    if after.starts_with("nước ta") {
        return Some(VIET_NAM);
    }
    cast.entities[cast.holders[title]?].country
}

/// Organs that every state has; without a country the text means one of them.
pub(super) fn is_state_organ(words: &[u64]) -> bool {
    static ORGANS: LazyLock<Vec<Vec<u64>>> = LazyLock::new(|| {
        [
            "Bộ",
            "Chính phủ",
            "Quốc hội",
            "Đảng",
            "Nhà nước",
            "Quân đội",
            "Hải quân",
            "Không quân",
            "Lục quân",
            "Cảnh sát biển",
            "Bộ Chính trị",
            "Ban Bí thư",
            "Trung ương",
            "Quân ủy",
            "Tổng cục",
            "Ban Chấp hành Trung ương",
            "Văn phòng Chính phủ",
            "Văn phòng Quốc hội",
            "Văn phòng Chủ tịch nước",
            "Ủy ban Thường vụ Quốc hội",
            "Viện Kiểm sát nhân dân tối cao",
            "Tòa án nhân dân tối cao",
            "Ngân hàng Nhà nước",
            "Mặt trận Tổ quốc",
            "Thanh tra Chính phủ",
            "Kiểm toán Nhà nước",
            "Lực lượng vũ trang",
            "các Lực lượng vũ trang",
            "Đại sứ quán",
            "Tổng Tham mưu",
            "Hạ viện",
            "Thượng viện",
            "Bộ đội Biên phòng",
            "Phủ Chủ tịch",
            "Hội đồng Bộ trưởng",
            "Nội các",
        ]
        .iter()
        .map(|organ| keys(organ))
        .collect()
    });
    // "Nhà nước" alone is a state, "Nhà nước Hồi giáo" is not; "Đảng" is, "Đảng Dân chủ" is another.
    static ALONE: LazyLock<Vec<Vec<u64>>> = LazyLock::new(|| {
        ["Đảng", "Nhà nước", "Trung ương"].iter().map(|organ| keys(organ)).collect()
    });
    static PEOPLE: LazyLock<Vec<Vec<u64>>> = LazyLock::new(|| {
        ["Đảng Cộng sản", "Trung ương Đảng"].iter().map(|organ| keys(organ)).collect()
    });
    if ALONE.iter().any(|organ| begin_with(words, organ)) {
        return ALONE.iter().any(|organ| words == organ)
            || PEOPLE.iter().any(|organ| words == organ);
    }
    ORGANS.iter().any(|organ| begin_with(words, organ))
}
