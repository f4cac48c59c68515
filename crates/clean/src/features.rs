//! What the model sees of a piece: ends, gaps, lengths, places, cues, repetition, scores.

use bantin_crf::{feature, mix};

use crate::caption;
use crate::lexicon::Class;
use crate::page::{Cut, Page, Role};
use crate::pieces::{Piece, Unit};
use crate::rules::Rule;
use crate::scorer::Scorer;
use crate::token::{Gap, Shape, Token};

/// Log odds of being a caption below which a plain sentence is not weighed.
const PLAIN_BELOW: f32 = -1.5;

/// What is computed once a unit or document, and reused for its pieces.
#[derive(Debug, Default)]
pub(crate) struct Context {
    units: Vec<UnitFacts>,
    pieces: Vec<PieceFacts>,
    lines: Vec<LineFacts>,
    /// Hashes of all units, sorted, to find repeated ones.
    hashes: Vec<u64>,
    document: DocumentFacts,
    buffer: Vec<u32>,
}

#[derive(Clone, Copy, Debug, Default)]
struct UnitFacts {
    bytes: u32,
    end: u8,
    words: Bag,
    hash: u64,
    line: u32,
    /// Place in its logical line, from both ends.
    from_start: u32,
    from_end: u32,
    role: u8,
    rule: u8,
    score: f32,
    repeated: bool,
    first_keys: [u32; 2],
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
    /// Units with a likely beginning of a sentence inside, units that read like captions, short
    /// lines without a stop.
    splits: u8,
    captions: u8,
    short_lines: u8,
}

/// What a line looks like to its neighbors.
#[derive(Clone, Copy, Debug, Default)]
struct LineFacts {
    end: u8,
    /// 0 short, 1 up to a sentence, 2 a paragraph.
    size: u8,
}

/// A set of content words, 256 bits.
#[derive(Clone, Copy, Debug, Default)]
struct Bag([u64; 4]);

impl Bag {
    fn add(&mut self, key: u32) {
        let h = key.wrapping_mul(0x9E37_79B1) >> 24;
        self.0[(h >> 6) as usize] |= 1 << (h & 63);
    }

    fn of(tokens: &[Token]) -> Bag {
        let mut bag = Bag::default();
        for token in tokens.iter().take(120) {
            if token.is_word() && !token.is(Class::FUNCTION) && !token.is(Class::VERB) {
                bag.add(token.key);
            }
        }
        bag
    }

    fn len(&self) -> u32 {
        self.0.iter().map(|w| w.count_ones()).sum()
    }

    /// Share of this bag that is in the other, in eighths; 15 when this is empty.
    fn share(&self, other: &Bag) -> u64 {
        let len = self.len();
        if len == 0 || other.len() == 0 {
            return 15;
        }
        let common: u32 = self.0.iter().zip(&other.0).map(|(a, b)| (a & b).count_ones()).sum();
        u64::from(common * 8 / len)
    }
}

