//! The numbers that the trees ask for.

use super::words::Words;
use crate::features::{Context, rule_number};
use crate::labels;
use crate::lexicon::Class;
use crate::page::{Page, Role};
use crate::pieces::{Piece, Unit};
use crate::token::{Shape, Token};

/// What the numbers are about that say how sure the chain is of the piece itself.
pub(crate) const CHAIN: &str = "how it looked at first";

/// What is asked of a piece, in order: what some numbers are about, and how many they are.
const FACTS: [(&str, usize); 15] = [
    ("its length and its end", 3),
    ("its place in its sentence and line", 6),
    ("what parts it from its neighbors", 5),
    ("how much it reads like a caption", 2),
    ("how much its neighbors read like captions", 2),
    ("what rules found here and beside it", 6),
    ("its neighbors' length and end", 4),
    (CHAIN, 8),
    ("what its neighbors seem to be", 4),
    ("what the rest of the page seems to be", 6),
    ("its place on the page", 5),
    ("the size and the shape of the page", 8),
    ("the words it shares with the page", 7),
    ("its words", 8),
    ("how it and its neighbor begin", 6),
];

/// Numbers of a piece.
pub const COUNT: usize = {
    let (mut i, mut sum) = (0, 0);
    while i < FACTS.len() {
        sum += FACTS[i].1;
        i += 1;
    }
    sum
};

/// The numbers of one piece.
pub(crate) type Facts = [f32; COUNT];

/// What a number is about, in words.
pub(crate) fn words_of(mut fact: usize) -> &'static str {
    for (words, count) in FACTS {
        match fact.checked_sub(count) {
            None => return words,
            Some(rest) => fact = rest,
        }
    }
    ""
}

/// A word in more pieces than this says nothing of two of them.
const COMMON: u32 = 40;

/// Tokens on both sides of a piece that are looked through for its words: most pages are shorter.
const WINDOW: u32 = 2000;

/// Pieces farther away count as this far.
const FAR: u32 = 50;

/// What the pieces of a page are compared with.
#[derive(Debug, Default)]
pub(crate) struct Outline {
    /// Probability that each piece is no article; that of a certain rule is 0 or 1.
    noise: Vec<f32>,
    /// The same of the pieces that no certain rule holds, in order of size.
    sorted: Vec<f32>,
    sum: f32,
    /// The two likeliest captions.
    likeliest: [(f32, usize); 2],
    /// Probable captions without a stop, and with one.
    captions: [u32; 2],
    /// Pieces to the next that is probably noise.
    nearest: Vec<u32>,
    /// Leading pieces that are headline or standfirst.
    heads: usize,
    bytes: usize,
    quiet: bool,
    words: Words,
    /// Words of the piece that each other piece has.
    shared: Vec<u32>,
    /// Pieces that share a word of the piece, as often as they do, and those that have one word.
    sharing: Vec<u32>,
    having: Vec<u32>,
}

/// What the chain found.
#[derive(Clone, Copy)]
pub(crate) struct Found<'a> {
    pub(crate) page: &'a Page,
    pub(crate) pieces: &'a [Piece],
    pub(crate) units: &'a [Unit],
    pub(crate) context: &'a Context,
    pub(crate) rows: &'a [[f32; labels::COUNT]],
}

impl Found<'_> {
    fn tokens(&self, i: usize) -> &[Token] {
        &self.page.tokens[self.pieces[i].first as usize..self.pieces[i].last as usize]
    }

    fn role(&self, i: usize) -> Role {
        self.page.roles[self.page.line_of(self.pieces[i].first as usize)]
    }
}

