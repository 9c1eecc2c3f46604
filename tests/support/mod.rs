//! What the tests share: the fixtures, and the laws that hold for every notice.
//!
//! | law | function |
//! |---|---|
//! | `text[span]` is the value's `text`; every span lies in the text, on characters | [`grounded`] |
//! | parts partition the text; blocks and top-level items cover every visible character once | [`covered`] |
//! | items lie in their parents, siblings in a row; what an item holds lies inside it | [`nested`] |
//! | ids are unique, and every id that is named exists | [`named`] |
//! | every unit of a duty, and every last item that has or inherits some, stands in a task | [`handed_out`] |
//! | findings stand where line and column say | [`placed`] |
//! | the JSON reads back as the same notice; parted from the text it is the same; spans recount | [`lasting`] |
#![allow(dead_code)]

pub mod dump;
pub mod hostile;

use std::collections::{BTreeSet, HashSet};
use std::path::{Path, PathBuf};

use gongwen::{Assignment, Item, Notice, Offsets, Span};
use serde_json::Value;

/// A file under `fixtures/`.
pub struct Fixture {
    /// Without folder and extension.
    pub name: String,
    /// As they stand in the file.
    pub bytes: Vec<u8>,
    /// Decoded.
    pub text: String,
}

/// The folder of the fixtures.
#[must_use]
pub fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures")
}

/// Every fixture, by name.
#[must_use]
pub fn fixtures() -> Vec<Fixture> {
    let mut paths: Vec<PathBuf> = std::fs::read_dir(folder())
        .expect("fixtures/ can be listed")
        .map(|entry| entry.expect("an entry can be read").path())
        .filter(|path| path.extension().is_some_and(|extension| extension == "txt"))
        .collect();
    paths.sort();
    paths
        .iter()
        .map(|path| {
            let name = path
                .file_stem()
                .expect("a name")
                .to_string_lossy()
                .into_owned();
            let bytes = std::fs::read(path).expect("a fixture can be read");
            let text = gongwen::decode(&bytes)
                .expect("a fixture is text")
                .text
                .into_owned();
            Fixture { name, bytes, text }
        })
        .collect()
}

/// The notice that the README shows.
#[must_use]
pub fn source_notice() -> String {
    std::fs::read_to_string(folder().join("jiangxi-2018.txt")).expect("the source notice")
}

/// Parses a text and checks every law; panics with all that is broken.
#[track_caller]
pub fn check(name: &str, text: &str) {
    let broken = violations(text, &gongwen::parse(text));
    assert!(broken.is_empty(), "{name}:\n{}", broken.join("\n"));
}

/// Every law that the notice breaks, in words.
#[must_use]
pub fn violations(text: &str, notice: &Notice<'_>) -> Vec<String> {
    let mut broken = Vec::new();
    let value = serde_json::to_value(notice).expect("a notice can be serialised");
    grounded(text, &value, "", &mut broken);
    covered(text, notice, &mut broken);
    for part in &notice.parts {
        nested(part.span, &part.items, &mut broken);
        for assignment in &part.assignments {
            inside(part.span, assignment, "a part", &mut broken);
        }
    }
    named(notice, &mut broken);
    handed_out(notice, &mut broken);
    placed(text, notice, &mut broken);
    lasting(text, notice, &value, &mut broken);
    broken
}

/// Whether a reader sees nothing: White_Space, Default_Ignorable_Code_Point or a control.
#[must_use]
pub fn is_blank(ch: char) -> bool {
    ch.is_whitespace()
        || ch.is_control()
        || matches!(ch,
            '\u{ad}' | '\u{34f}' | '\u{61c}' | '\u{115f}'..='\u{1160}' | '\u{17b4}'..='\u{17b5}' | '\u{180b}'..='\u{180f}'
            | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{3164}' | '\u{fe00}'..='\u{fe0f}'
            | '\u{feff}' | '\u{ffa0}' | '\u{fff0}'..='\u{fff8}' | '\u{1bca0}'..='\u{1bca3}' | '\u{1d173}'..='\u{1d17a}'
            | '\u{e0000}'..='\u{e0fff}')
}

