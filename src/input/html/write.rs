//! The text of a page, line by line.
//!
//! In: a tree and what is left out of it. Out: lines. The walk keeps its place in a stack of cells,
//! the page itself at the bottom, and never calls itself.
//!
//! | in the page | in the text |
//! |---|---|
//! | blanks and line breaks of the source | one blank, none between two Chinese characters |
//! | `<p>`, `<div>`, `<br>`, `<h1>` and their like | a new line |
//! | `<td>`, `<th>` | a cell of a [table](super::super::table) |
//! | `<ol><li>` | `1. ` and so on, where the text has no number of its own |
//! | `<dt>`, or a box that is only a label such as `索引号：` | stays on one line with its value |

use super::super::number;
use super::super::table::{Cell, Table, is_label};
use super::furniture::Furniture;
use super::tree::{Id, Step, Tree};

/// Writes the page. `breaks` says that line breaks of the source part paragraphs; `allowance` is how
/// many bytes of cells over several rows may be repeated.
pub(super) fn write(
    tree: &Tree,
    furniture: &Furniture<'_>,
    breaks: bool,
    allowance: usize,
) -> Vec<String> {
    let mut writer = Writer {
        tree,
        breaks,
        allowance,
        preformatted: 0,
        stories: vec![Story::default()],
        tables: Vec::new(),
        lists: Vec::new(),
    };
    let mut step = Some(Step::Open(0));
    while let Some(now) = step {
        let mut inside = false;
        match now {
            Step::Open(id) if !furniture.leaves_out(id) => {
                inside = true;
                writer.open(id);
            }
            Step::Close(id) if !furniture.leaves_out(id) => writer.close(id),
            _ => {}
        }
        step = tree.next(now, inside);
    }
    writer.story().end_line();
    std::mem::take(&mut writer.story().lines)
}

struct Writer<'t> {
    tree: &'t Tree,
    breaks: bool,
    allowance: usize,
    preformatted: usize,
    /// The page, then each open cell.
    stories: Vec<Story>,
    /// Each open table, and whether it stands in a cell.
    tables: Vec<Table>,
    lists: Vec<List>,
}

/// Lines of a page or a cell.
#[derive(Default)]
struct Story {
    lines: Vec<String>,
    line: String,
    gap: Gap,
    /// The number of a list that comes before the next character.
    number: String,
    nests: bool,
}

/// Blanks of the source, not yet written.
#[derive(Clone, Copy, Default, PartialEq)]
enum Gap {
    #[default]
    None,
    Blank,
    /// Blanks with a line break among them.
    Wrap,
}

struct List {
    format: &'static str,
    next: u32,
}

impl Writer<'_> {
    fn story(&mut self) -> &mut Story {
        if self.stories.is_empty() {
            self.stories.push(Story::default());
        }
        let last = self.stories.len() - 1;
        &mut self.stories[last]
    }

    fn open(&mut self, id: Id) {
        let tree = self.tree;
        if let Some(text) = tree.text(id) {
            let breaks = self.preformatted > 0 || (self.breaks && self.tables.is_empty());
            self.story().write(text, breaks);
            return;
        }
        let name = tree.name(id);
        if is_block(name) {
            self.story().part(tree.has_sibling(id, true));
        }
        match name {
            "br" => self.story().break_line(),
            "pre" => self.preformatted += 1,
            "table" => self.tables.push(Table::default()),
            "tr" => {
                if let Some(table) = self.tables.last_mut() {
                    table.row();
                }
            }
            "td" | "th" if !self.tables.is_empty() => self.stories.push(Story::default()),
            "ol" => self.lists.push(List {
                format: list_format(tree, id),
                next: attribute(tree, id, "start").unwrap_or(1) as u32,
            }),
            "ul" => self.lists.push(List {
                format: "",
                next: 0,
            }),
            "li" => self.number_item(id),
            _ => {}
        }
    }

    fn close(&mut self, id: Id) {
        let tree = self.tree;
        let name = tree.name(id);
        match name {
            "pre" => self.preformatted -= 1,
            "ol" | "ul" => {
                self.lists.pop();
            }
            "td" | "th" => self.close_cell(id),
            "table" => {
                if let Some(table) = self.tables.pop() {
                    let lines = table.into_lines(&mut self.allowance);
                    let story = self.story();
                    story.end_line();
                    story.nests = true;
                    story.lines.extend(lines);
                }
            }
            _ => {}
        }
        if is_block(name) {
            self.story().part(tree.has_sibling(id, false));
        }
    }

    fn close_cell(&mut self, id: Id) {
        let Some(table) = self.tables.last_mut() else {
            return;
        };
        let Some(mut story) = self.stories.pop() else {
            return;
        };
        story.end_line();
        table.cell(Cell {
            lines: story.lines,
            columns: attribute(self.tree, id, "colspan").unwrap_or(1),
            rows: attribute(self.tree, id, "rowspan").unwrap_or(1),
            continues: false,
            nests: story.nests,
        });
    }

    fn number_item(&mut self, id: Id) {
        let Some(list) = self.lists.last_mut() else {
            return;
        };
        let number = attribute(self.tree, id, "value").map_or(list.next, |value| value as u32);
        list.next = number.saturating_add(1);
        let mark = match list.format {
            "" => return,
            "chineseCountingThousand" => "、",
            _ => ". ",
        };
        let number = number::write(list.format, number) + mark;
        self.story().number = number;
    }
}

