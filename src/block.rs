//! A part and its items in, [`Block`]s out: everything of the part that is in no item, so that nothing is lost.

use crate::frame::PartFrame;
use crate::glyph::{Page, is_blank};
use crate::item::line_span;
use crate::model::{Block, BlockKind, Item, Str};
use crate::paragraph::Paragraph;
use crate::span::Span;

/// Reads the blocks of a part that covers `span`; `roles` says what each paragraph is, where it is not body.
pub(crate) fn read_blocks<'t>(
    page: &Page<'t>,
    paragraphs: &[Paragraph],
    roles: &[Option<BlockKind>],
    part: &PartFrame,
    items: &[Item<'t>],
    span: Span,
) -> Vec<Block<'t>> {
    let reader = Reader {
        page,
        paragraphs,
        roles,
        blocks: Vec::new(),
    };
    reader.read(part, items, span)
}

struct Reader<'p, 't> {
    page: &'p Page<'t>,
    paragraphs: &'p [Paragraph],
    roles: &'p [Option<BlockKind>],
    blocks: Vec<Block<'t>>,
}

impl<'t> Reader<'_, 't> {
    fn read(mut self, part: &PartFrame, items: &[Item<'t>], span: Span) -> Vec<Block<'t>> {
        let mut at = span.start;
        let mut item = 0;
        for index in part.first..part.last {
            let paragraph_span = line_span(self.page, self.paragraphs, index, index);
            while item < items.len() && items[item].span.end <= paragraph_span.start {
                self.fill(at, items[item].span.start);
                at = at.max(items[item].span.end);
                item += 1;
            }
            if item < items.len() && items[item].span.start <= paragraph_span.start {
                continue;
            }
            self.fill(at, paragraph_span.start);
            let kind = self.roles[index].unwrap_or(BlockKind::Paragraph);
            let start = paragraph_span.start.max(at);
            // The tail of a web title, `_政策文件_省政府`, is no text of the notice.
            let title_end = part
                .title
                .map(|(_, last)| self.page.end_of(last - 1))
                .filter(|_| kind == BlockKind::Title);
            if let Some(title_end) =
                title_end.filter(|&end| start < end && end < paragraph_span.end)
            {
                self.push(kind, Span::new(start, title_end));
                self.fill(title_end, paragraph_span.end);
            } else if start < paragraph_span.end {
                self.push(kind, Span::new(start, paragraph_span.end));
            }
            at = at.max(paragraph_span.end);
        }
        for item in &items[item..] {
            self.fill(at, item.span.start);
            at = at.max(item.span.end);
        }
        self.fill(at, span.end);
        self.blocks
    }

    fn push(&mut self, kind: BlockKind, span: Span) {
        // Lines of one title are one block.
        if let Some(last) = self.blocks.last_mut()
            && kind == BlockKind::Title
            && last.kind == kind
            && self
                .page
                .cut(Span::new(last.span.end, span.start))
                .chars()
                .all(is_blank)
        {
            last.span.end = span.end;
            last.text = Str::Borrowed(self.page.cut(last.span));
            return;
        }
        self.blocks.push(Block {
            kind,
            text: Str::Borrowed(self.page.cut(span)),
            span,
        });
    }

    /// Page marks between paragraphs: furniture, line by line.
    fn fill(&mut self, start: u32, end: u32) {
        if start >= end {
            return;
        }
        let mut line = self.page.line_at(start);
        while line < self.page.lines.len() && self.page.lines[line].span.start < end {
            let from = self.page.lines[line].span.start.max(start);
            let to = self.page.lines[line].span.end.min(end);
            line += 1;
            if from >= to {
                continue;
            }
            let text = self.page.cut(Span::new(from, to));
            let trimmed = text.trim_matches(is_blank);
            if !trimmed.is_empty() {
                let lead = text.find(trimmed).unwrap_or(0) as u32;
                let span = Span::new(from + lead, from + lead + trimmed.len() as u32);
                self.blocks.push(Block {
                    kind: BlockKind::Furniture,
                    text: Str::Borrowed(trimmed),
                    span,
                });
            }
        }
    }
}
