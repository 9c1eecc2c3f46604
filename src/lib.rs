//! Chinese official documents (`公文`) to typed JSON.
#![forbid(unsafe_code)]

mod clause;
mod date;
mod decode;
mod error;
mod flat;
mod frame;
mod glyph;
mod item;
mod json;
mod label;
mod lexicon;
mod marker;
mod model;
mod names;
mod numeral;
mod outline;
mod paragraph;
mod parser;
mod pipeline;
mod reference;
pub mod render;
mod rule;
#[cfg(feature = "schema")]
mod schema;
mod span;
mod tasks;
mod unit;

pub use decode::{Decoded, decode, decode_as};
pub use error::Error;
pub use model::*;
pub use names::{Lexicon, LexiconError};
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
