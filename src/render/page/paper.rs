//! The text of the notice: lines of segments in, highlighted and numbered lines out.

use std::borrow::Cow;

use maud::{Markup, html};

use super::Review;
use super::marks::{Mark, Segment, segments};
use crate::model::{BlockKind, Role};
use crate::render::words;

pub(super) fn paper(review: &Review<'_>) -> Markup {
    let findings = &review.ledger.notice.diagnostics;
    html! {
        section #paper.pane aria-label="原文" tabindex="0" {
            article.sheet {
                @for (number, line) in segments(review.ledger.text, &review.marks).iter().enumerate() {
                    div.line.(kind(line)) #{ "l" (number + 1) } data-n=(number + 1) {
                        @for segment in line {
                            @let holding = Holding::new(segment);
                            @if segment.marks.iter().all(|mark| matches!(mark, Mark::Block(_))) {
                                (shown(segment.text))
                            } @else {
                                span class=[holding.class()]
                                    data-r=[holding.row]
                                    data-c=[holding.clause]
                                    data-f=[holding.finding.map(|finding| finding.0)]
                                    title=[holding.finding.map(|finding| findings[finding.0].message.clone()).or(holding.unit_title())]
                                    { (shown(segment.text)) }
                            }
                        }
                    }
                }
            }
        }
    }
}

/// What a segment's marks amount to in markup.
#[derive(Default)]
struct Holding<'n> {
    row: Option<usize>,
    clause: Option<usize>,
    finding: Option<(usize, &'static str)>,
    unit: Option<(Option<Role>, &'n str)>,
    words: Vec<&'static str>,
}

impl<'n> Holding<'n> {
    fn new(segment: &Segment<'n>) -> Self {
        let mut holding = Self::default();
        for &mark in &segment.marks {
            match mark {
                Mark::Row(number) => holding.row = Some(number),
                Mark::Clause(number) => {
                    holding.clause = Some(number);
                    holding.words.push("clause");
                }
                Mark::Finding(number, severity) => {
                    holding.finding = Some((number, severity.as_str()));
                    holding.words.extend(["finding", severity.as_str()]);
                }
                Mark::Unit(role, name) => {
                    holding.unit = Some((role, name));
                    holding
                        .words
                        .extend(["unit", role.map_or("plain", Role::as_str)]);
                }
                Mark::Deadline => holding.words.push("deadline"),
                Mark::Marker => holding.words.push("marker"),
                Mark::Rule => holding.words.push("rule"),
                Mark::Block(_) => {}
            }
        }
        holding
    }

    fn class(&self) -> Option<String> {
        (!self.words.is_empty()).then(|| self.words.join(" "))
    }

    fn unit_title(&self) -> Option<Cow<'n, str>> {
        let (role, name) = self.unit?;
        Some(match role {
            Some(role) => format!("{}：{name}", words::role(role)).into(),
            None => name.into(),
        })
    }
}

/// How a line is set: as the block that begins it.
fn kind(line: &[Segment<'_>]) -> &'static str {
    let first = line.iter().find(|segment| !segment.text.trim().is_empty());
    let marks = first.map_or(&[][..], |segment| &segment.marks);
    let block = marks.iter().find_map(|mark| match mark {
        Mark::Block(kind) => Some(*kind),
        _ => None,
    });
    match block {
        Some(BlockKind::Title) => "title",
        Some(BlockKind::DocumentNumber) => "number",
        Some(BlockKind::Signature | BlockKind::Date) => "sign",
        Some(BlockKind::Furniture) => "furniture",
        Some(_) => "block",
        None if first.is_none() => "blank",
        None if marks.iter().any(|mark| matches!(mark, Mark::Row(_))) => "item",
        None if marks.iter().any(|mark| matches!(mark, Mark::Marker)) => "heading",
        None => "plain",
    }
}

/// Control characters as pictures, for HTML has no place for them.
fn shown(text: &str) -> Cow<'_, str> {
    let is_control = |c: char| c < ' ' && c != '\t';
    if !text.contains(is_control) {
        return Cow::Borrowed(text);
    }
    let picture = |c: char| {
        if is_control(c) {
            char::from_u32(0x2400 + u32::from(c)).unwrap_or(c)
        } else {
            c
        }
    };
    text.chars().map(picture).collect::<String>().into()
}
