//! The cells of a table in, its rows out: nested in groups, with marker, heading, text and duties.
//!
//! | cell | of the item |
//! |---|---|
//! | `序号` | marker; without one, the number in front of the task |
//! | the first column of a task that every row fills | heading |
//! | other columns of tasks, unknown columns, `备注` | text |
//! | duties and deadline | one assignment of form `table` |
//! | a row of one cell; a cell over several rows (empty in those below) | an item over the rows |

use super::head::{Column, Kind};
use super::{Cell, Content, Found, Letters, Part, Rows, Strip, Tables, is_void, read_number};
use crate::clause::{self, Clauses, Context, Segment};
use crate::finding::Finding;
use crate::glyph::{Glyph, Page, begins, ends, is_mark};
use crate::label::LabelKind;
use crate::lexicon;
use crate::marker::{self, Mark};
use crate::model::{Code, ItemKind, Marker, MarkerStyle, Str};
use crate::unit;

/// A column that could not be read in a row, as its head, and where; without one, the whole row.
type Unread = (Option<Letters>, Letters);

/// A row before its words are read.
#[derive(Debug)]
pub(crate) struct Row {
    /// Depth below the item under which the table stands.
    pub depth: u32,
    kind: ItemKind,
    /// The first glyph of the row, and the number in front.
    first: usize,
    marker: Option<(usize, Mark)>,
    heading: Option<Letters>,
    text: Vec<Letters>,
    duties: Vec<Segment>,
    rule: Option<Letters>,
    /// What could not be read.
    unread: Vec<Unread>,
}

impl Row {
    /// The number in front.
    pub(crate) fn mark(&self) -> Option<Mark> {
        self.marker.map(|(_, mark)| mark)
    }

    /// Where the number stands, or the row begins: glyph and length.
    pub(crate) fn mark_at(&self) -> (usize, usize) {
        self.marker
            .map_or((self.first, 0), |(first, mark)| (first, mark.length))
    }
}

/// What a row says, other than its duties.
pub(crate) struct RowText<'t> {
    pub kind: ItemKind,
    pub marker: Option<Marker<'t>>,
    pub heading: Option<Str<'t>>,
    pub text: Str<'t>,
}

/// Reads a row.
pub(crate) fn read_row<'t>(
    page: &Page<'t>,
    row: &Row,
    context: &mut Context,
) -> (RowText<'t>, Clauses<'t>) {
    let marker = row.marker.map(|(first, mark)| {
        let span = page.span(first, first + mark.length);
        Marker {
            text: Str::Borrowed(page.cut(span)),
            style: mark.style,
            ordinal: mark.ordinal,
            span,
        }
    });
    let heading = row
        .heading
        .map(|(first, last)| reading(page, &pieces(page, first, last), ""));
    let lines: Vec<Letters> = row
        .text
        .iter()
        .flat_map(|&(first, last)| pieces(page, first, last))
        .collect();
    let text = RowText {
        kind: row.kind,
        marker,
        heading,
        text: reading(page, &lines, "\n"),
    };
    let mut clauses = if row.duties.is_empty() {
        Clauses::default()
    } else {
        clause::read_row(page, row.first, &row.duties, row.rule, context)
    };
    for &(label, (first, last)) in &row.unread {
        let message = match label {
            Some((label, end)) => format!("“{}”一栏的文字无法确定，未读", page.reading(label, end)),
            None => "这一行的各栏无法确定，按文字保留".into(),
        };
        clauses.findings.push(Finding::new(
            Code::UnreadTable,
            page.span(first, last),
            message,
        ));
    }
    (text, clauses)
}

fn reading<'t>(page: &Page<'t>, pieces: &[Letters], link: &str) -> Str<'t> {
    match pieces {
        [] => Str::Borrowed(""),
        &[(first, last)] => page.reading(first, last),
        pieces => Str::Owned(
            pieces
                .iter()
                .map(|&(first, last)| page.reading(first, last))
                .collect::<Vec<_>>()
                .join(link),
        ),
    }
}

