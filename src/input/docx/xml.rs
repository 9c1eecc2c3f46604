//! The XML of a part, token by token.
//!
//! In: the text of a part. Out: its elements and text in order, to a function that is called with
//! each; prefixes are split from names, entities and character references are resolved, and
//! documents that are ill-formed or nest over [`DEPTH`] elements are given up.

use std::borrow::Cow;

use quick_xml::XmlVersion;
use quick_xml::events::{BytesStart, Event};
use quick_xml::reader::Reader;

use super::package::{DAMAGED, TOO_LARGE};
use crate::Error;

/// Elements inside one another.
const DEPTH: usize = 1000;

/// A token of the document.
pub(super) enum Token<'x> {
    Open(Element<'x>),
    Close(&'x str),
    Text(&'x str),
}

/// A start tag.
pub(super) struct Element<'x> {
    /// The name without its prefix.
    pub name: &'x str,
    start: &'x BytesStart<'x>,
}

impl Element<'_> {
    /// The value of an attribute, by its name without prefix.
    pub(super) fn attribute(&self, name: &str) -> Option<String> {
        let mut attributes = self.start.attributes();
        attributes
            .with_checks(false)
            .flatten()
            .find(|attribute| attribute.key.local_name().as_ref() == name)
            .and_then(|attribute| {
                attribute
                    .normalized_value(XmlVersion::Implicit1_0)
                    .ok()
                    .map(Cow::into_owned)
            })
    }

    /// The number in `w:val`.
    pub(super) fn number(&self) -> Option<u32> {
        self.attribute("val")?.trim().parse().ok()
    }

    /// `<w:vanish/>` is on, `<w:vanish w:val="0"/>` is off.
    pub(super) fn is_on(&self) -> bool {
        self.attribute("val")
            .is_none_or(|value| !matches!(value.as_str(), "0" | "false" | "off" | "none"))
    }
}

/// Calls `each` with every token.
pub(super) fn read(xml: &str, mut each: impl FnMut(Token<'_>)) -> Result<(), Error> {
    let mut reader = Reader::from_str(xml);
    reader.config_mut().expand_empty_elements = true;
    let mut depth = 0_usize;
    loop {
        match reader.read_event().map_err(|_| DAMAGED)? {
            Event::Start(start) => {
                depth += 1;
                if depth > DEPTH {
                    return Err(TOO_LARGE);
                }
                each(Token::Open(Element {
                    name: start.local_name().as_ref(),
                    start: &start,
                }));
            }
            Event::End(end) => {
                depth = depth.saturating_sub(1);
                each(Token::Close(end.local_name().as_ref()));
            }
            Event::Text(text) => each(Token::Text(&text.xml10_content())),
            Event::CData(text) => each(Token::Text(&text.xml10_content())),
            Event::GeneralRef(reference) => {
                let mut buffer = [0; 4];
                let character = match reference.resolve_char_ref() {
                    Ok(Some(character)) => character,
                    Ok(None) => match &*reference {
                        "amp" => '&',
                        "lt" => '<',
                        "gt" => '>',
                        "quot" => '"',
                        "apos" => '\'',
                        _ => return Err(DAMAGED),
                    },
                    Err(_) => return Err(DAMAGED),
                };
                each(Token::Text(character.encode_utf8(&mut buffer)));
            }
            Event::Eof if depth > 0 => return Err(DAMAGED),
            Event::Eof => return Ok(()),
            _ => {}
        }
    }
}
