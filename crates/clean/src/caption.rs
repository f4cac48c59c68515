//! How much a stretch of text reads like the caption of a picture.

use crate::lexicon::Class;
use crate::page::Page;
use crate::scorer::hash;
use crate::token::Shape;

/// The features of tokens `first..last`; the stop at its end is not seen.
pub(crate) fn features(page: &Page, first: usize, last: usize, out: &mut Vec<u32>) {
    out.clear();
    let mut last = last;
    while last > first + 1 && !page.tokens[last - 1].is_word() && !page.tokens[last - 1].is_closer()
    {
        last -= 1;
    }
    let tokens = &page.tokens[first..last];
    let (mut words, mut upper, mut commas, mut digits, mut quotes, mut verbs) =
        (0u32, 0u32, 0u32, 0u32, 0u32, 0u32);
    let mut before = 3;
    for token in tokens.iter().take(60) {
        out.push(hash(1, token.key, 0));
        out.push(hash(2, before, token.key));
        before = token.key;
        words += u32::from(token.is_word());
        upper += u32::from(token.is_upper());
        digits += u32::from(token.is_digit());
        commas += u32::from(token.is_mark(','));
        quotes += u32::from(matches!(token.mark(), '“' | '”' | '"'));
        verbs += u32::from(token.is_lower() && token.is(Class::VERB));
    }
    let (Some(head), Some(tail)) = (tokens.first(), tokens.last()) else { return };
    let second = tokens.get(1).map_or(4, |t| t.key);
    let share = (upper * 8).checked_div(words).unwrap_or(0);
    let length = tokens.len().min(60) as u32;
    out.extend([
        hash(3, head.key, 0),
        hash(4, head.key, second),
        hash(5, tail.key, 0),
        hash(6, length / 3, 0),
        hash(7, share, length / 8),
        hash(8, commas.min(4), length / 8),
        hash(9, digits.min(3), quotes.min(3)),
        hash(10, verbs.min(4), length / 8),
        hash(11, u32::from(head.shape.has(Shape::CAPS)), u32::from(head.is(Class::OPENER))),
        hash(12, u32::from(head.is(Class::SIGHT)), 0),
        hash(13, 0, 0),
    ]);
}
