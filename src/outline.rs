//! Paragraphs with markers in, the tree of items out, with what is odd about the numbering.
//!
//! One stack of open lists decides the nesting: a marker whose style is open continues that list and
//! closes those below; a new style opens a list below the last item, unless its rank is senior
//! (`编` `章` `节` `一、` `条`): then it closes the lists that it outranks first. Each style is in the
//! stack at most once (decimals once for each number of dots, counted lines for each noun), and no
//! item lies deeper than [`DEEPEST`]: what would, stands beside the item above it.

use crate::glyph::{Glyph, Page, begins, is_open};
use crate::model::{BlockKind, MarkerStyle};
use crate::numeral;
use crate::paragraph::Paragraph;
use crate::table::Row;

/// How many levels items have at most.
const DEEPEST: usize = 32;

/// An item of the outline, in document order; the tree is in `depth`.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Node {
    /// 0 at the top of its part.
    pub depth: u32,
    /// Its paragraphs, as indices, up to the next item of any depth.
    pub first: usize,
    pub last: usize,
    /// The row of a table that it is.
    pub row: Option<usize>,
}

/// What is odd about the number of an item.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Numbering {
    /// The first number that is missing, and the last.
    Gap { from: u32, to: u32 },
    /// The number stood before.
    Repeat,
    /// The number is smaller than the one before.
    Disorder { before: u32 },
}

/// Lists that are open, outermost first.
struct List {
    style: MarkerStyle,
    form: u32,
    last: Option<u32>,
}

/// Builds the tree over the paragraphs of one part; those before the first marker belong to no item.
/// The rows of a table are children of the item above, unless a signature or a title stands between.
pub(crate) fn read_outline(
    page: &Page<'_>,
    paragraphs: &[Paragraph],
    roles: &[Option<BlockKind>],
    rows: &[Row],
    range: std::ops::Range<usize>,
) -> Vec<Node> {
    let mut nodes: Vec<Node> = Vec::new();
    let mut stack: Vec<List> = Vec::new();
    // The last item that is no row: paragraphs without a marker belong to it.
    let mut owner: Option<usize> = None;
    let mut parted = false;
    for index in range {
        if let Some(claimed) = paragraphs[index].rows {
            if parted {
                owner = None;
                stack.clear();
            }
            let depth = stack.len() as u32;
            let claimed = claimed.first as usize..claimed.last as usize;
            nodes.extend(claimed.map(|row| Node {
                depth: (depth + rows[row].depth).min(DEEPEST as u32 - 1),
                first: index,
                last: index + 1,
                row: Some(row),
            }));
            continue;
        }
        parted |= matches!(
            roles[index],
            Some(BlockKind::Title | BlockKind::Signature | BlockKind::Date)
        );
        let Some(mark) = paragraphs[index].mark else {
            if is_bare_heading(paragraphs[index].glyphs(page)) {
                owner = None;
            }
            if let Some(owner) = owner {
                nodes[owner].last = index + 1;
            }
            continue;
        };
        parted = false;
        let form = form(mark.style, &paragraphs[index].glyphs(page)[..mark.length]);
        if let Some(at) = stack
            .iter()
            .position(|list| list.style == mark.style && list.form == form)
        {
            stack.truncate(at + 1);
            stack[at].last = mark.ordinal;
        } else {
            while stack
                .last()
                .is_some_and(|list| outranks(mark.style, form, list))
            {
                stack.pop();
            }
            stack.truncate(DEEPEST - 1);
            stack.push(List {
                style: mark.style,
                form,
                last: mark.ordinal,
            });
        }
        owner = Some(nodes.len());
        nodes.push(Node {
            depth: stack.len() as u32 - 1,
            first: index,
            last: index + 1,
            row: None,
        });
    }
    nodes
}

/// What tells lists of one style apart: the dots of a decimal, the noun of a counted line (`问题一：`).
fn form(style: MarkerStyle, mark: &[Glyph]) -> u32 {
    match style {
        MarkerStyle::Decimal => mark
            .windows(2)
            .filter(|pair| pair[0].ch == '.' && pair[1].ch.is_ascii_digit())
            .count() as u32,
        MarkerStyle::Ordinal if numeral::read(mark).is_none() => {
            let noun = mark.iter().find(|glyph| !is_open(glyph.ch));
            noun.filter(|glyph| !matches!(glyph.ch, '首' | '其' | '再' | '最'))
                .map_or(0, |glyph| glyph.ch as u32)
        }
        _ => 0,
    }
}

