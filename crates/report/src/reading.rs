//! A document as the page carries it for reading: its text, and of the layers what is shown.

use std::cmp::Reverse;
use std::collections::BTreeMap;

use bantin_document::{Document, MentionType, Tag};
use bantin_text::offsets::{Converter, Unit};
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

/// Longest text that the page carries for reading, in bytes.
const LONGEST: usize = 64 << 10;

/// A document that can be read in the page.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub(crate) struct Reading {
    pub(crate) rank: Rank,
    pub(crate) id: String,
    /// A line of JSON that only the page reads, with its `text` and the layers; about twice as
    /// long as the text.
    pub(crate) record: String,
}

/// Which documents come first: those that tell of events, then those that name agreements, then
/// those that quote; of equals the smallest key.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub(crate) struct Rank {
    events: Reverse<u64>,
    agreements: Reverse<u64>,
    statements: Reverse<u64>,
    pub(crate) key: u64,
}

/// What a document must tell to be worth reading, once there are enough: at first nothing.
#[derive(Clone, Debug, Default)]
pub struct Bar(pub(crate) Option<Rank>);

impl Bar {
    pub(crate) fn admits(&self, reading: &Reading) -> bool {
        self.0.as_ref().is_none_or(|last| reading.rank <= *last)
    }
}

impl Reading {
    /// A reading without its record, to be asked whether it is wanted; `None` for a text that is
    /// too long to be carried.
    pub(crate) fn unwritten(document: &Document, key: u64) -> Option<Reading> {
        let count = |of: fn(&Tag) -> usize| Reverse(document.tag.as_ref().map_or(0, of) as u64);
        let rank = Rank {
            events: count(|tag| tag.events.as_ref().map_or(0, Vec::len)),
            agreements: count(|tag| {
                tag.mentions.iter().filter(|mention| mention.kind == MentionType::Agr).count()
            }),
            statements: count(|tag| tag.statements.as_ref().map_or(0, Vec::len)),
            key,
        };
        let fits = document.text.len() <= LONGEST;
        fits.then(|| Reading { rank, id: document.id.clone(), record: String::new() })
    }

    /// Writes the record. Every span is the way from the start of the one before it, and its
    /// length, in UTF-16 units: what JavaScript counts in. Words that recur stand once, in
    /// `words`, of which the first is none.
    pub(crate) fn write(&mut self, document: &Document) {
        let units = Converter::new(&document.text, Unit::Utf16);
        let steps = || {
            let mut at = 0;
            let units = &units;
            move |start: u32, end: u32| {
                let (from, to) = (units.convert(start), units.convert(end));
                let way = i64::from(from) - i64::from(at);
                at = from;
                (json!(way), json!(to - from))
            }
        };
        let read_as = document.zones();
        let mut words = Words::default();
        words.number("");
        let mut zones = Vec::new();
        let mut place = steps();
        for zone in &*read_as {
            let (way, length) = place(zone.start, zone.end);
            let rule = words.number(zone.rule.as_deref().unwrap_or_default());
            zones.push(json!([way, length, words.number(zone.kind.as_str()), rule]));
        }
        let mut edits = Vec::new();
        let mut place = steps();
        for edit in document.clean.iter().flat_map(|clean| &clean.edits) {
            let (way, length) = place(edit.start, edit.end);
            let kind = words.number(edit.kind.as_str());
            edits.push(json!([way, length, kind, words.number(&edit.insert)]));
        }
        let mut sentences = Vec::new();
        let mut place = steps();
        for sentence in document.segment.iter().flat_map(|segment| &segment.sentences) {
            let (way, length) = place(sentence.start, sentence.end);
            sentences.extend([way, length]);
        }
        let mut mentions = Vec::new();
        let mut place = steps();
        let tagged = document.tag.iter().flat_map(|tag| &tag.mentions);
        for mention in tagged.filter(|mention| mention.kind != MentionType::Qty) {
            let (way, length) = place(mention.start, mention.end);
            let named = mention.entity.as_deref().or(mention.holder.as_deref());
            let value = mention.resolved.as_deref().or(mention.value.as_deref());
            let said = [Some(mention.kind.as_str()), named, value, mention.basis.as_deref()];
            let mut row = vec![way, length];
            row.extend(said.map(|word| json!(words.number(word.unwrap_or_default()))));
            while row.last() == Some(&json!(0)) {
                row.pop();
            }
            mentions.push(Value::Array(row));
        }
        let record = json!({
            "text": document.text,
            "words": words.list,
            "zones": zones,
            "edits": edits,
            "sentences": sentences,
            "mentions": mentions,
        });
        self.record = record.to_string();
    }
}

/// Words by the order in which they came.
#[derive(Default)]
struct Words<'d> {
    list: Vec<&'d str>,
    numbers: BTreeMap<&'d str, usize>,
}

impl<'d> Words<'d> {
    fn number(&mut self, word: &'d str) -> usize {
        let list = &mut self.list;
        *self.numbers.entry(word).or_insert_with(|| {
            list.push(word);
            list.len() - 1
        })
    }
}

#[cfg(test)]
mod tests {
    use bantin_document::{Clean, Mention, Zone, ZoneKind};

    use super::*;

    /// What the page does with a record: the stretches of one layer, in UTF-16 units.
    fn stretches(record: &Value, layer: &str) -> Vec<String> {
        let text: Vec<u16> = record["text"].as_str().unwrap().encode_utf16().collect();
        let mut at = 0;
        let rows = record[layer].as_array().unwrap().iter().map(|row| {
            at += row[0].as_i64().unwrap();
            let end = at + row[1].as_i64().unwrap();
            String::from_utf16(&text[at as usize..end as usize]).unwrap()
        });
        rows.collect()
    }

    #[test]
    fn the_page_finds_every_span_again() {
        let mut document = Document::new("a", "🚀 Ông Lê tới Huế.\nẢnh: Hà\n");
        let credit = document.span_of("Ảnh: Hà\n");
        document.clean = Some(Clean {
            zones: vec![
                Zone::new(document.span_of("🚀 Ông Lê tới Huế.\n"), ZoneKind::Body),
                Zone::new(credit, ZoneKind::PhotoCredit).by("C104"),
            ],
            ..Clean::default()
        });
        let name = document.span_of("Lê");
        let mention = serde_json::from_value::<Mention>(json!({
            "start": name.start(), "end": name.end(),
            "type": "PER", "surface": "Lê", "entity": "per:le",
        }));
        document.tag = Some(Tag { mentions: vec![mention.unwrap()], ..Tag::default() });
        let mut reading = Reading::unwritten(&document, 7).unwrap();
        reading.write(&document);
        let record: Value = serde_json::from_str(&reading.record).unwrap();
        assert_eq!(stretches(&record, "zones"), ["🚀 Ông Lê tới Huế.\n", "Ảnh: Hà\n"]);
        assert_eq!(stretches(&record, "mentions"), ["Lê"]);
        let word = |number: &Value| &record["words"][number.as_u64().unwrap() as usize];
        assert_eq!(word(&record["zones"][1][3]), "C104");
        assert_eq!(word(&record["mentions"][0][3]), "per:le");
    }

    #[test]
    fn what_tells_of_events_comes_before_what_only_quotes() {
        let rank = |events, agreements, statements| Rank {
            events: Reverse(events),
            agreements: Reverse(agreements),
            statements: Reverse(statements),
            key: 0,
        };
        assert!(rank(1, 0, 0) < rank(0, 1, 0));
        assert!(rank(0, 1, 0) < rank(0, 0, 9));
    }
}
