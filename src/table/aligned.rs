//! Tables whose columns are aligned with blanks: at least two columns of blank between cells.
//!
//! ```text
//! 序号    任务                   牵头科室     配合单位             完成时间
//! 1       老旧小区加装电梯20台   城建科       各社区居委会         11月底
//! ```
//!
//! A cell belongs to the column whose head it stands under. A line without a number goes on with the row
//! above; a wrapped cell is read where no letters of other cells stand between its lines and its lines
//! before the last are full.

use super::head::{self, Column, Kind};
use super::{AHEAD, COLUMNS, Cell, Content, Found, Part, goes_on, read_number, same};
use crate::glyph::{Page, is_blank};

/// First column of the page and the one behind the last.
type Extent = (u32, u32);

/// Letters without a wide gap between them.
#[derive(Clone, Copy, Debug)]
pub(super) struct Chunk {
    pub first: usize,
    pub last: usize,
    /// Columns of the page.
    left: u32,
    right: u32,
}

impl Chunk {
    fn under(&self, extent: Extent) -> bool {
        self.left < extent.1 && extent.0 < self.right
    }
}

/// A row as it is read: for each column its pieces.
struct Open {
    line: usize,
    last_line: usize,
    number: Option<Cell>,
    pieces: Vec<Vec<Chunk>>,
    /// Every piece could be given to a column.
    placed: bool,
}

/// Reads the table whose head is the line at `at`, if it is one.
pub(super) fn read(page: &Page<'_>, lines: &[usize], at: usize) -> Option<Found> {
    let (columns, extents, next) = read_head(page, lines, at)?;
    let key = columns
        .iter()
        .position(|column| column.kind == Kind::Number);
    let mut reader = Reader {
        page,
        lines,
        columns,
        extents,
        key,
        head: at..next,
        parts: Vec::new(),
        open: Vec::new(),
        widths: Vec::new(),
    };
    reader.widths.resize(reader.columns.len(), 0);
    reader.parts.push(Part {
        line: lines[at],
        last_line: lines[next - 1],
        content: Content::Head,
    });
    let next = reader.read_rows(next);
    Some(Found {
        parts: reader.close(),
        columns: reader.columns,
        next,
    })
}

/// The columns, where they stand, and the line behind the head.
fn read_head(
    page: &Page<'_>,
    lines: &[usize],
    at: usize,
) -> Option<(Vec<Column>, Vec<Extent>, usize)> {
    let upper = chunks(page, lines[at]);
    if upper.len() < 3 || upper.len() > COLUMNS {
        return None;
    }
    let cell = |chunk: &Chunk| Cell::new(chunk.first, chunk.last);
    let extents = |chunks: &[Chunk]| {
        chunks
            .iter()
            .map(|chunk| (chunk.left, chunk.right))
            .collect::<Vec<_>>()
    };
    let single = head::read_single(page, &upper.iter().map(cell).collect::<Vec<_>>());
    let double = lines.get(at + 1).and_then(|&line| {
        let lower = chunks(page, line);
        if lower.len() > COLUMNS
            || lower
                .first()
                .is_none_or(|chunk| read_number(&page.glyphs[chunk.first..chunk.last]).is_some())
        {
            return None;
        }
        let pairs = pair(&upper, &lower);
        let above: Vec<Option<Cell>> = pairs.iter().map(|&(above, _, _)| above).collect();
        let below: Vec<Option<Cell>> = pairs.iter().map(|&(_, below, _)| below).collect();
        let columns = head::read_double(page, &above, &below)?;
        Some((
            columns,
            pairs
                .iter()
                .map(|&(_, _, extent)| extent)
                .collect::<Vec<_>>(),
        ))
    });
    match (single, double) {
        (Some(single), Some((double, wide))) if head::known(&double) > head::known(&single) => {
            Some((double, wide, at + 2))
        }
        (Some(single), _) => Some((single, extents(&upper), at + 1)),
        (None, Some((double, wide))) => Some((double, wide, at + 2)),
        (None, None) => None,
    }
}

type Pair = (Option<Cell>, Option<Cell>, Extent);

