//! The text of a part: blocks and the tree of items in, `preface`, `mainBody` and `conclusions` out.
//!
//! ```text
//! 一、建设创新型政府      <section eId="sec_1"><num>一、</num><heading>建设创新型政府</heading>
//! （十三）全力争取…（…）    <paragraph eId="sec_1__para_13"><num>（十三）</num>
//!                           <content><p>全力争取…</p><p class="assignment">（…）</p></content></paragraph>
//! ```

use std::collections::HashMap;
use std::io::{self, Write};
use std::slice;

use super::Source;
use super::inline::{self, Mark};
use super::xml::Xml;
use crate::model::{Assignment, Block, BlockKind, Form, Item, ItemKind, MarkerStyle, Part};
use crate::span::Span;

pub(super) fn body<W: Write>(
    xml: &mut Xml<'_, W>,
    source: &Source<'_>,
    part: &Part<'_>,
    number: usize,
) -> io::Result<()> {
    let prefix = if number == 0 {
        String::new()
    } else {
        format!("att_{number}__")
    };
    let is_body =
        |block: &&Block<'_>| matches!(block.kind, BlockKind::Paragraph | BlockKind::TableHead);
    let first_block = part
        .blocks
        .iter()
        .find(is_body)
        .map(|block| block.span.start);
    let first_item = part.items.first().map(|item| item.span.start);
    let start = first_block
        .into_iter()
        .chain(first_item)
        .min()
        .unwrap_or(part.span.end);
    let around = |block: &&Block<'_>| !is_body(block) && block.kind != BlockKind::Furniture;
    let (before, behind): (Vec<_>, Vec<_>) = part
        .blocks
        .iter()
        .filter(around)
        .partition(|block| block.span.start < start);
    blocks(xml, source, "preface", &prefix, &before)?;
    xml.open("mainBody", &[("eId", &format!("{prefix}body"))])?;
    let mut paragraphs = part.blocks.iter().filter(is_body).peekable();
    let mut count = 0;
    let mut names = Names::default();
    for item in &part.items {
        while let Some(block) = paragraphs.next_if(|block| block.span.start < item.span.start) {
            count += 1;
            paragraph(xml, source, &format!("{prefix}body__p_{count}"), block)?;
        }
        tree(xml, source, &prefix, &mut names, item)?;
    }
    for block in paragraphs {
        count += 1;
        paragraph(xml, source, &format!("{prefix}body__p_{count}"), block)?;
    }
    if count == 0 && part.items.is_empty() {
        xml.empty("p", &[("eId", &format!("{prefix}body__p_1"))])?;
    }
    xml.close("mainBody")?;
    blocks(xml, source, "conclusions", &prefix, &behind)
}

