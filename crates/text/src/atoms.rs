//! Atoms: the smallest pieces that no later stage needs to cut.
//!
//! An atom is a maximal run of letters, digits and combining marks, or one other character that
//! is no white space. On the treebank every word is a whole number of atoms.

use crate::Span;
use crate::letters::Letter;

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

/// Iterator over the atoms of a text.
#[derive(Clone, Debug)]
pub struct Atoms<'a> {
    text: &'a str,
    at: usize,
}

impl Iterator for Atoms<'_> {
    type Item = Atom;

    fn next(&mut self) -> Option<Atom> {
        let rest = &self.text[self.at..];
        let start = self.at + (rest.len() - rest.trim_start().len());
        let mut end = start;
        let mut kind = AtomKind::Digits;
        for c in self.text[start..].chars() {
            if !is_alphanumeric(c) {
                if end == start {
                    kind = AtomKind::Mark;
                    end += c.len_utf8();
                }
                break;
            }
            if !c.is_ascii_digit() {
                kind = AtomKind::Letters;
            }
            end += c.len_utf8();
        }
        self.at = end;
        (end > start).then(|| Atom { span: Span::new(start, end), kind })
    }
}

/// True for what runs together into one atom: letters, digits, combining marks.
pub fn is_alphanumeric(c: char) -> bool {
    if c.is_ascii() {
        return c.is_ascii_alphanumeric();
    }
    Letter::of(c).is_some()
        || c.is_alphanumeric()
        || unicode_normalization::char::is_combining_mark(c)
}

#[cfg(test)]
mod tests {
    use super::*;

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
}
