//! `发文字号`: `赣府字〔2018〕64号`, `第47号`, `2024年第3号`.

use super::Reader;
use crate::glyph::{Glyph, begins, find};
use crate::model::{DocumentNumber, Str};
use crate::number::read_number;
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

    /// `渝府令第121号`, `某市人民政府令第86号`, `国家税务总局公告2025年第12号`, on a line of its own.
    fn read_order_number(&self, first: usize, last: usize) -> Option<DocumentNumber<'t>> {
        let glyphs = &self.page.glyphs[first..last.min(first + 30)];
        let kind = |word: &str| Some(first + find(glyphs, word)? + word.chars().count());
        let at = kind("令")
            .or_else(|| kind("公告"))
            .or_else(|| kind("通告"))?;
        if at >= last || find(&self.page.glyphs[first..at], "关于").is_some() {
            return None;
        }
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
        let inside = &glyphs[inner..glyphs.len() - inner];
        let (year, serial, length) = match numeral::read_year_serial(inside) {
            Some((year, serial, length)) => (Some(year), serial, length),
            None => read_ordinal(inside)?,
        };
        if length != inside.len() {
            return None;
        }
        let (from, to) = (first + inner, last - inner);
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

/// `第47号`, `2024年第3号` at the start: year, serial and length in glyphs.
fn read_ordinal(glyphs: &[Glyph]) -> Option<(Option<u16>, u32, usize)> {
    let mut at = 0;
    let mut year = None;
    if let Some((value, length)) = numeral::read_year(glyphs) {
        at = length + begins(&glyphs[length..], "年")?;
        year = Some(value);
    }
    at += begins(&glyphs[at..], "第")?;
    let (serial, length) = numeral::read(&glyphs[at..])?;
    at += length;
    at += begins(&glyphs[at..], "号")?;
    Some((year, serial, at))
}

#[cfg(test)]
mod tests {
    fn check(line: &str, agency: &str, year: Option<u16>, serial: u32) {
        let text = format!("南桥市人民政府关于禁放烟花的公告\n{line}\n\n现公告如下。\n");
        let number = crate::parse(&text).metadata.document_number.expect(line);
        assert_eq!(
            (&*number.agency, number.year, number.serial),
            (agency, year, Some(serial)),
            "{line}"
        );
    }

    #[test]
    fn numbers_of_orders_and_announcements() {
        check("南府令第12号", "南府令", None, 12);
        check("第12号", "", None, 12);
        check("2025年第3号", "", Some(2025), 3);
        check(
            "南桥市人民政府公告2025年第3号",
            "南桥市人民政府公告",
            Some(2025),
            3,
        );
        check(
            "南桥市公安局通告（2025年第3号）",
            "南桥市公安局通告",
            Some(2025),
            3,
        );
        check("南府发〔2025〕3号", "南府发", Some(2025), 3);
    }
}