/// Pairs the cells of two head rows that stand over each other; one over several is left out.
fn pair(upper: &[Chunk], lower: &[Chunk]) -> Vec<Pair> {
    let mut pairs: Vec<Pair> = Vec::new();
    let cell = |chunk: &Chunk| Cell::new(chunk.first, chunk.last);
    for above in upper {
        let below: Vec<&Chunk> = lower
            .iter()
            .filter(|below| below.under((above.left, above.right)))
            .collect();
        match below.as_slice() {
            [] => pairs.push((cell(above), None, (above.left, above.right))),
            [one] => pairs.push((
                cell(above),
                cell(one),
                (above.left.min(one.left), above.right.max(one.right)),
            )),
            several => pairs.extend(
                several
                    .iter()
                    .map(|one| (None, cell(one), (one.left, one.right))),
            ),
        }
    }
    for below in lower.iter().filter(|below| {
        !upper
            .iter()
            .any(|above| below.under((above.left, above.right)))
    }) {
        pairs.push((None, cell(below), (below.left, below.right)));
    }
    pairs.sort_by_key(|&(_, _, extent)| extent);
    pairs
}

struct Reader<'p, 't> {
    page: &'p Page<'t>,
    lines: &'p [usize],
    columns: Vec<Column>,
    /// Where each column stands, from its head and the cells found under it.
    extents: Vec<Extent>,
    key: Option<usize>,
    /// The lines of the head.
    head: std::ops::Range<usize>,
    parts: Vec<Part>,
    /// Rows; their places among the parts are kept by `Content::Unread`.
    open: Vec<Open>,
    /// The widest piece of each column.
    widths: Vec<u32>,
}

impl Reader<'_, '_> {
    /// Reads rows from a line on: the line behind the table.
    fn read_rows(&mut self, mut at: usize) -> usize {
        let mut ordinal = 0;
        while at < self.lines.len() {
            if self
                .head
                .clone()
                .any(|head| same(self.page, self.lines[head], self.lines[at]))
            {
                self.parts.push(Part {
                    line: self.lines[at],
                    last_line: self.lines[at],
                    content: Content::Head,
                });
                at += 1;
                continue;
            }
            let chunks = chunks(self.page, self.lines[at]);
            let placed = self.place(&chunks);
            let number = self.number(&chunks);
            let parted = self.lines[at] > self.lines[at - 1] + 1
                && !self.page.lines[self.lines[at - 1] + 1].page_mark;
            let begins = match self.key {
                Some(_) => number.is_some(),
                // Without a number only a full line is surely a row.
                None => placed.as_ref().is_some_and(|cells| {
                    cells
                        .iter()
                        .zip(&self.columns)
                        .all(|(cell, column)| cell.is_some() || column.kind == Kind::Remark)
                }),
            };
            if begins {
                if let Some(number) = number {
                    ordinal = read_number(number.glyphs(self.page))
                        .and_then(|mark| mark.ordinal)
                        .unwrap_or(ordinal);
                }
                self.begin(at, number, placed);
            } else if chunks.len() == 1 && self.is_group(at, &chunks[0]) {
                if let Some(cell) = Cell::new(chunks[0].first, chunks[0].last) {
                    self.parts.push(Part {
                        line: self.lines[at],
                        last_line: self.lines[at],
                        content: Content::Group(None, cell),
                    });
                }
            } else if self.key.is_some()
                && !self.open.is_empty()
                && (self.row_ahead(at)
                    || !parted && placed.as_ref().is_some_and(|cells| self.continues(cells)))
            {
                self.go_on(at, placed);
            } else {
                // Rows behind a line that is none: without numbers nobody can tell where they begin.
                if self.key.is_none()
                    && (at + 1..self.lines.len().min(at + 1 + AHEAD))
                        .any(|next| self.is_whole(next))
                {
                    self.open.clear();
                    self.parts.truncate(1);
                }
                break;
            }
            at += 1;
        }
        at
    }

    /// Whether a line has a cell in every column.
    fn is_whole(&self, at: usize) -> bool {
        let chunks = chunks(self.page, self.lines[at]);
        chunks.len() == self.columns.len() && self.place(&chunks).is_some()
    }

    fn number(&self, chunks: &[Chunk]) -> Option<Cell> {
        let extent = self.extents[self.key?];
        let chunk = chunks.iter().find(|chunk| chunk.under(extent))?;
        // The number and the task may stand close together.
        let end = (chunk.first + 1..chunk.last)
            .find(|&at| self.page.spaced(at))
            .unwrap_or(chunk.last);
        Cell::new(chunk.first, end).filter(|cell| read_number(cell.glyphs(self.page)).is_some())
    }

    fn begin(&mut self, at: usize, number: Option<Cell>, placed: Option<Vec<Option<Chunk>>>) {
        let line = self.lines[at];
        let count = self.columns.len();
        self.parts.push(Part {
            line,
            last_line: line,
            content: Content::Unread(number),
        });
        self.open.push(Open {
            line,
            last_line: line,
            number,
            pieces: vec![Vec::new(); count],
            placed: true,
        });
        let alone = |cells: &Vec<Option<Chunk>>| match (self.key.and_then(|key| cells[key]), number)
        {
            (Some(chunk), Some(number)) => chunk.last == number.last,
            _ => true,
        };
        self.add(placed.filter(alone));
    }

