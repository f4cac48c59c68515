//! The content of one input: unpacked, recognised, read in blocks.

use std::fs::File;
use std::io::{self, Cursor, Read};
use std::path::Path;

use flate2::read::MultiGzDecoder;
use memchr::memrchr;
use xxhash_rust::xxh3::Xxh3;
use zstd::stream::read::Decoder as ZstdDecoder;

use crate::input::is_stdin;

/// Size of the blocks that are cut from JSON Lines, in bytes.
pub(crate) const BLOCK: usize = 256 << 10;

/// How a record of ours begins.
const OURS: &[u8] = br#"{"schema":"bantin/"#;

/// How many times longer than its text a record of ours may be, for the layers beside it: what one
/// stage wrote the next one reads.
const LAYERS: usize = 16;

/// What an input holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Format {
    /// One document.
    Text,
    /// One record a line.
    Lines,
}

/// Content that is being read. A failure in mid-file ends it like its end does, and is kept.
pub(crate) struct Content {
    source: Unpacked,
    buffer: Vec<u8>,
    ended: bool,
    failure: Option<io::Error>,
}

/// What comes next of JSON Lines.
pub(crate) enum Block {
    /// Whole lines.
    Lines(Vec<u8>),
    /// A line that is longer than the limit; its bytes are gone, its line feed too.
    TooLong(usize),
}

impl Content {
    pub(crate) fn open(path: &Path) -> io::Result<Content> {
        let raw: Box<dyn Read + Send> =
            if is_stdin(path) { Box::new(io::stdin()) } else { Box::new(File::open(path)?) };
        let source = Unpacked::open(raw)?;
        Ok(Content { source, buffer: Vec::new(), ended: false, failure: None })
    }

    /// Text or records, by the first bytes: a line that begins like a JSON object is a record.
    pub(crate) fn format(&mut self) -> Format {
        self.fill(BLOCK);
        let start = self.buffer.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(&self.buffer);
        let mut bytes = start.iter().copied().filter(|b| !b.is_ascii_whitespace());
        match (bytes.next(), bytes.next()) {
            // An array of objects is none of both; as lines it is told what is wrong with it.
            (Some(b'{'), Some(b'"' | b'}')) | (Some(b'['), Some(b'{')) => Format::Lines,
            _ => Format::Text,
        }
    }

    /// All of it, or `None` when it is longer than `limit`.
    pub(crate) fn whole(&mut self, limit: usize) -> io::Result<Option<Vec<u8>>> {
        self.fill(limit.saturating_add(1));
        match self.failure.take() {
            Some(error) => Err(error),
            None if self.buffer.len() > limit => Ok(None),
            None => Ok(Some(std::mem::take(&mut self.buffer))),
        }
    }

    /// The next whole lines, about [`BLOCK`] bytes of them; no line is longer than `limit`, or than
    /// [`LAYERS`] times that where it is a record of ours.
    ///
    /// The line in which reading failed is left out.
    pub(crate) fn block(&mut self, limit: usize) -> Option<Block> {
        self.fill(BLOCK);
        let limit = match self.buffer.starts_with(OURS) {
            true => limit.saturating_mul(LAYERS),
            false => limit,
        };
        loop {
            let cut = match memrchr(b'\n', &self.buffer) {
                Some(line_feed) => line_feed + 1,
                None if self.buffer.len() > limit => return Some(self.skip_line()),
                None if self.ended && self.failure.is_some() => 0,
                None if self.ended => self.buffer.len(),
                None => {
                    let wanted = (self.buffer.len() * 2).min(limit.saturating_add(1));
                    self.fill(wanted);
                    continue;
                }
            };
            if cut == 0 {
                return None;
            }
            let rest = self.buffer.split_off(cut);
            return Some(Block::Lines(std::mem::replace(&mut self.buffer, rest)));
        }
    }

    /// Why reading ended before the end.
    pub(crate) fn failure(&self) -> Option<&io::Error> {
        self.failure.as_ref()
    }

    /// Bytes read of the file as it is stored, and their hash.
    pub(crate) fn tally(&self) -> (u64, u64) {
        let tally = self.source.tally();
        (tally.bytes, tally.hash.digest())
    }

    fn skip_line(&mut self) -> Block {
        let mut length = 0;
        loop {
            if let Some(line_feed) = memchr::memchr(b'\n', &self.buffer) {
                length += line_feed;
                self.buffer.drain(..=line_feed);
                return Block::TooLong(length);
            }
            length += self.buffer.len();
            self.buffer.clear();
            if self.ended {
                return Block::TooLong(length);
            }
            self.fill(BLOCK);
        }
    }

    /// Reads until the buffer holds `wanted` bytes or nothing follows.
    fn fill(&mut self, wanted: usize) {
        let missing = wanted.saturating_sub(self.buffer.len());
        if missing == 0 || self.ended {
            return;
        }
        self.buffer.reserve(missing.min(BLOCK));
        match self.source.by_ref().take(missing as u64).read_to_end(&mut self.buffer) {
            Ok(read) => self.ended = read < missing,
            Err(error) => {
                self.ended = true;
                self.failure = Some(error);
            }
        }
    }
}

/// A file, unpacked when its first bytes say that it is packed.
enum Unpacked {
    Plain(Tally),
    // Many members follow each other in the files of crawls.
    Gz(Box<MultiGzDecoder<Tally>>),
    Zstd(Box<ZstdDecoder<'static, io::BufReader<Tally>>>),
}

impl Unpacked {
    fn open(mut raw: Box<dyn Read + Send>) -> io::Result<Unpacked> {
        let mut head = Vec::with_capacity(4);
        raw.by_ref().take(4).read_to_end(&mut head)?;
        let magic: &[u8] = &head.clone();
        let tally =
            Tally { source: Cursor::new(head).chain(raw), bytes: 0, hash: Box::new(Xxh3::new()) };
        Ok(match magic {
            [0x1F, 0x8B, ..] => Unpacked::Gz(Box::new(MultiGzDecoder::new(tally))),
            [0x28, 0xB5, 0x2F, 0xFD] => Unpacked::Zstd(Box::new(ZstdDecoder::new(tally)?)),
            _ => Unpacked::Plain(tally),
        })
    }

    fn tally(&self) -> &Tally {
        match self {
            Unpacked::Plain(tally) => tally,
            Unpacked::Gz(gz) => gz.get_ref(),
            Unpacked::Zstd(zstd) => zstd.get_ref().get_ref(),
        }
    }
}

impl Read for Unpacked {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        match self {
            Unpacked::Plain(plain) => plain.read(buffer),
            Unpacked::Gz(gz) => gz.read(buffer),
            Unpacked::Zstd(zstd) => zstd.read(buffer),
        }
    }
}

/// Counts and hashes what passes.
struct Tally {
    source: io::Chain<Cursor<Vec<u8>>, Box<dyn Read + Send>>,
    bytes: u64,
    hash: Box<Xxh3>,
}

impl Read for Tally {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let read = self.source.read(buffer)?;
        self.bytes += read as u64;
        self.hash.update(&buffer[..read]);
        Ok(read)
    }
}

/// Size and hash of a file as it is stored.
pub(crate) fn fingerprint(path: &Path) -> io::Result<(u64, u64)> {
    let raw: Box<dyn Read + Send> = Box::new(File::open(path)?);
    let mut tally =
        Tally { source: Cursor::new(Vec::new()).chain(raw), bytes: 0, hash: Box::new(Xxh3::new()) };
    io::copy(&mut tally, &mut io::sink())?;
    Ok((tally.bytes, tally.hash.digest()))
}
