//! What comes out for one document, and what stands around all of it.
//!
//! | asked for | before | each | between | behind |
//! |---|---|---|---|---|
//! | `json` | | an indented object | | |
//! | `jsonl` | | an object on a line | | |
//! | `tasks` | | a line for each row | | |
//! | `csv` | headings | rows | | |
//! | `html`, `akn` | | the page, the document | | |
//! | `--text` | | the text | | |
//! | `--check` | | findings for people | | one summary line |
//! | `--check=sarif` | head and rules | results | a comma | foot |

use std::fmt;
use std::io::{self, Write};
use std::ops::AddAssign;

use gongwen::render::{self, Csv, Ledger, Selection};
use gongwen::{Decoded, Notice, Offsets, Parser, Severity};

use super::args::{Args, Check, Format};
use super::output::Output;
use super::{check, pretty, sarif};

pub enum Piece {
    Json,
    Jsonl,
    Tasks(Selection),
    Csv(Selection),
    Html,
    Akn,
    Text,
    Check { styled: bool },
    Sarif,
}

impl Piece {
    /// Of `several` documents, each JSON value takes one line. A workbook is no piece.
    pub fn wanted(args: &Args, several: bool, output: &Output) -> Self {
        match (args.check, args.format) {
            (Some(Check::Lines), _) => Self::Check {
                styled: output.is_styled(),
            },
            (Some(Check::Sarif), _) => Self::Sarif,
            (None, _) if args.text => Self::Text,
            (None, Some(Format::Tasks)) => Self::Tasks(selection(args)),
            (None, Some(Format::Csv)) => Self::Csv(selection(args)),
            (None, Some(Format::Html)) => Self::Html,
            (None, Some(Format::Akn)) => Self::Akn,
            (None, None | Some(Format::Json)) if !several => Self::Json,
            (None, _) => Self::Jsonl,
        }
    }

    /// What the spans of the notice count; renderers want bytes, and recount themselves.
    pub fn offsets(&self, args: &Args) -> Offsets {
        match self {
            Self::Json | Self::Jsonl => args.offsets.into(),
            _ => Offsets::Bytes,
        }
    }

    pub fn begin(&self, out: &mut impl Write) -> io::Result<()> {
        match self {
            Self::Sarif => sarif::begin(out),
            Self::Csv(selection) => Csv::new(out, selection.clone())?.finish(),
            _ => Ok(()),
        }
    }

    pub fn between(&self) -> &'static [u8] {
        if let Self::Sarif = self { b",\n" } else { b"" }
    }

    /// Reads the text and writes what was asked for.
    pub fn write(
        &self,
        out: &mut impl Write,
        decoded: &Decoded<'_>,
        parser: &Parser,
    ) -> io::Result<Total> {
        let text = &*decoded.text;
        if let Self::Text = self {
            out.write_all(text.as_bytes())?;
            return Ok(Total {
                documents: 1,
                ..Total::default()
            });
        }
        let notice = &parser.parse_decoded(decoded);
        let ledger = Ledger { notice, text };
        match self {
            Self::Text => {}
            Self::Json => pretty::write(out, notice).and_then(|()| out.write_all(b"\n"))?,
            Self::Jsonl => notice
                .write_json(&mut *out)
                .and_then(|()| out.write_all(b"\n"))?,
            Self::Tasks(selection) => render::tasks(out, ledger, selection)?,
            Self::Csv(selection) => {
                let mut rows = Csv::continued(out, selection.clone());
                rows.add(ledger)?;
                rows.finish()?;
            }
            Self::Html => render::html(out, ledger)?,
            Self::Akn => render::akn(out, ledger)?,
            Self::Check { styled } => check::write(out, notice, text, *styled)?,
            Self::Sarif => sarif::write(out, notice, text)?,
        }
        Ok(Total::of(notice))
    }

    pub fn end(&self, out: &mut impl Write, total: &Total, quiet: bool) -> io::Result<()> {
        match self {
            Self::Sarif => sarif::end(out),
            Self::Check { .. } if !quiet => writeln!(out, "{total}"),
            _ => Ok(()),
        }
    }
}

/// The rows of the ledger that were asked for.
pub fn selection(args: &Args) -> Selection {
    Selection {
        all: args.all,
        expand: args.expand,
        unit: args.unit.clone(),
        parser: super::parser(args, Offsets::Bytes),
        offsets: args.offsets.into(),
    }
}

/// How much was read, and how many findings there were.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Total {
    pub documents: u64,
    pub errors: u64,
    pub warnings: u64,
    pub infos: u64,
}

impl Total {
    fn of(notice: &Notice<'_>) -> Self {
        let count = |severity| {
            notice
                .diagnostics
                .iter()
                .filter(|found| found.severity == severity)
                .count() as u64
        };
        Self {
            documents: 1,
            errors: count(Severity::Error),
            warnings: count(Severity::Warning),
            infos: count(Severity::Info),
        }
    }
}

impl AddAssign for Total {
    fn add_assign(&mut self, other: Self) {
        self.documents += other.documents;
        self.errors += other.errors;
        self.warnings += other.warnings;
        self.infos += other.infos;
    }
}

/// `1 error, 2 warnings, 0 infos in 3 documents`
impl fmt::Display for Total {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let s = |count| if count == 1 { "" } else { "s" };
        let Self {
            documents,
            errors,
            warnings,
            infos,
        } = *self;
        write!(
            f,
            "{errors} error{}, {warnings} warning{}, {infos} info{} in {documents} document{}",
            s(errors),
            s(warnings),
            s(infos),
            s(documents)
        )
    }
}
