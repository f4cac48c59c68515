//! Phrases that announce a zone. A phrase is matched word by word on folded keys, so case and
//! the place of a tone do not matter; a mark stands for itself.

use std::cmp::Reverse;
use std::sync::LazyLock;

use crate::lexicon::Class;
use crate::token::Token;
use crate::word::key_of;

/// What a phrase announces.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(u8)]
pub(crate) enum Cue {
    /// `Ảnh:` and its kin, with their colon.
    Credit,
    /// `Ảnh minh họa`: a credit that needs no name.
    Note,
    /// `Ảnh` without a colon; a name must stand behind it.
    Photo,
    /// `Nguồn:`, of a picture or of the text.
    Source,
    /// `Video:`, `Clip:` in front of an embed or its credit.
    Video,
    /// `Tin, ảnh:`: a byline.
    Team,
    /// `Tin liên quan`: the header of a list.
    Header,
    /// `Xem thêm`: a pointer to one story.
    Pointer,
    /// `Bấm xem`
    Press,
    /// `Mọi phản ánh`, `Hotline:`
    Promo,
    /// `Email:`, `Website:` at the start of a line.
    Contact,
    /// `Chủ đề:`, `Tags:`
    Topic,
    /// `Tổng hợp` in brackets behind a name.
    Compiled,
    /// `Bình luận (0)`, `Lượt xem`: buttons and counters.
    Button,
}

/// One table for all; phrases are written as they are read, a word or a mark each.
const PHRASES: &[(Cue, &[&str])] = &[
    (
        Cue::Credit,
        &[
            "ảnh :",
            "hình :",
            "ảnh chụp :",
            "ảnh minh họa :",
            "ảnh minh hoạ :",
            "hình minh họa :",
            "ảnh tư liệu :",
            "ảnh trong bài :",
            "ảnh internet :",
            "ảnh cắt từ clip :",
            "nguồn ảnh :",
            "nguồn hình :",
            "hình ảnh :",
            "ảnh và clip :",
            "đồ họa :",
            "đồ hoạ :",
            "biểu đồ :",
            "infographic :",
            "photo :",
            "nguồn video :",
            "nguồn clip :",
            "thực hiện :",
        ],
    ),
    (
        Cue::Note,
        &[
            "ảnh minh họa",
            "hình minh họa",
            "hình ảnh minh họa",
            "ảnh cắt từ",
            "hình cắt từ",
            "hình ảnh cắt từ",
            "ảnh chụp màn hình",
            "ảnh chụp từ",
            "ảnh tư liệu",
            "ảnh internet",
            "ảnh đồ họa",
            "ảnh từ internet",
            "ảnh nguồn internet",
            "ảnh có tính minh họa",
            "ảnh chỉ có tính minh họa",
            "ảnh mang tính minh họa",
            "ảnh chỉ mang tính minh họa",
            "ảnh mang tính chất minh họa",
            "ảnh chỉ mang tính chất minh họa",
            "ảnh gia đình cung cấp",
            "ảnh do gia đình cung cấp",
            "ảnh nhân vật cung cấp",
            "ảnh do nhân vật cung cấp",
            "ảnh công an cung cấp",
            "ảnh do công an cung cấp",
            "ảnh bệnh viện cung cấp",
            "ảnh do bệnh viện cung cấp",
            "ảnh do cơ quan công an cung cấp",
        ],
    ),
    (Cue::Photo, &["ảnh"]),
    (Cue::Source, &["nguồn :", "nguồn tin :"]),
    (Cue::Video, &["video :", "clip :", "video clip :", "videoclip :"]),
    (
        Cue::Team,
        &[
            "tin , ảnh :",
            "tin và ảnh :",
            "tin - ảnh :",
            "tin ảnh :",
            "bài , ảnh :",
            "bài và ảnh :",
            "bài - ảnh :",
            "bài ảnh :",
            "ảnh , bài :",
            "tin , bài :",
            "tin bài :",
            "bài viết :",
            "tác giả :",
            "bài và clip :",
            "ảnh , clip :",
        ],
    ),
    (
        Cue::Header,
        &[
            "tin liên quan",
            "tin bài liên quan",
            "các tin liên quan",
            "bài liên quan",
            "bài viết liên quan",
            "tin tức liên quan",
            "cùng sự kiện",
            "theo dòng sự kiện",
            "cùng chuyên mục",
            "tin cùng chuyên mục",
            "tin cùng chủ đề",
            "tin mới",
            "tin mới nhất",
            "tin khác",
            "tin tức khác",
            "các tin khác",
            "tin đọc nhiều",
            "tin nổi bật",
            "tin nóng",
            "đọc nhiều nhất",
            "xem nhiều nhất",
            "mới - nóng",
            "đừng bỏ lỡ",
            "có thể bạn quan tâm",
            "có thể bạn chưa biết",
            "bạn có thể quan tâm",
            "multimedia",
            "bài đọc nhiều",
            "sự kiện liên quan",
        ],
    ),
    (
        Cue::Pointer,
        &[
            "xem thêm",
            "video xem thêm",
            "xem thêm video",
            "xem thêm clip",
            "đọc thêm",
            "đọc tiếp",
            "xem tiếp",
            "xem chi tiết",
            "tìm hiểu thêm",
            "tham khảo thêm",
            "kì trước :",
            "kỳ trước :",
            "mời quý độc giả xem video",
            "mời độc giả xem video",
            "mời quý vị xem video",
            "mời độc giả xem thêm",
            "mời quý độc giả xem thêm",
        ],
    ),
    (Cue::Press, &["bấm xem >", "click xem >", "xem ngay >"]),
    (
        Cue::Promo,
        &[
            "mọi phản ánh",
            "mọi góp ý",
            "mọi ý kiến đóng góp",
            "mọi thông tin phản ánh",
            "mọi thắc mắc",
            "mọi chi tiết xin liên hệ",
            "hotline :",
            "hot - line",
            "hotline tư vấn",
            "đường dây nóng :",
            "mời độc giả đón đọc",
            "mời quý độc giả đón đọc",
            "mời bạn đọc đón đọc",
            "mời độc giả đón xem",
            "mời quý độc giả quan tâm theo dõi",
            "mời quý độc giả theo dõi",
            "mời độc giả theo dõi",
            "mời quý vị độc giả",
            "đừng quên chia sẻ bài viết",
            "đừng quên chia sẻ thông tin",
            "sản phẩm này không phải là thuốc",
            "thực phẩm này không phải là thuốc",
            "độc giả đăng ký",
            "nếu không vào được",
            "theo dõi chúng tôi",
            "đăng ký kênh",
            "tải ứng dụng",
        ],
    ),
    (
        Cue::Contact,
        &[
            "email :",
            "e - mail :",
            "website :",
            "điện thoại :",
            "tel :",
            "hotline chung :",
            "fanpage :",
        ],
    ),
    (Cue::Topic, &["chủ đề :", "từ khóa :", "từ khoá :", "tags :", "tag :", "thẻ :"]),
    (
        Cue::Compiled,
        &[
            "tổng hợp",
            "t / h",
            "th",
            "tổng hợp theo",
            "theo",
            "từ",
            "dịch",
            "lược dịch",
            "biên dịch",
            "lược ghi",
            "thực hiện",
            "ghi",
            "ghi nhận",
        ],
    ),
    (
        Cue::Button,
        &[
            "bình luận (",
            "lượt xem :",
            "chia sẻ bài viết",
            "gửi bình luận",
            "ý kiến của bạn",
            "in bài viết",
            "gửi bài viết",
            "trang chủ >",
            "về trang chủ",
            "lên đầu trang",
        ],
    ),
];

