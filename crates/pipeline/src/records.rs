//! The records of a piece of input: bytes become documents, or error records in their place.

use bantin_document::{Document, ErrorCode, ErrorRecord, Fields, Record, Source};
use memchr::memchr_iter;

use crate::encoding;
use crate::input::{Input, Inputs};
use crate::reader::Piece;

/// Most bytes of a failed line that its error record repeats.
const RAW: usize = 64 << 10;

const ONE_A_LINE: &str = "wanted is one object a line (JSON Lines)";

const BOM: &str = "\u{feff}";

/// What stood in a place of the input.
#[expect(clippy::large_enum_variant, reason = "nearly every record is a document")]
pub(crate) enum Found {
    Document(Document),
    /// What could not be read.
    Failed(ErrorRecord),
    /// What an earlier stage could not read.
    Passed(ErrorRecord),
}

/// Calls `each` with what a piece holds, in order, and sets the bits of the text fields that are
/// `present` in it.
///
/// The mark in front of the first character (BOM) says how a file is encoded and is not part of a
/// text; line ends are left as they are. Lines of JSON that hold nothing but white space are no
/// records.
pub(crate) fn records(
    piece: Piece,
    inputs: &Inputs,
    fields: &Fields,
    present: &mut u64,
    mut each: impl FnMut(Found),
) {
    match piece {
        Piece::Failed(record) => each(Found::Failed(record)),
        Piece::Text { input, bytes } => each(text(&inputs.files[input], bytes)),
        Piece::Lines { input, first, bytes } => {
            let mut lines = Lines { input: &inputs.files[input], fields, present };
            // One check for all lines of a block, when all are good.
            match simdutf8::basic::from_utf8(&bytes) {
                Ok(text) => {
                    let text = if first == 1 { text.trim_start_matches(BOM) } else { text };
                    let ends = memchr_iter(b'\n', text.as_bytes()).chain([text.len()]);
                    let mut start = 0;
                    for (number, end) in (first..).zip(ends) {
                        let line = &text[start..end];
                        start = (end + 1).min(text.len());
                        if let Some(record) = lines.record(line, number) {
                            each(record);
                        }
                    }
                }
                Err(_) => {
                    for (number, line) in (first..).zip(bytes.split(|b| *b == b'\n')) {
                        let record = match simdutf8::compat::from_utf8(line) {
                            Ok(line) if number == 1 => {
                                lines.record(line.trim_start_matches(BOM), number)
                            }
                            Ok(line) => lines.record(line, number),
                            Err(error) => {
                                Some(not_utf8(lines.input, Some(number), line, error.valid_up_to()))
                            }
                        };
                        if let Some(record) = record {
                            each(record);
                        }
                    }
                }
            }
        }
    }
}

fn text(input: &Input, bytes: Vec<u8>) -> Found {
    let text = match simdutf8::compat::from_utf8(&bytes) {
        Ok(text) => text.strip_prefix(BOM).unwrap_or(text),
        Err(error) => return not_utf8(input, None, &bytes, error.valid_up_to()),
    };
    let text = text.to_owned();
    let mut document = Document::new(&input.id, text);
    document.source = Some(Source { path: input.shown.clone(), line: None });
    Found::Document(document)
}

struct Lines<'a> {
    input: &'a Input,
    fields: &'a Fields,
    present: &'a mut u64,
}

impl Lines<'_> {
    fn record(&mut self, line: &str, number: u64) -> Option<Found> {
        let line = line.trim_ascii();
        if line.is_empty() {
            return None;
        }
        Some(match Record::parse_noting(line, self.fields, self.present) {
            Ok(Record::Document(mut document)) => {
                if document.id.is_empty() {
                    document.id = format!("{}:{number}", self.input.name);
                }
                if document.source.is_none() {
                    let path = self.input.shown.clone();
                    document.source = Some(Source { path, line: Some(number) });
                }
                Found::Document(document)
            }
            Ok(Record::Error(error)) => Found::Passed(error),
            Err(error) => {
                let message = match error.code {
                    ErrorCode::InvalidJson if line.starts_with('[') => {
                        format!("an array; {ONE_A_LINE}")
                    }
                    ErrorCode::InvalidJson if error.is_unfinished() => {
                        format!("{error}: the object has no end; {ONE_A_LINE}")
                    }
                    _ => error.to_string(),
                };
                let mut record = failed(self.input, Some(number), error.code, message);
                record.raw = Some(beginning(line).to_owned());
                Found::Failed(record)
            }
        })
    }
}

fn not_utf8(input: &Input, line: Option<u64>, bytes: &[u8], valid: usize) -> Found {
    let byte = bytes.get(valid).copied().unwrap_or_default();
    let looks = match encoding::guess(bytes) {
        Some(encoding) => format!("; it looks like {encoding}"),
        None => String::new(),
    };
    let within = match line {
        Some(_) => String::new(),
        None => format!(" (line {})", 1 + memchr_iter(b'\n', &bytes[..valid]).count()),
    };
    let message = format!("byte {valid}{within}, 0x{byte:02X}, is no UTF-8{looks}");
    let mut record = failed(input, line, ErrorCode::InvalidUtf8, message);
    let raw = String::from_utf8_lossy(&bytes[..bytes.len().min(RAW)]);
    record.raw = Some(raw.into_owned());
    Found::Failed(record)
}

fn failed(
    input: &Input,
    line: Option<u64>,
    code: ErrorCode,
    message: impl Into<String>,
) -> ErrorRecord {
    let mut record = ErrorRecord::new("read", code, message);
    record.path = Some(input.shown.clone());
    record.line = line;
    record
}

fn beginning(line: &str) -> &str {
    let mut end = line.len().min(RAW);
    while !line.is_char_boundary(end) {
        end -= 1;
    }
    &line[..end]
}
