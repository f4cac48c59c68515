//! Names of one place: `LB Nga`, `Liên bang Nga` and `Nga`; `Mát-xcơ-va` and `Moscow`.

use std::borrow::Cow;
use std::sync::LazyLock;

use bantin_text::atoms::{AtomKind, atoms, keyed};
use bantin_text::keys::push_slug;

use crate::phrases::begin_with;

/// A place by one of its names.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Place<'s> {
    /// `loc:nga`
    pub(crate) id: Cow<'static, str>,
    /// The name that the id is made of.
    pub(crate) name: &'s str,
    /// For a country its id.
    pub(crate) country: Option<&'static str>,
}

/// The country of the reader.
pub(crate) const VIET_NAM: &str = "loc:viet-nam";

/// The place that a surface form names.
pub(crate) fn place(surface: &str) -> Place<'_> {
    let keys = keys(surface);
    let found = |keys: &[u64]| {
        TABLE.binary_search_by(|(k, _)| k.as_slice().cmp(keys)).ok().map(|i| TABLE[i].1)
    };
    // "nước Cộng hòa …", "thủ đô Moscow", "tỉnh Nghệ An", "TP. Vinh"
    let mut rest = &keys[..];
    loop {
        if let Some(Known { name, id, country }) = found(rest) {
            return Place { id: Cow::Borrowed(id), name, country: country.then_some(id) };
        }
        let head = HEADS.iter().find(|head| rest.len() > head.len() && begin_with(rest, head));
        match head {
            Some(head) => rest = &rest[head.len()..],
            None => break,
        }
    }
    let skipped = keys.len() - rest.len();
    let start = atoms(surface).filter(|a| a.kind != AtomKind::Mark).nth(skipped);
    let name = start.map_or(surface, |atom| &surface[atom.span.start()..]).trim();
    Place { id: Cow::Owned(id_of(name)), name, country: None }
}

fn id_of(name: &str) -> String {
    let mut id = String::with_capacity(4 + name.len());
    id.push_str("loc:");
    push_slug(name, &mut id);
    id
}

/// The name of a country by its id: `loc:nga` is Nga.
pub(crate) fn country_name(id: &str) -> Option<&'static str> {
    KNOWN.iter().find(|known| known.country && known.id == id).map(|known| known.name)
}

/// Keys of the words of a name, marks left out, so that `Việt-Nam` is `Việt Nam`.
pub(crate) fn keys(surface: &str) -> Vec<u64> {
    let mut keys = Vec::new();
    push_keys(surface, &mut keys);
    keys
}

/// Appends the [`keys`] of a name.
pub(crate) fn push_keys(surface: &str, keys: &mut Vec<u64>) {
    // A word has four bytes and more, as a rule.
    keys.reserve(surface.len() / 4 + 1);
    for (atom, key) in keyed(surface) {
        if atom.kind != AtomKind::Mark {
            keys.push(key);
        }
    }
}

/// True when a surface is the word, in any case of its first letter. Cheaper than a key.
pub(crate) fn same_word(surface: &str, word: &str) -> bool {
    surface.len() == word.len()
        && (surface == word || {
            let (mut a, mut b) = (surface.chars(), word.chars());
            match (a.next(), b.next()) {
                (Some(x), Some(y)) => {
                    a.as_str() == b.as_str() && x.to_lowercase().eq(y.to_lowercase())
                }
                _ => false,
            }
        })
}

/// A place of the tables below.
struct Known {
    name: &'static str,
    id: String,
    country: bool,
}

static KNOWN: LazyLock<Vec<Known>> = LazyLock::new(|| {
    let known =
        |names: &&[&'static str], country| Known { name: names[0], id: id_of(names[0]), country };
    let countries = COUNTRIES.iter().map(|names| known(names, true));
    countries.chain(PLACES.iter().map(|names| known(names, false))).collect()
});

/// All their names by their keys.
static TABLE: LazyLock<Vec<(Vec<u64>, &'static Known)>> = LazyLock::new(|| {
    let rows = COUNTRIES.iter().chain(PLACES).zip(KNOWN.iter());
    let mut table: Vec<_> =
        rows.flat_map(|(names, known)| names.iter().map(move |name| (keys(name), known))).collect();
    table.sort_by(|(a, x), (b, y)| (a, x.name, x.country).cmp(&(b, y.name, y.country)));
    table.dedup_by(|a, b| a.0 == b.0);
    table
});

