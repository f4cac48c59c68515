//! Reading a paragraph the way the model does, and collecting the features of a sentence. The
//! trainer uses this as it is; the stage has a faster way to the same sums.

use crate::atom::{self, Atom};
use crate::evidence::{Entry, Raw};
use crate::features::{self, Hash, Pair, Run};
use crate::form::{Form, Shape, is_headline, mix, place};
use crate::sentence;

/// Where the model gets its evidence from: its own tables, or the counts of its trainer.
pub trait Knowledge {
    /// Packed [`crate::evidence::Usage`] of a syllable.
    fn usage(&self, key: u32) -> u32;
    /// What the lexicon and raw text say of the two forms that begin at `at`, by their keys.
    fn pair(&self, at: usize, left: u32, right: u32) -> (Entry, Raw);
    /// What the lexicon says of the `n` forms that begin at `at`, three or four, whose key is `key`.
    fn string(&self, at: usize, n: usize, key: u64) -> Entry;
}

/// A sentence as the model sees it.
#[derive(Clone, Debug, Default)]
pub struct AtomSentence {
    /// Its atoms: start and end in bytes of the text, and form.
    pub atoms: Vec<(usize, usize, Form)>,
    /// All its letters are capitals.
    pub headline: bool,
    /// Code of the rule that ended it.
    pub rule: &'static str,
}

/// Reads a paragraph in NFC.
pub fn read(text: &str) -> Vec<AtomSentence> {
    let mut atoms = Vec::new();
    let mut endings = Vec::new();
    atom::read(text, 0, text.len(), &mut atoms);
    sentence::endings(text, &atoms, &mut endings);
    let mut begin = 0;
    let mut readings = Vec::new();
    for ending in endings {
        let sentence = &atoms[begin..ending.atom];
        begin = ending.atom;
        let headline = is_headline(sentence.iter().map(|a| a.look));
        let mut first = true;
        let mut form = |a: &Atom| {
            let (start, end) = (a.start as usize, a.end as usize);
            let form = Form::new(&text[start..end], place(headline, first));
            first &= !a.look.is_word();
            (start, end, form)
        };
        readings.push(AtomSentence {
            atoms: sentence.iter().map(&mut form).collect(),
            headline,
            rule: ending.rule,
        });
    }
    readings
}

/// Key of a string of forms in the lexicon.
pub fn string_key(keys: impl IntoIterator<Item = u32>) -> u64 {
    let mut h = 0u64;
    for key in keys {
        h = (h.rotate_left(25) ^ u64::from(key)).wrapping_mul(0x9E37_79B9_7F4A_7C15);
    }
    h ^ h >> 32
}

/// The features of a sentence: of each gap, and of each atom between two gaps.
#[derive(Clone, Debug, Default)]
pub struct Collected {
    /// Features of gap `i`, behind atom `i`.
    pub gaps: Vec<Vec<Hash>>,
    /// The kind of evidence of each of those features, in words.
    pub kinds: Vec<Vec<&'static str>>,
    /// Features of gaps `i` and `i + 1` being both inside a word.
    pub bonds: Vec<Vec<Hash>>,
}

