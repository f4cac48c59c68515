//! Places where a crawler lost the space or line break between two sentences, or between a
//! heading and a sentence: `quốc phòng.|Bộ trưởng`, `bùng phát|Ông Nam`.

use crate::letters::{Letter, is_marked};
use crate::syllable::is_legal;

/// A place where something new begins that is glued to what stands before it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Place {
    /// Byte offset of what begins.
    pub at: usize,
    /// Code of the rule that found it, one of [`RULES`].
    pub rule: &'static str,
}

/// The rules by code, each in words.
pub const RULES: [(&str, &str); 6] = [
    ("C201", "a sentence ended and the next begins without a space: quốc phòng.|Bộ trưởng"),
    (
        "C202",
        "a sentence ended and a number begins the next without a space: trường học.|58% giáo viên",
    ),
    (
        "C203",
        "a quotation or bracket closed and a capital follows without a space: (Ảnh: Kyodo)|Chính phủ",
    ),
    ("C204", "a lower-case syllable runs into a capital one: thành công|Chia sẻ"),
    ("C205", "a colon and what it announces stand without a space: địa chỉ sau:|Trường"),
    ("C206", "a number runs into a capitalised word: năm 2021|Chính phủ"),
];

/// The places of `text` in order, where what begins keeps its opening quotation mark.
///
/// Abbreviations (`TP.HCM`, `PGS.TS.Nguyễn`), initials (`V.N.Drozhzhov`), addresses and names
/// written in one (`iPhone`, `VietinBank`) are left whole. Cost: one pass over the bytes with a
/// look at the neighbors of stops, quotation marks and capitals; linear whatever the text.
pub fn places(text: &str) -> Vec<Place> {
    let mut scan = Scan { text, quote: None, done: 0, found: Vec::new() };
    scan.run();
    scan.found
}

struct Scan<'a> {
    text: &'a str,
    /// Where the last straight quotation mark opened, when it is still open.
    quote: Option<usize>,
    /// Behind the stops already looked at.
    done: usize,
    found: Vec<Place>,
}

/// How many bytes are looked over at once for those that need a look.
const CHUNK: usize = 256;

/// Flags the bytes of a chunk that need a look: stops and straight quotation marks wherever they
/// stand; capitals (and `…`) where no white space stands before them. `around` is the chunk with
/// one byte before and two behind it.
///
/// Plain comparisons of bytes without a branch: the compiler makes vector code of them.
fn flag(around: &[u8; CHUNK + 3], flags: &mut [u8; CHUNK]) {
    for (i, flag) in flags.iter_mut().enumerate() {
        let [before, byte, next, third] = [around[i], around[i + 1], around[i + 2], around[i + 3]];
        let mark = (byte == b'.') | (byte == b'!') | (byte == b'?') | (byte == b'"');
        // À..Ý have bit 5 clear, à..ý have it set; Ă and Đ are even, ă and đ odd; Ạ..Ỹ are even.
        let capital = (byte.wrapping_sub(b'A') < 26)
            | (byte == 0xE2)
            | ((byte == 0xC3) & (next & 0x20 == 0))
            | ((byte == 0xC4) & (next & 1 == 0))
            | ((byte == 0xC6) & ((next == 0xA0) | (next == 0xAF)))
            | ((byte == 0xE1) & (third & 1 == 0));
        *flag = u8::from(mark | (capital & (before > b' ')));
    }
}

/// A straight quotation mark that opened longer ago than this was never closed: paragraphs of
/// one quotation each open it anew.
const LONGEST_QUOTATION: usize = 340;
/// An address longer than this is not looked for.
const LONGEST_ADDRESS: usize = 200;

