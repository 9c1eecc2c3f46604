//! The title: its lines joined, what is no part of it cut off, the organs that open it.

use super::head::is_strong;
use super::organs::split_organs;
use super::sign_off::ends_body;
use super::tail::{disclosure_kind, is_residue};
use super::{PartFrame, Reader, TITLE_LINE};
use crate::glyph::{Glyph, Page, begins, ends, find, is_close, is_open};
use crate::model::{MarkerStyle, PartKind, Str, Title, Unit, UnitKind};
use crate::number::read_number;
use crate::numeral;
use crate::paragraph::{Paragraph, is_annex_label};
use crate::{date, lexicon, marker, unit};

impl<'t> Reader<'_, 't> {
    /// The lines of a title from `at` on: the paragraph behind them, and the title's glyphs.
    pub(super) fn title_run(
        &self,
        paragraphs: &[Paragraph],
        at: usize,
        limit: usize,
    ) -> Option<(usize, usize, usize)> {
        let glyphs = &self.page.glyphs;
        let start = paragraphs[at];
        // `附件`, `附件1` over the title of what was attached.
        if is_annex_label(start.glyphs(self.page)) {
            return None;
        }
        let mut first = start.first as usize;
        // The number of the entry in a collection: `5. 关于…的通知`.
        if let Some(mark) = marker::read(&glyphs[first..start.last as usize]) {
            if mark.style != MarkerStyle::Arabic {
                return None;
            }
            first += mark.length;
        }
        first += column_name(&glyphs[first..start.last as usize]);
        // `（新政发〔2016〕21号）某区人民政府关于…`; over the document a page may say `某发〔2018〕3号《…》`.
        let bracket = usize::from(glyphs.get(first).is_some_and(|glyph| glyph.ch == '('));
        if let Some(number) = read_number(self.page, first + bracket, start.last as usize) {
            let behind = self.page.glyph_at(number.span.end) + bracket;
            match glyphs[..start.last as usize].get(behind) {
                Some(next) if next.ch == '《' => return None,
                Some(_) => first = behind,
                None => {}
            }
        }
        let strong = |first: usize, last: usize| find(&glyphs[first..last], "关于").is_some();
        let mut weak = None;
        for (index, paragraph) in paragraphs
            .iter()
            .enumerate()
            .take(limit.min(at + 7))
            .skip(at)
        {
            let body = &glyphs[first.max(paragraph.first as usize)..paragraph.last as usize];
            let stops = index > at
                && (paragraph.mark.is_some()
                    || self.is_keys(paragraph)
                    || self.is_number_line(paragraph)
                    || is_residue(body));
            if stops
                || body.iter().any(|glyph| matches!(glyph.ch, '>' | '|'))
                    && !body.iter().any(|glyph| matches!(glyph.ch, '_' | '<'))
                || body.len() > TITLE_LINE + 40
                || matches!(body.last()?.ch, '。' | '!' | '?' | ';' | ':' | ',')
                    && !body.is_empty()
                    && index >= at
            {
                break;
            }
            let last = title_end(&glyphs[..paragraph.last as usize], first);
            if last > first + 3
                && !self.is_day_line(paragraph)
                && lexicon::types()
                    .longest(unbracketed(&glyphs[first..last]))
                    .is_some()
            {
                let next = paragraphs.get(index + 1);
                // `关于印发《政府工作报告》` over `重点任务分工的通知`: a quoted title ends no other.
                let official = glyphs[last - 1].ch != '》'
                    && lexicon::types()
                        .longest(unbracketed(&glyphs[first..last]))
                        .is_some_and(|(_, official)| official);
                let goes_on = next.is_some_and(|next| {
                    self.is_title_remark(next)
                        || !(strong(first, last) && official)
                            && next.mark.is_none()
                            && self.goes_on(paragraphs, index + 1, first, limit)
                });
                if !goes_on {
                    return Some((index + 1, first, last));
                }
                weak.get_or_insert((index + 1, first, last));
            }
        }
        weak
    }

    /// Whether the line behind a possible title belongs to it: the joined line ends like a title with `关于`.
    pub(super) fn goes_on(
        &self,
        paragraphs: &[Paragraph],
        at: usize,
        first: usize,
        limit: usize,
    ) -> bool {
        let lines = (at..limit.min(at + 3)).take_while(|&index| {
            let line = paragraphs[index].glyphs(self.page);
            !ends_body(line)
                && read_number(
                    self.page,
                    paragraphs[index].first as usize,
                    paragraphs[index].last as usize,
                )
                .is_none()
        });
        lines.into_iter().any(|index| {
            let paragraph = paragraphs[index];
            let body = paragraph.glyphs(self.page);
            paragraph.mark.is_none()
                && body.len() <= TITLE_LINE
                && !ends_body(body)
                && find(&self.page.glyphs[first..paragraph.last as usize], "关于").is_some()
                && ends(unbracketed(body), "通知")
                    .or(ends(unbracketed(body), "意见"))
                    .or(ends(unbracketed(body), "函"))
                    .is_some()
        })
    }

    /// `（试行）` or a day in brackets on a line under the title.
    pub(super) fn is_title_remark(&self, paragraph: &Paragraph) -> bool {
        let glyphs = paragraph.glyphs(self.page);
        glyphs.len() <= 14
            && glyphs.len() > 2
            && is_open(glyphs[0].ch)
            && is_close(glyphs[glyphs.len() - 1].ch)
            && disclosure_kind(glyphs).is_none()
            && read_number(
                self.page,
                paragraph.first as usize + 1,
                paragraph.last as usize,
            )
            .is_none()
    }

    pub(super) fn set_title(&mut self, first: usize, last: usize) {
        let page = self.page;
        let (first, mut last) = unquoted(page, first, last);
        // A day in brackets behind the title is no part of it.
        while let Some(open) = last_bracket(&page.glyphs[first..last]) {
            let inside = first + open + 1;
            // Nor is its number.
            if let Some(number) = read_number(page, inside, last)
                && page.glyph_at(number.span.end) + 1 == last
            {
                self.frame.metadata.document_number.get_or_insert(number);
                last = first + open;
                continue;
            }
            // Nor how far its figures reach: `（截至2025年8月31日）`.
            if begins(&page.glyphs[inside..last], "截至").is_some() {
                last = first + open;
                continue;
            }
            // `（2025年3月）`, `（2024年2月经…审定）` on a line of its own says when the text was written.
            let note = &page.glyphs[inside..last - 1];
            let passed = ["通过", "审定", "批准", "修订", "修正"]
                .iter()
                .any(|word| ends(note, word).is_some());
            if page.broken(first + open) && (passed || date::is_month(note)) {
                last = first + open;
                continue;
            }
            let Some((length, day)) = date::read_day(&page.glyphs[inside..last]) else {
                break;
            };
            if inside + length + 1 < last {
                break;
            }
            self.given.title_day = Some(self.dated(inside, length, day));
            last = first + open;
        }
        let span = page.span(first, last);
        self.frame.metadata.title = Some(Title {
            text: Str::Borrowed(page.cut(span)),
            value: page.reading(first, last),
            span,
        });
        self.frame.parts.push(PartFrame {
            kind: PartKind::Notice,
            title: Some((first, last)),
            ..PartFrame::default()
        });
        let core = unbracketed(&page.glyphs[first..last]);
        let offset = first + core.len();
        if let Some((length, true)) = lexicon::types().longest(core) {
            self.frame.metadata.document_type = Some(self.text(offset - length, offset));
        }
    }

    /// The organs that open the title: before `关于`, `印发`, `转发`.
    pub(super) fn title_organs(&self) -> Option<Vec<Unit<'t>>> {
        let (first, last) = self.frame.parts.first()?.title?;
        let glyphs = &self.page.glyphs[first..last];
        let mut at = 0;
        while at < glyphs.len() {
            if glyphs[at].ch == '《' {
                return None;
            }
            if ["关于", "印发", "转发", "批转", "公布"]
                .iter()
                .any(|word| begins(&glyphs[at..], word).is_some())
            {
                break;
            }
            at += 1;
        }
        // `某市人民政府令`
        if at == glyphs.len() && ends(glyphs, "令").is_some() {
            at -= 1;
        }
        if at < 3 || at == glyphs.len() {
            return None;
        }
        // `某市某区关于…`: an area issues nothing.
        let organs = split_organs(self.page, first, first + at);
        let one = organs
            .iter()
            .any(|organ| organ.kind != UnitKind::Government || unit::is_organ(self.glyphs(organ)));
        one.then_some(organs)
    }
}

