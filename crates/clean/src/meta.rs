//! What the text says of itself: headline, author, publisher, place, date.

use bantin_document::{Meta, MetaValue, Spanned, Zone, ZoneKind};
use bantin_text::Span;

/// Behind a name that signs the article, or before it, stands at most this part of it: what a
/// longer text has in its midst names somebody else.
const MARGIN: f32 = 0.2;

/// Words for a source that name nobody, and where pages are shared and found. Lower case, sorted.
const NOBODY: [&str; 13] = [
    "facebook",
    "fanpage",
    "google",
    "google news",
    "instagram",
    "sưu tầm",
    "t/h",
    "telegram",
    "tiktok",
    "twitter",
    "tổng hợp",
    "youtube",
    "zalo",
];

/// Reads the metadata out of the zones: author and publisher of those at the head and the end of
/// the article, before its readers speak.
pub(crate) fn read(text: &str, zones: &[Zone]) -> Meta {
    let mut meta = Meta::default();
    let length = |zone: &Zone| if zone.kind == ZoneKind::Body { zone.span().len() } else { 0 };
    let margin = zones.iter().map(length).sum::<usize>() as f32 * MARGIN;
    let (mut before, mut behind) = (0, zones.iter().map(length).sum::<usize>());
    for zone in zones {
        let span = zone.span().trim(text);
        let surface = &text[span];
        before += length(zone);
        behind -= length(zone);
        let signs = before as f32 <= margin || behind as f32 <= margin;
        match zone.kind {
            ZoneKind::Comment if before > 0 => break,
            ZoneKind::Byline | ZoneKind::SourceCredit if !signs => {}
            ZoneKind::Title if meta.title.is_none() => {
                meta.title = Some(MetaValue::new(span, surface));
            }
            ZoneKind::Byline => byline(text, span, &mut meta),
            ZoneKind::SourceCredit => {
                let name = source_name(text, span);
                set(&mut meta.publisher, text, name);
            }
            ZoneKind::Dateline => dateline(text, span, &mut meta),
            ZoneKind::Timestamp if meta.date.is_none() => {
                if let Some((at, value)) = date(surface) {
                    let span = Span::new(span.start() + at.start(), span.start() + at.end());
                    meta.date = Some(MetaValue::new(span, value));
                }
            }
            _ => {}
        }
    }
    meta
}

fn set(field: &mut Option<MetaValue>, text: &str, span: Option<Span>) {
    let nobody = |s: &Span| NOBODY.binary_search(&&*text[*s].to_lowercase()).is_ok();
    if let Some(span) = span.filter(|s| field.is_none() && !s.is_empty() && !nobody(s)) {
        *field = Some(MetaValue::new(span, &text[span]));
    }
}

/// A part of a span, without white space and marks around it.
fn part(text: &str, start: usize, end: usize) -> Option<Span> {
    let surface = &text[start..end];
    let trimmed = surface.trim_matches(|c: char| !c.is_alphanumeric());
    (!trimmed.is_empty()).then(|| {
        let from = start + (trimmed.as_ptr() as usize - surface.as_ptr() as usize);
        Span::new(from, from + trimmed.len())
    })
}

/// `Hoàng Yến/VOV.VN`, `Phúc Vũ - Thể thao Việt Nam`, `Tin, ảnh: Huyền Trang`, `Q.D (Tổng hợp)`.
fn byline(text: &str, span: Span, meta: &mut Meta) {
    let surface = &text[span];
    let start = match surface.find(':') {
        Some(colon) if colon < 24 => colon + 1,
        _ => 0,
    };
    let rest = &surface[start..];
    let end = start + rest.find(['(', '/']).unwrap_or(rest.len());
    let dash = surface[start..end].find(" - ").map(|i| start + i);
    let at = span.start();
    match dash {
        // Two names joined by a dash are two authors; what has "Việt Nam" in it is a paper.
        Some(dash)
            if surface[dash..end].split_whitespace().count() > 4
                || surface[dash..end].contains("Việt Nam") =>
        {
            set(&mut meta.author, text, part(text, at + start, at + dash));
            set(&mut meta.publisher, text, part(text, at + dash + 3, at + end));
        }
        _ => {
            set(&mut meta.author, text, part(text, at + start, at + end));
            if surface[end..].starts_with('/') {
                let stop = surface[end..].find(" - ").map_or(surface.len(), |i| end + i);
                set(&mut meta.publisher, text, part(text, at + end + 1, at + stop));
            }
        }
    }
}

