//! Paragraphs in; the parts of the document, its metadata, and what each paragraph outside the body is, out.
//!
//! GB/T 9704-2012 orders a document as `版头` (secrecy, urgency, number, signer), `主体` (title,
//! addressees, body, list of attachments, signature, date, disclosure) and `版记` (copies, printer);
//! what it forwards follows as parts of its own. Web pages put navigation and a table of keys around it.
//!
//! ```text
//! document   = residue* keys* head title number? addressees? body attachment-list? sign-off disclosure? part* copied-to? residue*
//! keys       = (key ":" value)+ | (key⏎value⏎)+
//! head       = organ "文件"? number? signer?
//! sign-off   = (organ second-name?)* contact? day | organ day       on lines of their own, or organ and day on one
//! part       = ("附件" number?)? title body sign-off?
//! ```
//!
//! A list of attachments may also stand behind the signature, or in the body over lines numbered from 1.
//! A forwarded part begins where the title stands that the notice cites in `《》`, at a line `附件`,
//! at the first title behind the sign-off, or at a title behind a blank line over a number or addressees of its own.

mod attachments;
mod head;
mod keys;
mod number;
mod organs;
mod part_title;
mod parts;
mod sign_off;
mod tail;
mod title;

use crate::date::Day;
use crate::finding::Finding;
use crate::glyph::{Glyph, Page, begins, same};
use crate::model::{
    BlockKind, Code, Dated, DocumentNumber, Metadata, PartKind, Str, Text, Title, Unit,
};
use crate::paragraph::Paragraph;
use crate::span::Span;
use crate::{lexicon, unit};
use tail::disclosure_kind;
use title::{title_year, unbracketed};

/// What stands around the body.
#[derive(Debug, Default)]
pub(crate) struct Frame<'t> {
    pub metadata: Metadata<'t>,
    pub parts: Vec<PartFrame>,
    /// What each paragraph is, where it is not body.
    pub roles: Vec<Option<BlockKind>>,
    pub findings: Vec<Finding<'t>>,
    /// The year that the document speaks of: of its day, its number or its title.
    pub year: Option<u32>,
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
    /// Whether it has number or addressees of its own, so that no rule of the parts before holds in it.
    pub own_head: bool,
    /// The year of its own number.
    pub year: Option<u32>,
}

impl Default for PartFrame {
    fn default() -> Self {
        Self {
            kind: PartKind::Notice,
            title: None,
            first: 0,
            last: 0,
            own_head: false,
            year: None,
        }
    }
}

/// Paragraphs from the top that may belong to the head of the document.
const HEAD: usize = 60;

/// Glyphs that a line of a title, or an organ in a signature, may have.
const TITLE_LINE: usize = 90;

/// Paragraphs that a table of contents may have.
const CONTENTS: usize = 200;

/// Reads the frame; paragraphs are parted where a title runs into the body.
pub(crate) fn read_frame<'t>(page: &Page<'t>, paragraphs: &mut Vec<Paragraph>) -> Frame<'t> {
    let mut reader = Reader {
        page,
        frame: Frame::default(),
        given: Given::default(),
    };
    reader.frame.roles = paragraphs
        .iter()
        .map(|paragraph| paragraph.rows.map(|_| BlockKind::TableHead))
        .collect();
    reader.read_contents(paragraphs);
    let body = reader.read_head(paragraphs);
    let tail = reader.read_tail(paragraphs, body);
    let end = reader.next_document(paragraphs, body, tail);
    let (sign_off, day_at) = reader.read_sign_off(paragraphs, body, end);
    reader.read_parts(paragraphs, body, sign_off, tail);
    if let Some(part) = reader.frame.parts.last().copied() {
        let from = part.first.max(day_at.map_or(0, |at| at + 1));
        reader.read_late(paragraphs, part.first, from..part.last);
    }
    reader.settle();
    reader.frame.year = reader.year();
    reader.frame
}

struct Reader<'p, 't> {
    page: &'p Page<'t>,
    frame: Frame<'t>,
    given: Given<'t>,
}

/// What the keys of a page head and the letterhead say, to be held against what the document says itself.
#[derive(Debug, Default)]
struct Given<'t> {
    title: Option<(usize, usize)>,
    number: Option<DocumentNumber<'t>>,
    issuers: Vec<Unit<'t>>,
    /// The organs over the number or before `文件`.
    letterhead: Vec<Unit<'t>>,
    issued: Option<Dated<'t>>,
    /// The day in brackets behind a title, as collections print it.
    title_day: Option<Dated<'t>>,
    disclosure: Option<(usize, usize)>,
}

