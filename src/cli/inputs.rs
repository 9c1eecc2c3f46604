//! What there is to read: the files, folders, and `-` of the command line, in the order given.
//!
//! Folders are walked by name, hidden files and folders left out.

use std::collections::BTreeSet;
use std::ffi::OsStr;
use std::fs::{self, File};
use std::io::{self, Read};
use std::path::{Path, PathBuf};

use walkdir::WalkDir;

/// Something to read.
pub struct Input {
    /// The path; `-` for standard input.
    pub path: PathBuf,
    /// Which argument it was found under, where that is a folder.
    pub folder: Option<usize>,
}

impl Input {
    /// The name as given; none for standard input.
    pub fn name(&self) -> Option<String> {
        (!is_stdin(&self.path)).then(|| self.path.to_string_lossy().into_owned())
    }

    /// The name for people.
    pub fn shown(&self) -> String {
        self.name().unwrap_or_else(|| "standard input".into())
    }

    pub fn open(&self) -> io::Result<Box<dyn Read + Send>> {
        if is_stdin(&self.path) {
            Ok(Box::new(io::stdin()))
        } else {
            Ok(Box::new(File::open(&self.path)?))
        }
    }

    pub fn bytes(&self) -> io::Result<Vec<u8>> {
        if is_stdin(&self.path) {
            let mut bytes = Vec::new();
            io::stdin().read_to_end(&mut bytes)?;
            Ok(bytes)
        } else {
            fs::read(&self.path)
        }
    }
}

/// The folders of the command line in which nothing was found to read.
pub struct Barren<'a> {
    given: &'a [PathBuf],
    folders: BTreeSet<usize>,
}

impl<'a> Barren<'a> {
    /// All of them, before anything was found.
    pub fn of(given: &'a [PathBuf]) -> Self {
        let folders = (0..given.len())
            .filter(|&place| is_folder(&given[place]))
            .collect();
        Self { given, folders }
    }

    /// Something was found in this folder.
    pub fn found(&mut self, folder: Option<usize>) {
        if let Some(folder) = folder {
            self.folders.remove(&folder);
        }
    }

    /// A sentence for each.
    pub fn sentences(&self) -> impl Iterator<Item = String> {
        self.folders.iter().map(|&place| {
            let folder = self.given[place].display();
            format!("{folder}: no document in this folder: check the path")
        })
    }
}

/// The inputs one by one, each with its path or with what is wrong. `but` is left out of folders.
pub fn walk(
    given: &[PathBuf],
    but: Option<&Path>,
) -> impl Iterator<Item = Result<Input, String>> + Send {
    let but = but.and_then(|path| fs::canonicalize(path).ok());
    given
        .iter()
        .enumerate()
        .flat_map(move |(place, path)| -> Box<dyn Iterator<Item = _> + Send> {
            if !is_folder(path) {
                return Box::new(std::iter::once(Ok(Input {
                    path: path.clone(),
                    folder: None,
                })));
            }
            let but = but.clone();
            let files = WalkDir::new(path)
                .follow_links(true)
                .sort_by_file_name()
                .into_iter()
                .filter_entry(|entry| entry.depth() == 0 || !is_hidden(entry.file_name()))
                .filter_map(move |entry| match entry {
                    Ok(entry) if !entry.file_type().is_file() => None,
                    Ok(entry) if but.is_some() && fs::canonicalize(entry.path()).ok() == but => {
                        None
                    }
                    Ok(entry) => Some(Ok(Input {
                        path: entry.into_path(),
                        folder: Some(place),
                    })),
                    Err(error) if error.loop_ancestor().is_some() => None,
                    Err(error) => Some(Err(unreadable(error, path))),
                });
            Box::new(files)
        })
}

pub fn is_stdin(path: &Path) -> bool {
    path == Path::new("-")
}

pub fn is_folder(path: &Path) -> bool {
    !is_stdin(path) && path.is_dir()
}

fn is_hidden(name: &OsStr) -> bool {
    name.as_encoded_bytes().starts_with(b".")
}

fn unreadable(error: walkdir::Error, folder: &Path) -> String {
    let path = error.path().unwrap_or(folder).display().to_string();
    super::failure(&path, &error.into())
}
