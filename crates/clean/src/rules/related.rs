//! Other stories: pointers, lists under a header, headlines without one.

use crate::cues::Cue;
use crate::page::{Page, Role};
use crate::rules::Rule;
use crate::token::{Gap, Token};

/// Longest pointer in bytes; a longer stretch is text whose end mark was lost.
const LONGEST_POINTER: usize = 400;

pub(super) fn find(page: &mut Page) {
    find_arrows(page);
    find_headers(page);
    find_pointers(page);
    find_brackets(page);
    find_stories(page);
    find_pair(page);
}

/// `Headline A / Headline B` below the standfirst.
fn find_pair(page: &mut Page) {
    for line in 1..page.lines.len().min(3) {
        let tokens = page.line(line);
        let slash: Vec<_> = (0..tokens.len())
            .filter(|i| tokens[*i].is_mark('/') && tokens[*i].gap == Gap::One)
            .collect();
        let first = page.lines[line].first as usize;
        if page.roles[line] == Role::Text
            && slash.len() == 1
            && slash[0] >= 5
            && tokens.len() - slash[0] > 5
            && tokens[slash[0] + 1].gap == Gap::One
            && tokens[slash[0] + 1].is_upper()
            && !ends_in_stop(page, line)
            && line_bytes(page, line) <= LONGEST_POINTER
        {
            page.mark(first, first + tokens.len(), Rule::Pointer);
        }
    }
}

/// `>> …`, `>>> …`, `=> …`, `» …`: to two spaces, the next arrow, or the end of the line.
fn find_arrows(page: &mut Page) {
    let mut behind = 0;
    for i in 0..page.places.signs.len() {
        let at = page.places.signs[i] as usize;
        if at < behind {
            continue;
        }
        let Some(len) = arrow(&page.tokens, at) else { continue };
        // "Bấm xem >>" closes a pointer instead of opening one.
        if at > 0 && page.tokens[at].gap <= Gap::One && is_press(page, at) {
            behind = at + len;
            continue;
        }
        let end = page.logical_end(at);
        let mut last = at + len;
        while last < end && arrow(&page.tokens, last).is_none() {
            if page.tokens[last].gap == Gap::Two {
                break;
            }
            last += 1;
        }
        let first_of_line = page.tokens[at].gap == Gap::Line;
        let whole = first_of_line && last == end && page.bytes(at, last) <= LONGEST_POINTER;
        let closed = last < page.tokens.len()
            && (last < end || page.tokens[at].gap == Gap::Two || last <= page.unit_end(at + len));
        let ends = last == end && last <= page.unit_end(at + len);
        if page.bytes(at, last) <= LONGEST_POINTER && (whole || closed || ends) {
            page.mark(at, last, Rule::Arrows);
        } else {
            // The mark at its end is lost: it ends within the first sentence.
            let stop = page.unit_end(at + len).min(last);
            page.mark(at, stop, Rule::OpenPointer);
        }
        behind = last.max(at + len);
    }
}

/// Length in tokens of the arrow at `at`.
fn arrow(tokens: &[Token], at: usize) -> Option<usize> {
    let second = |i: usize| tokens.get(i).is_some_and(|t| t.is_mark('>') && t.gap == Gap::None);
    match tokens[at].mark() {
        '»' if tokens[at].gap == Gap::Line => Some(1),
        '>' | '=' if second(at + 1) => {
            let mut len = 2;
            while second(at + len) {
                len += 1;
            }
            Some(len)
        }
        _ => None,
    }
}

fn is_press(page: &Page, arrow: usize) -> bool {
    (arrow.saturating_sub(2)..arrow).any(|at| {
        page.cue_at(at).is_some_and(|(cue, len)| cue == Cue::Press && at + len == arrow + 1)
    })
}

