//! The one room that knows all others: text in, notice out.
//!
//! ```text
//! text ─glyph▶ lines ─table▶ rows ─paragraph▶ paragraphs ─frame▶ parts ─outline▶ nodes ─clause▶ clauses ─item▶ items ─▶ notice
//! ```

use crate::clause::{self, Context, Stretch};
use crate::flat;
use crate::frame::{self, PartFrame};
use crate::glyph::{Glyph, Page, is_blank};
use crate::item::{self, Read, line_span};
use crate::model::{
    Assignment, Block, BlockKind, Code, Diagnostic, Item, Metadata, Notice, Part, Rule, SCHEMA,
    Source, Str,
};
use crate::names;
use crate::numeral;
use crate::outline::{self, Node, Numbering};
use crate::paragraph::{self, Paragraph};
use crate::reference;
use crate::span::Span;
use crate::table::{self, Row};

/// Findings of one code that are shown; the rest is counted.
const SHOWN: usize = 200;

/// A finding before its place is worked out.
struct Finding<'t> {
    code: Code,
    span: Span,
    message: Str<'t>,
    item: Option<Str<'t>>,
}

/// Reads a notice.
pub(crate) fn read<'t>(
    text: &'t str,
    source: Source<'t>,
    names: Option<names::Options<'_>>,
) -> Notice<'t> {
    if u32::try_from(text.len()).is_err() {
        return unread(source, text.len());
    }
    let mut page = Page::new(text);
    flat::cut_flat(&mut page);
    let page = page;
    let tables = table::read_tables(&page);
    let layout = paragraph::read_layout(&page, &tables.strips);
    let mut paragraphs = paragraph::read_paragraphs(&page, layout, &tables.strips);
    let mut frame = frame::read_frame(&page, &mut paragraphs);
    frame.metadata.references = reference::read_references(&page, &paragraphs);
    let year = frame
        .metadata
        .issued_on
        .as_ref()
        .or(frame.metadata.published_on.as_ref())
        .and_then(|dated| dated.date.as_ref()?.get(..4)?.parse().ok());
    let mut reader = Reader {
        page: &page,
        paragraphs: &paragraphs,
        rows: &tables.rows,
        roles: &frame.roles,
        context: Context {
            year: year
                .or_else(|| frame.metadata.document_number.as_ref()?.year.map(u32::from))
                .or_else(|| {
                    title_year(&page.glyphs[page.range(frame.metadata.title.as_ref()?.span)])
                }),
            ..Context::default()
        },
        rules: Vec::new(),
        findings: Vec::new(),
    };
    if source.replaced > 0 {
        let first = text
            .find(char::REPLACEMENT_CHARACTER)
            .map_or(Span::new(0, 0), |at| {
                Span::new(
                    at as u32,
                    (at + char::REPLACEMENT_CHARACTER.len_utf8()) as u32,
                )
            });
        reader.find(
            Code::MalformedText,
            first,
            format!("{}处字节不是该编码的字符，以U+FFFD代替", source.replaced),
            None,
        );
    }
    for (code, span, message) in frame.findings.into_iter().chain(tables.findings) {
        reader.findings.push(Finding {
            code,
            span,
            message,
            item: None,
        });
    }
    let mut parts = Vec::with_capacity(frame.parts.len());
    let mut start = 0;
    for (index, part) in frame.parts.iter().enumerate() {
        if part.own_head {
            reader.context = Context {
                year: part.year.or(reader.context.year),
                ..Context::default()
            };
        }
        let end = frame
            .parts
            .get(index + 1)
            .map_or(text.len() as u32, |next| {
                line_span(&page, &paragraphs, next.first, next.first).start
            });
        parts.push(reader.read_part(part, index + 1, Span::new(start, end)));
        start = end;
    }
    let Reader {
        rules,
        mut findings,
        ..
    } = reader;
    let mut notice = Notice {
        schema: SCHEMA.into(),
        source,
        metadata: frame.metadata,
        parts,
        rules,
        diagnostics: Vec::new(),
    };
    if let Some(options) = names {
        let doubts = names::fill(&mut notice, options);
        findings.extend(doubts.into_iter().map(|doubt| Finding {
            code: doubt.code,
            span: doubt.span,
            message: doubt.message.into(),
            item: doubt.item,
        }));
    }
    notice.diagnostics = place(&page, findings);
    notice
}