impl Scan<'_> {
    fn run(&mut self) {
        let bytes = self.text.as_bytes();
        let mut flags = [0; CHUNK];
        for start in (0..bytes.len()).step_by(CHUNK) {
            // Past either end of the text stands white space.
            let mut around = [b' '; CHUNK + 3];
            let from = start.saturating_sub(1);
            let to = bytes.len().min(start + CHUNK + 2);
            let offset = from + 1 - start;
            around[offset..offset + to - from].copy_from_slice(&bytes[from..to]);
            flag(&around, &mut flags);
            for (word, eight) in flags.chunks_exact(8).enumerate() {
                let mut set = u64::from_le_bytes(eight.try_into().unwrap_or_default());
                while set != 0 {
                    let at = start + 8 * word + set.trailing_zeros() as usize / 8;
                    set &= set - 1;
                    if at >= self.done && at < bytes.len() {
                        self.look(at);
                    }
                }
            }
        }
    }

    fn look(&mut self, at: usize) {
        match self.text.as_bytes()[at] {
            b'"' => self.quotation_mark(at),
            b'.' | b'!' | b'?' => self.stop(at),
            _ => match self.text[at..].chars().next() {
                Some('…') => self.stop(at),
                Some(c) if c.is_uppercase() => self.capital(at),
                _ => {}
            },
        }
    }

    /// C201 and C202 behind a run of stops that begins at `start`.
    fn stop(&mut self, start: usize) {
        if matches!(self.text.as_bytes().get(start + 1), None | Some(b' ' | b'\n')) {
            return;
        }
        let rest = &self.text[start..];
        let end = start + (rest.len() - rest.trim_start_matches(is_stop).len());
        // "quan tâm./.Theo VOV": the end mark is one stop.
        let end = if self.text[end..].starts_with("/.") { end + 2 } else { end };
        let mut place = end;
        let mut opened = false;
        let mut next = None;
        for (i, c) in self.text[end..].char_indices() {
            let at = end + i;
            match c {
                '”' | '’' | ')' | ']' | '»' if !opened => place = at + c.len_utf8(),
                '"' if !opened && !self.opens(at) => place = at + 1,
                '“' | '‘' | '(' | '[' | '«' | '"' => opened = true,
                _ => {
                    next = Some((at, c));
                    break;
                }
            }
            if i > 16 {
                break;
            }
        }
        if let Some((at, c)) = next
            && let Some(rule) = self.rule_behind(start, end, place, at, c)
        {
            self.found.push(Place { at: place, rule });
        }
        self.done = end;
    }

    /// The rule that splits before `c` at `at`, when stops stand in `start..end` and closing marks
    /// up to `place`.
    fn rule_behind(
        &self,
        start: usize,
        end: usize,
        place: usize,
        at: usize,
        c: char,
    ) -> Option<&'static str> {
        let before = word_before(self.text, start);
        let single = &self.text[start..end] == ".";
        let marked_off = place > end || at > place;
        if c.is_ascii_digit() {
            // "mở cửa trường học.58% giáo viên", but "1.000", "A.5", "Covid.19".
            let number = self.text[at..].trim_start_matches(|c: char| c.is_ascii_digit());
            let a_word = before.chars().nth(1).is_some()
                && before.chars().skip(1).all(|c| c.is_lowercase())
                && (before.starts_with(char::is_lowercase) || is_legal(before))
                && !is_abbreviation(before);
            return ((place > end || a_word) && number.starts_with(['%', ' ', '\u{a0}']))
                .then_some("C202");
        }
        if !c.is_uppercase() {
            // `cơ hội hiếm có này."bắt kiểu này`, but `"Đi đâu?"anh hỏi`
            let quoted = place == end && at == place + 1 && self.text[place..].starts_with('"');
            let a_word = before.chars().nth(1).is_some() && is_legal(before);
            return (quoted && a_word && single && c.is_lowercase()).then_some("C201");
        }
        if !single || marked_off {
            return (!self.in_address(at)).then_some("C201");
        }
        let after = word_after(self.text, at);
        let mut letters = before.chars();
        let keeps = match (letters.next(), letters.next()) {
            (None, _) => self.begins_item(start),
            // "V.N. Drozhzhov", "Q.Tân Bình", "h.Củ Chi", but "khoảng 500 m.Phía sau".
            (Some(c), None) if is_marked(c) && c.is_lowercase() => false, // "không chịu ở.Bà mẹ"
            (Some(c), None) if c.is_alphabetic() => {
                c.is_uppercase()
                    || !self.text[..start - c.len_utf8()]
                        .trim_end()
                        .ends_with(|c: char| c.is_ascii_digit())
            }
            // "1.Ông" numbers an item, "năm 2018.Ông" ends a sentence.
            _ if before.len() <= 2 && before.bytes().all(|b| b.is_ascii_digit()) => {
                self.begins_item(start - before.len())
            }
            // "VOV.VN", "T.O.P"; but "TP.HCM.Trong".
            _ => is_abbreviation(before) || (is_short_capitals(before) && is_short_capitals(after)),
        };
        let keeps = keeps || is_initial(before) || self.is_letter(at, after);
        let domain = DOMAINS.iter().any(|d| after.eq_ignore_ascii_case(d)) && before.is_ascii();
        (!keeps && !domain && !self.in_address(at)).then_some("C201")
    }

    /// C203 to C206: a capital at `at` that has no white space before it.
    fn capital(&mut self, at: usize) {
        let before = &self.text[..at];
        let Some(last) = before.chars().next_back() else { return };
        // `chủ đề như sau:"Vali du học"`
        if last == '"'
            && let colon = at - 1
            && self.text[..colon].ends_with(':')
            && self.behind_colon(colon, at)
            && !self.in_address(colon)
        {
            self.found.push(Place { at: colon, rule: "C205" });
            return;
        }
        let rule = match last {
            '”' | '"' | ')' => self.behind_closing(at, last).then_some("C203"),
            ':' => self.behind_colon(at, at).then_some("C205"),
            c if c.is_ascii_digit() || c == '%' => self.behind_number(at).then_some("C206"),
            c if c.is_lowercase() => self.behind_lower(at).then_some("C204"),
            _ => None,
        };
        if let Some(rule) = rule
            && self.found.last().is_none_or(|p| p.at < at)
            && !self.in_address(at)
        {
            self.found.push(Place { at, rule });
        }
    }

    fn behind_closing(&self, at: usize, mark: char) -> bool {
        let start = at - mark.len_utf8();
        let inside = &self.text[..start];
        if inside.ends_with(char::is_whitespace)
            || !is_capitalized(word_after(self.text, at))
            || self.found.last().is_some_and(|p| p.at == start)
        {
            return false;
        }
        match mark {
            // The mark was seen before this letter: closed is what it is when none is open.
            '"' => self.quote.is_none(),
            // "(S)Giải", "A(H)Minh"
            ')' => {
                let word = word_before(self.text, start);
                !(inside[..inside.len() - word.len()].ends_with('(') && word.chars().count() <= 3)
            }
            _ => true,
        }
    }

    /// A colon in front of `at`, where a mark or the capital at `word` begins.
    fn behind_colon(&self, at: usize, word: usize) -> bool {
        let before = word_before(self.text, at - 1);
        let after = word_after(self.text, word);
        // "địa chỉ sau:Trường", "Đại học Kỹ thuật Munich:Khuôn viên", but "Email:An", "T:Sáng"
        let name = is_capitalized(before) && is_capitalized(after) && after.contains(is_marked);
        (name && before.chars().count() > 3 && is_legal(after))
            || before.chars().all(char::is_lowercase)
                && is_legal(before)
                && after.chars().nth(1).is_some()
    }

    /// A letter that is no word ends a name: `Zion.T hát`.
    fn is_letter(&self, at: usize, after: &str) -> bool {
        after.len() == 1
            && !"AEIOUY".contains(after)
            && !self.text[at + after.len()..].starts_with('.')
    }

    fn behind_number(&self, at: usize) -> bool {
        let number = self.text[..at].trim_end_matches('%');
        let word = word_before(self.text, number.len());
        let after = word_after(self.text, at);
        // "S-400Triumf" is one name.
        let head = number[..number.len() - word.len()].strip_suffix('-');
        word.bytes().all(|b| b.is_ascii_digit())
            && !head.is_some_and(|head| head.ends_with(char::is_alphabetic))
            && is_capitalized(after)
            // "300Mbps" and "4Chan" are one.
            && (after.contains(is_marked)
                || word.len() > 1 && after.chars().count() > 3 && is_legal(after))
    }

    fn behind_lower(&self, at: usize) -> bool {
        let before = word_before(self.text, at);
        let after = word_after(self.text, at);
        if !is_capitalized(after) || before.chars().nth(1).is_none() {
            return false;
        }
        // "Sinh PhúcGiáo dục", "Trung tâm TinTheo Reuters": two syllables of Vietnamese, where
        // "VietinBank" has one and "BảoViệt" is a name.
        if is_capitalized(before) {
            let next = self.text[at + after.len()..].strip_prefix(' ');
            let goes_on = next.is_some_and(|rest| rest.starts_with(char::is_lowercase));
            return is_legal(before)
                && is_legal(after)
                && (after == "Theo" || goes_on && after.contains(is_marked));
        }
        before.chars().all(char::is_lowercase)
            && (before.contains(is_marked) || after.contains(is_marked))
            // "vàPhát triển" lost a space inside a sentence.
            && UNFINISHED.binary_search(&before).is_err()
    }

    fn quotation_mark(&mut self, at: usize) {
        self.quote = self.opens(at).then_some(at);
    }

    /// Whether the straight quotation mark at `at` opens: by the spaces around it, else by whether
    /// one is open.
    fn opens(&self, at: usize) -> bool {
        let before = self.text[..at].chars().next_back();
        let after = self.text[at + 1..].chars().next();
        if before.is_none_or(|c| c.is_whitespace() || matches!(c, '(' | '[' | '“')) {
            // "đi học " .": the crawler put a space before the closing mark.
            return after.is_some_and(|c| !c.is_whitespace() && !is_stop(c) && c != ',')
                || self.quote.is_none();
        }
        if after.is_none_or(|c| !c.is_alphanumeric() && !matches!(c, '“' | '‘' | '(')) {
            return false;
        }
        match self.quote {
            None => true,
            Some(open) => {
                at - open > LONGEST_QUOTATION
                    || self.text.as_bytes()[open..at].contains(&b'\n')
                    || self.found.last().is_some_and(|p| open < p.at && p.at < at)
            }
        }
    }

    /// True when the number at `at` stands where an item of a list would begin.
    fn begins_item(&self, at: usize) -> bool {
        let before = self.text[..at].trim_end_matches([' ', '\t']);
        before.is_empty()
            || before.ends_with(['\n', ':', ';'])
            || self.found.last().is_some_and(|p| p.at == at)
    }

    /// True inside `https://…`, `www.…` and e-mail addresses.
    fn in_address(&self, at: usize) -> bool {
        let bytes = self.text.as_bytes();
        let mut start = at;
        while start > at.saturating_sub(LONGEST_ADDRESS)
            && start > 0
            && !bytes[start - 1].is_ascii_whitespace()
        {
            start -= 1;
        }
        let token = &bytes[start..at];
        bytes.get(at + word_after(self.text, at).len()) == Some(&b'@')
            || token.contains(&b'@')
            || token.windows(3).any(|w| w == b"://")
            || token.windows(4).any(|w| w.eq_ignore_ascii_case(b"www."))
    }
}

