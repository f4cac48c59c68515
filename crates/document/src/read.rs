//! Reading one line: ours, or somebody else's JSON.

use std::fmt;
use std::str::FromStr;

use bantin_text::Span;
use bantin_text::offsets::Converter;
use serde::Deserialize;
use serde::de::{DeserializeOwned, MapAccess, Visitor};
use serde_json::value::RawValue;

use crate::{Document, ErrorCode, ErrorRecord, Extra, Record, SCHEMA, Spanned, Unit, Zone, json};

/// Where text and id stand in foreign JSON.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fields {
    /// Fields that are the text; several are joined by line feeds, absent ones left out.
    pub text: Vec<String>,
    /// The field that is the id.
    pub id: String,
}

impl Default for Fields {
    fn default() -> Fields {
        Fields { text: vec!["text".into()], id: "id".into() }
    }
}

/// Why a line is no record. The code is stable, the message is for people.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ReadError {
    /// What kind of failure.
    pub code: ErrorCode,
    message: String,
    unfinished: bool,
}

impl ReadError {
    fn new(code: ErrorCode, message: impl Into<String>) -> ReadError {
        ReadError { code, message: message.into(), unfinished: false }
    }

    /// True when the line ends before its JSON does.
    pub fn is_unfinished(&self) -> bool {
        self.unfinished
    }
}

impl fmt::Display for ReadError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message)
    }
}

impl std::error::Error for ReadError {}

/// Names that a record of ours gives a meaning to; a foreign field of such a name is kept as
/// `input_NAME`.
const OURS: [&str; 9] =
    ["schema", "type", "id", "source", "offsets", "text", "clean", "segment", "tag"];

/// How the schema of a record of ours begins, whatever its version.
const FAMILY: &str = "bantin/";

impl Record {
    /// Reads one line.
    ///
    /// A line with a `schema` of `bantin/…` is a record of ours; its layers are checked, and offsets
    /// in other units become bytes. Any other JSON object is taken by `fields`. A document without
    /// an id has an empty one: the caller knows its file and line. Cost: one scan of the line, and
    /// one parse of each field that is ours.
    pub fn parse(line: &str, fields: &Fields) -> Result<Record, ReadError> {
        Record::parse_noting(line, fields, &mut 0)
    }

    /// The same, and sets bit `n` of `present` when a record that is not ours has the text field
    /// `n`, so that in the end one can say which of them no record has.
    pub fn parse_noting(
        line: &str,
        fields: &Fields,
        present: &mut u64,
    ) -> Result<Record, ReadError> {
        let RawFields(raw) = serde_json::from_str(line).map_err(|e| ReadError {
            unfinished: e.is_eof(),
            ..ReadError::new(ErrorCode::InvalidJson, said(&e, " at"))
        })?;
        let schema = raw.iter().find(|(name, _)| name == "schema").map(|(_, value)| word(value));
        match schema.filter(|schema| schema.starts_with(FAMILY)) {
            None => foreign(raw, fields, present).map(Record::Document),
            Some(schema) if schema == SCHEMA => ours(raw),
            Some(schema) => Err(ReadError::new(
                ErrorCode::WrongSchema,
                format!("the record's schema is \"{schema}\", this build reads \"{SCHEMA}\""),
            )),
        }
    }
}

/// What stands twice would be lost once.
fn once(raw: &[(String, &RawValue)], is_read: impl Fn(&str) -> bool) -> Result<(), ReadError> {
    let mut rest = raw.iter();
    while let Some((name, _)) = rest.next() {
        if is_read(name) && rest.as_slice().iter().any(|(other, _)| other == name) {
            return Err(ReadError::new(
                ErrorCode::InvalidJson,
                format!("the field \"{name}\" stands twice in the record"),
            ));
        }
    }
    Ok(())
}

