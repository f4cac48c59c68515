//! The rules by code, for `bantin explain`.

/// One rule: its code and what it says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Rule {
    /// `D402`
    pub code: &'static str,
    /// A sentence with an example.
    pub says: &'static str,
}

/// All rules of the grammar, by code.
pub const RULES: &[Rule] = &[
    Rule { code: "D401", says: "A day and month in words: ngày 5 tháng 9 năm 2017." },
    Rule {
        code: "D402",
        says: "A day in figures with a trigger or a year: sáng 12/7, 20-11-2019.",
    },
    Rule { code: "D403", says: "A day of the month alone: ngày 20." },
    Rule { code: "D404", says: "Days that share a month: từ ngày 20 đến 25/11." },
    Rule { code: "D405", says: "A day of the week, not an ordinal: tối thứ Bảy." },
    Rule { code: "D406", says: "A week or weekend counted from the document: tuần trước." },
    Rule { code: "D407", says: "A day or month of the lunar calendar: rằm tháng Giêng." },
    Rule { code: "D410", says: "A day counted from the day of the document: hôm qua, sáng mai." },
    Rule { code: "D411", says: "A day, month or year that the text named before: cùng ngày." },
    Rule { code: "D421", says: "A month: tháng 5/2019." },
    Rule { code: "D422", says: "A month counted from the document: tháng trước." },
    Rule { code: "D423", says: "A quarter, half or some months of a year: quý II/2017." },
    Rule { code: "D424", says: "A year, or years in a row: năm 2018, 1950-2020." },
    Rule { code: "D425", says: "A year counted from the document: năm ngoái." },
    Rule {
        code: "D426", says: "Years behind a word for a stretch of time: giai đoạn 2021-2030."
    },
    Rule { code: "D427", says: "A season of a year: mùa hè 2017." },
    Rule { code: "D428", says: "A decade or century: những năm 1980, thế kỷ XX." },
    Rule { code: "D429", says: "A length of time: ba năm." },
    Rule { code: "D431", says: "The first ten days of a month: thượng tuần tháng 5." },
    Rule { code: "D432", says: "The middle ten days of a month: trung tuần tháng 5." },
    Rule { code: "D433", says: "The last ten days of a month: hạ tuần tháng 5." },
    Rule { code: "D450", says: "The number of an event in a row, no date: lần thứ 7." },
];
