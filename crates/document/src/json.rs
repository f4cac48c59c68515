//! Strings and spans in JSON, which nearly all of a record is, written many bytes at once.

use crate::Token;

/// Bytes that are looked at together.
const BLOCK: usize = 64;

/// Flags the bytes of a block that cannot stand in a string as they are: quotation mark, backslash,
/// control characters, and the first byte of the three characters which some readers take for line
/// ends, U+0085, U+2028 and U+2029 (Python's `splitlines` cut such a record in two). `ahead` is the
/// block with two bytes behind it.
///
/// Plain comparisons of bytes without a branch: the compiler makes vector code of them.
fn flag(ahead: &[u8; BLOCK + 2], flags: &mut [u8; BLOCK]) {
    for (i, flag) in flags.iter_mut().enumerate() {
        let [byte, next, third] = [ahead[i], ahead[i + 1], ahead[i + 2]];
        let plain = (byte < 0x20) | (byte == b'"') | (byte == b'\\');
        let line_end = ((byte == 0xC2) & (next == 0x85))
            | ((byte == 0xE2) & (next == 0x80) & (third | 1 == 0xA9));
        *flag = u8::from(plain | line_end);
    }
}

/// True for a short text that surely has nothing to be flagged.
#[inline]
fn is_plain(text: &[u8]) -> bool {
    /// Bytes of one comparison.
    const SHORT: usize = 16;
    let plain = |block: &[u8; SHORT]| {
        let odd = block.map(|byte| {
            let quote = (byte < 0x20) | (byte == b'"') | (byte == b'\\');
            u8::from(quote | (byte == 0xC2) | (byte == 0xE2))
        });
        u128::from_le_bytes(odd) == 0
    };
    match text.last_chunk() {
        Some(last) => text.as_chunks().0.iter().all(plain) && plain(last),
        None => {
            let mut block = [b' '; SHORT];
            block[..text.len()].copy_from_slice(text);
            plain(&block)
        }
    }
}

/// Appends a string with its quotation marks.
pub(crate) fn string(text: &str, out: &mut Vec<u8>) {
    let bytes = text.as_bytes();
    out.push(b'"');
    if bytes.len() < BLOCK && is_plain(bytes) {
        out.extend_from_slice(bytes);
        out.push(b'"');
        return;
    }
    let mut written = 0;
    let mut flags = [0; BLOCK];
    for base in (0..bytes.len()).step_by(BLOCK) {
        match bytes[base..].first_chunk() {
            Some(ahead) => flag(ahead, &mut flags),
            None => {
                let mut ahead = [b' '; BLOCK + 2];
                ahead[..bytes.len() - base].copy_from_slice(&bytes[base..]);
                flag(&ahead, &mut flags);
            }
        }
        for (word, eight) in flags.chunks_exact(8).enumerate() {
            let mut set = u64::from_le_bytes(eight.try_into().unwrap_or_default());
            while set != 0 {
                let at = base + 8 * word + set.trailing_zeros() as usize / 8;
                set &= set - 1;
                out.extend_from_slice(&bytes[written..at]);
                written = at + escape(&bytes[at..], out);
            }
        }
    }
    out.extend_from_slice(&bytes[written..]);
    out.push(b'"');
}

/// Appends what stands for the flagged character that `rest` begins with; the length of that.
fn escape(rest: &[u8], out: &mut Vec<u8>) -> usize {
    let (word, length): (&[u8], usize) = match rest {
        [b'\n', ..] => (b"\\n", 1),
        [b'"', ..] => (b"\\\"", 1),
        [b'\t', ..] => (b"\\t", 1),
        [b'\r', ..] => (b"\\r", 1),
        [b'\\', ..] => (b"\\\\", 1),
        [0x08, ..] => (b"\\b", 1),
        [0x0C, ..] => (b"\\f", 1),
        [control @ ..0x20, ..] => {
            let hex = |digit: u8| b"0123456789abcdef"[usize::from(digit & 15)];
            out.extend_from_slice(b"\\u00");
            (&[hex(control >> 4), hex(*control)], 1)
        }
        _ => line_end(rest).unwrap_or_default(),
    };
    out.extend_from_slice(word);
    length
}

