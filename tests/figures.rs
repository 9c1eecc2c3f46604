//! How much of what a reader finds is read: the notices of `fixtures/answers/` against the answers
//! beside them, which were written by hand. The README shows the table, and this test keeps it true.
//!
//! `cargo test --test figures -- --nocapture`

mod support;

use std::collections::BTreeMap;
use std::fmt::Write;

use gongwen::{Assignment, Dated, Form, Item, ItemKind, Metadata, Notice, Role, Unit};
use serde::Deserialize;

const README: &str = include_str!("../README.md");

#[derive(Deserialize)]
struct Answer {
    file: String,
    metadata: BTreeMap<String, Said>,
    outline: Vec<(usize, String, usize, Option<String>)>,
    assignments: Vec<Clause>,
}

/// What a notice says of itself: nothing, once, or several times.
#[derive(Deserialize)]
#[serde(untagged)]
enum Said {
    None,
    Once(String),
    Several(Vec<String>),
}

#[derive(Default, Deserialize)]
#[serde(default)]
struct Clause {
    clause: String,
    prose: bool,
    lead: Vec<String>,
    responsible: Vec<String>,
    cooperating: Vec<String>,
    supervising: Vec<String>,
    deadline: Option<String>,
}

/// What was read right, what was read and is not so, what was not read.
#[derive(Default)]
struct Count {
    right: u32,
    wrong: u32,
    missed: u32,
}

impl Count {
    /// Compares two sets, of which one may hold a thing several times.
    fn add<T: Ord>(
        &mut self,
        wanted: impl IntoIterator<Item = T>,
        read: impl IntoIterator<Item = T>,
    ) {
        let mut balance: BTreeMap<T, (u32, u32)> = BTreeMap::new();
        for thing in wanted {
            balance.entry(thing).or_default().0 += 1;
        }
        for thing in read {
            balance.entry(thing).or_default().1 += 1;
        }
        for (wanted, read) in balance.into_values() {
            self.right += wanted.min(read);
            self.missed += wanted.saturating_sub(read);
            self.wrong += read.saturating_sub(wanted);
        }
    }
}

#[derive(Default)]
struct Figures {
    clauses: Count,
    whole: Count,
    units: Count,
    deadlines: Count,
    items: Count,
    headings: Count,
    metadata: Count,
    sentences: Count,
}

impl Figures {
    /// The rows of the README's table.
    fn rows(&self) -> String {
        let mut rows = String::new();
        for (name, count) in [
            ("assignment clauses", &self.clauses),
            ("… with every role right", &self.whole),
            ("units, in their roles", &self.units),
            ("deadlines", &self.deadlines),
            ("sentences that assign", &self.sentences),
            ("numbered items, at their depth", &self.items),
            ("headings", &self.headings),
            ("metadata", &self.metadata),
        ] {
            let share = |part: u32, other: u32| f64::from(part) / f64::from((part + other).max(1));
            writeln!(
                rows,
                "| {name} | {} | {} | {} | {:.3} | {:.3} |",
                count.right,
                count.wrong,
                count.missed,
                share(count.right, count.wrong),
                share(count.right, count.missed),
            )
            .expect("a string takes all");
        }
        rows
    }

    fn add(&mut self, answer: &Answer, text: &str, notice: &Notice<'_>) {
        self.add_assignments(&answer.assignments, text, notice);
        self.add_outline(&answer.outline, text, notice);
        for (field, said) in &answer.metadata {
            let wanted = match said {
                Said::None => &[],
                Said::Once(value) => std::slice::from_ref(value),
                Said::Several(values) => values.as_slice(),
            };
            let bare = |text: &str| words(text).trim_matches(['(', ')']).to_owned();
            self.metadata.add(
                wanted.iter().map(|value| bare(value)),
                read_field(&notice.metadata, field).into_iter().map(bare),
            );
        }
    }

    fn add_assignments(&mut self, answers: &[Clause], text: &str, notice: &Notice<'_>) {
        let mut read: Vec<Option<&Assignment<'_>>> =
            assignments(notice).into_iter().map(Some).collect();
        let mut from = 0;
        for answer in answers {
            let start = from
                + text[from..].find(&answer.clause).unwrap_or_else(|| {
                    panic!("a clause of the answers in order: {}", answer.clause)
                });
            let span = start..start + answer.clause.len();
            from = span.end;
            // The clause that shares more than half of the longer one.
            let found = read.iter_mut().find(|assignment| {
                assignment.is_some_and(|assignment| {
                    let other = assignment.span.range();
                    let shared = span
                        .end
                        .min(other.end)
                        .saturating_sub(span.start.max(other.start));
                    shared * 2 > span.len().max(other.len())
                })
            });
            let found = found.and_then(Option::take);
            let count = if answer.prose {
                &mut self.sentences
            } else {
                &mut self.clauses
            };
            count.add([()], found.map(|_| ()));
            let (wanted, units) = (
                wanted_units(answer),
                found.map_or_else(Vec::new, read_units),
            );
            let (mut one, mut other) = (wanted.clone(), units.clone());
            one.sort();
            other.sort();
            if !answer.prose {
                self.whole.add([true], [one == other]);
            }
            self.units.add(wanted, units);
            let deadline = found.and_then(|assignment| assignment.deadline.as_ref());
            self.deadlines.add(
                answer.deadline.as_deref().map(deadline_words),
                deadline.map(|deadline| deadline_words(&deadline.text)),
            );
        }
        for assignment in read.into_iter().flatten() {
            let count = if assignment.form == Form::Prose {
                &mut self.sentences
            } else {
                &mut self.clauses
            };
            count.wrong += 1;
            self.units.add(Vec::new(), read_units(assignment));
        }
    }

