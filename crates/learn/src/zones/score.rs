//! Counts as the scorer of the labelled data counts: characters that are no white space.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;

use bantin_document::{Document, EditKind, Spanned, ZoneKind};

use super::gold::Gold;

/// Sums over documents.
#[derive(Clone, Debug, Default)]
pub(crate) struct Score {
    pub(crate) docs: usize,
    pub(crate) perfect: usize,
    pub(crate) emptied: usize,
    pub(crate) noise_free: usize,
    pub(crate) untouched: usize,
    kept_right: usize,
    kept_lost: usize,
    noise_left: usize,
    noise_dropped: usize,
    labels_right: usize,
    glue: [usize; 3],
    /// Characters of one kind that were taken for another.
    taken_for: BTreeMap<(ZoneKind, ZoneKind), usize>,
    /// One line an error, when asked for.
    pub(crate) errors: Vec<String>,
}

impl Score {
    /// Adds one document with its layer of clean.
    pub(crate) fn add(&mut self, gold: &Gold, record: &Document, errors: bool) {
        let zones: Vec<_> =
            record.zones().iter().map(|z| (z.start as usize, z.end as usize, z.kind)).collect();
        let found = |at: usize, from: &[(usize, usize, ZoneKind)]| {
            let i = from.partition_point(|z| z.1 <= at);
            from.get(i).filter(|z| z.0 <= at).map(|z| z.2)
        };
        let (mut bad, mut kept, mut noise, mut article) = (0, 0, 0, 0);
        let mut run: Option<(usize, usize, ZoneKind, ZoneKind)> = None;
        let mut flush = |run: &mut Option<(usize, usize, ZoneKind, ZoneKind)>| {
            if let Some((start, end, want, got)) = run.take()
                && errors
                && want.is_kept() != got.is_kept()
            {
                {
                    let before: String = snippet(&gold.text[..start], 30, true);
                    let after: String = snippet(&gold.text[end..], 25, false);
                    self.errors.push(format!(
                        "{} {} {}->{} {before:?} [[{}]] {after:?}",
                        if want.is_kept() { "LOST" } else { "LEFT" },
                        gold.id,
                        want.as_str(),
                        got.as_str(),
                        snippet(&gold.text[start..end], 200, false),
                    ));
                }
            }
        };
        for (at, c) in gold.text.char_indices() {
            if c.is_whitespace() {
                continue;
            }
            let Some(want) = found(at, &gold.zones) else { continue };
            let got = found(at, &zones).unwrap_or(ZoneKind::Body);
            let end = at + c.len_utf8();
            match &mut run {
                Some(r) if r.2 == want && r.3 == got => r.1 = end,
                _ => {
                    flush(&mut run);
                    run = Some((at, end, want, got));
                }
            }
            self.labels_right += usize::from(want == got);
            if want != got {
                *self.taken_for.entry((want, got)).or_default() += 1;
            }
            kept += usize::from(got.is_kept());
            match (want.is_kept(), got.is_kept()) {
                (true, true) => self.kept_right += 1,
                (true, false) => self.kept_lost += 1,
                (false, true) => self.noise_left += 1,
                (false, false) => self.noise_dropped += 1,
            }
            noise += usize::from(!want.is_kept());
            article += usize::from(want.is_kept());
            bad += usize::from(want.is_kept() != got.is_kept());
        }
        flush(&mut run);
        self.docs += 1;
        self.perfect += usize::from(bad == 0);
        self.emptied += usize::from(kept == 0 && article > 0);
        if noise == 0 {
            self.noise_free += 1;
            self.untouched += usize::from(bad == 0);
        }
        if let Some(want) = &gold.glue {
            let want: BTreeSet<_> = want.iter().copied().collect();
            let edits = record.clean.iter().flat_map(|clean| &clean.edits);
            let got: BTreeSet<_> = edits
                .filter(|e| e.kind == EditKind::SplitGlued)
                .map(|e| e.span().start())
                .collect();
            if errors {
                for at in want.symmetric_difference(&got) {
                    let what = if want.contains(at) { "GLUED" } else { "PARTED" };
                    let before = snippet(&gold.text[..*at], 30, true);
                    let after = snippet(&gold.text[*at..], 25, false);
                    self.errors.push(format!("{what} {} {before:?} {after:?}", gold.id));
                }
            }
            self.glue[0] += want.intersection(&got).count();
            self.glue[1] += want.len();
            self.glue[2] += got.len();
        }
    }

    /// F1 of dropped characters, in percent.
    pub(crate) fn drop_f1(&self) -> f64 {
        f1(
            self.noise_dropped,
            self.noise_dropped + self.noise_left,
            self.noise_dropped + self.kept_lost,
        )
    }

    /// Share of the article that was kept, in percent.
    pub(crate) fn keep_recall(&self) -> f64 {
        percent(self.kept_right, self.kept_right + self.kept_lost)
    }
}

impl fmt::Display for Score {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let all = self.kept_right + self.kept_lost + self.noise_left + self.noise_dropped;
        write!(
            f,
            "{} docs, drop F1 {:.2} (P {:.2} R {:.2}), keep recall {:.2}, perfect {} = {:.1} %, emptied {}, labels {:.2}, noise-free untouched {}/{}, glue F1 {:.2}",
            self.docs,
            self.drop_f1(),
            percent(self.noise_dropped, self.noise_dropped + self.kept_lost),
            percent(self.noise_dropped, self.noise_dropped + self.noise_left),
            self.keep_recall(),
            self.perfect,
            percent(self.perfect, self.docs),
            self.emptied,
            percent(self.labels_right, all),
            self.untouched,
            self.noise_free,
            f1(self.glue[0], self.glue[1], self.glue[2]),
        )?;
        if !self.errors.is_empty() {
            let mut most: Vec<_> = self.taken_for.iter().collect();
            most.sort_by_key(|(_, n)| std::cmp::Reverse(**n));
            for ((want, got), n) in most.into_iter().take(12) {
                write!(f, "\n{n} characters of {} taken for {}", want.as_str(), got.as_str())?;
            }
        }
        for error in &self.errors {
            write!(f, "\n{error}")?;
        }
        Ok(())
    }
}

fn percent(part: usize, whole: usize) -> f64 {
    100.0 * part as f64 / whole.max(1) as f64
}

fn f1(right: usize, wanted: usize, found: usize) -> f64 {
    if wanted + found == 0 { 100.0 } else { 200.0 * right as f64 / (wanted + found) as f64 }
}

/// The first or last characters of a text.
fn snippet(text: &str, len: usize, last: bool) -> String {
    let chars: Vec<char> = text.chars().collect();
    if chars.len() <= len {
        return text.to_owned();
    }
    if last { chars[chars.len() - len..].iter().collect() } else { chars[..len].iter().collect() }
}
