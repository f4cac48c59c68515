//! The words of a text as the grammar sees them: numbers, marks, and the few dozen syllables that
//! time expressions are made of.

use std::sync::LazyLock;

use bantin_text::atoms::{Atom, AtomKind};
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
    /// An expression may begin with it.
    pub(crate) begins: bool,
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
    "cho",
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
    "lập",
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
    "thống",
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

/// Those of them that an expression may begin with: a part of the day, a unit of the calendar, a
/// word that leads to one, a number. Anywhere else no rule needs to be tried.
const BEGINNINGS: &[&str] = &[
    "buổi",
    "rạng",
    "xế",
    "giữa",
    "nửa",
    "đầu",
    "cuối",
    "sáng",
    "trưa",
    "chiều",
    "tối",
    "đêm",
    "khuya",
    "ngày",
    "hôm",
    "cùng",
    "mùng",
    "mồng",
    "rằm",
    "thứ",
    "chủ",
    "tháng",
    "năm",
    "tuần",
    "thượng",
    "trung",
    "hạ",
    "quý",
    "mùa",
    "hè",
    "xuân",
    "thu",
    "đông",
    "thế",
    "thập",
    "những",
    "giai",
    "thời",
    "niên",
    "một",
    "hai",
    "ba",
    "bốn",
    "tư",
    "sáu",
    "bảy",
    "bẩy",
    "tám",
    "chín",
    "mười",
];

/// The syllables by their keys: a hash table with open addresses, three quarters empty, for most
/// words of a text are not in it.
struct Table(Vec<Option<(u64, &'static str, bool)>>);

const TABLE_BITS: u32 = 10;

static TABLE: LazyLock<Table> = LazyLock::new(|| {
    let mut table = Table(vec![None; 1 << TABLE_BITS]);
    for syllable in SYLLABLES {
        let key = syllable_key(syllable);
        let place = table.place(key);
        table.0[place].get_or_insert((key, syllable, BEGINNINGS.contains(syllable)));
    }
    table
});

impl Table {
    /// Where a key stands, or would.
    fn place(&self, key: u64) -> usize {
        let mut place = (key.wrapping_mul(0x9E37_79B9_7F4A_7C15) >> (64 - TABLE_BITS)) as usize;
        while self.0[place].is_some_and(|(other, ..)| other != key) {
            place = (place + 1) % self.0.len();
        }
        place
    }

    fn find(&self, surface: &str, key: u64) -> (Word, bool) {
        // The longest syllable asked for has ten bytes.
        match self.0[self.place(key)] {
            Some((_, syllable, begins)) if surface.len() <= 12 => (Word::Is(syllable), begins),
            _ => (Word::Other, false),
        }
    }
}

/// Reads atoms of `text`, with their keys, into `tokens`, which is emptied first.
pub(crate) fn read(text: &str, atoms: impl Iterator<Item = (Atom, u64)>, tokens: &mut Vec<Token>) {
    tokens.clear();
    let table = &*TABLE;
    let mut at = 0;
    for (atom, key) in atoms {
        let surface = &text[atom.span];
        let between = &text.as_bytes()[at..atom.span.start()];
        at = atom.span.end();
        let mut number = 0;
        let (word, begins) = match atom.kind {
            AtomKind::Digits => {
                number = if surface.len() <= 9 { surface.parse().unwrap_or(0) } else { 0 };
                (Word::Number, true)
            }
            AtomKind::Mark => (mark(surface), false),
            AtomKind::Letters if surface.as_bytes()[0].is_ascii_digit() => match clock(surface) {
                Some(_) => (Word::Clock, true),
                None => table.find(surface, key),
            },
            AtomKind::Letters => table.find(surface, key),
        };
        tokens.push(Token {
            start: atom.span.start() as u32,
            end: atom.span.end() as u32,
            word,
            number,
            gap: !between.is_empty(),
            line: !matches!(between, [] | [b' ']) && between.contains(&b'\n'),
            begins,
        });
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
    fn what_begins_an_expression_is_among_the_syllables() {
        for beginning in BEGINNINGS {
            assert!(SYLLABLES.contains(beginning), "{beginning}");
        }
    }

    #[test]
    fn every_syllable_is_found_by_its_key() {
        for syllable in SYLLABLES {
            let (word, _) = TABLE.find(syllable, syllable_key(syllable));
            assert!(matches!(word, Word::Is(s) if syllable_key(s) == syllable_key(syllable)));
        }
    }

    #[test]
    fn clocks_are_read_and_their_look_alikes_are_not() {
        assert_eq!(clock("20h30"), Some((20, 30)));
        assert_eq!(clock("7g"), Some((7, 0)));
        assert_eq!(clock("25h"), None);
        assert_eq!(clock("4G5"), None);
    }
}
