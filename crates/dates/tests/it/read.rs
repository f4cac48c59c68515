//! Expressions with their values, over the fixtures and the seeds.

use bantin_dates::{Day, Timeline, find};

/// One line an expression: rule, value, surface, and what the text makes of it.
fn render(text: &str) -> String {
    let found = find(text);
    let timeline = Timeline::infer(text, &found);
    let mut out = String::new();
    if let Some(interval) = timeline.interval() {
        out += &format!("document {} because {}\n", interval.value, interval.basis);
    }
    for expression in &found {
        out += &format!(
            "{} {:24} {:?}",
            expression.rule,
            expression.value.to_string(),
            &text[expression.span]
        );
        if let Some(resolution) = timeline.resolve(expression) {
            out += &format!(" = {}", resolution.value);
        }
        out.push('\n');
    }
    out
}

#[test]
fn fixtures() {
    insta::glob!("../../../../fixtures/dates", "*/*.txt", |path| {
        insta::assert_snapshot!(render(&std::fs::read_to_string(path).unwrap()));
    });
}

#[test]
fn seeds() {
    insta::glob!("../../../../seeds", "*.txt", |path| {
        insta::assert_snapshot!(render(&std::fs::read_to_string(path).unwrap()));
    });
}

#[test]
fn a_known_day_resolves_what_is_counted_from_it() {
    let text = "Hôm qua, tối thứ Bảy, tháng 11, tuần trước, 28/12, năm ngoái, quý I, tháng 1 tới.";
    let timeline = Timeline::known(Day::new(2017, 1, 4).unwrap(), "document date");
    let resolved: Vec<_> = find(text)
        .iter()
        .map(|e| {
            format!("{} = {}", &text[e.span], timeline.resolve(e).map_or("-".into(), |r| r.value))
        })
        .collect();
    insta::assert_snapshot!(resolved.join("\n"));
}
