//! Nodes of the outline and their clauses in, [`Item`]s out: headings, bodies, ids, inheritance.
//!
//! | first sentence of the item | heading |
//! |---|---|
//! | `（一）便利企业开办。依托…` short, and the body follows | 便利企业开办 |
//! | `一、建设忠诚型政府` the whole line, no full stop | 建设忠诚型政府 |
//! | `（四）工作目标：到2025年…` a short run-in title before a colon | 工作目标 |
//! | `（一）牢固树立…集中统一领导。` all that the item has | none |
//! | `（一）健全清单制度，深化试点。健全…` of middle length | as most of its siblings |

use std::collections::HashMap;

use crate::clause::{Clause, Stretch};
use crate::finding::Finding;
use crate::glyph::{Glyph, Page, begins, find, is_mark, is_open};
use crate::model::{Assignment, Code, Form, Item, ItemKind, Marker, MarkerStyle, Str};
use crate::outline::Node;
use crate::paragraph::Paragraph;
use crate::table::RowText;
use crate::unit::{self, Marks, closing};

/// Glyphs up to which a first sentence is a heading.
const SHORT: usize = 22;

/// Glyphs up to which a first sentence without a comma may be one.
const PLAIN: usize = 36;

/// Glyphs up to which a first sentence may be one, as its siblings tell.
const MIDDLE: usize = 40;

/// Glyphs that a whole-line heading may have.
const LINE: usize = 80;

/// A node of the outline with what was read of it.
pub(crate) struct Read<'t> {
    pub node: Node,
    pub stretches: Vec<Stretch>,
    pub clauses: Vec<Clause<'t>>,
    /// The last of the paragraphs that stand behind the items below and govern this one.
    pub behind: Option<usize>,
    pub style: Option<MarkerStyle>,
    /// Whether items stand below it.
    pub parent: bool,
    /// What the row of a table says.
    pub row: Option<Box<RowText<'t>>>,
}

impl Read<'_> {
    /// What clauses claim of the text; sentences that assign stay in.
    fn claimed(&self) -> impl Iterator<Item = (usize, usize)> {
        self.clauses
            .iter()
            .filter(|clause| clause.assignment.form != Form::Prose)
            .map(|clause| (clause.first, clause.last))
    }
}

/// What the first sentence of an item is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Opening {
    /// A heading; the body begins at `body`.
    Heading { last: usize, body: usize },
    /// A sentence of middle length, followed by a body.
    Doubtful {
        last: usize,
        body: usize,
        /// Without a comma.
        plain: bool,
    },
    /// Body.
    Body,
}

/// Builds the items of a part.
pub(crate) fn build<'t>(
    page: &Page<'t>,
    paragraphs: &[Paragraph],
    mut reads: Vec<Read<'t>>,
    part: usize,
) -> Vec<Item<'t>> {
    lend(paragraphs, &mut reads);
    let openings = settle(&reads, reads.iter().map(|read| open(page, read)).collect());
    let mut builder = Builder {
        page,
        paragraphs,
        stack: Vec::new(),
        top: Vec::new(),
        numbers: HashMap::new(),
        part,
    };
    for (read, opening) in reads.into_iter().zip(openings) {
        builder.add(read, opening);
    }
    builder.close(0);
    builder.top
}