/// Collects the features of a sentence; usages are filled in.
pub fn collect(reading: &mut AtomSentence, knowledge: &impl Knowledge) -> Collected {
    let n = reading.atoms.len();
    for (_, _, form) in &mut reading.atoms {
        if form.shape.is_word() {
            form.usage = knowledge.usage(form.key);
        }
    }
    let forms: Vec<Form> = reading.atoms.iter().map(|a| a.2).collect();
    let outside = Form::default();
    let form = |i: isize| usize::try_from(i).ok().and_then(|i| forms.get(i)).unwrap_or(&outside);
    let entry = |at: isize, len: usize| -> Entry {
        let Ok(at) = usize::try_from(at) else { return Entry::default() };
        if at + len > n || !forms[at..at + len].iter().all(|f| f.shape.is_word()) {
            return Entry::default();
        }
        knowledge.string(at, len, string_key(forms[at..at + len].iter().map(|f| f.key)))
    };
    let pairs: Vec<Pair> = (0..n.saturating_sub(1))
        .map(|i| {
            let (left, right) = (forms[i], forms[i + 1]);
            let words = left.shape.is_word() && right.shape.is_word();
            let (entry, raw) = match words {
                true => knowledge.pair(i, left.key, right.key),
                false => (Entry::default(), Raw::default()),
            };
            let spaced = reading.atoms[i].1 < reading.atoms[i + 1].0;
            Pair { left, right, spaced, entry, raw }
        })
        .collect();
    let runs = runs(&forms, &pairs);
    let mut out = Collected::default();
    for (i, pair) in pairs.iter().enumerate() {
        let at = i as isize;
        let mut found = Vec::with_capacity(64);
        let mut kinds = Vec::new();
        let mut kind = |found: &Vec<Hash>, name| kinds.resize(found.len(), name);
        features::own(pair, |h| found.push(h));
        kind(&found, "the pair");
        if i > 0 {
            features::before(&pairs[i - 1], |h| found.push(h));
        }
        features::behind(pairs.get(i + 1).unwrap_or(&Pair::default()), |h| found.push(h));
        found.extend(features::three(form(at - 1).key, form(at).key, form(at + 1).key));
        found.extend(
            features::three(form(at).key, form(at + 1).key, form(at + 2).key).map(|h| h | 1),
        );
        kind(&found, "the neighbors");
        let shapes = [at - 1, at, at + 1, at + 2].map(|i| form(i).shape);
        features::shapes(shapes, pair.spaced, |h| found.push(h));
        kind(&found, "the shapes");
        if pair.spaced && forms[i].shape.is_word() && forms[i + 1].shape.is_word() {
            let around = [i.wrapping_sub(1), i, i + 1]
                .map(|i| pairs.get(i).map_or(Entry::default(), |pair| pair.entry));
            let coarse = around.map(Entry::coarse);
            features::classes(coarse, |h| found.push(h));
            let longer @ [left, right, four @ ..] =
                [entry(at - 1, 3), entry(at, 3), entry(at - 2, 4), entry(at - 1, 4), entry(at, 4)];
            features::longer(pair.entry, left, right, four, |h| found.push(h));
            let pattern = features::pattern(around, longer);
            features::listed(pattern, coarse[1], |h| found.push(h));
        }
        kind(&found, "the lexicon around");
        if let Some(run) = runs[i] {
            features::run(&run, pair, |h| found.push(h));
        }
        kind(&found, "the run of capitals");
        out.kinds.push(kinds);
        out.gaps.push(found);
    }
    for i in 1..pairs.len() {
        let mut found = Vec::with_capacity(8);
        let mut emit = |h: Hash| found.push(h);
        features::bond(&forms[i], &mut emit);
        features::bond_classes(
            pairs[i - 1].entry,
            pairs[i].entry,
            entry(i as isize - 1, 3),
            &mut emit,
        );
        features::bond_shapes([forms[i - 1].shape, forms[i].shape, forms[i + 1].shape], &mut emit);
        out.bonds.push(found);
    }
    out
}

/// For each gap inside a run of two or more capitals with spaces between: the run.
fn runs(forms: &[Form], pairs: &[Pair]) -> Vec<Option<Run>> {
    let mut found = vec![None; pairs.len()];
    let mut start = 0;
    while start < forms.len() {
        if !forms[start].shape.is_capital() {
            start += 1;
            continue;
        }
        let mut end = start + 1;
        while end < forms.len() && forms[end].shape.is_capital() && pairs[end - 1].spaced {
            end += 1;
        }
        let len = end - start;
        if len > 1 {
            let shapes = forms[start..end].iter().take(5).fold(0, |h, f| h << 4 | f.shape as u32);
            for at in 1..len {
                found[start + at - 1] = Some(Run {
                    len: len.min(7) as u32,
                    at: at.min(7) as u32,
                    shapes,
                    first: forms[start].key,
                    before: if start > 0 { forms[start - 1].key } else { 0 },
                    behind: forms.get(end).map_or(0, |f| f.key),
                });
            }
        }
        start = end;
    }
    found
}

/// The best labels of a sentence from the weights of gaps and bonds: true where a word goes on.
pub fn best(gaps: &[f32], bonds: &[f32]) -> Vec<bool> {
    let n = gaps.len();
    let mut back = vec![[false; 2]; n];
    let (mut cut, mut join) = (0.0f32, f32::NEG_INFINITY);
    for i in 0..n {
        let bond = if i > 0 { bonds[i - 1] } else { 0.0 };
        back[i][0] = join > cut;
        back[i][1] = join + bond > cut;
        let (c, j) = (cut.max(join), cut.max(join + bond) + gaps[i]);
        (cut, join) = (c, j);
    }
    let mut labels = vec![false; n];
    let mut label = join > cut;
    for i in (0..n).rev() {
        labels[i] = label;
        label = back[i][usize::from(label)];
    }
    labels
}

/// Hash of a syllable's key, as [`Form::key`] has it.
pub fn form_key(surface: &str) -> u32 {
    mix(bantin_text::keys::syllable_key(surface))
}

/// True for a shape that words of a lexicon are made of.
pub fn is_word(shape: Shape) -> bool {
    shape.is_word()
}
