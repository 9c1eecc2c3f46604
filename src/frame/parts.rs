//! The parts of a document: where each begins, and its title.

use super::head::is_strong;
use super::sign_off::ends_body;
use super::title::unbracketed;
use super::{PartFrame, Reader, TITLE_LINE};
use crate::glyph::{begins, ends, find, same};
use crate::model::{BlockKind, PartKind};
use crate::number::read_number;
use crate::paragraph::Paragraph;
use crate::{lexicon, numeral};

/// The head of another document in the text.
struct Head {
    /// The paragraph of its title, and the one behind it.
    title_at: usize,
    under: usize,
    /// Glyphs of its title.
    title: (usize, usize),
    year: Option<u32>,
    /// Its first paragraph behind number and addressees.
    body: usize,
}

/// How far the cutting into parts has come.
struct Walk {
    /// Paragraphs: the first of the body, the first of the signature, and the one behind the last part.
    body: usize,
    sign_off: usize,
    tail: usize,
    /// Whether a signature stands behind the body.
    signed: bool,
    /// Glyphs of the titles that the notice cites.
    cited: Vec<(usize, usize)>,
    /// Whether a list of attachments may go on.
    listing: bool,
    /// Whether behind the signature a title may stand that nothing cites.
    awaits: bool,
}

impl Reader<'_, '_> {
    /// Where the next document begins that brings a head of its own.
    pub(super) fn next_document(
        &self,
        paragraphs: &[Paragraph],
        body: usize,
        tail: usize,
    ) -> usize {
        (body + 1..tail)
            .find(|&at| self.document_head(paragraphs, at, tail).is_some())
            .unwrap_or(tail)
    }

    /// The head of a document: behind a blank line a title with `关于`, over its number or addressees.
    fn document_head(&self, paragraphs: &[Paragraph], at: usize, tail: usize) -> Option<Head> {
        let page = self.page;
        let paragraph = paragraphs[at];
        let glyphs = paragraph.glyphs(page);
        let apart = |paragraph: &Paragraph| {
            (paragraph.line as usize)
                .checked_sub(1)
                .is_some_and(|above| page.lines[above].is_blank())
        };
        if !apart(&paragraph)
            || glyphs.is_empty()
            || glyphs.len() > TITLE_LINE
            || paragraph.mark.is_some()
            || self.frame.roles[at].is_some()
            || ends_body(glyphs)
        {
            return None;
        }
        let number = |at: usize| {
            let Paragraph { first, last, .. } = paragraphs[at];
            let number = read_number(page, first as usize, last as usize)?;
            (page.glyph_at(number.span.end) + 1 >= last as usize).then_some(number.year)
        };
        // The number may stand over the title.
        let above = number(at);
        let title_at = at + usize::from(above.is_some());
        paragraphs.get(title_at)?;
        let (under, first, last) = self.title_run(paragraphs, title_at, tail)?;
        // The signature of the document before is no line of the title.
        let whole = paragraphs[title_at..under]
            .iter()
            .skip(1)
            .all(|line| !apart(line) && !self.is_day_line(line));
        let title = &page.glyphs[first..last];
        let again = self
            .frame
            .parts
            .first()?
            .title
            .is_some_and(|(first, last)| same(&page.glyphs[first..last], title));
        let official = lexicon::types()
            .longest(unbracketed(title))
            .is_some_and(|(_, official)| official);
        if !whole || again || !official || !is_strong(title) {
            return None;
        }
        let mut year = above;
        let mut body = under;
        if body < tail
            && let Some(below) = number(body)
        {
            year = Some(below);
            body += 1;
        }
        let addressed = body < tail
            && paragraphs[body].mark.is_none()
            && self.addressees(&paragraphs[body]).is_some();
        body += usize::from(addressed);
        (addressed || year.is_some()).then_some(Head {
            title_at,
            under,
            title: (first, last),
            year: year.flatten().map(u32::from),
            body,
        })
    }

    /// Opens a part with a head of its own: the paragraph behind the head.
    fn open_document(&mut self, paragraphs: &mut [Paragraph], at: usize, head: &Head) -> usize {
        if let Some(before) = self.frame.parts.last().filter(|part| part.own_head) {
            let first = before.first;
            self.read_late(paragraphs, first, first..at);
        }
        self.frame.roles[at..head.title_at].fill(Some(BlockKind::DocumentNumber));
        self.claim_title(paragraphs, head.title_at..head.under);
        for (role, paragraph) in self.frame.roles[head.under..head.body]
            .iter_mut()
            .zip(&paragraphs[head.under..])
        {
            let addressee = ends(paragraph.glyphs(self.page), ":").is_some();
            *role = Some(if addressee {
                BlockKind::Addressee
            } else {
                BlockKind::DocumentNumber
            });
        }
        self.open_part(at, Some(head.title));
        if let Some(part) = self.frame.parts.last_mut() {
            part.own_head = true;
            part.year = head.year;
        }
        head.body
    }

    /// Cuts the document into parts.
    pub(super) fn read_parts(
        &mut self,
        paragraphs: &mut Vec<Paragraph>,
        body: usize,
        sign_off: usize,
        tail: usize,
    ) {
        if self.frame.parts.is_empty() {
            self.frame.parts.push(PartFrame {
                kind: PartKind::Notice,
                ..PartFrame::default()
            });
        }
        let signed = sign_off > body;
        let mut walk = Walk {
            body,
            sign_off,
            tail,
            cited: self.cited(paragraphs, body, sign_off.max(body + 1).min(tail)),
            listing: false,
            signed,
            awaits: signed,
        };
        let mut at = body;
        while at < walk.tail {
            at = self.read_next(paragraphs, at, &mut walk);
        }
        let count = paragraphs.len();
        let starts: Vec<usize> = self.frame.parts.iter().map(|part| part.first).collect();
        for (index, part) in self.frame.parts.iter_mut().enumerate() {
            part.last = starts.get(index + 1).copied().unwrap_or(count);
        }
    }

