//! Why a mention is what it is: codes in words, and the evidence that weighed most.

use bantin_dates::rules::RULES;
use bantin_document::{Document, MentionType};
use bantin_text::Span;

use crate::Tagger;
use crate::mentions::{self, Buffers};
use crate::reading::Reading;

/// What a code of tag means, in words: `explain("T311")`.
pub fn explain(code: &str) -> Option<&'static str> {
    codes().find(|(known, _)| *known == code).map(|(_, words)| words)
}

/// All codes with their sentence in words: names `T3xx`, dates and numbers `D4xx`, events `T5xx`,
/// statements `T6xx`.
pub fn codes() -> impl Iterator<Item = (&'static str, &'static str)> {
    let dates = RULES.iter().map(|rule| (rule.code, rule.says));
    CODES.iter().copied().chain(dates)
}

const CODES: [(&str, &str); 46] = [
    ("T301", "the learned model takes it for a person's name"),
    ("T302", "the learned model takes it for an organisation"),
    ("T303", "the learned model takes it for a place"),
    ("T304", "the learned model takes it for a named thing that is none of the other types"),
    ("T305", "a place that completes the name around it, by the learned model"),
    ("T306", "the learned model takes it for a rank, an office or a profession"),
    ("T307", "the learned model takes it for an event"),
    ("T308", "the learned model takes it for an agreement, a law or a plan"),
    ("T309", "the learned model takes it for a product, a weapon or a ship"),
    ("T311", "a law or decree with its number, as in \"Nghị định 46/2016/NĐ-CP\""),
    ("T312", "doubtful here by itself: the type that the same name has elsewhere in the document"),
    ("T313", "the same name as elsewhere in the document, where it is beyond doubt"),
    ("T314", "a ship by its hull number, as in \"tàu Quang Trung 016\""),
    ("T315", "a law by the abbreviation of its subject, as in \"Luật BHXH\""),
    ("T316", "a treaty by its name, as in \"Hiệp ước Bắc Đại Tây Dương\""),
    ("T317", "an organ's head with its country right behind it, as in \"Hải quân Nga\""),
    ("T318", "a committee between governments with its field, \"về hợp tác kinh tế\""),
    ("T319", "a country over a dash from another one, as in \"Việt - Nga\""),
    ("T320", "a country right behind a person's name"),
    ("T321", "a meeting from its head to its number, as in \"Đối thoại Việt - Nga lần thứ hai\""),
    ("T322", "a session with the body that holds it, as in \"Kỳ họp thứ 3 Quốc hội\""),
    ("T323", "a paper with the meeting it is named after, as in \"Biên bản Kỳ họp lần thứ 39\""),
    ("T324", "a paper from its head behind a verb of signing, as in \"ký Bản ghi nhớ về quân y\""),
    ("T511", "a verb between its two sides, as in \"A hội kiến B\""),
    ("T512", "a meeting by its noun, with its two sides: \"cuộc gặp giữa A và B\""),
    ("T513", "talks in which words were said: between those of two countries who speak most"),
    ("T514", "a ceremony of welcome, as in \"lễ đón chính thức A\""),
    ("T515", "both sides before the verb, as in \"A và B hội đàm\""),
    ("T521", "somebody in office goes somewhere, as in \"A thăm B\""),
    ("T522", "a visit by its noun and whose it is: \"chuyến thăm B của A\""),
    ("T531", "somebody signs a paper, as in \"A ký C với B\""),
    ("T541", "somebody is asked to come, as in \"A mời B thăm C\""),
    ("T542", "words passed on for somebody, as in \"A chuyển lời thăm hỏi của B tới C\""),
    ("T543", "a letter or telegram, as in \"A gửi điện mừng tới B\""),
    ("T551", "somebody meets the press"),
    ("T552", "a named event that takes place, as in \"Hội nghị A diễn ra\""),
    ("T553", "somebody attends a named event, as in \"A dự Hội nghị B\""),
    ("T554", "somebody chairs a meeting, as in \"A chủ trì phiên họp\""),
    ("T555", "a dialogue or session without a name of its own that takes place"),
    ("T561", "somebody gets an office, as in \"A bổ nhiệm B làm C\""),
    ("T601", "the subject of the verb of saying"),
    ("T602", "a rank or an office alone, which stands for the person named before"),
    ("T603", "a pronoun, which stands for who spoke or acted last"),
    ("T604", "a later verb of the same sentence: its subject goes on"),
    ("T605", "a country right behind the words of its minister, who goes on"),
    ("D450", "the number of a meeting or a visit in a row: lần thứ hai"),
];

/// A mention with the evidence for it.
#[derive(Clone, Debug, PartialEq)]
pub struct Explanation {
    /// Its place, in UTF-8 bytes of the document's text.
    pub span: Span,
    /// What it is.
    pub kind: MentionType,
    /// Probability that span and type are right.
    pub confidence: f32,
    /// Code of what decided; see [`explain`].
    pub rule: &'static str,
    /// What spoke for it over no mention at all, strongest first: in words, and how much in
    /// logarithms of odds. Empty where a rule decided.
    pub evidence: Vec<(&'static str, f32)>,
}

/// So many pieces of evidence are told.
const TOLD: usize = 8;

impl Tagger {
    /// Why the mentions that cover a byte of the text were found, longest first.
    ///
    /// Reads the document again, so it is for one question at a time.
    pub fn explain(&self, document: &Document, at: usize) -> Vec<Explanation> {
        let reading = Reading::of(document);
        let mut buffers = Buffers::default();
        let found = mentions::explain(self.tables(), &mut buffers, &reading, |span| {
            let span = reading.to_source(span);
            span.start() <= at && at < span.end()
        });
        found
            .into_iter()
            .map(|mut explanation| {
                explanation.span = reading.to_source(explanation.span);
                explanation.evidence.truncate(TOLD);
                explanation
            })
            .collect()
    }
}

/// The templates of the features in words.
pub(crate) fn template(number: u64) -> &'static str {
    match number {
        1 | 6 => "the words of it",
        2 | 4 | 9 | 32 | 33 => "the words before it",
        3 | 5 | 10 | 34 => "the words behind it",
        7 | 8 => "pairs of words",
        11..=15 => "how it and its neighbors are written",
        16 => "which syllables around it are Vietnamese",
        17..=19 => "how often its syllables are capitalized in other texts",
        20..=24 => "family and given names in other texts",
        25..=31 => "lists of names, titles and heads of names",
        35 => "the class of the word before it or behind it",
        36..=51 => "what stands around the same name in other texts",
        52..=56 => "the same name elsewhere in this document",
        60..=61 => "quotation marks around it",
        70..=72 => "the letters of a foreign word or abbreviation",
        93..=95 => "longer names as they stand in other texts",
        73..=74 => "the capitalized word before it",
        _ => "what the same name is in other texts",
    }
}
