//! Notices of the page: datelines, times, requests, rows of marks, names of files, addresses.

use crate::cues::Cue;
use crate::page::{Page, Role, theo};
use crate::rules::Rule;
use crate::token::{Gap, Shape, Token};

pub(super) fn find(page: &mut Page) {
    for line in 0..page.lines.len() {
        find_whole_line(page, line);
    }
    find_stamps(page);
    find_rows(page);
    find_requests(page);
    find_comments(page);
}

/// Marks datelines; later than the lists of other stories, which have their own.
pub(super) fn find_datelines(page: &mut Page) {
    for line in 0..page.lines.len() {
        if page.roles[line] != Role::Title
            && let Some(last) = dateline(page, line)
        {
            page.mark(page.lines[line].first as usize, last, Rule::Dateline);
        }
    }
}

/// A line that is nothing but a notice.
fn find_whole_line(page: &mut Page, line: usize) {
    let (first, last) = (page.lines[line].first as usize, page.lines[line].last as usize);
    let tokens = &page.tokens[first..last];
    let rule = if tokens.len() >= 3 && !tokens.iter().any(Token::is_word) {
        Rule::Separator
    } else if line > 0 && is_slug(page, line) {
        Rule::Slug
    } else if is_address(tokens) {
        Rule::Residue
    } else if page.roles[line] == Role::Text && is_time(tokens) {
        Rule::Timestamp
    } else if line > 1 && is_source(page, line) {
        Rule::BracketedSource
    } else {
        return;
    };
    // A lone quote or ellipsis is text that a link cut off.
    if rule == Rule::Separator && tokens.iter().any(|t| t.is_closer() || t.is_stop()) {
        return;
    }
    page.mark(first, last, rule);
}

/// `doi thoai chien luoc quoc phong hinh 0`, `image031`: no letter of Vietnamese.
fn is_slug(page: &Page, line: usize) -> bool {
    let tokens = page.line(line);
    if tokens.iter().any(|t| t.shape.has(Shape::MARKED)) {
        return false;
    }
    let words = tokens.iter().filter(|t| t.is_word()).count();
    let last = tokens.last().copied();
    let numbered = last.is_some_and(|t| t.is_digit() && t.end - t.start <= 3)
        && tokens.len() >= 2
        && picture_words().contains(&tokens[tokens.len() - 2].key);
    numbered && words >= 3
}

fn picture_words() -> &'static [u32] {
    use std::sync::LazyLock;
    static KEYS: LazyLock<Vec<u32>> = LazyLock::new(|| {
        ["hinh", "anh", "image", "photo", "img", "ảnh", "hình"].map(crate::word::key_of).to_vec()
    });
    &KEYS
}

/// `(Theo RT)`, wherever the text goes on.
fn is_source(page: &Page, line: usize) -> bool {
    let tokens = page.line(line);
    let [open, head, .., close] = tokens else { return false };
    open.is_mark('(')
        && head.key == theo()
        && close.is_mark(')')
        && tokens.iter().filter(|t| t.is_mark(')')).count() == 1
        && close.end - open.start <= 60
}

/// `https://…`, `www.…`, an e-mail address, `[links()`, a lone number of a data base.
fn is_address(tokens: &[Token]) -> bool {
    if tokens.len() < 3 || tokens.iter().skip(1).any(|t| t.gap > Gap::None) {
        return false;
    }
    let marks = |c: char| tokens.iter().filter(|t| t.is_mark(c)).count();
    (marks('/') >= 2 && marks(':') >= 1) || (marks('@') == 1 && marks('.') >= 1)
}

/// `Thứ năm, 22/10/2020, 17:36 (GMT+7)`, `17:09 14/03/2022`.
fn is_time(tokens: &[Token]) -> bool {
    if tokens.len() > 22 || tokens.len() < 7 {
        return false;
    }
    let words = tokens.iter().filter(|t| t.is_word() && !t.is_digit());
    let known = words.clone().all(|t| time_words().contains(&t.key));
    has_date(tokens).is_some() && has_clock(tokens) && known
}

fn time_words() -> &'static [u32] {
    use std::sync::LazyLock;
    static KEYS: LazyLock<Vec<u32>> = LazyLock::new(|| {
        "thứ hai ba tư năm sáu bảy chủ nhật ngày tháng gmt cập nhật lúc đăng pm am utc h giờ xuất bản"
            .split(' ')
            .map(crate::word::key_of)
            .collect()
    });
    &KEYS
}

