//! How likely a sentence begins at a capitalised word that no stop stands in front of:
//! `Hiện trường vụ nổ | Theo thông tin ban đầu …`.

use crate::lexicon::Class;
use crate::scorer::{Scorer, Slot, slot};
use crate::token::{Gap, Shape, Token};
use crate::wordset::WordSet;

/// True where the question makes sense: a capitalised word or a number behind a word or a closing
/// mark, with a space between, not behind a word that needs one more.
pub(crate) fn is_candidate(tokens: &[Token], at: usize) -> bool {
    let Some(before) = at.checked_sub(1).map(|i| &tokens[i]) else { return false };
    let token = &tokens[at];
    may_open(token)
        && token.gap == Gap::One
        && (before.is_word() || before.is_closer() || before.is_mark('%'))
        && !(before.is_lower() && before.is(Class::FUNCTION) && !before.is(Class::CLOSER))
}

/// True for a capitalised word, a number and an opening quote.
#[inline(always)]
pub(crate) fn may_open(token: &Token) -> bool {
    token.shape.has(Shape::UPPER.or(Shape::DIGIT)) || token.is_mark('“') || token.is_mark('"')
}

/// The question whether a sentence begins at a word, and what it is answered from.
pub(crate) struct Question<'a> {
    unit: &'a [Token],
    at: usize,
    here: u32,
    next: u32,
    /// Keys of the three words in front.
    back: [u32; 3],
    shapes: [u32; 4],
    opener: u32,
    runs: u32,
    /// Behind the run of capitals that begins here.
    behind: usize,
    /// Which of the word, the next and the one before the page writes small too.
    common: u32,
}

impl<'a> Question<'a> {
    /// Asks about token `at` of a stretch of text that begins with the unit.
    pub(crate) fn new(unit: &'a [Token], at: usize, small: &WordSet<128>) -> Question<'a> {
        let (before, behind) = unit.split_at(at);
        let key = |token: Option<&Token>| token.map_or(1, |t| t.key);
        let mut backward = before.iter().rev();
        let back = [0; 3].map(|_| backward.next().map_or(2, |t| t.key));
        let run_before = before.iter().rev().take(4).take_while(|t| t.is_upper()).count();
        let run_behind = behind.iter().take(6).take_while(|t| t.is_upper()).count();
        let (here, next) = (key(behind.first()), key(behind.get(1)));
        let shapes =
            [at.checked_sub(2).map(|i| &unit[i]), before.last(), behind.first(), behind.get(1)];
        Question {
            unit,
            at,
            here,
            next,
            back,
            shapes: shapes.map(|token| token.map_or(7, shape)),
            opener: u32::from(unit[at].is(Class::OPENER))
                + 2 * u32::from(unit[at].is(Class::STRICT_OPENER)),
            runs: (run_before * 8 + run_behind) as u32,
            behind: at + run_behind,
            // Written small elsewhere on the page, a word is no name; nor is the word behind it.
            common: u32::from(small.has(here))
                + 2 * u32::from(small.has(next))
                + 4 * u32::from(small.has(back[0])),
        }
    }

    /// The slots that mostly suffice.
    #[inline(always)]
    pub(crate) fn first_slots(&self, mut emit: impl FnMut(Slot)) {
        let Question { here, next, back: [one, ..], opener, runs, common, .. } = *self;
        let [two_back, one_back, shape, behind] = self.shapes;
        emit(slot(1, here, 0));
        emit(slot(2, here, next));
        emit(slot(3, one, 0));
        emit(slot(4, one, here));
        emit(slot(6, two_back * 512 + one_back * 64 + shape * 8 + behind, 0));
        emit(slot(8, runs, opener));
        emit(slot(12, here, one_back * 8 + behind));
        emit(slot(20, common, runs));
        emit(slot(25, here, common * 16 + one_back));
    }

    /// The other slots.
    #[inline(always)]
    pub(crate) fn other_slots(&self, mut emit: impl FnMut(Slot)) {
        let Question { unit, at, here, next, back, opener, runs, behind, common, .. } = *self;
        let [one, two, three] = back;
        let shape = self.shapes[2];
        let key = |i: usize| unit.get(i).map_or(1, |t| t.key);
        let is_verb = |i: usize| u32::from(unit.get(i).is_some_and(|t| t.is(Class::VERB)));
        let far = length_bucket(at);
        let repeats = u32::from(here == key(0)) + u32::from(next == key(1));
        let verb_behind = is_verb(behind) + 2 * is_verb(behind + 1);
        emit(slot(5, two, one));
        emit(slot(7, next, shape));
        emit(slot(9, key(behind), runs));
        emit(slot(10, far, opener));
        emit(slot(11, repeats, opener));
        emit(slot(13, one, shape * 64 + runs));
        emit(slot(14, key(at + 2), opener));
        emit(slot(15, two, opener));
        emit(slot(16, next, key(at + 2)));
        emit(slot(17, length_bucket(unit.len() - at), far));
        emit(slot(18, key(behind), key(behind + 1)));
        emit(slot(19, common, opener));
        emit(slot(21, one, here ^ next.rotate_left(7)));
        emit(slot(22, two ^ one.rotate_left(7), here));
        emit(slot(23, three ^ two.rotate_left(9), one));
        emit(slot(24, here ^ next.rotate_left(7), key(at + 2)));
        emit(slot(26, verb_behind, opener * 64 + runs));
    }

    /// All slots, for training.
    pub(crate) fn slots(&self, slots: &mut Vec<Slot>) {
        slots.clear();
        self.first_slots(|slot| slots.push(slot));
        self.other_slots(|slot| slots.push(slot));
    }

    /// Log odds that a sentence begins here; a guess where the first slots leave no doubt.
    pub(crate) fn score(&self, scorer: &Scorer) -> f32 {
        let mut sum = 0;
        self.first_slots(|slot| sum += scorer.weight(slot));
        if scorer.odds(sum) > HOPELESS {
            self.other_slots(|slot| sum += scorer.weight(slot));
        }
        scorer.odds(sum)
    }
}

/// Log odds by the first slots below which the others are not looked at.
const HOPELESS: f32 = -4.0;

fn shape(token: &Token) -> u32 {
    SHAPES[token.shape.bits() as usize % SHAPES.len()]
}

/// By the bits of a shape: what no capital begins 0, a capital 2, both with a mark one more; all
/// capitals 4, digits 5, marks 6.
static SHAPES: [u32; 128] = {
    let mut shapes = [6; 128];
    let mut bits = 0;
    while bits < 128 {
        let shape = Shape::from_bits(bits);
        if shape.has(Shape::WORD) {
            shapes[bits as usize] = if shape.has(Shape::DIGIT) {
                5
            } else if shape.has(Shape::CAPS) {
                4
            } else {
                2 * shape.has(Shape::UPPER) as u32 + shape.has(Shape::MARKED) as u32
            };
        }
        bits += 1;
    }
    shapes
};

fn length_bucket(tokens: usize) -> u32 {
    match tokens {
        0..=2 => tokens as u32,
        3..=4 => 3,
        5..=7 => 4,
        8..=11 => 5,
        12..=16 => 6,
        17..=24 => 7,
        25..=36 => 8,
        _ => 9,
    }
}
