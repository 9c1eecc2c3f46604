//! A `发文字号` in running text: glyphs in, a [`DocumentNumber`] out.

use crate::glyph::{Page, is_open};
use crate::model::{DocumentNumber, Str};
use crate::{lexicon, numeral};

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
        // `某市教育局转发赣府字〔2018〕64号文件的通知` cites one.
        || (first..open).any(|at| lexicon::relations().longest(&glyphs[at..open]).is_some())
    {
        return None;
    }
    let (year, serial, length) = numeral::read_year_serial(&glyphs[open..])?;
    let end = open + length;
    let span = page.span(first, end);
    let agency = page.reading(first, open);
    let value = page.reading(first, end);
    Some(DocumentNumber {
        text: Str::Borrowed(page.cut(span)),
        value,
        agency,
        year: Some(year),
        serial: Some(serial),
        span,
    })
}
