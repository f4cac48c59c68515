//! How much a stretch of text reads like the caption of a picture.

use crate::lexicon::Class;
use crate::scorer::{Scorer, Slot, slot};
use crate::token::{Shape, Token};
use crate::topic::Topic;

/// The slots of tokens `first..last`; the stop at its end is not seen.
#[inline(always)]
pub(crate) fn slots(tokens: &[Token], topic: &Topic, mut emit: impl FnMut(Slot)) {
    let marks = tokens.iter().rev().take_while(|t| !t.is_word() && !t.is_closer()).count();
    let tokens = &tokens[..(tokens.len() - marks).max(1)];
    let (mut words, mut upper, mut commas, mut digits, mut quotes, mut verbs) =
        (0u32, 0u32, 0u32, 0u32, 0u32, 0u32);
    let mut before = 3;
    let mut known = [0u32; 2];
    for token in tokens.iter().take(LONGEST) {
        emit(slot(1, token.key, 0));
        emit(slot(2, before, token.key));
        before = token.key;
        words += u32::from(token.is_word());
        if token.is_word() {
            for (known, has) in known.iter_mut().zip(topic.have(token.key)) {
                *known += u32::from(has);
            }
        }
        upper += u32::from(token.is_upper());
        digits += u32::from(token.is_digit());
        verbs += u32::from(token.is_lower() & token.is(Class::VERB));
        if !token.is_word() {
            commas += u32::from(token.is_mark(','));
            quotes += u32::from(matches!(token.mark(), '“' | '”' | '"'));
        }
    }
    let (Some(head), Some(tail)) = (tokens.first(), tokens.last()) else { return };
    let second = tokens.get(1).map_or(4, |t| t.key);
    let share = (upper * 8).checked_div(words).unwrap_or(0);
    let length = tokens.len().min(LONGEST) as u32;
    emit(slot(3, head.key, 0));
    emit(slot(4, head.key, second));
    emit(slot(5, tail.key, 0));
    emit(slot(6, length / 3, 0));
    emit(slot(7, share, length / 8));
    emit(slot(8, commas.min(4), length / 8));
    emit(slot(9, digits.min(3), quotes.min(3)));
    emit(slot(10, verbs.min(4), length / 8));
    let caps = u32::from(head.shape.has(Shape::CAPS));
    emit(slot(11, caps, u32::from(head.is(Class::OPENER))));
    emit(slot(12, u32::from(head.is(Class::SIGHT)), 0));
    emit(slot(13, 0, 0));
    for (i, (known, is)) in (14..).zip(known.into_iter().zip(topic.are())) {
        emit(slot(i, if is { known.min(7) } else { 8 }, length / 5));
    }
}

/// Log odds that tokens are the caption of a picture.
pub(crate) fn score(tokens: &[Token], topic: &Topic, scorer: &Scorer) -> f32 {
    let mut sum = 0;
    slots(tokens, topic, |slot| sum += scorer.weight(slot));
    scorer.odds(sum)
}

/// Tokens that are looked at.
const LONGEST: usize = 60;
