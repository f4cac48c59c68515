//! What the steps behind the mentions make of them: dates, who is who, holders, groups, events.
//!
//! The fixtures bring their mentions along, `{TITLE Bộ trưởng {ORG Bộ Y tế}}`, so that they show
//! the reasoning whatever the model has learned.

use std::fmt::Write;
use std::sync::LazyLock;

use bantin_document::{Document, Mention, MentionType, Spanned, Tag};
use bantin_tag::{Day, Knowledge, Tagger};
use bantin_text::Span;
use proptest::prelude::*;

static TAGGER: LazyLock<Tagger> = LazyLock::new(Tagger::default);

fn mention(start: usize, end: usize, kind: MentionType) -> Mention {
    Mention {
        start: start as u32,
        end: end as u32,
        kind,
        surface: String::new(),
        entity: None,
        holder: None,
        value: None,
        resolved: None,
        basis: None,
        zone: None,
        confidence: None,
        rule: None,
    }
}

/// Takes the braces out of a fixture.
fn read(marked: &str) -> (String, Vec<Mention>) {
    const KINDS: [MentionType; 8] = [
        MentionType::Per,
        MentionType::Org,
        MentionType::Loc,
        MentionType::Misc,
        MentionType::Event,
        MentionType::Agr,
        MentionType::Prod,
        MentionType::Title,
    ];
    let (mut text, mut mentions, mut open) = (String::new(), Vec::new(), Vec::new());
    let mut rest = marked;
    while let Some(at) = rest.find(['{', '}']) {
        text.push_str(&rest[..at]);
        if rest[at..].starts_with('}') {
            let (start, kind) = open.pop().expect("braces match");
            mentions.push(mention(start, text.len(), kind));
            rest = &rest[at + 1..];
        } else {
            let (word, after) = rest[at + 1..].split_once(' ').expect("a type and a space");
            let kind = KINDS.into_iter().find(|k| k.as_str() == word).expect("a type");
            open.push((text.len(), kind));
            rest = after;
        }
    }
    text.push_str(rest);
    (text, mentions)
}

fn reasoned(tagger: &Tagger, marked: &str) -> (Document, Tag) {
    let (text, mentions) = read(marked);
    let mut document = Document::new("fixture", text);
    tagger.reason_about(&mut document, mentions);
    let tag = document.tag.take().expect("tagged");
    (document, tag)
}

fn render(marked: &str) -> String {
    let (document, tag) = reasoned(&TAGGER, marked);
    let text = &document.text;
    let mut out = String::new();
    for m in tag.mentions.iter().filter(|m| m.value.is_some()) {
        let resolved = m.resolved.as_deref().map(|r| format!(" = {r}")).unwrap_or_default();
        let basis = m.basis.as_deref().map(|b| format!(" because {b}")).unwrap_or_default();
        writeln!(
            out,
            "{} {:?} {}{resolved}{basis}",
            m.kind.as_str(),
            m.surface,
            m.value.as_deref().unwrap_or_default()
        )
        .unwrap();
    }
    for e in tag.entities.iter().filter(|e| e.kind != MentionType::Loc || !e.aliases.is_empty()) {
        writeln!(out, "{} {:?}", e.id, e.name).unwrap();
        for alias in &e.aliases {
            writeln!(out, "    {:?} {}", alias.name, alias.reason).unwrap();
        }
    }
    for m in tag.mentions.iter().filter(|m| m.kind == MentionType::Title) {
        writeln!(out, "title {:?} of {}", m.surface, m.holder.as_deref().unwrap_or("nobody"))
            .unwrap();
    }
    for g in tag.groups.iter().flatten() {
        writeln!(out, "group {:?} is {}", &text[g.span()], g.refs.join(" + ")).unwrap();
    }
    for e in tag.events.iter().flatten() {
        let trigger = &text[e.trigger.span()];
        write!(out, "{} {} {trigger:?}", e.kind.as_str(), e.modality.as_str()).unwrap();
        for a in &e.arguments {
            write!(out, "\n    {} {}", a.role, a.entity).unwrap();
            if let Some(capacity) = &a.capacity {
                write!(out, " as {capacity:?}").unwrap();
            }
        }
        if let Some(date) = &e.date {
            write!(
                out,
                "\n    on {}",
                date.resolved.as_ref().or(date.interval.as_ref()).unwrap_or(&date.value)
            )
            .unwrap();
        }
        if let Some(paper) = e.paper {
            write!(out, "\n    paper {:?}", &text[paper.span()]).unwrap();
        }
        if let Some(place) = &e.place {
            write!(out, "\n    at {place}").unwrap();
        }
        writeln!(out).unwrap();
    }
    for s in tag.statements.iter().flatten() {
        let cue = s.cue.map(|c| &text[c.span()]).unwrap_or_default();
        writeln!(
            out,
            "{:?} {:?} by {} {cue:?}: {:?}",
            s.kind,
            s.attribution,
            s.speakers.join(" + "),
            &text[s.span()]
        )
        .unwrap();
    }
    out
}

