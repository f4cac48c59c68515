//! The five seeds and the fixtures, span by span.

use crate::render;

#[test]
fn seeds_are_cleaned() {
    insta::glob!("../../../../seeds", "*.txt", |path| {
        let text = std::fs::read_to_string(path).expect("a seed is text");
        insta::assert_snapshot!(render::clean(&text));
    });
}

#[test]
fn fixtures_are_cleaned() {
    insta::glob!("../../../../fixtures/clean", "*/*.txt", |path| {
        insta::assert_snapshot!(render::fixture(path));
    });
}
