//! Sixty-four bytes at a time: flags by plain comparisons, which the compiler makes vector code
//! of, and then one bit a byte.

/// Bytes of a block.
pub(crate) const BLOCK: usize = 64;

/// A block with one byte before and two behind it; past either end of the text stands a line feed.
pub(crate) type Around = [u8; BLOCK + 3];

/// Calls `look` with the start of each block of `bytes` and its surroundings.
#[inline]
pub(crate) fn blocks(bytes: &[u8], mut look: impl FnMut(usize, &Around)) {
    for start in (0..bytes.len()).step_by(BLOCK) {
        let whole = start.checked_sub(1).and_then(|from| bytes.get(from..from + BLOCK + 3));
        if let Some(around) = whole.and_then(|bytes| bytes.try_into().ok()) {
            look(start, around);
            continue;
        }
        let mut around = [b'\n'; BLOCK + 3];
        let from = start.saturating_sub(1);
        let to = bytes.len().min(start + BLOCK + 2);
        let offset = from + 1 - start;
        around[offset..offset + to - from].copy_from_slice(&bytes[from..to]);
        look(start, &around);
    }
}

/// One bit for each byte of a block of which `is` holds, given the byte before it, itself and the
/// two behind it. `is` must not branch.
#[inline(always)]
pub(crate) fn mask(around: &Around, is: impl Fn([u8; 4]) -> bool) -> u64 {
    gathered(&flags(around, is))
}

/// The same for what most blocks have none of.
#[inline(always)]
pub(crate) fn rare(around: &Around, is: impl Fn([u8; 4]) -> bool) -> u64 {
    let flags = flags(around, is);
    let any = flags.as_chunks().0.iter().fold(0, |any, eight| any | u64::from_le_bytes(*eight));
    if any == 0 { 0 } else { gathered(&flags) }
}

#[inline(always)]
fn flags(around: &Around, is: impl Fn([u8; 4]) -> bool) -> [u8; BLOCK] {
    let mut flags = [0u8; BLOCK];
    for (i, flag) in flags.iter_mut().enumerate() {
        *flag = u8::from(is([around[i], around[i + 1], around[i + 2], around[i + 3]]));
    }
    flags
}

#[inline(always)]
fn gathered(flags: &[u8; BLOCK]) -> u64 {
    let mut mask = 0;
    for (i, eight) in flags.as_chunks::<8>().0.iter().enumerate() {
        // Brings bit 0 of each of the eight bytes into the highest byte.
        let gathered = u64::from_le_bytes(*eight).wrapping_mul(0x0102_0408_1020_4080) >> 56;
        mask |= gathered << (8 * i);
    }
    mask
}

/// The places of the bits that are set, lowest first.
#[inline]
pub(crate) fn ones(mut mask: u64) -> impl Iterator<Item = usize> {
    std::iter::from_fn(move || {
        let at = (mask != 0).then_some(mask.trailing_zeros() as usize);
        mask &= mask.wrapping_sub(1);
        at
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_byte_is_seen_once_with_its_neighbors() {
        for len in [0, 1, 63, 64, 65, 66, 67, 130, 200] {
            let text: Vec<u8> = (0..len).map(|i| b"a.b,"[i % 4]).collect();
            let mut found = Vec::new();
            blocks(&text, |start, around| {
                let mask = mask(around, |[before, byte, next, _]| {
                    (byte == b'.') & (before == b'a') & (next == b'b')
                });
                found.extend(ones(mask).map(|at| start + at));
            });
            let wanted: Vec<usize> = (0..len).filter(|i| i % 4 == 1 && i + 1 < len).collect();
            assert_eq!(found, wanted, "{len}");
        }
    }
}
