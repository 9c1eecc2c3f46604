//! HTML pages, and text with stray markup in it.
//!
//! In: decoded text. Out: its text, a paragraph a line, as a person would copy it from the page:
//! [reduced](tidy), built into a [tree], without its [furniture], [written](write) out. What the
//! page's `<meta>` say and its text does not comes first.
//!
//! ```text
//! <meta name="ArticleTitle" content="关于春耕的通知">      标题：关于春耕的通知
//! <div class="nav"><a>首页</a> <a>政务</a></div>
//! <table><tr><td>文号：<td>甲字1号</table>                  文号：甲字1号
//! <p>&nbsp;&nbsp;一、春耕<br>二、秋收                       一、春耕
//!                                                         二、秋收
//! ```
//!
//! Text with a stray `<p>`, `<br>` or `<table>` in it, as scrapers leave it, is read in the same way,
//! only that its line breaks stay line breaks where they outnumber the tags, and in front of the first tag.

mod furniture;
mod tidy;
mod tree;
mod write;

use furniture::Furniture;
use tree::Tree;

/// Bytes of markup that are read; pages of notices have some hundred thousand.
const LENGTH: usize = 16 << 20;

/// Reads a text that [is markup](is_markup); `None` where it is longer or nests deeper than any page.
pub(super) fn read(text: &str) -> Option<String> {
    if text.len() > LENGTH {
        return None;
    }
    let page = is_page(text);
    let (front, text) = text.split_at(if page { 0 } else { front(text) });
    let tree = Tree::build(&tidy::tidy(text))?;
    let lines = write::write(
        &tree,
        &Furniture::new(&tree),
        !page && lines_rule(text),
        text.len(),
    );
    let mut read = heads(&tree, &lines);
    read.push_str(front);
    read.push_str(&lines.join("\n"));
    Some(read)
}

/// The bytes of the plain lines in front of the first markup: the fields of a record, before its text.
fn front(text: &str) -> usize {
    text.find(['<', '&'])
        .and_then(|markup| text[..markup].rfind('\n'))
        .map_or(0, |end| end + 1)
}

/// Whether a text is an HTML page, or holds markup that parts its lines.
pub(super) fn is_markup(text: &str) -> bool {
    is_page(text) || block_tags(text).next().is_some()
}

fn is_page(text: &str) -> bool {
    let start = super::start_of(text, 4096).to_ascii_lowercase();
    ["<!doctype html", "<html", "<head>", "<body"]
        .iter()
        .any(|tag| {
            start.split_once(tag).is_some_and(|(_, after)| {
                tag.ends_with('>') || after.starts_with(|c: char| c == '>' || c.is_whitespace())
            })
        })
}

/// Whether the line breaks of a text, not its tags, part its paragraphs. Tables don't count.
fn lines_rule(text: &str) -> bool {
    let text = text.to_ascii_lowercase();
    let outside = text
        .split("<table")
        .enumerate()
        .map(|(index, piece)| match index {
            0 => piece,
            _ => piece.split_once("</table>").map_or("", |(_, after)| after),
        });
    let (mut lines, mut tags) = (0, 0);
    for piece in outside {
        lines += piece.lines().filter(|line| !line.trim().is_empty()).count();
        // `| 县住建局<br>县发改局 |`: inside the cells of a table they part no lines.
        let row = |line: &&str| line.trim().starts_with('|') && line.trim().ends_with('|');
        let inside: usize = piece
            .lines()
            .filter(row)
            .map(|line| block_tags(line).count())
            .sum();
        tags += block_tags(piece).count() - inside;
    }
    lines > tags
}

/// The tags of a text that part lines or cells: `<p>`, `</td>`, `<br/>`.
fn block_tags(text: &str) -> impl Iterator<Item = &str> {
    const NAMES: [&str; 14] = [
        "p", "br", "div", "table", "tbody", "tr", "td", "th", "li", "h1", "h2", "h3", "h4",
        "section",
    ];
    text.split('<').skip(1).filter(|tag| {
        let tag = tag.strip_prefix('/').unwrap_or(tag);
        let end = tag
            .find(|c: char| !c.is_ascii_alphanumeric())
            .unwrap_or(tag.len());
        tag[end..].contains('>')
            && tag[end..].starts_with([' ', '\t', '\n', '\r', '/', '>'])
            && NAMES
                .iter()
                .any(|name| name.eq_ignore_ascii_case(&tag[..end]))
    })
}

