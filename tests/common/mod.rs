//! Notices for the tests of the outputs: a text in, the notice and its text out.

use std::borrow::Cow;

use gongwen::render::Ledger;
use gongwen::{
    Assignment, Code, Diagnostic, Duty, Form, Item, ItemKind, Marker, MarkerStyle, Notice, Role,
    Span, Title, Unit, UnitKind,
};

/// A notice that owns its text.
pub struct Read {
    pub text: String,
    pub notice: Notice<'static>,
}

impl Read {
    pub fn ledger(&self) -> Ledger<'_> {
        Ledger {
            notice: &self.notice,
            text: &self.text,
        }
    }
}

/// The source notice: 60 items in six sections.
pub fn jiangxi() -> Read {
    read(
        "jiangxi-2018.txt",
        include_str!("../../fixtures/jiangxi-2018.txt").trim_start_matches('\u{FEFF}'),
    )
}

pub fn read(name: &'static str, text: &str) -> Read {
    let mut notice = gongwen::parse(text).into_owned();
    if notice.tasks().next().is_none() {
        sketch(text, &mut notice);
    }
    notice.source.name = Some(name.into());
    Read {
        text: text.to_owned(),
        notice,
    }
}

/// Lines `一、…` and `(一)…(牵头单位:…;责任单位:…)`.
fn sketch(text: &str, notice: &mut Notice<'static>) {
    let part = &mut notice.parts[0];
    let mut start = 0;
    for raw in text.split_inclusive('\n') {
        let line = raw.trim_end();
        let at = |from: usize, to: usize| Span::new((start + from) as u32, (start + to) as u32);
        let marker = |end: usize, style, n: usize| Marker {
            text: line[..end].to_owned().into(),
            style,
            ordinal: Some(n as u32 + 1),
            span: at(0, end),
        };
        let mut item = Item {
            kind: ItemKind::Item,
            id: "".into(),
            marker: None,
            heading: None,
            text: "".into(),
            span: at(0, line.len()),
            assignments: vec![],
            inherits: None,
            items: vec![],
        };
        if let Some(end) = line
            .find(')')
            .filter(|_| line.starts_with('(') && !part.items.is_empty())
        {
            let section_number = part.items.len();
            let section = part.items.last_mut().unwrap();
            item.id = format!("1.{section_number}.{}", section.items.len() + 1).into();
            item.marker = Some(marker(end + 1, MarkerStyle::HanParen, section.items.len()));
            let open = line.rfind("(牵头").unwrap_or(line.len());
            item.text = line[end + 1..open].to_owned().into();
            if open < line.len() {
                let mut duties = vec![];
                let mut from = open + 1;
                for part in line[open + 1..line.len() - 1].split(';') {
                    let (label, names) = part.split_once(':').unwrap();
                    let mut unit_at = from + label.len() + 1;
                    let mut units = vec![];
                    let names = names.replace("各市、县", "各市\u{1}县");
                    for name in names.split_inclusive(['、', ',']) {
                        let name = &name.replace('\u{1}', "、");
                        let name_only = name.trim_end_matches(['、', ',']);
                        units.push(Unit {
                            text: name_only.to_owned().into(),
                            span: at(unit_at, unit_at + name_only.len()),
                            name: name_only.to_owned().into(),
                            aliases: vec![],
                            kind: UnitKind::Agency,
                            canonical: None,
                            members: None,
                        });
                        unit_at += name.len();
                    }
                    duties.push(Duty {
                        role: if label.starts_with("牵头") {
                            Role::Lead
                        } else {
                            Role::Responsible
                        },
                        label: Some(Cow::Owned(label.to_owned())),
                        units,
                        open_ended: false,
                        inferred_by: None,
                    });
                    from += part.len() + 1;
                }
                item.assignments.push(Assignment {
                    text: line[open..].to_owned().into(),
                    span: at(open, line.len()),
                    scope: at(0, open),
                    form: Form::Labelled,
                    duties,
                    deadline: None,
                });
            } else {
                notice.diagnostics.push(Diagnostic {
                    code: Code::UnassignedItem,
                    severity: Code::UnassignedItem.severity(),
                    message: "同级事项均有分工，此项没有".into(),
                    span: item.span,
                    line: 1,
                    column: 1,
                    item: Some(item.id.clone()),
                });
            }
            section.span.end = item.span.end;
            section.items.push(item);
        } else if let Some(end) = line
            .find('、')
            .filter(|end| *end <= 6 && !line.starts_with('('))
        {
            let end = end + '、'.len_utf8();
            item.id = format!("1.{}", part.items.len() + 1).into();
            item.marker = Some(marker(end, MarkerStyle::Han, part.items.len()));
            item.heading = Some(line[end..].to_owned().into());
            part.items.push(item);
        } else if notice.metadata.title.is_none() && line.contains("通知") {
            notice.metadata.title = Some(Title {
                text: line.to_owned().into(),
                value: line.to_owned().into(),
                span: at(0, line.len()),
            });
        }
        start += raw.len();
    }
}
