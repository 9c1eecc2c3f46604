//! The assigned tasks of a notice: one for each item and assignment, in document order.
//!
//! In comes a [`Notice`], out come [`Task`]s that borrow from it. Nothing is copied into the model:
//! what an item inherits and what the document states once for all items is looked up while walking.
//!
//! | the item | its tasks |
//! |---|---|
//! | has assignments of its own | one for each |
//! | names an item above in `inherits` | one for each assignment of that item, `inherited_from` says so; a deadline of its own goes before the one above |
//! | is a heading, and items below take over what it assigns | none: the items have them |
//! | has neither, and no items below | none; [`Tasks::with_unassigned`] adds one without assignment |
//!
//! Assignments of paragraphs that belong to no item stand between the items where the text has them.
//! `以下均需各市政府落实，不再列出` adds its units to every task from there on that does not name
//! them itself.

use std::borrow::Cow;
use std::collections::{HashMap, HashSet};
use std::{fmt, slice};

use crate::model::{
    Assignment, Deadline, Diagnostic, Item, Notice, Part, Role, Rule, RuleKind, Unit,
};

impl Notice<'_> {
    /// Walks the assigned tasks in document order, with what they inherit.
    ///
    /// ```
    /// use gongwen::Role;
    /// let notice = gongwen::parse("一、春耕（牵头单位：省农业农村厅）\n（一）备好种子。\n（二）修好水渠。");
    /// let task = notice.tasks().next().unwrap();
    /// assert_eq!((task.number(), task.text()), (Some("（一）"), "备好种子。"));
    /// assert_eq!(task.units(Role::Lead).next().unwrap().name, "省农业农村厅");
    /// assert_eq!(task.inherited_from, Some("1.1"));
    /// ```
    #[must_use]
    pub fn tasks(&self) -> Tasks<'_> {
        let mut findings: HashMap<_, Vec<_>> = HashMap::new();
        for finding in &self.diagnostics {
            findings
                .entry(finding.item.as_deref())
                .or_default()
                .push(finding);
        }
        Tasks {
            rules: &self.rules,
            findings,
            parts: self.parts.iter(),
            part: None,
            number: 0,
            loose: [].iter(),
            open: vec![],
            turn: None,
            unassigned: false,
        }
    }
}

/// One task: an item and one assignment that holds for it.
#[derive(Clone, Debug)]
pub struct Task<'n> {
    /// The part that it stands in.
    pub part: &'n Part<'n>,
    /// The item; none for an assignment of a paragraph that belongs to no item.
    pub item: Option<&'n Item<'n>>,
    /// The items above, from the top.
    pub above: Vec<&'n Item<'n>>,
    /// The assignment; none for an item to which nobody is assigned.
    pub assignment: Option<&'n Assignment<'n>>,
    /// The id of the item above that the assignment was taken from.
    pub inherited_from: Option<&'n str>,
    /// Who has to do what, document defaults included.
    pub assigned: Vec<Assigned<'n>>,
    /// What is odd about the item or the clause.
    pub findings: Vec<&'n Diagnostic<'n>>,
    /// The deadline of an item that inherits its units.
    own_deadline: Option<&'n Deadline<'n>>,
    number: u32,
}

/// A unit in a role.
#[derive(Clone, Copy, Debug)]
pub struct Assigned<'n> {
    /// What it has to do.
    pub role: Role,
    /// The word that says so, verbatim.
    pub label: Option<&'n str>,
    /// The unit.
    pub unit: &'n Unit<'n>,
    /// The rule of the document that gave the role, or the unit itself.
    pub inferred_by: Option<RuleKind>,
}

