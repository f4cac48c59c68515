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
    let first = closing_name(page, line_start, end)?;
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
    let tokens = &page.tokens;
    let last = &tokens[end - 1];
    if last.is_mark(')') || last.is_stop() && end > line_start + 1 && tokens[end - 2].is_mark(')') {
        let close = if last.is_mark(')') { end - 1 } else { end - 2 };
        let open = (line_start..close).rev().find(|i| tokens[*i].is_mark('('))?;
        let inside = &tokens[open + 1..close];
        let head = inside.first()?;
        let len = page.bytes(open, end);
        let begins = page.cuts[open].is_strong() || open == 0 || tokens[open].gap >= Gap::One;
        if !begins || len > LONGEST {
            return None;
        }
        let behind_stop = page.cuts[open].is_strong();
        if head.key == theo() && inside.len() >= 2 {
            return Some((open, Rule::BracketedSource));
        }
        let name_before = !behind_stop && closing_name(page, line_start, open).is_some();
        if (head.is(Class::AGENCY) || is_outlet(inside)) && (behind_stop || name_before) {
            return Some((open, Rule::BracketedSource));
        }
        let cue = page.cue_at(open + 1);
        if matches!(cue, Some((Cue::Source, _))) && (behind_stop || name_before) {
            return Some((open, Rule::BracketedSource));
        }
        return None;
    }
    // "Theo Trí Thức Trẻ" without a verb or a clause.
    let at = (line_start..end).rev().find(|i| tokens[*i].key == theo())?;
    if at + 1 < end {
        let name = &tokens[at + 1..end];
        let begins = page.cuts[at].is_strong()
            || page.taken.get(at.wrapping_sub(1)) == Some(&true)
            || tokens[at].is_upper() && closing_name(page, line_start, at).is_some();
        let plain = name.first()?.is_upper()
            && name.iter().all(|t| {
                t.is_upper()
                    || t.is_digit()
                    || t.gap == Gap::None
                    || matches!(t.mark(), '/' | '&' | '-' | '(' | ')' | ',')
                    || t.is(Class::FUNCTION) && !t.is(Class::VERB)
                    || t.is(Class::AGENCY)
            })
            && name.iter().filter(|t| t.is_mark(',')).count() <= 1;
        if tokens[at].is_upper() && begins && plain && page.bytes(at, end) <= LONGEST {
            return Some((at, Rule::Source));
        }
    }
    // "TTXVN/Tin Tức" alone.
    let start = (line_start..end).rev().find(|i| page.cuts[*i].is_strong())?;
    let alone = &tokens[start..end];
    (alone[0].is(Class::AGENCY) && is_outlet(alone) && page.bytes(start, end) <= 40)
        .then_some((start, Rule::BracketedSource))
}

/// `QĐND Online`, `VOV.VN`, `TTXVN/Tin Tức`: capitals, marks, no small words.
fn is_outlet(tokens: &[Token]) -> bool {
    tokens.first().is_some_and(|t| t.shape.has(Shape::CAPS) || t.is(Class::AGENCY))
        && tokens.len() <= 9
        && tokens.iter().all(|t| {
            t.is_upper() || t.gap == Gap::None || matches!(t.mark(), '/' | '&' | '-' | '+')
        })
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
        if page.cuts[at].is_strong() || tokens[at].gap >= Gap::Two || is_closing_colon(tokens, at) {
            break;
        }
    }
    let start_ok = first < end
        && (page.cuts[first].is_strong()
            || tokens[first].gap >= Gap::Two
            || first > 0 && page.taken[first - 1]
            || is_closing_colon(tokens, first));
    if !start_ok {
        return None;
    }
    // "…, B.A. Lan Hạ": step back over initials.
    (is_name(&tokens[first..end]) || is_team(page, first, end)).then_some(first)
}

fn is_closing_colon(tokens: &[Token], at: usize) -> bool {
    at > 0 && tokens[at - 1].is_mark(':') && tokens[at].gap >= Gap::Two
}

/// `Tin, ảnh: Huyền Trang`, `Bài: Minh Hằng`.
fn is_team(page: &Page, first: usize, end: usize) -> bool {
    matches!(page.cue_at(first), Some((Cue::Team, len)) if first + len <= end)
        && page.bytes(first, end) <= LONGEST
}

/// One or several names with what belongs to them: `Phương Linh`, `Hà Giang - Hoàng Trung`,
/// `Q.D (Tổng hợp)`, `CTV Thanh Trung/VOV - Miền Trung`.
pub(super) fn is_name(tokens: &[Token]) -> bool {
    let Some(first) = tokens.first() else { return false };
    if !first.is_upper() || !first.is_word() || tokens.len() > 18 {
        return false;
    }
    let mut words = 0;
    let mut run = 0;
    let mut at = 0;
    while at < tokens.len() {
        let token = &tokens[at];
        if token.is_word() {
            let known = token.is(Class::STRICT_OPENER) && words == 0 && tokens.len() > 1
                || token.is(Class::OPENER) && words == 0 && tokens.len() > 4;
            if known || !(token.is_upper() || token.gap == Gap::None) {
                return false;
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
                        && inside.len() <= 12
                        && inside.last().is_some_and(|t| t.is_mark(')') || t.is_stop());
                }
                '-' | '–' | '/' | ',' | '&' => run = 0,
                '.' if token.gap == Gap::None => {}
                _ => return false,
            }
        }
        at += 1;
    }
    words > 0 && words <= 9 && (words > 1 || tokens.len() > 1 || first.end - first.start <= 16)
}
