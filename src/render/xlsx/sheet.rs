//! A sheet with a head that stays in view: rows of cells in, a worksheet with widths and filter out.
//!
//! | cell | written as |
//! |---|---|
//! | text | a string, never a formula or link; over 32,767 UTF-16 units cut, with a mark |
//! | date | a day of Excel's calendar, where it has that day; else a string |
//! | number | a number |
//!
//! A Chinese character is as wide as two digits; a column is 6 digits wide up to its own bound, and wraps.
//! Rows are as high as their lines, for not every program works that out when it opens a file.

use std::borrow::Cow;
use std::fmt;

use rust_xlsxwriter::{
    Color, ExcelDateTime, Format, FormatAlign, FormatBorder, Worksheet, XlsxError,
};
use unicode_width::UnicodeWidthStr;

use crate::render::column::Cell;

pub(super) struct Sheet {
    inner: Worksheet,
    rows: u32,
    printed: u16,
    columns: Vec<Extent>,
    text: Format,
    date: Format,
}

/// How wide a column is, and how wide it may grow, in digits.
#[derive(Clone, Copy)]
struct Extent {
    wide: usize,
    widest: usize,
}

/// UTF-16 units that a cell holds.
const LIMIT: usize = 32_767;

const CUT: &str = "…（过长，已截断）";

/// Digits that a cell leaves free.
const MARGIN: usize = 2;

/// Points that a line is high, what a row is higher than its lines, and how many lines fit into the 409
/// points of the highest row.
const LINE: f64 = 13.5;
const AROUND: f64 = 4.0;
const MOST_LINES: usize = 30;

impl Sheet {
    /// Columns are headings with the most digits that they may be wide; the first `printed` are printed.
    pub(super) fn new(
        name: &str,
        columns: &[(&str, u16)],
        printed: usize,
    ) -> Result<Self, XlsxError> {
        let mut inner = Worksheet::new();
        inner.set_name(name)?;
        let text = Format::new()
            .set_font_name("Microsoft YaHei")
            .set_font_size(10)
            .set_text_wrap()
            .set_align(FormatAlign::Top)
            .set_border(FormatBorder::Thin)
            .set_border_color(Color::RGB(0x00D9_D5CB));
        let date = text
            .clone()
            .set_num_format("yyyy-mm-dd")
            .set_align(FormatAlign::Left);
        let head = text
            .clone()
            .set_bold()
            .set_background_color(Color::RGB(0x00F3_E9E7))
            .set_font_color(Color::RGB(0x008A_1C16))
            .set_align(FormatAlign::VerticalCenter);
        for (column, (heading, _)) in columns.iter().enumerate() {
            inner.write_string_with_format(0, column as u16, *heading, &head)?;
        }
        inner.set_row_height(0, LINE + 2.0 * AROUND)?;
        inner.set_freeze_panes(1, 0)?;
        inner.set_repeat_rows(0, 0)?;
        inner
            .set_landscape()
            .set_paper_size(9)
            .set_print_fit_to_pages(1, 0);
        inner.set_margins(0.4, 0.4, 0.5, 0.6, 0.3, 0.3);
        inner.set_footer("&C第 &P 页，共 &N 页");
        let extent = |&(heading, widest): &(&str, u16)| Extent {
            // The button of the filter stands beside the heading.
            wide: heading.width_cjk() + 2,
            widest: widest.into(),
        };
        let columns = columns.iter().map(extent).collect();
        Ok(Self {
            inner,
            rows: 1,
            printed: printed as u16,
            columns,
            text,
            date,
        })
    }

    /// How many rows there are, the headings included.
    pub(super) const fn rows(&self) -> u32 {
        self.rows
    }