/// What stands for a character that some readers take for a line end, and its length.
pub(crate) fn line_end(rest: &[u8]) -> Option<(&'static [u8], usize)> {
    match rest {
        [0xC2, 0x85, ..] => Some((b"\\u0085", 2)),
        [0xE2, 0x80, 0xA8, ..] => Some((b"\\u2028", 3)),
        [0xE2, 0x80, 0xA9, ..] => Some((b"\\u2029", 3)),
        _ => None,
    }
}

/// The text of a string that was found to be well-formed JSON; `None` for what is no string, and
/// for one that numbers a character (`\u0110`), which serde reads.
pub(crate) fn unquoted(raw: &str) -> Option<String> {
    let inside = raw.strip_prefix('"')?.strip_suffix('"')?;
    let mut text = String::with_capacity(inside.len());
    let mut rest = inside;
    while let Some(at) = memchr::memchr(b'\\', rest.as_bytes()) {
        text.push_str(&rest[..at]);
        text.push(match rest.as_bytes().get(at + 1)? {
            b'n' => '\n',
            b'"' => '"',
            b't' => '\t',
            b'r' => '\r',
            b'\\' => '\\',
            b'/' => '/',
            b'b' => '\u{8}',
            b'f' => '\u{c}',
            _ => return None,
        });
        rest = &rest[at + 2..];
    }
    text.push_str(rest);
    Some(text)
}

/// Appends `[[0,4],[5,9]]`.
pub(crate) fn tokens(tokens: &[Token], out: &mut Vec<u8>) {
    /// `[4294967295,4294967295],`
    const LONGEST: usize = 24;
    out.push(b'[');
    let mut at = out.len();
    out.resize(at + LONGEST * tokens.len(), 0);
    for Token(start, end) in tokens {
        let Some(room) = out.get_mut(at..).and_then(<[u8]>::first_chunk_mut) else {
            break; // there is room for all
        };
        let short = *start.max(end) < 10_000;
        at += if short { four_each(*start, *end, room) } else { many_each(*start, *end, room) };
    }
    // The last comma has nothing behind it.
    out.truncate(at - usize::from(!tokens.is_empty()));
    out.push(b']');
}

/// Writes `[0,4],` with numbers of at most four digits, both in one integer, and gives its length.
#[inline]
fn four_each(start: u32, end: u32, room: &mut [u8; 24]) -> usize {
    let both = u64::from(start) | u64::from(end) << 32;
    let hundreds = ((both * 5243) >> 19) & 0x7F_0000_007F;
    let pairs = hundreds | (both - hundreds * 100) << 16;
    let tens = ((pairs * 103) >> 10) & 0x000F_000F_000F_000F;
    let digits = tens | (pairs - tens * 10) << 8;
    let ascii = digits | 0x3030_3030_3030_3030;
    let zeros = |digits: u32| (digits.trailing_zeros() / 8).min(3);
    let [first, second] = [zeros(digits as u32), zeros((digits >> 32) as u32)];
    let head = u64::from(ascii as u32 >> (8 * first)) << 8;
    let head = head | u64::from(b'[') | u64::from(b',') << (8 * (5 - first));
    let tail = ascii >> 32 >> (8 * second);
    let tail = tail | u64::from(u16::from_le_bytes(*b"],")) << (8 * (4 - second));
    let middle = 6 - first as usize;
    room[..8].copy_from_slice(&head.to_le_bytes());
    room[middle..middle + 8].copy_from_slice(&tail.to_le_bytes());
    middle + 6 - second as usize
}

/// The same with any numbers.
#[inline(never)]
fn many_each(start: u32, end: u32, room: &mut [u8; 24]) -> usize {
    room[0] = b'[';
    let first = 1 + digits(start, &mut room[1..]);
    room[first] = b',';
    let second = first + 1 + digits(end, &mut room[first + 1..]);
    room[second] = b']';
    room[second + 1] = b',';
    second + 2
}