/// The notice of a text that is longer than offsets go: a finding says so.
fn unread(source: Source<'_>, bytes: usize) -> Notice<'_> {
    let code = Code::TextTooLong;
    Notice {
        schema: SCHEMA.into(),
        source,
        metadata: Metadata::default(),
        parts: Vec::new(),
        rules: Vec::new(),
        diagnostics: vec![Diagnostic {
            code,
            severity: code.severity(),
            message: format!("全文{bytes}字节，超过4GiB，没有读取，请按文件拆分").into(),
            span: Span::new(0, 0),
            line: 1,
            column: 1,
            item: None,
        }],
    }
}

struct Reader<'p, 't> {
    page: &'p Page<'t>,
    paragraphs: &'p [Paragraph],
    rows: &'p [Row],
    roles: &'p [Option<BlockKind>],
    context: Context,
    rules: Vec<Rule<'t>>,
    findings: Vec<Finding<'t>>,
}

impl<'t> Reader<'_, 't> {
    fn find(&mut self, code: Code, span: Span, message: String, item: Option<Str<'t>>) {
        self.findings.push(Finding {
            code,
            span,
            message: message.into(),
            item,
        });
    }

    fn read_part(&mut self, part: &PartFrame, number: usize, span: Span) -> Part<'t> {
        let body = self.body(part);
        let nodes = outline::read_outline(
            self.page,
            self.paragraphs,
            self.roles,
            self.rows,
            body.clone(),
        );
        let first_node = nodes.first().map_or(body.end, |node| node.first);
        let mut assignments = Vec::new();
        self.read_loose(body.start..first_node, &mut assignments);
        let odd = outline::check_numbering(self.paragraphs, self.rows, &nodes);
        let mut reads = Vec::with_capacity(nodes.len());
        let mut stated: Vec<(usize, usize)> = Vec::new();
        let mut found = Vec::new();
        for (index, &node) in nodes.iter().enumerate() {
            let stretches = self.stretches(node.first..node.last);
            let (row, clauses) = match node.row {
                Some(row) => {
                    let (words, clauses) =
                        table::read_row(self.page, &self.rows[row], &mut self.context);
                    (Some(Box::new(words)), clauses)
                }
                None => (
                    None,
                    clause::read_clauses(self.page, &stretches, &mut self.context),
                ),
            };
            for rule in clauses.rules {
                stated.push((self.rules.len(), index));
                self.rules.push(rule);
            }
            found.extend(
                clauses
                    .findings
                    .into_iter()
                    .map(|(code, span, message)| (index, code, span, message)),
            );
            let parent = nodes
                .get(index + 1)
                .is_some_and(|next| next.depth > node.depth);
            let style = self.paragraphs[node.first].mark.map(|mark| mark.style);
            reads.push(Read {
                node,
                stretches,
                clauses: clauses.clauses,
                behind: None,
                style,
                parent,
                row,
            });
        }
        let items = item::build(self.page, self.paragraphs, reads, number);
        let ids = ids(&items);
        let id = |node: usize| ids.get(node).map(|&id| id.clone());
        for (rule, node) in stated {
            self.rules[rule].from = id(node);
        }
        for (node, code, span, message) in found {
            self.findings.push(Finding {
                code,
                span,
                message,
                item: id(node),
            });
        }
        for (node, numbering) in odd {
            let mark = self.mark_span(&nodes[node]);
            let (code, message) = describe(numbering, self.page.cut(mark).trim());
            self.find(code, mark, message, id(node));
        }
        self.check_unassigned(&items, false);
        let blocks = self.blocks(part, &items, span);
        let title = part
            .title
            .map(|(first, last)| self.page.reading(first, last));
        Part {
            kind: part.kind,
            title,
            span,
            blocks,
            items,
            assignments,
        }
    }

    /// The paragraphs of the body: what stands between head and tail.
    fn body(&self, part: &PartFrame) -> std::ops::Range<usize> {
        let mut first = part.first;
        let mut last = part.last;
        let outside = |at: usize| self.roles[at].is_some() && self.paragraphs[at].rows.is_none();
        while first < last && outside(first) {
            first += 1;
        }
        while first < last && outside(last - 1) {
            last -= 1;
        }
        first..last
    }

    fn mark_span(&self, node: &Node) -> Span {
        let paragraph = &self.paragraphs[node.first];
        let (first, length) = match node.row {
            Some(row) => self.rows[row].mark_at(),
            None => (
                paragraph.first as usize,
                paragraph.mark.map_or(0, |mark| mark.length),
            ),
        };
        self.page.span(first, first + length)
    }

    fn stretches(&self, range: std::ops::Range<usize>) -> Vec<Stretch> {
        let start = range.start;
        range
            .filter(|&at| self.roles[at].is_none())
            .map(|at| {
                let paragraph = &self.paragraphs[at];
                let skip = paragraph.mark.map_or(0, |mark| mark.length);
                Stretch {
                    first: paragraph.first as usize + skip,
                    last: paragraph.last as usize,
                    apart: at > start && self.paragraphs[at - 1].rows.is_some(),
                }
            })
            .collect()
    }

    /// Clauses of paragraphs that belong to no item.
    fn read_loose(&mut self, range: std::ops::Range<usize>, assignments: &mut Vec<Assignment<'t>>) {
        let stretches = self.stretches(range);
        let clauses = clause::read_clauses(self.page, &stretches, &mut self.context);
        self.rules.extend(clauses.rules);
        for (code, span, message) in clauses.findings {
            self.findings.push(Finding {
                code,
                span,
                message,
                item: None,
            });
        }
        assignments.extend(clauses.clauses.into_iter().map(|clause| clause.assignment));
    }

    /// Everything of the part that is in no item, as blocks, so that nothing is lost.
    fn blocks(&self, part: &PartFrame, items: &[Item<'t>], span: Span) -> Vec<Block<'t>> {
        let mut blocks: Vec<Block<'t>> = Vec::new();
        let mut at = span.start;
        let mut item = 0;
        for index in part.first..part.last {
            let paragraph_span = line_span(self.page, self.paragraphs, index, index);
            while item < items.len() && items[item].span.end <= paragraph_span.start {
                self.fill(&mut blocks, at, items[item].span.start);
                at = at.max(items[item].span.end);
                item += 1;
            }
            if item < items.len() && items[item].span.start <= paragraph_span.start {
                continue;
            }
            self.fill(&mut blocks, at, paragraph_span.start);
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
                self.push_block(&mut blocks, kind, Span::new(start, title_end));
                self.fill(&mut blocks, title_end, paragraph_span.end);
            } else if start < paragraph_span.end {
                self.push_block(&mut blocks, kind, Span::new(start, paragraph_span.end));
            }
            at = at.max(paragraph_span.end);
        }
        for item in &items[item..] {
            self.fill(&mut blocks, at, item.span.start);
            at = at.max(item.span.end);
        }
        self.fill(&mut blocks, at, span.end);
        blocks
    }

    fn push_block(&self, blocks: &mut Vec<Block<'t>>, kind: BlockKind, span: Span) {
        // Lines of one title are one block.
        if let Some(last) = blocks.last_mut()
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
        blocks.push(Block {
            kind,
            text: Str::Borrowed(self.page.cut(span)),
            span,
        });
    }

    /// Page marks between paragraphs: furniture, line by line.
    fn fill(&self, blocks: &mut Vec<Block<'t>>, start: u32, end: u32) {
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
                blocks.push(Block {
                    kind: BlockKind::Furniture,
                    text: Str::Borrowed(trimmed),
                    span,
                });
            }
        }
    }

    /// Leaves without an assignment where most of their siblings have one.
    fn check_unassigned(&mut self, items: &[Item<'t>], covered: bool) {
        let leaves = items.iter().filter(|item| item.items.is_empty());
        let (assigned, bare): (Vec<_>, Vec<_>) = leaves.partition(|item| {
            item.assignments
                .iter()
                .any(|assignment| !assignment.duties.is_empty())
        });
        if !covered && assigned.len() >= 2 && assigned.len() > bare.len() {
            for item in bare {
                let span = item.marker.as_ref().map_or(item.span, |marker| marker.span);
                self.findings.push(Finding {
                    code: Code::UnassignedItem,
                    span,
                    message: "多数同级事项有分工，此项没有".into(),
                    item: Some(item.id.clone()),
                });
            }
        }
        for item in items {
            let covers = covered
                || item
                    .assignments
                    .iter()
                    .any(|assignment| !assignment.duties.is_empty());
            self.check_unassigned(&item.items, covers);
        }
    }
}

