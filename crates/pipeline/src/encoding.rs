//! What bytes that are no UTF-8 look like, for the message to the user. Nothing is converted.

use std::fmt;

/// Encodings that Vietnamese text came in before Unicode, and what is no text at all.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Guess {
    Utf16,
    Windows1258,
    Tcvn3,
    Vni,
    Viscii,
    Pdf,
    Zip,
    Xz,
    Bzip2,
    Image,
    Binary,
}

impl fmt::Display for Guess {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Guess::Utf16 => "UTF-16; convert it with `iconv -f UTF-16 -t UTF-8`",
            Guess::Windows1258 => "windows-1258; convert it with `iconv -f WINDOWS-1258 -t UTF-8`",
            Guess::Tcvn3 => "TCVN3 (ABC fonts); convert it with `iconv -f TCVN -t UTF-8`",
            Guess::Vni => "VNI; convert it to UTF-8",
            Guess::Viscii => "VISCII; convert it with `iconv -f VISCII -t UTF-8`",
            Guess::Pdf => "a PDF file, which is no text",
            Guess::Zip => "a zip file or office document, which is no text",
            Guess::Xz => "a file packed by xz; unpack it, or pack it with gzip or zstd",
            Guess::Bzip2 => "a file packed by bzip2; unpack it, or pack it with gzip or zstd",
            Guess::Image => "an image, which is no text",
            Guess::Binary => "binary data, which is no text",
        })
    }
}

/// Bytes that are looked at.
const SAMPLE: usize = 64 << 10;

/// Fewest pieces of evidence that make a guess.
const ENOUGH: usize = 3;

/// The encoding that explains the bytes best.
///
/// Each of the four old encodings has letters that it alone writes often: a tone mark behind its
/// vowel in windows-1258 (0xCC 0xD2 0xDE 0xEC 0xF2), `đ` as 0xAE in TCVN3 and as 0xF1 in VNI with
/// tone marks behind the vowel (0xF8 0xF9 0xFB 0xF5 0xEF); VISCII has `đ` at 0xF0 as windows-1258
/// has, and one byte for a vowel with its tone.
pub(crate) fn guess(bytes: &[u8]) -> Option<Guess> {
    let bytes = &bytes[..bytes.len().min(SAMPLE)];
    match bytes {
        [0xFF, 0xFE, ..] | [0xFE, 0xFF, ..] => return Some(Guess::Utf16),
        [b'%', b'P', b'D', b'F', ..] => return Some(Guess::Pdf),
        [b'P', b'K', 3, 4, ..] => return Some(Guess::Zip),
        [0xFD, b'7', b'z', b'X', b'Z', 0, ..] => return Some(Guess::Xz),
        [b'B', b'Z', b'h', b'1'..=b'9', ..] => return Some(Guess::Bzip2),
        [0x89, b'P', b'N', b'G', ..] | [0xFF, 0xD8, 0xFF, ..] => return Some(Guess::Image),
        _ => {}
    }
    let (mut good, mut bad) = (0, 0);
    for chunk in bytes.utf8_chunks() {
        good += chunk.valid().chars().filter(|c| !c.is_ascii()).count();
        bad += usize::from(!chunk.invalid().is_empty());
    }
    if good >= bad && count_zeros(bytes) == 0 {
        return None; // UTF-8 with a few bad bytes
    }
    let count = |wanted: &dyn Fn(u8) -> bool| bytes.iter().filter(|b| wanted(**b)).count();
    if count_zeros(bytes) * 4 > bytes.len() {
        return Some(Guess::Utf16);
    }
    // One byte of ten is a control character where all are equally frequent.
    if count(&|b| b.is_ascii_control() && !b.is_ascii_whitespace()) * 32 > bytes.len() {
        return Some(Guess::Binary);
    }
    let behind_vowel = |marks: &[u8], vowels: &[u8]| {
        let pair = |w: &&[u8]| {
            marks.contains(&w[1]) && (b"aeiouyAEIOUY".contains(&w[0]) || vowels.contains(&w[0]))
        };
        bytes.windows(2).filter(pair).count()
    };
    // Vowels with a mark of their own: ă â ê ô ơ ư.
    let tones_1258 = behind_vowel(
        &[0xCC, 0xD2, 0xDE, 0xEC, 0xF2],
        &[0xE3, 0xE2, 0xEA, 0xF4, 0xF5, 0xFD, 0xC3, 0xC2, 0xCA, 0xD4, 0xD5, 0xDD],
    );
    let tones_vni = behind_vowel(&[0xF8, 0xF9, 0xFB, 0xF5, 0xEF], &[0xF4, 0xF6]);
    let dd = |letters: [u8; 2]| count(&|b| letters.contains(&b));
    let scores = [
        (tones_1258 + dd([0xF0, 0xD0]).min(tones_1258), Guess::Windows1258),
        (dd([0xAE, 0xA7]) * 4 + count(&|b| (0xA8..=0xAD).contains(&b)), Guess::Tcvn3),
        (tones_vni + dd([0xF1, 0xD1]).min(tones_vni), Guess::Vni),
        (if tones_1258 * 8 < dd([0xF0, 0xD0]) { dd([0xF0, 0xD0]) * 4 } else { 0 }, Guess::Viscii),
    ];
    let (score, guess) = scores.into_iter().max_by_key(|(score, _)| *score)?;
    (score >= ENOUGH).then_some(guess)
}

