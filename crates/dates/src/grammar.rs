//! The scan over a text: at every atom, the rules that may begin there, longest parse first.

use bantin_text::Span;
use bantin_text::atoms::{Atom, keyed};

use crate::calendar::Day;
use crate::token::{Lexeme, Word};
use crate::value::{Date, Unit, Value};

/// A time expression: its place, its value as written, and what it leans on.
#[derive(Clone, Debug, PartialEq)]
pub struct Expression {
    /// Where it stands, in bytes, with its trigger word and part of the day.
    pub span: Span,
    /// Its value; an anaphor (`cùng ngày`) has that of its antecedent.
    pub value: Value,
    /// What a reader must know to resolve it.
    pub anchor: Anchor,
    /// Code of the rule, one of [`crate::rules::RULES`].
    pub rule: &'static str,
    /// True for a day that is named in passing, at which nothing is told to happen: a day that is
    /// commemorated, and either end of a stretch. `cùng ngày` leans on another if there is one.
    pub aside: bool,
}

/// What an expression is counted from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Anchor {
    /// Nothing: it says what it means, except perhaps the year.
    Written,
    /// The day, month or year that the text named last, and so many units from it.
    Text(Unit, i32),
    /// The day of the document, and so many units from it: `hôm qua` is one day back.
    Document(Unit, i32),
    /// The last one before the day of the document: `tháng 1 vừa qua`.
    Last,
    /// The next one after it: `tháng 5 tới`.
    Next,
}

/// The expressions of `text`, in order; they do not overlap.
///
/// `text` is NFC, as the view of a document is.
pub fn find(text: &str) -> Vec<Expression> {
    let mut behind = 0;
    let read = keyed(text).map(|(atom, key)| {
        let lexeme = Lexeme::of(atom.kind, &text[atom.span], key);
        let new_line = text[behind..atom.span.start()].contains('\n');
        behind = atom.span.end();
        (atom, if new_line { lexeme.on_new_line() } else { lexeme })
    });
    let (atoms, lexemes): (Vec<Atom>, Vec<Lexeme>) = read.unzip();
    let mut found = Vec::new();
    find_in(text, &atoms, &lexemes, &mut found);
    found
}

/// The same for a text whose atoms have been read, those of [`keyed`], each with its lexeme, into
/// `found`, which is emptied first.
pub fn find_in(text: &str, atoms: &[Atom], lexemes: &[Lexeme], found: &mut Vec<Expression>) {
    found.clear();
    let mut scan = Scan { text, atoms, lexemes, found, floor: 0 };
    let mut at = 0;
    while let Some(ahead) = lexemes[at..].iter().position(|lexeme| lexeme.begins()) {
        at += ahead;
        scan.floor = at;
        at = scan.expression(at).unwrap_or(at + 1);
    }
    link(found);
}

/// What leads to the end of a stretch.
const TO: &[&str] = &["đến", "tới"];

/// The state of one scan.
pub(crate) struct Scan<'a> {
    pub(crate) text: &'a str,
    pub(crate) atoms: &'a [Atom],
    /// What each atom is.
    pub(crate) lexemes: &'a [Lexeme],
    pub(crate) found: &'a mut Vec<Expression>,
    /// Atoms before this one belong to an earlier expression.
    pub(crate) floor: usize,
}

/// What a rule read: the atom behind it, and the value.
pub(crate) struct Parse {
    pub(crate) next: usize,
    pub(crate) value: Value,
    pub(crate) anchor: Anchor,
    pub(crate) rule: &'static str,
}

impl Parse {
    pub(crate) fn new(next: usize, value: impl Into<Value>, rule: &'static str) -> Parse {
        Parse { next, value: value.into(), anchor: Anchor::Written, rule }
    }

    pub(crate) fn anchored(mut self, anchor: Anchor) -> Parse {
        self.anchor = anchor;
        self
    }
}

impl From<Date> for Value {
    fn from(date: Date) -> Value {
        Value::Date(date)
    }
}