    fn go_on(&mut self, at: usize, placed: Option<Vec<Option<Chunk>>>) {
        if let (Some(open), Some(part)) = (
            self.open.last_mut(),
            self.parts
                .iter_mut()
                .rfind(|part| matches!(part.content, Content::Unread(_))),
        ) {
            open.last_line = self.lines[at];
            part.last_line = self.lines[at];
        }
        self.add(placed);
    }

    fn add(&mut self, placed: Option<Vec<Option<Chunk>>>) {
        let Some(open) = self.open.last_mut() else {
            return;
        };
        let Some(placed) = placed else {
            open.placed = false;
            return;
        };
        for (column, chunk) in placed.into_iter().enumerate() {
            let Some(chunk) = chunk else { continue };
            self.widths[column] = self.widths[column].max(chunk.right - chunk.left);
            let extent = &mut self.extents[column];
            *extent = (extent.0.min(chunk.left), extent.1.max(chunk.right));
            open.pieces[column].push(chunk);
        }
    }

    /// Gives each chunk the column that it stands under; none where one can't be told.
    fn place(&self, chunks: &[Chunk]) -> Option<Vec<Option<Chunk>>> {
        let mut cells: Vec<Option<Chunk>> = vec![None; self.columns.len()];
        if chunks.len() == self.columns.len()
            && (0..chunks.len()).all(|at| self.may_stand(&chunks[at], at))
        {
            return Some(chunks.iter().copied().map(Some).collect());
        }
        for &chunk in chunks {
            let mut under =
                (0..self.columns.len()).filter(|&column| chunk.under(self.extents[column]));
            let column = under.next()?;
            if under.next().is_some() {
                // Two cells with a single blank between them.
                let parts = self.part(chunk)?;
                for (column, part) in parts {
                    join(&mut cells[column], part)?;
                }
                continue;
            }
            join(&mut cells[column], chunk)?;
        }
        Some(cells)
    }

    /// Whether a chunk, which is the cell of this column if any, stands under no other head.
    fn may_stand(&self, chunk: &Chunk, column: usize) -> bool {
        let before = column == 0 || chunk.left >= self.extents[column - 1].1;
        let behind = column + 1 == self.extents.len() || chunk.right <= self.extents[column + 1].0;
        before && behind
    }

    /// Parts a chunk at single blanks where a column begins behind.
    fn part(&self, chunk: Chunk) -> Option<Vec<(usize, Chunk)>> {
        let mut parts: Vec<(usize, Chunk)> = Vec::new();
        let mut first = chunk.first;
        let mut left = chunk.left;
        let mut right = chunk.left;
        for at in chunk.first..=chunk.last {
            let ends = at == chunk.last || at > first && self.page.spaced(at);
            if ends {
                let part = Chunk {
                    first,
                    last: at,
                    left,
                    right,
                };
                let mut under =
                    (0..self.columns.len()).filter(|&column| part.under(self.extents[column]));
                match (under.next(), under.next()) {
                    (Some(column), None) => match parts.last_mut() {
                        Some((last, before)) if *last == column => {
                            (before.last, before.right) = (at, right);
                        }
                        _ => parts.push((column, part)),
                    },
                    _ => return None,
                }
                first = at;
                left = right + 1;
                right = left;
            }
            if at < chunk.last {
                right += self.page.text[self.page.glyphs[at].at as usize..]
                    .chars()
                    .next()
                    .map_or(0, width);
            }
        }
        Some(parts)
    }

    /// A line of one cell at the left, with a row behind it.
    fn is_group(&self, at: usize, chunk: &Chunk) -> bool {
        let glyphs = &self.page.glyphs[chunk.first..chunk.last];
        let left = self.key.map_or(self.extents[0], |key| self.extents[key]);
        let next = self.lines.get(at + 1).map(|&line| chunks(self.page, line));
        let followed = next.is_some_and(|next| match self.key {
            Some(_) => self.number(&next).is_some(),
            None => next.len() == self.columns.len(),
        });
        (chunk.left < left.1 || crate::marker::read(glyphs).is_some())
            && glyphs.len() <= 40
            && followed
            && !matches!(glyphs[glyphs.len() - 1].ch, '。' | ';' | ':' | ',' | '、')
    }

    /// Whether a row begins a few lines ahead.
    fn row_ahead(&self, at: usize) -> bool {
        (at + 1..self.lines.len().min(at + 1 + AHEAD)).any(|next| {
            let chunks = chunks(self.page, self.lines[next]);
            chunks.len() > 1 && self.number(&chunks).is_some() && self.place(&chunks).is_some()
        })
    }

