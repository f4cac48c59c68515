//! Whether one name can be a form of another.

use bantin_text::keys::unaccented;

use crate::hanviet::readings;
use crate::name::{Name, Word};
use crate::parts::Origin;

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

/// Why `name` can be a form of `full`, or `None`. `full` is the longer or better known form. For
/// many comparisons make each [`Name`] once.
pub fn compare(name: &str, full: &str) -> Option<Reason> {
    Name::new(name).form_of(&Name::new(full))
}

impl Name<'_> {
    /// Why this name can be a form of `full`, or `None`; see [`compare`].
    pub fn form_of(&self, full: &Name<'_>) -> Option<Reason> {
        let (a, b) = (&self.words[..], &full.words[..]);
        if a.is_empty() || b.is_empty() {
            return None;
        }
        // A son has his father's name.
        let junior =
            |words: &[Word<'_>]| words.iter().any(|w| matches!(w.text, "Jr" | "Sr" | "II" | "III"));
        if a.len() > 1 && b.len() > 1 && junior(a) != junior(b) {
            return None;
        }
        if a.len() == b.len() && a.iter().zip(b).all(|(x, y)| x.key == y.key) {
            return Some(Reason::Spelling);
        }
        if self.letters == full.letters {
            let ascii = self.text.is_ascii() || full.text.is_ascii();
            // Two names that differ in marks only are two people: Lan, Lân.
            let hyphens = self.text.contains('-') || full.text.contains('-');
            let syllables = a.len() == b.len() && !hyphens;
            return match (ascii, syllables) {
                (true, true) if a.len() > 1 => Some(Reason::Unaccented),
                (_, false) => Some(Reason::Transcription),
                _ => None,
            };
        }
        if a.len() == b.len() && a.len() > 1 && b.iter().all(|y| a.iter().any(|x| x.key == y.key)) {
            return Some(Reason::Order);
        }
        if a.iter().any(Word::is_initial) {
            return initials(a, b).then_some(Reason::Initials);
        }
        if a.len() < b.len()
            && let Some(reason) = short_form(a, b, full.origin)
        {
            return Some(reason);
        }
        let foreign = self.origin != Origin::Vietnamese || full.origin != Origin::Vietnamese;
        if foreign {
            if let Some(reason) = foreign_form(a, b) {
                return Some(reason);
            }
            if pinyin(a, &self.letters, b) || pinyin(b, &full.letters, a) {
                return Some(Reason::Pinyin);
            }
        }
        None
    }
}

/// `V.N. Drozhzhov`, `N.X. Phúc`: every word or initial in order, the last word whole.
fn initials(a: &[Word<'_>], b: &[Word<'_>]) -> bool {
    let (Some((last_a, head_a)), Some((last_b, head_b))) = (a.split_last(), b.split_last()) else {
        return false;
    };
    if last_a.is_initial() || head_a.is_empty() || head_b.is_empty() || !last_a.is_alike(last_b) {
        return false;
    }
    let fits = |x: &Word<'_>, y: &Word<'_>| match x.is_initial() {
        true => first_letter(x.text) == first_letter(y.text),
        false => x.is_alike(y),
    };
    // "I.V. Petrov" may be Igor Petrov: the patronymic is left out where there is a given name.
    if head_a.len() > head_b.len() {
        return head_b.iter().zip(head_a).all(|(y, x)| fits(x, y)) && !head_b[0].is_initial();
    }
    let mut rest = head_b.iter();
    head_a.iter().all(|x| rest.any(|y| fits(x, y)))
}

fn first_letter(word: &str) -> Option<char> {
    word.chars().next().map(|c| unaccented(&c.to_string()).chars().next().unwrap_or(c))
}

fn short_form(a: &[Word<'_>], b: &[Word<'_>], origin_b: Origin) -> Option<Reason> {
    let equal = |x: &Word<'_>, y: &Word<'_>| {
        x.key == y.key || (origin_b != Origin::Vietnamese && x.romanized() == y.romanized())
    };
    let last = b.last()?;
    if let [only] = a {
        if equal(only, last) {
            let vietnamese = origin_b == Origin::Vietnamese;
            return Some(if vietnamese { Reason::GivenName } else { Reason::Surname });
        }
        return equal(only, &b[0]).then_some(Reason::FirstName);
    }
    // In order: "Viktor Orlov" of "Viktor Nikolaevich Orlov"; or in any order with the names
    // that tell people apart: "Sergei Shoigu" of "Sergei Shoigu Kuzugetovich".
    let in_order = || {
        let mut rest = b.iter();
        a.iter().all(|x| rest.any(|y| equal(x, y)))
    };
    let part = match origin_b {
        // "Chí Vịnh" of "Nguyễn Chí Vịnh"; "Nguyễn Vịnh" is somebody else.
        Origin::Vietnamese => a.iter().zip(&b[b.len() - a.len()..]).all(|(x, y)| equal(x, y)),
        _ => {
            let ends_alike = || a.last().is_some_and(|x| equal(x, last));
            let skipped_only_patronymics = || {
                b.iter().all(|y| y.is_patronymic() || a.iter().any(|x| equal(x, y)))
                    && a.iter().all(|x| b.iter().any(|y| equal(x, y)))
            };
            in_order() && (ends_alike() || equal(&a[0], &b[0])) || skipped_only_patronymics()
        }
    };
    part.then_some(Reason::Part)
}

fn foreign_form(a: &[Word<'_>], b: &[Word<'_>]) -> Option<Reason> {
    if a.iter().chain(b).any(|w| w.text.contains(|c: char| c.is_ascii_digit())) {
        return None;
    }
    // Patronymics come and go.
    fn keep<'w, 't>(words: &'w [Word<'t>]) -> Vec<&'w Word<'t>> {
        let kept: Vec<_> = words.iter().filter(|w| !w.is_patronymic()).collect();
        if kept.is_empty() { words.iter().collect() } else { kept }
    }
    let (a, b) = (keep(a), keep(b));
    if a.len() == b.len() {
        let same = |x: &Word<'_>, y: &Word<'_>| x.romanized() == y.romanized();
        let pairs = || a.iter().zip(&b);
        if pairs().all(|(x, y)| same(x, y)) {
            return Some(Reason::Romanization);
        }
        // One word may have changed more than its spelling when another holds.
        let sounds = |x: &Word<'_>, y: &Word<'_>| {
            let (x, y) = (x.skeleton(), y.skeleton());
            x == y && x.len() >= 2
        };
        // Otherwise the whole is written as Vietnamese hears it: "Xéc-gây Sôi-gu".
        let heard =
            |words: &[&Word<'_>]| words.iter().any(|w| w.text.contains('-') || !w.text.is_ascii());
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
        && only.text.contains('-') != last.text.contains('-')
        && only.text.chars().count() > 3
        && only.skeleton().len() >= 2
        && only.skeleton() == last.skeleton())
    .then_some(Reason::Sound)
}

/// Whether the plain letters `letters` read the syllables of `hanviet` in Mandarin.
fn pinyin(name: &[Word<'_>], letters: &str, hanviet: &[Word<'_>]) -> bool {
    if !(2..=5).contains(&hanviet.len())
        || name.len() > hanviet.len()
        || name.iter().any(|w| !w.text.is_ascii())
    {
        return false;
    }
    fn read(letters: &str, syllables: &[Word<'_>]) -> bool {
        match syllables {
            [] => letters.is_empty(),
            [first, rest @ ..] => readings(first.text)
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
