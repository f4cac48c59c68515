//! What the model sees of a piece: ends, gaps, lengths, places, cues, repetition, scores.

mod bag;
mod few;
mod templates;

pub(crate) use self::few::{few, number};
pub(crate) use self::templates::template_words;

use self::bag::Bag;
use crate::caption;
use crate::page::{Cut, Page, Role};
use crate::pieces::{Piece, Unit};
use crate::rules::Rule;
use crate::scorer::Scorer;
use crate::token::Token;
use crate::topic::Topic;

/// Log odds of being a caption below which a plain sentence is not weighed.
const PLAIN_BELOW: f32 = -1.5;

/// What is computed once a unit or document, and reused for its pieces.
#[derive(Debug, Default)]
pub(crate) struct Context {
    units: Vec<UnitFacts>,
    /// The content words of units, each made when it is first asked for.
    bags: Vec<Option<Bag>>,
    pieces: Vec<PieceFacts>,
    /// What the words of a unit add up to, for its pieces.
    sums: caption::Sums,
    /// How each line ends and how long it is.
    lines: Vec<u8>,
    document: DocumentFacts,
}

#[derive(Clone, Copy, Debug, Default)]
struct UnitFacts {
    bytes: u32,
    end: u8,
    line: u32,
    /// Place in its logical line, from both ends.
    from_start: u32,
    from_end: u32,
    role: u8,
    rule: u8,
    score: f32,
    first_keys: [u32; 2],
    /// The piece whose start is the likeliest beginning of a sentence.
    best: Option<u32>,
}

#[derive(Clone, Copy, Debug, Default)]
struct PieceFacts {
    bytes: u32,
    end: u8,
    score: f32,
}

#[derive(Clone, Copy, Debug, Default)]
struct DocumentFacts {
    form: u8,
    credits: u8,
    captioned: u8,
    gallery: u8,
    stops: u8,
    title: Bag,
    lede: Bag,
    /// Pieces that likely begin a sentence without a stop in front.
    splits: u8,
}

impl Context {
    /// Computes what the pieces of a document share.
    pub(crate) fn prepare(
        &mut self,
        page: &Page,
        pieces: &[Piece],
        units: &[Unit],
        scorer: &Scorer,
    ) {
        let topic = Topic::of(page);
        self.units.clear();
        self.pieces.clear();
        let mut line = 0;
        for unit in units {
            let (first, last) = (unit.first as usize, unit.last as usize);
            while page.lines.get(line).is_some_and(|l| l.last as usize <= first) {
                line += 1;
            }
            let tokens = &page.tokens[first..last];
            let parts = &pieces[unit.pieces.0 as usize..unit.pieces.1 as usize];
            let bytes = page.bytes(first, last);
            // What a certain rule holds is not weighed.
            let weighed = page.roles[line] == Role::Text
                && !parts.iter().all(|piece| piece.rule.is_some_and(Rule::is_certain));
            let scored = weighed && (8..=400).contains(&bytes);
            if scored || weighed && parts.len() > 1 {
                // Of one piece only the beginning counts.
                let needed = if parts.len() == 1 { caption::LONGEST } else { usize::MAX };
                self.sums.read(&tokens[..tokens.len().min(needed)], &topic, scorer);
            }
            let score = if scored { self.sums.score(tokens, 0, &topic, scorer) } else { -9.0 };
            for piece in parts {
                let (from, to) = (piece.first as usize, piece.last as usize);
                let tokens = &page.tokens[from..to];
                let bytes = page.bytes(from, to);
                let score = match piece.rule {
                    _ if parts.len() == 1 => score,
                    Some(rule) if rule.is_certain() => -9.0,
                    _ if weighed && bytes >= 8 => {
                        self.sums.score(tokens, from - first, &topic, scorer)
                    }
                    _ => -9.0,
                };
                self.pieces.push(PieceFacts { bytes: bytes as u32, end: end_type(tokens), score });
            }
            self.units.push(UnitFacts {
                bytes: bytes as u32,
                end: end_type(tokens),
                line: line as u32,
                from_start: 0,
                from_end: 0,
                role: page.roles[line] as u8,
                rule: rule_number(parts[0].rule),
                score,
                first_keys: [tokens[0].key, tokens.get(1).map_or(0, |t| t.key)],
                best: best_split(pieces, unit),
            });
        }
        self.bags.clear();
        self.bags.resize(units.len(), None);
        let mut place = 0;
        for (facts, unit) in self.units.iter_mut().zip(units) {
            let begins = unit.first == 0 || page.cuts[unit.first as usize] >= Cut::Line;
            place = if begins { 0 } else { place + 1 };
            facts.from_start = place;
        }
        let mut place = 0;
        for i in (0..self.units.len()).rev() {
            self.units[i].from_end = place;
            let begins = page.cuts[units[i].first as usize] >= Cut::Line;
            place = if begins { 0 } else { place + 1 };
        }
        self.lines.clear();
        self.lines.extend(page.lines.iter().map(|line| {
            let (first, last) = (line.first as usize, line.last as usize);
            let size = match page.bytes(first, last) {
                0..=170 => 0,
                171..=400 => 1,
                _ => 2,
            };
            3 * end_type(&page.tokens[first..last]) + size
        }));
        self.document = document_facts(page, pieces, &self.lines);
    }

    /// How a piece ends; see `end_type`.
    pub(crate) fn end(&self, piece: usize) -> u8 {
        self.pieces[piece].end
    }