/// The pieces of a cell between `<br>`.
fn pieces(page: &Page<'_>, first: usize, last: usize) -> Vec<Letters> {
    let mut pieces = Vec::with_capacity(1);
    let (mut at, mut start) = (first, first);
    while at < last {
        let glyphs = &page.glyphs[at..last];
        match ["<br>", "<br/>", "<BR>", "<BR/>"]
            .iter()
            .find_map(|word| begins(glyphs, word))
        {
            Some(length) => {
                pieces.push((start, at));
                at += length;
                start = at;
            }
            None => at += 1,
        }
    }
    pieces.push((start, last));
    pieces.retain(|&(first, last)| first < last);
    pieces
}

/// The names of a cell, parted where a line ends with one and the next begins with another.
fn names(page: &Page<'_>, first: usize, last: usize) -> Vec<Letters> {
    let mut names = Vec::with_capacity(1);
    for (first, last) in pieces(page, first, last) {
        let mut start = first;
        for at in first + 1..last {
            if !page.broken(at) {
                continue;
            }
            let begin = (start..at)
                .rev()
                .find(|&at| matches!(page.glyphs[at].ch, '、' | ',' | ';'))
                .map_or(start, |at| at + 1);
            let above = &page.glyphs[begin..at];
            let other = lexicon::heads().longest(&page.glyphs[at..last]).is_some()
                || page.glyphs[at].ch == '各'
                || stands_beside(page, above, at, last);
            if other && unit::is_organ(above) {
                names.push((start, at));
                start = at;
            }
        }
        names.push((start, last));
    }
    names
}

/// Whether an office of the same rank begins here: `财务处` or `综合办公室` under `人事处`. A bureau over its branch is one
/// name: `市公安局` over `高新分局`.
fn stands_beside(page: &Page<'_>, above: &[Glyph], at: usize, last: usize) -> bool {
    let end = (at + 1..last)
        .find(|&at| page.broken(at) || is_mark(page.glyphs[at].ch))
        .unwrap_or(last);
    let below = &page.glyphs[at..end];
    let office = ends(below, "办公室").is_some_and(|length| length < below.len());
    let alike = matches!((above.last(), below.last()), (Some(above), Some(below))
        if "处科股部院心司办室组所站系馆队厂社".contains(above.ch) && (above.ch == below.ch || office));
    alike && unit::is_organ(below)
}

/// Turns the parts of a table into strips and rows.
pub(super) fn settle<'t>(page: &Page<'t>, found: &Found, tables: &mut Tables<'t>) {
    let shape = Shape::new(page, found);
    let mut groups: Vec<Option<MarkerStyle>> = Vec::new();
    let mut rule = found.columns.iter().find_map(|column| column.rule);
    for part in &found.parts {
        let first = tables.rows.len();
        match &part.content {
            Content::Head => {}
            Content::Group(number, cell) => open_group(page, &mut groups, *number, *cell, tables),
            Content::Row(cells) => match shape.group(page, cells) {
                Some((number, cell)) => open_group(page, &mut groups, number, cell, tables),
                None => shape.read(page, cells, groups.len() as u32, rule.take(), tables),
            },
            Content::Unread(number) => {
                let depth = (groups.len() + shape.levels.len()) as u32;
                tables.rows.push(unread(page, part, *number, depth));
            }
        }
        let rows = Rows {
            first: first as u32,
            last: tables.rows.len() as u32,
        };
        tables.strips.push(Strip {
            line: part.line as u32,
            last_line: part.last_line as u32,
            rows,
        });
    }
}

/// Opens the group of a heading. A group of the same style closes those below.
fn open_group(
    page: &Page<'_>,
    groups: &mut Vec<Option<MarkerStyle>>,
    number: Option<Cell>,
    cell: Cell,
    tables: &mut Tables<'_>,
) {
    let (marker, heading) = mark(page, number, Some(cell));
    let style = marker.map(|(_, mark)| mark.style);
    match groups.iter().position(|&open| open == style) {
        Some(at) => groups.truncate(at),
        None if style.is_none() => groups.clear(),
        None => {}
    }
    let depth = groups.len() as u32;
    groups.push(style);
    tables.rows.push(group(
        depth,
        number.map_or(cell.first, |number| number.first.min(cell.first)),
        marker,
        heading,
    ));
}