/// `Theo VOV`, `(Theo AFP)`, `(QĐND Online)`, `Nguồn: Daily Mail`.
fn source_name(text: &str, span: Span) -> Option<Span> {
    let surface = &text[span];
    let mut start = surface.find(|c: char| c.is_alphanumeric())?;
    for head in ["Theo ", "theo ", "Nguồn: ", "Nguồn:", "Nguồn "] {
        if surface[start..].starts_with(head) {
            start += head.len();
            break;
        }
    }
    part(text, span.start() + start, span.end())
}

/// `(Baonghean.vn) -` names a paper, `Hà Nội (TTXVN) -` a place and an agency, `Bình Dương` a place.
fn dateline(text: &str, span: Span, meta: &mut Meta) {
    let surface = &text[span];
    let at = span.start();
    let (place, paper) = match (surface.find('('), surface.find(')')) {
        (Some(open), Some(close)) if open < close => {
            (part(text, at, at + open), part(text, at + open, at + close))
        }
        _ => (part(text, at, span.end()), None),
    };
    let is_paper = |s: Span| {
        let name = &text[s];
        name.contains(['.', '&']) || !name.contains(' ')
    };
    match (place, paper) {
        (Some(place), None) if is_paper(place) => set(&mut meta.publisher, text, Some(place)),
        (place, paper) => {
            set(&mut meta.place, text, place);
            set(&mut meta.publisher, text, paper);
        }
    }
}

/// The date in `17:09 14/03/2022` or `2017-06-22 08:35` as `YYYY-MM-DD`, and where it stands.
fn date(surface: &str) -> Option<(Span, String)> {
    let bytes = surface.as_bytes();
    let mut at = 0;
    while at < bytes.len() {
        if !bytes[at].is_ascii_digit() {
            at += 1;
            continue;
        }
        let end = at + bytes[at..].iter().take_while(|b| !b.is_ascii_whitespace()).count();
        let word = surface[at..end].trim_end_matches([',', '.', ')']);
        let numbers: Vec<&str> = word.split(['/', '-', '.']).collect();
        if let [a, b, c] = numbers.as_slice()
            && let (Ok(x), Ok(month), Ok(z)) = (a.parse(), b.parse(), c.parse())
        {
            let (year, day): (u32, u32) = if a.len() == 4 { (x, z) } else { (z, x) };
            if (1900..2200).contains(&year) && (1..=12).contains(&month) && (1..=31).contains(&day)
            {
                let month: u32 = month;
                let span = Span::new(at, at + word.len());
                return Some((span, format!("{year:04}-{month:02}-{day:02}")));
            }
        }
        at = end.max(at + 1);
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The metadata of zones that stand one behind the other.
    fn of(parts: &[(ZoneKind, &str)]) -> (Option<String>, Option<String>) {
        let mut text = String::new();
        let mut zones = Vec::new();
        for (kind, part) in parts {
            let start = text.len();
            text.push_str(part);
            text.push('\n');
            zones.push(Zone::new(Span::new(start, text.len()), *kind));
        }
        let meta = read(&text, &zones);
        (meta.author.map(|a| a.value), meta.publisher.map(|p| p.value))
    }

    const BODY: (ZoneKind, &str) =
        (ZoneKind::Body, "Hai bên trao đổi về hợp tác nghề cá và mở cửa chợ cá mới ở cảng.");

    #[test]
    fn names_at_the_head_and_the_end_sign_the_article() {
        let author = (ZoneKind::Byline, "Lê Hoa");
        let paper = (ZoneKind::SourceCredit, "Theo Báo Biển");
        let signed = (Some("Lê Hoa".to_owned()), Some("Báo Biển".to_owned()));
        assert_eq!(of(&[author, BODY, BODY, paper]), signed);
        assert_eq!(of(&[BODY, (ZoneKind::Related, "Chợ cá đêm"), author, paper]), signed);
        // A line that was left behind does not make it the midst.
        assert_eq!(of(&[BODY, BODY, author, paper, (ZoneKind::Body, "In bài")]), signed);
        assert_eq!(of(&[author, paper]), signed);
    }

    #[test]
    fn keep_names_of_readers_and_of_the_midst_out() {
        let reader = (ZoneKind::Byline, "Bạn Đọc Vui");
        let comment = (ZoneKind::Comment, "Bài hay quá!");
        assert_eq!(of(&[BODY, comment, reader]), (None, None));
        assert_eq!(of(&[BODY, BODY, reader, BODY, BODY]), (None, None));
        let shared = (ZoneKind::SourceCredit, "Theo Google News");
        assert!(NOBODY.is_sorted());
        let found = (ZoneKind::Byline, "Tổng hợp");
        assert_eq!(of(&[BODY, shared, found]), (None, None));
    }
}
