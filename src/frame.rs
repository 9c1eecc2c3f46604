//! Paragraphs in; the parts of the document, its metadata, and what each paragraph outside the body is, out.
//!
//! GB/T 9704-2012 orders a document as `版头` (secrecy, urgency, number, signer), `主体` (title,
//! addressees, body, list of attachments, signature, date, disclosure) and `版记` (copies, printer);
//! what it forwards follows as parts of its own. Web pages put navigation and a table of keys around it.
//!
//! ```text
//! document   = residue* keys* head title number? addressees? body attachment-list? sign-off disclosure? part* copied-to? residue*
//! sign-off   = organ* day
//! part       = ("附件" number?)? title body sign-off?
//! ```
//!
//! A forwarded part begins where the title stands that the notice cites in `《》`, at a line `附件`,
//! or at the first title behind the sign-off.

use crate::date::{self, Day};
use crate::glyph::{Glyph, Page, begins, ends, find, is_close, is_open};
use crate::label;
use crate::lexicon::{self, Key};
use crate::marker;
use crate::model::{
    BlockKind, Code, Dated, Disclosure, DisclosureKind, DocumentNumber, MarkerStyle, Metadata,
    PartKind, Str, Text, Title, Unit,
};
use crate::numeral;
use crate::paragraph::Paragraph;
use crate::span::Span;
use crate::unit;

/// What stands around the body.
#[derive(Debug, Default)]
pub(crate) struct Frame<'t> {
    pub metadata: Metadata<'t>,
    pub parts: Vec<PartFrame>,
    /// What each paragraph is, where it is not body.
    pub roles: Vec<Option<BlockKind>>,
    pub findings: Vec<(Code, Span, Str<'t>)>,
}

/// A part before its body is read.
#[derive(Clone, Copy, Debug)]
pub(crate) struct PartFrame {
    pub kind: PartKind,
    /// Glyphs of the title.
    pub title: Option<(usize, usize)>,
    /// Its paragraphs.
    pub first: usize,
    pub last: usize,
}

/// Paragraphs from the top that may belong to the head of the document.
const HEAD: usize = 60;

/// Glyphs that a line of a title, or an organ in a signature, may have.
const TITLE_LINE: usize = 90;

/// Reads the frame; paragraphs are parted where a title runs into the body.
pub(crate) fn read_frame<'t>(page: &Page<'t>, paragraphs: &mut Vec<Paragraph>) -> Frame<'t> {
    let mut reader = Reader {
        page,
        frame: Frame::default(),
        given: Given::default(),
    };
    reader.frame.roles = vec![None; paragraphs.len()];
    let body = reader.read_head(paragraphs);
    let tail = reader.read_tail(paragraphs, body);
    let (sign_off, day_at) = reader.read_sign_off(paragraphs, body, tail);
    reader.read_parts(paragraphs, body, sign_off, tail);
    reader.read_late(paragraphs, day_at);
    reader.settle();
    reader.frame
}

struct Reader<'p, 't> {
    page: &'p Page<'t>,
    frame: Frame<'t>,
    given: Given<'t>,
}

/// What the keys of a page head say, to be held against what the document says itself.
#[derive(Debug, Default)]
struct Given<'t> {
    title: Option<(usize, usize)>,
    number: Option<DocumentNumber<'t>>,
    issuers: Vec<Unit<'t>>,
    issued: Option<Dated<'t>>,
    /// The day in brackets behind a title, as collections print it.
    title_day: Option<Dated<'t>>,
    disclosure: Option<(usize, usize)>,
}

