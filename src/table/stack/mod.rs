//! Tables with one cell to a line, as PDF extraction leaves them.
//!
//! ```text
//! 序号⏎工作任务⏎牵头单位⏎完成⏎时限⏎ 1⏎建设平台⏎市科技局⏎6月底前⏎ 2⏎…
//! ```
//!
//! A row begins at the next number; `share` gives its lines to the columns. Without numbers, rows are read
//! only while they have a line for each column.

mod share;
mod words;

use super::head::{self, Column, Kind};
use super::{Cell, Content, Found, LINES, Letters, Part, is_bars, read_number, same};
use crate::glyph::{Glyph, Page, begins, is_bar};
use crate::marker;
use crate::model::MarkerStyle;

/// Reads the table whose head begins with the line at `at`, if it is one.
pub(super) fn read(page: &Page<'_>, lines: &[usize], at: usize) -> Option<Found> {
    let first = glyphs(page, lines[at]);
    if !matches!(
        head::read_kind(first)?,
        Kind::Number | Kind::Category | Kind::Task | Kind::Text
    ) {
        return None;
    }
    let (columns, next) = words::read_head(page, lines, at)?;
    let key = columns
        .iter()
        .position(|column| column.kind == Kind::Number);
    let mut reader = Reader {
        page,
        lines,
        columns,
        head: at..next,
        spaced: (at + 1..next).any(|line| parted(page, lines, line)),
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

/// Whether a blank line, but no page mark, stands before a line.
fn parted(page: &Page<'_>, lines: &[usize], at: usize) -> bool {
    let between = lines[at - 1] + 1..lines[at];
    !between.is_empty() && !page.lines[between].iter().any(|line| line.page_mark)
}

fn glyphs<'p>(page: &'p Page<'_>, line: usize) -> &'p [Glyph] {
    let (first, last) = letters(page, line);
    &page.glyphs[first..last]
}

/// The letters of a line, without the bar that text from a web page has behind each cell: `市科技局 |`.
fn letters(page: &Page<'_>, line: usize) -> Letters {
    let line = &page.lines[line];
    let (first, last) = (line.first as usize, line.last as usize);
    let bar = line.bars && last > first + 1 && is_bar(page.glyphs[last - 1].ch);
    (first, last - usize::from(bar))
}

struct Reader<'p, 't> {
    page: &'p Page<'t>,
    lines: &'p [usize],
    columns: Vec<Column>,
    /// The lines of the head.
    head: std::ops::Range<usize>,
    /// Whether blank lines part the cells, as they do in text from a web page.
    spaced: bool,
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

    /// Keeps the content of these lines; bars that stand alone below them are empty cells.
    fn push(&mut self, at: usize, last: usize, content: Content) {
        let end = self.lines[last] + 1;
        let behind = self.lines.get(last + 1).map_or(end, |&line| line);
        let bars = (end..behind).rfind(|&line| is_bars(self.page, line));
        self.parts.push(Part {
            line: self.lines[at],
            last_line: bars.unwrap_or(end - 1),
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
                if at >= self.lines.len() || before.len() > key + 3 {
                    return begin;
                }
                let head = self.head_at(at);
                if head > 0 {
                    self.push(at, at + head - 1, Content::Head);
                    at += head;
                } else if let Some(number) = self.number_at(at, style, ordinal, true)
                    && (style.is_some() || !self.opens_group(at, &number))
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

    /// Whether the first number of a table is that of a group: `一`, its heading, then `1`.
    fn opens_group(&self, at: usize, number: &marker::Mark) -> bool {
        let first = |at: usize| read_number(self.glyphs(at)).filter(|mark| mark.ordinal == Some(1));
        at + 2 < self.lines.len() && first(at + 2).is_some_and(|row| row.style != number.style)
    }

    /// `一、夯实基础`, or `一` on a line before it.
    fn push_group(&mut self, lines: &[usize]) {
        let begins = |&at: &usize| words::begins_rows(self.glyphs(at));
        let starts: Vec<usize> = (0..lines.len())
            .filter(|&at| at == 0 || begins(&lines[at]))
            .collect();
        for (index, &start) in starts.iter().enumerate() {
            let lines = &lines[start..starts.get(index + 1).copied().unwrap_or(lines.len())];
            let number = self
                .cell(&lines[..1])
                .filter(|cell| lines.len() > 1 && read_number(cell.glyphs(self.page)).is_some());
            let heading = &lines[usize::from(number.is_some())..];
            if let Some(cell) = self.cell(heading) {
                self.push(
                    lines[0],
                    lines[lines.len() - 1],
                    Content::Group(number, cell),
                );
            }
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
            || restarts && (number == 1 || number > ordinal);
        (style.is_none() || style == Some(mark.style) && follows).then_some(mark)
    }

    /// The lines of the row whose number stands at a line.
    fn find_row(&self, key: usize, style: Option<MarkerStyle>, ordinal: u32) -> Lines {
        let mut cells = Vec::new();
        // An extract of a table keeps the numbers of its rows: behind a full one, any higher may follow.
        let full = |cells: &[usize]| cells.len() + 1 == self.columns.len();
        let mut at = key + 1;
        while at < self.lines.len() && cells.len() < LINES {
            let head = self.head_at(at);
            if head > 0 {
                at += head;
                continue;
            }
            if cells.len() >= 2
                && (self.number_at(at, style, ordinal, full(&cells)).is_some()
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

    /// Whether the heading of a group stands at a line: a marker of another style, a row behind it, perhaps
    /// the heading of an empty group between.
    fn begins_group(&self, at: usize, style: Option<MarkerStyle>, ordinal: u32) -> bool {
        let other =
            |mark: &marker::Mark| Some(mark.style) != style && mark.style != MarkerStyle::Bullet;
        let headed = |at: usize| {
            at < self.lines.len() && marker::read(self.glyphs(at)).as_ref().is_some_and(other)
        };
        let row =
            |at: usize| at < self.lines.len() && self.number_at(at, style, ordinal, true).is_some();
        headed(at) && (row(at + 1) || headed(at + 1) && row(at + 2))
            || read_number(self.glyphs(at)).as_ref().is_some_and(other) && row(at + 2)
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
        let parted = !self.spaced && parted(self.page, self.lines, at);
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
        let (first, _) = letters(self.page, self.lines[*lines.first()?]);
        let (_, last) = letters(self.page, self.lines[*lines.last()?]);
        let length: usize = lines.iter().map(|&at| self.glyphs(at).len()).sum();
        Some(Cell {
            first,
            last,
            whole: last - first == length,
        })
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
            let lines: Vec<usize> = (at..at + count).collect();
            if !self.is_plain(&lines) || lines[1..].iter().any(|&line| self.ends_table(line)) {
                return at;
            }
            let cells = (0..count).map(|column| self.cell(&[at + column])).collect();
            self.push(at, at + count - 1, Content::Row(cells));
            at += count;
        }
    }
}
