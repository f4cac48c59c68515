//! Pages put together from stories, as a crawl would have left them: captions between the
//! paragraphs, half of the time without their stops, often without their credits.

use bantin_document::ZoneKind;

use super::gold::Gold;
use crate::crf;
use crate::stories::Story;

/// A fixed stream of chances.
pub(crate) struct Chance(u64);

impl Chance {
    pub(crate) fn new(seed: u64) -> Chance {
        Chance(seed)
    }

    /// From 0 up to 1.
    pub(crate) fn next(&mut self) -> f32 {
        (crf::next(&mut self.0) % 1000) as f32 / 1000.0
    }
}

/// The page of a story: one long line, or a line a paragraph.
pub(crate) fn put_together(story: &Story, chance: &mut Chance) -> Gold {
    let gap = if chance.next() < 0.2 { '\n' } else { ' ' };
    let stopless = chance.next() < 0.5;
    let count = story.paragraphs.len();
    let mut places: Vec<usize> = (0..story.captions.len())
        .map(|i| {
            // The first picture often stands above the text.
            let first = i == 0 && chance.next() < 0.3;
            let place = (chance.next() * count as f32) as usize;
            if first { 0 } else { place.min(count.saturating_sub(1)) }
        })
        .collect();
    places.sort_unstable();
    let mut page = Page::default();
    page.push(&story.title, ZoneKind::Title, '\n');
    page.push(&story.lede, ZoneKind::Lede, '\n');
    let mut captions = places.into_iter().zip(&story.captions).peekable();
    let mut gap_before = '\n';
    for i in 0..=count {
        while let Some((_, caption)) = captions.next_if(|(place, _)| *place == i || i == count) {
            let (words, credit) = caption.split_at(credit_in(caption).unwrap_or(caption.len()));
            let words = if stopless { words.trim_end().trim_end_matches('.') } else { words };
            page.push(words, ZoneKind::Caption, gap_before);
            if !credit.is_empty() && chance.next() < 0.4 {
                page.push(credit, ZoneKind::PhotoCredit, ' ');
            }
            gap_before = gap;
        }
        if let Some(paragraph) = story.paragraphs.get(i) {
            page.push(paragraph, ZoneKind::Body, gap_before);
            gap_before = gap;
        }
    }
    Gold { id: String::new(), text: page.text, zones: page.zones, glue: None, is_ours: true }
}

#[derive(Default)]
struct Page {
    text: String,
    zones: Vec<(usize, usize, ZoneKind)>,
}

impl Page {
    fn push(&mut self, part: &str, kind: ZoneKind, gap: char) {
        let part = part.trim();
        if part.is_empty() {
            return;
        }
        if !self.text.is_empty() {
            self.text.push(gap);
        }
        let start = self.text.len();
        self.text.push_str(part);
        self.zones.push((start, self.text.len(), kind));
    }
}

/// Where the credit of a caption begins.
fn credit_in(caption: &str) -> Option<usize> {
    let cues = ["- Ảnh", "(Ảnh", "– Ảnh", "- Nguồn", "(Nguồn", "Ảnh:", "Ảnh "];
    cues.iter().filter_map(|cue| caption.find(cue)).min()
}
