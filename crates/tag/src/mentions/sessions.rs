//! Meetings that are told by their number, and what is named after them.

use bantin_document::MentionType;

use super::decode::Draft;
use super::marks::{self, Marks};
use super::names::{Classes, Name};
use super::repairs::{match_start, settle};
use super::tokens::{Shape, Token, id_of, joined};

/// Hashes of the words that the rules ask for.
#[derive(Debug)]
pub(crate) struct Words {
    ordinal: u64,
    numbers: [u64; 10],
    session: u64,
    /// What is agreed on at a meeting and named after it.
    papers: [u64; 4],
    /// What ends the name of a meeting on the way to its number.
    ends: [u64; 13],
}

impl Default for Words {
    fn default() -> Words {
        let hash =
            |name: &str| name.split(' ').fold(0, |hash, word| bantin_crf::mix(hash, id_of(word)));
        Words {
            ordinal: id_of("thứ"),
            numbers: ["nhất", "hai", "ba", "tư", "năm", "sáu", "bảy", "tám", "chín", "mười"]
                .map(id_of),
            session: hash("kỳ họp"),
            papers: ["biên bản", "nghị quyết", "tuyên bố chung", "thông cáo chung"].map(hash),
            ends: [
                "bị", "có", "cho", "cùng", "do", "là", "mà", "nhằm", "này", "sau", "tại", "tới",
                "đến",
            ]
            .map(id_of),
        }
    }
}

/// Applies the rules to the mentions of one document.
pub(crate) fn apply(
    words: &Words,
    tokens: &[Token],
    marks: &Marks,
    names: &[Name],
    drafts: &mut Vec<Draft>,
) {
    let times = marks.of(0..tokens.len(), marks::TIME);
    let found: Vec<Draft> = times.filter_map(|at| numbered(words, tokens, names, at)).collect();
    settle(&found, tokens.len(), drafts, |draft| draft.kind == MentionType::Event);
    join_body(words, tokens, drafts);
    name_papers(words, tokens, names, drafts);
}

/// `Đối thoại Chiến lược Quốc phòng Việt - Nga lần thứ hai`: from the head to the number behind
/// the `lần` at `at`, where nothing but a name lies between.
fn numbered(words: &Words, tokens: &[Token], names: &[Name], at: usize) -> Option<Draft> {
    const LONGEST: usize = 18;
    let [_, ordinal, number, ..] = &tokens[at..] else { return None };
    let is_number = matches!(number.shape, Shape::Digits | Shape::Upper | Shape::Initial)
        || words.numbers.contains(&number.id);
    if ordinal.id != words.ordinal || !is_number {
        return None;
    }
    let mut capital = false;
    let mut before = at;
    while before > 0 && at - before < LONGEST {
        before -= 1;
        let (token, name) = (&tokens[before], names[before]);
        let inside = token.shape.is_word() || token.shape == Shape::Dash;
        if !inside || name.classes.any(Classes::SPEECH_VERB) || words.ends.contains(&token.id) {
            return None;
        }
        if name.classes.any(Classes::EVENT_HEAD) {
            let first = match_start(names, before);
            let (end, confidence) = (at + 3, 0.8);
            let found = Draft { first, end, kind: MentionType::Event, confidence, rule: "T321" };
            return (capital || tokens[first].shape.is_capital()).then_some(found);
        }
        capital |= token.shape.is_capital();
    }
    None
}

/// `Kỳ họp lần thứ 39 Ủy ban liên Chính phủ`: the session of a body names it.
fn join_body(words: &Words, tokens: &[Token], drafts: &mut [Draft]) {
    let is_session = |draft: &Draft| {
        draft.kind == MentionType::Event
            && tokens
                .get(draft.first..draft.first + 2)
                .is_some_and(|head| joined(head) == words.session)
    };
    if !drafts.iter().any(is_session) {
        return;
    }
    // For each token where an organisation begins, the end of the longest.
    let mut ends = vec![0; tokens.len() + 1];
    for draft in drafts.iter().filter(|draft| draft.kind == MentionType::Org) {
        ends[draft.first] = draft.end.max(ends[draft.first]);
    }
    for draft in drafts.iter_mut().filter(|draft| is_session(draft)) {
        // Right behind it, or reaching over its end.
        let end = ends[draft.first + 2..=draft.end].iter().copied().max().unwrap_or(0);
        if end > draft.end {
            draft.end = end;
            draft.rule = "T322";
        }
    }
}

/// `Biên bản Kỳ họp lần thứ 39`, `Nghị quyết Đại hội XII`: a paper is named after its meeting.
fn name_papers(words: &Words, tokens: &[Token], names: &[Name], drafts: &mut Vec<Draft>) {
    let events = drafts.iter().filter(|draft| draft.kind == MentionType::Event);
    let papers = events.filter_map(|event| {
        let last = event.first.checked_sub(1)?;
        let first = match_start(names, last);
        let paper = words.papers.contains(&joined(&tokens[first..=last]));
        paper.then_some(Draft { first, kind: MentionType::Agr, rule: "T323", ..*event })
    });
    let papers: Vec<Draft> = papers.collect();
    settle(&papers, tokens.len(), drafts, |draft| draft.kind == MentionType::Agr);
}
