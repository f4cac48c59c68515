//! Who said what: quotations and reported speech.

use std::collections::BTreeSet;
use std::sync::LazyLock;

use bantin_document::{Attribution, Extent, MentionType, Quotation, Statement, ZoneKind};

use super::actors::{Actor, Kind};
use super::clause::Clause;
use super::cues::{Cue, find_cue};
use super::extent;
use super::quotes::Mark;
use crate::identity::Cast;
use crate::signs;

/// All statements of the article.
pub(super) fn add(clauses: &[Clause<'_>], cast: &Cast) -> Vec<Statement> {
    let mut found: Vec<(Statement, &Clause<'_>)> = Vec::new();
    let mut last = Last::default();
    let mut open = Open::default();
    for clause in clauses {
        // A quotation that was opened in an earlier sentence goes on.
        if open.goes_on(clause) {
            if let Some(statement) = open.statement.and_then(|s: usize| found.get_mut(s)) {
                let end = open.end_in(clause);
                statement.0.end = clause.span(clause.sentence.atoms.start, end).end() as u32;
            }
            open.update(clause, open.statement);
            continue;
        }
        let read = sentence(clause, cast, &mut last);
        let statement = read.map(|(speakers, statement)| {
            last = Last { known: Some(speakers), since: Vec::new() };
            found.push((statement, clause));
            found.len() - 1
        });
        if statement.is_none() {
            last.since.push(clause);
        }
        open.update(clause, statement);
    }
    let is_head =
        |clause: &Clause<'_>| matches!(clause.sentence.zone, ZoneKind::Title | ZoneKind::Lede);
    if found.iter().any(|(_, clause)| is_head(clause)) {
        // The lede repeats what the body says at length.
        let words = |clause: &Clause<'_>| -> BTreeSet<u64> {
            clause.words[clause.sentence.atoms.clone()].iter().copied().collect()
        };
        let body: Vec<(Vec<String>, BTreeSet<u64>)> = found
            .iter()
            .filter(|(_, clause)| clause.sentence.zone == ZoneKind::Body)
            .map(|(statement, clause)| (statement.speakers.clone(), words(clause)))
            .collect();
        found.retain(|(statement, clause)| {
            let repeated = || {
                let words = words(clause);
                body.iter().any(|(speakers, said)| {
                    *speakers == statement.speakers
                        && 10 * words.intersection(said).count() >= 6 * words.len()
                })
            };
            !is_head(clause) || !repeated()
        });
    }
    found.into_iter().map(|(statement, _)| statement).collect()
}

/// Who spoke last, or whom a sentence behind that is about.
#[derive(Default)]
struct Last<'c> {
    known: Option<Vec<usize>>,
    /// Sentences since then that were not asked yet.
    since: Vec<&'c Clause<'c>>,
}

impl Last<'_> {
    fn get(&mut self, cast: &Cast) -> Option<&[usize]> {
        let person = |e: &usize| cast.entities[*e].kind == MentionType::Per;
        let of = |clause: &&Clause<'_>| {
            clause.main_subject().map(|(all, _)| all).filter(|all| all.iter().all(person))
        };
        self.known = self.since.iter().rev().find_map(of).or(self.known.take());
        self.since.clear();
        self.known.as_deref()
    }
}

/// A quotation that is open at the end of a sentence.
#[derive(Default)]
struct Open {
    open: bool,
    statement: Option<usize>,
    /// By a straight mark, and up to here, in bytes.
    straight: bool,
    end: usize,
}

impl Open {
    fn goes_on(&self, clause: &Clause<'_>) -> bool {
        let start = clause.sentence.span.start();
        // A straight mark says less: it holds no further than its line.
        let line = || !clause.reading.text()[self.end..start].contains('\n');
        // A paragraph that opens a quotation of its own is a new one.
        self.open
            && (!self.straight || self.end <= start && line())
            && clause.mark(clause.sentence.atoms.start) != Some(Mark::Opens)
    }