impl Outline {
    /// Reads what the chain found on a page.
    pub(crate) fn read(&mut self, found: &Found<'_>) {
        let Found { page, pieces, context, rows, .. } = *found;
        self.noise.clear();
        self.sorted.clear();
        self.likeliest = [(0.0, usize::MAX); 2];
        self.captions = [0; 2];
        for (i, (piece, row)) in pieces.iter().zip(rows).enumerate() {
            if let Some(rule) = piece.rule.filter(|rule| rule.is_certain()) {
                self.noise.push(f32::from(u8::from(!rule.kind().is_kept())));
                continue;
            }
            let noise = super::noise(row);
            self.noise.push(noise);
            self.sorted.push(noise);
            let caption = row[2] + row[3];
            if caption > 0.3 {
                self.captions[usize::from(is_stopped(context.end(i)))] += 1;
                let [first, second] = self.likeliest;
                if noise > first.0 {
                    self.likeliest = [(noise, i), first];
                } else if noise > second.0 {
                    self.likeliest[1] = (noise, i);
                }
            }
        }
        self.sum = self.sorted.iter().sum();
        self.sorted.sort_by(f32::total_cmp);
        self.nearest.clear();
        let mut since = FAR;
        for noise in &self.noise {
            self.nearest.push(since);
            since = if *noise > 0.5 { 1 } else { (since + 1).min(FAR) };
        }
        let mut since = FAR;
        for (nearest, noise) in self.nearest.iter_mut().zip(&self.noise).rev() {
            *nearest = since.min(*nearest);
            since = if *noise > 0.5 { 1 } else { (since + 1).min(FAR) };
        }
        self.heads = (0..pieces.len()).take_while(|i| found.role(*i) != Role::Text).count();
        self.words.read(&page.tokens, pieces, self.heads);
        self.shared.clear();
        self.shared.resize(pieces.len(), 0);
        self.bytes = page.bytes(0, page.tokens.len());
        self.quiet = page.marks.iter().all(|mark| mark.rule.kind().is_kept());
    }

    /// The numbers of piece `i`.
    pub(crate) fn facts(&mut self, found: &Found<'_>, i: usize) -> Facts {
        let Found { page, pieces, units, context, rows } = *found;
        let piece = &pieces[i];
        let number = piece.unit as usize;
        let unit = &units[number];
        let row = &rows[i];
        let tokens = found.tokens(i);
        let (before, next) = (i.checked_sub(1), (i + 1 < pieces.len()).then_some(i + 1));
        let (before2, next2) = (i.checked_sub(2), (i + 2 < pieces.len()).then_some(i + 2));
        let rule = |i: Option<usize>| i.map_or(-1.0, |i| f32::from(rule_number(pieces[i].rule)));
        let count = |n: usize| n as f32;
        let flag = |is: bool| f32::from(u8::from(is));

        let mut facts = [0.0; COUNT];
        let mut at = 0;
        let mut put = |values: &[f32]| {
            facts[at..at + values.len()].copy_from_slice(values);
            at += values.len();
        };
        let [unit_bytes, unit_end, from_start, from_end, unit_rule, unit_score] =
            context.unit_numbers(number);
        let bytes = |i: usize| count(page.bytes(pieces[i].first as usize, pieces[i].last as usize));
        put(&[bytes(i), f32::from(context.end(i)), unit_bytes]);
        let (first, last) = (unit.first == piece.first, unit.last == piece.last);
        put(&[unit_end, from_start, from_end, unit_rule, flag(first), flag(last)]);
        let cut = |i: usize| f32::from(pieces[i].cut as u8);
        let cue = page.cue_at(piece.first as usize).map_or(-1.0, |(cue, _)| f32::from(cue as u8));
        put(&[
            cut(i),
            piece.boundary,
            next.map_or(-1.0, cut),
            next.map_or(-1.0, |i| pieces[i].boundary),
            cue,
        ]);
        put(&[context.score(i), unit_score]);
        put(&[before.map_or(-9.0, |i| context.score(i)), next.map_or(-9.0, |i| context.score(i))]);
        let [form, credits, captioned, gallery, stops, splits] = context.document_numbers();
        put(&[rule(Some(i)), rule(before), rule(next), rule(next2), credits, captioned]);
        let end = |i: usize| f32::from(context.end(i));
        put(&[
            before.map_or(-1.0, bytes),
            next.map_or(-1.0, bytes),
            before.map_or(-1.0, end),
            next.map_or(-1.0, end),
        ]);

        let article = row[0] + row[1] + 1e-5;
        let mut odds = [(self.noise[i] + 1e-5).ln() - article.ln(); 8];
        for (kind, odds) in odds.iter_mut().enumerate().skip(1) {
            *odds = ((row[2 * kind] + row[2 * kind + 1] + 1e-5) / article).ln();
        }
        put(&odds);
        put(&[before, next, before2, next2].map(|i| i.map_or(-1.0, |i| self.noise[i])));
        let [likeliest, second] = self.likeliest;
        let other = if likeliest.1 == i { second.0 } else { likeliest.0 };
        let mut captions = self.captions;
        if row[2] + row[3] > 0.3 {
            captions[usize::from(is_stopped(context.end(i)))] -= 1;
        }
        let above = self.sorted.len() - self.sorted.partition_point(|n| *n <= self.noise[i]);
        put(&[self.sum - self.noise[i], other]);
        put(&captions.map(|n| n as f32));
        put(&[count(above), self.nearest[i] as f32]);
        let line = page.line_of(piece.first as usize);
        put(&[
            count(line),
            count(page.lines.len() - 1 - line),
            count(i),
            count(pieces.len() - i),
            count(i) / count(pieces.len()),
        ]);
        put(&[
            count(page.lines.len()),
            count(self.bytes),
            flag(self.quiet),
            form,
            gallery,
            stops,
            splits,
            count(pieces.len()),
        ]);

        put(&self.shares(found, i, (before, next, next2)));
        let words = tokens.iter().filter(|token| token.is_word()).count().max(1);
        let some = |is: &dyn Fn(&Token) -> bool| count(tokens.iter().filter(|t| is(t)).count());
        put(&[
            count(words),
            some(&Token::is_upper) / count(words),
            some(&Token::is_digit),
            some(&|t| t.is_mark(',')),
            some(&|t| matches!(t.mark(), '“' | '”' | '"')),
            some(&|t| t.is_lower() && t.is(Class::VERB)) / count(words),
            some(&|t| t.is(Class::FUNCTION)) / count(words),
            some(&|t| t.is(Class::SIGHT)),
        ]);
        let opener = |token: Option<&Token>| {
            token.map_or(-1.0, |t| flag(t.is(Class::OPENER)) + flag(t.is(Class::STRICT_OPENER)))
        };
        let behind = page.tokens.get(piece.last as usize..).unwrap_or_default();
        let key = |tokens: &[Token], n: usize| tokens.get(n).map_or(0, |t| t.key);
        let same = |n: usize| flag(key(behind, n) == key(tokens, n));
        put(&[
            opener(tokens.first()),
            opener(behind.first()),
            behind.first().map_or(-1.0, |t| flag(t.is_upper()) + flag(t.shape.has(Shape::CAPS))),
            count(tokens.iter().take(6).take_while(|t| t.is_upper()).count()),
            same(0) + same(0) * same(1),
            flag(page.small.has(tokens[0].key)),
        ]);
        debug_assert_eq!(at, COUNT);
        facts
    }

