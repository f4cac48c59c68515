//! What closes a text: the byline and the source.

use crate::cues::Cue;
use crate::lexicon::Class;
use crate::page::{Page, Role, theo};
use crate::rules::Rule;
use crate::token::{Gap, Shape, Token};

/// Longest byline or source in bytes.
const LONGEST: usize = 90;

/// Reads the tail from behind: source, byline, and what other rules already hold between them.
pub(super) fn find(page: &mut Page) {
    let Some(last_line) = last_text_line(page) else { return };
    let mut end = page.lines[last_line].last as usize;
    let mut found = 0;
    let mut budget = 12;
    while end > 0 && budget > 0 {
        budget -= 1;
        if page.taken[end - 1] {
            // Related lists and notices may stand on either side of the byline.
            let held = page.taken[..end].iter().rev().take_while(|t| **t).count();
            end -= held;
            budget += usize::from(held > 0 && found == 0);
            continue;
        }
        let Some((first, rule)) = closing(page, end) else { break };
        page.mark(first, end, rule);
        found += 1;
        if found == 4 {
            break;
        }
        end = first;
    }
}

/// The last line in front of a standfirst that is stored last.
fn last_text_line(page: &Page) -> Option<usize> {
    (0..page.lines.len()).rev().find(|line| page.roles[*line] == Role::Text)
}

/// The byline or source that ends at token `end`, if one does.
fn closing(page: &Page, end: usize) -> Option<(usize, Rule)> {
    let line_start = page.logical_start(end - 1).max(end.saturating_sub(24));
    let lone = page.lines.len() > 1;
    if page.line_of(end - 1) == 0 && page.roles[0] == Role::Title {
        return None;
    }
    if let Some(first) = source(page, line_start, end) {
        return Some(first);
    }
    let first =
        closing_name(page, line_start, end).or_else(|| stamped_name(page, line_start, end))?;
    // A line that is a name is a byline only below a text.
    (lone || first > line_start).then_some(())?;
    if first == 0 || page.bytes(first, end) > LONGEST {
        return None;
    }
    let outlet = page.tokens[first..end].windows(3).any(|w| {
        w[1].is_mark('/') && w[2].is_upper()
            || matches!(w[1].mark(), '-' | '–') && w[1].gap == Gap::One && w[0].is_upper()
    });
    Some((first, if outlet { Rule::OutletByline } else { Rule::Byline }))
}

/// `Theo VOV`, `(Theo RT)`, `(TTXVN)`, `TTXVN/Tin Tức`, `(QĐND Online)`.
fn source(page: &Page, line_start: usize, end: usize) -> Option<(usize, Rule)> {
    let found =
        bracketed_source(page, line_start, end).or_else(|| plain_source(page, line_start, end));
    if found.is_some() {
        return found;
    }
    // "TTXVN/Tin Tức" alone.
    let tokens = &page.tokens;
    let start = (line_start..end).rev().find(|i| page.begins(*i))?;
    let alone = &tokens[start..end];
    (alone[0].is(Class::AGENCY) && is_outlet(alone) && page.bytes(start, end) <= 40)
        .then_some((start, Rule::BracketedSource))
}

fn bracketed_source(page: &Page, line_start: usize, end: usize) -> Option<(usize, Rule)> {
    let tokens = &page.tokens;
    let close = (end.saturating_sub(2).max(line_start)..end).find(|i| tokens[*i].is_mark(')'))?;
    if close + 1 < end && !tokens[close + 1].is_stop() {
        return None;
    }
    let open = (line_start..close).rev().find(|i| tokens[*i].is_mark('('))?;
    let inside = &tokens[open + 1..close];
    let head = inside.first()?;
    let begins = page.begins(open) || tokens[open].gap >= Gap::One;
    if !begins || page.bytes(open, end) > LONGEST {
        return None;
    }
    if head.key == theo() && inside.len() >= 2 {
        return Some((open, Rule::BracketedSource));
    }
    let placed = page.begins(open) || closing_name(page, line_start, open).is_some();
    let cue = page.cue_at(open + 1).map(|(cue, _)| cue);
    let rule = match cue {
        Some(Cue::Source) => Rule::BracketedSource,
        Some(Cue::Compiled) if page.begins(open) && inside.len() <= 8 => Rule::Byline,
        _ if head.is(Class::AGENCY) || is_outlet(inside) => Rule::BracketedSource,
        _ => return None,
    };
    placed.then_some((open, rule))
}

