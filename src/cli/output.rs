//! Where the bytes go: standard output, or a file that appears whole or not at all.
//!
//! A file is written beside its place under a hidden name, and takes its place at the end. Should anything
//! come between (a full disk, Ctrl-C), the hidden file goes and what stood there before stays. What is no
//! regular file, such as `/dev/stdout` or a named pipe, is written straight away.

use std::fs::{self, File, OpenOptions};
use std::io::{self, BufWriter, ErrorKind, IsTerminal, Stdout, Write};
use std::path::{Path, PathBuf};
use std::process;

use super::args::Args;

/// An open output.
pub struct Output {
    to: To,
    name: String,
}

enum To {
    Stdout(BufWriter<Stdout>),
    Device(BufWriter<File>),
    File {
        file: BufWriter<File>,
        hidden: PathBuf,
        place: PathBuf,
    },
}

impl Output {
    /// Opens the output that was asked for: a path, or standard output for none and for `-`.
    pub fn open(path: Option<&Path>) -> Result<Self, String> {
        let Some(path) = path.filter(|&path| path != Path::new("-")) else {
            let to = To::Stdout(BufWriter::with_capacity(1 << 16, io::stdout()));
            return Ok(Self {
                to,
                name: "standard output".into(),
            });
        };
        let name = path.display().to_string();
        let to = open(path).map_err(|error| super::failure(&name, &error))?;
        if let To::File { hidden, .. } = &to {
            let hidden = hidden.clone();
            // A second handler can't be set; there is one output.
            let _ = ctrlc::set_handler(move || {
                let _ = fs::remove_file(&hidden);
                process::exit(130);
            });
        }
        Ok(Self { to, name })
    }

    /// Whether it is a screen.
    pub fn is_terminal(&self) -> bool {
        matches!(self.to, To::Stdout(_)) && io::stdout().is_terminal()
    }

    /// Whether a count of what was read would be welcome on the terminal, and in nobody's way.
    pub fn is_watched(&self, args: &Args) -> bool {
        !args.quiet && !self.is_terminal()
    }

    /// Whether colours are wanted: on a terminal, unless the environment says otherwise.
    pub fn is_styled(&self) -> bool {
        let choice = anstream::AutoStream::choice(&io::stdout());
        matches!(self.to, To::Stdout(_)) && choice != anstream::ColorChoice::Never
    }

    /// Writes, or ends the run.
    pub fn take(&mut self, write: impl FnOnce(&mut Self) -> io::Result<()>) {
        if let Err(error) = write(self) {
            self.give_up(&error);
        }
    }

    /// Puts the file in its place.
    pub fn finish(mut self) {
        self.take(|output| {
            output.flush()?;
            match &output.to {
                To::Stdout(_) | To::Device(_) => Ok(()),
                To::File {
                    file,
                    hidden,
                    place,
                } => {
                    file.get_ref().sync_all()?;
                    fs::rename(hidden, place)
                }
            }
        });
    }

    /// Leaves things as they were.
    pub fn discard(self) {
        self.remove();
    }

    fn remove(&self) {
        if let To::File { hidden, .. } = &self.to {
            let _ = fs::remove_file(hidden);
        }
    }

    /// Ends the run: quietly where the reader has had enough, as `head` has, else with a word.
    /// Threads may wait for input that never comes, so nothing else is awaited.
    pub fn give_up(&self, error: &io::Error) -> ! {
        self.remove();
        if error.kind() == ErrorKind::BrokenPipe {
            process::exit(0);
        }
        super::report(&super::failure(&self.name, error));
        process::exit(1);
    }
}

impl Write for Output {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        match &mut self.to {
            To::Stdout(out) => out.write(bytes),
            To::Device(file) | To::File { file, .. } => file.write(bytes),
        }
    }

    fn flush(&mut self) -> io::Result<()> {
        match &mut self.to {
            To::Stdout(out) => out.flush(),
            To::Device(file) | To::File { file, .. } => file.flush(),
        }
    }
}

fn open(path: &Path) -> io::Result<To> {
    let place = fs::canonicalize(path).unwrap_or_else(|_| path.to_owned());
    let before = fs::metadata(&place).ok();
    if before.as_ref().is_some_and(|before| !before.is_file()) {
        return Ok(To::Device(BufWriter::new(
            File::options().write(true).open(place)?,
        )));
    }
    let name = place
        .file_name()
        .ok_or(ErrorKind::InvalidFilename)?
        .to_string_lossy();
    let hidden = place.with_file_name(format!(".{name}.{}.part", process::id()));
    let file = OpenOptions::new()
        .write(true)
        .create_new(true)
        .open(&hidden)?;
    if let Some(before) = before {
        file.set_permissions(before.permissions())?;
    }
    Ok(To::File {
        file: BufWriter::with_capacity(1 << 16, file),
        hidden,
        place,
    })
}
