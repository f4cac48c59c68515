//! Whether one name can be a form of another.

use bantin_text::keys::{syllable_key, unaccented};

use crate::hanviet::readings;
use crate::parts::{Origin, is_patronymic, origin, words};
use crate::sound::{romanized, skeleton};

/// Why two names can be one person's, surest first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Reason {
    /// The same words: case, tone placement and i/y do not count.
    Spelling,
    /// The same words in another order: `Shoigu Sergei`.
    Order,
    /// The same without diacritics.
    Unaccented,
    /// The same letters, written in syllables: `Pu-tin`.
    Transcription,
    /// Some words of the longer name, its last among them: `Chí Vịnh`, `Viktor Orlov`.
    Part,
    /// Initials for the words before the last: `V. Putin`.
    Initials,
    /// Another way to write Russian in Latin letters: `Sergey`, `Sergei`.
    Romanization,
    /// Sounds alike, as after a detour through another language: `Shayugu`.
    Sound,
    /// Mandarin reading of a Sino-Vietnamese name: `Feng Guangqing`.
    Pinyin,
    /// The last word of a Vietnamese name, by which people are called.
    GivenName,
    /// The last word of a foreign name.
    Surname,
    /// The first word of a name: given name of a foreigner, family name of a Chinese or Korean.
    FirstName,
}

impl Reason {
    /// The reason in words: `surname of Sergei Shoigu`.
    pub fn of(self, full: &str) -> String {
        let what = match self {
            Reason::Spelling => "another spelling of",
            Reason::Order => "other order of the words of",
            Reason::Unaccented => "without diacritics for",
            Reason::Transcription => "transcription of",
            Reason::Part => "part of",
            Reason::Initials => "initials for",
            Reason::Romanization => "other romanisation of",
            Reason::Sound => "sounds like",
            Reason::Pinyin => "pinyin reading of",
            Reason::GivenName => "given name of",
            Reason::Surname => "surname of",
            Reason::FirstName => "first name of",
        };
        format!("{what} {full}")
    }
}

/// Why `name` can be a form of `full`, or `None`. `full` is the longer or better known form.
pub fn compare(name: &str, full: &str) -> Option<Reason> {
    let a: Vec<&str> = words(name).collect();
    let b: Vec<&str> = words(full).collect();
    if a.is_empty() || b.is_empty() {
        return None;
    }
    // A son has his father's name.
    let junior = |words: &[&str]| words.iter().any(|w| matches!(*w, "Jr" | "Sr" | "II" | "III"));
    if junior(&a) != junior(&b) && a.len() > 1 && b.len() > 1 {
        return None;
    }
    let equal = |x: &str, y: &str| syllable_key(x) == syllable_key(y);
    if a.len() == b.len() && a.iter().zip(&b).all(|(x, y)| equal(x, y)) {
        return Some(Reason::Spelling);
    }
    let plain = |name: &str| -> String {
        unaccented(name).chars().filter(|c| c.is_alphanumeric()).collect()
    };
    let (plain_a, plain_b) = (plain(name), plain(full));
    if plain_a == plain_b {
        let ascii = name.is_ascii() || full.is_ascii();
        // Two names that differ in marks only are two people: Lan, Lân.
        let syllables = a.len() == b.len() && !name.contains('-') && !full.contains('-');
        return match (ascii, syllables) {
            (true, true) if a.len() > 1 => Some(Reason::Unaccented),
            (_, false) => Some(Reason::Transcription),
            _ => None,
        };
    }
    if a.len() == b.len() && a.len() > 1 && b.iter().all(|y| a.iter().any(|x| equal(x, y))) {
        return Some(Reason::Order);
    }
    let (origin_a, origin_b) = (origin(name), origin(full));
    if a.iter().any(|x| x.chars().count() == 1) {
        return initials(&a, &b).then_some(Reason::Initials);
    }
    if a.len() < b.len()
        && let Some(reason) = short_form(&a, &b, origin_b)
    {
        return Some(reason);
    }
    let foreign = origin_a != Origin::Vietnamese || origin_b != Origin::Vietnamese;
    if foreign {
        if let Some(reason) = foreign_form(&a, &b) {
            return Some(reason);
        }
        if pinyin(&a, &plain_a, &b) || pinyin(&b, &plain_b, &a) {
            return Some(Reason::Pinyin);
        }
    }
    None
}

