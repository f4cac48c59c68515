//! The time of an event: one date of the text, or the two ends of a stretch.

use bantin_document::{EventDate, Mention, Tag};

/// The mention of a date, or those of the first and last day of a stretch: `từ ngày 28/5 đến ngày
/// 2/6`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct When {
    pub(super) mention: usize,
    pub(super) until: Option<usize>,
}

/// How fine a value is, for what may be the two ends of one stretch.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Grain {
    Month,
    Day,
    Weekday,
}

impl When {
    pub(super) fn of(mention: usize) -> When {
        When { mention, until: None }
    }

    /// The stretch from this date to another, where they are of a kind. What is counted from the
    /// day of the story, as `hôm qua`, bounds none.
    pub(super) fn until(self, last: When, tag: &Tag) -> Option<When> {
        let grain = |when: When| grain(written(&tag.mentions[when.mention]));
        let alike = grain(self).is_some() && grain(self) == grain(last);
        (alike && self.until.is_none() && last.until.is_none())
            .then_some(When { until: Some(last.mention), ..self })
    }

    /// True for one day of a month that is known.
    pub(super) fn is_day(self, tag: &Tag) -> bool {
        let value = written(&tag.mentions[self.mention]);
        self.until.is_none()
            && value.len() >= 10
            && !value.contains('/')
            && !value.starts_with("XXXX-XX")
            && !value.starts_with("XXXX-W")
    }

    /// True for several days of months that are known.
    pub(super) fn is_stretch(self, tag: &Tag) -> bool {
        let value = self.date(tag).value;
        value.split_once('/').is_some_and(|(first, last)| {
            [first, last].iter().all(|day| grain(day) == Some(Grain::Day))
        })
    }

    /// What the record says of it: as written, and with what the document supports.
    pub(super) fn date(self, tag: &Tag) -> EventDate {
        let first = &tag.mentions[self.mention];
        let open = |r: &String| r.contains("..");
        let interval = first.resolved.clone().filter(open);
        let Some(last) = self.until.map(|last| &tag.mentions[last]) else {
            return EventDate {
                value: written(first).to_owned(),
                resolved: first.resolved.clone().filter(|r| !open(r)),
                interval,
                basis: first.basis.clone(),
            };
        };
        let (from, to) = (written(first), written(last));
        let open_year = [from, to].iter().any(|v| v.starts_with('X'));
        let settled = |m: &Mention| match &m.resolved {
            Some(resolved) => Some(resolved.clone()).filter(|r| !open(r)),
            None => m.value.clone().filter(|v| !v.starts_with('X')),
        };
        let both = settled(first).zip(settled(last)).filter(|_| open_year);
        EventDate {
            value: format!("{from}/{to}"),
            resolved: both.map(|(from, to)| format!("{from}/{to}")),
            interval,
            basis: first.basis.clone().or_else(|| last.basis.clone()),
        }
    }
}

fn written(mention: &Mention) -> &str {
    mention.value.as_deref().unwrap_or_default()
}

fn grain(value: &str) -> Option<Grain> {
    match value.as_bytes() {
        [_, _, _, _, b'-', b'0'..=b'9', _] => Some(Grain::Month),
        [_, _, _, _, b'-', b'0'..=b'9', _, b'-', ..] if !value.contains('/') => Some(Grain::Day),
        [_, _, _, _, b'-', b'W', ..] => Some(Grain::Weekday),
        _ => None,
    }
}
