//! The clean text as a view of the source: what is kept, with its repairs.

use crate::Span;

/// A repair of the source: what stands in `span` reads as `insert` in the view.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Replacement<'a> {
    /// Bytes of the source that are replaced; empty for an insertion.
    pub span: Span,
    /// What the view shows instead; empty for a deletion.
    pub insert: &'a str,
}

impl<'a> Replacement<'a> {
    /// A repair of `span` that reads as `insert`.
    pub fn new(span: Span, insert: &'a str) -> Replacement<'a> {
        Replacement { span, insert }
    }
}

/// Kept text with its repairs made, and the way back to the source.
///
/// The map is a sparse sorted list searched by bisection (the idea is lindera's);
/// a table per byte would cost sixteen bytes per byte.
#[derive(Clone, Debug, Default)]
pub struct View {
    text: String,
    pieces: Vec<Piece>,
}

/// A stretch of the view that was copied, or that a replacement put in.
#[derive(Clone, Copy, Debug)]
struct Piece {
    view: Span,
    source: Span,
    copied: bool,
}

impl View {
    /// The view of `kept` stretches of `source` with `repairs` made inside them.
    ///
    /// Both are sorted by start and neither overlaps itself; a repair that lies outside the kept
    /// stretches is passed over. Where a stretch is left out between two letters without any
    /// space, a line feed takes its place, so that no word is made of two.
    pub fn new(
        source: &str,
        kept: impl IntoIterator<Item = Span>,
        repairs: &[Replacement<'_>],
    ) -> View {
        let mut view = View { text: String::with_capacity(source.len()), pieces: Vec::new() };
        let mut repairs = repairs.iter().peekable();
        let mut end_of_last = None;
        for span in kept {
            while repairs.next_if(|r| r.span.start() < span.start()).is_some() {}
            if end_of_last.is_some_and(|end| end < span.start())
                && !view.text.ends_with(char::is_whitespace)
                && !source[span].starts_with(char::is_whitespace)
            {
                view.push(Span::new(end_of_last.unwrap_or(0), span.start()), "\n", false);
            }
            end_of_last = Some(span.end());
            let mut at = span.start();
            while let Some(repair) =
                repairs.next_if(|r| r.span.end() <= span.end() && r.span.start() < span.end())
            {
                if repair.span.start() < at {
                    continue;
                }
                view.push(
                    Span::new(at, repair.span.start()),
                    &source[at..repair.span.start()],
                    true,
                );
                view.push(repair.span, repair.insert, false);
                at = repair.span.end();
            }
            view.push(Span::new(at, span.end()), &source[at..span.end()], true);
        }
        view
    }

    fn push(&mut self, source: Span, text: &str, copied: bool) {
        if text.is_empty() {
            return; // a deletion leaves no bytes that would need to map back
        }
        let start = self.text.len();
        self.text.push_str(text);
        let view = Span::new(start, self.text.len());
        match self.pieces.last_mut() {
            Some(last) if copied && last.copied && last.source.end() == source.start() => {
                last.view = Span::new(last.view.start(), view.end());
                last.source = Span::new(last.source.start(), source.end());
            }
            _ => self.pieces.push(Piece { view, source, copied }),
        }
    }

    /// What a reader sees: UTF-8, its own byte offsets.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// The source span that a span of the view came from.
    ///
    /// A view byte that was put in maps to the bytes it replaced. An empty span maps to the
    /// position of the byte behind it.
    pub fn to_source(&self, span: Span) -> Span {
        let start = self.position(span.start());
        if span.is_empty() {
            return Span::empty(start);
        }
        let last = self.piece_at(span.end() - 1);
        let end = match last {
            Some(piece) if piece.copied => piece.source.start() + (span.end() - piece.view.start()),
            Some(piece) => piece.source.end(),
            None => start,
        };
        Span::new(start, end.max(start))
    }

    /// The view span that shows `source`, or `None` when none of it is kept.
    pub fn to_view(&self, source: Span) -> Option<Span> {
        let mut found: Option<Span> = None;
        let first = self.pieces.partition_point(|p| p.source.end() <= source.start());
        for piece in &self.pieces[first..] {
            if piece.source.start() >= source.end() {
                break;
            }
            let shown = if piece.copied {
                let start = piece.source.start().max(source.start()) - piece.source.start();
                let end = piece.source.end().min(source.end()) - piece.source.start();
                Span::new(piece.view.start() + start, piece.view.start() + end)
            } else {
                piece.view
            };
            found = Some(match found {
                Some(before) => Span::new(before.start(), shown.end()),
                None => shown,
            });
        }
        found
    }

    /// How far the source stands behind the view inside `span`, when all of it was copied from one
    /// stretch: then adding it maps every position without a search.
    pub fn shift(&self, span: Span) -> Option<isize> {
        let piece = self.piece_at(span.start()).filter(|p| p.copied && p.view.contains(span))?;
        Some(piece.source.start() as isize - piece.view.start() as isize)
    }

    fn piece_at(&self, at: usize) -> Option<&Piece> {
        let after = self.pieces.partition_point(|p| p.view.start() <= at);
        after.checked_sub(1).map(|i| &self.pieces[i])
    }

    fn position(&self, at: usize) -> usize {
        match self.piece_at(at) {
            None => 0,
            Some(piece) if piece.copied => {
                piece.source.start() + (at - piece.view.start()).min(piece.source.len())
            }
            Some(piece) => piece.source.start(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn a_removed_stretch_between_letters_leaves_a_line_feed() {
        let text = "tan họp.Ảnh: LinhÔng nói";
        let cut = text.find("Ảnh").unwrap()..text.find("Ông").unwrap();
        let view = View::new(text, [Span::new(0, cut.start), Span::new(cut.end, text.len())], &[]);
        assert_eq!(view.text(), "tan họp.\nÔng nói");
    }

    #[test]
    fn a_replaced_stretch_maps_to_what_it_replaced() {
        let text = "nhiều người quan tâm./.";
        let mark = text.find("./.").unwrap();
        let view = View::new(
            text,
            [Span::new(0, text.len())],
            &[Replacement::new(Span::new(mark, mark + 3), ".")],
        );
        assert_eq!(view.text(), "nhiều người quan tâm.");
        assert_eq!(view.to_source(Span::new(mark, mark + 1)), Span::new(mark, mark + 3));
        assert_eq!(view.to_view(Span::new(mark, mark + 3)), Some(Span::new(mark, mark + 1)));
    }

    proptest! {
        /// Every character that was copied is found again at the place it came from.
        #[test]
        fn copied_characters_map_back(words in prop::collection::vec("[a-zàộĐ .\n]{0,6}", 1..12), drop in prop::collection::vec(any::<bool>(), 12)) {
            let text = words.concat();
            let mut kept = Vec::new();
            let mut at = 0;
            for (word, drop) in words.iter().zip(drop) {
                if !drop && !word.is_empty() { kept.push(Span::new(at, at + word.len())); }
                at += word.len();
            }
            let view = View::new(&text, kept, &[]);
            let mut copied = String::new();
            for (at, c) in view.text().char_indices() {
                let source = view.to_source(Span::new(at, at + c.len_utf8()));
                if text[source].len() == c.len_utf8() && text[source].starts_with(c) {
                    prop_assert_eq!(view.to_view(source), Some(Span::new(at, at + c.len_utf8())));
                    copied.push(c);
                } else {
                    prop_assert_eq!(c, '\n');
                }
            }
            prop_assert!(copied.len() + words.len() >= view.text().len());
        }
    }
}