impl<'n> Task<'n> {
    /// The id of the item, or the number of the part.
    #[must_use]
    pub fn id(&self) -> Cow<'n, str> {
        match self.item {
            Some(item) => Cow::Borrowed(&item.id),
            None => Cow::Owned(self.number.to_string()),
        }
    }

    /// The marker as written, such as `（十三）`.
    #[must_use]
    pub fn number(&self) -> Option<&'n str> {
        Some(&*self.item?.marker.as_ref()?.text)
    }

    /// The headings from the top, joined by ` / `: the item's own is the last, where it has a text too.
    #[must_use]
    pub fn path(&self) -> String {
        let own = self.item.filter(|item| !item.text.is_empty());
        let headings: Vec<&str> = self
            .above
            .iter()
            .copied()
            .chain(own)
            .filter_map(|item| item.heading.as_deref())
            .collect();
        headings.join(" / ")
    }

    /// The item's body, or its heading where it has no more than that; empty without an item.
    #[must_use]
    pub fn text(&self) -> &'n str {
        match self.item {
            Some(item) if item.text.is_empty() => item.heading.as_deref().unwrap_or_default(),
            Some(item) => &item.text,
            None => "",
        }
    }

    /// The units in one role.
    pub fn units(&self, role: Role) -> impl Iterator<Item = &'n Unit<'n>> {
        let of_role = self
            .assigned
            .iter()
            .filter(move |assigned| assigned.role == role);
        of_role.map(|assigned| assigned.unit)
    }

    /// By when.
    #[must_use]
    pub fn deadline(&self) -> Option<&'n Deadline<'n>> {
        self.own_deadline
            .or_else(|| self.assignment?.deadline.as_ref())
    }
}

/// The assigned tasks of a notice; see [`Notice::tasks`].
#[derive(Clone)]
pub struct Tasks<'n> {
    rules: &'n [Rule<'n>],
    findings: HashMap<Option<&'n str>, Vec<&'n Diagnostic<'n>>>,
    parts: slice::Iter<'n, Part<'n>>,
    part: Option<&'n Part<'n>>,
    number: u32,
    loose: slice::Iter<'n, Assignment<'n>>,
    open: Vec<Level<'n>>,
    turn: Option<Turn<'n>>,
    unassigned: bool,
}

/// Siblings that are being walked, and the item that they stand under.
#[derive(Clone)]
struct Level<'n> {
    parent: Option<&'n Item<'n>>,
    items: slice::Iter<'n, Item<'n>>,
}

/// The item whose assignments are being handed out.
#[derive(Clone)]
struct Turn<'n> {
    item: &'n Item<'n>,
    depth: usize,
    inherited_from: Option<&'n str>,
    assignments: slice::Iter<'n, Assignment<'n>>,
    bare: bool,
}

impl<'n> Tasks<'n> {
    /// Adds the items without items below to which nobody is assigned.
    #[must_use]
    pub fn with_unassigned(mut self) -> Self {
        self.unassigned = true;
        self
    }

    /// Takes up an item: its own assignments, or those that it inherits.
    fn arrive(&mut self, item: &'n Item<'n>) {
        let depth = self.open.len();
        let giver = item.inherits.as_deref().and_then(|id| self.above(id));
        let (source, inherited_from) = match giver {
            Some(giver) => (giver, Some(&*giver.id)),
            None => (item, None),
        };
        let only_heads = inherited_from.is_some() && heads(item);
        if !only_heads && !is_taken_up(&source.id, item) {
            self.turn = Some(Turn {
                item,
                depth,
                inherited_from,
                assignments: source.assignments.iter(),
                bare: self.unassigned && item.items.is_empty() && source.assignments.is_empty(),
            });
        }
        if !item.items.is_empty() {
            self.open.push(Level {
                parent: Some(item),
                items: item.items.iter(),
            });
        }
    }

    fn above(&self, id: &str) -> Option<&'n Item<'n>> {
        let mut parents = self.open.iter().rev().filter_map(|level| level.parent);
        parents.find(|item| item.id == id)
    }