fn group(depth: u32, first: usize, marker: Option<(usize, Mark)>, heading: Option<Letters>) -> Row {
    let kind = if marker.is_some() {
        ItemKind::Item
    } else {
        ItemKind::Row
    };
    Row {
        depth,
        kind,
        first,
        marker,
        heading,
        text: Vec::new(),
        duties: Vec::new(),
        rule: None,
        unread: Vec::new(),
    }
}

/// A row whose cells can't be told apart: its number, the rest as text.
fn unread(page: &Page<'_>, part: &Part, number: Option<Cell>, depth: u32) -> Row {
    let number = number.and_then(|cell| Some((cell.first, read_number(cell.glyphs(page))?)));
    let skip = |first: usize| {
        number
            .filter(|&(at, _)| at == first)
            .map_or(0, |(_, mark)| mark.length)
    };
    let lines = page.lines[part.line..=part.last_line]
        .iter()
        .filter(|line| line.first < line.last);
    let text: Vec<Letters> = lines
        .map(|line| {
            (
                line.first as usize + skip(line.first as usize),
                line.last as usize,
            )
        })
        .filter(|(first, last)| first < last)
        .collect();
    let first = page.lines[part.line].first as usize;
    let last = page.lines[part.last_line].last as usize;
    Row {
        depth,
        kind: ItemKind::Row,
        first,
        marker: number,
        heading: None,
        text,
        duties: Vec::new(),
        rule: None,
        unread: vec![(None, (first, last))],
    }
}

/// The number of a row and its heading, without the number that may stand in front and the stop at its end.
fn mark(
    page: &Page<'_>,
    number: Option<Cell>,
    heading: Option<Cell>,
) -> (Option<(usize, Mark)>, Option<Letters>) {
    let mut marker = number.and_then(|cell| Some((cell.first, read_number(cell.glyphs(page))?)));
    let heading = heading.filter(|cell| cell.whole).map(|cell| {
        let (mut first, mut last) = (cell.first, cell.last);
        if marker.is_none()
            && let Some(mark) =
                marker::read(&page.glyphs[first..last]).filter(|mark| mark.length < last - first)
        {
            marker = Some((first, mark));
            first += mark.length;
        }
        while last > first + 1 && matches!(page.glyphs[last - 1].ch, '。' | ';' | ':' | ',' | '、')
        {
            last -= 1;
        }
        (first, last)
    });
    (marker, heading)
}

/// What the columns of a table are to its rows.
struct Shape<'f> {
    columns: &'f [Column],
    key: Option<usize>,
    /// Columns whose cells hold for several rows, outermost first.
    levels: Vec<usize>,
    /// Whether the number stands with the first of them.
    numbers_level: bool,
    heading: Option<usize>,
    /// Style of the numbers of rows with duties.
    style: Option<MarkerStyle>,
}

impl<'f> Shape<'f> {
    fn new(page: &Page<'_>, found: &'f Found) -> Self {
        let columns = &found.columns;
        let key = columns
            .iter()
            .position(|column| column.kind == Kind::Number);
        let mut shape = Self {
            columns,
            key,
            levels: Vec::new(),
            numbers_level: false,
            heading: None,
            style: None,
        };
        let style = |cells: &[Option<Cell>]| Some(read_number(cells[key?]?.glyphs(page))?.style);
        let assigned = |cells: &[Option<Cell>]| {
            cells
                .iter()
                .zip(columns)
                .any(|(cell, column)| cell.is_some() && matches!(column.kind, Kind::Duty(_)))
        };
        let all = || {
            found.parts.iter().filter_map(|part| {
                if let Content::Row(cells) = &part.content {
                    Some(cells.as_slice())
                } else {
                    None
                }
            })
        };
        shape.style = all().filter(|cells| assigned(cells)).find_map(style);
        let rows: Vec<&[Option<Cell>]> = all()
            .filter(|cells| shape.group(page, cells).is_none())
            .collect();
        let own = (0..columns.len()).find(|&column| {
            columns[column].is_task() && rows.iter().all(|cells| cells[column].is_some())
        });
        if let (Some(own), Some(first)) = (own, rows.first()) {
            let over = (0..own).filter(|&column| columns[column].is_task());
            if over.clone().all(|column| first[column].is_some()) {
                shape.levels = over.collect();
            }
            shape.numbers_level = match (key, shape.levels.first()) {
                (Some(key), Some(&level)) => {
                    rows.iter()
                        .all(|cells| cells[key].is_none() || cells[level].is_some())
                        && rows.iter().any(|cells| cells[key].is_none())
                }
                _ => false,
            };
        }
        let free = |column: usize| !shape.levels.contains(&column);
        shape.heading = (0..columns.len())
            .find(|&column| free(column) && columns[column].kind == Kind::Task)
            .or_else(|| {
                (0..columns.len()).find(|&column| free(column) && columns[column].is_task())
            });
        shape
    }

