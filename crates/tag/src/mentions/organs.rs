//! Organs of states and those who hold their offices, where a rule is surer than the model.

use bantin_crf::mix;
use bantin_document::MentionType;

use super::decode::{Draft, INNER_RULE};
use super::names::{Classes, Name};
use super::repairs::match_start;
use super::runs::is_inner;
use super::tokens::{Shape, Token, id_of, joined};

/// Hashes of the words that the rules ask for.
#[derive(Debug)]
pub(crate) struct Words {
    /// Heads behind which a country is no part of the name: `Doanh nghiệp Việt Nam`.
    no_organs: [u64; 5],
    defence: u64,
    and: u64,
    inside: u64,
    committee: u64,
    cooperation: u64,
    /// Fields that are written with a capital now and then.
    fields: [u64; 10],
    /// Short forms of countries; "Việt Nga" is a given name, too.
    short: [u64; 12],
    /// What ends the field of a committee.
    ends: [u64; 7],
}

impl Default for Words {
    fn default() -> Words {
        let hash = |name: &str| name.split(' ').fold(0, |hash, word| mix(hash, id_of(word)));
        Words {
            no_organs: ["Bảo tàng", "CLB", "Doanh nghiệp", "Liên hiệp", "Phòng"].map(hash),
            defence: hash("quốc phòng"),
            and: id_of("và"),
            inside: id_of("trong"),
            committee: hash("ủy ban liên chính phủ"),
            cooperation: hash("về hợp tác"),
            fields: [
                "an ninh",
                "chính trị",
                "giáo dục",
                "kinh tế",
                "kỹ thuật",
                "ngoại giao",
                "quân sự",
                "thương mại",
                "tài chính",
                "văn hóa",
            ]
            .map(hash),
            short: [
                "Anh", "Hàn", "Lào", "Mỹ", "Nga", "Nhật", "Pháp", "Thái", "Triều", "Trung", "Việt",
                "Ấn",
            ]
            .map(id_of),
            ends: ["có", "diễn", "do", "họp", "là", "nhằm", "tổ"].map(id_of),
        }
    }
}

/// Applies the rules to the mentions of one document.
pub(crate) fn apply(words: &Words, tokens: &[Token], names: &[Name], drafts: &mut Vec<Draft>) {
    leave_defence(words, tokens, drafts);
    drafts.retain(|draft| !is_field(words, tokens, draft));
    part_people_from_countries(names, drafts);
    part_ranks(names, drafts);
    pair_countries(words, tokens, names, drafts);
    join_country(words, tokens, names, drafts);
    for draft in drafts.iter_mut().filter(|draft| draft.kind == MentionType::Org) {
        add_field(words, tokens, names, draft);
    }
    reach_into(words, tokens, drafts);
}

/// `Chủ tịch Phân ban Nga trong Ủy ban liên Chính phủ`: the office names the larger body, too.
fn reach_into(words: &Words, tokens: &[Token], drafts: &mut [Draft]) {
    let is_inside = |draft: &Draft| {
        draft.kind == MentionType::Title
            && tokens.get(draft.end).is_some_and(|token| token.id == words.inside)
            && draft.end + 1 < tokens.len()
    };
    if !drafts.iter().any(is_inside) {
        return;
    }
    // For each token where an organisation begins that is no part of another, its end.
    let mut ends = vec![0; tokens.len()];
    let mut closes = vec![false; tokens.len() + 1];
    for draft in drafts.iter().filter(|draft| draft.kind == MentionType::Org) {
        ends[draft.first] = draft.end;
        closes[draft.end] = true;
    }
    for draft in drafts.iter_mut().filter(|draft| is_inside(draft)) {
        if closes[draft.end] {
            let end = ends[draft.end + 1];
            if end > 0 {
                draft.end = end;
            }
        }
    }
}

/// `Thứ trưởng Quốc phòng Việt Nam`, `hợp tác Quốc phòng`: behind a word in lower case it is the
/// defence, and only a country behind it is a name.
fn leave_defence(words: &Words, tokens: &[Token], drafts: &mut Vec<Draft>) {
    let mut freed: Vec<(usize, usize)> = Vec::new();
    drafts.retain(|draft| {
        let begins = draft.kind == MentionType::Org
            && draft.end - draft.first >= 2
            && joined(&tokens[draft.first..draft.first + 2]) == words.defence;
        let before = draft.first.checked_sub(1).map(|before| &tokens[before]);
        let field = begins && before.is_some_and(|b| b.shape == Shape::Lower && b.id != words.and);
        if field {
            freed.push((draft.first, draft.end));
        }
        !field
    });
    if freed.is_empty() {
        return;
    }
    let mut free = vec![false; tokens.len()];
    freed.into_iter().for_each(|(first, end)| free[first..end].fill(true));
    for draft in drafts.iter_mut().filter(|draft| draft.rule == INNER_RULE) {
        if free[draft.first] {
            draft.rule = "T303";
        }
    }
}

/// `đoàn đại biểu Quân sự cấp cao`: a field with a capital is nobody's name.
fn is_field(words: &Words, tokens: &[Token], draft: &Draft) -> bool {
    draft.kind == MentionType::Per
        && draft.end - draft.first == 1
        && tokens.get(draft.first..draft.end + 1).is_some_and(|pair| {
            pair[1].shape == Shape::Lower && words.fields.contains(&joined(pair))
        })
}