    fn add_outline(
        &mut self,
        answers: &[(usize, String, usize, Option<String>)],
        text: &str,
        notice: &Notice<'_>,
    ) {
        let line = |at: usize| text[..at].matches('\n').count() + 1;
        let mut read = BTreeMap::new();
        for part in &notice.parts {
            walk(&part.items, 1, &mut |item, depth| {
                if let Some(marker) = item.marker.as_ref().filter(|_| item.kind != ItemKind::Row) {
                    let key = (
                        line(marker.span.range().start),
                        marker_words(&marker.text),
                        depth,
                    );
                    read.insert(key, item.heading.as_deref().map(words));
                }
            });
        }
        let wanted: BTreeMap<_, _> = answers
            .iter()
            .map(|(line, marker, depth, heading)| ((*line, marker_words(marker), *depth), heading))
            .collect();
        self.items.add(wanted.keys(), read.keys());
        for (key, heading) in &wanted {
            if let Some(read) = read.get(key)
                && heading.as_deref() != Some("*")
            {
                self.headings
                    .add(heading.as_deref().map(words), read.clone());
            }
        }
    }
}

fn assignments<'n, 't>(notice: &'n Notice<'t>) -> Vec<&'n Assignment<'t>> {
    let mut all: Vec<_> = notice
        .parts
        .iter()
        .flat_map(|part| &part.assignments)
        .collect();
    for part in &notice.parts {
        walk(&part.items, 1, &mut |item, _| all.extend(&item.assignments));
    }
    all.sort_by_key(|assignment| assignment.span.start);
    all
}

fn walk<'n, 't>(items: &'n [Item<'t>], depth: usize, each: &mut impl FnMut(&'n Item<'t>, usize)) {
    for item in items {
        each(item, depth);
        walk(&item.items, depth + 1, each);
    }
}

/// Without blanks and page marks, in one width.
fn words(text: &str) -> String {
    let page_mark = |line: &&str| {
        line.trim().len() > 3
            && line
                .trim()
                .chars()
                .all(|ch| ch == '—' || ch.is_ascii_digit())
    };
    text.lines()
        .filter(|line| !page_mark(line))
        .flat_map(str::chars)
        .filter(|ch| !ch.is_whitespace() && !matches!(ch, '\u{200B}' | '\u{FEFF}'))
        .map(|ch| match ch {
            '\u{FF01}'..='\u{FF5E}' => char::from_u32(ch as u32 - 0xFEE0).unwrap_or(ch),
            _ => ch,
        })
        .collect::<String>()
        .trim_end_matches(['。', ':'])
        .to_owned()
}

fn marker_words(text: &str) -> String {
    words(text).trim_end_matches(['、', '.']).to_owned()
}

fn deadline_words(text: &str) -> String {
    words(text)
        .trim_end_matches(['完', '成', ';', ',', '。'])
        .to_owned()
}

fn wanted_units(clause: &Clause) -> Vec<(Role, String)> {
    [
        (Role::Lead, &clause.lead),
        (Role::Responsible, &clause.responsible),
        (Role::Cooperating, &clause.cooperating),
        (Role::Supervising, &clause.supervising),
    ]
    .into_iter()
    .flat_map(|(role, units)| units.iter().map(move |unit| (role, words(unit))))
    .collect()
}

fn read_units(assignment: &Assignment<'_>) -> Vec<(Role, String)> {
    assignment
        .duties
        .iter()
        .filter(|duty| duty.role != Role::Other)
        .flat_map(|duty| duty.units.iter().map(|unit| (duty.role, words(&unit.text))))
        .collect()
}

/// What was read of a field of the metadata.
fn read_field<'n>(head: &'n Metadata<'_>, field: &str) -> Vec<&'n str> {
    let units = |units: &'n [Unit<'_>]| units.iter().map(|unit| &*unit.text).collect();
    let day = |day: &'n Option<Dated<'_>>| day.as_ref()?.date.as_deref();
    let single = match field {
        "issuers" => return units(&head.issuers),
        "addressees" => return units(&head.addressees),
        "title" => head.title.as_ref().map(|title| &*title.value),
        "document_number" => head.document_number.as_ref().map(|number| &*number.value),
        "issued_on" => day(&head.issued_on),
        "published_on" => day(&head.published_on),
        "disclosure" => head.disclosure.as_ref().map(|said| &*said.text),
        _ => panic!("no field {field}"),
    };
    single.into_iter().collect()
}

#[test]
fn the_figures_are_those_of_the_readme() {
    let folder = support::folder().join("answers");
    let answers = std::fs::read_to_string(folder.join("answers.jsonl")).expect("the answers");
    let mut figures = Figures::default();
    let mut notices = 0;
    for line in answers.lines() {
        let answer: Answer = serde_json::from_str(line).expect("an answer");
        let text = std::fs::read_to_string(folder.join(&answer.file)).expect("its notice");
        support::check(&answer.file, &text);
        figures.add(&answer, &text, &gongwen::parse(&text));
        notices += 1;
    }
    let table = format!(
        "| in {notices} notices | right | wrong | missed | precision | recall |\n|---|---|---|---|---|---|\n{}",
        figures.rows()
    );
    println!("{table}");
    assert!(
        README.contains(&table),
        "the README shows other figures than\n{table}"
    );
}