fn count_zeros(bytes: &[u8]) -> usize {
    memchr::memchr_iter(0, bytes).count()
}

#[cfg(test)]
mod tests {
    use super::*;

    // "Hai bên đã ký kết; Bộ trưởng đến thăm và làm việc tại Hà Nội" in each encoding.
    #[test]
    fn old_vietnamese_encodings_are_told_apart() {
        let windows_1258 = b"Hai b\xEAn \xF0a\xDE ky\xEC k\xEA\xECt; B\xF4\xF2 tr\xFD\xF5\xD2ng \xF0\xEA\xECn th\xE3m va\xCC la\xCCm vi\xEA\xF2c ta\xF2i Ha\xCC N\xF4\xF2i";
        let tcvn3 = b"Hai b\xAAn \xAE\xB7 k\xFD k\xD5t; B\xE9 tr\xAD\xEBng \xAE\xD5n th\xA8m v\xB5 l\xB5m vi\xD6c t\xB9i H\xB5 N\xE9i";
        let vni = b"Hai be\xE2n \xF1a\xF5 ky\xF9 ke\xE1t; Bo\xE4 tr\xF6\xF4\xFBng \xF1e\xE1n tha\xEAm va\xF8 la\xF8m vie\xE4c ta\xEFi Ha\xF8 No\xE4i";
        let viscii = b"Hai b\xEAn \xF0\xE3 k\xFD k\xAAt; B\xB5 tr\xDF\xB7ng \xF0\xAAn th\xE5m v\xE0 l\xE0m vi\xAEc t\xD5i H\xE0 N\xB5i";
        assert_eq!(guess(windows_1258), Some(Guess::Windows1258));
        assert_eq!(guess(tcvn3), Some(Guess::Tcvn3));
        assert_eq!(guess(vni), Some(Guess::Vni));
        assert_eq!(guess(viscii), Some(Guess::Viscii));
    }

    #[test]
    fn utf16_is_seen_with_and_without_its_mark() {
        let text = "Họp báo thường kỳ của Bộ";
        let bytes: Vec<u8> = text.encode_utf16().flat_map(u16::to_le_bytes).collect();
        assert_eq!(guess(&bytes), Some(Guess::Utf16));
        assert_eq!(guess(b"\xFE\xFF\x00H"), Some(Guess::Utf16));
    }

    #[test]
    fn what_is_packed_or_no_text_is_no_old_encoding() {
        assert_eq!(guess(b"\xFD7zXZ\0\xAE\xAE\xAE"), Some(Guess::Xz));
        assert_eq!(guess(b"BZh91AY&SY\xAE\xAE\xAE"), Some(Guess::Bzip2));
        let all: Vec<u8> = (0..4096_u32).map(|i| (i * 167 % 251) as u8).collect();
        assert_eq!(guess(&all), Some(Guess::Binary));
    }

    #[test]
    fn one_bad_byte_is_no_encoding() {
        assert_eq!(guess(b"Ch\xE1n l\xE0nh"), None);
        let mut utf8 =
            "Chính phủ đã ký kết hiệp định thương mại với Liên bang Nga".repeat(9).into_bytes();
        utf8[40] = 0xFF;
        assert_eq!(guess(&utf8), None);
    }
}