/// `Lê Văn Minh Việt Nam`: a name ends where that of a country begins.
fn part_people_from_countries(names: &[Name], drafts: &mut Vec<Draft>) {
    let mut countries = Vec::new();
    for draft in drafts.iter_mut().filter(|d| d.kind == MentionType::Per && d.end - d.first > 2) {
        let last = names[draft.end - 1];
        if last.place == 1 && last.classes.any(Classes::COUNTRY) {
            draft.end -= 1;
            countries.push(Draft {
                first: draft.end,
                end: draft.end + usize::from(last.left),
                kind: MentionType::Loc,
                confidence: draft.confidence,
                rule: "T320",
            });
        }
    }
    drafts.extend(countries);
}

/// `Bộ trưởng Bộ Quốc phòng Đại tướng`: a rank at the end of an office is a title of its own.
fn part_ranks(names: &[Name], drafts: &mut Vec<Draft>) {
    let mut ranks = Vec::new();
    for draft in drafts.iter_mut().filter(|draft| draft.kind == MentionType::Title) {
        let rank = match_start(names, draft.end - 1);
        let last = names[draft.end - 1];
        if rank > draft.first && last.left == 1 && last.classes.any(Classes::RANK) {
            ranks.push(Draft { first: rank, ..*draft });
            draft.end = rank;
        }
    }
    drafts.extend(ranks);
}

/// `Việt - Nga`: what stands over a dash from a country and can be one is one.
fn pair_countries(words: &Words, tokens: &[Token], names: &[Name], drafts: &mut Vec<Draft>) {
    let covered = || {
        let mut covered = vec![false; tokens.len()];
        let wide = [MentionType::Title, MentionType::Event, MentionType::Agr];
        let things = drafts.iter().filter(|draft| !wide.contains(&draft.kind));
        things.for_each(|draft| covered[draft.first..draft.end].fill(true));
        covered
    };
    // Made where it is asked for: few documents have such a pair.
    let mut all_covered = None;
    let mut pairs = Vec::new();
    for draft in drafts.iter().filter(|draft| draft.rule == "T303") {
        let sides = [draft.first.checked_sub(2), Some(draft.end + 1)];
        for (dash, at) in [draft.first.checked_sub(1), Some(draft.end)].into_iter().zip(sides) {
            let (Some(dash), Some(at)) = (dash, at) else { continue };
            let pair = tokens.get(dash).is_some_and(|token| token.shape == Shape::Dash)
                && tokens.get(at).is_some_and(|token| token.shape == Shape::Capitalized)
                && (words.short.contains(&tokens[at].id)
                    || names[at].place == 0 && names[at].classes.any(Classes::COUNTRY));
            if !pair {
                continue;
            }
            let covered = all_covered.get_or_insert_with(covered);
            if !std::mem::replace(&mut covered[at], true) {
                let kind = MentionType::Loc;
                let confidence = draft.confidence;
                pairs.push(Draft { first: at, end: at + 1, kind, confidence, rule: "T319" });
            }
        }
    }
    drafts.extend(pairs);
}

/// `Hải quân Nga`, `Phân ban Nga`: a country right behind an organ's capitalized head is in its
/// name.
fn join_country(words: &Words, tokens: &[Token], names: &[Name], drafts: &mut Vec<Draft>) {
    let head_of = |draft: &Draft| {
        let last = draft.first.checked_sub(1).filter(|_| draft.rule == "T303")?;
        let head = match_start(names, last);
        let organ = names[last].classes.any(Classes::ORGANISATION_HEAD)
            && names[last].left == 1
            && names[draft.first].classes.any(Classes::COUNTRY)
            && tokens[head].shape.is_capital()
            && head > 0
            && is_inner(&tokens[head - 1])
            && !words.no_organs.contains(&joined(&tokens[head..=last]));
        organ.then_some(head)
    };
    if !drafts.iter().any(|draft| head_of(draft).is_some()) {
        return;
    }
    let mut covered = vec![false; tokens.len()];
    for draft in drafts.iter().filter(|draft| draft.kind != MentionType::Title) {
        covered[draft.first..draft.end].fill(true);
    }
    let mut organs = Vec::new();
    for draft in drafts.iter_mut() {
        let Some(head) = head_of(draft) else { continue };
        if !covered[head..draft.first].contains(&true) {
            let organ = Draft {
                first: head,
                end: draft.end,
                kind: MentionType::Org,
                confidence: draft.confidence,
                rule: "T317",
            };
            organs.push(organ);
            draft.rule = INNER_RULE;
        }
    }
    drafts.extend(organs);
}

/// `Ủy ban liên Chính phủ Việt Nam - Lào về hợp tác kinh tế`: the field is in the name.
fn add_field(words: &Words, tokens: &[Token], names: &[Name], draft: &mut Draft) {
    const COMMITTEE: usize = 5;
    const LONGEST: usize = 14;
    let starts = tokens[draft.first..draft.end].get(..COMMITTEE);
    let behind = tokens.get(draft.end..draft.end + 3);
    let is = |words: Option<&[Token]>, hash| words.is_some_and(|words| joined(words) == hash);
    if !is(starts, words.committee) || !is(behind, words.cooperation) {
        return;
    }
    let field = (draft.end + 3..tokens.len().min(draft.end + LONGEST)).take_while(|at| {
        let (token, classes) = (&tokens[*at], names[*at].classes);
        let ends = classes.any(Classes::SPEECH_VERB.or(Classes::PLACE_PREPOSITION))
            || words.ends.contains(&token.id);
        matches!(token.shape, Shape::Lower | Shape::Dash) && !ends
    });
    let words = field.filter(|at| tokens[*at].shape == Shape::Lower && tokens[*at].id != words.and);
    let last = words.last();
    draft.end = last.unwrap_or(draft.end + 2) + 1;
    draft.rule = "T318";
}
