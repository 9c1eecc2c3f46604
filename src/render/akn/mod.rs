//! Akoma Ntoso 3.0 (OASIS LegalDocML): a notice in, an XML document out.
//!
//! | the notice | the document |
//! |---|---|
//! | first part | `doc` |
//! | further parts | `attachments/attachment/doc` |
//! | blocks before the body, but for page residue | `preface` with `docTitle`, `docNumber` |
//! | paragraphs and items | `mainBody` |
//! | signature, date, disclosure, copies | `conclusions` with `signature`, `docDate` |
//! | item | by its marker `section` 一、 `paragraph` （一） `article` 第一条 …, else `hcontainer` |
//! | unit, role word, deadline, cited document | `organization` or `person`, `role`, `date`, `ref` |
//!
//! `eId`s follow the naming convention: `att_1__sec_2__para_13__content`. Text is joined where it was only
//! wrapped; control characters, which XML has no place for, are left out.

mod body;
mod inline;
mod meta;
mod xml;

use std::collections::HashMap;
use std::io::{self, Write};

use self::inline::{Inline, Mark};
use self::xml::Xml;
use super::Ledger;
use super::row::identity;
use crate::model::{Assignment, Item, Notice, Part, Unit, UnitKind};

/// Writes a notice as an Akoma Ntoso document.
///
/// # Errors
/// Where the writer fails.
pub fn akn(out: &mut impl Write, ledger: Ledger<'_>) -> io::Result<()> {
    let source = Source::new(ledger);
    let mut xml = Xml::begin(out)?;
    xml.open(
        "akomaNtoso",
        &[("xmlns", "http://docs.oasis-open.org/legaldocml/ns/akn/3.0")],
    )?;
    let mut parts = ledger.notice.parts.iter();
    if let Some(first) = parts.next() {
        open_doc(&mut xml, &source, first, 0)?;
        if parts.len() > 0 {
            xml.open("attachments", &[])?;
            for (number, part) in (1..).zip(parts) {
                xml.open("attachment", &[("eId", &format!("att_{number}"))])?;
                open_doc(&mut xml, &source, part, number)?;
                xml.close("doc")?;
                xml.close("attachment")?;
            }
            xml.close("attachments")?;
        }
        xml.close("doc")?;
    }
    xml.close("akomaNtoso")
}

/// All of a part but for its end tag.
fn open_doc<W: Write>(
    xml: &mut Xml<'_, W>,
    source: &Source<'_>,
    part: &Part<'_>,
    number: usize,
) -> io::Result<()> {
    let kind = source
        .notice
        .metadata
        .document_type
        .as_ref()
        .filter(|_| number == 0);
    let unnamed = if number == 0 { "公文" } else { "附件" };
    xml.open("doc", &[("name", kind.map_or(unnamed, |kind| &*kind.text))])?;
    meta::meta(xml, source, part, number)?;
    body::body(xml, source, part, number)
}

/// The notice with what is looked up while writing.
struct Source<'n> {
    notice: &'n Notice<'n>,
    text: &'n str,
    /// Every unit once, and where it stands in the list.
    units: Vec<&'n Unit<'n>>,
    numbers: HashMap<&'n str, usize>,
    /// What stands inside paragraphs that are in no item, in order.
    marks: Vec<Mark<'n>>,
}

impl<'n> Source<'n> {
    fn new(ledger: Ledger<'n>) -> Self {
        let notice = ledger.notice;
        let mut source = Self {
            notice,
            text: ledger.text,
            units: vec![],
            numbers: HashMap::new(),
            marks: vec![],
        };
        let metadata = &notice.metadata;
        for unit in [&metadata.issuers, &metadata.addressees, &metadata.copied_to]
            .into_iter()
            .flatten()
        {
            source.note(unit);
            source.marks.push(Mark {
                span: unit.span,
                inline: Inline::Unit(unit),
            });
        }
        let numbered = metadata.references.iter().enumerate();
        for (number, reference) in
            numbered.filter(|(_, reference)| reference.document_number.is_some())
        {
            source.marks.push(Mark {
                span: reference.span,
                inline: Inline::Reference(number),
            });
        }
        for part in &notice.parts {
            for assignment in &part.assignments {
                source.note_all(assignment);
                let marks = inline::marks(source.text, assignment);
                source.marks.extend(marks);
            }
            let mut open: Vec<&'n Item<'n>> = part.items.iter().rev().collect();
            while let Some(item) = open.pop() {
                item.assignments
                    .iter()
                    .for_each(|assignment| source.note_all(assignment));
                open.extend(item.items.iter().rev());
            }
        }
        for rule in &notice.rules {
            rule.units.iter().for_each(|unit| source.note(unit));
        }
        source.marks.sort_by_key(|mark| mark.span);
        source
    }

    fn note_all(&mut self, assignment: &'n Assignment<'n>) {
        let units = assignment.duties.iter().flat_map(|duty| &duty.units);
        units.for_each(|unit| self.note(unit));
    }

    fn note(&mut self, unit: &'n Unit<'n>) {
        self.numbers.entry(identity(unit)).or_insert_with(|| {
            self.units.push(unit);
            self.units.len() - 1
        });
    }

    /// `org_3`, `person_4`
    fn unit_id(&self, unit: &Unit<'_>) -> String {
        let number = self
            .numbers
            .get(identity(unit))
            .map_or(0, |number| number + 1);
        match unit.kind {
            UnitKind::Person => format!("person_{number}"),
            _ => format!("org_{number}"),
        }
    }
}
