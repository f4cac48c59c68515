//! Atoms: the smallest pieces that no later stage needs to cut.
//!
//! An atom is a maximal run of letters, digits and combining marks, or one other character that
//! is no white space. On the treebank every word is a whole number of atoms.

use crate::Span;
use crate::keys::{Packing, hashed};
use crate::letters::{Code, Letter};

/// What an atom is made of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum AtomKind {
    /// Letters, perhaps with digits: `Bộ`, `ADMM`, `M22`.
    Letters,
    /// ASCII digits only: `2018`.
    Digits,
    /// One punctuation mark or symbol: `.`, `“`, `+`.
    Mark,
}

/// One atom of a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Atom {
    /// Where it stands, in UTF-8 bytes.
    pub span: Span,
    /// What it is made of.
    pub kind: AtomKind,
}

/// The atoms of `text` in order; white space is passed over. One pass, no allocation.
pub fn atoms(text: &str) -> Atoms<'_> {
    Atoms { text, at: 0 }
}

/// The atoms of `text` with their matching keys, those of [`syllable_key`](crate::keys): both in
/// one pass over the letters. No allocation, except for the keys of long foreign words.
pub fn keyed(text: &str) -> impl Iterator<Item = (Atom, u64)> {
    let mut atoms = atoms(text);
    std::iter::from_fn(move || {
        let mut packing = Packing::default();
        let atom = atoms.read(&mut packing)?;
        let surface = &text[atom.span];
        let key = if atom.kind == AtomKind::Mark { hashed(surface) } else { packing.key(surface) };
        Some((atom, key))
    })
}

/// Iterator over the atoms of a text.
#[derive(Clone, Debug)]
pub struct Atoms<'a> {
    text: &'a str,
    at: usize,
}

impl Iterator for Atoms<'_> {
    type Item = Atom;

    fn next(&mut self) -> Option<Atom> {
        self.read(&mut ())
    }
}

impl Atoms<'_> {
    #[inline]
    fn read(&mut self, letters: &mut impl Letters) -> Option<Atom> {
        let bytes = self.text.as_bytes();
        let character = |at: usize| self.text[at..].chars().next();
        let mut start = self.at;
        loop {
            match *bytes.get(start)? {
                b' ' | b'\t'..=b'\r' => start += 1,
                0..0x80 => break,
                _ if Code::at(bytes, start).is_some() => break,
                _ => match character(start) {
                    Some(c) if c.is_whitespace() => start += c.len_utf8(),
                    _ => break,
                },
            }
        }
        let mut end = start;
        let mut kind = AtomKind::Digits;
        while let Some(byte) = bytes.get(end) {
            if byte.is_ascii_alphabetic() {
                letters.plain(*byte);
                kind = AtomKind::Letters;
                end += 1;
            } else if byte.is_ascii_digit() {
                letters.digit(*byte);
                end += 1;
            } else if byte.is_ascii() {
                break;
            } else if let Some((code, len)) = Code::at(bytes, end) {
                letters.letter(code);
                kind = AtomKind::Letters;
                end += len;
            } else {
                match character(end) {
                    Some(c) if is_alphanumeric(c) => {
                        letters.other();
                        kind = AtomKind::Letters;
                        end += c.len_utf8();
                    }
                    _ => break,
                }
            }
        }
        if end == start {
            kind = AtomKind::Mark;
            end += character(start)?.len_utf8();
        }
        self.at = end;
        Some(Atom { span: Span::new(start, end), kind })
    }
}

/// What watches the characters of an atom go by.
trait Letters {
    /// An ASCII letter.
    fn plain(&mut self, letter: u8);
    fn letter(&mut self, code: Code);
    fn digit(&mut self, digit: u8);
    fn other(&mut self);
}

impl Letters for () {
    fn plain(&mut self, _: u8) {}
    fn letter(&mut self, _: Code) {}
    fn digit(&mut self, _: u8) {}
    fn other(&mut self) {}
}

impl Letters for Packing {
    fn plain(&mut self, letter: u8) {
        self.plain(letter);
    }
    fn letter(&mut self, code: Code) {
        self.letter(code);
    }
    fn digit(&mut self, digit: u8) {
        self.digit(digit);
    }
    fn other(&mut self) {
        self.other();
    }
}

/// True for what runs together into one atom: letters, digits, combining marks.
pub fn is_alphanumeric(c: char) -> bool {
    if c.is_ascii() {
        return c.is_ascii_alphanumeric();
    }
    // Dashes, quotation marks and the like, which stand in any text.
    if matches!(c, '\u{2000}'..='\u{206F}') {
        return false;
    }
    Letter::of(c).is_some()
        || c.is_alphanumeric()
        || unicode_normalization::char::is_combining_mark(c)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::keys::syllable_key;

    fn surfaces(text: &str) -> Vec<&str> {
        atoms(text).map(|atom| &text[atom.span]).collect()
    }

    #[test]
    fn marks_stand_alone_and_letters_run_together() {
        assert_eq!(
            surfaces("“V.N. Drozhzhov” dự ADMM+ ngày 20-11."),
            [
                "“",
                "V",
                ".",
                "N",
                ".",
                "Drozhzhov",
                "”",
                "dự",
                "ADMM",
                "+",
                "ngày",
                "20",
                "-",
                "11",
                "."
            ]
        );
    }

    #[test]
    fn a_decomposed_letter_stays_with_its_marks() {
        assert_eq!(
            surfaces("Bo\u{323}\u{302}  quo\u{302}\u{301}c"),
            ["Bo\u{323}\u{302}", "quo\u{302}\u{301}c"]
        );
        assert!(surfaces(" \u{a0}\n").is_empty());
    }

    #[test]
    fn general_punctuation_has_no_letter_and_no_combining_mark() {
        for c in '\u{2000}'..='\u{206F}' {
            let mark = unicode_normalization::char::is_combining_mark(c);
            assert!(!c.is_alphanumeric() && !mark, "{c:?}");
        }
    }

    proptest! {
        #[test]
        fn keyed_atoms_are_the_atoms_with_their_keys(text in "[ \n\u{a0}a-zA-Zđàộữ0-9.,“”–пλΣ中Ⅳ١\u{301}]{0,40}|\\PC{0,20}") {
            let found: Vec<_> = keyed(&text).collect();
            let plain: Vec<_> = atoms(&text).map(|a| (a, syllable_key(&text[a.span]))).collect();
            prop_assert_eq!(found, plain);
        }

        #[test]
        fn what_lies_between_atoms_is_white_space(text in "[ \n\u{a0}a-zA-Zđàộữ0-9.,“”–пλΣ中Ⅳ١\u{301}]{0,40}|\\PC{0,20}") {
            let mut at = 0;
            for atom in atoms(&text) {
                prop_assert!(text[at..atom.span.start()].chars().all(char::is_whitespace));
                let surface = &text[atom.span];
                match atom.kind {
                    AtomKind::Mark => prop_assert!(surface.chars().count() == 1 && !surface.chars().all(is_alphanumeric)),
                    AtomKind::Digits => prop_assert!(surface.bytes().all(|b| b.is_ascii_digit())),
                    AtomKind::Letters => prop_assert!(surface.chars().all(is_alphanumeric)),
                }
                at = atom.span.end();
            }
            prop_assert!(text[at..].chars().all(char::is_whitespace));
        }
    }
}
