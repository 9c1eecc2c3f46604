//! Tables as lines: a row a line, its cells parted by tabs.
//!
//! In: the cells of a table as a file format gives them. Out: lines of text.
//!
//! | in the file | in the text |
//! |---|---|
//! | a cell over several rows | its text in each of them, so that every row can be read alone; a bare number (`序号`) only once |
//! | a cell over several columns | its text once, then empty cells, so that the columns stay aligned |
//! | several lines in a cell | one, a blank between them where no punctuation parts them |
//! | a row of a single cell | the lines of the cell, as if there were no table |
//! | `索引号：` beside its value | `索引号：X`, each pair a line of its own |
//! | a table that lays out a page (a table, or over 30 lines, in a cell) | the lines of its cells, one after the other |
//!
//! Repeated text is paid for out of an allowance, so that the lines never outgrow the file by more
//! than a factor; past it, and past [`COLUMNS`], cells stay empty.

use std::mem;

use super::number::is_digit;

/// Columns that are told apart.
const COLUMNS: usize = 64;

/// Lines in a cell from which a table is taken for layout.
const LAYOUT_LINES: usize = 30;

/// A table, row after row.
#[derive(Default)]
pub(super) struct Table {
    rows: Vec<Vec<Cell>>,
}

/// A cell.
#[derive(Default)]
pub(super) struct Cell {
    /// Its text, a paragraph a line.
    pub lines: Vec<String>,
    /// Columns that it covers; 0 counts as 1.
    pub columns: usize,
    /// Rows that it covers, as HTML counts them; 0 counts as 1.
    pub rows: usize,
    /// It goes on with the cell above, as WordprocessingML says it.
    pub continues: bool,
    /// It holds a table.
    pub nests: bool,
}

impl Table {
    /// Begins a row.
    pub(super) fn row(&mut self) {
        self.rows.push(Vec::new());
    }

    /// Adds a cell to the row.
    pub(super) fn cell(&mut self, cell: Cell) {
        match self.rows.last_mut() {
            Some(row) => row.push(cell),
            None => self.rows.push(vec![cell]),
        }
    }

    /// Takes the last row back.
    #[cfg_attr(
        not(feature = "docx"),
        expect(dead_code, reason = "only DOCX deletes rows")
    )]
    pub(super) fn drop_row(&mut self) {
        self.rows.pop();
    }

    /// The table as lines. `allowance` is how many bytes may still be repeated.
    pub(super) fn into_lines(self, allowance: &mut usize) -> Vec<String> {
        let layout = self
            .rows
            .iter()
            .flatten()
            .any(|cell| cell.nests || cell.lines.len() > LAYOUT_LINES);
        let mut lines = Vec::new();
        if layout {
            lines.extend(self.rows.into_iter().flatten().flat_map(|cell| cell.lines));
            return lines;
        }
        let mut above = Vec::new();
        for row in self.rows {
            match row_fields(row, &mut above, allowance) {
                Row::Single(cell_lines) => lines.extend(cell_lines),
                Row::Fields(fields) => match pairs(&fields) {
                    Some(pairs) => lines.extend(pairs),
                    None => lines.push(fields.join("\t").trim_end().to_owned()),
                },
            }
        }
        lines.retain(|line| !line.trim().is_empty());
        lines
    }
}

/// What stands above a column.
#[derive(Clone, Default)]
struct Above {
    text: String,
    columns: usize,
    /// Further rows that it covers.
    rows: usize,
}

enum Row {
    Single(Vec<String>),
    Fields(Vec<String>),
}

fn row_fields(mut row: Vec<Cell>, above: &mut Vec<Above>, allowance: &mut usize) -> Row {
    let reached = above.iter().any(|above| above.rows > 0);
    if let ([cell], false) = (row.as_mut_slice(), reached)
        && !cell.continues
    {
        above.clear();
        return Row::Single(mem::take(&mut cell.lines));
    }
    let mut fields = Vec::new();
    for cell in row {
        carry_down(&mut fields, above, allowance);
        let column = fields.len();
        let columns = cell.columns.clamp(1, COLUMNS.saturating_sub(column).max(1));
        if cell.continues {
            let text = above.get(column).map(|above| repeat(above, allowance));
            fields.push(text.unwrap_or_default());
        } else {
            let text = join(&cell.lines);
            if column < COLUMNS {
                above.resize(above.len().max(column + columns), Above::default());
                above[column..column + columns].fill(Above::default());
                above[column] = Above {
                    text: text.clone(),
                    columns,
                    rows: cell.rows.saturating_sub(1),
                };
            }
            fields.push(text);
        }
        fields.resize(column + columns, String::new());
    }
    carry_down(&mut fields, above, allowance);
    while above.iter().skip(fields.len()).any(|above| above.rows > 0) {
        fields.push(String::new());
        carry_down(&mut fields, above, allowance);
    }
    Row::Fields(fields)
}

