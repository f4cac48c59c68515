//! The name of a paper behind a verb of signing, where no mention was made of it.

use std::sync::LazyLock;

use bantin_document::{Extent, Mention, MentionType, Spanned, Tag, ZoneKind};
use bantin_text::Span;
use bantin_text::keys::syllable_key;

use super::actors::Kind;
use super::clause::{Clause, phrase};
use super::{extent, triggers};
use crate::identity::places::same_word;
use crate::reading::{Reading, Sentence};
use crate::signs;

/// The longest name, in atoms.
const LONGEST: usize = 24;

/// Adds a mention for each paper that a verb of signing names by a head with a capital letter:
/// `ký Bản ghi nhớ hợp tác về quân y và Ý định thư về đào tạo`. A head alone is no name.
pub(crate) fn add(reading: &Reading<'_>, tag: &mut Tag) {
    let known = tag.mentions.len();
    let signing =
        reading.sentences.iter().filter(|s| s.zone.is_kept() && s.signs & signs::SIGNING != 0);
    for sentence in signing {
        let mut from = sentence.atoms.start;
        while let Some(at) = reading.sign_in(from..sentence.atoms.end, signs::SIGNING) {
            from = at + 1;
            let line = Line { reading, sentence, mentions: &tag.mentions[..known] };
            // "đăng ký", "chữ ký" sign nothing.
            if at > sentence.atoms.start && line.any(at - 1, &COMPOUNDS) {
                continue;
            }
            let mut next = line.lead(at + 1);
            let mut found = Vec::new();
            while let Some(end) = line.paper(next) {
                if let Some(mention) = line.mention(next, end) {
                    found.push(mention);
                }
                from = end;
                if !line.is(end, "và") && !line.is(end, ",") {
                    break;
                }
                next = line.lead(end + 1);
            }
            tag.mentions.extend(found);
        }
    }
    if tag.mentions.len() > known {
        tag.mentions.sort_by_key(Spanned::span);
    }
}

/// A sentence in which somebody signs.
struct Line<'r, 'd> {
    reading: &'r Reading<'d>,
    sentence: &'r Sentence,
    mentions: &'r [Mention],
}

/// What kind of paper the words begin with, named or not.
pub(super) fn kind(words: &[u64]) -> Option<usize> {
    KINDS.iter().position(|kind| words.starts_with(kind))
}

/// The words for a paper without a name that begin at an atom: `bản ghi nhớ về hợp tác quốc
/// phòng`, `4 văn kiện hợp tác`. Of a long story about it only the head.
pub(super) fn described(clause: &Clause<'_>, at: usize) -> Option<Extent> {
    let line = Line { reading: clause.reading, sentence: clause.sentence, mentions: &[] };
    let words = clause.rest(at);
    let heads = HEADS.iter().chain(&*KINDS).filter(|head| words.starts_with(head));
    let head = at + heads.map(Vec::len).max()?;
    let acts = |i: usize| {
        clause.actors().iter().any(|a| a.first == i && a.kind == Kind::Person)
            || line.any(i, &ASIDES)
            || (line.is(i, "và") || line.is(i, ",")) && triggers::at(clause.rest(i + 1)).is_some()
    };
    let (end, ended) = line.end(head, at + LONGEST, acts);
    // "hợp đồng 3 năm"
    let end = if line.is(end, "năm") && line.text(end - 1).parse::<u16>().is_ok() {
        head.max(end - 1)
    } else {
        end
    };
    let count = at.saturating_sub(1);
    let counted = line.any(count, &COUNTS) || line.text(count).parse::<u16>().is_ok();
    Some(extent(clause, at - usize::from(counted), if ended { end } else { head }))
}

impl Line<'_, '_> {
    fn text(&self, at: usize) -> &str {
        if !self.sentence.atoms.contains(&at) {
            return "";
        }
        &self.reading.text()[self.reading.atoms[at].span]
    }

    fn is(&self, at: usize, word: &str) -> bool {
        same_word(self.text(at), word)
    }

    fn any(&self, at: usize, list: &LazyLock<Vec<u64>>) -> bool {
        self.sentence.atoms.contains(&at) && list.binary_search(&self.reading.words[at]).is_ok()
    }

    fn span(&self, first: usize, end: usize) -> Span {
        let atoms = &self.reading.atoms;
        Span::new(atoms[first].span.start(), atoms[end - 1].span.end())
    }

    /// Behind the few words between the verb and the paper: `ký kết 3`, `ký các`.
    fn lead(&self, from: usize) -> usize {
        (from..from + 4).find(|i| !self.any(*i, &LEADS) || self.head(*i).is_some()).unwrap_or(from)
    }

    /// Number of words of the head of a paper that begins, with a capital letter, at an atom.
    fn head(&self, at: usize) -> Option<usize> {
        if !self.text(at).starts_with(char::is_uppercase) {
            return None;
        }
        let words = &self.reading.words[at..self.sentence.atoms.end];
        HEADS.iter().filter(|h| words.starts_with(h)).map(Vec::len).max()
    }

    /// Behind the paper that is named at an atom: with its field, without its parties.
    fn paper(&self, at: usize) -> Option<usize> {
        let first = at + self.head(at)?;
        let (end, _) = self.end(first, at + LONGEST, |i| self.person(i));
        (end > first).then_some(end)
    }

