//! The features of a position: hashes of what stands there and around it.

use std::ops::Range;

use super::names::Name;
use super::runs::{Known, RunSpan, Seen};
use super::tokens::{Shape, Token};
use crate::recent;

/// The feature of `template` with one value. One product spreads enough: the hashes are asked in
/// a table that compares fifteen bits, and asking is most of the work of the stage.
#[inline]
fn feature(template: u64, value: u64) -> u64 {
    fold(value ^ template.wrapping_mul(0x9E37_79B9_7F4A_7C15), 0xFF51_AFD7_ED55_8CCD)
}

/// Adds one more value to a feature.
#[inline]
fn mix(feature: u64, value: u64) -> u64 {
    fold(feature ^ 0xC4CE_B9FE_1A85_EC53, value ^ 0xD6E8_FEB8_6659_FD93)
}

/// Both halves of a product.
#[inline]
fn fold(a: u64, b: u64) -> u64 {
    let product = u128::from(a) * u128::from(b);
    product as u64 ^ (product >> 64) as u64
}

/// The features of the word two before a position, and of the one two behind it.
pub(crate) fn beside(id: u64) -> [u64; 2] {
    [feature(4, id), feature(5, id)]
}

/// Takes the features of a position, each with its template.
pub(crate) trait Sink {
    /// One feature.
    fn add(&mut self, template: u64, feature: u64);

    /// A feature of a word beside, whose weights lie in row `number`.
    fn add_row(&mut self, template: u64, number: u32, feature: u64);

    /// A feature of few values, of which this is the one with number `value`.
    fn add_few(&mut self, few: Few, value: u64, template: u64, feature: u64);

    /// Features that `key` alone tells: no other key of the group has others.
    fn add_group(&mut self, group: Group, key: u64, features: impl Fn(&mut Each<'_>));
}

/// Takes each feature of a group.
pub(crate) type Each<'a> = dyn FnMut(u64, u64) + 'a;

/// Features that are remembered together, for their values come again and again.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Group {
    /// A word as it is written.
    Word,
    /// Its first and last letters.
    Affixes,
    /// Shapes of three neighbors.
    Shapes,
    /// Classes of names here and before.
    Names,
    /// Classes of names here and behind.
    Next,
    /// What stands around a run of capitals.
    Around,
    /// What is known of a run.
    Run,
}

impl Group {
    /// How many keys are remembered, as powers of two.
    pub(crate) const BITS: [u32; 7] = [13, 11, 12, 12, 12, 11, 12];
}

/// Features of few values.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Few {
    /// Shares of capitals of the token and of the one before it.
    Before,
    /// The same of the one behind it.
    Behind,
    /// How often people's names begin and end with it.
    Person,
    /// And end with the one behind it.
    Given,
    /// What a run is elsewhere, by what stands around it here.
    Types,
    /// What a run begins with.
    Prefix,
    /// What a run ends with.
    Suffix,
}

impl Few {
    /// Bits of the numbers of their values.
    pub(crate) const BITS: [u32; 7] = [14, 14, 12, 8, 16, 13, 13];
}

/// Takes every feature by itself.
pub(crate) struct One<F>(pub(crate) F);

impl<F: FnMut(u64, u64)> Sink for One<F> {
    fn add(&mut self, template: u64, feature: u64) {
        (self.0)(template, feature);
    }

    fn add_row(&mut self, template: u64, _: u32, feature: u64) {
        (self.0)(template, feature);
    }

    fn add_few(&mut self, _: Few, _: u64, template: u64, feature: u64) {
        (self.0)(template, feature);
    }

    fn add_group(&mut self, _: Group, _: u64, features: impl Fn(&mut Each<'_>)) {
        features(&mut self.0);
    }
}

/// All that the features of a sentence are made of.
pub(crate) struct Sentence<'a> {
    pub(crate) text: &'a str,
    pub(crate) tokens: &'a [Token],
    /// Stands for the places before the first and behind the last token.
    pub(crate) none: Token,
    pub(crate) names: &'a [Name],
    pub(crate) phrases: &'a [Name],
    pub(crate) runs: &'a [RunEvidence],
    /// For each token one more than the index of its run, or 0.
    pub(crate) run_of: &'a [u32],
    /// For each token where it stands in a quotation, 0 for outside.
    pub(crate) quoted: &'a [u8],
    pub(crate) range: Range<usize>,
}

