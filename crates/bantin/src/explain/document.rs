//! What was found in a stretch of a document, and why.

use std::collections::BTreeSet;
use std::fmt::{self, Write};

use bantin_document::{Clean, Document, Event, Mention, Segment, Spanned, Tag};
use bantin_tag::{Explanation, Tagger};
use bantin_text::Span;

use super::codes::reason;

/// Longest surface form that is shown whole, in characters.
const SHOWN: usize = 60;

/// Says what the layers have at `at`; for less than the whole document, with the evidence for each
/// mention.
pub(super) fn words(document: &Document, at: Span, tagger: &Tagger) -> String {
    let mut out = String::new();
    let page = Page { document, at, tagger };
    page.write(&mut out).expect("a string takes every word");
    out
}

struct Page<'d> {
    document: &'d Document,
    at: Span,
    tagger: &'d Tagger,
}

impl Page<'_> {
    fn write(&self, out: &mut String) -> fmt::Result {
        let Document { id, text, source, .. } = self.document;
        write!(out, "document \"{id}\"")?;
        if let Some(source) = source {
            write!(out, " from {}", source.path)?;
            if let Some(line) = source.line {
                write!(out, ":{line}")?;
            }
        }
        writeln!(out, ", {} bytes", text.len())?;
        if self.at.len() < text.len() {
            writeln!(out, "at {}", self.surface(self.at))?;
        }
        if let Some(clean) = &self.document.clean {
            self.clean(clean, out)?;
        }
        if let Some(segment) = &self.document.segment {
            self.segment(segment, out)?;
        }
        if let Some(tag) = &self.document.tag {
            self.tag(tag, out)?;
        }
        Ok(())
    }

    fn clean(&self, clean: &Clean, out: &mut String) -> fmt::Result {
        let zones = clean.zones.iter().filter(|zone| self.touches(zone.span()));
        for (i, zone) in zones.enumerate() {
            if i == 0 {
                heading(out, "zones")?;
            }
            let what = if zone.kind.is_kept() { "kept" } else { "removed" };
            let sure = sure(zone.confidence);
            writeln!(out, "  {} {what}{sure} {}", zone.kind.as_str(), self.surface(zone.span()))?;
            let absent = "nothing speaks against it being article";
            writeln!(out, "      {}", reason(zone.rule.as_deref(), absent))?;
        }
        let edits = clean.edits.iter().filter(|edit| self.touches(edit.span()));
        for (i, edit) in edits.enumerate() {
            if i == 0 {
                heading(out, "edits")?;
            }
            let kind = edit.kind.as_str();
            let span = self.surface(edit.span());
            writeln!(out, "  {kind} {span} reads as {:?}", edit.insert)?;
            writeln!(out, "      {}", reason(edit.rule.as_deref(), "a certain repair"))?;
        }
        for (name, value) in clean.meta.fields() {
            if let Some(value) = value.filter(|value| self.touches(value.span())) {
                writeln!(out, "  {name} of the document: \"{}\"", value.value)?;
            }
        }
        for flag in &clean.flags {
            let value = flag.value.as_deref().map(|v| format!(" {v}")).unwrap_or_default();
            writeln!(out, "  flag {}{value}{}", flag.kind.as_str(), sure(flag.confidence))?;
        }
        Ok(())
    }

    fn segment(&self, segment: &Segment, out: &mut String) -> fmt::Result {
        let text = &self.document.text;
        let sentences = segment.sentences.iter().filter(|s| self.touches(s.span()));
        for (i, sentence) in sentences.enumerate() {
            if i == 0 {
                heading(out, "sentences and words")?;
            }
            let words: Vec<_> = sentence
                .tokens
                .iter()
                .map(|token| text[token.span()].split_whitespace().collect::<Vec<_>>().join("_"))
                .collect();
            let span = sentence.span();
            writeln!(out, "  {}..{} {}", span.start(), span.end(), words.join(" "))?;
        }
        Ok(())
    }

    fn tag(&self, tag: &Tag, out: &mut String) -> fmt::Result {
        let mut named = BTreeSet::new();
        let mentions = tag.mentions.iter().filter(|mention| self.touches(mention.span()));
        for (i, mention) in mentions.enumerate() {
            if i == 0 {
                heading(out, "mentions")?;
            }
            self.mention(mention, out)?;
            named.extend(mention.entity.as_deref());
            named.extend(mention.holder.as_deref());
        }
        let entities = tag.entities.iter().filter(|entity| named.contains(&*entity.id));
        for (i, entity) in entities.enumerate() {
            if i == 0 {
                heading(out, "who is who")?;
            }
            writeln!(out, "  {} is \"{}\"", entity.id, entity.name)?;
            for alias in &entity.aliases {
                writeln!(out, "      also \"{}\": {}", alias.name, alias.reason)?;
            }
            if !entity.titles.is_empty() {
                writeln!(out, "      titles here: {}", entity.titles.join(", "))?;
            }
        }
        let groups = tag.groups.iter().flatten().filter(|group| self.touches(group.span()));
        for (i, group) in groups.enumerate() {
            if i == 0 {
                heading(out, "groups")?;
            }
            writeln!(out, "  {} are {}", self.surface(group.span()), group.refs.join(" and "))?;
        }
        let events = tag.events.iter().flatten();
        let here = events.filter(|event| {
            let evidence = event.evidence.iter().any(|span| self.touches(span.span()));
            evidence || self.touches(event.trigger.span())
        });
        for (i, event) in here.enumerate() {
            if i == 0 {
                heading(out, "events")?;
            }
            self.event(event, out)?;
        }
        let statements = tag.statements.iter().flatten();
        for (i, said) in statements.filter(|said| self.touches(said.span())).enumerate() {
            if i == 0 {
                heading(out, "statements")?;
            }
            let speakers = said.speakers.join(" and ");
            writeln!(out, "  {speakers}: {}", self.surface(said.span()))?;
            if let Some(cue) = said.cue {
                writeln!(out, "      because of {}", self.surface(cue.span()))?;
            }
        }
        Ok(())
    }

    fn mention(&self, mention: &Mention, out: &mut String) -> fmt::Result {
        let sure = sure(mention.confidence);
        write!(out, "  {}{sure} {}", mention.kind.as_str(), self.surface(mention.span()))?;
        let value = mention.resolved.as_ref().or(mention.value.as_ref()).map(|v| format!("is {v}"));
        let holder = mention.holder.as_ref().map(|holder| format!("held by {holder}"));
        let entity = mention.entity.as_ref().map(|entity| format!("is {entity}"));
        for said in [entity, holder, value].into_iter().flatten() {
            write!(out, ", {said}")?;
        }
        out.push('\n');
        if let Some(basis) = &mention.basis {
            writeln!(out, "      by {basis}")?;
        }
        if let Some(zone) = mention.zone {
            writeln!(out, "      in a zone that is {}", zone.as_str())?;
        }
        writeln!(out, "      {}", reason(mention.rule.as_deref(), "found by the learned model"))?;
        if self.at.len() < self.document.text.len() {
            self.evidence(mention, out)?;
        }
        Ok(())
    }

    fn evidence(&self, mention: &Mention, out: &mut String) -> fmt::Result {
        let explanations = self.tagger.explain(self.document, mention.span().start());
        let same = |e: &&Explanation| e.span == mention.span() && e.kind == mention.kind;
        let evidence = explanations.iter().find(same).map_or(&[][..], |e| &e.evidence);
        for (words, weight) in evidence {
            writeln!(out, "        {weight:+.1} {words}")?;
        }
        Ok(())
    }

    fn event(&self, event: &Event, out: &mut String) -> fmt::Result {
        let trigger = self.surface(event.trigger.span());
        writeln!(out, "  {} {}, by {trigger}", event.kind.as_str(), event.modality.as_str())?;
        for argument in &event.arguments {
            let capacity = argument.capacity.as_deref().map(|c| format!(" as {c}"));
            let capacity = capacity.unwrap_or_default();
            writeln!(out, "      {}: {}{capacity}", argument.role, argument.entity)?;
        }
        if let Some(place) = &event.place {
            writeln!(out, "      place: {place}")?;
        }
        if let Some(date) = &event.date {
            let value = date.resolved.as_ref().unwrap_or(&date.value);
            let basis = date.basis.as_deref().map(|basis| format!(", by {basis}"));
            writeln!(out, "      date: {value}{}", basis.unwrap_or_default())?;
        }
        Ok(())
    }

    /// True when the span shares a byte with what is asked about, or is an insertion in it.
    fn touches(&self, span: Span) -> bool {
        let at = self.at;
        span.overlaps(at)
            || (span.is_empty() && at.start() <= span.start() && span.start() <= at.end())
    }

    /// Offsets and surface form, shortened in the middle.
    fn surface(&self, span: Span) -> String {
        let surface = &self.document.text[span];
        let length = surface.chars().count();
        let (start, end) = (span.start(), span.end());
        if length <= SHOWN {
            return format!("{start}..{end} {surface:?}");
        }
        let half = SHOWN / 2;
        let head: String = surface.chars().take(half).collect();
        let tail: String = surface.chars().skip(length - half).collect();
        format!("{start}..{end} {:?}", format!("{head} … {tail}"))
    }
}

fn heading(out: &mut String, words: &str) -> fmt::Result {
    writeln!(out, "\n{words}")
}

fn sure(confidence: Option<f32>) -> String {
    confidence.map(|c| format!(" ({:.0} % sure)", c * 100.0)).unwrap_or_default()
}
