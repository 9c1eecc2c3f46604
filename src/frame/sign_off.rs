//! The signature and the day.

use super::title::unbracketed;
use super::{HEAD, Reader, TITLE_LINE};
use crate::glyph::{Glyph, Page, ends, find, is_close, is_open};
use crate::model::{BlockKind, Code};
use crate::paragraph::Paragraph;
use crate::{date, unit};

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
                // The note on disclosure, or a second name in brackets, between the lines.
                if self.frame.roles[up - 1].is_none() && self.read_disclosure(&above).is_some() {
                    self.frame.roles[up - 1] = Some(BlockKind::Disclosure);
                    up -= 1;
                    continue;
                }
                if up < at && is_second_name(name) {
                    self.frame.roles[up - 1] = Some(BlockKind::Signature);
                    up -= 1;
                    continue;
                }
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
    pub(super) fn is_enumeration(&self, first: usize, last: usize) -> bool {
        let units = unit::read_units(self.page, first, last).units;
        units.len() > 1
            && units
                .iter()
                .all(|unit| unit::is_organ(&self.page.glyphs[self.page.range(unit.span)]))
    }
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

/// Whether a paragraph ends like running text.
pub(super) fn ends_body(glyphs: &[Glyph]) -> bool {
    glyphs
        .last()
        .is_some_and(|glyph| matches!(glyph.ch, '。' | ';' | ':' | '!' | '?' | ',' | '、'))
}