    /// Whether a line behind the last row goes on with one of its cells.
    fn continues(&self, cells: &[Option<Chunk>]) -> bool {
        let Some(open) = self.open.last() else {
            return false;
        };
        cells.iter().enumerate().all(|(column, chunk)| {
            let Some(chunk) = chunk else { return true };
            open.pieces[column]
                .last()
                .is_some_and(|before| self.is_full(column, before, chunk))
        })
    }

    /// Whether a piece fills its column, or shows that it goes on.
    fn is_full(&self, column: usize, piece: &Chunk, next: &Chunk) -> bool {
        let glyphs = |chunk: &Chunk| &self.page.glyphs[chunk.first..chunk.last];
        piece.right - piece.left + 3 >= self.widths[column].max(next.right - next.left)
            || goes_on(glyphs(piece), glyphs(next))
    }

    /// Turns the rows into parts, now that the columns are known.
    fn close(&mut self) -> Vec<Part> {
        let mut parts = std::mem::take(&mut self.parts);
        let rows = std::mem::take(&mut self.open);
        // Text under a cell that is empty on the line of the number: cells are centred, and no line
        // says which row it belongs to.
        let low =
            |open: &Open, piece: &Chunk| piece.first >= self.page.lines[open.line].last as usize;
        let columns = 0..self.columns.len();
        let centred = rows.iter().any(|open| {
            open.pieces
                .iter()
                .any(|pieces| pieces.first().is_some_and(|piece| low(open, piece)))
        });
        let mut doubtful = vec![false; self.columns.len()];
        let mut rows = rows.into_iter();
        for part in &mut parts {
            if !matches!(part.content, Content::Unread(_)) {
                continue;
            }
            let Some(open) = rows.next() else { break };
            (part.line, part.last_line) = (open.line, open.last_line);
            let touched: Vec<bool> = open
                .pieces
                .iter()
                .map(|pieces| centred && pieces.iter().any(|piece| low(&open, piece)))
                .collect();
            if open.placed {
                let cell = |column: usize| {
                    let cell = self.cell(column, &open.pieces[column], open.number)?;
                    Some(Cell {
                        whole: cell.whole && !doubtful[column] && !touched[column],
                        ..cell
                    })
                };
                part.content = Content::Row(columns.clone().map(cell).collect());
            }
            doubtful = touched;
        }
        parts
    }

    fn cell(&self, column: usize, pieces: &[Chunk], number: Option<Cell>) -> Option<Cell> {
        if Some(column) == self.key {
            return number;
        }
        let (one, rest) = pieces.split_first()?;
        let mut cell = Cell::new(one.first, one.last)?;
        let mut before = one;
        for piece in rest {
            cell.whole &= before.last == piece.first && self.is_full(column, before, piece);
            cell.last = piece.last;
            before = piece;
        }
        Some(cell)
    }
}

/// Two chunks of one line in one column are one cell, if nothing stands between.
fn join(cell: &mut Option<Chunk>, chunk: Chunk) -> Option<()> {
    match cell {
        None => *cell = Some(chunk),
        Some(before) if before.last == chunk.first => {
            before.last = chunk.last;
            before.right = chunk.right;
        }
        Some(_) => return None,
    }
    Some(())
}

/// Parts a line where at least two columns are blank.
pub(super) fn chunks(page: &Page<'_>, line: usize) -> Vec<Chunk> {
    let line = &page.lines[line];
    let mut chunks: Vec<Chunk> = Vec::with_capacity(8);
    let mut column = 0;
    let mut at = line.first as usize;
    for (offset, ch) in page.cut(line.span).char_indices() {
        let position = line.span.start + offset as u32;
        let wide = width(ch);
        if at < line.last as usize && page.glyphs[at].at == position {
            match chunks.last_mut() {
                Some(chunk) if column < chunk.right + 2 => {
                    chunk.last = at + 1;
                    chunk.right = column + wide;
                }
                _ => chunks.push(Chunk {
                    first: at,
                    last: at + 1,
                    left: column,
                    right: column + wide,
                }),
            }
            at += 1;
        }
        column += wide;
    }
    chunks
}

/// Columns of the page that a character fills.
fn width(ch: char) -> u32 {
    match ch {
        '\t' => 4,
        ' ' | '\u{a0}' => 1,
        '\u{3000}' => 2,
        _ if is_blank(ch) => 0,
        _ if (ch as u32) < 0x1100 => 1,
        _ => 2,
    }
}
