//! Where sentences end inside a paragraph: rules over atoms, each with its code.
//!
//! A stop mark ends a sentence when what follows can begin one and what stands before is no
//! abbreviation, initial or item number. Closing marks and a full stop behind them stay with the
//! sentence. Glued sentences need no rule here: the view has already set them apart.

use std::ops::Range;

use bantin_text::glue::is_abbreviation;

use crate::atom::{Atom, Look};

/// The end of a sentence and the rule that set it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Ending {
    /// Number of the first atom behind the sentence.
    pub(crate) atom: usize,
    /// Code of the rule.
    pub(crate) rule: &'static str,
}

/// The endings inside one paragraph, the last atom's included.
pub(crate) fn endings(text: &str, atoms: &[Atom], found: &mut Vec<Ending>) {
    found.clear();
    let mut paragraph = Paragraph { text, atoms, begin: 0, quote: None, depth: 0 };
    let mut at = 0;
    while let Some(next) = atoms[at..].iter().position(|atom| atom.look.is_border()) {
        at += next;
        match atoms[at].look {
            Look::Quote => paragraph.quotation_mark(at),
            Look::Open if paragraph.is_bracket(at) => paragraph.depth += 1,
            Look::Close if paragraph.is_bracket(at) => {
                paragraph.depth = paragraph.depth.saturating_sub(1);
            }
            Look::Stop => {
                let run = paragraph.run(at);
                if run.end < atoms.len()
                    && let Some(rule) = paragraph.rule(at, &run)
                {
                    found.push(Ending { atom: run.end, rule });
                    paragraph.begin = run.end;
                    paragraph.depth = 0;
                }
                paragraph.pass(at..run.end);
                at = run.end;
                continue;
            }
            _ => {}
        }
        at += 1;
    }
    if paragraph.begin < atoms.len() {
        found.push(Ending { atom: atoms.len(), rule: "S201" });
    }
}

struct Paragraph<'a> {
    text: &'a str,
    atoms: &'a [Atom],
    /// First atom of the sentence.
    begin: usize,
    /// Where the last straight quotation mark opened, when it is still open.
    quote: Option<usize>,
    /// Brackets that are open.
    depth: usize,
}

/// Stops with the closing marks and further stops behind them.
struct Run {
    /// Number of stop marks before any closing mark.
    stops: usize,
    /// Behind the last atom that belongs to the sentence.
    end: usize,
    /// A quotation mark or bracket closed.
    closed: bool,
}

/// A bracket that has not closed after so many atoms never will.
const LONGEST_BRACKET: usize = 80;

