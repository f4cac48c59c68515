//! The words that name an event, and how its parties stand around them.

use std::sync::LazyLock;

use bantin_document::EventType;

use super::clause::phrase;
use crate::phrases::{Openings, begin_with};

/// How the parties stand around a trigger.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Shape {
    /// `A tiếp B`: subject and object, and these are their roles.
    Pair(&'static str, &'static str),
    /// `A và B trao đổi`: both sides before it.
    Together,
    /// `A thăm B`: a person and where they go.
    Going,
    /// `cuộc gặp giữa A và B`, `cuộc hội đàm với B`.
    Between,
    /// `chuyến thăm B của A`.
    Journey,
    /// `A ký C`, `A ký C với B`.
    Signing,
    /// `A mời B thăm C`.
    Inviting,
    /// `A chuyển lời thăm hỏi của B tới C`.
    Passing,
    /// `lễ đón chính thức B diễn ra`.
    Ceremony,
    /// `A gửi điện mừng tới B`.
    Sending,
    /// `A họp báo`: the subject alone.
    Alone(&'static str),
    /// `A đồng chủ trì C`, `C diễn ra`.
    Holding,
    /// `A dự C`.
    Attending,
    /// `A bổ nhiệm B làm C`, `B được bổ nhiệm làm C`.
    Appointing,
}

impl Shape {
    /// The code of what is read so, where no closer one is known.
    pub(super) fn rule(self) -> &'static str {
        match self {
            Shape::Pair(..) => "T511",
            Shape::Between => "T512",
            Shape::Ceremony => "T514",
            Shape::Together => "T515",
            Shape::Going => "T521",
            Shape::Journey => "T522",
            Shape::Signing => "T531",
            Shape::Inviting => "T541",
            Shape::Passing => "T542",
            Shape::Sending => "T543",
            Shape::Alone(_) => "T551",
            Shape::Holding => "T552",
            Shape::Attending => "T553",
            Shape::Appointing => "T561",
        }
    }
}

/// A trigger.
#[derive(Debug)]
pub(super) struct Trigger {
    pub(super) words: Vec<u64>,
    pub(super) kind: EventType,
    pub(super) shape: Shape,
}

static TABLE: LazyLock<Vec<Trigger>> = LazyLock::new(|| {
    let mut table: Vec<Trigger> = ROWS
        .iter()
        .flat_map(|(kind, shape, phrases)| {
            phrases.iter().map(move |text| Trigger {
                words: phrase(text),
                kind: *kind,
                shape: *shape,
            })
        })
        .collect();
    // By first word, then longest first.
    table.sort_by(|a, b| {
        (a.words[0], std::cmp::Reverse(a.words.len()), &a.words).cmp(&(
            b.words[0],
            std::cmp::Reverse(b.words.len()),
            &b.words,
        ))
    });
    table
});

static OPENINGS: LazyLock<Openings> =
    LazyLock::new(|| Openings::of(TABLE.iter().map(|trigger| &trigger.words[..])));

/// First words of triggers.
pub(super) fn first_words() -> impl Iterator<Item = u64> {
    TABLE.iter().map(|trigger| trigger.words[0])
}

/// The longest trigger at a place of the words.
pub(super) fn at(words: &[u64]) -> Option<&'static Trigger> {
    let mut same = OPENINGS.phrases(words).map(|trigger| &TABLE[trigger]);
    same.find(|trigger| begin_with(words, &trigger.words))
}

type Row = (EventType, Shape, &'static [&'static str]);

use EventType::{
    Aid, Appoint, Attend, Banquet, Conference, Invite, Meet, Message, Press, Reception, Sign,
    Talks, Visit,
};

