//! Styles, as far as they number paragraphs.
//!
//! In: the `styles.xml` of a DOCX file. Out: for a paragraph's style, the numbering that it or a style
//! that it is based on has.
//!
//! ```text
//! <w:style w:type="paragraph" w:styleId="2"> <w:basedOn w:val="1"/>
//!   <w:pPr><w:numPr><w:ilvl w:val="1"/><w:numId w:val="3"/></w:numPr></w:pPr> </w:style>
//! ```

use std::collections::HashMap;

use super::xml::{self, Token};
use crate::Error;

/// Styles that one may be based on, one on another.
const CHAIN: usize = 32;

/// The styles of a document.
#[derive(Default)]
pub(super) struct Styles {
    styles: HashMap<String, Style>,
    /// The style of a paragraph that names none.
    default: Option<String>,
}

/// What a style, or a paragraph, says of its numbering.
#[derive(Clone, Default)]
pub(super) struct Style {
    based_on: Option<String>,
    /// `w:numId`
    pub list: Option<String>,
    /// `w:ilvl`
    pub level: Option<usize>,
}

impl Styles {
    /// Reads `styles.xml`.
    pub(super) fn read(xml: &str) -> Result<Self, Error> {
        let mut styles = Self::default();
        let mut open: Option<(String, Style)> = None;
        xml::read(xml, |token| match token {
            Token::Open(element) => match (element.name, &mut open) {
                ("style", _) => {
                    let id = element.attribute("styleId").unwrap_or_default();
                    let paragraph = element
                        .attribute("type")
                        .is_some_and(|kind| kind == "paragraph");
                    let default = element
                        .attribute("default")
                        .is_some_and(|on| on == "1" || on == "true");
                    if paragraph && default {
                        styles.default = Some(id.clone());
                    }
                    open = Some((id, Style::default()));
                }
                ("basedOn", Some((_, style))) => style.based_on = element.attribute("val"),
                ("numId", Some((_, style))) => style.list = element.attribute("val"),
                ("ilvl", Some((_, style))) => {
                    style.level = element.number().map(|level| level as usize);
                }
                _ => {}
            },
            Token::Close("style") => {
                if let Some((id, style)) = open.take() {
                    styles.styles.insert(id, style);
                }
            }
            _ => {}
        })?;
        Ok(styles)
    }

    /// The style and those that it is based on, nearest first; the default where none is named.
    pub(super) fn chain<'s>(
        &'s self,
        id: Option<&'s str>,
    ) -> impl Iterator<Item = (&'s str, &'s Style)> {
        let find = |id: &'s str| self.styles.get(id).map(|style| (id, style));
        let first = id.or(self.default.as_deref()).and_then(find);
        std::iter::successors(first, move |(_, style)| {
            style.based_on.as_deref().and_then(find)
        })
        .take(CHAIN)
    }
}
