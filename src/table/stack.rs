//! Tables with one cell to a line, as PDF extraction leaves them.
//!
//! ```text
//! 序号⏎工作任务⏎牵头单位⏎完成⏎时限⏎ 1⏎建设平台⏎市科技局⏎6月底前⏎ 2⏎…
//! ```
//!
//! A row begins at the next number. Its lines are given to the columns in order, a cell taking several
//! lines where it was wrapped and none where it was empty. What doesn't look right is counted:
//!
//! | oddity | count |
//! |---|---|
//! | a line goes on in the next without a mark that shows it | 1 |
//! | a line that shows that it goes on, and does not | 6 |
//! | no unit where units belong · no deadline where one belongs | 3 · 4 |
//! | units or a deadline in a column of text | 1 a line |
//! | an empty remark · other cell · task | 1 · 2 · 4 |
//!
//! The reading with the fewest oddities is taken if no other has as few; else the row is unread.
//! Without numbers, rows are read only while they have a line for each column.

use super::head::{self, Column, Kind};
use super::{
    COLUMNS, Cell, Content, Found, LINES, Part, fits, goes_on, is_void, read_number, same,
};
use crate::clause;
use crate::date;
use crate::glyph::{Glyph, Page, begins};
use crate::label::LabelKind;
use crate::marker;
use crate::model::MarkerStyle;

/// Oddities with which a row is no longer sure.
const ODD: u32 = 6;

/// Reads the table whose head begins with the line at `at`, if it is one.
pub(super) fn read(page: &Page<'_>, lines: &[usize], at: usize) -> Option<Found> {
    let first = glyphs(page, lines[at]);
    if !matches!(
        head::read_kind(first)?,
        Kind::Number | Kind::Category | Kind::Task | Kind::Text
    ) {
        return None;
    }
    let (columns, next) = read_head(page, lines, at)?;
    let key = columns
        .iter()
        .position(|column| column.kind == Kind::Number);
    let mut reader = Reader {
        page,
        lines,
        columns,
        head: at..next,
        parts: Vec::new(),
    };
    reader.parts.push(Part {
        line: lines[at],
        last_line: lines[next - 1],
        content: Content::Head,
    });
    let next = match key {
        Some(key) => reader.read_numbered(next, key),
        None => reader.read_full(next),
    };
    Some(Found {
        columns: reader.columns,
        parts: reader.parts,
        next,
    })
}

fn glyphs<'p>(page: &'p Page<'_>, line: usize) -> &'p [Glyph] {
    &page.glyphs[page.lines[line].first as usize..page.lines[line].last as usize]
}

