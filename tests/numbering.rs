//! Slips in the numbers of the source notice: each is one finding, at the item where a reader stumbles.
//!
//! | slip | finding | at |
//! |---|---|---|
//! | (十七) left out | `numbering-gap` | (十八) |
//! | (十七) and (十八) change places | `numbering-disorder` | (十七), which now stands behind |
//! | (十七) twice | `numbering-repeat` | the second |
//! | none | none | |

mod support;

use gongwen::{Code, Severity};
use support::source_notice;

/// The paragraphs of the notice that begin with `(一)` … `(六十)`, as positions among its lines.
fn numbered(lines: &[&str]) -> Vec<usize> {
    let plan = lines
        .iter()
        .position(|line| line.starts_with("一、"))
        .expect("the plan");
    let items: Vec<usize> = (plan..lines.len())
        .filter(|&at| lines[at].starts_with('('))
        .collect();
    assert_eq!(items.len(), 60);
    items
}

/// `expected`: the code, and the position of the line whose marker it points at.
#[track_caller]
fn check(lines: &[&str], expected: Option<(Code, usize)>) {
    let text = lines.join("\n");
    let notice = gongwen::parse(&text);
    let found: Vec<(Code, usize)> = notice
        .diagnostics
        .iter()
        .filter(|finding| finding.severity > Severity::Info)
        .map(|finding| (finding.code, finding.line as usize - 1))
        .collect();
    assert_eq!(found, expected.into_iter().collect::<Vec<_>>());
    for finding in &notice.diagnostics {
        assert!(lines[finding.line as usize - 1].starts_with(&text[finding.span.range()]));
    }
}

#[test]
fn the_notice_has_no_slip() {
    let text = source_notice();
    check(&text.lines().collect::<Vec<_>>(), None);
}

#[test]
fn an_item_left_out_is_a_gap_at_the_next() {
    let text = source_notice();
    let lines: Vec<&str> = text.lines().collect();
    let items = numbered(&lines);
    for pair in items.windows(2) {
        let mut lines = lines.clone();
        lines.remove(pair[0]);
        check(&lines, Some((Code::NumberingGap, pair[1] - 1)));
    }
}

#[test]
fn a_run_of_items_left_out_is_one_gap() {
    let text = source_notice();
    let lines: Vec<&str> = text.lines().collect();
    let items = numbered(&lines);
    let mut short = lines.clone();
    for &at in items[20..25].iter().rev() {
        short.remove(at);
    }
    check(&short, Some((Code::NumberingGap, items[25] - 5)));
}

#[test]
fn neighbours_that_change_places_are_one_disorder() {
    let text = source_notice();
    let lines: Vec<&str> = text.lines().collect();
    let items = numbered(&lines);
    for pair in items.windows(2) {
        let mut lines = lines.clone();
        lines.swap(pair[0], pair[1]);
        check(&lines, Some((Code::NumberingDisorder, pair[1])));
    }
}

#[test]
fn an_item_that_stands_twice_is_one_repeat() {
    let text = source_notice();
    let lines: Vec<&str> = text.lines().collect();
    for at in numbered(&lines) {
        let mut lines = lines.clone();
        lines.insert(at, lines[at]);
        check(&lines, Some((Code::NumberingRepeat, at + 1)));
    }
}

#[test]
fn sections_are_counted_as_items_are() {
    let text = source_notice();
    let lines: Vec<&str> = text.lines().collect();
    let third = lines
        .iter()
        .position(|line| line.starts_with("三、建设"))
        .expect("a section");
    let fourth = lines
        .iter()
        .position(|line| line.starts_with("四、建设"))
        .expect("a section");
    let mut short = lines.clone();
    short.remove(third);
    check(&short, Some((Code::NumberingGap, fourth - 1)));
}

/// Numbers that begin again below each section are as right as numbers that run on.
#[test]
fn numbers_may_begin_again_below_each_section() {
    let text = source_notice();
    let lines: Vec<&str> = text.lines().collect();
    let mut restarted = Vec::new();
    let mut number = 0;
    for line in &lines {
        if let Some((_, body)) = line
            .split_once(')')
            .filter(|_| numbered(&lines).contains(&restarted.len()))
        {
            number += 1;
            restarted.push(format!("({}){body}", han(number)));
        } else {
            number = if line.contains("、建设") || line.contains("、保障") {
                0
            } else {
                number
            };
            restarted.push((*line).to_owned());
        }
    }
    check(
        &restarted.iter().map(String::as_str).collect::<Vec<_>>(),
        None,
    );
}

fn han(number: usize) -> String {
    const DIGITS: [&str; 10] = ["", "一", "二", "三", "四", "五", "六", "七", "八", "九"];
    match (number / 10, number % 10) {
        (0, ones) => DIGITS[ones].into(),
        (1, ones) => format!("十{}", DIGITS[ones]),
        (tens, ones) => format!("{}十{}", DIGITS[tens], DIGITS[ones]),
    }
}
