//! The signature and the day.

use super::organs::split_organs;
use super::title::unbracketed;
use super::{HEAD, Reader, TITLE_LINE};
use crate::date::Day;
use crate::finding::Finding;
use crate::glyph::{Glyph, Page, begins, ends, find, is_close, is_open};
use crate::marker::{self, Mark};
use crate::model::{BlockKind, Code, MarkerStyle};
use crate::paragraph::Paragraph;
use crate::{date, unit};

/// The glyphs of an organ that signs, and whether it stamps for another.
struct Signer {
    first: usize,
    last: usize,
    stamped: bool,
}

impl Reader<'_, '_> {
    pub(super) fn is_day_line(&self, paragraph: &Paragraph) -> bool {
        let glyphs = paragraph.glyphs(self.page);
        date::read_day(glyphs).is_some_and(|(length, _)| length == glyphs.len())
    }

    /// The signature and the day: the paragraph behind them, and that of the day.
    pub(super) fn read_sign_off(
        &mut self,
        paragraphs: &[Paragraph],
        body: usize,
        tail: usize,
    ) -> (usize, Option<usize>) {
        let signed = (body..tail).find_map(|at| {
            let paragraph = paragraphs[at];
            if paragraph.mark.is_some() || self.frame.roles[at].is_some() {
                return None;
            }
            let line = paragraph.glyphs(self.page);
            let signed = at > body && unit::is_organ(paragraphs[at - 1].glyphs(self.page));
            let (start, length, day) = closing_day(line)
                .or_else(|| Some((0, line.len(), date::read_bare_day(line).filter(|_| signed)?)))?;
            // A day under the title is no sign-off, nor one under a heading: `一、会议时间`.
            let headed = at > body && {
                let above = paragraphs[at - 1];
                let open = |glyph: &Glyph| glyph.ch != '。' && !is_close(glyph.ch);
                let item =
                    |mark: Mark| matches!(mark.style, MarkerStyle::Han | MarkerStyle::HanParen);
                above.mark.is_some_and(item) && above.glyphs(self.page).last().is_some_and(open)
            };
            ((at > body || start > 0) && !headed).then_some((at, start, length, day))
        });
        let Some((at, start, length, day)) = signed else {
            return (self.read_closing_note(paragraphs, body, tail), None);
        };
        let first = paragraphs[at].first as usize;
        let (from, to) = (first + start, first + start + length);
        self.frame.metadata.issued_on = Some(self.dated(from, length, day));
        if !day.exists() {
            let text = self.page.reading(from, to);
            let message = format!("“{text}”不是日历上的日期");
            let span = self.page.span(from, to);
            self.frame
                .findings
                .push(Finding::new(Code::InvalidDate, span, message));
        }
        self.frame.roles[at] = Some(if start > 0 {
            BlockKind::Signature
        } else {
            BlockKind::Date
        });
        let signers = self.signers(paragraphs, body, at, start);
        for signer in &signers {
            let units = split_organs(self.page, signer.first, signer.last);
            self.frame.metadata.issuers.extend(units);
        }
        if signers.iter().any(|signer| signer.stamped)
            && let Some(organs) = self.title_organs()
        {
            // Another body stamps for the organ that issues.
            self.frame.metadata.issuers = organs;
        }
        let mut behind = at + 1;
        while behind < tail {
            let next = paragraphs[behind];
            if self.read_disclosure(&next).is_some() {
                self.frame.roles[behind] = Some(BlockKind::Disclosure);
            } else if next.mark.is_none() && is_note(next.glyphs(self.page)) {
                self.frame.roles[behind] = Some(BlockKind::Paragraph);
            } else {
                break;
            }
            behind += 1;
        }
        (behind, Some(at))
    }

