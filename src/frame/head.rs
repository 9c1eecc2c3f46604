//! `版头` and the top of `主体`: from the first line down to the addressees.

use super::keys::raw_glyphs;
use super::organs::split_organs;
use super::sign_off::ends_body;
use super::tail::is_residue;
use super::{HEAD, Reader, TITLE_LINE};
use crate::glyph::{Glyph, begins, ends, find, is_mark, is_open, same};
use crate::lexicon::Key;
use crate::model::{BlockKind, Unit, UnitKind};
use crate::number::read_number;
use crate::paragraph::Paragraph;
use crate::{date, label, lexicon, unit};

impl<'t> Reader<'_, 't> {
    /// Reads down to the body: the index of its first paragraph.
    pub(super) fn read_head(&mut self, paragraphs: &mut [Paragraph]) -> usize {
        let limit = paragraphs
            .iter()
            .take(HEAD)
            .take_while(|paragraph| paragraph.rows.is_none())
            .count();
        let start = self.title_start(paragraphs, limit);
        let mut head = Head {
            limit,
            start,
            headline: match start {
                Some(_) => None,
                None => self.headline(&paragraphs[..limit]),
            },
            ..Head::default()
        };
        let mut at = 0;
        while at < limit
            && let Some(lines) = self.read_head_line(paragraphs, at, &mut head)
        {
            at += lines;
        }
        if let Some((first, last)) = head.title {
            self.set_title(first, last);
        }
        self.find_addressees(paragraphs, at, limit)
    }

    /// What stands at `at` above the addressees: how many paragraphs it takes.
    fn read_head_line(
        &mut self,
        paragraphs: &mut [Paragraph],
        at: usize,
        head: &mut Head,
    ) -> Option<usize> {
        let paragraph = paragraphs[at];
        let glyphs = paragraph.glyphs(self.page);
        if self.read_page_head(paragraphs, at, head)
            || self.read_page_day(&paragraph)
            || is_residue(glyphs)
            || glyphs.is_empty()
        {
            self.frame.roles[at] = Some(BlockKind::Furniture);
            return Some(1);
        }
        if let Some(kind) = self.read_letterhead(&paragraph) {
            self.frame.roles[at] = Some(kind);
            return Some(1);
        }
        if let Some(lines) = self.read_title(paragraphs, at, head) {
            return Some(lines);
        }
        if head.title.is_some() {
            return self.read_below_title(&paragraphs[at..head.limit], at);
        }
        // Lines before the title that are no part of the document: captions, tools.
        let above = head.start.or(head.headline).is_some_and(|start| at < start);
        if !above {
            return None;
        }
        if self.is_over_number(&paragraphs[at..head.limit]) {
            self.read_organs(paragraph.first as usize, paragraph.last as usize);
        }
        paragraphs[at].mark = None;
        self.frame.roles[at] = Some(BlockKind::Furniture);
        Some(1)
    }

    /// Whether a paragraph is front matter, a key of the page or its value, which it feeds.
    fn read_page_head(&mut self, paragraphs: &mut [Paragraph], at: usize, head: &mut Head) -> bool {
        let paragraph = paragraphs[at];
        let raw = raw_glyphs(self.page, &paragraph);
        let rule = |glyph: &Glyph| matches!(glyph.ch, '-' | '—' | '=' | '_' | '*');
        if raw.len() >= 3 && raw.iter().all(rule) {
            head.fenced = !head.fenced && at == 0;
            return true;
        }
        if head.fenced || self.is_keys(&paragraph) {
            head.awaited = self.read_keys(&paragraph);
            paragraphs[at].mark = None;
            return true;
        }
        // `索引号` over its value, `发文字号` over its own.
        let below = &paragraphs[at + 1..head.limit];
        if let Some(key) = self.key_alone(&paragraph)
            && (head.stacked
                || below
                    .iter()
                    .take(2)
                    .any(|line| self.key_alone(line).is_some()))
        {
            head.stacked = true;
            head.awaited = Some(key);
            return true;
        }
        // The value of a key on a line of its own.
        let (first, last) = (paragraph.first as usize, paragraph.last as usize);
        if let Some(key) = head.awaited.take()
            && Some(at) != head.start
            && paragraph.mark.is_none()
            && raw.len() <= VALUE
            && !ends_body(raw)
            && (key == Key::Number || read_number(self.page, first, last).is_none())
        {
            self.feed(key, first, last);
            return true;
        }
        false
    }

    /// The title, where it begins at `at`: how many paragraphs.
    fn read_title(
        &mut self,
        paragraphs: &mut [Paragraph],
        at: usize,
        head: &mut Head,
    ) -> Option<usize> {
        let (begin, end) = (paragraphs[at].first as usize, paragraphs[at].last as usize);
        let run = if Some(at) == head.start
            && let Some((run, first, last)) = self.title_run(paragraphs, at, head.limit)
        {
            if self.frame.metadata.document_number.is_none() {
                let bracket = usize::from(self.page.glyphs[begin].ch == '(');
                self.frame.metadata.document_number =
                    read_number(self.page, begin + bracket, first);
            }
            head.title = Some((first, last));
            run
        } else if Some(at) == head.headline {
            head.title = Some((begin, end));
            at + 1
        } else {
            return None;
        };
        self.claim_title(paragraphs, at..run);
        Some(run - at)
    }

    /// The day under the title, and who speaks over it, `张某` over `（2025年2月11日）`: how many paragraphs.
    fn read_below_title(&mut self, below: &[Paragraph], at: usize) -> Option<usize> {
        if self.read_under_title(&below[0]) {
            self.frame.roles[at] = Some(BlockKind::Date);
            return Some(1);
        }
        let glyphs = below[0].glyphs(self.page);
        let speaker = below[0].mark.is_none()
            && glyphs.len() <= SPEAKER
            && !glyphs.iter().any(|glyph| is_mark(glyph.ch))
            && !unit::is_organ(glyphs);
        if !speaker || !self.read_under_title(below.get(1)?) {
            return None;
        }
        self.frame.roles[at + 1] = Some(BlockKind::Date);
        Some(2)
    }

    /// Addressees: the first line with a colon at its end that names units; lines of the page head
    /// may stand before it. The first paragraph of the body.
    fn find_addressees(&mut self, paragraphs: &[Paragraph], at: usize, limit: usize) -> usize {
        let mut index = at;
        while index < limit.min(at + 8) {
            let paragraph = paragraphs[index];
            if paragraph.mark.is_none() && self.read_addressees(&paragraph) {
                for (offset, between) in paragraphs[at..index].iter().enumerate() {
                    let kind = if self.is_keys(between) {
                        self.read_keys(between);
                        None
                    } else {
                        if unit::is_organ(between.glyphs(self.page)) {
                            self.read_organs(between.first as usize, between.last as usize);
                        }
                        self.read_letterhead(between)
                    };
                    self.frame.roles[at + offset] = kind.or(Some(BlockKind::Furniture));
                }
                self.frame.roles[index] = Some(BlockKind::Addressee);
                return index + 1;
            }
            let glyphs = paragraph.glyphs(self.page);
            let prose = glyphs
                .last()
                .is_some_and(|glyph| matches!(glyph.ch, '。' | ';' | '!' | '?'));
            // `取消收藏成功！`: what a tool of the page says.
            if prose && glyphs.len() > 12 || paragraph.mark.is_some() || glyphs.len() > TITLE_LINE {
                break;
            }
            index += 1;
        }
        at
    }

    /// Where the title begins: the first lines with `关于` or `印发` that end like one, else the first
    /// that end like one, above the addressees and the first sentence.
    fn title_start(&self, paragraphs: &[Paragraph], limit: usize) -> Option<usize> {
        // Above the line that says where the page stands in its site, there is no title.
        let crumbs = paragraphs
            .iter()
            .take(limit.min(HEAD / 2))
            .rposition(|paragraph| {
                let word = lexicon::residue().longest(paragraph.glyphs(self.page));
                matches!(word, Some((_, true)))
            });
        crumbs
            .and_then(|crumbs| self.title_behind(paragraphs, crumbs + 1, limit))
            .or_else(|| self.title_behind(paragraphs, 0, limit))
    }

    /// Where nothing reads like a title: the line over the day and the tools of a page.
    fn headline(&self, paragraphs: &[Paragraph]) -> Option<usize> {
        paragraphs.windows(2).take(HEADLINE).position(|pair| {
            let line = pair[0].glyphs(self.page);
            (6..=TITLE_LINE).contains(&line.len())
                && pair[0].mark.is_none()
                && !ends_body(line)
                && !is_residue(line)
                && !self.is_keys(&pair[0])
                && self.page_day(&pair[0]).is_none()
                && self.page_day(&pair[1]).is_some()
        })
    }

    fn title_behind(&self, paragraphs: &[Paragraph], from: usize, limit: usize) -> Option<usize> {
        let mut weak = None;
        for (at, paragraph) in paragraphs
            .iter()
            .enumerate()
            .take(limit.min(HEAD / 2))
            .skip(from)
        {
            let glyphs = paragraph.glyphs(self.page);
            if glyphs.is_empty() || is_residue(glyphs) || self.is_keys(paragraph) {
                continue;
            }
            let bullet = paragraph.mark.is_some_and(|mark| mark.ordinal.is_none());
            if glyphs.last().is_some_and(|glyph| glyph.ch == '。') || bullet && glyphs.len() > 40 {
                break;
            }
            if bullet {
                continue;
            }
            match self.title_run(paragraphs, at, limit) {
                Some((_, first, last)) if is_strong(&self.page.glyphs[first..last]) => {
                    return Some(self.without_captions(paragraphs, at, limit));
                }
                Some(_) if weak.is_none() => weak = Some(at),
                None if paragraph.mark.is_some() && weak.is_some() => break,
                _ => {}
            }
        }
        weak
    }

    /// Leaves out lines above a title that are no organ: the lines below are a title without them.
    fn without_captions(&self, paragraphs: &[Paragraph], mut at: usize, limit: usize) -> usize {
        while at + 1 < limit {
            let paragraph = &paragraphs[at];
            let glyphs = paragraph.glyphs(self.page);
            if is_strong(glyphs) {
                break;
            }
            let organs = unit::is_organ(glyphs)
                || self.is_enumeration(paragraph.first as usize, paragraph.last as usize);
            let below = self.title_run(paragraphs, at + 1, limit);
            let stands_alone =
                below.is_some_and(|(_, first, last)| is_strong(&self.page.glyphs[first..last]));
            let site = organs && names_area_again(glyphs, paragraphs[at + 1].glyphs(self.page));
            if organs && !site || !stands_alone {
                break;
            }
            at += 1;
        }
        at
    }

    /// These paragraphs are a title, whatever number stands in front of it.
    pub(super) fn claim_title(
        &mut self,
        paragraphs: &mut [Paragraph],
        range: std::ops::Range<usize>,
    ) {
        for paragraph in &mut paragraphs[range.clone()] {
            paragraph.mark = None;
        }
        self.frame.roles[range].fill(Some(BlockKind::Title));
    }

    /// Document number, secrecy, urgency, signer, and the name of the organ over the red line.
    pub(super) fn read_letterhead(&mut self, paragraph: &Paragraph) -> Option<BlockKind> {
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
        if !red_head || paragraph.mark.is_some() {
            return None;
        }
        self.read_organs(first, paragraph.last as usize - 2);
        Some(BlockKind::Furniture)
    }

    /// Organs of the letterhead.
    fn read_organs(&mut self, first: usize, last: usize) {
        let units = split_organs(self.page, first, last);
        self.given.letterhead.extend(units);
    }

    /// Whether a line is an organ that stands over the number, alone or above others.
    fn is_over_number(&self, paragraphs: &[Paragraph]) -> bool {
        let organs = paragraphs
            .iter()
            .take(4)
            .take_while(|line| line.mark.is_none() && unit::is_organ(line.glyphs(self.page)))
            .count();
        organs > 0
            && paragraphs
                .get(organs)
                .is_some_and(|below| self.is_number_line(below))
    }

    /// Lines under the title of a decision: `（2023年5月6日…会议通过）`, or the day.
    pub(super) fn read_under_title(&mut self, paragraph: &Paragraph) -> bool {
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
        let dated = self.dated(first, length, day);
        // `2023-12-14 09:30` is the day of the page, not of the document.
        let written = glyphs[inner..inner + length]
            .iter()
            .any(|glyph| glyph.ch == '年');
        let slot = if written {
            &mut self.given.title_day
        } else {
            &mut self.frame.metadata.published_on
        };
        slot.get_or_insert(dated);
        true
    }

    /// `各市、县（区）人民政府，省政府各部门：`
    pub(super) fn read_addressees(&mut self, paragraph: &Paragraph) -> bool {
        let Some(units) = self.addressees(paragraph) else {
            return false;
        };
        self.frame.metadata.addressees = units;
        true
    }

    /// The units that a line addresses.
    pub(super) fn addressees(&self, paragraph: &Paragraph) -> Option<Vec<Unit<'t>>> {
        let glyphs = paragraph.glyphs(self.page);
        if glyphs.last()?.ch != ':'
            || glyphs.len() > 400
            || glyphs
                .iter()
                .any(|glyph| matches!(glyph.ch, '。' | '《' | '!' | '?'))
            || label::read_front(glyphs).is_some()
            || ends(glyphs, "如下:").is_some()
        {
            return None;
        }
        let (first, end) = (paragraph.first as usize, paragraph.last as usize - 1);
        let mut units = unit::read_units(self.page, first, end).units;
        // `王某某委员：`, of an answer to a proposal.
        let salute = lexicon::salutes().longest(&glyphs[..glyphs.len() - 1]);
        if glyphs.len() <= 20 && salute.is_some() {
            for unit in &mut units {
                unit.kind = UnitKind::Person;
            }
            return Some(units);
        }
        let known = units
            .iter()
            .filter(|unit| {
                let name = &self.page.glyphs[self.page.range(unit.span)];
                unit::is_unit(name)
                    || name.first().is_some_and(|glyph| glyph.ch == '各')
                    || lexicon::places().is(name)
            })
            .count();
        let prose = lexicon::prose().longest(glyphs).is_some() && known == 0;
        (!units.is_empty() && known * 2 >= units.len() && !prose).then_some(units)
    }
}

