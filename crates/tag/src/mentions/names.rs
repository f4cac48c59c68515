//! Classes of names and of the words that stand around names, found by longest match.

use super::marks::Marks;
use super::table::Table;
use super::tokens::Token;
use bantin_crf::mix;

/// Classes an entry of the lists can have, as bits.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Classes(pub u32);

impl Classes {
    /// `Mỹ`, `Liên bang Nga`
    pub const COUNTRY: Classes = Classes(1);
    /// `Moscow`
    pub const CITY: Classes = Classes(1 << 1);
    /// `Nghệ An`
    pub const PROVINCE: Classes = Classes(1 << 2);
    /// `Ba Đình`
    pub const DISTRICT: Classes = Classes(1 << 3);
    /// A ward or commune.
    pub const WARD: Classes = Classes(1 << 4);
    /// `châu Âu`, `Biển Đông`
    pub const REGION: Classes = Classes(1 << 5);
    /// `Liên hợp quốc`, `TTXVN`
    pub const ORGANISATION: Classes = Classes(1 << 6);
    /// `Real Madrid`
    pub const CLUB: Classes = Classes(1 << 7);
    /// `Quốc phòng`, what may follow `Bộ`
    pub const MINISTRY: Classes = Classes(1 << 8);
    /// `Ủy ban`, what an organisation's name begins with
    pub const ORGANISATION_HEAD: Classes = Classes(1 << 9);
    /// `Airlines`, what a foreign organisation's name ends with
    pub const ORGANISATION_TAIL: Classes = Classes(1 << 10);
    /// `Thứ trưởng`
    pub const OFFICE: Classes = Classes(1 << 11);
    /// `Đại tá`
    pub const RANK: Classes = Classes(1 << 12);
    /// `ông`, what stands before a person but is no title
    pub const HONORIFIC: Classes = Classes(1 << 13);
    /// `huyện`
    pub const PLACE_HEAD: Classes = Classes(1 << 14);
    /// `Hội nghị`
    pub const EVENT_HEAD: Classes = Classes(1 << 15);
    /// `Nghị định`
    pub const AGREEMENT_HEAD: Classes = Classes(1 << 16);
    /// `tàu`
    pub const PRODUCT_HEAD: Classes = Classes(1 << 17);
    /// `iPhone`
    pub const PRODUCT: Classes = Classes(1 << 18);
    /// `bộ phim`
    pub const MISC_HEAD: Classes = Classes(1 << 19);
    /// A Vietnamese given name of two syllables.
    pub const GIVEN_NAME: Classes = Classes(1 << 20);
    /// `tại`
    pub const PLACE_PREPOSITION: Classes = Classes(1 << 21);
    /// `cho biết`, `đã`: what follows one who acts
    pub const SPEECH_VERB: Classes = Classes(1 << 22);
    /// `World Cup`
    pub const EVENT: Classes = Classes(1 << 23);
    /// Some longer entry begins like this one.
    pub const PREFIX: Classes = Classes(1 << 31);

    /// Classes of proper names: they count only where a capital stands.
    pub(crate) const PROPER: Classes =
        Classes(0b1_1111_1111 | 1 << 10 | 1 << 18 | 1 << 20 | 1 << 23);
    /// Classes that come before a person's name.
    pub(crate) const BEFORE_PERSON: Classes = Classes(1 << 11 | 1 << 12 | 1 << 13);

    /// The classes of either.
    #[must_use]
    pub const fn or(self, other: Classes) -> Classes {
        Classes(self.0 | other.0)
    }

    /// True when the two share a class.
    pub fn any(self, other: Classes) -> bool {
        self.0 & other.0 != 0
    }
}

/// Where a token stands in a match.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Name {
    /// Classes of the match that covers the token; none when there is no match.
    pub(crate) classes: Classes,
    /// 0 only one, 1 first, 2 in between, 3 last.
    pub(crate) place: u8,
    /// Tokens up to the end of the match, this one included.
    pub(crate) left: u8,
}

/// Longest entry, in tokens with the marks inside.
const LONGEST: usize = 12;

/// Fills `names` with the longest matches from left to right, one place per token; classes of
/// `proper` count only where a capital stands. `alone` is a token's own entry in the table; a
/// token that has one has `mark`.
pub(crate) fn find(
    table: &Table,
    proper: Classes,
    alone: impl Fn(&Token) -> u32,
    tokens: &[Token],
    (marks, mark): (&Marks, u8),
    names: &mut Vec<Name>,
) {
    names.clear();
    names.resize(tokens.len(), Name::default());
    let mut start = 0;
    while let Some(at) = marks.next(start..tokens.len(), mark) {
        let (len, classes) = longest(table, proper, alone(&tokens[at]), &tokens[at..]);
        for i in 0..len {
            let place = match (i, len) {
                (_, 1) => 0,
                (0, _) => 1,
                _ if i + 1 == len => 3,
                _ => 2,
            };
            names[at + i] = Name { classes, place, left: (len - i) as u8 };
        }
        start = at + len.max(1);
    }
}

