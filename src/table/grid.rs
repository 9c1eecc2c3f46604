//! Tables whose rows are lines: cells parted by `|`, by tabs, or by single blanks.
//!
//! | part | rule |
//! |---|---|
//! | `\|---\|---\|` `+---+` | part of the head |
//! | fewer cells than columns | the last cells are empty; between tabs, a cell may go on in the next line |
//! | more cells than columns, or fewer that stand under the wrong head | unread |
//! | several lines between two rules of a drawn box: cells wrap beside each other | unread |
//! | a line without a mark, rows behind it | a group |
//! | wide blanks that align nothing, single blanks | a row only where there are as many cells as columns and duties and deadlines stand in theirs |

use super::head::{self, Column, Kind};
use super::{
    AHEAD, COLUMNS, Cell, Content, Found, Part, aligned, fits, goes_on, read_number, same,
};
use crate::glyph::{Glyph, Page, is_bar, is_blank};
use crate::label::LabelKind;

/// Glyphs that the line of a head may have.
const HEAD: usize = 240;

/// How lines are parted into cells.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Cut {
    Bars,
    Tabs,
    /// A run of tabs counts as one.
    TabRuns,
    /// Two columns of blank at least.
    Gaps,
    Blanks,
}

impl Cut {
    /// Whether blanks part the cells, which stand in them too.
    fn is_loose(self) -> bool {
        matches!(self, Cut::Gaps | Cut::Blanks)
    }
}

/// Reads the table whose head is the line at `at`, if it is one.
pub(super) fn read(page: &Page<'_>, lines: &[usize], at: usize) -> Option<Found> {
    let glyphs = |at: usize| line_glyphs(page, lines[at]);
    // A rule over the head.
    let top = at;
    let at = if is_rule(glyphs(at)) && at + 1 < lines.len() {
        at + 1
    } else {
        at
    };
    let line = &page.lines[lines[at]];
    let glyphs = glyphs(at);
    if glyphs.len() > HEAD || !line.bars && (at > top || !line.gaps) {
        return None;
    }
    let text = page.cut(line.span);
    let mut unread = None;
    let cuts: &[Cut] = if line.bars {
        &[Cut::Bars]
    } else if text.trim_matches(is_blank).contains('\t') {
        &[Cut::Tabs, Cut::TabRuns]
    } else if text
        .trim_matches(is_blank)
        .contains([' ', '\u{3000}', '\u{a0}'])
    {
        if let Some(found) = aligned::read(page, lines, at) {
            let row = |part: &Part| matches!(part.content, Content::Row(_));
            if found.parts.iter().any(row) {
                return Some(found);
            }
            unread = Some(found);
            &[Cut::Gaps]
        } else {
            &[Cut::Blanks]
        }
    } else {
        return None;
    };
    let found = cuts.iter().find_map(|&cut| {
        let (columns, rows) = read_head(page, lines, at, cut)?;
        let mut reader = Reader {
            page,
            lines,
            cut,
            columns,
            head: at..rows,
            parts: Vec::new(),
        };
        reader.parts.push(Part {
            line: lines[top],
            last_line: lines[rows - 1],
            content: Content::Head,
        });
        let next = reader.read_rows(rows);
        Some(Found {
            columns: reader.columns,
            parts: reader.parts,
            next,
        })
    });
    found.or(unread)
}

