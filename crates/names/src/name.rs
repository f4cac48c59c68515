//! A name made ready to be compared with many others.

use std::cell::OnceCell;

use bantin_text::keys::{syllable_key, unaccented};

use crate::parts::{Origin, is_ending_of_patronymics, origin_of, slug_of, words};
use crate::sound::{romanized, skeleton};

/// A name with all that comparisons ask of it, so that it is read once. What only comparisons of
/// foreign names want is read when the first of them asks.
#[derive(Debug)]
pub struct Name<'t> {
    pub(crate) text: &'t str,
    pub(crate) words: Vec<Word<'t>>,
    pub(crate) letters: String,
    pub(crate) origin: Origin,
}

/// A word of a name.
#[derive(Debug)]
pub(crate) struct Word<'t> {
    pub(crate) text: &'t str,
    pub(crate) key: u64,
    romanized: OnceCell<String>,
    skeleton: OnceCell<String>,
}

impl<'t> Name<'t> {
    /// Reads a name.
    pub fn new(text: &'t str) -> Name<'t> {
        let word = |text| Word {
            text,
            key: syllable_key(text),
            romanized: OnceCell::new(),
            skeleton: OnceCell::new(),
        };
        let mut letters = unaccented(text);
        letters.retain(char::is_alphanumeric);
        let mut read = Vec::with_capacity(4);
        read.extend(words(text).map(word));
        let origin = origin_of(read.iter().map(|word| word.text));
        Name { text, words: read, letters, origin }
    }

    /// The name as it is written.
    pub fn text(&self) -> &'t str {
        self.text
    }

    /// Its words; see [`words`].
    pub fn words(&self) -> impl DoubleEndedIterator<Item = &'t str> {
        self.words.iter().map(|word| word.text)
    }

    /// All its letters and digits, without marks.
    pub fn letters(&self) -> &str {
        &self.letters
    }

    /// Its origin; see [`origin`](crate::origin).
    pub fn origin(&self) -> Origin {
        self.origin
    }

    /// The part of an id that stays the same across documents; see [`canonical_slug`].
    ///
    /// [`canonical_slug`]: crate::canonical_slug
    pub fn canonical_slug(&self) -> String {
        slug_of(self.text, self.origin)
    }

    /// The first consonants of its first and of its last word, as they sound; see [`skeleton`].
    pub fn sounds(&self) -> (Option<char>, Option<char>) {
        let sound = |word: &Word<'_>| word.skeleton().chars().next();
        (self.words.first().and_then(sound), self.words.last().and_then(sound))
    }
}

impl Word<'_> {
    pub(crate) fn romanized(&self) -> &str {
        self.romanized.get_or_init(|| romanized(self.text))
    }

    pub(crate) fn skeleton(&self) -> &str {
        self.skeleton.get_or_init(|| skeleton(self.text))
    }

    pub(crate) fn is_initial(&self) -> bool {
        self.text.chars().nth(1).is_none()
    }

    /// Another spelling of the same word.
    pub(crate) fn is_alike(&self, other: &Word<'_>) -> bool {
        self.key == other.key || self.romanized() == other.romanized()
    }

    /// `Nikolaevich`, `Ivanovna`.
    pub(crate) fn is_patronymic(&self) -> bool {
        is_ending_of_patronymics(self.romanized())
    }
}
