//! The command line as clap sees it; help, completions, and the man page all come from here.

use std::num::NonZeroUsize;
use std::path::PathBuf;

use clap::{Parser, ValueEnum};
use clap_complete::Shell;

use super::inputs::is_folder;

pub const EXAMPLES: &str = "\
Examples:
  gongwen notice.txt                        the notice as JSON
  gongwen notices/ -o notices.jsonl         a folder, one notice a line
  gongwen -f xlsx notices/ -o ledger.xlsx   the ledger (台账) of a folder, for Excel
  gongwen --check notices/*.txt             only what is odd, line by line
  pdftotext notice.pdf - | gongwen          standard input
  gongwen --input jsonl --field content     one object in, the same with its notice out";

const TEMPLATE: &str = "\
{about-with-newline}
{before-help}{usage-heading} {usage}

{all-args}{after-help}";

pub const EXIT: &str = "\
Exit code: 0 all were read, 1 some failed (the others are still written) or --check found an error, \
2 the command line is wrong.";

/// Chinese official documents (公文) to typed JSON: metadata, outline, who answers for what by when
#[derive(Debug, Parser)]
#[expect(
    clippy::struct_excessive_bools,
    reason = "the switches of a command line"
)]
#[command(name = "gongwen", version, max_term_width = 100)]
#[command(before_help = EXAMPLES, after_help = EXIT, help_template = TEMPLATE)]
pub struct Args {
    /// Files, folders, or - for standard input, which is the default
    #[arg(value_name = "FILE|DIR|-")]
    pub inputs: Vec<PathBuf>,

    /// What to write [default: json]
    #[arg(short, long, value_enum)]
    pub format: Option<Format>,

    /// Ledger: only what concerns this unit, such as 省科技厅
    #[arg(long, value_name = "NAME")]
    pub unit: Option<String>,

    /// Ledger: a row for each unit, and for each member of 各设区市政府 and the like
    #[arg(long)]
    pub expand: bool,

    /// Ledger: also the items to which nobody is assigned
    #[arg(long)]
    pub all: bool,

    /// Write to this file, whole or not at all
    #[arg(short, long, value_name = "PATH")]
    pub output: Option<PathBuf>,

    /// Encoding of the inputs, such as gb18030; found out by default
    #[arg(long, value_name = "LABEL")]
    pub encoding: Option<String>,

    /// What spans count
    #[arg(long, value_enum, value_name = "UNIT", default_value = "bytes")]
    pub offsets: Offsets,

    /// Whose organs 省科技厅 or 市政府 are, where the document does not say, such as 江西省
    #[arg(long, value_name = "REGION")]
    pub region: Option<String>,

    /// Leave the full names of organs out
    #[arg(long)]
    pub no_names: bool,

    /// Names of organs of your own: a table like those that the program holds
    #[arg(long, value_name = "FILE")]
    pub lexicon: Option<PathBuf>,

    /// What stands in that file.
    #[arg(skip)]
    pub names: gongwen::Lexicon,
    /// Write the decoded text instead
    #[arg(long, group = "instead", conflicts_with = "format")]
    pub text: bool,

    /// Write only what is odd, as a compiler does, or as SARIF
    #[arg(long, group = "instead", conflicts_with = "format", value_enum)]
    #[arg(value_name = "HOW", num_args = 0..=1, require_equals = true, default_missing_value = "lines")]
    pub check: Option<Check>,

    /// Read records, one JSON object a line; each comes out with its "notice" (-f tasks: its "tasks"), or an "error"
    #[arg(long, value_enum, value_name = "KIND", conflicts_with_all = ["instead", "encoding"])]
    pub input: Option<Records>,

    /// The field of a record that holds the text
    #[arg(
        long,
        value_name = "NAME",
        default_value = "content",
        requires = "input"
    )]
    pub field: String,

    /// The field of a record that names it, for source.name
    #[arg(long, value_name = "NAME", requires = "input")]
    pub id_field: Option<String>,

    /// Threads [default: one for each core]
    #[arg(short, long, value_name = "N")]
    pub jobs: Option<NonZeroUsize>,

    /// Say nothing but errors
    #[arg(short, long)]
    pub quiet: bool,

    /// Write the JSON Schema of a notice
    #[arg(long, group = "instead", conflicts_with = "format")]
    pub schema: bool,

    /// Write a completion script for a shell
    #[arg(
        long,
        group = "instead",
        conflicts_with = "format",
        value_name = "SHELL",
        value_enum
    )]
    pub completions: Option<Shell>,

    /// Write the manual page
    #[arg(long, group = "instead", conflicts_with = "format")]
    pub man: bool,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Format {
    /// One notice, indented; several are written as jsonl
    Json,
    /// One notice a line
    Jsonl,
    /// The ledger (台账): one JSON object for each item and assignment
    Tasks,
    /// The ledger for spreadsheets, headings in Chinese
    Csv,
    /// The ledger as an Excel workbook
    Xlsx,
    /// A page on which to review one notice
    Html,
    /// One notice as Akoma Ntoso 3.0 (OASIS LegalDocML)
    Akn,
}

impl Format {
    /// Whether rows can be chosen.
    pub fn is_ledger(self) -> bool {
        matches!(self, Self::Tasks | Self::Csv | Self::Xlsx)
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Check {
    /// For people: place, code, source line
    Lines,
    /// For programs: SARIF 2.1.0
    Sarif,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Records {
    /// One JSON object a line
    Jsonl,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Offsets {
    /// UTF-8 bytes
    Bytes,
    /// Unicode characters
    Chars,
    /// UTF-16 code units
    Utf16,
}

impl From<Offsets> for gongwen::Offsets {
    fn from(offsets: Offsets) -> Self {
        match offsets {
            Offsets::Bytes => Self::Bytes,
            Offsets::Chars => Self::Chars,
            Offsets::Utf16 => Self::Utf16,
        }
    }
}

/// More threads than this help nobody.
const MOST_JOBS: usize = 256;

impl Args {
    /// Whether there may be more than one input.
    pub fn is_several(&self) -> bool {
        self.inputs.len() > 1 || self.inputs.iter().any(|path| is_folder(path))
    }

    pub fn jobs(&self) -> usize {
        let cores = std::thread::available_parallelism();
        self.jobs
            .or(cores.ok())
            .map_or(1, NonZeroUsize::get)
            .min(MOST_JOBS)
    }
}
