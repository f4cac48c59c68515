//! The command line: what can be asked for.

use std::path::PathBuf;

use bantin_document::Unit;
use bantin_pipeline::{Format, RECORD_LIMIT};
use clap::{Args, Parser, Subcommand, ValueEnum};

/// Turns crawled Vietnamese news into clean articles, sentences, words, entities, dates, and a
/// report of who met whom, when, where, and what was signed.
#[derive(Debug, Parser)]
#[command(
    name = "bantin",
    version,
    after_help = "Example:\n  bantin run crawl/ -o out        all stages; then open out/report.html\n\n\
        Exit codes: 0 all fine, 1 some records failed, 2 could not run."
)]
pub(crate) struct Cli {
    #[command(subcommand)]
    pub(crate) task: Task,
}

#[derive(Debug, Subcommand)]
pub(crate) enum Task {
    /// All stages and the report.
    Run(Run),
    /// Mark what is article and what is not, and repair glued sentences.
    Clean(Clean),
    /// Find paragraphs, sentences and words.
    Segment(Segment),
    /// Find people, organisations, places, events, agreements and dates, and who is who.
    Tag(Tag),
    /// Gather records into tables, a summary and a page.
    Report(Report),
    /// Write records as text, JSON Lines of clean texts, or CoNLL-U; layers that are missing are
    /// computed.
    Convert(Convert),
    /// Say in words why a zone, a boundary or a mention is what it is.
    Explain(Explain),
}

/// What is read, and how.
#[derive(Debug, Args)]
pub(crate) struct Source {
    /// Files, folders (with all below), patterns such as 'crawl/**/*.txt', or - for stdin.
    ///
    /// Text files (one document each) and JSON Lines (one a line), also packed as .gz or .zst.
    /// Without a path stdin is read.
    #[arg(value_name = "PATH")]
    pub(crate) paths: Vec<PathBuf>,

    /// Fields of foreign JSON that are the text, joined by line feeds; a record may lack some.
    #[arg(
        long,
        value_name = "NAME,..",
        value_delimiter = ',',
        value_parser = field,
        default_value = "text",
        help_heading = "Input"
    )]
    pub(crate) text_field: Vec<String>,

    /// Field of foreign JSON that is the id.
    #[arg(long, value_name = "NAME", value_parser = field, default_value = "id", help_heading = "Input")]
    pub(crate) id_field: String,

    /// What the input is; auto goes by name and content.
    #[arg(long, value_enum, default_value_t = From::Auto, help_heading = "Input")]
    pub(crate) from: From,

    /// Longest record, in bytes; K, M and G may follow the number.
    #[arg(long, value_name = "SIZE", value_parser = size, default_value_t = Size(RECORD_LIMIT), help_heading = "Input")]
    pub(crate) max_record: Size,

    /// Write error records to this file instead of among the documents.
    #[arg(long, value_name = "FILE", help_heading = "Output")]
    pub(crate) rejects: Option<PathBuf>,

    /// Threads; the output does not depend on it [default: one for each core].
    #[arg(short = 'j', long, value_name = "N", global = true, help_heading = "Running")]
    pub(crate) threads: Option<std::num::NonZeroUsize>,

    /// No messages but the one why it could not run.
    #[arg(short, long, global = true, help_heading = "Running")]
    pub(crate) quiet: bool,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum From {
    Auto,
    Text,
    Jsonl,
}

impl From {
    pub(crate) fn format(self) -> Option<Format> {
        match self {
            From::Auto => None,
            From::Text => Some(Format::Text),
            From::Jsonl => Some(Format::Lines),
        }
    }
}

/// Where the records go.
#[derive(Debug, Args)]
pub(crate) struct Sink {
    /// Write one file for each input file (one for the text files of a folder) into DIR instead
    /// of to stdout; files that are complete and unchanged are kept.
    #[arg(short, long, value_name = "DIR", help_heading = "Output")]
    pub(crate) output: Option<PathBuf>,

    /// Unit of the offsets: byte (UTF-8), char (Python) or utf16 (JavaScript, Java).
    #[arg(long, value_name = "UNIT", default_value_t = Unit::Byte, help_heading = "Output")]
    pub(crate) offsets: Unit,
}

/// What all stages are told besides the documents.
#[derive(Clone, Debug, Default, Args)]
pub(crate) struct Options {
    #[command(flatten)]
    pub(crate) clean: CleanOptions,
    #[command(flatten)]
    pub(crate) segment: SegmentOptions,
    #[command(flatten)]
    pub(crate) tag: TagOptions,
}

/// What clean is told besides the documents.
#[derive(Clone, Debug, Default, Args)]
pub(crate) struct CleanOptions {
    /// Which mistake is worse: precision keeps in doubt, recall removes in doubt.
    #[arg(long, value_enum, default_value = "balanced", help_heading = "Cleaning")]
    pub(crate) favor: Favored,

