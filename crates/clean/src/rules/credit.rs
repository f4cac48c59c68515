//! Credits of pictures, and the captions in front of them.

use crate::cues::Cue;
use crate::lexicon::Class;
use crate::page::{Cut, Page, Role};
use crate::rules::Rule;
use crate::token::{Gap, Shape, Token};

/// Marks credits: in brackets, with an open end, and notes that need no name.
pub(super) fn find(page: &mut Page) {
    for i in 0..page.cues.len() {
        let (at, len, cue) = page.cues[i];
        let (at, len) = (at as usize, len as usize);
        if page.taken[at] || page.roles[page.line_of(at)] == Role::Title {
            continue;
        }
        if cue == Cue::Photo {
            if let Some(last) = bare_name_end(page, at) {
                page.mark(with_dash(page, at), last, Rule::OpenCredit);
            }
            continue;
        }
        if !matches!(cue, Cue::Credit | Cue::Note | Cue::Source | Cue::Video) {
            continue;
        }
        if let Some((first, last)) = bracketed(page, at) {
            if !is_first_line_word(page, first) {
                page.mark(first, last, Rule::BracketedCredit);
            }
            continue;
        }
        if !page.tokens[at].is_upper() {
            continue; // "nguồn ảnh", "clip: …" inside a sentence
        }
        let first = with_dash(page, at);
        match cue {
            Cue::Note => {
                if let Some(last) = note_end(page, at, len) {
                    page.mark(first, last, Rule::Note);
                }
            }
            Cue::Credit | Cue::Video => {
                if let Some(last) = name_end(page, at + len, cue == Cue::Credit) {
                    let last = repeated_end(page, at, at + len).unwrap_or(last);
                    page.mark(first, last, Rule::OpenCredit);
                }
            }
            Cue::Source if !page.cuts[at].is_strong() || !is_tail(page, at) => {
                if let Some(last) = name_end(page, at + len, false) {
                    page.mark(first, last, Rule::OpenCredit);
                }
            }
            _ => {}
        }
    }
    find_bare_brackets(page);
}

/// Behind the name of `Ảnh CA`, `Ảnh Thu Trang.`: a sentence of its own, nothing but a name.
fn bare_name_end(page: &Page, at: usize) -> Option<usize> {
    let tokens = &page.tokens;
    if !page.begins(at) || page.roles[page.line_of(at)] != Role::Text {
        return None;
    }
    let end = page.unit_end(at).min(page.logical_end(at));
    let name = tokens.get(at + 1..end)?;
    let fits =
        |t: &Token| t.is_upper() || t.gap == Gap::None || matches!(t.mark(), '-' | '–' | '/' | '&');
    (name.len() <= 9 && page.bytes(at, end) <= 45 && name.iter().all(fits)).then_some(end)
}

/// `(Ảnh PLO)`, `(Ảnh. PLO)`, `(ảnh IT)`, `(Nguồn Reuters)`: no colon, but the bracket says it.
fn find_bare_brackets(page: &mut Page) {
    for i in 0..page.places.signs.len() {
        let at = page.places.signs[i] as usize + 1;
        let open = &page.tokens[at - 1];
        let Some(head) = page.tokens.get(at).filter(|_| open.is_mark('(')) else { continue };
        let is_photo = head.key == photo();
        if (is_photo || head.key == source())
            && !page.taken[at]
            && page.cue_at(at).is_none_or(|(cue, _)| cue == Cue::Photo)
            && let Some((first, last)) = bracketed(page, at)
            && last - first <= 9
            && page.tokens[at + 1..].iter().find(|t| !t.is_mark('.')).is_some_and(|t| {
                // "(ảnh Hà Nội)" may be said of what stands in front.
                t.is(Class::AGENCY) || t.is_upper() && (head.is_upper() || t.shape.has(Shape::CAPS))
            })
        {
            let of_text = !is_photo && is_tail(page, at);
            let rule = if of_text { Rule::BracketedSource } else { Rule::BracketedCredit };
            page.mark(first, last, rule);
        }
    }
}

/// Key of `ảnh`.
pub(crate) fn photo() -> u32 {
    use std::sync::LazyLock;
    static KEY: LazyLock<u32> = LazyLock::new(|| crate::word::key_of("ảnh"));
    *KEY
}

fn inside() -> u32 {
    use std::sync::LazyLock;
    static KEY: LazyLock<u32> = LazyLock::new(|| crate::word::key_of("trong"));
    *KEY
}