fn foreign(
    raw: Vec<(String, &RawValue)>,
    fields: &Fields,
    present: &mut u64,
) -> Result<Document, ReadError> {
    once(&raw, |name| name == fields.id || fields.text.iter().any(|wanted| wanted == name))?;
    let mut text = String::new();
    for (n, wanted) in fields.text.iter().enumerate() {
        let Some((_, value)) = raw.iter().find(|(name, _)| name == wanted) else { continue };
        *present |= 1u64.checked_shl(n as u32).unwrap_or_default();
        let part = match json::unquoted(value.get()) {
            Some(text) => Ok(Some(text)),
            None => serde_json::from_str::<Option<String>>(value.get()),
        };
        let part = part.map_err(|e| {
            let said = said(&e, "");
            match e.is_data() {
                true => ReadError::new(
                    ErrorCode::MissingText,
                    format!("the field \"{wanted}\" is no string: {said}"),
                ),
                // A half of a surrogate pair, `\ud83d`.
                false => ReadError::new(
                    ErrorCode::InvalidJson,
                    format!("in the field \"{wanted}\": {said}"),
                ),
            }
        })?;
        let Some(part) = part else { continue };
        if text.is_empty() {
            text = part;
        } else {
            text.push('\n');
            text.push_str(&part);
        }
    }
    if !raw.iter().any(|(name, _)| fields.text.contains(name)) {
        let wanted = fields.text.join("\" or \"");
        // What may be the text, among a crawl's numbers and lists.
        let texts =
            raw.iter().filter(|(name, value)| *name != fields.id && value.get().starts_with('"'));
        let named: Vec<&str> = texts.map(|(name, _)| name.as_str()).take(8).collect();
        let there = match named.is_empty() {
            true => String::new(),
            false => format!(", its texts are \"{}\"", named.join("\", \"")),
        };
        return Err(ReadError::new(
            ErrorCode::MissingText,
            format!("the record has no field \"{wanted}\"{there}; name another with --text-field"),
        ));
    }
    check_length(&text)?;
    let id = raw.iter().find(|(name, _)| *name == fields.id).map(|(_, value)| word(value));
    let mut document = Document::new(id.unwrap_or_default(), text);
    // The one text field and the id are `text` and `id` now; everything else stays.
    let joined = fields.text.len() > 1;
    let taken = |name: &str| {
        name == fields.id || fields.text.as_slice() == [name] || (joined && name == "text")
    };
    let renamed = |name: &str| {
        let mut name = name.to_owned();
        if OURS.contains(&name.as_str()) {
            while OURS.contains(&name.as_str()) || raw.iter().any(|(other, _)| *other == name) {
                name.insert_str(0, "input_");
            }
        }
        name
    };
    let extra = raw.iter().filter(|(name, _)| !taken(name));
    document.extra =
        Extra(extra.map(|(name, value)| (renamed(name), (*value).to_owned())).collect());
    Ok(document)
}

/// The words of an error. Its line is always 1, for a record is one; its column means something
/// in the whole record only, where `at` puts it behind the words.
fn said(error: &serde_json::Error, at: &str) -> String {
    let words = error.to_string();
    match words.rsplit_once(" at line 1 column ") {
        Some((words, column)) if !at.is_empty() => format!("{words}{at} column {column}"),
        Some((words, _)) => words.to_owned(),
        None => words,
    }
}

/// An id that is a number reads as its digits.
fn word(value: &RawValue) -> String {
    if let Some(word) = json::unquoted(value.get()) {
        return word;
    }
    serde_json::from_str(value.get()).unwrap_or_else(|_| match value.get() {
        "null" => String::new(),
        raw => raw.to_owned(),
    })
}

fn ours(raw: Vec<(String, &RawValue)>) -> Result<Record, ReadError> {
    once(&raw, |name| OURS.contains(&name))?;
    let find = |name: &str| raw.iter().find(|(n, _)| n == name).map(|(_, value)| *value);
    let kind = find("type").map(word);
    match kind.as_deref() {
        Some("error") => return error_record(&raw).map(Record::Error),
        Some("document") | None => {}
        Some(other) => {
            return Err(ReadError::new(
                ErrorCode::WrongSchema,
                format!("the record's type is \"{other}\", known are \"document\" and \"error\""),
            ));
        }
    }
    let unit = match find("offsets").map(word) {
        None => Unit::Byte,
        Some(unit) => Unit::from_str(&unit)
            .map_err(|e| ReadError::new(ErrorCode::WrongOffsets, e.to_string()))?,
    };
    let Some(text) = find("text") else {
        return Err(ReadError::new(ErrorCode::MissingText, "the record has no field \"text\""));
    };
    let text = match json::unquoted(text.get()) {
        Some(text) => text,
        None => layer::<String>("text", text)?,
    };
    let mut document = Document::new(find("id").map(word).unwrap_or_default(), text);
    check_length(&document.text)?;
    for (name, value) in raw {
        match &*name {
            "schema" | "type" | "id" | "offsets" | "text" => {}
            "source" => document.source = layer(&name, value)?,
            "clean" => document.clean = layer(&name, value)?,
            "segment" => document.segment = layer(&name, value)?,
            "tag" => document.tag = layer(&name, value)?,
            _ => document.extra.0.push((name, value.to_owned())),
        }
    }
    if unit != Unit::Byte {
        to_bytes(&mut document, unit)?;
    }
    check_spans(&mut document)?;
    Ok(Record::Document(document))
}

fn to_bytes(document: &mut Document, unit: Unit) -> Result<(), ReadError> {
    let converter = Converter::new(&document.text, unit);
    let mut outside = None;
    document.visit(&mut |start, end| {
        for offset in [start, end] {
            match converter.byte_of(*offset) {
                Some(byte) => *offset = byte,
                None => outside = outside.or(Some(*offset)),
            }
        }
    });
    match outside {
        None => Ok(()),
        Some(offset) => Err(ReadError::new(
            ErrorCode::BadSpan,
            format!("no character begins at offset {offset} ({unit})"),
        )),
    }
}

fn layer<T: DeserializeOwned>(name: &str, value: &RawValue) -> Result<T, ReadError> {
    serde_json::from_str(value.get()).map_err(|e| {
        ReadError::new(ErrorCode::BadLayer, format!("in \"{name}\": {}", said(&e, "")))
    })
}