    /// Your own rules, in TOML: phrases that open a zone, `[cues] promo = ["Quét mã QR"]`, and
    /// phrases that keep a sentence, `[veto] phrases = ["Ảnh hưởng của bão"]`.
    #[arg(long, value_name = "FILE", help_heading = "Cleaning")]
    pub(crate) rules: Option<PathBuf>,

    /// Which blocks recur across the documents of the site, as evidence. When FILE is not there
    /// clean, run and convert make it from their input, in a pass before.
    #[arg(long, value_name = "FILE", help_heading = "Cleaning")]
    pub(crate) profile: Option<PathBuf>,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub(crate) enum Favored {
    Precision,
    #[default]
    Balanced,
    Recall,
}

/// What segment is told besides the documents.
#[derive(Clone, Debug, Default, Args)]
pub(crate) struct SegmentOptions {
    /// Your own words of two syllables or more, one a line: "trí tuệ nhân tạo" is one word, "Bộ |
    /// Công an" two. A tab and a whole number behind them is their priority where two overlap: the
    /// higher one wins, 0 when there is none. Lines that begin with # are comments.
    #[arg(long, value_name = "FILE", help_heading = "Segmenting")]
    pub(crate) lexicon: Option<PathBuf>,
}

/// What tag is told besides the documents.
#[derive(Clone, Debug, Default, Args)]
pub(crate) struct TagOptions {
    /// Day on which documents were written, for those whose text and fields do not say another.
    #[arg(long, value_name = "YYYY-MM-DD", help_heading = "Tagging")]
    pub(crate) date: Option<String>,

    /// What you know of people, places and organisations: JSON Lines with id, type and names,
    /// such as {"id":"per:vu","type":"PER","names":["Nguyễn Văn Vũ","Văn Vũ"]}. Mentions of these
    /// names get your id; it does not find names that would not be found without it.
    #[arg(long, value_name = "FILE", help_heading = "Tagging")]
    pub(crate) kb: Option<PathBuf>,
}

#[derive(Debug, Args)]
#[command(
    after_help = "Example:\n  bantin run 'crawl/*.jsonl.gz' --text-field title,body -o out\n\n\
        out/records/ holds the records, one file for each input; out/report.html is the page,\n\
        out/report.md a summary; out/tables/ and out/exports/ hold the same as data.\n\
        A second run computes what is new or changed only."
)]
pub(crate) struct Run {
    #[command(flatten)]
    pub(crate) source: Source,
    #[command(flatten)]
    pub(crate) options: Options,

    /// Folder for the records and the report.
    #[arg(short, long, value_name = "DIR", required = true, help_heading = "Output")]
    pub(crate) output: PathBuf,
}

#[derive(Debug, Args)]
#[command(after_help = "Example:\n  bantin clean article.txt | bantin convert --to text")]
pub(crate) struct Clean {
    #[command(flatten)]
    pub(crate) source: Source,
    #[command(flatten)]
    pub(crate) options: CleanOptions,
    #[command(flatten)]
    pub(crate) sink: Sink,
}

#[derive(Debug, Args)]
#[command(after_help = "Example:\n  bantin clean crawl/ | bantin segment > segmented.jsonl")]
pub(crate) struct Segment {
    #[command(flatten)]
    pub(crate) source: Source,
    #[command(flatten)]
    pub(crate) options: SegmentOptions,
    #[command(flatten)]
    pub(crate) sink: Sink,
}

#[derive(Debug, Args)]
#[command(after_help = "Example:\n  bantin tag segmented.jsonl --date 2018-04-05 -o tagged")]
pub(crate) struct Tag {
    #[command(flatten)]
    pub(crate) source: Source,
    #[command(flatten)]
    pub(crate) options: TagOptions,
    #[command(flatten)]
    pub(crate) sink: Sink,
}

#[derive(Debug, Args)]
#[command(
    args_conflicts_with_subcommands = true,
    subcommand_negates_reqs = true,
    after_help = "Examples:\n  bantin report tagged/ -o out               then open out/report.html\n  \
        bantin report shard-7.jsonl --partial > 7.part\n  bantin report merge *.part -o out\n  bantin report diff out-before out-after"
)]
pub(crate) struct Report {
    #[command(subcommand)]
    pub(crate) task: Option<ReportTask>,
    #[command(flatten)]
    pub(crate) source: Source,

    /// Folder for the page, the summary, the tables and the exports.
    #[arg(
        short,
        long,
        value_name = "DIR",
        required_unless_present = "partial",
        help_heading = "Output"
    )]
    pub(crate) output: Option<PathBuf>,

    /// Write a partial report to stdout, to be merged with others.
    #[arg(long, conflicts_with = "output", help_heading = "Output")]
    pub(crate) partial: bool,
}

