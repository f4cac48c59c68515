//! The one coordinate system: half-open ranges of UTF-8 byte offsets.

use std::fmt;
use std::ops::{Index, Range};

/// Half-open range of UTF-8 byte offsets into one document's `text`.
///
/// Invariants: `start <= end`, both on `char` boundaries of that text.
/// Spans order by start, then longest first, which is the order of every layer.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Default)]
pub struct Span {
    start: u32,
    end: u32,
}

impl Span {
    /// A span of offsets that are known to be right.
    ///
    /// # Panics
    /// When `start > end` or `end` does not fit 32 bits; a text of 4 GiB is refused by the reader.
    pub fn new(start: usize, end: usize) -> Span {
        assert!(start <= end && end <= u32::MAX as usize, "a span from {start} to {end}");
        Span { start: start as u32, end: end as u32 }
    }

    /// The empty span at `at`: an insertion point.
    pub fn empty(at: usize) -> Span {
        Span::new(at, at)
    }

    /// A span of offsets that came from outside, checked against the text they point into.
    pub fn try_new(start: u32, end: u32, text: &str) -> Result<Span, SpanError> {
        let kind = if start > end {
            SpanErrorKind::Reversed
        } else if end as usize > text.len() {
            SpanErrorKind::OutOfBounds
        } else if !text.is_char_boundary(start as usize) || !text.is_char_boundary(end as usize) {
            SpanErrorKind::InsideCharacter
        } else {
            return Ok(Span { start, end });
        };
        Err(SpanError { start, end, len: text.len(), kind })
    }

    /// Byte offset of the first byte.
    pub fn start(self) -> usize {
        self.start as usize
    }

    /// Byte offset behind the last byte.
    pub fn end(self) -> usize {
        self.end as usize
    }

    /// Length in bytes.
    pub fn len(self) -> usize {
        (self.end - self.start) as usize
    }

    /// True for an insertion point.
    pub fn is_empty(self) -> bool {
        self.start == self.end
    }

    /// The same as a standard range.
    pub fn range(self) -> Range<usize> {
        self.start()..self.end()
    }

    /// True when `other` lies wholly inside `self`.
    pub fn contains(self, other: Span) -> bool {
        self.start <= other.start && other.end <= self.end
    }

    /// True when the two share at least one byte.
    pub fn overlaps(self, other: Span) -> bool {
        self.start < other.end && other.start < self.end
    }

    /// The span without white space at either end; empty at the start when there is nothing else.
    pub fn trim(self, text: &str) -> Span {
        let surface = &text[self];
        let start = self.start() + (surface.len() - surface.trim_start().len());
        Span::new(start, start + surface.trim().len())
    }
}

impl Ord for Span {
    fn cmp(&self, other: &Span) -> std::cmp::Ordering {
        self.start.cmp(&other.start).then(other.end.cmp(&self.end))
    }
}

impl PartialOrd for Span {
    fn partial_cmp(&self, other: &Span) -> Option<std::cmp::Ordering> {
        Some(self.cmp(other))
    }
}

impl fmt::Debug for Span {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}..{}", self.start, self.end)
    }
}

impl Index<Span> for str {
    type Output = str;

    /// The surface form.
    ///
    /// # Panics
    /// When the span belongs to another text and misses its bounds or characters.
    fn index(&self, span: Span) -> &str {
        &self[span.range()]
    }
}

impl Index<Span> for String {
    type Output = str;

    fn index(&self, span: Span) -> &str {
        &self.as_str()[span]
    }
}

/// Why two offsets are no span of a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct SpanError {
    start: u32,
    end: u32,
    len: usize,
    kind: SpanErrorKind,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum SpanErrorKind {
    Reversed,
    OutOfBounds,
    InsideCharacter,
}

impl fmt::Display for SpanError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let SpanError { start, end, len, kind } = self;
        match kind {
            SpanErrorKind::Reversed => write!(f, "span {start}..{end} ends before it starts"),
            SpanErrorKind::OutOfBounds => {
                write!(f, "span {start}..{end} leaves the text, which has {len} bytes")
            }
            SpanErrorKind::InsideCharacter => write!(
                f,
                "span {start}..{end} cuts a character in two; are the offsets UTF-8 bytes?"
            ),
        }
    }
}

impl std::error::Error for SpanError {}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn offsets_from_outside_are_checked_against_the_text() {
        let text = "Bộ"; // B is one byte, ộ three
        assert_eq!(Span::try_new(0, 4, text), Ok(Span::new(0, 4)));
        let message = |s, e| Span::try_new(s, e, text).unwrap_err().to_string();
        assert_eq!(message(2, 1), "span 2..1 ends before it starts");
        assert_eq!(message(0, 5), "span 0..5 leaves the text, which has 4 bytes");
        assert_eq!(
            message(0, 2),
            "span 0..2 cuts a character in two; are the offsets UTF-8 bytes?"
        );
    }

    #[test]
    fn spans_sort_by_start_then_longest_first() {
        let mut spans = [Span::new(3, 4), Span::new(0, 2), Span::new(0, 9)];
        spans.sort();
        assert_eq!(spans, [Span::new(0, 9), Span::new(0, 2), Span::new(3, 4)]);
    }

    #[test]
    fn trimming_leaves_the_surface_without_white_space() {
        let text = "  Hà Nội\u{a0}\n";
        assert_eq!(&text[Span::new(0, text.len()).trim(text)], "Hà Nội");
        assert!(Span::new(0, 2).trim(text).is_empty());
    }
}
