//! What each token was found to be, and why.

use std::ops::Range;

use bantin_document::ZoneKind;

use crate::rules::Rule;
use crate::token::Line;

/// What a token was found to be.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Label {
    pub(crate) kind: ZoneKind,
    pub(crate) code: Option<&'static str>,
    pub(crate) confidence: Option<f32>,
}

impl Label {
    const BODY: Label = Label { kind: ZoneKind::Body, code: None, confidence: None };

    /// What a rule says.
    pub(crate) fn of(rule: Rule) -> Label {
        Label { kind: rule.kind(), code: Some(rule.code()), confidence: None }
    }
}

/// The labels of a page's tokens. All are body at first.
#[derive(Debug, Default)]
pub(crate) struct Found {
    /// For each token the number of its label.
    numbers: Vec<u32>,
    /// Body, then what was put since.
    labels: Vec<Label>,
}

impl Found {
    /// Makes all of so many tokens body.
    pub(crate) fn reset(&mut self, tokens: usize) {
        self.numbers.clear();
        self.numbers.resize(tokens, 0);
        self.labels.clear();
        self.labels.push(Label::BODY);
    }

    /// Gives tokens a label, whatever they had.
    pub(crate) fn put(&mut self, tokens: Range<usize>, label: Label) {
        self.numbers[tokens].fill(self.labels.len() as u32);
        self.labels.push(label);
    }

    /// Gives a label to those tokens whose label allows it.
    pub(crate) fn put_where(
        &mut self,
        tokens: Range<usize>,
        label: Label,
        allows: impl Fn(Label) -> bool,
    ) {
        let new = self.labels.len() as u32;
        for number in &mut self.numbers[tokens] {
            if allows(self.labels[*number as usize]) {
                *number = new;
            }
        }
        self.labels.push(label);
    }

    /// What a token is.
    pub(crate) fn kind(&self, token: usize) -> ZoneKind {
        self.labels[self.numbers[token] as usize].kind
    }

    /// Makes all of a kind article again.
    pub(crate) fn keep(&mut self, kind: ZoneKind) {
        for label in self.labels.iter_mut().filter(|label| label.kind == kind) {
            *label = Label::BODY;
        }
    }

    /// True when no token is kept.
    pub(crate) fn is_all_noise(&self) -> bool {
        self.numbers.iter().all(|number| !self.labels[*number as usize].kind.is_kept())
    }

    /// Stretches of one line whose tokens have one label: first token and label.
    pub(crate) fn runs(&self, lines: &[Line]) -> impl Iterator<Item = (usize, Label)> {
        lines.iter().flat_map(move |line| {
            let (mut at, last) = (line.first as usize, line.last as usize);
            std::iter::from_fn(move || {
                let number = *self.numbers[at..last].first()?;
                let first = at;
                let other = self.numbers[at..last].iter().position(|n| *n != number);
                at = other.map_or(last, |len| at + len);
                Some((first, self.labels[number as usize]))
            })
        })
    }
}
