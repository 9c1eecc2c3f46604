//! What is odd, as a room finds it; and all findings in, diagnostics out: in the order of the text, so many of each code,
//! with lines and columns.

use crate::model::{Code, Diagnostic, Str};
use crate::span::Span;

/// Findings of one code that are shown; the rest is counted.
const SHOWN: usize = 200;

/// A finding before its line and column are worked out.
#[derive(Clone, Debug)]
pub(crate) struct Finding<'t> {
    pub code: Code,
    pub span: Span,
    pub message: Str<'t>,
    /// The id of the item that it concerns, where the room knows it.
    pub item: Option<Str<'t>>,
}

impl<'t> Finding<'t> {
    pub(crate) fn new(code: Code, span: Span, message: impl Into<Str<'t>>) -> Self {
        Self {
            code,
            span,
            message: message.into(),
            item: None,
        }
    }

    /// The same finding, of this item.
    pub(crate) fn of(self, item: Option<Str<'t>>) -> Self {
        Self { item, ..self }
    }
}

/// Sorts findings, caps each code, and works out lines and columns.
pub(crate) fn place<'t>(text: &str, mut findings: Vec<Finding<'t>>) -> Vec<Diagnostic<'t>> {
    findings.sort_by_key(|finding| (finding.span.start, finding.code));
    let mut counts = std::collections::BTreeMap::new();
    let mut placed = Vec::with_capacity(findings.len());
    let mut position = Position::default();
    for finding in findings {
        let count = counts.entry(finding.code).or_insert(0);
        *count += 1;
        if *count > SHOWN {
            continue;
        }
        position.advance(text, finding.span.start as usize);
        placed.push(Diagnostic {
            code: finding.code,
            severity: finding.code.severity(),
            message: finding.message,
            span: finding.span,
            line: position.line + 1,
            column: position.column + 1,
            item: finding.item,
        });
    }
    for (code, count) in counts {
        if count > SHOWN {
            placed.push(Diagnostic {
                code: Code::FindingsCapped,
                severity: Code::FindingsCapped.severity(),
                message: format!("“{code}”另有{}处未列出", count - SHOWN).into(),
                span: Span::new(0, 0),
                line: 1,
                column: 1,
                item: None,
            });
        }
    }
    placed
}

/// A place in the text, moved forward only.
#[derive(Default)]
struct Position {
    at: usize,
    line: u32,
    column: u32,
}

impl Position {
    fn advance(&mut self, text: &str, to: usize) {
        let bytes = text.as_bytes();
        while self.at < to {
            let byte = bytes[self.at];
            self.at += 1;
            if byte == b'\n' || byte == b'\r' && bytes.get(self.at) != Some(&b'\n') {
                self.line += 1;
                self.column = 0;
            } else if text.is_char_boundary(self.at) {
                self.column += 1;
            }
        }
    }
}