impl Reader<'_, '_> {
    fn glyphs(&self, unit: &Unit<'_>) -> &[Glyph] {
        &self.page.glyphs[self.page.range(unit.span)]
    }
}

/// Without the book marks that a page sets around a whole title: `《某市人民政府关于…的通知》`.
fn unquoted(page: &Page<'_>, first: usize, last: usize) -> (usize, usize) {
    let glyphs = &page.glyphs[first..last];
    let mut depth = 0;
    let end = glyphs.iter().position(|glyph| {
        depth += i32::from(glyph.ch == '《') - i32::from(glyph.ch == '》');
        depth == 0
    });
    let whole = glyphs[0].ch == '《' && end == Some(glyphs.len() - 1);
    if whole && is_strong(glyphs) {
        (first + 1, last - 1)
    } else {
        (first, last)
    }
}

/// The name of a page's column in front of a title, `政策文件丨`, `权威发布 | `: how many glyphs.
fn column_name(line: &[Glyph]) -> usize {
    line.iter()
        .take(9)
        .position(|glyph| matches!(glyph.ch, '丨' | '|'))
        .filter(|&bar| bar > 1 && is_strong(&line[bar + 1..]))
        .map_or(0, |bar| bar + 1)
}

/// Where a title ends: before the tail of a web title, `_政策文件_省政府`.
pub(super) fn title_end(glyphs: &[Glyph], first: usize) -> usize {
    (first..glyphs.len())
        .find(|&at| matches!(glyphs[at].ch, '_' | '|') && at > first + 4)
        .unwrap_or(glyphs.len())
}