/// Labels on lines of their own behind the last of several items govern the item above: `1. … ①… ②…`,
/// then `责任单位：…`, where the others have none.
fn lend(paragraphs: &[Paragraph], reads: &mut [Read<'_>]) {
    for parent in 0..reads.len() {
        let depth = reads[parent].node.depth;
        let below = reads[parent + 1..]
            .iter()
            .take_while(|read| read.node.depth > depth)
            .count();
        let children = parent + 1..parent + 1 + below;
        let flat = reads[children.clone()]
            .iter()
            .all(|read| read.node.depth == depth + 1);
        if below < 2 || !flat || !reads[parent].clauses.is_empty() {
            continue;
        }
        let last = parent + below;
        let alone = reads[children.start..last]
            .iter()
            .all(|read| read.clauses.is_empty());
        let [clause] = &reads[last].clauses[..] else {
            continue;
        };
        // It begins a paragraph, and all that follows is its own.
        let node = reads[last].node;
        let begins = (node.first + 1..node.last)
            .find(|&at| paragraphs[at].first as usize == clause.first)
            .filter(|_| clause.assignment.form == Form::Labelled);
        let ends = clause.last + 1 >= paragraphs[node.last - 1].last as usize;
        let first = clause.first;
        let Some(begins) = begins.filter(|_| alone && ends) else {
            continue;
        };
        let lender = &mut reads[last];
        let clauses = std::mem::take(&mut lender.clauses);
        lender.node.last = begins;
        lender.stretches.retain(|stretch| stretch.first < first);
        reads[parent].clauses = clauses;
        reads[parent].behind = Some(node.last - 1);
    }
}

/// Reads the first sentence.
fn open(page: &Page<'_>, read: &Read<'_>) -> Opening {
    let Some(stretch) = read
        .stretches
        .iter()
        .find(|stretch| stretch.first < stretch.last)
    else {
        return Opening::Body;
    };
    let clause = read
        .clauses
        .iter()
        .find(|clause| clause.assignment.form != Form::Prose);
    let last = clause.map_or(stretch.last, |clause| {
        clause.first.clamp(stretch.first, stretch.last)
    });
    let glyphs = &page.glyphs;
    let article = matches!(read.style, Some(MarkerStyle::Article));
    if let Some(close) = title_box(glyphs, stretch.first, last, article) {
        return Opening::Heading {
            last: close,
            body: close + 1,
        };
    }
    let mut comma = false;
    for at in Marks::new(glyphs, stretch.first, last) {
        let length = at - stretch.first;
        match glyphs[at].ch {
            '。' | '!' | '?' => {
                let (last, body) = (at, at + 1);
                let alone = !has_body(read, at + 1);
                if length == 0 || alone && !read.parent {
                    return Opening::Body;
                }
                // `一是…，包括…。` is a sentence where its siblings are.
                let ordinal = comma && matches!(read.style, Some(MarkerStyle::Ordinal));
                let sentence = &glyphs[stretch.first..at];
                return if begins_sentence(sentence) || article && provides(sentence) {
                    Opening::Body
                } else if alone && length > SHORT && length <= LINE && comma && !article
                    || !alone
                        && length <= MIDDLE
                        && clause.is_some()
                        && !has_body_before(read, at + 1)
                {
                    // A sentence of several parts, or one whose clause ends what it says.
                    Opening::Doubtful {
                        last,
                        body,
                        plain: alone,
                    }
                } else if length <= SHORT && !ordinal || length <= LINE && alone && !article {
                    Opening::Heading { last, body }
                } else if length <= MIDDLE {
                    Opening::Doubtful {
                        last,
                        body,
                        plain: length <= PLAIN && !comma && !article,
                    }
                } else {
                    Opening::Body
                };
            }
            ':' if !comma
                && length > 0
                && length <= 16
                && at + 1 < last
                && read.style != Some(MarkerStyle::Article)
                && !announces(&glyphs[stretch.first..at]) =>
            {
                return Opening::Heading {
                    last: at,
                    body: at + 1,
                };
            }
            ';' => return Opening::Body,
            ',' => comma = true,
            _ => {}
        }
    }
    // The full stop behind the clause: `加强巡查（县水利局负责）。`
    let stop = clause
        .map(|clause| clause.last)
        .filter(|&at| at < stretch.last && glyphs[at].ch == '。');
    if stop.is_some_and(|at| !read.parent && !has_body(read, at + 1)) {
        return Opening::Body;
    }
    // No full stop: the whole line is the heading.
    let end = if last > stretch.first && glyphs[last - 1].ch == ':' {
        last - 1
    } else {
        last
    };
    let longest = match read.style {
        Some(MarkerStyle::Article) => SHORT,
        _ if comma && !read.parent && read.stretches.len() == 1 => PLAIN,
        _ => LINE,
    };
    if end > stretch.first
        && end - stretch.first <= longest
        && !begins_sentence(&glyphs[stretch.first..end])
        && !matches!(glyphs[end - 1].ch, ',' | '、')
    {
        Opening::Heading {
            last: end,
            body: stop.map_or(last, |at| at + 1),
        }
    } else {
        Opening::Body
    }
}

/// Where a title in a box in front of the text closes: `【信息公示】施工许可证…`, of an article also `（责任）…`.
fn title_box(glyphs: &[Glyph], first: usize, last: usize, article: bool) -> Option<usize> {
    let open = glyphs[first..last].first()?.ch;
    if !(matches!(open, '【' | '〔') || article && open == '(') {
        return None;
    }
    let close = closing(glyphs, first, last)?;
    let title = &glyphs[first + 1..close];
    let plain = title
        .iter()
        .all(|glyph| !is_mark(glyph.ch) || glyph.ch == '、');
    ((2..=SHORT).contains(&title.len()) && plain && close + 1 < last).then_some(close)
}

/// Whether a sentence of an article says who is to act, or what is to be done.
fn provides(sentence: &[Glyph]) -> bool {
    unit::begins_with_organ(sentence)
        || ["应当", "不得", "可以"]
            .iter()
            .any(|word| find(sentence, word).is_some())
}

/// Words that a sentence begins with and a title does not.
fn begins_sentence(glyphs: &[Glyph]) -> bool {
    ["要", "请", "上述", "以上", "有下列", "应当", "本"]
        .iter()
        .any(|word| begins(glyphs, word).is_some())
}

/// `主要包括以下内容：` announces a list and is no title.
fn announces(glyphs: &[Glyph]) -> bool {
    ["以下", "如下", "下列", "包括"]
        .iter()
        .any(|word| find(glyphs, word).is_some())
}

/// Whether text stands between a sentence and the clause behind it.
fn has_body_before(read: &Read<'_>, from: usize) -> bool {
    !read.claimed().any(|(first, _)| first == from)
}

/// Whether text that is no clause follows; stretches and clauses both stand in order.
fn has_body(read: &Read<'_>, from: usize) -> bool {
    let mut at = from;
    let mut claimed = read.claimed().peekable();
    for stretch in &read.stretches {
        at = at.max(stretch.first);
        while let Some((_, last)) = claimed.next_if(|&(first, _)| first <= at) {
            at = at.max(last);
        }
        if at < stretch.last {
            return true;
        }
    }
    false
}

/// Sentences of middle length are headings where most siblings have one.
fn settle(reads: &[Read<'_>], mut openings: Vec<Opening>) -> Vec<Opening> {
    let mut start = 0;
    while start < reads.len() {
        // Siblings: the run of nodes of this depth that no node above interrupts.
        let depth = reads[start].node.depth;
        let mut votes = (0, 0);
        let mut doubtful = Vec::new();
        if start == 0 || reads[start - 1].node.depth < depth {
            for at in start..reads.len() {
                let node = &reads[at].node;
                if node.depth < depth {
                    break;
                }
                if node.depth > depth {
                    continue;
                }
                match openings[at] {
                    Opening::Heading { .. } => votes.0 += 1,
                    Opening::Body => votes.1 += 1,
                    Opening::Doubtful { last, body, plain } => {
                        doubtful.push((at, last, body, plain));
                    }
                }
            }
            for (at, last, body, plain) in doubtful {
                openings[at] = if votes.0 > votes.1 || plain && votes.0 == votes.1 {
                    Opening::Heading { last, body }
                } else {
                    Opening::Body
                };
            }
        }
        start += 1;
    }
    openings
}

struct Open<'t> {
    item: Item<'t>,
    depth: u32,
    /// Last paragraph of it and its children.
    last: usize,
    /// How often each number stood below it.
    numbers: HashMap<u32, u32>,
}

struct Builder<'p, 't> {
    page: &'p Page<'t>,
    paragraphs: &'p [Paragraph],
    stack: Vec<Open<'t>>,
    top: Vec<Item<'t>>,
    /// How often each number stood at the top.
    numbers: HashMap<u32, u32>,
    part: usize,
}

impl<'t> Builder<'_, 't> {
    fn add(&mut self, mut read: Read<'t>, opening: Opening) {
        let depth = read.node.depth;
        self.close(depth);
        let first = self.paragraphs[read.node.first];
        let siblings = self
            .stack
            .last()
            .map_or(self.top.len(), |open| open.item.items.len());
        let page = self.page;
        let words = match read.row.take() {
            Some(words) => *words,
            None => read_words(page, first, &read, opening),
        };
        let number = words
            .marker
            .as_ref()
            .and_then(|marker| marker.ordinal)
            .unwrap_or(siblings as u32 + 1);
        let id = match self.stack.last_mut() {
            Some(above) => unique(
                format!("{}.{number}", above.item.id),
                number,
                &mut above.numbers,
            ),
            None => unique(format!("{}.{number}", self.part), number, &mut self.numbers),
        };
        let assignments: Vec<Assignment<'t>> = read
            .clauses
            .into_iter()
            .map(|clause| clause.assignment)
            .collect();
        let inherits = assignments
            .iter()
            .all(|assignment| assignment.duties.is_empty())
            .then(|| {
                self.stack.iter().rev().find(|open| {
                    open.item
                        .assignments
                        .iter()
                        .any(|assignment| !assignment.duties.is_empty())
                })
            })
            .flatten()
            .map(|open| open.item.id.clone());
        let last = read.behind.unwrap_or(read.node.last - 1);
        let span = line_span(page, self.paragraphs, read.node.first, last);
        self.stack.push(Open {
            item: Item {
                kind: words.kind,
                id: Str::Owned(id),
                marker: words.marker,
                heading: words.heading,
                text: words.text,
                span,
                assignments,
                inherits,
                items: Vec::new(),
            },
            depth,
            last,
            numbers: HashMap::new(),
        });
    }

    /// Closes the items at this depth and below.
    fn close(&mut self, depth: u32) {
        while self.stack.last().is_some_and(|open| open.depth >= depth) {
            let Some(mut open) = self.stack.pop() else {
                return;
            };
            open.item.items.shrink_to_fit();
            match self.stack.last_mut() {
                Some(above) => {
                    above.last = above.last.max(open.last);
                    above.item.span = above.item.span.hull(open.item.span);
                    above.item.items.push(open.item);
                }
                None => self.top.push(open.item),
            }
        }
    }
}