/// The columns, and the line behind the head.
fn read_head(
    page: &Page<'_>,
    lines: &[usize],
    at: usize,
    cut: Cut,
) -> Option<(Vec<Column>, usize)> {
    let upper = cells(page, lines[at], cut)?;
    let least = if cut.is_loose() { 3 } else { 2 };
    if upper.len() < least
        || upper.len() > COLUMNS
        || cut == Cut::TabRuns && upper.iter().any(Option::is_none)
    {
        return None;
    }
    let single = head::read_single(page, &upper);
    // Where the lower row stands: a rule may part the two.
    let lower = match lines.get(at + 1) {
        Some(&line) if cut == Cut::Bars && is_rule(line_glyphs(page, line)) => at + 2,
        _ => at + 1,
    };
    let double = lines
        .get(lower)
        .filter(|_| !cut.is_loose())
        .and_then(|&line| lower_row(page, &upper, cells(page, line, cut)?));
    let (columns, rows) = match (single, double) {
        (Some(single), Some(double)) if head::known(&double) > head::known(&single) => {
            (double, lower + 1)
        }
        (Some(single), _) => (single, at + 1),
        (None, Some(double)) => (double, lower + 1),
        (None, None) => return None,
    };
    // Tabs between empty head cells only align the words.
    let empty = columns
        .iter()
        .any(|column| column.label.is_none() && column.kind == Kind::Other);
    let certain = match cut {
        Cut::Tabs => !empty,
        Cut::Gaps | Cut::Blanks => columns.iter().all(|column| column.kind != Kind::Other),
        Cut::Bars | Cut::TabRuns => true,
    };
    certain.then_some((columns, rows))
}

/// The columns of a head whose lower row these cells are; its first cells may be empty.
fn lower_row(
    page: &Page<'_>,
    upper: &[Option<Cell>],
    mut lower: Vec<Option<Cell>>,
) -> Option<Vec<Column>> {
    let numbered = |cell: Cell| read_number(cell.glyphs(page)).is_some() && upper[0].is_some();
    if lower.len() > upper.len() || lower[0].is_some_and(numbered) {
        return None;
    }
    lower.resize(upper.len(), None);
    head::read_double(page, upper, &lower)
}

fn line_glyphs<'p>(page: &'p Page<'_>, line: usize) -> &'p [Glyph] {
    let line = &page.lines[line];
    &page.glyphs[line.first as usize..line.last as usize]
}

struct Reader<'p, 't> {
    page: &'p Page<'t>,
    lines: &'p [usize],
    cut: Cut,
    columns: Vec<Column>,
    /// The lines of the head.
    head: std::ops::Range<usize>,
    parts: Vec<Part>,
}

impl Reader<'_, '_> {
    fn glyphs(&self, at: usize) -> &[Glyph] {
        line_glyphs(self.page, self.lines[at])
    }

    fn push(&mut self, at: usize, last: usize, content: Content) {
        self.parts.push(Part {
            line: self.lines[at],
            last_line: self.lines[last],
            content,
        });
    }

    /// Reads rows from a line on: the line behind the table.
    fn read_rows(&mut self, mut at: usize) -> usize {
        while at < self.lines.len() {
            if self.is_head(at) || self.cut == Cut::Bars && is_rule(self.glyphs(at)) {
                match self.parts.last_mut() {
                    Some(part) if matches!(part.content, Content::Head) => {
                        part.last_line = self.lines[at];
                    }
                    _ => self.push(at, at, Content::Head),
                }
                at += 1;
                continue;
            }
            match self.read_row(at) {
                Some(next) => at = next,
                None if self.is_group(at) => {
                    if let Some(cell) = self.whole(at) {
                        self.push(at, at, Content::Group(None, cell));
                    }
                    at += 1;
                }
                None => break,
            }
        }
        at
    }

    /// Whether the line repeats one of the head.
    fn is_head(&self, at: usize) -> bool {
        self.head
            .clone()
            .any(|head| same(self.page, self.lines[head], self.lines[at]))
    }

    fn whole(&self, at: usize) -> Option<Cell> {
        let line = &self.page.lines[self.lines[at]];
        Cell::new(line.first as usize, line.last as usize)
    }