/// Length and classes of the longest entry that `tokens` begin with; the first of them has the
/// entry `alone`.
#[inline]
fn longest(table: &Table, proper: Classes, alone: u32, tokens: &[Token]) -> (usize, Classes) {
    let tokens = &tokens[..tokens.len().min(LONGEST)];
    let mut found = (0, Classes::default());
    let mut hash = mix(0, tokens[0].id);
    let mut capital = tokens[0].shape.is_capital();
    let mut entry = alone;
    let mut end = 1;
    loop {
        let classes = if capital { entry } else { entry & !proper.0 };
        if classes & !Classes::PREFIX.0 != 0 {
            found = (end, Classes(classes & !Classes::PREFIX.0));
        }
        if entry & Classes::PREFIX.0 == 0 {
            return found;
        }
        // One mark is passed over: "TP. HCM", "châu Á - Thái Bình Dương".
        let token = match &tokens[end..] {
            [next, ..] if next.shape.is_word() => next,
            [_, next, ..] if next.shape.is_word() => {
                end += 1;
                next
            }
            _ => return found,
        };
        end += 1;
        hash = mix(hash, token.id);
        capital |= token.shape.is_capital();
        entry = table.get(hash);
    }
}

/// The entries of the lists of this crate: one name a line, and the class they have.
pub const LISTS: [(&str, Classes); 20] = [
    (include_str!("../../lists/countries.txt"), Classes::COUNTRY),
    (include_str!("../../lists/cities.txt"), Classes::CITY),
    (include_str!("../../lists/regions.txt"), Classes::REGION),
    (include_str!("../../lists/organisations.txt"), Classes::ORGANISATION),
    (include_str!("../../lists/clubs.txt"), Classes::CLUB),
    (include_str!("../../lists/ministries.txt"), Classes::MINISTRY),
    (include_str!("../../lists/organisation_heads.txt"), Classes::ORGANISATION_HEAD),
    (include_str!("../../lists/organisation_tails.txt"), Classes::ORGANISATION_TAIL),
    (include_str!("../../lists/offices.txt"), Classes::OFFICE),
    (include_str!("../../lists/ranks.txt"), Classes::RANK),
    (include_str!("../../lists/honorifics.txt"), Classes::HONORIFIC),
    (include_str!("../../lists/place_heads.txt"), Classes::PLACE_HEAD),
    (include_str!("../../lists/events.txt"), Classes::EVENT),
    (include_str!("../../lists/event_heads.txt"), Classes::EVENT_HEAD),
    (include_str!("../../lists/agreement_heads.txt"), Classes::AGREEMENT_HEAD),
    (include_str!("../../lists/product_heads.txt"), Classes::PRODUCT_HEAD),
    (include_str!("../../lists/products.txt"), Classes::PRODUCT),
    (include_str!("../../lists/misc_heads.txt"), Classes::MISC_HEAD),
    (include_str!("../../lists/place_prepositions.txt"), Classes::PLACE_PREPOSITION),
    (include_str!("../../lists/speech_verbs.txt"), Classes::SPEECH_VERB),
];

#[cfg(test)]
mod tests {
    use super::*;
    use crate::mentions::marks;
    use crate::mentions::statistics::Statistics;
    use crate::mentions::tokens::{self, Recent, id_of};
    use crate::reading::Reading;
    use bantin_document::Document;

    #[test]
    fn the_longest_name_wins_and_a_proper_name_needs_its_capital() {
        let hash = |name: &str| name.split(' ').fold(0, |hash, word| mix(hash, id_of(word)));
        let statistics = Statistics {
            names: Table::new(vec![
                (hash("Nga"), Classes::COUNTRY.0),
                (hash("Liên"), Classes::PREFIX.0),
                (hash("Liên bang"), Classes::PREFIX.0),
                (hash("Liên bang Nga"), Classes::COUNTRY.0),
            ]),
            ..Statistics::default()
        };
        let document = Document::new("a", "Ngà nga, Liên bang Nga, Liên bang Mỹ, NGA");
        let reading = Reading::of(&document);
        let (mut tokens, mut marks, mut names) = (Vec::new(), Marks::default(), Vec::new());
        let recent = &mut Recent::default();
        tokens::read(&statistics, |_| [0; 2], recent, &reading, &mut tokens, &mut marks);
        let marks = (&marks, marks::NAME);
        find(&statistics.names, Classes::PROPER, |token| token.names, &tokens, marks, &mut names);
        let found: Vec<_> = names
            .iter()
            .zip(&tokens)
            .filter(|(name, _)| name.classes == Classes::COUNTRY)
            .map(|(name, token)| (&reading.text()[token.span], name.place, name.left))
            .collect();
        assert_eq!(found, [("Liên", 1, 3), ("bang", 2, 2), ("Nga", 3, 1), ("NGA", 0, 1)]);
    }
}
