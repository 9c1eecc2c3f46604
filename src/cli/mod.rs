//! The command line: arguments in, exit code out.

mod args;

use std::fs;
use std::io::{self, Read, Write};
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use clap::Parser as _;

use args::{Args, Format};

pub fn run() -> ExitCode {
    let args = Args::parse();
    let mut out: Box<dyn Write> = match &args.output {
        Some(path) => Box::new(fs::File::create(path).expect("output")),
        None => Box::new(io::BufWriter::new(io::stdout().lock())),
    };
    let (inputs, lines) = inputs(&args);
    let mut code = 0;
    for path in &inputs {
        if let Err(error) = one(&args, path, lines, &mut out) {
            eprintln!("gongwen: {}: {error}", path.display());
            code = 1;
        }
    }
    if out.flush().is_err() {
        code = 1;
    }
    ExitCode::from(code)
}

fn inputs(args: &Args) -> (Vec<PathBuf>, bool) {
    let given = if args.inputs.is_empty() {
        vec!["-".into()]
    } else {
        args.inputs.clone()
    };
    let lines = args.format == Format::Jsonl || given.len() > 1 || given[0].is_dir();
    let files = given.into_iter().flat_map(|path| {
        if path.is_dir() {
            walkdir::WalkDir::new(path)
                .sort_by_file_name()
                .into_iter()
                .filter_map(Result::ok)
                .filter(|entry| entry.file_type().is_file())
                .map(walkdir::DirEntry::into_path)
                .collect()
        } else {
            vec![path]
        }
    });
    (files.collect(), lines)
}

fn one(
    args: &Args,
    path: &Path,
    lines: bool,
    out: &mut dyn Write,
) -> Result<(), Box<dyn std::error::Error>> {
    let mut parser = gongwen::Parser::new().offsets(args.offsets.into());
    if let Some(label) = &args.encoding {
        parser = parser.encoding(label);
    }
    let bytes = if path == Path::new("-") {
        let mut bytes = Vec::new();
        io::stdin().lock().read_to_end(&mut bytes)?;
        bytes
    } else {
        parser = parser.source_name(&path.to_string_lossy());
        fs::read(path)?
    };
    let decoded = parser.decode(&bytes)?;
    if args.text {
        out.write_all(decoded.text.as_bytes())?;
        return Ok(());
    }
    let notice = parser.parse_decoded(&decoded);
    if lines {
        serde_json::to_writer(&mut *out, &notice)?;
    } else {
        serde_json::to_writer_pretty(&mut *out, &notice)?;
    }
    out.write_all(b"\n")?;
    Ok(())
}
