//! Boosted decision trees in flat tables.

use bytemuck::{Pod, Zeroable};

use super::facts::{COUNT, Facts};

/// A question of a tree, or a leaf of it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Pod, Zeroable)]
#[repr(C)]
pub struct Node {
    /// A question: is the fact more than this? A leaf: the log odds it adds.
    pub value: f32,
    /// The fact that is asked for; of no meaning in a leaf.
    pub fact: u8,
    /// How far behind this node the one for "no" is, and the one for "yes"; 0 in a leaf.
    pub steps: [u8; 2],
    /// Always 0.
    pub zero: u8,
}

impl Node {
    /// A leaf.
    pub fn leaf(value: f32) -> Node {
        Node { value, ..Node::default() }
    }

    /// True for a leaf.
    pub fn is_leaf(&self) -> bool {
        self.steps == [0, 0]
    }
}

/// Questions from the root of a tree to a leaf, at most.
pub const DEPTH: usize = 6;

/// Limits that one fact is compared with at once.
const LANES: usize = 16;

/// All questions of all trees, each once: whether a fact exceeds a limit.
#[derive(Debug, Default)]
struct Questions {
    facts: Vec<u8>,
    limits: Vec<[f32; LANES]>,
}

/// The answers to [`Questions`], 1 for yes, reused from piece to piece.
#[derive(Debug)]
pub(crate) struct Answers(Box<[[u8; LANES]; (1 << 16) / LANES]>);

impl Default for Answers {
    fn default() -> Answers {
        Answers(Box::new([[0; LANES]; (1 << 16) / LANES]))
    }
}

impl Questions {
    /// The questions of nodes, and for each node the number of its question. The first question is
    /// never answered "yes".
    fn of(nodes: &[Node]) -> Option<(Questions, Vec<u16>)> {
        let mut keys: Vec<u64> = Vec::with_capacity(nodes.len());
        for (at, node) in nodes.iter().enumerate().filter(|(_, node)| !node.is_leaf()) {
            keys.push(
                question_key(node) << 24 | u64::try_from(at).ok().filter(|at| at >> 24 == 0)?,
            );
        }
        keys.sort_unstable();
        let mut numbers = vec![0; nodes.len()];
        let mut questions = Questions { facts: vec![0], limits: vec![[f32::INFINITY; LANES]] };
        let (mut last, mut lane) = (u64::MAX, LANES);
        for key in keys {
            let (question, at) = (key >> 24, (key & 0xFF_FFFF) as usize);
            let node = &nodes[at];
            if question != last {
                lane += 1;
                if lane >= LANES || question >> 32 != last >> 32 {
                    questions.facts.push(node.fact);
                    questions.limits.push([f32::INFINITY; LANES]);
                    lane = 0;
                }
                questions.limits.last_mut()?[lane] = node.value;
                last = question;
            }
            numbers[at] = u16::try_from((questions.limits.len() - 1) * LANES + lane).ok()?;
        }
        Some((questions, numbers))
    }

    fn answer(&self, facts: &Facts, answers: &mut Answers) {
        let questions = self.facts.iter().zip(&self.limits);
        for (answers, (fact, limits)) in answers.0.iter_mut().zip(questions) {
            let fact = facts[usize::from(*fact)];
            *answers = limits.map(|limit| u8::from(fact > limit));
        }
    }
}

/// The fact that a node asks for above the bits of the limit, which are in the order of limits.
fn question_key(node: &Node) -> u64 {
    let bits = node.value.to_bits();
    let ordered = if bits & SIGN != 0 { !bits } else { bits | SIGN };
    u64::from(node.fact) << 32 | u64::from(ordered)
}

const SIGN: u32 = 1 << 31;

/// Places of a tree that is filled up: from the root, which is 1, the answer "no" leads from `n` to
/// `2 n` and "yes" to `2 n + 1`.
const PLACES: usize = 1 << DEPTH;

/// A tree that is filled up with questions nobody answers "yes", so that all leaves are as deep.
#[derive(Clone, Debug)]
struct Filled {
    questions: [u16; PLACES],
    leaves: [f32; PLACES],
}

impl Filled {
    /// The leaf that the answers lead to: as many steps whatever they are, no branch to be guessed.
    #[inline(always)]
    fn leaf(&self, answers: &Answers) -> f32 {
        let answers: &[u8; 1 << 16] = answers.0.as_flattened().try_into().unwrap_or(&[0; 1 << 16]);
        let mut at = 1;
        for _ in 0..DEPTH {
            let answer = answers[usize::from(self.questions[at])];
            at = (2 * at + usize::from(answer)) % PLACES;
        }
        self.leaves[at]
    }

    /// Takes over what is below a node.
    fn fill(&mut self, nodes: &[Node], numbers: &[u16], at: usize, (place, depth): (usize, usize)) {
        let node = nodes[at];
        if node.is_leaf() {
            self.leaves[(place << (DEPTH - depth)) % PLACES] = node.value;
            return;
        }
        self.questions[place] = numbers[at];
        for (answer, step) in node.steps.into_iter().enumerate() {
            self.fill(nodes, numbers, at + usize::from(step), (2 * place + answer, depth + 1));
        }
    }
}

