//! The table of keys over a web page and front matter: `索引号：…`, `title: …`.

use super::Reader;
use crate::glyph::{Glyph, Page};
use crate::lexicon::Key;
use crate::number::read_number;
use crate::paragraph::Paragraph;
use crate::{date, lexicon, unit};

impl Reader<'_, '_> {
    /// Whether a line is `key：value` of a page head.
    pub(super) fn is_keys(&self, paragraph: &Paragraph) -> bool {
        let glyphs = undotted(raw_glyphs(self.page, paragraph));
        let ends_key = |glyph: &Glyph| {
            matches!(
                (glyphs[0].ch, glyph.ch),
                (_, ':' | '|') | ('【', '】') | ('[', ']')
            )
        };
        let cell = glyphs.iter().take(14).position(ends_key);
        let Some(colon) = cell else {
            // `发布时间 2018-09-29`
            let offset = raw_range(self.page, paragraph).1 - glyphs.len();
            let gap = (1..glyphs.len().min(12)).find(|&at| self.page.spaced(offset + at));
            return gap.is_some_and(|gap| lexicon::keys().is(&glyphs[..gap]) && gap >= 3)
                // `标　题 某省人民政府关于…`
                || lexicon::keys().is(&glyphs[..glyphs.len().min(2)])
                    && glyphs.len() > 2
                    && self.page.spaced(offset + 1)
                    && self.page.spaced(offset + 2)
                || bare_key(glyphs).is_some();
        };
        let start = usize::from(matches!(glyphs[0].ch, '(' | '[' | '【' | '|'));
        let colon = if colon == 0 {
            glyphs
                .iter()
                .take(14)
                .skip(1)
                .position(ends_key)
                .map_or(0, |at| at + 1)
        } else {
            colon
        };
        colon > start && lexicon::keys().is(&glyphs[start..colon])
    }

    /// The key that fills a line, as the cells of a table come out one to a line.
    pub(super) fn key_alone(&self, paragraph: &Paragraph) -> Option<Key> {
        let glyphs = undotted(raw_glyphs(self.page, paragraph));
        let (length, key) = lexicon::keys().longest(glyphs)?;
        (length == glyphs.len() && length >= 2).then_some(key)
    }

    /// Feeds what keys say; the last key, where its value stands on the line below.
    pub(super) fn read_keys(&mut self, paragraph: &Paragraph) -> Option<Key> {
        let page = self.page;
        let raw = raw_range(page, paragraph);
        let raw = (raw.1 - undotted(&page.glyphs[raw.0..raw.1]).len(), raw.1);
        let mut at = raw.0;
        let mut found: Vec<(Key, usize, usize, usize)> = Vec::new();
        while at < raw.1 {
            let ch = page.glyphs[at].ch;
            let ends_key = matches!(ch, ':' | '|' | '】' | ']') || at > raw.0 && page.spaced(at);
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
                        let value = at + usize::from(matches!(ch, ':' | '|' | '】' | ']'));
                        found.push((key, start, value, raw.1));
                    }
                }
            }
            at += 1;
        }
        // `发文字号法办〔2019〕40号`
        if found.is_empty()
            && let Some((length, key)) = bare_key(&page.glyphs[raw.0..raw.1])
        {
            found.push((key, raw.0, raw.0 + length, raw.1));
        }
        let awaits = found
            .last()
            .filter(|&&(_, _, first, last)| first == last && page.glyphs[last - 1].ch == ':')
            .map(|&(key, ..)| key);
        for (key, _, first, last) in found {
            let mut last = last;
            let mut first = first;
            while first < last && matches!(page.glyphs[first].ch, '"' | '\'' | '|' | '“') {
                first += 1;
            }
            while last > first
                && matches!(
                    page.glyphs[last - 1].ch,
                    '|' | '"' | '\'' | ']' | '】' | '【' | ';' | '”'
                )
            {
                last -= 1;
            }
            if first < last {
                self.feed(key, first, last);
            }
        }
        awaits
    }

    /// `2017-02-14 点击：8次`: the day on which a page was put up, with its tools.
    pub(super) fn read_page_day(&mut self, paragraph: &Paragraph) -> bool {
        let length = self.page_day(paragraph);
        if let Some(length) = length {
            let first = paragraph.first as usize;
            self.feed(Key::Published, first, first + length);
        }
        length.is_some()
    }

    /// Glyphs of the day in front of the tools of a page.
    pub(super) fn page_day(&self, paragraph: &Paragraph) -> Option<usize> {
        let glyphs = paragraph.glyphs(self.page);
        let (length, _) = date::read_day(glyphs)?;
        let rest = &glyphs[length + date::clock(&glyphs[length..])..];
        let colon = rest.iter().take(8).position(|glyph| glyph.ch == ':')?;
        lexicon::keys().is(&rest[..colon]).then_some(length)
    }

    pub(super) fn feed(&mut self, key: Key, first: usize, last: usize) {
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
                self.given.disclosure = self.given.disclosure.or(Some((first, last)));
            }
            Key::Other => {}
        }
    }
}

/// Without the bullet of a list in front.
fn undotted(glyphs: &[Glyph]) -> &[Glyph] {
    match glyphs.first() {
        Some(first) if matches!(first.ch, '•' | '●' | '·' | '▪' | '■' | '-' | '*') => {
            &glyphs[1..]
        }
        _ => glyphs,
    }
}

/// The glyphs of a paragraph with the dress in front.
pub(super) fn raw_glyphs<'p>(page: &'p Page<'_>, paragraph: &Paragraph) -> &'p [Glyph] {
    let (first, last) = raw_range(page, paragraph);
    &page.glyphs[first..last]
}

pub(super) fn raw_range(page: &Page<'_>, paragraph: &Paragraph) -> (usize, usize) {
    (
        page.lines[paragraph.line as usize]
            .first
            .min(paragraph.first) as usize,
        paragraph.last as usize,
    )
}

/// A key that its value follows without a mark, as text copied from a table has it.
fn bare_key(glyphs: &[Glyph]) -> Option<(usize, Key)> {
    (3..=6.min(glyphs.len().saturating_sub(1)))
        .rev()
        .find_map(|length| {
            let (word, key) = lexicon::keys().longest(&glyphs[..length])?;
            (word == length && glyphs.len() <= 40 && key != Key::Title).then_some((length, key))
        })
}
