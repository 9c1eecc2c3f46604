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
use std::collections::HashMap;
use std::ops::Range;
use std::sync::Arc;

use serde::{Serialize, Serializer};

use super::lines::Lines;
use super::words::{self, ROLES};
use super::{Ledger, Selection};
use crate::Parser;
use crate::model::{
    Assignment, Canonical, Counted, Diagnostic, Form, Inference, Item, Role, RuleKind, Str, Unit,
};
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
    pub field: Field,
    pub rule: Why,
    pub values: Vec<&'n str>,
}

/// What a rule gave.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Field {
    Units(Role),
    Date,
}

impl Serialize for Field {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(match self {
            Self::Units(role) => role.as_str(),
            Self::Date => "date",
        })
    }
}

impl Field {
    pub(super) const fn word(self) -> &'static str {
        match self {
            Self::Units(role) => words::role(role),
            Self::Date => "日期",
        }
    }
}

/// Where it comes from.
#[derive(Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(untagged)]
pub(super) enum Why {
    Rule(RuleKind),
    Inference(Inference),
}

impl Why {
    pub(super) const fn word(self) -> &'static str {
        match self {
            Self::Rule(rule) => words::rule(rule),
            Self::Inference(inference) => words::inference(inference),
        }
    }
}

/// The unit that an expanded row stands for.
#[derive(Clone, Default, Serialize)]
pub(super) struct One<'n> {
    pub unit: Option<Cow<'n, str>>,
    pub role: Option<Role>,
    pub unit_id: Option<Str<'static>>,
    pub region: Option<Str<'static>>,
    pub member_of: Option<&'n str>,
}

/// A unit that a task concerns: one that a clause names, or a member of a collective that one names.
pub(super) struct Party<'n> {
    pub role: Role,
    pub unit: &'n Unit<'n>,
    member: Option<Arc<Canonical>>,
}

impl<'n> Party<'n> {
    pub(super) fn canonical(&self) -> Option<&Canonical> {
        self.member.as_deref().or(self.unit.canonical.as_deref())
    }

    pub(super) fn name(&self) -> Cow<'n, str> {
        match &self.member {
            Some(member) => member.name.to_string().into(),
            None => Cow::Borrowed(&self.unit.name),
        }
    }

    /// What tells two of them apart: see [`identity`].
    pub(super) fn identity(&self) -> String {
        match &self.member {
            Some(member) => member.id.to_string(),
            None => identity(self.unit).to_owned(),
        }
    }

    fn one(&self) -> One<'n> {
        let canonical = self.canonical();
        One {
            unit: Some(self.name()),
            role: Some(self.role),
            unit_id: canonical.map(|canonical| canonical.id.clone()),
            region: canonical.and_then(|canonical| canonical.region.clone()),
            member_of: self.member.is_some().then_some(&*self.unit.name),
        }
    }
}

/// A task that the selection keeps, with those of its units that it keeps.
pub(super) struct Selected<'n> {
    pub task: Task<'n>,
    pub parties: Vec<Party<'n>>,
    /// The row of all its units.
    pub row: Row<'n>,
    expand: bool,
}

impl<'n> Selected<'n> {
    /// The rows that show it: one, or one for each unit, even where there is none.
    pub(super) fn into_rows(self) -> impl Iterator<Item = Row<'n>> {
        let Self {
            row,
            parties,
            expand,
            ..
        } = self;
        let nobody = (expand && parties.is_empty()).then(One::default);
        let (whole, each) = if expand && nobody.is_none() {
            (None, Some((row, parties)))
        } else {
            (Some(Row { one: nobody, ..row }), None)
        };
        let each = each.into_iter().flat_map(|(row, parties)| {
            parties.into_iter().map(move |party| Row {
                one: Some(party.one()),
                ..row.clone()
            })
        });
        whole.into_iter().chain(each)
    }
}

/// The rows of one notice, in document order.
pub(super) fn rows<'n>(
    ledger: Ledger<'n>,
    selection: &Selection,
) -> impl Iterator<Item = Row<'n>> + use<'n> {
    selected(ledger, selection).flat_map(Selected::into_rows)
}

