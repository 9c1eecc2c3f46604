//! DOCX files, as Word, WPS and LibreOffice write them.
//!
//! In: the bytes of the file. Out: its text, a paragraph a line, as a person would copy it from the
//! page. The [package] gives the XML of the [document], whose paragraphs are numbered by
//! [numbering] and [styles].
//!
//! Read: the body with its tables and text boxes, insertions, moved text where it went, content
//! controls, the results of fields. Left out: deletions, moved text where it was, hidden text,
//! comments, headers and footers, footnotes.

mod document;
mod numbering;
mod package;
mod styles;
mod xml;

use numbering::Numbering;
use package::Package;
use styles::Styles;
use xml::Token;

use crate::Error;

/// Reads a DOCX file.
pub(super) fn read(bytes: &[u8]) -> Result<String, Error> {
    let mut package = Package::open(bytes)?;
    let main = target(&mut package, "_rels/.rels", "/officeDocument")?
        .unwrap_or_else(|| "word/document.xml".to_owned());
    let document = package.part(&main)?.ok_or(package::DAMAGED)?;
    let styles = package
        .part("word/styles.xml")?
        .map_or(Ok(Styles::default()), |xml| Styles::read(&xml))?;
    let numbering = package
        .part("word/numbering.xml")?
        .map_or(Ok(Numbering::default()), |xml| Numbering::read(&xml))?;
    document::read(&document, &styles, numbering)
}

/// The part that a relationship of this type points to.
fn target(
    package: &mut Package<'_>,
    relationships: &str,
    kind: &str,
) -> Result<Option<String>, Error> {
    let Some(xml) = package.part(relationships)? else {
        return Ok(None);
    };
    let mut target = None;
    xml::read(&xml, |token| {
        if let Token::Open(element) = token
            && target.is_none()
            && element
                .attribute("Type")
                .is_some_and(|found| found.ends_with(kind))
        {
            target = element.attribute("Target");
        }
    })?;
    Ok(target.map(|target| target.trim_start_matches('/').to_owned()))
}