/// Without the brackets at the end.
pub(super) fn unbracketed(glyphs: &[Glyph]) -> &[Glyph] {
    match last_bracket(glyphs) {
        Some(open) if open > 2 => unbracketed(&glyphs[..open]),
        _ => match glyphs.last() {
            Some(last) if matches!(last.ch, '》' | '”') => &glyphs[..glyphs.len() - 1],
            _ => glyphs,
        },
    }
}

/// Where the bracket opens that closes at the end.
pub(super) fn last_bracket(glyphs: &[Glyph]) -> Option<usize> {
    if !is_close(glyphs.last()?.ch) {
        return None;
    }
    let mut depth = 0;
    let from = glyphs.len().saturating_sub(60);
    glyphs[from..]
        .iter()
        .rposition(|glyph| {
            if is_close(glyph.ch) {
                depth += 1;
            } else if is_open(glyph.ch) {
                depth -= 1;
            }
            depth == 0
        })
        .map(|at| from + at)
}

/// The year of the work, `2025年` or `二〇二五年` in the title; none where it names a span of years.
pub(super) fn title_year(title: &[Glyph]) -> Option<u32> {
    let years = (0..title.len()).filter(|&at| title[at].ch == '年');
    years.filter_map(|at| at.checked_sub(4)).find_map(|start| {
        let (year, length) = numeral::read_year(&title[start..])?;
        let within = &title[..start];
        let spans = matches!(within.last(), Some(before)
            if before.ch.is_ascii_digit() || matches!(before.ch, '-' | '—' | '至' | '～'));
        (length == 4 && !spans).then_some(u32::from(year))
    })
}
