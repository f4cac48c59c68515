//! How likely a sentence begins at a capitalised word that no stop stands in front of:
//! `Hiện trường vụ nổ | Theo thông tin ban đầu …`.

use crate::lexicon::Class;
use crate::page::Page;
use crate::scorer::hash;
use crate::token::{Gap, Shape, Token};

/// True where the question makes sense: a capitalised word or a number behind a word or a closing
/// mark, with a space between, not behind a word that needs one more.
pub(crate) fn is_candidate(tokens: &[Token], at: usize) -> bool {
    let Some(before) = at.checked_sub(1).map(|i| &tokens[i]) else { return false };
    let token = &tokens[at];
    let opens = token.is_upper() || token.is_digit() || matches!(token.mark(), '“' | '"');
    opens
        && token.gap == Gap::One
        && (before.is_word() || before.is_closer() || before.is_mark('%'))
        && !(before.is_lower() && before.is(Class::FUNCTION))
}

/// The features of the question whether a sentence begins at `at`, in a unit that began at
/// `start` and ends at `end`.
pub(crate) fn features(page: &Page, start: usize, at: usize, end: usize, out: &mut Vec<u32>) {
    out.clear();
    let tokens = &page.tokens;
    let key = |i: usize| if i < end { tokens[i].key } else { 1 };
    let back = |n: usize| if at >= start + n { tokens[at - n].key } else { 2 };
    let shape = |i: usize| -> u32 {
        if i < start || i >= end {
            return 7;
        }
        let t = &tokens[i];
        if !t.is_word() {
            6
        } else if t.is_digit() {
            5
        } else if t.shape.has(Shape::CAPS) {
            4
        } else if t.is_upper() {
            2 + u32::from(t.shape.has(Shape::MARKED))
        } else {
            u32::from(t.shape.has(Shape::MARKED))
        }
    };
    let run_before = (1..5).take_while(|n| at >= start + n && tokens[at - n].is_upper()).count();
    let run_behind = (0..6).take_while(|n| at + n < end && tokens[at + n].is_upper()).count();
    let behind = at + run_behind;
    let opener = u32::from(tokens[at].is(Class::OPENER))
        + 2 * u32::from(tokens[at].is(Class::STRICT_OPENER));
    let runs = (run_before * 8 + run_behind) as u32;
    let far = length_bucket(at - start);
    let repeats = u32::from(key(at) == key(start)) + u32::from(key(at + 1) == key(start + 1));
    // Written small elsewhere on the page, a word is no name; nor is the word behind it.
    let small = u32::from(page.small.has(key(at)))
        + 2 * u32::from(page.small.has(key(at + 1)))
        + 4 * u32::from(page.small.has(back(1)));
    let verb_behind = u32::from(behind < end && tokens[behind].is(Class::VERB))
        + 2 * u32::from(behind + 1 < end && tokens[behind + 1].is(Class::VERB));
    let shapes = shape(at.wrapping_sub(2)) * 512
        + shape(at.wrapping_sub(1)) * 64
        + shape(at) * 8
        + shape(at + 1);
    out.extend([
        hash(1, key(at), 0),
        hash(2, key(at), key(at + 1)),
        hash(3, back(1), 0),
        hash(4, back(1), key(at)),
        hash(5, back(2), back(1)),
        hash(6, shapes, 0),
        hash(7, key(at + 1), shape(at)),
        hash(8, runs, opener),
        hash(9, key(behind), runs),
        hash(10, far, opener),
        hash(11, repeats, opener),
        hash(12, key(at), shape(at.wrapping_sub(1)) * 8 + shape(at + 1)),
        hash(13, back(1), shape(at) * 64 + runs),
        hash(14, key(at + 2), opener),
        hash(15, back(2), opener),
        hash(16, key(at + 1), key(at + 2)),
        hash(17, length_bucket(end - at), far),
        hash(18, key(behind), key(behind + 1)),
        hash(19, small, opener),
        hash(20, small, runs),
        hash(21, back(1), key(at) ^ key(at + 1).rotate_left(7)),
        hash(22, back(2) ^ back(1).rotate_left(7), key(at)),
        hash(23, back(3) ^ back(2).rotate_left(9), back(1)),
        hash(24, key(at) ^ key(at + 1).rotate_left(7), key(at + 2)),
        hash(25, key(at), small * 16 + shape(at.wrapping_sub(1))),
        hash(26, verb_behind, opener * 64 + runs),
    ]);
}

fn length_bucket(tokens: usize) -> u32 {
    match tokens {
        0..=2 => tokens as u32,
        3..=4 => 3,
        5..=7 => 4,
        8..=11 => 5,
        12..=16 => 6,
        17..=24 => 7,
        25..=36 => 8,
        _ => 9,
    }
}
