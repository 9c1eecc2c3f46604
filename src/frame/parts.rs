//! The parts of a document: where each begins, and its title.

use super::head::is_strong;
use super::number::read_number;
use super::sign_off::ends_body;
use super::title::unbracketed;
use super::{PartFrame, Reader, TITLE_LINE};
use crate::glyph::{Glyph, begins, ends, find, is_close, is_open, same};
use crate::label::{self, LabelKind};
use crate::model::{BlockKind, MarkerStyle, PartKind};
use crate::paragraph::{Paragraph, is_annex_label};
use crate::{lexicon, marker, numeral, unit};

/// Titles that a notice cites or lists, each looked for at the head of every paragraph.
const CITED: usize = 64;

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
        mut tail: usize,
    ) {
        if self.frame.parts.is_empty() {
            self.frame.parts.push(PartFrame {
                kind: PartKind::Notice,
                ..PartFrame::default()
            });
        }
        let mut cited = self.cited(paragraphs, body, sign_off.max(body + 1).min(tail));
        let signed = sign_off > body;
        let mut at = body;
        let mut listing = false;
        let mut awaits = signed;
        while at < tail {
            let paragraph = paragraphs[at];
            let glyphs = paragraph.glyphs(self.page);
            if self.frame.roles[at].is_some() || glyphs.is_empty() {
                at += 1;
                continue;
            }
            if at > body
                && let Some(head) = self.document_head(paragraphs, at, tail)
            {
                at = self.open_document(paragraphs, at, &head);
                cited = self.cited(paragraphs, at, tail);
                awaits = false;
                continue;
            }
            if let Some(end) = self.numbered_list(paragraphs, at, tail) {
                self.read_numbered(&mut paragraphs[..end], at, &mut cited);
                at = end;
                continue;
            }
            if at < sign_off {
                listing = self.read_listed(at, &paragraph, listing);
                if listing {
                    paragraphs[at].mark = None;
                    at += 1;
                    continue;
                }
            }
            let announced = begins(glyphs, "附件").is_some()
                && paragraphs[at + 1..tail]
                    .iter()
                    .take(2)
                    .any(|next| begins(next.glyphs(self.page), "附件").is_some());
            let head = self.annex_head(&paragraph, at >= sign_off && !announced);
            let match_end = (at > body || !signed)
                .then(|| {
                    self.cited_at(&cited, paragraph.first as usize)
                        .filter(|&end| self.may_be_title(&paragraph, end))
                })
                .flatten()
                .filter(|_| at >= sign_off || !signed);
            if head.is_none()
                && match_end.is_none()
                && begins(glyphs, "附件").is_some()
                && glyphs.len() <= 80
                && at >= sign_off
            {
                self.read_omitted(at, &paragraph, &mut cited);
                at += 1;
                continue;
            }
            if let Some(head) = head {
                at = self.open_annex(paragraphs, at, head, &cited, &mut tail);
                awaits = false;
                continue;
            }
            if match_end.is_some()
                || awaits && at >= sign_off && paragraph.mark.is_none() && !ends_body(glyphs)
            {
                let (next, title) = self.read_part_title(
                    paragraphs,
                    at,
                    paragraph.first as usize,
                    &cited,
                    &mut tail,
                );
                if title.is_some() {
                    self.open_part(at, title);
                    at = next.max(at + 1);
                    awaits = false;
                    continue;
                }
            }
            // Behind the signature a line without a stop may still be followed by a title.
            awaits &= at < sign_off || !ends_body(glyphs) && paragraph.mark.is_none();
            at += 1;
        }
        let count = paragraphs.len();
        let starts: Vec<usize> = self.frame.parts.iter().map(|part| part.first).collect();
        for (index, part) in self.frame.parts.iter_mut().enumerate() {
            part.last = starts.get(index + 1).copied().unwrap_or(count);
        }
    }

    /// `附件：1. …` before the signature, or a line behind it: whether the paragraph belongs to the list.
    fn read_listed(&mut self, at: usize, paragraph: &Paragraph, listing: bool) -> bool {
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
    fn numbered_list(&self, paragraphs: &[Paragraph], at: usize, tail: usize) -> Option<usize> {
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
    fn read_numbered(
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
    fn read_omitted(&mut self, at: usize, paragraph: &Paragraph, cited: &mut Vec<(usize, usize)>) {
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

    /// Opens the part of an annex whose label is `label` glyphs long: the paragraph behind its title.
    fn open_annex(
        &mut self,
        paragraphs: &mut Vec<Paragraph>,
        part: usize,
        label: usize,
        cited: &[(usize, usize)],
        tail: &mut usize,
    ) -> usize {
        let mut title_at = part;
        let mut from = paragraphs[part].first as usize + label;
        if from >= paragraphs[part].last as usize {
            self.frame.roles[part] = Some(BlockKind::Title);
            title_at += 1;
            while title_at < *tail
                && (self.frame.roles[title_at].is_some()
                    || paragraphs[title_at].glyphs(self.page).is_empty())
            {
                title_at += 1;
            }
            from = paragraphs
                .get(title_at)
                .map_or(from, |next| next.first as usize);
        }
        let (next, title) = self.read_part_title(paragraphs, title_at, from, cited, tail);
        self.open_part(part, title);
        next.max(part + 1)
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
    fn may_be_title(&self, paragraph: &Paragraph, end: usize) -> bool {
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
        // A title that runs into the body parts its paragraph in two, at the cost of moving all behind it.
        let few = self.frame.parts.len() <= CITED;
        if let Some(end) = self
            .cited_at(cited, from)
            .filter(|&end| few && self.may_be_title(&paragraphs[at], end))
        {
            let mut index = at;
            while index + 1 < paragraphs.len() && (paragraphs[index].last as usize) < end {
                index += 1;
            }
            for role in &mut self.frame.roles[at..=index] {
                *role = Some(BlockKind::Title);
            }
            let mut end = end;
            if end < paragraphs[index].last as usize {
                let rest = &self.page.glyphs[end..paragraphs[index].last as usize];
                let bracket =
                    is_open(rest[0].ch) && is_close(rest[rest.len() - 1].ch) && rest.len() <= 14;
                if bracket || rest.len() <= 24 && !ends_body(rest) {
                    end = paragraphs[index].last as usize;
                } else {
                    // The title runs into the body: two paragraphs on one line.
                    let whole = paragraphs[index];
                    let line = self.page.line_at(self.page.glyphs[end].at) as u32;
                    paragraphs[index].last = end as u32;
                    paragraphs[index].last_line =
                        self.page.line_at(self.page.glyphs[end - 1].at) as u32;
                    paragraphs.insert(
                        index + 1,
                        Paragraph {
                            line,
                            first: end as u32,
                            mark: None,
                            ..whole
                        },
                    );
                    self.frame.roles.insert(index + 1, None);
                    *tail += 1;
                }
            }
            return (index + 1, Some((from, end)));
        }
        let mut last = None;
        for (index, paragraph) in paragraphs
            .iter()
            .enumerate()
            .take((*tail).min(at + 5))
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
        match last {
            Some((next, end)) => {
                self.claim_title(paragraphs, at..next);
                (next, Some((from, end)))
            }
            None => (at, None),
        }
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