static HEADS: LazyLock<Vec<Vec<u64>>> = LazyLock::new(|| {
    [
        "nước",
        "thủ đô",
        "tỉnh",
        "thành phố",
        "TP",
        "T.P",
        "thị xã",
        "TX",
        "thị trấn",
        "huyện",
        "quận",
        "phường",
        "xã",
        "đất nước",
        "cố đô",
        "bang",
        "đảo",
        "quần đảo",
    ]
    .iter()
    .map(|head| keys(head))
    .filter(|head| !head.is_empty())
    .collect()
});

/// Countries, the usual name first. Short forms such as `Trung` are names only where the mention
/// is a place, as in `Việt - Trung`.
#[rustfmt::skip]
const COUNTRIES: &[&[&str]] = &[
    &["Việt Nam", "Việt", "VN", "Cộng hòa xã hội chủ nghĩa Việt Nam", "CHXHCN Việt Nam", "Vietnam"],
    &["Nga", "Liên bang Nga", "LB Nga", "LBN", "Cộng hòa Liên bang Nga", "Russia"],
    &["Liên Xô", "Liên bang Xô Viết", "Liên Xô cũ", "Xô Viết"],
    &["Mỹ", "Hoa Kỳ", "Hợp chúng quốc Hoa Kỳ", "Hợp chủng quốc Hoa Kỳ", "USA", "US", "U.S."],
    &["Trung Quốc", "Trung", "CHND Trung Hoa", "Cộng hòa Nhân dân Trung Hoa", "Trung Hoa", "China"],
    &["Nhật Bản", "Nhật", "Japan"], &["Hàn Quốc", "Hàn", "Đại Hàn Dân Quốc", "Nam Hàn"],
    &["Triều Tiên", "CHDCND Triều Tiên", "Cộng hòa Dân chủ Nhân dân Triều Tiên", "Bắc Triều Tiên", "Bắc Hàn"],
    &["Lào", "CHDCND Lào", "Cộng hòa Dân chủ Nhân dân Lào", "Laos"],
    &["Campuchia", "Cam-pu-chia", "Vương quốc Campuchia", "Cambodia", "Căm-pu-chia"],
    &["Thái Lan", "Thái", "Vương quốc Thái Lan", "Thailand"], &["Myanmar", "Mi-an-ma", "Miến Điện"],
    &["Malaysia", "Ma-lai-xi-a"], &["Singapore", "Xin-ga-po", "Xinh-ga-po"],
    &["Indonesia", "In-đô-nê-xi-a"], &["Philippines", "Phi-líp-pin", "Philippin"],
    &["Brunei", "Bru-nây"], &["Đông Timor", "Timor Leste", "Timor-Leste"],
    &["Ấn Độ", "Ấn", "India"], &["Pakistan", "Pa-ki-xtan"], &["Bangladesh", "Băng-la-đét"],
    &["Sri Lanka", "Xri Lan-ca"], &["Nepal", "Nê-pan"], &["Mông Cổ", "Mongolia"],
    &["Đài Loan", "Taiwan"], &["Anh", "Vương quốc Anh", "Anh quốc", "UK"], &["Pháp", "Cộng hòa Pháp", "France"],
    &["Đức", "CHLB Đức", "Cộng hòa Liên bang Đức", "Germany"], &["Italy", "Italia", "Ý", "I-ta-li-a"],
    &["Tây Ban Nha", "Spain"], &["Bồ Đào Nha", "Portugal"], &["Hà Lan", "Netherlands"], &["Bỉ"],
    &["Thụy Sĩ", "Thụy Sỹ"], &["Thụy Điển"], &["Na Uy"], &["Đan Mạch"], &["Phần Lan"], &["Áo"],
    &["Ba Lan"], &["Cộng hòa Séc", "Séc", "CH Séc"], &["Slovakia", "Xlô-va-ki-a"], &["Hungary", "Hung-ga-ri"],
    &["Romania", "Ru-ma-ni", "Rumani"], &["Bulgaria", "Bun-ga-ri"], &["Hy Lạp"], &["Serbia", "Xéc-bi-a"],
    &["Croatia"], &["Ukraine", "Ukraina", "U-crai-na"], &["Belarus", "Bê-la-rút"], &["Kazakhstan", "Ca-dắc-xtan"],
    &["Uzbekistan"], &["Thổ Nhĩ Kỳ"], &["Iran", "I-ran"], &["Iraq", "I-rắc"], &["Israel", "I-xra-en"],
    &["Palestine", "Pa-le-xtin"], &["Syria", "Xi-ri"], &["Saudi Arabia", "Ả-rập Xê-út", "Ả Rập Xê Út", "Ả-rập Xê út"],
    &["Qatar", "Ca-ta"], &["UAE", "Các tiểu vương quốc Ả-rập thống nhất"], &["Kuwait", "Cô-oét"],
    &["Ai Cập"], &["Nam Phi"], &["Algeria", "An-giê-ri"], &["Morocco", "Ma-rốc"], &["Nigeria"], &["Angola", "Ăng-gô-la"],
    &["Mozambique", "Mô-dăm-bích"], &["Cuba", "Cu-ba", "Cộng hòa Cuba"], &["Venezuela", "Vê-nê-xu-ê-la"], &["Brazil", "Bra-xin", "Braxin"],
    &["Argentina", "Ác-hen-ti-na"], &["Chile", "Chi-lê"], &["Peru", "Pê-ru"], &["Mexico", "Mê-hi-cô", "Mê-xi-cô"],
    &["Canada", "Ca-na-đa"], &["Australia", "Úc", "Ô-xtrây-li-a", "Ốt-xtrây-li-a"], &["New Zealand", "Niu Di-lân"],
    &["Afghanistan", "Áp-ga-ni-xtan"], &["Libya", "Li-bi"], &["Ireland", "Ai-len"],
];

