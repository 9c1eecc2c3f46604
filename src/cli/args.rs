//! The command line as clap sees it; help, completions, and the man page come from here.

use std::path::PathBuf;

use clap::{Parser, ValueEnum};

/// Chinese official documents (公文) to typed JSON.
#[derive(Debug, Parser)]
#[command(name = "gongwen", version, max_term_width = 100)]
pub struct Args {
    /// Files, folders, or `-` for standard input (the default)
    #[arg(value_name = "FILE|DIR|-")]
    pub inputs: Vec<PathBuf>,

    /// What to write; json is one line each where there are several inputs
    #[arg(short, long, value_enum, default_value_t = Format::Json)]
    pub format: Format,

    /// Write to this file, whole or not at all
    #[arg(short, long, value_name = "PATH")]
    pub output: Option<PathBuf>,

    /// Encoding of the inputs, such as gb18030; detected by default
    #[arg(long, value_name = "LABEL")]
    pub encoding: Option<String>,

    /// What spans count
    #[arg(long, value_enum, default_value_t = Offsets::Bytes)]
    pub offsets: Offsets,

    /// Write the decoded text instead
    #[arg(long)]
    pub text: bool,

    /// Say nothing but errors
    #[arg(short, long)]
    pub quiet: bool,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Format {
    /// One notice, indented
    Json,
    /// One notice a line
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