fn is_stop(c: char) -> bool {
    matches!(c, '.' | '!' | '?' | '…')
}

/// No written syllable is longer; keeps a look-back short on a text without spaces.
const LONGEST_WORD: usize = 48;

/// The letters and digits that end at `end`.
fn word_before(text: &str, end: usize) -> &str {
    let mut start = end;
    for (i, c) in text[..end].char_indices().rev() {
        if !c.is_alphanumeric() || end - i > LONGEST_WORD {
            break;
        }
        start = i;
    }
    &text[start..end]
}

/// The letters and digits that begin at `start`.
fn word_after(text: &str, start: usize) -> &str {
    let rest = &text[start..];
    let end = rest
        .char_indices()
        .find(|(i, c)| !c.is_alphanumeric() || *i > LONGEST_WORD)
        .map_or(rest.len(), |(i, _)| i);
    &rest[..end]
}

/// `Chính`, but neither `C` nor `CHÍNH` nor `C4`.
fn is_capitalized(word: &str) -> bool {
    let mut letters = word.chars();
    letters.next().is_some_and(char::is_uppercase) && letters.next().is_some_and(char::is_lowercase)
}

/// The first letters of a name that is kept secret: `cháu Ng.T.Ng`.
fn is_initial(word: &str) -> bool {
    matches!(word, "Ch" | "Gi" | "Kh" | "Ng" | "Nh" | "Ph" | "Qu" | "Th" | "Tr")
}