/// Marker, heading and body of a numbered item.
fn read_words<'t>(
    page: &Page<'t>,
    first: Paragraph,
    read: &Read<'t>,
    opening: Opening,
) -> RowText<'t> {
    let marker = first.mark.map(|mark| {
        let span = page.span(first.first as usize, first.first as usize + mark.length);
        Marker {
            text: Str::Borrowed(page.cut(span)),
            style: mark.style,
            ordinal: mark.ordinal,
            span,
        }
    });
    let (heading, body) = match opening {
        Opening::Heading { last, body } => {
            let start = read
                .stretches
                .iter()
                .find(|stretch| stretch.first < stretch.last)
                .map_or(last, |stretch| stretch.first);
            // `【信息公示】…`
            let boxed =
                is_open(page.glyphs[start].ch) && closing(&page.glyphs, start, body) == Some(last);
            (Some(page.reading(start + usize::from(boxed), last)), body)
        }
        _ => (None, 0),
    };
    RowText {
        kind: ItemKind::Item,
        marker,
        heading,
        text: body_text(page, read, body),
    }
}

/// The id, or the id with `~2` where its number stood before among its siblings.
fn unique(base: String, number: u32, numbers: &mut HashMap<u32, u32>) -> String {
    let count = numbers.entry(number).or_insert(0);
    *count += 1;
    if *count == 1 {
        base
    } else {
        format!("{base}~{count}")
    }
}