    /// The next task of the item that was taken up last.
    fn next_of_turn(&mut self) -> Option<Task<'n>> {
        let turn = self.turn.as_mut()?;
        let assignment = turn.assignments.next();
        if assignment.is_none() && !std::mem::take(&mut turn.bare) {
            self.turn = None;
            return None;
        }
        let Turn { item, depth, .. } = *turn;
        let inherited_from = turn.inherited_from;
        let mut assigned: Vec<_> = assignment.into_iter().flat_map(named).collect();
        self.add_defaults(item, &mut assigned);
        let own = self.findings.get(&Some(&*item.id));
        let inherited = inherited_from.and_then(|id| self.findings.get(&Some(id)));
        let own_deadline = inherited_from.and_then(|_| {
            item.assignments
                .iter()
                .find_map(|own| own.deadline.as_ref())
        });
        let in_clause = |finding: &&&Diagnostic<'_>| {
            assignment.is_some_and(|assignment| assignment.span.contains(finding.span))
        };
        Some(Task {
            part: self.part?,
            item: Some(item),
            above: self.open[..depth]
                .iter()
                .filter_map(|level| level.parent)
                .collect(),
            assignment,
            inherited_from,
            own_deadline,
            assigned,
            findings: own
                .into_iter()
                .flatten()
                .chain(inherited.into_iter().flatten().filter(in_clause))
                .copied()
                .collect(),
            number: self.number,
        })
    }

    /// Units that hold for all items from the one that states them on.
    fn add_defaults(&self, item: &Item<'_>, assigned: &mut Vec<Assigned<'n>>) {
        let holds = |rule: &&Rule<'_>| {
            let begun = item.span.start >= rule.span.start;
            rule.kind == RuleKind::DocumentDefault
                && (begun || rule.from.as_deref() == Some(&*item.id))
        };
        let mut rules = self.rules.iter().filter(holds).peekable();
        if rules.peek().is_none() {
            return;
        }
        let mut known: HashSet<&str> = assigned.iter().map(|known| &*known.unit.name).collect();
        for rule in rules {
            let Some(role) = rule.role else { continue };
            for unit in rule.units.iter().filter(|unit| known.insert(&unit.name)) {
                assigned.push(Assigned {
                    role,
                    label: None,
                    unit,
                    inferred_by: Some(rule.kind),
                });
            }
        }
    }

    /// An assignment of the part that stands before its next top-level item.
    fn next_loose(&mut self) -> Option<Task<'n>> {
        let [level] = &self.open[..] else { return None };
        let item = level.items.as_slice().first();
        let assignment = self.loose.as_slice().first()?;
        if item.is_some_and(|item| item.span.start <= assignment.span.start) {
            return None;
        }
        self.loose.next();
        let findings = self.findings.get(&None);
        Some(Task {
            part: self.part?,
            item: None,
            above: vec![],
            assignment: Some(assignment),
            inherited_from: None,
            own_deadline: None,
            assigned: named(assignment).collect(),
            findings: findings
                .into_iter()
                .flatten()
                .filter(|finding| assignment.span.contains(finding.span))
                .copied()
                .collect(),
            number: self.number,
        })
    }
}

impl<'n> Iterator for Tasks<'n> {
    type Item = Task<'n>;

    fn next(&mut self) -> Option<Task<'n>> {
        loop {
            if let Some(task) = self.next_of_turn().or_else(|| self.next_loose()) {
                return Some(task);
            }
            match self.open.last_mut().map(|level| level.items.next()) {
                Some(Some(item)) => self.arrive(item),
                Some(None) => drop(self.open.pop()),
                None => {
                    let part = self.parts.next()?;
                    self.part = Some(part);
                    self.number += 1;
                    self.loose = part.assignments.iter();
                    self.open.push(Level {
                        parent: None,
                        items: part.items.iter(),
                    });
                }
            }
        }
    }
}

impl fmt::Debug for Tasks<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Tasks")
            .field("part", &self.number)
            .field("depth", &self.open.len())
            .finish_non_exhaustive()
    }
}

/// Whether an item is a heading alone, over items of its own.
fn heads(item: &Item<'_>) -> bool {
    !item.items.is_empty() && item.text.is_empty()
}

/// Whether an item below takes over what `giver` assigns. A heading hands it on, and takes nothing
/// where all below it have their own.
fn is_taken_up(giver: &str, item: &Item<'_>) -> bool {
    let mut open = vec![item.items.iter()];
    while let Some(items) = open.last_mut() {
        match items.find(|below| below.inherits.as_deref() == Some(giver)) {
            Some(below) if heads(below) => open.push(below.items.iter()),
            Some(_) => return true,
            None => drop(open.pop()),
        }
    }
    false
}

