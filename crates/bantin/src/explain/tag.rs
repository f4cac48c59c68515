//! What tag found in a stretch of a document, and why.

use std::collections::BTreeSet;
use std::fmt::{self, Write};

use bantin_document::{Event, Mention, Spanned, Tag};
use bantin_tag::Explanation;

use super::codes::reason;
use super::document::{Page, heading, sure};

impl Page<'_> {
    pub(super) fn tag(&self, tag: &Tag, out: &mut String) -> fmt::Result {
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
            if said.rule.is_some() {
                writeln!(out, "      {}", reason(said.rule.as_deref(), ""))?;
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
        if self.is_close() {
            self.evidence(mention, out)?;
        }
        Ok(())
    }

    fn evidence(&self, mention: &Mention, out: &mut String) -> fmt::Result {
        let explanations = self.stages.tagger.explain(self.document, mention.span().start());
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
        if let Some(paper) = event.paper {
            writeln!(out, "      paper: {}", self.surface(paper.span()))?;
        }
        if let Some(place) = &event.place {
            writeln!(out, "      place: {place}")?;
        }
        if let Some(date) = &event.date {
            let value = date.resolved.as_ref().unwrap_or(&date.value);
            let basis = date.basis.as_deref().map(|basis| format!(", by {basis}"));
            writeln!(out, "      date: {value}{}", basis.unwrap_or_default())?;
        }
        if event.rule.is_some() {
            writeln!(out, "      {}", reason(event.rule.as_deref(), ""))?;
        }
        Ok(())
    }
}