impl Scan<'_> {
    /// Tries every rule at atom `at`; gives the atom to go on with when one holds.
    fn expression(&mut self, at: usize) -> Option<usize> {
        if self.lexemes[at].is_spelled() {
            // "hai" in words is the head of a length, "ngày hai tháng ba" begins before it.
            return self.counted(at).map(|parse| self.push(at, parse));
        }
        if self.lexemes[at].word() == Word::Number && self.counts_only(at) {
            return None;
        }
        if let Some(next) = self.coordination(at) {
            return Some(next);
        }
        let parse = self.clocked(at).or_else(|| self.parse(at))?;
        Some(self.push(at, parse))
    }

    /// True for figures that no rule can go on from: no year, and what stands behind them is
    /// neither a mark of dates and clocks nor a syllable of the grammar.
    fn counts_only(&self, at: usize) -> bool {
        self.digits(at) != 4
            && matches!(
                self.word(at + 1),
                Word::Other | Word::Number | Word::Clock | Word::Open | Word::Close | Word::Mark
            )
    }

    /// The longest single expression at `at`, without a clock.
    pub(crate) fn parse(&self, at: usize) -> Option<Parse> {
        self.day(at).or_else(|| self.period(at))
    }

    /// Keeps a parse and gives the atom behind it.
    pub(crate) fn push(&mut self, first: usize, mut parse: Parse) -> usize {
        let stretch = self.ends_stretch(first);
        if stretch && let Some(begin) = self.found.last_mut() {
            share_year(begin, &mut parse);
        }
        let start = self.atoms[first].span.start();
        let end = self.end(parse.next - 1);
        self.found.push(Expression {
            span: Span::new(start, end),
            value: parse.value,
            anchor: parse.anchor,
            rule: parse.rule,
            aside: stretch || self.is_aside(first, parse.next),
        });
        parse.next
    }

    /// `nhân kỷ niệm ngày thành lập 12/4/1973`, `từ ngày 31/10 đến 3/11`
    fn is_aside(&self, first: usize, next: usize) -> bool {
        let begins = self.before_is(first, 1, &["từ"])
            && (self.is_any(next, TO)
                || self.is(next, "cho") && self.is_any(next + 1, TO)
                || self.word(next) == Word::Dash);
        begins || self.is_commemorated(first)
    }

    /// True for the last day of a stretch whose first was read before: `31/10 đến hết ngày 3/11`.
    fn ends_stretch(&self, first: usize) -> bool {
        let to = first - usize::from(self.before_is(first, 1, &["hết"]));
        if !self.before_is(to, 1, TO) {
            return false;
        }
        let begin = to - 1 - usize::from(self.before_is(to, 2, &["cho"]));
        let last = self.found.last().map(|last| last.span.end());
        begin > 0 && last == Some(self.end(begin - 1))
    }

    /// What stands at `at`; a line end separates as a full stop does.
    pub(crate) fn word(&self, at: usize) -> Word {
        match self.lexemes.get(at) {
            Some(lexeme) if !lexeme.is_on_new_line() || at == 0 || at == self.floor => {
                lexeme.word()
            }
            _ => Word::Mark,
        }
    }

    /// The word before `at`, unless another line took it.
    pub(crate) fn before(&self, at: usize, back: usize) -> Word {
        match at.checked_sub(back) {
            Some(i) if !(i + 1..=at).any(|i| self.line(i)) => self.lexemes[i].word(),
            _ => Word::Mark,
        }
    }

    /// True when a line feed stands before the atom.
    pub(crate) fn line(&self, at: usize) -> bool {
        self.lexemes.get(at).is_some_and(|lexeme| lexeme.is_on_new_line())
    }

    /// Where an atom ends.
    pub(crate) fn end(&self, at: usize) -> usize {
        self.atoms[at].span.end()
    }

    pub(crate) fn is(&self, at: usize, syllable: &str) -> bool {
        matches!(self.word(at), Word::Is(s) if s == syllable)
    }

    pub(crate) fn is_any(&self, at: usize, syllables: &[&str]) -> bool {
        matches!(self.word(at), Word::Is(s) if syllables.contains(&s))
    }

    pub(crate) fn before_is(&self, at: usize, back: usize, syllables: &[&str]) -> bool {
        matches!(self.before(at, back), Word::Is(s) if syllables.contains(&s))
    }

    /// The number at `at`, of at most nine digits.
    pub(crate) fn number(&self, at: usize) -> Option<u32> {
        if self.word(at) != Word::Number || self.digits(at) > 9 {
            return None;
        }
        let digits = self.surface(at).bytes().map(|digit| u32::from(digit - b'0'));
        Some(digits.fold(0, |number, digit| 10 * number + digit))
    }

    /// Number of digits of a number.
    pub(crate) fn digits(&self, at: usize) -> usize {
        self.atoms[at].span.len()
    }

    /// True when nothing stands between the atom and the one before it.
    pub(crate) fn joined(&self, at: usize) -> bool {
        let Some(atom) = self.atoms.get(at) else { return false };
        atom.span.start() == if at == 0 { 0 } else { self.end(at - 1) }
    }

    /// True when the atom begins with a capital.
    pub(crate) fn upper(&self, at: usize) -> bool {
        self.surface(at).starts_with(char::is_uppercase)
    }

    pub(crate) fn surface(&self, at: usize) -> &str {
        self.atoms.get(at).map_or("", |atom| &self.text[atom.span])
    }
}