fn is_short_capitals(word: &str) -> bool {
    word.chars().count() <= 4 && word.chars().all(|c| c.is_uppercase() || c.is_ascii_digit())
}

/// True for an abbreviation that is written with a full stop before a name: `TP.`, `GS.`, `Mr.`
///
/// Case is ignored but for words that are also syllables: `Man. United` is not `man`.
pub fn is_abbreviation(word: &str) -> bool {
    if word.len() > 8 {
        return false;
    }
    let mut lower = [0; 16];
    let mut len = 0;
    for c in word.chars() {
        let folded = match Letter::of(c) {
            Some(letter) if !is_marked(c) || c == 'Đ' || c == 'đ' => letter.base,
            _ => return false,
        };
        if len + 4 > lower.len() {
            return false;
        }
        len += folded.encode_utf8(&mut lower[len..]).len();
    }
    str::from_utf8(&lower[..len]).is_ok_and(|w| {
        ABBREVIATIONS.binary_search(&w).is_ok()
            || (CAPITALIZED.binary_search(&w).is_ok() && word.starts_with(char::is_uppercase))
    })
}

/// Written with a stop before a name, in any case. Sorted by bytes.
const ABBREVIATIONS: [&str; 32] = [
    "bs", "bscki", "bsckii", "cn", "ds", "gs", "gsts", "hlv", "jr", "ks", "lm", "ls", "ltd", "mr",
    "mrs", "ms", "ncs", "nsnd", "nsut", "nxb", "pgs", "prof", "st", "ths", "tp", "tr", "ts",
    "tskh", "tt", "tx", "vs", "đc",
];