impl<'t> Reader<'_, 't> {
    fn dated(&self, first: usize, length: usize, day: Day) -> Dated<'t> {
        let span = self.page.span(first, first + length);
        Dated {
            text: Str::Borrowed(self.page.cut(span)),
            date: day.exists().then(|| Str::Owned(day.iso())),
            span,
        }
    }

    fn text(&self, first: usize, last: usize) -> Text<'t> {
        let span = self.page.span(first, last);
        Text {
            text: Str::Borrowed(self.page.cut(span)),
            span,
        }
    }

    /// Reads down to the body: the index of its first paragraph.
    fn read_head(&mut self, paragraphs: &mut [Paragraph]) -> usize {
        let mut at = 0;
        let limit = paragraphs.len().min(HEAD);
        let mut title = None;
        let mut fenced = false;
        let mut doubtful = 0;
        while at < limit {
            let paragraph = paragraphs[at];
            let raw = raw_glyphs(self.page, &paragraph);
            if raw.len() >= 3
                && raw
                    .iter()
                    .all(|glyph| matches!(glyph.ch, '-' | '—' | '=' | '_' | '*'))
            {
                fenced = !fenced && at == 0;
                self.frame.roles[at] = Some(BlockKind::Furniture);
                at += 1;
                continue;
            }
            if fenced || self.is_keys(&paragraph) {
                self.read_keys(&paragraph);
                self.frame.roles[at] = Some(BlockKind::Furniture);
                at += 1;
                continue;
            }
            let glyphs = paragraph.glyphs(self.page);
            if is_residue(glyphs) || glyphs.is_empty() {
                self.frame.roles[at] = Some(BlockKind::Furniture);
                at += 1;
                continue;
            }
            if let Some(kind) = self.read_letterhead(&paragraph) {
                self.frame.roles[at] = Some(kind);
                at += 1;
                continue;
            }
            if title.is_none()
                && let Some((run, first, last)) = self.title_run(paragraphs, at, limit)
            {
                title = Some((first, last));
                self.claim_title(paragraphs, at..run);
                at = run;
                continue;
            }
            if title.is_some() && self.read_under_title(&paragraph) {
                self.frame.roles[at] = Some(BlockKind::Date);
                at += 1;
                continue;
            }
            // A short line that is no title, before the title.
            if title.is_none()
                && doubtful < 3
                && glyphs.len() <= 24
                && paragraph.mark.is_none()
                && !ends_body(glyphs)
                && at + 1 < limit
                && self.title_ahead(paragraphs, at + 1, limit)
            {
                doubtful += 1;
                self.frame.roles[at] = Some(BlockKind::Furniture);
                at += 1;
                continue;
            }
            break;
        }
        if let Some((first, last)) = title {
            self.set_title(first, last);
        }
        // Addressees: the first line with a colon at its end.
        let mut index = at;
        while index < limit.min(at + 4) {
            let paragraph = paragraphs[index];
            if paragraph.mark.is_none() && self.read_addressees(&paragraph) {
                for role in &mut self.frame.roles[at..index] {
                    *role = Some(BlockKind::Furniture);
                }
                self.frame.roles[index] = Some(BlockKind::Addressee);
                return index + 1;
            }
            let glyphs = paragraph.glyphs(self.page);
            if ends_body(glyphs) || paragraph.mark.is_some() || glyphs.len() > TITLE_LINE {
                break;
            }
            index += 1;
        }
        at
    }

    /// These paragraphs are a title, whatever number stands in front of it.
    fn claim_title(&mut self, paragraphs: &mut [Paragraph], range: std::ops::Range<usize>) {
        for paragraph in &mut paragraphs[range.clone()] {
            paragraph.mark = None;
        }
        self.frame.roles[range].fill(Some(BlockKind::Title));
    }

    fn title_ahead(&self, paragraphs: &[Paragraph], at: usize, limit: usize) -> bool {
        (at..limit.min(at + 6)).any(|at| {
            !is_residue(paragraphs[at].glyphs(self.page))
                && self
                    .title_run(paragraphs, at, limit)
                    .is_some_and(|(_, first, last)| {
                        find(&self.page.glyphs[first..last], "关于").is_some()
                    })
        })
    }

    /// Document number, secrecy, urgency, signer, and the name of the organ over the red line.
    fn read_letterhead(&mut self, paragraph: &Paragraph) -> Option<BlockKind> {
        let glyphs = paragraph.glyphs(self.page);
        let first = paragraph.first as usize;
        if let Some(number) = self.read_number_line(paragraph) {
            if self.frame.metadata.document_number.is_none() {
                self.frame.metadata.document_number = Some(number);
            }
            return Some(BlockKind::DocumentNumber);
        }
        for word in ["绝密", "机密", "秘密"] {
            if begins(glyphs, word).is_some() && glyphs.len() <= 12 {
                self.frame.metadata.secrecy = Some(self.text(first, paragraph.last as usize));
                return Some(BlockKind::Furniture);
            }
        }
        for word in ["特急", "加急", "特提", "急件", "紧急", "平急"] {
            if begins(glyphs, word) == Some(glyphs.len())
                || begins(glyphs, word).is_some() && glyphs.len() <= 6
            {
                self.frame.metadata.urgency = Some(self.text(first, paragraph.last as usize));
                return Some(BlockKind::Furniture);
            }
        }
        if let Some(length) = begins(glyphs, "签发人:") {
            self.frame.metadata.signer = Some(self.text(first + length, paragraph.last as usize));
            return Some(BlockKind::Furniture);
        }
        let red_head = ends(glyphs, "文件").is_some()
            && glyphs.len() <= 40
            && unit::is_organ(&glyphs[..glyphs.len() - 2]);
        (red_head && paragraph.mark.is_none()).then_some(BlockKind::Furniture)
    }

    /// `赣府字〔2018〕64号` on a line of its own, also several, also with `签发人`.
    fn read_number_line(&mut self, paragraph: &Paragraph) -> Option<DocumentNumber<'t>> {
        let (first, last) = (paragraph.first as usize, paragraph.last as usize);
        if last - first > 80 {
            return None;
        }
        if let Some(number) = self.read_short_number(first, last) {
            return Some(number);
        }
        let outer =
            usize::from(self.page.glyphs[first].ch == '(' && self.page.glyphs[last - 1].ch == ')');
        let number = read_number(self.page, first + outer, last)?;
        let end = self.page.glyph_at(number.span.end);
        let mut rest = &self.page.glyphs[end..last - outer];
        if let Some(at) = find(rest, "签发人:") {
            let signer = end + at + 4;
            self.frame.metadata.signer = Some(self.text(signer, last));
            rest = &rest[..at];
        }
        while let Some(glyph) = rest.first() {
            if matches!(glyph.ch, ',' | '、' | ';' | '(' | ')') {
                rest = &rest[1..];
            } else {
                let from = last - outer - rest.len();
                let next = read_number(self.page, from, last)?;
                rest = &self.page.glyphs[self.page.glyph_at(next.span.end)..last - outer];
            }
        }
        Some(number)
    }

    /// `第47号` of an order, `2024年第3号` of an announcement, `〔2025〕23号` of minutes, on a line of its own.
    fn read_short_number(&self, first: usize, last: usize) -> Option<DocumentNumber<'t>> {
        let glyphs = &self.page.glyphs[first..last];
        let inner = usize::from(
            glyphs.len() > 4 && glyphs[0].ch == '(' && glyphs[glyphs.len() - 1].ch == ')',
        );
        let mut at = inner;
        let mut year = None;
        let bracket = is_open(glyphs.get(at)?.ch);
        if let Some((value, length)) = numeral::read(&glyphs[at + usize::from(bracket)..])
            && (1949..=2199).contains(&value)
        {
            at += length + usize::from(bracket);
            if !(bracket && is_close(glyphs.get(at)?.ch) || !bracket && glyphs.get(at)?.ch == '年')
            {
                return None;
            }
            at += 1;
            year = Some(value as u16);
        } else if bracket {
            return None;
        }
        if glyphs.get(at)?.ch == '第' {
            at += 1;
        } else if !bracket {
            return None;
        }
        let (serial, length) = numeral::read(&glyphs[at..])?;
        at += length;
        if glyphs.get(at)?.ch != '号' || at + 1 + inner != glyphs.len() {
            return None;
        }
        let (from, to) = (first + inner, first + at + 1);
        let text = self.text(from, to);
        Some(DocumentNumber {
            text: text.text,
            value: self.page.reading(from, to),
            agency: Str::Borrowed(""),
            year,
            serial: Some(serial),
            span: text.span,
        })
    }

    /// The lines of a title from `at` on: the paragraph behind them, and the title's glyphs.
    fn title_run(
        &self,
        paragraphs: &[Paragraph],
        at: usize,
        limit: usize,
    ) -> Option<(usize, usize, usize)> {
        let glyphs = &self.page.glyphs;
        let start = paragraphs[at];
        let mut first = start.first as usize;
        // The number of the entry in a collection: `5. 关于…的通知`.
        if let Some(mark) = marker::read(&glyphs[first..start.last as usize]) {
            if mark.style != MarkerStyle::Arabic {
                return None;
            }
            first += mark.length;
        }
        let strong = |first: usize, last: usize| find(&glyphs[first..last], "关于").is_some();
        let mut weak = None;
        for (index, paragraph) in paragraphs
            .iter()
            .enumerate()
            .take(limit.min(at + 7))
            .skip(at)
        {
            let body = paragraph.glyphs(self.page);
            let stops = index > at
                && (paragraph.mark.is_some() || self.is_keys(paragraph) || is_residue(body));
            if stops
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
                let goes_on = next.is_some_and(|next| {
                    self.is_title_remark(next)
                        || !strong(first, last)
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
    fn goes_on(&self, paragraphs: &[Paragraph], at: usize, first: usize, limit: usize) -> bool {
        (at..limit.min(at + 3)).any(|index| {
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
    fn is_title_remark(&self, paragraph: &Paragraph) -> bool {
        let glyphs = paragraph.glyphs(self.page);
        glyphs.len() <= 14
            && glyphs.len() > 2
            && is_open(glyphs[0].ch)
            && is_close(glyphs[glyphs.len() - 1].ch)
            && disclosure_kind(glyphs).is_none()
    }

    /// Lines under the title of a decision: `（2023年5月6日…会议通过）`, or the day.
    fn read_under_title(&mut self, paragraph: &Paragraph) -> bool {
        let glyphs = paragraph.glyphs(self.page);
        let inner = usize::from(glyphs.first().is_some_and(|glyph| is_open(glyph.ch)));
        let first = paragraph.first as usize + inner;
        let Some((length, day)) = date::read_day(&glyphs[inner..]) else {
            return false;
        };
        if glyphs.len() > 60 || inner == 0 && length + date::clock(&glyphs[length..]) < glyphs.len()
        {
            return false;
        }
        if self.given.title_day.is_none() {
            self.given.title_day = Some(self.dated(first, length, day));
        }
        true
    }

    fn set_title(&mut self, first: usize, last: usize) {
        let page = self.page;
        // A day in brackets behind the title is no part of it.
        let mut last = last;
        while let Some(open) = last_bracket(&page.glyphs[first..last]) {
            let inside = first + open + 1;
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
            first: 0,
            last: 0,
        });
        let core = unbracketed(&page.glyphs[first..last]);
        let offset = first + core.len();
        if let Some((length, true)) = lexicon::types().longest(core) {
            self.frame.metadata.document_type = Some(self.text(offset - length, offset));
        }
    }

    /// Whether a line is `key：value` of a page head.
    fn is_keys(&self, paragraph: &Paragraph) -> bool {
        let glyphs = raw_glyphs(self.page, paragraph);
        let cell = glyphs
            .iter()
            .take(14)
            .position(|glyph| matches!(glyph.ch, ':' | '|'));
        let Some(colon) = cell else {
            // `发布时间 2018-09-29`
            let (offset, _) = raw_range(self.page, paragraph);
            let gap = (1..glyphs.len().min(12)).find(|&at| self.page.spaced(offset + at));
            return gap.is_some_and(|gap| lexicon::keys().is(&glyphs[..gap]) && gap >= 3);
        };
        let start = usize::from(matches!(glyphs[0].ch, '(' | '[' | '【' | '|'));
        let colon = if colon == 0 {
            glyphs
                .iter()
                .take(14)
                .skip(1)
                .position(|glyph| matches!(glyph.ch, ':' | '|'))
                .map_or(0, |at| at + 1)
        } else {
            colon
        };
        colon > start && lexicon::keys().is(&glyphs[start..colon])
    }

    /// Feeds what keys say.
    fn read_keys(&mut self, paragraph: &Paragraph) {
        let page = self.page;
        let raw = raw_range(page, paragraph);
        let mut at = raw.0;
        let mut found: Vec<(Key, usize, usize, usize)> = Vec::new();
        while at < raw.1 {
            let ch = page.glyphs[at].ch;
            let ends_key = matches!(ch, ':' | '|') || at > raw.0 && page.spaced(at);
            if ends_key {
                let floor = found
                    .last()
                    .map_or(raw.0, |&(_, _, first, _)| first)
                    .max(at.saturating_sub(10));
                if let Some((length, key)) = lexicon::keys().longest(&page.glyphs[floor..at]) {
                    let start = at - length;
                    let free = start == raw.0
                        || page.spaced(start)
                        || page.broken(start)
                        || matches!(page.glyphs[start - 1].ch, '|' | '(' | '[' | '【' | ';');
                    if free {
                        if let Some(before) = found.last_mut() {
                            before.3 = start;
                        }
                        let value = at + usize::from(matches!(ch, ':' | '|'));
                        found.push((key, start, value, raw.1));
                    }
                }
            }
            at += 1;
        }
        for (key, _, first, last) in found {
            let mut last = last;
            let mut first = first;
            while first < last && matches!(page.glyphs[first].ch, '"' | '\'' | '|' | '“') {
                first += 1;
            }
            while last > first
                && matches!(
                    page.glyphs[last - 1].ch,
                    '|' | '"' | '\'' | ']' | '】' | ';' | '”'
                )
            {
                last -= 1;
            }
            if first < last {
                self.feed(key, first, last);
            }
        }
    }

    fn feed(&mut self, key: Key, first: usize, last: usize) {
        let page = self.page;
        match key {
            Key::Title => self.given.title = self.given.title.or(Some((first, last))),
            Key::Number => {
                let number = read_number(page, first, last);
                if let (None, Some(number)) = (&self.given.number, number) {
                    self.given.number = Some(number);
                }
            }
            Key::Issuer => {
                if self.given.issuers.is_empty() {
                    self.given.issuers = unit::read_units(page, first, last).units;
                }
            }
            Key::Issued | Key::Published => {
                let Some((length, day)) = date::read_day(&page.glyphs[first..last]) else {
                    return;
                };
                let dated = self.dated(first, length, day);
                let slot = if key == Key::Issued {
                    &mut self.given.issued
                } else {
                    &mut self.frame.metadata.published_on
                };
                if slot.is_none() {
                    *slot = Some(dated);
                }
            }
            Key::Disclosure => {
                self.given.disclosure = self.given.disclosure.or(Some((first, last)))
            }
            Key::Other => {}
        }
    }

    /// `各市、县（区）人民政府，省政府各部门：`
    fn read_addressees(&mut self, paragraph: &Paragraph) -> bool {
        let glyphs = paragraph.glyphs(self.page);
        let Some(last) = glyphs.last() else {
            return false;
        };
        if last.ch != ':'
            || glyphs.len() > 400
            || glyphs
                .iter()
                .any(|glyph| matches!(glyph.ch, '。' | '《' | '!' | '?'))
            || label::read_front(glyphs).is_some()
        {
            return false;
        }
        let (first, end) = (paragraph.first as usize, paragraph.last as usize - 1);
        let units = unit::read_units(self.page, first, end).units;
        let known = units
            .iter()
            .filter(|unit| {
                let name = &self.page.glyphs
                    [self.page.glyph_at(unit.span.start)..self.page.glyph_at(unit.span.end)];
                unit::is_unit(name) || name.first().is_some_and(|glyph| glyph.ch == '各')
            })
            .count();
        let prose = lexicon::prose().longest(glyphs).is_some() && known == 0;
        if units.is_empty() || known * 2 < units.len() || prose {
            return false;
        }
        self.frame.metadata.addressees = units;
        true
    }

    /// `版记` and web footers: the first paragraph that belongs to them.
    fn read_tail(&mut self, paragraphs: &[Paragraph], body: usize) -> usize {
        let mut tail = paragraphs.len();
        let mut doubtful = 0;
        while tail > body {
            let paragraph = paragraphs[tail - 1];
            let glyphs = paragraph.glyphs(self.page);
            let kind = if glyphs.is_empty() || is_residue(glyphs) || is_separator(glyphs) {
                Some(BlockKind::Furniture)
            } else {
                self.read_imprint(&paragraph)
            };
            match kind {
                Some(kind) => {
                    self.frame.roles[tail - 1] = Some(kind);
                    doubtful = 0;
                }
                // A short line between two lines of a footer.
                None if doubtful < 2
                    && glyphs.len() <= 30
                    && paragraph.mark.is_none()
                    && tail > body + 1
                    && self.frame.roles.get(tail).is_some_and(Option::is_some)
                    && !ends_body(glyphs)
                    && (1..=2).any(|back| {
                        tail > back + body
                            && is_residue(paragraphs[tail - 1 - back].glyphs(self.page))
                    }) =>
                {
                    doubtful += 1;
                    self.frame.roles[tail - 1] = Some(BlockKind::Furniture);
                }
                None => break,
            }
            tail -= 1;
        }
        tail
    }

    /// `抄送：…`, `XX办公室 2023年5月6日印发`, `公开方式：主动公开`.
    fn read_imprint(&mut self, paragraph: &Paragraph) -> Option<BlockKind> {
        let page = self.page;
        let glyphs = paragraph.glyphs(page);
        let (first, last) = (paragraph.first as usize, paragraph.last as usize);
        if let Some(length) = ["抄送:", "抄报:", "分送:", "主送:", "抄送机关:"]
            .iter()
            .find_map(|word| begins(glyphs, word))
        {
            let end = if matches!(page.glyphs[last - 1].ch, '。' | '.') {
                last - 1
            } else {
                last
            };
            let mut units = unit::read_units(page, first + length, end).units;
            units.append(&mut self.frame.metadata.copied_to);
            self.frame.metadata.copied_to = units;
            return Some(BlockKind::CopiedTo);
        }
        if let Some(length) = ["印发", "印", "印制"]
            .iter()
            .find_map(|word| ends(glyphs, word))
            && glyphs.len() <= 60
        {
            let end = last - length;
            let at = (first..end).find(|&at| {
                date::read_day(&page.glyphs[at..end]).is_some_and(|(length, _)| at + length == end)
            })?;
            let (day_length, day) = date::read_day(&page.glyphs[at..end])?;
            self.frame.metadata.printed_on = Some(self.dated(at, day_length, day));
            if at > first {
                self.frame.metadata.printed_by = Some(self.text(first, at));
            }
            return Some(BlockKind::CopiedTo);
        }
        if glyphs.len() <= 20 && begins(glyphs, "共印").is_some() {
            return Some(BlockKind::CopiedTo);
        }
        self.read_disclosure(paragraph)
    }

    /// `（此件主动公开）`, `公开方式：主动公开`.
    fn read_disclosure(&mut self, paragraph: &Paragraph) -> Option<BlockKind> {
        let page = self.page;
        let glyphs = paragraph.glyphs(page);
        let (mut first, mut last) = (paragraph.first as usize, paragraph.last as usize);
        if glyphs.len() > 30 || paragraph.mark.is_some() {
            return None;
        }
        let keyed = glyphs
            .iter()
            .take(10)
            .position(|glyph| glyph.ch == ':')
            .filter(|&colon| {
                lexicon::keys()
                    .longest(&glyphs[..colon])
                    .is_some_and(|(_, key)| key == Key::Disclosure)
            });
        if let Some(colon) = keyed {
            first += colon + 1;
        } else if is_open(glyphs[0].ch) && is_close(glyphs[glyphs.len() - 1].ch) {
            first += 1;
            last -= 1;
        } else if begins(glyphs, "此件").is_none()
            && begins(glyphs, "主动公开").is_none()
            && begins(glyphs, "依申请公开").is_none()
        {
            return None;
        }
        let kind = disclosure_kind(&page.glyphs[first..last])?;
        self.set_disclosure(first, last, kind);
        Some(BlockKind::Disclosure)
    }

    fn set_disclosure(&mut self, first: usize, last: usize, kind: DisclosureKind) {
        if self.frame.metadata.disclosure.is_none() {
            let text = self.text(first, last);
            self.frame.metadata.disclosure = Some(Disclosure {
                text: text.text,
                kind,
                span: text.span,
            });
        }
    }

    fn is_day_line(&self, paragraph: &Paragraph) -> bool {
        let glyphs = paragraph.glyphs(self.page);
        date::read_day(glyphs).is_some_and(|(length, _)| length == glyphs.len())
    }

    /// The signature and the day: the paragraph behind them, and that of the day.
    fn read_sign_off(
        &mut self,
        paragraphs: &[Paragraph],
        body: usize,
        tail: usize,
    ) -> (usize, Option<usize>) {
        for at in body..tail {
            let paragraph = paragraphs[at];
            if paragraph.mark.is_some() || self.frame.roles[at].is_some() {
                continue;
            }
            let glyphs = paragraph.glyphs(self.page);
            if glyphs.len() > 60 {
                continue;
            }
            let first = paragraph.first as usize;
            // The day alone, or the organ and the day on one line.
            let Some(start) = (0..glyphs.len()).find(|&start| {
                date::read_day(&glyphs[start..])
                    .is_some_and(|(length, _)| start + length == glyphs.len())
            }) else {
                continue;
            };
            if start > 0 && !(unit::is_organ(unbracketed(&glyphs[..start])) && start >= 4) {
                continue;
            }
            let Some((length, day)) = date::read_day(&glyphs[start..]) else {
                continue;
            };
            if at == body && start == 0 {
                // A day under the title is no sign-off.
                continue;
            }
            self.frame.metadata.issued_on = Some(self.dated(first + start, length, day));
            if !day.exists() {
                let span = self.page.span(first + start, first + start + length);
                self.frame.findings.push((
                    Code::InvalidDate,
                    span,
                    format!(
                        "“{}”不是日历上的日期",
                        self.page.reading(first + start, first + start + length)
                    )
                    .into(),
                ));
            }
            self.frame.roles[at] = Some(if start > 0 {
                BlockKind::Signature
            } else {
                BlockKind::Date
            });
            let mut signers: Vec<(usize, usize, bool)> = Vec::new();
            if start > 0 {
                signers.push((first, first + start, false));
            }
            let mut up = at;
            while up > body && at - up < 12 {
                let above = paragraphs[up - 1];
                let name = above.glyphs(self.page);
                let plain = without_stamp(name);
                let stamped = plain.len() < name.len();
                if above.mark.is_some()
                    || name.len() > 60
                    || self.frame.roles[up - 1].is_some()
                    || ends_body(plain)
                {
                    break;
                }
                let organ = unit::is_organ(unbracketed(plain))
                    || self
                        .is_enumeration(above.first as usize, above.first as usize + plain.len());
                if !organ {
                    // The upper half of a long name.
                    let joined = up < at
                        && above.first as usize + TITLE_LINE
                            > signers.first().map_or(0, |&(_, last, _)| last);
                    let closed = name.last().is_some_and(|glyph| is_close(glyph.ch));
                    if joined
                        && !closed
                        && up > body + 1
                        && name.len() >= 4
                        && find(name, "附件").is_none()
                        && ends_sentence_before(self.page, paragraphs, up - 1)
                    {
                        signers[0].0 = above.first as usize;
                        self.frame.roles[up - 1] = Some(BlockKind::Signature);
                    }
                    break;
                }
                signers.insert(
                    0,
                    (
                        above.first as usize,
                        above.first as usize + plain.len(),
                        stamped,
                    ),
                );
                self.frame.roles[up - 1] = Some(BlockKind::Signature);
                up -= 1;
            }
            let stamped = signers.iter().any(|&(_, _, stamped)| stamped);
            for &(first, last, _) in &signers {
                let units = unit::read_units(self.page, first, last).units;
                self.frame.metadata.issuers.extend(units);
            }
            if stamped && let Some(organs) = self.title_organs() {
                // Another body stamps for the organ that issues.
                self.frame.metadata.issuers = organs;
            }
            let mut behind = at + 1;
            while behind < tail {
                let next = paragraphs[behind];
                if self.read_disclosure(&next).is_some() {
                    self.frame.roles[behind] = Some(BlockKind::Disclosure);
                } else if !(self.is_title_remark(&next) || is_contact(next.glyphs(self.page))) {
                    break;
                }
                behind += 1;
            }
            return (behind, Some(at));
        }
        // Without a day, the note on disclosure closes the notice.
        for (at, paragraph) in paragraphs
            .iter()
            .enumerate()
            .take(tail.min(body + HEAD))
            .skip(body)
        {
            if paragraph.mark.is_some() {
                break;
            }
            if self.frame.roles[at].is_none() && self.read_disclosure(paragraph).is_some() {
                self.frame.roles[at] = Some(BlockKind::Disclosure);
                return (at + 1, None);
            }
        }
        (body, None)
    }

    /// Organs in a row, parted by blanks.
    fn is_enumeration(&self, first: usize, last: usize) -> bool {
        let units = unit::read_units(self.page, first, last).units;
        units.len() > 1
            && units.iter().all(|unit| {
                unit::is_organ(
                    &self.page.glyphs
                        [self.page.glyph_at(unit.span.start)..self.page.glyph_at(unit.span.end)],
                )
            })
    }

    /// The organs that open the title: before `关于`, `印发`, `转发`.
    fn title_organs(&self) -> Option<Vec<Unit<'t>>> {
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
        if at < 3 || at == glyphs.len() {
            return None;
        }
        let organs = split_organs(self.page, first, first + at);
        (!organs.is_empty()).then_some(organs)
    }

    /// Cuts the document into parts.
    fn read_parts(
        &mut self,
        paragraphs: &mut Vec<Paragraph>,
        body: usize,
        sign_off: usize,
        mut tail: usize,
    ) {
        if self.frame.parts.is_empty() {
            self.frame.parts.push(PartFrame {
                kind: PartKind::Notice,
                title: None,
                first: 0,
                last: 0,
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
            if at < sign_off {
                // `附件：1. …` before the signature.
                if let Some(length) = begins(glyphs, "附件").filter(|_| paragraph.mark.is_none())
                {
                    let colon =
                        (length..glyphs.len().min(length + 4)).find(|&at| glyphs[at].ch == ':');
                    if let Some(colon) = colon
                        && colon + 1 < glyphs.len()
                    {
                        self.read_attachment(
                            paragraph.first as usize + colon + 1,
                            paragraph.last as usize,
                        );
                        self.frame.roles[at] = Some(BlockKind::AttachmentList);
                        listing = true;
                        at += 1;
                        continue;
                    }
                }
                if listing && glyphs.len() <= 80 && !matches!(glyphs[glyphs.len() - 1].ch, '。') {
                    self.read_attachment(paragraph.first as usize, paragraph.last as usize);
                    self.frame.roles[at] = Some(BlockKind::AttachmentList);
                    at += 1;
                    continue;
                }
                listing = false;
            }
            let announced = begins(glyphs, "附件").is_some()
                && paragraphs[at + 1..tail]
                    .iter()
                    .take(2)
                    .any(|next| begins(next.glyphs(self.page), "附件").is_some());
            let head = self.annex_head(&paragraph, at >= sign_off && !announced);
            let match_end = (at > body || !signed)
                .then(|| self.cited_at(&cited, paragraph.first as usize))
                .flatten()
                .filter(|_| at >= sign_off || !signed);
            if head.is_none()
                && match_end.is_none()
                && begins(glyphs, "附件").is_some()
                && glyphs.len() <= 80
                && at >= sign_off
            {
                // `附件：…（略）`
                self.frame.roles[at] = Some(BlockKind::AttachmentList);
                let listed = self.frame.metadata.attachments.len();
                if let Some(colon) = glyphs.iter().take(6).position(|glyph| glyph.ch == ':')
                    && colon + 1 < glyphs.len()
                {
                    self.read_attachment(
                        paragraph.first as usize + colon + 1,
                        paragraph.last as usize,
                    );
                }
                // Its title may stand again over the annex.
                cited.extend(
                    self.frame.metadata.attachments[listed..]
                        .iter()
                        .map(|text| {
                            (
                                self.page.glyph_at(text.span.start),
                                self.page.glyph_at(text.span.end),
                            )
                        }),
                );
                at += 1;
                continue;
            }
            if let Some(head) = head {
                let part = at;
                let mut title_at = at;
                let mut from = paragraph.first as usize + head;
                if from >= paragraph.last as usize {
                    self.frame.roles[at] = Some(BlockKind::Title);
                    title_at += 1;
                    while title_at < tail
                        && (self.frame.roles[title_at].is_some()
                            || paragraphs[title_at].glyphs(self.page).is_empty())
                    {
                        title_at += 1;
                    }
                    from = paragraphs
                        .get(title_at)
                        .map_or(from, |next| next.first as usize);
                }
                let (next, title) =
                    self.read_part_title(paragraphs, title_at, from, &cited, &mut tail);
                self.open_part(part, title);
                at = next.max(part + 1);
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
            if at >= sign_off && !ends_body(glyphs) && paragraph.mark.is_none() {
                at += 1;
                continue;
            }
            if at >= sign_off {
                awaits = false;
            }
            at += 1;
        }
        let count = paragraphs.len();
        let starts: Vec<usize> = self.frame.parts.iter().map(|part| part.first).collect();
        for (index, part) in self.frame.parts.iter_mut().enumerate() {
            part.last = starts.get(index + 1).copied().unwrap_or(count);
        }
    }

    fn open_part(&mut self, first: usize, title: Option<(usize, usize)>) {
        self.frame.parts.push(PartFrame {
            kind: PartKind::Attachment,
            title,
            first,
            last: 0,
        });
    }

    /// `附件`, `附件1`, `附件1：方案` at the head of a part: how many glyphs.
    fn annex_head(&self, paragraph: &Paragraph, signed_off: bool) -> Option<usize> {
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
        let omitted = ends(glyphs, "略)").is_some() || find(glyphs, "下载").is_some();
        let title = signed_off
            && glyphs.len() <= TITLE_LINE
            && !ends_body(glyphs)
            && !omitted
            && lexicon::types().longest(unbracketed(glyphs)).is_some();
        title.then_some(at)
    }

    /// The titles that the notice cites in `《》`.
    fn cited(&self, paragraphs: &[Paragraph], body: usize, end: usize) -> Vec<(usize, usize)> {
        let glyphs = &self.page.glyphs;
        let mut cited = Vec::new();
        for paragraph in paragraphs[body.min(end)..end].iter().take(12) {
            let (first, last) = (paragraph.first as usize, paragraph.last as usize);
            let mut at = first;
            while at < last {
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
            if cited.len() > 24 {
                break;
            }
        }
        cited
    }

    /// Where a cited title that begins at this glyph ends; quotes and book marks count for nothing.
    fn cited_at(&self, cited: &[(usize, usize)], start: usize) -> Option<usize> {
        let glyphs = &self.page.glyphs;
        let quiet = |ch: char| {
            matches!(
                ch,
                '《' | '》' | '“' | '”' | '‘' | '’' | '"' | '\'' | '<' | '>'
            )
        };
        let match_end = |&(first, last): &(usize, usize)| {
            let mut at = start;
            for cited in glyphs[first..last].iter().filter(|glyph| !quiet(glyph.ch)) {
                while at < glyphs.len() && quiet(glyphs[at].ch) {
                    at += 1;
                }
                if at >= glyphs.len() || glyphs[at].ch != cited.ch {
                    return None;
                }
                at += 1;
            }
            while at < glyphs.len() && matches!(glyphs[at].ch, '”' | '》' | '’' | '"') {
                at += 1;
            }
            (first != start).then_some(at)
        };
        cited.iter().filter_map(match_end).max()
    }

    /// The title of a part from glyph `from` of a paragraph on: the paragraph behind it, and its glyphs.
    fn read_part_title(
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
        if let Some(end) = self.cited_at(cited, from) {
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
                if is_open(rest[0].ch) && is_close(rest[rest.len() - 1].ch) && rest.len() <= 14 {
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

    fn read_attachment(&mut self, first: usize, last: usize) {
        let mut first = first;
        if let Some(mark) = marker::read(&self.page.glyphs[first..last]) {
            first += mark.length;
        }
        if first < last {
            let text = self.text(first, last);
            self.frame.metadata.attachments.push(text);
        }
    }

    /// A sign-off, disclosure or list of attachments of the last part.
    fn read_late(&mut self, paragraphs: &[Paragraph], day_at: Option<usize>) {
        let Some(last) = self.frame.parts.last().copied() else {
            return;
        };
        let from = last.first.max(day_at.map_or(0, |at| at + 1));
        for at in (from..last.last).rev().take(8) {
            if self.frame.roles[at].is_some() {
                continue;
            }
            let paragraph = paragraphs[at];
            if self.read_disclosure(&paragraph).is_some() {
                self.frame.roles[at] = Some(BlockKind::Disclosure);
            } else if self.is_day_line(&paragraph) && at > last.first {
                self.frame.roles[at] = Some(BlockKind::Date);
                let above = paragraphs[at - 1];
                if above.mark.is_none() && unit::is_organ(unbracketed(above.glyphs(self.page))) {
                    self.frame.roles[at - 1] = Some(BlockKind::Signature);
                }
            }
        }
    }

    /// Fills what the document does not say from its page head and title, and reports where they disagree.
    fn settle(&mut self) {
        let given = std::mem::take(&mut self.given);
        if let Some((first, last)) = given.title {
            let value = self.page.reading(first, last);
            let own = self
                .frame
                .metadata
                .title
                .as_ref()
                .map(|title| title.value.clone());
            match own {
                None => {
                    let span = self.page.span(first, last);
                    self.frame.metadata.title = Some(Title {
                        text: Str::Borrowed(self.page.cut(span)),
                        value,
                        span,
                    });
                    if let Some((length, true)) =
                        lexicon::types().longest(unbracketed(&self.page.glyphs[first..last]))
                    {
                        self.frame.metadata.document_type = Some(self.text(last - length, last));
                    }
                }
                Some(own) if own.len() > value.len() * 2 || value.len() > own.len() * 2 => {
                    self.conflict("标题", self.page.span(first, last), &value, &own)
                }
                Some(_) => {}
            }
        }
        match (&self.frame.metadata.document_number, given.number) {
            (Some(own), Some(given)) if own.value != given.value => {
                let (own, value, span) = (own.value.clone(), given.value.clone(), given.span);
                self.conflict("发文字号", span, &value, &own);
            }
            (None, Some(given)) => self.frame.metadata.document_number = Some(given),
            _ => {}
        }
        match (&self.frame.metadata.issued_on, given.issued) {
            (Some(own), Some(given)) if own.date != given.date => {
                let (own, value, span) = (own.text.clone(), given.text.clone(), given.span);
                self.conflict("成文日期", span, &value, &own);
            }
            (None, Some(given)) => self.frame.metadata.issued_on = Some(given),
            _ => {}
        }
        if self.frame.metadata.issued_on.is_none() {
            self.frame.metadata.issued_on = given.title_day;
        }
        if self.frame.metadata.issuers.is_empty() {
            self.frame.metadata.issuers = self.title_organs().unwrap_or_default();
        }
        if self.frame.metadata.issuers.is_empty() {
            self.frame.metadata.issuers = given.issuers;
        }
        if let Some((first, last)) = given.disclosure
            && let Some(kind) = disclosure_kind(&self.page.glyphs[first..last])
        {
            self.set_disclosure(first, last, kind);
        }
    }

    fn conflict(&mut self, what: &str, span: Span, given: &str, own: &str) {
        self.frame.findings.push((
            Code::MetadataConflict,
            span,
            format!("{what}不一致：页头为“{given}”，正文为“{own}”").into(),
        ));
    }
}

/// Reads `赣府字〔2018〕64号` from glyph `first` on, before `last`.
pub(crate) fn read_number<'t>(
    page: &Page<'t>,
    first: usize,
    last: usize,
) -> Option<DocumentNumber<'t>> {
    let glyphs = &page.glyphs;
    let open = (first..last.min(first + 20)).find(|&at| is_open(glyphs[at].ch))?;
    if open < first + 2
        || glyphs[first..open]
            .iter()
            .any(|glyph| matches!(glyph.ch, ',' | '。' | ':' | '《' | '、'))
    {
        return None;
    }
    let (year, length) = numeral::read(&glyphs[open + 1..last])?;
    let close = open + 1 + length;
    if !(1949..=2199).contains(&year) || !is_close(glyphs.get(close)?.ch) {
        return None;
    }
    let mut at = close + 1;
    if glyphs.get(at)?.ch == '第' {
        at += 1;
    }
    let (serial, length) = numeral::read(&glyphs[at..last])?;
    at += length;
    if glyphs.get(at).is_none_or(|glyph| glyph.ch != '号') || at >= last {
        return None;
    }
    let span = page.span(first, at + 1);
    let agency = page.reading(first, open);
    let value = page.reading(first, at + 1);
    Some(DocumentNumber {
        text: Str::Borrowed(page.cut(span)),
        value,
        agency,
        year: Some(year as u16),
        serial: Some(serial),
        span,
    })
}

/// Organs that stand in a row without a mark between: `北京市发展和改革委员会北京市商务局`.
fn split_organs<'t>(page: &Page<'t>, first: usize, last: usize) -> Vec<Unit<'t>> {
    let glyphs = &page.glyphs;
    let mut units = unit::read_units(page, first, last).units;
    if units.len() != 1 {
        return units;
    }
    // A second organ repeats the region of the first.
    for length in 2..=6 {
        let Some(region) = glyphs.get(first..first + length) else {
            break;
        };
        let again = (first + length + 2..last.saturating_sub(length)).find(|&at| {
            (0..length).all(|index| glyphs[at + index].ch == region[index].ch)
                && unit::is_organ(&glyphs[first..at])
                && unit::is_organ(&glyphs[at..last])
        });
        if let Some(at) = again {
            units = split_organs(page, first, at);
            units.extend(split_organs(page, at, last));
            return units;
        }
    }
    units
}

/// Where a title ends: before the tail of a web title, `_政策文件_省政府`.
fn title_end(glyphs: &[Glyph], first: usize) -> usize {
    (first..glyphs.len())
        .find(|&at| matches!(glyphs[at].ch, '_' | '|') && at > first + 4)
        .unwrap_or(glyphs.len())
}

/// Without the brackets at the end.
fn unbracketed(glyphs: &[Glyph]) -> &[Glyph] {
    match last_bracket(glyphs) {
        Some(open) if open > 2 => unbracketed(&glyphs[..open]),
        _ => glyphs.strip_suffix_quote(),
    }
}

trait StripQuote {
    fn strip_suffix_quote(&self) -> &Self;
}

impl StripQuote for [Glyph] {
    fn strip_suffix_quote(&self) -> &Self {
        match self.last() {
            Some(last) if matches!(last.ch, '》' | '”') => &self[..self.len() - 1],
            _ => self,
        }
    }
}

/// Where the bracket opens that closes at the end.
fn last_bracket(glyphs: &[Glyph]) -> Option<usize> {
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

/// Without `（代章）` or `（盖章）`.
fn without_stamp(glyphs: &[Glyph]) -> &[Glyph] {
    ["(代章)", "(代)", "(盖章)", "(印章)", "(印)"]
        .iter()
        .find_map(|word| ends(glyphs, word))
        .map_or(glyphs, |length| &glyphs[..glyphs.len() - length])
}

fn ends_sentence_before(page: &Page<'_>, paragraphs: &[Paragraph], at: usize) -> bool {
    at > 0
        && paragraphs[at - 1]
            .glyphs(page)
            .last()
            .is_some_and(|glyph| matches!(glyph.ch, '。' | '!' | ')' | '”'))
}

fn is_contact(glyphs: &[Glyph]) -> bool {
    glyphs.len() <= 80
        && (find(glyphs, "联系人").is_some()
            || find(glyphs, "联系电话").is_some()
            || find(glyphs, "有删减").is_some())
}

/// Whether a paragraph ends like running text.
fn ends_body(glyphs: &[Glyph]) -> bool {
    glyphs
        .last()
        .is_some_and(|glyph| matches!(glyph.ch, '。' | ';' | ':' | '!' | '?' | ',' | '、'))
}

fn is_separator(glyphs: &[Glyph]) -> bool {
    glyphs
        .iter()
        .all(|glyph| matches!(glyph.ch, '-' | '—' | '=' | '_' | '*' | '·' | '.'))
}

/// Navigation, tools and footers of a web page.
fn is_residue(glyphs: &[Glyph]) -> bool {
    if glyphs.len() > 200 {
        return false;
    }
    if lexicon::residue().longest(glyphs).is_some() {
        let sentences = glyphs.iter().any(|glyph| glyph.ch == '。');
        return !sentences && glyphs.len() <= 120;
    }
    let crumbs = find(glyphs, "首页").is_some()
        && glyphs
            .iter()
            .any(|glyph| matches!(glyph.ch, '>' | '»' | '/' | '|'));
    let footer = [
        "ICP备",
        "公网安备",
        "版权所有",
        "网站标识码",
        "All Rights",
        "浏览次数",
        "责任编辑",
        "扫一扫",
    ]
    .iter()
    .any(|word| find(glyphs, word).is_some());
    let bars = glyphs.len() >= 6
        && glyphs.iter().filter(|glyph| glyph.ch == '|').count() >= 2
        && glyphs.len() <= 40
        && glyphs[0].ch != '|';
    crumbs || footer && glyphs.len() <= 90 || bars
}

fn disclosure_kind(glyphs: &[Glyph]) -> Option<DisclosureKind> {
    if find(glyphs, "公开").is_none() || glyphs.len() > 24 {
        return None;
    }
    if ["不予公开", "不公开", "不宜公开"]
        .iter()
        .any(|word| find(glyphs, word).is_some())
    {
        return Some(DisclosureKind::None);
    }
    if ["依申请", "依法申请"]
        .iter()
        .any(|word| find(glyphs, word).is_some())
    {
        return Some(DisclosureKind::OnRequest);
    }
    if ["删减", "部分公开"]
        .iter()
        .any(|word| find(glyphs, word).is_some())
    {
        return Some(DisclosureKind::Partial);
    }
    ["主动公开", "公开发布", "此件公开", "全文公开", "社会公开"]
        .iter()
        .any(|word| find(glyphs, word).is_some())
        .then_some(DisclosureKind::Active)
}

/// The glyphs of a paragraph with the dress in front.
fn raw_glyphs<'p>(page: &'p Page<'_>, paragraph: &Paragraph) -> &'p [Glyph] {
    let (first, last) = raw_range(page, paragraph);
    &page.glyphs[first..last]
}

fn raw_range(page: &Page<'_>, paragraph: &Paragraph) -> (usize, usize) {
    (
        page.lines[paragraph.line as usize]
            .first
            .min(paragraph.first) as usize,
        paragraph.last as usize,
    )
}
