//! A second look at the pieces that the chain leaves in doubt: boosted trees over numbers of the
//! whole page, of which the chain sees only the piece and its neighbors.

mod facts;
mod trees;
mod words;

use crate::labels;
use crate::page::{Page, Role};
use crate::pieces::Piece;

pub use self::facts::COUNT;
pub(crate) use self::facts::{CHAIN, Facts, Found, Outline, is_stopped, words_of};
pub(crate) use self::trees::{Answers, Trees};
pub use self::trees::{DEPTH, Node};

/// Probability of being no article below which, or above whose complement, a piece is not in
/// doubt.
pub(crate) const DOUBT: f32 = 0.1;

/// The same for learning, which needs more examples than it will be asked for.
pub(crate) const DOUBT_IN_TRAINING: f32 = 0.01;

/// True where the chain left doubt and no rule decides.
pub(crate) fn is_doubtful(
    page: &Page,
    piece: &Piece,
    row: &[f32; labels::COUNT],
    doubt: f32,
) -> bool {
    let noise = noise(row);
    (doubt..=1.0 - doubt).contains(&noise)
        && !piece.rule.is_some_and(|rule| rule.is_certain())
        && page.roles[page.line_of(piece.first as usize)] == Role::Text
}

/// How far a piece in doubt follows the others of its page.
const CONSISTENCY: f32 = 0.25;

/// Brings the log odds of pieces in doubt nearer to those of the others of the page that end as
/// they do: what a page writes under one picture it writes under the next. `is_stopped` says
/// whether a piece ends in a stop.
pub(crate) fn agree(doubtful: &mut [(usize, f32)], is_stopped: impl Fn(usize) -> bool) {
    let mut sums = [(0.0, 0.0); 2];
    for (i, odds) in doubtful.iter() {
        let (sum, count) = &mut sums[usize::from(is_stopped(*i))];
        (*sum, *count) = (*sum + odds, *count + 1.0);
    }
    for (i, odds) in doubtful {
        let (sum, count) = sums[usize::from(is_stopped(*i))];
        if count > 1.0 {
            let others = (sum - *odds) / (count - 1.0);
            *odds += CONSISTENCY * (others - *odds);
        }
    }
}

/// Probability that a piece is no article.
pub(crate) fn noise(row: &[f32; labels::COUNT]) -> f32 {
    (1.0 - row[0] - row[1]).clamp(0.0, 1.0)
}

/// Gives a row another probability of being no article; kinds keep their shares of it.
pub(crate) fn set_noise(row: &mut [f32; labels::COUNT], noise: f32) {
    let before = self::noise(row);
    let (article, other) = ((1.0 - noise) / (1.0 - before), noise / before);
    for (label, p) in row.iter_mut().enumerate() {
        *p *= if label < 2 { article } else { other };
    }
}
