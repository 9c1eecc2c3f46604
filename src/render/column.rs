//! The columns of the ledger as a sheet shows it: a row in, cells out.
//!
//! Names within a cell are parted by `；`, for `、` stands inside names (`各市、县〔区〕政府`).

use std::borrow::Cow;

use super::row::{One, Row};
use super::words;

/// A column: its heading, how wide it may grow in digits, and how a row fills it.
pub(super) struct Column {
    pub heading: &'static str,
    #[cfg_attr(not(feature = "xlsx"), allow(dead_code))]
    pub widest: u16,
    pub cell: Fill,
}

type Fill = for<'r> fn(&'r Row<'_>) -> Cell<'r>;

const fn column(heading: &'static str, widest: u16, cell: Fill) -> Column {
    Column {
        heading,
        widest,
        cell,
    }
}

/// What stands in a cell.
pub(super) enum Cell<'r> {
    Text(Cow<'r, str>),
    /// `YYYY-MM-DD`
    Date(&'r str),
    Number(u32),
}

/// The columns of every row; those up to `行` are printed.
const COLUMNS: &[Column] = &[
    column("编号", 12, |row| text(&row.id)),
    column("序号", 12, |row| text(row.number.unwrap_or(""))),
    column("章节", 24, |row| text(&row.path)),
    column("任务", 60, |row| text(&row.text)),
    column("牵头单位", 24, |row| list(&row.lead)),
    column("责任单位", 36, |row| list(&row.responsible)),
    column("配合单位", 24, |row| list(&row.cooperating)),
    column("督导单位", 24, |row| list(&row.supervising)),
    column("其他单位", 24, |row| list(&row.other)),
    column("完成时限", 24, |row| text(row.deadline.unwrap_or(""))),
    column("截止日期", 14, |row| {
        row.date.map_or(text(""), Cell::Date)
    }),
    column("来源文件", 30, |row| text(row.source.unwrap_or(""))),
    column(LAST_PRINTED, 10, |row| Cell::Number(row.line)),
    column("分工原文", 48, |row| text(row.clause.unwrap_or(""))),
    column("承自", 12, |row| text(row.inherited_from.unwrap_or(""))),
    column("推断", 36, inferred),
    column("核对", 36, findings),
    column("起", 10, |row| Cell::Number(row.span.start)),
    column("止", 10, |row| Cell::Number(row.span.end)),
];

/// The columns in front where every row stands for one unit.
const EXPANDED: &[Column] = &[
    column("单位", 30, |row| of_unit(row, |one| one.unit.as_deref())),
    column("分工", 8, |row| {
        of_unit(row, |one| one.role.map(words::role))
    }),
    column("单位标识", 24, |row| {
        of_unit(row, |one| one.unit_id.as_deref())
    }),
    column("区划代码", 10, |row| {
        of_unit(row, |one| one.region.as_deref())
    }),
    column("统称", 30, |row| of_unit(row, |one| one.member_of)),
];

/// What is behind this column is for the screen and for programs.
pub(super) const LAST_PRINTED: &str = "行";

/// The columns of a ledger, in order.
pub(super) fn columns(expand: bool) -> impl Iterator<Item = &'static Column> {
    let front = if expand { EXPANDED } else { &[] };
    front.iter().chain(COLUMNS)
}

fn text(text: &str) -> Cell<'_> {
    Cell::Text(Cow::Borrowed(text))
}

fn of_unit<'r>(row: &'r Row<'_>, cell: impl Fn(&'r One<'_>) -> Option<&'r str>) -> Cell<'r> {
    text(row.one.as_ref().and_then(cell).unwrap_or(""))
}

fn list<'r>(names: &[&'r str]) -> Cell<'r> {
    Cell::Text(names.join("；").into())
}

/// `牵头：列第一位的为牵头单位（省科技厅）`
fn inferred<'r>(row: &'r Row<'_>) -> Cell<'r> {
    let all = row.inferred.iter().map(|inferred| {
        format!(
            "{}：{}（{}）",
            inferred.field.word(),
            inferred.rule.word(),
            inferred.values.join("；")
        )
    });
    Cell::Text(all.collect::<Vec<_>>().join("\n").into())
}

/// `警告：…`
fn findings<'r>(row: &'r Row<'_>) -> Cell<'r> {
    let all = row
        .findings
        .iter()
        .map(|finding| format!("{}：{}", words::severity(finding.severity), finding.message));
    Cell::Text(all.collect::<Vec<_>>().join("\n").into())
}