/// `附则` without a number, between articles: it belongs to no article.
fn is_bare_heading(glyphs: &[Glyph]) -> bool {
    ["总则", "附则", "罚则", "法律责任"]
        .iter()
        .any(|word| begins(glyphs, word) == Some(glyphs.len()))
}

/// Whether a new list of this style closes an open one instead of going below it.
fn outranks(style: MarkerStyle, form: u32, list: &List) -> bool {
    if list.style == MarkerStyle::Bullet || list.style == MarkerStyle::Ordinal && list.form == 0 {
        return true;
    }
    if style == MarkerStyle::Decimal && list.style == MarkerStyle::Decimal {
        return form < list.form;
    }
    seniority(style) < seniority(list.style)
}

/// Senior styles have small numbers; styles without seniority nest as they come.
fn seniority(style: MarkerStyle) -> u32 {
    match style {
        MarkerStyle::Part => 0,
        MarkerStyle::Chapter => 1,
        MarkerStyle::Section => 2,
        MarkerStyle::Han => 3,
        MarkerStyle::Article => 4,
        _ => 5,
    }
}

/// Looks over the numbers of a part: for each odd one, the node and what is odd.
///
/// The numbers of a style may restart below each parent or run on across them; both are right.
pub(crate) fn check_numbering(
    paragraphs: &[Paragraph],
    rows: &[Row],
    nodes: &[Node],
) -> Vec<(usize, Numbering)> {
    let mut odd = Vec::new();
    let mut lists: Vec<Series> = Vec::new();
    for node in nodes {
        if let Some((series, _)) = read_series(paragraphs, rows, node)
            && !lists.contains(&series)
        {
            lists.push(series);
        }
    }
    for series in lists {
        check_series(paragraphs, rows, nodes, series, &mut odd);
    }
    odd.sort_by_key(|&(node, _)| node);
    odd
}

/// Numbers that belong together: style, depth, and whether they are those of a table.
type Series = (MarkerStyle, u32, bool);

/// The series of a node, and its number.
fn read_series(paragraphs: &[Paragraph], rows: &[Row], node: &Node) -> Option<(Series, u32)> {
    let mark = match node.row {
        Some(row) => rows[row].mark(),
        None => paragraphs[node.first].mark,
    }?;
    Some(((mark.style, node.depth, node.row.is_some()), mark.ordinal?))
}

/// The numbers of one series, in document order.
fn check_series(
    paragraphs: &[Paragraph],
    rows: &[Row],
    nodes: &[Node],
    series: Series,
    odd: &mut Vec<(usize, Numbering)>,
) {
    let mut numbers: Vec<(usize, u32)> = Vec::new();
    // Numbers that begin below another item, or in another table.
    let mut fresh = vec![true; nodes.len()];
    let mut parted = true;
    for (index, node) in nodes.iter().enumerate() {
        if let Some((_, number)) =
            read_series(paragraphs, rows, node).filter(|&(own, _)| own == series)
        {
            let before = numbers.last().map(|&(before, _)| nodes[before].first);
            fresh[index] =
                parted || series.2 && before.is_some_and(|before| node.first > before + 1);
            numbers.push((index, number));
            parted = false;
        }
        parted |= node.depth < series.1;
    }
    let mut last = 0;
    let mut at = 0;
    while at < numbers.len() {
        let (node, number) = numbers[at];
        let following = numbers.get(at + 1).map(|&(_, number)| number);
        if number == last + 1 || number == 1 && (last > 1 || fresh[node]) {
            last = number;
        } else if number == last + 2 && following == Some(last + 1) {
            // Two neighbours changed places: one finding, at the second.
            odd.push((numbers[at + 1].0, Numbering::Disorder { before: number }));
            last = number;
            at += 1;
        } else if number == last {
            odd.push((node, Numbering::Repeat));
        } else if number > last {
            odd.push((
                node,
                Numbering::Gap {
                    from: last + 1,
                    to: number - 1,
                },
            ));
            last = number;
        } else {
            odd.push((node, Numbering::Disorder { before: last }));
        }
        at += 1;
    }
}