/// The year of the work, `2025年` or `二〇二五年` in the title; none where it names a span of years.
fn title_year(title: &[Glyph]) -> Option<u32> {
    let years = (0..title.len()).filter(|&at| title[at].ch == '年');
    years.filter_map(|at| at.checked_sub(4)).find_map(|start| {
        let (year, length) = numeral::read_year(&title[start..])?;
        let within = &title[..start];
        let spans = matches!(within.last(), Some(before)
            if before.ch.is_ascii_digit() || matches!(before.ch, '-' | '—' | '至' | '～'));
        (length == 4 && !spans).then_some(u32::from(year))
    })
}

/// The ids of items in document order.
fn ids<'i, 't>(items: &'i [Item<'t>]) -> Vec<&'i Str<'t>> {
    fn walk<'i, 't>(items: &'i [Item<'t>], ids: &mut Vec<&'i Str<'t>>) {
        for item in items {
            ids.push(&item.id);
            walk(&item.items, ids);
        }
    }
    let mut all = Vec::new();
    walk(items, &mut all);
    all
}

fn describe(numbering: Numbering, marker: &str) -> (Code, String) {
    match numbering {
        Numbering::Gap { from, to } if from == to => {
            (Code::NumberingGap, format!("“{marker}”之前缺第{from}项"))
        }
        Numbering::Gap { from, to } => (
            Code::NumberingGap,
            format!("“{marker}”之前缺第{from}至{to}项"),
        ),
        Numbering::Repeat => (Code::NumberingRepeat, format!("“{marker}”的序号重复")),
        Numbering::Disorder { before } => (
            Code::NumberingDisorder,
            format!("“{marker}”排在第{before}项之后"),
        ),
    }
}

