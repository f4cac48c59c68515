//! Words that say that somebody speaks.

use std::cmp::Reverse;
use std::sync::LazyLock;

use super::clause::{Clause, phrase};
use crate::phrases::{Openings, begin_with};

/// Needs `rằng`, a colon, a comma or a clause behind it: `nói`, `chia sẻ`.
const WEAK: u8 = 1;
/// May stand behind what is told: `Giá sẽ giảm, ông A nói.`
const TELLS: u8 = 2;

/// What the words are, sorted.
const TABLE: [(&str, u8); 70] = [
    ("bày tỏ", 0),
    ("bác bỏ", 0),
    ("bình luận", TELLS),
    ("bộc bạch", 0),
    ("ca ngợi", 0),
    ("cam kết", 0),
    ("chia buồn", 0),
    ("chia sẻ", WEAK | TELLS),
    ("cho biết", TELLS),
    ("cho hay", TELLS),
    ("cho rằng", 0),
    ("chúc mừng", 0),
    ("chỉ rõ", 0),
    ("chỉ trích", 0),
    ("coi trọng", WEAK),
    ("cáo buộc", 0),
    ("cảm ơn", 0),
    ("cảnh báo", TELLS),
    ("ghi nhận", 0),
    ("giải thích", TELLS),
    ("hi vọng", 0),
    ("hoan nghênh", 0),
    ("hy vọng", 0),
    ("khuyến cáo", 0),
    ("khẳng định", TELLS),
    ("kiến nghị", 0),
    ("kêu gọi", 0),
    ("kể", WEAK | TELLS),
    ("kể lại", TELLS),
    ("lên án", 0),
    ("lưu ý", 0),
    ("mong", WEAK),
    ("mong muốn", 0),
    ("nhấn mạnh", TELLS),
    ("nhất trí", 0),
    ("nhận định", TELLS),
    ("nhắc lại", 0),
    ("nêu rõ", 0),
    ("nói", WEAK | TELLS),
    ("nói rõ", TELLS),
    ("phát biểu", WEAK),
    ("phân tích", WEAK | TELLS),
    ("phản đối", WEAK),
    ("phủ nhận", 0),
    ("quả quyết", 0),
    ("thông báo", 0),
    ("thú nhận", 0),
    ("thảo luận", WEAK),
    ("thống nhất", 0),
    ("thừa nhận", TELLS),
    ("tin rằng", 0),
    ("tin tưởng", 0),
    ("tiết lộ", TELLS),
    ("trao đổi", WEAK),
    ("trân trọng cảm ơn", 0),
    ("trả lời", WEAK),
    ("trần tình", 0),
    ("tuyên bố", 0),
    ("tái khẳng định", 0),
    ("tâm sự", TELLS),
    ("viết", WEAK),
    ("vui mừng", 0),
    ("vui mừng nhận thấy", 0),
    ("yêu cầu", WEAK),
    ("đánh giá", 0),
    ("đánh giá cao", 0),
    ("đề nghị", 0),
    ("đề xuất", 0),
    ("đồng ý", WEAK),
    ("ủng hộ", WEAK),
];

/// A cue as the keys of its words.
pub(super) struct Cue {
    pub(super) words: Vec<u64>,
    flags: u8,
}

impl Cue {
    pub(super) fn is_weak(&self) -> bool {
        self.flags & WEAK != 0
    }

    pub(super) fn tells(&self) -> bool {
        self.flags & TELLS != 0
    }
}

/// By first word, the longest first.
static CUES: LazyLock<Vec<Cue>> = LazyLock::new(|| {
    let cue = |(words, flags): &(&str, u8)| Cue { words: phrase(words), flags: *flags };
    let mut cues: Vec<Cue> = TABLE.iter().map(cue).collect();
    cues.sort_by(|a, b| {
        let key = |cue: &Cue| (cue.words[0], Reverse(cue.words.len()));
        (key(a), &a.words).cmp(&(key(b), &b.words))
    });
    cues
});

/// Number of words of the cue at an atom.
pub(super) fn is_cue(clause: &Clause<'_>, at: usize) -> Option<usize> {
    find_cue(clause, at).map(|cue| cue.words.len())
}

static OPENINGS: LazyLock<Openings> =
    LazyLock::new(|| Openings::of(CUES.iter().map(|cue| &cue.words[..])));

/// First words of cues.
pub(super) fn first_words() -> impl Iterator<Item = u64> {
    CUES.iter().map(|cue| cue.words[0])
}

/// The cue at an atom.
pub(super) fn find_cue(clause: &Clause<'_>, at: usize) -> Option<&'static Cue> {
    if !clause.sentence.atoms.contains(&at) {
        return None;
    }
    let words = clause.rest(at);
    let mut same = OPENINGS.phrases(words).map(|cue| &CUES[cue]);
    let cue = same.find(|cue| begin_with(words, &cue.words))?;
    // "sự đánh giá", "lời cảm ơn", "việc thống nhất" are nouns.
    let noun = at > clause.sentence.atoms.start && clause.has(&NOUNS, at - 1);
    // "Việt Nam nói chung và Bến Tre nói riêng"
    let scope = ["chung", "riêng"].iter().any(|w| clause.is(at + 1, w));
    (!noun && !scope).then_some(cue)
}

words!(NOUNS = "sự" "lời" "việc" "niềm" "thư" "bản" "buổi" "cuộc" "bài" "lễ" "được" "các" "những" "điều" "đơn" "câu" "mức" "ký" "kết");