/// Place of `14/03/2022`, `2017-06-22` or `14.3.2022` among the tokens.
pub(crate) fn has_date(tokens: &[Token]) -> Option<usize> {
    (0..tokens.len().saturating_sub(4)).find(|i| {
        let part = &tokens[*i..*i + 5];
        let separator = part[1].mark();
        matches!(separator, '/' | '-' | '.')
            && part[3].is_mark(separator)
            && part[0].is_digit()
            && part[2].is_digit()
            && part[4].is_digit()
            && part[1..].iter().all(|t| t.gap == Gap::None)
            && [part[0], part[4]].iter().any(|t| t.end - t.start == 4)
    })
}

fn has_clock(tokens: &[Token]) -> bool {
    tokens.windows(3).any(|w| {
        w[0].is_digit()
            && w[1].is_mark(':')
            && w[2].is_digit()
            && w[1].gap == Gap::None
            && w[2].gap == Gap::None
            && w[2].end - w[2].start == 2
    })
}

/// `| 09:28 07/02/2017` and `• 2017-06-22 08:35` inside a line.
fn find_stamps(page: &mut Page) {
    for i in 0..page.places.signs.len() {
        let at = page.places.signs[i] as usize;
        if !matches!(page.tokens[at].mark(), '|' | '•') {
            continue;
        }
        let end = page.tokens.len().min(at + 9);
        let window = &page.tokens[at + 1..end];
        if window.len() >= 8 && has_date(window).is_some() && has_clock(window) {
            page.mark(at, end, Rule::Timestamp);
        }
    }
}

/// Rows of hyphens or asterisks inside a line, and lone backslashes.
fn find_rows(page: &mut Page) {
    let mut behind = 0;
    for i in 0..page.places.signs.len() {
        let at = page.places.signs[i] as usize;
        if at < behind {
            continue;
        }
        let mark = page.tokens[at].mark();
        let mut last = at + 1;
        if matches!(mark, '*' | '-' | '_' | '=' | '~' | '–' | '—' | '\\') {
            while last < page.tokens.len()
                && page.tokens[last].is_mark(mark)
                && page.tokens[last].gap == Gap::None
            {
                last += 1;
            }
            let len = last - at;
            let long = len >= if mark == '*' { 3 } else { 5 };
            let lone = mark == '\\' && page.tokens.get(last).is_none_or(|t| t.gap > Gap::None);
            if (long || lone) && !page.taken[at] {
                page.mark(at, last, if lone { Rule::Residue } else { Rule::Separator });
            }
        }
        behind = last;
    }
    // "[links()" is what a template left behind.
    for i in 0..page.places.signs.len() {
        let at = page.places.signs[i] as usize;
        if page.tokens[at].is_mark('[')
            && page.tokens.get(at + 2..at + 4).is_some_and(|w| {
                w[0].is_mark('(') && w[1].is_mark(')') && w.iter().all(|t| t.gap == Gap::None)
            })
            && page.tokens[at + 1].is_lower()
        {
            let close = page.tokens.get(at + 4).is_some_and(|t| t.is_mark(']'));
            page.mark(at, at + 4 + usize::from(close), Rule::Residue);
        }
    }
}

/// `Mọi phản ánh …`, `Hotline: …`, `> Chủ đề: …`, buttons.
fn find_requests(page: &mut Page) {
    for i in 0..page.cues.len() {
        let (at, _, cue) = page.cues[i];
        let mut at = at as usize;
        if page.taken[at] || page.roles[page.line_of(at)] != Role::Text {
            continue;
        }
        let starts = page.begins(at);
        match cue {
            Cue::Contact if page.tokens[at].gap == Gap::Line => {
                let end = page.logical_end(at);
                let address = page.tokens[at..end].iter().any(|t| t.is_mark('@') || t.is_digit());
                if (address || cue_is_web(page, at)) && page.bytes(at, end) <= 120 {
                    page.mark(at, end, Rule::Promo);
                }
            }
            Cue::Promo if starts && page.tokens[at].is_upper() => {
                let end = page.logical_end(at);
                let contact = page.tokens[at..end].iter().any(|t| t.is_mark('@') || t.is_mark(':'));
                let rest = page.bytes(at, end);
                let last = if contact && rest <= 500 { end } else { page.unit_end(at) };
                page.mark(broadcast(page, at).unwrap_or(at), last, Rule::Promo);
            }
            Cue::Topic => {
                let arrow = at > 0 && page.tokens[at - 1].is_mark('>');
                if !arrow && page.tokens[at].gap < Gap::Line {
                    continue;
                }
                let end = page.logical_end(at);
                let colon = page.tokens[at..end].iter().position(|t| t.is_mark(':'));
                if arrow {
                    at -= 1;
                }
                let last = topic_end(page, at, colon.map_or(at, |c| at + c + 1), end);
                page.mark(at, last, Rule::Topic);
            }
            Cue::Button if starts => {
                let end = page.unit_end(at);
                if page.bytes(at, end) <= 60 {
                    page.mark(at, end, Rule::Button);
                }
            }
            _ => {}
        }
    }
}