    /// The organs that sign over the day, or `start` glyphs before it on its line.
    fn signers(
        &mut self,
        paragraphs: &[Paragraph],
        body: usize,
        at: usize,
        start: usize,
    ) -> Vec<Signer> {
        let mut signers = Vec::new();
        if start > 0 {
            let first = paragraphs[at].first as usize;
            signers.push(Signer {
                first,
                last: first + start,
                stamped: false,
            });
        }
        for up in (body..at).rev().take(12) {
            let above = paragraphs[up];
            let name = above.glyphs(self.page);
            let first = above.first as usize;
            let plain = without_stamp(name);
            // The note on disclosure, or a second name in brackets, between the lines.
            if self.frame.roles[up].is_none() && self.read_disclosure(&above).is_some() {
                self.frame.roles[up] = Some(BlockKind::Disclosure);
                continue;
            }
            let signed = |above: usize| unit::is_organ(paragraphs[above].glyphs(self.page));
            if is_second_name(plain) && (up + 1 < at || up > body && signed(up - 1)) {
                self.frame.roles[up] = Some(BlockKind::Signature);
                continue;
            }
            if is_contact(name) && above.mark.is_none() && up + 1 == at {
                continue;
            }
            if above.mark.is_some()
                || name.len() > 60
                // `联系人：…，联系电话：…`
                || name.iter().any(|glyph| glyph.ch == ':')
                || self.frame.roles[up].is_some()
                || ends_body(plain)
            {
                break;
            }
            if unit::is_organ(unbracketed(plain)) || self.is_enumeration(first, first + plain.len())
            {
                let signer = Signer {
                    first,
                    last: first + plain.len(),
                    stamped: plain.len() < name.len(),
                };
                signers.insert(0, signer);
                self.frame.roles[up] = Some(BlockKind::Signature);
                continue;
            }
            // The upper half of a long name.
            if let Some(below) = signers.first_mut()
                && up + 1 < at
                && first + TITLE_LINE > below.last
                && !name.last().is_some_and(|glyph| is_close(glyph.ch))
                && up > body
                && name.len() >= 4
                // `2.《…》起草说明` ends a list of attachments.
                && marker::read(name).is_none()
                && find(name, "附件").is_none()
                && ends_sentence_before(self.page, paragraphs, up)
            {
                below.first = first;
                self.frame.roles[up] = Some(BlockKind::Signature);
            }
            break;
        }
        signers
    }

    /// Without a day, the note on disclosure closes the notice: the paragraph behind it.
    fn read_closing_note(&mut self, paragraphs: &[Paragraph], body: usize, tail: usize) -> usize {
        let head = body..tail.min(body + HEAD);
        for (at, paragraph) in head.clone().zip(&paragraphs[head]) {
            if paragraph.mark.is_some() {
                break;
            }
            if self.frame.roles[at].is_none() && self.read_disclosure(paragraph).is_some() {
                self.frame.roles[at] = Some(BlockKind::Disclosure);
                return at + 1;
            }
        }
        body
    }

    /// Organs in a row, parted by blanks.
    pub(super) fn is_enumeration(&self, first: usize, last: usize) -> bool {
        let units = unit::read_units(self.page, first, last).units;
        units.len() > 1
            && units
                .iter()
                .all(|unit| unit::is_organ(&self.page.glyphs[self.page.range(unit.span)]))
    }
}

/// The day that stands alone on its line or behind the organ that signs: where it begins, its glyphs, itself.
fn closing_day(glyphs: &[Glyph]) -> Option<(usize, usize, Day)> {
    if glyphs.len() > 60 {
        return None;
    }
    let (start, length, day) = (0..glyphs.len()).find_map(|start| {
        let (length, day) = date::read_day(&glyphs[start..])?;
        (start + length == glyphs.len()).then_some((start, length, day))
    })?;
    let signs = start >= 4 && unit::is_organ(unbracketed(&glyphs[..start]));
    (start == 0 || signs).then_some((start, length, day))
}

/// `（省人工智能办公室）`: another name of the organ above.
fn is_second_name(glyphs: &[Glyph]) -> bool {
    glyphs.len() > 4
        && is_open(glyphs[0].ch)
        && is_close(glyphs[glyphs.len() - 1].ch)
        && unit::is_organ(&glyphs[1..glyphs.len() - 1])
}

/// Without `（代章）` or `（盖章）`.
pub(super) fn without_stamp(glyphs: &[Glyph]) -> &[Glyph] {
    ["(代章)", "(代)", "(盖章)", "(印章)", "(印)"]
        .iter()
        .find_map(|word| ends(glyphs, word))
        .map_or(glyphs, |length| &glyphs[..glyphs.len() - length])
}

pub(super) fn ends_sentence_before(page: &Page<'_>, paragraphs: &[Paragraph], at: usize) -> bool {
    at > 0
        && paragraphs[at - 1]
            .glyphs(page)
            .last()
            .is_some_and(|glyph| matches!(glyph.ch, '。' | '!' | ')' | '”'))
}

pub(super) fn is_contact(glyphs: &[Glyph]) -> bool {
    glyphs.len() <= 80
        && (find(glyphs, "联系人").is_some()
            || find(glyphs, "联系电话").is_some()
            || find(glyphs, "有删减").is_some())
}

/// What may be added under the day: `（本文有删减）`, `（附件略）`, `注：…`, whom to call.
fn is_note(glyphs: &[Glyph]) -> bool {
    let boxed = matches!(glyphs, [open, .., close] if is_open(open.ch) && is_close(close.ch));
    is_contact(glyphs) || glyphs.len() <= TITLE_LINE && (boxed || begins(glyphs, "注:").is_some())
}

/// Whether a paragraph ends like running text.
pub(super) fn ends_body(glyphs: &[Glyph]) -> bool {
    glyphs
        .last()
        .is_some_and(|glyph| matches!(glyph.ch, '。' | ';' | ':' | '!' | '?' | ',' | '、'))
}