/// Every value with `text` and `span` is cut from the text, items apart; every span is a stretch of it.
fn grounded(text: &str, value: &Value, path: &str, broken: &mut Vec<String>) {
    match value {
        Value::Array(values) => {
            for (index, value) in values.iter().enumerate() {
                grounded(text, value, &format!("{path}[{index}]"), broken);
            }
        }
        Value::Object(fields) => {
            for key in ["span", "scope"] {
                let Some(Value::Array(span)) = fields.get(key) else {
                    continue;
                };
                let (start, end) = (at(&span[0]), at(&span[1]));
                let Some(cut) = text.get(start..end) else {
                    broken.push(format!(
                        "{path}.{key} [{start}, {end}] is no stretch of the text"
                    ));
                    continue;
                };
                if key == "span"
                    && !fields.contains_key("items")
                    && let Some(Value::String(own)) = fields.get("text")
                    && own != cut
                {
                    broken.push(format!(
                        "{path}: text {own:?}, but [{start}, {end}] is {cut:?}"
                    ));
                }
            }
            for (key, value) in fields {
                if value.is_array() || value.is_object() {
                    grounded(text, value, &format!("{path}.{key}"), broken);
                }
            }
        }
        _ => {}
    }
}

fn at(number: &Value) -> usize {
    number
        .as_u64()
        .and_then(|number| usize::try_from(number).ok())
        .expect("a position")
}

/// Parts in a row from end to end; in each, blocks and top-level items in a row that leave out only blanks.
fn covered(text: &str, notice: &Notice<'_>, broken: &mut Vec<String>) {
    let mut end = 0;
    for (number, part) in notice.parts.iter().enumerate() {
        if part.span.start != end {
            broken.push(format!(
                "part {} begins at {}, not at {end}",
                number + 1,
                part.span.start
            ));
        }
        end = part.span.end;
        let mut stretches: Vec<(Span, String)> = part
            .blocks
            .iter()
            .map(|block| (block.span, format!("{:?}", block.kind)))
            .collect();
        if !stretches.is_sorted_by_key(|(span, _)| span.start) {
            broken.push(format!("blocks of part {} are out of order", number + 1));
        }
        stretches.extend(
            part.items
                .iter()
                .map(|item| (item.span, format!("item {}", item.id))),
        );
        stretches.sort_by_key(|(span, _)| (span.start, span.end));
        let mut at = part.span.start;
        for (span, what) in &stretches {
            if span.start < at {
                broken.push(format!("{what} at {span:?} overlaps what ends at {at}"));
            } else {
                lost(text, Span::new(at, span.start), what, broken);
            }
            if span.is_empty()
                || text
                    .get(span.range())
                    .is_some_and(|cut| cut.chars().all(is_blank))
            {
                broken.push(format!("{what} at {span:?} holds nothing to see"));
            }
            at = at.max(span.end);
        }
        lost(
            text,
            Span::new(at, part.span.end.max(at)),
            "the end of the part",
            broken,
        );
    }
    if end as usize != text.len() {
        broken.push(format!(
            "the parts end at {end}, the text at {}",
            text.len()
        ));
    }
}

fn lost(text: &str, gap: Span, before: &str, broken: &mut Vec<String>) {
    match text.get(gap.range()) {
        Some(cut) if cut.chars().all(is_blank) => {}
        cut => broken.push(format!("lost before {before}: {gap:?} {cut:?}")),
    }
}

