//! What identifies a part, and whom and what it names: metadata in, `meta` out.
//!
//! ```text
//! Work           /akn/cn/doc/2018-10-08/赣府厅字〔2018〕96号/!main     an attachment: …/!att_1
//! Expression     /akn/cn/doc/2018-10-08/赣府厅字〔2018〕96号/zho@2018-10-08/!main
//! Manifestation  … /!main.xml
//! ```
//!
//! A document without number is `nn`, as the naming convention has it; a day that the document does not
//! give is `0001-01-01`, named `unknown`.

use std::io::{self, Write};

use super::Source;
use super::xml::Xml;
use crate::model::{Part, Reference, UnitKind};
use crate::render::words::{ROLES, role};

const UNKNOWN_DAY: &str = "0001-01-01";

pub(super) fn meta<W: Write>(
    xml: &mut Xml<'_, W>,
    source: &Source<'_>,
    part: &Part<'_>,
    number: usize,
) -> io::Result<()> {
    let metadata = &source.notice.metadata;
    let issued = metadata
        .issued_on
        .as_ref()
        .or(metadata.published_on.as_ref());
    let day = issued.and_then(|day| day.date.as_deref());
    let dated = [
        ("date", day.unwrap_or(UNKNOWN_DAY)),
        ("name", day.map_or("unknown", |_| "issued")),
    ];
    let document_number = metadata
        .document_number
        .as_ref()
        .map(|number| &*number.value);
    let component = if number == 0 {
        "!main".to_owned()
    } else {
        format!("!att_{number}")
    };
    let work = format!(
        "/akn/cn/doc/{}/{}",
        dated[0].1,
        segment(document_number.unwrap_or("nn"))
    );
    let expression = format!("{work}/zho@{}", dated[0].1);
    let authors: Vec<String> = match &metadata.issuers[..] {
        [] => vec!["#unknown".to_owned()],
        issuers => issuers
            .iter()
            .map(|unit| format!("#{}", source.unit_id(unit)))
            .collect(),
    };
    xml.open("meta", &[])?;
    xml.open("identification", &[("source", "#gongwen")])?;
    for (level, iri, ending) in [
        ("FRBRWork", &work, ""),
        ("FRBRExpression", &expression, ""),
        ("FRBRManifestation", &expression, ".xml"),
    ] {
        xml.open(level, &[])?;
        xml.empty(
            "FRBRthis",
            &[("value", &format!("{iri}/{component}{ending}"))],
        )?;
        xml.empty("FRBRuri", &[("value", &format!("{iri}{ending}"))])?;
        xml.empty("FRBRdate", &dated)?;
        if ending.is_empty() {
            for author in &authors {
                xml.empty("FRBRauthor", &[("href", author), ("as", "#author")])?;
            }
        } else {
            xml.empty("FRBRauthor", &[("href", "#gongwen"), ("as", "#editor")])?;
        }
        match level {
            "FRBRWork" => {
                xml.empty("FRBRcountry", &[("value", "cn")])?;
                if let Some(kind) = metadata.document_type.as_ref().filter(|_| number == 0) {
                    xml.empty("FRBRsubtype", &[("value", &kind.text)])?;
                }
                if let Some(number) = document_number {
                    xml.empty("FRBRnumber", &[("value", number)])?;
                }
                let title = metadata
                    .title
                    .as_ref()
                    .filter(|_| number == 0)
                    .map(|title| &*title.value);
                if let Some(title) = title.or(part.title.as_deref()) {
                    xml.empty("FRBRname", &[("value", title)])?;
                }
            }
            "FRBRExpression" => xml.empty("FRBRlanguage", &[("language", "zho")])?,
            _ => xml.empty("FRBRformat", &[("value", "application/akn+xml")])?,
        }
        xml.close(level)?;
    }
    xml.close("identification")?;
    if number == 0 {
        references(xml, source)?;
    }
    xml.close("meta")
}

/// Documents, organs, persons and roles; the attachments refer to the list of the main document.
fn references<W: Write>(xml: &mut Xml<'_, W>, source: &Source<'_>) -> io::Result<()> {
    xml.open("references", &[("source", "#gongwen")])?;
    for (number, reference) in (1..).zip(&source.notice.metadata.references) {
        if reference.document_number.is_some() {
            let (id, iri) = (format!("ref_{number}"), document_iri(reference));
            let title = reference.title.as_deref().unwrap_or(&reference.text);
            xml.empty(
                "activeRef",
                &[("eId", &id), ("href", &iri), ("showAs", title)],
            )?;
        }
    }
    for unit in &source.units {
        let (name, class) = match unit.kind {
            UnitKind::Person => ("TLCPerson", "person"),
            _ => ("TLCOrganization", "organization"),
        };
        let known = unit.canonical.as_deref();
        let iri = format!(
            "/akn/ontology/{class}/cn/{}",
            segment(known.map_or(&unit.name, |known| &known.id))
        );
        let show = known.map_or(&unit.name, |known| &known.name);
        xml.empty(
            name,
            &[
                ("eId", &source.unit_id(unit)),
                ("href", &iri),
                ("showAs", show),
                ("shortForm", &unit.name),
            ],
        )?;
    }
    for (id, name) in [("gongwen", "gongwen"), ("unknown", "未载明")] {
        let iri = format!("/akn/ontology/organization/{id}");
        xml.empty(
            "TLCOrganization",
            &[("eId", id), ("href", &iri), ("showAs", name)],
        )?;
    }
    let roles = ROLES.map(|known| (known.as_str(), role(known)));
    for (id, name) in roles
        .into_iter()
        .chain([("author", "发文机关"), ("editor", "编录")])
    {
        let iri = format!("/akn/ontology/role/cn/{id}");
        xml.empty("TLCRole", &[("eId", id), ("href", &iri), ("showAs", name)])?;
    }
    xml.close("references")
}

/// `/akn/cn/doc/2018/赣府字〔2018〕64号`
pub(super) fn document_iri(reference: &Reference<'_>) -> String {
    let number = reference.document_number.as_deref().unwrap_or("nn");
    let digits = number.split(|c: char| !c.is_ascii_digit());
    let year = digits.into_iter().find(|digits| digits.len() == 4);
    format!(
        "/akn/cn/doc/{}/{}",
        year.unwrap_or("unknown"),
        segment(number)
    )
}

/// A name as one segment of an IRI (RFC 3987, clause 2.2): other characters percent-encoded.
fn segment(name: &str) -> String {
    let mut segment = String::with_capacity(name.len());
    for c in name.chars() {
        if c.is_alphanumeric() || "-._~".contains(c) {
            segment.push(c);
        } else {
            let mut bytes = [0; 4];
            for byte in c.encode_utf8(&mut bytes).bytes() {
                segment.push('%');
                segment.extend(
                    [byte >> 4, byte & 15]
                        .map(|half| char::from(b"0123456789ABCDEF"[usize::from(half)])),
                );
            }
        }
    }
    segment
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_become_one_segment() {
        assert_eq!(segment("赣府字2018/64号 a"), "赣府字2018%2F64号%20a");
        assert_eq!(segment("〔"), "%E3%80%94");
    }
}
