//! The labels of the model: a kind of zone, begun or going on.

use bantin_document::ZoneKind;

/// Kinds that the model tells apart, in the order of their labels. Headline and standfirst are
/// body to it: their place in the layout decides. What only rules can find is `Other`.
const KINDS: [ZoneKind; 8] = [
    ZoneKind::Body,
    ZoneKind::Caption,
    ZoneKind::PhotoCredit,
    ZoneKind::Byline,
    ZoneKind::SourceCredit,
    ZoneKind::Related,
    ZoneKind::Promo,
    ZoneKind::Other,
];

/// Number of labels: each kind twice.
pub(crate) const COUNT: usize = 2 * KINDS.len();

/// The label of a kind; `going_on` behind a weak cut inside a zone.
pub(crate) fn of(kind: ZoneKind, going_on: bool) -> u8 {
    let kind = if kind.is_kept() { ZoneKind::Body } else { kind };
    let at = KINDS.iter().position(|k| *k == kind).unwrap_or(KINDS.len() - 1);
    (2 * at) as u8 + u8::from(going_on)
}

/// The kind of a label.
pub(crate) fn kind(label: usize) -> ZoneKind {
    KINDS[label / 2]
}

/// True for the label of a zone that goes on.
pub(crate) fn goes_on(label: usize) -> bool {
    label % 2 == 1
}

/// A zone goes on only as what it is.
pub(crate) fn allowed(from: usize, to: usize) -> bool {
    !goes_on(to) || from / 2 == to / 2
}