#[rustfmt::skip]
const ROWS: &[Row] = &[
    (Reception, Shape::Pair("host", "guest"), &[
        "tiếp", "tiếp đón", "đón tiếp", "tiếp kiến", "đón", "ra đón", "chủ trì lễ đón", "tổ chức lễ đón", "tổ chức lễ đón tiếp",
        "lễ đón tiếp", "chủ trì lễ đón chính thức", "tổ chức lễ đón chính thức", "tổ chức trọng thể lễ đón", "tiếp thân mật", "tiếp xã giao",
        "có buổi tiếp", "đã có buổi tiếp", "có cuộc tiếp",
    ]),
    (Reception, Shape::Ceremony, &["lễ đón", "lễ đón chính thức", "lễ đón cấp nhà nước", "lễ đón trọng thể", "lễ đón cấp nhà nước"]),
    (Meet, Shape::Pair("participant", "participant"), &[
        "gặp", "gặp gỡ", "hội kiến", "yết kiến", "gặp song phương", "gặp riêng", "gặp ngắn", "có cuộc gặp", "có cuộc gặp và làm việc",
        "có cuộc gặp gỡ", "có cuộc hội kiến", "có cuộc gặp song phương", "có buổi gặp", "có cuộc gặp riêng", "có cuộc tiếp xúc", "tiếp xúc song phương",
        "có cuộc gặp ngắn", "chào xã giao", "đến chào", "tới chào", "đến chào xã giao", "tới chào xã giao", "có buổi làm việc", "có cuộc làm việc", "gặp mặt", "có buổi gặp gỡ",
        "có các cuộc gặp", "gặp và làm việc",
    ]),
    (Talks, Shape::Pair("participant", "participant"), &[
        "hội đàm", "có cuộc hội đàm", "tiến hành hội đàm", "điện đàm", "có cuộc điện đàm", "đàm phán", "hội đàm kín", "có buổi hội đàm", "hội đàm hẹp",
        "hội đàm trực tuyến", "tiến hành cuộc hội đàm", "có cuộc hội đàm trực tuyến", "chủ trì hội đàm", "đồng chủ trì hội đàm",
    ]),
    (Meet, Shape::Between, &["cuộc gặp", "cuộc hội kiến", "buổi gặp", "cuộc gặp gỡ", "cuộc tiếp xúc", "buổi làm việc", "cuộc gặp song phương", "buổi gặp gỡ"]),
    (Meet, Shape::Together, &["trao đổi", "có cuộc trao đổi", "có buổi trao đổi"]),
    (Talks, Shape::Between, &["cuộc hội đàm", "buổi hội đàm", "cuộc đàm phán", "cuộc điện đàm", "hội đàm", "cuộc đối thoại"]),
    (Visit, Shape::Going, &[
        "thăm", "thăm chính thức", "thăm cấp nhà nước", "thăm hữu nghị", "thăm hữu nghị chính thức", "thăm và làm việc tại", "thăm và làm việc", "thăm làm việc", "thăm , làm việc tại",
        "sang thăm", "sang thăm chính thức", "sang thăm và làm việc tại", "đến thăm", "tới thăm", "đến thăm và làm việc tại", "tới thăm và làm việc tại", "đến thăm chính thức", "tới thăm chính thức",
        "lên đường thăm", "lên đường thăm chính thức", "có chuyến thăm", "có chuyến thăm chính thức", "có chuyến thăm cấp nhà nước", "bắt đầu chuyến thăm", "bắt đầu chuyến thăm chính thức", "thực hiện chuyến thăm",
        "thực hiện chuyến thăm chính thức", "kết thúc chuyến thăm", "kết thúc tốt đẹp chuyến thăm", "thăm lại", "có chuyến thăm và làm việc tại", "công du", "thăm và dự", "dẫn đầu đoàn thăm", "tới", "đến", "sang",
    ]),
    (Visit, Shape::Journey, &[
        "chuyến thăm", "chuyến thăm chính thức", "chuyến thăm cấp nhà nước", "chuyến thăm và làm việc tại", "chuyến thăm và làm việc", "chuyến công du", "chuyến thăm hữu nghị", "chuyến thăm hữu nghị chính thức",
        "chuyến thăm làm việc", "chuyến viếng thăm", "chuyến thăm lịch sử", "chuyến thăm lần này",
    ]),
    (Sign, Shape::Signing, &["ký", "ký kết", "cùng ký", "cùng ký kết", "lễ ký", "lễ ký kết", "tiến hành ký", "tiến hành ký kết"]),
    (Invite, Shape::Inviting, &["mời", "trân trọng mời", "gửi lời mời", "đã mời"]),
    (Message, Shape::Passing, &["chuyển lời", "chuyển tới", "chuyển lời thăm hỏi", "chuyển lời chúc mừng", "chuyển lời chào", "chuyển thư", "chuyển thông điệp"]),
    (Message, Shape::Sending, &[
        "gửi điện mừng", "gửi điện chúc mừng", "gửi điện chia buồn", "gửi thư chúc mừng", "gửi điện", "gửi thư chia buồn", "gửi lời thăm hỏi", "gửi lời chúc mừng", "gửi điện thăm hỏi", "gửi điện cảm ơn",
        "gửi thư mừng", "gửi thông điệp chúc mừng", "gửi lời chia buồn",
    ]),
    (Press, Shape::Alone("speaker"), &["gặp gỡ báo chí", "có cuộc gặp gỡ báo chí", "họp báo", "tổ chức họp báo", "tổ chức cuộc họp báo", "có cuộc họp báo", "chủ trì họp báo", "họp báo chung", "tổ chức một cuộc họp báo", "gặp gỡ báo chí chung"]),
    (Banquet, Shape::Pair("host", "guest"), &[
        "chiêu đãi", "mở tiệc chiêu đãi", "tổ chức tiệc chiêu đãi", "chủ trì tiệc chiêu đãi", "chủ trì chiêu đãi", "tổ chức chiêu đãi", "mở tiệc", "tổ chức một bữa tiệc", "tổ chức một bữa tiệc giải trí", "chiêu đãi trọng thể",
        "tổ chức tiệc", "mở quốc yến", "chủ trì tiệc", "tổ chức bữa tiệc",
    ]),
    (Conference, Shape::Holding, &["đồng chủ trì", "chủ trì", "diễn ra", "được tổ chức", "khai mạc", "bế mạc", "tổ chức", "cũng được tổ chức", "chính thức khai mạc", "được diễn ra"]),
    (Attend, Shape::Attending, &["dự", "tham dự", "đến dự", "tới dự", "cùng dự", "cùng dự có", "tham dự có", "đến dự có", "tới dự có", "dự có", "dự và phát biểu tại"]),
    (Aid, Shape::Pair("giver", "recipient"), &["viện trợ", "trao tặng", "viện trợ cho", "viện trợ không hoàn lại cho"]),
    (Appoint, Shape::Appointing, &["bổ nhiệm", "được bổ nhiệm", "được bổ nhiệm làm", "được bổ nhiệm giữ chức", "được bầu làm", "được bầu giữ chức", "bầu", "chỉ định", "được chỉ định", "được bổ nhiệm vào"]),
];
