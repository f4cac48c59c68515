//! The templates of the features: which facts of a piece and its neighbors are looked at together.
//! Cross-validation chose them; twice as many did no better.

use super::bag::Bag;
use super::{Context, rule_number};
use crate::lexicon::Class;
use crate::page::Page;
use crate::pieces::{Piece, Unit};
use crate::token::{Gap, Shape, Token};
use crate::weights::{Sink, feature};

impl Context {
    /// What a sink makes of the features of piece `i`. The sink is made here, so that the compiler
    /// keeps it in registers.
    #[inline]
    pub(crate) fn features<S: Sink>(
        &mut self,
        page: &Page,
        pieces: &[Piece],
        units: &[Unit],
        i: usize,
        sink: impl FnOnce() -> S,
    ) -> S::Found {
        let mut to = sink();
        let piece = &pieces[i];
        let cut = piece.cut as u64;
        let rule = u64::from(rule_number(piece.rule));
        if piece.rule.is_some_and(|rule| rule.is_certain()) {
            // Decided; its neighbors only need to know.
            to.few::<6, _>([rule, cut]);
            return to.found();
        }
        let number = piece.unit as usize;
        let [unit_bag, next_bag] = [number, number + 1].map(|unit| self.bag(page, units, unit));
        let facts = &self.pieces[i];
        let unit = &self.units[number];
        let span = &units[number];
        let doc = &self.document;
        let tokens = &page.tokens[piece.first as usize..piece.last as usize];

        let next = pieces.get(i + 1);
        let next_cut = next.map_or(15, |p| p.cut as u64);
        let end = u64::from(facts.end);
        let part = u64::from(piece.first == span.first) * 2 + u64::from(piece.last == span.last);
        let len = bucket(facts.bytes);
        let form = u64::from(doc.form);
        let from_end = u64::from(unit.from_end.min(4));
        let line = unit.line as usize;
        let line_at = line.min(4) as u64;
        let line_back = (page.lines.len() - 1 - line).min(4) as u64;
        to.few::<1, _>([]);
        to.few::<2, _>([part, u64::from(unit.end), bucket(unit.bytes)]);
        to.few::<3, _>([len, end, part]);
        to.few::<4, _>([end, cut, next_cut, len]);
        to.few::<5, _>([form, line_at, line_back, u64::from(unit.role)]);
        let rule_before = i.checked_sub(1).map_or(63, |i| u64::from(rule_number(pieces[i].rule)));
        to.few::<6, _>([rule, cut]);
        to.add(feature(7, [rule_before, rule, cut]));

        // Words.
        let name = u64::from(crate::rules::is_name(tokens));
        let (first, last) = (&tokens[0], &tokens[tokens.len() - 1]);
        let behind = page.tokens.get(piece.last as usize);
        let end_mark = u64::from(is_after_end_mark(page, piece));
        let cue = page.cue_at(piece.first as usize).map_or(31, |(cue, _)| cue as u64);
        to.few::<8, _>([name, cut, next_cut]);
        to.few::<9, _>([name, from_end, part, end_mark]);
        to.add(feature(10, [class(first), shape(first), end]));
        to.add(feature(11, [key(Some(first)), cut]));
        to.add(feature(12, [key(Some(first)) << 32 | key(tokens.get(1))]));
        to.add(feature(13, [key(Some(last)), shape(last), next_cut]));
        to.few::<14, _>([cue, cut]);
        to.few::<15, _>([side_words(tokens), end]);
        to.add(feature(16, [key(behind), next_cut, end]));
        to.add(feature(17, [behind.map_or(0, class), behind.map_or(0, shape), next_cut, end]));

        // Scores.
        let score = score_bucket(facts.score);
        let begins = score_bucket(piece.boundary);
        let next_begins = match next {
            Some(p) if !p.cut.is_strong() => score_bucket(p.boundary) + 1,
            _ => 0,
        };
        let best = unit.best.map(|best| best as usize);
        let is_best = u64::from(best == Some(i)) + 2 * u64::from(best == Some(i + 1));
        to.few::<18, _>([score, part]);
        to.few::<19, _>([score, end, next_cut]);
        to.few::<20, _>([is_best, score, begins.max(next_begins)]);

        // Repetition and topic.
        let bag = if part == 3 { unit_bag } else { Bag::of(tokens) };
        let title = bag.share(&doc.title);
        let lede = bag.share(&doc.lede);
        let alike = self.units.get(number + 1).map_or(0, |u| {
            u64::from(u.first_keys[0] == unit.first_keys[0])
                + u64::from(u.first_keys == unit.first_keys)
        });
        let restart = next.map_or(0, |p| {
            let next = &page.tokens[p.first as usize..];
            let same = |n: usize| key(next.get(n)) == key(tokens.get(n));
            u64::from(same(0)) + u64::from(same(0) && same(1))
        });
        to.few::<21, _>([title, lede.min(4), end]);
        to.few::<22, _>([title, len, form]);
        to.few::<23, _>([lede, score]);
        to.few::<24, _>([alike, end, score]);
        to.few::<25, _>([bag.share(&next_bag), end, len.min(6)]);
        to.few::<26, _>([restart, next_cut, next_begins]);

        // The document.
        let whole_line = u64::from(unit.from_start == 0 && unit.from_end == 0 && part == 3);
        let listed =
            u64::from(first.is_digit() || matches!(first.mark(), '-' | '+' | '*' | '•' | '–'));
        let unit_score = score_bucket(unit.score);
        let captioned = u64::from(doc.captioned);
        to.few::<27, _>([u64::from(doc.credits), captioned, score.max(unit_score)]);
        to.few::<28, _>([u64::from(doc.gallery), rule, end]);
        to.few::<29, _>([u64::from(doc.stops), end, form, part]);
        to.few::<30, _>([end_mark, from_end, len]);
        to.few::<31, _>([listed, end, whole_line, len]);
        to.few::<32, _>([u64::from(doc.splits), next_begins, part]);
        to.few::<33, _>([u64::from(doc.splits), end, score]);
        to.few::<34, _>([score, u64::from(self.lines[line]), whole_line, line_at.min(2)]);
        for token in tokens.iter().take(4) {
            to.add(feature(35, [key(Some(token))]));
        }
        for token in tokens.iter().rev().take(3) {
            to.add(feature(36, [key(Some(token))]));
        }
        to.found()
    }
}

