//! What a user can tell the stage: rules, a profile, which mistake is worse; and what it answers.

use bantin_clean::{Cleaner, Favor, Profile, Rules, codes, explain};
use bantin_document::{Document, FlagKind, Spanned, ZoneKind};

const BODY: &str =
    "Hai bên đánh giá cao kết quả hợp tác trong năm qua và nhất trí triển khai các kế hoạch.\n";

fn kind_of(cleaner: &Cleaner, text: &str, surface: &str) -> (ZoneKind, Option<String>) {
    let mut document = Document::new("test", text);
    cleaner.annotate(&mut document);
    let at = document.span_of(surface);
    let zones = &document.clean.as_ref().expect("the layer").zones;
    let zone = zones.iter().find(|z| z.span().contains(at)).expect("zones cover the text");
    (zone.kind, zone.rule.as_ref().map(|code| code.to_string()))
}

#[test]
fn a_cue_of_the_user_opens_its_zone() {
    let text = format!("Hợp tác vùng biên\n{BODY}Quét mã để tải ứng dụng báo vùng\n{BODY}");
    let rules = Rules::from_toml("[cues]\npromo = [\"quét mã\"]").expect("good rules");
    let cleaner = Cleaner::default().ruled(rules);
    let found = kind_of(&cleaner, &text, "Quét mã để tải");
    assert_eq!(found, (ZoneKind::Promo, Some("C180".to_owned())));
}

#[test]
fn a_veto_of_the_user_keeps_its_sentence() {
    let text = format!("Hợp tác vùng biên\n{BODY}>> Những cây cầu đẹp nhất miền Bắc\n{BODY}");
    assert_eq!(kind_of(&Cleaner::default(), &text, "Những cây cầu").0, ZoneKind::Related);
    let rules = Rules::from_toml("[veto]\nphrases = [\"cây cầu đẹp\"]").expect("good rules");
    let cleaner = Cleaner::default().ruled(rules);
    assert_eq!(kind_of(&cleaner, &text, "Những cây cầu").0, ZoneKind::Body);
}

#[test]
fn bad_rules_say_what_is_wrong() {
    let message = |text: &str| Rules::from_toml(text).expect_err("bad rules").to_string();
    assert!(message("[cues]\nbody = [\"a\"]").contains("names the zone \"body\""));
    assert!(message("[cues]\npromo = [\"...\"]").contains("without a word"));
    assert!(message("[veto]\nwords = []").contains("unknown field"));
}

#[test]
fn a_block_that_recurs_across_a_site_goes() {
    let line = "Tòa soạn báo Vùng Biên số 12 phố Huế";
    // Blocks are blind to digits, so the stories differ in a word.
    let text = |n: u8| {
        let village = char::from(b'A' + n);
        format!(
            "Chuyện của bản {village}{village}\n{BODY}Bản {village}{village} nằm bên sông, cách chợ một giờ đi bộ.\n{line}\n"
        )
    };
    let (mut first, mut second) = (Profile::default(), Profile::default());
    for n in 0..20u8 {
        let profile = if n % 2 == 0 { &mut first } else { &mut second };
        profile.observe(&Document::new("a", text(n)));
    }
    let mut merged = second.clone();
    merged.merge(&first);
    first.merge(&second);
    assert_eq!(first, merged);
    assert_eq!(Profile::from_bytes(&first.to_bytes()), Ok(first.clone()));
    assert!(Profile::from_bytes(b"bantsite").is_err());
    let bytes = first.to_bytes();
    assert!(Profile::from_bytes(&bytes[..bytes.len() - 12]).is_err(), "a block is missing");
    let cleaner = Cleaner::default().profiled(first);
    assert!(!kind_of(&cleaner, &text(25), line).0.is_kept());
    assert_ne!(kind_of(&cleaner, &text(25), "Bản ZZ nằm").1.as_deref(), Some("C182"));
}

#[test]
fn favoring_recall_never_keeps_more_than_favoring_precision() {
    let seeds = std::fs::read_dir("../../seeds").expect("the seeds are there");
    for seed in seeds {
        let text = std::fs::read_to_string(seed.expect("a file").path()).expect("text");
        let kept = |favor: Favor| {
            let mut document = Document::new("a", text.clone());
            Cleaner::default().favoring(favor).annotate(&mut document);
            document.view().text().len()
        };
        assert!(kept(Favor::Recall) <= kept(Favor::Balanced));
        assert!(kept(Favor::Balanced) <= kept(Favor::Precision));
    }
}

#[test]
fn every_zone_is_explained() {
    let text = format!("Hợp tác vùng biên\n{BODY}Lễ ký tại Hà Nội. Ảnh: Phương Linh\n{BODY}");
    let mut document = Document::new("a", text.clone());
    let cleaner = Cleaner::default();
    cleaner.annotate(&mut document);
    let zones = document.clean.clone().expect("the layer").zones;
    for zone in &zones {
        let explanation = cleaner.explain(&document, zone.start as usize).expect("a zone");
        assert_eq!(explanation.zone, *zone);
        assert_eq!(explanation.words.is_some(), zone.rule.is_some());
    }
    let caption = cleaner.explain(&document, text.find("Lễ ký").expect("there")).expect("a zone");
    assert!(!caption.reasons.is_empty());
    assert_eq!(cleaner.explain(&document, text.len() + 7), None);
}

#[test]
fn a_decision_of_the_model_is_explained_by_what_it_was_taken_on() {
    let cleaner = Cleaner::default();
    let (mut went, mut stayed) = (0, 0);
    for seed in std::fs::read_dir("../../seeds").expect("the seeds are there") {
        let text = std::fs::read_to_string(seed.expect("a seed").path()).expect("a text");
        let mut document = Document::new("a", text);
        cleaner.annotate(&mut document);
        for zone in document.clean.clone().expect("the layer").zones {
            let why = cleaner.explain(&document, zone.start as usize).expect("a zone");
            match (why.verdict, zone.confidence) {
                (Some(verdict), Some(_)) => {
                    assert!(verdict.noise >= verdict.wanted, "{why:?}");
                    went += 1;
                }
                (Some(_), None) => stayed += usize::from(zone.kind.is_kept()),
                (None, confidence) => assert_eq!(confidence, None, "{why:?}"),
            }
        }
    }
    assert!(went > 0 && stayed > 0);
}

#[test]
fn codes_are_unique_and_have_words() {
    let mut all: Vec<_> = codes().map(|(code, _)| code).collect();
    all.sort_unstable();
    assert!(all.windows(2).all(|pair| pair[0] != pair[1]), "{all:?}");
    assert!(all.iter().all(|code| explain(code).is_some_and(|words| words.len() > 10)));
}

#[test]
fn machine_translation_is_flagged_with_its_traces() {
    let text = std::fs::read_to_string("../../seeds/002_dffe5405633b3fb6.txt").expect("a seed");
    let mut document = Document::new("a", text);
    Cleaner::default().annotate(&mut document);
    let flags = &document.clean.as_ref().expect("the layer").flags;
    assert!(flags.iter().any(|f| f.kind == FlagKind::MachineTranslated && f.spans.len() >= 3));
}
