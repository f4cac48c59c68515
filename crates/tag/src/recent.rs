//! What was found out of the surface forms that were read last.

use bantin_text::Span;

/// What is known of the surface forms read last, for one thread: nearly all of a text are among
/// them. Two share one of `N` places, a power of two; the one that came last stands first.
#[derive(Debug)]
pub(crate) struct Recent<T, const N: usize> {
    places: Box<[[(Surface, T); 2]; N]>,
    /// The last one that is not kept.
    long: T,
}

/// The bytes of a surface form of at most fifteen, and in the last one how many. Longer ones are
/// not kept.
pub(crate) type Surface = u128;

const LONGEST: usize = 15;

/// Masks of the first bytes of a surface, by its length.
const MASKS: [u128; LONGEST + 1] = {
    let mut masks = [0; LONGEST + 1];
    let mut len = 0;
    while len <= LONGEST {
        masks[len] = (1 << (8 * len)) - 1;
        len += 1;
    }
    masks
};

impl<T: Copy + Default, const N: usize> Default for Recent<T, N> {
    fn default() -> Recent<T, N> {
        let places = vec![Default::default(); N].into_boxed_slice().try_into();
        let Ok(places) = places else { unreachable!("a vector of N has N") };
        Recent { places, long: T::default() }
    }
}

impl<T: Copy + Default, const N: usize> Recent<T, N> {
    /// What `read` says of the surface at `span`, which it is asked only where that is not known.
    #[inline]
    pub(crate) fn get(&mut self, text: &str, span: Span, read: impl FnOnce(&str) -> T) -> &T {
        let Some(surface) = surface(text, span) else {
            self.long = read(&text[span]);
            return &self.long;
        };
        let hash = mix(surface as u64, (surface >> 64) as u64);
        let [first, second] = &mut self.places[(hash >> (64 - N.trailing_zeros())) as usize % N];
        if first.0 != surface {
            std::mem::swap(first, second);
            if first.0 != surface {
                *first = (surface, read(&text[span]));
            }
        }
        &first.1
    }
}

/// Two products that are spread well enough for a place in a table.
#[inline]
fn mix(a: u64, b: u64) -> u64 {
    (a ^ b.rotate_left(29).wrapping_mul(0xD6E8_FEB8_6659_FD93)).wrapping_mul(0x9E37_79B9_7F4A_7C15)
}

/// The bytes of a surface as one number, where they are few enough.
#[inline]
pub(crate) fn surface(text: &str, span: Span) -> Option<Surface> {
    let len = span.len();
    if len > LONGEST {
        return None;
    }
    let bytes = text.as_bytes();
    let letters = match bytes[span.start()..].first_chunk() {
        // Sixteen bytes are read at once, and those behind the form cut off.
        Some(sixteen) => u128::from_le_bytes(*sixteen) & MASKS[len],
        None => {
            let mut sixteen = [0; 16];
            sixteen[..len].copy_from_slice(&bytes[span.start()..span.end()]);
            u128::from_le_bytes(sixteen)
        }
    };
    Some(letters | (len as u128) << 120)
}
