//! A document as a page: lines joined where a crawler broke them at a link, and cut where one
//! function may end and another begin.

use bantin_text::glue::Place;

use crate::cues::{self, Cue};
use crate::lexicon::Class;
use crate::reader::{Bytes, Places, Reader};
use crate::rules::{Mark, Rule};
use crate::token::{Gap, Line, Shape, Token};
use crate::wordset::WordSet;

/// Buffers of one document, reused from one to the next.
#[derive(Debug, Default)]
pub(crate) struct Page {
    /// Words and marks in order.
    pub(crate) tokens: Vec<Token>,
    /// Lines that are not blank.
    pub(crate) lines: Vec<Line>,
    /// For each line: it goes on where the line before it was broken.
    pub(crate) joined: Vec<bool>,
    /// For each line: its part in the layout.
    pub(crate) roles: Vec<Role>,
    /// For each token: what parts it from the token before.
    pub(crate) cuts: Vec<Cut>,
    /// Phrases of the table of cues: first token, length, cue.
    pub(crate) cues: Vec<(u32, u8, Cue)>,
    /// What the certain rules found, in order.
    pub(crate) marks: Vec<Mark>,
    /// For each token: a mark holds it.
    pub(crate) taken: Vec<bool>,
    pub(crate) places: Places,
    /// Byte offsets of glued sentences.
    pub(crate) glue: Vec<usize>,
    /// Words that are no numbers, and those of them with a mark of Vietnamese.
    pub(crate) words: usize,
    pub(crate) marked: usize,
    /// Words that the page also writes small: common words, not names.
    pub(crate) small: WordSet<128>,
    reader: Reader,
}

/// The part of a line in the layout of the page.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(u8)]
pub(crate) enum Role {
    /// The headline or a copy of it.
    Title,
    /// The standfirst.
    Lede,
    /// Anything else.
    Text,
}

/// What parts a token from the token before it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
#[repr(u8)]
pub(crate) enum Cut {
    /// Nothing.
    None,
    /// A place where a credit, a byline or a quotation may end.
    Weak,
    /// A capitalised word that often begins a sentence.
    Opener,
    /// The end of a sentence.
    Sentence,
    /// The same without a space.
    Glue,
    /// Two spaces.
    Wide,
    /// The border of a stretch that a rule found.
    Rule,
    /// The end of a line.
    Line,
    /// A blank line.
    Blank,
}

impl Cut {
    /// True where a zone may end whatever the words say.
    pub(crate) fn is_strong(self) -> bool {
        self >= Cut::Sentence
    }
}

/// Tokens that a search for the border of a sentence looks at before it gives up, so that a
/// megabyte without a stop costs no more than its length.
const LONGEST_UNIT: usize = 400;

impl Page {
    /// Reads `text` and cuts it at lines and sentences; rules and openers come later.
    pub(crate) fn read(&mut self, text: &str, glue: &[Place]) {
        self.glue.clear();
        self.glue.extend(glue.iter().map(|place| place.at));
        let Page { reader, glue, tokens, lines, places, .. } = self;
        reader.read(text, glue, tokens, lines, places);
        self.cues.clear();
        self.marks.clear();
        self.small = WordSet::default();
        (self.words, self.marked) = (0, 0);
        for (at, token) in self.tokens.iter().enumerate() {
            // All tokens are counted alike, without a branch to be guessed.
            self.words += usize::from(token.is_word() & !token.is_digit());
            self.marked += usize::from(token.shape.has(Shape::MARKED));
            self.small.add_if(token.is_lower(), token.key);
            if let Some((cue, len)) = cues::phrase_at(&self.tokens, at) {
                // "Ảnh hưởng" is no picture.
                let named = |at: usize| self.tokens.get(at).is_some_and(Token::is_upper);
                if cue != Cue::Photo || named(at) && named(at + 1) {
                    self.cues.push((at as u32, len as u8, cue));
                }
            }
        }
        self.join_lines();
        self.cut_sentences();
        self.assign_roles();
        self.taken.clear();
        self.taken.resize(self.tokens.len(), false);
    }

    /// Notes what a rule found in tokens `first..last`, unless another rule holds part of it.
    pub(crate) fn mark(&mut self, first: usize, last: usize, rule: Rule) -> bool {
        if first >= last || self.taken[first..last].contains(&true) {
            return false;
        }
        self.taken[first..last].fill(true);
        self.marks.push(Mark { first: first as u32, last: last as u32, rule });
        true
    }

    /// What the bytes of the text are.
    pub(crate) fn bytes_read(&self) -> &Bytes {
        &self.reader.bytes
    }

