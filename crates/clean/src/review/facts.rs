//! The numbers that the trees ask for.

use super::words::Words;
use crate::features::{Context, rule_number};
use crate::labels;
use crate::lexicon::Class;
use crate::page::{Page, Role};
use crate::pieces::{Piece, Unit};
use crate::token::Token;

/// What the numbers are about that say how sure the chain is of the piece itself.
pub(crate) const CHAIN: &str = "how it looked at first";

/// What is asked of a piece, in order: what some numbers are about, and how many they are.
const FACTS: [(&str, usize); 13] = [
    ("its length and its end", 2),
    ("its place in its sentence and line", 5),
    ("what parts it from its neighbors", 3),
    ("how much it reads like a caption", 5),
    ("what rules found here and beside it", 2),
    (CHAIN, 1),
    ("what its neighbors seem to be", 4),
    ("the noise nearest to it", 4),
    ("what the rest of the page seems to be", 10),
    ("what the likeliest other captions look like", 4),
    ("its place on the page, and the page's size", 7),
    ("the words it shares with the page", 5),
    ("its words", 6),
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

/// What is too short or too long to be read as a caption has a score of less.
const UNSCORED: f32 = -8.9;

/// What the pieces of a page are compared with.
#[derive(Debug, Default)]
pub(crate) struct Outline {
    /// Probability that each piece is no article; that of a certain rule is 0 or 1.
    noise: Vec<f32>,
    /// The same of the pieces that no certain rule holds, in order of size.
    sorted: Vec<f32>,
    /// Sum of these of the pieces without a stop, and of those with one.
    sums: [f32; 2],
    /// Pieces of which the chain is not sure.
    doubts: usize,
    /// How much each piece reads like a caption, in order of size.
    scores: Vec<f32>,
    mean_score: f32,
    /// Share of the sentences that have no stop.
    stopless: f32,
    /// The two likeliest captions.
    likeliest: [(f32, usize); 2],
    /// Probable captions without a stop, and with one.
    captions: [Captions; 2],
    /// The last piece in front of each that is probably noise, and the next behind it.
    nearest: Vec<[Option<u32>; 2]>,
    /// Leading pieces that are headline or standfirst.
    heads: usize,
    bytes: usize,
    words: Words,
    /// Words of the piece that each other piece has.
    shared: Vec<u32>,
    /// Pieces that share a word of the piece, as often as they do, and those that have one word.
    sharing: Vec<u32>,
    having: Vec<u32>,
}

/// Pieces that are probably captions.
#[derive(Clone, Copy, Debug, Default)]
struct Captions {
    count: f32,
    /// Sum of their probabilities of being no article.
    noise: f32,
    /// Sum of their bytes, each times its probability.
    bytes: f32,
}

impl Captions {
    fn add(&mut self, sign: f32, noise: f32, bytes: f32) {
        self.count += sign;
        self.noise += sign * noise;
        self.bytes += sign * noise * bytes;
    }
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

    fn bytes(&self, i: usize) -> f32 {
        self.page.bytes(self.pieces[i].first as usize, self.pieces[i].last as usize) as f32
    }

    /// Where a piece that is probably a caption is counted: without a stop, or with one.
    fn captions(&self, i: usize) -> Option<usize> {
        let [_, _, begun, going_on, ..] = self.rows[i];
        (begun + going_on > 0.3).then_some(usize::from(self.is_stopped(i)))
    }

    fn is_stopped(&self, i: usize) -> bool {
        is_stopped(self.context.end(i))
    }

    fn role(&self, i: usize) -> Role {
        self.page.roles[self.page.line_of(self.pieces[i].first as usize)]
    }
}

impl Outline {
    /// Reads what the chain found on a page.
    pub(crate) fn read(&mut self, found: &Found<'_>) {
        let Found { page, pieces, units, context, rows } = *found;
        self.noise.clear();
        self.sorted.clear();
        self.scores.clear();
        (self.sums, self.doubts) = ([0.0; 2], 0);
        self.likeliest = [(0.0, usize::MAX); 2];
        self.captions = Default::default();
        for (i, (piece, row)) in pieces.iter().zip(rows).enumerate() {
            if let Some(rule) = piece.rule.filter(|rule| rule.is_certain()) {
                self.noise.push(f32::from(u8::from(!rule.kind().is_kept())));
                continue;
            }
            let noise = super::noise(row);
            self.noise.push(noise);
            self.sorted.push(noise);
            self.sums[usize::from(found.is_stopped(i))] += noise;
            self.doubts += usize::from((super::DOUBT..=1.0 - super::DOUBT).contains(&noise));
            if context.score(i) > UNSCORED {
                self.scores.push(context.score(i));
            }
            if let Some(stopped) = found.captions(i) {
                self.captions[stopped].add(1.0, noise, found.bytes(i));
                let [first, second] = self.likeliest;
                if noise > first.0 {
                    self.likeliest = [(noise, i), first];
                } else if noise > second.0 {
                    self.likeliest[1] = (noise, i);
                }
            }
        }
        self.sorted.sort_by(f32::total_cmp);
        self.mean_score = self.scores.iter().sum::<f32>() / self.scores.len().max(1) as f32;
        self.scores.sort_by(f32::total_cmp);
        let stopless = units.iter().filter(|unit| !found.is_stopped(unit.pieces.1 as usize - 1));
        self.stopless = stopless.count() as f32 / units.len() as f32;
        self.nearest.clear();
        let mut last = None;
        for (i, noise) in (0..).zip(&self.noise) {
            self.nearest.push([last, None]);
            last = if *noise > 0.5 { Some(i) } else { last };
        }
        let mut next = None;
        for (i, noise) in self.noise.iter().enumerate().rev() {
            self.nearest[i][1] = next;
            next = if *noise > 0.5 { Some(i as u32) } else { next };
        }
        self.heads = (0..pieces.len()).take_while(|i| found.role(*i) != Role::Text).count();
        self.words.read(&page.tokens, pieces, self.heads);
        self.shared.clear();
        self.shared.resize(pieces.len(), 0);
        self.bytes = page.bytes(0, page.tokens.len());
    }

    /// The numbers of piece `i`.
    pub(crate) fn facts(&mut self, found: &Found<'_>, i: usize) -> Facts {
        let Found { page, pieces, units, context, rows } = *found;
        let piece = &pieces[i];
        let number = piece.unit as usize;
        let unit = &units[number];
        let tokens = found.tokens(i);
        let (before, next) = (i.checked_sub(1), (i + 1 < pieces.len()).then_some(i + 1));
        let (before2, next2) = (i.checked_sub(2), (i + 2 < pieces.len()).then_some(i + 2));
        let rule = |i: usize| f32::from(rule_number(pieces[i].rule));
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
        let bytes = found.bytes(i);
        put(&[bytes, unit_bytes]);
        put(&[unit_end, from_start, from_end, unit_rule, flag(unit.last == piece.last)]);
        let cut = |i: usize| f32::from(pieces[i].cut as u8);
        put(&[cut(i), next.map_or(-1.0, cut), next.map_or(-1.0, |i| pieces[i].boundary)]);
        let score = context.score(i);
        let better = self.scores.len() - self.scores.partition_point(|other| *other <= score);
        put(&[score, unit_score, self.mean_score, score - self.mean_score, count(better)]);
        put(&[rule(i), next.map_or(-1.0, rule)]);
        let end = |i: usize| f32::from(context.end(i));
        let noise = self.noise[i];
        put(&[((noise + 1e-5) / (1.0 - noise + 1e-5)).ln()]);
        put(&[before, next, before2, next2].map(|i| i.map_or(-1.0, |i| self.noise[i])));
        let nearest = self.nearest[i].map(|at| at.map(|at| at as usize));
        put(&nearest.map(|at| at.map_or(-1.0, |at| count(at.abs_diff(i)))));
        put(&nearest.map(|at| at.map_or(-1.0, |at| kind_of(&rows[at]))));
        let stopped = usize::from(found.is_stopped(i));
        let (mut captions, mut sums) = (self.captions, self.sums);
        if let Some(stopped) = found.captions(i) {
            captions[stopped].add(-1.0, noise, bytes);
        }
        sums[stopped] -= noise;
        let [likeliest, second] = self.likeliest;
        let (other_noise, other) = if likeliest.1 == i { second } else { likeliest };
        let above = self.sorted.len() - self.sorted.partition_point(|n| *n <= noise);
        put(&[sums[0] + sums[1], sums[0], sums[1], other_noise]);
        put(&captions.map(|captions| captions.count));
        put(&[captions[stopped].noise, captions[1 - stopped].noise]);
        put(&[count(above), count(self.doubts)]);
        let [stopless_captions, stopped_captions] = captions;
        let mean = (stopless_captions.bytes + stopped_captions.bytes)
            / (stopless_captions.noise + stopped_captions.noise).max(0.01);
        if other < pieces.len() {
            let other_bytes = found.bytes(other);
            let alike = bytes.min(other_bytes) / bytes.max(other_bytes);
            put(&[alike, bytes / mean, end(other), context.score(other)]);
        } else {
            put(&[-1.0, -1.0, -1.0, -9.0]);
        }
        let line = page.line_of(piece.first as usize);
        put(&[
            count(page.lines.len() - 1 - line),
            count(i),
            count(pieces.len() - i),
            count(i) / count(pieces.len()),
            count(page.lines.len()),
            count(self.bytes),
            self.stopless,
        ]);

        put(&self.shares(found, i));
        let words = tokens.iter().filter(|token| token.is_word()).count().max(1);
        let some = |is: &dyn Fn(&Token) -> bool| count(tokens.iter().filter(|t| is(t)).count());
        put(&[
            count(words),
            some(&Token::is_upper) / count(words),
            some(&Token::is_digit),
            some(&|t| t.is_mark(',')),
            some(&|t| t.is_lower() && t.is(Class::VERB)) / count(words),
            some(&|t| t.is(Class::FUNCTION)) / count(words),
        ]);
        debug_assert_eq!(at, COUNT);
        facts
    }

    /// Shares of the content words of a piece: in the headline, in the likest other piece, in no
    /// other piece, in no piece in front of it, and in the text in front of it.
    fn shares(&mut self, found: &Found<'_>, i: usize) -> [f32; 5] {
        let Outline { words, shared, sharing, having, heads, .. } = self;
        let piece = &found.pieces[i];
        // The page around the piece; what stands at its head is looked at wherever it is.
        let from = piece.first.saturating_sub(WINDOW);
        let to = piece.last + WINDOW;
        let first = found.pieces.partition_point(|p| p.last <= from).max(*heads);
        let last = found.pieces.partition_point(|p| p.first < to) - 1;
        let window = found.pieces[first].first..found.pieces[last].last;
        let (mut len, mut in_title, mut most) = (0u32, 0u32, 0u32);
        let (mut alone, mut new, mut told) = (0u32, 0u32, 0u32);
        sharing.clear();
        for at in piece.first..piece.last {
            if !words.find(&found.page.tokens, at as usize, &window, having) {
                continue;
            }
            let before = having.iter().map(|j| *j as usize).filter(|j| *j < i);
            len += 1;
            alone += u32::from(having.is_empty());
            new += u32::from(before.clone().next().is_none());
            told += u32::from(before.clone().any(|j| j >= *heads));
            if having.len() as u32 >= COMMON {
                continue;
            }
            sharing.extend_from_slice(having);
            for j in having.iter().map(|j| *j as usize) {
                shared[j] += 1;
                most = most.max(shared[j]);
                in_title += u32::from(j < *heads && found.role(j) == Role::Title);
            }
        }
        sharing.iter().for_each(|j| shared[*j as usize] = 0);
        [in_title, most, alone, new, told].map(|n| n as f32 / len.max(1) as f32)
    }
}

/// The number of the kind that a row is likeliest of.
fn kind_of(row: &[f32; labels::COUNT]) -> f32 {
    let likeliest = (0..row.len()).max_by(|a, b| row[*a].total_cmp(&row[*b]));
    likeliest.map_or(0.0, |label| (label / 2) as f32)
}

/// True for an end with a stop, a question or exclamation mark; see `end_type` of the features.
pub(crate) fn is_stopped(end: u8) -> bool {
    matches!(end, 1 | 3 | 8)
}
