//! What is certain beside the model: numbers of laws, quotation marks that belong to a name,
//! and layers that must not cross.

use std::cmp::Reverse;

use bantin_crf::mix;
use bantin_document::MentionType;

use super::decode::{Draft, INNER_RULE};
use super::evidence::Evidence;
use super::marks::{self, Marks};
use super::names::{Classes, Name};
use super::organs;
use super::runs::RunSpan;
use super::sessions;
use super::tokens::{Shape, Token, id_of, joined};

/// Hashes of the words that the rules ask for.
#[derive(Debug)]
pub(crate) struct Words {
    organs: organs::Words,
    sessions: sessions::Words,
    numbered: Vec<u64>,
    treaties: [u64; 4],
    /// Last syllables before a treaty that make an organisation of it.
    members: [u64; 2],
    number: u64,
    slash: u64,
    ship: u64,
    law: u64,
    /// Syllables before `luật` that make another word of it.
    no_law: [u64; 4],
    /// First syllables of states' names.
    states: [u64; 5],
    /// A word that stands before an office and is no part of it.
    former: u64,
}

/// What is told by its number. A "văn bản" or "công văn" has one too, and readers do not take it
/// for an agreement.
const NUMBERED: [&str; 8] = [
    "NĐ",
    "QĐ",
    "chỉ thị",
    "nghị quyết",
    "nghị định",
    "quyết định",
    "thông tư",
    "thông tư liên tịch",
];

impl Default for Words {
    fn default() -> Words {
        let hash = |name: &str| name.split(' ').fold(0, |hash, word| mix(hash, id_of(word)));
        Words {
            organs: organs::Words::default(),
            sessions: sessions::Words::default(),
            numbered: NUMBERED.into_iter().map(hash).collect(),
            treaties: ["công ước", "hiến chương", "hiệp định", "hiệp ước"].map(hash),
            members: ["khối", "viên"].map(id_of),
            number: id_of("số"),
            slash: id_of("/"),
            ship: id_of("tàu"),
            law: id_of("luật"),
            no_law: ["pháp", "kỷ", "ty", "phòng"].map(id_of),
            states: ["Liên", "LB", "Cộng", "CH", "CHLB"].map(id_of),
            former: id_of("cựu"),
        }
    }
}

/// Repairs the mentions of one document, and sorts them.
pub(crate) fn apply(words: &Words, evidence: &Evidence, drafts: &mut Vec<Draft>) {
    let Evidence { tokens, marks, names, spans: runs, .. } = evidence;
    number_laws(words, tokens, marks, names, drafts);
    name_laws(words, tokens, marks, drafts);
    name_treaties(words, tokens, names, runs, drafts);
    organs::apply(&words.organs, tokens, names, drafts);
    sessions::apply(&words.sessions, tokens, marks, names, drafts);
    number_ships(words, tokens, names, runs, drafts);
    for draft in drafts.iter_mut() {
        close(tokens, draft);
        complete_country(words, tokens, names, draft);
        complete_office(words, tokens, names, draft);
    }
    drafts.sort_by_key(|d| (d.first, Reverse(d.end), d.kind));
    part_layers(drafts);
}

/// `Nghị định 46/2016/NĐ-CP`, `Quyết định số 684`: a numbered decree is an agreement.
fn number_laws(
    words: &Words,
    tokens: &[Token],
    marks: &Marks,
    names: &[Name],
    drafts: &mut Vec<Draft>,
) {
    let mut laws = Vec::new();
    for at in marks.of(1..tokens.len(), marks::NUMBER) {
        let mut before = at - 1;
        if tokens[before].id == words.number && before > 0 {
            before -= 1;
        }
        let head = match_start(names, before);
        if !words.numbered.contains(&joined(&tokens[head..=before])) {
            continue;
        }
        let found = Draft {
            first: head,
            end: number_end(words, tokens, at),
            kind: MentionType::Agr,
            confidence: 1.0,
            rule: "T311",
        };
        laws.push(found);
    }
    settle(&laws, tokens.len(), drafts, |draft| draft.kind == MentionType::Agr);
}