fn source() -> u32 {
    use std::sync::LazyLock;
    static KEY: LazyLock<u32> = LazyLock::new(|| crate::word::key_of("nguồn"));
    *KEY
}

fn is_first_line_word(page: &Page, at: usize) -> bool {
    page.line_of(at) == 0 && page.roles[0] == Role::Title
}

/// True in the last stretch of the text, where a source is that of the article.
fn is_tail(page: &Page, at: usize) -> bool {
    let Some(last) = page.tokens.last() else { return false };
    let line = page.line_of(at);
    last.end - page.tokens[at].start < 120
        || page.lines.get(line + 1).is_some_and(|next| next.blanks >= 3)
}

/// The bracket that opens directly in front of `at`, with what belongs to it: at most 90 bytes.
fn bracketed(page: &Page, at: usize) -> Option<(usize, usize)> {
    let tokens = &page.tokens;
    let open = at.checked_sub(1)?;
    let close = match tokens[open].mark() {
        '(' => ')',
        '[' => ']',
        _ => return None,
    };
    let end = (at..tokens.len().min(at + 24)).find(|i| tokens[*i].is_mark(close))?;
    if page.bytes(open, end + 1) > 90 || page.line_of(end) != page.line_of(at) {
        return None;
    }
    let mut last = end + 1;
    // "(Ảnh: CTV)." and "(Ảnh: Yonhap):"
    if tokens.get(last).is_some_and(|t| t.gap == Gap::None && matches!(t.mark(), '.' | ':')) {
        last += 1;
    }
    Some((with_dash(page, open), last))
}

/// The dash in front belongs to the credit: `- Ảnh: VOV`.
fn with_dash(page: &Page, at: usize) -> usize {
    match at.checked_sub(1).map(|i| &page.tokens[i]) {
        Some(t) if matches!(t.mark(), '-' | '–' | '—' | '|') && page.tokens[at].gap <= Gap::One => {
            at - 1
        }
        _ => at,
    }
}

/// Where `Ảnh minh họa` ends: at the stop, the end of the line, or behind a short source.
fn note_end(page: &Page, at: usize, len: usize) -> Option<usize> {
    let tokens = &page.tokens;
    let line_end = page.lines[page.line_of(at)].last as usize;
    let mut next = at + len;
    if next < line_end && tokens[next].is_mark('(') {
        let close = (next..line_end.min(next + 12)).find(|i| tokens[*i].is_mark(')'))?;
        next = close + 1;
    } else if next < line_end && tokens[next].is_lower() {
        // "Ảnh minh họa internet", "Ảnh cắt từ clip"; a verb makes it a sentence.
        if tokens[next].is(Class::VERB) {
            return None;
        }
        let mut words = 0;
        while next < line_end && tokens[next].is_word() && !tokens[next].is_stop() && words < 5 {
            if words > 0 && tokens[next].is_upper() && tokens[next].is(Class::OPENER) {
                break;
            }
            next += 1;
            words += 1;
        }
    }
    if next < line_end && tokens[next].is_stop() && tokens[next].gap == Gap::None {
        next += 1;
    }
    let ends = next >= line_end
        || page.cuts[next].is_strong()
        || tokens[next].is_upper()
        || tokens[next].is_digit()
        || matches!(tokens[next].mark(), '“' | '"' | '(' | '-' | '–');
    ends.then_some(next)
}

/// Small letters that belong to the name of an owner: `Ảnh: Nhân vật cung cấp`.
const OWNER_WORDS: &str = "internet phát cung cấp nhân vật gia đình sưu tầm minh họa từ báo trang mạng \
    facebook bạn đọc clip của thư viện tư liệu chụp màn hình cắt ghi lại và fanpage dân địa phương \
    công an bệnh viện fb đài truyền hình";

fn owner_words() -> &'static [u32] {
    use std::sync::LazyLock;
    static KEYS: LazyLock<Vec<u32>> = LazyLock::new(|| {
        let mut keys: Vec<u32> =
            OWNER_WORDS.split_ascii_whitespace().map(crate::word::key_of).collect();
        keys.sort_unstable();
        keys
    });
    &KEYS
}