impl Context {
    /// Computes what the pieces of a document share.
    pub(crate) fn prepare(
        &mut self,
        page: &Page,
        pieces: &[Piece],
        units: &[Unit],
        scorer: Scorer<'_>,
    ) {
        self.units.clear();
        self.hashes.clear();
        let mut line = 0;
        for unit in units {
            let (first, last) = (unit.first as usize, unit.last as usize);
            while page.lines.get(line).is_some_and(|l| l.last as usize <= first) {
                line += 1;
            }
            let tokens = &page.tokens[first..last];
            let mut hash = 0;
            for token in tokens {
                if token.is_word() {
                    hash = mix(hash, u64::from(token.key));
                }
            }
            let rule = pieces[unit.pieces.0 as usize].rule;
            let bytes = page.bytes(first, last);
            let scored = (8..=400).contains(&bytes) && page.roles[line] == Role::Text;
            let score = if scored {
                caption::features(page, first, last, &mut self.buffer);
                scorer.score(&self.buffer)
            } else {
                -9.0
            };
            self.hashes.push(hash);
            self.units.push(UnitFacts {
                bytes: bytes as u32,
                end: end_type(tokens),
                words: Bag::of(tokens),
                hash,
                line: line as u32,
                from_start: 0,
                from_end: 0,
                role: page.roles[line] as u8,
                rule: rule_number(rule),
                score,
                repeated: false,
                first_keys: [tokens[0].key, tokens.get(1).map_or(0, |t| t.key)],
            });
        }
        self.hashes.sort_unstable();
        let mut place = 0;
        for (facts, unit) in self.units.iter_mut().zip(units) {
            let begins = unit.first == 0 || page.cuts[unit.first as usize] >= Cut::Line;
            place = if begins { 0 } else { place + 1 };
            facts.from_start = place;
            let at = self.hashes.partition_point(|h| *h < facts.hash);
            facts.repeated =
                self.hashes.get(at + 1) == Some(&facts.hash) && unit.last - unit.first > 3;
        }
        let mut place = 0;
        for i in (0..self.units.len()).rev() {
            self.units[i].from_end = place;
            let begins = page.cuts[units[i].first as usize] >= Cut::Line;
            place = if begins { 0 } else { place + 1 };
        }
        self.pieces.clear();
        for piece in pieces {
            let (first, last) = (piece.first as usize, piece.last as usize);
            let unit = &units[piece.unit as usize];
            let whole = unit.first == piece.first && unit.last == piece.last;
            let bytes = page.bytes(first, last);
            let score = if whole {
                self.units[piece.unit as usize].score
            } else if bytes >= 8 && self.units[piece.unit as usize].role == Role::Text as u8 {
                caption::features(page, first, last, &mut self.buffer);
                scorer.score(&self.buffer)
            } else {
                -9.0
            };
            let end = end_type(&page.tokens[first..last]);
            self.pieces.push(PieceFacts { bytes: bytes as u32, end, score });
        }
        self.lines.clear();
        self.lines.extend(page.lines.iter().map(|line| {
            let (first, last) = (line.first as usize, line.last as usize);
            let size = match page.bytes(first, last) {
                0..=170 => 0,
                171..=400 => 1,
                _ => 2,
            };
            LineFacts { end: end_type(&page.tokens[first..last]), size }
        }));
        self.document = document_facts(page, pieces, &self.units, &self.lines);
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
            && !unit.repeated
            && unit.role == Role::Text as u8
            && (unit.from_start > 0 || unit.from_end > 0)
            && !(unit.from_start == 0 && unit.line <= 2)
            && free(self.units.get(unit_idx + 1))
            && free(self.units.get(unit_idx + 2))
            && free(unit_idx.checked_sub(1).map(|u| &self.units[u]))
            && !page.tokens[piece.first as usize].is(Class::CUE)
    }