/// Appends `{"start":0,"end":9`, an object that goes on.
pub(crate) fn extent(start: u32, end: u32, out: &mut Vec<u8>) {
    let mut room = *b"{\"start\":4294967295,\"end\":4294967295   ";
    let first = 9 + digits(start, &mut room[9..]);
    room[first..first + 7].copy_from_slice(b",\"end\":");
    let second = first + 7 + digits(end, &mut room[first + 7..]);
    out.extend_from_slice(&room[..second]);
}

/// Writes a number to the beginning of `room`, which takes twelve bytes, and gives its length.
#[inline]
fn digits(number: u32, room: &mut [u8]) -> usize {
    if number < 10_000 { four(number, 3, room) } else { many_digits(number, room) }
}

#[inline(never)]
fn many_digits(number: u32, room: &mut [u8]) -> usize {
    let front = digits(number / 10_000, room);
    front + four(number % 10_000, 0, &mut room[front..])
}

/// Writes four digits, of which at most so many zeros in front are left out: pairs, then single
/// digits are made side by side in one integer.
#[inline]
fn four(number: u32, most_zeros: u32, room: &mut [u8]) -> usize {
    let hundreds = (number * 5243) >> 19;
    let pairs = hundreds | (number - hundreds * 100) << 16;
    let tens = ((pairs * 103) >> 10) & 0x000F_000F;
    let digits = tens | (pairs - tens * 10) << 8;
    let zeros = (digits.trailing_zeros() / 8).min(most_zeros);
    let ascii = (digits | 0x3030_3030) >> (8 * zeros);
    if let Some(room) = room.first_chunk_mut() {
        *room = ascii.to_le_bytes();
    }
    4 - zeros as usize
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn made(write: impl FnOnce(&mut Vec<u8>)) -> String {
        let mut out = Vec::new();
        write(&mut out);
        String::from_utf8(out).unwrap()
    }

    #[test]
    fn numbers_at_the_edges_have_their_digits() {
        let powers = (0..10).map(|exponent| 10u32.pow(exponent));
        let edges = powers.flat_map(|power| [power - 1, power, power + 1]);
        for n in edges.chain([9_999_999, 99_999_999, 4_294_967_295]) {
            let wanted = format!("{{\"start\":{n},\"end\":{n}");
            assert_eq!(made(|out| extent(n, n, out)), wanted);
        }
    }

    #[test]
    fn strings_without_numbered_characters_are_read_by_hand() {
        for (raw, text) in [
            (r#""""#, Some("")),
            (r#""Hà Nội""#, Some("Hà Nội")),
            (r#""\"\\\/\b\f\n\r\t""#, Some("\"\\/\u{8}\u{c}\n\r\t")),
            (r#""\u0110""#, None),
            ("null", None),
            ("12", None),
        ] {
            assert_eq!(unquoted(raw).as_deref(), text, "{raw}");
        }
    }

    proptest! {
        #[test]
        fn strings_read_back_on_one_line(text in "[\\PCa-zộ\u{0}-\u{1f}\"\\\\\u{85}\u{2028}\u{2029}\u{2027}\u{80}]{0,90}") {
            let line = made(|out| string(&text, out));
            let odd = ['\n', '\r', '\u{85}', '\u{2028}', '\u{2029}'];
            prop_assert!(!line.contains(odd), "{line}");
            prop_assert_eq!(serde_json::from_str::<String>(&line).unwrap(), text.as_str());
            prop_assert!(unquoted(&line).is_none_or(|read| read == text));
            if !text.contains(odd) {
                prop_assert_eq!(line, serde_json::to_string(&text).unwrap());
            }
        }

        #[test]
        fn tokens_are_those_of_serde(list in prop::collection::vec((0..=u32::MAX, 0..32u32, 0..20_000u32), 0..9)) {
            let list: Vec<Token> = list.into_iter().map(|(a, shift, b)| Token(a >> shift, b)).collect();
            prop_assert_eq!(made(|out| tokens(&list, out)), serde_json::to_string(&list).unwrap());
        }
    }
}