/// `Luật BHXH`: behind a law an abbreviation is its subject, but for the one in `Công ty luật`.
fn name_laws(words: &Words, tokens: &[Token], marks: &Marks, drafts: &mut Vec<Draft>) {
    let laws: Vec<Draft> = marks
        .of(2..tokens.len(), marks::CAPITAL)
        .filter(|subject| {
            let (before, law) = (&tokens[subject - 2], &tokens[subject - 1]);
            law.id == words.law
                && tokens[*subject].shape == Shape::Upper
                && before.shape != Shape::Upper
                && !words.no_law.contains(&before.id)
        })
        .map(|subject| Draft {
            first: subject - 1,
            end: subject + 1,
            kind: MentionType::Agr,
            confidence: 1.0,
            rule: "T315",
        })
        .collect();
    settle(&laws, tokens.len(), drafts, |draft| draft.kind == MentionType::Agr);
}

/// `Hiệp ước Bắc Đại Tây Dương` is a treaty, but not in the name of its organisation.
fn name_treaties(
    words: &Words,
    tokens: &[Token],
    names: &[Name],
    runs: &[RunSpan],
    drafts: &mut Vec<Draft>,
) {
    let treaties = runs.iter().filter_map(|run| {
        let last = run.first.checked_sub(1)?;
        let head = match_start(names, last);
        words.treaties.contains(&joined(&tokens[head..=last])).then_some(Draft {
            first: head,
            // "Hiến chương Liên hợp quốc"
            end: run.end - 1 + usize::from(names[run.end - 1].left.max(1)),
            kind: MentionType::Agr,
            confidence: 1.0,
            rule: "T316",
        })
    });
    let mut treaties: Vec<Draft> = treaties.collect();
    if treaties.is_empty() {
        return;
    }
    let mut taken = vec![false; tokens.len()];
    for draft in drafts.iter() {
        if matches!(draft.kind, MentionType::Org | MentionType::Event) {
            taken[draft.first + 1..draft.end].fill(true);
        }
    }
    // "khối Hiệp ước Bắc Đại Tây Dương", "thành viên Hiệp ước" are the organisation.
    let member =
        |treaty: &Draft| treaty.first > 0 && words.members.contains(&tokens[treaty.first - 1].id);
    treaties.retain(|treaty| !taken[treaty.first] && !member(treaty));
    settle(&treaties, tokens.len(), drafts, |draft| {
        matches!(draft.kind, MentionType::Agr | MentionType::Org) && draft.rule != INNER_RULE
    });
}

/// First token of the match of names that holds a token.
pub(crate) fn match_start(names: &[Name], at: usize) -> usize {
    let mut first = at;
    while first > 0 && matches!(names[first].place, 2 | 3) {
        first -= 1;
    }
    first
}

/// Puts what a rule found in place of the drafts it concerns, unless one of them holds more.
pub(crate) fn settle(
    found: &[Draft],
    tokens: usize,
    drafts: &mut Vec<Draft>,
    concerns: impl Fn(&Draft) -> bool,
) {
    if found.is_empty() {
        return;
    }
    // For each token one more than the index of what was found there, or 0.
    let mut owner = vec![0; tokens];
    let mut lost = vec![false; found.len()];
    for (i, found) in found.iter().enumerate() {
        owner[found.first..found.end].fill(i + 1);
    }
    drafts.retain(|draft| {
        let mut here = owner[draft.first..draft.end].iter().filter(|owner| **owner != 0);
        let Some(i) = here.next().filter(|_| concerns(draft)).map(|owner| owner - 1) else {
            return true;
        };
        // "Công ước Viên và Hiệp định Paris" are two.
        let several = here.any(|owner| *owner != i + 1);
        let larger = draft.contains(&found[i]) && !found[i].contains(draft) && !several;
        lost[i] |= larger;
        larger
    });
    drafts.extend(found.iter().zip(lost).filter(|(_, lost)| !lost).map(|(found, _)| *found));
}

