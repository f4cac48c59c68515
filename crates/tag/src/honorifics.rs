//! Words that stand before a name and are no title.

/// How people are addressed, in lower case.
pub(crate) const HONORIFICS: [&str; 14] = [
    "anh",
    "bà",
    "bác",
    "chú",
    "chị",
    "cô",
    "em",
    "mr",
    "mrs",
    "ngài",
    "thầy",
    "ông",
    "đ/c",
    "đồng chí",
];

/// Said of an office: it was held, or is held since lately.
pub(crate) const FORMERLY: [&str; 4] = ["cố", "cựu", "nguyên", "tân"];