/// Title, number, signature and the like.
fn blocks<W: Write>(
    xml: &mut Xml<'_, W>,
    source: &Source<'_>,
    name: &str,
    prefix: &str,
    blocks: &[&Block<'_>],
) -> io::Result<()> {
    if blocks.is_empty() {
        return Ok(());
    }
    let id = format!("{prefix}{name}");
    xml.open(name, &[("eId", &id)])?;
    for (number, block) in (1..).zip(blocks) {
        paragraph(xml, source, &format!("{id}__p_{number}"), block)?;
    }
    xml.close(name)
}

fn paragraph<W: Write>(
    xml: &mut Xml<'_, W>,
    source: &Source<'_>,
    id: &str,
    block: &Block<'_>,
) -> io::Result<()> {
    let metadata = &source.notice.metadata;
    let days = [
        &metadata.issued_on,
        &metadata.published_on,
        &metadata.printed_on,
    ];
    let day = days
        .into_iter()
        .flatten()
        .find(|day| block.span.contains(day.span));
    let wrapper = match block.kind {
        BlockKind::Title => Some(("docTitle", None)),
        BlockKind::DocumentNumber => Some(("docNumber", None)),
        BlockKind::Signature => Some(("signature", None)),
        BlockKind::Date => day.and_then(|day| Some(("docDate", Some(day.date.as_deref()?)))),
        _ => None,
    };
    xml.start("p", &[("eId", id)])?;
    if let Some((name, date)) = wrapper {
        let id = format!("{id}__{name}_1");
        let attributes = [("eId", &*id), ("date", date.unwrap_or(""))];
        xml.start(name, &attributes[..=usize::from(date.is_some())])?;
    }
    inline::write(
        xml,
        source,
        id,
        (source.text, block.span),
        inline::within(&source.marks, block.span),
    )?;
    if let Some((name, _)) = wrapper {
        xml.end(name)?;
    }
    xml.close("p")
}

/// An item with all below it, walked without recursion.
fn tree<W: Write>(
    xml: &mut Xml<'_, W>,
    source: &Source<'_>,
    prefix: &str,
    names: &mut Names,
    top: &Item<'_>,
) -> io::Result<()> {
    let (id, element) = open_item(xml, source, names, prefix, top)?;
    let mut open: Vec<(slice::Iter<'_, Item<'_>>, String, &str, Names)> = vec![(
        top.items.iter(),
        format!("{id}__"),
        element,
        Names::default(),
    )];
    while let Some((items, prefix, element, names)) = open.last_mut() {
        if let Some(item) = items.next() {
            let (id, element) = open_item(xml, source, names, prefix, item)?;
            open.push((
                item.items.iter(),
                format!("{id}__"),
                element,
                Names::default(),
            ));
        } else {
            xml.close(element)?;
            open.pop();
        }
    }
    Ok(())
}

/// How often siblings wanted each name.
#[derive(Default)]
struct Names(HashMap<String, u32>, u32);

/// An item but for its end tag and what is below it.
fn open_item<W: Write>(
    xml: &mut Xml<'_, W>,
    source: &Source<'_>,
    names: &mut Names,
    prefix: &str,
    item: &Item<'_>,
) -> io::Result<(String, &'static str)> {
    let style = item.marker.as_ref().map(|marker| marker.style);
    let (element, short) = match style.filter(|_| item.kind == ItemKind::Item) {
        Some(MarkerStyle::Part) => ("part", "part"),
        Some(MarkerStyle::Chapter) => ("chapter", "chp"),
        Some(MarkerStyle::Section | MarkerStyle::Han) => ("section", "sec"),
        Some(MarkerStyle::Article) => ("article", "art"),
        Some(MarkerStyle::HanParen) => ("paragraph", "para"),
        _ => ("hcontainer", "hcontainer"),
    };
    names.1 += 1;
    let ordinal = item.marker.as_ref().and_then(|marker| marker.ordinal);
    let id = names.unique(format!("{prefix}{short}_{}", ordinal.unwrap_or(names.1)));
    let kind = if item.kind == ItemKind::Row {
        "row"
    } else {
        "item"
    };
    let attributes = [("eId", &*id), ("name", kind)];
    xml.open(
        element,
        &attributes[..=usize::from(element == "hcontainer")],
    )?;
    if let Some(marker) = &item.marker {
        xml.start("num", &[("eId", &format!("{id}__num"))])?;
        xml.text(&inline::tidy(&marker.text))?;
        xml.close("num")?;
    }
    if let Some(heading) = &item.heading {
        let id = format!("{id}__heading");
        xml.start("heading", &[("eId", &id)])?;
        let marks =
            inline::marks_of_reading(source.text, heading, prose_marks(source, item, heading));
        let span = Span::new(0, heading.len() as u32);
        inline::write(xml, source, &id, (heading, span), &marks)?;
        xml.close("heading")?;
    }
    if !item.text.is_empty() || !item.assignments.is_empty() || item.items.is_empty() {
        let holder = if item.items.is_empty() {
            "content"
        } else {
            "intro"
        };
        let id = format!("{id}__{holder}");
        xml.open(holder, &[("eId", &id)])?;
        text(xml, source, &id, item)?;
        xml.close(holder)?;
    }
    Ok((id, element))
}

impl Names {
    /// The name; with a number behind it where a sibling has it already.
    fn unique(&mut self, name: String) -> String {
        let count = self.0.entry(name.clone()).or_default();
        *count += 1;
        if *count == 1 {
            name
        } else {
            format!("{name}-{count}")
        }
    }
}

/// The marks of those assignments that are sentences of a reading.
fn prose_marks<'n>(source: &Source<'_>, item: &'n Item<'n>, reading: &str) -> Vec<Mark<'n>> {
    let assignments = item.assignments.iter();
    let stand_there = assignments.filter(|assignment| is_read(assignment, reading));
    stand_there
        .flat_map(|assignment| inline::marks(source.text, assignment))
        .collect()
}

/// Whether an assignment is a sentence of a reading.
fn is_read(assignment: &Assignment<'_>, reading: &str) -> bool {
    assignment.form == Form::Prose && reading.contains(&*inline::tidy(&assignment.text))
}

/// The paragraphs of an item, then those of its clauses that are no sentences of it.
fn text<W: Write>(
    xml: &mut Xml<'_, W>,
    source: &Source<'_>,
    id: &str,
    item: &Item<'_>,
) -> io::Result<()> {
    let marks = inline::marks_of_reading(
        source.text,
        &item.text,
        prose_marks(source, item, &item.text),
    );
    let mut number = 0;
    let mut start = 0;
    let blank = item.text.is_empty() && item.assignments.is_empty();
    for written in item.text.split_inclusive('\n').chain(blank.then_some("")) {
        number += 1;
        let span = Span::new(start, start + written.trim_end_matches('\n').len() as u32);
        start += written.len() as u32;
        let id = format!("{id}__p_{number}");
        xml.start("p", &[("eId", &id)])?;
        inline::write(
            xml,
            source,
            &id,
            (&item.text, span),
            inline::within(&marks, span),
        )?;
        xml.close("p")?;
    }
    let heading = item.heading.as_deref().unwrap_or("");
    let is_clause = |assignment: &&Assignment<'_>| {
        !is_read(assignment, heading) && !is_read(assignment, &item.text)
    };
    for assignment in item.assignments.iter().filter(is_clause) {
        number += 1;
        let id = format!("{id}__p_{number}");
        xml.start("p", &[("eId", &id), ("class", "assignment")])?;
        let marks = inline::marks(source.text, assignment);
        inline::write(xml, source, &id, (source.text, assignment.span), &marks)?;
        xml.close("p")?;
    }
    Ok(())
}
