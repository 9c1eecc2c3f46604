//! Paragraphs in, the documents that they name out.
//!
//! ```text
//! reference = "《" title "》" ("(" number ")")?
//! ```
//!
//! | words around it | relation |
//! |---|---|
//! | `根据` `依据` `按照` before | basis |
//! | `贯彻` `落实` before | implements |
//! | `印发` `转发` before, `现印发` behind | forwards |
//! | `废止` `停止执行` in the sentence | repeals |
//! | other | mentions |
//!
//! A title counts where it ends like one, or a document number follows; each title is named once.

use crate::glyph::{Glyph, Page, ends, find, is_close, is_open};
use crate::lexicon;
use crate::model::{Reference, Relation, Str};
use crate::number::read_number;
use crate::paragraph::Paragraph;

/// Glyphs of a title, and references of a document, that are read.
const TITLE: usize = 120;
const MOST: usize = 500;

/// Glyphs of a sentence that are looked at on either side of a reference.
const SENTENCE: usize = 160;

/// Finds the documents that these paragraphs name.
pub(crate) fn read_references<'t>(page: &Page<'t>, paragraphs: &[Paragraph]) -> Vec<Reference<'t>> {
    let mut references: Vec<Reference<'t>> = Vec::new();
    let mut known = std::collections::HashSet::new();
    for paragraph in paragraphs {
        let (first, last) = (paragraph.first as usize, paragraph.last as usize);
        let mut at = first;
        while let Some(skip) = page.glyphs[at.min(last)..last]
            .iter()
            .position(|glyph| glyph.ch == '《')
        {
            at += skip;
            let Some(close) = closing(&page.glyphs, at, last) else {
                at += 1;
                continue;
            };
            if let Some((reference, end)) = read_reference(page, first, at, close, last) {
                if references.len() < MOST
                    && reference
                        .title
                        .clone()
                        .is_none_or(|title| known.insert(title))
                {
                    references.push(reference);
                }
                at = end;
            } else {
                at = close + 1;
            }
        }
    }
    references
}

/// The `》` of a `《`, over titles inside the title.
fn closing(glyphs: &[Glyph], open: usize, last: usize) -> Option<usize> {
    let mut depth = 0;
    (open..last.min(open + TITLE)).find(|&at| {
        match glyphs[at].ch {
            '《' => depth += 1,
            '》' => depth -= 1,
            _ => {}
        }
        depth == 0
    })
}

/// One reference, and the glyph behind it.
fn read_reference<'t>(
    page: &Page<'t>,
    first: usize,
    open: usize,
    close: usize,
    last: usize,
) -> Option<(Reference<'t>, usize)> {
    let glyphs = &page.glyphs;
    let mut end = close + 1;
    let mut number = None;
    if glyphs
        .get(end)
        .is_some_and(|glyph| end < last && is_open(glyph.ch))
        && let Some(read) = read_number(page, end + 1, last)
    {
        let behind = page.glyph_at(read.span.end);
        if behind < last && is_close(glyphs[behind].ch) {
            end = behind + 1;
            number = Some(read.value);
        }
    }
    let title = &glyphs[open + 1..close];
    let core = match title.iter().rposition(|glyph| is_open(glyph.ch)) {
        Some(bracket) if bracket > 2 && is_close(title[title.len() - 1].ch) => &title[..bracket],
        _ => title,
    };
    let document = lexicon::types().longest(core).is_some()
        || ["法", "宪法", "党章"]
            .iter()
            .any(|word| ends(core, word).is_some());
    if core.len() < 3 || !document && number.is_none() {
        return None;
    }
    let span = page.span(open, end);
    // `…关于印发` over `《…》的通知`: a title of two lines.
    let before = if open == first {
        open.saturating_sub(2)
    } else {
        first
    };
    let relation = relation(&glyphs[before..open], &glyphs[end..last]);
    let reference = Reference {
        text: Str::Borrowed(page.cut(span)),
        title: Some(page.reading(open + 1, close)),
        document_number: number,
        relation,
        span,
    };
    Some((reference, end))
}

/// Why it is named: the words around it, within its sentence.
fn relation(before: &[Glyph], behind: &[Glyph]) -> Relation {
    let ends = |glyph: &Glyph| matches!(glyph.ch, '。' | ';');
    let before = &before[before.len().saturating_sub(SENTENCE)..];
    let before = &before[before.iter().rposition(ends).map_or(0, |at| at + 1)..];
    let behind = &behind[..behind.len().min(SENTENCE)];
    let behind = &behind[..behind.iter().position(ends).unwrap_or(behind.len())];
    let has = |words: &[&str]| words.iter().any(|word| find(behind, word).is_some());
    let words = || {
        let at = (0..before.len()).rev();
        at.filter_map(|at| Some(lexicon::relations().longest(&before[at..])?.1))
            .filter(|&relation| relation != Relation::Mentions)
    };
    if has(&["废止", "停止执行", "失效"]) || words().any(|word| word == Relation::Repeals) {
        return Relation::Repeals;
    }
    // The nearest word before decides.
    if let Some(relation) = words().next() {
        return relation;
    }
    if has(&["现印发", "现转发", "印发给你们", "转发给你们"]) {
        return Relation::Forwards;
    }
    Relation::Mentions
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::paragraph::{read_layout, read_paragraphs};

    fn check(text: &str, expected: &[(&str, Option<&str>, Relation)]) {
        let page = Page::new(text);
        let paragraphs = read_paragraphs(&page, read_layout(&page, &[]), &[]);
        let read = read_references(&page, &paragraphs);
        let read: Vec<_> = read
            .iter()
            .map(|reference| {
                (
                    reference.title.as_deref().unwrap_or(""),
                    reference.document_number.as_deref(),
                    reference.relation,
                )
            })
            .collect();
        assert_eq!(read, expected, "{text}");
    }

    #[test]
    fn reads_references() {
        check(
            "为贯彻落实《省政府关于春耕的通知》（省府字〔2018〕64 号），根据《土地管理法》，提出如下安排。",
            &[
                (
                    "省政府关于春耕的通知",
                    Some("省府字〔2018〕64号"),
                    Relation::Implements,
                ),
                ("土地管理法", None, Relation::Basis),
            ],
        );
        check(
            "《春耕工作方案》已经省政府同意，现印发给你们。",
            &[("春耕工作方案", None, Relation::Forwards)],
        );
        check(
            "《旧办法》同时废止。",
            &[("旧办法", None, Relation::Repeals)],
        );
        check(
            "核发《不动产权证》，参见《关于转发〈意见〉的通知》。",
            &[("关于转发〈意见〉的通知", None, Relation::Mentions)],
        );
    }
}
