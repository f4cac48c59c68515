//! Runs of capitalized tokens, what stands around them, and what the rest of the document
//! says of the same name.

use std::collections::HashMap;
use std::hash::{BuildHasherDefault, Hasher};
use std::ops::Range;

use bantin_crf::mix;

use super::marks::{self, Marks};
use super::names::{Classes, Name};
use super::statistics::{Run, Statistics, Types};
use super::tokens::{Shape, Token, joined};

/// A maximal run of capitalized tokens in one sentence: `Kim Jong-un`, `Su-35`, `TTXVN`.
///
/// An honorific or title that is written with a capital itself opens no run: `Ông Sơn` is the
/// run `Sơn` behind an honorific.
#[derive(Clone, Copy, Debug)]
pub struct RunSpan {
    /// Index of the first token.
    pub first: usize,
    /// Index behind the last.
    pub end: usize,
    /// Hash of its words.
    pub hash: u64,
    /// Number of its words.
    pub words: usize,
    /// What stands around it here.
    pub around: Around,
    /// Nothing but the name can be the reason of its first capital.
    pub inner: bool,
}

/// Classes of what stands before and behind a run, one bit for each of the shares of [`Run`]:
/// a person's head, a place's, an organisation's, a preposition of place, a product's head, a
/// verb of speech behind, a head of events, works or agreements.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Around(pub u8);

impl Around {
    fn of(before: Classes, behind: Classes) -> Around {
        const OTHER: Classes =
            Classes::EVENT_HEAD.or(Classes::MISC_HEAD).or(Classes::AGREEMENT_HEAD);
        let bits = [
            before.any(Classes::BEFORE_PERSON),
            before.any(Classes::PLACE_HEAD),
            before.any(Classes::ORGANISATION_HEAD),
            before.any(Classes::PLACE_PREPOSITION),
            before.any(Classes::PRODUCT_HEAD),
            behind.any(Classes::SPEECH_VERB),
            before.any(OTHER),
        ];
        Around(bits.iter().enumerate().map(|(i, bit)| u8::from(*bit) << i).sum())
    }
}

/// Words of the longest run that the corpora are asked for.
pub const LONGEST: usize = 6;

/// True when a word behind `before` has a capital for its own sake: it opens no sentence and no
/// quotation.
pub fn is_inner(before: &Token) -> bool {
    before.shape.is_word() || before.shape == Shape::Comma
}

/// Adds the runs of one sentence.
pub(crate) fn find(
    tokens: &[Token],
    marks: &Marks,
    names: &[Name],
    sentence: Range<usize>,
    runs: &mut Vec<RunSpan>,
) {
    let end_of_sentence = sentence.end;
    let mut start = sentence.start;
    while let Some(at) = marks.next(start..end_of_sentence, marks::CAPITAL) {
        let mut first = at;
        let mut end = at + 1;
        while let Some(next) = joins(&tokens[end - 1..end_of_sentence]) {
            end += next;
        }
        start = end;
        let opening = names[first];
        if opening.classes.any(Classes::BEFORE_PERSON)
            && !opening.classes.any(Classes::COUNTRY)
            && matches!(opening.place, 0 | 1)
            && first + usize::from(opening.left) < end
        {
            first += usize::from(opening.left);
        }
        let mut before = first;
        if before > sentence.start && tokens[before - 1].shape == Shape::Quote {
            before -= 1;
        }
        let before_classes = match before.checked_sub(1) {
            Some(i) if i >= sentence.start && matches!(names[i].place, 0 | 3) => names[i].classes,
            _ => Classes::default(),
        };
        let behind = match names.get(end) {
            Some(name) if end < end_of_sentence && name.place <= 1 => name.classes,
            _ => Classes::default(),
        };
        let words = &tokens[first..end];
        runs.push(RunSpan {
            first,
            end,
            hash: joined(words),
            words: words.iter().filter(|token| token.shape.is_word()).count(),
            around: Around::of(before_classes, behind),
            inner: first > sentence.start && is_inner(&tokens[first - 1]),
        });
    }
}

/// How many tokens behind the first of `tokens` belong to the same run.
fn joins(tokens: &[Token]) -> Option<usize> {
    match tokens {
        [_, next, ..] if next.shape.is_capital() => Some(1),
        // Jong-un, Al-Shabaab, Su-35
        [_, dash, word, ..]
            if dash.shape == Shape::Dash && dash.glued && word.glued && word.shape.is_word() =>
        {
            Some(2)
        }
        // V.N. Drozhzhov
        [last, stop, word, ..]
            if last.shape == Shape::Initial
                && stop.shape == Shape::Mark
                && stop.glued
                && word.shape.is_capital()
                && stop.span.len() == 1 =>
        {
            Some(2)
        }
        _ => None,
    }
}

/// What the corpora know of a run and of its parts, in one number.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Known(pub(crate) u64);

