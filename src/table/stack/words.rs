//! The head of a table with one cell to a line: lines in, columns out.
//!
//! | lines | column |
//! |---|---|
//! | `完成` `时限` · `责任单` `位` · `配合单位` `（部门）` | one: a word was wrapped |
//! | `责任分工` `牵头单位` `配合单位` | two, under a common head |
//! | a word that is not known, before the first number | one |
//!
//! Where `序号` is not the first column, the last lines before the first number lead its row.

use super::super::head::{self, Column, Kind};
use super::super::{COLUMNS, Cell, read_number};
use super::{glyphs, letters};
use crate::glyph::{Glyph, Page, is_bar};
use crate::label::{self, LabelKind};
use crate::lexicon;
use crate::marker;
use crate::model::MarkerStyle;

/// Glyphs of a head cell before that of the number.
const LEAD: usize = 6;

/// The columns of a head with one cell to a line, and the line behind it.
pub(super) fn read_head(
    page: &Page<'_>,
    lines: &[usize],
    at: usize,
) -> Option<(Vec<Column>, usize)> {
    let mut columns: Vec<Column> = Vec::new();
    let mut numbered = false;
    let mut next = at;
    while next < lines.len() && columns.len() <= COLUMNS {
        let line = glyphs(page, lines[next]);
        if numbered && begins_rows(line)
            || line.len() > head::LONGEST
            || !is_single(page, lines[next])
        {
            break;
        }
        let (column, taken) = read_wrapped(page, lines, next);
        // A longer line before the number is a title.
        let long = |column: &Column| {
            column
                .label
                .is_some_and(|(first, last)| last - first > LEAD)
        };
        if column.kind == Kind::Number && columns.iter().any(long) {
            return None;
        }
        if column.kind == Kind::Other
            && (!numbered
                || line
                    .iter()
                    .any(|glyph| matches!(glyph.ch, '。' | ';' | ':' | ',' | '、')))
        {
            break;
        }
        // `责任分工` over `牵头单位` and `配合单位`.
        let below = || {
            let (one, length) = read_wrapped(page, lines, next + taken);
            let other = lines
                .get(next + taken + length)
                .map(|_| read_wrapped(page, lines, next + taken + length).0);
            [Some(one), other]
                .into_iter()
                .flatten()
                .filter(|column| matches!(column.kind, Kind::Duty(LabelKind::Role { .. })))
                .count()
        };
        if !(matches!(column.kind, Kind::Duty(LabelKind::Tier)) && below() == 2) {
            numbered |= column.kind == Kind::Number;
            columns.push(column);
        }
        next += taken;
    }
    // The first cells of a row may stand before its number.
    let lead = columns
        .iter()
        .position(|column| column.kind == Kind::Number)
        .unwrap_or(0);
    for _ in 0..lead {
        if columns
            .last()
            .is_some_and(|column| column.kind == Kind::Other)
        {
            columns.pop();
            next -= 1;
        }
    }
    let cells: Vec<Option<Cell>> = columns
        .iter()
        .map(|column| {
            column
                .label
                .and_then(|(first, last)| Cell::new(first, last))
        })
        .collect();
    let columns = head::read_columns(page, &cells)?;
    let unknown = columns.iter().any(|column| column.kind == Kind::Other);
    let long = columns[0]
        .label
        .is_none_or(|(first, last)| last - first > LEAD + 2);
    let certain = numbered || !unknown && !long;
    (columns.len() >= 3 && next < lines.len() && certain).then_some((columns, next))
}

/// Whether a line is one cell: no tab or bar in it, no word of a head before a blank, no marker in front.
fn is_single(page: &Page<'_>, line: usize) -> bool {
    let glyphs = glyphs(page, line);
    let (first, _) = letters(page, line);
    let gap = (1..glyphs.len()).find(|&at| page.spaced(first + at));
    let words = gap.is_some_and(|gap| gap > 1 && head::read_kind(&glyphs[..gap]).is_some());
    let parted = page.cut(page.lines[line].span).trim().contains('\t')
        || glyphs.iter().any(|glyph| is_bar(glyph.ch));
    !words && !parted && marker::read(glyphs).is_none()
}

/// Whether a line behind a head begins the rows: a number, or the heading of a group.
pub(super) fn begins_rows(line: &[Glyph]) -> bool {
    read_number(line).is_some()
        || marker::read(line).is_some_and(|mark| mark.style != MarkerStyle::Bullet)
}

/// A head cell, which may have been wrapped over up to three lines; how many.
fn read_wrapped(page: &Page<'_>, lines: &[usize], at: usize) -> (Column, usize) {
    let (first, _) = letters(page, lines[at.min(lines.len() - 1)]);
    let read = |count: usize| {
        let (_, last) = letters(page, *lines.get(at + count - 1)?);
        Some(head::read_column(page, Cell::new(first, last)))
    };
    let known = |column: &Column| column.kind != Kind::Other;
    let one = read(1).filter(known);
    let opens = |line: Option<&usize>| {
        line.map(|&line| glyphs(page, line)).is_some_and(|line| {
            matches!(line[0].ch, '(' | '及' | '和' | '、' | '/') && !begins_rows(line)
        })
    };
    if let Some(one) = one {
        let longer = read(2).filter(known).filter(|_| opens(lines.get(at + 1)));
        return longer.map_or((one, 1), |longer| (longer, 2));
    }
    for count in 2..=3 {
        // A line that is a head cell of its own is no rest of a word, unless no word was there.
        if let Some(column) = read(count).filter(known)
            && let Kind::Duty(_) | Kind::Task | Kind::Text | Kind::Category = column.kind
            && joins(page, lines, at, count)
        {
            return (column, count);
        }
    }
    let other = Column {
        kind: Kind::Other,
        label: Some(letters(page, lines[at.min(lines.len() - 1)])),
        rule: None,
    };
    (other, 1)
}

/// Whether lines make one word of a head: short, and longer as a label than the last line alone.
fn joins(page: &Page<'_>, lines: &[usize], at: usize, count: usize) -> bool {
    let all = &lines[at..at + count];
    let length: usize = all.iter().map(|&line| glyphs(page, line).len()).sum();
    let word: Vec<Glyph> = all
        .iter()
        .flat_map(|&line| glyphs(page, line))
        .copied()
        .collect();
    let tail = glyphs(page, all[count - 1]).len();
    length <= 12 && word_length(&word) > tail
}

/// How many glyphs at the end are words that are known.
fn word_length(glyphs: &[Glyph]) -> usize {
    let label = label::read_back(glyphs).map_or(0, |label| label.length);
    lexicon::columns()
        .longest(glyphs)
        .map_or(0, |(length, _)| length)
        .max(label)
}
