//! The last step: who met whom, who signed what, who said what.

/// A list of phrases, each as the keys of its syllables.
macro_rules! phrases {
    ($name:ident = $($text:literal)+) => {
        static $name: LazyLock<Vec<Vec<u64>>> = LazyLock::new(|| vec![$(phrase($text)),+]);
    };
}

/// A list of words as sorted keys.
macro_rules! words {
    ($name:ident = $($word:literal)+) => {
        static $name: LazyLock<Vec<u64>> = LazyLock::new(|| {
            let mut keys = vec![$(bantin_text::keys::syllable_key($word)),+];
            keys.sort_unstable();
            keys
        });
    };
}

mod actors;
mod appointments;
mod circumstances;
mod clause;
mod conferences;
mod cues;
mod delegations;
mod draft;
mod gather;
mod meetings;
mod merge;
mod messages;
mod misread;
mod modality;
pub(crate) mod papers;
mod quotes;
mod signings;
mod statements;
mod triggers;
mod visits;
mod when;

use bantin_dates::Timeline;
use bantin_document::{Extent, Statement, Tag};

use self::clause::Clause;
use crate::identity::Cast;
use crate::reading::Reading;
use crate::signs::{self, Signs};

/// A sentence of more words is a list or a text without stops; nobody meets anybody in it, and
/// looking would cost its square.
const LONGEST: usize = 400;

/// Says which words begin what the step looks for.
pub(crate) fn signs(table: &mut Vec<(u64, Signs)>) {
    let mut add = |sign, words: &mut dyn Iterator<Item = u64>| {
        table.extend(words.map(|word| (word, sign)));
    };
    add(signs::CUE, &mut cues::first_words());
    add(signs::TRIGGER, &mut triggers::first_words());
    add(signs::LEADING, &mut delegations::first_words());
    add(signs::HALL, &mut meetings::first_words());
    add(signs::SIGNING, &mut papers::first_words());
    add(signs::QUOTE, &mut quotes::marks());
}

/// Adds the events and statements of the article to the layer.
pub(crate) fn add(
    reading: &Reading<'_>,
    words: &[u64],
    tag: &mut Tag,
    cast: &Cast,
    timeline: &Timeline,
) {
    let clauses: Vec<Clause<'_>> = reading
        .sentences
        .iter()
        .filter(|s| s.zone.is_kept() && s.atoms.len() <= LONGEST)
        .map(|sentence| Clause::new(reading, sentence, words, tag, cast))
        .collect();
    let statements = statements::add(&clauses, cast);
    let speakers: Vec<String> =
        statements.iter().flat_map(|s| s.speakers.iter().cloned()).collect();
    let drafts = gather::events(&clauses, &speakers, tag, cast, timeline);
    drop(clauses);
    tag.events = Some(merge::events(drafts, tag, cast, timeline));
    let mut statements: Vec<Statement> = statements;
    statements.sort_by_key(|s| (s.start, std::cmp::Reverse(s.end)));
    tag.statements = Some(statements);
}

/// The extent of a stretch of atoms.
fn extent(clause: &Clause<'_>, first: usize, end: usize) -> Extent {
    clause.span(first, end).into()
}
