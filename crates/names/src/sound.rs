//! How foreign names sound, so that their romanisations and transcriptions meet.

use bantin_text::keys::unaccented;

/// One spelling for the ways in which Russian is written in Latin letters: `Sergey`, `Sergei`;
/// `Yuri`, `Iuri`; `Alexey`, `Aleksei`. Plain letters in, plain letters out.
pub fn romanized(word: &str) -> String {
    let plain: Vec<char> = unaccented(word).chars().filter(|c| c.is_alphabetic()).collect();
    let mut out = String::with_capacity(plain.len());
    let mut i = 0;
    while i < plain.len() {
        let at = |k: usize| plain.get(i + k).copied().unwrap_or('\0');
        let (piece, taken): (&str, usize) = match (at(0), at(1), at(2)) {
            ('s', 'h', 'c') => ("sc", 4),
            ('s', 'c', 'h') | ('s', 'h', _) => ("sh", if at(1) == 'c' { 3 } else { 2 }),
            ('k', 'h', _) => ("h", 2),
            ('z', 'h', _) => ("j", 2),
            ('t', 's' | 'z', _) => ("c", 2),
            ('p', 'h', _) => ("f", 2),
            ('c', 'k', _) => ("k", 2),
            ('c', 'h', _) => ("ch", 2),
            ('k', 's', _) | ('x', ..) => ("x", if at(0) == 'x' { 1 } else { 2 }),
            ('y' | 'i' | 'j', 'y' | 'i' | 'j', _) => ("i", 2),
            ('y' | 'j', 'e' | 'o', _) => ("e", 2),
            ('y', ..) => ("i", 1),
            ('j', 'a' | 'u', _) => ("i", 1),
            ('w', ..) => ("v", 1),
            (a, b, _) if a == b => ("", 1), // a doubled letter counts once
            (c, ..) => {
                out.push(c);
                i += 1;
                continue;
            }
        };
        out.push_str(piece);
        i += taken;
    }
    if out.ends_with("ff") {
        out.pop();
    }
    out
}

/// The consonants that begin the syllables of a name, in broad classes. Vietnamese newspapers
/// write what they hear (`Xéc-gây Sôi-gu`), and a name that passed through Chinese keeps little
/// more (`Shayugu`), but both keep these.
pub fn skeleton(word: &str) -> String {
    let plain = unaccented(word);
    let letters: Vec<char> = plain.chars().filter(|c| c.is_alphabetic()).collect();
    let vowel = |c: char| matches!(c, 'a' | 'e' | 'i' | 'o' | 'u' | 'y' | 'w');
    let mut out = String::new();
    let mut i = 0;
    while i < letters.len() {
        let start = i;
        while i < letters.len() && !vowel(letters[i]) {
            i += 1;
        }
        let cluster: String = letters[start..i].iter().collect();
        let before_vowel = i < letters.len();
        while i < letters.len() && vowel(letters[i]) {
            i += 1;
        }
        if before_vowel && !cluster.is_empty() {
            out.push(class(&cluster));
        } else if before_vowel {
            out.push('_'); // begins with a vowel
        }
    }
    // A vowel between vowels is no syllable of its own here.
    let first = out.chars().next();
    let rest: String = out.chars().skip(1).filter(|c| *c != '_').collect();
    let end = letters.iter().rposition(|c| vowel(*c)).map_or(0, |i| i + 1);
    let coda: String = letters[end..].iter().collect();
    first.into_iter().collect::<String>() + &rest + coda_class(&coda)
}

/// How the name ends, so that Kim Jong-il is not Kim Jong-un; a final r is not heard.
fn coda_class(coda: &str) -> &'static str {
    match coda.chars().next_back() {
        None | Some('r') => "",
        Some('p' | 'b' | 'v' | 'f') => ".p",
        Some('t' | 'd' | 's' | 'x' | 'z') => ".t",
        Some('c' | 'k' | 'g' | 'h') if coda != "ng" => ".k",
        Some('n' | 'm' | 'g') => ".n",
        Some(_) => ".l",
    }
}

/// The class of the last consonant of a cluster; what stands before it closes the syllable before.
fn class(cluster: &str) -> char {
    const ENDS: &[(&str, char)] = &[
        ("sch", 's'),
        ("sh", 's'),
        ("zh", 's'),
        ("ch", 'c'),
        ("kh", 'h'),
        ("gh", 'g'),
        ("ng", 'n'),
        ("nh", 'n'),
        ("th", 't'),
        ("ph", 'f'),
        ("tr", 'c'),
        ("gi", 's'),
    ];
    if let Some((_, class)) = ENDS.iter().find(|(end, _)| cluster.ends_with(end)) {
        return *class;
    }
    match cluster.chars().next_back().unwrap_or('_') {
        's' | 'x' | 'z' | 'j' => 's',
        'c' | 'k' | 'q' => 'k',
        'd' => 'd',
        'b' | 'p' => 'p',
        'v' | 'w' | 'f' => 'v',
        c => c,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn russian_names_meet_in_one_spelling() {
        for (a, b) in [
            ("Sergey", "Sergei"),
            ("Alexey", "Aleksei"),
            ("Yury", "Iuri"),
            ("Dmitriy", "Dmitri"),
            ("Medvedyev", "Medvedev"),
        ] {
            assert_eq!(romanized(a), romanized(b), "{a} {b}");
        }
        assert_ne!(romanized("Lavrov"), romanized("Petrov"));
    }

    #[test]
    fn transcriptions_keep_the_consonants_that_begin_syllables() {
        for (a, b) in [
            ("Sergei", "Xéc-gây"),
            ("Shoigu", "Sôi-gu"),
            ("Shoigu", "Shayugu"),
            ("Medvedev", "Mét-vê-đép"),
            ("Gerasimov", "Ghê-ra-xi-mốp"),
        ] {
            assert_eq!(skeleton(a), skeleton(b), "{a} {b}");
        }
        assert_ne!(skeleton("Shoigu"), skeleton("Antonov"));
        assert_ne!(skeleton("Jong-il"), skeleton("Jong-un"));
    }
}
