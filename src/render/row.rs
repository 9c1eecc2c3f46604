//! A row of the ledger: a task with its names resolved.
//!
//! ```text
//! {"source":"jiangxi-2018.txt", "id":"2.2.13", "number":"(十三)", "path":"建设创新型政府", "text":"全力争取…",
//!  "lead":["省科技厅"], "responsible":["省发改委",…], "cooperating":[], "supervising":[],
//!  "deadline":null, "date":null, "clause":"(牵头单位:…)", "inherited_from":null,
//!  "inferred":[], "findings":[], "line":60, "span":[7561,7945]}
//! ```
//!
//! `inferred` names what stands in no clause: the field, the rule and the values that the rule gave.
//! `other` (units under a role word that the lexicon lacks) is there only where it holds something.
//! Where several clauses part one item, a row has the text that its clause governs, and the span of both.

use std::borrow::Cow;
use std::ops::Range;

use serde::{Serialize, Serializer};

use super::lines::Lines;
use super::words::{ROLES, role_key, rule_key};
use super::{Ledger, Selection};
use crate::model::{Assignment, Counted, Diagnostic, Form, Item, Role, Unit};
use crate::span::Span;
use crate::tasks::{Assigned, Task};

#[derive(Clone, Serialize)]
pub(super) struct Row<'n> {
    pub source: Option<&'n str>,
    pub id: Cow<'n, str>,
    pub number: Option<&'n str>,
    pub path: String,
    pub text: Cow<'n, str>,
    pub lead: Vec<&'n str>,
    pub responsible: Vec<&'n str>,
    pub cooperating: Vec<&'n str>,
    pub supervising: Vec<&'n str>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub other: Vec<&'n str>,
    pub deadline: Option<&'n str>,
    pub date: Option<&'n str>,
    pub clause: Option<&'n str>,
    pub inherited_from: Option<&'n str>,
    pub inferred: Vec<Inferred<'n>>,
    #[serde(serialize_with = "codes")]
    pub findings: Vec<&'n Diagnostic<'n>>,
    pub line: u32,
    pub span: Span,
    #[serde(flatten)]
    pub one: Option<One<'n>>,
}

/// What no clause says: the field, the rule that gave it, the values.
#[derive(Clone, Serialize)]
pub(super) struct Inferred<'n> {
    pub field: &'static str,
    pub rule: &'n str,
    pub values: Vec<&'n str>,
}

/// The unit that an expanded row stands for.
#[derive(Clone, Serialize)]
pub(super) struct One<'n> {
    pub unit: Option<&'n str>,
    pub role: Option<Role>,
}

/// A task that the selection keeps, with those of its units that it keeps and the rows that show it.
pub(super) struct Selected<'n> {
    pub task: Task<'n>,
    pub assigned: Vec<Assigned<'n>>,
    pub rows: Vec<Row<'n>>,
}

/// The rows of one notice, in document order.
pub(super) fn rows<'n>(
    ledger: Ledger<'n>,
    selection: &Selection,
) -> impl Iterator<Item = Row<'n>> + use<'n> {
    selected(ledger, selection).flat_map(|selected| selected.rows)
}

/// The tasks of one notice that the selection keeps, in document order.
pub(super) fn selected<'n>(
    ledger: Ledger<'n>,
    selection: &Selection,
) -> impl Iterator<Item = Selected<'n>> + use<'n> {
    let lines = Lines::new(ledger.text);
    let counted = Counted::new(ledger.text, selection.offsets);
    let wanted = selection.unit.as_deref().map(folded);
    let expand = selection.expand;
    let mut readings = Readings::default();
    let mut tasks = ledger.notice.tasks();
    if selection.all {
        tasks = tasks.with_unassigned();
    }
    tasks.filter_map(move |task| {
        let mut assigned = task.assigned.clone();
        if let Some(name) = &wanted {
            assigned.retain(|assigned| is_called(assigned.unit, name));
            if assigned.is_empty() {
                return None;
            }
        }
        let mut row = row(ledger, &task, &lines, &mut readings);
        row.span = Span::new(counted.at(row.span.start), counted.at(row.span.end));
        let rows = if expand {
            expanded(row, &assigned)
        } else {
            vec![row]
        };
        Some(Selected {
            task,
            assigned,
            rows,
        })
    })
}