/// A phrase: the key of its first word, those behind it, what it announces.
type Phrase = (u32, Vec<u32>, Cue);

/// All phrases, those with one first word together and the longest of them first.
static SORTED: LazyLock<Vec<Phrase>> = LazyLock::new(|| {
    let mut sorted: Vec<Phrase> = Vec::new();
    for (cue, phrases) in PHRASES {
        for phrase in *phrases {
            let mut keys = phrase.split(' ').map(key_of);
            sorted.push((keys.next().unwrap_or_default(), keys.collect(), *cue));
        }
    }
    sorted.sort_by_key(|(first, keys, _)| (*first, Reverse(keys.len())));
    sorted
});

/// Where the phrases of a first word begin and how many they are; open addressing.
static INDEX: LazyLock<[(u32, u16, u16); SLOTS]> = LazyLock::new(|| {
    let mut index = [(0, 0, 0); SLOTS];
    let mut at = 0;
    for phrases in SORTED.chunk_by(|a, b| a.0 == b.0) {
        let mut slot = slot_of(phrases[0].0);
        while index[slot].0 != 0 {
            slot = (slot + 1) % SLOTS;
        }
        index[slot] = (phrases[0].0, at, phrases.len() as u16);
        at += phrases.len() as u16;
    }
    index
});

const SLOTS: usize = 512;

fn slot_of(key: u32) -> usize {
    (key ^ key >> 15) as usize % SLOTS
}

/// Keys that a phrase may begin with.
pub(crate) fn first_keys() -> impl Iterator<Item = u32> {
    PHRASES
        .iter()
        .flat_map(|(_, phrases)| *phrases)
        .filter_map(|phrase| phrase.split(' ').next().map(key_of))
}

/// The longest phrase that begins at `tokens[at]`, with its length in tokens. A phrase does not
/// run over a line end.
#[inline]
pub(crate) fn phrase_at(tokens: &[Token], at: usize) -> Option<(Cue, usize)> {
    tokens[at].is(Class::CUE).then(|| phrase_from(tokens, at)).flatten()
}

fn phrase_from(tokens: &[Token], at: usize) -> Option<(Cue, usize)> {
    let key = tokens[at].key;
    let index = &*INDEX;
    let mut slot = slot_of(key);
    while index[slot].0 != key {
        if index[slot].0 == 0 {
            return None;
        }
        slot = (slot + 1) % SLOTS;
    }
    let (_, first, count) = index[slot];
    let phrases = SORTED[usize::from(first)..].iter().take(usize::from(count));
    phrases.into_iter().find_map(|(_, keys, cue)| {
        let rest = tokens.get(at + 1..at + 1 + keys.len())?;
        let same = rest
            .iter()
            .zip(keys)
            .all(|(token, key)| token.key == *key && token.gap < crate::token::Gap::Line);
        same.then_some((*cue, 1 + keys.len()))
    })
}