    /// The features of piece `i`, each with the number of its template, through `emit`.
    pub(crate) fn features(
        &self,
        page: &Page,
        pieces: &[Piece],
        units: &[Unit],
        i: usize,
        emit: &mut impl FnMut(u64, u64),
    ) {
        let piece = &pieces[i];
        let facts = &self.pieces[i];
        let unit_idx = piece.unit as usize;
        let unit = &self.units[unit_idx];
        let span = &units[unit_idx];
        let doc = &self.document;
        let tokens = &page.tokens[piece.first as usize..piece.last as usize];
        let mut add = |template: u64, values: &[u64]| {
            let mut hash = feature(template, 0);
            for value in values {
                hash = mix(hash, *value);
            }
            emit(template, hash);
        };

        let cut = piece.cut as u64;
        let next = pieces.get(i + 1);
        let next_cut = next.map_or(15, |p| p.cut as u64);
        let gap = page.tokens[piece.first as usize].gap as u64;
        let end = u64::from(facts.end);
        let unit_end = u64::from(unit.end);
        let part = u64::from(piece.first == span.first) * 2 + u64::from(piece.last == span.last);
        let len = bucket(facts.bytes);
        let unit_len = bucket(unit.bytes);
        let left = bucket(
            page.tokens[piece.first as usize].start - page.tokens[span.first as usize].start,
        );
        let rest = bucket(page.tokens[span.last as usize - 1].end - tokens[tokens.len() - 1].end);
        let role = u64::from(unit.role);
        let rule = u64::from(rule_number(piece.rule));
        let form = u64::from(doc.form);
        let from_start = u64::from(unit.from_start.min(4));
        let from_end = u64::from(unit.from_end.min(4));
        let line = unit.line as usize;
        let line_back = (page.lines.len() - 1 - line).min(4) as u64;
        let line_at = line.min(4) as u64;

        add(1, &[]);
        add(2, &[cut, role]);
        add(3, &[cut, next_cut, end]);
        add(4, &[part, unit_end, unit_len]);
        add(5, &[len, end, part]);
        add(6, &[end, cut, next_cut, len]);
        add(7, &[gap, next_cut, rule]);
        add(8, &[form, line_at, line_back, role]);
        add(9, &[form, from_start, from_end]);
        add(10, &[form, from_start, unit_end, unit_len]);
        add(11, &[left, rest, cut]);
        add(12, &[rule, cut]);
        add(13, &[rule, len, end]);
        let rule_of = |k: isize| -> u64 {
            let j = i as isize + k;
            usize::try_from(j)
                .ok()
                .and_then(|j| pieces.get(j))
                .map_or(63, |p| u64::from(rule_number(p.rule)))
        };
        add(14, &[rule_of(1), rule]);
        add(15, &[rule_of(-1), rule, cut]);
        add(16, &[rule_of(1), next_cut, end, len]);
        add(17, &[rule_of(2), rule_of(1)]);
        let unit_rule = |k: isize| -> u64 {
            let j = unit_idx as isize + k;
            usize::try_from(j)
                .ok()
                .and_then(|j| self.units.get(j))
                .map_or(63, |u| u64::from(u.rule))
        };
        add(18, &[unit_rule(1), unit_end, unit_len, part]);
        add(19, &[unit_rule(-1), unit_end, unit_len]);

        // Shape of the words.
        let words = tokens.iter().take(40).filter(|t| t.is_word()).count().max(1);
        let upper = tokens.iter().take(40).filter(|t| t.is_upper()).count();
        let share = (upper * 8 / words) as u64;
        let name = u64::from(crate::rules::is_name(tokens));
        let first = &tokens[0];
        let last = &tokens[tokens.len() - 1];
        let verb = u64::from(tokens.iter().any(|t| t.is_lower() && t.is(Class::VERB)));
        let quotes = u64::from(tokens.iter().any(|t| matches!(t.mark(), '“' | '”' | '"')));
        add(20, &[share, len, end]);
        add(21, &[name, cut, next_cut]);
        add(22, &[name, from_end, part, u64::from(after_end_mark(page, piece))]);
        add(23, &[shape(first), u64::from(first.class.bits() & 0x7ff), end]);
        add(24, &[u64::from(first.key), cut]);
        add(25, &[u64::from(first.key), tokens.get(1).map_or(0, |t| u64::from(t.key))]);
        add(26, &[u64::from(last.key), shape(last), next_cut]);
        add(27, &[verb, quotes, len, end]);
        let cue = page.cue_at(piece.first as usize).map_or(31, |(cue, _)| cue as u64);
        add(28, &[cue, cut]);
        let side = side_words(tokens);
        add(29, &[side, end]);
        let next_first = page.tokens.get(piece.last as usize);
        add(30, &[next_first.map_or(0, |t| u64::from(t.key)), next_cut, end]);
        add(
            31,
            &[
                next_first.map_or(0, shape),
                next_first.map_or(0, |t| u64::from(t.class.bits() & 0x7ff)),
                next_cut,
                end,
            ],
        );

        // Scores.
        let score = score_bucket(facts.score);
        let unit_score = score_bucket(unit.score);
        let here = score_bucket(piece.boundary);
        let behind = match next {
            Some(p) if !p.cut.is_strong() => score_bucket(p.boundary) + 1,
            _ => 0,
        };
        let best = self.best_split(pieces, span);
        let best_here =
            u64::from(best == Some(i as u32)) + 2 * u64::from(best == Some(i as u32 + 1));
        add(32, &[score, part]);
        add(33, &[score, end, next_cut]);
        add(34, &[score, behind]);
        add(35, &[here, behind, cut]);
        add(36, &[behind, len, part]);
        add(37, &[here, left, cut]);
        add(38, &[best_here, score, here.max(behind)]);
        add(39, &[unit_score, unit_end, form]);
        add(40, &[unit_score, unit_len, from_start]);
        add(41, &[score, len, end]);
        let next_unit = self.units.get(unit_idx + 1);
        let before_unit = unit_idx.checked_sub(1).map(|u| &self.units[u]);
        let next_score = next_unit.map_or(15, |u| score_bucket(u.score));
        let before_score = before_unit.map_or(15, |u| score_bucket(u.score));
        add(42, &[score, next_score]);
        add(43, &[score, before_score]);
        add(
            44,
            &[
                next_unit.map_or(9, |u| u64::from(u.end)),
                before_unit.map_or(9, |u| u64::from(u.end)),
                end,
                cut,
            ],
        );

        // Repetition and topic.
        let bag = Bag::of(tokens);
        let title = bag.share(&doc.title);
        let lede = bag.share(&doc.lede);
        add(45, &[title, lede.min(4), end]);
        add(46, &[title, len, form]);
        add(47, &[lede, score]);
        add(48, &[u64::from(unit.repeated), end, part]);
        let same = next_unit.map_or(0, |u| {
            u64::from(u.first_keys[0] == unit.first_keys[0])
                + u64::from(u.first_keys == unit.first_keys)
        });
        add(49, &[same, end, score]);
        let overlap_next = next_unit.map_or(15, |u| bag.share(&u.words));
        let overlap_before = before_unit.map_or(15, |u| bag.share(&u.words));
        add(50, &[overlap_next, end, len.min(6)]);
        add(51, &[overlap_before, end, len.min(6)]);
        let restart = next.map_or(0, |p| {
            let a = &page.tokens[p.first as usize..];
            let same = |n: usize| a.get(n).map(|t| t.key) == tokens.get(n).map(|t| t.key);
            u64::from(same(0)) + u64::from(same(0) && same(1))
        });
        add(52, &[restart, next_cut, behind]);

        // The document.
        let credits = u64::from(doc.credits);
        add(53, &[credits, u64::from(doc.captioned), score.max(unit_score)]);
        add(54, &[u64::from(doc.gallery), rule, end]);
        add(55, &[u64::from(doc.stops), end, form, part]);
        add(56, &[credits, end, next_cut, rule_of(1)]);
        add(57, &[form, line_at, from_start, end, part]);
        add(58, &[score, form, u64::from(line_at > 0), from_start.min(1)]);
        add(59, &[u64::from(after_end_mark(page, piece)), from_end, len]);
        let line_of = |k: isize| {
            let at = line as isize + k;
            let lines = usize::try_from(at).ok().and_then(|at| self.lines.get(at));
            lines.map_or(40, |l| u64::from(l.end) * 3 + u64::from(l.size))
        };
        let whole_line = u64::from(unit.from_start == 0 && unit.from_end == 0 && part == 3);
        let numbered =
            u64::from(first.is_digit() || matches!(first.mark(), '-' | '+' | '*' | '•' | '–'));
        add(62, &[line_of(-1), line_of(0), line_of(1), whole_line]);
        add(63, &[line_of(-1), line_of(0), whole_line, numbered]);
        add(64, &[line_of(0), line_of(1), whole_line, u64::from(doc.short_lines)]);
        add(65, &[numbered, end, whole_line, len]);
        add(66, &[u64::from(doc.short_lines), line_of(0), whole_line, score]);
        add(67, &[u64::from(doc.splits), behind, part]);
        add(68, &[u64::from(doc.splits), end, score]);
        add(69, &[u64::from(doc.captions), score, end]);
        add(70, &[u64::from(doc.captions), u64::from(doc.splits), behind.max(here)]);
        add(71, &[score, line_of(0), whole_line, line_at.min(2)]);
        for token in tokens.iter().take(4) {
            add(60, &[u64::from(token.key)]);
        }
        for token in tokens.iter().rev().take(3) {
            add(61, &[u64::from(token.key)]);
        }
    }