/// `Tin liên quan` and what it heads.
fn find_headers(page: &mut Page) {
    for i in 0..page.cues.len() {
        let (at, len, cue) = page.cues[i];
        let (at, mut len) = (at as usize, len as usize);
        if cue != Cue::Header || page.taken[at] {
            continue;
        }
        let line = page.line_of(at);
        if page.roles[line] == Role::Title {
            continue;
        }
        if page.tokens.get(at + len).is_some_and(|t| t.is_mark(':')) {
            len += 1;
        }
        let first_of_line = page.lines[line].first as usize == at;
        let alone = first_of_line && page.lines[line].last as usize == at + len;
        if alone {
            let end = list_end(page, line + 1);
            mark_lines(page, line, end, Rule::Header);
        } else if (first_of_line || page.tokens[at].gap == Gap::Two || page.begins(at))
            && page.tokens[at].is_upper()
            && page
                .tokens
                .get(at + len)
                .is_some_and(|t| t.is_upper() || t.is_digit() || !t.is_word())
        {
            let end = wide_gap(page, at + len);
            page.mark(at, end, Rule::Header);
        }
    }
}

/// Line behind the list that begins at `line`: the list ends at a blank line, unless other
/// stories follow it, whose headlines stand twice or whose ledes open with a dateline.
fn list_end(page: &Page, line: usize) -> usize {
    let mut end = line;
    let spaced = page.lines.get(line).is_some_and(|l| l.blanks > 0);
    while end < page.lines.len() {
        let here = &page.lines[end];
        if page.roles[end] == Role::Lede || (here.blanks > 0 && !spaced) || here.blanks >= 3 {
            break;
        }
        end += 1;
    }
    if spaced && !is_stories(page, line, end) {
        // Spaced lines of text behind a header: only headlines belong to the list.
        let mut headlines = line;
        while headlines < end && !ends_in_stop(page, headlines) && line_bytes(page, headlines) < 250
        {
            headlines += 1;
        }
        return headlines;
    }
    end
}

/// True when lines `from..to` are other stories: half of the headlines are doubled or every third
/// line opens with a dateline.
fn is_stories(page: &Page, from: usize, to: usize) -> bool {
    let count = to.saturating_sub(from);
    if count < 2 {
        return false;
    }
    let doubled = (from..to - 1).filter(|i| page.same_words(*i, i + 1)).count();
    let datelines = (from..to).filter(|i| super::notice::dateline(page, *i).is_some()).count();
    doubled * 4 >= count || (datelines >= 2 && datelines * 4 >= count)
}

/// A tail of doubled headlines and datelined ledes needs no header.
fn find_stories(page: &mut Page) {
    let count = page.lines.len();
    let Some(first) = (1..count.saturating_sub(1)).find(|i| {
        page.roles[*i] == Role::Text
            && page.same_words(*i, i + 1)
            && !ends_in_stop(page, *i)
            && page.lines[*i].blanks > 0
    }) else {
        return;
    };
    if count - first >= 4 && is_stories(page, first, count) {
        mark_lines(page, first, count, Rule::Stories);
    }
}

fn mark_lines(page: &mut Page, from: usize, to: usize, rule: Rule) {
    for line in from..to {
        let (mut at, last) = (page.lines[line].first as usize, page.lines[line].last as usize);
        // What another rule holds stays its own.
        while at < last {
            let free = page.taken[at..last].iter().take_while(|t| !**t).count();
            page.mark(at, at + free, rule);
            at += free;
            at += page.taken[at..last].iter().take_while(|t| **t).count();
        }
    }
}

fn find_pointers(page: &mut Page) {
    for i in 0..page.cues.len() {
        let (at, len, cue) = page.cues[i];
        let (at, len) = (at as usize, len as usize);
        if page.taken[at] || page.roles[page.line_of(at)] != Role::Text {
            continue;
        }
        match cue {
            Cue::Pointer => find_pointer(page, at, len),
            Cue::Press => find_press(page, at, len),
            _ => {}
        }
    }
}

