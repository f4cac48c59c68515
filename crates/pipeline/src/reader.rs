//! Units of work: blocks of large files, handfuls of small ones.

use std::sync::Arc;

use memchr::memchr_iter;

use bantin_document::{ErrorCode, ErrorRecord};

use crate::content::{BLOCK, Block, Content, Format};
use crate::input::Inputs;

/// Most text files in one unit.
const FILES: usize = 256;

/// What one worker takes at a time: consecutive pieces of one shard.
pub(crate) struct Unit {
    pub(crate) shard: usize,
    pub(crate) pieces: Vec<Piece>,
    /// Bytes read of the files as they are stored.
    pub(crate) read: u64,
    /// Inputs that end in this unit.
    pub(crate) ended: Vec<Ended>,
}

/// A piece of an input.
pub(crate) enum Piece {
    /// A text file: one document.
    Text { input: usize, bytes: Vec<u8> },
    /// Whole lines; the number of the first, from 1.
    Lines { input: usize, first: u64, bytes: Vec<u8> },
    /// Something that could not be read.
    Failed(ErrorRecord),
}

/// An input that was read to its end, as far as it could be.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Ended {
    pub(crate) input: usize,
    /// Size and hash of the file as it is stored; `None` when reading failed.
    pub(crate) fingerprint: Option<(u64, u64)>,
}

impl Unit {
    fn new(shard: usize) -> Unit {
        Unit { shard, pieces: Vec::new(), read: 0, ended: Vec::new() }
    }

    /// Bytes that it holds in memory.
    pub(crate) fn weight(&self) -> usize {
        let weight = |piece: &Piece| match piece {
            Piece::Text { bytes, .. } | Piece::Lines { bytes, .. } => bytes.len(),
            Piece::Failed(_) => 0,
        };
        self.pieces.iter().map(weight).sum()
    }
}

/// Reads inputs one after the other.
pub(crate) struct Reader {
    pub(crate) inputs: Arc<Inputs>,
    /// Which inputs, in order.
    pub(crate) order: std::vec::IntoIter<usize>,
    /// `None` lets the content decide.
    pub(crate) format: Option<Format>,
    /// Most bytes of one record.
    pub(crate) limit: usize,
    pub(crate) current: Option<Current>,
}

/// A file of JSON Lines that is being read.
pub(crate) struct Current {
    input: usize,
    content: Content,
    line: u64,
    told: u64,
}

impl Iterator for Reader {
    type Item = Unit;

    fn next(&mut self) -> Option<Unit> {
        if let Some(current) = self.current.take() {
            let mut unit = Unit::new(self.inputs.files[current.input].shard);
            self.go_on(current, &mut unit);
            return Some(unit);
        }
        let first = self.order.next()?;
        let mut unit = Unit::new(self.inputs.files[first].shard);
        self.begin(first, &mut unit);
        while self.current.is_none()
            && unit.weight() < BLOCK
            && unit.ended.len() < FILES
            && let Some(&next) = self.order.as_slice().first()
            && self.inputs.files[next].shard == unit.shard
        {
            self.order.next();
            self.begin(next, &mut unit);
        }
        Some(unit)
    }
}

impl Reader {
    fn begin(&mut self, input: usize, unit: &mut Unit) {
        let file = &self.inputs.files[input];
        let mut content = match Content::open(&file.path) {
            Ok(content) => content,
            Err(error) => {
                unit.pieces.push(self.unreadable(input, None, &error));
                unit.ended.push(Ended { input, fingerprint: None });
                return;
            }
        };
        let found = content.format();
        let lines = file.lines || found == Format::Lines;
        if self.format.map_or(lines, |wanted| wanted == Format::Lines) {
            self.go_on(Current { input, content, line: 1, told: 0 }, unit);
            return;
        }
        let whole = content.whole(self.limit);
        let tally = content.tally();
        unit.read += tally.0;
        let failed = whole.is_err();
        let piece = match whole {
            // A stage at the other end of a pipe that passed no record on is no empty text.
            Ok(Some(bytes)) if bytes.is_empty() && file.size.is_none() => None,
            Ok(Some(bytes)) => Some(Piece::Text { input, bytes }),
            Ok(None) => {
                let message = format!("the text is longer than the limit of {}", self.limit());
                Some(self.failed(input, None, ErrorCode::TooLarge, message))
            }
            Err(error) => Some(self.unreadable(input, None, &error)),
        };
        unit.pieces.extend(piece);
        unit.ended.push(Ended { input, fingerprint: (!failed).then_some(tally) });
    }

    /// One more block of a file of JSON Lines.
    fn go_on(&mut self, mut current: Current, unit: &mut Unit) {
        let Current { input, content, line, told } = &mut current;
        let input = *input;
        let block = content.block(self.limit);
        let tally = content.tally();
        unit.read += tally.0 - *told;
        *told = tally.0;
        match block {
            Some(Block::Lines(bytes)) => {
                let first = *line;
                *line += memchr_iter(b'\n', &bytes).count() as u64;
                unit.pieces.push(Piece::Lines { input, first, bytes });
            }
            Some(Block::TooLong(length)) => {
                let message = format!("the line has {length} bytes, the limit is {}", self.limit());
                unit.pieces.push(self.failed(input, Some(*line), ErrorCode::TooLarge, message));
                *line += 1;
            }
            None => {
                if let Some(error) = content.failure() {
                    unit.pieces.push(self.unreadable(input, Some(*line), error));
                }
                let fingerprint = content.failure().is_none().then_some(tally);
                unit.ended.push(Ended { input, fingerprint });
                return;
            }
        }
        self.current = Some(current);
    }

    fn limit(&self) -> String {
        format!("{} bytes (--max-record)", self.limit)
    }

    fn unreadable(&self, input: usize, line: Option<u64>, error: &std::io::Error) -> Piece {
        let message = match error.kind() {
            std::io::ErrorKind::UnexpectedEof => "the packed file ends too early".to_owned(),
            _ => error.to_string(),
        };
        self.failed(input, line, ErrorCode::Unreadable, message)
    }

    fn failed(
        &self,
        input: usize,
        line: Option<u64>,
        code: ErrorCode,
        message: impl Into<String>,
    ) -> Piece {
        let mut record = ErrorRecord::new("read", code, message);
        record.path = Some(self.inputs.files[input].shown.clone());
        record.line = line;
        Piece::Failed(record)
    }
}