    /// What a paragraph begins, a part or a list of attachments: the paragraph behind that.
    fn read_next(&mut self, paragraphs: &mut Vec<Paragraph>, at: usize, walk: &mut Walk) -> usize {
        let paragraph = paragraphs[at];
        let glyphs = paragraph.glyphs(self.page);
        if self.frame.roles[at].is_some() || glyphs.is_empty() {
            return at + 1;
        }
        if at > walk.body
            && let Some(head) = self.document_head(paragraphs, at, walk.tail)
        {
            let behind = self.open_document(paragraphs, at, &head);
            walk.cited = self.cited(paragraphs, behind, walk.tail);
            walk.awaits = false;
            return behind;
        }
        if let Some(end) = self.numbered_list(paragraphs, at, walk.tail) {
            self.read_numbered(&mut paragraphs[..end], at, &mut walk.cited);
            return end;
        }
        if at < walk.sign_off {
            walk.listing = self.read_listed(at, &paragraph, walk.listing);
            if walk.listing {
                paragraphs[at].mark = None;
                return at + 1;
            }
        }
        if let Some(behind) = self.read_beginning(paragraphs, at, walk) {
            return behind;
        }
        // Behind the signature a line without a stop may still be followed by a title.
        walk.awaits &= at < walk.sign_off || !ends_body(glyphs) && paragraph.mark.is_none();
        at + 1
    }

    /// Opens the part that begins with a paragraph, by its label `附件` or by its title: the paragraph behind
    /// that. A label with nothing but the remark that the annex is left out is a list.
    fn read_beginning(
        &mut self,
        paragraphs: &mut Vec<Paragraph>,
        at: usize,
        walk: &mut Walk,
    ) -> Option<usize> {
        let page = self.page;
        let paragraph = paragraphs[at];
        let glyphs = paragraph.glyphs(page);
        let behind_sign_off = at >= walk.sign_off;
        let labelled = begins(glyphs, "附件").is_some();
        let announced = labelled
            && paragraphs[at + 1..walk.tail]
                .iter()
                .take(2)
                .any(|next| begins(next.glyphs(page), "附件").is_some());
        if let Some(label) = self.annex_head(&paragraph, behind_sign_off && !announced) {
            walk.awaits = false;
            return Some(self.open_annex(paragraphs, at, label, walk));
        }
        let from = paragraph.first as usize;
        let cited = (!walk.signed || behind_sign_off && at > walk.body)
            && self
                .cited_at(&walk.cited, from)
                .is_some_and(|end| self.may_be_title(&paragraph, end));
        if !cited && labelled && behind_sign_off && glyphs.len() <= 80 {
            self.read_omitted(at, &paragraph, &mut walk.cited);
            return Some(at + 1);
        }
        let awaited =
            walk.awaits && behind_sign_off && paragraph.mark.is_none() && !ends_body(glyphs);
        if !cited && !awaited {
            return None;
        }
        let (behind, title) =
            self.read_part_title(paragraphs, at, from, &walk.cited, &mut walk.tail);
        title?;
        walk.awaits = false;
        self.open_part(at, title);
        Some(behind.max(at + 1))
    }

    /// Opens the part of an annex whose label is `label` glyphs long: the paragraph behind its title.
    fn open_annex(
        &mut self,
        paragraphs: &mut Vec<Paragraph>,
        part: usize,
        label: usize,
        walk: &mut Walk,
    ) -> usize {
        let mut title_at = part;
        let mut from = paragraphs[part].first as usize + label;
        if from >= paragraphs[part].last as usize {
            self.frame.roles[part] = Some(BlockKind::Title);
            title_at += 1;
            while title_at < walk.tail
                && (self.frame.roles[title_at].is_some()
                    || paragraphs[title_at].glyphs(self.page).is_empty())
            {
                title_at += 1;
            }
            from = paragraphs
                .get(title_at)
                .map_or(from, |next| next.first as usize);
        }
        let (behind, title) =
            self.read_part_title(paragraphs, title_at, from, &walk.cited, &mut walk.tail);
        self.open_part(part, title);
        behind.max(part + 1)
    }

    pub(super) fn open_part(&mut self, first: usize, title: Option<(usize, usize)>) {
        self.frame.parts.push(PartFrame {
            kind: PartKind::Attachment,
            title,
            first,
            ..PartFrame::default()
        });
    }

    /// `附件`, `附件1`, `附件1：方案` at the head of a part: how many glyphs.
    pub(super) fn annex_head(&self, paragraph: &Paragraph, signed_off: bool) -> Option<usize> {
        let glyphs = paragraph.glyphs(self.page);
        let mut at = begins(glyphs, "附件").or_else(|| begins(glyphs, "附表"))?;
        if let Some((_, length)) = numeral::read(&glyphs[at..]) {
            at += length;
        }
        if glyphs
            .get(at)
            .is_some_and(|glyph| matches!(glyph.ch, ':' | '.' | '、'))
        {
            at += 1;
        }
        if at == glyphs.len() {
            return Some(at);
        }
        let omitted = ends(glyphs, "略)").is_some()
            || find(glyphs, "下载").is_some()
            || [
                ".doc", ".docx", ".xls", ".xlsx", ".pdf", ".wps", ".zip", ".rar", ".jpg",
            ]
            .iter()
            .any(|name| ends(glyphs, name).is_some());
        let title = signed_off
            && glyphs.len() <= TITLE_LINE
            && !ends_body(glyphs)
            && !omitted
            && lexicon::types().longest(unbracketed(glyphs)).is_some();
        title.then_some(at)
    }
}