/// `V.N. Drozhzhov`, `N.X. Phúc`: every word or initial in order, the last word whole.
fn initials(a: &[&str], b: &[&str]) -> bool {
    let (Some((last_a, head_a)), Some((last_b, head_b))) = (a.split_last(), b.split_last()) else {
        return false;
    };
    if last_a.chars().count() == 1
        || !alike(last_a, last_b)
        || head_a.is_empty()
        || head_b.is_empty()
    {
        return false;
    }
    let fits = |x: &str, y: &str| match x.chars().count() {
        1 => first_letter(x) == first_letter(y),
        _ => alike(x, y),
    };
    // "I.V. Petrov" may be Igor Petrov: the patronymic is left out where there is a given name.
    if head_a.len() > head_b.len() {
        return head_b.iter().zip(head_a).all(|(y, x)| fits(x, y)) && head_b[0].chars().count() > 1;
    }
    let mut rest = head_b.iter();
    head_a.iter().all(|x| rest.any(|y| fits(x, y)))
}

fn first_letter(word: &str) -> Option<char> {
    word.chars().next().map(|c| unaccented(&c.to_string()).chars().next().unwrap_or(c))
}

fn short_form(a: &[&str], b: &[&str], origin_b: Origin) -> Option<Reason> {
    let equal = |x: &str, y: &str| {
        syllable_key(x) == syllable_key(y)
            || (origin_b != Origin::Vietnamese && romanized(x) == romanized(y))
    };
    let last = b.last()?;
    if let [only] = a {
        if equal(only, last) {
            let vietnamese = origin_b == Origin::Vietnamese;
            return Some(if vietnamese { Reason::GivenName } else { Reason::Surname });
        }
        return equal(only, b[0]).then_some(Reason::FirstName);
    }
    // In order: "Viktor Orlov" of "Viktor Nikolaevich Orlov"; or in any order with the names
    // that tell people apart: "Sergei Shoigu" of "Sergei Shoigu Kuzugetovich".
    let mut rest = b.iter();
    let in_order = a.iter().all(|x| rest.any(|y| equal(x, y)));
    let skipped_only_patronymics =
        b.iter().all(|y| is_patronymic(y) || a.iter().any(|x| equal(x, y)))
            && a.iter().all(|x| b.iter().any(|y| equal(x, y)));
    let ends_alike = a.last().is_some_and(|x| equal(x, last));
    let starts_alike = equal(a[0], b[0]);
    let part = match origin_b {
        // "Chí Vịnh" of "Nguyễn Chí Vịnh"; "Nguyễn Vịnh" is somebody else.
        Origin::Vietnamese => {
            in_order && ends_alike && b.ends_with(&b[b.len() - a.len()..]) && {
                a.iter().zip(&b[b.len() - a.len()..]).all(|(x, y)| equal(x, y))
            }
        }
        _ => (in_order && (ends_alike || starts_alike && a.len() > 1)) || skipped_only_patronymics,
    };
    part.then_some(Reason::Part)
}

fn foreign_form(a: &[&str], b: &[&str]) -> Option<Reason> {
    if a.iter().chain(b).any(|w| w.contains(|c: char| c.is_ascii_digit())) {
        return None;
    }
    // Patronymics come and go.
    let keep = |words: &[&str]| -> Vec<String> {
        let all: Vec<String> =
            words.iter().filter(|w| !is_patronymic(w)).map(|w| (*w).to_owned()).collect();
        if all.is_empty() { words.iter().map(|w| (*w).to_owned()).collect() } else { all }
    };
    let (a, b) = (keep(a), keep(b));
    if a.len() == b.len() {
        if a.iter().zip(&b).all(|(x, y)| romanized(x) == romanized(y)) {
            return Some(Reason::Romanization);
        }
        // One word may have changed more than its spelling when another holds.
        let sounds = |x: &str, y: &str| {
            let (x, y) = (skeleton(x), skeleton(y));
            x == y && x.len() >= 2
        };
        let same = |x: &str, y: &str| romanized(x) == romanized(y);
        let pairs = || a.iter().zip(&b);
        // Otherwise the whole is written as Vietnamese hears it: "Xéc-gây Sôi-gu".
        let heard = |words: &[String]| words.iter().any(|w| w.contains('-') || !w.is_ascii());
        if a.len() > 1
            && pairs().all(|(x, y)| same(x, y) || sounds(x, y))
            && (pairs().any(|(x, y)| same(x, y)) || heard(&a) != heard(&b))
        {
            return Some(Reason::Sound);
        }
    }
    let [only] = &a[..] else { return None };
    let last = b.last()?;
    (b.len() > 1
        && only.chars().count() > 3
        && skeleton(only).len() >= 2
        && skeleton(only) == skeleton(last)
        && only.contains('-') != last.contains('-'))
    .then_some(Reason::Sound)
}