/// Gives both ends of a stretch the year that one of them has: `từ ngày 28/5 đến ngày 2/6/2018`,
/// `từ 30/12/2017 đến 3/1`.
fn share_year(begin: &mut Expression, end: &mut Parse) {
    let (Value::Date(first), Value::Date(last)) = (&mut begin.value, &mut end.value) else {
        return;
    };
    let within = |date: &Date| (date.month, date.day);
    if first.unit != last.unit || first.month.is_none() || last.month.is_none() {
        return;
    }
    let turns = u16::from(within(first) > within(last));
    match (begin.anchor, end.anchor) {
        (Anchor::Written, Anchor::Written) => match (first.year, last.year) {
            (None, Some(year)) => first.year = year.checked_sub(turns),
            (Some(year), None) => last.year = Some(year + turns),
            _ => {}
        },
        // "từ ngày 28/5 đến 2/6 năm nay"
        (Anchor::Written, anchor @ Anchor::Document(Unit::Year, _))
            if turns == 0 && first.year.is_none() =>
        {
            begin.anchor = anchor;
        }
        _ => {}
    }
}

/// Gives anaphors the value of what they lean on, the expression before them of the same unit.
///
/// [`find`] has done it; call it again on a choice of its expressions, such as those of one zone.
pub fn link(found: &mut [Expression]) {
    let mut last: [Option<Date>; 3] = [None; 3]; // day, month, year
    let mut in_passing = None;
    for i in 0..found.len() {
        let written = bracketed(found, i);
        let expression = &mut found[i];
        if let (Anchor::Text(unit, offset), Value::Date(date)) =
            (expression.anchor, expression.value)
        {
            let slot = match unit {
                Unit::Day => last[0].or(in_passing).and_then(|d| shifted(d, offset)),
                Unit::Month => last[1],
                _ => last[2],
            };
            let antecedent = written.or(slot).unwrap_or(Date::unknown(unit));
            expression.value = Value::Date(Date { time: date.time, part: date.part, ..antecedent });
        }
        if let Value::Date(date) = expression.value {
            let date = date.without_time();
            if date.unit == Unit::Day && date.day.is_some() {
                *(if expression.aside { &mut in_passing } else { &mut last[0] }) = Some(date);
            }
            if date.unit >= Unit::Month && date.month.is_some() && date.unit != Unit::Week {
                last[1] = Some(Date { day: None, unit: Unit::Month, ..date });
            }
            if date.year.is_some() {
                last[2] = date.year.map(Date::year);
            }
        }
    }
}

/// `sáng hôm sau (29/5)`: the day that stands in brackets behind.
fn bracketed(found: &[Expression], i: usize) -> Option<Date> {
    let (this, next) = (&found[i], found.get(i + 1)?);
    match next.value {
        Value::Date(date)
            if date.unit == Unit::Day
                && next.anchor == Anchor::Written
                && matches!(this.anchor, Anchor::Text(Unit::Day, _))
                && next.span.start() - this.span.end() == 2 =>
        {
            Some(date.without_time())
        }
        _ => None,
    }
}

/// The day so many days after one whose year may be open.
fn shifted(date: Date, offset: i32) -> Option<Date> {
    if offset == 0 {
        return Some(date);
    }
    let year = date.year.unwrap_or(2000); // a leap year, so that 29/2 exists
    let day = Day::new(year, date.month?, date.day?)?.plus(offset);
    let known = date.year.is_some();
    Some(Date::day(known.then(|| day.year()), Some(day.month()), day.day()))
}
