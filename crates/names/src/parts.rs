//! What a name is made of.

use bantin_text::keys::{lowercase, slug};
use bantin_text::letters::is_marked;
use bantin_text::syllable;

use crate::sound::romanized;

/// In which order a name is written, as far as its words say.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Origin {
    /// Legal Vietnamese syllables: family name first, called by the last one. Chinese and Korean
    /// names in Sino-Vietnamese form look the same.
    Vietnamese,
    /// Anything else; family name last.
    Foreign,
    /// One syllable that may be either.
    Unknown,
}

/// The words of a name: what stands between spaces and stops, with hyphens kept.
/// `V.N. Drozhzhov` has the words `V`, `N`, `Drozhzhov`.
pub fn words(name: &str) -> impl DoubleEndedIterator<Item = &str> + Clone {
    name.split(|c: char| c.is_whitespace() || matches!(c, '.' | ',' | '(' | ')' | '·'))
        .filter(|word| !word.is_empty())
}

/// The origin of a name by its syllables.
pub fn origin(name: &str) -> Origin {
    origin_of(words(name))
}

/// The same for the words of a name.
pub(crate) fn origin_of<'w>(mut words: impl Iterator<Item = &'w str> + Clone) -> Origin {
    let mut count = 0;
    let mut marked = false;
    for word in words.clone() {
        count += 1;
        marked |= word.chars().any(is_marked);
        if !syllable::is_legal(word) {
            return Origin::Foreign;
        }
    }
    let first = words.next().unwrap_or_default();
    match count {
        0 | 1 => Origin::Unknown,
        _ if marked || is_surname(first) => Origin::Vietnamese,
        _ => Origin::Foreign,
    }
}

/// True for a Vietnamese family name, in any case, with its marks.
pub fn is_surname(word: &str) -> bool {
    let lower = lowercase(word);
    SURNAMES.binary_search(&lower.as_str()).is_ok()
}

/// The part of an id that stays the same across documents: patronymics and initials are left
/// out of a foreign name and its spelling is levelled, so that `Dmitry Anatolyevich Orlov` and
/// `Dmitri Orlov` give `dmitri-orlov`.
pub fn canonical_slug(name: &str) -> String {
    slug_of(name, origin(name))
}

/// The same where the origin of the name is known.
pub(crate) fn slug_of(name: &str, origin: Origin) -> String {
    if origin == Origin::Vietnamese {
        return slug(name);
    }
    let all: Vec<&str> = words(name).collect();
    let long = |word: &&str| word.chars().count() > 1;
    let mut kept: Vec<&str> = all.iter().copied().filter(long).collect();
    if kept.len() < 2 {
        kept = all;
    }
    if kept.len() > 2 {
        let last = kept.len() - 1;
        let mut i = 0;
        kept.retain(|word| {
            i += 1;
            i == 1 || i == last + 1 || !is_ending_of_patronymics(&romanized(word))
        });
    }
    let mut out = String::new();
    for word in kept {
        if !out.is_empty() {
            out.push('-');
        }
        // Only the ending is levelled; inside a word the difference is too often real.
        let plain = slug(word);
        let ending = ["iy", "yy", "ij", "gey", "sey", "xey", "rey", "vey", "gej", "sej", "rej"]
            .into_iter()
            .find(|e| plain.ends_with(e));
        match ending {
            Some(ending) if plain.len() > 4 => {
                out.push_str(&plain[..plain.len() - 2]);
                out.push_str(if ending.len() == 3 { "ei" } else { "i" });
            }
            _ if plain.len() > 4 && plain.ends_with("try") => {
                out.push_str(&plain[..plain.len() - 1]);
                out.push('i');
            }
            _ => out.push_str(&plain),
        }
    }
    out
}

/// `Nikolaevich`, `Ivanovna`: true for a romanized word that ends like these.
pub(crate) fn is_ending_of_patronymics(word: &str) -> bool {
    word.len() > 5 && ["vich", "vic", "vna", "ich", "chna"].iter().any(|e| word.ends_with(e))
}

/// Family names in Vietnam, those of the minorities included. Sorted by bytes.
#[rustfmt::skip]
const SURNAMES: &[&str] = &[
    "bàn", "bàng", "bành", "bá", "bùi", "bạc", "bạch", "bế", "cao", "chu", "chung", "chá", "châu",
    "chẩu", "chế", "chử", "cung", "cà", "cái", "cát", "cù", "cầm", "cồ", "cứ", "danh", "diệp",
    "doãn", "dương", "giang", "giàng", "giáp", "hoa", "hoàng", "huỳnh", "hà", "hàn", "hùng",
    "hưng", "hạ", "hạng", "hầu", "hồ", "hồng", "hờ", "hứa", "kha", "khuất", "kháng", "khúc",
    "khương", "khổng", "kim", "kiều", "ksor", "kông", "kỳ", "la", "lai", "linh", "liêu", "long",
    "ly", "lâm", "lã", "lèng", "lê", "lí", "lò", "lù", "lý", "lưu", "lương", "lường", "lại", "lầu",
    "lều", "lỗ", "lục", "lữ", "ma", "mai", "mâu", "mè", "mó", "mùa", "mạc", "mẫn", "mễ", "mộc",
    "nghiêm", "nguyễn", "ngô", "nhan", "nhâm", "nhữ", "ninh", "nông", "phan", "phàn", "phí", "phó",
    "phù", "phùng", "phương", "phạm", "quan", "quàng", "quách", "quản", "quảng", "rơ", "siu",
    "sái", "sùng", "sơn", "sầm", "sử", "thang", "thi", "thiều", "thào", "thái", "thân", "thạch",
    "thẩm", "tiêu", "tiết", "toàn", "trang", "tri", "triệu", "trà", "trương", "trầm", "trần",
    "trịnh", "tào", "tòng", "tô", "tôn", "tăng", "tư", "tạ", "tất", "tần", "tẩn", "tề", "tống",
    "từ", "ung", "uông", "vi", "vinh", "viên", "vàng", "vòng", "võ", "văn", "vũ", "vương", "vạn",
    "vừ", "xa", "yên", "án", "ân", "âu", "ông", "đan", "đinh", "điểu", "đoàn", "đàm", "đào", "đái",
    "đèo", "đôn", "đường", "đậu", "đặng", "đồng", "đổng", "đỗ", "đỗng", "đới", "ưng", "ấu", "ứng",
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn surnames_are_sorted() {
        assert!(SURNAMES.is_sorted());
    }

    #[test]
    fn ids_leave_out_what_varies() {
        assert_eq!(canonical_slug("Viktor Nikolaevich Orlov"), "viktor-orlov");
        assert_eq!(canonical_slug("Dmitry Orlov"), canonical_slug("Dmitri Orlov"));
        assert_eq!(canonical_slug("Trần Văn Sơn"), "tran-van-son");
        assert_eq!(canonical_slug("Sergey Orlov"), "sergei-orlov");
        assert_eq!(canonical_slug("Amal Clooney"), "amal-clooney");
        assert_eq!(canonical_slug("V. Orlov"), "v-orlov");
        assert_eq!(canonical_slug("George W. Bush"), "george-bush");
    }
}