/// What is known of a head while its lines are read.
#[derive(Default)]
struct Head {
    /// Paragraphs that it may have.
    limit: usize,
    /// Where the title begins, or the headline of a page where nothing reads like a title.
    start: Option<usize>,
    headline: Option<usize>,
    /// Glyphs of the title, once it is read.
    title: Option<(usize, usize)>,
    /// Whether front matter between `---` is open.
    fenced: bool,
    /// The key whose value stands on the line below.
    awaited: Option<Key>,
    /// Whether keys stand over their values, one to a line.
    stacked: bool,
}

/// Glyphs of a value below its key.
const VALUE: usize = 40;

/// Paragraphs above the headline of a page.
const HEADLINE: usize = 12;

/// Glyphs of the line under a title that says who speaks.
const SPEAKER: usize = 12;

/// Whether the line below an organ is a title that begins with its area, not with its name:
/// `甲市乙区人民政府` over `甲市乙区关于…`.
fn names_area_again(organ: &[Glyph], title: &[Glyph]) -> bool {
    find(title, "关于").is_some_and(|at| {
        at >= 3
            && at < organ.len()
            && same(&title[..at], &organ[..at])
            && !unit::is_organ(&title[..at])
    })
}

/// Whether a title says what it does: `关于…`, `印发…`, `转发…`.
pub(super) fn is_strong(glyphs: &[Glyph]) -> bool {
    ["关于", "印发", "转发"]
        .iter()
        .any(|word| find(glyphs, word).is_some())
}
