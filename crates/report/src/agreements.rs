//! Agreements across documents: one that was signed in one story and is recalled under another
//! wording in the next is one agreement.

use std::collections::{BTreeMap, BTreeSet};

use bantin_document::{EventType, MentionType, Modality};
use bantin_text::atoms::{AtomKind, atoms};
use bantin_text::keys::{syllable_key, unaccented};

use crate::classes::Classes;
use crate::facts::{EntityFact, Evidence};
use crate::ledger::LedgerEvent;
use crate::library::Library;
use crate::names::{Entities, name_or_slug, names_of};
use crate::rows::{AgreementRow, MergedRow, Reference};
use crate::table::Sorted;

/// Share of syllables that two wordings of one agreement have in common: "Kế hoạch phát triển hợp
/// tác quốc phòng song phương giai đoạn 2018-2020" and "Kế hoạch hợp tác phát triển quan hệ hợp
/// tác quốc phòng giai đoạn 2018 - 2020" share 8 of 12.
const SAME_WITH_YEARS: f64 = 0.5;
const SAME_WITHOUT: f64 = 0.8;

/// What a name of an agreement says.
struct Wording {
    /// What kind of paper it is: its first two syllables.
    head: Vec<u64>,
    syllables: BTreeSet<u64>,
    numbers: BTreeSet<String>,
}

impl Wording {
    fn of(name: &str) -> Wording {
        let mut wording =
            Wording { head: Vec::new(), syllables: BTreeSet::new(), numbers: BTreeSet::new() };
        for atom in atoms(name) {
            match atom.kind {
                AtomKind::Digits => drop(wording.numbers.insert(name[atom.span].to_owned())),
                AtomKind::Letters => {
                    let key = syllable_key(&name[atom.span]);
                    if wording.head.len() < 2 {
                        wording.head.push(key);
                    }
                    if !FRAME.contains(&&*unaccented(&name[atom.span])) {
                        wording.syllables.insert(key);
                    }
                }
                AtomKind::Mark => {}
            }
        }
        wording
    }

    fn is_same(&self, other: &Wording) -> bool {
        let shared = self.syllables.intersection(&other.syllables).count();
        let all = self.syllables.union(&other.syllables).count().max(1);
        let wanted = if self.numbers.is_empty() { SAME_WITHOUT } else { SAME_WITH_YEARS };
        self.head == other.head
            && self.numbers == other.numbers
            && shared >= 3
            && shared as f64 / all as f64 >= wanted
    }
}

/// Words around the years that say nothing of the matter: "giai đoạn".
const FRAME: [&str; 4] = ["doan", "giai", "nam", "ve"];

/// Pairs of a wording's id and the id that stands for it: the wording in most documents, of equals
/// the longest.
///
/// Cost: agreements of one kind and the same years are compared pairwise.
pub(crate) fn wordings(entities: &Sorted<EntityFact>) -> Vec<(String, String)> {
    let named: Vec<(&str, &EntityFact, Wording)> = entities
        .iter()
        .filter(|(_, fact)| fact.types.most() == Some(&MentionType::Agr))
        .filter_map(|(id, fact)| Some((id, fact, Wording::of(fact.name()?))))
        .collect();
    let mut classes = Classes::new(named.len());
    let mut alike: BTreeMap<(&[u64], &BTreeSet<String>), Vec<usize>> = BTreeMap::new();
    for (n, (_, _, wording)) in named.iter().enumerate() {
        let others = alike.entry((&wording.head, &wording.numbers)).or_default();
        for &other in others.iter() {
            if named[other].2.is_same(wording) {
                classes.join(other, n);
            }
        }
        others.push(n);
    }
    let weight = |n: usize| (named[n].1.documents, named[n].0.len(), named[n].0);
    let mut leaders: BTreeMap<usize, usize> = BTreeMap::new();
    for n in 0..named.len() {
        let leader = leaders.entry(classes.leader(n)).or_insert(n);
        if weight(n) > weight(*leader) {
            *leader = n;
        }
    }
    let mut merged = Vec::new();
    for (n, (id, _, _)) in named.iter().enumerate() {
        let leader = named[leaders[&classes.leader(n)]].0;
        if *id != leader {
            merged.push(((*id).to_owned(), leader.to_owned()));
        }
    }
    merged
}