/// Where the notice of a broadcast begins in front of a request to watch it at token `at`: `Trận đấu
/// diễn ra lúc 18h, | Báo điện tử VOV sẽ tường thuật trực tiếp. Mời quý độc giả …`
fn broadcast(page: &Page, at: usize) -> Option<usize> {
    let start = page.unit_start(at.checked_sub(1)?);
    let words = &page.tokens[start..at];
    let told =
        words.windows(3).position(|w| [w[0].key, w[1].key, w[2].key] == *broadcast_words())?;
    // The paper that reports stands in front, perhaps behind a clause about the match.
    let clause = words[..told].iter().rposition(|t| t.is_mark(',')).map_or(0, |comma| comma + 1);
    (page.bytes(start, at) <= 200 && words[clause].is_upper()).then_some(start + clause)
}

fn broadcast_words() -> &'static [u32; 3] {
    use std::sync::LazyLock;
    static KEYS: LazyLock<[u32; 3]> =
        LazyLock::new(|| ["tường", "thuật", "trực"].map(crate::word::key_of));
    &KEYS
}

fn cue_is_web(page: &Page, at: usize) -> bool {
    let end = page.logical_end(at);
    page.tokens[at..end].windows(2).filter(|w| w[0].is_mark('.') && w[1].gap == Gap::None).count()
        >= 2
}

/// A list of topics ends in front of the byline that closes the line.
fn topic_end(page: &Page, at: usize, from: usize, end: usize) -> usize {
    let name = super::tail::closing_name(page, from + 2, end);
    match name {
        Some(name) if page.bytes(at, end) < 300 && name > from => name,
        _ => end,
    }
}

/// Behind the dateline that a line begins with: `(Baonghean.vn) -`, `TTO -`, `GD&TĐ -`.
pub(crate) fn dateline(page: &Page, line: usize) -> Option<usize> {
    let first = page.lines[line].first as usize;
    let tokens = page.line(line);
    let dash = |i: usize| {
        tokens.get(i).is_some_and(|t| matches!(t.mark(), '-' | '–' | '—'))
            && tokens.len() > i + 4
            && page.bytes(first + i, first + tokens.len()) > 40
    };
    if tokens.first()?.is_mark('(') {
        let close = tokens.iter().take(8).position(|t| t.is_mark(')'))?;
        let name = &tokens[1..close];
        let named = name.first().is_some_and(|t| t.is_upper() || t.is_digit())
            && name.iter().filter(|t| t.is_word()).count() <= 5;
        if !named || page.bytes(first, first + close) > 40 {
            return None;
        }
        if dash(close + 1) {
            return Some(first + close + 2);
        }
        return None;
    }
    // "TTO - ", "GD&TĐ - ": capitals only.
    let caps = tokens
        .iter()
        .take(4)
        .take_while(|t| t.shape.has(Shape::CAPS) || t.is_mark('&') || t.shape.has(Shape::SINGLE))
        .count();
    (caps > 0 && tokens[0].shape.has(Shape::CAPS) && dash(caps) && tokens[caps].gap == Gap::One)
        .then_some(first + caps + 1)
        .filter(|last| page.tokens.get(*last).is_some_and(|t| t.is_upper() && t.gap > Gap::None))
}

/// A page of comments: below a time stamp names and remarks in turn, and no sentence of a text.
fn find_comments(page: &mut Page) {
    let Some(stamp) = page.lines.iter().position(|line| {
        page.marks
            .iter()
            .any(|m| m.rule == Rule::Timestamp && m.first == line.first && m.last == line.last)
    }) else {
        return;
    };
    let lines = stamp + 1..page.lines.len();
    if stamp > 3 || lines.len() < 6 {
        return;
    }
    let short = |line: usize| {
        let tokens = page.line(line);
        tokens.len() <= 7 && !tokens.iter().any(|t| t.is_stop() || t.is_mark(','))
    };
    let names = lines.clone().filter(|l| short(*l)).count();
    let long = lines
        .clone()
        .filter(|l| page.bytes(page.lines[*l].first as usize, page.lines[*l].last as usize) > 400);
    if names * 3 >= lines.len() && long.count() * 6 <= lines.len() && short(stamp + 1) {
        for line in lines {
            let (first, last) = (page.lines[line].first as usize, page.lines[line].last as usize);
            page.mark(first, last, Rule::Comment);
        }
    }
}