/// `Theo Trí Thức Trẻ`, without a verb or a clause.
fn plain_source(page: &Page, line_start: usize, end: usize) -> Option<(usize, Rule)> {
    let tokens = &page.tokens;
    // An address has many marks and no space.
    let start = (0..end).rev().take(120).find(|i| tokens[*i].gap > Gap::None).unwrap_or(end);
    let line_start = line_start.min(start.saturating_sub(1));
    // "theo Trí Thức Trẻ" behind a stop closes the text as well.
    let stopped = |i: usize| page.begins(i) || i > 0 && tokens[i - 1].is_stop();
    let heads = |i: &usize| tokens[*i].key == theo() && (tokens[*i].is_upper() || stopped(*i));
    let at = (line_start..end).rev().find(heads)?;
    let name = tokens.get(at + 1..end)?;
    let first = name.first()?;
    let begins = stopped(at) || closing_name(page, line_start, at).is_some();
    let address = first.is_lower() && name.iter().skip(1).all(|t| t.gap == Gap::None);
    let words = name.iter().filter(|t| t.is_word() && t.gap > Gap::None);
    let small = words.clone().filter(|t| t.is_lower()).count();
    let plain = first.is_upper()
        && words.count() <= 8
        && small <= 4
        && name.iter().all(|t| {
            t.is_word() && !(t.is_lower() && t.is(Class::VERB))
                || t.gap == Gap::None
                || matches!(t.mark(), '/' | '&' | '-' | '(' | ')' | ',')
        })
        && name.iter().filter(|t| t.is_mark(',')).count() <= 1;
    let len = page.bytes(at, end);
    let small_head = tokens[at].is_lower() && small > 0;
    (begins && !small_head && (address || plain && len <= LONGEST && (small == 0 || len <= 60)))
        .then_some((at, Rule::Source))
}

/// `QĐND Online`, `VOV.VN`, `TTXVN/Tin Tức`: capitals, marks, no small words.
fn is_outlet(tokens: &[Token]) -> bool {
    tokens.first().is_some_and(|t| t.shape.has(Shape::CAPS) || t.is(Class::AGENCY))
        && tokens.len() <= 9
        && tokens.iter().all(|t| {
            t.is_upper() || t.gap == Gap::None || matches!(t.mark(), '/' | '&' | '-' | '+')
        })
}

/// `… mùa này Xú - Thể thao Việt Nam | 08:20 08/02/2017`: in front of a time the paper behind the
/// dash tells the byline, even when the sentence before has no stop.
fn stamped_name(page: &Page, from: usize, end: usize) -> Option<usize> {
    let tokens = &page.tokens;
    if page.taken.get(end) != Some(&true) || !tokens[end].is_mark('|') {
        return None;
    }
    let dash = (from..end).rev().find(|i| matches!(tokens[*i].mark(), '-' | '–'))?;
    let mut first = dash;
    while first > from && dash - first < 3 && tokens[first - 1].is_upper() {
        first -= 1;
        if page.begins(first) || tokens[first].gap >= Gap::Two {
            break;
        }
    }
    (first < dash && end - dash <= 7).then_some(first)
}

/// Where the name that closes `from..end` begins: 1 to 5 capitalised words behind a stop, a line
/// end or two spaces, with what may stand behind a name (`(tổng hợp)`, `/VOV.VN`).
pub(super) fn closing_name(page: &Page, from: usize, end: usize) -> Option<usize> {
    let from = from.min(end);
    let tokens = &page.tokens;
    let mut first = end;
    while first > from {
        let at = first - 1;
        if page.taken[at] {
            break;
        }
        first = at;
        if page.begins(at) || tokens[at].gap >= Gap::Two {
            break;
        }
    }
    let start_ok = first < end && (page.begins(first) || tokens[first].gap >= Gap::Two);
    if !start_ok {
        return None;
    }
    (is_name(&tokens[first..end]) || is_team(page, first, end)).then_some(first)
}

/// `Tin, ảnh: Huyền Trang`, `Bài: Minh Hằng`.
fn is_team(page: &Page, first: usize, end: usize) -> bool {
    matches!(page.cue_at(first), Some((Cue::Team, len)) if first + len <= end)
        && page.bytes(first, end) <= LONGEST
}

/// One or several names with what belongs to them: `Phương Linh`, `Hà Giang - Hoàng Trung`,
/// `Q.D (Tổng hợp)`, `CTV Thanh Trung/VOV - Miền Trung`.
pub(crate) fn is_name(tokens: &[Token]) -> bool {
    let Some(first) = tokens.first() else { return false };
    if !first.is_upper() || !first.is_word() || tokens.len() > 18 {
        return false;
    }
    let mut words = 0;
    let mut run = 0;
    let mut outlet = false; // behind a slash or a dash, where small words may stand
    for (at, token) in tokens.iter().enumerate() {
        if token.is_word() {
            if words == 0 && token.is(Class::STRICT_OPENER) && tokens.len() > 1 {
                return false;
            }
            if !token.is_upper() && token.gap > Gap::None {
                // "Phúc Vũ - Thể thao Việt Nam", "Thu Hoài/VOV-Trung tâm Tin"
                let ends_upper = tokens.last().is_some_and(Token::is_upper);
                if !(outlet && ends_upper && run > 0 && run <= 5) || token.is(Class::VERB) {
                    return false;
                }
            }
            words += 1;
            run += 1;
            if run > 5 {
                return false;
            }
        } else {
            match token.mark() {
                '(' => {
                    let inside = &tokens[at + 1..];
                    return words > 0
                        && inside.len() <= 14
                        && inside.last().is_some_and(|t| t.is_mark(')') || t.is_stop());
                }
                '-' | '–' | '/' => {
                    run = 0;
                    outlet = true;
                }
                ',' | '&' => run = 0,
                '.' if token.gap == Gap::None => {}
                _ => return false,
            }
        }
    }
    words > 0 && words <= 9 && (words > 1 || tokens.len() > 1 || first.end - first.start <= 16)
}
