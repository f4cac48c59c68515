//! All evidence of a document: tokens, classes of names, runs, quotations, and the stretches
//! where a mention can stand.

use std::ops::Range;

use super::features::{RunEvidence, Sentence};
use super::marks::{self, Marks};
use super::names::{self, Classes, Name};
use super::runs::{self, Memory, RunSpan};
use super::statistics::Statistics;
use super::tokens::{self, Recent, Shape, Token};
use crate::reading::Reading;

/// The evidence of one document; buffers are reused from document to document.
#[derive(Debug, Default)]
pub(crate) struct Evidence {
    pub(crate) tokens: Vec<Token>,
    /// Stands for the places before the first and behind the last token of a sentence.
    none: Token,
    pub(crate) marks: Marks,
    pub(crate) names: Vec<Name>,
    /// What a first model found in raw text as it stands here.
    phrases: Vec<Name>,
    pub(crate) spans: Vec<RunSpan>,
    runs: Vec<RunEvidence>,
    run_of: Vec<u32>,
    quoted: Vec<u8>,
    memory: Memory,
    /// Of one set of statistics; see [`Evidence::read`].
    recent: Recent,
    recent_runs: runs::Recent,
    /// Stretches of tokens that are looked at, each inside one sentence.
    pub(crate) regions: Vec<Region>,
}

/// A stretch of tokens inside one sentence.
#[derive(Clone, Debug)]
pub(crate) struct Region {
    /// The tokens.
    pub(crate) tokens: Range<usize>,
    /// All tokens of its sentence.
    pub(crate) sentence: Range<usize>,
}

impl Evidence {
    /// Reads tokens, names and runs: what the statistics of raw text need. One value is for one
    /// set of statistics only.
    pub(crate) fn read(&mut self, statistics: &Statistics, reading: &Reading<'_>) {
        self.read_tokens(statistics, |_| [0; 2], reading);
    }

    fn read_tokens(
        &mut self,
        statistics: &Statistics,
        rows: impl Fn(u64) -> [u32; 2],
        reading: &Reading<'_>,
    ) {
        self.none = Token { rows: rows(0), ..Token::default() };
        let Evidence { tokens, marks, names, recent, .. } = self;
        tokens::read(statistics, rows, recent, reading, tokens, marks);
        let table = &statistics.names;
        let mark = (&*marks, marks::NAME);
        names::find(table, Classes::PROPER, |token| token.names, tokens, mark, names);
        for (at, _) in names.iter().enumerate().filter(|(_, name)| name.classes.any(OFFICES)) {
            marks.add(at..at + 1, marks::OFFICE);
        }
        self.spans.clear();
        for sentence in &reading.sentences {
            let atoms = sentence.atoms.clone();
            runs::find(&self.tokens, &self.marks, &self.names, atoms, &mut self.spans);
        }
    }

    /// Reads all that the models need; `rows` tells where the weights of a word beside lie.
    pub(crate) fn fill(
        &mut self,
        statistics: &Statistics,
        rows: impl Fn(u64) -> [u32; 2],
        reading: &Reading<'_>,
    ) {
        self.read_tokens(statistics, rows, reading);
        let none = Classes::default();
        let (tokens, phrases) = (&self.tokens, &mut self.phrases);
        let marks = (&self.marks, marks::PHRASE);
        names::find(&statistics.phrases, none, Token::phrases, tokens, marks, phrases);
        self.memory.fill(&self.tokens, &self.spans);
        self.runs.clear();
        self.run_of.clear();
        self.run_of.resize(self.tokens.len(), 0);
        self.quoted.clear();
        self.quoted.resize(self.tokens.len(), 0);
        self.regions.clear();
        let mut next = 0;
        for sentence in &reading.sentences {
            let range = sentence.atoms.clone();
            while let Some(span) = self.spans.get(next).filter(|span| span.first < range.end) {
                next += 1;
                self.run_of[span.first..span.end].fill(self.runs.len() as u32 + 1);
                let id = |i: Option<usize>| match i {
                    Some(i) if range.contains(&i) => self.tokens[i].id,
                    _ => 0,
                };
                self.runs.push(RunEvidence {
                    span: *span,
                    known: self.recent_runs.of(statistics, &self.tokens, span),
                    seen: self.memory.of(span.hash),
                    before: id(span.first.checked_sub(1)),
                    behind: id(Some(span.end)),
                });
            }
            quote(&self.tokens, &self.marks, range.clone(), &mut self.quoted);
            self.add_regions(range);
        }
    }

    /// What the features of a region are made of.
    pub(crate) fn sentence<'a>(&'a self, text: &'a str, region: &Region) -> Sentence<'a> {
        Sentence {
            text,
            tokens: &self.tokens,
            none: self.none,
            names: &self.names,
            phrases: &self.phrases,
            runs: &self.runs,
            run_of: &self.run_of,
            quoted: &self.quoted,
            range: region.sentence.clone(),
        }
    }

