//! The second step: dates and ordinals, their values, and what the document resolves them to.

use bantin_dates::{Day, Expression, Timeline};
use bantin_document::{Extent, Mention, MentionType, Spanned, Tag, ZoneKind};
use bantin_text::Span;
use bantin_text::keys::syllable_key;

use crate::reading::Reading;
use crate::signs::{self, Signs};

/// What the step uses again; one per thread.
#[derive(Debug, Default)]
pub(crate) struct Buffers {
    kept: Vec<Expression>,
    dropped: Vec<Expression>,
}

/// Adds the dates of all zones, and tells when the document was written as far as that is known;
/// `reference` dates a document that says nothing against it.
///
/// Only the article is evidence: dates of captions and related stories neither date it nor stand
/// behind `cùng ngày`.
pub(crate) fn add(
    reading: &Reading<'_>,
    buffers: &mut Buffers,
    reference: Option<Day>,
    tag: &mut Tag,
) -> Timeline {
    let text = reading.text();
    let Buffers { kept, dropped } = buffers;
    bantin_dates::find_in(text, &reading.atoms, &reading.lexemes, kept);
    let is_kept = |e: &mut Expression| {
        reading.sentence_at(e.span.start()).is_none_or(|sentence| sentence.zone.is_kept())
    };
    dropped.clear();
    dropped.extend(kept.extract_if(.., |e| !is_kept(e)));
    if !dropped.is_empty() {
        bantin_dates::link(kept);
        bantin_dates::link(dropped);
    }
    let timeline = known(reading).unwrap_or_else(|| {
        let inferred = Timeline::infer(text, kept);
        match reference.filter(|day| inferred.allows(*day)) {
            Some(day) => Timeline::known(day, "date given"),
            None => inferred,
        }
    });
    for (expressions, of_article) in [(kept, true), (dropped, false)] {
        for expression in &*expressions {
            let resolution = if of_article { timeline.resolve(expression) } else { None };
            let (resolved, basis) = resolution.map(|r| (r.value, r.basis)).unzip();
            tag.mentions.push(Mention {
                value: Some(expression.value.to_string()),
                resolved,
                basis,
                rule: Some(expression.rule.into()),
                ..mention(reading, expression.span, MentionType::Date)
            });
        }
    }
    ordinals(reading, tag);
    tag.mentions.sort_by_key(Spanned::span);
    timeline
}

/// The day of the document, where its own metadata says it.
fn known(reading: &Reading<'_>) -> Option<Timeline> {
    let document = reading.document;
    let stated = document.clean.as_ref().and_then(|clean| clean.meta.date.as_ref());
    if let Some(day) = stated.and_then(|date| Day::parse(&date.value)) {
        return Some(Timeline::known(day, "published"));
    }
    let day = document.own("date").and_then(|date| day_of(&date))?;
    Some(Timeline::known(day, "date of the record"))
}

/// A day in any form that news metadata has: `2017-02-09T08:00`, `09/02/2017 08:00`.
fn day_of(date: &str) -> Option<Day> {
    Day::parse(date).or_else(|| {
        bantin_dates::find(date).iter().find_map(|e| match e.value {
            bantin_dates::Value::Date(date) => date.to_day(),
            _ => None,
        })
    })
}

/// Says which words an ordinal begins with.
pub(crate) fn signs(table: &mut Vec<(u64, Signs)>) {
    table.push((syllable_key("lần"), signs::ORDINAL));
}

/// Ordinals of events: `lần thứ 7`, `lần thứ hai`, `lần đầu tiên`.
fn ordinals(reading: &Reading<'_>, tag: &mut Tag) {
    let text = reading.text();
    let surface = |at: usize| reading.atoms.get(at).map_or("", |atom| &text[atom.span]);
    for at in reading.sentences.iter().flat_map(|s| reading.signs_of(s, signs::ORDINAL)) {
        if !matches!(surface(at), "lần" | "Lần") {
            continue;
        }
        let (last, number) = match surface(at + 1) {
            "thứ" => match ordinal(surface(at + 2)) {
                Some(number) => (at + 2, number),
                None => continue,
            },
            "đầu" if surface(at + 2) == "tiên" => (at + 2, 1),
            _ => continue,
        };
        let span = Span::new(reading.atoms[at].span.start(), reading.atoms[last].span.end());
        tag.mentions.push(Mention {
            value: Some(format!("ord:{number}")),
            rule: Some("D450".into()),
            ..mention(reading, span, MentionType::Qty)
        });
    }
}

/// The number of an ordinal: `7`, `hai`, `XII`.
pub(crate) fn ordinal(word: &str) -> Option<u32> {
    if let Ok(number) = word.parse() {
        return Some(number);
    }
    const WORDS: [(&str, u32); 12] = [
        ("nhất", 1),
        ("hai", 2),
        ("nhì", 2),
        ("ba", 3),
        ("tư", 4),
        ("năm", 5),
        ("sáu", 6),
        ("bảy", 7),
        ("bẩy", 7),
        ("tám", 8),
        ("chín", 9),
        ("mười", 10),
    ];
    let lower = word.to_lowercase();
    if let Some((_, number)) = WORDS.iter().find(|(w, _)| *w == lower) {
        return Some(*number);
    }
    let mut total = 0;
    let mut before = 0;
    for c in word.chars().rev() {
        let value = match c {
            'I' => 1,
            'V' => 5,
            'X' => 10,
            'L' => 50,
            _ => return None,
        };
        total = if value < before { total - value } else { total + value };
        before = value;
    }
    u32::try_from(total).ok().filter(|n| *n > 0)
}

/// A mention without more than its place, kind and zone.
fn mention(reading: &Reading<'_>, span: Span, kind: MentionType) -> Mention {
    let Extent { start, end } = span.into();
    let zone = reading.sentence_at(span.start()).map(|s| s.zone);
    Mention {
        start,
        end,
        kind,
        surface: reading.text()[span].to_owned(),
        entity: None,
        holder: None,
        value: None,
        resolved: None,
        basis: None,
        zone: zone.filter(|zone| *zone != ZoneKind::Body),
        confidence: None,
        rule: None,
    }
}