/// Abbreviations only with a capital, since the syllable or word exists too. Sorted by bytes.
const CAPITALIZED: [&str; 14] =
    ["co", "dr", "gen", "inc", "man", "no", "op", "pv", "rep", "sen", "shb", "slna", "sn", "th"];

/// What ends an address. A capital appears where a title was capitalized: `Baonghean.Vn`.
const DOMAINS: [&str; 9] = ["com", "edu", "gov", "info", "net", "org", "tv", "vn", "html"];

/// Syllables that hardly end a sentence or heading: function words, titles. Sorted by bytes.
const UNFINISHED: [&str; 22] = [
    "bà", "bị", "bởi", "cho", "chị", "các", "của", "do", "là", "mà", "những", "thống", "trong",
    "tướng", "tại", "từ", "và", "về", "với", "ông", "đến", "ở",
];

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn cut(text: &str) -> Vec<String> {
        let mut parts = Vec::new();
        let mut at = 0;
        for place in places(text) {
            parts.push(text[at..place.at].to_owned());
            at = place.at;
        }
        parts.push(text[at..].to_owned());
        parts
    }

    fn rules(text: &str) -> Vec<&str> {
        places(text).iter().map(|p| p.rule).collect()
    }

    #[test]
    fn a_glued_sentence_begins_behind_the_stop() {
        let text = "lĩnh vực quốc phòng.Bộ trưởng V.N. Drozhzhov ở TP.HCM";
        assert_eq!(places(text), [Place { at: text.find("Bộ").unwrap(), rule: "C201" }]);
    }

    #[test]
    fn closing_marks_stay_and_opening_marks_go_along() {
        assert_eq!(
            cut("“Tôi sẽ đi”.“Bao giờ?”Ông hỏi."),
            ["“Tôi sẽ đi”.", "“Bao giờ?”", "Ông hỏi."]
        );
        assert_eq!(
            cut("Anh nói: \"Tôi sẽ đi.\"Chị gật đầu.\"Vậy thì tốt\", anh nói."),
            ["Anh nói: \"Tôi sẽ đi.\"", "Chị gật đầu.", "\"Vậy thì tốt\", anh nói."]
        );
        assert_eq!(cut("quan tâm./.Theo VOV"), ["quan tâm./.", "Theo VOV"]);
    }

    #[test]
    fn every_rule_has_a_place_it_finds() {
        for (rule, text) in [
            ("C201", "họ đã về nước…Chiều qua"),
            ("C202", "phải mở cửa trở lại.58% phụ huynh đồng ý"),
            ("C203", "sân vận động (Ảnh: Lan Anh)Trận đấu bắt đầu"),
            ("C204", "Mùa gặt đã về trên bảnNgười dân phấn khởi"),
            ("C205", "Hồ sơ gửi về địa chỉ:Trường Đại học Y"),
            ("C206", "Kế hoạch năm 2021Chính phủ thông qua"),
        ] {
            assert_eq!(rules(text), [rule], "{text}");
        }
    }

    #[test]
    fn a_byline_and_its_paper_come_apart() {
        for (text, wanted) in [
            ("Thu PhúcGiáo dục & Đời sống", ["Thu Phúc", "Giáo dục & Đời sống"]),
            ("Trung tâm TinTheo Reuters", ["Trung tâm Tin", "Theo Reuters"]),
            ("tên gồm:\"Bến quê\"", ["tên gồm:", "\"Bến quê\""]),
            ("Đại học Munich:Khuôn viên", ["Đại học Munich:", "Khuôn viên"]),
        ] {
            assert_eq!(cut(text), wanted);
        }
    }

    #[test]
    fn abbreviations_initials_addresses_and_brands_are_left_whole() {
        for text in [
            "mạng 300Mbps, trang 4Chan, ca sĩ Zion.T hát, cháu Ng.T.Ng ở nhà",
            "PGS.TS.Nguyễn Văn Ba ở TP.Huế và Q.Tân Bình, h.Củ Chi",
            "ông J.K.Rowling mua iPhone ở VietinBank, xem VOV.VN và www.Bao.Com/A.Html",
            "1.Mở đầu",
            "giá 1.000.000 đồng, mục A.5, email Lan.Anh@example.com",
            "mẫu (S)Giải pháp",
            "tên lửa S-400Triumf, hãng ViệtJet, giải BảoViệt Cup",
        ] {
            assert_eq!(places(text), [], "{text}");
        }
        assert_eq!(
            cut("rộng khoảng 500 m.Phía sau là TP.HCM.Trong đó"),
            ["rộng khoảng 500 m.", "Phía sau là TP.HCM.", "Trong đó"]
        );
    }

    #[test]
    fn tables_are_sorted_for_the_search() {
        assert!(UNFINISHED.is_sorted() && ABBREVIATIONS.is_sorted() && CAPITALIZED.is_sorted());
    }

    proptest! {
        #[test]
        fn places_are_in_order_inside_and_on_characters(text in "[a-zA-ZàộĐ .!?…\"“”()0-9:%\n]{0,60}") {
            let found = places(&text);
            prop_assert!(found.windows(2).all(|w| w[0].at < w[1].at));
            for place in found {
                prop_assert!(place.at > 0 && place.at < text.len() && text.is_char_boundary(place.at));
                prop_assert!(!text[..place.at].ends_with(char::is_whitespace));
            }
        }
    }
}