impl<'t> Reader<'_, 't> {
    pub(super) fn dated(&self, first: usize, length: usize, day: Day) -> Dated<'t> {
        let span = self.page.span(first, first + length);
        Dated {
            text: Str::Borrowed(self.page.cut(span)),
            date: day.exists().then(|| Str::Owned(day.iso())),
            span,
        }
    }

    pub(super) fn text(&self, first: usize, last: usize) -> Text<'t> {
        let span = self.page.span(first, last);
        Text {
            text: Str::Borrowed(self.page.cut(span)),
            span,
        }
    }

    /// `目录` and its entries: lines down to where the first of them stands again.
    fn read_contents(&mut self, paragraphs: &mut [Paragraph]) {
        let page = self.page;
        for at in 0..paragraphs.len() {
            let head = paragraphs[at].glyphs(page);
            if begins(head, "目录") != Some(head.len()) || at + 1 == paragraphs.len() {
                continue;
            }
            let entry = unleadered(paragraphs[at + 1].glyphs(page));
            let again = paragraphs
                .iter()
                .skip(at + 2)
                .take(CONTENTS)
                .position(|paragraph| entry.len() > 2 && same(paragraph.glyphs(page), entry));
            let Some(again) = again else { continue };
            let entries = at..at + 2 + again;
            for paragraph in &mut paragraphs[entries.clone()] {
                paragraph.mark = None;
            }
            self.frame.roles[entries].fill(Some(BlockKind::Furniture));
            return;
        }
    }

    /// A sign-off or disclosure at the end of a part behind the first.
    pub(super) fn read_late(
        &mut self,
        paragraphs: &[Paragraph],
        first: usize,
        range: std::ops::Range<usize>,
    ) {
        for at in range.rev().take(8) {
            if self.frame.roles[at].is_some() {
                continue;
            }
            let paragraph = paragraphs[at];
            if self.read_disclosure(&paragraph).is_some() {
                self.frame.roles[at] = Some(BlockKind::Disclosure);
            } else if self.is_day_line(&paragraph) && at > first {
                self.frame.roles[at] = Some(BlockKind::Date);
                let above = paragraphs[at - 1];
                if above.mark.is_none() && unit::is_organ(unbracketed(above.glyphs(self.page))) {
                    self.frame.roles[at - 1] = Some(BlockKind::Signature);
                }
            }
        }
    }

    /// Fills what the document does not say from its page head and title, and reports where they disagree.
    pub(super) fn settle(&mut self) {
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
                    self.conflict("标题", self.page.span(first, last), &value, &own);
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
        for organs in [given.letterhead, given.issuers] {
            if self.frame.metadata.issuers.is_empty() {
                self.frame.metadata.issuers = organs;
            }
        }
        // `某市人民政府令第86号`
        if self.frame.metadata.issuers.is_empty()
            && let Some(number) = &self.frame.metadata.document_number
            && let Some(organ) = number.agency.strip_suffix('令')
        {
            let first = self.page.range(number.span).start;
            let last = first + organ.chars().count();
            if unit::is_organ(&self.page.glyphs[first..last]) {
                self.frame.metadata.issuers = unit::read_units(self.page, first, last).units;
            }
        }
        if let Some((first, last)) = given.disclosure
            && let Some(kind) = disclosure_kind(&self.page.glyphs[first..last])
        {
            self.set_disclosure(first, last, kind);
        }
    }

    fn year(&self) -> Option<u32> {
        let metadata = &self.frame.metadata;
        let day = metadata.issued_on.as_ref();
        day.or(metadata.published_on.as_ref())
            .and_then(|dated| dated.date.as_ref()?.get(..4)?.parse().ok())
            .or_else(|| metadata.document_number.as_ref()?.year.map(u32::from))
            .or_else(|| {
                let title = metadata.title.as_ref()?;
                title_year(&self.page.glyphs[self.page.range(title.span)])
            })
    }

    pub(super) fn conflict(&mut self, what: &str, span: Span, given: &str, own: &str) {
        self.frame.findings.push(Finding::new(
            Code::MetadataConflict,
            span,
            format!("{what}不一致：页头为“{given}”，正文为“{own}”"),
        ));
    }
}

/// An entry of a table of contents without its leader and page number: `1 总则……3`.
fn unleadered(glyphs: &[Glyph]) -> &[Glyph] {
    let leads = |glyph: &Glyph| matches!(glyph.ch, '.' | '…' | '·' | '-' | '—' | '_');
    let digits = glyphs
        .iter()
        .rposition(|glyph| !glyph.ch.is_ascii_digit())
        .map_or(0, |at| at + 1);
    let end = glyphs[..digits]
        .iter()
        .rposition(|glyph| !leads(glyph))
        .map_or(0, |at| at + 1);
    if end < digits { &glyphs[..end] } else { glyphs }
}
