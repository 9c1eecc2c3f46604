//! The text of a document, line by line.
//!
//! In: the XML of `word/document.xml`. Out: lines. The walk keeps its place in stacks of open
//! paragraphs, cells and tables, and never calls itself.
//!
//! | in the file | in the text |
//! |---|---|
//! | `w:p` | a line, its automatic number before it |
//! | `w:br`, `w:cr` | a new line |
//! | `w:tab` | a tab |
//! | `w:noBreakHyphen`, `w:softHyphen` | `-`, nothing |
//! | `w:sym` | the sign, `•` for one of a symbol font that has no other |
//! | `w:tbl` | a [table](super::super::table); a cell that `w:vMerge` continues has the text of the one above |
//! | `w:txbxContent` | its lines, after the paragraph that it is tied to |
//! | `mc:AlternateContent` | its first `mc:Choice`, else its `mc:Fallback` |
//! | a paragraph whose mark is deleted | the beginning of the next one |

use super::super::table::{Cell, Table};
use super::numbering::Numbering;
use super::styles::Styles;
use super::xml::{self, Element, Token};
use crate::Error;

/// Reads the document.
pub(super) fn read(xml: &str, styles: &Styles, numbering: Numbering) -> Result<String, Error> {
    let mut reader = Reader {
        styles,
        numbering,
        allowance: xml.len(),
        stories: vec![Story::default()],
        paragraphs: Vec::new(),
        tables: Vec::new(),
        alternatives: Vec::new(),
        skipped: 0,
        in_text: false,
        in_paragraph_mark: false,
        in_row_mark: false,
        placeholder: false,
    };
    xml::read(xml, |token| match token {
        Token::Open(_) if reader.skipped > 0 => reader.skipped += 1,
        Token::Close(_) if reader.skipped > 0 => reader.skipped -= 1,
        Token::Open(element) => reader.open(&element),
        Token::Close(name) => reader.close(name),
        Token::Text(text) => reader.text(text),
    })?;
    Ok(reader.stories.swap_remove(0).lines.join("\n"))
}

struct Reader<'s> {
    styles: &'s Styles,
    numbering: Numbering,
    /// Bytes of cells over several rows that may still be repeated.
    allowance: usize,
    /// The body, then each open cell and text box.
    stories: Vec<Story>,
    /// Open paragraphs; those within text boxes stand inside others.
    paragraphs: Vec<Paragraph>,
    tables: Vec<OpenTable>,
    /// Whether each open `mc:AlternateContent` has had its choice.
    alternatives: Vec<bool>,
    /// Elements open inside one that is left out, itself included.
    skipped: usize,
    in_text: bool,
    in_paragraph_mark: bool,
    in_row_mark: bool,
    /// The open content control shows nothing but a prompt.
    placeholder: bool,
}

#[derive(Default)]
struct Story {
    lines: Vec<String>,
    /// Text of paragraphs whose marks are deleted.
    carried: String,
    /// What the cell is, where the story is one.
    cell: Cell,
}

#[derive(Default)]
struct Paragraph {
    text: String,
    style: Option<String>,
    list: Option<String>,
    level: Option<usize>,
    /// Lines of the text boxes tied to it.
    boxes: Vec<String>,
    mark_deleted: bool,
    /// The open run is hidden.
    hidden: bool,
}

#[derive(Default)]
struct OpenTable {
    table: Table,
    row_deleted: bool,
}

