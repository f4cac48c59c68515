//! Documents as the page carries them for reading: their texts, and of the layers what is shown.

use std::cmp::Reverse;
use std::collections::BTreeMap;
use std::collections::btree_map::Entry;

use bantin_document::{Document, MentionType, Spanned, Tag};
use serde::{Deserialize, Serialize};

use crate::files::json;
use crate::monoid::{Merge, pairs};
use crate::partial::{READABLE, READING_BYTES};
use crate::snippet::sum;
use crate::table::Index;

/// Longest text that is carried, in bytes.
const LONGEST: usize = 64 << 10;

/// A document that may be read in the page.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub(crate) struct Readable {
    pub(crate) id: String,
    pub(crate) text: String,
    /// The rest of an object that only the page reads, about as long as the text; absent where
    /// the page has no room.
    pub(crate) layers: Option<String>,
}

/// One that the page carries.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Laid {
    pub(crate) id: String,
    pub(crate) text: String,
    pub(crate) layers: String,
}

/// Which documents come first: those that tell of events, then those that name agreements, then
/// those that quote; of equals the smallest key.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub(crate) struct Rank {
    events: Reverse<u64>,
    agreements: Reverse<u64>,
    statements: Reverse<u64>,
    pub(crate) key: u64,
}

impl Rank {
    /// `None` for a text that is too long to be carried.
    pub(crate) fn of(document: &Document, key: u64) -> Option<Rank> {
        let count = |of: fn(&Tag) -> usize| Reverse(document.tag.as_ref().map_or(0, of) as u64);
        let rank = Rank {
            events: count(|tag| tag.events.as_ref().map_or(0, Vec::len)),
            agreements: count(|tag| {
                tag.mentions.iter().filter(|mention| mention.kind == MentionType::Agr).count()
            }),
            statements: count(|tag| tag.statements.as_ref().map_or(0, Vec::len)),
            key,
        };
        (document.text.len() <= LONGEST).then_some(rank)
    }
}

/// The documents that tell most: the texts of the first [`READABLE`], and the layers of as many of
/// them as the page has room for.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub(crate) struct Readings(#[serde(with = "pairs")] BTreeMap<Rank, Readable>);

/// What a document must tell to be worth reading, once there are enough: at first nothing.
#[derive(Clone, Copy, Debug, Default)]
pub struct Bar {
    /// The last whose text is kept.
    last: Option<Rank>,
    /// The first for whose layers there is no room.
    full: Option<Rank>,
}

impl Bar {
    /// What both ask: of two parts of a whole, what each has room for is more than the whole has.
    pub fn lower(self, other: Bar) -> Bar {
        let first = |a: Option<Rank>, b: Option<Rank>| a.into_iter().chain(b).min();
        Bar { last: first(self.last, other.last), full: first(self.full, other.full) }
    }
}

impl Readings {
    pub(crate) fn iter(&self) -> impl Iterator<Item = (&Rank, &Readable)> {
        self.0.iter()
    }

    /// Those with their layers.
    pub(crate) fn into_laid(self) -> impl Iterator<Item = Laid> {
        let laid = |Readable { id, text, layers }| Some(Laid { id, text, layers: layers? });
        self.0.into_values().filter_map(laid)
    }

    pub(crate) fn bar(&self) -> Bar {
        let last = self.0.last_key_value().filter(|_| self.0.len() >= READABLE);
        let full = self.0.iter().find(|(_, reading)| reading.layers.is_none());
        Bar { last: last.map(|(rank, _)| *rank), full: full.map(|(rank, _)| *rank) }
    }

    /// Takes a document, unless enough others tell more; layers for which there is no room stay
    /// until the next [`trim`](Readings::trim). What comes out of merging is the same, whatever bar
    /// of the whole is known.
    pub(crate) fn take(&mut self, document: &Document, key: u64, bar: &Bar, words: &mut Index) {
        let Some(rank) = Rank::of(document, key) else { return };
        let own = self.0.last_key_value().filter(|_| self.0.len() >= READABLE);
        let last = own.map(|(rank, _)| rank).into_iter().chain(&bar.last).min();
        if last.is_some_and(|last| rank > *last) {
            return;
        }
        let room = bar.full.is_none_or(|full| rank < full);
        let layers = room.then(|| layers(document, words));
        let (id, text) = (document.id.clone(), document.text.clone());
        self.add(rank, Readable { id, text, layers });
        while self.0.len() > READABLE {
            self.0.pop_last();
        }
    }

    fn add(&mut self, rank: Rank, reading: Readable) {
        match self.0.entry(rank) {
            Entry::Vacant(place) => drop(place.insert(reading)),
            // A record that came twice: where one part had no room for it, nor has the whole.
            Entry::Occupied(mut mine) => {
                let mine = &mut mine.get_mut().layers;
                *mine = mine.take().zip(reading.layers).map(|(a, b)| a.min(b));
            }
        }
    }

    /// Lets go what is too much. The layers are those up to the first that does not fit: more
    /// documents before it can only push it further out, so that parts may forget it.
    pub(crate) fn trim(&mut self) {
        while self.0.len() > READABLE {
            self.0.pop_last();
        }
        let mut room = READING_BYTES;
        let mut fits = true;
        for reading in self.0.values_mut() {
            let Some(layers) = &reading.layers else {
                fits = false;
                continue;
            };
            match room.checked_sub(reading.text.len() + layers.len()) {
                Some(left) if fits => room = left,
                _ => (fits, reading.layers) = (false, None),
            }
        }
    }
}

