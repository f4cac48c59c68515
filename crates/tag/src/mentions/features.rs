//! The features of a position: hashes of what stands there and around it.

use std::ops::Range;

use super::names::Name;
use super::runs::{Known, RunSpan, Seen};
use super::tokens::{Shape, Token};

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

/// All that the features of a sentence are made of.
pub(crate) struct Sentence<'a> {
    pub(crate) text: &'a str,
    pub(crate) tokens: &'a [Token],
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

/// Calls `emit` with the template and the hash of each feature of the token at `at`.
#[inline]
pub(crate) fn of(sentence: &Sentence<'_>, at: usize, emit: &mut impl FnMut(u64, u64)) {
    let none = Token::none();
    let token = |offset: isize| -> &Token {
        match at.checked_add_signed(offset) {
            Some(i) if sentence.range.contains(&i) => &sentence.tokens[i],
            _ => &none,
        }
    };
    let [t_2, t_1, t0, t1, t2] = [token(-2), token(-1), token(0), token(1), token(2)];
    let s = |t: &Token| t.shape as u64;
    let initial = u64::from(at == sentence.range.start);

    // Words. The wide windows help where a capital is; elsewhere they only cost.
    let wide = t0.shape != Shape::Lower;
    emit(1, feature(1, t0.id));
    emit(4, feature(4, t_2.id));
    emit(5, feature(5, t2.id));
    emit(6, mix(feature(6, t0.id), s(t0) | initial << 8));
    emit(7, mix(feature(7, t_1.id), t0.id));
    emit(8, mix(feature(8, t0.id), t1.id));
    if wide {
        emit(9, mix(feature(9, t_2.id), t_1.id));
        emit(10, mix(feature(10, t1.id), t2.id));
    }

    // Shapes and what they are glued to.
    let shapes = |a: &Token, b: &Token, c: &Token| s(a) | s(b) << 8 | s(c) << 16;
    let glue = u64::from(t0.glued) | u64::from(t1.glued) << 1;
    emit(11, mix(feature(11, shapes(t_1, t0, t1)), initial));
    emit(15, feature(15, glue | s(t_1) << 8 | s(t0) << 16 | s(t1) << 24));

    // Statistics of the syllables.
    let (k_1, k0, k1) = (t_1.syllable, t0.syllable, t1.syllable);
    let legal = |t: &Token| u64::from(t.syllable.is_legal());
    emit(
        16,
        feature(
            16,
            legal(t_1) | legal(t0) << 1 | legal(t1) << 2 | s(t0) << 8 | s(t_1) << 16 | s(t1) << 24,
        ),
    );
    emit(17, feature(17, k0.capitals_and_count() | s(t0) << 8 | initial << 16));
    emit(18, feature(18, k_1.capitals() | k0.capitals() << 8 | s(t_1) << 16 | s(t0) << 24));
    emit(19, feature(19, k0.capitals() | k1.capitals() << 8 | s(t0) << 16 | s(t1) << 24));
    if t0.shape.is_capital() {
        let at = |t: &Token| u64::from(t.shape.is_capital());
        emit(
            20,
            feature(20, k0.first() | k0.last() << 8 | at(t_1) << 16 | at(t1) << 17 | s(t0) << 24),
        );
        emit(21, feature(21, k0.first() | k1.last() << 8 | at(t_1) << 16 | at(t1) << 17));
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
    if n0.classes.0 != 0 {
        emit(25, mix(feature(25, packed(n0)), s(t0)));
        emit(26, mix(feature(26, packed(n0)), t_1.id));
    }
    if n_1.classes.0 != 0 {
        emit(27, mix(feature(27, packed(n_1)), s(t0)));
    }
    if n1.classes.0 != 0 {
        emit(28, mix(feature(28, packed(n1)), s(t0)));
    }
    if n_1.classes.0 | n0.classes.0 != 0 && n_1.classes != n0.classes {
        emit(29, mix(feature(29, packed(n_1)), packed(n0)));
    }
    let next = name(isize::from(n0.left.max(1) as i8));
    if next.classes.0 != 0 {
        emit(30, mix(feature(30, packed(n0)), packed(next)));
    }

    // Phrases that a first model took for organisations, events or agreements.
    let p0 = sentence.phrases[at];
    if p0.classes.0 != 0 {
        emit(93, mix(feature(93, packed(p0)), s(t0)));
        let kind = u64::from(p0.classes.0 & 3) | u64::from(p0.place) << 8;
        emit(94, mix(feature(94, kind), t_1.id));
    }
    if at > sentence.range.start {
        let p_1 = sentence.phrases[at - 1];
        if p_1.classes.0 != 0 && p_1.left == 1 {
            emit(95, mix(feature(95, packed(p_1)), s(t0)));
        }
    }

    run(sentence, at, t0, emit);
    if t0.shape == Shape::Lower
        && let Some(capital) =
            (1..=6).map(|back| token(-back)).find(|token| token.shape.is_capital())
    {
        emit(73, mix(feature(73, capital.id), t0.id));
    }
    if !t0.syllable.is_legal() && t0.shape.is_word() && t0.shape < Shape::Digits {
        affixes(&sentence.text[t0.span], s(t0), emit);
    }

    if sentence.quoted[at] != 0 {
        emit(60, feature(60, u64::from(sentence.quoted[at]) | s(t0) << 8));
        emit(61, mix(feature(61, u64::from(sentence.quoted[at])), t_1.id));
    }
}

/// Features of the run that the token stands in, or that it stands next to.
#[inline]
fn run(sentence: &Sentence<'_>, at: usize, token: &Token, emit: &mut impl FnMut(u64, u64)) {
    let Some(index) = sentence.run_of[at].checked_sub(1) else {
        // The run behind a lower-case word: "bộ đội [Biên phòng]", "[công an] huyện Đức Thọ".
        for ahead in 1..=2 {
            if at + ahead < sentence.range.end
                && let Some(index) = sentence.run_of[at + ahead].checked_sub(1)
            {
                let run = &sentence.runs[index as usize];
                emit(31, mix(feature(31, run.known.whole.top() | (ahead as u64) << 8), token.id));
                break;
            }
        }
        return;
    };
    let run = &sentence.runs[index as usize];
    let (from_start, to_end) = (at - run.span.first, run.span.end - at - 1);
    let place = (from_start.min(3) | to_end.min(3) << 2) as u64;
    let edge = u64::from(from_start == 0) | u64::from(to_end == 0) << 1;
    let around = u64::from(run.span.around.0);
    emit(32, mix(feature(32, place), run.before));
    emit(34, mix(feature(34, place), run.behind));
    emit(35, mix(feature(35, place), around | u64::from(run.span.inner) << 8));

    let known = &run.known;
    if known.whole.is_seen() {
        emit(36, mix(feature(36, place), known.whole.top() | known.whole.count() << 8));
    } else {
        emit(47, feature(47, place));
    }

    // What a first model made of the run elsewhere.
    let [whole, prefix, suffix] = known.types;
    if whole.0 != 0 {
        emit(80, mix(feature(80, place), whole.top()));
        emit(81, mix(feature(81, edge | around << 8), whole.top()));
        emit(82, mix(feature(82, edge), whole.top() | whole.count() << 16));
    }
    if prefix.0 | suffix.0 != 0 {
        let inside = |words: u8| (from_start as u64) < u64::from(words);
        let code = place | u64::from(inside(known.prefix)) << 8;
        emit(90, mix(feature(90, code), prefix.top() | suffix.top() << 8 | whole.top() << 16));
        let code = u64::from(known.prefix) | (from_start.min(7) as u64) << 4;
        emit(91, mix(feature(91, code), prefix.top()));
        let code = u64::from(known.suffix) | (to_end.min(7) as u64) << 4;
        emit(92, mix(feature(92, code), suffix.top()));
    }

    // The rest of the document.
    let seen = &run.seen;
    emit(52, mix(feature(52, edge), u64::from(seen.around) | u64::from(run.span.inner) << 8));
    if seen.part != 0 {
        emit(55, feature(55, u64::from(seen.part) | edge << 8));
    }
}

/// First and last letters of what is no Vietnamese syllable: `-stan`, `-ov`, `TX..`.
#[inline]
fn affixes(surface: &str, shape: u64, emit: &mut impl FnMut(u64, u64)) {
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