    /// A short line without a mark between rows: the heading of a group.
    fn is_group(&self, at: usize) -> bool {
        let glyphs = self.glyphs(at);
        let short =
            glyphs.len() <= 40 && !matches!(glyphs[glyphs.len() - 1].ch, '。' | ';' | ':' | ',');
        short
            && self.cells(at).is_none_or(|cells| cells.len() == 1)
            && at + 1 < self.lines.len()
            && !self.is_head(at + 1)
            && self.begins_row(at + 1)
    }

    /// Cells of a line; none where it has no mark that parts them.
    fn cells(&self, at: usize) -> Option<Vec<Option<Cell>>> {
        cells(self.page, self.lines[at], self.cut)
            .filter(|cells| cells.len() > 1 || self.cut == Cut::Bars)
    }

    fn number(&self, cells: &[Option<Cell>]) -> Option<Cell> {
        let key = self
            .columns
            .iter()
            .position(|column| column.kind == Kind::Number)?;
        cells
            .get(key)
            .copied()
            .flatten()
            .filter(|cell| read_number(cell.glyphs(self.page)).is_some())
    }

    fn begins_row(&self, at: usize) -> bool {
        self.cells(at).is_some_and(|cells| {
            let full = cells.len() == self.columns.len() || self.cut == Cut::Bars;
            full && !self.cut.is_loose() || self.number(&cells).is_some()
        })
    }

    /// Reads the row that begins at a line: the line behind it.
    fn read_row(&mut self, at: usize) -> Option<usize> {
        let cells = self.cells(at)?;
        if at > self.head.end && head::read_single(self.page, &cells).is_some() {
            return None;
        }
        match self.cut {
            Cut::Bars => {
                let next = self.box_end(at);
                if next > at + 1 {
                    self.push(at, next - 1, Content::Unread(self.number(&cells)));
                } else {
                    self.push_row(at, at, cells);
                }
                Some(next)
            }
            Cut::Tabs | Cut::TabRuns => Some(self.read_tabs(at, cells)),
            Cut::Gaps | Cut::Blanks => self.read_blanks(at, &cells),
        }
    }

    /// The line behind the row that begins at a line: in a drawn box, that of the next rule.
    fn box_end(&self, at: usize) -> usize {
        if !is_box(self.glyphs(at - 1)) {
            return at + 1;
        }
        (at + 1..self.lines.len())
            .find(|&next| !self.page.lines[self.lines[next]].bars || is_box(self.glyphs(next)))
            .unwrap_or(self.lines.len())
    }

    fn push_row(&mut self, at: usize, last: usize, mut cells: Vec<Option<Cell>>) {
        while cells.len() > self.columns.len() && cells.last() == Some(&None) {
            cells.pop();
        }
        let full = cells
            .iter()
            .rposition(Option::is_some)
            .map_or(0, |at| at + 1);
        // Cells over several rows, left out below the first, shift the others.
        let keyed = self
            .columns
            .iter()
            .any(|column| column.kind == Kind::Number);
        let shifted = full < self.columns.len()
            && !(keyed && self.number(&cells).is_some())
            && cells.iter().zip(&self.columns).any(|(cell, column)| {
                cell.is_some_and(|cell| misfits(column.kind, cell.glyphs(self.page)))
            });
        let content = if cells.len() > self.columns.len() || shifted {
            Content::Unread(self.number(&cells))
        } else {
            cells.resize(self.columns.len(), None);
            Content::Row(cells.into_iter().map(|cell| self.unquoted(cell?)).collect())
        };
        self.push(at, last, content);
    }

    /// Without the quotation marks that spreadsheets put around a cell.
    fn unquoted(&self, cell: Cell) -> Option<Cell> {
        let glyphs = cell.glyphs(self.page);
        let quote = |at: usize| glyphs[at].ch == '"';
        let quoted =
            self.cut != Cut::Bars && glyphs.len() > 1 && quote(0) && quote(glyphs.len() - 1);
        Cell::new(
            cell.first + usize::from(quoted),
            cell.last - usize::from(quoted),
        )
    }

