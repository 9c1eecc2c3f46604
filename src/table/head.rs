//! The head of a table in, its columns out.
//!
//! | head cell | column |
//! |---|---|
//! | `序号` | number |
//! | `牵头单位` `责任科室` `责任人` `职责分工` `主办` | duty: the head cell is its label |
//! | `完成时限` | deadline |
//! | `工作任务` `项目名称` | task: names the row |
//! | `具体措施` `工作目标` | text |
//! | `类别` | category: one cell for several rows |
//!
//! A head is one where the words of a task and of a duty or deadline stand side by side; beside two duties,
//! or a number and a duty, any word names the task: `河流名称`.

use super::{Cell, Letters};
use crate::glyph::{Glyph, Page, begins, is_close, is_open};
use crate::label::{self, Label, LabelKind};
use crate::lexicon;
use crate::model::Role;
use crate::rule;

/// Glyphs that a head cell may have.
pub(super) const LONGEST: usize = 24;

/// What the cells of a column hold.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    Number,
    Category,
    Task,
    Text,
    Remark,
    /// Units or persons; [`LabelKind::Deadline`] for a deadline.
    Duty(LabelKind),
    /// The head cell is empty or says nothing that is known.
    Other,
}

/// A column of a table.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Column {
    pub kind: Kind,
    /// The head cell, where its letters stand together.
    pub label: Option<Letters>,
    /// A rule that the head cell states: `责任单位（列第一位的为牵头单位）`.
    pub rule: Option<Letters>,
}

impl Column {
    /// The label of the column's cells.
    pub(super) fn label(&self) -> Option<(Label, usize)> {
        let Kind::Duty(kind) = self.kind else {
            return None;
        };
        let (first, last) = self.label.unwrap_or((0, 0));
        Some((
            Label {
                length: last - first,
                kind,
            },
            first,
        ))
    }

    /// Whether it says what is to be done.
    pub(super) fn is_task(&self) -> bool {
        matches!(self.kind, Kind::Category | Kind::Task | Kind::Text)
    }
}

/// Reads the columns from the cells of a head, if it is one; a cell may be no more than a line of one.
pub(super) fn read_columns(page: &Page<'_>, cells: &[Option<Cell>]) -> Option<Vec<Column>> {
    head(cells.iter().map(|cell| read_column(page, *cell)).collect())
}

/// Reads the columns from the whole cells of a head, if it is one.
pub(super) fn read_single(page: &Page<'_>, cells: &[Option<Cell>]) -> Option<Vec<Column>> {
    head(cells.iter().map(|cell| read_cell(page, *cell)).collect())
}

/// Reads the columns from a head of two rows: the lower cell where there is one, `责任分工` over
/// `牵头单位` and `配合单位`, or both where a word was wrapped.
pub(super) fn read_double(
    page: &Page<'_>,
    upper: &[Option<Cell>],
    lower: &[Option<Cell>],
) -> Option<Vec<Column>> {
    let pairs = upper.iter().zip(lower);
    let columns = pairs
        .map(|(&upper, &lower)| match (upper, lower) {
            (_, None) => read_cell(page, upper),
            (None, _) => read_cell(page, lower),
            (Some(above), Some(below)) => {
                let word: Vec<Glyph> = [above, below]
                    .iter()
                    .flat_map(|cell| cell.glyphs(page))
                    .copied()
                    .collect();
                let (upper, lower) = (read_cell(page, upper), read_cell(page, lower));
                if upper.kind != Kind::Other && lower.kind != Kind::Other {
                    return lower;
                }
                let Some(kind) = read_kind(&word) else {
                    return upper;
                };
                let label = (above.last == below.first).then_some((above.first, below.last));
                Column {
                    kind,
                    label,
                    rule: None,
                }
            }
        })
        .collect();
    head(columns)
}

