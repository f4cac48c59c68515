//! A word by its characters: the key that folds its spellings, and its shape.

use std::sync::LazyLock;

use bantin_text::letters::Letter;

use crate::token::Shape;

const MULTIPLIER: u32 = 0x9E37_79B1;

/// What a character of the Latin script adds to a token: its letter without tone and case, its
/// tone, and bits of shape; 0 for what is neither letter nor digit.
static CHARACTERS: LazyLock<Box<[u32; LATIN + 0x100]>> = LazyLock::new(|| {
    let mut table = Box::new([0u32; LATIN + 0x100]);
    for c in ('\0'..='\u{36F}').chain('\u{1E00}'..='\u{1EFF}') {
        let Some(entry) = place(c).and_then(|place| table.get_mut(place)) else { continue };
        let (lower, tone, upper) = if let Some(letter) = Letter::of(c) {
            (letter.base, letter.tone as u32, letter.upper)
        } else if c.is_ascii_digit() {
            (c, 0, false)
        } else if !c.is_ascii() && bantin_text::atoms::is_alphanumeric(c) {
            (c.to_lowercase().next().unwrap_or(c), 0, c.is_uppercase())
        } else {
            continue;
        };
        let letter = !c.is_ascii_digit();
        let marked = !c.is_ascii() && Letter::of(c).is_some();
        let bit = |is: bool, bit: u32| if is { bit } else { 0 };
        *entry = lower as u32
            | (tone << 16)
            | bit(upper, IS_UPPER)
            | bit(letter, IS_LETTER)
            | bit(marked, IS_MARKED);
    }
    table
});

/// Characters below the first that is no letter or mark of the Latin script.
const LATIN: usize = 0x370;

/// Where the table has a character.
#[inline]
fn place(c: char) -> Option<usize> {
    match c as usize {
        low @ ..LATIN => Some(low),
        code @ 0x1E00..=0x1EFF => Some(code - 0x1E00 + LATIN),
        _ => None,
    }
}

const IS_UPPER: u32 = 1 << 20;
const IS_LETTER: u32 = 1 << 21;
const IS_MARKED: u32 = 1 << 22;

/// The entry of a character that the table does not reach.
fn beyond(c: char) -> u32 {
    if !bantin_text::atoms::is_alphanumeric(c) {
        return 0;
    }
    let lower = c.to_lowercase().next().unwrap_or(c) as u32;
    let upper = if c.is_uppercase() { IS_UPPER } else { 0 };
    ((lower ^ (lower >> 16)) & 0xFFFF) | upper | IS_LETTER
}

/// True for what words are made of.
pub(crate) fn is_part(c: char) -> bool {
    entry(c) != 0
}

#[inline]
fn entry(c: char) -> u32 {
    place(c).map_or_else(|| beyond(c), |place| CHARACTERS[place])
}

/// Key and shape of a word, a run of characters that are parts of words.
pub(crate) fn read(word: &str) -> (u32, Shape) {
    let mut key = 0u32;
    let mut tone = 0;
    let mut shape = Shape::WORD;
    let (mut count, mut letters, mut capitals, mut seen) = (0u32, 0u32, 0u32, 0u32);
    for c in word.chars() {
        let entry = entry(c);
        if count == 0 {
            shape.add(match entry & (IS_UPPER | IS_LETTER) {
                0 => Shape::DIGIT,
                IS_LETTER => Shape::LOWER,
                _ => Shape::UPPER,
            });
        }
        count += 1;
        letters += u32::from(entry & IS_LETTER != 0);
        capitals += u32::from(entry & IS_UPPER != 0);
        seen |= entry;
        let marked = entry >> 16 & 7;
        tone = if marked != 0 { marked } else { tone };
        key = (key.rotate_left(5) ^ (entry & 0xFFFF)).wrapping_mul(MULTIPLIER);
    }
    if seen & IS_MARKED != 0 {
        shape.add(Shape::MARKED);
    }
    if count == 1 {
        shape.add(Shape::SINGLE);
    }
    if letters > 1 && letters == capitals {
        shape.add(Shape::CAPS);
    }
    (finish(key, tone), shape)
}

/// Keys of words stay clear of the keys of marks, which are their code points.
fn finish(key: u32, tone: u32) -> u32 {
    (key.rotate_left(5) ^ tone).wrapping_mul(MULTIPLIER) | 1 << 31
}

/// Key of one word or mark of a phrase. For tables.
pub(crate) fn key_of(word: &str) -> u32 {
    match word.chars().next() {
        Some(mark) if !is_part(mark) => mark as u32,
        _ => read(word).0,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_fold_case_and_the_place_of_the_tone() {
        assert_eq!(key_of("HÒA"), key_of("hoà"));
        assert_ne!(key_of("hòa"), key_of("hóa"));
        assert_ne!(key_of("."), key_of("a"));
    }
}