macro_rules! fixtures {
    ($($topic:ident)+) => {$(
        #[test]
        fn $topic() {
            insta::glob!(concat!("../../../../fixtures/tag/", stringify!($topic)), "*.txt", |path| {
                insta::assert_snapshot!(render(&std::fs::read_to_string(path).unwrap()));
            });
        }
    )+};
}

fixtures!(dating identity holders groups events);

#[test]
fn a_user_brings_ids_along() {
    let lines = r#"{"id":"per:q1","type":"PER","names":["Lê Hoài Nam"]}
{"id":"org:q2","type":"ORG","names":["Liên minh Nông dân"]}"#;
    let tagger = Tagger::default().knowing(Knowledge::parse(lines).unwrap());
    let (_, tag) = reasoned(
        &tagger,
        "Ông {PER Lê Hoài Nam} thăm {ORG Liên minh Nông dân}. Ông {PER Nam} vui.",
    );
    let ids: Vec<_> = tag.mentions.iter().filter_map(|m| m.entity.as_deref()).collect();
    assert_eq!(ids, ["per:q1", "org:q2", "per:q1"]);
}

#[test]
fn the_day_of_the_caller_resolves_dates() {
    let tagger = Tagger::default().dated(Day::parse("2017-07-12").unwrap());
    let (_, tag) = reasoned(&tagger, "Hôm qua trời mưa.");
    assert_eq!(tag.mentions[0].resolved.as_deref(), Some("2017-07-11"));
}

proptest! {
    /// Any spans may come as mentions, and every span that goes out lies in the text.
    #[test]
    fn any_mentions_are_reasoned_about(
        pieces in prop::collection::vec(prop::sample::select(vec!["Bộ trưởng ", "Nga ", "Ngô Lan ", "đã tiếp ", "hai nước ", ", ", "và ", "do ", "ký ", "kế hoạch ", "20/11 ", "(ABC) ", "“", "”", ". ", "nói ", "thăm ", "\n"]), 1..24),
        cuts in prop::collection::vec((0usize..24, 1usize..5, 0usize..8), 0..12),
    ) {
        const KINDS: [MentionType; 8] = [MentionType::Per, MentionType::Org, MentionType::Loc, MentionType::Misc, MentionType::Event, MentionType::Agr, MentionType::Prod, MentionType::Title];
        let mut ends = vec![0];
        let mut text = String::new();
        for piece in &pieces { text.push_str(piece); ends.push(text.len()); }
        let mut mentions = Vec::new();
        for (first, len, kind) in cuts {
            let (a, b) = (first.min(pieces.len() - 1), (first + len).min(pieces.len()));
            if a < b {
                let span = Span::new(ends[a], ends[b]).trim(&text);
                if !span.is_empty() { mentions.push(mention(span.start(), span.end(), KINDS[kind])); }
            }
        }
        let mut document = Document::new("random", text);
        TAGGER.reason_about(&mut document, mentions);
        let tag = document.tag.as_ref().unwrap();
        for event in tag.events.iter().flatten() {
            let _ = &document.text[event.trigger.span()];
        }
        for statement in tag.statements.iter().flatten() {
            let _ = &document.text[statement.span()];
        }
        for entity in tag.mentions.iter().filter_map(|m| m.entity.as_deref()) {
            prop_assert!(tag.entities.iter().any(|e| e.id == entity));
        }
    }
}