/// Where the name behind `Ảnh:` ends, from token `from`; `None` when no name is there.
fn name_end(page: &Page, from: usize, alone: bool) -> Option<usize> {
    let tokens = &page.tokens;
    let line_end = page.logical_end(from.checked_sub(1)?);
    if from >= line_end {
        return alone.then_some(from); // the name is lost
    }
    // A short rest of the line without a stop inside is the name, whatever it looks like.
    let rest_is_short = page.bytes(from, line_end) <= 60
        && tokens[from..line_end - 1]
            .iter()
            .enumerate()
            .all(|(i, t)| !t.is_stop() || tokens[from + i + 1].gap == Gap::None);
    if rest_is_short
        && (tokens[from].is_upper() || tokens[from].is(Class::AGENCY) || alone)
        && !tokens[from..line_end]
            .iter()
            .skip(1)
            .any(|t| t.gap >= Gap::One && t.is_upper() && t.is(Class::STRICT_OPENER))
    {
        return Some(line_end);
    }
    let address = is_address(tokens, from);
    let mut at = from;
    let mut capitals = 0;
    while at < line_end {
        let token = &tokens[at];
        let glued = token.gap == Gap::None && at > from;
        let take = if token.is_word() {
            if glued {
                true
            } else if address {
                at == from
            } else if page.cuts[at].is_strong() && !(at == from && token.gap == Gap::None) {
                false
            } else if token.is_upper() || token.is_digit() && capitals == 0 {
                !(at > from && ends_name(tokens, at, capitals))
            } else {
                // "Ảnh minh họa: reuters"
                at == from && token.is(Class::AGENCY)
                    || owner_words().binary_search(&token.key).is_ok()
                        && !(token.is(Class::VERB) && capitals > 1)
            }
        } else {
            match token.mark() {
                '.' | '…' | '!' | '?' => {
                    // "Baotintuc.vn", "Q.T": the name goes on without a space.
                    let inside =
                        tokens.get(at + 1).is_some_and(|t| t.gap == Gap::None && t.is_word())
                            && page.cuts.get(at + 1).is_some_and(|c| !c.is_strong());
                    if !inside {
                        at += 1;
                        break;
                    }
                    true
                }
                '/' | '&' | '+' | '@' | '\'' | '_' => true,
                '-' | '–' => {
                    token.gap == Gap::None || tokens.get(at + 1).is_some_and(Token::is_upper)
                }
                ',' => tokens.get(at + 1).is_some_and(|t| t.is(Class::AGENCY)),
                _ => false,
            }
        };
        if !take {
            break;
        }
        if token.is_upper() && !glued {
            capitals += 1;
        }
        at += 1;
        if at - from > 14 {
            break;
        }
    }
    (at > from).then_some(at)
}

/// `plo.vn` in small letters, of which only the first word has a space in front.
fn is_address(tokens: &[Token], at: usize) -> bool {
    tokens[at].is_lower()
        && tokens.get(at + 1..at + 3).is_some_and(|behind| {
            behind[0].is_mark('.')
                && behind[1].is_lower()
                && behind.iter().all(|token| token.gap == Gap::None)
        })
}

/// Where the same name ends in the other credits of the page: what stands behind `Nguồn ảnh: Quốc
/// phòng Việt Nam` differs from one picture to the next.
fn repeated_end(page: &Page, at: usize, from: usize) -> Option<usize> {
    let tokens = &page.tokens;
    let head = tokens[at].key;
    let same_cue = |c: &(u32, u8, Cue)| c.2 == Cue::Credit && tokens[c.0 as usize].key == head;
    let others = page.cues.iter().filter(|c| same_cue(c) && c.0 as usize != at).take(24);
    let mut longest = [0; 2]; // the longest common stretch, and how many share it
    for (other, len, _) in others {
        let other = *other as usize + *len as usize;
        let common = (0..12)
            .take_while(|i| {
                matches!((tokens.get(from + i), tokens.get(other + i)), (Some(a), Some(b)) if a.key == b.key
                    && (*i == 0 || a.gap < Gap::Line && page.cuts[from + i] < Cut::Glue))
            })
            .count();
        if common > longest[0] {
            longest = [common, 1];
        } else if common == longest[0] {
            longest[1] += 1;
        }
    }
    let end = from + longest[0];
    let next = tokens.get(end);
    let ends =
        next.is_none_or(|t| t.is_upper() || t.is_digit() || t.gap == Gap::Line || !t.is_word());
    (longest[0] >= 1 && longest[1] >= 1 && ends && tokens[from].is_upper()).then_some(end)
}

