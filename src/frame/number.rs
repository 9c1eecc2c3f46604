//! `发文字号`: `赣府字〔2018〕64号`, `第47号`, `2024年第3号`.

use super::Reader;
use crate::glyph::{Page, find, is_close, is_open};
use crate::model::{DocumentNumber, Str};
use crate::paragraph::Paragraph;
use crate::{date, numeral};

/// Glyphs of what may stand at the right of a number, and with who signs.
const SECRECY: usize = 8;
const SIGNED: usize = 12;

impl<'t> Reader<'_, 't> {
    /// `赣府字〔2018〕64号` on a line of its own, also several, also with `签发人`.
    pub(super) fn read_number_line(&mut self, paragraph: &Paragraph) -> Option<DocumentNumber<'t>> {
        let (first, last) = (paragraph.first as usize, paragraph.last as usize);
        if last - first > 80 {
            return None;
        }
        if let Some(number) = self
            .read_short_number(first, last)
            .or_else(|| self.read_order_number(first, last))
        {
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
            let from = last - outer - rest.len();
            if matches!(glyph.ch, ',' | '、' | ';' | '(' | ')') {
                rest = &rest[1..];
            } else if let Some((length, day)) = date::read_day(rest)
                && length == rest.len()
            {
                // `苏政发〔2009〕1号　2009年1月5日`, as gazettes print it.
                self.given.title_day = Some(self.dated(from, length, day));
                break;
            } else if glyph.ch == '《' && matches!(rest, [.., end] if end.ch == '》')
                || rest.len() <= SECRECY && self.page.spaced(from)
            {
                // What a page puts over the document: its number and title; `★内部使用` at the right.
                break;
            } else {
                let next = read_number(self.page, from, last)?;
                rest = &self.page.glyphs[self.page.glyph_at(next.span.end)..last - outer];
            }
        }
        Some(number)
    }

    /// Whether a line begins with a number that nothing but a remark at the right follows.
    pub(super) fn is_number_line(&self, paragraph: &Paragraph) -> bool {
        let (first, last) = (paragraph.first as usize, paragraph.last as usize);
        let ends = |number: DocumentNumber<'_>| {
            let end = self.page.glyph_at(number.span.end);
            end == last || end < last && last - end <= SIGNED && self.page.spaced(end)
        };
        self.read_short_number(first, last).is_some()
            || read_number(self.page, first, last).is_some_and(ends)
    }

    /// `渝府令第121号`, `某市人民政府令第86号`, on a line of its own.
    fn read_order_number(&self, first: usize, last: usize) -> Option<DocumentNumber<'t>> {
        let at = first
            + 1
            + self.page.glyphs[first..last]
                .iter()
                .take(24)
                .position(|glyph| glyph.ch == '令')?;
        let number = self.read_short_number(at, last)?;
        let text = self.text(first, last);
        Some(DocumentNumber {
            text: text.text,
            value: self.page.reading(first, last),
            agency: self.page.reading(first, at),
            span: text.span,
            ..number
        })
    }

    /// `第47号` of an order, `2024年第3号` of an announcement, `〔2025〕23号` of minutes, on a line of its own.
    pub(super) fn read_short_number(
        &self,
        first: usize,
        last: usize,
    ) -> Option<DocumentNumber<'t>> {
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
}

/// Words of a sentence or title that cites a number: `某市教育局转发赣府字〔2018〕64号文件的通知`.
const CITES: [&str; 8] = [
    "关于", "转发", "贯彻", "印发", "废止", "根据", "按照", "落实",
];

/// Reads `赣府字〔2018〕64号` from glyph `first` on, before `last`.
pub(crate) fn read_number<'t>(
    page: &Page<'t>,
    first: usize,
    last: usize,
) -> Option<DocumentNumber<'t>> {
    let glyphs = &page.glyphs[..last];
    let open = (first..last.min(first + 20)).find(|&at| is_open(glyphs[at].ch))?;
    // `法〔2019〕99号`: one character may say who numbers.
    if open == first
        || glyphs[first..open]
            .iter()
            .any(|glyph| matches!(glyph.ch, ',' | '。' | ':' | '《' | '、'))
        || CITES
            .iter()
            .any(|word| find(&glyphs[first..open], word).is_some())
    {
        return None;
    }
    let (year, length) = numeral::read(&glyphs[open + 1..])?;
    let close = open + 1 + length;
    if !(1949..=2199).contains(&year) || !is_close(glyphs.get(close)?.ch) {
        return None;
    }
    let mut at = close + 1;
    if glyphs.get(at)?.ch == '第' {
        at += 1;
    }
    let (serial, length) = numeral::read(glyphs.get(at..)?)?;
    at += length;
    if glyphs.get(at)?.ch != '号' {
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
