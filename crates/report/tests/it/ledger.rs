//! What counts as one event, one agreement, one story.

use bantin_document::{
    Argument, Document, Entity, Event, EventDate, EventType, Extent, MentionType, Modality, Record,
    Tag,
};
use bantin_report::{EventRow, Report};

use crate::observed;

const MEETING: &str = "Bộ trưởng Lê Minh Khang tiếp ông Petr Ivanov.";

/// An event of Khang and Ivanov, told in `document`.
fn telling(
    kind: EventType,
    modality: Modality,
    value: Option<&str>,
    resolved: Option<&str>,
) -> Event {
    let argument = |role: &str, entity: &str| Argument {
        role: role.into(),
        entity: entity.into(),
        capacity: None,
    };
    Event {
        kind,
        modality,
        trigger: Extent { start: 0, end: "Bộ".len() as u32 },
        arguments: vec![
            argument("host", "per:le-minh-khang"),
            argument("guest", "per:petr-ivanov"),
        ],
        date: value.map(|value| EventDate {
            value: value.into(),
            resolved: resolved.map(Into::into),
            interval: None,
            basis: None,
        }),
        place: None,
        paper: None,
        evidence: Vec::new(),
        rule: None,
    }
}

fn document(id: &str, text: &str, events: Vec<Event>) -> Record {
    let mut document = Document::new(id, text);
    let person = |id: &str, name: &str| Entity {
        id: id.into(),
        kind: MentionType::Per,
        name: name.into(),
        aliases: Vec::new(),
        titles: Vec::new(),
    };
    document.tag = Some(Tag {
        entities: vec![
            person("per:le-minh-khang", "Lê Minh Khang"),
            person("per:petr-ivanov", "Petr Ivanov"),
        ],
        events: Some(events),
        ..Tag::default()
    });
    Record::Document(document)
}

fn report(documents: Vec<(&str, Vec<Event>)>) -> Report {
    let records: Vec<Record> = documents
        .into_iter()
        .map(|(id, events)| document(id, &format!("{MEETING} ({id})"), events))
        .collect();
    observed(&records).finish()
}

fn rows(documents: Vec<(&str, Vec<Event>)>) -> Vec<EventRow> {
    report(documents).events
}

use EventType::{Meet, Reception, Talks};
use Modality::{Happened, Planned, Recalled};

#[test]
fn an_event_that_two_documents_tell_is_one_row_with_both() {
    let rows = rows(vec![
        ("a", vec![telling(Reception, Happened, Some("XXXX-06-05"), Some("2021-06-05"))]),
        ("b", vec![telling(Meet, Recalled, Some("2021-06"), None)]),
    ]);
    assert_eq!(rows.len(), 1);
    assert_eq!((rows[0].kind.as_str(), rows[0].modality.as_str()), ("RECEPTION", "happened"));
    assert_eq!(rows[0].documents, 2);
    assert_eq!(rows[0].date.first.as_deref(), Some("2021-06-05"));
    assert_eq!(rows[0].evidence.len(), 2);
}

#[test]
fn a_paper_without_a_name_is_listed_with_the_words_for_it() {
    let signing = |paper: &str| {
        let start = MEETING.find(paper).expect("words of the text");
        let signing = telling(EventType::Sign, Happened, Some("2021-06-05"), None);
        let paper = Extent { start: start as u32, end: (start + paper.len()) as u32 };
        vec![Event { paper: Some(paper), ..signing }]
    };
    let [usual, other] = ["tiếp ông", "ông"];
    let report = report(vec![("a", signing(usual)), ("b", signing(other)), ("c", signing(usual))]);
    let names: Vec<&str> = report.agreements.iter().map(|row| row.name.as_str()).collect();
    assert_eq!(names, [usual]);
}

#[test]
fn a_plan_that_came_true_happened() {
    let rows = rows(vec![
        ("a", vec![telling(Meet, Planned, Some("2021-06"), None)]),
        ("b", vec![telling(Meet, Happened, Some("2021-06-05"), None)]),
    ]);
    assert_eq!(rows.len(), 1);
    assert_eq!(rows[0].modality, "happened");
    assert_eq!(rows[0].modalities.get("planned"), Some(&1));
}

#[test]
fn keep_apart_what_the_same_people_did_on_another_day() {
    let day = |day| vec![telling(Meet, Happened, Some(day), None)];
    assert_eq!(rows(vec![("a", day("2021-06-05")), ("b", day("2021-06-06"))]).len(), 2);
    assert_eq!(rows(vec![("a", day("2021")), ("b", day("2021-06-06"))]).len(), 2);
}

#[test]
fn keep_apart_a_reception_and_talks_that_one_document_tells_of() {
    let day = Some("2021-06-05");
    let both =
        || vec![telling(Reception, Happened, day, None), telling(Talks, Happened, day, None)];
    assert_eq!(rows(vec![("a", both()), ("b", both())]).len(), 2);
}

#[test]
fn keep_apart_open_dates_of_different_stories() {
    let open = |value| vec![telling(Meet, Happened, value, None)];
    assert_eq!(rows(vec![("a", open(None)), ("b", open(None))]).len(), 2);
    // The same day of a year that neither settles is the same day.
    let rows = rows(vec![("a", open(Some("XXXX-08-07"))), ("b", open(Some("XXXX-08-07TMO")))]);
    assert_eq!(rows.len(), 1);
    assert_eq!(rows[0].id, "meet:le-minh-khang+petr-ivanov:a");
}

#[test]
fn a_story_told_twice_counts_once() {
    let text: String =
        (0..60).map(|n| format!("Bộ thứ {n} đã thăm nhà máy số {n} ở tỉnh {n}. ")).collect();
    let event = || vec![telling(Meet, Happened, None, None)];
    let records = [
        document("a", &text, event()),
        document("b", &format!("{text}Theo Báo Ngày Mới."), event()),
        document("c", MEETING, Vec::new()),
    ];
    let report = observed(&records).finish();
    assert_eq!(report.corpus.documents, 3);
    assert_eq!(report.corpus.stories, Some(2));
    assert_eq!(report.stories.len(), 1);
    assert_eq!(report.stories[0].documents, ["a", "b"]);
    assert_eq!(report.events.len(), 1, "one story tells one event, dated or not");
    assert_eq!((report.events[0].documents, report.events[0].stories), (2, Some(1)));
}