/// True when the capitalised word at `at` begins the sentence behind the name.
fn ends_name(tokens: &[Token], at: usize, capitals: usize) -> bool {
    let token = &tokens[at];
    let before = &tokens[at - 1];
    if matches!(before.mark(), '/' | '-' | '&') || before.is_mark('–') {
        return false;
    }
    if token.is(Class::STRICT_OPENER) && !before.is_mark(',') {
        return true;
    }
    if token.is(Class::AGENCY) {
        return false;
    }
    // "Ảnh: Reuters Trong …", "Ảnh: TTXVN Bộ trưởng": an agency takes no further name.
    if before.is(Class::AGENCY) && !before.is_lower() {
        return true;
    }
    let caps_end = before.shape.has(Shape::CAPS) && !token.shape.has(Shape::CAPS);
    let next_small = tokens.get(at + 1).is_some_and(|t| t.is_lower() && t.gap == Gap::One);
    capitals >= 4
        || before.is_lower() && before.gap > Gap::None && next_small
        || caps_end
        || (capitals >= 1 && token.is(Class::OPENER) && next_small)
        || (capitals >= 2 && next_small)
}

/// Bytes of a caption that a rule finds.
const LONGEST_CAPTION: usize = 330;

/// Marks the sentence in front of each credit as its caption, unless the page is a gallery whose
/// sentences are the story.
pub(super) fn find_captions(page: &mut Page) {
    let credits: Vec<_> = page
        .marks
        .iter()
        .copied()
        .filter(|m| matches!(m.rule, Rule::OpenCredit | Rule::BracketedCredit | Rule::Note))
        .collect();
    let units = page.cuts.iter().filter(|cut| cut.is_strong()).count();
    let gallery = credits.len() >= 5 && credits.len() * 100 > units * 17;
    for credit in credits {
        let Some(last) = (credit.first as usize).checked_sub(1) else { continue };
        // The end of the caption is where the credit begins, be there a stop or not.
        let mut first = page.unit_start(last);
        if first == last && page.tokens[last].is_stop() && first > 0 {
            first = page.unit_start(first - 1);
        }
        let line = page.line_of(last);
        let same_line = page.logical_end(last) > credit.first as usize
            || page.lines[page.line_of(credit.first as usize)].blanks == 0;
        if !same_line
            || page.roles[line] != Role::Text
            || page.cuts[credit.first as usize] == Cut::Blank
        {
            continue;
        }
        // Above a credit on a line of its own the caption has its line, too: "… quan trọng.Bộ
        // trưởng cảm ơn." ends a paragraph.
        let apart = page.line_of(credit.first as usize) != line;
        if apart && first > page.lines[line].first as usize {
            continue;
        }
        let len = page.bytes(first, last + 1);
        if !(8..=LONGEST_CAPTION).contains(&len) || page.tokens[last].is_mark(':') {
            continue;
        }
        let opens_picture = page.tokens[first].is_upper()
            && page.tokens[first].key == inside()
            && page.tokens[first + 1].key == photo();
        let rule = match gallery {
            _ if opens_picture => Rule::InPicture,
            true => Rule::Gallery,
            false => Rule::Captioned,
        };
        page.mark(first, last + 1, rule);
    }
    find_in_pictures(page);
    for i in 0..page.lines.len().saturating_sub(1) {
        let slug =
            page.marks.iter().any(|m| m.rule == Rule::Slug && m.first == page.lines[i].first);
        let next = page.lines[i + 1];
        if slug && page.bytes(next.first as usize, next.last as usize) <= 240 {
            page.mark(next.first as usize, next.last as usize, Rule::SlugCaption);
        }
    }
}

/// `Trong ảnh: Binh lính phục kích ở Marawi.`: the colon says it, be there a credit or not.
fn find_in_pictures(page: &mut Page) {
    for i in 0..page.cues.len() {
        let (at, _, cue) = page.cues[i];
        let Some(first) = (at as usize).checked_sub(1).filter(|_| cue == Cue::Credit) else {
            continue;
        };
        let last = page.unit_end(first);
        if page.tokens[first].is_upper()
            && page.tokens[first].key == inside()
            && page.begins(first)
            && !page.taken[first]
            && page.roles[page.line_of(first)] == Role::Text
            && page.tokens[last - 1].is_stop()
            && page.bytes(first, last) <= LONGEST_CAPTION
        {
            page.mark(first, last, Rule::InPicture);
        }
    }
}