/// `tàu Quang Trung 016`: a name with a hull number is a ship, whoever it is named after.
fn number_ships(
    words: &Words,
    tokens: &[Token],
    names: &[Name],
    runs: &[RunSpan],
    drafts: &mut Vec<Draft>,
) {
    let numbered = runs.iter().filter(|run| {
        let number = tokens.get(run.end).is_some_and(|token| {
            token.shape == Shape::Digits && !token.glued && matches!(token.span.len(), 2..=4)
        });
        let Some(last) = run.first.checked_sub(1).filter(|_| number) else { return false };
        let head = match_start(names, last);
        names[last].left == 1
            && names[last].classes.any(Classes::PRODUCT_HEAD)
            && tokens[head].id == words.ship
    });
    let ships: Vec<Draft> = numbered
        .map(|run| Draft {
            first: run.first,
            end: run.end + 1,
            kind: MentionType::Prod,
            confidence: 1.0,
            rule: "T314",
        })
        .collect();
    settle(&ships, tokens.len(), drafts, |draft| draft.kind != MentionType::Title);
}

/// Behind the last token of a number of a law that begins at `at`.
fn number_end(words: &Words, tokens: &[Token], at: usize) -> usize {
    let mut end = at + 1;
    while let [mark, part, ..] = &tokens[end..]
        && mark.glued
        && part.glued
        && (mark.id == words.slash || mark.shape == Shape::Dash)
        && (part.shape.is_capital() || matches!(part.shape, Shape::Digits | Shape::Year))
    {
        end += 2;
    }
    end
}

/// A name that opens a quotation or a parenthesis holds its end: `Tập đoàn "Sao Mai"`.
fn close(tokens: &[Token], draft: &mut Draft) {
    let inside = &tokens[draft.first..draft.end];
    let count = |shape: Shape| inside.iter().filter(|token| token.shape == shape).count();
    let Some(next) = tokens.get(draft.end).filter(|next| next.glued) else { return };
    let quote = next.shape == Shape::Quote && count(Shape::Quote) % 2 == 1;
    let parenthesis = next.shape == Shape::Close && count(Shape::Open) > count(Shape::Close);
    if quote || parenthesis {
        draft.end += 1;
    }
}

/// A federation or republic is one with its country: `Liên bang Nga`, not `Nga` alone.
fn complete_country(words: &Words, tokens: &[Token], names: &[Name], draft: &mut Draft) {
    if draft.kind != MentionType::Loc || !names[draft.first].classes.any(Classes::COUNTRY) {
        return;
    }
    let first = match_start(names, draft.first);
    if words.states.contains(&tokens[first].id) {
        draft.first = first;
    }
}

/// No title begins in the midst of an office: `Cố vấn An ninh quốc gia`, not `vấn` behind `cố`, late.
fn complete_office(words: &Words, tokens: &[Token], names: &[Name], draft: &mut Draft) {
    if draft.kind != MentionType::Title || !names[draft.first].classes.any(Classes::OFFICE) {
        return;
    }
    let first = match_start(names, draft.first);
    // "… hội đồng. Chủ tịch", though "đồng chủ tịch" is an office.
    let word = |token: &Token| matches!(token.shape, Shape::Lower | Shape::Capitalized);
    if tokens[first].id != words.former && tokens[first..draft.first].iter().all(word) {
        draft.first = first;
    }
}

/// Mentions nest and never cross. A title ends before a person, and takes in an organisation or
/// place that it reaches into: "Giám đốc Công ty Sao Mai". Else of two that cross the less probable
/// one goes, and one stretch is one mention.
fn part_layers(drafts: &mut Vec<Draft>) {
    let mut kept: Vec<Draft> = Vec::with_capacity(drafts.len());
    'drafts: for draft in drafts.drain(..) {
        let mut i = kept.len();
        let farthest = kept.len().saturating_sub(DEEPEST);
        while i > farthest {
            i -= 1;
            let before = kept[i];
            let same = before.first == draft.first && before.end == draft.end;
            if before.contains(&draft) && before.kind == draft.kind {
                continue 'drafts; // no mention holds another one of its type
            }
            if !same && (!before.overlaps(&draft) || before.contains(&draft)) {
                continue;
            }
            let title = before.kind == MentionType::Title;
            if title && draft.kind == MentionType::Per {
                kept[i].end = draft.first;
            } else if title && matches!(draft.kind, MentionType::Org | MentionType::Loc) {
                kept[i].end = draft.end;
            } else if draft.confidence <= before.confidence {
                continue 'drafts;
            } else {
                kept.remove(i);
            }
        }
        kept.push(draft);
    }
    kept.sort_by_key(|d| (d.first, Reverse(d.end), d.kind));
    *drafts = kept;
}

/// So many mentions before one another can still reach over it.
const DEEPEST: usize = 6;