    /// Whether the text has letters that Vietnamese and its neighbors in the Latin script do not.
    pub(crate) fn is_strange(&self) -> bool {
        self.reader.bytes.is_strange
    }

    /// The mark that holds a token, once rules were applied.
    pub(crate) fn mark_at(&self, token: usize) -> Option<Mark> {
        let next = self.marks.partition_point(|mark| mark.last as usize <= token);
        self.marks.get(next).copied().filter(|mark| mark.first as usize <= token)
    }

    /// Number of the line that holds a token.
    pub(crate) fn line_of(&self, token: usize) -> usize {
        self.lines.partition_point(|line| line.last as usize <= token)
    }

    /// Tokens of a line.
    pub(crate) fn line(&self, line: usize) -> &[Token] {
        let Line { first, last, .. } = self.lines[line];
        &self.tokens[first as usize..last as usize]
    }

    /// Bytes from the start of token `first` to the end of token `last - 1`.
    pub(crate) fn bytes(&self, first: usize, last: usize) -> usize {
        if first >= last {
            return 0;
        }
        (self.tokens[last - 1].end - self.tokens[first].start) as usize
    }

    /// True inside a line of a page that has its paragraphs, where a caption would begin one.
    pub(crate) fn is_inside_paragraph(&self, token: usize) -> bool {
        self.lines.len() > 4 && self.cuts[token] < Cut::Line
    }

    /// True where something may begin: behind a strong cut, a mark, or what a rule holds.
    pub(crate) fn begins(&self, token: usize) -> bool {
        self.cuts[token].is_strong() || (token > 0 && self.taken[token - 1])
    }

    /// First token of the stretch between strong cuts that holds `token`.
    pub(crate) fn unit_start(&self, token: usize) -> usize {
        let mut at = token;
        let limit = token.saturating_sub(LONGEST_UNIT);
        while at > limit && !self.cuts[at].is_strong() {
            at -= 1;
        }
        at
    }

    /// Behind the last token of the stretch between strong cuts that holds `token`.
    pub(crate) fn unit_end(&self, token: usize) -> usize {
        let mut at = token + 1;
        let limit = self.cuts.len().min(token + LONGEST_UNIT);
        while at < limit && !self.cuts[at].is_strong() {
            at += 1;
        }
        at
    }

    /// Behind the last token of the line, through joined lines.
    pub(crate) fn logical_end(&self, token: usize) -> usize {
        let mut line = self.line_of(token);
        while self.joined.get(line + 1) == Some(&true) {
            line += 1;
        }
        self.lines[line].last as usize
    }

    /// First token of the line, through joined lines.
    pub(crate) fn logical_start(&self, token: usize) -> usize {
        let mut line = self.line_of(token);
        while line > 0 && self.joined[line] {
            line -= 1;
        }
        self.lines[line].first as usize
    }

    fn join_lines(&mut self) {
        self.joined.clear();
        for line in 0..self.lines.len() {
            let joined = line > 0
                && self.lines[line].blanks == 0
                && !(line == 1 && self.is_in_three_parts())
                && self.goes_on(line);
            self.joined.push(joined);
        }
    }

    /// True for headline, standfirst and body on a line each, as most crawls store an article:
    /// `… không viền thật sự` ends no line too early then.
    fn is_in_three_parts(&self) -> bool {
        let len = |line: usize| {
            self.bytes(self.lines[line].first as usize, self.lines[line].last as usize)
        };
        self.lines.len() == 3
            && len(0) <= LONGEST_TITLE
            && SENTENCES.contains(&len(1))
            && len(2) > len(1)
            && !self.ends_in_stop(0)
            && self.ends_in_stop(1)
    }

    fn ends_in_stop(&self, line: usize) -> bool {
        let tokens = self.line(line);
        let mut marks = tokens.iter().rev();
        let last = marks.find(|t| !t.is_closer());
        last.is_some_and(|t| t.is_mark('.')) && tokens.len() > 1
    }

