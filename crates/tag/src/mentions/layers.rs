//! The label chains of the model: one for each layer of mentions that may overlap another.

use std::ops::Range;

use bantin_document::MentionType;

/// One chain of labels: outside, then begin, inside, end, single for each type.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Layer {
    /// The types in the order of their labels.
    pub kinds: &'static [MentionType],
    /// Number of its first label in the model.
    pub first: usize,
}

/// Outermost names; none overlaps another.
pub const FLAT: Layer = Layer {
    kinds: &[MentionType::Per, MentionType::Org, MentionType::Loc, MentionType::Misc],
    first: 0,
};
/// Titles; they hold names of the flat layer.
pub const TITLES: Layer = Layer { kinds: &[MentionType::Title], first: FLAT.end() };
/// Events, agreements and products.
pub const THINGS: Layer = Layer {
    kinds: &[MentionType::Event, MentionType::Agr, MentionType::Prod],
    first: TITLES.end(),
};
/// Places inside names of organisations and works.
pub const INNER: Layer = Layer { kinds: &[MentionType::Loc], first: THINGS.end() };

/// All layers, in the order of their labels.
pub const LAYERS: [Layer; 4] = [FLAT, TITLES, THINGS, INNER];

impl Layer {
    /// Number of labels.
    pub const fn labels(&self) -> usize {
        1 + 4 * self.kinds.len()
    }

    /// Behind its last label in the model.
    pub const fn end(&self) -> usize {
        self.first + self.labels()
    }

    /// Its labels in the model.
    pub(crate) fn range(&self) -> Range<usize> {
        self.first..self.end()
    }

    /// The labels of a mention of `len` tokens, counted from the first label of the layer.
    pub fn encode(&self, kind: MentionType, len: usize) -> impl Iterator<Item = u8> {
        let at = self.kinds.iter().position(|k| *k == kind).unwrap_or(0);
        (0..len).map(move |i| {
            let place = match (i, len) {
                (_, 1) => SINGLE,
                (0, _) => BEGIN,
                _ if i + 1 == len => END,
                _ => INSIDE,
            };
            (1 + 4 * at) as u8 + place
        })
    }

    /// True when label `to` may follow `from`, both counted from the first of the layer.
    pub fn allowed(&self, from: usize, to: usize) -> bool {
        let place = |label: usize| (label > 0).then(|| ((label - 1) / 4, ((label - 1) % 4) as u8));
        let open = matches!(place(from), Some((_, BEGIN | INSIDE)));
        match place(to) {
            Some((kind, INSIDE | END)) => open && place(from).is_some_and(|(k, _)| k == kind),
            _ => !open,
        }
    }

    /// Calls `found` with the type and the positions of each mention of a path.
    ///
    /// A path may begin or end inside a mention, where the model was asked for a part only.
    pub(crate) fn decode(&self, path: &[u8], mut found: impl FnMut(MentionType, Range<usize>)) {
        let mut start = 0;
        for (at, label) in path.iter().enumerate() {
            let Some(label) = label.checked_sub(1) else {
                start = at + 1;
                continue;
            };
            let (kind, place) = (usize::from(label / 4), label % 4);
            if matches!(place, BEGIN | SINGLE) {
                start = at;
            }
            if matches!(place, END | SINGLE) || at + 1 == path.len() {
                found(self.kinds[kind], start..at + 1);
                start = at + 1;
            }
        }
    }
}

pub(crate) const BEGIN: u8 = 0;
pub(crate) const INSIDE: u8 = 1;
pub(crate) const END: u8 = 2;
pub(crate) const SINGLE: u8 = 3;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_encoded_is_decoded() {
        let mut path = vec![0];
        path.extend(FLAT.encode(MentionType::Loc, 1));
        path.extend(FLAT.encode(MentionType::Per, 3));
        path.push(0);
        let steps = path.windows(2);
        assert!(steps.clone().all(|s| FLAT.allowed(usize::from(s[0]), usize::from(s[1]))));
        let mut found = Vec::new();
        FLAT.decode(&path, |kind, range| found.push((kind, range)));
        assert_eq!(found, [(MentionType::Loc, 1..2), (MentionType::Per, 2..5)]);
    }
}