impl Merge for Readings {
    fn absorb(&mut self, other: Readings) {
        for (rank, reading) in other.0 {
            self.add(rank, reading);
        }
        self.trim();
    }
}

/// The layers of a document as the fields of an object that the text begins. Every span is the way
/// from the start of the one before it, and its length, in UTF-16 units: what JavaScript counts in.
/// Words that recur stand once, in `words`, of which the first is none.
fn layers(document: &Document, index: &mut Index) -> String {
    let read_as = document.zones();
    index.clear();
    let mut words = Words { list: Vec::new(), index };
    words.number("");
    let mut out = Vec::with_capacity(document.text.len());
    let mut rows = Rows::new("\"zones\":[", document, &mut out);
    for zone in &*read_as {
        let rule = words.number(zone.rule.as_deref().unwrap_or_default());
        rows.row(zone, &[words.number(zone.kind.as_str()), rule]);
    }
    let mut rows = Rows::new("],\"edits\":[", document, &mut out);
    for edit in document.clean.iter().flat_map(|clean| &clean.edits) {
        rows.row(edit, &[words.number(edit.kind.as_str()), words.number(&edit.insert)]);
    }
    let mut rows = Rows::new("],\"sentences\":[", document, &mut out);
    for sentence in document.segment.iter().flat_map(|segment| &segment.sentences) {
        rows.row(sentence, &[]);
    }
    let mut rows = Rows::new("],\"mentions\":[", document, &mut out);
    let tagged = document.tag.iter().flat_map(|tag| &tag.mentions);
    for mention in tagged.filter(|mention| mention.kind != MentionType::Qty) {
        let named = mention.entity.as_deref().or(mention.holder.as_deref());
        let value = mention.resolved.as_deref().or(mention.value.as_deref());
        let said = [Some(mention.kind.as_str()), named, value, mention.basis.as_deref()];
        let said = said.map(|word| words.number(word.unwrap_or_default()));
        let len = said.iter().rposition(|word| *word != 0).map_or(0, |last| last + 1);
        rows.row(mention, &said[..len]);
    }
    out.extend_from_slice(b"],\"words\":");
    json(&words.list, &mut out);
    out.push(b'}');
    String::from_utf8(out).expect("it was written from texts and numbers")
}

/// The rows of one layer: spans with the numbers of words.
struct Rows<'d, 'o> {
    text: &'d str,
    out: &'o mut Vec<u8>,
    at: usize,
    first: bool,
}

impl<'d, 'o> Rows<'d, 'o> {
    fn new(head: &str, document: &'d Document, out: &'o mut Vec<u8>) -> Rows<'d, 'o> {
        out.extend_from_slice(head.as_bytes());
        Rows { text: &document.text, out, at: 0, first: true }
    }

    fn row(&mut self, item: &impl Spanned, words: &[usize]) {
        let span = item.span();
        // What lies in between is looked at again by the next layer, sixteen bytes at a time.
        let way = match self.text.get(self.at..span.start()) {
            Some(between) => units(between) as isize,
            None => -(units(&self.text[span.start()..self.at]) as isize),
        };
        self.at = span.start();
        self.out.extend_from_slice(if self.first { b"[" } else { b",[" });
        self.first = false;
        json(&way, self.out);
        self.out.push(b',');
        json(&units(&self.text[span]), self.out);
        for word in words {
            self.out.push(b',');
            json(word, self.out);
        }
        self.out.push(b']');
    }
}

/// Length in UTF-16 units.
fn units(text: &str) -> usize {
    // Every character that does not fit into one has four bytes, of which the first is F0 to F4.
    sum(text, |byte| u8::from(byte as i8 >= -64) + u8::from(byte >= 0xF0))
}

/// Words by the order in which they came.
struct Words<'d, 'i> {
    list: Vec<&'d str>,
    index: &'i mut Index,
}

impl<'d> Words<'d, '_> {
    fn number(&mut self, word: &'d str) -> usize {
        let number = self.index.place(word, |number| self.list[number]);
        if number == self.list.len() {
            self.list.push(word);
        }
        number
    }
}

#[cfg(test)]
mod tests {
    use bantin_document::{Clean, Mention, Zone, ZoneKind};
    use serde_json::{Value, json};

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
        let record = format!("{{{}", layers(&document, &mut Index::default()));
        let mut record: Value = serde_json::from_str(&record).unwrap();
        record["text"] = json!(document.text);
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

    #[test]
    fn the_page_has_layers_up_to_the_first_that_does_not_fit_in_whatever_parts_they_came() {
        let readings = |lengths: &[(u64, usize)]| {
            let mut part = Readings::default();
            for &(key, length) in lengths {
                let [events, agreements, statements] = [Reverse(0); 3];
                let layers = Some("x".repeat(length));
                let reading = Readable { id: key.to_string(), text: String::new(), layers };
                part.add(Rank { events, agreements, statements, key }, reading);
            }
            part.trim();
            part
        };
        let most = READING_BYTES;
        let all = [(1, most / 2), (2, most / 4), (3, most / 2), (4, 1), (5, most)];
        let whole = readings(&all);
        assert_eq!(whole.bar().full.map(|rank| rank.key), Some(3));
        for apart in 0..32 {
            let (mut one, other): (Vec<_>, Vec<_>) =
                all.iter().partition(|(key, _)| apart >> (key - 1) & 1 == 0);
            let mut merged = readings(&other);
            one.reverse();
            merged.absorb(readings(&one));
            assert_eq!(merged, whole);
        }
    }
}
