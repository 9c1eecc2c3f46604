//! The command line: arguments in, exit code out.
//!
//! | asked for | room |
//! |---|---|
//! | documents, whatever comes out | [`documents`] |
//! | records (`--input jsonl`) | [`records`] |
//! | `--schema`, `--completions`, `--man` | here |

mod args;
mod batch;
mod check;
mod documents;
mod inputs;
mod ordered;
mod output;
mod piece;
mod pretty;
mod progress;
mod records;
mod sarif;

use std::io::{self, ErrorKind, IsTerminal, Write};
use std::path::PathBuf;
use std::process::ExitCode;

use clap::{CommandFactory, Parser as _};

use args::{Args, Format};
use output::Output;

/// Some inputs failed, or `--check` found an error.
const FAILED: u8 = 1;
/// The command line is wrong.
const USAGE: u8 = 2;

pub fn run() -> ExitCode {
    let mut args = Args::parse();
    if let Err(message) = usage(&args) {
        report(&message);
        return USAGE.into();
    }
    match args.lexicon.as_deref().map(read_lexicon).transpose() {
        Ok(names) => args.names = names.unwrap_or_default(),
        Err(message) => {
            report(&message);
            return USAGE.into();
        }
    }
    if args.inputs.is_empty() {
        args.inputs.push(PathBuf::from("-"));
    }
    let output = match Output::open(args.output.as_deref()) {
        Ok(output) => output,
        Err(message) => {
            report(&message);
            return FAILED.into();
        }
    };
    if args.format == Some(Format::Xlsx) && output.is_terminal() {
        report("-f xlsx is no text for a terminal: name a file with -o");
        return USAGE.into();
    }
    let code = if args.schema {
        write_text(output, |out| {
            pretty::write(out, &gongwen::schema())?;
            out.write_all(b"\n")
        })
    } else if let Some(shell) = args.completions {
        write_text(output, |out| {
            clap_complete::generate(shell, &mut Args::command(), "gongwen", out);
            Ok(())
        })
    } else if args.man {
        write_text(output, manual)
    } else if args.input.is_some() {
        records::run(&args, output)
    } else {
        documents::run(&args, output)
    };
    code.into()
}

/// Whether two paths name one file.
fn is_same(one: &std::path::Path, other: &std::path::Path) -> bool {
    let whole = |path: &std::path::Path| path.is_file().then(|| path.canonicalize().ok()).flatten();
    whole(one).is_some_and(|one| whole(other) == Some(one))
}

/// What clap can't see.
fn usage(args: &Args) -> Result<(), String> {
    if let Some(label) = &args.encoding {
        gongwen::decode_as(b"", label).map_err(|error| format!("--encoding: {error}"))?;
    }
    if args.format.is_none_or(|format| !format.is_ledger()) {
        let rows = [
            ("--unit", args.unit.is_some()),
            ("--expand", args.expand),
            ("--all", args.all),
        ];
        if let Some((option, _)) = rows.iter().find(|(_, given)| *given) {
            return Err(format!(
                "{option} chooses rows of the ledger: add -f tasks, csv, or xlsx"
            ));
        }
    }
    if args
        .unit
        .as_deref()
        .is_some_and(|unit| unit.trim().is_empty())
    {
        return Err("--unit: give the name of a unit, such as 市教育局".into());
    }
    if let Some(output) = &args.output
        && let Some(input) = args.inputs.iter().find(|input| is_same(input, output))
    {
        let name = input.display();
        return Err(format!(
            "{name} is read and written: give another path to -o, or the text would be lost"
        ));
    }
    let of_records = |format| matches!(format, Format::Json | Format::Jsonl | Format::Tasks);
    if args.input.is_some() && !args.format.is_none_or(of_records) {
        return Err("--input gives each record its notice or, with -f tasks, its tasks".into());
    }
    if matches!(args.format, Some(Format::Html | Format::Akn)) && args.is_several() {
        return Err("-f html and -f akn write one document for one notice: give one file".into());
    }
    if let Some(region) = &args.region
        && gongwen::region_code(region).is_none()
    {
        return Err(format!(
            "--region: no region is called {region}; give the full name, such as 江西省 or 赣州市"
        ));
    }
    let asked_for_itself = args.schema || args.man || args.completions.is_some();
    if asked_for_itself && !args.inputs.is_empty() {
        return Err("--schema, --man and --completions read nothing: leave the files out".into());
    }
    if args.inputs.is_empty() && !asked_for_itself && io::stdin().is_terminal() {
        return Err(
            "nothing to read: give a file or a folder, or pipe a text in; --help has examples"
                .into(),
        );
    }
    Ok(())
}

/// The page that clap makes, with examples and exit codes in sections of their own.
fn manual(out: &mut Vec<u8>) -> io::Result<()> {
    let page = clap_mangen::Man::new(Args::command());
    page.render_title(out)?;
    page.render_name_section(out)?;
    page.render_synopsis_section(out)?;
    page.render_description_section(out)?;
    page.render_options_section(out)?;
    let section = |text: &str| {
        text.split_once(':').map_or_else(String::new, |(_, text)| {
            text.trim_start_matches('\n').replace('-', "\\-")
        })
    };
    let (examples, codes) = (section(args::EXAMPLES), section(args::EXIT));
    write!(
        out,
        ".SH EXAMPLES\n.nf\n{examples}\n.fi\n.SH EXIT STATUS\n{}\n",
        codes.trim_start()
    )
}

fn write_text(mut output: Output, write: impl FnOnce(&mut Vec<u8>) -> io::Result<()>) -> u8 {
    let mut bytes = Vec::new();
    output.take(|out| write(&mut bytes).and_then(|()| out.write_all(&bytes)));
    output.finish();
    0
}

/// Names of organs from a file of the caller's.
fn read_lexicon(path: &std::path::Path) -> Result<gongwen::Lexicon, String> {
    let name = path.display();
    let table =
        std::fs::read_to_string(path).map_err(|error| failure(&name.to_string(), &error))?;
    let mut lexicon = gongwen::Lexicon::new();
    lexicon
        .extend(&table)
        .map_err(|error| format!("{name}: {error}"))?;
    Ok(lexicon)
}

/// The options that concern reading.
fn parser(args: &Args, offsets: gongwen::Offsets) -> gongwen::Parser {
    let mut parser = gongwen::Parser::new()
        .names(!args.no_names)
        .lexicon(args.names.clone())
        .offsets(offsets);
    if let Some(region) = &args.region {
        parser = parser.region(region);
    }
    if let Some(label) = &args.encoding {
        parser = parser.encoding(label);
    }
    parser
}

/// One line on standard error; a closed one is no reason to stop.
fn report(message: &str) {
    let _ = writeln!(io::stderr(), "gongwen: {message}");
}

/// What went wrong with a file, and the next step.
fn failure(name: &str, error: &io::Error) -> String {
    match error.kind() {
        ErrorKind::NotFound => format!("{name}: no such file or folder: check the path"),
        ErrorKind::PermissionDenied => format!("{name}: permission denied: change its permissions"),
        ErrorKind::StorageFull => {
            format!("{name}: no space left: free some, or write elsewhere with -o")
        }
        _ => format!("{name}: {error}"),
    }
}