/// What the features of a template are about, in words.
pub(crate) fn template_words(template: u64) -> &'static str {
    match template {
        1 => "how common the kind is",
        2 | 3 => "its length and its end",
        4 => "what parts it from its neighbors",
        5 => "its place on the page",
        6 | 7 => "what rules found here and beside it",
        8 | 9 => "it looks like a name",
        10 => "the shape of its words",
        11..=13 | 35 | 36 => "its first and last words",
        14 => "the phrase it begins with",
        15 => "words about who stands where in a picture",
        16 | 17 => "the word behind it",
        18..=20 => "how much it reads like a caption",
        21..=23 => "the words it shares with the headline and the standfirst",
        24 => "it begins like the next sentence",
        25 => "the words it shares with the next sentence",
        26 => "where a sentence begins without a stop in front",
        27 | 28 => "the picture credits of the page",
        29 => "how the lines of the page end",
        30 => "the end mark of agency text in front of it",
        31 => "the mark of a list in front of it",
        34 => "the line it stands in",
        _ => "sentences of the page that begin without a stop in front",
    }
}

fn key(token: Option<&Token>) -> u64 {
    token.map_or(0, |token| u64::from(token.key))
}

/// What the lexicon knows of a word, without what is no property of its part of speech.
fn class(token: &Token) -> u64 {
    u64::from(token.class.bits() & 0x7ff)
}

fn shape(token: &Token) -> u64 {
    if !token.is_word() {
        8 + u64::from(token.key % 8)
    } else if token.is_digit() {
        4
    } else if token.shape.has(Shape::CAPS) {
        3
    } else {
        1 + u64::from(token.is_upper())
    }
}

/// True behind the end mark of agency text.
fn is_after_end_mark(page: &Page, piece: &Piece) -> bool {
    let at = piece.first as usize;
    at >= 3 && page.tokens[at - 1].is_mark('.') && page.tokens[at - 2].is_mark('/')
}

/// Words that say where somebody stands in the picture: `(trái)`, `thứ hai từ phải`.
fn side_words(tokens: &[Token]) -> u64 {
    let mut found = 0;
    let looked_at = tokens.iter().enumerate().take(60);
    for (i, token) in looked_at.filter(|(_, token)| token.is(Class::SIDE.or(Class::PICTURE))) {
        if token.is(Class::PICTURE) {
            found |= 2 << u64::from(token.gap > Gap::One);
        } else if token.is_lower() {
            let closed = tokens.get(i + 1).is_some_and(|t| t.is_mark(')') || t.is_mark(','));
            let opened = i > 0 && (tokens[i - 1].is_mark('(') || tokens[i - 1].is_mark(','));
            found |= u64::from(closed || opened);
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