/// The columns, if they are those of a head.
fn head(mut columns: Vec<Column>) -> Option<Vec<Column>> {
    let duties = columns
        .iter()
        .filter(|column| matches!(column.kind, Kind::Duty(_)))
        .count();
    // `河流名称`, `包案事项`: the rows are called after what they are about.
    let numbered = columns.iter().any(|column| column.kind == Kind::Number);
    if (duties >= 2 || duties == 1 && numbered)
        && !columns.iter().any(Column::is_task)
        && let Some(named) = columns.iter_mut().find(|column| {
            column.kind == Kind::Other && column.label.is_some_and(|(first, last)| last > first)
        })
    {
        named.kind = Kind::Task;
    }
    let known = known(&columns);
    (known >= 2 && known * 2 > columns.len() && duties > 0 && columns.iter().any(Column::is_task))
        .then_some(columns)
}

/// How many columns have words that are known.
pub(super) fn known(columns: &[Column]) -> usize {
    columns
        .iter()
        .filter(|column| column.kind != Kind::Other)
        .count()
}

/// Reads one head cell.
pub(super) fn read_column(page: &Page<'_>, cell: Option<Cell>) -> Column {
    let Some(cell) = cell else {
        return Column {
            kind: Kind::Other,
            label: None,
            rule: None,
        };
    };
    let kind = read_kind(cell.glyphs(page)).unwrap_or(Kind::Other);
    let bracket = bracket(cell.glyphs(page)).map(|open| (cell.first + open + 1, cell.last - 1));
    let rule = bracket.filter(|&(first, last)| rule::begins_rule(&page.glyphs[first..last]));
    Column {
        kind,
        label: Some((cell.first, cell.last)),
        rule,
    }
}

/// Reads one whole head cell: the word for a role needs no noun.
fn read_cell(page: &Page<'_>, cell: Option<Cell>) -> Column {
    let mut column = read_column(page, cell);
    if let Some(cell) = cell
        && column.kind == Kind::Other
    {
        column.kind = read_stem(cell.glyphs(page)).unwrap_or(Kind::Other);
    }
    column
}

/// What the words of a head cell say.
pub(super) fn read_kind(glyphs: &[Glyph]) -> Option<Kind> {
    if glyphs.is_empty()
        || glyphs.len() > LONGEST
        || glyphs
            .iter()
            .any(|glyph| matches!(glyph.ch, '。' | ':' | ';' | ','))
    {
        return None;
    }
    let known = read_word(glyphs);
    known.or_else(|| bracket(glyphs).and_then(|open| read_word(&glyphs[..open])))
}

/// A role word without a noun: `主办`, `协办`. Others may head a column of what was done: `落实`.
fn read_stem(glyphs: &[Glyph]) -> Option<Kind> {
    label::read_stem(glyphs)
        .map(|label| label.kind)
        .filter(|kind| {
            let LabelKind::Role { role, .. } = kind else {
                return false;
            };
            matches!(role, Role::Lead | Role::Cooperating)
                || begins(glyphs, "责任").or(begins(glyphs, "承办")) == Some(glyphs.len())
        })
        .map(Kind::Duty)
}

fn read_word(glyphs: &[Glyph]) -> Option<Kind> {
    if glyphs.len() > label::LONGEST {
        return None;
    }
    let column = lexicon::columns().longest(glyphs);
    let label = label::read_back(glyphs).filter(|label| label.kind != LabelKind::Remark);
    match (column, label) {
        (Some((length, _)), Some(label)) if label.length > length => Some(Kind::Duty(label.kind)),
        (None, Some(label)) => Some(Kind::Duty(label.kind)),
        (Some((length, column)), _) => match column {
            lexicon::Column::Number => (length == glyphs.len()).then_some(Kind::Number),
            lexicon::Column::Category => Some(Kind::Category),
            lexicon::Column::Task => Some(Kind::Task),
            lexicon::Column::Text => Some(Kind::Text),
            lexicon::Column::Remark => Some(Kind::Remark),
            lexicon::Column::Deadline => Some(Kind::Duty(LabelKind::Deadline)),
        },
        (None, None) => None,
    }
}

/// Where the bracket opens that closes at the end of a head cell.
fn bracket(glyphs: &[Glyph]) -> Option<usize> {
    is_close(glyphs.last()?.ch)
        .then(|| glyphs.iter().position(|glyph| is_open(glyph.ch)))
        .flatten()
        .filter(|&open| open > 0)
}
