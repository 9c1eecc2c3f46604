//! The one room that knows all others: text in, notice out.
//!
//! ```text
//! text ─glyph▶ lines ─table▶ rows ─paragraph▶ paragraphs ─frame▶ parts ─outline▶ nodes ─clause▶ clauses ─item▶ items ─▶ notice
//! ```

use crate::block;
use crate::clause::{self, Context, Stretch};
use crate::finding::{self, Finding};
use crate::flat;
use crate::frame::{self, PartFrame};
use crate::glyph::Page;
use crate::item::{self, Read, line_span};
use crate::model::{
    Assignment, BlockKind, Code, Item, Metadata, Notice, Part, Rule, SCHEMA, Source, Str,
};
use crate::names;
use crate::outline::{self, Node, Numbering};
use crate::paragraph::{self, Paragraph};
use crate::reference;
use crate::span::Span;
use crate::table::{self, Row};

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
    let mut reader = Reader {
        page: &page,
        paragraphs: &paragraphs,
        rows: &tables.rows,
        roles: &frame.roles,
        context: Context {
            year: frame.year,
            ..Context::default()
        },
        rules: Vec::new(),
        findings: Vec::new(),
    };
    reader.findings.extend(malformed(text, &source));
    reader.findings.extend(frame.findings);
    reader.findings.extend(tables.findings);
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
        findings.extend(names::fill(&mut notice, options));
    }
    notice.diagnostics = finding::place(text, findings);
    notice
}

/// The notice of a text that is longer than offsets go: a finding says so.
fn unread(source: Source<'_>, bytes: usize) -> Notice<'_> {
    let message = format!("全文{bytes}字节，超过4GiB，没有读取，请按文件拆分");
    let finding = Finding::new(Code::TextTooLong, Span::new(0, 0), message);
    Notice {
        schema: SCHEMA.into(),
        source,
        metadata: Metadata::default(),
        parts: Vec::new(),
        rules: Vec::new(),
        diagnostics: finding::place("", vec![finding]),
    }
}

/// Bytes that were no characters, at the first of them.
fn malformed<'t>(text: &str, source: &Source<'_>) -> Option<Finding<'t>> {
    let replaced = (source.replaced > 0).then_some(source.replaced)?;
    let first = text
        .find(char::REPLACEMENT_CHARACTER)
        .map_or(Span::new(0, 0), |at| {
            let end = at + char::REPLACEMENT_CHARACTER.len_utf8();
            Span::new(at as u32, end as u32)
        });
    let message = format!("{replaced}处字节不是该编码的字符，以U+FFFD代替");
    Some(Finding::new(Code::MalformedText, first, message))
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
            found.extend(clauses.findings.into_iter().map(|finding| (index, finding)));
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
        let found = found.into_iter();
        self.findings
            .extend(found.map(|(node, finding)| finding.of(id(node))));
        for (node, numbering) in odd {
            let mark = self.mark_span(&nodes[node]);
            let (code, message) = describe(numbering, self.page.cut(mark).trim());
            let finding = Finding::new(code, mark, message);
            self.findings.push(finding.of(id(node)));
        }
        item::check_unassigned(&items, false, &mut self.findings);
        let blocks = block::read_blocks(self.page, self.paragraphs, self.roles, part, &items, span);
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
        self.findings.extend(clauses.findings);
        assignments.extend(clauses.clauses.into_iter().map(|clause| clause.assignment));
    }
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