    /// The piece of a unit whose start is the likeliest beginning of a sentence.
    fn best_split(&self, pieces: &[Piece], unit: &Unit) -> Option<u32> {
        (unit.pieces.0 + 1..unit.pieces.1)
            .max_by(|a, b| pieces[*a as usize].boundary.total_cmp(&pieces[*b as usize].boundary))
    }
}

fn document_facts(
    page: &Page,
    pieces: &[Piece],
    units: &[UnitFacts],
    lines: &[LineFacts],
) -> DocumentFacts {
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
    let stopped = lines.iter().filter(|l| matches!(l.end, 1..=3)).count();
    let few = |n: usize| match n {
        0..=3 => n as u8,
        4..=6 => 4,
        7..=12 => 5,
        _ => 6,
    };
    let splits = pieces.iter().filter(|p| !p.cut.is_strong() && p.boundary > 0.5).count();
    let captions = units.iter().filter(|u| u.score > 1.0).count();
    let short_lines = lines.iter().filter(|l| l.size == 0 && l.end == 0).count();
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
        captions: few(captions),
        short_lines: few(short_lines),
    }
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

fn rule_number(rule: Option<Rule>) -> u8 {
    rule.map_or(62, |rule| rule as u8)
}

fn shape(token: &Token) -> u64 {
    if !token.is_word() {
        return 8 + u64::from(token.key % 8);
    }
    if token.is_digit() {
        4
    } else if token.shape.has(Shape::CAPS) {
        3
    } else if token.is_upper() {
        2
    } else {
        1
    }
}

