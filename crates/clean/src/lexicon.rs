//! Words that say something of the place they stand in: function words, sentence openers,
//! agencies, abbreviations.

use std::sync::LazyLock;

use crate::word::key_of;

/// What is known of a word, a set of bits.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub(crate) struct Class(u16);

impl Class {
    /// Nothing is known.
    pub(crate) const NONE: Class = Class(0);
    /// A line that ends in it goes on in the next: `của`, `tại`.
    pub(crate) const FUNCTION: Class = Class(1);
    /// Begins a sentence when capitalised: `Theo`, `Ngày`, `Ông`.
    pub(crate) const OPENER: Class = Class(2);
    /// The same, and is never part of a name: `Tuy`, `Được`.
    pub(crate) const STRICT_OPENER: Class = Class(4);
    /// A stop behind it ends no sentence: `TP.`, `GS.`
    pub(crate) const ABBREVIATION: Class = Class(8);
    /// An agency, paper or owner of pictures: `Reuters`, `TTXVN`, `NVCC`.
    pub(crate) const AGENCY: Class = Class(16);
    /// Behind a name it makes a sentence: `đã`, `cho`, `là`.
    pub(crate) const VERB: Class = Class(32);
    /// Joins a sentence to the one before: `Tuy nhiên`, `Ngoài ra`, `Sau đó`.
    pub(crate) const CONNECTIVE: Class = Class(64);
    /// May begin a phrase of the table of cues.
    pub(crate) const CUE: Class = Class(128);
    /// A title in front of a name: `ông`, `HLV`.
    pub(crate) const TITLE: Class = Class(256);
    /// Says what a picture shows: `Hình`, `Cảnh`, `Một góc`.
    pub(crate) const SIGHT: Class = Class(512);
    /// A day of the week or a part of a day.
    pub(crate) const TIME: Class = Class(1024);
    /// A picture or film that a page shows: `video`, `clip`, `ảnh`.
    pub(crate) const MEDIUM: Class = Class(2048);
    /// A sentence may end in it although a line does not: `vụ việc`.
    pub(crate) const CLOSER: Class = Class(4096);
    /// Says where somebody stands in a picture: `trái`, `giữa`.
    pub(crate) const SIDE: Class = Class(8192);
    /// A picture: `ảnh`, `hình`.
    pub(crate) const PICTURE: Class = Class(16384);

    #[inline]
    pub(crate) fn has(self, other: Class) -> bool {
        self.0 & other.0 != 0
    }

    pub(crate) const fn or(self, other: Class) -> Class {
        Class(self.0 | other.0)
    }

    #[inline]
    pub(crate) fn bits(self) -> u16 {
        self.0
    }
}

/// Lines that end in one of these were broken at a link, not at the end of a paragraph.
const FUNCTION: &str = "của và là tại với do từ cho bởi theo về đến ở trong các những một vào \
    trên như để tờ hãng báo gồm thì mà ông bà tới khi vì nên rằng bằng giữa cùng hay hoặc mỗi \
    ngoài qua dưới sau trước được bị sẽ đã đang không rất cũng lại còn nhưng nếu tuy có anh chị \
    cô em người việc cuộc chiếc con cái sự số";

/// Of these, the ones that a sentence may end in all the same: `hiện trường vụ việc`.
const CLOSER: &str = "việc con người trước sau trên dưới có lại cái em";

/// Capitalised, these begin a sentence more often than anything else.
const OPENER: &str = "Theo Trong Tại Ngày Được Hiện Tuy Ông Bà Anh Chị Cô Sau Trước Khi Đây Đó \
    Nhưng Nếu Vì Do Để Với Về Từ Đến Cùng Cũng Nhiều Một Hai Các Những Mỗi Mọi Bên Ngoài Ngay \
    Dù Mặc Không Chỉ Chúng Tôi Họ Nhằm Qua Nhờ Bởi Vào Giữa Đặc Cụ Như Thế Vậy Riêng Liên Trả \
    Trao Phát Chia Nói Vừa Sáng Chiều Tối Đêm Trưa Hôm Năm Tháng Tuần Đang Lực Cơ Công Hàng \
    Việc Nhận Xảy Nạn Nguyên Người Vụ Thông Được Bộ Tiếp Bước Trải Sở Đội Hậu Buổi Lễ Tương \
    Tiến Đám UBND Hiện Ước Đáng Thực Bắt Cuối Đầu Ban Đại Chủ Phó Giám Cảnh Vị Nữ Chàng Kết \
    Cuộc Có Điều Phần Lúc Kể Bất Dưới Trên Nam Thời Đối Dự Nhóm Giá Tỷ Tính Mới Gần Khoảng \
    Ở Bạn Nhà Đoàn Quốc Tổng Thủ Đến Rất Lý Nói Lần Cách Toàn Chính Căn Xe Chiếc Em Ý";