/// From the first to the last visible character of these paragraphs' lines.
pub(crate) fn line_span(
    page: &Page<'_>,
    paragraphs: &[Paragraph],
    first: usize,
    last: usize,
) -> crate::span::Span {
    let start = visible_start(page, &paragraphs[first]);
    let end = visible_end(page, &paragraphs[last]);
    crate::span::Span::new(start, end.max(start))
}

fn visible_start(page: &Page<'_>, paragraph: &Paragraph) -> u32 {
    let line = page.lines[paragraph.line as usize];
    // A paragraph that a title runs into begins in the middle of its line.
    let begins_line = paragraph.first <= line.first
        || page.glyphs[line.first as usize..paragraph.first as usize]
            .iter()
            .all(|glyph| matches!(glyph.ch, '#' | '>' | '-' | '*' | '+'));
    let from = if begins_line {
        line.span.start
    } else {
        page.glyphs[paragraph.first as usize].at
    };
    let text = &page.text[from as usize..];
    from + text
        .char_indices()
        .find(|&(_, ch)| !crate::glyph::is_blank(ch))
        .map_or(0, |(offset, _)| offset as u32)
}

fn visible_end(page: &Page<'_>, paragraph: &Paragraph) -> u32 {
    let line = page.lines[paragraph.last_line as usize];
    if paragraph.last < line.last {
        return page.end_of(paragraph.last as usize - 1);
    }
    let text = page.cut(line.span);
    let end = text
        .char_indices()
        .rev()
        .find(|&(_, ch)| !crate::glyph::is_blank(ch))
        .map_or(0, |(offset, ch)| offset + ch.len_utf8());
    line.span.start + end as u32
}