/// A row for each unit; one without where there is none.
fn expanded<'n>(row: Row<'n>, assigned: &[Assigned<'n>]) -> Vec<Row<'n>> {
    if assigned.is_empty() {
        let one = Some(One {
            unit: None,
            role: None,
        });
        return vec![Row { one, ..row }];
    }
    let of_unit = assigned.iter().map(|assigned| {
        let (unit, role) = (Some(&*assigned.unit.name), Some(assigned.role));
        Row {
            one: Some(One { unit, role }),
            ..row.clone()
        }
    });
    of_unit.collect()
}

fn row<'n>(
    ledger: Ledger<'n>,
    task: &Task<'n>,
    lines: &Lines,
    readings: &mut Readings<'n>,
) -> Row<'n> {
    let names = |role| task.units(role).map(|unit| &*unit.name).collect();
    let deadline = task.deadline();
    let span = place(ledger, task);
    Row {
        source: ledger.notice.source.name.as_deref(),
        id: task.id(),
        number: task.number(),
        path: task.path(),
        text: text(ledger, task, readings),
        lead: names(Role::Lead),
        responsible: names(Role::Responsible),
        cooperating: names(Role::Cooperating),
        supervising: names(Role::Supervising),
        other: names(Role::Other),
        deadline: deadline.map(|deadline| &*deadline.text),
        date: deadline.and_then(|deadline| deadline.date.as_deref()),
        clause: task.assignment.map(|assignment| &*assignment.text),
        inherited_from: task.inherited_from,
        inferred: inferred(task),
        findings: task.findings.clone(),
        line: lines.line(span.start),
        span,
        one: None,
    }
}

/// The stretch of text that a row stands for: the item, or where several clauses part it, what one governs.
pub(super) fn place(ledger: Ledger<'_>, task: &Task<'_>) -> Span {
    match (task.item, task.assignment) {
        (Some(item), Some(assignment)) if is_parted(task) => {
            let governed = assignment.scope.hull(assignment.span);
            let first = item.assignments.first().map(|first| first.span);
            if first == Some(assignment.span) {
                return Span::new(item.span.start, governed.end);
            }
            let raw = ledger.text.get(governed.range()).unwrap_or("");
            let parting = raw.len() - raw.trim_start_matches(is_behind_clause).len();
            Span::new(governed.start + parting as u32, governed.end)
        }
        (Some(item), _) => item.span,
        (None, Some(assignment)) => assignment.scope.hull(assignment.span),
        (None, None) => task.part.span,
    }
}

/// What parts a clause from the text behind it.
fn is_behind_clause(c: char) -> bool {
    is_before_clause(c) || c == '。'
}

/// What parts a clause from the text before it, but for the end of a sentence.
fn is_before_clause(c: char) -> bool {
    c.is_whitespace() || "；，、;,".contains(c)
}

/// Whether the task's item has several assignments of its own.
fn is_parted(task: &Task<'_>) -> bool {
    task.inherited_from.is_none() && task.item.is_some_and(|item| item.assignments.len() > 1)
}

fn text<'n>(ledger: Ledger<'n>, task: &Task<'n>, readings: &mut Readings<'n>) -> Cow<'n, str> {
    match (task.item, task.assignment) {
        (Some(item), Some(assignment)) if is_parted(task) => {
            Cow::Borrowed(readings.governed(ledger.text, item, assignment))
        }
        (None, Some(assignment)) => joined(ledger.text.get(assignment.scope.range()).unwrap_or("")),
        _ => Cow::Borrowed(task.text()),
    }
}

/// The readings of an item that several clauses part, cut at its clauses once for all its rows.
#[derive(Default)]
struct Readings<'n> {
    item: Option<&'n str>,
    ends: Vec<(Span, Range<usize>)>,
}

