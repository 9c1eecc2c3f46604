//! What is highlighted in the text: spans that nest and overlap in, lines of flat segments out.
//!
//! ```text
//! row     [(一)抓好春耕。(牵头单位:省农业农村厅)]
//! clause              [(牵头单位:省农业农村厅)]
//! unit                          [省农业农村厅]
//!         │          ││        ││            ││     segments: each knows what holds over all of it
//! ```
//!
//! Of several marks of one kind, the one that begins last holds. A segment never crosses a line end.
//! Time is O(n log n) in marks and lines.

use std::collections::BTreeSet;
use std::ops::Range;

use crate::model::{BlockKind, Role, Severity};
use crate::render::lines::Lines;
use crate::span::Span;

/// Something to highlight.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Mark<'n> {
    /// A row of the ledger, by its number.
    Row(usize),
    /// An assignment clause, by its number.
    Clause(usize),
    /// A finding, by its number.
    Finding(usize, Severity),
    /// A unit by its name, in a role or outside of any clause.
    Unit(Option<Role>, &'n str),
    /// A deadline.
    Deadline,
    /// The number in front of an item.
    Marker,
    /// What the document states once for many clauses.
    Rule,
    /// A stretch that is in no item.
    Block(BlockKind),
}

impl Mark<'_> {
    /// Marks of one layer hide each other.
    const fn layer(self) -> usize {
        match self {
            Self::Row(_) => 0,
            Self::Clause(_) => 1,
            Self::Finding(..) => 2,
            Self::Unit(..) => 3,
            Self::Deadline => 4,
            Self::Marker => 5,
            Self::Rule => 6,
            Self::Block(_) => 7,
        }
    }
}

const LAYERS: usize = 8;

/// A stretch of one line over which the same marks hold.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Segment<'n> {
    pub text: &'n str,
    /// What holds here, by layer.
    pub marks: Vec<Mark<'n>>,
}

/// The lines of the text, cut at the ends of all marks.
pub(super) fn segments<'n>(text: &'n str, marks: &[(Span, Mark<'n>)]) -> Vec<Vec<Segment<'n>>> {
    let marks: Vec<_> = marks
        .iter()
        .filter_map(|(span, mark)| Some((fitted(text, *span)?, *mark)))
        .collect();
    let mut events: Vec<(u32, bool, usize)> = vec![];
    for (number, (span, _)) in marks.iter().enumerate() {
        events.push((span.start, true, number));
        events.push((span.end, false, number));
    }
    events.sort_unstable();
    let mut events = events.into_iter().peekable();
    let mut active: [BTreeSet<(u32, usize)>; LAYERS] = Default::default();
    let cut = |line: Range<usize>| {
        let mut at = line.start;
        let end = at + text[line].trim_end_matches(['\n', '\r']).len();
        let mut segments = vec![];
        while at < end {
            while let Some((_, begins, number)) = events.next_if(|event| event.0 as usize <= at) {
                let (span, mark) = marks[number];
                let layer = &mut active[mark.layer()];
                if begins {
                    layer.insert((span.start, number));
                } else {
                    layer.remove(&(span.start, number));
                }
            }
            let next = events.peek().map_or(end, |event| end.min(event.0 as usize));
            let holding = active.iter().filter_map(|layer| layer.last());
            segments.push(Segment {
                text: &text[at..next],
                marks: holding.map(|&(_, number)| marks[number].1).collect(),
            });
            at = next;
        }
        segments
    };
    Lines::new(text).ranges(text).map(cut).collect()
}

/// A span that cuts the text between characters; one that holds nothing is given the character behind it.
fn fitted(text: &str, span: Span) -> Option<Span> {
    text.get(span.range())?;
    if !span.is_empty() {
        return Some(span);
    }
    let (before, behind) = text.split_at(span.start as usize);
    match (behind.chars().next(), before.chars().next_back()) {
        (Some(c), _) => Some(Span::new(span.start, span.end + c.len_utf8() as u32)),
        (None, Some(c)) => Some(Span::new(span.start - c.len_utf8() as u32, span.end)),
        (None, None) => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Marks are drawn below the text; segments come out between bars, each with the first letters of its marks.
    fn check(text: &str, marks: &[(u32, u32, Mark<'_>)], expected: &str) {
        let marks: Vec<_> = marks
            .iter()
            .map(|&(start, end, mark)| (Span::new(start, end), mark))
            .collect();
        let lines = segments(text, &marks);
        let shown = lines.iter().map(|line| {
            let segments = line.iter().map(|segment| {
                let letters = segment
                    .marks
                    .iter()
                    .map(|mark| format!("{mark:?}")[..1].to_owned());
                format!("{}{}", segment.text, letters.collect::<String>())
            });
            segments.collect::<Vec<_>>().join("|")
        });
        assert_eq!(shown.collect::<Vec<_>>().join("\n"), expected);
    }

    #[test]
    fn nested_and_overlapping_marks_become_flat_segments() {
        let unit = Mark::Unit(None, "");
        check(
            "0123456789",
            &[(0, 10, Mark::Row(0)), (2, 6, Mark::Clause(0)), (3, 5, unit)],
            "01R|2RC|34RCU|5RC|6789R",
        );
        check(
            "0123456789",
            &[(0, 6, Mark::Row(0)), (3, 9, Mark::Deadline)],
            "012R|345RD|678D|9",
        );
        check(
            "01234",
            &[
                (0, 5, Mark::Row(0)),
                (1, 4, Mark::Clause(1)),
                (2, 3, Mark::Clause(2)),
            ],
            "0R|1RC|2RC|3RC|4R",
        );
    }

    #[test]
    fn of_one_layer_the_last_to_begin_holds() {
        let lines = segments(
            "01234",
            &[
                (Span::new(0, 5), Mark::Row(0)),
                (Span::new(1, 4), Mark::Row(1)),
                (Span::new(2, 3), Mark::Row(2)),
            ],
        );
        let marks: Vec<_> = lines[0]
            .iter()
            .map(|segment| segment.marks[..].to_vec())
            .collect();
        assert_eq!(marks, [0, 1, 2, 1, 0].map(|number| vec![Mark::Row(number)]));
    }

    #[test]
    fn segments_end_with_their_line() {
        check("01\n\r\n2\r3", &[(1, 8, Mark::Deadline)], "0|1D\n\n2D\n3D");
        check("", &[(0, 0, Mark::Deadline)], "");
    }

    #[test]
    fn spans_that_hold_nothing_or_fall_inside_a_character() {
        check("一二", &[(3, 3, Mark::Deadline)], "一|二D");
        check("一二", &[(6, 6, Mark::Deadline)], "一|二D");
        check(
            "一二",
            &[
                (1, 3, Mark::Deadline),
                (0, 60, Mark::Marker),
                (6, 3, Mark::Rule),
            ],
            "一二",
        );
    }
}