/// True behind the end mark of agency text.
fn after_end_mark(page: &Page, piece: &Piece) -> bool {
    let at = piece.first as usize;
    at >= 3 && page.tokens[at - 1].is_mark('.') && page.tokens[at - 2].is_mark('/')
}

/// Words that say where somebody stands in the picture: `(trái)`, `thứ hai từ phải`.
fn side_words(tokens: &[Token]) -> u64 {
    use std::sync::LazyLock;
    static KEYS: LazyLock<[u32; 5]> =
        LazyLock::new(|| ["trái", "phải", "giữa", "ảnh", "hình"].map(crate::token::key_of));
    let mut found = 0;
    for (i, token) in tokens.iter().enumerate().take(60) {
        if token.is_lower() && KEYS[..3].contains(&token.key) {
            let closed = tokens.get(i + 1).is_some_and(|t| t.is_mark(')') || t.is_mark(','));
            let opened = i > 0 && (tokens[i - 1].is_mark('(') || tokens[i - 1].is_mark(','));
            found |= u64::from(closed || opened);
        }
        if KEYS[3..].contains(&token.key) {
            found |= 2 << u64::from(token.gap > Gap::One);
        }
    }
    found
}

fn bucket(bytes: u32) -> u64 {
    const STEPS: [u32; 12] = [8, 16, 26, 40, 56, 76, 100, 130, 170, 230, 320, 480];
    STEPS.partition_point(|s| *s <= bytes) as u64
}

fn score_bucket(score: f32) -> u64 {
    const STEPS: [f32; 11] = [-4.0, -3.0, -2.0, -1.2, -0.6, 0.0, 0.6, 1.2, 2.0, 3.0, 4.5];
    STEPS.partition_point(|s| *s <= score) as u64
}

/// What the features of a template are about, in words.
pub(crate) fn template_words(template: u64) -> &'static str {
    match template {
        1 => "how common the kind is",
        2 | 3 | 6 | 7 => "what parts it from its neighbors",
        4 | 5 => "its length and its end",
        8..=10 | 57 => "its place on the page",
        11 => "its place in the sentence",
        12..=19 => "what rules found here and beside it",
        20 | 23 => "the shape of its words",
        21 | 22 => "it looks like a name",
        24..=26 | 30 | 60 | 61 => "its first and last words",
        27 => "its verbs and quotation marks",
        28 => "the phrase it begins with",
        29 => "words about who stands where in a picture",
        31 => "the word behind it",
        32..=34 | 38..=43 | 47 | 58 => "how much it reads like a caption",
        35..=37 | 52 => "where a sentence begins without a stop in front",
        44 => "the ends of its neighbors",
        45 | 46 => "the words it shares with the headline and the standfirst",
        48 => "it stands on the page more than once",
        49 => "it begins like the next sentence",
        50 | 51 => "the words it shares with its neighbors",
        53 | 54 | 56 => "the picture credits of the page",
        55 => "how the lines of the page end",
        59 => "the end mark of agency text in front of it",
        62..=66 | 71 => "the lines around it",
        _ => "captions elsewhere on the page",
    }
}
