//! Markup reduced to what matters for its text.
//!
//! In: markup as pages have it. Out: markup with the same text, for the tree to be built from.
//!
//! | in the page | what becomes of it |
//! |---|---|
//! | comments, declarations, `<script>`, `<style>`, `<svg>` and their like | left out with their content |
//! | `<o:p>`, `<frameset>` and their like | left out, their content stays |
//! | `<a>`, `<b>`, `<font>` and their like | `<span>`: a parser reopens these again and again where they are not closed |
//! | attributes beyond [`ATTRIBUTES`] | left out: a parser compares each with all before it |
//! | a `<` that begins no tag | `&lt;` |
//!
//! So the cost of the parser that follows is linear whatever the page holds.

/// Attributes that the reader looks at.
const ATTRIBUTES: &[&str] = &[
    "class", "colspan", "content", "hidden", "href", "id", "name", "rowspan", "start", "style",
    "type", "value",
];

/// Elements whose content is no text of the page.
const SILENT: &[&str] = &[
    "canvas", "iframe", "noembed", "noframes", "noscript", "object", "script", "style", "svg",
    "template", "textarea", "title", "xml",
];

/// Elements that only dress the text, and those that make a parser change its ways.
const INLINE: &[&str] = &[
    "a", "b", "big", "code", "em", "font", "i", "nobr", "s", "small", "span", "strike", "strong",
    "tt", "u",
];
const TRANSPARENT: &[&str] = &[
    "applet",
    "frame",
    "frameset",
    "listing",
    "marquee",
    "math",
    "plaintext",
    "xmp",
];

/// Reduces the markup; one pass.
pub(super) fn tidy(markup: &str) -> String {
    let mut out = String::with_capacity(markup.len());
    let mut rest = markup;
    while let Some(at) = rest.find('<') {
        out.push_str(&rest[..at]);
        rest = &rest[at + 1..];
        if let Some(comment) = rest.strip_prefix("!--") {
            rest = after(comment, "-->");
        } else if rest.starts_with(['!', '?']) {
            rest = after(rest, ">");
        } else if let Some(tag) = Tag::read(rest) {
            rest = tag.rest;
            if SILENT.contains(&tag.name.as_str()) && !tag.closes {
                rest = after_element(rest, &tag.name);
            } else {
                tag.write(&mut out);
            }
        } else {
            out.push_str("&lt;");
        }
    }
    out.push_str(rest);
    out
}

/// What follows the mark; nothing where it is missing, as in browsers.
fn after<'t>(text: &'t str, mark: &str) -> &'t str {
    text.split_once(mark).map_or("", |(_, after)| after)
}

/// What follows `</name>`.
fn after_element<'t>(text: &'t str, name: &str) -> &'t str {
    let mut rest = text;
    while let Some(at) = rest.find("</") {
        rest = &rest[at + 2..];
        let named = rest
            .get(..name.len())
            .is_some_and(|start| start.eq_ignore_ascii_case(name));
        if named {
            return after(rest, ">");
        }
    }
    ""
}

struct Tag<'t> {
    name: String,
    closes: bool,
    attributes: Vec<(&'static str, &'t str)>,
    rest: &'t str,
}

impl<'t> Tag<'t> {
    /// Reads `p class="x">`, `/p>`: a tag behind its `<`.
    fn read(text: &'t str) -> Option<Self> {
        let (closes, text) = match text.strip_prefix('/') {
            Some(text) => (true, text),
            None => (false, text),
        };
        if !text.starts_with(|c: char| c.is_ascii_alphabetic()) {
            return None;
        }
        let (name, mut rest) = split(text, |c| is_blank(c) || c == '/' || c == '>');
        let mut attributes = Vec::new();
        loop {
            rest = rest.trim_start_matches(|c| is_blank(c) || c == '/');
            if let Some(after) = rest.strip_prefix('>') {
                rest = after;
                break;
            }
            if rest.is_empty() {
                break;
            }
            let (name, value, after) = read_attribute(rest);
            rest = after;
            if let Some(&name) = ATTRIBUTES
                .iter()
                .find(|known| known.eq_ignore_ascii_case(name))
                && attributes.iter().all(|&(present, _)| present != name)
            {
                attributes.push((name, value));
            }
        }
        Some(Self {
            name: name.to_ascii_lowercase(),
            closes,
            attributes,
            rest,
        })
    }

    fn write(&self, out: &mut String) {
        let name = self.name.as_str();
        let plain = name.bytes().all(|byte| byte.is_ascii_alphanumeric());
        if !plain || TRANSPARENT.contains(&name) {
            return;
        }
        out.push_str(if self.closes { "</" } else { "<" });
        out.push_str(if INLINE.contains(&name) { "span" } else { name });
        for (name, value) in &self.attributes {
            out.push(' ');
            out.push_str(name);
            out.push_str("=\"");
            out.push_str(&value.replace('"', "&quot;"));
            out.push('"');
        }
        out.push('>');
    }
}

/// The name, the value and the rest of `name`, `name=value`, `name = "value"`.
fn read_attribute(text: &str) -> (&str, &str, &str) {
    // A `=` in the first place belongs to the name.
    let first = text.chars().next().map_or(0, char::len_utf8);
    let (_, behind) = split(&text[first..], |c| is_blank(c) || "/>=".contains(c));
    let name = &text[..text.len() - behind.len()];
    let Some(value) = behind.trim_start_matches(is_blank).strip_prefix('=') else {
        return (name, "", behind);
    };
    let value = value.trim_start_matches(is_blank);
    for quote in ['"', '\''] {
        if let Some(quoted) = value.strip_prefix(quote) {
            let (value, rest) = quoted.split_once(quote).unwrap_or((quoted, ""));
            return (name, value, rest);
        }
    }
    let (value, rest) = split(value, |c| is_blank(c) || c == '>');
    (name, value, rest)
}

fn is_blank(c: char) -> bool {
    c.is_ascii_whitespace()
}

/// The text before the first character that ends it, and from there on.
fn split(text: &str, ends: impl Fn(char) -> bool) -> (&str, &str) {
    text.split_at(text.find(ends).unwrap_or(text.len()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(markup: &str, expected: &str) {
        assert_eq!(tidy(markup), expected);
    }

    #[test]
    fn what_is_no_text_goes() {
        check(
            "甲<!-- <p>乙 -->丙<!DOCTYPE html><?xml version='1.0'?>",
            "甲丙",
        );
        check(
            "甲<SCRIPT>if (a<b) '</p>'</Script >乙<style>p{}</style>",
            "甲乙",
        );
        check("甲<![if !supportLists]>一、<![endif]>", "甲一、");
        check("甲<o:p>乙</o:p><!-- 丙", "甲乙");
    }

    #[test]
    fn tags_keep_what_the_reader_looks_at() {
        check(
            "<P CLASS=a onclick=\"x>y\" id='b\"c'>",
            "<p class=\"a\" id=\"b&quot;c\">",
        );
        check("<td rowspan = 2 rowspan=3/>", "<td rowspan=\"2\">");
        check("<td colspan=3/>", "<td colspan=\"3/\">");
        check(
            "<a href=x><b>甲</b></a>",
            "<span href=\"x\"><span>甲</span></span>",
        );
        check("<div hidden>", "<div hidden=\"\">");
    }

    #[test]
    fn a_lone_bracket_is_text() {
        check("1 < 2 <关于> <", "1 &lt; 2 &lt;关于> &lt;");
        check("甲<p class=\"", "甲<p class=\"\">");
    }
}
