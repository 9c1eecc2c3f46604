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
//! only that its line breaks stay line breaks where they outnumber the tags.

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
    let tree = Tree::build(&tidy::tidy(text))?;
    let lines = write::write(
        &tree,
        &Furniture::new(&tree),
        !is_page(text) && lines_rule(text),
        text.len(),
    );
    let mut head = heads(&tree, &lines);
    head.push_str(&lines.join("\n"));
    Some(head)
}

/// Whether a text is an HTML page, or holds markup that parts its lines.
pub(super) fn is_markup(text: &str) -> bool {
    is_page(text) || block_tags(text).next().is_some()
}

fn is_page(text: &str) -> bool {
    let start = text[..text.floor_char_boundary(4096)].to_ascii_lowercase();
    ["<!doctype html", "<html", "<head>", "<body"]
        .iter()
        .any(|tag| {
            start.split_once(tag).is_some_and(|(_, after)| {
                tag.ends_with('>') || after.starts_with(|c: char| c == '>' || c.is_whitespace())
            })
        })
}

/// Whether the line breaks of a text, not its tags, part its paragraphs.
fn lines_rule(text: &str) -> bool {
    let lines = text.lines().filter(|line| !line.trim().is_empty()).count();
    lines > block_tags(text).count()
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
