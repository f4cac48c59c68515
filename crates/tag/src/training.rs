//! What the trainer shares with the stage: the same tokens, the same features.

use bantin_crf::Model;
use bantin_document::{Document, MentionType};
use bantin_text::Span;

pub use crate::mentions::layers::{FLAT, INNER, LAYERS, Layer, THINGS, TITLES};
pub use crate::mentions::names::{Classes, LISTS};
pub use crate::mentions::runs::{LONGEST, RunSpan, is_inner};
pub use crate::mentions::statistics::{Run, Statistics, Syllable};
pub use crate::mentions::table::Table;
pub use crate::mentions::tokens::{Shape, Token, id_of};
pub use crate::mentions::weights::Weights;

use crate::mentions::evidence::Evidence;
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
        self.evidence.fill(statistics, &reading);
        for region in &self.evidence.regions {
            let spans: Vec<Span> = region
                .tokens
                .clone()
                .map(|at| reading.to_source(self.evidence.tokens[at].span))
                .collect();
            let features: Vec<Vec<u64>> = region
                .tokens
                .clone()
                .map(|at| {
                    let mut features = Vec::new();
                    self.evidence.features(reading.text(), region, at, &mut |f| features.push(f));
                    features.sort_unstable();
                    features.dedup();
                    features
                })
                .collect();
            see(&spans, &features);
        }
    }
}

/// A tagger with tables that were just trained.
pub fn tagger(statistics: Statistics, chains: Model, weights: Weights) -> crate::Tagger {
    crate::Tagger::with(crate::mentions::Tables::new(statistics, chains, weights))
}

/// The word of a type in the labelled files.
pub fn kind(word: &str) -> Option<MentionType> {
    use MentionType::{Agr, Event, Loc, Misc, Org, Per, Prod, Title};
    [Per, Org, Loc, Misc, Event, Agr, Prod, Title].into_iter().find(|kind| kind.as_str() == word)
}