impl Story {
    fn write(&mut self, text: &str, breaks: bool) {
        for (at, c) in text.char_indices() {
            if !self.number.is_empty() && !c.is_whitespace() {
                let number = std::mem::take(&mut self.number);
                if !is_numbered(&text[at..]) {
                    self.line.push_str(&number);
                }
            }
            match c {
                '\n' if breaks => self.end_line(),
                '\t' if breaks => self.push('\t'),
                '\n' => self.gap = Gap::Wrap,
                ' ' | '\t' | '\r' | '\x0C' => {
                    if self.gap == Gap::None {
                        self.gap = Gap::Blank;
                    }
                }
                '\u{A0}' => self.push(' '),
                _ => self.push(c),
            }
        }
    }

    fn push(&mut self, c: char) {
        if let Some(last) = self.line.chars().next_back() {
            let joined = self.gap == Gap::Wrap && is_wide(last) && is_wide(c);
            if self.gap != Gap::None && !joined {
                self.line.push(' ');
            }
        }
        self.gap = Gap::None;
        self.line.push(c);
    }

    /// `<br>`; in a row whose cells are parted by `|` it stands inside a cell.
    fn break_line(&mut self) {
        if self.line.trim_start().starts_with('|') && self.gap == Gap::None {
            self.gap = Gap::Blank;
        } else {
            self.end_line();
        }
    }

    fn end_line(&mut self) {
        let line = std::mem::take(&mut self.line);
        self.gap = Gap::None;
        let line = line.trim();
        if !line.is_empty() {
            self.lines.push(line.to_owned());
        }
    }

    /// The edge of a box: a new line, but not between `索引号：` and the box beside it.
    fn part(&mut self, beside: bool) {
        let label = self.line.trim_end().ends_with(['：', ':']) && is_label(&self.line);
        if beside && label {
            self.gap = Gap::None;
        } else {
            self.end_line();
        }
    }
}

fn is_block(name: &str) -> bool {
    const BLOCKS: &[&str] = &[
        "address",
        "article",
        "blockquote",
        "body",
        "caption",
        "center",
        "dd",
        "details",
        "dir",
        "div",
        "dl",
        "dt",
        "fieldset",
        "figcaption",
        "figure",
        "footer",
        "form",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "header",
        "hr",
        "legend",
        "li",
        "main",
        "menu",
        "ol",
        "p",
        "pre",
        "section",
        "summary",
        "table",
        "td",
        "th",
        "tr",
        "ucapcontent",
        "ucaptitle",
        "ul",
    ];
    BLOCKS.binary_search(&name).is_ok()
}

/// Whether an item of a list brings its number along: `1.`, `（二）`, `三、`, `四是`, `第五条`.
fn is_numbered(text: &str) -> bool {
    let text = text.trim_start_matches(['（', '(', '〔', '[', '第']);
    let rest = text.trim_start_matches(number::is_digit);
    rest.len() < text.len() && rest.starts_with(|c| "、.．）)〕]是要条章节项:：".contains(c))
}

/// Chinese characters and their punctuation, between which a line break of the source is no blank.
fn is_wide(c: char) -> bool {
    c >= '\u{2E80}' || "“”‘’—…·".contains(c)
}

/// How the items of an `<ol>` are numbered; nothing where they are not.
fn list_format(tree: &Tree, id: Id) -> &'static str {
    let style = tree
        .attribute(id, "style")
        .unwrap_or_default()
        .to_ascii_lowercase();
    if style.contains("cjk-ideographic") || style.contains("chinese-informal") {
        return "chineseCountingThousand";
    }
    if style
        .split("list-style")
        .skip(1)
        .any(|value| value.split(';').next().unwrap_or_default().contains("none"))
    {
        return "";
    }
    match tree.attribute(id, "type") {
        Some("a") => "lowerLetter",
        Some("A") => "upperLetter",
        Some("i") => "lowerRoman",
        Some("I") => "upperRoman",
        _ => "decimal",
    }
}

/// The number in an attribute.
fn attribute(tree: &Tree, id: Id, name: &str) -> Option<usize> {
    let value = tree.attribute(id, name)?.trim();
    let end = value
        .find(|c: char| !c.is_ascii_digit())
        .unwrap_or(value.len());
    value[..end].parse::<u16>().ok().map(usize::from)
}
