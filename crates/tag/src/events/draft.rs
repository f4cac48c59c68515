//! One telling of an event, before all tellings of it are one record.

use bantin_document::{EventType, Extent, MentionType, Modality};

use super::clause::Clause;
use super::extent;
use super::triggers::Trigger;
use super::when::When;
use crate::identity::Cast;

/// A trigger in its sentence.
#[derive(Clone, Copy)]
pub(super) struct Found<'t, 'c> {
    pub(super) clause: &'t Clause<'c>,
    pub(super) cast: &'t Cast,
    pub(super) trigger: &'static Trigger,
    /// Its first atom.
    pub(super) at: usize,
    /// Behind its last atom.
    pub(super) next: usize,
    /// The first verb of saying before it.
    pub(super) cue: Option<usize>,
}

impl Found<'_, '_> {
    /// Whose deed it is. After a verb of saying only what has its own subject is told; the rest
    /// is talked about.
    pub(super) fn subject(&self) -> Option<Vec<usize>> {
        let Found { clause, at, cue, .. } = *self;
        clause.subject(at).or_else(|| {
            let joined = at > clause.sentence.atoms.start
                && ["và", ",", ";", "đã", "sẽ", "đồng", "thời", "cũng", "có"]
                    .iter()
                    .any(|w| clause.is(at - 1, w));
            (joined && cue.is_none())
                .then(|| clause.main_subject().filter(|(_, end)| *end <= at).map(|(s, _)| s))?
        })
    }

    /// An event of which no more is known than what names it.
    pub(super) fn draft(&self) -> Draft {
        let Found { clause, at, next, trigger, .. } = *self;
        Draft::new(trigger.kind, trigger.shape.rule(), clause, at, next)
    }
}

/// An event of one sentence.
#[derive(Clone, Debug)]
pub(super) struct Draft {
    pub(super) kind: EventType,
    /// Code of the way in which it is told.
    pub(super) rule: &'static str,
    pub(super) modality: Modality,
    pub(super) trigger: Extent,
    /// Role and entity.
    pub(super) arguments: Vec<(&'static str, usize)>,
    /// The date that the sentence gives it.
    pub(super) date: Option<When>,
    /// The date is that of what was told before.
    pub(super) inherited: bool,
    /// Only the month of the story is known: a visit lasts longer than its day.
    pub(super) month_only: bool,
    pub(super) place: Option<usize>,
    /// The kind of paper that is signed, as its place in a list.
    pub(super) paper: Option<usize>,
    /// The words for it.
    pub(super) described: Option<Extent>,
    pub(super) evidence: Vec<Extent>,
    /// Told in a noun phrase, looking at something known.
    pub(super) nominal: bool,
    /// Nothing in its sentence says whether it is the news or is recalled.
    /// What it is then, where the rest of the story does not say either.
    pub(super) unsure: Option<Modality>,
    /// A date stands before it, be it its own or not: the day of what was told before is not its.
    pub(super) timed: bool,
    pub(super) in_title: bool,
}

impl Draft {
    /// An event that the atoms from `at` up to `next` tell of: it happened, more is not known.
    pub(super) fn new(
        kind: EventType,
        rule: &'static str,
        clause: &Clause<'_>,
        at: usize,
        next: usize,
    ) -> Draft {
        Draft {
            kind,
            rule,
            modality: Modality::Happened,
            trigger: extent(clause, at, next),
            arguments: Vec::new(),
            date: None,
            inherited: false,
            month_only: false,
            place: None,
            paper: None,
            described: None,
            evidence: vec![clause.sentence.span.into()],
            nominal: false,
            unsure: None,
            timed: false,
            in_title: clause.sentence.zone == bantin_document::ZoneKind::Title,
        }
    }

    /// The people, or else organisations and countries, who take part.
    pub(super) fn actors(&self, cast: &Cast) -> Vec<usize> {
        let of = |people: bool| {
            let mut found: Vec<usize> = self
                .arguments
                .iter()
                .map(|(_, e)| *e)
                .filter(|e| (cast.entities[*e].kind == MentionType::Per) == people)
                .filter(|e| {
                    matches!(
                        cast.entities[*e].kind,
                        MentionType::Per | MentionType::Org | MentionType::Loc
                    )
                })
                .collect();
            found.sort_unstable();
            found.dedup();
            found
        };
        let people = of(true);
        if people.is_empty() { of(false) } else { people }
    }

    /// Adds those who are not in yet.
    pub(super) fn push(&mut self, role: &'static str, entities: &[usize]) {
        for entity in entities {
            if !self.arguments.iter().any(|(_, e)| e == entity) {
                self.arguments.push((role, *entity));
            }
        }
    }
}