/// A run with what the corpora and the document say of it.
#[derive(Clone, Copy, Debug)]
pub(crate) struct RunEvidence {
    pub(crate) span: RunSpan,
    pub(crate) known: Known,
    pub(crate) seen: Seen,
    /// Ids of the tokens before and behind it.
    pub(crate) before: u64,
    pub(crate) behind: u64,
}

/// Gives `sink` each feature of the token at `at`.
#[inline]
pub(crate) fn of(sentence: &Sentence<'_>, at: usize, sink: &mut impl Sink) {
    let token = |offset: isize| -> &Token {
        match at.checked_add_signed(offset) {
            Some(i) if sentence.range.contains(&i) => &sentence.tokens[i],
            _ => &sentence.none,
        }
    };
    let [t_2, t_1, t0, t1, t2] = [token(-2), token(-1), token(0), token(1), token(2)];
    let s = |t: &Token| t.shape as u64;
    let initial = u64::from(at == sentence.range.start);

    // Words. The wide windows help where a capital is; elsewhere they only cost.
    let wide = t0.shape != Shape::Lower;
    let written = s(t0) | initial << 8;
    sink.add_group(Group::Word, mix(t0.id, written), |emit| {
        emit(1, feature(1, t0.id));
        emit(6, mix(feature(6, t0.id), written));
        emit(17, feature(17, t0.syllable.capitals_and_count() | s(t0) << 8 | initial << 16));
    });
    let [before, behind] = [beside(t_2.id)[0], beside(t2.id)[1]];
    sink.add_row(4, t_2.rows[0], before);
    sink.add_row(5, t2.rows[1], behind);
    sink.add(7, mix(feature(7, t_1.id), t0.id));
    sink.add(8, mix(feature(8, t0.id), t1.id));
    if wide {
        sink.add(9, mix(feature(9, t_2.id), t_1.id));
        sink.add(10, mix(feature(10, t1.id), t2.id));
    }

    // Shapes and what they are glued to, legal syllables, and statistics of the syllables.
    let key = t_1.code.shape() | t0.code.glued_shape() << 8 | t1.code.glued_shape() << 17;
    sink.add_group(Group::Shapes, key | initial << 26, |emit| {
        let legal = |t: &Token| u64::from(t.syllable.is_legal());
        let legal = legal(t_1) | legal(t0) << 1 | legal(t1) << 2;
        let glue = u64::from(t0.glued) | u64::from(t1.glued) << 1;
        emit(11, mix(feature(11, s(t_1) | s(t0) << 8 | s(t1) << 16), initial));
        emit(15, feature(15, glue | s(t_1) << 8 | s(t0) << 16 | s(t1) << 24));
        emit(16, feature(16, legal | s(t0) << 8 | s(t_1) << 16 | s(t1) << 24));
    });
    let value = |a: &Token, b: &Token| a.code.capitals() | b.code.capitals() << 7;
    let capitals = |a: &Token, b: &Token| {
        a.syllable.capitals() | b.syllable.capitals() << 8 | s(a) << 16 | s(b) << 24
    };
    sink.add_few(Few::Before, value(t_1, t0), 18, feature(18, capitals(t_1, t0)));
    sink.add_few(Few::Behind, value(t0, t1), 19, feature(19, capitals(t0, t1)));
    if t0.shape.is_capital() {
        let (first, last, next) = (t0.syllable.first(), t0.syllable.last(), t1.syllable.last());
        let at = |t: &Token| u64::from(t.shape.is_capital());
        let around = at(t_1) | at(t1) << 1;
        let person = feature(20, first | last << 8 | around << 16 | s(t0) << 24);
        sink.add_few(Few::Person, first | last << 3 | around << 6 | s(t0) << 8, 20, person);
        let given = feature(21, first | next << 8 | around << 16);
        sink.add_few(Few::Given, first | next << 3 | around << 6, 21, given);
    }

    // Classes of names.
    let name = |offset: isize| -> Name {
        match at.checked_add_signed(offset) {
            Some(i) if sentence.range.contains(&i) => sentence.names[i],
            _ => Name::default(),
        }
    };
    let (n_1, n0, n1) = (name(-1), name(0), name(1));
    let packed = |n: Name| u64::from(n.classes.0) | u64::from(n.place) << 40;
    if n_1.classes.0 | n0.classes.0 != 0 {
        let key = mix(packed(n_1) | s(t0) << 48, packed(n0));
        sink.add_group(Group::Names, key, |emit| {
            if n0.classes.0 != 0 {
                emit(25, mix(feature(25, packed(n0)), s(t0)));
            }
            if n_1.classes.0 != 0 {
                emit(27, mix(feature(27, packed(n_1)), s(t0)));
            }
            if n_1.classes != n0.classes {
                emit(29, mix(feature(29, packed(n_1)), packed(n0)));
            }
        });
    }
    let next = name(isize::from(n0.left.max(1) as i8));
    if n1.classes.0 | next.classes.0 != 0 {
        let key = mix(mix(packed(n1) | s(t0) << 48, packed(n0)), packed(next));
        sink.add_group(Group::Next, key, |emit| {
            if n1.classes.0 != 0 {
                emit(28, mix(feature(28, packed(n1)), s(t0)));
            }
            if next.classes.0 != 0 {
                emit(30, mix(feature(30, packed(n0)), packed(next)));
            }
        });
    }
    if n0.classes.0 != 0 {
        sink.add(26, mix(feature(26, packed(n0)), t_1.id));
    }

    // Phrases that a first model took for organisations, events or agreements.
    let p0 = sentence.phrases[at];
    if p0.classes.0 != 0 {
        sink.add(93, mix(feature(93, packed(p0)), s(t0)));
        let kind = u64::from(p0.classes.0 & 3) | u64::from(p0.place) << 8;
        sink.add(94, mix(feature(94, kind), t_1.id));
    }
    if at > sentence.range.start {
        let p_1 = sentence.phrases[at - 1];
        if p_1.classes.0 != 0 && p_1.left == 1 {
            sink.add(95, mix(feature(95, packed(p_1)), s(t0)));
        }
    }

    run(sentence, at, t0, sink);
    if t0.shape == Shape::Lower
        && let Some(capital) =
            (1..=6).map(|back| token(-back)).find(|token| token.shape.is_capital())
    {
        sink.add(73, mix(feature(73, capital.id), t0.id));
    }
    if !t0.syllable.is_legal() && t0.shape.is_word() && t0.shape < Shape::Digits {
        let emit = |emit: &mut Each<'_>| affixes(&sentence.text[t0.span], s(t0), emit);
        match recent::surface(sentence.text, t0.span) {
            Some(surface) => {
                let key = mix(surface as u64, (surface >> 64) as u64);
                sink.add_group(Group::Affixes, key, emit);
            }
            None => emit(&mut |template, feature| sink.add(template, feature)),
        }
    }

    if sentence.quoted[at] != 0 {
        sink.add(60, feature(60, u64::from(sentence.quoted[at]) | s(t0) << 8));
        sink.add(61, mix(feature(61, u64::from(sentence.quoted[at])), t_1.id));
    }
}