fn alike(x: &str, y: &str) -> bool {
    syllable_key(x) == syllable_key(y) || romanized(x) == romanized(y)
}

/// Whether the plain letters `letters` read the syllables of `hanviet` in Mandarin.
fn pinyin(name: &[&str], letters: &str, hanviet: &[&str]) -> bool {
    if !(2..=5).contains(&hanviet.len())
        || name.iter().any(|w| !w.is_ascii())
        || name.len() > hanviet.len()
    {
        return false;
    }
    fn read(letters: &str, syllables: &[&str]) -> bool {
        match syllables {
            [] => letters.is_empty(),
            [first, rest @ ..] => readings(first)
                .any(|reading| letters.strip_prefix(reading).is_some_and(|left| read(left, rest))),
        }
    }
    read(letters, hanviet)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn forms_of_a_name_say_why() {
        for (name, full, reason) in [
            ("ngô xuân lịch", "Ngô Xuân Lịch", Reason::Spelling),
            ("Ngo Xuan Lich", "Ngô Xuân Lịch", Reason::Unaccented),
            ("Francois Hollande", "François Hollande", Reason::Unaccented),
            ("Erdogan", "Recep Tayyip Erdoğan", Reason::Surname),
            ("Lịch", "Ngô Xuân Lịch", Reason::GivenName),
            ("Xuân Lịch", "Ngô Xuân Lịch", Reason::Part),
            ("Shoigu", "Sergei Shoigu", Reason::Surname),
            ("Sergei", "Sergei Shoigu", Reason::FirstName),
            ("Sergey Shayugu", "Sergei Shoigu", Reason::Sound),
            ("Xéc-gây Sôi-gu", "Sergei Shoigu", Reason::Sound),
            ("Sergei Shoigu Kuzugetovich", "Sergei Shoigu", Reason::Romanization),
            ("V. Putin", "Vladimir Putin", Reason::Initials),
            ("V.V. Putin", "Vladimir Putin", Reason::Initials),
            ("V.N. Drozhzhov", "Vladimir Nikolaevich Drozhzhov", Reason::Initials),
            ("Feng Guangqing", "Phùng Quang Thanh", Reason::Pinyin),
            ("Alexander Bortnikov", "Alexander Vasilyevich Bortnikov", Reason::Part),
            ("Pu-tin", "Putin", Reason::Transcription),
            ("Dmitriy Medvedev", "Dmitri Medvedev", Reason::Romanization),
            ("Thuỷ", "Trần Thị Thủy", Reason::GivenName),
        ] {
            assert_eq!(compare(name, full), Some(reason), "{name} / {full}");
        }
    }

    #[test]
    fn different_people_stay_apart() {
        for (name, full) in [
            ("Nguyễn Lan", "Nguyễn Lân"),
            ("Phan Văn Giang", "Phan Văn Khải"),
            ("Sergei Lavrov", "Sergei Shoigu"),
            ("Nguyễn Vịnh", "Nguyễn Chí Vịnh"),
            ("Xi Jinping", "Lý Khắc Cường"),
            ("V. Putin", "Dmitri Putin"),
            ("Donald Trump", "Donald Trump Jr."),
            ("", "Ngô Xuân Lịch"),
        ] {
            assert_eq!(compare(name, full), None, "{name} / {full}");
        }
        assert_eq!(compare("Xi Jinping", "Tập Cận Bình"), Some(Reason::Pinyin));
    }
}
