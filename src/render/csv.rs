//! The ledger as CSV: rows in, UTF-8 with byte order mark out, so that Excel opens it right.
//!
//! Lines end in CRLF (RFC 4180). A cell that a spreadsheet would take for a formula gets a leading `'`:
//!
//! | begins with | written |
//! |---|---|
//! | `=` `+` `-` `@`, also in full width, tab, line break | `'=1+1` |
//! | anything else | as it is |

use std::borrow::Cow;
use std::io::{self, Write};

use csv::{Terminator, WriterBuilder};

use super::column::{Cell, columns};
use super::{Ledger, Selection, row};

/// A ledger of any number of notices, written as they come.
#[derive(Debug)]
pub struct Csv<W: Write> {
    rows: csv::Writer<W>,
    selection: Selection,
}

impl<W: Write> Csv<W> {
    /// Begins a ledger: byte order mark and headings.
    ///
    /// # Errors
    /// Where the writer fails.
    pub fn new(mut out: W, selection: Selection) -> io::Result<Self> {
        out.write_all("\u{FEFF}".as_bytes())?;
        let mut ledger = Self::continued(out, selection);
        let headings = columns(ledger.selection.expand).map(|column| column.heading);
        ledger.rows.write_record(headings)?;
        Ok(ledger)
    }

    /// Goes on with a ledger that was begun before.
    pub fn continued(out: W, selection: Selection) -> Self {
        let rows = WriterBuilder::new()
            .terminator(Terminator::CRLF)
            .from_writer(out);
        Self { rows, selection }
    }

    /// Adds the rows of one notice.
    ///
    /// # Errors
    /// Where the writer fails.
    pub fn add(&mut self, ledger: Ledger<'_>) -> io::Result<()> {
        for row in row::rows(ledger, &self.selection) {
            for column in columns(self.selection.expand) {
                match (column.cell)(&row) {
                    Cell::Text(text) => self.rows.write_field(&*harmless(&text))?,
                    Cell::Date(date) => self.rows.write_field(&*harmless(date))?,
                    Cell::Number(number) => self.rows.write_field(number.to_string())?,
                }
            }
            self.rows.write_record(None::<&[u8]>)?;
        }
        Ok(())
    }

    /// Writes out what is still held back.
    ///
    /// # Errors
    /// Where the writer fails.
    pub fn finish(mut self) -> io::Result<()> {
        self.rows.flush()
    }
}

/// A cell that no spreadsheet takes for a formula.
fn harmless(text: &str) -> Cow<'_, str> {
    if text.starts_with(['=', '+', '-', '@', '＝', '＋', '－', '＠', '\t', '\r', '\n']) {
        Cow::Owned(format!("'{text}"))
    } else {
        Cow::Borrowed(text)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn formulas_are_neutralised() {
        let check = |text: &str, expected: &str| assert_eq!(harmless(text), expected);
        check("=HYPERLINK(\"http://a\")", "'=HYPERLINK(\"http://a\")");
        check("-", "'-");
        check("＝1", "'＝1");
        check("\t=1", "'\t=1");
        check("省科技厅", "省科技厅");
        check("", "");
    }
}
