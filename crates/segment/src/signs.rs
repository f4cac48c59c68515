//! What a surface form alone is a sign of; remembered with it, so that sentences without the sign
//! are not looked over again.

/// A set of signs, one bit each.
pub(crate) type Signs = u8;

/// A country of one syllable.
pub(crate) const COUNTRY: Signs = 1;

/// A mark or word that addresses of the web and of mail have.
pub(crate) const ADDRESS: Signs = 2;

/// Countries of one syllable, behind which a foreign name is that of a person or a company: `Ngoại
/// trưởng Nga | Antonov`. Sorted by bytes.
const COUNTRIES: [&str; 11] =
    ["Anh", "Bỉ", "Lào", "Mỹ", "Nga", "Nhật", "Pháp", "Áo", "Úc", "Ý", "Đức"];

/// The signs of a surface form.
pub(crate) fn of(surface: &str) -> Signs {
    if COUNTRIES.binary_search(&surface).is_ok() {
        COUNTRY
    } else if matches!(surface, "@" | "/") || surface.eq_ignore_ascii_case("www") {
        ADDRESS
    } else {
        0
    }
}
