//! A sentence as the step of events reads it: its words, and who stands where in it.

use std::cell::OnceCell;
use std::sync::LazyLock;

use bantin_document::Tag;
use bantin_text::Span;
use bantin_text::keys::syllable_key;

use super::actors::{Actor, Dated, Kind, Phrases};
use super::quotes::Mark;
use super::triggers::{self, Shape};
use crate::identity::Cast;
use crate::identity::places::same_word;
use crate::phrases::begin_with;
use crate::reading::{Reading, Sentence};
use crate::signs::{self, Signs};

/// One sentence of the article.
pub(super) struct Clause<'a> {
    pub(super) reading: &'a Reading<'a>,
    pub(super) sentence: &'a Sentence,
    /// Keys of the words of all atoms of the document.
    pub(super) words: &'a [u64],
    tag: &'a Tag,
    cast: &'a Cast,
    /// Read when first asked for: most sentences have nothing that asks.
    phrases: OnceCell<Phrases>,
    /// Its quotation marks, in order.
    pub(super) marks: Vec<(usize, Mark)>,
    /// Stretches in quotation marks that are speech, as atoms.
    pub(super) quotes: Vec<(usize, usize)>,
}

/// Keys of a phrase, for comparing with words.
pub(super) fn phrase(text: &str) -> Vec<u64> {
    text.split(' ').map(syllable_key).collect()
}

// What may stand between a subject and its verb.
words!(FILLERS = "dự" "kiến" "đã" "vừa" "sẽ" "cũng" "đang" "có" "mới" "lại" "còn" "đều" "cùng" "luôn" "trân" "trọng" "chính" "thức" "long" "đồng" "thời" "nay" "hôm" "chủ" "trì" "trực" "tiếp" "thân" "mật" "vui" "buổi" "cuộc" "một" "nhau" "lần" "nữa" "tiếp" "tục" "chân" "thành" "bày" "tỏ" "rất" "hết" "sức" "," "-" "–" ")" "thì" "và" "xã" "giao" "tổ" "chức" "tham" "dự" "phu" "nhân" "đoàn" "ngay" "sau" "đó" "trước" "riêng" "rẽ" "lần" "lượt" "đến" "tới" "về" "phía" "mình" "tuần" "trên" "tinh" "thần" "hai" "nước" "dẫn" "đầu" "đứng" "lãnh" "đạo" "làm" "trưởng" "thúc" "đẩy" "tập" "trung" "đích" "ở" "thăm");
words!(PREPOSITIONS = "chào" "tiếp" "đón" "kiến" "tiễn" "tặng" "tại" "ở" "của" "với" "cho" "về" "từ" "đến" "tới" "trong" "theo" "bởi" "trước" "sau" "giữa" "cùng" "vào" "qua" "đối" "để" "trên" "khỏi" "sang" "bên" "cạnh" "ngoài" "như" "là" "do" "nhằm" "mời" "gặp" "thăm" "dự" "bằng" "hồi" "khi" "vì" "dành" "được" "bị" "và" "cả" "gồm" "bao");
words!(BEFORE_COUNTRIES = "nước" "phía" "giữa" "và" "cùng" "với" "rằng" "biết" "hay" "nay" "đó" "qua" "này" "tỉnh" "phố" "phủ" "tới" "là" "thì" "mà" "khi" "vì" "do" "cả" "việc" "nếu" "định" "đàm" "họp" "gặp" "tiếp" "thăm" "nghị" "sau" "trước" "nhận" "đạo" "diện");
words!(BELONGINGS = "quyền" "thời" "phe" "đình" "vợ" "chồng" "con" "mẹ" "cha" "em" "mộ" "phòng" "thân" "lăng" "đền" "tượng");
words!(AT = "tại" "ở");
words!(VERBS = "đã" "sẽ" "vừa" "cũng" "đang" "luôn" "cần" "cho" "khẳng" "đánh" "nhất" "thống" "tuyên" "bày");
words!(JOINS = "và" "cùng" "," "với");

