//! Chinese official documents (`公文`) to typed JSON.
#![forbid(unsafe_code)]

mod model;
pub mod render;
mod span;
mod tasks;

pub use model::*;
pub use span::{Offsets, Span};
pub use tasks::{Assigned, Task, Tasks};

/// Reads a notice.
#[must_use]
pub fn parse(text: &str) -> Notice<'_> {
    let all = Span::new(0, text.len() as u32);
    Notice {
        schema: SCHEMA.into(),
        source: Source {
            name: None,
            encoding: "UTF-8".into(),
            encoding_from: EncodingFrom::Given,
            bytes: text.len() as u64,
            sha256: None,
            replaced: 0,
            offsets: Offsets::Bytes,
            extracted_from: None,
        },
        metadata: Metadata::default(),
        parts: vec![Part {
            kind: PartKind::Notice,
            title: None,
            span: all,
            blocks: vec![],
            items: vec![],
            assignments: vec![],
        }],
        rules: vec![],
        diagnostics: vec![],
    }
}
