//! `版记`, the note on disclosure, and the residue of web pages.

use super::Reader;
use super::sign_off::ends_body;
use crate::glyph::{Glyph, begins, ends, find, is_close, is_open};
use crate::lexicon::Key;
use crate::model::{BlockKind, Disclosure, DisclosureKind};
use crate::paragraph::Paragraph;
use crate::{date, lexicon, unit};

impl Reader<'_, '_> {
    /// `版记` and web footers: the first paragraph that belongs to them.
    pub(super) fn read_tail(&mut self, paragraphs: &[Paragraph], body: usize) -> usize {
        let mut tail = paragraphs.len();
        let mut doubtful = 0;
        while tail > body && paragraphs[tail - 1].rows.is_none() {
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
        self.frame.metadata.copied_to.reverse();
        tail
    }

    /// `抄送：…`, `XX办公室 2023年5月6日印发`, `公开方式：主动公开`.
    pub(super) fn read_imprint(&mut self, paragraph: &Paragraph) -> Option<BlockKind> {
        let page = self.page;
        let glyphs = paragraph.glyphs(page);
        let (first, last) = (paragraph.first as usize, paragraph.last as usize);
        if let Some(length) = copies(glyphs) {
            let end = if matches!(page.glyphs[last - 1].ch, '。' | '.') {
                last - 1
            } else {
                last
            };
            // Lines come from the last up; their units are turned round at the end.
            let units = unit::read_units(page, first + length, end).units;
            self.frame
                .metadata
                .copied_to
                .extend(units.into_iter().rev());
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
        // The organ over its `2023年5月6日印发`.
        let printed = &self.frame.metadata;
        if printed.printed_on.is_some()
            && printed.printed_by.is_none()
            && paragraph.mark.is_none()
            && glyphs.len() <= 30
            && unit::is_organ(glyphs)
        {
            self.frame.metadata.printed_by = Some(self.text(first, last));
            return Some(BlockKind::CopiedTo);
        }
        if glyphs.len() <= 20 && begins(glyphs, "共印").is_some() {
            return Some(BlockKind::CopiedTo);
        }
        self.read_disclosure(paragraph)
    }

    /// `（此件主动公开）`, `公开方式：主动公开`.
    pub(super) fn read_disclosure(&mut self, paragraph: &Paragraph) -> Option<BlockKind> {
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
            last -= usize::from(is_open(glyphs[0].ch) && is_close(glyphs[glyphs.len() - 1].ch));
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

    pub(super) fn set_disclosure(&mut self, first: usize, last: usize, kind: DisclosureKind) {
        if self.frame.metadata.disclosure.is_none() {
            let text = self.text(first, last);
            self.frame.metadata.disclosure = Some(Disclosure {
                text: text.text,
                kind,
                span: text.span,
            });
        }
    }
}

pub(super) fn is_separator(glyphs: &[Glyph]) -> bool {
    glyphs
        .iter()
        .all(|glyph| matches!(glyph.ch, '-' | '—' | '=' | '_' | '*' | '·' | '.'))
}

/// Navigation, tools and footers of a web page.
pub(super) fn is_residue(glyphs: &[Glyph]) -> bool {
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
    let short = glyphs.len() <= 90;
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
    .any(|word| short && find(glyphs, word).is_some());
    let bars = glyphs.len() >= 6
        && glyphs.iter().filter(|glyph| glyph.ch == '|').count() >= 2
        && glyphs.len() <= 40
        && glyphs[0].ch != '|';
    crumbs || footer || bars
}

pub(super) fn disclosure_kind(glyphs: &[Glyph]) -> Option<DisclosureKind> {
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

/// `抄送：` and its like at the start: how many glyphs.
fn copies(glyphs: &[Glyph]) -> Option<usize> {
    ["抄送:", "抄报:", "分送:", "主送:", "抄送机关:"]
        .iter()
        .find_map(|word| begins(glyphs, word))
}
