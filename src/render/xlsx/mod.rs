//! The ledger as an Excel workbook: notices in, one `.xlsx` file out.
//!
//! | sheet | rows |
//! |---|---|
//! | `台账` | the ledger; `台账2` and so on where a million rows are not enough |
//! | `按单位` | a unit each: how many tasks it has in which role, and which |
//! | `核对` | findings, then items to which nobody is assigned |
//!
//! The same notices give the same file, byte for byte.

mod sheet;
mod tally;

use std::io::{self, Write};

use rust_xlsxwriter::{DocProperties, ExcelDateTime, XlsxError};

use self::sheet::Sheet;
use self::tally::Tally;
use super::column::{Cell, LAST_PRINTED, columns};
use super::lines::Lines;
use super::{Ledger, Selection, row, words};
use crate::model::{Code, Diagnostic};
use crate::span::Span;
use crate::tasks::Task;

/// A ledger of any number of notices, held until it is saved.
#[derive(Debug)]
pub struct Workbook {
    selection: Selection,
    full: Vec<Sheet>,
    ledger: Sheet,
    tally: Tally,
    review: Sheet,
}

/// Rows of a sheet, headings included.
const ROWS: u32 = 1_048_576;

/// Characters of the text that a finding shows.
const QUOTED: usize = 200;

impl Workbook {
    /// Begins a ledger.
    ///
    /// # Errors
    /// Where the workbook can't be made.
    pub fn new(selection: Selection) -> io::Result<Self> {
        Ok(Self {
            ledger: ledger_sheet(&selection, 1).map_err(io::Error::other)?,
            review: review_sheet().map_err(io::Error::other)?,
            tally: Tally::default(),
            full: vec![],
            selection,
        })
    }

    /// Adds the rows of one notice.
    ///
    /// # Errors
    /// Where a cell can't be written.
    pub fn add(&mut self, ledger: Ledger<'_>) -> io::Result<()> {
        self.add_rows(ledger).map_err(io::Error::other)
    }

    /// Writes the workbook.
    ///
    /// # Errors
    /// Where the workbook can't be packed or the writer fails.
    pub fn save(self, out: &mut impl Write) -> io::Result<()> {
        out.write_all(&self.pack().map_err(io::Error::other)?)
    }

    fn add_rows(&mut self, ledger: Ledger<'_>) -> Result<(), XlsxError> {
        self.tally.begin(ledger.notice);
        for selected in row::selected(ledger, &self.selection) {
            self.tally.count(&selected);
            if self.selection.unit.is_some() {
                self.review_findings(ledger, &selected.task.findings)?;
            }
            for row in selected.into_rows() {
                if self.ledger.rows() == ROWS {
                    let next = ledger_sheet(&self.selection, self.full.len() + 2)?;
                    self.full.push(std::mem::replace(&mut self.ledger, next));
                }
                self.ledger
                    .write(columns(self.selection.expand).map(|column| (column.cell)(&row)))?;
            }
        }
        if self.selection.unit.is_none() {
            let findings: Vec<_> = ledger.notice.diagnostics.iter().collect();
            self.review_findings(ledger, &findings)?;
            self.review_unassigned(ledger)?;
        }
        Ok(())
    }

    fn review_findings(
        &mut self,
        ledger: Ledger<'_>,
        findings: &[&Diagnostic<'_>],
    ) -> Result<(), XlsxError> {
        for finding in findings {
            self.review(
                ledger,
                &Entry {
                    kind: words::severity(finding.severity),
                    line: finding.line,
                    id: finding.item.as_deref().unwrap_or(""),
                    message: &finding.message,
                    span: finding.span,
                    code: finding.code.as_str(),
                },
            )?;
        }
        Ok(())
    }

    /// Items without items below to which nobody is assigned, where no finding says so already.
    fn review_unassigned(&mut self, ledger: Ledger<'_>) -> Result<(), XlsxError> {
        let lines = Lines::new(ledger.text);
        let unassigned = |task: &Task<'_>| {
            task.assignment.is_none()
                && task.assigned.is_empty()
                && !task
                    .findings
                    .iter()
                    .any(|finding| finding.code == Code::UnassignedItem)
        };
        for task in ledger.notice.tasks().with_unassigned().filter(unassigned) {
            let span = row::place(ledger, &task);
            self.review(
                ledger,
                &Entry {
                    kind: "未分工",
                    line: lines.line(span.start),
                    id: &task.id(),
                    message: "没有单位承担",
                    span,
                    code: "",
                },
            )?;
        }
        Ok(())
    }

    fn review(&mut self, ledger: Ledger<'_>, entry: &Entry<'_>) -> Result<(), XlsxError> {
        if self.review.rows() == ROWS {
            return Ok(());
        }
        let quoted = row::joined(ledger.text.get(entry.span.range()).unwrap_or(""));
        let quoted = match quoted.char_indices().nth(QUOTED) {
            Some((end, _)) => format!("{}…", &quoted[..end]).into(),
            None => quoted,
        };
        self.review.write([
            Cell::Text(entry.kind.into()),
            Cell::Text(ledger.notice.source.name.as_deref().unwrap_or("").into()),
            Cell::Number(entry.line),
            Cell::Text(entry.id.into()),
            Cell::Text(entry.message.into()),
            Cell::Text(quoted),
            Cell::Text(entry.code.into()),
        ])
    }

    fn pack(self) -> Result<Vec<u8>, XlsxError> {
        let mut book = rust_xlsxwriter::Workbook::new();
        let made = ExcelDateTime::from_ymd(2000, 1, 1)?;
        book.set_properties(
            &DocProperties::new()
                .set_title("任务台账")
                .set_creation_datetime(&made),
        );
        let units = self.tally.sheet()?;
        for sheet in self
            .full
            .into_iter()
            .chain([self.ledger, units, self.review])
        {
            book.push_worksheet(sheet.finish()?);
        }
        book.save_to_buffer()
    }
}

/// A row of `核对`.
struct Entry<'e> {
    kind: &'static str,
    line: u32,
    id: &'e str,
    message: &'e str,
    span: Span,
    code: &'static str,
}

fn ledger_sheet(selection: &Selection, number: usize) -> Result<Sheet, XlsxError> {
    let name = if number == 1 {
        "台账".into()
    } else {
        format!("台账{number}")
    };
    let all: Vec<_> = columns(selection.expand)
        .map(|column| (column.heading, column.widest))
        .collect();
    let last = all.iter().position(|(heading, _)| *heading == LAST_PRINTED);
    Sheet::new(&name, &all, last.map_or(all.len(), |last| last + 1))
}

fn review_sheet() -> Result<Sheet, XlsxError> {
    let columns = [
        ("类别", 10),
        ("来源文件", 30),
        ("行", 10),
        ("编号", 12),
        ("说明", 50),
        ("原文", 60),
        ("代码", 24),
    ];
    Sheet::new("核对", &columns, columns.len())
}
