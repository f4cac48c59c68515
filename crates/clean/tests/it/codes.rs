//! Every code fires in a fixture and holds back in another.

use std::collections::BTreeSet;
use std::path::Path;

use bantin_clean::codes;

use crate::render;

/// For each code a fixture where it might be thought to fire and does not.
const HOLDS_BACK: &[(&str, &str)] = &[
    ("C101", "layout/keep_long_first_line_with_a_stop"),
    ("C102", "layout/keep_second_of_many_lines"),
    ("C103", "dateline/keep_bracket_in_sentence"),
    ("C104", "photo_credit/keep_photo_in_sentence"),
    ("C105", "photo_credit/keep_bracket_without_owner"),
    ("C106", "photo_credit/keep_note_with_a_verb"),
    ("C107", "caption/keep_sentence_above_a_blank_line"),
    ("C108", "caption/keep_long_line_behind_file_name"),
    ("C109", "caption/few_pictures_are_no_gallery"),
    ("C110", "byline/keep_name_in_the_middle"),
    ("C111", "byline/keep_slash_in_sentence"),
    ("C112", "source_credit/keep_theo_sentence"),
    ("C113", "source_credit/keep_agency_in_sentence"),
    ("C114", "related/keep_sign_in_sentence"),
    ("C115", "related/keep_header_words_in_sentence"),
    ("C116", "related/keep_xem_them_in_sentence"),
    ("C117", "related/keep_press_in_sentence"),
    ("C118", "related/keep_bracket_in_sentence"),
    ("C119", "related/keep_refrain_of_a_song"),
    ("C120", "tags/keep_topic_in_sentence"),
    ("C121", "promo/keep_hotline_in_quote"),
    ("C122", "timestamp/keep_date_in_sentence"),
    ("C123", "separator/keep_lone_ellipsis"),
    ("C124", "slug/keep_line_in_english"),
    ("C125", "other/keep_address_in_sentence"),
    ("C126", "comment/keep_interview"),
    ("C127", "nav/keep_word_in_sentence"),
    ("C128", "related/keep_sign_in_sentence"),
    ("C129", "caption/keep_in_picture_without_credit"),
    ("C180", "user/keep_cue_in_sentence"),
    ("C181", "user/keep_pointer_without_veto"),
    ("C182", "user/keep_line_of_one_page"),
    ("C190", "caption/keep_full_sentence"),
    ("C201", "edits/keep_whole"),
    ("C202", "edits/keep_whole"),
    ("C203", "edits/keep_whole"),
    ("C204", "edits/keep_whole"),
    ("C205", "edits/keep_whole"),
    ("C206", "edits/keep_whole"),
    ("C211", "edits/keep_names_and_numbers"),
    ("C212", "edits/keep_names_and_numbers"),
    ("C213", "edits/keep_names_and_numbers"),
    ("C214", "edits/keep_names_and_numbers"),
    ("C215", "edits/keep_names_and_numbers"),
    ("C216", "edits/keep_names_and_numbers"),
    ("C217", "edits/keep_foreign_marks"),
];

/// The codes of a fixture's zones and edits.
fn fired(path: &Path) -> BTreeSet<String> {
    let rendered = render::fixture(path);
    let words = rendered.lines().filter(|line| !line.starts_with("meta")).flat_map(|line| {
        line.split_whitespace().take(3).filter(|word| word.starts_with('C') && word.len() == 4)
    });
    words.map(str::to_owned).collect()
}

#[test]
fn every_code_fires_in_some_fixture() {
    let mut missing: BTreeSet<_> = codes().map(|(code, _)| code).collect();
    for topic in std::fs::read_dir("../../fixtures/clean").expect("the fixtures are there") {
        let fixtures = topic.expect("a folder").path().read_dir().expect("a folder");
        for fixture in fixtures.map(|f| f.expect("a file").path()) {
            if fixture.extension().is_some_and(|e| e == "txt") {
                fired(&fixture).iter().for_each(|code| {
                    missing.remove(code.as_str());
                });
            }
        }
    }
    assert!(missing.is_empty(), "{missing:?} fire nowhere");
}

#[test]
fn every_code_holds_back_where_its_fixture_says() {
    let known: Vec<_> = codes().map(|(code, _)| code).collect();
    let mut listed: Vec<_> = HOLDS_BACK.iter().map(|(code, _)| *code).collect();
    assert!(known.iter().all(|code| listed.contains(code)), "a code without a fixture");
    listed.retain(|code| !known.contains(code));
    assert!(listed.is_empty(), "{listed:?} are no codes");
    for (code, fixture) in HOLDS_BACK {
        let path = format!("../../fixtures/clean/{fixture}.txt");
        let fired = fired(Path::new(&path));
        assert!(!fired.contains(*code), "{code} fires in {fixture}");
    }
}
