//! The rooms of `src` import one way, as the table in CONTRIBUTING.md has them.

use std::collections::HashMap;
use std::fs;
use std::path::{Path, PathBuf};

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

fn read(path: &Path) -> String {
    fs::read_to_string(path).expect("a file of the project")
}

/// The rooms of the table, from the top.
fn rooms() -> Vec<String> {
    let page = read(&root().join("CONTRIBUTING.md"));
    page.lines()
        .skip_while(|line| !line.starts_with("| room |"))
        .skip(2)
        .map_while(|line| line.strip_prefix("| `")?.split(" | ").next())
        .flat_map(|rooms| rooms.split(','))
        .map(|room| {
            room.trim_matches(|ch: char| !ch.is_ascii_alphanumeric())
                .to_owned()
        })
        .collect()
}

/// The source files of a room: its own, and those in its folder.
fn files(path: &Path, found: &mut Vec<PathBuf>) {
    if path.is_dir() {
        for entry in fs::read_dir(path).expect("a folder of the project") {
            files(&entry.expect("an entry").path(), found);
        }
    } else if path.extension().is_some_and(|extension| extension == "rs")
        && path.file_stem().is_some_and(|name| name != "tests")
    {
        found.push(path.to_owned());
    }
}

/// The rooms that a file names behind `crate::`, tests and comments left out.
fn imports(source: &str) -> Vec<String> {
    let code = source.split("#[cfg(test)]").next().unwrap_or_default();
    let code: String = code
        .lines()
        .map(|line| line.split("//").next().unwrap_or_default())
        .collect();
    let name = |text: &str| {
        let end = text.find(|ch: char| !ch.is_ascii_lowercase() && ch != '_');
        text[..end.unwrap_or(text.len())].to_owned()
    };
    code.split("crate::")
        .skip(1)
        .flat_map(|behind| match behind.strip_prefix('{') {
            Some(list) => {
                let list = list.split('}').next().unwrap_or_default();
                list.split(',').map(|one| name(one.trim())).collect()
            }
            None => vec![name(behind)],
        })
        .collect()
}

#[test]
fn rooms_import_from_rooms_above() {
    let rooms = rooms();
    let rank: HashMap<&str, usize> = rooms
        .iter()
        .enumerate()
        .map(|(rank, room)| (room.as_str(), rank))
        .collect();
    let mut wrong = vec![];
    let mut seen = 0;
    for entry in fs::read_dir(root().join("src")).expect("src") {
        let path = entry.expect("an entry").path();
        let room = path
            .file_stem()
            .expect("a name")
            .to_string_lossy()
            .into_owned();
        let mut sources = vec![];
        files(&path, &mut sources);
        if matches!(&*room, "lib" | "main") {
            continue;
        }
        let Some(&own) = rank.get(&*room) else {
            wrong.push(format!("{room} has no row"));
            continue;
        };
        for source in sources {
            for import in imports(&read(&source)) {
                match rank.get(&*import) {
                    Some(&other) if other > own => {
                        wrong.push(format!("{room} takes from {import}"));
                    }
                    Some(_) => seen += 1,
                    None => {}
                }
            }
        }
    }
    wrong.sort();
    wrong.dedup();
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    assert!(seen > 150, "imports were found: {seen}");
    let folder = root().join("src");
    let missing: Vec<&String> = rooms
        .iter()
        .filter(|room| !folder.join(room).is_dir() && !folder.join(format!("{room}.rs")).is_file())
        .collect();
    assert!(missing.is_empty(), "no such rooms: {missing:?}");
}
