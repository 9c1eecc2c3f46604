//! What comes out for one document, and what stands around all of it.
//!
//! | asked for | before | each | between | behind |
//! |---|---|---|---|---|
//! | `json` | | an indented object | | |
//! | `jsonl` | | an object on a line | | |
//! | `--text` | | the text | | |
//! | `--check` | | findings for people | | one summary line |
//! | `--check=sarif` | head and rules | results | a comma | foot |
//!
//! Other formats join here: a variant, a line in [`Piece::wanted`], an arm in [`Piece::write`].

use std::fmt;
use std::io::{self, Write};
use std::ops::AddAssign;

use gongwen::{Decoded, Notice, Parser, Severity};

use super::args::{Args, Check, Format};
use super::output::Output;
use super::{check, pretty, sarif};

#[derive(Clone, Copy)]
pub enum Piece {
    Json,
    Jsonl,
    Text,
    Check { styled: bool },
    Sarif,
}

impl Piece {
    /// `several` documents can't be one JSON value each over many lines.
    pub fn wanted(args: &Args, several: bool, output: &Output) -> Self {
        match (args.check, args.format) {
            (Some(Check::Lines), _) => Self::Check {
                styled: output.is_styled(),
            },
            (Some(Check::Sarif), _) => Self::Sarif,
            (None, _) if args.text => Self::Text,
            (None, None | Some(Format::Json)) if !several => Self::Json,
            (None, None | Some(Format::Json | Format::Jsonl)) => Self::Jsonl,
        }
    }

    pub fn begin(self, out: &mut impl Write) -> io::Result<()> {
        if let Self::Sarif = self {
            sarif::begin(out)
        } else {
            Ok(())
        }
    }

    pub fn between(self) -> &'static [u8] {
        if let Self::Sarif = self { b",\n" } else { b"" }
    }

    /// Reads the text and writes what was asked for.
    pub fn write(
        self,
        out: &mut impl Write,
        decoded: &Decoded<'_>,
        parser: &Parser,
    ) -> io::Result<Total> {
        if let Self::Text = self {
            out.write_all(decoded.text.as_bytes())?;
            return Ok(Total {
                documents: 1,
                ..Total::default()
            });
        }
        let notice = parser.parse_decoded(decoded);
        match self {
            Self::Text => {}
            Self::Json => pretty::write(out, &notice).and_then(|()| out.write_all(b"\n"))?,
            Self::Jsonl => {
                notice.write_json(&mut *out)?;
                out.write_all(b"\n")?;
            }
            Self::Check { styled } => check::write(out, &notice, &decoded.text, styled)?,
            Self::Sarif => sarif::write(out, &notice, &decoded.text)?,
        }
        Ok(Total::of(&notice))
    }

    pub fn end(self, out: &mut impl Write, total: &Total, quiet: bool) -> io::Result<()> {
        match self {
            Self::Sarif => sarif::end(out),
            Self::Check { .. } if !quiet => writeln!(out, "{total}"),
            _ => Ok(()),
        }
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
