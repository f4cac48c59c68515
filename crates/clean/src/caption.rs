//! How much a stretch of text reads like the caption of a picture.

use crate::lexicon::Class;
use crate::scorer::{Scorer, Slot, slot};
use crate::token::{Shape, Token};
use crate::topic::Topic;

/// What the words of a stretch add up to, in lanes of eight bits.
#[derive(Clone, Copy, Debug, Default)]
struct Counts(u64);

/// Lanes of [`Counts`].
const WORDS: u32 = 0;
const UPPER: u32 = 8;
const DIGITS: u32 = 16;
const COMMAS: u32 = 24;
const QUOTES: u32 = 32;
const VERBS: u32 = 40;
const KNOWN: [u32; 2] = [48, 56];

/// What a word counts by the bits of its shape.
static SHAPES: [u64; 128] = {
    let mut counts = [1 << WORDS; 128];
    let mut bits = 0;
    while bits < 128 {
        let shape = Shape::from_bits(bits);
        counts[bits as usize] |=
            (shape.has(Shape::UPPER) as u64) << UPPER | (shape.has(Shape::DIGIT) as u64) << DIGITS;
        bits += 1;
    }
    counts
};

impl Counts {
    #[inline(always)]
    fn of(token: &Token, topic: &Topic) -> Counts {
        if !token.is_word() {
            return Counts(match token.mark() {
                ',' => 1 << COMMAS,
                '“' | '”' | '"' => 1 << QUOTES,
                _ => 0,
            });
        }
        let [title, lede] = topic.have(token.key);
        let verb = token.is_lower() & token.is(Class::VERB);
        let shape = SHAPES[token.shape.bits() as usize % SHAPES.len()];
        Counts(
            shape
                + (u64::from(verb) << VERBS)
                + (u64::from(title) << KNOWN[0])
                + (u64::from(lede) << KNOWN[1]),
        )
    }

    fn get(self, lane: u32) -> u32 {
        u32::from((self.0 >> lane) as u8)
    }
}

/// What the first [`LONGEST`] of some tokens are when the stop at their end is not seen.
fn seen(tokens: &[Token]) -> &[Token] {
    let marks = tokens.iter().rev().take_while(|t| !t.is_word() && !t.is_closer()).count();
    &tokens[..(tokens.len() - marks).max(1)]
}

/// The slots of a word behind another.
#[inline(always)]
fn word_slots(before: u32, key: u32) -> [Slot; 2] {
    [slot(1, key, 0), slot(2, before, key)]
}

/// What stands in front of the first word.
const START: u32 = 3;

/// The slots of tokens as a whole.
#[inline(always)]
fn whole_slots(tokens: &[Token], counts: Counts, topic: &Topic, mut emit: impl FnMut(Slot)) {
    let (Some(head), Some(tail)) = (tokens.first(), tokens.last()) else { return };
    let second = tokens.get(1).map_or(4, |t| t.key);
    let share = (counts.get(UPPER) * 8).checked_div(counts.get(WORDS)).unwrap_or(0);
    let length = tokens.len().min(LONGEST) as u32;
    emit(slot(3, head.key, 0));
    emit(slot(4, head.key, second));
    emit(slot(5, tail.key, 0));
    emit(slot(6, length / 3, 0));
    emit(slot(7, share, length / 8));
    emit(slot(8, counts.get(COMMAS).min(4), length / 8));
    emit(slot(9, counts.get(DIGITS).min(3), counts.get(QUOTES).min(3)));
    emit(slot(10, counts.get(VERBS).min(4), length / 8));
    let caps = u32::from(head.shape.has(Shape::CAPS));
    emit(slot(11, caps, u32::from(head.is(Class::OPENER))));
    emit(slot(12, u32::from(head.is(Class::SIGHT)), 0));
    emit(slot(13, 0, 0));
    for ((i, lane), is) in (14..).zip(KNOWN).zip(topic.are()) {
        emit(slot(i, if is { counts.get(lane).min(7) } else { 8 }, length / 5));
    }
}

/// All slots of tokens, for training.
pub(crate) fn slots(tokens: &[Token], topic: &Topic, slots: &mut Vec<Slot>) {
    slots.clear();
    let tokens = seen(tokens);
    let mut before = START;
    let mut counts = Counts::default();
    for token in tokens.iter().take(LONGEST) {
        slots.extend(word_slots(before, token.key));
        before = token.key;
        counts.0 += Counts::of(token, topic).0;
    }
    whole_slots(tokens, counts, topic, |slot| slots.push(slot));
}

/// Weights and counts of the words of a unit, each with those in front of it, so that the pieces of
/// the unit need not be read again.
#[derive(Debug, Default)]
pub(crate) struct Sums(Vec<(i32, Counts)>);

impl Sums {
    /// Adds the tokens of a unit up.
    pub(crate) fn read(&mut self, tokens: &[Token], topic: &Topic, scorer: &Scorer) {
        self.0.clear();
        let mut before = START;
        let (mut weight, mut counts) = (0, Counts::default());
        self.0.extend(tokens.iter().map(|token| {
            let [word, pair] = word_slots(before, token.key);
            before = token.key;
            weight += scorer.weight(word);
            weight += scorer.weight(pair);
            // A lane that overflows is right again in the difference of two.
            counts.0 = counts.0.wrapping_add(Counts::of(token, topic).0);
            (weight, counts)
        }));
    }

    /// Log odds that tokens `first..` of the unit are the caption of a picture.
    pub(crate) fn score(
        &self,
        tokens: &[Token],
        first: usize,
        topic: &Topic,
        scorer: &Scorer,
    ) -> f32 {
        let tokens = seen(tokens);
        let Some(head) = tokens.first() else { return 0.0 };
        let (start, end) = (self.0[first], self.0[first + tokens.len().min(LONGEST) - 1]);
        let head_weights = word_slots(START, head.key).map(|slot| scorer.weight(slot));
        let mut sum = end.0 - start.0 + head_weights.iter().sum::<i32>();
        let head_counts = Counts::of(head, topic).0;
        let counts = Counts(end.1.0.wrapping_sub(start.1.0).wrapping_add(head_counts));
        whole_slots(tokens, counts, topic, |slot| sum += scorer.weight(slot));
        scorer.odds(sum)
    }
}

/// Tokens that are looked at.
pub(crate) const LONGEST: usize = 60;