/// `标题：`, `发布日期：`, `来源：` from the page's `<meta>`, each where no line says it.
fn heads(tree: &Tree, lines: &[String]) -> String {
    let letters = |text: &str| {
        text.chars()
            .filter(|c| !c.is_whitespace())
            .collect::<String>()
    };
    let text: String = lines.iter().map(|line| letters(line)).collect();
    let mut out = String::new();
    for (name, label) in [
        ("articletitle", "标题"),
        ("pubdate", "发布日期"),
        ("contentsource", "来源"),
    ] {
        let Some(content) = meta(tree, name) else {
            continue;
        };
        let said = if name == "pubdate" {
            let day = content.split_whitespace().next().unwrap_or_default();
            lines
                .iter()
                .any(|line| line.contains(day) && !line.starts_with(day))
        } else {
            text.contains(&letters(content))
        };
        if !said {
            out.push_str(label);
            out.push('：');
            out.push_str(content);
            out.push('\n');
        }
    }
    out
}

fn meta<'t>(tree: &'t Tree, name: &str) -> Option<&'t str> {
    (0..tree.len())
        .filter(|&id| tree.name(id) == "meta")
        .find(|&id| {
            tree.attribute(id, "name")
                .is_some_and(|said| said.eq_ignore_ascii_case(name))
        })
        .and_then(|id| tree.attribute(id, "content"))
        .map(str::trim)
        .filter(|content| !content.is_empty() && !content.contains('\n'))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(markup: &str, expected: &[&str]) {
        assert!(is_markup(markup));
        let text = read(markup).unwrap();
        assert_eq!(text.lines().collect::<Vec<_>>(), expected);
    }

    /// A page around a body.
    fn page(body: &str) -> String {
        format!(
            "<!DOCTYPE html>\n<html><head><title>政务网</title></head>\n<body>{body}</body></html>"
        )
    }

    #[test]
    fn paragraphs_become_lines() {
        check(
            &page(
                "<h1>关于春耕\n  的通知</h1><p>&nbsp;&nbsp;&#12288;一、<b>抓好</b>春耕。<p>二、秋收&lt;略&gt;<br/>三、冬藏<div>四</div>五",
            ),
            &[
                "关于春耕的通知",
                "一、抓好春耕。",
                "二、秋收<略>",
                "三、冬藏",
                "四",
                "五",
            ],
        );
        check(
            &page("<p>A\n B  C\n</p><pre>一\n二</pre>"),
            &["A B C", "一", "二"],
        );
    }

    #[test]
    fn lines_in_front_of_the_markup_stay() {
        check(
            "文号：甲字1号\n发布日期：2025-03-01\n<p>一、春耕\n的要求</p><p>二、秋收</p><p>三、冬藏</p>",
            &[
                "文号：甲字1号",
                "发布日期：2025-03-01",
                "一、春耕的要求",
                "二、秋收",
                "三、冬藏",
            ],
        );
    }

    #[test]
    fn what_is_not_the_document_goes() {
        check(
            &page(
                "<div class='nav'>首页 政务公开</div><header>政务网</header><p>一、春耕的任务和要求，由各乡镇办好</p>\
                 <p style='DISPLAY: none'>隐</p><p hidden>藏</p><script>var p = '<p>脚本</p>';</script><!-- <p>注</p> -->\
                 <ul><li><a href='/1'>甲新闻</a><li><a href='/2'>乙新闻</a><li><a href='/3'>丙新闻</a></ul>\
                 <div id='footer'>主办</div>",
            ),
            &["一、春耕的任务和要求，由各乡镇办好"],
        );
    }

    #[test]
    fn what_may_be_the_document_stays() {
        check(
            &page(
                "<div class='header'><h1>通知</h1></div><article><header>甲</header>一<footer>乙</footer></article>\
                 <ul><li><a href='a.doc'>附件一</a><li><a href='b.pdf'>附件二</a><li><a href='c.XLSX?x'>附件三</a></ul>\
                 <div class='content-nav'>全文都在这里，有一百个字那么长的一段话，不是导航，不会被删去的，对不对</div>",
            ),
            &[
                "通知",
                "甲",
                "一",
                "乙",
                "附件一",
                "附件二",
                "附件三",
                "全文都在这里，有一百个字那么长的一段话，不是导航，不会被删去的，对不对",
            ],
        );
    }

    #[test]
    fn tables_keep_their_rows() {
        check(
            &page(
                "<table><caption>任务表</caption><thead><tr><th>序号<th>任务<th>责任单位</thead>\
                 <tr><td>1<td><p>修路</p><p>（二期）</p><td rowspan=2>省交通厅\n<tr><td>2<td>架桥</table>后文",
            ),
            &[
                "任务表",
                "序号\t任务\t责任单位",
                "1\t修路 （二期）\t省交通厅",
                "2\t架桥\t省交通厅",
                "后文",
            ],
        );
        check(
            &page("<table><tr><td><table><tr><td>甲<td>乙</table><td><p>一<p>二</table>"),
            &["甲\t乙", "一", "二"],
        );
    }

    #[test]
    fn labels_of_the_head_keep_their_values() {
        let expected = ["索引号：0001-2", "文号：甲字〔2018〕1号", "一"];
        check(
            &page("<table><tr><td>索 引 号：<td>0001-2<td>文号：<td>甲字〔2018〕1号</table>一"),
            &expected,
        );
        check(
            &page("<dl><dt>索引号：<dd>0001-2<dt>文号：<dd>甲字〔2018〕1号<dt>主题词：<dd></dl>一"),
            &["索引号：0001-2", "文号：甲字〔2018〕1号", "主题词：", "一"],
        );
        check(
            &page(
                "<div><div>索引号：</div>\n<div>0001-2</div></div><ul><li><b>文号：</b><span>甲字〔2018〕1号</span></ul>一",
            ),
            &expected,
        );
    }

    #[test]
    fn meta_says_what_the_text_does_not() {
        let metas = "<meta name='ArticleTitle' content='关于春耕的通知'><meta name=PubDate content='2018-09-29 10:00'>\
                     <META NAME=contentsource CONTENT=省政府办公厅>";
        check(
            &format!("<html>{metas}<body><p>一"),
            &[
                "标题：关于春耕的通知",
                "发布日期：2018-09-29 10:00",
                "来源：省政府办公厅",
                "一",
            ],
        );
        check(
            &format!(
                "<html>{metas}<body><p>关于春耕<br>的通知<p>时间：2018-09-29<p>来源：省政府办公厅"
            ),
            &[
                "关于春耕",
                "的通知",
                "时间：2018-09-29",
                "来源：省政府办公厅",
            ],
        );
    }

    #[test]
    fn lists_show_their_numbers() {
        check(
            &page(
                "<ol><li>甲<li>乙<ol type=a><li>丙</ol><li>（三）丁</ol><ol start=5><li value=7>戊<li>己</ol><ul><li>庚</ul>",
            ),
            &[
                "1. 甲",
                "2. 乙",
                "a. 丙",
                "（三）丁",
                "7. 戊",
                "8. 己",
                "庚",
            ],
        );
        check(
            &page(
                "<ol style='list-style: none'><li>甲</ol><ol style='list-style-type:cjk-ideographic'><li>乙</ol>",
            ),
            &["甲", "一、乙"],
        );
    }

    #[test]
    fn scraped_text_keeps_its_lines() {
        check(
            "关于春耕的通知\n一、抓好\t春耕<br>二、秋收&nbsp;。\n<table>\n<tr>\n<td rowspan=2>1</td><td>修\n路</td></tr>\n<tr><td>架桥</td></tr>\n</table>\n三、冬藏\n| 1 | 省厅<br>市局 |\n",
            &[
                "关于春耕的通知",
                "一、抓好\t春耕",
                "二、秋收 。",
                "1\t修路",
                "\t架桥",
                "三、冬藏",
                "| 1 | 省厅 市局 |",
            ],
        );
        check(
            "<p>关于春耕\n的通知</p><p>一、</p>",
            &["关于春耕的通知", "一、"],
        );
        for text in [
            "关于春耕的通知\n一、3 < 5 <甲> a<b",
            "<<关于春耕>>",
            "<b>甲</b>",
            "&lt;p&gt;",
        ] {
            assert!(!is_markup(text), "{text}");
        }
    }

    #[test]
    fn hostile_pages_end() {
        assert_eq!(read(&"<div>".repeat(100_000)), None);
        assert_eq!(read(&format!("<p>{}", "甲".repeat(LENGTH))), None);
        let unclosed = |tag: &str| {
            (0..20_000)
                .map(|n| format!("<{tag} id={n}>甲"))
                .collect::<Vec<_>>()
                .concat()
        };
        for tag in [
            "p", "b", "a", "td", "li", "table", "tr", "option", "svg", "script", "o:p", "h1",
            "form",
        ] {
            read(&unclosed(tag));
        }
        read(&format!(
            "<p {}>",
            (0..200_000)
                .map(|n| format!("a{n} "))
                .collect::<Vec<_>>()
                .concat()
        ));
        read(&"<!--".repeat(200_000));
        read(&"<script></p".repeat(100_000));
        read(&"<table><tr><td rowspan=9999 colspan=999>甲".repeat(100));
        let rows = read(&format!(
            "<table><tr><td rowspan=9999>{}{}",
            "甲".repeat(1000),
            "<tr><td>乙".repeat(9999)
        ));
        assert!(rows.is_some_and(|rows| rows.len() < 400_000));
    }
}
