//! The words of a text as the grammar sees them: numbers, marks, and the syllables that time
//! expressions are made of.

use std::sync::LazyLock;

use bantin_text::atoms::AtomKind;
use bantin_text::keys::syllable_key;

/// What an atom is to the grammar.
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

/// What an atom alone is to the grammar, in two bytes. Who reads many texts may keep it with the
/// surface form, of which nothing else is asked.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Lexeme(u16);

/// The bit of a lexeme that an expression may begin with.
const BEGINS: u16 = 1 << 15;
/// The bit of a number in one word that begins nothing but a length.
const SPELLED: u16 = 1 << 13;
/// The bit of one with a line feed before it. The other bits are a place in [`WORDS`].
const NEW_LINE: u16 = 1 << 14;

/// What is no syllable of ours.
const PLAIN: [Word; 11] = [
    Word::Other,
    Word::Number,
    Word::Clock,
    Word::Slash,
    Word::Dash,
    Word::Dot,
    Word::Comma,
    Word::Colon,
    Word::Open,
    Word::Close,
    Word::Mark,
];

/// The words by the number that their lexeme has.
static WORDS: [Word; PLAIN.len() + SYLLABLES.len()] = {
    let mut words = [Word::Other; PLAIN.len() + SYLLABLES.len()];
    let mut i = 0;
    while i < words.len() {
        words[i] = match i < PLAIN.len() {
            true => PLAIN[i],
            false => Word::Is(SYLLABLES[i - PLAIN.len()]),
        };
        i += 1;
    }
    words
};

impl Lexeme {
    const OTHER: u16 = 0;
    const NUMBER: u16 = 1;
    const CLOCK: u16 = 2;

    /// The lexeme of an atom by its surface and the matching key of that.
    pub fn of(kind: AtomKind, surface: &str, key: u64) -> Lexeme {
        Lexeme(match kind {
            AtomKind::Digits => Lexeme::NUMBER | BEGINS,
            AtomKind::Mark => mark(surface),
            AtomKind::Letters if clock(surface).is_some() => Lexeme::CLOCK | BEGINS,
            AtomKind::Letters => TABLE.find(surface, key),
        })
    }

    /// The same with a line feed in front of it, somewhere behind the atom before.
    pub fn on_new_line(self) -> Lexeme {
        Lexeme(self.0 | NEW_LINE)
    }

    /// True with a line feed in front of it.
    #[inline]
    pub fn is_on_new_line(self) -> bool {
        self.0 & NEW_LINE != 0
    }

    /// True when an expression may begin with it.
    #[inline]
    pub(crate) fn begins(self) -> bool {
        self.0 & BEGINS != 0
    }

    /// True for a number in one word that begins nothing but a length: not `năm`, a year.
    #[inline]
    pub(crate) fn is_spelled(self) -> bool {
        self.0 & SPELLED != 0
    }

    #[inline]
    pub(crate) fn word(self) -> Word {
        WORDS[usize::from(self.0 & !(BEGINS | NEW_LINE | SPELLED))]
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
];

/// The numbers in words that one may begin with.
const NUMBERS: &[&str] =
    &["một", "hai", "ba", "bốn", "tư", "sáu", "bảy", "bẩy", "tám", "chín", "mười"];

/// The lexemes of the syllables by their keys: a hash table with open addresses, three quarters
/// empty, for most words of a text are not in it.
struct Table(Vec<Option<(u64, u16)>>);

const TABLE_BITS: u32 = 10;

static TABLE: LazyLock<Table> = LazyLock::new(|| {
    let mut table = Table(vec![None; 1 << TABLE_BITS]);
    for (number, syllable) in (PLAIN.len() as u16..).zip(SYLLABLES) {
        let key = syllable_key(syllable);
        let place = table.place(key);
        let begins = match (BEGINNINGS.contains(syllable), NUMBERS.contains(syllable)) {
            (true, _) => BEGINS,
            (_, true) => BEGINS | SPELLED,
            _ => 0,
        };
        table.0[place].get_or_insert((key, number | begins));
    }
    table
});

impl Table {
    /// Where a key stands, or would.
    fn place(&self, key: u64) -> usize {
        let mut place = (key.wrapping_mul(0x9E37_79B9_7F4A_7C15) >> (64 - TABLE_BITS)) as usize;
        while self.0[place].is_some_and(|(other, _)| other != key) {
            place = (place + 1) % self.0.len();
        }
        place
    }

    fn find(&self, surface: &str, key: u64) -> u16 {
        // The longest syllable asked for has ten bytes.
        match self.0[self.place(key)] {
            Some((_, lexeme)) if surface.len() <= 12 => lexeme,
            _ => Lexeme::OTHER,
        }
    }
}

/// The place of a mark in [`PLAIN`].
fn mark(surface: &str) -> u16 {
    match surface {
        "/" => 3,
        "-" | "–" | "—" | "‐" | "‑" | "−" => 4,
        "." => 5,
        "," => 6,
        ":" => 7,
        "(" => 8,
        ")" => 9,
        _ => 10,
    }
}

/// Hour and minute of `8h`, `20h30`, `19g30`.
pub(crate) fn clock(surface: &str) -> Option<(u8, u8)> {
    if !surface.starts_with(|c: char| c.is_ascii_digit()) {
        return None;
    }
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
        for beginning in BEGINNINGS.iter().chain(NUMBERS) {
            assert!(SYLLABLES.contains(beginning), "{beginning}");
        }
    }

    #[test]
    fn every_syllable_is_found_by_its_key() {
        for syllable in SYLLABLES {
            let lexeme = Lexeme::of(AtomKind::Letters, syllable, syllable_key(syllable));
            let word = lexeme.word();
            assert!(matches!(word, Word::Is(s) if syllable_key(s) == syllable_key(syllable)));
        }
    }

    #[test]
    fn marks_are_told_apart() {
        let marks = ["/", "–", ".", ",", ":", "(", ")", "%"];
        let words = marks.map(|mark| Lexeme::of(AtomKind::Mark, mark, 0).word());
        use Word::*;
        assert_eq!(words, [Slash, Dash, Dot, Comma, Colon, Open, Close, Mark]);
    }

    #[test]
    fn clocks_are_read_and_their_look_alikes_are_not() {
        assert_eq!(clock("20h30"), Some((20, 30)));
        assert_eq!(clock("7g"), Some((7, 0)));
        assert_eq!(clock("25h"), None);
        assert_eq!(clock("4G5"), None);
    }
}