impl Known {
    /// `words` counts those of the longest proper prefix and suffix that the corpora hold; `types`
    /// are those of the whole, the prefix and the suffix.
    fn new(whole: Run, words: [u8; 2], types: [Types; 3]) -> Known {
        let [first, prefix, suffix] = types.map(Types::top);
        Known(
            u64::from(whole.is_seen())
                | whole.top() << 1
                | whole.count() << 4
                | first << 7
                | types[0].count() << 14
                | prefix << 17
                | suffix << 24
                | u64::from(words[0]) << 31
                | u64::from(words[1]) << 34,
        )
    }

    fn part(self, from: u32, bits: u32) -> u64 {
        self.0 >> from & ((1 << bits) - 1)
    }

    /// All that is known of the whole.
    pub(crate) fn of_whole(self) -> u64 {
        self.part(0, 17)
    }

    /// True when the corpora hold the whole.
    pub(crate) fn is_seen(self) -> bool {
        self.part(0, 1) != 0
    }

    /// [`Run::top`] of the whole.
    pub(crate) fn whole(self) -> u64 {
        self.part(1, 3)
    }

    /// [`Run::count`] of the whole.
    pub(crate) fn count(self) -> u64 {
        self.part(4, 3)
    }

    /// [`Types::top`] of the whole, the prefix and the suffix.
    pub(crate) fn types(self) -> [u64; 3] {
        [self.part(7, 7), self.part(17, 7), self.part(24, 7)]
    }

    /// [`Types::count`] of the whole.
    pub(crate) fn types_count(self) -> u64 {
        self.part(14, 3)
    }

    /// Words of the prefix and of the suffix.
    pub(crate) fn words(self) -> [u64; 2] {
        [self.part(31, 3), self.part(34, 3)]
    }

    fn of(statistics: &Statistics, tokens: &[Token], run: &RunSpan) -> Known {
        let (mut whole, mut types, mut longest) = (Run(0), [Types(0); 3], [0; 2]);
        if run.words <= LONGEST {
            whole = Run(statistics.runs.get(run.hash));
            types[0] = Types(statistics.types.get(run.hash));
        }
        if run.words == 1 {
            return Known::new(whole, longest, types);
        }
        let words = || tokens[run.first..run.end].iter().filter(|token| token.shape.is_word());
        let mut hash = 0;
        for (i, token) in words().take(LONGEST.min(run.words - 1)).enumerate() {
            hash = mix(hash, token.id);
            if Run(statistics.runs.get(hash)).is_seen() {
                longest[0] = i as u8 + 1;
                types[1] = Types(statistics.types.get(hash));
            }
        }
        for len in (1..=LONGEST.min(run.words - 1)).rev() {
            let hash = words().skip(run.words - len).fold(0, |hash, token| mix(hash, token.id));
            if Run(statistics.runs.get(hash)).is_seen() {
                longest[1] = len as u8;
                types[2] = Types(statistics.types.get(hash));
                break;
            }
        }
        Known::new(whole, longest, types)
    }
}

/// What the corpora know of the runs read last: the names of a day come again and again.
#[derive(Debug)]
pub(crate) struct Recent(Vec<(u64, Known)>);

const RECENT_BITS: u32 = 11;

impl Default for Recent {
    fn default() -> Recent {
        Recent(vec![(0, Known::default()); 1 << RECENT_BITS])
    }
}

impl Recent {
    /// What the corpora know of a run; always of the same statistics.
    pub(crate) fn of(&mut self, statistics: &Statistics, tokens: &[Token], run: &RunSpan) -> Known {
        let (hash, known) = &mut self.0[(run.hash >> (64 - RECENT_BITS)) as usize];
        if *hash != run.hash {
            *hash = run.hash;
            *known = Known::of(statistics, tokens, run);
        }
        *known
    }
}

/// What the document says of a name, at all its places.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Seen {
    /// Around all its occurrences.
    pub(crate) around: u8,
    /// It begins (1) or ends (2) a longer run.
    pub(crate) part: u8,
}

/// The names of one document. Never iterated, so the order of the table cannot leak.
#[derive(Debug, Default)]
pub(crate) struct Memory(HashMap<u64, Seen, BuildHasherDefault<Hashed>>);

impl Memory {
    /// Forgets the document before and reads the runs of this one.
    pub(crate) fn fill(&mut self, tokens: &[Token], runs: &[RunSpan]) {
        self.0.clear();
        for run in runs {
            self.0.entry(run.hash).or_default().around |= run.around.0;
            if run.words < 2 {
                continue;
            }
            self.0.entry(joined(&tokens[run.first..=run.first])).or_default().part |= 1;
            self.0.entry(joined(&tokens[run.end - 1..run.end])).or_default().part |= 2;
        }
    }

    pub(crate) fn of(&self, hash: u64) -> Seen {
        self.0.get(&hash).copied().unwrap_or_default()
    }
}

/// Takes a hash for what it is.
#[derive(Debug, Default)]
pub(crate) struct Hashed(u64);

impl Hasher for Hashed {
    fn finish(&self) -> u64 {
        self.0
    }

    fn write(&mut self, bytes: &[u8]) {
        for byte in bytes {
            self.0 = mix(self.0, u64::from(*byte));
        }
    }

    fn write_u64(&mut self, hash: u64) {
        self.0 = hash;
    }
}
