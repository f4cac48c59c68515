//! Classes of things that were found to be the same: union by size of index, the smaller leads.

/// A partition of `0..len`.
pub(crate) struct Classes(Vec<usize>);

impl Classes {
    /// Everything alone.
    pub(crate) fn new(len: usize) -> Classes {
        Classes((0..len).collect())
    }

    /// The smallest member of the class of `item`.
    pub(crate) fn leader(&mut self, item: usize) -> usize {
        let mut at = item;
        while self.0[at] != at {
            self.0[at] = self.0[self.0[at]];
            at = self.0[at];
        }
        at
    }

    /// Makes one class of two.
    pub(crate) fn join(&mut self, a: usize, b: usize) {
        let (a, b) = (self.leader(a), self.leader(b));
        self.0[a.max(b)] = a.min(b);
    }
}