    /// Where what is said of a paper behind its head ends, before an atom, and whether something
    /// ends it.
    fn end(&self, first: usize, longest: usize, over: impl Fn(usize) -> bool) -> (usize, bool) {
        let stop = self.sentence.atoms.end.min(longest);
        let mut end = first;
        while end < stop && !self.stops(end) && !over(end) {
            end += 1;
        }
        let ended = end < longest;
        // "Hiệp định về", "Thỏa thuận hợp tác và" end before what is left out.
        while end > first && self.any(end - 1, &LOOSE) {
            end -= 1;
        }
        (end, ended)
    }

    /// True where the name of a paper is over.
    fn stops(&self, at: usize) -> bool {
        let mark = !self.text(at).contains(char::is_alphanumeric)
            && !self.is(at, "-")
            && !self.is(at, "–");
        let field = self.is(at, "trong") && self.is(at + 1, "lĩnh");
        // "giữa hai thành phố" says what kind of paper it is, "giữa Peru và Cuba" who signs.
        let between = self.is(at, "giữa") && !self.any(at + 1, &SEVERAL);
        let day = self.is(at, "năm") && !self.is(at.wrapping_sub(1), "đến");
        let another = (self.is(at, "và") || self.is(at, ","))
            && (self.head(at + 1).is_some() || self.any(at + 1, &LEADS) || self.any(at + 1, &ENDS));
        mark || between || day || another || self.any(at, &ENDS) && !field
    }

    fn person(&self, at: usize) -> bool {
        let span = self.reading.atoms[at].span;
        let before = self.mentions.partition_point(|m| m.span().start() < span.start());
        self.mentions[before..]
            .iter()
            .take_while(|m| m.span().start() == span.start())
            .any(|m| matches!(m.kind, MentionType::Per | MentionType::Title))
    }

    /// The mention, unless one of a thing is there.
    fn mention(&self, first: usize, end: usize) -> Option<Mention> {
        let span = self.span(first, end);
        let start = self.sentence.span.start();
        let before = self.mentions.partition_point(|m| m.span().start() < start);
        let crossing = self.mentions[before..]
            .iter()
            .take_while(|m| m.span().start() < span.end())
            .filter(|m| m.span().end() > span.start())
            .any(|m| {
                m.span().start() <= span.start()
                    || m.span().end() > span.end()
                    || matches!(m.kind, MentionType::Agr | MentionType::Event | MentionType::Per)
            });
        (!crossing).then(|| Mention {
            start: span.start() as u32,
            end: span.end() as u32,
            kind: MentionType::Agr,
            surface: self.reading.text()[span].to_owned(),
            entity: None,
            holder: None,
            value: None,
            resolved: None,
            basis: None,
            zone: Some(self.sentence.zone).filter(|z| *z != ZoneKind::Body),
            confidence: None,
            rule: Some("T324".into()),
        })
    }
}

/// The verb.
pub(super) fn first_words() -> impl Iterator<Item = u64> {
    std::iter::once(syllable_key("ký"))
}

phrases!(HEADS = "bản ghi nhớ" "biên bản ghi nhớ" "biên bản hợp tác" "biên bản thỏa thuận" "bản thỏa thuận" "hiệp định" "hiệp ước" "nghị định thư" "thỏa thuận" "thoả thuận" "tuyên bố chung" "tuyên bố" "ý định thư" "thư ý định" "công ước" "kế hoạch hợp tác" "chương trình hợp tác" "chương trình phối hợp" "quy chế phối hợp" "hợp đồng");
// Heads of papers that are signed though they have no name.
phrases!(KINDS = "kế hoạch" "biên bản" "thỏa thuận" "hiệp định" "bản ghi nhớ" "hợp đồng" "văn kiện" "văn bản" "tuyên bố" "nghị định thư" "hiệp ước" "chương trình hợp tác" "ý định thư" "công ước" "chương trình phối hợp" "ghi nhớ");
words!(ASIDES = "trị" "cho" "gồm" "bao" "bằng");
words!(LEADS = "kết" "vào" "các" "một" "hai" "ba" "bốn" "năm" "những" "và" "bản" "văn" "kiện" "gồm" ":" "chính" "thức" "“" "2" "3" "4" "5" "01" "02" "03" "04");
words!(COMPOUNDS = "đăng" "chữ" "nhật" "tự" "bút" "hồi" "du");
words!(SEVERAL = "hai" "ba" "các");
words!(COUNTS = "hai" "ba" "bốn" "sáu" "bảy" "tám" "chín" "mười" "nhiều" "các" "những");
words!(LOOSE = "và" "về" "của" "trong" "cho" "giữa" "các" "-" "–" "là" "việc");
words!(ENDS = "với" "tại" "ở" "của" "trước" "sau" "trong" "nhân" "vào" "ngày" "hôm" "nhằm" "để" "do" "đã" "sẽ" "được" "khi" "mà" "theo" "cùng" "có" "là" "dưới" "này" "đó" "nói" "trên" "giúp" "từ" "cũng" "đang" "vừa" "ký" "tháng" "sáng" "chiều" "tối" "tuần" "hồi" "lần" "mới");
