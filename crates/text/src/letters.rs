//! The letters of Vietnamese: base letter, tone and case of a character, from a table.
//!
//! A tone mark and a letter's own mark (ê, ơ, đ …) are kept apart, so that matching can fold
//! the place of a tone without touching the letter.

/// The six tones, in dictionary order.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[repr(u8)]
pub enum Tone {
    /// ngang: a
    Level,
    /// huyền: à
    Falling,
    /// hỏi: ả
    Dipping,
    /// ngã: ã
    Rising,
    /// sắc: á
    Sharp,
    /// nặng: ạ
    Heavy,
}

/// What one character of a Vietnamese syllable is made of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Letter {
    /// The letter without tone, in lower case: one of `a`..`z` and `ă â đ ê ô ơ ư`.
    pub base: char,
    /// The tone mark it carries.
    pub tone: Tone,
    /// True for a capital.
    pub upper: bool,
}

impl Letter {
    /// The letter of `c`, or `None` for anything that Vietnamese (or `f j w z`) does not write.
    pub fn of(c: char) -> Option<Letter> {
        let code = code(c);
        (code != 0).then(|| Letter {
            base: BASES[(code & BASE) as usize],
            tone: TONES[(code >> 6 & 7) as usize],
            upper: code & UPPER != 0,
        })
    }

    /// The letter without any mark: `a` for `ẩ`, `d` for `Đ`.
    pub fn unmarked(self) -> char {
        match self.base {
            'ă' | 'â' => 'a',
            'đ' => 'd',
            'ê' => 'e',
            'ô' | 'ơ' => 'o',
            'ư' => 'u',
            base => base,
        }
    }

    /// True for the twelve vowel letters.
    pub fn is_vowel(self) -> bool {
        matches!(self.base, 'a' | 'ă' | 'â' | 'e' | 'ê' | 'i' | 'o' | 'ô' | 'ơ' | 'u' | 'ư' | 'y')
    }
}

/// True for a character with a mark that only Vietnamese text writes this often: a tone mark, or
/// one of `ă â đ ê ô ơ ư`.
pub fn is_marked(c: char) -> bool {
    let code = code(c);
    code & BASE > 26 || code >> 6 & 7 != 0
}

/// A letter as packing sees it: the number of its base letter, and that of its tone.
#[derive(Clone, Copy)]
pub(crate) struct Code(u16);

impl Code {
    /// The code of a character, `None` for what is no letter.
    #[inline]
    pub(crate) fn of(c: char) -> Option<Code> {
        let code = code(c);
        (code != 0).then_some(Code(code))
    }

    /// The code of the letter that begins at a byte of a text, and its length in bytes; `None`
    /// for what is no letter.
    #[inline]
    pub(crate) fn at(bytes: &[u8], at: usize) -> Option<(Code, usize)> {
        let (c, len) = match bytes[at..] {
            [b @ 0..0x80, ..] => (u16::from(b), 1),
            [b @ 0xC0..0xE0, c, ..] => (u16::from(b & 0x1F) << 6 | u16::from(c & 0x3F), 2),
            [b @ 0xE0..0xF0, c, d, ..] => {
                let (c, d) = (u16::from(c & 0x3F), u16::from(d & 0x3F));
                (u16::from(b) << 12 | c << 6 | d, 3)
            }
            _ => return None,
        };
        let code = CODES.get(usize::from(c)).copied().unwrap_or(0);
        (code != 0).then_some((Code(code), len))
    }

    /// True for a capital.
    #[inline]
    pub(crate) fn is_upper(self) -> bool {
        self.0 & UPPER != 0
    }

    /// The letter in lower case without any mark.
    #[inline]
    pub(crate) fn unmarked(self) -> char {
        char::from(UNMARKED[usize::from(self.0 & BASE)])
    }

    #[inline]
    pub(crate) fn base(self) -> u64 {
        u64::from(self.0 & BASE)
    }

    #[inline]
    pub(crate) fn tone(self) -> u32 {
        u32::from(self.0 >> 6 & 7)
    }
}

const BASE: u16 = 0b11_1111;
const UPPER: u16 = 1 << 9;
const TABLE_END: usize = 0x1F00;

pub(crate) const TONES: [Tone; 6] =
    [Tone::Level, Tone::Falling, Tone::Dipping, Tone::Rising, Tone::Sharp, Tone::Heavy];

/// Base letters by number; number 0 is no letter.
const BASES: [char; 34] = [
    '\0', 'a', 'b', 'c', 'd', 'e', 'f', 'g', 'h', 'i', 'j', 'k', 'l', 'm', 'n', 'o', 'p', 'q', 'r',
    's', 't', 'u', 'v', 'w', 'x', 'y', 'z', 'ă', 'â', 'đ', 'ê', 'ô', 'ơ', 'ư',
];

/// The same without any mark; the rest makes it as long as there are numbers.
const UNMARKED: [u8; 64] = {
    let letters = b"\0abcdefghijklmnopqrstuvwxyzaadeoou";
    let mut unmarked = [0; 64];
    let mut i = 0;
    while i < letters.len() {
        unmarked[i] = letters[i];
        i += 1;
    }
    unmarked
};