impl Paragraph<'_> {
    fn run(&self, at: usize) -> Run {
        let mut end = at + 1;
        while self.is(end, Look::Stop) && self.touches(end) {
            end += 1;
        }
        // The end mark of agency text: "quan tâm./."
        if self.surface(end) == "/" && self.touches(end) && self.is(end + 1, Look::Stop) {
            end += 2;
        }
        let stops = end - at;
        let mut closed = false;
        let mut quote = self.quote;
        loop {
            let next = match self.look(end) {
                Some(Look::Close) => true,
                Some(Look::Quote) => {
                    let closes = self.closes(end, quote.is_some());
                    if closes {
                        quote = None;
                    }
                    closes
                }
                // `không?".` and `… ".`: the stop behind the quotation mark is the same sentence.
                Some(Look::Stop) => closed,
                _ => false,
            };
            if !next {
                return Run { stops, end, closed };
            }
            closed = true;
            end += 1;
        }
    }

    /// Marks that a run passes over still open and close.
    fn pass(&mut self, atoms: Range<usize>) {
        for at in atoms {
            match self.look(at) {
                Some(Look::Quote) => self.quotation_mark(at),
                Some(Look::Close) if self.is_bracket(at) => {
                    self.depth = self.depth.saturating_sub(1);
                }
                _ => {}
            }
        }
    }

    fn quotation_mark(&mut self, at: usize) {
        self.quote = if self.closes(at, self.quote.is_some()) { None } else { Some(at) };
    }

    /// Whether the straight quotation mark at `at` closes: by the space around it, else by whether
    /// one is open.
    fn closes(&self, at: usize, open: bool) -> bool {
        let space_before = !self.touches(at);
        let space_after = at + 1 >= self.atoms.len() || !self.touches(at + 1);
        match (space_before, space_after) {
            // `đi thôi... " .` and `đi thôi " - anh nói`: the space before is no news.
            (true, true) => {
                open || matches!(self.look(at + 1), Some(Look::Stop | Look::Dash | Look::Other))
            }
            (true, false) => matches!(self.look(at + 1), Some(Look::Stop | Look::Other)) && open,
            (false, true) => true,
            (false, false) => {
                open || !matches!(
                    self.look(at + 1),
                    Some(Look::Lower | Look::Capital | Look::Digits)
                )
            }
        }
    }

    /// The rule that ends the sentence behind `run`, which begins at `at`.
    fn rule(&self, at: usize, run: &Run) -> Option<&'static str> {
        let next = run.end;
        if self.touches(next) {
            return None; // "10.000", "V.N.": what stands close goes on
        }
        if at == self.begin {
            return None; // "... Rồi cũng chính con sông này"
        }
        if self.depth > 0 && !run.closed && self.bracket_closes(next) {
            return None;
        }
        let mut first = next;
        while matches!(self.look(first), Some(Look::Open | Look::Quote)) {
            first += 1;
        }
        let opened = first > next;
        match self.look(first)? {
            Look::Capital | Look::Upper => {}
            // "là... 98 - 100%" and "và cô. (21 tuổi)" go on.
            Look::Digits
                if (!opened || self.is(next, Look::Quote)) && (run.stops == 1 || run.closed) => {}
            // `hiếm có này. "bắt kiểu này …`, but `"Đi đâu?" anh hỏi`
            Look::Lower if self.is(next, Look::Quote) && !run.closed => {}
            // `. - Ông nói`, `. * Trước đó`, but `"Đi đâu?" - Ông hỏi`
            Look::Dash | Look::Bullet
                if !opened
                    && !run.closed
                    && matches!(self.look(first + 1), Some(Look::Capital | Look::Upper)) => {}
            // "chiến huynh đệ. ... Rồi cũng"
            Look::Stop
                if run.stops == 1
                    && self.surface(at) == "."
                    && self.ellipsis_and_capital(first) => {}
            _ => return None,
        }
        if run.stops > 1 || run.closed || self.surface(at) != "." {
            return Some("S202");
        }
        self.full_stop(at, first, opened)
    }

    /// A single full stop at `at` with nothing behind it but the sentence that begins at `first`.
    fn full_stop(&self, at: usize, first: usize, opened: bool) -> Option<&'static str> {
        if !self.touches(at) {
            return Some("S203"); // "ngày 07 tháng 8 ."
        }
        let before = self.surface(at - 1);
        let capital = matches!(self.look(first), Some(Look::Capital | Look::Upper));
        let starter = || capital && STARTERS.binary_search(&self.surface(first)).is_ok();
        let opens_sentence = at - 1 == self.begin;
        let keeps = match self.atoms[at - 1].look {
            // "1. Mở đầu" numbers an item.
            Look::Digits => opens_sentence && before.len() <= 2 && !opened,
            Look::Upper if before.chars().nth(1).is_none() => {
                // "V. Putin", "Q. 1", but "vitamin A. Trong"
                !starter() || opens_sentence
            }
            Look::Upper
                if opens_sentence && before.bytes().all(|b| matches!(b, b'I' | b'V' | b'X')) =>
            {
                true
            }
            // "h. Củ Chi", but "500 m. Phía sau" and "v.v. Ngoài ra"
            Look::Lower if before.chars().nth(1).is_none() => {
                before.is_ascii()
                    && at >= 2
                    && !matches!(self.look(at - 2), Some(Look::Digits | Look::Stop))
                    && !starter()
            }
            _ => is_abbreviation(before) && !starter(),
        };
        (!keeps).then_some("S203")
    }

    fn ellipsis_and_capital(&self, at: usize) -> bool {
        let mut end = at + 1;
        while self.is(end, Look::Stop) && self.touches(end) {
            end += 1;
        }
        (end > at + 1 || self.surface(at) == "…") && self.is(end, Look::Capital)
    }

    fn bracket_closes(&self, from: usize) -> bool {
        let end = self.atoms.len().min(from + LONGEST_BRACKET);
        (from..end).any(|at| self.look(at) == Some(Look::Close) && self.is_bracket(at))
    }

    /// True for round and square brackets; sentences inside quotation marks are set apart.
    fn is_bracket(&self, at: usize) -> bool {
        matches!(self.surface(at), "(" | ")" | "[" | "]")
    }

    fn look(&self, at: usize) -> Option<Look> {
        self.atoms.get(at).map(|a| a.look)
    }

    fn is(&self, at: usize, look: Look) -> bool {
        self.look(at) == Some(look)
    }

    /// True when no space stands before the atom.
    fn touches(&self, at: usize) -> bool {
        at > 0 && at < self.atoms.len() && self.atoms[at - 1].end == self.atoms[at].start
    }

    fn surface(&self, at: usize) -> &str {
        self.atoms.get(at).map_or("", |a| &self.text[a.start as usize..a.end as usize])
    }
}

/// Words that begin a sentence and hardly follow an abbreviation as part of a name. Sorted by
/// bytes.
const STARTERS: [&str; 76] = [
    "Ai", "Anh", "Bà", "Bằng", "Bị", "Bởi", "Cho", "Chính", "Chúng", "Chị", "Cuối", "Các", "Cách",
    "Còn", "Có", "Cùng", "Cả", "Do", "Dù", "Dưới", "Hiện", "Họ", "Khi", "Không", "Kể", "Là", "Làm",
    "Lúc", "Mà", "Mặc", "Mỗi", "Một", "Nay", "Ngay", "Ngoài", "Ngày", "Nhiều", "Như", "Nhưng",
    "Những", "Nó", "Nếu", "Phải", "Qua", "Rất", "Rồi", "Sau", "Theo", "Thì", "Thật", "Trong",
    "Trên", "Trước", "Tuy", "Tôi", "Tại", "Tất", "Từ", "Việc", "Và", "Vào", "Vì", "Vậy", "Về",
    "Với", "Xin", "Ông", "Đang", "Đây", "Đã", "Đó", "Được", "Đến", "Để", "Đối", "Ở",
];
