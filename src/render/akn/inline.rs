//! Running text with marks in it: a stretch and what stands inside, out as mixed content.
//!
//! ```text
//! （牵头单位：省科技厅）
//! （<role refersTo="#lead">牵头单位</role>：<organization refersTo="#org_3">省科技厅</organization>）
//! ```

use std::borrow::Cow;
use std::io::{self, Write};

use super::Source;
use super::meta::document_iri;
use super::xml::Xml;
use crate::model::{Assignment, Duty, Role, Unit, UnitKind};
use crate::span::Span;

/// Something inside running text.
pub(super) struct Mark<'n> {
    pub span: Span,
    pub inline: Inline<'n>,
}

pub(super) enum Inline<'n> {
    Unit(&'n Unit<'n>),
    Role(Role),
    /// `YYYY-MM-DD`
    Date(&'n str),
    /// The number of a reference of the metadata.
    Reference(usize),
}

/// Units, role words and deadline of a clause, in order.
pub(super) fn marks<'n>(text: &str, assignment: &'n Assignment<'n>) -> Vec<Mark<'n>> {
    let mut marks = vec![];
    let mut from = assignment.span.start;
    for duty in &assignment.duties {
        let units = duty.units.iter().map(|unit| Mark {
            span: unit.span,
            inline: Inline::Unit(unit),
        });
        marks.extend(units);
        let last = duty.units.last().map_or(from, |unit| unit.span.end);
        if let Some(span) = label_span(text, duty, from, last, assignment.span.end) {
            marks.push(Mark {
                span,
                inline: Inline::Role(duty.role),
            });
        }
        from = from.max(last);
    }
    if let Some(deadline) = &assignment.deadline
        && let Some(date) = &deadline.date
    {
        marks.push(Mark {
            span: deadline.span,
            inline: Inline::Date(date),
        });
    }
    marks.sort_by_key(|mark| mark.span);
    marks
}

/// Where the role word of a duty stands: before its units, or behind them.
fn label_span(text: &str, duty: &Duty<'_>, from: u32, last: u32, end: u32) -> Option<Span> {
    let label = duty.label.as_deref().filter(|label| !label.is_empty())?;
    let first = duty.units.first().map_or(end, |unit| unit.span.start);
    let before = text
        .get(from as usize..first as usize)
        .and_then(|gap| gap.rfind(label));
    let behind = text
        .get(last as usize..end as usize)
        .and_then(|gap| gap.find(label));
    let start = before
        .map(|at| from + at as u32)
        .or_else(|| behind.map(|at| last + at as u32))?;
    Some(Span::new(start, start + label.len() as u32))
}

/// The same marks in a reading of the text: each where its own text is found next.
pub(super) fn marks_of_reading<'n>(
    text: &str,
    reading: &str,
    marks: Vec<Mark<'n>>,
) -> Vec<Mark<'n>> {
    let mut from = 0;
    let found = marks.into_iter().filter_map(|mark| {
        let written = tidy(text.get(mark.span.range())?);
        let at = from + reading.get(from..)?.find(&*written)?;
        from = at + written.len();
        Some(Mark {
            span: Span::new(at as u32, from as u32),
            ..mark
        })
    });
    found.collect()
}

/// The marks that begin in a stretch, of marks in order.
pub(super) fn within<'m, 'n>(marks: &'m [Mark<'n>], span: Span) -> &'m [Mark<'n>] {
    let first = marks.partition_point(|mark| mark.span.start < span.start);
    let count = marks[first..].partition_point(|mark| mark.span.start < span.end);
    &marks[first..first + count]
}

/// Writes a stretch of `text` with the marks that lie in it; a mark that crosses another is left out.
pub(super) fn write<W: Write>(
    xml: &mut Xml<'_, W>,
    source: &Source<'_>,
    id: &str,
    (text, span): (&str, Span),
    marks: &[Mark<'_>],
) -> io::Result<()> {
    let mut numbers = [0; 5];
    let mut at = span.start;
    for mark in marks.iter().filter(|mark| span.contains(mark.span)) {
        let (Some(before), Some(inside)) = (
            text.get(at as usize..mark.span.start as usize),
            text.get(mark.span.range()),
        ) else {
            continue;
        };
        let (kind, name) = match mark.inline {
            Inline::Unit(unit) if unit.kind == UnitKind::Person => (0, "person"),
            Inline::Unit(_) => (1, "organization"),
            Inline::Role(_) => (2, "role"),
            Inline::Date(_) => (3, "date"),
            Inline::Reference(_) => (4, "ref"),
        };
        numbers[kind] += 1;
        let (key, value) = match mark.inline {
            Inline::Unit(unit) => ("refersTo", format!("#{}", source.unit_id(unit))),
            Inline::Role(role) => ("refersTo", format!("#{}", role.as_str())),
            Inline::Date(date) => ("date", date.to_owned()),
            Inline::Reference(number) => (
                "href",
                document_iri(&source.notice.metadata.references[number]),
            ),
        };
        xml.text(&tidy(before))?;
        xml.start(
            name,
            &[
                ("eId", &format!("{id}__{name}_{}", numbers[kind])),
                (key, &value),
            ],
        )?;
        xml.text(&tidy(inside))?;
        xml.end(name)?;
        at = mark.span.end;
    }
    xml.text(&tidy(
        text.get(at as usize..span.end as usize).unwrap_or(""),
    ))
}

/// Blanks that hold a line break are left out; between letters and digits, one blank stays.
pub(super) fn tidy(text: &str) -> Cow<'_, str> {
    if !text.contains(['\n', '\r']) {
        return Cow::Borrowed(text);
    }
    let mut tidied = String::with_capacity(text.len());
    let mut blanks = String::new();
    for c in text.chars() {
        if c.is_whitespace() {
            blanks.push(c);
            continue;
        }
        let wrapped = blanks.contains(['\n', '\r']);
        let words = tidied.ends_with(|before: char| before.is_ascii_alphanumeric())
            && c.is_ascii_alphanumeric();
        match (wrapped, words) {
            (false, _) => tidied.push_str(&blanks),
            (true, true) => tidied.push(' '),
            (true, false) => {}
        }
        blanks.clear();
        tidied.push(c);
    }
    tidied.into()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn wraps_are_joined() {
        let check = |text: &str, expected: &str| assert_eq!(tidy(text), expected);
        check("省科\n技厅", "省科技厅");
        check("责\r\n　　任 单位", "责任 单位");
        check("5G\nplus", "5G plus");
        check("二〇\n", "二〇");
    }
}
