//! What was found in a stretch of a document, and why.

use std::fmt::{self, Write};

use bantin_clean::Verdict;
use bantin_document::{Clean, Document, Segment, Spanned};
use bantin_text::Span;

use super::codes::reason;
use crate::stages::Stages;

/// Longest surface form that is shown whole, in characters.
const SHOWN: usize = 60;

/// Says what the layers have at `at`; for less than the whole document, with what weighed for it.
pub(super) fn words(document: &Document, at: Span, stages: &Stages) -> String {
    let mut out = String::new();
    let page = Page { document, at, stages };
    page.write(&mut out).expect("a string takes every word");
    out
}

/// A stretch of a document, and the stages that are asked.
pub(super) struct Page<'d> {
    pub(super) document: &'d Document,
    pub(super) at: Span,
    pub(super) stages: &'d Stages,
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
        if self.is_close() {
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
            let sure = zone.confidence.map(|c| format!(" ({:.0} % sure of the kind)", c * 100.0));
            let sure = sure.unwrap_or_default();
            writeln!(out, "  {} {what}{sure} {}", zone.kind.as_str(), self.surface(zone.span()))?;
            let absent = "nothing speaks against it being article";
            writeln!(out, "      {}", reason(zone.rule.as_deref(), absent))?;
            if self.is_close() {
                let here = zone.span().start().max(self.at.start());
                let why = self.stages.cleaner.explain(self.document, here);
                let why = why.filter(|why| why.zone == *zone);
                if let Some(verdict) = why.as_ref().and_then(|why| why.verdict) {
                    writeln!(out, "      {}", decision(verdict, zone.kind.is_kept()))?;
                }
                for reason in why.iter().flat_map(|why| &why.reasons) {
                    writeln!(out, "        {:+.1} {}", reason.weight, reason.words)?;
                }
            }
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
        self.gap(out)
    }

    /// Why the text is or is not cut in front of the character that is asked about.
    fn gap(&self, out: &mut String) -> fmt::Result {
        let first = self.document.text[self.at].chars().next().map_or(0, char::len_utf8);
        if self.at.len() != first || first == 0 {
            return Ok(());
        }
        let view = self.document.view();
        let Some(at) = view.to_view(self.at).map(Span::start) else { return Ok(()) };
        let start = view.text()[..at].rfind('\n').map_or(0, |line_feed| line_feed + 1);
        let line = view.text()[start..].split('\n').next().unwrap_or_default();
        let Some(why) = self.stages.segmenter.why(line, at - start) else { return Ok(()) };
        writeln!(out, "  the boundary here: {}", reason(Some(why.code), ""))?;
        for (words, weight) in &why.evidence {
            writeln!(out, "        {weight:+.1} {words}")?;
        }
        Ok(())
    }

    /// True when less than the whole document is asked about, so that there is room for evidence.
    pub(super) fn is_close(&self) -> bool {
        self.at.len() < self.document.text.len()
    }

    /// True when the span shares a byte with what is asked about, or is an insertion in it.
    pub(super) fn touches(&self, span: Span) -> bool {
        let at = self.at;
        span.overlaps(at)
            || (span.is_empty() && at.start() <= span.start() && span.start() <= at.end())
    }

    /// Offsets and surface form, shortened in the middle.
    pub(super) fn surface(&self, span: Span) -> String {
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

/// What the model decided on, in words.
fn decision(verdict: Verdict, kept: bool) -> String {
    let Verdict { noise, wanted } = verdict;
    let (noise, wanted) = (100.0 * noise, 100.0 * wanted);
    let then = match (kept, noise >= wanted) {
        (false, true) => format!("where {wanted:.0} % are enough"),
        (true, false) => format!("where {wanted:.0} % would remove it"),
        (true, true) => "yet kept: its place or form speaks for the article".to_owned(),
        (false, false) => "removed with what stands beside it".to_owned(),
    };
    format!("{noise:.0} % sure that it is no article, {then}")
}

pub(super) fn heading(out: &mut String, words: &str) -> fmt::Result {
    writeln!(out, "\n{words}")
}

pub(super) fn sure(confidence: Option<f32>) -> String {
    confidence.map(|c| format!(" ({:.0} % sure)", c * 100.0)).unwrap_or_default()
}
