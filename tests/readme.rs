//! The README's tables against the crate: every example gives the result beside it, every finding is listed.

use gongwen::{Assignment, Code, Item, Role};

const README: &str = include_str!("../README.md");

/// The body rows of the table behind `<!-- name -->`.
fn rows(name: &str) -> Vec<Vec<String>> {
    let table = README
        .split(&format!("<!-- {name} -->\n"))
        .nth(1)
        .expect("the table is marked");
    table
        .lines()
        .take_while(|line| line.starts_with('|'))
        .skip(2)
        .map(|line| {
            line.trim_matches('|')
                .split(" | ")
                .map(|cell| cell.trim().trim_matches('`').to_owned())
                .collect()
        })
        .collect()
}

/// The first assignment in the README's words.
fn describe(assignment: Option<&Assignment<'_>>) -> String {
    let Some(assignment) = assignment else {
        return "none".to_owned();
    };
    let mut said: Vec<String> = assignment
        .duties
        .iter()
        .map(|duty| {
            let role = match duty.role {
                Role::Lead => "lead",
                Role::Responsible => "responsible",
                Role::Cooperating => "cooperating",
                Role::Supervising => "supervising",
                _ => "other",
            };
            let units: Vec<&str> = duty.units.iter().map(|unit| &*unit.name).collect();
            format!("{role} {}", units.join("、"))
        })
        .collect();
    if let Some(deadline) = &assignment.deadline {
        let date = deadline
            .date
            .as_ref()
            .map(|date| format!(" = {date}"))
            .unwrap_or_default();
        said.push(format!("deadline {}{date}", deadline.text));
    }
    said.join("; ")
}

#[test]
fn every_form_is_read_as_the_readme_says() {
    let rows = rows("what is read");
    assert!(rows.len() >= 15);
    for row in rows {
        let text = format!("一、统筹推进重点任务。各地要抓好落实。{}", row[1]);
        let notice = gongwen::parse(&text);
        let item: &Item<'_> = &notice.parts[0].items[0];
        assert_eq!(describe(item.assignments.first()), row[2], "{}", row[0]);
    }
}

#[test]
fn every_finding_is_listed() {
    let listed: Vec<(String, String, String)> = rows("findings")
        .into_iter()
        .map(|row| (row[0].clone(), row[1].clone(), row[2].clone()))
        .collect();
    let codes: Vec<(String, String, String)> = Code::ALL
        .iter()
        .map(|code| {
            (
                code.as_str().to_owned(),
                code.severity().to_string(),
                code.meaning().to_owned(),
            )
        })
        .collect();
    assert_eq!(listed, codes);
}
