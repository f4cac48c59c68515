//! Where else on a page the words of a piece stand.

use crate::lexicon::Class;
use crate::pieces::Piece;
use crate::token::Token;

/// The content words of a page, from each of which the others like it are reached. Places of tokens
/// are counted from one.
#[derive(Debug, Default)]
pub(super) struct Words {
    /// The piece of each token.
    pieces: Vec<u32>,
    /// The nearest words with the same hash in front of each token, and behind it.
    links: Vec<[u32; 2]>,
    /// The last word with each hash, behind them that of what is no content word: of the page, and
    /// of what stands at its head.
    last: Vec<u32>,
    last_of_head: Vec<u32>,
    /// Tokens of the head.
    head: u32,
    /// Bits of a hash: there are as many hashes as tokens, so that a word is not looked for among
    /// many others.
    bits: u32,
}

/// No word behind.
const NONE: u32 = u32::MAX;

fn is_content(token: &Token) -> bool {
    token.is_word() & !token.is(Class::FUNCTION)
}

impl Words {
    /// Reads a page whose first `heads` pieces are its head.
    pub(super) fn read(&mut self, tokens: &[Token], pieces: &[Piece], heads: usize) {
        let head = pieces[..heads].last().map_or(0, |piece| piece.last as usize);
        self.head = head as u32;
        // Both only grow: what was read of an earlier page is written over.
        if self.links.len() <= tokens.len() {
            self.links.resize(tokens.len() + 1, [0; 2]);
            self.pieces.resize(tokens.len(), 0);
        }
        for (number, piece) in (0..).zip(pieces) {
            self.pieces[piece.first as usize..piece.last as usize].fill(number);
        }
        self.bits = tokens.len().ilog2().clamp(8, 20) + 1;
        self.last.resize((1 << self.bits) + 1, 0);
        self.last.fill(0);
        self.link(tokens, 0..head);
        self.last_of_head.clone_from(&self.last);
        self.link(tokens, head..tokens.len());
    }

    #[inline(always)]
    fn hash(&self, key: u32) -> usize {
        (key.wrapping_mul(0x9E37_79B1) >> (32 - self.bits)) as usize
    }

    fn link(&mut self, tokens: &[Token], range: std::ops::Range<usize>) {
        for (at, token) in (range.start as u32 + 1..).zip(&tokens[range]) {
            let hash = if is_content(token) { self.hash(token.key) } else { 1 << self.bits };
            let before = std::mem::replace(&mut self.last[hash], at);
            self.links[before as usize][1] = at;
            self.links[at as usize] = [before, NONE];
        }
    }

    /// Lists the other pieces that have the word at a token, of those in a window and at the head of
    /// the page. False for what is no content word, and where the piece has the word before.
    pub(super) fn find(
        &self,
        tokens: &[Token],
        at: usize,
        window: &std::ops::Range<u32>,
        having: &mut Vec<u32>,
    ) -> bool {
        having.clear();
        let token = &tokens[at];
        if !is_content(token) {
            return false;
        }
        let own = self.pieces[at];
        let mut last = own;
        let mut has = |at: u32| {
            let at = at as usize - 1;
            if tokens[at].key != token.key {
                return false;
            }
            let piece = self.pieces[at];
            if piece != last && piece != own {
                having.push(piece);
                last = piece;
            }
            piece == own
        };
        let mut before = self.links[at + 1][0];
        while before > window.start {
            if has(before) {
                return false;
            }
            before = self.links[before as usize][0];
        }
        let mut behind = self.links[at + 1][1];
        while behind <= window.end {
            has(behind);
            behind = self.links[behind as usize][1];
        }
        if window.start >= self.head {
            let mut before = self.last_of_head[self.hash(token.key)];
            while before > 0 {
                has(before);
                before = self.links[before as usize][0];
            }
        }
        true
    }
}