/// One row a vowel: number of its base, then its characters in the order of [`TONES`].
const VOWELS: [(u16, [char; 6], [char; 6]); 12] = [
    (1, ['a', 'à', 'ả', 'ã', 'á', 'ạ'], ['A', 'À', 'Ả', 'Ã', 'Á', 'Ạ']),
    (27, ['ă', 'ằ', 'ẳ', 'ẵ', 'ắ', 'ặ'], ['Ă', 'Ằ', 'Ẳ', 'Ẵ', 'Ắ', 'Ặ']),
    (28, ['â', 'ầ', 'ẩ', 'ẫ', 'ấ', 'ậ'], ['Â', 'Ầ', 'Ẩ', 'Ẫ', 'Ấ', 'Ậ']),
    (5, ['e', 'è', 'ẻ', 'ẽ', 'é', 'ẹ'], ['E', 'È', 'Ẻ', 'Ẽ', 'É', 'Ẹ']),
    (30, ['ê', 'ề', 'ể', 'ễ', 'ế', 'ệ'], ['Ê', 'Ề', 'Ể', 'Ễ', 'Ế', 'Ệ']),
    (9, ['i', 'ì', 'ỉ', 'ĩ', 'í', 'ị'], ['I', 'Ì', 'Ỉ', 'Ĩ', 'Í', 'Ị']),
    (15, ['o', 'ò', 'ỏ', 'õ', 'ó', 'ọ'], ['O', 'Ò', 'Ỏ', 'Õ', 'Ó', 'Ọ']),
    (31, ['ô', 'ồ', 'ổ', 'ỗ', 'ố', 'ộ'], ['Ô', 'Ồ', 'Ổ', 'Ỗ', 'Ố', 'Ộ']),
    (32, ['ơ', 'ờ', 'ở', 'ỡ', 'ớ', 'ợ'], ['Ơ', 'Ờ', 'Ở', 'Ỡ', 'Ớ', 'Ợ']),
    (21, ['u', 'ù', 'ủ', 'ũ', 'ú', 'ụ'], ['U', 'Ù', 'Ủ', 'Ũ', 'Ú', 'Ụ']),
    (33, ['ư', 'ừ', 'ử', 'ữ', 'ứ', 'ự'], ['Ư', 'Ừ', 'Ử', 'Ữ', 'Ứ', 'Ự']),
    (25, ['y', 'ỳ', 'ỷ', 'ỹ', 'ý', 'ỵ'], ['Y', 'Ỳ', 'Ỷ', 'Ỹ', 'Ý', 'Ỵ']),
];

static CODES: [u16; TABLE_END] = {
    let mut codes = [0; TABLE_END];
    let mut letter = 0;
    while letter < 26 {
        codes[b'a' as usize + letter] = letter as u16 + 1;
        codes[b'A' as usize + letter] = (letter as u16 + 1) | UPPER;
        letter += 1;
    }
    let mut row = 0;
    while row < VOWELS.len() {
        let (base, lower, upper) = VOWELS[row];
        let mut tone = 0;
        while tone < 6 {
            codes[lower[tone] as usize] = base | (tone as u16) << 6;
            codes[upper[tone] as usize] = base | (tone as u16) << 6 | UPPER;
            tone += 1;
        }
        row += 1;
    }
    codes['đ' as usize] = 29;
    codes['Đ' as usize] = 29 | UPPER;
    // The Icelandic letter stands for Đ in text that went through Latin-1.
    codes['ð' as usize] = 29;
    codes['Ð' as usize] = 29 | UPPER;
    codes
};

fn code(c: char) -> u16 {
    CODES.get(c as usize).copied().unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_letter_is_base_tone_and_case() {
        let letter = Letter::of('Ể').unwrap();
        assert_eq!(letter, Letter { base: 'ê', tone: Tone::Dipping, upper: true });
        assert_eq!(letter.unmarked(), 'e');
        assert_eq!(Letter::of('Ð'), Letter::of('Đ'));
        assert_eq!(Letter::of('ш'), None);
        assert_eq!(Letter::of('7'), None);
    }

    #[test]
    fn letters_lose_their_marks_alike_by_code_and_by_character() {
        for c in ('\0'..'\u{1F00}').filter(|c| Letter::of(*c).is_some()) {
            let text = c.to_string();
            let (code, len) = Code::at(text.as_bytes(), 0).unwrap();
            let letter = Letter::of(c).unwrap();
            assert_eq!((code.unmarked(), code.is_upper()), (letter.unmarked(), letter.upper));
            assert_eq!(len, text.len());
        }
    }

    #[test]
    fn marked_letters_tell_vietnamese_from_ascii() {
        assert!(is_marked('đ') && is_marked('à') && is_marked('Ô'));
        assert!(!is_marked('a') && !is_marked('z') && !is_marked('ö'));
    }
}