/// Cities and regions with several names.
#[rustfmt::skip]
const PLACES: &[&[&str]] = &[
    &["Thành phố Hồ Chí Minh", "TP Hồ Chí Minh", "TP.HCM", "TPHCM", "TP HCM", "Sài Gòn", "Sài Gòn - TP.HCM", "Tp.HCM"],
    &["Hà Nội", "TP Hà Nội", "Thành phố Hà Nội", "HN", "Hanoi"], &["Bà Rịa - Vũng Tàu", "BR-VT"],
    &["Thừa Thiên - Huế", "Thừa Thiên Huế", "TT-Huế"], &["Đắk Lắk", "Đăk Lăk", "Đắc Lắc", "Đắk Lăk"],
    &["Moscow", "Moskva", "Mát-xcơ-va", "Mátxcơva", "Matxcơva", "Mạc Tư Khoa"], &["Bắc Kinh", "Beijing"],
    &["Washington", "Washington DC", "Washington D.C.", "Oa-sinh-tơn"], &["New York", "Niu Oóc"],
    &["Viêng Chăn", "Vientiane", "Viêng-chăn"], &["Phnom Penh", "Phnôm Pênh", "Phnom-Penh"],
    &["Bangkok", "Băng Cốc"], &["Paris", "Pa-ri"], &["London", "Luân Đôn"], &["Tokyo", "Tô-ki-ô"],
    &["Seoul", "Xơ-un"], &["Bình Nhưỡng", "Pyongyang"], &["Genève", "Geneva", "Giơ-ne-vơ"],
    &["Saint Petersburg", "St. Petersburg", "Xanh Pê-téc-bua", "Saint-Petersburg"],
    &["Châu Âu", "Âu châu"], &["Châu Á - Thái Bình Dương", "Á - Thái Bình Dương"],
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_of_one_country_have_one_id() {
        for name in ["Nga", "LB Nga", "Liên bang Nga", "nước Nga"] {
            let found = place(name);
            assert_eq!((&*found.id, found.country), ("loc:nga", Some("loc:nga")), "{name}");
        }
        assert_eq!(place("Cộng hoà Dân chủ Nhân dân Lào").id, "loc:lao");
        assert_eq!(place("Thủ đô Moscow").id, "loc:moscow");
        assert_eq!(place("Mát-xcơ-va").id, "loc:moscow");
        assert_ne!(place("Liên Xô").id, place("Nga").id);
    }

    #[test]
    fn a_place_that_no_table_knows_loses_its_classifier() {
        assert_eq!(place("tỉnh Nghệ An").id, "loc:nghe-an");
        assert_eq!(place("TP. Vinh").name, "Vinh");
        assert_eq!(place("châu Á-Thái Bình Dương").id, "loc:chau-a-thai-binh-duong");
    }
}