    /// Mentions stand at capitals, foreign words and titles, and reach from there over words that
    /// stand in names; half of all tokens lie in no such stretch and are not looked at.
    fn add_regions(&mut self, sentence: Range<usize>) {
        let mut open: Option<Range<usize>> = None;
        const SPEAK: u8 = marks::CAPITAL | marks::FOREIGN | marks::OFFICE;
        let mut next = sentence.start;
        while let Some(at) = self.marks.next(next..sentence.end, SPEAK) {
            next = at + 1;
            let Some(reach) = self.reach(at, sentence.start) else { continue };
            let floor = open.as_ref().map_or(sentence.start, |region| region.end);
            if at < floor {
                // Inside the stretch of a token before, which may reach less far than this one.
                let start = open.as_ref().map_or(at, |region| region.start);
                let end = self.end_of(at, reach, sentence.end).max(floor);
                open = Some(start..end);
                continue;
            }
            let before = self.tokens[floor..at].iter().rev();
            let left = before.take(LEFT).take_while(|token| may_be_inside(token)).count();
            let end = self.end_of(at, reach, sentence.end);
            open = match open.take() {
                Some(region) if at - left == region.end => Some(region.start..end),
                before => {
                    self.add_region(before, &sentence);
                    Some(at - left..end)
                }
            };
        }
        self.add_region(open, &sentence);
    }

    /// Adds a stretch as one region; in parts when it is so long that the buffers of the models
    /// would grow with it.
    fn add_region(&mut self, tokens: Option<Range<usize>>, sentence: &Range<usize>) {
        let Some(Range { start, end }) = tokens else { return };
        let starts = (start..end).step_by(LONGEST_REGION);
        self.regions.extend(starts.map(|start| Region {
            tokens: start..end.min(start + LONGEST_REGION),
            sentence: sentence.clone(),
        }));
    }

    fn end_of(&self, at: usize, reach: usize, end: usize) -> usize {
        let behind = self.tokens[at + 1..end].iter().take(reach);
        at + 1 + behind.take_while(|token| may_be_inside(token)).count()
    }

    /// How many tokens behind a token a mention may reach, when the token speaks for one, as its
    /// marks say.
    fn reach(&self, at: usize, start: usize) -> Option<usize> {
        let token = &self.tokens[at];
        let classes = self.names[at].classes;
        const LONG: Classes = Classes::EVENT_HEAD.or(Classes::AGREEMENT_HEAD);
        if token.shape.is_capital() {
            let alone = at == start
                && token.shape == Shape::Capitalized
                && token.syllable.is_legal()
                && token.syllable.capitals() <= 3
                && !classes.any(OFFICES)
                && self.run_of[at] != 0
                && self.runs[self.run_of[at] as usize - 1].span.words == 1;
            return match () {
                () if classes.any(LONG) => Some(16),
                () if classes.any(Classes::ORGANISATION_HEAD) => Some(10),
                () if alone => None,
                () => Some(5),
            };
        }
        (token.shape == Shape::Lower).then_some(2)
    }
}

const OFFICES: Classes = Classes::OFFICE.or(Classes::RANK);
/// Tokens of the longest region; sentences of news are shorter.
const LONGEST_REGION: usize = 512;
/// How far a mention reaches to the left of its first capital.
const LEFT: usize = 5;

/// False for what hardly ever stands inside a mention: `được`, `;`
fn may_be_inside(token: &Token) -> bool {
    match token.shape {
        Shape::Lower => token.syllable.is_in_names(),
        Shape::Break => false,
        _ => true,
    }
}

/// Longest quotation that is taken for a name, in tokens.
const LONGEST_QUOTATION: usize = 16;

/// Marks tokens inside quotation marks: first, last, both or in between, and how long.
fn quote(tokens: &[Token], marks: &Marks, sentence: Range<usize>, quoted: &mut [u8]) {
    let mut open: Option<usize> = None;
    for at in marks.of(sentence, marks::QUOTE) {
        if let Some(start) = open.replace(at + 1)
            && (1..=LONGEST_QUOTATION).contains(&(at - start))
        {
            let len = at - start;
            let size = match len {
                1 => 1,
                2..=3 => 2,
                4..=7 => 3,
                _ => 4,
            };
            let capital = u8::from(tokens[start].shape.is_capital());
            for (i, quoted) in quoted[start..at].iter_mut().enumerate() {
                let edge = u8::from(i == 0) | u8::from(i + 1 == len) << 1;
                *quoted = size | edge << 3 | capital << 5;
            }
            open = None;
        }
    }
}
