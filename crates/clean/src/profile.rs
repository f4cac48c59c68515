//! Blocks that recur across the documents of one site.

use std::collections::BTreeMap;
use std::fmt;

use bantin_document::Document;

use crate::page::{Cut, Page, Role};
use crate::token::Token;

/// How many documents of a site hold each line or closing sentence. Learned in one pass, merged
/// over shards, given to a cleaner as evidence.
///
/// ```
/// use bantin_clean::Profile;
/// use bantin_document::Document;
///
/// let mut profile = Profile::default();
/// for n in 0..20 {
///     let text = format!("Bài {n}\n\nHôm nay là ngày {n}.\nTòa soạn: 12 phố Huế\n");
///     profile.observe(&Document::new(format!("{n}"), text));
/// }
/// let again = Profile::from_bytes(&profile.to_bytes())?;
/// assert_eq!(again.documents(), 20);
/// # Ok::<(), bantin_clean::ProfileError>(())
/// ```
///
/// # Cost
/// At most [`Profile::CAPACITY`] blocks are remembered; when there are more, every count falls by
/// one and the empty ones are forgotten, so a block that recurs in a share of the documents larger
/// than one in `CAPACITY` is never lost (Misra and Gries, 1982). Merging is commutative, and
/// associative as long as nothing had to be forgotten.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Profile {
    documents: u64,
    counts: BTreeMap<u64, u32>,
}

/// Why bytes are no profile.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ProfileError;

impl fmt::Display for ProfileError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("not a site profile, or one that ends early")
    }
}

impl std::error::Error for ProfileError {}

const MAGIC: &[u8; 8] = b"bantsite";

impl Profile {
    /// Most blocks that a profile remembers; about 16 MB.
    pub const CAPACITY: usize = 1 << 18;

    /// Number of documents seen.
    pub fn documents(&self) -> u64 {
        self.documents
    }

    /// Counts the blocks of a document, each once.
    pub fn observe(&mut self, document: &Document) {
        let mut page = Page::default();
        page.read(&document.text, &[]);
        let mut blocks: Vec<u64> = blocks(&page).map(|(_, _, hash)| hash).collect();
        blocks.sort_unstable();
        blocks.dedup();
        for block in blocks {
            *self.counts.entry(block).or_default() += 1;
        }
        self.documents += 1;
        self.forget();
    }

    /// Adds what another profile saw.
    pub fn merge(&mut self, other: &Profile) {
        self.documents += other.documents;
        for (block, count) in &other.counts {
            *self.counts.entry(*block).or_default() += count;
        }
        self.forget();
    }

    fn forget(&mut self) {
        while self.counts.len() > Profile::CAPACITY {
            self.counts.retain(|_, count| {
                *count -= 1;
                *count > 0
            });
        }
    }

    /// The profile as bytes: magic, documents, then block and count in turn, little-endian.
    pub fn to_bytes(&self) -> Vec<u8> {
        let mut out = MAGIC.to_vec();
        out.extend(self.documents.to_le_bytes());
        out.extend((self.counts.len() as u64).to_le_bytes());
        for (block, count) in &self.counts {
            out.extend(block.to_le_bytes());
            out.extend(count.to_le_bytes());
        }
        out
    }

    /// Reads what [`Profile::to_bytes`] wrote.
    pub fn from_bytes(bytes: &[u8]) -> Result<Profile, ProfileError> {
        let rest = bytes.strip_prefix(MAGIC).ok_or(ProfileError)?;
        let (documents, rest) = rest.split_first_chunk::<8>().ok_or(ProfileError)?;
        let (blocks, rest) = rest.split_first_chunk::<8>().ok_or(ProfileError)?;
        let (entries, end) = rest.as_chunks::<12>();
        if !end.is_empty()
            || entries.len() as u64 != u64::from_le_bytes(*blocks)
            || entries.len() > Profile::CAPACITY
        {
            return Err(ProfileError);
        }
        let counts = entries.iter().map(|entry| {
            let mut block = [0; 8];
            block.copy_from_slice(&entry[..8]);
            let count = [entry[8], entry[9], entry[10], entry[11]];
            (u64::from_le_bytes(block), u32::from_le_bytes(count))
        });
        Ok(Profile { documents: u64::from_le_bytes(*documents), counts: counts.collect() })
    }

    /// Stretches of tokens that recur in one document of fifty, and in four at least.
    pub(crate) fn recurring(&self, page: &Page) -> Vec<(usize, usize)> {
        if self.counts.is_empty() {
            return Vec::new();
        }
        let often = |hash: u64| {
            let count = u64::from(self.counts.get(&hash).copied().unwrap_or(0));
            count >= 4 && count * 50 >= self.documents
        };
        blocks(page).filter(|(_, _, hash)| often(*hash)).map(|(a, b, _)| (a, b)).collect()
    }
}

/// Longest block in bytes.
const LONGEST: usize = 300;

/// Lines, and the last sentence of each, with a hash that is blind to digits.
fn blocks(page: &Page) -> impl Iterator<Item = (usize, usize, u64)> + '_ {
    let lines = page.lines.iter().enumerate().filter(|(i, _)| page.roles[*i] == Role::Text);
    lines.flat_map(move |(_, line)| {
        let (first, last) = (line.first as usize, line.last as usize);
        let tail = (first + 1..last).rev().take(60).find(|at| page.cuts[*at] >= Cut::Sentence);
        let whole = block(page, first, last);
        whole.into_iter().chain(tail.and_then(|at| block(page, at, last)))
    })
}

fn block(page: &Page, first: usize, last: usize) -> Option<(usize, usize, u64)> {
    let tokens = &page.tokens[first..last];
    let words = tokens.iter().filter(|t| t.is_word()).count();
    if words < 2 || page.bytes(first, last) > LONGEST {
        return None;
    }
    let key = |token: &Token| if token.is_digit() { 0 } else { u64::from(token.key) };
    Some((first, last, tokens.iter().fold(0, |hash, token| bantin_crf::mix(hash, key(token)))))
}
