//! Akoma Ntoso, read back with an XML parser and compared with the model.
#![cfg(feature = "akn")]

mod common;

use std::collections::HashSet;

use common::{Read, jiangxi, read};
use gongwen::Item;
use roxmltree::{Document, Node};

fn xml(read: &Read) -> String {
    let mut out = vec![];
    gongwen::render::akn(&mut out, read.ledger()).unwrap();
    String::from_utf8(out).unwrap()
}

fn named<'d>(node: Node<'d, 'd>, name: &'static str) -> impl Iterator<Item = Node<'d, 'd>> {
    node.descendants()
        .filter(move |node| node.tag_name().name() == name)
}

fn text(node: Node<'_, '_>) -> String {
    node.descendants()
        .filter_map(|node| node.text().filter(|_| node.is_text()))
        .collect()
}

/// What holds for every document: its elements have names of their own, and every reference leads somewhere.
fn check_references(document: &Document<'_>) {
    let mut ids = HashSet::new();
    for id in document
        .descendants()
        .filter_map(|node| node.attribute("eId"))
    {
        assert!(ids.insert(id) && !id.contains(char::is_whitespace), "{id}");
    }
    for node in document.descendants() {
        for name in ["refersTo", "as", "source"] {
            if let Some(reference) = node.attribute(name) {
                assert!(
                    ids.contains(reference.strip_prefix('#').unwrap()),
                    "{reference}"
                );
            }
        }
    }
}

#[test]
fn every_item_is_an_element_with_its_units() {
    let notice = jiangxi();
    let xml = xml(&notice);
    let document = Document::parse(&xml).unwrap();
    check_references(&document);
    let plan = named(document.root(), "attachment").next().unwrap();
    let sections: Vec<_> = named(plan, "section").collect();
    let items = &notice.notice.parts[1].items;
    assert_eq!((sections.len(), items.len()), (6, 6));
    let children = |node: Node<'_, '_>, name| {
        node.children()
            .find(|child| child.tag_name().name() == name)
            .map(text)
    };
    let mut seen = 0;
    for (section, item) in sections.iter().zip(items) {
        assert_eq!(
            children(*section, "heading").as_deref(),
            item.heading.as_deref()
        );
        let paragraphs: Vec<_> = named(*section, "paragraph").collect();
        assert_eq!(paragraphs.len(), item.items.len());
        for (paragraph, item) in paragraphs.iter().zip(&item.items) {
            seen += 1;
            let marker = item.marker.as_ref().unwrap();
            let section = section.attribute("eId").unwrap();
            assert_eq!(
                paragraph.attribute("eId"),
                Some(&*format!("{section}__para_{}", marker.ordinal.unwrap()))
            );
            assert_eq!(children(*paragraph, "num").as_deref(), Some(&*marker.text));
            let written: Vec<_> = named(*paragraph, "p").map(text).collect();
            assert_eq!(written, [&*item.text, &*item.assignments[0].text]);
            let duties = || item.assignments[0].duties.iter();
            let units: Vec<_> = named(*paragraph, "organization").map(text).collect();
            assert_eq!(
                units,
                duties()
                    .flat_map(|duty| &duty.units)
                    .map(|unit| &*unit.text)
                    .collect::<Vec<_>>()
            );
            let labels: Vec<_> = named(*paragraph, "role").map(text).collect();
            assert_eq!(
                labels,
                duties()
                    .filter_map(|duty| duty.label.as_deref())
                    .collect::<Vec<_>>()
            );
        }
    }
    assert_eq!(seen, 60);
    let shown = |id: &str| {
        let node = document
            .descendants()
            .find(|node| node.attribute("eId") == Some(&id[1..]))
            .unwrap();
        node.attribute("shortForm").unwrap().to_owned()
    };
    let units = |item: &Item<'_>| {
        item.assignments[0]
            .duties
            .iter()
            .flat_map(|duty| &duty.units)
            .count()
    };
    let all: usize = items.iter().flat_map(|item| &item.items).map(units).sum();
    assert_eq!(
        named(plan, "organization")
            .filter(|node| !shown(node.attribute("refersTo").unwrap()).is_empty())
            .count(),
        all
    );
}

#[test]
fn the_document_is_identified() {
    let xml = xml(&jiangxi());
    let document = Document::parse(&xml).unwrap();
    let value = |name: &'static str, attribute: &str| {
        named(document.root(), name)
            .next()
            .and_then(|node| node.attribute(attribute))
            .map(str::to_owned)
    };
    assert_eq!(
        value("FRBRthis", "value").as_deref(),
        Some("/akn/cn/doc/2018-09-25/nn/!main")
    );
    assert_eq!(value("FRBRdate", "date").as_deref(), Some("2018-09-25"));
    assert_eq!(value("FRBRsubtype", "value").as_deref(), Some("通知"));
    assert_eq!(value("docDate", "date").as_deref(), Some("2018-09-25"));
    let levels = ["FRBRWork", "FRBRExpression", "FRBRManifestation"];
    assert!(
        levels
            .iter()
            .all(|level| named(document.root(), level).count() == 2)
    );
}

#[test]
fn a_cited_document_is_a_reference() {
    let text = "为落实《甲规划》(赣府字〔2018〕64号),制定本方案。";
    let mut notice = read("a.txt", text);
    notice.notice.metadata.references = vec![gongwen::Reference {
        text: text[9..50].into(),
        title: Some("甲规划".into()),
        document_number: Some("赣府字〔2018〕64号".into()),
        relation: gongwen::Relation::Implements,
        span: gongwen::Span::new(9, 50),
    }];
    let xml = xml(&notice);
    let document = Document::parse(&xml).unwrap();
    let iri = Some("/akn/cn/doc/2018/赣府字%E3%80%942018%E3%80%9564号");
    let references: Vec<_> = named(document.root(), "ref").collect();
    assert_eq!(references.len(), 1);
    assert_eq!(references[0].attribute("href"), iri);
    assert_eq!(self::text(references[0]), text[9..50]);
    assert_eq!(
        named(document.root(), "activeRef")
            .next()
            .unwrap()
            .attribute("href"),
        iri
    );
}

#[test]
fn any_text_gives_a_document() {
    let deep: String = [
        "一、甲",
        "（一）乙",
        "1. 丙",
        "（1）丁",
        "①戊（省科\n技厅负责，2025年12月底前完成）",
        "一、又甲",
        "一、再甲",
    ]
    .join("\n");
    for text in [
        "",
        "无",
        "<a>&]]>\u{1}\u{FFFF}\n一、<b>\u{0}（牵头单位：甲厅&乙局）",
        "第一章 总则\n第一条 由省科技厅牵头，会同省财政厅\n组织实施。\n- 丙",
        &deep,
    ] {
        let notice = read("a.txt", text);
        let xml = xml(&notice);
        let document = Document::parse(&xml).unwrap_or_else(|error| panic!("{error}: {xml}"));
        check_references(&document);
        let units: Vec<_> = named(document.root(), "organization")
            .map(self::text)
            .collect();
        let expected: usize = notice.notice.tasks().map(|task| task.assigned.len()).sum();
        assert!(units.len() >= expected, "{text} {units:?}");
    }
}