/// Sorts findings, caps each code, and works out lines and columns.
fn place<'t>(page: &Page<'t>, mut findings: Vec<Finding<'t>>) -> Vec<Diagnostic<'t>> {
    findings.sort_by_key(|finding| (finding.span.start, finding.code));
    let mut counts = std::collections::BTreeMap::new();
    let mut placed = Vec::with_capacity(findings.len());
    let mut position = Position::default();
    for finding in findings {
        let count = counts.entry(finding.code).or_insert(0);
        *count += 1;
        if *count > SHOWN {
            continue;
        }
        position.advance(page.text, finding.span.start as usize);
        placed.push(Diagnostic {
            code: finding.code,
            severity: finding.code.severity(),
            message: finding.message,
            span: finding.span,
            line: position.line + 1,
            column: position.column + 1,
            item: finding.item,
        });
    }
    for (code, count) in counts {
        if count > SHOWN {
            placed.push(Diagnostic {
                code: Code::FindingsCapped,
                severity: Code::FindingsCapped.severity(),
                message: format!("“{code}”另有{}处未列出", count - SHOWN).into(),
                span: Span::new(0, 0),
                line: 1,
                column: 1,
                item: None,
            });
        }
    }
    placed
}

/// A place in the text, moved forward only.
#[derive(Default)]
struct Position {
    at: usize,
    line: u32,
    column: u32,
}

impl Position {
    fn advance(&mut self, text: &str, to: usize) {
        let bytes = text.as_bytes();
        while self.at < to {
            let byte = bytes[self.at];
            self.at += 1;
            if byte == b'\n' || byte == b'\r' && bytes.get(self.at) != Some(&b'\n') {
                self.line += 1;
                self.column = 0;
            } else if text.is_char_boundary(self.at) {
                self.column += 1;
            }
        }
    }
}