/// One row for each agreement, those that were signed first.
pub(crate) fn rows(
    entities: &Entities,
    events: &[LedgerEvent],
    library: &Library<'_>,
) -> Vec<AgreementRow> {
    let mut signings: BTreeMap<&str, Vec<&LedgerEvent>> = BTreeMap::new();
    for event in events.iter().filter(|event| event.kind == EventType::Sign) {
        for id in event.entities_as("agreement") {
            signings.entry(id).or_default().push(event);
        }
    }
    let mut rows: Vec<AgreementRow> = entities
        .facts
        .iter()
        .filter(|(id, fact)| {
            fact.types.most() == Some(&MentionType::Agr) || signings.contains_key(id)
        })
        .map(|(id, fact)| {
            let signings = signings.get(id).map_or(&[][..], Vec::as_slice);
            let merged = entities.merged.get(id).map_or(&[][..], Vec::as_slice);
            let name = name_or_slug(fact.name(), id);
            row(id, name, fact, merged, signings, library.evidence(&fact.evidence))
        })
        .collect();
    let unnamed = events.iter().filter(|event| {
        event.kind == EventType::Sign && event.entities_as("agreement").next().is_none()
    });
    rows.extend(unnamed.map(|event| {
        let nobody = EntityFact { documents: event.documents(), ..EntityFact::default() };
        let words = event.paper().unwrap_or_default().to_owned();
        row(&event.id, words, &nobody, &[], &[event], Vec::new())
    }));
    let rank = |row: &AgreementRow| match row.status.as_str() {
        "signed" => 0,
        "planned" => 1,
        _ => 2,
    };
    rows.sort_by(|a, b| {
        rank(a).cmp(&rank(b)).then(b.documents.cmp(&a.documents)).then(a.id.cmp(&b.id))
    });
    rows
}

fn row(
    id: &str,
    name: String,
    fact: &EntityFact,
    merged: &[MergedRow],
    signings: &[&LedgerEvent],
    mentions: Vec<Evidence>,
) -> AgreementRow {
    let mut references: Vec<Reference> = Vec::new();
    for event in signings {
        for (modality, evidence) in event.evidence_by_modality() {
            let how = match modality {
                Modality::Happened => "signed",
                Modality::Planned => "planned",
                Modality::Recalled => "recalled",
            };
            references.push(Reference { how: how.into(), evidence: evidence.clone() });
        }
    }
    for evidence in mentions {
        let known = |r: &Reference| {
            r.evidence.document == evidence.document
                && r.evidence.start < evidence.end
                && evidence.start < r.evidence.end
        };
        if !references.iter().any(known) {
            references.push(Reference { how: "mentioned".into(), evidence });
        }
    }
    references.sort_by(|a, b| a.evidence.cmp(&b.evidence).then(a.cmp(b)));
    references.dedup_by(|a, b| a.evidence == b.evidence);
    let done = |event: &&&LedgerEvent| event.modality != Modality::Planned;
    let signed = signings.iter().find(done).or(signings.first());
    let status = match signed {
        Some(event) if event.modality != Modality::Planned => "signed",
        Some(_) => "planned",
        None => "mentioned",
    };
    let of = |role: &str| {
        let ids = signings.iter().flat_map(|event| event.entities_as(role));
        ids.map(str::to_owned).collect::<BTreeSet<_>>().into_iter().collect::<Vec<_>>()
    };
    AgreementRow {
        id: id.to_owned(),
        period: period(&name),
        names: names_of(fact),
        name,
        status: status.into(),
        date: signed.map(|event| event.date.clone()),
        parties: of("party"),
        signatories: of("signatory"),
        events: signings.iter().map(|event| event.id.clone()).collect(),
        merged: merged.to_vec(),
        documents: fact.documents,
        references,
    }
}

/// The span of years in a name: "giai đoạn 2018 - 2020" is `2018/2020`.
fn period(name: &str) -> Option<String> {
    let year = |text: &str| {
        (text.len() == 4 && (text.starts_with("19") || text.starts_with("20")))
            .then(|| text.to_owned())
    };
    let all: Vec<_> = atoms(name).map(|atom| &name[atom.span]).collect();
    all.windows(3).find_map(|three| {
        let (from, to) = (year(three[0])?, year(three[2])?);
        (["-", "–", "/", "đến"].contains(&three[1]) && from < to).then(|| format!("{from}/{to}"))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn same(a: &str, b: &str) -> bool {
        Wording::of(a).is_same(&Wording::of(b))
    }

    #[test]
    fn two_wordings_with_the_same_years_are_one_agreement() {
        assert!(same(
            "Kế hoạch hành động phát triển du lịch bền vững giai đoạn 2021-2025",
            "Kế hoạch phát triển du lịch giai đoạn 2021 - 2025"
        ));
    }

    #[test]
    fn other_years_or_another_kind_of_paper_are_another_agreement() {
        let plan = "Kế hoạch hợp tác du lịch giai đoạn 2021-2025";
        assert!(!same(plan, "Kế hoạch hợp tác du lịch giai đoạn 2026-2030"));
        assert!(!same(plan, "Biên bản hợp tác du lịch giai đoạn 2021-2025"));
        assert!(!same("Hiệp định thương mại tự do", "Hiệp định dẫn độ tội phạm"));
    }

    #[test]
    fn the_years_of_a_name_are_its_period() {
        assert_eq!(period("Kế hoạch giai đoạn 2018 – 2020"), Some("2018/2020".into()));
        assert_eq!(period("Nghị định 46/2016/NĐ-CP"), None);
    }
}
