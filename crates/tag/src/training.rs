//! What the trainer shares with the stage: the same tokens, the same features.

use bantin_document::{Document, MentionType};
use bantin_text::Span;

pub use crate::mentions::layers::{FLAT, INNER, LAYERS, Layer, THINGS, TITLES};
pub use crate::mentions::names::{Classes, LISTS};
pub use crate::mentions::runs::{LONGEST, RunSpan, is_inner};
pub use crate::mentions::statistics::{Phrase, Run, Statistics, Syllable, Types};
pub use crate::mentions::table::Table;
pub use crate::mentions::tokens::{Shape, Token, id_of};
pub use crate::mentions::weights::Weights;

use crate::mentions::evidence::Evidence;
use crate::mentions::features::{self, One};
use crate::reading::Reading;

/// Reads documents as the stage does.
#[derive(Debug, Default)]
pub struct Reader {
    evidence: Evidence,
}

impl Reader {
    /// Calls `see` with the tokens, the names and the runs of each sentence of a raw document;
    /// indices of a run count from the first token of the document.
    pub fn raw(
        &mut self,
        statistics: &Statistics,
        document: &Document,
        mut see: impl FnMut(std::ops::Range<usize>, &[Token], &[RunSpan]),
    ) {
        let reading = Reading::of(document);
        self.evidence.read(statistics, &reading);
        let mut runs = self.evidence.spans.as_slice();
        for sentence in &reading.sentences {
            let n = runs.iter().take_while(|run| run.first < sentence.atoms.end).count();
            let (these, rest) = runs.split_at(n);
            runs = rest;
            see(sentence.atoms.clone(), &self.evidence.tokens, these);
        }
    }

    /// Calls `see` with the spans in the source and the features of the tokens of each region.
    pub fn regions(
        &mut self,
        statistics: &Statistics,
        document: &Document,
        mut see: impl FnMut(&[Span], &[Vec<u64>]),
    ) {
        let reading = Reading::of(document);
        self.evidence.fill(statistics, |_| [0; 2], &reading);
        for region in &self.evidence.regions {
            let sentence = self.evidence.sentence(reading.text(), region);
            let spans: Vec<Span> = region
                .tokens
                .clone()
                .map(|at| reading.to_source(self.evidence.tokens[at].span))
                .collect();
            let features: Vec<Vec<u64>> = region
                .tokens
                .clone()
                .map(|at| {
                    let mut found = Vec::new();
                    features::of(&sentence, at, &mut One(|_, feature| found.push(feature)));
                    found.sort_unstable();
                    found.dedup();
                    found
                })
                .collect();
            see(&spans, &features);
        }
    }
}

/// Tells what the runs of capitals of raw documents are, by a model.
#[derive(Debug)]
pub struct Typist {
    tables: crate::mentions::Tables,
    buffers: crate::mentions::Buffers,
}

impl Typist {
    /// With tables that were just trained.
    pub fn new(statistics: Statistics, weights: Weights) -> Typist {
        let tables = crate::mentions::Tables::new(statistics, weights);
        Typist { tables, buffers: crate::mentions::Buffers::default() }
    }

    /// Calls `see` with each run of a document and the index of its class in [`Types`], and
    /// `phrase` with the ids of the words of each longer organisation, event or agreement and
    /// the index of its type in [`Phrase`].
    pub fn read(
        &mut self,
        document: &Document,
        mut see: impl FnMut(&RunSpan, usize),
        mut phrase: impl FnMut(&[u64], usize),
    ) {
        let reading = Reading::of(document);
        crate::mentions::find(&self.tables, &mut self.buffers, &reading);
        let mut ids = Vec::new();
        for draft in &self.buffers.drafts {
            let kind = match draft.kind {
                MentionType::Org => 0,
                MentionType::Event | MentionType::Agr => 1,
                _ => continue,
            };
            let tokens = &self.buffers.evidence.tokens[draft.first..draft.end];
            ids.clear();
            ids.extend(tokens.iter().filter(|token| token.shape.is_word()).map(|token| token.id));
            if draft.confidence > 0.7 && ids.len() > 1 {
                phrase(&ids, kind);
            }
        }
        let mut next = 0;
        let drafts = &self.buffers.drafts;
        for run in &self.buffers.evidence.spans {
            while drafts.get(next).is_some_and(|draft| draft.end <= run.first) {
                next += 1;
            }
            let near = drafts[next..].iter().take_while(|draft| draft.first < run.end);
            let class = near
                .filter(|d| d.kind != MentionType::Title && run.first < d.end)
                .map(|d| (d.kind, d.first == run.first && d.end == run.end))
                .max_by_key(|(_, exact)| *exact)
                .map_or(6, |(kind, exact)| match (kind, exact) {
                    (MentionType::Per, true) => 0,
                    (MentionType::Org, true) => 1,
                    (MentionType::Loc, true) => 2,
                    (_, true) => 3,
                    (MentionType::Org, false) => 4,
                    (_, false) => 5,
                });
            see(run, class);
        }
    }
}

/// A tagger with tables that were just trained.
pub fn tagger(statistics: Statistics, weights: Weights) -> crate::Tagger {
    crate::Tagger::with(crate::mentions::Tables::new(statistics, weights))
}

/// The word of a type in the labelled files.
pub fn kind(word: &str) -> Option<MentionType> {
    use MentionType::{Agr, Event, Loc, Misc, Org, Per, Prod, Title};
    [Per, Org, Loc, Misc, Event, Agr, Prod, Title].into_iter().find(|kind| kind.as_str() == word)
}
