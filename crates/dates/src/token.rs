//! The words of a text as the grammar sees them: numbers, marks, and the few dozen syllables that
//! time expressions are made of.

use std::sync::LazyLock;

use bantin_text::atoms::{AtomKind, atoms};
use bantin_text::keys::syllable_key;

/// What a token is to the grammar.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Word {
    /// A word that no time expression holds.
    Other,
    /// Digits only.
    Number,
    /// `8h`, `20h30`, `19g30`.
    Clock,
    /// `/`
    Slash,
    /// Any hyphen or dash.
    Dash,
    /// `.`
    Dot,
    /// `,`
    Comma,
    /// `:`
    Colon,
    /// `(`
    Open,
    /// `)`
    Close,
    /// Any other mark.
    Mark,
    /// One of the syllables of [`SYLLABLES`].
    Is(&'static str),
}

/// One token: eight bytes of place, what it is, and its number.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Token {
    pub(crate) start: u32,
    pub(crate) end: u32,
    pub(crate) word: Word,
    /// The value of a number of at most nine digits, else 0.
    pub(crate) number: u32,
    /// White space stands before it.
    pub(crate) gap: bool,
    /// A line feed stands before it.
    pub(crate) line: bool,
    /// It begins with a capital.
    pub(crate) upper: bool,
}

impl Token {
    /// Number of digits of a number.
    pub(crate) fn digits(&self) -> u32 {
        self.end - self.start
    }
}

/// Syllables that the grammar asks for. Keys fold case, tone placement and i/y.
const SYLLABLES: &[&str] = &[
    "al",
    "apec",
    "asiad",
    "ba",
    "bao",
    "buổi",
    "bài",
    "bính",
    "bảng",
    "bảy",
    "bẩy",
    "bằng",
    "bốn",
    "bộ",
    "ca",
    "calo",
    "canh",
    "cc",
    "chiếc",
    "chiếm",
    "chiều",
    "cháu",
    "chín",
    "chạp",
    "chục",
    "chủ",
    "cm",
    "con",
    "cup",
    "cuối",
    "càng",
    "cuộc",
    "các",
    "cái",
    "câu",
    "cùng",
    "cúp",
    "căn",
    "cả",
    "cầu",
    "của",
    "dương",
    "dần",
    "dậu",
    "dịp",
    "em",
    "euro",
    "festival",
    "games",
    "giai",
    "giáo",
    "giáp",
    "giêng",
    "giải",
    "giờ",
    "giữa",
    "góc",
    "gần",
    "ha",
    "hai",
    "hay",
    "hiến",
    "hoặc",
    "hàng",
    "hè",
    "hôm",
    "hơn",
    "hạ",
    "hạn",
    "hạng",
    "hằng",
    "hẻm",
    "hết",
    "học",
    "hồi",
    "hộ",
    "hội",
    "hợi",
    "kg",
    "khi",
    "khoá",
    "khoảng",
    "khu",
    "khuya",
    "khánh",
    "kia",
    "km",
    "kw",
    "kỳ",
    "kỷ",
    "league",
    "liên",
    "luật",
    "là",
    "lít",
    "lô",
    "lăm",
    "lượt",
    "lần",
    "lễ",
    "lệ",
    "lệnh",
    "lịch",
    "lớp",
    "m",
    "m2",
    "mai",
    "mm",
    "mw",
    "mão",
    "mét",
    "mùa",
    "mùi",
    "mùng",
    "mươi",
    "mười",
    "mạng",
    "mấy",
    "mậu",
    "mốt",
    "mồng",
    "mỗi",
    "một",
    "mới",
    "mừng",
    "nay",
    "nghìn",
    "ngoái",
    "ngàn",
    "ngày",
    "ngõ",
    "người",
    "ngọ",
    "nhi",
    "nhiều",
    "nhà",
    "nhâm",
    "nhật",
    "những",
    "niên",
    "niệm",
    "này",
    "năm",
    "nửa",
    "nữ",
    "olympic",
    "phút",
    "phố",
    "qua",
    "quyển",
    "quân",
    "quý",
    "quận",
    "quốc",
    "rưỡi",
    "rạng",
    "rằm",
    "rồi",
    "sang",
    "sau",
    "seagames",
    "sinh",
    "suất",
    "suốt",
    "sáng",
    "sáu",
    "sân",
    "số",
    "sắp",
    "lao",
    "nhìn",
    "sn",
    "phiên",
    "show",
    "bowl",
    "open",
    "expo",
    "awards",
    "world",
    "sớm",
    "sửu",
    "theo",
    "thu",
    "tháng",
    "thân",
    "thìn",
    "thượng",
    "thập",
    "thắng",
    "thế",
    "thị",
    "thời",
    "thứ",
    "triệu",
    "trong",
    "trung",
    "trăm",
    "trưa",
    "trước",
    "trường",
    "trở",
    "tuất",
    "tuần",
    "tuổi",
    "tám",
    "tân",
    "tý",
    "tư",
    "tạ",
    "tại",
    "tấn",
    "tết",
    "tệ",
    "tị",
    "tối",
    "tổ",
    "tới",
    "từ",
    "từng",
    "tỷ",
    "usd",
    "vnđ",
    "và",
    "vài",
    "vào",
    "vé",
    "văn",
    "với",
    "vụ",
    "vừa",
    "w",
    "won",
    "xe",
    "xuân",
    "xế",
    "yen",
    "âl",
    "âm",
    "đ",
    "đinh",
    "điểm",
    "đoạn",
    "đây",
    "đêm",
    "đó",
    "đô",
    "đông",
    "đường",
    "đại",
    "đạt",
    "đầu",
    "đến",
    "định",
    "đồng",
    "độ",
    "động",
    "ất",
    "ấy",
    "ở",
];