fn find_pointer(page: &mut Page, at: usize, len: usize) {
    if !page.tokens[at].is_upper()
        || !(page.begins(at) || page.tokens[at].shape.has(crate::token::Shape::CAPS))
    {
        return;
    }
    let end = page.logical_end(at);
    let mut next = at + len;
    while next < end && matches!(page.tokens[next].mark(), ':' | '-' | '–' | '.') {
        next += 1;
    }
    // Behind the end of the text, or in front of a byline: the target is lost.
    if next >= end {
        let line = page.line_of(at);
        let whole = page.lines[line].first as usize == at;
        page.mark(at, next, Rule::Pointer);
        if !whole || line + 1 >= page.lines.len() || page.roles[line + 1] != Role::Text {
            return;
        }
        let target = page.lines[line + 1];
        let len = line_bytes(page, line + 1);
        let close = target.indented && target.blanks == 0 && len <= LONGEST_POINTER;
        // "Xem thêm:" and the headline in a paragraph of its own.
        let apart = target.blanks == 1
            && page.lines[line].blanks > 0
            && (25..=200).contains(&len)
            && !ends_in_stop(page, line + 1);
        if close || apart {
            page.mark(target.first as usize, target.last as usize, Rule::Pointer);
        }
        return;
    }
    let colon = page.tokens[at..next].iter().any(|t| t.is_mark(':'));
    let starts_line = page.lines[page.line_of(at)].first as usize == at;
    if starts_line && page.bytes(at, end) <= LONGEST_POINTER {
        page.mark(at, if colon { end } else { page.unit_end(at) }, Rule::Pointer);
    } else if colon {
        let wide = wide_gap(page, next);
        let unit = page.unit_end(next);
        let stop = if page.bytes(at, wide) <= LONGEST_POINTER && (wide < end || wide <= unit) {
            wide
        } else {
            unit
        };
        let open = stop < wide;
        // "VIDEO XEM THÊM: Hòa Bình": a byline closes the text, nothing was pointed at.
        let name =
            stop == end && stop - next <= 5 && super::tail::is_name(&page.tokens[next..stop]);
        let rule = if open { Rule::OpenPointer } else { Rule::Pointer };
        page.mark(at, if name { next } else { stop }, rule);
    } else if page.bytes(at, end) <= LONGEST_POINTER {
        page.mark(at, page.unit_end(at), Rule::OpenPointer);
    }
}

/// The sentence that `Bấm xem >>` closes, and the headline in front of it.
fn find_press(page: &mut Page, at: usize, len: usize) {
    let mut last = at + len;
    while last < page.tokens.len() && page.tokens[last].is_mark('>') {
        last += 1;
    }
    let mut first = page.unit_start(at);
    if first == at && at > 0 {
        first = page.unit_start(at - 1);
    }
    if page.bytes(first, last) <= 2 * LONGEST_POINTER {
        page.mark(first, last, Rule::Press);
    }
}

/// `[Headline]` between double spaces.
fn find_brackets(page: &mut Page) {
    for i in 0..page.places.signs.len() {
        let at = page.places.signs[i] as usize;
        if !page.tokens[at].is_mark('[') || page.tokens[at].gap < Gap::Two || page.taken[at] {
            continue;
        }
        let end = page.tokens.len().min(at + 60);
        let Some(close) = (at..end).find(|i| page.tokens[*i].is_mark(']')) else { continue };
        let len = page.bytes(at, close + 1);
        let alone = page.tokens.get(close + 1).is_none_or(|t| t.gap >= Gap::Two);
        if (20..=240).contains(&len) && alone && page.tokens[at + 1].is_word() {
            page.mark(at, close + 1, Rule::BracketedHeadline);
        }
    }
}

/// First token behind `from` that two spaces or a line end part from it.
fn wide_gap(page: &Page, from: usize) -> usize {
    let end = page.logical_end(from);
    (from + 1..end).find(|i| page.tokens[*i].gap == Gap::Two).unwrap_or(end)
}

fn ends_in_stop(page: &Page, line: usize) -> bool {
    page.line(line).iter().rev().find(|t| !t.is_closer()).is_some_and(Token::is_stop)
}

fn line_bytes(page: &Page, line: usize) -> usize {
    page.bytes(page.lines[line].first as usize, page.lines[line].last as usize)
}
