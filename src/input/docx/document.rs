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
        place: Place::Elsewhere,
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
    place: Place,
    /// The open content control shows nothing but a prompt.
    placeholder: bool,
}

/// What the open element describes.
#[derive(PartialEq)]
enum Place {
    /// `w:t`
    Text,
    /// `w:pPr`
    ParagraphMark,
    /// `w:trPr`
    RowMark,
    Elsewhere,
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
            "del" | "moveFrom" if self.place == Place::RowMark => {
                if let Some(table) = self.tables.last_mut() {
                    table.row_deleted = true;
                }
            }
            "del" | "moveFrom" if self.place == Place::ParagraphMark => {
                self.paragraph(|it| it.mark_deleted = true);
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
            "pPr" => self.place = Place::ParagraphMark,
            "pStyle" => self.paragraph(|it| it.style = value()),
            "numId" => self.paragraph(|it| it.list = value()),
            "ilvl" => self.paragraph(|it| it.level = element.number().map(|level| level as usize)),
            "vanish" if self.place != Place::ParagraphMark => {
                self.paragraph(|it| it.hidden = element.is_on());
            }
            "t" => self.place = Place::Text,
            "tab" | "ptab" if self.place != Place::ParagraphMark => self.write("\t"),
            "br" | "cr" => self.write("\n"),
            "noBreakHyphen" => self.write("-"),
            "sym" => {
                self.write(symbol(element.attribute("char").as_deref()).encode_utf8(&mut [0; 4]));
            }

            "txbxContent" => self.stories.push(Story::default()),
            "tbl" => self.tables.push(OpenTable::default()),
            "tr" => self.table(|it| it.table.row()),
            "trPr" => self.place = Place::RowMark,
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
                self.cell(|cell| cell.continues = value().is_none_or(|value| value != "restart"));
            }
            _ => {}
        }
    }

    fn close(&mut self, name: &str) {
        match name {
            "AlternateContent" => {
                self.alternatives.pop();
            }
            "pPr" | "trPr" | "t" => self.place = Place::Elsewhere,
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
        if self.place == Place::Text {
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

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(body: &str, expected: &[&str]) {
        let list = "<w:numbering xmlns:w='w'><w:abstractNum w:abstractNumId='0'>\
            <w:lvl w:ilvl='0'><w:start w:val='1'/><w:numFmt w:val='chineseCounting'/><w:lvlText w:val='%1、'/></w:lvl>\
            <w:lvl w:ilvl='1'><w:start w:val='1'/><w:numFmt w:val='decimal'/><w:lvlText w:val='%2.'/></w:lvl>\
            <w:lvl w:ilvl='2'><w:start w:val='1'/><w:numFmt w:val='chineseCounting'/><w:lvlText w:val='第%3条'/></w:lvl>\
            </w:abstractNum><w:num w:numId='1'><w:abstractNumId w:val='0'/></w:num></w:numbering>";
        let xml = format!("<w:document xmlns:w='w'><w:body>{body}</w:body></w:document>");
        let text = read(&xml, &Styles::default(), Numbering::read(list).unwrap()).unwrap();
        assert_eq!(text.lines().collect::<Vec<_>>(), expected);
    }

    fn p(text: &str) -> String {
        format!("<w:p><w:r><w:t>{text}</w:t></w:r></w:p>")
    }

    fn numbered(level: u32, text: &str) -> String {
        format!(
            "<w:p><w:pPr><w:numPr><w:ilvl w:val='{level}'/><w:numId w:val='1'/></w:numPr></w:pPr>\
             <w:r><w:t>{text}</w:t></w:r></w:p>"
        )
    }

    #[test]
    fn paragraphs_become_lines() {
        check(
            &(p("　　关于&lt;春耕&gt;&amp;&#x79CB;收") + "<w:p/>" + &p("<![CDATA[一、]]>")),
            &["关于<春耕>&秋收", "一、"],
        );
        check(
            "<w:p><w:pPr><w:tabs><w:tab w:val='left'/></w:tabs></w:pPr><w:r><w:t>甲</w:t><w:tab/><w:t>乙</w:t><w:br/>\
             <w:t>丙</w:t><w:softHyphen/><w:noBreakHyphen/><w:sym w:font='Wingdings' w:char='F0FE'/><w:cr/></w:r></w:p>",
            &["甲\t乙", "丙-☑"],
        );
    }

    #[test]
    fn numbers_are_written_out() {
        check(
            &(numbered(0, "春耕")
                + &numbered(1, "种子")
                + &numbered(1, "2018年")
                + &numbered(0, "")
                + &numbered(2, " 甲")),
            &["一、春耕", "1.种子", "2. 2018年", "二、", "第一条 甲"],
        );
    }

    #[test]
    fn changes_are_accepted() {
        check(
            "<w:p><w:r><w:t>甲</w:t></w:r><w:del><w:r><w:delText>乙</w:delText><w:t>乙</w:t></w:r></w:del>\
             <w:ins><w:r><w:t>丙</w:t></w:r></w:ins><w:moveFrom><w:r><w:t>丁</w:t></w:r></w:moveFrom>\
             <w:moveTo><w:r><w:t>戊</w:t></w:r></w:moveTo></w:p>",
            &["甲丙戊"],
        );
        check(
            &("<w:p><w:pPr><w:rPr><w:del/></w:rPr></w:pPr><w:r><w:t>春</w:t></w:r></w:p>"
                .to_owned()
                + &numbered(0, "耕")),
            &["一、春耕"],
        );
        check(
            "<w:tbl><w:tr><w:trPr><w:del/></w:trPr><w:tc><w:p><w:r><w:t>甲</w:t></w:r></w:p></w:tc></w:tr>\
             <w:tr><w:tc><w:p><w:r><w:t>乙</w:t></w:r></w:p></w:tc></w:tr></w:tbl>",
            &["乙"],
        );
    }

    #[test]
    fn what_is_not_shown_goes() {
        check(
            "<w:p><w:pPr><w:rPr><w:vanish/></w:rPr></w:pPr><w:r><w:rPr><w:vanish/></w:rPr><w:t>隐</w:t></w:r>\
             <w:r><w:rPr><w:vanish w:val='0'/></w:rPr><w:t>显</w:t></w:r><w:r><w:instrText>PAGE</w:instrText></w:r>\
             <w:sdt><w:sdtPr><w:showingPlcHdr/></w:sdtPr><w:sdtContent><w:r><w:t>单击此处</w:t></w:r></w:sdtContent></w:sdt>\
             <w:sdt><w:sdtPr/><w:sdtContent><w:r><w:t>了</w:t></w:r></w:sdtContent></w:sdt>\
             <w:r><w:ruby><w:rt><w:r><w:t>hàn</w:t></w:r></w:rt><w:rubyBase><w:r><w:t>汉</w:t></w:r></w:rubyBase></w:ruby></w:r></w:p>",
            &["显了汉"],
        );
    }

    #[test]
    fn text_boxes_are_read_once() {
        let text_box = format!("<w:txbxContent>{}{}</w:txbxContent>", p("框"), p("内"));
        check(
            &format!(
                "<w:p><w:r><w:t>甲</w:t><mc:AlternateContent><mc:Choice><wps:txbx>{text_box}</wps:txbx></mc:Choice>\
                 <mc:Fallback><v:textbox>{text_box}</v:textbox></mc:Fallback></mc:AlternateContent><w:t>乙</w:t></w:r></w:p>"
            ),
            &["甲乙", "框", "内"],
        );
        check(
            &format!(
                "<w:p><w:r><mc:AlternateContent><mc:Fallback>{text_box}</mc:Fallback></mc:AlternateContent></w:r></w:p>"
            ),
            &["框", "内"],
        );
    }

    #[test]
    fn tables_keep_their_rows() {
        let cell =
            |marks: &str, text: &str| format!("<w:tc><w:tcPr>{marks}</w:tcPr>{}</w:tc>", p(text));
        let rows = [
            vec![
                cell("", "序号"),
                cell("<w:gridSpan w:val='2'/>", "任务"),
                cell("", "单位"),
            ],
            vec![
                format!("<w:tc>{}</w:tc>", numbered(1, "")),
                cell("<w:vMerge w:val='restart'/>", "路"),
                cell("", "修"),
                cell("<w:vMerge w:val='restart'/>", "省厅"),
            ],
            vec![
                format!("<w:tc>{}</w:tc>", numbered(1, "")),
                cell("<w:vMerge/>", ""),
                cell("", "养"),
                cell("<w:vMerge w:val='continue'/>", ""),
            ],
        ];
        let rows: Vec<String> = rows
            .iter()
            .map(|cells| format!("<w:tr>{}</w:tr>", cells.concat()))
            .collect();
        let rows = rows.concat();
        check(
            &format!("<w:tbl>{rows}</w:tbl>{}", p("后文")),
            &[
                "序号\t任务\t\t单位",
                "1.\t路\t修\t省厅",
                "2.\t路\t养\t省厅",
                "后文",
            ],
        );
        check(
            &format!(
                "<w:tbl><w:tr><w:trPr><w:gridBefore w:val='1'/></w:trPr>{}</w:tr></w:tbl>",
                cell("", "甲")
            ),
            &["\t甲"],
        );
    }

    #[test]
    fn hostile_documents_end() {
        let text = |body: &str| read(body, &Styles::default(), Numbering::default());
        assert!(text(&"<w:p>".repeat(100_000)).is_err());
        assert!(
            text("<w:p>").is_err()
                && text("<w:p></w:r>").is_err()
                && text("<w:p>&x;</w:p>").is_err()
        );
        assert_eq!(text(""), Ok(String::new()));
        let nested =
            "<w:tbl><w:tr><w:tc>".repeat(300) + &p("甲") + &"</w:tc></w:tr></w:tbl>".repeat(300);
        assert_eq!(text(&nested), Ok("甲".to_owned()));
        let stray = "<r><w:tc><w:p/></w:tc><w:tr/><w:txbxContent/><w:vMerge/><mc:Choice/><w:gridBefore w:val='9'/></r>";
        assert_eq!(text(stray), Ok(String::new()));
    }
}