impl<'a> Clause<'a> {
    pub(super) fn new(
        reading: &'a Reading<'a>,
        sentence: &'a Sentence,
        words: &'a [u64],
        tag: &'a Tag,
        cast: &'a Cast,
    ) -> Clause<'a> {
        let (marks, quotes) = (Vec::new(), Vec::new());
        let phrases = OnceCell::new();
        let mut clause = Clause { reading, sentence, words, tag, cast, phrases, marks, quotes };
        if sentence.signs & signs::QUOTE != 0 {
            clause.read_quotes();
        }
        clause
    }

    fn phrases(&self) -> &Phrases {
        self.phrases.get_or_init(|| Phrases::of(self, self.tag, self.cast))
    }

    /// Who stands in it, by first atom, then longest first.
    pub(super) fn actors(&self) -> &[Actor] {
        &self.phrases().actors
    }

    /// Its dates, in order.
    pub(super) fn dates(&self) -> &[Dated] {
        &self.phrases().dates
    }

    /// Titles that nobody was found for, as atoms.
    pub(super) fn titles(&self) -> &[(usize, usize)] {
        &self.phrases().titles
    }

    /// True for an atom that is more than a mark.
    pub(super) fn is_word(&self, at: usize) -> bool {
        self.sentence.atoms.contains(&at)
            && self.reading.text()[self.reading.atoms[at].span].contains(char::is_alphanumeric)
    }

    pub(super) fn word(&self, at: usize) -> u64 {
        if self.sentence.atoms.contains(&at) { self.words[at] } else { 0 }
    }

    /// True when the word stands there, in any case of its first letter.
    pub(super) fn is(&self, at: usize, word: &str) -> bool {
        if !self.sentence.atoms.contains(&at) {
            return false;
        }
        same_word(&self.reading.text()[self.reading.atoms[at].span], word)
    }

    pub(super) fn starts(&self, at: usize, phrase: &[u64]) -> bool {
        at + phrase.len() <= self.sentence.atoms.end && begin_with(&self.words[at..], phrase)
    }

    /// The atoms that are a sign of something, in order.
    pub(super) fn signs(&self, sign: Signs) -> impl Iterator<Item = usize> + use<'a> {
        self.reading.signs_of(self.sentence, sign)
    }

    /// The words from an atom to the end of the sentence.
    pub(super) fn rest(&self, at: usize) -> &[u64] {
        self.words.get(at..self.sentence.atoms.end).unwrap_or_default()
    }

    pub(super) fn has(&self, list: &LazyLock<Vec<u64>>, at: usize) -> bool {
        self.sentence.atoms.contains(&at) && list.binary_search(&self.words[at]).is_ok()
    }

    pub(super) fn span(&self, first: usize, end: usize) -> Span {
        Span::new(self.reading.atoms[first].span.start(), self.reading.atoms[end - 1].span.end())
    }

    fn actor_ending(&self, end: usize) -> Option<usize> {
        self.actors()
            .iter()
            .rposition(|a| a.end == end || (a.head < end && end < a.end && a.kind != Kind::Person))
    }

    /// The subject of a verb at `at`: what ends right before it, with only auxiliaries, dates and
    /// places between, and what is joined to that by `và`. True when a name or title stands there.
    pub(super) fn subject(&self, at: usize) -> Option<Vec<usize>> {
        self.subject_at(at).map(|(entities, _)| entities)
    }

    /// The subject with the first atom of the phrase next to the verb.
    pub(super) fn subject_at(&self, at: usize) -> Option<(Vec<usize>, usize)> {
        let mut i = at;
        let mut steps = 0;
        let mut with: &[usize] = &[];
        while i > self.sentence.atoms.start && steps < 24 {
            steps += 1;
            if let Some(a) = self.actors().iter().rposition(|a| a.end == i) {
                let actor = &self.actors()[a];
                let place = actor.kind == Kind::Place || actor.kind == Kind::Organisation;
                if place
                    && actor.first > self.sentence.atoms.start
                    && self.has(&AT, actor.first - 1)
                {
                    i = actor.first - 1;
                    continue;
                }
                if matches!(actor.kind, Kind::Thing(_)) {
                    return None;
                }
                // "A sẽ cùng B họp báo"
                if self.is(actor.first, "cùng") && with.is_empty() {
                    with = &actor.entities;
                    i = actor.first;
                    continue;
                }
                // "Moscow, Liên bang Nga, …" right before the verb is where, not who; "cho ông A ký"
                // has him sign.
                let received = self.is(actor.first.wrapping_sub(1), "đón")
                    && steps <= 2
                    && !self.is(at - 1, ",");
                let meanwhile = actor.first > self.sentence.atoms.start + 1
                    && self.is(actor.first.wrapping_sub(1), "khi")
                    && (self.is(actor.first - 2, "trong") || self.is(actor.first - 2, "sau"));
                let made = (received
                    || meanwhile
                    || ["do", "cho", "để"].iter().any(|w| self.is(actor.first.wrapping_sub(1), w)))
                    && actor.kind == Kind::Person;
                // "gặp Giáo hoàng A tại B và dự C": A is met.
                let met = actor.kind == Kind::Person
                    && at > actor.end
                    && self.object_of_deed(actor.first);
                if self.governed(actor.first) && !made || met {
                    return None;
                }
                // "A thay mặt Nhà nước mời B": A does.
                let for_whom = !matches!(actor.kind, Kind::Person | Kind::Group)
                    && (actor.first.saturating_sub(8).max(self.sentence.atoms.start)..actor.first)
                        .any(|k| self.is(k, "thay") && self.is(k + 1, "mặt"));
                if for_whom {
                    return None;
                }
                // "doanh nghiệp hai nước đã ký", "tuyển thủ Thổ Nhĩ Kỳ đã ký" tell of the first noun.
                if self.is_part(actor) {
                    return None;
                }
                let mut entities = self.joined_left(a);
                entities.extend(with);
                return Some((entities, actor.first));
            }
            if let Some(date) = self.dates().iter().find(|d| d.end == i) {
                i = date.first;
                continue;
            }
            // "Hãng A (Nhật Bản) đang …"
            if self.is(i - 1, ")") {
                let open = (i.saturating_sub(32).max(self.sentence.atoms.start)..i - 1)
                    .rev()
                    .find(|k| self.is(*k, "("));
                if let Some(open) = open {
                    i = open;
                    continue;
                }
            }
            if self.has(&FILLERS, i - 1) {
                i -= 1;
                continue;
            }
            return None;
        }
        None
    }

    /// True when a preposition or verb stands right before a phrase.
    pub(super) fn governed(&self, first: usize) -> bool {
        let mut before = first;
        while before > self.sentence.atoms.start
            && ["đồng", "chí", "ông", "bà", "nước", "ngài", "đoàn"]
                .iter()
                .any(|w| self.is(before - 1, w))
        {
            before -= 1;
        }
        // "Sắp tới hai bên …", "Thời gian tới, …" end an adverb.
        let adverb = before > self.sentence.atoms.start + 1
            && self.is(before - 1, "tới")
            && (self.is(before - 2, "sắp") || self.is(before - 2, "gian"));
        before > self.sentence.atoms.start
            && !adverb
            && self.has(&PREPOSITIONS, before - 1)
            && !self.is(before - 1, "và")
    }

    /// True when a trigger ends right before a phrase: it is whom something is done to.
    fn object_of_deed(&self, first: usize) -> bool {
        (1..=4).any(|k| {
            first >= self.sentence.atoms.start + k
                && triggers::at(&self.words[first - k..first])
                    .is_some_and(|t| t.words.len() == k && matches!(t.shape, Shape::Pair(..)))
        })
    }

    /// True for a country that only says whose what stands before it is.
    fn is_part(&self, actor: &Actor) -> bool {
        let start = self.sentence.atoms.start;
        // "chính quyền Tổng thống A", "vợ vua B"
        if actor.kind == Kind::Person {
            return actor.first > start && self.has(&BELONGINGS, actor.first - 1);
        }
        let place = actor.kind == Kind::Place || actor.kind == Kind::Group && !actor.anaphor;
        if !place || actor.first <= start + 1 {
            return false;
        }
        let before = actor.first - 1;
        let text = &self.reading.text()[self.reading.atoms[before].span];
        let word = text.chars().all(char::is_lowercase);
        word && !self.has(&BEFORE_COUNTRIES, before)
            && !self.dates().iter().any(|d| d.end == actor.first)
            && !self.actors().iter().any(|a| a.end == actor.first)
    }

    /// True for the first of two in `Nhận lời mời của Tổng Bí thư A, Chủ tịch B sẽ thăm …`.
    fn invites(&self, a: usize) -> bool {
        let actor = &self.actors()[a];
        let followed = self.is(actor.end, ",")
            && self.actors().iter().any(|b| b.kind == Kind::Person && b.first > actor.end);
        followed
            && (self.sentence.atoms.start..actor.first)
                .any(|i| self.is(i, "lời") && self.is(i + 1, "mời") && self.is(i + 2, "của"))
    }

    /// The same, also of the second of two: `Nhận lời mời của A và B, C sẽ thăm …`.
    fn governed_through(&self, actor: usize) -> bool {
        let first = self.actors()[actor].first;
        if self.governed(first) {
            return true;
        }
        let start = self.sentence.atoms.start;
        if first < start + 2 || !self.is(first - 1, "và") && !self.is(first - 1, "cùng") {
            return false;
        }
        let before = self.actors().iter().position(|a| a.end == first - 1);
        before.is_some_and(|b| b < actor && self.governed_through(b))
    }

    /// The actors joined to one on its left: `Bộ trưởng A và Chủ tịch B`.
    fn joined_left(&self, last: usize) -> Vec<usize> {
        let mut entities = self.actors()[last].entities.clone();
        let mut at = last;
        for _ in 0..8 {
            let first = self.actors()[at].first;
            let kind = self.actors()[at].kind;
            let dash = kind == Kind::Place
                && first > self.sentence.atoms.start
                && ["-", "–"].iter().any(|w| self.is(first - 1, w));
            if first == self.sentence.atoms.start || !dash && !self.has(&JOINS, first - 1) {
                break;
            }
            // A comma alone joins no subject to what stands before: "tại Moscow, Nga, ông A".
            let comma = self.is(first - 1, ",");
            // "Thông tấn xã Việt Nam (TTXVN) và Tân Hoa xã"
            let mut behind = first - 1;
            if behind > self.sentence.atoms.start && self.is(behind - 1, ")") {
                behind = (behind.saturating_sub(8).max(self.sentence.atoms.start)..behind)
                    .rev()
                    .find(|k| self.is(*k, "("))
                    .unwrap_or(behind);
            }
            let Some(before) = self.actor_ending(behind) else { break };
            // "tại Saida và Toyota đã ký": where, not who.
            let other = &self.actors()[before];
            let alike = other.kind == kind || other.kind.joins(kind) && !self.governed(other.first);
            if before == at || !alike || comma && entities.len() == 1 {
                break;
            }
            if self.governed(self.actors()[before].first) && comma {
                break;
            }
            entities.splice(0..0, self.actors()[before].entities.clone());
            at = before;
        }
        entities.dedup();
        entities
    }

    /// The actors joined to one on its right.
    pub(super) fn joined_right(&self, first: usize) -> (Vec<usize>, usize) {
        let mut entities = self.actors()[first].entities.clone();
        let mut end = self.actors()[first].end;
        let kind = self.actors()[first].kind;
        for _ in 0..12 {
            if !self.has(&JOINS, end) {
                break;
            }
            let next = self.actors().iter().find(|a| a.first == end + 1 && a.kind.joins(kind));
            let Some(next) = next else { break };
            entities.extend(next.entities.iter().copied());
            end = next.end;
        }
        entities.dedup();
        (entities, end)
    }

    /// True behind `mời`: what follows is what somebody is invited to.
    pub(super) fn invited(&self, at: usize) -> bool {
        (self.sentence.atoms.start..at)
            .rev()
            .take(40)
            .take_while(|i| !self.is(*i, ";"))
            .any(|i| self.is(i, "mời") && !self.is(i.wrapping_sub(1), "lời"))
    }

    /// Who leads the delegation that `đoàn` near `at` names: `đoàn … do ông X dẫn đầu`.
    pub(super) fn delegation(&self, at: usize) -> Option<usize> {
        let near = (at..at + 3).find(|i| self.is(*i, "đoàn"))?;
        for i in near..(near + 50).min(self.sentence.atoms.end) {
            if self.is(i, ";") || self.mark(i) == Some(Mark::Opens) {
                return None;
            }
            if self.is(i, "do")
                && let Some((p, _)) = self.object(i + 1)
                && self.actors()[p].kind == Kind::Person
            {
                return Some(p);
            }
        }
        None
    }

    /// Who the sentence is about: the first phrase that no preposition governs.
    pub(super) fn main_subject(&self) -> Option<(Vec<usize>, usize)> {
        self.actors().iter().enumerate().find_map(|(a, actor)| {
            if matches!(actor.kind, Kind::Thing(_))
                || self.governed_through(a)
                || self.is_part(actor)
                || actor.kind == Kind::Person && self.invites(a)
                || self.in_quote(actor.first)
                // "Thứ trưởng Hà Kim Ngọc: …" names who answers, not who acts.
                || self.is(actor.end, ":")
            {
                return None;
            }
            // A place or organisation is a subject only before a verb.
            let body = matches!(actor.kind, Kind::Place | Kind::Organisation);
            if body && !(actor.end..actor.end + 2).any(|i| self.has(&VERBS, i)) {
                return None;
            }
            let (mut entities, mut end) = self.joined_right(a);
            if actor.kind != Kind::Person && actor.kind != Kind::Group {
                (entities, end) = (actor.entities.clone(), actor.end);
            }
            Some((entities, end))
        })
    }

    /// The phrase that begins at `at` or behind a few words that lead to it.
    pub(super) fn object(&self, at: usize) -> Option<(usize, usize)> {
        let mut i = at;
        for _ in 0..14 {
            if let Some(a) = self.actors().iter().position(|a| a.first == i) {
                return Some((a, i));
            }
            if let Some((_, end)) = self.titles().iter().find(|(first, _)| *first == i) {
                // "hội kiến Chủ tịch Thượng viện và Hạ viện" meets somebody unnamed.
                let named = self.actors().iter().any(|a| a.first == *end && a.kind == Kind::Person);
                let beside = self.is(*end, ",")
                    && self.actors().iter().any(|a| a.first == *end + 1 && a.kind == Kind::Person);
                if !named && !beside {
                    return None;
                }
                i = *end;
                continue;
            }
            if let Some(date) = self.dates().iter().find(|d| d.first == i) {
                i = date.end;
                continue;
            }
            if !self.has(&LEADS, i) {
                return None;
            }
            i += 1;
        }
        None
    }
}

words!(LEADS = "với" "cùng" "đoàn" "đại" "biểu" "phái" "các" "ông" "bà" "ngài" "cấp" "cao" "chính" "thức" "xã" "giao" "diện" "lãnh" "đạo" "đồng" "chí" "nước" "tới" "đến" "cho" "và" "song" "phương" "kín" "riêng" "giữa" "của" "ngắn" "thân" "mật" "hữu" "nghị" "nhà" "sang" "tại" "thành" "phố" "thủ" "đô" "tỉnh" "một" "cán" "bộ" "toàn" "thể" "gia" "đình" "anh" "chị" "mẹ" "bên" "lề" "trực" "tiếp" "," "làm" "việc" "quân" "sự" "tân" "cựu" "nguyên" "phu" "nhân" "vị" "trưởng" "thăm" "trọng" "thể" "lễ" "đón");
