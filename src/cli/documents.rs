//! Documents in, a piece of output for each, in the order given; or one workbook of all.
//!
//! One document is written straight away; several are read on as many threads as wanted. A document that
//! can't be read is named on standard error, and the others are still written. In a folder, files that
//! are no text are passed over; a folder with nothing else is named like a document that can't be read.

use std::io::{self, Write};

use gongwen::render::{Ledger, Workbook};
use gongwen::{Decoded, Error, Parser};

use super::args::{Args, Format};
use super::inputs::{self, Barren, Input};
use super::ordered::in_order;
use super::output::Output;
use super::piece::{Piece, Total, selection};
use super::progress::Progress;
use super::{FAILED, failure, report};

/// Reads every document and writes what was asked for.
pub fn run(args: &Args, output: Output) -> u8 {
    if args.format == Some(Format::Xlsx) {
        workbook(args, output)
    } else {
        pieces(args, output)
    }
}

fn pieces(args: &Args, mut output: Output) -> u8 {
    let several = args.is_several();
    let piece = Piece::wanted(args, several, &output);
    let parser = super::parser(args, piece.offsets(args));
    let watched = output.is_watched(args);
    let mut total = Total::default();
    let failed = if several {
        let mut written = false;
        let make = |decoded: &Decoded<'_>| {
            let mut bytes = Vec::new();
            let counted = piece.write(&mut bytes, decoded, &parser)?;
            Ok((bytes, counted))
        };
        each(args, watched, &parser, make, |(bytes, counted)| {
            output.take(|out| {
                if total.documents == 0 {
                    piece.begin(out)?;
                }
                if written && !bytes.is_empty() {
                    out.write_all(piece.between())?;
                }
                out.write_all(&bytes)
            });
            written |= !bytes.is_empty();
            total += counted;
        })
    } else {
        let input = Input {
            path: args.inputs[0].clone(),
            folder: None,
        };
        let read = read(&input, &parser, |decoded| {
            piece.begin(&mut output)?;
            piece.write(&mut output, decoded, &parser)
        });
        match read {
            Ok(counted) => total = counted,
            Err(Trouble::Output(error)) => output.give_up(&error),
            Err(trouble) => report(&trouble.sentence()),
        }
        total.documents == 0
    };
    if failed && total.documents == 0 {
        output.discard();
        return FAILED;
    }
    output.take(|out| piece.end(out, &total, args.quiet));
    output.finish();
    let found = args.check.is_some() && total.errors > 0;
    if failed || found { FAILED } else { 0 }
}

fn workbook(args: &Args, mut output: Output) -> u8 {
    let parser = super::parser(args, gongwen::Offsets::Bytes);
    let mut book = Workbook::new(selection(args)).unwrap_or_else(|error| output.give_up(&error));
    let watched = output.is_watched(args);
    let mut documents = 0;
    let make = |decoded: &Decoded<'_>| {
        let notice = parser.parse_decoded(decoded).into_owned();
        Ok((notice, decoded.text.clone().into_owned()))
    };
    let failed = each(args, watched, &parser, make, |(notice, text)| {
        let ledger = Ledger {
            notice: &notice,
            text: &text,
        };
        book.add(ledger)
            .unwrap_or_else(|error| output.give_up(&error));
        documents += 1;
    });
    if failed && documents == 0 {
        output.discard();
        return FAILED;
    }
    output.take(|out| book.save(out));
    output.finish();
    if failed { FAILED } else { 0 }
}

/// Why nothing came of a document.
enum Trouble {
    Input(String),
    NoText(String),
    Output(io::Error),
}

impl Trouble {
    fn sentence(self) -> String {
        match self {
            Self::Input(sentence) | Self::NoText(sentence) => sentence,
            Self::Output(error) => error.to_string(),
        }
    }
}

/// Reads all documents; whether any of them failed.
fn each<R: Send>(
    args: &Args,
    watched: bool,
    parser: &Parser,
    make: impl Fn(&Decoded<'_>) -> io::Result<R> + Sync,
    mut take: impl FnMut(R),
) -> bool {
    let mut progress = Progress::new(watched);
    let mut failed = false;
    let mut barren = Barren::of(&args.inputs);
    let work = |input: Result<Input, String>| {
        let input = input?;
        match read(&input, parser, &make) {
            Err(Trouble::NoText(_)) if input.folder.is_some() => Ok(None),
            Err(trouble) => Err(trouble.sentence()),
            Ok(made) => Ok(Some((made, input.folder))),
        }
    };
    in_order(
        args.jobs(),
        inputs::walk(&args.inputs, args.output.as_deref()),
        work,
        |done| match done {
            Ok(None) => {}
            Ok(Some((made, folder))) => {
                take(made);
                progress.count(1, 0);
                barren.found(folder);
            }
            Err(message) => {
                failed = true;
                progress.clear();
                report(&message);
                progress.count(0, 1);
            }
        },
    );
    for sentence in barren.sentences() {
        failed = true;
        progress.clear();
        report(&sentence);
        progress.count(0, 1);
    }
    progress.end();
    failed
}

fn read<R>(
    input: &Input,
    parser: &Parser,
    make: impl FnOnce(&Decoded<'_>) -> io::Result<R>,
) -> Result<R, Trouble> {
    let bytes = input
        .bytes()
        .map_err(|error| Trouble::Input(failure(&input.shown(), &error)))?;
    let mut decoded = parser.decode(&bytes).map_err(|error| {
        let message = format!("{}: {error}", input.shown());
        if let Error::Binary { .. } = error {
            Trouble::NoText(message)
        } else {
            Trouble::Input(message)
        }
    })?;
    decoded.source.name = input.name().map(Into::into);
    make(&decoded).map_err(Trouble::Output)
}