fn error_record(raw: &[(String, &RawValue)]) -> Result<ErrorRecord, ReadError> {
    #[derive(Deserialize)]
    struct Parts {
        stage: String,
        path: Option<String>,
        line: Option<u64>,
        code: ErrorCode,
        message: String,
        raw: Option<String>,
    }
    let mut object = String::from("{");
    for (name, value) in raw {
        if object.len() > 1 {
            object.push(',');
        }
        object.push_str(&serde_json::Value::from(name.as_str()).to_string());
        object.push(':');
        object.push_str(value.get());
    }
    object.push('}');
    let parts: Parts = serde_json::from_str(&object).map_err(|e| {
        ReadError::new(ErrorCode::BadLayer, format!("in an error record: {}", said(&e, "")))
    })?;
    let mut record = ErrorRecord::new(parts.stage, parts.code, parts.message);
    (record.path, record.line, record.raw) = (parts.path, parts.line, parts.raw);
    Ok(record)
}

fn check_length(text: &str) -> Result<(), ReadError> {
    if text.len() < u32::MAX as usize {
        return Ok(());
    }
    Err(ReadError::new(
        ErrorCode::TooLarge,
        format!("the text has {} bytes, spans reach 4 GiB", text.len()),
    ))
}

fn check_spans(document: &mut Document) -> Result<(), ReadError> {
    let bad = |message: String| Err(ReadError::new(ErrorCode::BadSpan, message));
    let text = std::mem::take(&mut document.text);
    let mut first_error = None;
    document.visit(&mut |start, end| {
        if first_error.is_none() {
            first_error = Span::try_new(*start, *end, &text).err();
        }
    });
    document.text = text;
    if let Some(error) = first_error {
        return bad(error.to_string());
    }
    if let Some(clean) = &document.clean {
        apart("clean.zones", &clean.zones)?;
        covers(&clean.zones, document.text.len())?;
        apart("clean.edits", &clean.edits)?;
    }
    if let Some(segment) = &document.segment {
        // A sentence goes on behind a caption in its midst, whose sentences lie inside it.
        in_order("segment.paragraphs", &segment.paragraphs)?;
        in_order("segment.sentences", &segment.sentences)?;
        for sentence in &segment.sentences {
            apart("tokens", &sentence.tokens)?;
            let mut tokens = sentence.tokens.iter().map(Spanned::span);
            if let Some(token) =
                tokens.find(|token| token.is_empty() || !sentence.span().contains(*token))
            {
                return bad(format!(
                    "the token at {token:?} is empty or not in its sentence at {:?}",
                    sentence.span()
                ));
            }
        }
    }
    if let Some(tag) = &document.tag {
        in_order("tag.mentions", &tag.mentions)?;
        for mention in &tag.mentions {
            let found = &document.text[mention.span()];
            if mention.surface != found {
                return bad(format!(
                    "the mention at {:?} says \"{}\", the text says \"{found}\"",
                    mention.span(),
                    mention.surface
                ));
            }
        }
    }
    Ok(())
}

fn in_order<T: Spanned>(what: &str, items: &[T]) -> Result<(), ReadError> {
    match items.windows(2).find(|pair| pair[0].span() > pair[1].span()) {
        None => Ok(()),
        Some(pair) => Err(ReadError::new(
            ErrorCode::BadSpan,
            format!(
                "{what} are not sorted: {:?} stands before {:?}",
                pair[0].span(),
                pair[1].span()
            ),
        )),
    }
}

/// Sorted, and none over another.
fn apart<T: Spanned>(what: &str, items: &[T]) -> Result<(), ReadError> {
    in_order(what, items)?;
    match items.windows(2).find(|pair| pair[0].span().end() > pair[1].span().start()) {
        None => Ok(()),
        Some(pair) => Err(ReadError::new(
            ErrorCode::BadSpan,
            format!("{what} overlap: {:?} and {:?}", pair[0].span(), pair[1].span()),
        )),
    }
}

/// Every byte has its zone: text between two would be neither kept nor removed.
fn covers(zones: &[Zone], length: usize) -> Result<(), ReadError> {
    let mut reached = 0;
    for zone in zones {
        if zone.span().start() > reached {
            break;
        }
        reached = zone.span().end();
    }
    match reached == length {
        true => Ok(()),
        false => Err(ReadError::new(
            ErrorCode::BadSpan,
            format!("clean.zones leave out the text at byte {reached}"),
        )),
    }
}

/// The fields of an object in their order, unparsed.
struct RawFields<'a>(Vec<(String, &'a RawValue)>);

impl<'de: 'a, 'a> Deserialize<'de> for RawFields<'a> {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Fields;
        impl<'de> Visitor<'de> for Fields {
            type Value = RawFields<'de>;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a JSON object")
            }

            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<RawFields<'de>, A::Error> {
                let mut fields = Vec::with_capacity(8);
                while let Some(field) = map.next_entry()? {
                    fields.push(field);
                }
                Ok(RawFields(fields))
            }
        }
        deserializer.deserialize_map(Fields)
    }
}