/// Trees one behind the other, the nodes of each from its root down.
#[derive(Debug, Default)]
pub(crate) struct Trees {
    nodes: Vec<Node>,
    roots: Vec<u32>,
    questions: Questions,
    filled: Vec<Filled>,
}

impl Trees {
    /// Trees from the bytes of their nodes; `None` when these are no trees.
    pub(crate) fn read(bytes: &[u8]) -> Option<Trees> {
        let (nodes, rest) = bytes.as_chunks::<{ size_of::<Node>() }>();
        if !rest.is_empty() {
            return None;
        }
        let nodes: Vec<Node> =
            nodes.iter().map(|node| bytemuck::pod_read_unaligned(node)).collect();
        let (questions, numbers) = Questions::of(&nodes)?;
        let (mut roots, mut filled) = (Vec::new(), Vec::new());
        let mut at = 0;
        while at < nodes.len() {
            roots.push(at as u32);
            let mut tree = Filled { questions: [0; PLACES], leaves: [0.0; PLACES] };
            let next = end(&nodes, at, 0)?;
            tree.fill(&nodes, &numbers, at, (1, 0));
            filled.push(tree);
            at = next;
        }
        Some(Trees { nodes, roots, questions, filled })
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.roots.is_empty()
    }

    /// Log odds of being no article.
    pub(crate) fn odds(&self, facts: &Facts, answers: &mut Answers) -> f32 {
        self.questions.answer(facts, answers);
        self.filled.iter().map(|tree| tree.leaf(answers)).sum()
    }

    #[inline]
    fn next(&self, at: usize, facts: &Facts) -> usize {
        let Node { value, fact, steps, .. } = self.nodes[at];
        let [no, yes] = steps;
        at + usize::from(if facts[usize::from(fact)] > value { yes } else { no })
    }

    /// What each fact adds to the log odds: at every question that is asked, the mean of the leaves
    /// on the way taken, less that of all leaves below the question.
    pub(crate) fn reasons(&self, facts: &Facts) -> [f32; COUNT] {
        let mut sums = [0.0; COUNT];
        for root in &self.roots {
            let mut at = *root as usize;
            while !self.nodes[at].is_leaf() {
                let next = self.next(at, facts);
                sums[usize::from(self.nodes[at].fact)] += self.mean(next) - self.mean(at);
                at = next;
            }
        }
        sums
    }

    fn mean(&self, at: usize) -> f32 {
        let end = end(&self.nodes, at, 0).unwrap_or(at + 1);
        let leaves = self.nodes[at..end].iter().filter(|node| node.is_leaf());
        let (sum, count) = leaves.fold((0.0, 0.0), |(sum, n), leaf| (sum + leaf.value, n + 1.0));
        sum / count
    }
}

/// Behind the last node below `at`; `None` where the nodes are no tree of [`DEPTH`].
fn end(nodes: &[Node], at: usize, depth: usize) -> Option<usize> {
    let node = nodes.get(at)?;
    if node.is_leaf() {
        return Some(at + 1);
    }
    let children = node.steps.map(|step| at + usize::from(step));
    if depth == DEPTH || usize::from(node.fact) >= COUNT || children[0] != at + 1 {
        return None;
    }
    let end_of_no = end(nodes, children[0], depth + 1)?;
    if children[1] != end_of_no {
        return None;
    }
    end(nodes, children[1], depth + 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn question(fact: u8, value: f32, yes: u8) -> Node {
        Node { value, fact, steps: [1, yes], zero: 0 }
    }

    #[test]
    fn each_tree_adds_the_leaf_that_its_questions_lead_to() {
        let leaf = Node::leaf;
        let nodes = [
            question(3, 0.5, 2),
            leaf(-1.0),
            question(0, 7.0, 2),
            leaf(2.0),
            leaf(4.0),
            leaf(0.25),
        ];
        let trees = Trees::read(bytemuck::cast_slice(&nodes)).unwrap();
        let mut facts = [0.0; COUNT];
        assert_eq!(trees.odds(&facts, &mut Answers::default()), -0.75);
        (facts[3], facts[0]) = (1.0, 7.0);
        assert_eq!(trees.odds(&facts, &mut Answers::default()), 2.25);
        let reasons = trees.reasons(&facts);
        let mean = (-1.0 + 2.0 + 4.0) / 3.0;
        assert_eq!((reasons[3], reasons[0]), (3.0 - mean, -1.0));
    }

    #[test]
    fn what_is_no_tree_is_refused() {
        let read = |nodes: &[Node]| Trees::read(bytemuck::cast_slice(nodes)).is_none();
        let leaf = Node::leaf(1.0);
        assert!(Trees::read(&[0; 7]).is_none());
        assert!(read(&[question(0, 1.0, 2), leaf]));
        assert!(read(&[question(200, 1.0, 2), leaf, leaf]));
        assert!(read(&[question(0, 1.0, 1), leaf, leaf]));
        // Deeper than it is walked.
        let deep = (0..=DEPTH as u8).rev().map(|left| question(0, 1.0, 2 * left + 2));
        let leaves = std::iter::repeat_n(leaf, DEPTH + 2);
        assert!(read(&deep.chain(leaves).collect::<Vec<_>>()));
    }
}
