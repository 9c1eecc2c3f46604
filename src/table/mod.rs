//! Task tables: lines in, rows out, before any line is joined to a paragraph.
//!
//! | layout | a row is | read by |
//! |---|---|---|
//! | cells parted by `\|`, with or without the line `\|---\|` | a line | `grid` |
//! | cells parted by tabs | a line; it goes on while cells are missing | `grid` |
//! | columns aligned with blanks | a line and those under it | `aligned` |
//! | cells parted by wide blanks, not aligned, or by single ones | a line | `grid` |
//! | one cell to a line, as PDF extraction leaves it | the lines up to the next number | `stack` |
//!
//! ```text
//! table = head (head | group | row)+
//! head  = 序号 工作任务 牵头单位 … 完成时限             one row or two; repeated on each page
//! group = 一、夯实基础                                 a row of one cell, or a cell over several rows
//! ```
//!
//! A table claims its lines: paragraphs are made of the others. Where the columns can't be told
//! apart, of a cell, a row or the table, that much is left unread and a finding says so.
//! Every line is looked at a bounded number of times: [`AHEAD`] lines ahead, [`LINES`] lines a row.

mod aligned;
mod grid;
mod head;
mod row;
mod stack;

use crate::date;
use crate::finding::Finding;
use crate::glyph::{self, Glyph, Page};
use crate::label::LabelKind;
use crate::lexicon;
use crate::marker::{self, Mark};
use crate::model::{Code, MarkerStyle};
use crate::numeral;
use crate::predicate;

pub(crate) use row::{Row, RowText, read_row};

/// Lines that a row may have.
const LINES: usize = 40;

/// Lines looked ahead for the next row.
const AHEAD: usize = 8;

/// Columns that a table may have.
const COLUMNS: usize = 24;

/// The tables of a text.
#[derive(Debug, Default)]
pub(crate) struct Tables<'t> {
    /// Stretches of lines, in order; what is between them belongs to no table.
    pub strips: Vec<Strip>,
    pub rows: Vec<Row>,
    pub findings: Vec<Finding<'t>>,
}

/// Lines that belong together: a head, or rows that stand on the same lines.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Strip {
    pub line: u32,
    pub last_line: u32,
    pub rows: Rows,
}

/// The rows of a strip: one, and before it each group that it opens; none in a head.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Rows {
    pub first: u32,
    pub last: u32,
}

/// Finds the tables of a text.
pub(crate) fn read_tables<'t>(page: &Page<'t>) -> Tables<'t> {
    let lines: Vec<usize> = (0..page.lines.len())
        .filter(|&line| page.lines[line].first < page.lines[line].last && !is_bars(page, line))
        .collect();
    let mut tables = Tables::default();
    let mut at = 0;
    while at < lines.len() {
        match grid::read(page, &lines, at).or_else(|| stack::read(page, &lines, at)) {
            Some(found) => {
                if found
                    .parts
                    .iter()
                    .any(|part| matches!(part.content, Content::Row(_)))
                {
                    row::settle(page, &found, &mut tables);
                } else {
                    let line = page.lines[lines[at]];
                    let span = page.span(line.first as usize, line.last as usize);
                    tables.findings.push(Finding::new(
                        Code::UnreadTable,
                        span,
                        "表格各栏无法确定，按文字保留",
                    ));
                }
                at = found.next.max(at + 1);
            }
            None => at += 1,
        }
    }
    tables
}

/// A table as its layout gives it.
struct Found {
    columns: Vec<head::Column>,
    parts: Vec<Part>,
    /// The line behind it.
    next: usize,
}

/// Lines of a table.
struct Part {
    line: usize,
    last_line: usize,
    content: Content,
}

/// What they hold.
enum Content {
    Head,
    /// A heading over rows, and its number where it has a cell of its own.
    Group(Option<Cell>, Cell),
    /// A cell for each column.
    Row(Vec<Option<Cell>>),
    /// A row whose cells can't be told apart; its number.
    Unread(Option<Cell>),
}

/// Glyphs, the first and the one behind the last.
type Letters = (usize, usize);

/// The letters of a cell.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Cell {
    first: usize,
    last: usize,
    /// It is sure that these are its letters, and no others stand between them.
    whole: bool,
}

impl Cell {
    fn new(first: usize, last: usize) -> Option<Self> {
        (first < last).then_some(Self {
            first,
            last,
            whole: true,
        })
    }

    fn glyphs<'p>(&self, page: &'p Page<'_>) -> &'p [Glyph] {
        &page.glyphs[self.first..self.last]
    }
}