/// The units that a clause names.
fn named<'n>(assignment: &'n Assignment<'n>) -> impl Iterator<Item = Assigned<'n>> {
    assignment.duties.iter().flat_map(|duty| {
        duty.units.iter().map(|unit| Assigned {
            role: duty.role,
            label: duty.label.as_deref(),
            unit,
            inferred_by: duty.inferred_by,
        })
    })
}

#[cfg(test)]
mod tests {
    use std::fmt::Write;

    use super::*;
    use crate::model::{Code, Duty, Form, ItemKind, UnitKind};
    use crate::span::Span;

    /// A notice of one part from lines such as `1.1.2 ^1.1 @标题 正文 {lead A B;other C}`, a level for two
    /// blanks; a line without id is an assignment of the part.
    fn notice(sketch: &str) -> Notice<'_> {
        let mut notice = crate::parse(sketch);
        let part = &mut notice.parts[0];
        (part.blocks, part.items, part.assignments) = (vec![], vec![], vec![]);
        notice.rules.clear();
        notice.diagnostics.clear();
        let mut start = 0;
        for line in sketch.split_inclusive('\n') {
            let span = Span::new(start, start + line.len() as u32);
            start = span.end;
            let (words, clauses) = line.trim_end().split_once('{').unwrap_or((line, ""));
            let assignments: Vec<_> = clauses
                .split_terminator('}')
                .map(|c| clause(c, span))
                .collect();
            let depth = (line.len() - line.trim_start().len()) / 2;
            let words: Vec<&str> = words.split_whitespace().collect();
            let Some((id, words)) = words.split_first() else {
                notice.parts[0].assignments.extend(assignments);
                continue;
            };
            let word = |mark: char| {
                words
                    .iter()
                    .find_map(|w| w.strip_prefix(mark))
                    .map(Into::into)
            };
            let mut siblings = &mut notice.parts[0].items;
            for _ in 0..depth {
                siblings = &mut siblings.last_mut().unwrap().items;
            }
            siblings.push(Item {
                kind: ItemKind::Item,
                id: (*id).into(),
                marker: None,
                heading: word('@'),
                text: words
                    .iter()
                    .find(|w| !w.starts_with(['@', '^']))
                    .copied()
                    .unwrap_or("")
                    .into(),
                span,
                assignments,
                inherits: word('^'),
                items: vec![],
            });
        }
        notice
    }

    fn clause(text: &str, span: Span) -> Assignment<'_> {
        let duties = text
            .split(';')
            .filter(|duty| !duty.trim().is_empty())
            .map(|duty| {
                let (role, units) = duty.trim_start_matches('{').split_once(' ').unwrap();
                Duty {
                    role: serde_json::from_value(role.into()).unwrap(),
                    label: None,
                    units: units.split(' ').map(|name| unit(name, span)).collect(),
                    open_ended: false,
                    inferred_by: None,
                }
            });
        Assignment {
            text: text.into(),
            span,
            scope: span,
            form: Form::Labelled,
            duties: duties.collect(),
            deadline: None,
        }
    }

    fn unit(name: &str, span: Span) -> Unit<'_> {
        Unit {
            text: name.into(),
            span,
            name: name.into(),
            aliases: vec![],
            kind: UnitKind::Agency,
            canonical: None,
            members: None,
        }
    }

    fn shown(tasks: Tasks<'_>) -> String {
        let rows: Vec<String> = tasks
            .map(|task| {
                let mut row = format!("{} [{}] {}", task.id(), task.path(), task.text());
                for assigned in &task.assigned {
                    let by_rule = assigned.inferred_by.map_or("", |_| "*");
                    let unit = &assigned.unit.name;
                    write!(row, " {:?}:{unit}{by_rule}", assigned.role).unwrap();
                }
                row + &task
                    .inherited_from
                    .map_or(String::new(), |id| format!(" ← {id}"))
            })
            .collect();
        rows.join("\n")
    }

    fn check(sketch: &str, expected: &str) {
        assert_eq!(shown(notice(sketch).tasks()), expected, "{sketch}");
    }

    #[test]
    fn an_item_has_one_task_for_each_assignment() {
        check(
            "1.1 @总 文 {lead A;responsible B C}",
            "1.1 [总] 文 Lead:A Responsible:B Responsible:C",
        );
        check(
            "1.1 文 {lead A}{lead B}",
            "1.1 [] 文 Lead:A\n1.1 [] 文 Lead:B",
        );
        check("1.1 @事 {}", "1.1 [] 事");
        check("1.1 文", "");
    }

    #[test]
    fn items_inherit_and_their_heading_has_no_task() {
        check(
            "1.1 @总 {lead A}\n  1.1.1 ^1.1 甲\n  1.1.2 @分 乙 {lead B}",
            "1.1.1 [总] 甲 Lead:A ← 1.1\n1.1.2 [总 / 分] 乙 Lead:B",
        );
        check(
            "1.1 @总 {lead A}\n  1.1.1 甲 {lead B}",
            "1.1 [] 总 Lead:A\n1.1.1 [总] 甲 Lead:B",
        );
        check(
            "1.1 @总 {lead A}\n  1.1.1 ^1.1 @中\n    1.1.1.1 ^1.1 甲\n  1.1.2 ^1.1 @空\n    1.1.2.1 乙 {lead B}",
            "1.1.1.1 [总 / 中] 甲 Lead:A ← 1.1\n1.1.2.1 [总 / 空] 乙 Lead:B",
        );
        check(
            "1.1 @总 {lead A}\n  1.1.1 ^1.1 @中\n    1.1.1.1 甲 {lead B}",
            "1.1 [] 总 Lead:A\n1.1.1.1 [总 / 中] 甲 Lead:B",
        );
        check("1.1 ^1.9 甲", "");
    }

    #[test]
    fn assignments_of_paragraphs_stand_where_the_text_has_them() {
        check(
            "1.1 甲 {lead A}\n{lead B}\n1.2 乙 {lead C}\n{lead D}",
            "1.1 [] 甲 Lead:A\n1 []  Lead:B\n1.2 [] 乙 Lead:C\n1 []  Lead:D",
        );
    }

    #[test]
    fn unassigned_items_are_added_on_request() {
        let sketch = "1.1 @总\n  1.1.1 甲\n  1.1.2 乙 {lead A}\n1.2 丙";
        assert_eq!(
            shown(notice(sketch).tasks().with_unassigned()),
            "1.1.1 [总] 甲\n1.1.2 [总] 乙 Lead:A\n1.2 [] 丙"
        );
    }

    #[test]
    fn a_document_default_holds_from_the_item_that_states_it_on() {
        let mut notice =
            notice("1.1 甲 {lead A}\n1.2 乙 {lead A}\n1.3 丙 {lead Z}\n1.4 丁 {lead B}");
        let stated = notice.parts[0].items[1].span;
        notice.rules.push(Rule {
            kind: RuleKind::DocumentDefault,
            text: "".into(),
            span: Span::new(stated.end - 1, stated.end),
            role: Some(Role::Responsible),
            units: vec![unit("Z", stated)],
            from: Some("1.2".into()),
        });
        assert_eq!(
            shown(notice.tasks()),
            "1.1 [] 甲 Lead:A\n1.2 [] 乙 Lead:A Responsible:Z*\n1.3 [] 丙 Lead:Z\n1.4 [] 丁 Lead:B Responsible:Z*"
        );
    }

    #[test]
    fn findings_go_with_their_item() {
        let mut notice = notice("1.1 @总 {lead A}\n  1.1.1 ^1.1 甲\n1.2 乙 {lead B}");
        let finding = |item: &'static str, span| Diagnostic {
            code: Code::EmptyDuty,
            severity: Code::EmptyDuty.severity(),
            message: "".into(),
            span,
            line: 1,
            column: 1,
            item: Some(item.into()),
        };
        let heading = notice.parts[0].items[0].span;
        notice.diagnostics = vec![finding("1.1", heading), finding("1.2", Span::default())];
        let counts: Vec<usize> = notice.tasks().map(|task| task.findings.len()).collect();
        assert_eq!(counts, [1, 1]);
    }
}
