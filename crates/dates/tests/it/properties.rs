//! What holds for any text: spans in order and on boundaries, and linear time.

use std::time::Instant;

use bantin_dates::{Timeline, find};
use proptest::prelude::*;

const PIECES: &[&str] = &[
    "ngày ",
    "tháng ",
    "năm ",
    "sáng ",
    "20",
    "11",
    "/",
    "-",
    ".",
    ",",
    " ",
    "2018",
    "cùng ",
    "hôm ",
    "qua ",
    "thứ ",
    "hai ",
    "Bảy ",
    "đến ",
    "và ",
    "từ ",
    "giai đoạn ",
    "quý ",
    "I ",
    "mùng ",
    "Tết ",
    "8h30 ",
    "(",
    ")",
    "\n",
    "âm lịch ",
    "đầu ",
    "trung tuần ",
    "những ",
    "mười ",
    "vừa qua ",
    "🚀",
];

fn check(text: &str) -> Result<(), TestCaseError> {
    let found = find(text);
    let timeline = Timeline::infer(text, &found);
    let mut at = 0;
    for expression in &found {
        prop_assert!(expression.span.start() >= at && !expression.span.is_empty());
        at = expression.span.end();
        let surface = &text[expression.span]; // on boundaries, else this panics
        prop_assert!(
            !surface.starts_with(char::is_whitespace) && !surface.ends_with(char::is_whitespace)
        );
        prop_assert!(bantin_dates::rules::RULES.iter().any(|r| r.code == expression.rule));
        timeline.resolve(expression);
    }
    Ok(())
}

proptest! {
    #[test]
    fn spans_are_in_order_on_any_text(text in any::<String>()) {
        check(&text)?;
    }

    #[test]
    fn spans_are_in_order_on_pieces_of_dates(pieces in prop::collection::vec(prop::sample::select(PIECES), 0..24)) {
        check(&pieces.concat())?;
    }
}

#[test]
fn long_lines_cost_no_more_per_byte() {
    let time = |text: &str| {
        let start = Instant::now();
        find(text);
        start.elapsed().as_secs_f64()
    };
    for piece in ["ngày 20, ", "20-", "tháng 5, ", "năm ", "1.000.", "từ 4 đến "] {
        let (short, long) = (piece.repeat(20_000), piece.repeat(100_000));
        time(&short);
        let (short, long) = (time(&short), time(&long));
        assert!(
            long < 5.0 * short * 4.0 + 0.2,
            "{piece:?}: {short} s, five times as long {long} s"
        );
    }
}