    /// Shares of the content words of a piece: in the headline, the standfirst, the pieces beside
    /// it, the piece behind the next, and the likest other piece; and of those that stand nowhere else
    /// on the page.
    fn shares(
        &mut self,
        found: &Found<'_>,
        i: usize,
        (before, next, next2): (Option<usize>, Option<usize>, Option<usize>),
    ) -> [f32; 7] {
        let Outline { words, shared, sharing, having, heads, .. } = self;
        let piece = &found.pieces[i];
        // The page around the piece; what stands at its head is looked at wherever it is.
        let from = piece.first.saturating_sub(WINDOW);
        let to = piece.last + WINDOW;
        let first = found.pieces.partition_point(|p| p.last <= from).max(*heads);
        let last = found.pieces.partition_point(|p| p.first < to) - 1;
        let window = found.pieces[first].first..found.pieces[last].last;
        let (mut len, mut alone, mut most) = (0u32, 0u32, 0u32);
        let mut heads_have = [0u32; 2];
        sharing.clear();
        for at in piece.first..piece.last {
            if !words.find(&found.page.tokens, at as usize, &window, having) {
                continue;
            }
            len += 1;
            alone += u32::from(having.is_empty());
            if having.len() as u32 >= COMMON {
                continue;
            }
            sharing.extend_from_slice(having);
            for j in having.iter().map(|j| *j as usize) {
                shared[j] += 1;
                most = most.max(shared[j]);
                if j < *heads {
                    heads_have[usize::from(found.role(j) != Role::Title)] += 1;
                }
            }
        }
        let share = |n: u32| n as f32 / len.max(1) as f32;
        let [before, next, next2] =
            [before, next, next2].map(|at| at.map_or(-1.0, |at| share(shared[at])));
        sharing.iter().for_each(|j| shared[*j as usize] = 0);
        let [title, lede] = heads_have.map(share);
        [title, lede, before, next, next2, share(most), share(alone)]
    }
}

/// True for an end with a stop, a question or exclamation mark; see `end_type` of the features.
fn is_stopped(end: u8) -> bool {
    matches!(end, 1 | 3 | 8)
}