impl<'n> Readings<'n> {
    /// What a clause governs, as `item.text` reads it; all of the text where the clause governs none of it.
    fn governed(&mut self, text: &str, item: &'n Item<'n>, assignment: &Assignment<'_>) -> &'n str {
        if self.item != Some(&*item.id) {
            self.item = Some(&item.id);
            self.ends = cut(text, item);
        }
        let cut = self
            .ends
            .binary_search_by_key(&assignment.span, |(span, _)| *span);
        let found = cut.map_or("", |at| {
            let part = &item.text[self.ends[at].1.clone()];
            part.trim_start_matches(is_behind_clause)
                .trim_end_matches(is_before_clause)
        });
        if found.is_empty() { &item.text } else { found }
    }
}

/// The stretch of `item.text` before each clause. The reading leaves out characters of the text but adds
/// none other than blanks, so one walk over both finds every character's place; clauses are jumped over,
/// but for sentences that are the assignment themselves.
fn cut(text: &str, item: &Item<'_>) -> Vec<(Span, Range<usize>)> {
    let mut reading = item.text.char_indices().peekable();
    let mut from = item
        .marker
        .as_ref()
        .map_or(item.span.start, |marker| marker.span.end);
    let mut start = 0;
    let mut cuts = Vec::with_capacity(item.assignments.len());
    for assignment in &item.assignments {
        let stays = assignment.form == Form::Prose;
        let to = if stays {
            assignment.span.end
        } else {
            assignment.span.start
        };
        let raw = text.get(from as usize..to as usize).unwrap_or("");
        for c in raw.chars() {
            while reading.next_if(|(_, read)| read.is_whitespace()).is_some() {}
            reading.next_if(|(_, read)| *read == c);
        }
        let end = reading.peek().map_or(item.text.len(), |(at, _)| *at);
        cuts.push((assignment.span, start..end));
        start = end;
        from = from.max(assignment.span.end);
    }
    cuts
}

/// Line breaks and the blanks around them left out.
pub(super) fn joined(text: &str) -> Cow<'_, str> {
    let text = text.trim();
    if !text.contains(['\n', '\r']) {
        return Cow::Borrowed(text);
    }
    text.split(['\n', '\r'])
        .map(str::trim)
        .collect::<String>()
        .into()
}

fn inferred<'n>(task: &Task<'n>) -> Vec<Inferred<'n>> {
    let mut found: Vec<Inferred<'n>> = vec![];
    for role in ROLES {
        for assigned in task
            .assigned
            .iter()
            .filter(|assigned| assigned.role == role)
        {
            let Some(rule) = assigned.inferred_by.map(rule_key) else {
                continue;
            };
            let (field, name) = (role_key(role), &*assigned.unit.name);
            match found
                .iter_mut()
                .find(|known| (known.field, known.rule) == (field, rule))
            {
                Some(known) => known.values.push(name),
                None => found.push(Inferred {
                    field,
                    rule,
                    values: vec![name],
                }),
            }
        }
    }
    let deadline = task.deadline();
    if let Some((deadline, rule)) = deadline.and_then(|d| Some((d, d.inferred.as_deref()?))) {
        found.push(Inferred {
            field: "date",
            rule,
            values: deadline.date.as_deref().into_iter().collect(),
        });
    }
    found
}

/// Whether a unit goes by a name: as written, as read, an alias, the full legal name.
fn is_called(unit: &Unit<'_>, name: &str) -> bool {
    let canonical = unit.canonical.as_deref().map(|canonical| &canonical.name);
    [&unit.name, &unit.text]
        .into_iter()
        .chain(&unit.aliases)
        .chain(canonical)
        .any(|known| folded(known) == name)
}

/// What tells two units apart: the full legal name where it is sure, else the name as read.
pub(super) fn identity<'n>(unit: &'n Unit<'_>) -> &'n str {
    unit.canonical
        .as_deref()
        .map_or(&unit.name, |canonical| &canonical.id)
}

/// A name without blanks, in half width, with one kind of bracket.
pub(super) fn folded(name: &str) -> String {
    let folded = name
        .chars()
        .filter(|c| !c.is_whitespace())
        .map(|c| match c {
            '〔' | '［' | '【' | '[' => '(',
            '〕' | '］' | '】' | ']' => ')',
            '！'..='～' => char::from_u32(u32::from(c) - 0xFEE0).unwrap_or(c),
            other => other,
        });
    folded.collect()
}

fn codes<S: Serializer>(findings: &[&Diagnostic<'_>], serializer: S) -> Result<S::Ok, S::Error> {
    serializer.collect_seq(findings.iter().map(|finding| finding.code))
}