/// The tasks of one notice that the selection keeps, in document order.
pub(super) fn selected<'n>(
    ledger: Ledger<'n>,
    selection: &Selection,
) -> impl Iterator<Item = Selected<'n>> + use<'n> {
    let lines = Lines::new(ledger.text);
    let counted = Counted::new(ledger.text, selection.offsets);
    let wanted = selection
        .unit
        .as_deref()
        .map(|name| Wanted::new(name, ledger, &selection.parser));
    let expand = selection.expand;
    let mut rolls = Rolls::default();
    let mut readings = Readings::default();
    let mut tasks = ledger.notice.tasks();
    if selection.all {
        tasks = tasks.with_unassigned();
    }
    tasks.filter_map(move |task| {
        let mut parties = vec![];
        for &Assigned { role, unit, .. } in &task.assigned {
            let wants = |member| wanted.as_ref().is_none_or(|wanted| wanted.is(unit, member));
            let party = |member| Party { role, unit, member };
            let members = if expand { rolls.of(ledger, unit) } else { &[] };
            if members.is_empty() {
                parties.extend(wants(None).then(|| party(None)));
            } else {
                let wanted = members.iter().filter(|member| wants(Some(member)));
                parties.extend(wanted.map(|member| party(Some(Arc::clone(member)))));
            }
        }
        if wanted.is_some() && parties.is_empty() {
            return None;
        }
        let mut row = row(ledger, &task, &lines, &mut readings);
        row.span = Span::new(counted.at(row.span.start), counted.at(row.span.end));
        Some(Selected {
            task,
            parties,
            row,
            expand,
        })
    })
}

/// The members of the collectives of a notice, each looked up once.
#[derive(Default)]
struct Rolls<'n>(HashMap<Collective<'n>, Vec<Arc<Canonical>>>);

/// Its name and the region that its members belong to.
type Collective<'n> = (&'n str, &'n str);

/// A text that names more collectives than this is none that a person wrote; theirs are looked up again.
const ROLLS: usize = 64;

impl<'n> Rolls<'n> {
    fn of(&mut self, ledger: Ledger<'n>, unit: &'n Unit<'n>) -> &[Arc<Canonical>] {
        let region = unit
            .members
            .as_deref()
            .and_then(|members| members.region.as_deref());
        let Some(region) = region else { return &[] };
        let collective = (&*unit.name, region);
        if self.0.len() == ROLLS && !self.0.contains_key(&collective) {
            self.0.clear();
        }
        self.0
            .entry(collective)
            .or_insert_with(|| ledger.notice.members_of(unit))
    }
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

/// Characters of a key before its colon.
const KEY: usize = 8;

/// Line breaks and the blanks around them left out, but in front of a key: `任务内容：…`.
pub(super) fn joined(text: &str) -> Cow<'_, str> {
    let text = text.trim();
    if !text.contains(['\n', '\r']) {
        return Cow::Borrowed(text);
    }
    let begins_with_key = |line: &str| {
        line.chars()
            .take(KEY + 1)
            .position(|ch| matches!(ch, ':' | '：'))
            .is_some_and(|at| at > 1)
    };
    let mut joined = String::with_capacity(text.len());
    for line in text.split(['\n', '\r']).map(str::trim) {
        if begins_with_key(line) {
            joined.push('\n');
        }
        joined.push_str(line);
    }
    Cow::Owned(joined.trim_start().to_owned())
}

fn inferred<'n>(task: &Task<'n>) -> Vec<Inferred<'n>> {
    let mut found: Vec<Inferred<'n>> = vec![];
    for role in ROLES {
        for assigned in task
            .assigned
            .iter()
            .filter(|assigned| assigned.role == role)
        {
            let Some(rule) = assigned.inferred_by.map(Why::Rule) else {
                continue;
            };
            let (field, name) = (Field::Units(role), &*assigned.unit.name);
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
    if let Some((deadline, inference)) = deadline.and_then(|d| Some((d, d.inferred?))) {
        found.push(Inferred {
            field: Field::Date,
            rule: Why::Inference(inference),
            values: deadline.date.as_deref().into_iter().collect(),
        });
    }
    found
}

/// The unit that a selection asks for.
struct Wanted {
    name: String,
    /// The organ that the name means in this notice.
    id: Option<Str<'static>>,
}

impl Wanted {
    fn new(name: &str, ledger: Ledger<'_>, parser: &Parser) -> Self {
        let organ = parser.organ(name, ledger.notice);
        Self {
            name: folded(name),
            id: organ.map(|organ| organ.id.clone()),
        }
    }

    /// Whether a unit, or this member of it, is the one: as written, as read, by an alias, the full legal name, or what it means.
    fn is(&self, unit: &Unit<'_>, member: Option<&Arc<Canonical>>) -> bool {
        let canonical = member.or(unit.canonical.as_ref());
        let names = [&unit.name, &unit.text].into_iter().chain(&unit.aliases);
        canonical.is_some_and(|organ| self.id.as_ref() == Some(&organ.id))
            || names
                .chain(canonical.map(|organ| &organ.name))
                .any(|known| folded(known) == self.name)
    }
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
