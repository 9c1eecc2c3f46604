//! Lists of attachments: `附件：1. …` and the lines behind it.

use super::part_title::CITED;
use super::sign_off::ends_body;
use super::title::unbracketed;
use super::{Reader, TITLE_LINE};
use crate::glyph::{Glyph, begins, is_close, is_open};
use crate::label::{self, LabelKind};
use crate::model::{BlockKind, MarkerStyle};
use crate::paragraph::{Paragraph, is_annex_label};
use crate::{marker, unit};

impl Reader<'_, '_> {
    /// `附件：1. …` before the signature, or a line behind it: whether the paragraph belongs to the list.
    pub(super) fn read_listed(&mut self, at: usize, paragraph: &Paragraph, listing: bool) -> bool {
        let glyphs = paragraph.glyphs(self.page);
        let plain = paragraph.mark.is_none();
        if plain && self.read_announced(paragraph) {
            self.frame.roles[at] = Some(BlockKind::AttachmentList);
            return true;
        }
        // The organ that signs is none either, nor an item that goes on behind the list, nor a task.
        let signs = plain && unit::is_organ(unbracketed(glyphs));
        let item = paragraph.mark.is_some_and(|mark| {
            !matches!(mark.style, MarkerStyle::Arabic | MarkerStyle::ArabicParen)
        }) || holds_label(glyphs);
        if !listing || signs || item || glyphs.len() > 80 || glyphs[glyphs.len() - 1].ch == '。' {
            return false;
        }
        // `（本文有删减）` is no attachment.
        let remark = plain && is_open(glyphs[0].ch) && is_close(glyphs[glyphs.len() - 1].ch);
        self.frame.roles[at] = Some(if remark {
            BlockKind::Furniture
        } else {
            self.read_attachment(paragraph.first as usize, paragraph.last as usize);
            BlockKind::AttachmentList
        });
        true
    }

    /// `附件：1. …` over `2. …`, also `附件：` over both, wherever it stands: the paragraph behind the list.
    pub(super) fn numbered_list(
        &self,
        paragraphs: &[Paragraph],
        at: usize,
        tail: usize,
    ) -> Option<usize> {
        let page = self.page;
        let glyphs = paragraphs[at].glyphs(page);
        let label = begins(glyphs, "附件").or_else(|| begins(glyphs, "附表"))?;
        let colon = usize::from(glyphs.get(label).is_some_and(|glyph| glyph.ch == ':'));
        let rest = &glyphs[label + colon..];
        // `附件：` over a title, and the annex with its own label behind it.
        if let [title, annex, ..] = &paragraphs[at + 1..tail]
            && rest.is_empty()
            && colon > 0
            && title.mark.is_none()
            && title.glyphs(page).len() <= TITLE_LINE
            && !ends_body(title.glyphs(page))
            && is_annex_label(annex.glyphs(page))
        {
            return Some(at + 2);
        }
        let first = marker::read(rest).filter(|_| colon > 0);
        let mut next = match first {
            Some(mark) if mark.style == MarkerStyle::Arabic && mark.ordinal == Some(1) => 2,
            None if rest.is_empty() => 1,
            _ => return None,
        };
        let entries = paragraphs[at + 1..tail].iter().take_while(|paragraph| {
            let entry = paragraph.glyphs(page);
            let numbered = paragraph.mark.is_some_and(|mark| {
                mark.style == MarkerStyle::Arabic && mark.ordinal == Some(next)
            });
            next += 1;
            // `加强领导（责任单位：市教育局）` is a task.
            numbered && !holds_label(entry) && entry.len() <= TITLE_LINE && !ends_body(entry)
        });
        let end = at + 1 + entries.count();
        // Items that go on behind it have it inside them.
        if end < tail && paragraphs[end].mark.is_some() {
            return None;
        }
        let enough = end - at >= if rest.is_empty() { 3 } else { 2 };
        enough.then_some(end)
    }

    /// The attachments of such a list; their titles may stand again over the annexes.
    pub(super) fn read_numbered(
        &mut self,
        paragraphs: &mut [Paragraph],
        at: usize,
        cited: &mut Vec<(usize, usize)>,
    ) {
        let listed = self.frame.metadata.attachments.len();
        self.read_announced(&paragraphs[at]);
        for paragraph in &mut paragraphs[at + 1..] {
            self.read_attachment(paragraph.first as usize, paragraph.last as usize);
            paragraph.mark = None;
        }
        self.frame.roles[at..paragraphs.len()].fill(Some(BlockKind::AttachmentList));
        self.cite_attachments(listed, cited);
    }

    /// Looks for the titles of attachments from `listed` on over the annexes.
    fn cite_attachments(&self, listed: usize, cited: &mut Vec<(usize, usize)>) {
        cited.extend(
            self.frame.metadata.attachments[listed..]
                .iter()
                .take(CITED.saturating_sub(cited.len()))
                .map(|text| self.page.range(text.span))
                .map(|glyphs| (glyphs.start, glyphs.end)),
        );
    }

    /// `附件：…（略）` behind the signature; its title may stand again over the annex.
    pub(super) fn read_omitted(
        &mut self,
        at: usize,
        paragraph: &Paragraph,
        cited: &mut Vec<(usize, usize)>,
    ) {
        self.frame.roles[at] = Some(BlockKind::AttachmentList);
        let listed = self.frame.metadata.attachments.len();
        self.read_announced(paragraph);
        self.cite_attachments(listed, cited);
    }

    /// The attachment behind `附件` and a colon not far from it; whether there is one.
    fn read_announced(&mut self, paragraph: &Paragraph) -> bool {
        let glyphs = paragraph.glyphs(self.page);
        let label = begins(glyphs, "附件").or_else(|| begins(glyphs, "附表"));
        let colon = label.and_then(|length| {
            (length..glyphs.len().min(length + 4)).find(|&at| glyphs[at].ch == ':')
        });
        let Some(colon) = colon.filter(|colon| colon + 1 < glyphs.len()) else {
            return false;
        };
        self.read_attachment(
            paragraph.first as usize + colon + 1,
            paragraph.last as usize,
        );
        true
    }

    pub(super) fn read_attachment(&mut self, first: usize, last: usize) {
        let mut first = first;
        if let Some(mark) = marker::read(&self.page.glyphs[first..last]) {
            first += mark.length;
        }
        if first < last {
            let text = self.text(first, last);
            self.frame.metadata.attachments.push(text);
        }
    }
}

/// Whether a line holds the label of a duty: `加强领导（责任单位：市教育局）`.
fn holds_label(glyphs: &[Glyph]) -> bool {
    glyphs.iter().enumerate().any(|(at, glyph)| {
        let label = || label::read_back(&glyphs[..at]);
        glyph.ch == ':' && label().is_some_and(|label| matches!(label.kind, LabelKind::Role { .. }))
    })
}
