//! Chinese official documents (`公文`) to typed JSON.
//!
//! A notice such as `江西省…分工安排的通知` forwards a plan of numbered items and says for each who leads
//! it and who answers for it. [`parse`] takes its text and gives a [`Notice`]: [metadata](Metadata),
//! [parts](Part), the tree of [items](Item), and for every item its [assignments](Assignment). Every
//! value that was read has its verbatim `text` and the [`Span`] that it was cut from; a reading of it
//! stands in a field of its own (`value`, `name`, `canonical`).
//!
//! ```
//! use gongwen::{Role, UnitKind};
//!
//! let text = "\
//! 江西省人民政府办公厅关于抓好春耕的通知
//! 各市、县（区）人民政府：
//! 一、备足农资
//! （一）备足种子。全面检查种子质量。（牵头单位：省农业厅；责任单位：省供销社，南昌市、九江市政府）
//! （二）备足化肥。（省供销社负责，3月底前完成）
//! 江西省人民政府办公厅
//! 2018年2月1日
//! ";
//! let notice = gongwen::parse(text);
//! assert_eq!(notice.metadata.title.as_ref().unwrap().value, "江西省人民政府办公厅关于抓好春耕的通知");
//!
//! let seeds = &notice.parts[0].items[0].items[0];
//! assert_eq!((&*seeds.id, seeds.heading.as_deref()), ("1.1.1", Some("备足种子")));
//!
//! let duties = &seeds.assignments[0].duties;
//! assert_eq!(duties[0].role, Role::Lead);
//! assert_eq!(duties[0].units[0].canonical.as_ref().unwrap().name, "江西省农业厅");
//! let nanchang = &duties[1].units[1];
//! assert_eq!((&*nanchang.text, &*nanchang.name, nanchang.kind), ("南昌市", "南昌市政府", UnitKind::Government));
//! assert_eq!(&text[nanchang.span.range()], "南昌市");
//!
//! // Tasks in document order, with what they inherit.
//! let task = notice.tasks().last().unwrap();
//! assert_eq!(task.deadline().unwrap().date.as_deref(), Some("2018-03-31"));
//! ```
//!
//! [`parse`] never fails: what is odd becomes a [`Diagnostic`]. [`parse_bytes`] finds the encoding
//! first and fails only where the bytes are no text. [`Parser`] holds options.
#![forbid(unsafe_code)]

mod block;
mod clause;
mod date;
mod decode;
mod error;
mod finding;
mod flat;
mod frame;
mod glyph;
mod input;
mod item;
mod json;
mod label;
mod lexicon;
mod marker;
mod model;
mod names;
mod number;
mod numeral;
mod outline;
mod paragraph;
mod parser;
mod pipeline;
mod predicate;
#[cfg(feature = "python")]
mod python;
mod reference;
pub mod render;
mod rule;
#[cfg(feature = "schema")]
mod schema;
mod span;
#[cfg(feature = "bench")]
#[doc(hidden)]
pub mod stages;
mod table;
mod tasks;
mod unit;
mod variants;

pub use decode::Decoded;
pub use error::Error;
pub use input::{decode, decode_as};
pub use model::*;
pub use names::{Lexicon, LexiconError, region_code};
pub use parser::Parser;
#[cfg(feature = "schema")]
pub use schema::schema;
pub use span::{Offsets, Span};
pub use tasks::{Assigned, Task, Tasks};

/// Reads a notice. Never fails: what is odd becomes a diagnostic.
#[must_use]
pub fn parse(text: &str) -> Notice<'_> {
    Parser::new().parse(text)
}

/// Decodes and reads a notice.
///
/// # Errors
/// Where the bytes are no text: see [`Error`].
pub fn parse_bytes(bytes: &[u8]) -> Result<Notice<'static>, Error> {
    Parser::new().parse_bytes(bytes)
}

/// The README's examples are tests.
#[cfg(doctest)]
#[doc = include_str!("../README.md")]
struct Readme;
