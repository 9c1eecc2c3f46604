//! The title of a part: where the notice cites it, and where it stands again over what is forwarded.

use super::sign_off::ends_body;
use super::title::unbracketed;
use super::{Reader, TITLE_LINE};
use crate::glyph::{begins, is_close, is_open};
use crate::lexicon;
use crate::model::BlockKind;
use crate::paragraph::Paragraph;

/// Titles that a notice cites or lists, each looked for at the head of every paragraph.
pub(super) const CITED: usize = 64;

impl Reader<'_, '_> {
    /// The titles that the notice cites in `《》`.
    pub(super) fn cited(
        &self,
        paragraphs: &[Paragraph],
        body: usize,
        end: usize,
    ) -> Vec<(usize, usize)> {
        let glyphs = &self.page.glyphs;
        let mut cited = Vec::new();
        for paragraph in paragraphs[body.min(end)..end].iter().take(12) {
            let (first, last) = (paragraph.first as usize, paragraph.last as usize);
            let mut at = first;
            while at < last && cited.len() < CITED {
                if glyphs[at].ch == '《' {
                    let mut depth = 0;
                    let close = (at..last.min(at + 140)).find(|&at| {
                        depth += match glyphs[at].ch {
                            '《' => 1,
                            '》' => -1,
                            _ => 0,
                        };
                        depth == 0
                    });
                    if let Some(close) = close {
                        if close - at > 6 {
                            cited.push((at + 1, close));
                        }
                        at = close;
                    }
                }
                at += 1;
            }
        }
        cited
    }

    /// Where a cited title that begins at this glyph ends; quotes and book marks count for nothing.
    pub(super) fn cited_at(&self, cited: &[(usize, usize)], start: usize) -> Option<usize> {
        let glyphs = &self.page.glyphs;
        let quiet = |ch: char| {
            matches!(
                ch,
                '《' | '》' | '“' | '”' | '‘' | '’' | '"' | '\'' | '<' | '>'
            )
        };
        // A few in a row: what is nothing but marks is no title.
        let skip = |at: usize, quiet: &dyn Fn(char) -> bool| {
            let behind = glyphs[at..].iter().take(4);
            at + behind.take_while(|glyph| quiet(glyph.ch)).count()
        };
        let match_end = |&(first, last): &(usize, usize)| {
            let mut at = start;
            for cited in glyphs[first..last].iter().filter(|glyph| !quiet(glyph.ch)) {
                at = skip(at, &quiet);
                if at >= glyphs.len() || glyphs[at].ch != cited.ch {
                    return None;
                }
                at += 1;
            }
            at = skip(at, &|ch| matches!(ch, '”' | '》' | '’' | '"'));
            (first != start).then_some(at)
        };
        cited.iter().filter_map(match_end).max()
    }

    /// Whether a cited title that a paragraph begins with is a title there, and no citation again.
    pub(super) fn may_be_title(&self, paragraph: &Paragraph, end: usize) -> bool {
        let glyphs = paragraph.glyphs(self.page);
        let rest = &self.page.glyphs[end.min(paragraph.last as usize)..paragraph.last as usize];
        let goes_on = [
            "已", "和《", "、《", "经", "印发", ",", "是", "中", "的", "自",
        ]
        .iter()
        .any(|word| begins(rest, word).is_some());
        !(goes_on || glyphs[0].ch == '《' && glyphs.iter().any(|glyph| glyph.ch == '。'))
    }

    /// The title of a part from glyph `from` of a paragraph on: the paragraph behind it, and its glyphs.
    pub(super) fn read_part_title(
        &mut self,
        paragraphs: &mut Vec<Paragraph>,
        at: usize,
        from: usize,
        cited: &[(usize, usize)],
        tail: &mut usize,
    ) -> (usize, Option<(usize, usize)>) {
        if at >= *tail {
            return (at, None);
        }
        let few = self.frame.parts.len() <= CITED;
        if let Some(end) = self
            .cited_at(cited, from)
            .filter(|&end| few && self.may_be_title(&paragraphs[at], end))
        {
            let (behind, end) = self.claim_cited(paragraphs, at, end, tail);
            return (behind, Some((from, end)));
        }
        match self.written_title(paragraphs, at, from, *tail) {
            Some((behind, end)) => {
                self.claim_title(paragraphs, at..behind);
                (behind, Some((from, end)))
            }
            None => (at, None),
        }
    }

    /// Takes the paragraphs from `at` on up to glyph `end` as a title: the paragraph behind it, and its end
    /// with what else stands on its line. A title that runs into the body parts its paragraph in two, at the
    /// cost of moving all behind it.
    fn claim_cited(
        &mut self,
        paragraphs: &mut Vec<Paragraph>,
        at: usize,
        end: usize,
        tail: &mut usize,
    ) -> (usize, usize) {
        let page = self.page;
        let mut index = at;
        while index + 1 < paragraphs.len() && (paragraphs[index].last as usize) < end {
            index += 1;
        }
        self.frame.roles[at..=index].fill(Some(BlockKind::Title));
        let whole = paragraphs[index];
        let last = whole.last as usize;
        let Some(rest) = page.glyphs.get(end..last).filter(|rest| !rest.is_empty()) else {
            return (index + 1, end);
        };
        let bracket = is_open(rest[0].ch) && is_close(rest[rest.len() - 1].ch) && rest.len() <= 14;
        if bracket || rest.len() <= 24 && !ends_body(rest) {
            return (index + 1, last);
        }
        paragraphs[index].last = end as u32;
        paragraphs[index].last_line = page.line_at(page.glyphs[end - 1].at) as u32;
        let body = Paragraph {
            line: page.line_at(page.glyphs[end].at) as u32,
            first: end as u32,
            mark: None,
            ..whole
        };
        paragraphs.insert(index + 1, body);
        self.frame.roles.insert(index + 1, None);
        *tail += 1;
        (index + 1, end)
    }

    /// A title that nothing cites, by the type of document at its end, or under its label: the paragraph behind
    /// it, and where it ends.
    fn written_title(
        &self,
        paragraphs: &[Paragraph],
        at: usize,
        from: usize,
        tail: usize,
    ) -> Option<(usize, usize)> {
        let mut last = None;
        for (index, paragraph) in paragraphs
            .iter()
            .enumerate()
            .take(tail.min(at + 5))
            .skip(at)
        {
            let body = paragraph.glyphs(self.page);
            if index > at && (paragraph.mark.is_some() || self.frame.roles[index].is_some())
                || body.is_empty()
                || ends_body(body)
                || body.len() > TITLE_LINE
                || self.is_day_line(paragraph)
            {
                break;
            }
            let core = unbracketed(body);
            let typed = lexicon::types().longest(core).is_some();
            let remark = index > at && self.is_title_remark(paragraph);
            if typed || remark && last.is_some() {
                last = Some((index + 1, paragraph.last as usize));
                if remark {
                    break;
                }
            } else if last.is_some() {
                break;
            }
        }
        // A line under `附件` is the title whatever it ends with.
        if last.is_none() && from > paragraphs[at].first as usize
            || last.is_none() && at > 0 && self.frame.roles[at - 1] == Some(BlockKind::Title)
        {
            let body = paragraphs[at].glyphs(self.page);
            if !ends_body(body)
                && paragraphs[at].mark.is_none()
                && body.len() <= 60
                && body.len() >= 3
            {
                last = Some((at + 1, paragraphs[at].last as usize));
            }
        }
        last
    }
}