impl Reader<'_> {
    fn open(&mut self, element: &Element<'_>) {
        let value = || element.attribute("val");
        match element.name {
            "del" | "moveFrom" if self.in_row_mark => {
                if let Some(table) = self.tables.last_mut() {
                    table.row_deleted = true;
                }
            }
            "del" | "moveFrom" if self.in_paragraph_mark => {
                self.paragraph(|it| it.mark_deleted = true)
            }
            "AlternateContent" => self.alternatives.push(false),
            "Choice" | "Fallback" => match self.alternatives.last_mut() {
                Some(taken) if *taken => self.skipped = 1,
                Some(taken) => *taken = true,
                None => {}
            },
            "sdtContent" if std::mem::take(&mut self.placeholder) => self.skipped = 1,
            name if LEFT_OUT.contains(&name) => self.skipped = 1,
            "showingPlcHdr" => self.placeholder = element.is_on(),
            "sdtPr" => self.placeholder = false,

            "p" => self.paragraphs.push(Paragraph::default()),
            "pPr" => self.in_paragraph_mark = true,
            "pStyle" => self.paragraph(|it| it.style = value()),
            "numId" => self.paragraph(|it| it.list = value()),
            "ilvl" => self.paragraph(|it| it.level = element.number().map(|level| level as usize)),
            "vanish" if !self.in_paragraph_mark => self.paragraph(|it| it.hidden = element.is_on()),
            "t" => self.in_text = true,
            "tab" | "ptab" if !self.in_paragraph_mark => self.write("\t"),
            "br" | "cr" => self.write("\n"),
            "noBreakHyphen" => self.write("-"),
            "sym" => {
                self.write(symbol(element.attribute("char").as_deref()).encode_utf8(&mut [0; 4]))
            }

            "txbxContent" => self.stories.push(Story::default()),
            "tbl" => self.tables.push(OpenTable::default()),
            "tr" => self.table(|it| it.table.row()),
            "trPr" => self.in_row_mark = true,
            "gridBefore" => {
                let columns = element.number().unwrap_or(0) as usize;
                self.table(|it| {
                    it.table.cell(Cell {
                        columns,
                        ..Cell::default()
                    });
                });
            }
            "tc" => self.stories.push(Story::default()),
            "gridSpan" => self.cell(|cell| cell.columns = element.number().unwrap_or(1) as usize),
            "vMerge" => {
                self.cell(|cell| cell.continues = value().is_none_or(|value| value != "restart"))
            }
            _ => {}
        }
    }

    fn close(&mut self, name: &str) {
        match name {
            "AlternateContent" => {
                self.alternatives.pop();
            }
            "pPr" => self.in_paragraph_mark = false,
            "trPr" => self.in_row_mark = false,
            "t" => self.in_text = false,
            "r" => self.paragraph(|it| it.hidden = false),
            "p" => self.close_paragraph(),
            "txbxContent" => {
                let lines = self.close_story().lines;
                match self.paragraphs.last_mut() {
                    Some(paragraph) => paragraph.boxes.extend(lines),
                    None => self.story().lines.extend(lines),
                }
            }
            "tc" => {
                let story = self.close_story();
                self.table(|it| {
                    it.table.cell(Cell {
                        lines: story.lines,
                        ..story.cell
                    });
                });
            }
            "tr" => self.table(|it| {
                if std::mem::take(&mut it.row_deleted) {
                    it.table.drop_row();
                }
            }),
            "tbl" => {
                if let Some(open) = self.tables.pop() {
                    let lines = open.table.into_lines(&mut self.allowance);
                    let story = self.story();
                    story.cell.nests = true;
                    story.lines.extend(lines);
                }
            }
            _ => {}
        }
    }

    fn close_paragraph(&mut self) {
        let Some(paragraph) = self.paragraphs.pop() else {
            return;
        };
        let mut text = std::mem::take(&mut self.story().carried);
        if paragraph.mark_deleted {
            self.story().carried = text + &paragraph.text;
        } else {
            let Paragraph {
                list, level, style, ..
            } = &paragraph;
            let number =
                self.numbering
                    .next(list.as_deref(), *level, style.as_deref(), self.styles);
            text.insert_str(0, &number);
            let beginning = paragraph.text.trim_start();
            if needs_blank(&number, beginning) {
                text.push(' ');
            }
            text.push_str(if number.is_empty() {
                &paragraph.text
            } else {
                beginning
            });
            let lines = text
                .lines()
                .map(str::trim)
                .filter(|line| !line.is_empty())
                .map(str::to_owned);
            self.story().lines.extend(lines);
        }
        self.story().lines.extend(paragraph.boxes);
    }

    fn text(&mut self, text: &str) {
        if self.in_text {
            self.write(text);
        }
    }

    fn write(&mut self, text: &str) {
        self.paragraph(|it| {
            if !it.hidden {
                it.text.push_str(text);
            }
        });
    }

    fn paragraph(&mut self, change: impl FnOnce(&mut Paragraph)) {
        if let Some(paragraph) = self.paragraphs.last_mut() {
            change(paragraph);
        }
    }

    fn table(&mut self, change: impl FnOnce(&mut OpenTable)) {
        if let Some(table) = self.tables.last_mut() {
            change(table);
        }
    }

    fn cell(&mut self, change: impl FnOnce(&mut Cell)) {
        change(&mut self.story().cell);
    }

    fn story(&mut self) -> &mut Story {
        let last = self.stories.len() - 1;
        &mut self.stories[last]
    }

    /// The body is never closed.
    fn close_story(&mut self) -> Story {
        if self.stories.len() > 1 {
            self.stories.pop().unwrap_or_default()
        } else {
            Story::default()
        }
    }
}

/// Elements that are no text of the document as it reads now: what was deleted or moved away, earlier
/// formatting, the code of fields, readings over characters.
const LEFT_OUT: &[&str] = &[
    "del",
    "moveFrom",
    "instrText",
    "delText",
    "delInstrText",
    "rt",
    "pPrChange",
    "rPrChange",
    "tblPrChange",
    "trPrChange",
    "tcPrChange",
    "sectPr",
    "fldData",
];

/// Whether a number would run into the text: `第一条` before any, `1.` before `2018年`.
fn needs_blank(number: &str, text: &str) -> bool {
    match number.chars().next_back() {
        None => false,
        Some(' ') => false,
        Some('.' | '．') => text.starts_with(|c: char| c.is_ascii_digit()),
        Some(last) => !"、）)．:：，,】］]".contains(last),
    }
}

/// The sign of `w:sym`; those of symbol fonts stand in the private use area.
fn symbol(code: Option<&str>) -> char {
    let code = code
        .and_then(|code| u32::from_str_radix(code, 16).ok())
        .unwrap_or(0xF0B7);
    match code & 0xFF {
        _ if !(0xF000..=0xF0FF).contains(&code) => char::from_u32(code).unwrap_or('•'),
        0x52 | 0xFE => '☑',
        0x6F | 0xA3 | 0xA8 | 0x71 => '□',
        0x6E => '■',
        0xFC => '✓',
        0xFB => '✗',
        _ => '•',
    }
}