/// The columns of a head with one cell to a line, and the line behind it.
fn read_head(page: &Page<'_>, lines: &[usize], at: usize) -> Option<(Vec<Column>, usize)> {
    let mut columns: Vec<Column> = Vec::new();
    let mut numbered = false;
    let mut next = at;
    while next < lines.len() && columns.len() <= COLUMNS {
        let line = glyphs(page, lines[next]);
        if numbered && begins_rows(line) || line.len() > head::LONGEST {
            break;
        }
        let (column, taken) = read_wrapped(page, lines, next);
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
    (columns.len() >= 3 && next < lines.len() && !(unknown && !numbered)).then_some((columns, next))
}

/// Whether a line behind a head begins the rows: a number, or the heading of a group.
fn begins_rows(line: &[Glyph]) -> bool {
    read_number(line).is_some()
        || marker::read(line).is_some_and(|mark| mark.style != MarkerStyle::Bullet)
}

/// A head cell, which may have been wrapped over up to three lines; how many.
fn read_wrapped(page: &Page<'_>, lines: &[usize], at: usize) -> (Column, usize) {
    let first = page.lines[lines[at.min(lines.len() - 1)]].first as usize;
    let read = |count: usize| {
        let last = page.lines[*lines.get(at + count - 1)?].last as usize;
        Some(head::read_column(page, Cell::new(first, last)))
    };
    let known = |column: &Column| column.kind != Kind::Other;
    let one = read(1).filter(known);
    let opens = |line: Option<&usize>| {
        line.is_some_and(|&line| matches!(glyphs(page, line)[0].ch, '(' | '及' | '和' | '、' | '/'))
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
        label: Some((
            first,
            page.lines[lines[at.min(lines.len() - 1)]].last as usize,
        )),
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
    let label = crate::label::read_back(glyphs).map_or(0, |label| label.length);
    crate::lexicon::columns()
        .longest(glyphs)
        .map_or(0, |(length, _)| length)
        .max(label)
}

struct Reader<'p, 't> {
    page: &'p Page<'t>,
    lines: &'p [usize],
    columns: Vec<Column>,
    /// The lines of the head.
    head: std::ops::Range<usize>,
    parts: Vec<Part>,
}

/// A row whose lines were found.
struct Lines {
    /// The line of the number.
    key: usize,
    /// Lines of cells, repeated heads left out.
    cells: Vec<usize>,
    /// Whether another row follows.
    next: bool,
}

impl Reader<'_, '_> {
    fn glyphs(&self, at: usize) -> &[Glyph] {
        glyphs(self.page, self.lines[at])
    }

    fn push(&mut self, at: usize, last: usize, content: Content) {
        self.parts.push(Part {
            line: self.lines[at],
            last_line: self.lines[last],
            content,
        });
    }

    /// Lines at which the head is repeated: how many.
    fn head_at(&self, at: usize) -> usize {
        let repeated = self.head.len() <= self.lines.len() - at
            && self
                .head
                .clone()
                .zip(at..)
                .all(|(head, line)| same(self.page, self.lines[head], self.lines[line]));
        if repeated { self.head.len() } else { 0 }
    }

    /// Reads rows that begin with numbers: the line behind the table.
    fn read_numbered(&mut self, mut at: usize, key: usize) -> usize {
        let mut style = None;
        let mut ordinal = 0;
        let mut filled = vec![false; self.columns.len()];
        loop {
            // Before a number: a repeated head, the heading of a group, cells that lead the row.
            let begin = at;
            let mut before = Vec::new();
            let number = loop {
                if at >= self.lines.len() || before.len() > key + 2 {
                    return begin;
                }
                let head = self.head_at(at);
                if head > 0 {
                    self.push(at, at + head - 1, Content::Head);
                    at += head;
                } else if let Some(number) =
                    self.number_at(at, style, ordinal, !before.is_empty() || head > 0)
                {
                    break number;
                } else {
                    before.push(at);
                    at += 1;
                }
            };
            let lead = before.split_off(before.len().saturating_sub(key));
            self.push_group(&before);
            style = Some(number.style);
            ordinal = number.ordinal.unwrap_or(0);
            let row = self.find_row(at, style, ordinal);
            let (content, last) = match self.assign(&row, key, &lead, &mut filled) {
                Some((cells, taken)) => (
                    Content::Row(cells),
                    taken.checked_sub(1).map_or(at, |last| row.cells[last]),
                ),
                // Where the last row ends is not sure either.
                None => (
                    Content::Unread(self.cell(&[at])),
                    row.cells.last().copied().filter(|_| row.next).unwrap_or(at),
                ),
            };
            self.push(lead.first().copied().unwrap_or(at), last, content);
            at = last + 1;
            if !row.next {
                return at;
            }
        }
    }

    /// `一、夯实基础`, or `一` on a line before it.
    fn push_group(&mut self, lines: &[usize]) {
        let (Some(&first), Some(&last)) = (lines.first(), lines.last()) else {
            return;
        };
        let number = self
            .cell(&[first])
            .filter(|cell| first < last && read_number(cell.glyphs(self.page)).is_some());
        let heading = if number.is_some() { &lines[1..] } else { lines };
        if let Some(cell) = self.cell(heading) {
            self.push(first, last, Content::Group(number, cell));
        }
    }

    /// The number with which a row begins at a line.
    fn number_at(
        &self,
        at: usize,
        style: Option<MarkerStyle>,
        ordinal: u32,
        restarts: bool,
    ) -> Option<marker::Mark> {
        let mark = read_number(self.glyphs(at))?;
        let number = mark.ordinal?;
        let follows = number == ordinal + 1
            || ordinal > 0 && number > ordinal && number <= ordinal + 3
            || restarts && number == 1;
        (style.is_none() || style == Some(mark.style) && follows).then_some(mark)
    }

    /// The lines of the row whose number stands at a line.
    fn find_row(&self, key: usize, style: Option<MarkerStyle>, ordinal: u32) -> Lines {
        let mut cells = Vec::new();
        let mut at = key + 1;
        while at < self.lines.len() && cells.len() < LINES {
            let head = self.head_at(at);
            if head > 0 {
                at += head;
                continue;
            }
            if cells.len() >= 2
                && (self.number_at(at, style, ordinal, false).is_some()
                    || self.begins_group(at, style, ordinal))
            {
                return Lines {
                    key,
                    cells,
                    next: true,
                };
            }
            if self.ends_table(at) {
                break;
            }
            cells.push(at);
            at += 1;
        }
        Lines {
            key,
            cells,
            next: false,
        }
    }

    /// Whether the heading of a group stands at a line: a marker of another style, a row behind it.
    fn begins_group(&self, at: usize, style: Option<MarkerStyle>, ordinal: u32) -> bool {
        let line = self.glyphs(at);
        let other =
            |mark: &marker::Mark| Some(mark.style) != style && mark.style != MarkerStyle::Bullet;
        let row =
            |at: usize| at < self.lines.len() && self.number_at(at, style, ordinal, true).is_some();
        marker::read(line).filter(other).is_some() && row(at + 1)
            || read_number(line).filter(other).is_some() && row(at + 2)
    }

    /// Whether a line can be no cell: `抄送：`, `附件2`, `一、总体要求`, a blank line before it.
    fn ends_table(&self, at: usize) -> bool {
        let line = self.glyphs(at);
        let words = [
            "抄送",
            "附件",
            "附表",
            "注:",
            "备注:",
            "说明:",
            "主送",
            "(此件",
            "此件",
            "联系人:",
        ];
        let parted = self.lines[at] > self.lines[at - 1] + 1
            && !(self.lines[at - 1]..self.lines[at]).any(|line| self.page.lines[line].page_mark);
        parted
            || words.iter().any(|word| begins(line, word).is_some())
            || marker::read(line).is_some_and(|mark| {
                matches!(
                    mark.style,
                    MarkerStyle::Han
                        | MarkerStyle::Part
                        | MarkerStyle::Chapter
                        | MarkerStyle::Section
                        | MarkerStyle::Article
                )
            })
    }

    fn cell(&self, lines: &[usize]) -> Option<Cell> {
        let first = self.page.lines[self.lines[*lines.first()?]].first as usize;
        let last = self.page.lines[self.lines[*lines.last()?]].last as usize;
        let length: usize = lines.iter().map(|&at| self.glyphs(at).len()).sum();
        Some(Cell {
            first,
            last,
            whole: last - first == length,
        })
    }

    /// Gives the lines of a row to the columns: the cells, and how many lines; none where that is not sure.
    fn assign(
        &self,
        row: &Lines,
        key: usize,
        lead: &[usize],
        filled: &mut [bool],
    ) -> Option<(Vec<Option<Cell>>, usize)> {
        let order: Vec<usize> = (key + 1..self.columns.len()).collect();
        let lines = &row.cells;
        let ends = self.fewest(&order, lines, key, !row.next, filled)?;
        let mut cells = vec![None; self.columns.len()];
        cells[key] = self.cell(&[row.key]);
        for (column, &line) in (key - lead.len()..key).zip(lead) {
            cells[column] = self.cell(&[line]);
        }
        let mut from = 0;
        for (&column, &end) in order.iter().zip(&ends) {
            cells[column] = self.cell(&lines[from..end]);
            filled[column] |= end > from;
            from = end;
        }
        Some((cells, from))
    }

    /// The reading with the fewest oddities, if it is the only one: where each column ends. The lines behind
    /// may be as many cells as lead the next row, or the heading of a group; behind the last row, any text.
    fn fewest(
        &self,
        order: &[usize],
        lines: &[usize],
        leading: usize,
        open: bool,
        filled: &[bool],
    ) -> Option<Vec<usize>> {
        const NONE: u32 = u32::MAX;
        let count = lines.len();
        // For each column and line: the fewest oddities up to there, in how many ways, and where the column begins.
        let mut table = vec![vec![(NONE, 0u32, 0usize); count + 1]; order.len() + 1];
        table[0][0] = (0, 1, 0);
        for (step, &column) in order.iter().enumerate() {
            for begin in 0..=count {
                let (odd, ways, _) = table[step][begin];
                if odd == NONE {
                    continue;
                }
                let mut seams = 0;
                for end in begin..=count {
                    if end > begin + 1 {
                        seams += self.seam(column, lines[end - 2], lines[end - 1]);
                    }
                    if seams > ODD {
                        break;
                    }
                    let mut total = odd + seams + self.oddities(column, &lines[begin..end]);
                    if end > begin
                        && end < count
                        && goes_on(self.glyphs(lines[end - 1]), self.glyphs(lines[end]))
                    {
                        total += 6;
                    }
                    // Text behind the last row is no remark.
                    let text = open
                        && step + 1 == order.len()
                        && !matches!(self.columns[column].kind, Kind::Duty(_))
                        && !filled[column];
                    if text && end > begin {
                        total += 2;
                    }
                    let cell = &mut table[step + 1][end];
                    if total < cell.0 {
                        *cell = (total, ways, begin);
                    } else if total == cell.0 {
                        cell.1 += ways;
                    }
                }
            }
        }
        let from = if open {
            1
        } else {
            count.saturating_sub(leading.max(1))
        };
        let left = |end: usize| match (open, leading, count - end) {
            (true, ..) | (_, _, 0) => 0,
            (false, 0, _) if self.is_units(lines[count - 1]) => 4,
            (false, 0, _) => 2,
            (false, ..) => 0,
        };
        let mut found: Vec<(u32, u32, usize)> = (from..=count)
            .map(|end| (end, table[order.len()][end]))
            .filter(|(_, cell)| cell.0 <= ODD)
            .map(|(end, cell)| (cell.0 + left(end), cell.1, end))
            .collect();
        found.sort_unstable();
        let &(odd, ways, end) = found.first()?;
        if odd > ODD || ways > 1 || found.get(1).is_some_and(|other| other.0 == odd) {
            return None;
        }
        let mut ends = vec![end];
        for step in (1..order.len()).rev() {
            ends.push(table[step + 1][ends[ends.len() - 1]].2);
        }
        ends.reverse();
        let assigned = (0..order.len()).any(|at| {
            ends[at] > at.checked_sub(1).map_or(0, |before| ends[before])
                && matches!(self.columns[order[at]].kind, Kind::Duty(_))
        });
        assigned.then_some(ends)
    }

    /// What is odd about two lines of one cell.
    fn seam(&self, column: usize, line: usize, next: usize) -> u32 {
        let (before, behind) = (self.glyphs(line), self.glyphs(next));
        if goes_on(before, behind) {
            return 0;
        }
        match self.columns[column].kind {
            Kind::Duty(LabelKind::Role { .. })
                if !self.is_units(line) && self.is_units(next) && behind.len() > 3 =>
            {
                3
            }
            _ => 1,
        }
    }

    fn is_units(&self, at: usize) -> bool {
        let line = self.page.lines[self.lines[at]];
        clause::all_units(self.page, line.first as usize, line.last as usize)
    }

    /// What is odd about lines as the cell of a column, seams apart.
    fn oddities(&self, column: usize, lines: &[usize]) -> u32 {
        let kind = self.columns[column].kind;
        let Some(cell) = self.cell(lines) else {
            return match kind {
                Kind::Remark => 1,
                Kind::Task => 4,
                _ => 2,
            };
        };
        match kind {
            Kind::Duty(LabelKind::Deadline) if !fits(self.page, kind, cell.first, cell.last) => {
                let kept = date::keep_deadline(self.page, cell.first, cell.last, Some(2000))
                    .is_some_and(|deadline| {
                        deadline.date.is_some() || deadline.kind != crate::model::DeadlineKind::By
                    });
                if kept && cell.glyphs(self.page).len() <= 30 {
                    1
                } else {
                    4
                }
            }
            Kind::Duty(LabelKind::Role { person: false, .. })
                if !fits(self.page, kind, cell.first, cell.last) =>
            {
                3
            }
            Kind::Duty(_) => u32::from(
                !is_void(cell.glyphs(self.page)) && !fits(self.page, kind, cell.first, cell.last),
            ),
            _ => lines
                .iter()
                .filter(|&&at| {
                    let line = self.page.lines[self.lines[at]];
                    self.is_units(at)
                        || date::read_deadline(
                            self.page,
                            line.first as usize,
                            line.last as usize,
                            None,
                        )
                        .is_some()
                })
                .count() as u32,
        }
    }

    /// Rows without numbers, a line for each column: the line behind the table.
    fn read_full(&mut self, mut at: usize) -> usize {
        let count = self.columns.len();
        loop {
            let head = if at < self.lines.len() {
                self.head_at(at)
            } else {
                0
            };
            if head > 0 {
                self.push(at, at + head - 1, Content::Head);
                at += head;
                continue;
            }
            if at + count > self.lines.len() {
                return at;
            }
            let odd = (0..count).any(|column| self.oddities(column, &[at + column]) > 0);
            let open = (at..at + count).any(|line| {
                line > at && self.ends_table(line)
                    || line + 1 < at + count && goes_on(self.glyphs(line), self.glyphs(line + 1))
            });
            if odd || open {
                return at;
            }
            let cells = (0..count).map(|column| self.cell(&[at + column])).collect();
            self.push(at, at + count - 1, Content::Row(cells));
            at += count;
        }
    }
}
