//! Texts and bytes that no drafter writes, in any size: for the tests, the growth benchmark, the fuzzer's seeds.
//!
//! A shape is what repeats, with what stands before and behind it; its name says what it attacks.

/// A text that grows: before, what repeats, behind.
pub struct Shape {
    /// What it attacks.
    pub name: &'static str,
    before: &'static str,
    again: &'static str,
    behind: &'static str,
}

impl Shape {
    /// About this many bytes of it.
    #[must_use]
    pub fn text(&self, bytes: usize) -> String {
        let again = self.again.repeat(bytes / self.again.len() + 1);
        [self.before, &again, self.behind].concat()
    }
}

const fn shape(
    name: &'static str,
    before: &'static str,
    again: &'static str,
    behind: &'static str,
) -> Shape {
    Shape {
        name,
        before,
        again,
        behind,
    }
}

/// What some shapes repeat, one behind the other, again and again, behind what the first begins with.
#[must_use]
pub fn mixture(shapes: &[&Shape], bytes: usize) -> String {
    let again: String = shapes.iter().map(|shape| shape.again).collect();
    let before = shapes.first().map_or("", |shape| shape.before);
    [before, &again.repeat(bytes / again.len().max(1) + 1)].concat()
}

/// Every shape that is text.
pub const SHAPES: &[Shape] = &[
    shape(
        "every list there is, one below the other",
        "关于春耕的通知\n",
        "第一编春耕。\n第一章春耕。\n第一节春耕。\n一、春耕。\n第一条春耕。\n（一）春耕。\n1.春耕。\n（1）春耕。\n① 春耕。\n1.1 春耕。\n1.1.1 春耕。\n1.1.1.1 春耕。\n1.1.1.1.1 春耕。\nⅠ、春耕。\nA.春耕。\n专项任务一：春耕。\n主要任务一：春耕。\n举措一：春耕。\n事项一：春耕。\n任务一：春耕。\n具体任务一：春耕。\n典型问题一：春耕。\n反馈意见一：春耕。\n巡察反馈问题一：春耕。\n工作任务一：春耕。\n建议一：春耕。\n意见建议一：春耕。\n措施一：春耕。\n整改举措一：春耕。\n督察反馈问题一：春耕。\n行动一：春耕。\n重大任务一：春耕。\n问题一：春耕。\n项目一：春耕。\n",
        "",
    ),
    shape("round brackets that open", "一、甲。", "（", ""),
    shape("round brackets that close", "一、甲。", "）", ""),
    shape(
        "brackets of every kind that open",
        "一、甲。",
        "（〔【[",
        "",
    ),
    shape("pairs of brackets", "一、甲。", "（）", ""),
    shape("names between blanks", "一、甲。", "张某 ", ""),
    shape(
        "persons without end",
        "一、甲。\n责任人：",
        "张某 市长、",
        "",
    ),
    shape(
        "documents without a full stop",
        "一、甲。",
        "根据《甲乙通知》",
        "",
    ),
    shape(
        "levels without end",
        "一、甲。（责任单位：各市",
        "、县",
        "）",
    ),
    shape(
        "pairs of brackets before a day",
        "",
        "（）",
        "\n2024年1月1日\n",
    ),
    shape("crossed brackets", "一、甲。", "（〔）〕", ""),
    shape("quotations that open", "一、甲。", "“《", ""),
    shape(
        "book marks that open",
        "云岭市关于印发的通知\n现将",
        "《",
        "",
    ),
    shape(
        "clauses never closed, one line",
        "一、甲。",
        "（牵头单位：省厅；",
        "",
    ),
    shape(
        "clauses never closed, a line each",
        "一、甲。\n",
        "（牵头单位：省厅\n",
        "",
    ),
    shape(
        "labels without values, one line",
        "一、甲。",
        "责任单位：",
        "",
    ),
    shape(
        "labels without values, a line each",
        "一、甲。\n",
        "责任单位：\n",
        "",
    ),
    shape(
        "persons that are not named, a line each",
        "一、甲。\n",
        "责任人：\n",
        "",
    ),
    shape(
        "labels and units, a line each",
        "一、甲。\n",
        "责任单位：省厅\n",
        "",
    ),
    shape(
        "labels run together",
        "一、甲。",
        "牵头单位：省厅。责任单位：市局。",
        "",
    ),
    shape("colons", "一、甲。", "：", ""),
    shape("halves of a label", "一、甲。\n", "责任\n", ""),
    shape("the same marker", "", "一、甲\n", ""),
    shape("markers in brackets", "", "（一）甲。（省厅负责）\n", ""),
    shape("markers that nest", "", "一、\n（一）\n1.\n（1）\n①\n", ""),
    shape("markers on one line", "", "一、甲。（一）乙。1.丙。", ""),
    shape("arabic markers", "", "1.甲\n2.乙\n", ""),
    shape("decimals", "", "1.1.1.1 甲\n", ""),
    shape("bullets", "", "- 甲\n", ""),
    shape("articles", "", "第一条 甲\n", ""),
    shape("ordinals", "", "一是甲。二是乙。\n", ""),
    shape("units in a clause", "一、甲。（责任单位：", "省厅、", "）"),
    shape(
        "units joined by 和",
        "一、甲。（责任单位：",
        "省厅和",
        "市局）",
    ),
    shape(
        "units joined by 等",
        "一、甲。（责任单位：",
        "省厅等有关部门",
        "）",
    ),
    shape("names that 和 links", "抄送：市教育局", "和市教育局", "。"),
    shape("levels in a row", "抄送：各市", "、县", "\n"),
    shape("units in a paragraph", "一、甲。", "省厅、", ""),
    shape(
        "level words",
        "一、甲。（责任单位：各",
        "市、县、",
        "政府）",
    ),
    shape(
        "units with a verb",
        "一、甲。（",
        "省厅牵头，市局配合，",
        "）",
    ),
    shape(
        "aliases in brackets",
        "一、甲。（责任单位：",
        "省厅（省局）、",
        "）",
    ),
    shape("verbs", "一、甲。（", "牵头负责", "）"),
    shape("clauses in a paragraph", "一、甲。", "（省厅负责）乙。", ""),
    shape("会同", "一、甲。", "省厅会同", "市局办理。"),
    shape("由…牵头", "一、甲。", "由省厅牵头，", ""),
    shape("请…于", "一、甲。", "请省厅于6月底前", ""),
    shape("rules", "一、甲。", "（以下均需省厅落实，不再列出）", ""),
    shape("rules of rank", "一、甲。", "列第一位者为牵头单位，", ""),
    shape(
        "addressees",
        "云岭市关于春耕的通知\n",
        "各市政府，",
        "：\n一、甲。\n",
    ),
    shape("titles", "", "云岭市关于春耕的通知\n", ""),
    shape(
        "notices in a row",
        "甲。\n",
        "\n云岭市关于春耕的通知\n云政发〔2024〕1号\n一、甲《乙》\n",
        "",
    ),
    shape("one title", "云岭市关于", "春耕", "的通知\n"),
    shape(
        "cited titles",
        "云岭市关于印发的通知\n\n现将",
        "《春耕工作方案》",
        "印发给你们。\n",
    ),
    shape(
        "cited titles that run into the body",
        "云岭市关于印发的通知\n\n现将",
        "《春耕工作方案》：\u{c}",
        "印发给你们。\n",
    ),
    shape("document numbers", "", "云政发〔2024〕1号\n", ""),
    shape(
        "document numbers in a line",
        "云岭市关于春耕的通知\n根据",
        "《甲》（云政发〔2024〕1号）、",
        "",
    ),
    shape("halves of a number", "", "云政发〔2024", ""),
    shape("days", "", "2024年1月1日\n", ""),
    shape("days in a line", "一、甲。", "2024年1月1日前、", ""),
    shape("signatures", "", "云岭市人民政府\n2024年1月1日\n", ""),
    shape("deadlines", "一、甲。（省厅负责，", "6月底前，", "）"),
    shape("annexes", "", "附件\n", ""),
    shape("annexes with numbers", "", "附件1：春耕方案\n", ""),
    shape(
        "lists of annexes",
        "云岭市关于春耕的通知\n甲。\n附件：1.方案\n",
        "2.方案\n",
        "云岭市人民政府\n2024年1月1日\n",
    ),
    shape(
        "quotes behind a cited title",
        "云岭市人民政府关于印发《春耕方案》的通知\n各县：\n现将《春耕方案》印发给你们。\n云岭市人民政府\n2024年1月1日\n",
        "《》\"\"\n",
        "",
    ),
    shape("copies", "甲。\n", "抄送：省厅。\n", ""),
    shape("keys of a page", "", "发布日期：2024-01-01\n", ""),
    shape(
        "keys in a line",
        "",
        "索引号：1　发布日期：2024-01-01　",
        "",
    ),
    shape("fences", "", "---\n", ""),
    shape("navigation", "", "首页 > 政务公开\n", ""),
    shape("footers", "甲。\n", "打印 关闭\n", ""),
    shape("page marks", "一、甲\n", "—1—\n", ""),
    shape("page breaks", "一、甲", "\u{c}", ""),
    shape("page marks in a word", "一、甲（责", "\n# Page 1:\n任", ""),
    shape("one character a line", "一、甲。\n", "责\n", ""),
    shape("blank lines", "一、甲", "\n", "二、乙"),
    shape("blanks", "一、甲", " ", "乙"),
    shape(
        "ideographic blanks between units",
        "一、甲。（责任单位：",
        "省厅\u{3000}",
        "）",
    ),
    shape("zero width", "一、甲", "\u{200b}", "乙"),
    shape("combining marks", "一、甲", "\u{301}", "乙"),
    shape("variation selectors", "一、甲", "\u{fe0f}", "乙"),
    shape("direction marks", "一、甲", "\u{202e}", "乙"),
    shape("NUL", "一、甲", "\0", "乙"),
    shape("replacement characters", "一、甲", "\u{fffd}", "乙"),
    shape("surrogate pairs", "一、甲", "𠮷😀", "乙"),
    shape(
        "line ends of every kind",
        "一、甲",
        "\r\n\r\n\u{b}\u{85}\u{2028}",
        "乙",
    ),
    shape("stars", "一、甲", "*", "乙"),
    shape("bold", "", "**一、甲**\n", ""),
    shape("quotation marks of Markdown", "", "> ", "甲"),
    shape("digits", "", "9", "、甲"),
    shape("Chinese digits", "", "九", "、甲"),
    shape("zeros", "", "〇", "年"),
    shape("thousands", "第", "千百十", "条"),
    shape("one long line", "", "加强组织领导，", ""),
    shape("one long line of Latin", "", "lorem ipsum ", ""),
    shape(
        "wrapped text",
        "",
        "加强组织领导，明确责任分工，\n推动各项任务落到实处取得实\n效。\n",
        "",
    ),
    shape(
        "rows between pipes",
        "| 序号 | 任务 | 牵头单位 | 责任单位 |\n|---|---|---|---|\n",
        "| 1 | 甲 | 省厅 | 市局 |\n",
        "",
    ),
    shape(
        "columns between pipes",
        "| 序号 | 任务 | 牵头单位 |\n|",
        "---|",
        "\n| 1 | 甲 | 省厅 |\n",
    ),
    shape("pipes", "", "|", "\n"),
    shape("heads of a table", "", "| 序号 | 任务 | 牵头单位 |\n", ""),
    shape(
        "rows between tabs",
        "序号\t任务\t牵头单位\n",
        "1\t甲\t省厅\n",
        "",
    ),
    shape("tabs", "序号\t任务\t牵头单位\n", "\t", "\n"),
    shape(
        "rows in columns",
        "序号  任务  牵头单位\n",
        "1     甲    省厅\n",
        "",
    ),
    shape(
        "cells, a line each",
        "序号\n任务\n牵头单位\n责任单位\n",
        "1\n甲\n省厅\n市局\n",
        "",
    ),
    shape("heads, a line each", "", "序号\n任务\n牵头单位\n", ""),
    shape("persons", "一、甲。\n责任人：", "张某、", "\n"),
    shape(
        "posts in a cell",
        "序号\t任务\t责任单位\t责任人\n1\t建设\t市教育局\t",
        "副县长局长、",
        "\n",
    ),
    shape("posts", "一、甲。\n责任人：", "副市长", "张某\n"),
];

