//! The review page: a notice in, one HTML file out that needs nothing else.
//!
//! ```text
//! ┌ title, number, issuer, date ────────── counts ┐
//! │ text (paper)         │ filters                │
//! │ every line numbered, │ findings first         │
//! │ items, clauses,      │ ledger, a row for each │
//! │ units, deadlines and │ task, in its section   │
//! │ findings highlighted │ units with their shares│
//! └───────────────────────────────────────────────┘
//! ```
//!
//! Both sides are tied by numbers: `data-r` is a place that rows of the ledger stand for, `data-c` a clause,
//! `data-f` a finding.
//! A row's `data-u` has a word for each unit, such as `l3`: lead, third unit of the list. The script in
//! `page.js` reads nothing else. Without script the page is whole, and its links still lead across.

mod marks;
mod paper;
mod policy;
mod side;

use std::collections::{HashMap, HashSet};
use std::io::{self, Write};

use maud::{DOCTYPE, Markup, PreEscaped, html};

use self::marks::Mark;
use super::row::{self, Row, Selected};
use super::words::ROLES;
use super::{Ledger, Selection};
use crate::model::{Item, Role, Unit};
use crate::span::Span;
use crate::tasks::Task;

const STYLE: &str = include_str!("page.css");
const SCRIPT: &str = include_str!("page.js");

/// Writes the review page of a notice.
///
/// # Errors
/// Where the writer fails.
pub fn html(out: &mut impl Write, ledger: Ledger<'_>) -> io::Result<()> {
    out.write_all(page(&Review::new(ledger)).into_string().as_bytes())
}

/// What both sides of the page show.
struct Review<'n> {
    ledger: Ledger<'n>,
    entries: Vec<Entry<'n>>,
    units: Vec<Share<'n>>,
    marks: Vec<(Span, Mark<'n>)>,
}

/// A row of the ledger.
struct Entry<'n> {
    number: usize,
    /// The number of the first row with the same place in the text.
    place: usize,
    task: Task<'n>,
    row: Row<'n>,
    /// The number of the clause that assigns it.
    clause: Option<usize>,
    /// Roles with the numbers of their units.
    units: Vec<(Role, usize)>,
}

/// A unit and the tasks that it has, by role.
struct Share<'n> {
    unit: &'n Unit<'n>,
    tasks: [u32; ROLES.len()],
}

impl<'n> Review<'n> {
    fn new(ledger: Ledger<'n>) -> Self {
        let mut review = Self {
            ledger,
            entries: vec![],
            units: vec![],
            marks: vec![],
        };
        let all = Selection {
            all: true,
            ..Selection::default()
        };
        let mut clauses = HashMap::new();
        let mut units = HashMap::new();
        for Selected { task, row, .. } in row::selected(ledger, &all) {
            let clause = task.assignment.map(|assignment| {
                let number = clauses.len();
                *clauses.entry(assignment.span).or_insert(number)
            });
            let number = review.entries.len();
            let span = row::place(ledger, &task);
            let place = match review.marks.last() {
                Some((last, Mark::Row(place))) if *last == span => *place,
                _ => {
                    review.marks.push((span, Mark::Row(number)));
                    number
                }
            };
            let mut entry = Entry {
                number,
                place,
                task,
                row,
                clause,
                units: vec![],
            };
            let mut seen = HashSet::new();
            for assigned in &entry.task.assigned {
                let number = *units
                    .entry(row::identity(assigned.unit))
                    .or_insert_with(|| {
                        review.units.push(Share {
                            unit: assigned.unit,
                            tasks: [0; ROLES.len()],
                        });
                        review.units.len() - 1
                    });
                if seen.insert((assigned.role, number)) {
                    entry.units.push((assigned.role, number));
                    review.units[number].tasks[assigned.role as usize] += 1;
                }
            }
            review.entries.push(entry);
        }
        review.mark_clauses();
        review.mark_the_rest();
        review
    }

    /// Clauses, their units and deadlines: each once, however many rows have it.
    fn mark_clauses(&mut self) {
        let mut seen = 0;
        for entry in &self.entries {
            let Some((number, assignment)) = entry.clause.zip(entry.task.assignment) else {
                continue;
            };
            if number < seen {
                continue;
            }
            seen = number + 1;
            self.marks.push((assignment.span, Mark::Clause(number)));
            for duty in &assignment.duties {
                let units = duty.units.iter();
                self.marks
                    .extend(units.map(|unit| (unit.span, Mark::Unit(Some(duty.role), &unit.name))));
            }
            let deadline = assignment.deadline.as_ref();
            self.marks
                .extend(deadline.map(|deadline| (deadline.span, Mark::Deadline)));
        }
    }

