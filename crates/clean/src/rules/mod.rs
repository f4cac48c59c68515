//! The certain rules. Each finds stretches of tokens and says which zone they are; its code and
//! its sentence in words stand in one table.

mod credit;
mod notice;
mod related;
mod tail;

use bantin_document::ZoneKind;

pub(crate) use credit::photo;
pub(crate) use notice::dateline;
pub(crate) use tail::is_name;

use crate::page::{Cut, Page};

/// What a rule found: tokens `first..last`.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Mark {
    pub(crate) first: u32,
    pub(crate) last: u32,
    pub(crate) rule: Rule,
}

macro_rules! rules {
    ($($(#[doc = $doc:literal])* $name:ident $code:literal $kind:ident $certain:literal $words:literal;)*) => {
        /// A rule of zones.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
        #[repr(u8)]
        pub(crate) enum Rule {
            $($(#[doc = $doc])* $name,)*
        }

        impl Rule {
            /// All rules.
            pub(crate) const ALL: &[Rule] = &[$(Rule::$name),*];

            /// The code in the record.
            pub(crate) fn code(self) -> &'static str {
                match self { $(Rule::$name => $code,)* }
            }

            /// The zone it finds.
            pub(crate) fn kind(self) -> ZoneKind {
                match self { $(Rule::$name => ZoneKind::$kind,)* }
            }

            /// True when it decides alone; otherwise the model weighs it.
            pub(crate) fn is_certain(self) -> bool {
                match self { $(Rule::$name => $certain,)* }
            }

            /// The rule in words.
            pub(crate) fn words(self) -> &'static str {
                match self { $(Rule::$name => $words,)* }
            }
        }
    };
}

rules! {
    /// First line.
    Title "C101" Title true "the first line, without a full stop, above a longer text; or a copy of it";
    /// Standfirst by layout.
    Lede "C102" Lede true "the standfirst by its place: the second of three lines, the last line behind three blank ones, a short first sentence above paragraphs, or what stands above the first picture";
    /// `(Baonghean) -`
    Dateline "C103" Dateline true "an agency or place in brackets or capitals with a dash, in front of the first sentence: \"(Baonghean.vn) -\"";
    /// `Ảnh: Phương Linh`
    OpenCredit "C104" PhotoCredit false "\"Ảnh:\" with the name behind it, up to where the name ends";
    /// `(Ảnh: TTXVN)`
    BracketedCredit "C105" PhotoCredit true "a credit of a picture in brackets: \"(Ảnh: TTXVN)\"";
    /// `Ảnh minh họa`
    Note "C106" PhotoCredit true "a note that needs no name: \"Ảnh minh họa\", \"Ảnh cắt từ clip\"";
    /// Sentence in front of a credit.
    Captioned "C107" Caption false "the sentence in front of the credit of a picture";
    /// `Trong ảnh: …` in front of a credit.
    InPicture "C129" Caption true "a sentence that begins with \"Trong ảnh:\", or with \"Trong ảnh\" in front of the credit of a picture";
    /// Behind a slug.
    SlugCaption "C108" Caption true "the line behind a machine-made name of a picture";
    /// In front of a credit, in a gallery.
    Gallery "C109" Body false "a sentence in front of a credit in a picture gallery, where the sentences tell the story";
    /// Name behind the last sentence.
    Byline "C110" Byline true "a name behind the last sentence of the text";
    /// `Thanh Chương - Thể thao Việt Nam`
    OutletByline "C111" Byline true "a name with its paper, in front of a time or at the end: \"Hoàng Yến/VOV.VN\"";
    /// `Theo VOV`
    Source "C112" SourceCredit true "\"Theo\" and a name, without a sentence, behind the last sentence";
    /// `(TTXVN)`
    BracketedSource "C113" SourceCredit true "an agency alone or in brackets behind the byline: \"(TTXVN)\"";
    /// `>> …`
    Arrows "C114" Related true "\">>\" or \"=>\" points to another story";
    /// `Tin liên quan`
    Header "C115" Related true "a header such as \"Tin liên quan\" with the list below it";
    /// `>> …`, `Xem …` without an end mark.
    OpenPointer "C128" Related false "a pointer to another story inside a line whose headline has no mark at its end";
    /// `Xem thêm`
    Pointer "C116" Related true "\"Xem thêm\" and its like, with the headline behind it if there is one";
    /// `Bấm xem >>`
    Press "C117" Related true "the sentence that \"Bấm xem >>\" stands behind";
    /// `[Headline]`
    BracketedHeadline "C118" Related true "a headline in square brackets between double spaces";
    /// Doubled headlines, ledes of other stories.
    Stories "C119" Related true "headlines and openings of other stories, behind the end of the article";
    /// `> Chủ đề:`
    Topic "C120" Tags true "\"Chủ đề:\" or \"Tags:\" with the words behind it";
    /// `Mọi phản ánh …`
    Promo "C121" Promo true "a request to write, call, subscribe or watch: \"Mọi phản ánh …\", \"Hotline:\"";
    /// `| 09:28 07/02/2017`
    Timestamp "C122" Timestamp true "a date with its clock time and no sentence around it";
    /// `-----`
    Separator "C123" Separator true "a row of marks without a word";
    /// `… hinh anh 1`
    Slug "C124" Slug true "a name of a file, or a line without any Vietnamese letter that ends in \"hinh 0\" or the like";
    /// Addresses.
    Residue "C125" Other true "an address or a leftover of a data base, alone on its line";
    /// Readers' comments.
    Comment "C126" Comment true "names and remarks in turn below the text: readers' comments";
    /// Buttons.
    Button "C127" Nav true "a button or counter of the page";
}

/// Finds all marks of the page and makes the borders of certain ones cuts.
pub(crate) fn apply(page: &mut Page) {
    notice::find(page);
    related::find(page);
    notice::find_datelines(page);
    credit::find(page);
    tail::find(page);
    credit::find_captions(page);
    page.marks.sort_unstable_by_key(|mark| mark.first);
    for mark in &page.marks {
        let open = mark.rule == Rule::OpenCredit;
        let (first, last) = (mark.first as usize, mark.last as usize);
        page.cuts[first] = page.cuts[first].max(Cut::Rule);
        if let Some(cut) = page.cuts.get_mut(last) {
            *cut = (*cut).max(if open { Cut::Weak } else { Cut::Rule });
        }
    }
}
