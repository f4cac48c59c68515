//! Articles of the crawl without the credits of their pictures: their captions stand where editors
//! put them, and the credits, taken out, told where.

use bantin_clean::Cleaner;
use bantin_document::{Document, ZoneKind};

use super::gold::Gold;
use super::pages::Chance;

/// The page of an article without its credits; `None` where no picture has one, or where so many
/// have one that the sentences before them may tell the story.
pub(crate) fn without_credits(page: &str, cleaner: &Cleaner, chance: &mut Chance) -> Option<Gold> {
    let mut record = Document::new(String::new(), page.to_owned());
    cleaner.annotate(&mut record);
    let clean = record.clean?;
    let zones = &clean.zones;
    let credited = |i: usize| {
        zones[i].kind == ZoneKind::Caption
            && zones.get(i + 1).is_some_and(|z| z.kind == ZoneKind::PhotoCredit)
    };
    let captions = (0..zones.len()).filter(|i| credited(*i)).count();
    if !(1..=5).contains(&captions) {
        return None;
    }
    let stopless = chance.next() < 0.5;
    let mut out = String::new();
    let mut found = Vec::new();
    for (i, zone) in zones.iter().enumerate() {
        let part = &page[zone.start as usize..zone.end as usize];
        let start = out.len();
        match zone.kind {
            ZoneKind::PhotoCredit => continue,
            ZoneKind::Caption if credited(i) => {
                let words = part.trim_end().trim_end_matches(['-', '–', ' ']);
                if stopless {
                    out.push_str(words.trim_end_matches(['.', ' ']));
                } else {
                    out.push_str(words);
                    let ended = words.ends_with(['.', '!', '?', '"', '”', '…', ')']);
                    out.push_str(if ended { "" } else { "." });
                }
                out.push(if part.ends_with('\n') { '\n' } else { ' ' });
            }
            _ => out.push_str(part),
        }
        found.push((start, out.len(), zone.kind));
    }
    Some(Gold { id: String::new(), text: out, zones: found, glue: None, is_ours: true })
}
