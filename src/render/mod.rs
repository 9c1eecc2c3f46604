//! Outputs other than JSON: what people and programs make of a notice.
//!
//! In comes a [`Ledger`] (a notice with the text that it was parsed from), out go bytes to a writer.
//!
//! | output | entry | many notices |
//! |---|---|---|
//! | JSON Lines | [`tasks`] | call it again |
//! | CSV | [`Csv`] | [`Csv::add`] each, then [`Csv::finish`] |
//! | Excel | [`Workbook`] | [`Workbook::add`] each, then [`Workbook::save`] |
//! | review page | [`html`] | a page for each |
//! | Akoma Ntoso | [`akn`] | a document for each |
//!
//! The first three are one ledger (`台账`) with one row for each [`Task`](crate::Task); a [`Selection`] says which.

#[cfg(feature = "akn")]
mod akn;
#[cfg(feature = "tables")]
mod column;
#[cfg(feature = "tables")]
mod csv;
mod lines;
#[cfg(feature = "report")]
mod page;
// Each output takes what it needs of these: without all outputs, some has no caller.
#[cfg_attr(not(all(feature = "xlsx", feature = "report")), allow(dead_code))]
mod row;
#[cfg_attr(not(all(feature = "xlsx", feature = "report")), allow(dead_code))]
mod words;
#[cfg(feature = "xlsx")]
mod xlsx;

use std::io::{self, Write};

#[cfg(feature = "akn")]
pub use self::akn::akn;
#[cfg(feature = "tables")]
pub use self::csv::Csv;
#[cfg(feature = "report")]
pub use self::page::html;
#[cfg(feature = "xlsx")]
pub use self::xlsx::Workbook;
use crate::Parser;
use crate::model::Notice;
use crate::span::Offsets;

/// A notice with the text that it was parsed from; its spans count bytes, as [`parse`](crate::parse) leaves them and
/// [`Notice::count_in`] counts them again.
#[derive(Clone, Copy, Debug)]
pub struct Ledger<'n> {
    /// The notice.
    pub notice: &'n Notice<'n>,
    /// The decoded text.
    pub text: &'n str,
}

/// Which rows a ledger has, and how they are cut.
#[derive(Clone, Debug, Default)]
pub struct Selection {
    /// Also the items to which nobody is assigned.
    pub all: bool,
    /// A row for each unit instead of each assignment; for each member of a collective where the tables know them all.
    pub expand: bool,
    /// Only rows that concern this unit, by any of its names.
    pub unit: Option<String>,
    /// Reads that name: as the parser of the notices, so that `省发改委` finds `江西省发展和改革委员会` in a notice of `江西`.
    pub parser: Parser,
    /// What the spans of the rows count.
    pub offsets: Offsets,
}

/// The rows of the ledger, each an object of [`tasks`].
#[cfg(feature = "python")]
pub(crate) fn rows<'n>(
    ledger: Ledger<'n>,
    selection: &Selection,
) -> impl Iterator<Item = impl serde::Serialize + use<'n>> + use<'n> {
    row::rows(ledger, selection)
}

/// Writes the ledger as JSON Lines: an object for each row.
///
/// ```
/// use gongwen::render::{self, Ledger, Selection};
/// let text = "一、抓好春耕。（省农业农村厅负责）";
/// let notice = gongwen::parse(text);
/// let mut out = vec![];
/// render::tasks(&mut out, Ledger { notice: &notice, text }, &Selection::default())?;
/// assert!(String::from_utf8_lossy(&out).contains(r#""responsible":["省农业农村厅"]"#));
/// # std::io::Result::Ok(())
/// ```
///
/// # Errors
/// Where the writer fails.
pub fn tasks(out: &mut impl Write, ledger: Ledger<'_>, selection: &Selection) -> io::Result<()> {
    for row in row::rows(ledger, selection) {
        serde_json::to_writer(&mut *out, &row)?;
        out.write_all(b"\n")?;
    }
    Ok(())
}