/// Features of the run that the token stands in, or that it stands next to.
#[inline]
fn run(sentence: &Sentence<'_>, at: usize, token: &Token, sink: &mut impl Sink) {
    let Some(index) = sentence.run_of[at].checked_sub(1) else {
        // The run behind a lower-case word: "bộ đội [Biên phòng]", "[công an] huyện Đức Thọ".
        for ahead in 1..=2 {
            if at + ahead < sentence.range.end
                && let Some(index) = sentence.run_of[at + ahead].checked_sub(1)
            {
                let run = &sentence.runs[index as usize];
                let top = run.known.whole();
                sink.add(31, mix(feature(31, top | (ahead as u64) << 8), token.id));
                break;
            }
        }
        return;
    };
    let run = &sentence.runs[index as usize];
    let (from_start, to_end) = (at - run.span.first, run.span.end - at - 1);
    let place = (from_start.min(3) | to_end.min(3) << 2) as u64;
    sink.add(32, mix(feature(32, place), run.before));
    sink.add(34, mix(feature(34, place), run.behind));

    let edge = u64::from(from_start == 0) | u64::from(to_end == 0) << 1;
    let around = u64::from(run.span.around.0);
    let inner = u64::from(run.span.inner);
    let seen = run.seen;
    let here = place | around << 4 | inner << 11;
    let key = here | u64::from(seen.around) << 12 | u64::from(seen.part) << 19;
    sink.add_group(Group::Around, key, |emit| {
        emit(35, mix(feature(35, place), around | inner << 8));
        // The rest of the document.
        emit(52, mix(feature(52, edge), u64::from(seen.around) | inner << 8));
        if seen.part != 0 {
            emit(55, feature(55, u64::from(seen.part) | edge << 8));
        }
    });

    // What a first model made of the run elsewhere.
    let known = run.known;
    let [whole, prefix, suffix] = known.types();
    sink.add_group(Group::Run, place | known.of_whole() << 4, |emit| {
        if known.is_seen() {
            emit(36, mix(feature(36, place), known.whole() | known.count() << 8));
        } else {
            emit(47, feature(47, place));
        }
        if whole != 0 {
            emit(80, mix(feature(80, place), whole));
            emit(82, mix(feature(82, edge), whole | known.types_count() << 16));
        }
    });
    if whole != 0 {
        let types = mix(feature(81, edge | around << 8), whole);
        sink.add_few(Few::Types, edge | around << 2 | whole << 9, 81, types);
    }
    if prefix | suffix != 0 {
        let words = known.words();
        let inside = u64::from((from_start as u64) < words[0]);
        sink.add(90, mix(feature(90, place | inside << 8), prefix | suffix << 8 | whole << 16));
        let part = |words: u64, tokens: usize| [words, tokens.min(7) as u64];
        let [[begin, from_start], [end, to_end]] =
            [part(words[0], from_start), part(words[1], to_end)];
        let begins = mix(feature(91, begin | from_start << 4), prefix);
        sink.add_few(Few::Prefix, begin | from_start << 3 | prefix << 6, 91, begins);
        let ends = mix(feature(92, end | to_end << 4), suffix);
        sink.add_few(Few::Suffix, end | to_end << 3 | suffix << 6, 92, ends);
    }
}

/// First and last letters of what is no Vietnamese syllable: `-stan`, `-ov`, `TX..`.
#[inline]
fn affixes(surface: &str, shape: u64, emit: &mut Each<'_>) {
    let mut chars = surface.chars();
    let mut hash = feature(70, 0);
    for len in 1..=4u64 {
        let Some(c) = chars.next() else { break };
        hash = mix(hash, u64::from(lower(c)));
        if len > 1 {
            emit(70, mix(hash, len));
        }
    }
    let mut chars = surface.chars().rev();
    let mut hash = feature(71, 0);
    for len in 1..=4u64 {
        let Some(c) = chars.next() else { break };
        hash = mix(hash, u64::from(lower(c)));
        emit(70, mix(hash, len));
    }
    // MiG, U23, PC45: letters and digits by class, at most eight.
    let pattern = surface.chars().take(8).fold(0u64, |pattern, c| {
        let class = if c.is_ascii_digit() {
            1
        } else if c.is_uppercase() {
            2
        } else {
            3
        };
        pattern << 2 | class
    });
    emit(72, feature(72, pattern | shape << 32));
}

fn lower(c: char) -> u32 {
    if c.is_ascii() { u32::from(c.to_ascii_lowercase()) } else { u32::from(c) }
}