/// Bytes that are hardly text: about this many.
#[must_use]
pub fn bytes(size: usize) -> Vec<(&'static str, Vec<u8>)> {
    let repeat = |unit: &[u8]| unit.repeat(size / unit.len() + 1);
    let notice = "一、抓好春耕。（牵头单位：省农业厅）\n".repeat(size / 50 + 1);
    let (gb18030, ..) = encoding_rs::GB18030.encode(&notice);
    let mixed = [notice.as_bytes(), &gb18030].concat();
    let utf16 = |mark: &[u8], unit: [u8; 2]| [mark, &repeat(&unit)].concat();
    let page = |again: &str| {
        let head = "<!DOCTYPE html><html><head><meta charset=utf-8><title>甲</title></head><body>";
        [head.as_bytes(), &repeat(again.as_bytes())].concat()
    };
    let mut state = 0x2545_F491_4F6C_DD1Du64;
    let random = std::iter::repeat_with(|| {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        state.to_be_bytes()[0]
    });
    vec![
        ("lone surrogates, low", utf16(b"\xFF\xFE", [0x00, 0xDC])),
        ("lone surrogates, high", utf16(b"\xFE\xFF", [0xD8, 0x00])),
        (
            "an odd byte of UTF-16",
            [utf16(b"\xFF\xFE", [0x00, 0x4E]), vec![0x4E]].concat(),
        ),
        ("truncated UTF-8", repeat(b"\xE4\xB8")),
        ("continuation bytes", repeat(b"\x80")),
        ("overlong UTF-8", repeat(b"\xC0\xAF")),
        ("surrogates in UTF-8", repeat(b"\xED\xA0\x80")),
        ("lead bytes of GBK", repeat(b"\xB9")),
        ("four bytes of GB18030, halved", repeat(b"\x84\x31")),
        (
            "a bad byte in each line",
            notice
                .replace('一', "@")
                .into_bytes()
                .iter()
                .map(|&byte| if byte == b'@' { 0xFF } else { byte })
                .collect(),
        ),
        ("UTF-8, then GB18030", mixed),
        ("NUL", repeat(b"\0")),
        ("controls", repeat(b"\x01\x02\x03")),
        ("random bytes", random.take(size).collect()),
        ("HTML, elements that nest", page("<div>")),
        ("HTML, tables that nest", page("<table><tr><td>")),
        ("HTML, lists that nest", page("<ol><li>")),
        ("HTML, paragraphs", page("<p>一、甲。（省厅负责）")),
        (
            "HTML, cells",
            page("<table><tr><td>1<td>甲<td>省厅</table>"),
        ),
        ("HTML, elements that cross", page("<b><i></b></i>")),
        ("HTML, closing tags", page("</div>")),
        ("HTML, entities", page("&amp;")),
        ("HTML, comments", page("<!--")),
        ("HTML, attributes", page("<p a=b ")),
        (
            "HTML, spans of a cell",
            page("<table><td rowspan=65534 colspan=1000>甲"),
        ),
    ]
}