/// The body: what is neither heading nor clause, paragraphs parted by a line break.
fn body_text<'t>(page: &Page<'t>, read: &Read<'t>, body: usize) -> Str<'t> {
    // Each with whether it begins a paragraph.
    let mut ranges: Vec<(usize, usize, bool)> = Vec::new();
    let mut claimed = read.claimed().peekable();
    for stretch in &read.stretches {
        let mut at = stretch.first.max(body);
        let mut begins = true;
        let mut push = |mut first: usize, last: usize| {
            // `…完成。（市教育局负责）。`: the sentence before the clause has its stop.
            let stopped = |at: usize| matches!(page.glyphs[at].ch, '。' | ';' | ',');
            let sentence = ranges.last().is_none_or(|before| stopped(before.1 - 1));
            while first > stretch.first && first < last && sentence && stopped(first) {
                first += 1;
            }
            if first < last {
                ranges.push((first, last, std::mem::take(&mut begins)));
            }
        };
        // A clause may go on in the stretch behind.
        while let Some(&(first, last)) = claimed.peek().filter(|(first, _)| *first < stretch.last) {
            if last > at {
                push(at, first);
                at = last;
            }
            if last > stretch.last {
                break;
            }
            claimed.next();
        }
        push(at, stretch.last);
    }
    match ranges.as_slice() {
        [] => Str::Borrowed(""),
        [(first, last, _)] => page.reading(*first, *last),
        [start, rest @ ..] => {
            let mut text = page.reading(start.0, start.1).into_owned();
            for &(first, last, begins) in rest {
                if begins {
                    text.push('\n');
                }
                text.push_str(&page.reading(first, last));
            }
            Str::Owned(text)
        }
    }
}

/// Leaves without an assignment where most of their siblings have one.
pub(crate) fn check_unassigned<'t>(
    items: &[Item<'t>],
    covered: bool,
    findings: &mut Vec<Finding<'t>>,
) {
    let leaves = items.iter().filter(|item| item.items.is_empty());
    let (assigned, bare): (Vec<_>, Vec<_>) = leaves.partition(|item| {
        item.assignments
            .iter()
            .any(|assignment| !assignment.duties.is_empty())
    });
    if !covered && assigned.len() >= 2 && assigned.len() > bare.len() {
        for item in bare {
            let span = item.marker.as_ref().map_or(item.span, |marker| marker.span);
            let finding = Finding::new(Code::UnassignedItem, span, "多数同级事项有分工，此项没有");
            findings.push(finding.of(Some(item.id.clone())));
        }
    }
    for item in items {
        let covers = covered
            || item
                .assignments
                .iter()
                .any(|assignment| !assignment.duties.is_empty());
        check_unassigned(&item.items, covers, findings);
    }
}