    fn update(&mut self, clause: &Clause<'_>, statement: Option<usize>) {
        for (at, mark) in &clause.marks {
            match mark {
                Mark::Opens => {
                    self.open = true;
                    self.straight = clause.is(*at, "\"");
                }
                Mark::Closes => self.open = false,
            }
        }
        self.statement = if self.open { statement } else { None };
        self.end = clause.sentence.span.end();
    }

    fn end_in(&self, clause: &Clause<'_>) -> usize {
        let closes = clause.marks.iter().find(|(_, mark)| *mark == Mark::Closes);
        closes.map_or(clause.sentence.atoms.end, |(at, _)| at + 1)
    }
}

fn sentence(
    clause: &Clause<'_>,
    cast: &Cast,
    last: &mut Last<'_>,
) -> Option<(Vec<usize>, Statement)> {
    let atoms = clause.sentence.atoms.clone();
    let quote = clause.quotes.first().copied();
    if clause.sentence.signs & signs::CUE == 0 {
        return None;
    }
    let mut from = atoms.start;
    while let Some(at) = clause.reading.sign_in(from..atoms.end, signs::CUE) {
        from = at + 1;
        let Some(cue) = find_cue(clause, at) else { continue };
        // A cue inside the name of a thing is part of the name.
        let named = |a: &Actor| matches!(a.kind, Kind::Thing(_)) && a.head <= at && at < a.end;
        if clause.in_quote(at) || clause.actors().iter().any(named) {
            continue;
        }
        let end = at + cue.words.len();
        from = end;
        let told =
            ["rằng", ":", "“", "\"", "về", ",", "với", "cao"].iter().any(|w| clause.is(end, w))
                || quote.is_some();
        let before = if told { None } else { told_before(clause, at, end) };
        let told = told || before.is_some();
        if cue.is_weak() && !told {
            continue;
        }
        let Some(said) = quote.or(before).or_else(|| reported(clause, end)) else { continue };
        if let Some(speaker) = speaker(clause, cast, at, last) {
            // The verb that introduces the quotation is its cue: "bày tỏ niềm vui … và khẳng định: “".
            let (at, end) = introducing(clause, at, end, quote);
            let span = clause.span(said.0, said.1);
            let cue = extent(clause, at, end);
            // "… đưa tôi đi”, bà kể" ends a quotation that an earlier sentence opened.
            let closes = clause.mark(said.1 - 1) == Some(Mark::Closes) && before.is_some();
            let direct = quote.is_some() || closes;
            let kind = if direct { Quotation::Direct } else { Quotation::Indirect };
            let statement = speaker.says(cast, cue, span.into(), kind);
            return Some((speaker.entities, statement));
        }
    }
    None
}

/// What is said behind a cue in reported speech, without the marks that lead to it; nothing where
/// no word follows.
fn reported(clause: &Clause<'_>, from: usize) -> Option<(usize, usize)> {
    let end = clause.sentence.atoms.end;
    let word = (from..end).find(|i| clause.is_word(*i))?;
    // "(…" and "“…" stay whole.
    let first = (from..word)
        .find(|i| clause.mark(*i) == Some(Mark::Opens) || clause.is(*i, "("))
        .unwrap_or(word);
    Some((first, end))
}

/// What is said in reported speech that stands before who says it: `Giá sẽ giảm, ông A nói.`
fn told_before(clause: &Clause<'_>, at: usize, end: usize) -> Option<(usize, usize)> {
    let start = clause.sentence.atoms.start;
    let over = (end..clause.sentence.atoms.end).all(|i| clause.is(i, "."));
    if !over || !find_cue(clause, at).is_some_and(Cue::tells) || clause.has(&ADVERBIALS, start) {
        return None;
    }
    let (_, subject) = clause.subject_at(at)?;
    let comma = subject.checked_sub(1).filter(|i| *i > start && clause.is(*i, ","))?;
    let words = (start..comma).filter(|i| clause.is_word(*i)).count();
    (words > 4 && clause.is_word(start)).then_some((start, comma))
}

// What leads to who speaks, and is not what is said.
words!(ADVERBIALS = "theo" "tại" "trong" "ngày" "sáng" "trưa" "chiều" "tối" "đêm" "hôm" "sau" "trước" "khi" "về" "trả" "trao" "phát" "nói" "chia" "giải" "liên" "với" "từ" "ở" "bên" "nhân" "để" "do" "đến" "cũng" "qua" "đối" "là" "tuy" "năm" "tháng" "mới" "mở" "kết" "chủ" "đại" "đề" "bàn");

