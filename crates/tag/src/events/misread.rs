//! Words that look like a trigger and are part of another word.

use super::clause::Clause;
use super::triggers::Trigger;

/// Words that look like a trigger and are part of another word.
pub(super) fn misread(clause: &Clause<'_>, at: usize, trigger: &Trigger) -> bool {
    let next = at + trigger.words.len();
    let before = |words: &[&str]| {
        at > clause.sentence.atoms.start && words.iter().any(|w| clause.is(at - 1, w))
    };
    let after = |words: &[&str]| words.iter().any(|w| clause.is(next, w));
    let first = |word: &str| clause.is(at, word) && trigger.words.len() == 1;
    if first("tiếp") {
        return before(&["trực", "gián", "giao", "liên", "kế", "nối", "đón", "nghênh"])
            || after(&[
                "tục", "theo", "nhận", "cận", "xúc", "thu", "thêm", "viện", "nối", "sức", "tế",
                "tay", "thị", "diễn", "đất", "viên", "cho", "lời", "quản", "nước", "bước", "đến",
                "đó", "quản",
            ]);
    }
    if first("gặp") {
        return after(&[
            "phải", "khó", "nhiều", "lại", "nạn", "rắc", "sự", "vấn", "may", "rủi", "một", "những",
            "không", "mưa", "trở", "chấn", "thời", "lúc", "họa", "nguy", "bất",
        ]) || before(&[
            "bắt",
            "thường",
            "hay",
            "cuộc",
            "buổi",
            "từng",
            "chưa",
            "không",
            "hiếm",
        ]);
    }
    if first("đón") {
        return after(&[
            "nhận", "đầu", "xem", "chờ", "đợi", "xuân", "tết", "năm", "khách", "con", "thêm",
            "bằng", "giao", "tiếp", "đọc", "lượt", "sóng", "bóng", "xe",
        ]) || before(&["chào", "tiếp", "đưa", "bến", "lễ", "hân"]);
    }
    if first("thăm") {
        return after(&[
            "hỏi", "dò", "khám", "quan", "viếng", "bệnh", "nuôi", "thú", "cha", "mẹ", "nhà", "quê",
            "bà", "con", "vợ", "chồng", "anh", "chị", "em",
        ]) || before(&["lời", "tham", "chuyến", "đáp"]);
    }
    if clause.is(at, "ký") {
        return before(&[
            "đăng", "chữ", "thư", "nhật", "tự", "tướng", "bút", "hồi", "du", "kí", "tổng",
        ]) || after(&[
            "ức", "sự", "giả", "quỹ", "hiệu", "túc", "sinh", "tên", "tặng", "lưu", "gửi", "họa",
            "tắt", "đơn", "nhận", "vào", "duyệt", "cược",
        ]);
    }
    if first("mời") {
        return before(&["khách", "thư", "giấy", "lời", "được", "kính", "vé", "thiệp"])
            || after(&["thầu", "gọi", "chào", "độc", "bạn", "quý", "các", "cơm", "khách"]);
    }
    if first("dự") {
        return after(&[
            "án", "kiến", "báo", "luật", "thảo", "đoán", "toán", "phòng", "trữ", "bị", "định",
            "khuyết", "tính", "thi", "sinh", "liệu", "giờ",
        ]) || before(&["can", "tham", "đến", "tới", "cùng"])
            && trigger.words.len() == 1
            && before(&["can"]);
    }
    if first("bầu") {
        return after(&[
            "cử", "bí", "không", "trời", "bạn", "show", "đức", "kiên", "chọn", "bán", "diễn", "ra",
        ]) || before(&[
            "bà", "ông", "mang", "có", "tranh", "mẹ", "cuộc", "bé", "đàn", "quả", "trái",
        ]);
    }
    if first("tổ") || clause.is(at, "tổ") && trigger.words.len() == 2 && clause.is(at + 1, "chức")
    {
        return before(&["tổng", "ban", "các", "những", "một", "của"]);
    }
    false
}
