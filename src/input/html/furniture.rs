//! What of a page is no part of the document: navigation, sharing, footers, what is not shown.
//!
//! In: the tree of a page. Out: for each element, whether it is left out.
//!
//! | left out | unless |
//! |---|---|
//! | `<nav>`, `<aside>`, `<button>` and their like | |
//! | `hidden`, `display:none`, `visibility:hidden` | |
//! | `<header>`, `<footer>` | it holds a title or label of the document, or stands in the article |
//! | a class or id that says `nav`, `crumb`, `share`, `footer` | it holds the title, a label (`索引号`), or over a fifth of the text |
//! | a box whose text is links, three or more | the links lead to files, as a list of attachments does |
//!
//! To keep a line too many costs a reader a line; to lose one costs a task. So in doubt it stays.

use super::super::table::is_label;
use super::tree::{Id, Step, Tree};

/// Which elements of a page are left out.
pub(super) struct Furniture<'t> {
    tree: &'t Tree,
    /// What stands in each node.
    content: Vec<Content>,
}

#[derive(Clone, Copy, Default)]
struct Content {
    letters: u32,
    /// Letters in links to other pages.
    linked: u32,
    links: u32,
    /// It holds an `<h1>` or a label such as `索引号`.
    heads: bool,
}

impl<'t> Furniture<'t> {
    /// Weighs every node of the page.
    pub(super) fn new(tree: &'t Tree) -> Self {
        let mut furniture = Self {
            tree,
            content: vec![Content::default(); tree.len()],
        };
        let mut step = Some(Step::Open(0));
        while let Some(now) = step {
            let mut inside = true;
            match now {
                Step::Open(id) => inside = !furniture.is_silent(id),
                Step::Close(id) => furniture.close(id),
            }
            step = tree.next(now, inside);
        }
        furniture
    }

    /// Whether the element is left out with all that it holds.
    pub(super) fn leaves_out(&self, id: Id) -> bool {
        let name = self.tree.name(id);
        if name.is_empty() || matches!(name, "html" | "body") {
            return false;
        }
        let content = self.content[id];
        self.is_silent(id)
            || match name {
                "header" | "footer" => !content.heads && !self.in_article(id),
                _ => {
                    let small = content.letters.saturating_mul(5) <= self.content[0].letters;
                    (small && !content.heads && self.is_named(id))
                        || (BOXES.contains(&name) && is_list_of_links(content))
                }
            }
    }

    /// Not shown, or shown beside the page.
    fn is_silent(&self, id: Id) -> bool {
        SILENT.contains(&self.tree.name(id))
            || self.tree.attribute(id, "hidden").is_some()
            || self.tree.attribute(id, "style").is_some_and(|style| {
                let mut style = style.to_ascii_lowercase();
                style.retain(|c| !c.is_whitespace());
                style.contains("display:none") || style.contains("visibility:hidden")
            })
    }

    /// Adds up the node and passes it on to its parent.
    fn close(&mut self, id: Id) {
        let name = self.tree.name(id);
        let mut content = self.content[id];
        if let Some(text) = self.tree.text(id) {
            content.letters = text.chars().filter(|c| !c.is_whitespace()).count() as u32;
            content.heads = is_label(text);
        }
        content.heads |= name == "h1";
        if let Some(target) = self.tree.attribute(id, "href")
            && !is_file(target)
        {
            content.linked = content.letters;
            content.links += 1;
        }
        self.content[id] = content;
        if let Some(parent) = self.tree.parent(id) {
            let sum = &mut self.content[parent];
            sum.letters = sum.letters.saturating_add(content.letters);
            sum.linked = sum.linked.saturating_add(content.linked);
            sum.links += content.links;
            sum.heads |= content.heads;
        }
    }

    fn in_article(&self, id: Id) -> bool {
        std::iter::successors(self.tree.parent(id), |&id| self.tree.parent(id))
            .any(|id| matches!(self.tree.name(id), "article" | "main"))
    }

    fn is_named(&self, id: Id) -> bool {
        ["class", "id"]
            .into_iter()
            .filter_map(|attribute| self.tree.attribute(id, attribute))
            .flat_map(str::split_ascii_whitespace)
            .map(str::to_ascii_lowercase)
            .any(|name| {
                WHOLE_NAMES.contains(&name.as_str())
                    || name
                        .split(|c: char| !c.is_ascii_alphabetic())
                        .any(|word| WORDS.contains(&word))
            })
    }
}

/// Elements that are never read: beside the page, or struck out of it.
const SILENT: &[&str] = &[
    "del", "head", "nav", "aside", "button", "select", "option", "dialog", "audio", "video",
    "datalist",
];

/// Elements that may be lists of links.
const BOXES: &[&str] = &["div", "ul", "ol", "dl", "section", "table", "form"];

/// Words of a class or id that say what a box is for.
const WORDS: &[&str] = &[
    "nav",
    "navbar",
    "navigation",
    "menu",
    "breadcrumb",
    "breadcrumbs",
    "crumb",
    "crumbs",
    "weizhi",
    "dqwz",
    "share",
    "bdshare",
    "bdsharebuttonbox",
    "fenxiang",
    "sidebar",
    "copyright",
    "footer",
    "pagination",
    "qrcode",
    "ewm",
];

/// Names that say so only when they stand alone.
const WHOLE_NAMES: &[&str] = &[
    "header", "head", "top", "foot", "bottom", "tools", "toolbar", "search", "login", "related",
    "position", "location", "print", "close", "fontsize",
];

fn is_list_of_links(content: Content) -> bool {
    content.links >= 3
        && !content.heads
        && u64::from(content.linked) * 4 > u64::from(content.letters) * 3
}

/// A link to a document rather than a page.
fn is_file(target: &str) -> bool {
    let path = target.split(['?', '#']).next().unwrap_or_default();
    path.rsplit_once('.').is_some_and(|(_, ending)| {
        [
            "doc", "docx", "wps", "pdf", "ofd", "xls", "xlsx", "et", "zip", "rar", "ceb", "txt",
        ]
        .iter()
        .any(|known| known.eq_ignore_ascii_case(ending))
    })
}