/// Fills the next columns with the cells that reach down into them.
fn carry_down(fields: &mut Vec<String>, above: &mut [Above], allowance: &mut usize) {
    while let Some(reaching) = above.get_mut(fields.len()).filter(|above| above.rows > 0) {
        reaching.rows -= 1;
        let columns = reaching.columns;
        let column = fields.len();
        fields.push(repeat(reaching, allowance));
        fields.resize(column + columns, String::new());
    }
}

fn repeat(above: &Above, allowance: &mut usize) -> String {
    let text = &above.text;
    let number = !text.is_empty()
        && text
            .chars()
            .all(|c| is_digit(c) || ".．、()（）".contains(c));
    if number || *allowance < text.len() {
        return String::new();
    }
    *allowance -= text.len();
    text.clone()
}

/// The lines of a cell as one.
fn join(lines: &[String]) -> String {
    let mut out = String::new();
    for line in lines {
        let parted = out.chars().next_back().is_none_or(is_mark)
            || line
                .chars()
                .next()
                .is_none_or(|c| "，、；：。）〕」』”’,;:.)".contains(c));
        if !parted {
            out.push(' ');
        }
        out.extend(line.chars().map(|c| if c == '\t' { ' ' } else { c }));
    }
    out
}

fn is_mark(c: char) -> bool {
    "，、；：。（〔「『“‘,;:.(".contains(c)
}

/// `索引号：`, X, `主题分类：`, Y as `索引号：X`, `主题分类：Y`.
fn pairs(fields: &[String]) -> Option<Vec<String>> {
    let empty = fields.iter().rev().take_while(|field| field.is_empty());
    let mut lines = Vec::new();
    for pair in fields[..fields.len() - empty.count()].chunks(2) {
        let value = pair.get(1).map_or("", String::as_str);
        let label = label(&pair[0])?;
        if is_label(value) {
            return None;
        }
        if !value.is_empty() {
            lines.push(label + value);
        }
    }
    (!lines.is_empty()).then_some(lines)
}

/// The words before a value, as `索引号：`: a known label, or up to eight characters and a colon.
fn label(text: &str) -> Option<String> {
    let (letters, colon) = letters(text);
    let short = (1..=8).contains(&letters.chars().count());
    (LABELS.contains(&letters.as_str()) || (colon && short)).then(|| letters + "：")
}

/// Whether a text is nothing but a label of the head of a government page, such as `索引号`.
pub(super) fn is_label(text: &str) -> bool {
    LABELS.contains(&letters(text).0.as_str())
}

/// A text without blanks and final colon, and whether it had one; what is too long for a label is cut.
fn letters(text: &str) -> (String, bool) {
    let mut letters: String = text
        .chars()
        .filter(|c| !c.is_whitespace())
        .take(12)
        .collect();
    let colon = letters.ends_with(['：', ':']);
    if colon {
        letters.pop();
    }
    (letters, colon)
}

/// Labels that are known without their colon.
const LABELS: &[&str] = &[
    "索引号",
    "信息索引号",
    "信息索引",
    "文号",
    "发文字号",
    "文件编号",
    "统一编号",
    "发文机关",
    "发文单位",
    "发布机构",
    "发布机关",
    "发布单位",
    "制发机关",
    "信息分类",
    "主题分类",
    "体裁分类",
    "组配分类",
    "服务对象分类",
    "所属分类",
    "文件类型",
    "公文种类",
    "成文日期",
    "发文日期",
    "生成日期",
    "发布日期",
    "公开日期",
    "生效日期",
    "施行日期",
    "失效日期",
    "废止日期",
    "有效性",
    "效力状态",
    "时效性",
    "公开方式",
    "公开类别",
    "公开属性",
    "公开时限",
    "公开范围",
    "主题词",
    "关键词",
    "信息名称",
    "文件名称",
    "标题",
    "名称",
];

