//! Labelled documents.

use std::path::Path;

use anyhow::{Context, Result};
use bantin_document::ZoneKind;
use serde_json::Value;

use crate::crawl::Crawl;
use crate::labels::{self, What};

/// A labelled document; offsets are bytes.
#[derive(Clone, Debug)]
pub(crate) struct Gold {
    pub(crate) id: String,
    pub(crate) text: String,
    /// Start, end, kind.
    pub(crate) zones: Vec<(usize, usize, ZoneKind)>,
    /// Places where glued sentences come apart, when they were labelled.
    pub(crate) glue: Option<Vec<usize>>,
    /// Labelled here, not part of the gold.
    pub(crate) is_ours: bool,
}

impl Gold {
    /// The number and the kind of the zone that holds a byte.
    pub(crate) fn zone_at(&self, at: usize) -> Option<(usize, ZoneKind)> {
        let i = self.zones.partition_point(|z| z.1 <= at);
        self.zones.get(i).filter(|z| z.0 <= at).map(|z| (i, z.2))
    }

    /// The kind of the zone that holds a byte.
    pub(crate) fn kind_at(&self, at: usize) -> Option<ZoneKind> {
        self.zone_at(at).map(|(_, kind)| kind)
    }
}

/// Reads a file of labelled documents, whose offsets are code points.
pub(crate) fn read(path: &Path) -> Result<Vec<Gold>> {
    let content =
        std::fs::read_to_string(path).with_context(|| format!("reading {}", path.display()))?;
    content
        .split('\n')
        .filter(|line| !line.trim().is_empty())
        .map(|line| parse(line).with_context(|| format!("in {}", path.display())))
        .collect()
}

/// Reads labels that stand off from the articles of the crawl; what they leave out is body.
pub(crate) fn read_labels(path: &Path, crawl: &Crawl) -> Result<Vec<Gold>> {
    let mut documents = Vec::new();
    for labels::Labeled { id, text, spans } in labels::read(path, What::Zones, crawl)? {
        let mut zones = Vec::new();
        let mut at = 0;
        for (start, end, kind) in spans {
            let kind = ZoneKind::from_word(&kind).with_context(|| format!("no zone: {kind}"))?;
            push_body(&mut zones, &text, at, start);
            zones.push((start, end, kind));
            at = end;
        }
        push_body(&mut zones, &text, at, text.len());
        documents.push(Gold { id, text, zones, glue: None, is_ours: true });
    }
    Ok(documents)
}

/// Body from `start` to `end`, if anything stands there.
fn push_body(zones: &mut Vec<(usize, usize, ZoneKind)>, text: &str, start: usize, end: usize) {
    if !text.get(start..end).unwrap_or_default().trim().is_empty() {
        zones.push((start, end, ZoneKind::Body));
    }
}

fn parse(line: &str) -> Result<Gold> {
    let value: Value = serde_json::from_str(line)?;
    let text = value["text"].as_str().context("no text")?.to_owned();
    let mut bytes: Vec<usize> = text.char_indices().map(|(at, _)| at).collect();
    bytes.push(text.len());
    let at = |value: &Value| -> Result<usize> {
        let index = value.as_u64().context("an offset is no number")? as usize;
        bytes.get(index).copied().context("an offset leaves the text")
    };
    let mut zones = Vec::new();
    for zone in value["zones"].as_array().into_iter().flatten() {
        let kind = zone["kind"].as_str().and_then(ZoneKind::from_word).context("no such zone")?;
        zones.push((at(&zone["start"])?, at(&zone["end"])?, kind));
    }
    let glue = match value["glue"].as_array() {
        Some(places) => Some(places.iter().map(at).collect::<Result<_>>()?),
        None => None,
    };
    Ok(Gold {
        id: value["id"].as_str().unwrap_or_default().to_owned(),
        text,
        zones,
        glue,
        is_ours: false,
    })
}