/// Items inside their parent, one behind the other; marker, clauses and children inside, apart.
fn nested(parent: Span, items: &[Item<'_>], broken: &mut Vec<String>) {
    let mut levels = vec![(parent, items)];
    while let Some((parent, items)) = levels.pop() {
        let mut end = parent.start;
        for item in items {
            let id = &item.id;
            if !parent.contains(item.span) {
                broken.push(format!(
                    "item {id} at {:?} leaves its parent at {parent:?}",
                    item.span
                ));
            }
            if item.span.start < end {
                broken.push(format!(
                    "item {id} at {:?} overlaps its sibling, which ends at {end}",
                    item.span
                ));
            }
            end = item.span.end;
            if item
                .marker
                .as_ref()
                .is_some_and(|marker| !item.span.contains(marker.span))
            {
                broken.push(format!("the marker of item {id} leaves it"));
            }
            let mut clause_end = item.span.start;
            for assignment in &item.assignments {
                inside(item.span, assignment, &format!("item {id}"), broken);
                if assignment.span.start < clause_end {
                    broken.push(format!(
                        "clauses of item {id} overlap at {:?}",
                        assignment.span
                    ));
                }
                clause_end = assignment.span.end;
                let below = item.items.iter().any(|child| {
                    child.span.start < assignment.span.end && assignment.span.start < child.span.end
                });
                if below {
                    broken.push(format!(
                        "clause {:?} of item {id} overlaps an item below",
                        assignment.span
                    ));
                }
            }
            levels.push((item.span, &item.items));
        }
    }
}

/// A clause and its scope inside what holds it; units and deadline inside the clause.
fn inside(holder: Span, assignment: &Assignment<'_>, who: &str, broken: &mut Vec<String>) {
    let Assignment { span, scope, .. } = assignment;
    if !holder.contains(*span) || !holder.contains(*scope) {
        broken.push(format!(
            "clause {span:?} with scope {scope:?} leaves {who} at {holder:?}"
        ));
    }
    if scope.end > span.start || scope.start > scope.end {
        broken.push(format!(
            "scope {scope:?} of clause {span:?} of {who} does not stand before it"
        ));
    }
    if assignment.duties.is_empty() && assignment.deadline.is_none() {
        broken.push(format!("clause {span:?} of {who} says nothing"));
    }
    for duty in &assignment.duties {
        if duty.units.is_empty() {
            broken.push(format!("a duty of clause {span:?} of {who} has no units"));
        }
        for unit in &duty.units {
            if !span.contains(unit.span) || unit.span.is_empty() {
                broken.push(format!(
                    "unit {:?} at {:?} leaves its clause {span:?}",
                    unit.text, unit.span
                ));
            }
        }
    }
    if assignment
        .deadline
        .as_ref()
        .is_some_and(|deadline| !span.contains(deadline.span))
    {
        broken.push(format!(
            "the deadline of clause {span:?} of {who} leaves it"
        ));
    }
}

/// Whether the tasks have what the items have.
fn handed_out(notice: &Notice<'_>, broken: &mut Vec<String>) {
    let mut spans = HashSet::new();
    let mut charged = HashSet::new();
    for task in notice.tasks() {
        spans.extend(task.assigned.iter().map(|assigned| assigned.unit.span));
        if !task.assigned.is_empty() {
            charged.insert(task.id().into_owned());
        }
    }
    let mut open: Vec<&Item<'_>> = notice.parts.iter().flat_map(|part| &part.items).collect();
    while let Some(item) = open.pop() {
        open.extend(&item.items);
        let duties = || item.assignments.iter().flat_map(|own| &own.duties);
        for unit in duties().flat_map(|duty| &duty.units) {
            if !spans.contains(&unit.span) {
                broken.push(format!("{} of item {} is in no task", unit.name, item.id));
            }
        }
        let named = item.inherits.is_some() || duties().any(|duty| !duty.units.is_empty());
        if item.items.is_empty() && named && !charged.contains(&*item.id) {
            broken.push(format!("item {} is in no task", item.id));
        }
    }
}

/// Ids are unique, follow the tree, at most 32 deep; every id that something names exists.
fn named(notice: &Notice<'_>, broken: &mut Vec<String>) {
    let mut ids = BTreeSet::new();
    for (number, part) in notice.parts.iter().enumerate() {
        let mut open: Vec<(String, bool, &Item<'_>, usize)> = part
            .items
            .iter()
            .rev()
            .map(|item| ((number + 1).to_string(), false, item, 1))
            .collect();
        while let Some((above, covered, item, depth)) = open.pop() {
            if !ids.insert(item.id.to_string()) {
                broken.push(format!("the id {} stands twice", item.id));
            }
            if item
                .id
                .strip_prefix(above.as_str())
                .is_none_or(|rest| !rest.starts_with('.'))
            {
                broken.push(format!("the id {} does not follow {above}", item.id));
            }
            if depth > 32 {
                broken.push(format!("item {} lies {depth} deep", item.id));
            }
            let own = item
                .assignments
                .iter()
                .any(|assignment| !assignment.duties.is_empty());
            match &item.inherits {
                Some(_) if own => broken.push(format!("item {} inherits and has its own", item.id)),
                Some(from) if !item.id.starts_with(&format!("{from}.")) => {
                    broken.push(format!(
                        "item {} inherits from {from}, which is not above it",
                        item.id
                    ));
                }
                None if covered && !own => broken.push(format!(
                    "item {} inherits nothing below an assignment",
                    item.id
                )),
                _ => {}
            }
            for child in item.items.iter().rev() {
                open.push((item.id.to_string(), covered || own, child, depth + 1));
            }
        }
    }
    for rule in &notice.rules {
        if rule
            .from
            .as_ref()
            .is_some_and(|from| !ids.contains(&**from))
        {
            broken.push(format!(
                "a rule names the item {:?}, which is not there",
                rule.from
            ));
        }
    }
    for finding in &notice.diagnostics {
        if finding
            .item
            .as_ref()
            .is_some_and(|item| !ids.contains(&**item))
        {
            broken.push(format!(
                "a finding names the item {:?}, which is not there",
                finding.item
            ));
        }
    }
}

/// Findings in document order, each with the line (ends: LF, CR, CR LF) and column of its start.
fn placed(text: &str, notice: &Notice<'_>, broken: &mut Vec<String>) {
    let mut start = 0;
    for finding in &notice.diagnostics {
        if finding.code != gongwen::Code::FindingsCapped && finding.span.start < start {
            broken.push(format!("finding {} is out of order", finding.code));
        }
        start = finding.span.start.max(start);
        let Some(before) = text.get(..finding.span.start as usize) else {
            continue;
        };
        let ends = before.replace("\r\n", "\n");
        let line = 1 + ends.matches(['\n', '\r']).count();
        let column = 1 + before
            .rsplit(['\n', '\r'])
            .next()
            .map_or(0, |line| line.chars().count());
        if (finding.line as usize, finding.column as usize) != (line, column) {
            broken.push(format!(
                "finding {} says {}:{}, it stands at {line}:{column}",
                finding.code, finding.line, finding.column
            ));
        }
        if finding.message.is_empty() {
            broken.push(format!("finding {} says nothing", finding.code));
        }
    }
}

/// Round trip through JSON, parting from the text, the same answer again, and recounted spans.
fn lasting(text: &str, notice: &Notice<'_>, value: &Value, broken: &mut Vec<String>) {
    let json = serde_json::to_string(notice).expect("a notice can be serialised");
    match serde_json::from_str::<Notice<'_>>(&json) {
        Ok(read) if read == *notice => {}
        Ok(_) => broken.push("the JSON reads back as another notice".into()),
        Err(error) => broken.push(format!("the JSON does not read back: {error}")),
    }
    if notice.clone().into_owned() != *notice {
        broken.push("parted from the text it is another notice".into());
    }
    for (offsets, label) in [(Offsets::Chars, "chars"), (Offsets::Utf16, "utf16")] {
        let mut counted = notice.clone();
        counted.count_in(text, offsets);
        let table = positions(text, offsets);
        let mut expected = value.clone();
        expected["source"]["offsets"] = label.into();
        recount(&mut expected, &table);
        if serde_json::to_value(&counted).expect("a notice can be serialised") != expected {
            broken.push(format!("spans counted in {label} are wrong"));
        }
    }
}

/// For each byte position, the position in other units.
fn positions(text: &str, offsets: Offsets) -> Vec<u32> {
    let mut table = vec![0; text.len() + 1];
    let mut count = 0;
    for (at, ch) in text.char_indices() {
        table[at] = count;
        count += match offsets {
            Offsets::Utf16 => u32::try_from(ch.len_utf16()).expect("one or two"),
            _ => 1,
        };
    }
    table[text.len()] = count;
    table
}

fn recount(value: &mut Value, table: &[u32]) {
    match value {
        Value::Array(values) => values.iter_mut().for_each(|value| recount(value, table)),
        Value::Object(fields) => {
            for (key, value) in fields {
                match value {
                    Value::Array(span) if key == "span" || key == "scope" => {
                        for number in span {
                            *number = table[at(number)].into();
                        }
                    }
                    _ => recount(value, table),
                }
            }
        }
        _ => {}
    }
}