static TABLE: LazyLock<Vec<(u64, &'static str)>> = LazyLock::new(|| {
    let mut table: Vec<_> = SYLLABLES.iter().map(|s| (syllable_key(s), *s)).collect();
    table.sort_unstable_by_key(|(key, _)| *key);
    table.dedup_by_key(|(key, _)| *key);
    table
});

/// Reads the tokens of `text` into `tokens`, which is emptied first.
pub(crate) fn read(text: &str, tokens: &mut Vec<Token>) {
    tokens.clear();
    let table = &*TABLE;
    let mut at = 0;
    for atom in atoms(text) {
        let surface = &text[atom.span];
        let between = &text.as_bytes()[at..atom.span.start()];
        at = atom.span.end();
        let mut number = 0;
        let word = match atom.kind {
            AtomKind::Digits => {
                number = if surface.len() <= 9 { surface.parse().unwrap_or(0) } else { 0 };
                Word::Number
            }
            AtomKind::Mark => mark(surface),
            AtomKind::Letters if surface.as_bytes()[0].is_ascii_digit() => {
                if clock(surface).is_some() { Word::Clock } else { known(table, surface) }
            }
            AtomKind::Letters => known(table, surface),
        };
        tokens.push(Token {
            start: atom.span.start() as u32,
            end: atom.span.end() as u32,
            word,
            number,
            gap: !between.is_empty(),
            line: between.contains(&b'\n'),
            upper: surface.chars().next().is_some_and(char::is_uppercase),
        });
    }
}

fn known(table: &[(u64, &'static str)], surface: &str) -> Word {
    if surface.len() > 12 {
        return Word::Other; // the longest syllable asked for has ten bytes
    }
    let key = syllable_key(surface);
    match table.binary_search_by_key(&key, |(key, _)| *key) {
        Ok(found) => Word::Is(table[found].1),
        Err(_) => Word::Other,
    }
}

fn mark(surface: &str) -> Word {
    match surface {
        "/" => Word::Slash,
        "-" | "–" | "—" | "‐" | "‑" | "−" => Word::Dash,
        "." => Word::Dot,
        "," => Word::Comma,
        ":" => Word::Colon,
        "(" => Word::Open,
        ")" => Word::Close,
        _ => Word::Mark,
    }
}

/// Hour and minute of `8h`, `20h30`, `19g30`.
pub(crate) fn clock(surface: &str) -> Option<(u8, u8)> {
    let at = surface.find(['h', 'g', 'H', 'G'])?;
    let hour: u8 = surface[..at].parse().ok()?;
    let minute = match &surface[at + 1..] {
        "" => 0,
        digits if digits.len() == 2 => digits.parse().ok()?,
        _ => return None,
    };
    (hour <= 24 && minute < 60).then_some((hour, minute))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn clocks_are_read_and_their_look_alikes_are_not() {
        assert_eq!(clock("20h30"), Some((20, 30)));
        assert_eq!(clock("7g"), Some((7, 0)));
        assert_eq!(clock("25h"), None);
        assert_eq!(clock("4G5"), None);
    }
}
