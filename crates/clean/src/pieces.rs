//! The page in pieces: stretches between cuts, each of which is one thing.

use crate::boundary::{self, Question};
use crate::cues::Cue;
use crate::lexicon::Class;
use crate::page::{Cut, Page, theo};
use crate::rules::{Mark, Rule};
use crate::scorer::Scorer;
use crate::token::Gap;

/// A stretch of tokens between two cuts.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Piece {
    pub(crate) first: u32,
    pub(crate) last: u32,
    /// What parts it from the piece before.
    pub(crate) cut: Cut,
    /// Its unit, the stretch between strong cuts.
    pub(crate) unit: u32,
    /// Log odds that a sentence begins here although no stop stands in front.
    pub(crate) boundary: f32,
    /// The rule that holds it.
    pub(crate) rule: Option<Rule>,
}

/// A stretch between strong cuts: mostly a sentence.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Unit {
    pub(crate) first: u32,
    pub(crate) last: u32,
    /// Pieces of it.
    pub(crate) pieces: (u32, u32),
}

/// Log odds from which on a word is worth a cut: a cut too many is one piece more, a caption that
/// is not cut off is lost to the sentence behind it.
const CUT_FROM: f32 = -1.5;

/// Bytes in front of a cut without a stop, and bytes behind it.
const SHORTEST: (usize, usize) = (8, 14);
const LONGEST: usize = 360;

/// Words on either side of the place where a credit seems to end, at which it may end as well.
const DOUBT: usize = 4;

/// Tokens in front of the colon that closes the lead-in of a film.
const LONGEST_LEAD: usize = 30;

/// Cuts the page weakly: in open credits, in front of bylines, and where a sentence may begin.
/// Then lists pieces and units.
pub(crate) fn cut(
    page: &mut Page,
    scorer: &Scorer,
    pieces: &mut Vec<Piece>,
    units: &mut Vec<Unit>,
) {
    cut_credits(page);
    cut_tails(page);
    pieces.clear();
    units.clear();
    let mut start = 0;
    let mut mark = 0;
    while start < page.tokens.len() {
        let len = page.cuts[start + 1..].iter().position(|cut| cut.is_strong());
        let end = len.map_or(page.tokens.len(), |len| start + 1 + len);
        while page.marks.get(mark).is_some_and(|m| m.last as usize <= start) {
            mark += 1;
        }
        let held = page.marks.get(mark).filter(|m| m.first as usize <= start).copied();
        let first_piece = pieces.len() as u32;
        add_unit(page, scorer, (start, end), held, units.len() as u32, pieces);
        units.push(Unit {
            first: start as u32,
            last: end as u32,
            pieces: (first_piece, pieces.len() as u32),
        });
        start = end;
    }
}

fn add_unit(
    page: &Page,
    scorer: &Scorer,
    (start, end): (usize, usize),
    held: Option<Mark>,
    unit: u32,
    pieces: &mut Vec<Piece>,
) {
    let rule_at = |at: usize| held.filter(|m| (at as u32) < m.last).map(|m| m.rule);
    let mut first = start;
    let mut cut = page.cuts[start];
    let mut boundary = 0.0;
    let (tokens, cuts) = (&page.tokens[start..end], &page.cuts[start..end]);
    let mut at = 0;
    loop {
        let rest = tokens[at + 1..].iter().zip(&cuts[at + 1..]);
        let next = { rest }.position(|(token, cut)| *cut > Cut::None || boundary::may_open(token));
        let Some(next) = next else { break };
        at += 1 + next;
        let mut here = cuts[at];
        let mut score = 0.0;
        if boundary::is_candidate(tokens, at)
            && !rule_at(start + at).is_some_and(Rule::is_certain)
            && (SHORTEST.0..=LONGEST).contains(&page.bytes(start, start + at))
            && page.bytes(start + at, end) >= SHORTEST.1
        {
            score = Question::new(tokens, at, &page.small).score(scorer);
            if score > CUT_FROM {
                here = here.max(Cut::Opener);
            }
        }
        if here > Cut::None {
            let (at, rule) = (start + at, rule_at(first));
            pieces.push(Piece { first: first as u32, last: at as u32, cut, unit, boundary, rule });
            (first, cut, boundary) = (at, here, score);
        }
    }
    let rule = rule_at(first);
    pieces.push(Piece { first: first as u32, last: end as u32, cut, unit, boundary, rule });
}

/// The words around the probable end of a credit may each be its end.
fn cut_credits(page: &mut Page) {
    for i in 0..page.cues.len() {
        let (at, len, cue) = page.cues[i];
        let colon = matches!(cue, Cue::Credit | Cue::Source | Cue::Video);
        if !colon || !page.tokens[at as usize].is_upper() {
            continue;
        }
        let from = at as usize + len as usize;
        let mark = page.mark_at(at as usize);
        if mark.is_some_and(|mark| mark.rule.is_certain()) {
            continue;
        }
        let end = mark.map_or(from + 3, |mark| mark.last as usize);
        let first = (from + 1).max(end.saturating_sub(DOUBT));
        for at in first..page.tokens.len().min(end + DOUBT + 1) {
            if page.cuts[at].is_strong() {
                break;
            }
            if page.tokens[at].gap >= Gap::One {
                page.cuts[at] = page.cuts[at].max(Cut::Weak);
            }
        }
    }
    for i in 0..page.places.signs.len() {
        let at = page.places.signs[i] as usize + 1;
        let before = &page.tokens[at - 1];
        let closes = matches!(before.mark(), ')' | ']')
            || before.is_mark(':') && {
                // "Video bàn thắng của Công Phượng: Phút 73 …", but "Ông Nam nói: Chúng tôi …"
                let from = page.unit_start(at - 1).max(at.saturating_sub(LONGEST_LEAD));
                page.tokens[from..at].iter().any(|t| t.is(Class::MEDIUM))
            };
        let opens =
            page.tokens.get(at).is_some_and(|token| token.is_upper() && token.gap == Gap::One);
        if opens && closes {
            page.cuts[at] = page.cuts[at].max(Cut::Weak);
        }
    }
}

/// At the end of a line every word of the last run of capitals may begin a byline.
fn cut_tails(page: &mut Page) {
    let theo = theo();
    for line in 0..page.lines.len() {
        if page.joined.get(line + 1) == Some(&true) {
            continue;
        }
        let (first, last) = (page.lines[line].first as usize, page.lines[line].last as usize);
        let end = page.tokens[last - 1].end;
        let from = first.max(last.saturating_sub(24));
        if page.mark_at(last - 1).is_some_and(|mark| mark.rule.is_certain()) {
            continue;
        }
        for at in (from + 1..last).rev() {
            let token = &page.tokens[at];
            if end - token.start > 90 {
                break;
            }
            let source = token.is_upper() && (token.is(Class::AGENCY) || token.key == theo);
            if source && token.gap >= Gap::One {
                page.cuts[at] = page.cuts[at].max(Cut::Weak);
            }
        }
        let mut words = 0;
        for at in (from + 1..last).rev() {
            let token = &page.tokens[at];
            if token.is_word() && !token.is_upper() && token.gap > Gap::None || words > 7 {
                break;
            }
            words += usize::from(token.is_word());
            if token.is_upper() && token.gap == Gap::One {
                page.cuts[at] = page.cuts[at].max(Cut::Weak);
            }
        }
    }
}