    /// Markers, blocks, findings, rules, and the units of the metadata.
    fn mark_the_rest(&mut self) {
        let notice = self.ledger.notice;
        let mut open: Vec<&Item<'_>> = vec![];
        for part in &notice.parts {
            self.marks.extend(
                part.blocks
                    .iter()
                    .map(|block| (block.span, Mark::Block(block.kind))),
            );
            open.extend(&part.items);
            while let Some(item) = open.pop() {
                let marker = item.marker.as_ref();
                self.marks
                    .extend(marker.map(|marker| (marker.span, Mark::Marker)));
                open.extend(&item.items);
            }
        }
        for (number, finding) in notice.diagnostics.iter().enumerate() {
            self.marks
                .push((finding.span, Mark::Finding(number, finding.severity)));
        }
        for rule in &notice.rules {
            self.marks.push((rule.span, Mark::Rule));
            self.marks.extend(
                rule.units
                    .iter()
                    .map(|unit| (unit.span, Mark::Unit(rule.role, &unit.name))),
            );
        }
        let metadata = &notice.metadata;
        let units = [&metadata.issuers, &metadata.addressees, &metadata.copied_to]
            .into_iter()
            .flatten();
        self.marks
            .extend(units.map(|unit| (unit.span, Mark::Unit(None, &unit.name))));
    }
}

fn page(review: &Review<'_>) -> Markup {
    let notice = review.ledger.notice;
    let first_title = notice.parts.iter().find_map(|part| part.title.as_deref());
    let title = notice
        .metadata
        .title
        .as_ref()
        .map(|title| &*title.value)
        .or(first_title);
    let title = title.or(notice.source.name.as_deref()).unwrap_or("公文");
    html! {
        (DOCTYPE)
        html lang="zh-CN" {
            head {
                meta charset="utf-8";
                meta http-equiv="Content-Security-Policy" content=(policy::policy(STYLE, SCRIPT));
                meta name="viewport" content="width=device-width, initial-scale=1";
                meta name="referrer" content="no-referrer";
                meta name="color-scheme" content="light dark";
                meta name="generator" content={ "gongwen " (env!("CARGO_PKG_VERSION")) };
                title { (title) " · 任务台账" }
                style { (PreEscaped(STYLE)) }
            }
            body {
                (head(review, title))
                main {
                    (paper::paper(review))
                    (side::side(review))
                }
                nav.tabs aria-label="视图" {
                    button type="button" data-view="paper" { "原文" }
                    button type="button" data-view="ledger" { "台账" }
                    button type="button" data-view="units" { "单位" }
                }
                (help())
                script { (PreEscaped(SCRIPT)) }
            }
        }
    }
}

fn head(review: &Review<'_>, title: &str) -> Markup {
    let notice = review.ledger.notice;
    let metadata = &notice.metadata;
    let number = metadata
        .document_number
        .as_ref()
        .map(|number| &*number.value);
    let issuers: Vec<&str> = metadata.issuers.iter().map(|unit| &*unit.name).collect();
    let issued = metadata.issued_on.as_ref();
    let issued = issued.map(|day| day.date.as_deref().unwrap_or(&day.text));
    let assigned = review
        .entries
        .iter()
        .filter(|entry| !entry.is_unassigned())
        .count();
    html! {
        header.top {
            div.name {
                h1 { (title) }
                p.facts {
                    @if let Some(number) = number { span { (number) } }
                    @if !issuers.is_empty() { span { (issuers.join("、")) } }
                    @if let Some(issued) = issued { span { (issued) } }
                    @if let Some(name) = &notice.source.name { span.file { (name) } }
                }
            }
            dl.counts {
                div { dt { "任务" } dd { (assigned) } }
                div { dt { "单位" } dd { (review.units.len()) } }
                div { dt { "核对" } dd.alert[!notice.diagnostics.is_empty()] { (notice.diagnostics.len()) } }
            }
        }
    }
}

fn help() -> Markup {
    let keys = [
        ("j  k", "下一项、上一项"),
        ("Enter", "到原文，或从原文回到台账"),
        ("/", "搜索"),
        ("f", "下一条核对提示"),
        ("u", "单位一览"),
        ("Esc", "清除筛选"),
        ("?", "本说明"),
    ];
    html! {
        dialog #help aria-label="键盘操作" {
            h2 { "键盘操作" }
            dl { @for (key, meaning) in keys { div { dt { kbd { (key) } } dd { (meaning) } } } }
            form method="dialog" { button { "关闭" } }
        }
    }
}

impl Entry<'_> {
    /// Whether nobody is assigned to the item, not even by a default of the document.
    fn is_unassigned(&self) -> bool {
        self.task.assignment.is_none() && self.units.is_empty()
    }
}
