//! Findings as a compiler shows them: in a notice with its text, out lines for people.
//!
//! ```text
//! warning[numbering-gap]: （十七）缺失
//!  --> notice.txt:31:1
//!   |
//! 31 | （十八）全力争取…
//!   | ^^^^^^^^
//! ```
//!
//! A finding over several lines shows the first. Of a very long line, the stretch around it is shown.

use std::io::{self, Write};
use std::ops::Range;

use annotate_snippets::{AnnotationKind, Level, Origin, Renderer, Snippet};
use gongwen::{Diagnostic, Notice, Severity};

/// How much of a line is looked at on each side of a finding, in bytes.
const AROUND: usize = 16 * 1024;

/// Writes all findings of a notice, whose spans count bytes of `text`.
pub fn write(
    out: &mut impl Write,
    notice: &Notice<'_>,
    text: &str,
    styled: bool,
) -> io::Result<()> {
    let renderer = if styled {
        Renderer::styled()
    } else {
        Renderer::plain()
    };
    let name = notice.source.name.as_deref().unwrap_or("<stdin>");
    for found in &notice.diagnostics {
        writeln!(out, "{}\n", show(&renderer, name, found, text))?;
    }
    Ok(())
}

fn show(renderer: &Renderer, name: &str, found: &Diagnostic<'_>, text: &str) -> String {
    let level = match found.severity {
        Severity::Error => Level::ERROR,
        Severity::Warning => Level::WARNING,
        Severity::Info => Level::INFO,
    };
    let (line, span) = stretch(text, found.span.range());
    let whole = line[..span.start].chars().count() + 1 == found.column as usize;
    let snippet = Snippet::source(line)
        .line_start(found.line as usize)
        .annotation(AnnotationKind::Primary.span(span));
    let title = level.primary_title(&*found.message).id(found.code.as_str());
    renderer.render(&[if whole {
        title.element(snippet.path(name))
    } else {
        let origin = Origin::path(name).line(found.line as usize);
        title
            .element(origin.char_column(found.column as usize))
            .element(snippet)
    }])
}

/// The first line of the span, or what of it is near, and the span within.
fn stretch(text: &str, span: Range<usize>) -> (&str, Range<usize>) {
    let at = boundary(text, span.start.min(text.len()));
    let floor = boundary(text, at.saturating_sub(AROUND));
    let start = text[floor..at]
        .rfind(LINE_END)
        .map_or(floor, |end| floor + end + 1);
    let ceiling = boundary(text, at.saturating_add(AROUND).min(text.len()));
    let end = text[at..ceiling]
        .find(LINE_END)
        .map_or(ceiling, |end| at + end);
    let last = boundary(text, span.end.clamp(at, end));
    (&text[start..end], at - start..last - start)
}

const LINE_END: [char; 2] = ['\n', '\r'];

/// The last start of a character that is not behind `at`.
fn boundary(text: &str, at: usize) -> usize {
    (0..=at)
        .rev()
        .find(|&at| text.is_char_boundary(at))
        .unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use gongwen::{Code, Span};

    use super::*;

    #[track_caller]
    fn check(text: &str, marked: &str, line: u32, column: u32, expected: &str) {
        let found = finding(text.find(marked).unwrap(), marked, line, column);
        let shown = show(&Renderer::plain(), "春耕.txt", &found, text);
        assert_eq!(shown, expected.trim_end());
    }

    fn finding(start: usize, marked: &str, line: u32, column: u32) -> Diagnostic<'static> {
        Diagnostic {
            code: Code::NumberingGap,
            severity: Severity::Warning,
            message: "（一）缺失".into(),
            span: Span::new(start as u32, (start + marked.len()) as u32),
            line,
            column,
            item: None,
        }
    }

    #[test]
    fn the_caret_stands_under_double_width_characters() {
        check(
            "一、总则\n（二）抓好春耕",
            "（二）",
            2,
            1,
            "\
warning[numbering-gap]: （一）缺失
 --> 春耕.txt:2:1
  |
2 | （二）抓好春耕
  | ^^^^^^
",
        );
        check(
            "一、总则\r\n抓好（二）春耕\r\n",
            "（二）",
            2,
            3,
            "\
warning[numbering-gap]: （一）缺失
 --> 春耕.txt:2:3
  |
2 | 抓好（二）春耕
  |     ^^^^^^
",
        );
    }

    #[test]
    fn long_lines_and_long_findings_are_cut() {
        let (head, tail) = ("春".repeat(100), "耕".repeat(40));
        check(&format!("{head}（二）{tail}"), "（二）", 1, 101, "\
warning[numbering-gap]: （一）缺失
 --> 春耕.txt:1:101
  |
1 | ... 春春春春春春春春春春春春春春春春春春春春春春春春春春春春春春（二）耕耕耕耕耕耕耕耕耕耕耕耕耕耕耕耕耕耕耕耕耕耕耕耕耕耕耕耕耕耕耕...
  |                                                                 ^^^^^^
");
        let (head, tail) = ("春".repeat(100_000), "耕".repeat(100_000));
        let found = finding(100_000 * 3, "（二）", 1, 100_001);
        let shown = show(
            &Renderer::plain(),
            "春耕.txt",
            &found,
            &format!("{head}（二）{tail}"),
        );
        assert!(
            shown.contains("春耕.txt:1:100001\n") && shown.contains("春（二）耕"),
            "{shown}"
        );
        assert!(shown.len() < 1000);
        check(
            "一、总则\n二、分则",
            "总则\n二、",
            1,
            3,
            "\
warning[numbering-gap]: （一）缺失
 --> 春耕.txt:1:3
  |
1 | 一、总则
  |     ^^^^
",
        );
        check(
            "一、",
            "",
            1,
            1,
            "\
warning[numbering-gap]: （一）缺失
 --> 春耕.txt:1:1
  |
1 | 一、
  | ^
",
        );
    }
}