    /// Log odds that a piece is a caption, by its words alone.
    pub(crate) fn score(&self, piece: usize) -> f32 {
        self.pieces[piece].score
    }

    /// Bytes of a unit, its end, its place in its line from both ends, its rule, its score.
    pub(crate) fn unit_numbers(&self, unit: usize) -> [f32; 6] {
        let UnitFacts { bytes, end, from_start, from_end, rule, score, .. } = self.units[unit];
        let places = [from_start, from_end].map(|n| n as f32);
        [bytes as f32, end.into(), places[0], places[1], rule.into(), score]
    }

    /// The content words of a unit; none past the end of the page.
    fn bag(&mut self, page: &Page, units: &[Unit], number: usize) -> Bag {
        let Some(unit) = units.get(number) else { return Bag::default() };
        let tokens = &page.tokens[unit.first as usize..unit.last as usize];
        *self.bags[number].get_or_insert_with(|| Bag::of(tokens))
    }

    /// True for what is surely article, so that no feature need be looked up: a sentence with its
    /// stop amid others, which no rule is near and which reads nothing like a caption.
    pub(crate) fn is_plain(&self, page: &Page, pieces: &[Piece], units: &[Unit], i: usize) -> bool {
        let piece = &pieces[i];
        let unit_idx = piece.unit as usize;
        let unit = &self.units[unit_idx];
        let whole = units[unit_idx].pieces.1 - units[unit_idx].pieces.0 == 1;
        let none = rule_number(None);
        let free = |u: Option<&UnitFacts>| u.is_none_or(|u| u.rule == none);
        whole
            && unit.rule == none
            && matches!(unit.end, 1 | 3 | 4)
            && unit.bytes >= 50
            && (unit.score < PLAIN_BELOW || unit.bytes > 400)
            && unit.role == Role::Text as u8
            && (unit.from_start > 0 || unit.from_end > 0)
            && !(unit.from_start == 0 && unit.line <= 2)
            && free(self.units.get(unit_idx + 1))
            && free(self.units.get(unit_idx + 2))
            && free(unit_idx.checked_sub(1).map(|u| &self.units[u]))
            && page.cue_at(piece.first as usize).is_none()
    }
}

fn document_facts(page: &Page, pieces: &[Piece], lines: &[u8]) -> DocumentFacts {
    let count = page.lines.len();
    let form = match count {
        _ if count > 2 && page.lines[count - 1].blanks >= 3 => 0,
        3 => 1,
        0..=2 => 2,
        _ if page.roles[0] == Role::Title => 3,
        _ => 4,
    };
    let is_credit =
        |rule: Rule| matches!(rule, Rule::OpenCredit | Rule::BracketedCredit | Rule::Note);
    let credits = page.marks.iter().filter(|m| is_credit(m.rule)).count();
    let captioned = page.marks.iter().filter(|m| m.rule == Rule::Captioned).count();
    let gallery = page.marks.iter().any(|m| m.rule == Rule::Gallery);
    let stopped = lines.iter().filter(|line| matches!(**line / 3, 1..=3)).count();
    let few = |n: usize| match n {
        0..=3 => n as u8,
        4..=6 => 4,
        7..=12 => 5,
        _ => 6,
    };
    let splits = pieces.iter().filter(|p| !p.cut.is_strong() && p.boundary > 0.5).count();
    let bag_of = |role: Role| {
        page.roles
            .iter()
            .position(|r| *r == role)
            .map_or(Bag::default(), |line| Bag::of(page.line(line)))
    };
    DocumentFacts {
        form,
        credits: credits.min(5) as u8,
        captioned: captioned.min(3) as u8,
        gallery: u8::from(gallery),
        stops: (stopped * 4 / count.max(1)) as u8,
        title: bag_of(Role::Title),
        lede: bag_of(Role::Lede),
        splits: few(splits),
    }
}

/// The piece of a unit whose start is the likeliest beginning of a sentence.
fn best_split(pieces: &[Piece], unit: &Unit) -> Option<u32> {
    (unit.pieces.0 + 1..unit.pieces.1).max_by(|a, b| {
        let [a, b] = [a, b].map(|i| pieces[*i as usize].boundary);
        a.total_cmp(&b)
    })
}

/// How a stretch ends: 0 nothing, 1 a stop, 2 `./.`, 3 a stop and a quote, 4 a quote, 5 a colon,
/// 6 a comma, 7 an ellipsis, 8 a question or exclamation mark, 9 a bracket.
fn end_type(tokens: &[Token]) -> u8 {
    let Some(last) = tokens.last() else { return 0 };
    let before = tokens.len().checked_sub(2).map(|i| tokens[i]);
    match last.mark() {
        '.' if before.is_some_and(|t| t.is_mark('/')) => 2,
        '.' if before.is_some_and(|t| t.is_mark('.')) => 7,
        '.' => 1,
        '…' => 7,
        '!' | '?' => 8,
        ':' => 5,
        ',' | ';' => 6,
        ')' | ']' => 9,
        '”' | '"' | '’' | '\'' => {
            if before.is_some_and(|t| t.is_stop()) {
                3
            } else {
                4
            }
        }
        _ => 0,
    }
}

/// The number of a rule; 62 where none is.
pub(crate) fn rule_number(rule: Option<Rule>) -> u8 {
    rule.map_or(62, |rule| rule as u8)
}
