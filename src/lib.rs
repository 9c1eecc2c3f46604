//! Chinese official documents (`公文`) to typed JSON.
#![forbid(unsafe_code)]

mod decode;
mod error;
mod input;
mod model;
mod parser;
#[cfg(feature = "schema")]
mod schema;
mod span;

pub use decode::Decoded;
pub use error::Error;
pub use input::{decode, decode_as};
pub use model::*;
pub use parser::Parser;
#[cfg(feature = "schema")]
pub use schema::schema;
pub use span::{Offsets, Span};

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

/// Stands in for the pipeline.
fn pipeline<'t>(text: &'t str, source: Source<'t>, _options: &Parser) -> Notice<'t> {
    Notice {
        schema: SCHEMA.into(),
        source,
        metadata: Metadata::default(),
        parts: vec![Part {
            kind: PartKind::Notice,
            title: None,
            span: Span::new(0, text.len() as u32),
            blocks: vec![],
            items: vec![],
            assignments: vec![],
        }],
        rules: vec![],
        diagnostics: vec![],
    }
}
