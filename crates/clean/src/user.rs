//! What the user adds: phrases that open a zone, and phrases that keep a sentence.

use std::fmt;

use bantin_document::ZoneKind;
use serde::Deserialize;
use std::collections::BTreeMap;

use crate::page::Page;
use crate::reader::{Places, Reader};
use crate::token::{Gap, Token};

/// Cue phrases and vetoes of a user, read from TOML.
///
/// ```
/// let rules = bantin_clean::Rules::from_toml(r#"
///     [cues]                                  # a zone from the phrase to the end of its line
///     promo = ["Tải ứng dụng Báo mới", "Quét mã QR"]
///     related = ["Tin đáng đọc"]
///
///     [veto]                                  # sentences that are always article
///     phrases = ["Ảnh hưởng của bão"]
/// "#)?;
/// # let _ = rules;
/// # Ok::<(), bantin_clean::RulesError>(())
/// ```
///
/// Phrases are compared word by word without regard to case and the place of tones. A cue counts
/// at the start of a line or sentence; what it opens ends with the line, or with the sentence
/// when the line goes on for more than 400 bytes.
#[derive(Clone, Debug, Default)]
pub struct Rules {
    cues: Vec<(Vec<u32>, ZoneKind)>,
    vetoes: Vec<Vec<u32>>,
}

/// Why a file of rules cannot be used.
#[derive(Debug)]
pub struct RulesError(Kind);

#[derive(Debug)]
enum Kind {
    Toml(toml::de::Error),
    Zone(String),
    Empty(String),
}

impl fmt::Display for RulesError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.0 {
            Kind::Toml(error) => write!(f, "{error}"),
            Kind::Zone(word) => write!(
                f,
                "[cues] names the zone \"{word}\"; zones that can be removed are caption, \
                 photo_credit, byline, source_credit, related, tags, nav, comment, promo, \
                 timestamp, separator, slug and other"
            ),
            Kind::Empty(list) => write!(f, "\"{list}\" holds a phrase without a word"),
        }
    }
}

impl std::error::Error for RulesError {}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    #[serde(default)]
    cues: BTreeMap<String, Vec<String>>,
    #[serde(default)]
    veto: Veto,
}

#[derive(Deserialize, Default)]
#[serde(deny_unknown_fields)]
struct Veto {
    #[serde(default)]
    phrases: Vec<String>,
}

/// Longest line in bytes that a cue takes whole.
const LONGEST: usize = 400;

impl Rules {
    /// Reads the rules of a file's text.
    pub fn from_toml(text: &str) -> Result<Rules, RulesError> {
        let file: File = toml::from_str(text).map_err(|error| RulesError(Kind::Toml(error)))?;
        let mut rules = Rules::default();
        for (word, phrases) in &file.cues {
            let kind = ZoneKind::from_word(word)
                .filter(|kind| !kind.is_kept())
                .ok_or_else(|| RulesError(Kind::Zone(word.clone())))?;
            for phrase in phrases {
                rules.cues.push((keys(phrase, word)?, kind));
            }
        }
        for phrase in &file.veto.phrases {
            rules.vetoes.push(keys(phrase, "veto.phrases")?);
        }
        Ok(rules)
    }

    /// Stretches of tokens that the user's cues open.
    pub(crate) fn cued(&self, page: &Page) -> Vec<(usize, usize, ZoneKind)> {
        let mut found = Vec::new();
        if self.cues.is_empty() {
            return found;
        }
        for at in 0..page.tokens.len() {
            if !page.cuts[at].is_strong() {
                continue;
            }
            for (keys, kind) in &self.cues {
                if matches(&page.tokens, at, keys) {
                    let line = page.logical_end(at);
                    let end =
                        if page.bytes(at, line) <= LONGEST { line } else { page.unit_end(at) };
                    found.push((at, end, *kind));
                }
            }
        }
        found
    }

    /// Sentences that hold a phrase of the vetoes.
    pub(crate) fn vetoed(&self, page: &Page) -> Vec<(usize, usize)> {
        let mut found = Vec::new();
        if self.vetoes.is_empty() {
            return found;
        }
        for at in 0..page.tokens.len() {
            if self.vetoes.iter().any(|keys| matches(&page.tokens, at, keys)) {
                found.push((page.unit_start(at), page.unit_end(at)));
            }
        }
        found
    }
}

fn keys(phrase: &str, list: &str) -> Result<Vec<u32>, RulesError> {
    let (mut tokens, mut lines) = (Vec::new(), Vec::new());
    Reader::default().read(phrase, &[], &mut tokens, &mut lines, &mut Places::default());
    if !tokens.iter().any(Token::is_word) {
        return Err(RulesError(Kind::Empty(list.to_owned())));
    }
    Ok(tokens.iter().map(|token| token.key).collect())
}

fn matches(tokens: &[Token], at: usize, keys: &[u32]) -> bool {
    tokens.get(at..at + keys.len()).is_some_and(|here| {
        here.iter().zip(keys).all(|(token, key)| token.key == *key)
            && here.iter().skip(1).all(|token| token.gap < Gap::Line)
    })
}