    /// A row that is the heading of a group: its number and its heading.
    fn group(&self, page: &Page<'_>, cells: &[Option<Cell>]) -> Option<(Option<Cell>, Cell)> {
        let filled: Vec<usize> = (0..cells.len())
            .filter(|&column| cells[column].is_some())
            .collect();
        let duties = self
            .columns
            .iter()
            .position(|column| matches!(column.kind, Kind::Duty(_)))
            .unwrap_or(cells.len());
        let number = |cell: Cell| read_number(cell.glyphs(page));
        match *filled.as_slice() {
            [one] if one < duties && cells.len() > 1 => cells[one]
                .filter(|&cell| number(cell).is_none())
                .map(|cell| (None, cell)),
            [key, one] if Some(key) == self.key && one < duties => {
                let style = number(cells[key]?)?.style;
                (self.style.is_some_and(|rows| rows != style)).then_some((cells[key], cells[one]?))
            }
            // The text of a cell over all columns, repeated in each.
            [first, _, ..] if filled.len() > 2 => {
                let text =
                    |column: usize| cells[column].map(|cell| page.reading(cell.first, cell.last));
                filled
                    .iter()
                    .all(|&column| text(column) == text(first))
                    .then_some((None, cells[first]?))
            }
            _ => None,
        }
    }

    /// Reads a row, after the groups that its cells open.
    fn read(
        &self,
        page: &Page<'_>,
        cells: &[Option<Cell>],
        base: u32,
        rule: Option<Letters>,
        tables: &mut Tables<'_>,
    ) {
        let Some(first) = cells.iter().flatten().map(|cell| cell.first).min() else {
            return;
        };
        let number = self.key.and_then(|key| cells[key]);
        for (level, &column) in self.levels.iter().enumerate() {
            let Some(cell) = cells[column] else { continue };
            let (marker, heading) = mark(
                page,
                number.filter(|_| level == 0 && self.numbers_level),
                Some(cell),
            );
            tables
                .rows
                .push(group(base + level as u32, first, marker, heading));
        }
        let own = number.filter(|_| !self.numbers_level);
        let (marker, heading) = mark(page, own, self.heading.and_then(|column| cells[column]));
        let mut row = Row {
            depth: base + self.levels.len() as u32,
            kind: ItemKind::Row,
            first,
            marker,
            heading,
            text: Vec::new(),
            duties: Vec::new(),
            rule,
            unread: Vec::new(),
        };
        for (column, cell) in cells.iter().enumerate() {
            let Some(cell) = cell.filter(|cell| !is_void(cell.glyphs(page))) else {
                continue;
            };
            let kind = self.columns[column].kind;
            if !cell.whole {
                row.unread.push((
                    self.columns[column]
                        .label
                        .or(Some((cell.first, cell.first))),
                    (cell.first, cell.last),
                ));
            } else if let Some((label, label_first)) = self.columns[column].label() {
                let parts = if matches!(kind, Kind::Duty(LabelKind::Role { .. })) {
                    names(page, cell.first, cell.last)
                } else {
                    vec![(cell.first, cell.last)]
                };
                row.duties
                    .extend(parts.into_iter().map(|(first, last)| Segment {
                        label: Some(label),
                        label_first,
                        first,
                        last,
                    }));
            } else if Some(column) != self.heading
                && !self.levels.contains(&column)
                && (kind != Kind::Number || read_number(cell.glyphs(page)).is_none())
            {
                row.text.push((cell.first, cell.last));
            }
        }
        tables.rows.push(row);
    }
}