    /// A row between tabs; a cell that was wrapped goes on in the next line, until none is missing.
    fn read_tabs(&mut self, at: usize, mut cells: Vec<Option<Cell>>) -> usize {
        let count = self.columns.len();
        let mut last = at;
        if cells.len() < count
            && let Some((behind, joined)) = self.join(at, &cells)
        {
            (last, cells) = (behind, joined);
        }
        // The last cell goes on where it shows it.
        while cells.len() == count && last + 1 < self.lines.len() && self.cells(last + 1).is_none()
        {
            let next = self.whole(last + 1);
            let (Some(Some(cell)), Some(next)) = (cells.last_mut(), next) else {
                break;
            };
            let glyphs = cell.glyphs(self.page);
            let quoted =
                glyphs[0].ch == '"' && glyphs.iter().filter(|glyph| glyph.ch == '"').count() == 1;
            if !quoted && !goes_on(glyphs, next.glyphs(self.page)) {
                break;
            }
            cell.last = next.last;
            last += 1;
        }
        self.push_row(at, last, cells);
        last + 1
    }

    /// Lines that complete a row: the last of them, and all cells.
    fn join(&self, at: usize, cells: &[Option<Cell>]) -> Option<(usize, Vec<Option<Cell>>)> {
        let mut joined = cells.to_vec();
        for last in at + 1..self.lines.len().min(at + 1 + AHEAD) {
            let more = cells_or_whole(self.page, self.lines[last], self.cut)?;
            if more.len() == self.columns.len()
                || self.number(&more).is_some()
                || self.is_head(last)
            {
                return None;
            }
            let mut more = more.into_iter();
            if let Some(Some(next)) = more.next() {
                match joined.last_mut()? {
                    Some(cell) => cell.last = next.last,
                    empty => *empty = Some(next),
                }
            }
            joined.extend(more);
            if joined.len() >= self.columns.len() {
                return (joined.len() == self.columns.len()).then_some((last, joined));
            }
        }
        None
    }

    /// A row between blanks: certain only where every cell fits its column.
    fn read_blanks(&mut self, at: usize, cells: &[Option<Cell>]) -> Option<usize> {
        let keyed = self
            .columns
            .iter()
            .any(|column| column.kind == Kind::Number);
        if keyed && self.number(cells).is_none() {
            return None;
        }
        let fit = cells.len() == self.columns.len()
            && cells.iter().zip(&self.columns).all(|(cell, column)| {
                cell.is_none_or(|cell| fits(self.page, column.kind, cell.first, cell.last))
            });
        // Lines up to the next number belong to the row.
        let next = (at + 1..self.lines.len().min(at + 1 + AHEAD))
            .find(|&next| {
                keyed && self.begins_row(next) || self.is_head(next) || self.is_group(next)
            })
            .unwrap_or(at + 1);
        if fit && next == at + 1 {
            self.push(at, at, Content::Row(cells.to_vec()));
        } else if keyed {
            self.push(at, next - 1, Content::Unread(self.number(cells)));
        } else {
            return None;
        }
        Some(next)
    }
}

/// Whether a cell can't stand in its column: `是` among persons, a sentence or a share among units.
fn misfits(kind: Kind, glyphs: &[Glyph]) -> bool {
    match kind {
        Kind::Duty(LabelKind::Role { person: true, .. }) => {
            matches!(
                glyphs,
                [Glyph {
                    ch: '是' | '否',
                    ..
                }]
            )
        }
        Kind::Duty(LabelKind::Role { person: false, .. }) => glyphs[..glyphs.len() - 1]
            .iter()
            .any(|glyph| matches!(glyph.ch, '。' | '%')),
        _ => false,
    }
}

fn cells_or_whole(page: &Page<'_>, line: usize, cut: Cut) -> Option<Vec<Option<Cell>>> {
    cells(page, line, cut).or_else(|| {
        Some(vec![Cell::new(
            page.lines[line].first as usize,
            page.lines[line].last as usize,
        )])
    })
}