#[derive(Debug, Subcommand)]
pub(crate) enum ReportTask {
    /// Make one report of partial ones.
    #[command(after_help = "Example:\n  bantin report merge *.part -o out")]
    Merge {
        /// Partial reports.
        #[arg(value_name = "PART", required = true)]
        parts: Vec<PathBuf>,
        /// Folder for the page, the summary, the tables and the exports.
        #[arg(short, long, value_name = "DIR", required_unless_present = "partial")]
        output: Option<PathBuf>,
        /// Write a partial report to stdout, to be merged with others.
        #[arg(long, conflicts_with = "output")]
        partial: bool,
    },

    /// Say what came, went and changed between two reports.
    #[command(after_help = "Example:\n  bantin report diff out-before out-after")]
    Diff {
        /// Folder of the one report.
        #[arg(value_name = "OLD")]
        old: PathBuf,
        /// Folder of the other.
        #[arg(value_name = "NEW")]
        new: PathBuf,
    },
}

#[derive(Debug, Args)]
#[command(
    after_help = "Examples:\n  bantin convert article.txt --to text               the clean text\n  \
        bantin convert crawl.jsonl.zst --to texts          {\"id\":\"7\",\"text\":\"Chiều 20-11, …\",\"url\":…}\n  \
        bantin convert records/ --to text --underscored    Bộ_trưởng Ngô_Xuân_Lịch …\n  \
        bantin convert records/ --to conllu > corpus.conllu\n\n\
        Layers that a record lacks are computed."
)]
pub(crate) struct Convert {
    #[command(flatten)]
    pub(crate) source: Source,

    /// What to write.
    #[arg(long, value_enum, value_name = "FORMAT")]
    pub(crate) to: Target,

    /// With --to text: one sentence a line, an empty line behind each document.
    #[arg(long, help_heading = "Output")]
    pub(crate) sentences: bool,

    /// With --to text: words with their syllables joined by _, one sentence a line.
    #[arg(long, help_heading = "Output")]
    pub(crate) underscored: bool,

    #[command(flatten)]
    pub(crate) clean: CleanOptions,

    #[command(flatten)]
    pub(crate) segment: SegmentOptions,

    #[command(flatten)]
    pub(crate) sink: Sink,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum Target {
    /// The clean text, an empty line behind each document.
    Text,
    /// JSON Lines of id, clean text, and the fields that the input had besides.
    Texts,
    /// Records.
    Jsonl,
    /// One token a line, for tools of computational linguistics.
    Conllu,
}

#[derive(Debug, Args)]
#[command(after_help = "Examples:\n  bantin explain C104                    what a code means\n  \
        bantin explain article.txt --line 7    what was found in line 7 of its text, and why\n  \
        bantin explain records.jsonl --id qdnd-0001 --byte 92")]
pub(crate) struct Explain {
    /// A code, or a file: text, or JSON Lines (also packed). Missing layers are computed.
    #[arg(value_name = "CODE|FILE")]
    pub(crate) subject: String,

    /// The document of a file with several [default: the first].
    #[arg(long)]
    pub(crate) id: Option<String>,

    #[command(flatten)]
    pub(crate) options: Options,

    /// Only what covers this byte of the text.
    #[arg(long, value_name = "OFFSET", conflicts_with = "line")]
    pub(crate) byte: Option<usize>,

    /// Only what lies in this line of the text, counted from 1.
    #[arg(long, value_name = "NUMBER")]
    pub(crate) line: Option<usize>,
}

/// A number of bytes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Size(pub(crate) usize);

impl std::fmt::Display for Size {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        for (unit, shift) in [("G", 30), ("M", 20), ("K", 10)] {
            if self.0 > 0 && self.0.is_multiple_of(1 << shift) {
                return write!(f, "{}{unit}", self.0 >> shift);
            }
        }
        write!(f, "{}", self.0)
    }
}

fn field(name: &str) -> Result<String, String> {
    match name.trim() {
        "" => Err("a field has a name; title,text are two".to_owned()),
        name => Ok(name.to_owned()),
    }
}

fn size(word: &str) -> Result<Size, String> {
    let (digits, shift) = match word.as_bytes().last() {
        Some(b'K' | b'k') => (&word[..word.len() - 1], 10),
        Some(b'M' | b'm') => (&word[..word.len() - 1], 20),
        Some(b'G' | b'g') => (&word[..word.len() - 1], 30),
        _ => (word, 0),
    };
    let number = digits.parse::<usize>().ok().and_then(|n| n.checked_mul(1 << shift));
    number.filter(|n| *n > 0).map(Size).ok_or_else(|| format!("{word:?} is no size; 64M is one"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use clap::CommandFactory;

    #[test]
    fn the_definition_holds_together() {
        Cli::command().debug_assert();
    }

    #[test]
    fn sizes_have_units() {
        assert_eq!(size("64M"), Ok(Size(64 << 20)));
        assert_eq!(size("64M").unwrap().to_string(), "64M");
        assert_eq!(size("1000").unwrap().to_string(), "1000");
        assert_eq!(size("viel").unwrap_err(), "\"viel\" is no size; 64M is one");
        assert!(size("0").is_err() && size("").is_err() && size("99999999999999999999G").is_err());
    }
}