/// The openers that are never part of a name: they open even behind a capitalised word.
const STRICT_OPENER: &str = "Theo Trong Tại Được Tuy Sau Trước Khi Đây Nhưng Nếu Vì Do Để Với Về \
    Từ Đến Cùng Cũng Nhiều Những Mỗi Bên Ngoài Ngay Dù Mặc Không Chỉ Chúng Họ Nhằm Qua Nhờ Bởi \
    Vào Giữa Đặc Cụ Như Thế Vậy Riêng Trả Trao Phát Chia Vừa Hôm Ngày Hiện Xảy Đang Ông Bà Anh \
    Chị Liên Cuối Có Điều Kể Bất Trải Đối Dưới Trên Nói Rất Các Một Đó Việc Nhận";

const ABBREVIATION: &str = "TP Tp Q P H TX TT GS PGS TS ThS Ths BS KS NCS CN St Mr Mrs Ms Dr Man \
    SHB SLNA SN Tr No Co Ltd Jr Sr Prof vs ĐT LS Ts Th Bs Gs";

const AGENCY: &str = "Reuters AFP AP EPA TTXVN THX VGP Internet Getty NVCC FBNV Sputnik TASS RT \
    BBC CNN Bloomberg Xinhua Yonhap Kyodo Twitter Facebook Instagram YouTube VOV VTV VNE VnExpress \
    Zing Vietnamnet VietNamNet Vietnamplus VietnamPlus Sina Sohu Rex PLO NLĐO TNO TTO PV CTV \
    BNEWS GĐVN Zingnews Shutterstock Splash WireImage UPI IRNA CCTV SCMP Weibo";

const VERB: &str = "đã đang sẽ vừa cho từng chưa có là bị được nói cũng không vẫn phải muốn nhận \
    khẳng tiếp phát chia bày chỉ trở đến bắt thừa khai đưa đề nhấn tỏ";

const CONNECTIVE: &str = "Tuy Ngoài Sau Trước Đây Qua Nhưng Do Vì Bên Đồng Mặc Theo Tại Đặc Cụ \
    Tiếp Đáng Còn Thế Như Vậy Song Thậm Ngược Mặt Hơn Riêng Về Bởi Nhân Được";

const TITLE: &str = "ông bà anh chị cô em HLV CLB ca sĩ diễn viên bác sĩ tướng thống tịch trưởng \
    thủ phó giám đốc cầu thủ tiền vệ đạo người mẫu hoa hậu á nghệ đội tuyển sư TS GS PGS BS ThS";

const SIGHT: &str = "Hình Ảnh Cảnh Quang Hiện Cận Toàn Góc Khung Lễ Bức Chân Khoảnh Màn Pha Clip \
    Video Đoạn Đối Nghi Tang Ngôi Khu Chiếc Cặp Bé Bìa Poster Biểu Đồ Sơ Bản Trang Nơi Xe Tàu \
    Vườn Đông Hàng Đoàn";

const TIME: &str = "sáng trưa chiều tối đêm hôm ngày tuần tháng năm khuya";

const MEDIUM: &str = "video videoclip clip trailer teaser livestream mv ảnh hình infographic";

const SIDE: &str = "trái phải giữa";

const PICTURE: &str = "ảnh hình";

const SLOTS: usize = 4096;

/// Open addressing; a slot is a key and its class, key 0 is empty.
static TABLE: LazyLock<Box<[(u32, Class); SLOTS]>> = LazyLock::new(|| {
    let mut table = Box::new([(0, Class::NONE); SLOTS]);
    let lists = [
        (FUNCTION, Class::FUNCTION),
        (CLOSER, Class::CLOSER),
        (OPENER, Class::OPENER),
        (STRICT_OPENER, Class::STRICT_OPENER),
        (ABBREVIATION, Class::ABBREVIATION),
        (AGENCY, Class::AGENCY),
        (VERB, Class::VERB),
        (CONNECTIVE, Class::CONNECTIVE),
        (TITLE, Class::TITLE),
        (SIGHT, Class::SIGHT),
        (TIME, Class::TIME),
        (MEDIUM, Class::MEDIUM),
        (SIDE, Class::SIDE),
        (PICTURE, Class::PICTURE),
    ];
    for (words, class) in lists {
        for word in words.split_ascii_whitespace() {
            add(&mut table, key_of(word), class);
        }
    }
    for key in crate::cues::first_keys() {
        add(&mut table, key, Class::CUE);
    }
    table
});

fn add(table: &mut [(u32, Class); SLOTS], key: u32, class: Class) {
    let mut slot = slot_of(key);
    while table[slot].0 != 0 && table[slot].0 != key {
        slot = (slot + 1) % SLOTS;
    }
    table[slot] = (key, table[slot].1.or(class));
}

/// The low bits of a key are its weakest.
fn slot_of(key: u32) -> usize {
    (key ^ key >> 15) as usize % SLOTS
}

/// What is known of the word with this key.
pub(crate) fn class_of(key: u32) -> Class {
    let table = &**TABLE;
    let mut slot = slot_of(key);
    loop {
        match table[slot] {
            (found, class) if found == key => return class,
            (0, _) => return Class::NONE,
            _ => slot = (slot + 1) % SLOTS,
        }
    }
}
