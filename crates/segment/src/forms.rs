//! The forms that a thread has met: each is read once, and what its occurrences need is kept.

use crate::atom::Atom;
use crate::features;
use crate::form::{Form, Place, Shape, is_headline, place};
use crate::model::Knowledge;
use crate::tables::Tables;

/// What every occurrence of a form needs.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Met {
    pub(crate) number: u32,
    pub(crate) key: u32,
    /// What it says of two gaps beside it that are both inside a word.
    pub(crate) bond: i16,
    /// What it says of the gap behind the next atom.
    pub(crate) before: i8,
    /// What it says of the gap before the atom that stands before it.
    pub(crate) behind: i8,
    pub(crate) shape: Shape,
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

/// An atom as the table looks for it: fifteen bytes of its surface, then length and place; and
/// where its slot is, or before it.
#[derive(Clone, Copy, Debug)]
struct Surface {
    bits: u128,
    at: u16,
}

#[derive(Clone, Copy, Debug, Default)]
struct Slot {
    surface: u128,
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
    surfaces: Vec<Surface>,
    /// Keeps reads whose only use is to bring a line into the cache.
    touched: u32,
}

impl Forms {
    pub(crate) fn new() -> Forms {
        let known = vec![Known::default()]; // number 0 stands outside the sentence
        Forms { slots: boxed(Slot::default()), known, surfaces: Vec::new(), touched: 0 }
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

    /// Appends the forms of a sentence.
    pub(crate) fn read(
        &mut self,
        text: &str,
        atoms: &[Atom],
        tables: &Tables<'_>,
        found: &mut Vec<Met>,
    ) {
        let headline = is_headline(atoms.iter().map(|a| a.look));
        let word = atoms.iter().position(|a| a.look.is_word()).unwrap_or(atoms.len());
        let (first, rest) = atoms.split_at(atoms.len().min(word + 1));
        self.surfaces.clear();
        for (atoms, is_first) in [(first, true), (rest, false)] {
            let place = place(headline, is_first);
            self.surfaces.extend(atoms.iter().map(|atom| {
                let surface = surface(text, atom, place);
                // Reads that nothing waits for happen all at once.
                self.touched ^= self.slots[usize::from(surface.at)].met.number;
                surface
            }));
        }
        for i in 0..self.surfaces.len() {
            let Surface { bits, mut at } = self.surfaces[i];
            let met = loop {
                let slot = &self.slots[usize::from(at)];
                if slot.surface == bits {
                    break slot.met;
                }
                if slot.surface == 0 {
                    let surface = &text[atoms[i].start as usize..atoms[i].end as usize];
                    break self.meet(surface, bits, at, tables);
                }
                at = at.wrapping_add(1);
            };
            found.push(met);
        }
    }

    #[cold]
    fn meet(&mut self, surface: &str, bits: u128, at: u16, tables: &Tables<'_>) -> Met {
        let mut form = Form::new(surface, place_of(bits));
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
            before: before as i8,
            behind: behind as i8,
            shape: form.shape,
        };
        self.known.push(known);
        if self.known.len() < FULL {
            self.slots[usize::from(at)] = Slot { surface: bits, met };
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

#[inline]
fn surface(text: &str, atom: &Atom, place: Place) -> Surface {
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
    let bits = window & MASKS[len & 15] | ((len << 4 | place as usize) as u128) << 120;
    let mixed =
        (bits as u64 ^ ((bits >> 64) as u64).rotate_left(29)).wrapping_mul(0x9E37_79B9_7F4A_7C15);
    Surface { bits, at: (mixed >> 48) as u16 }
}

/// The place that the bits of a surface hold.
fn place_of(bits: u128) -> Place {
    const HEADLINE: u128 = Place::Headline as u128;
    const FIRST: u128 = Place::First as u128;
    match bits >> 120 & 3 {
        HEADLINE => Place::Headline,
        FIRST => Place::First,
        _ => Place::Inside,
    }
}

/// A table that never was on the stack.
pub(crate) fn boxed<T: Copy, const N: usize>(value: T) -> Box<[T; N]> {
    let Ok(table) = vec![value; N].into_boxed_slice().try_into() else { unreachable!() };
    table
}