#[cfg(test)]
mod tests {
    use super::*;

    /// Rows are parted by `/`, cells by `|`, lines of a cell by `;`; a cell may begin with `r2c3=`
    /// for what it covers, or be `^` where it continues the one above.
    #[track_caller]
    fn check(table: &str, expected: &[&str]) {
        let mut built = Table::default();
        for row in table.split('/') {
            built.row();
            for cell in row.split('|') {
                let (spans, text) = cell.split_once('=').unwrap_or(("", cell));
                let covers = |sign: char| {
                    let digits = spans.split_once(sign).map_or("1", |(_, digits)| digits);
                    usize::from(digits.as_bytes()[0] - b'0')
                };
                built.cell(Cell {
                    lines: text.split(';').map(str::to_owned).collect(),
                    columns: covers('c'),
                    rows: covers('r'),
                    continues: text == "^",
                    nests: false,
                });
            }
        }
        assert_eq!(built.into_lines(&mut 1000), expected);
    }

    #[test]
    fn rows_become_lines() {
        check(
            "序号|任务|单位/1|修路|省厅",
            &["序号\t任务\t单位", "1\t修路\t省厅"],
        );
        check("1||省厅/|修路|", &["1\t\t省厅", "\t修路"]);
        check("序号|/ | ", &["序号"]);
    }

    #[test]
    fn cells_over_several_rows_are_repeated() {
        check(
            "1|修路|r2=省厅/2|架桥/3|挖渠|市局",
            &["1\t修路\t省厅", "2\t架桥\t省厅", "3\t挖渠\t市局"],
        );
        check("r2=一类|修路/架桥", &["一类\t修路", "一类\t架桥"]);
        check("r2=1|修路/架桥", &["1\t修路", "\t架桥"]);
        check(
            "修路|省厅/架桥|^/挖渠|^",
            &["修路\t省厅", "架桥\t省厅", "挖渠\t省厅"],
        );
        check("a|r2=b|r3=c/d/e|f", &["a\tb\tc", "d\tb\tc", "e\tf\tc"]);
    }

    #[test]
    fn cells_over_several_columns_keep_the_columns() {
        check(
            "r2=序号|c2=分工|r2=时限/牵头|责任/1|甲|乙|年底",
            &[
                "序号\t分工\t\t时限",
                "序号\t牵头\t责任\t时限",
                "1\t甲\t乙\t年底",
            ],
        );
        check("1|修路|省厅/c3=二、保障", &["1\t修路\t省厅", "二、保障"]);
        check("r2c2=甲|乙/丙", &["甲\t\t乙", "甲\t\t丙"]);
    }

    #[test]
    fn lines_of_a_cell_are_joined() {
        check(
            "1|省发改委;省科技厅、;省财政厅",
            &["1\t省发改委 省科技厅、省财政厅"],
        );
        check("一、总则;二、任务", &["一、总则", "二、任务"]);
    }

    #[test]
    fn labels_and_values_are_pairs() {
        check(
            "索 引 号：|0001-1|主题分类:|农业/文号|甲字1号|成文日期|",
            &["索引号：0001-1", "主题分类：农业", "文号：甲字1号"],
        );
        check(
            "名称|文号|发布日期/甲|乙|丙",
            &["名称\t文号\t发布日期", "甲\t乙\t丙"],
        );
    }

    #[test]
    fn a_page_layout_is_no_table() {
        let mut table = Table::default();
        for nests in [false, true] {
            table.cell(Cell {
                lines: vec!["甲".to_owned(), "乙".to_owned()],
                nests,
                ..Cell::default()
            });
        }
        assert_eq!(table.into_lines(&mut 0), ["甲", "乙", "甲", "乙"]);
    }

    #[test]
    fn repeats_are_paid_for() {
        let mut table = Table::default();
        for row in 0..1000 {
            table.row();
            if row == 0 {
                table.cell(Cell {
                    lines: vec!["甲".repeat(100)],
                    rows: usize::MAX,
                    columns: usize::MAX,
                    ..Cell::default()
                });
            }
            table.cell(Cell {
                lines: vec!["乙".to_owned()],
                ..Cell::default()
            });
        }
        let lines = table.into_lines(&mut 900);
        assert_eq!(lines.len(), 1000);
        assert_eq!(lines.iter().filter(|line| line.contains('甲')).count(), 4);
    }
}