/// The last cue before a quotation that a colon or comma leads to.
fn introducing(
    clause: &Clause<'_>,
    at: usize,
    end: usize,
    quote: Option<(usize, usize)>,
) -> (usize, usize) {
    let Some((first, _)) = quote else { return (at, end) };
    (at..first)
        .rev()
        .find_map(|i| {
            find_cue(clause, i).map(|cue| (i, i + cue.words.len())).filter(|(_, e)| *e <= first)
        })
        .unwrap_or((at, end))
}

/// Who speaks, and how that is known.
struct Speaker {
    entities: Vec<usize>,
    attribution: Attribution,
    rule: &'static str,
}

impl Speaker {
    fn says(&self, cast: &Cast, cue: Extent, said: Extent, kind: Quotation) -> Statement {
        let mut speakers: Vec<String> =
            self.entities.iter().map(|e| cast.entities[*e].id.clone()).collect();
        speakers.sort();
        speakers.dedup();
        Statement {
            start: said.start,
            end: said.end,
            speakers,
            cue: Some(cue),
            kind,
            attribution: self.attribution,
            rule: Some(self.rule.into()),
        }
    }
}

fn speaker(clause: &Clause<'_>, cast: &Cast, at: usize, last: &mut Last<'_>) -> Option<Speaker> {
    let known = |entities, attribution, rule| Some(Speaker { entities, attribution, rule });
    let start = clause.sentence.atoms.start;
    if let Some(subject) = clause.subject(at) {
        // "Việt Nam luôn coi trọng …" behind the words of her minister: he goes on speaking.
        if let [only] = &subject[..]
            && cast.entities[*only].kind == MentionType::Loc
            && let Some([speaker]) = last.get(cast)
            && cast.entities[*speaker].country == Some(&cast.entities[*only].id)
        {
            return known(vec![*speaker], Attribution::Continuation, "T605");
        }
        let anaphor = clause
            .actors()
            .iter()
            .any(|a| a.anaphor && a.end <= at && a.kind == Kind::Person && a.entities == subject)
            && !clause.actors().iter().any(|a| !a.anaphor && a.end <= at && a.entities == subject);
        return if anaphor {
            known(subject, Attribution::Pronoun, "T602")
        } else {
            known(subject, Attribution::Explicit, "T601")
        };
    }
    // "Ông đánh giá cao …", "bà cho biết"
    let before = at.saturating_sub(4).max(start);
    let pronoun = (before..at).rev().find(|i| {
        ["ông", "bà", "anh", "chị", "cô"].iter().any(|w| clause.is(*i, w))
            && !clause.actors().iter().any(|a| a.first <= *i && *i < a.end)
            && (*i == start
                || [",", "“", "”", "\"", ";", "đó", "nhưng", "và", "này"]
                    .iter()
                    .any(|w| clause.is(*i - 1, w)))
    });
    if let Some(pronoun) = pronoun
        && (pronoun + 1..at)
            .all(|i| ["đã", "cũng", "còn", "vừa", "luôn", "này"].iter().any(|w| clause.is(i, w)))
        && let Some(last) = last.get(cast)
        && last.iter().all(|e| cast.entities[*e].kind == MentionType::Per)
        && last.len() == 1
    {
        return known(last.to_vec(), Attribution::Pronoun, "T603");
    }
    // A second verb of the same subject: "…, khẳng định", "… và nhấn mạnh"; or the first after a
    // long predicate.
    let joined = at > start
        && [",", ";", "và", "thời", "cũng", ")", "đã", "”", "\"", "định"]
            .iter()
            .any(|w| clause.is(at - 1, w));
    if !joined && at != start {
        return None;
    }
    let (subject, end) = clause.main_subject()?;
    if end > at {
        return None;
    }
    // Somebody else's clause between: "A gặp B, cho biết" is still A's.
    known(subject, Attribution::Explicit, "T604")
}