    /// True when `line` continues the line before it: the crawler broke it at a link.
    fn goes_on(&self, line: usize) -> bool {
        let before = self.line(line - 1);
        let here = self.line(line);
        let (Some(last), Some(first)) = (before.last(), here.first()) else { return false };
        let len = self.bytes(self.lines[line].first as usize, self.lines[line].last as usize);
        let stopped = last.is_stop()
            || (last.is_closer() && before.len() > 1 && before[before.len() - 2].is_stop());
        if first.is_lower() || matches!(first.mark(), '.' | ':' | ')' | '…' | '”' | '%') {
            return !stopped;
        }
        if matches!(first.mark(), ',' | ';') || last.is_mark(',') {
            return true;
        }
        let zone = self.begins_zone(self.lines[line].first as usize);
        if last.is_lower() && last.is(Class::FUNCTION) && before.len() > 3 && !zone {
            return true;
        }
        // "… Ruby. Ảnh:" and the name on the next line.
        let end = self.lines[line - 1].last as usize;
        let behind = self.cues.partition_point(|(at, ..)| (*at as usize) < end);
        let heads = self.cues[..behind].iter().rev().take(3);
        let head = heads.into_iter().find(|(at, len, _)| *at as usize + *len as usize == end);
        if head.is_some_and(|(_, _, cue)| matches!(cue, Cue::Credit | Cue::Source | Cue::Video)) {
            return len < 60;
        }
        // "=>XEM THÊM" and its title.
        if self.is_pointer_only(line - 1) {
            return true;
        }
        !stopped && self.lines[line].indented && first.is_word() && !zone
    }

    /// `>> Kì trước:`, `=>XEM THÊM` with nothing behind.
    fn is_pointer_only(&self, line: usize) -> bool {
        let tokens = self.line(line);
        let marks = tokens.iter().take_while(|t| matches!(t.mark(), '>' | '=')).count();
        if marks == 0 || tokens.len() > 6 {
            return false;
        }
        let at = self.lines[line].first as usize + marks;
        self.cue_at(at).is_some_and(|(cue, len)| {
            cue == Cue::Pointer && at + len + 1 >= self.lines[line].last as usize
        })
    }

    /// The phrase that begins at a token, with its length.
    pub(crate) fn cue_at(&self, token: usize) -> Option<(Cue, usize)> {
        let i = self.cues.binary_search_by_key(&(token as u32), |(at, ..)| *at).ok()?;
        let (_, len, cue) = self.cues[i];
        Some((cue, len as usize))
    }

    fn begins_zone(&self, token: usize) -> bool {
        let first = &self.tokens[token];
        first.key == theo()
            || matches!(first.mark(), '(' | '-' | '–' | '>')
            || self
                .cue_at(token)
                .is_some_and(|(cue, _)| !matches!(cue, Cue::Compiled | Cue::Button))
    }

    fn cut_sentences(&mut self) {
        self.cuts.clear();
        self.cuts.resize(self.tokens.len(), Cut::None);
        for (number, line) in self.lines.iter().enumerate() {
            if let Some(cut) = self.cuts.get_mut(line.first as usize) {
                *cut = match line.blanks {
                    _ if self.joined[number] => Cut::None,
                    0 => Cut::Line,
                    _ => Cut::Blank,
                };
            }
        }
        for i in 0..self.places.wides.len() {
            let at = self.places.wides[i] as usize;
            if !self.runs_on(at) {
                self.cuts[at] = self.cuts[at].max(Cut::Wide);
            }
        }
        for glue in &self.glue {
            let at = self.tokens.partition_point(|t| (t.start as usize) < *glue);
            if self.tokens.get(at).is_some_and(|t| t.start as usize == *glue) {
                // A sentence that is glued ends more surely than one in front of two spaces.
                let cut = &mut self.cuts[at];
                *cut = if *cut == Cut::Wide { Cut::Glue } else { (*cut).max(Cut::Glue) };
            }
        }
        let mut behind = 0;
        for i in 0..self.places.stops.len() {
            let at = self.places.stops[i] as usize;
            if at >= behind {
                behind = self.cut_behind_stop(at); // passes over glued closers only
            }
        }
    }

    /// Two spaces around a link do not part a sentence: `các tướng lĩnh trong  Quân đội Iran`.
    fn runs_on(&self, at: usize) -> bool {
        let Some(before) = at.checked_sub(1).map(|i| &self.tokens[i]) else { return false };
        self.tokens[at].is_lower() && !before.is_stop() && !before.is_closer()
            || before.is_lower() && before.is(Class::FUNCTION)
            || before.is_mark(',')
    }

    /// Cuts behind the stop at `at` and what closes with it; returns where to go on.
    fn cut_behind_stop(&mut self, at: usize) -> usize {
        let mut next = at + 1;
        while let Some(token) = self.tokens.get(next) {
            // "./." ends agency text; quotes and brackets close with the sentence.
            let slash = token.is_mark('/') && self.tokens.get(next + 1).is_some_and(Token::is_stop);
            if token.gap == Gap::None && (token.is_stop() || token.is_closer() || slash) {
                next += 1;
            } else {
                break;
            }
        }
        let Some(after) = self.tokens.get(next) else { return next };
        if self.cuts[next].is_strong() || after.gap == Gap::None || after.is_lower() {
            return next;
        }
        if matches!(after.mark(), ',' | ';' | ')' | ':' | '.' | '/') {
            return next;
        }
        if next == at + 1 && self.tokens[at].is_mark('.') && self.is_abbreviated(at) {
            return next;
        }
        self.cuts[next] = Cut::Sentence;
        next
    }

