//! The columns of the ledger as a sheet shows it: a row in, cells out.
//!
//! Names within a cell are parted by `；`, for `、` stands inside names (`各市、县〔区〕政府`).

use std::borrow::Cow;

use super::row::Row;
use super::words::ROLES;
use super::words::{self, role_key};

/// A column: its heading and how a row fills it.
pub(super) struct Column {
    pub heading: &'static str,
    pub cell: for<'r> fn(&'r Row<'_>) -> Cell<'r>,
}

/// What stands in a cell.
pub(super) enum Cell<'r> {
    Text(Cow<'r, str>),
    /// `YYYY-MM-DD`
    Date(&'r str),
    Number(u32),
}

/// The columns of every row.
pub(super) const COLUMNS: &[Column] = &[
    Column {
        heading: "编号",
        cell: |row| text(&row.id),
    },
    Column {
        heading: "序号",
        cell: |row| text(row.number.unwrap_or("")),
    },
    Column {
        heading: "章节",
        cell: |row| text(&row.path),
    },
    Column {
        heading: "任务",
        cell: |row| text(&row.text),
    },
    Column {
        heading: "牵头单位",
        cell: |row| list(&row.lead),
    },
    Column {
        heading: "责任单位",
        cell: |row| list(&row.responsible),
    },
    Column {
        heading: "配合单位",
        cell: |row| list(&row.cooperating),
    },
    Column {
        heading: "督导单位",
        cell: |row| list(&row.supervising),
    },
    Column {
        heading: "其他单位",
        cell: |row| list(&row.other),
    },
    Column {
        heading: "完成时限",
        cell: |row| text(row.deadline.unwrap_or("")),
    },
    Column {
        heading: "截止日期",
        cell: |row| row.date.map_or(text(""), Cell::Date),
    },
    Column {
        heading: "分工原文",
        cell: |row| text(row.clause.unwrap_or("")),
    },
    Column {
        heading: "承自",
        cell: |row| text(row.inherited_from.unwrap_or("")),
    },
    Column {
        heading: "推断",
        cell: inferred,
    },
    Column {
        heading: "核对",
        cell: findings,
    },
    Column {
        heading: "来源文件",
        cell: |row| text(row.source.unwrap_or("")),
    },
    Column {
        heading: "行",
        cell: |row| Cell::Number(row.line),
    },
    Column {
        heading: "起",
        cell: |row| Cell::Number(row.span.start),
    },
    Column {
        heading: "止",
        cell: |row| Cell::Number(row.span.end),
    },
];

/// The columns in front where every row stands for one unit.
pub(super) const EXPANDED: &[Column] = &[
    Column {
        heading: "单位",
        cell: |row| text(row.one.as_ref().and_then(|one| one.unit).unwrap_or("")),
    },
    Column {
        heading: "分工",
        cell: |row| {
            text(
                row.one
                    .as_ref()
                    .and_then(|one| one.role)
                    .map_or("", words::role),
            )
        },
    },
];

/// The columns of a ledger, in order.
pub(super) fn columns(expand: bool) -> impl Iterator<Item = &'static Column> {
    let front = if expand { EXPANDED } else { &[] };
    front.iter().chain(COLUMNS)
}

fn text(text: &str) -> Cell<'_> {
    Cell::Text(Cow::Borrowed(text))
}

fn list<'r>(names: &[&'r str]) -> Cell<'r> {
    Cell::Text(names.join("；").into())
}

/// `牵头：列第一位的为牵头单位（省科技厅）`
fn inferred<'r>(row: &'r Row<'_>) -> Cell<'r> {
    let all = row.inferred.iter().map(|inferred| {
        let role = ROLES
            .into_iter()
            .find(|role| role_key(*role) == inferred.field);
        let field = role.map_or("日期", words::role);
        format!(
            "{field}：{}（{}）",
            words::rule(inferred.rule),
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
