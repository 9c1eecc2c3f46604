//! Findings for other programs: SARIF 2.1.0, one run over all documents.
//!
//! Written as it comes: [`begin`] (tool and rules), the results of each document, [`end`].
//! Columns count Unicode characters, from 1.

use std::fmt::Write as _;
use std::io::{self, Write};

use gongwen::{Code, Diagnostic, Notice, Severity};
use serde_json::{Value, json};

/// Head, with a rule for each code.
pub fn begin(out: &mut impl Write) -> io::Result<()> {
    let rules: Vec<Value> = Code::ALL
        .iter()
        .map(|code| {
            json!({
                "id": code.as_str(),
                "shortDescription": {"text": code.meaning()},
                "defaultConfiguration": {"level": level(code.severity())},
            })
        })
        .collect();
    let driver = json!({
        "name": "gongwen",
        "version": env!("CARGO_PKG_VERSION"),
        "semanticVersion": env!("CARGO_PKG_VERSION"),
        "rules": rules,
    });
    writeln!(
        out,
        "{{\"$schema\":\"https://json.schemastore.org/sarif-2.1.0.json\",\"version\":\"2.1.0\",\"runs\":[\
         {{\"tool\":{{\"driver\":{driver}}},\"columnKind\":\"unicodeCodePoints\",\"results\":["
    )
}

/// A line for each finding of a document, with commas between.
pub fn write(out: &mut impl Write, notice: &Notice<'_>, text: &str) -> io::Result<()> {
    let uri = uri(notice.source.name.as_deref().unwrap_or("stdin"));
    for (place, found) in notice.diagnostics.iter().enumerate() {
        out.write_all(if place == 0 { b"" } else { b",\n" })?;
        write!(out, "{}", result(&uri, found, text))?;
    }
    Ok(())
}

/// Foot.
pub fn end(out: &mut impl Write) -> io::Result<()> {
    out.write_all(b"\n]}]}\n")
}

fn result(uri: &str, found: &Diagnostic<'_>, text: &str) -> Value {
    let (end_line, end_column) = end_of(found, text);
    json!({
        "ruleId": found.code.as_str(),
        "ruleIndex": Code::ALL.iter().position(|&code| code == found.code),
        "level": level(found.severity),
        "message": {"text": found.message},
        "locations": [{"physicalLocation": {
            "artifactLocation": {"uri": uri},
            "region": {
                "startLine": found.line,
                "startColumn": found.column,
                "endLine": end_line,
                "endColumn": end_column,
            },
        }}],
    })
}

fn level(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Info => "note",
    }
}

/// Line and column behind the last character of the finding.
fn end_of(found: &Diagnostic<'_>, text: &str) -> (u32, u32) {
    let covered = text.get(found.span.range()).unwrap_or_default();
    let mut place = (found.line, found.column);
    let mut characters = covered.chars().peekable();
    while let Some(c) = characters.next() {
        place = match c {
            '\r' if characters.peek() == Some(&'\n') => place,
            '\n' | '\r' => (place.0 + 1, 1),
            _ => (place.0, place.1 + 1),
        };
    }
    place
}

/// A path as a relative or absolute URI reference (RFC 3986).
fn uri(path: &str) -> String {
    path.bytes().fold(String::new(), |mut uri, byte| {
        match byte {
            b'/' | b'-' | b'.' | b'_' | b'~' => uri.push(char::from(byte)),
            _ if byte.is_ascii_alphanumeric() => uri.push(char::from(byte)),
            _ => _ = write!(uri, "%{byte:02X}"),
        }
        uri
    })
}

#[cfg(test)]
mod tests {
    use gongwen::Span;

    use super::*;

    #[test]
    fn paths_become_uri_references() {
        assert_eq!(uri("通知/a b.txt"), "%E9%80%9A%E7%9F%A5/a%20b.txt");
    }

    #[test]
    fn a_finding_ends_behind_its_last_character() {
        let check = |text: &str, expected| {
            let found = Diagnostic {
                code: Code::UnclosedClause,
                severity: Severity::Warning,
                message: "".into(),
                span: Span::new(0, text.len() as u32),
                line: 4,
                column: 7,
                item: None,
            };
            assert_eq!(end_of(&found, text), expected);
        };
        check("", (4, 7));
        check("（责任单位", (4, 12));
        check("责任\r\n单位", (5, 3));
        check("责\n\n任", (6, 2));
    }
}