/// The whole of a `序号` cell: `1` `1.` `（一）` `一` `1.1` `①`.
fn read_number(glyphs: &[Glyph]) -> Option<Mark> {
    if glyphs.is_empty() || glyphs.len() > 8 {
        return None;
    }
    if let Some(mark) = marker::read(glyphs)
        && mark.length == glyphs.len()
        && mark.style != MarkerStyle::Bullet
    {
        return Some(mark);
    }
    let mark = |style, ordinal| {
        (ordinal > 0).then_some(Mark {
            style,
            ordinal: Some(ordinal),
            length: glyphs.len(),
        })
    };
    if let Some((ordinal, mut at)) = numeral::read_digits(glyphs)
        && at <= 4
    {
        if at == glyphs.len() {
            return mark(MarkerStyle::Arabic, ordinal);
        }
        let mut last = ordinal;
        while let Some((value, length)) = glyphs
            .get(at)
            .filter(|glyph| matches!(glyph.ch, '.' | '-' | '—'))
            .and_then(|_| numeral::read_digits(&glyphs[at + 1..]))
        {
            last = value;
            at += 1 + length;
        }
        return if at == glyphs.len() && at <= 6 {
            mark(MarkerStyle::Decimal, last)
        } else {
            None
        };
    }
    let (ordinal, length) = numeral::read_han(glyphs)?;
    if length == glyphs.len() {
        mark(MarkerStyle::Han, ordinal)
    } else {
        None
    }
}

/// Whether a cell says that nothing stands in it: `/`, `—`, `无`.
fn is_void(glyphs: &[Glyph]) -> bool {
    glyphs.iter().all(|glyph| {
        matches!(
            glyph.ch,
            '/' | '\\' | '—' | '-' | '_' | '…' | '.' | '×' | '*'
        )
    }) || glyphs.len() == 1 && glyphs[0].ch == '无'
}

/// Whether a cell can stand in a column of duties or deadlines.
fn fits(page: &Page<'_>, kind: head::Kind, first: usize, last: usize) -> bool {
    let glyphs = &page.glyphs[first..last];
    let head::Kind::Duty(kind) = kind else {
        return true;
    };
    is_void(glyphs)
        || match kind {
            LabelKind::Deadline => date::read_deadline(page, first, last, None).is_some(),
            LabelKind::Role { person: true, .. } => {
                glyphs.len() <= 60
                    && !glyphs
                        .iter()
                        .any(|glyph| matches!(glyph.ch, '。' | '!' | '?'))
            }
            LabelKind::Role { .. } => {
                predicate::all_units(page, first, trimmed(glyphs, last)) || is_predicate(glyphs)
            }
            LabelKind::Tier | LabelKind::Remark => {
                is_predicate(glyphs) || predicate::all_units(page, first, trimmed(glyphs, last))
            }
        }
}

/// `市发改委牵头，市财政局配合`, `牵头单位：市发改委`.
fn is_predicate(glyphs: &[Glyph]) -> bool {
    let end = trimmed(glyphs, glyphs.len());
    lexicon::predicates().longest(&glyphs[..end]).is_some()
        || crate::label::read_front(glyphs).is_some()
}

/// Without a stop at the end.
fn trimmed(glyphs: &[Glyph], last: usize) -> usize {
    last - usize::from(
        glyphs.len() > 1
            && glyphs
                .last()
                .is_some_and(|glyph| matches!(glyph.ch, '。' | ';' | ',' | '、')),
    )
}

/// Whether a line goes on in the next: it ends in an open bracket, `、` or `，`, or the next begins with a
/// mark that no line begins with.
fn goes_on(before: &[Glyph], behind: &[Glyph]) -> bool {
    let (Some(end), Some(start)) = (before.last(), behind.first()) else {
        return false;
    };
    let open = before
        .iter()
        .rev()
        .take(60)
        .fold((0i32, false), |(depth, open), glyph| {
            let depth =
                depth + i32::from(glyph::is_close(glyph.ch)) - i32::from(glyph::is_open(glyph.ch));
            (depth.max(0), open || depth < 0)
        });
    open.1
        || matches!(end.ch, '、' | ',' | '《' | '“')
        || matches!(start.ch, '、' | ',' | '。' | ';' | '》' | '”')
        || glyph::is_close(start.ch)
}

/// Whether a line is an empty cell and nothing else: `|`, `||`.
fn is_bars(page: &Page<'_>, line: usize) -> bool {
    let line = &page.lines[line];
    let glyphs = &page.glyphs[line.first as usize..line.last as usize];
    (1..=2).contains(&glyphs.len()) && glyphs.iter().all(|glyph| glyph::is_bar(glyph.ch))
}

/// Whether two lines read the same.
fn same(page: &Page<'_>, one: usize, other: usize) -> bool {
    let glyphs =
        |line: usize| &page.glyphs[page.lines[line].first as usize..page.lines[line].last as usize];
    glyph::same(glyphs(one), glyphs(other))
}

#[cfg(test)]
mod tests;