    /// `GS. `, `V. `, `1. ` at the start of a line: the stop belongs to the word in front.
    fn is_abbreviated(&self, stop: usize) -> bool {
        let Some(before) = stop.checked_sub(1).map(|i| &self.tokens[i]) else { return false };
        if self.tokens[stop].gap != Gap::None {
            return false;
        }
        let single = before.shape.has(Shape::SINGLE) && before.is_upper();
        let number =
            before.is_digit() && before.end - before.start <= 2 && self.cuts[stop - 1].is_strong();
        (before.is_upper() && before.is(Class::ABBREVIATION)) || single || number
    }

    fn assign_roles(&mut self) {
        self.roles.clear();
        self.roles.resize(self.lines.len(), Role::Text);
        let (titles, lede) = self.title_and_lede();
        self.roles[..titles].fill(Role::Title);
        if let Some(lede) = lede {
            self.roles[lede] = Role::Lede;
        }
    }

    /// How many lines are the headline, and which is the standfirst.
    fn title_and_lede(&self) -> (usize, Option<usize>) {
        let count = self.lines.len();
        if count < 2 {
            return (0, None);
        }
        let text_len = |line: usize| {
            self.bytes(self.lines[line].first as usize, self.lines[line].last as usize)
        };
        let blank_behind = self.lines[1].blanks > 0;
        let dateline = crate::rules::dateline(self, 0).is_some();
        let title = !self.joined[1]
            && !dateline
            && text_len(0) <= LONGEST_TITLE
            && self.line(0).iter().any(Token::is_word)
            && (!self.ends_in_stop(0) || (blank_behind && text_len(0) <= 160))
            && (1..count).any(|line| text_len(line) > text_len(0) || count > 4);
        if !title {
            // A page of paragraphs without a headline begins with its standfirst: `Wali được truyền
            // thông phương Tây … ca ngợi.`, which is shorter than paragraphs are.
            let first = count > 3 && self.ends_in_stop(0) && text_len(0) <= 215 && !self.joined[1];
            return (0, (first || dateline && text_len(0) <= 240).then_some(0));
        }
        let mut titles = 1;
        while titles < count && self.nearly_same_words(0, titles) {
            titles += 1;
        }
        // The crawl that stores the standfirst last leaves three blank lines in front of it.
        if count > 2 && self.lines[count - 1].blanks >= 3 {
            return (titles, Some(count - 1));
        }
        let lede = titles + 1 < count
            && SENTENCES.contains(&text_len(titles))
            && !self.joined[titles + 1]
            && (count == 3
                || (self.lines[titles].blanks > 0
                    && self.lines[titles + 1].blanks > 0
                    && self.tokens[self.lines[titles].first as usize].is_mark('-')));
        (titles, lede.then_some(titles))
    }

    /// True when two short lines share four fifths of their words or more.
    fn nearly_same_words(&self, a: usize, b: usize) -> bool {
        if self.same_words(a, b) {
            return true;
        }
        let (a, b) = (self.line(a), self.line(b));
        if a.len() > 60 || b.len() > 60 || a.len().abs_diff(b.len()) > 2 + a.len() / 6 {
            return false;
        }
        let common = a.iter().filter(|a| b.iter().any(|b| b.key == a.key)).count();
        common * 5 >= a.len().max(b.len()) * 4
    }

    /// True when two lines are the same but for case and white space.
    pub(crate) fn same_words(&self, a: usize, b: usize) -> bool {
        let (a, b) = (self.line(a), self.line(b));
        a.len() == b.len() && a.iter().zip(b).all(|(a, b)| a.key == b.key)
    }
}

/// Bytes of a headline, at most.
const LONGEST_TITLE: usize = 260;

/// Bytes of a standfirst that stands on a line.
const SENTENCES: std::ops::RangeInclusive<usize> = 30..=900;

/// Key of `theo`.
pub(crate) fn theo() -> u32 {
    use std::sync::LazyLock;
    static KEY: LazyLock<u32> = LazyLock::new(|| crate::word::key_of("theo"));
    *KEY
}