    pub(super) fn write<'c>(
        &mut self,
        cells: impl IntoIterator<Item = Cell<'c>>,
    ) -> Result<(), XlsxError> {
        let (sheet, row) = (&mut self.inner, self.rows);
        let mut lines = 1;
        for ((cell, extent), column) in cells.into_iter().zip(&mut self.columns).zip(0..) {
            match cell {
                Cell::Text(text) => {
                    let text = fitted(&text);
                    sheet.write_string_with_format(row, column, &*text, &self.text)?;
                    lines = lines.max(extent.grow(&text));
                }
                Cell::Date(text) => {
                    match day(text) {
                        Some(day) => {
                            sheet.write_datetime_with_format(row, column, &day, &self.date)?
                        }
                        None => sheet.write_string_with_format(row, column, text, &self.text)?,
                    };
                    lines = lines.max(extent.grow(text));
                }
                Cell::Number(number) => {
                    sheet.write_number_with_format(row, column, number, &self.text)?;
                    extent.grow(&number.to_string());
                }
            }
        }
        sheet.set_row_height(row, f64::from(lines.min(MOST_LINES) as u32) * LINE + AROUND)?;
        self.rows += 1;
        Ok(())
    }

    pub(super) fn finish(self) -> Result<Worksheet, XlsxError> {
        let mut sheet = self.inner;
        for (extent, column) in self.columns.iter().zip(0..) {
            sheet.set_column_width(column, extent.width() as u16)?;
        }
        sheet.autofilter(0, 0, self.rows - 1, self.columns.len() as u16 - 1)?;
        sheet.set_print_area(0, 0, self.rows - 1, self.printed - 1)?;
        Ok(sheet)
    }
}

impl Extent {
    /// Makes room for a text; answers how many lines it takes.
    fn grow(&mut self, text: &str) -> usize {
        let room = self.widest - MARGIN / 2;
        let lines = text.lines().map(|line| {
            let wide = line.width_cjk();
            self.wide = self.wide.max(wide);
            wide.div_ceil(room).max(1)
        });
        lines.sum()
    }

    fn width(self) -> usize {
        (self.wide + MARGIN).clamp(6, self.widest.max(6))
    }
}

impl fmt::Debug for Sheet {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} ({} rows)", self.inner.name(), self.rows)
    }
}

/// The text, cut where a cell can't hold it.
fn fitted(text: &str) -> Cow<'_, str> {
    if text.len() <= LIMIT || text.encode_utf16().count() <= LIMIT {
        return Cow::Borrowed(text);
    }
    let room = LIMIT - CUT.encode_utf16().count();
    let mut used = 0;
    let end = text.char_indices().find_map(|(at, c)| {
        used += c.len_utf16();
        (used > room).then_some(at)
    });
    Cow::Owned(format!("{}{CUT}", &text[..end.unwrap_or(text.len())]))
}

/// `2018-12-31`
fn day(text: &str) -> Option<ExcelDateTime> {
    let mut numbers = text.splitn(3, '-');
    let year = numbers.next()?.parse().ok()?;
    let month = numbers.next()?.parse().ok()?;
    ExcelDateTime::from_ymd(year, month, numbers.next()?.parse().ok()?).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cell_holds_32767_units() {
        let check = |text: String, units: usize, whole: bool| {
            let cell = fitted(&text);
            assert_eq!((cell.encode_utf16().count(), cell == text), (units, whole));
            assert_eq!(cell.ends_with(CUT), !whole);
        };
        check("字".repeat(32_767), 32_767, true);
        check("字".repeat(32_768), 32_767, false);
        check("𠮷".repeat(16_383), 32_766, true);
        check("𠮷".repeat(16_384), 32_767, false);
        check("a".repeat(100_000), 32_767, false);
    }

    #[test]
    fn days_of_excels_calendar() {
        let serial = |text: &str| day(text).map(|day| day.to_excel().to_string());
        assert_eq!(serial("2018-12-31"), Some("43465".into()));
        for none in ["", "2018", "2018-13-01", "1654-01-01", "2018-02-x"] {
            assert_eq!(serial(none), None, "{none}");
        }
    }
}
