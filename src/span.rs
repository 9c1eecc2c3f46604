//! A stretch of the decoded text, and the units in which a caller may want it counted.
//!
//! Inside the crate a [`Span`] always counts bytes of the decoded text without its byte order mark.
//! [`Offsets`] names the three countings that the outside may ask for; the conversion of a whole
//! notice stands in [`Notice::count_in`](crate::Notice::count_in).

use std::fmt;
use std::ops::Range;

use serde::{Deserialize, Serialize};

/// A half-open stretch `[start, end)` of the decoded text; two numbers in JSON: `[12, 30]`.
///
/// ```
/// let span = gongwen::Span::new(3, 9);
/// assert_eq!(&"省科技厅"[span.range()], "科技");
/// ```
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Serialize, Deserialize)]
#[serde(into = "(u32, u32)", from = "(u32, u32)")]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[cfg_attr(feature = "schema", schemars(with = "(u32, u32)"))]
pub struct Span {
    /// First position that belongs to the stretch.
    pub start: u32,
    /// First position behind it.
    pub end: u32,
}

impl Span {
    /// The stretch from `start` up to, not including, `end`.
    #[must_use]
    pub const fn new(start: u32, end: u32) -> Self {
        Self { start, end }
    }

    /// As a range of `usize`, to cut a string with.
    #[must_use]
    pub const fn range(self) -> Range<usize> {
        self.start as usize..self.end as usize
    }

    /// How many positions it holds.
    #[must_use]
    pub const fn len(self) -> u32 {
        self.end.saturating_sub(self.start)
    }

    /// Whether it holds none.
    #[must_use]
    pub const fn is_empty(self) -> bool {
        self.end <= self.start
    }

    /// Whether `other` lies wholly inside.
    #[must_use]
    pub const fn contains(self, other: Self) -> bool {
        self.start <= other.start && other.end <= self.end
    }

    /// The smallest stretch that holds both.
    #[must_use]
    pub fn hull(self, other: Self) -> Self {
        Self::new(self.start.min(other.start), self.end.max(other.end))
    }
}

impl fmt::Debug for Span {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}..{}", self.start, self.end)
    }
}

impl From<Span> for (u32, u32) {
    fn from(span: Span) -> Self {
        (span.start, span.end)
    }
}

impl From<(u32, u32)> for Span {
    fn from((start, end): (u32, u32)) -> Self {
        Self::new(start, end)
    }
}

/// What the numbers of a [`Span`] count, in the decoded text without byte order mark.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub enum Offsets {
    /// UTF-8 bytes: right for Rust, Go, C.
    #[default]
    Bytes,
    /// Unicode scalar values: right for Python.
    Chars,
    /// UTF-16 code units: right for JavaScript, Java, C#.
    Utf16,
}
