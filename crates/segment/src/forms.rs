//! The forms that a thread has met: each is read once, and what its occurrences need is kept.

use crate::atom::Atom;
use crate::features;
use crate::form::{Form, Place, Shape, is_headline, place};
use crate::model::Knowledge;
use crate::signs::{self, Signs};
use crate::tables::Tables;

/// What every occurrence of a form needs.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Met {
    pub(crate) number: u32,
    pub(crate) key: u32,
    /// What it says of two gaps beside it that are both inside a word.
    pub(crate) bond: i16,
    /// The same with the most that shapes can say.
    pub(crate) most: i16,
    /// What it says of the gap behind the next atom.
    pub(crate) before: i8,
    /// What it says of the gap before the atom that stands before it.
    pub(crate) behind: i8,
    pub(crate) shape: Shape,
    pub(crate) signs: Signs,
}

/// What a new pair needs of a form.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Known {
    pub(crate) form: Form,
    /// What it says of the gap behind it, without a space and with one.
    pub(crate) left: [i16; 2],
    /// The same of the gap before it.
    pub(crate) right: [i16; 2],
}

/// An atom as the table looks for it: fifteen bytes of its surface, then length and place.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
struct Surface(u128);

#[derive(Clone, Copy, Debug, Default)]
struct Slot {
    surface: Surface,
    met: Met,
}

const SLOTS: usize = 1 << 16;
/// Forms are forgotten when so many are known.
const MOST: usize = SLOTS / 4 * 3;
/// One endless sentence may have more forms than the table should hold.
const FULL: usize = SLOTS / 8 * 7;

#[derive(Debug)]
pub(crate) struct Forms {
    slots: Box<[Slot; SLOTS]>,
    known: Vec<Known>,
    /// The most that shapes say for two gaps inside a word, by the shape of the atom between them.
    most: [i16; Shape::COUNT],
}

impl Forms {
    pub(crate) fn new(tables: &Tables<'_>) -> Forms {
        let known = vec![Known::default()]; // number 0 stands outside the sentence
        let most = Shape::ALL.map(|middle| {
            let shapes = Shape::ALL.iter().flat_map(|a| Shape::ALL.map(|c| [*a, middle, c]));
            let sums = shapes.map(|s| tables.sum(|emit| features::bond_shapes(s, emit)));
            sums.max().unwrap_or_default() as i16
        });
        Forms { slots: boxed(Slot::default()), known, most }
    }

    /// True when it is time to [`Forms::forget`].
    pub(crate) fn is_full(&self) -> bool {
        self.known.len() > MOST
    }

    pub(crate) fn forget(&mut self) {
        self.slots.fill(Slot::default());
        self.known.truncate(1);
    }

    #[inline]
    pub(crate) fn known(&self, met: &Met) -> &Known {
        &self.known[met.number as usize]
    }

    /// Appends the forms of a sentence; what any of them is a sign of.
    pub(crate) fn read(
        &mut self,
        text: &str,
        atoms: &[Atom],
        tables: &Tables<'_>,
        found: &mut Vec<Met>,
    ) -> Signs {
        let headline = is_headline(atoms.iter().map(|a| a.look));
        let word = atoms.iter().position(|a| a.look.is_word()).unwrap_or(atoms.len());
        let (first, rest) = atoms.split_at(atoms.len().min(word + 1));
        let mut signs = 0;
        for (atoms, is_first) in [(first, true), (rest, false)] {
            let place = place(headline, is_first);
            found.extend(atoms.iter().map(|atom| {
                let met = self.find(text, atom, place, tables);
                signs |= met.signs;
                met
            }));
        }
        signs
    }

    #[inline]
    fn find(&mut self, text: &str, atom: &Atom, place: Place, tables: &Tables<'_>) -> Met {
        let surface = Surface::new(text, atom, place);
        let mut at = surface.at();
        loop {
            let slot = &self.slots[usize::from(at)];
            if slot.surface == surface {
                return slot.met;
            }
            if slot.surface == Surface::default() {
                return self.meet(atom.surface(text), surface, at, tables);
            }
            at = at.wrapping_add(1);
        }
    }

    #[cold]
    fn meet(&mut self, text: &str, surface: Surface, at: u16, tables: &Tables<'_>) -> Met {
        let mut form = Form::new(text, surface.place());
        if form.shape.is_word() {
            form.usage = tables.usage(form.key);
        }
        let weight = |hash| tables.weight(hash) as i16;
        let mut known = Known { form, ..Known::default() };
        for (t, spaced) in [false, true].into_iter().enumerate() {
            let (left, right) = (&mut known.left[t], &mut known.right[t]);
            features::unary(&form, spaced, |h| *left += weight(h), |h| *right += weight(h));
        }
        let (mut before, mut behind, mut bond) = (0, 0, 0);
        features::unary_beyond(&form, |h| before += weight(h), |h| behind += weight(h));
        features::bond(&form, |h| bond += weight(h));
        let met = Met {
            number: self.known.len() as u32,
            key: form.key,
            bond,
            most: bond + self.most[form.shape as usize],
            before: before as i8,
            behind: behind as i8,
            shape: form.shape,
            signs: signs::of(text),
        };
        self.known.push(known);
        if self.known.len() < FULL {
            self.slots[usize::from(at)] = Slot { surface, met };
        }
        met
    }
}

/// Masks of the first bytes of a surface, by its length.
const MASKS: [u128; 16] = {
    let mut masks = [0; 16];
    let mut len = 0;
    while len < 16 {
        masks[len] = (1 << (8 * len)) - 1;
        len += 1;
    }
    masks
};

impl Surface {
    #[inline]
    fn new(text: &str, atom: &Atom, place: Place) -> Surface {
        let (start, end) = (atom.start as usize, atom.end as usize);
        let (len, bytes) = (end - start, text.as_bytes());
        let (window, len) = if len > 15 {
            // Long atoms are foreign words and codes; their hash stands for them.
            (xxhash_rust::xxh3::xxh3_64(&bytes[start..end]).into(), 15)
        } else if let Some(window) = bytes.get(start..).and_then(|rest| rest.first_chunk()) {
            (u128::from_le_bytes(*window), len)
        } else {
            let mut window = [0; 16];
            window[..len].copy_from_slice(&bytes[start..end]);
            (u128::from_le_bytes(window), len)
        };
        Surface(window & MASKS[len & 15] | ((len << 4 | place as usize) as u128) << 120)
    }

    /// Where its slot is, or before it.
    #[inline]
    fn at(self) -> u16 {
        let halves = self.0 as u64 ^ ((self.0 >> 64) as u64).rotate_left(29);
        (halves.wrapping_mul(0x9E37_79B9_7F4A_7C15) >> 48) as u16
    }

    /// The place that the bits hold.
    fn place(self) -> Place {
        const HEADLINE: u128 = Place::Headline as u128;
        const FIRST: u128 = Place::First as u128;
        match self.0 >> 120 & 3 {
            HEADLINE => Place::Headline,
            FIRST => Place::First,
            _ => Place::Inside,
        }
    }
}

/// A table that never was on the stack.
pub(crate) fn boxed<T: Copy, const N: usize>(value: T) -> Box<[T; N]> {
    let Ok(table) = vec![value; N].into_boxed_slice().try_into() else { unreachable!() };
    table
}