/// The cells of a line.
fn cells(page: &Page<'_>, line: usize, cut: Cut) -> Option<Vec<Option<Cell>>> {
    let cells = match cut {
        Cut::Bars => bars(page, line),
        Cut::Tabs => tabs(page, line, false),
        Cut::TabRuns => tabs(page, line, true),
        Cut::Gaps => gaps(page, line),
        Cut::Blanks => blanks(page, line),
    };
    (!cells.is_empty()).then_some(cells)
}

/// Cells between `|`; none where there is no bar.
fn bars(page: &Page<'_>, line: usize) -> Vec<Option<Cell>> {
    let (mut first, mut last) = (
        page.lines[line].first as usize,
        page.lines[line].last as usize,
    );
    let glyphs = &page.glyphs;
    if !page.lines[line].bars {
        return Vec::new();
    }
    if is_bar(glyphs[first].ch) {
        first += 1;
    }
    if first < last && is_bar(glyphs[last - 1].ch) {
        last -= 1;
    }
    let mut cells = Vec::with_capacity(8);
    let mut start = first;
    for (at, glyph) in glyphs.iter().enumerate().take(last).skip(first) {
        if is_bar(glyph.ch) {
            cells.push(Cell::new(start, at));
            start = at + 1;
        }
    }
    cells.push(Cell::new(start, last));
    cells
}

/// Cells between tabs.
fn tabs(page: &Page<'_>, line: usize, runs: bool) -> Vec<Option<Cell>> {
    let line = &page.lines[line];
    let text = page.text;
    let count = |from: u32, to: u32| {
        let tabs = text[from as usize..to as usize].matches('\t').count();
        if runs { tabs.min(1) } else { tabs }
    };
    let mut cells = Vec::with_capacity(8);
    let mut start = line.first as usize;
    let mut end = line.span.start;
    for at in line.first as usize..line.last as usize {
        let tabs = count(end, page.glyphs[at].at);
        for _ in 0..tabs {
            cells.push(Cell::new(start, at));
            start = at;
        }
        end = page.end_of(at);
    }
    cells.push(Cell::new(start, line.last as usize));
    for _ in 0..count(end, line.span.end) {
        cells.push(None);
    }
    // A tab at the end of a row may close its last cell.
    if cells.len() > 2 && matches!(cells.last(), Some(None)) {
        cells.pop();
    }
    cells
}

/// Cells between blanks.
fn blanks(page: &Page<'_>, line: usize) -> Vec<Option<Cell>> {
    let (first, last) = (
        page.lines[line].first as usize,
        page.lines[line].last as usize,
    );
    let mut cells = Vec::with_capacity(8);
    let mut start = first;
    for at in first + 1..=last {
        if at == last || page.spaced(at) {
            cells.push(Cell::new(start, at));
            start = at;
        }
    }
    cells
}

/// Cells between two columns of blank at least.
fn gaps(page: &Page<'_>, line: usize) -> Vec<Option<Cell>> {
    aligned::chunks(page, line)
        .iter()
        .map(|chunk| Cell::new(chunk.first, chunk.last))
        .collect()
}

/// A rule of a drawn box: `├──┼──┤`.
fn is_box(glyphs: &[Glyph]) -> bool {
    is_rule(glyphs) && glyphs.iter().any(|glyph| matches!(glyph.ch, '┌'..='╬'))
}

/// `|---|:---:|`, `+----+----+`, `├──┼──┤`.
fn is_rule(glyphs: &[Glyph]) -> bool {
    glyphs.iter().all(|glyph| {
        is_bar(glyph.ch) || matches!(glyph.ch, '-' | '—' | '=' | ':' | '+' | '┌'..='╬')
    }) && glyphs
        .iter()
        .any(|glyph| matches!(glyph.ch, '-' | '—' | '='))
}
