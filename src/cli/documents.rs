//! Documents in, a piece of output for each, in the order given.
//!
//! One document is written straight away; several are read on as many threads as wanted. A document that
//! can't be read is named on standard error, and the others are still written. In a folder, files that
//! are no text are passed over; a folder with nothing else is named like a document that can't be read.

use std::collections::BTreeSet;
use std::io::{self, Write};
use std::path::Path;

use gongwen::{Error, Parser};

use super::args::Args;
use super::inputs::{self, Input};
use super::ordered::in_order;
use super::output::Output;
use super::piece::{Piece, Total};
use super::progress::Progress;
use super::{FAILED, failure, report};

/// Reads every document and writes what was asked for.
pub fn run(args: &Args, mut output: Output) -> u8 {
    let several = args.inputs.len() > 1 || inputs::is_folder(&args.inputs[0]);
    let reader = Reader {
        parser: super::parser(args),
        piece: Piece::wanted(args, several, &output),
    };
    let (total, failed) = if several {
        reader.read_several(args, &mut output)
    } else {
        reader.read_one(&args.inputs[0], &mut output)
    };
    if failed && total.documents == 0 {
        output.discard();
        return FAILED;
    }
    output.take(|out| reader.piece.end(out, &total, args.quiet));
    output.finish();
    let found = args.check.is_some() && total.errors > 0;
    if failed || found { FAILED } else { 0 }
}

struct Reader {
    parser: Parser,
    piece: Piece,
}

/// Why nothing came of a document.
enum Trouble {
    Input(String),
    NoText(String),
    Output(io::Error),
}

impl Reader {
    fn read_one(&self, path: &Path, output: &mut Output) -> (Total, bool) {
        let input = Input {
            path: path.to_owned(),
            folder: None,
        };
        match self.read(&input, output, |out| self.piece.begin(out)) {
            Ok(total) => (total, false),
            Err(Trouble::Output(error)) => output.give_up(&error),
            Err(Trouble::Input(message) | Trouble::NoText(message)) => {
                report(&message);
                (Total::default(), true)
            }
        }
    }

    fn read_several(&self, args: &Args, output: &mut Output) -> (Total, bool) {
        let mut progress = Progress::new(!args.quiet && !output.is_terminal());
        let (mut total, mut failed, mut written) = (Total::default(), false, false);
        let mut barren: BTreeSet<usize> = (0..args.inputs.len())
            .filter(|&i| inputs::is_folder(&args.inputs[i]))
            .collect();
        let work = |input: Result<Input, String>| {
            let input = input.map_err(Trouble::Input)?;
            let mut piece = Vec::new();
            let total = self.read(&input, &mut piece, |_| Ok(()));
            match (total, input.folder) {
                (Ok(total), folder) => Ok((piece, total, folder)),
                (Err(Trouble::NoText(_)), Some(_)) => Ok((piece, Total::default(), None)),
                (Err(trouble), _) => Err(trouble),
            }
        };
        in_order(
            args.jobs(),
            inputs::walk(&args.inputs, args.output.as_deref()),
            work,
            |done| match done {
                Ok((piece, counted, folder)) => {
                    if total.documents == 0 && counted.documents > 0 {
                        output.take(|out| self.piece.begin(out));
                    }
                    if !piece.is_empty() {
                        let between = if written { self.piece.between() } else { b"" };
                        output.take(|out| {
                            out.write_all(between).and_then(|()| out.write_all(&piece))
                        });
                        written = true;
                    }
                    total += counted;
                    progress.count(counted.documents, 0);
                    if let Some(folder) = folder {
                        barren.remove(&folder);
                    }
                }
                Err(Trouble::Input(message) | Trouble::NoText(message)) => {
                    failed = true;
                    progress.clear();
                    report(&message);
                    progress.count(0, 1);
                }
                Err(Trouble::Output(error)) => output.give_up(&error),
            },
        );
        progress.clear();
        for folder in barren {
            failed = true;
            report(&format!(
                "{}: no document in this folder: check the path",
                args.inputs[folder].display()
            ));
        }
        (total, failed)
    }

    /// `begin` runs once it is sure that something will be written.
    fn read<W: Write>(
        &self,
        input: &Input,
        out: &mut W,
        begin: impl FnOnce(&mut W) -> io::Result<()>,
    ) -> Result<Total, Trouble> {
        let bytes = input
            .bytes()
            .map_err(|error| Trouble::Input(failure(&input.shown(), &error)))?;
        let mut decoded = self.parser.decode(&bytes).map_err(|error| {
            let message = format!("{}: {error}", input.shown());
            if let Error::Binary { .. } = error {
                Trouble::NoText(message)
            } else {
                Trouble::Input(message)
            }
        })?;
        decoded.source.name = input.name().map(Into::into);
        begin(out)
            .and_then(|()| self.piece.write(out, &decoded, &self.parser))
            .map_err(Trouble::Output)
    }
}
