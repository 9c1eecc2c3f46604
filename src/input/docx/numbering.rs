//! Automatic numbering: what Word shows before a paragraph and the text of the file does not hold.
//!
//! In: the `numbering.xml` of a DOCX file, then one paragraph after the other. Out: the number of each.
//!
//! ```text
//! <w:abstractNum w:abstractNumId="0">                              a definition: nine levels
//!   <w:lvl w:ilvl="0"> <w:start w:val="1"/> <w:numFmt w:val="chineseCounting"/>
//!     <w:lvlText w:val="%1、"/> <w:pStyle w:val="1"/> </w:lvl> …   一、
//!   <w:lvl w:ilvl="1"> … <w:lvlText w:val="（%2）"/> </w:lvl>       （一）
//! <w:num w:numId="3"> <w:abstractNumId w:val="0"/>                 a list by that definition
//!   <w:lvlOverride w:ilvl="0"> <w:startOverride w:val="1"/> …      that starts anew
//! ```
//!
//! Lists of one definition count on together, unless `startOverride` says otherwise. A level starts
//! anew after any higher one, unless `lvlRestart` says otherwise.

use std::collections::HashMap;

use super::super::number;
use super::styles::Styles;
use super::xml::{self, Element, Token};
use crate::Error;

const LEVELS: usize = 9;

/// The lists of a document, and how far each has counted.
#[derive(Default)]
pub(super) struct Numbering {
    definitions: HashMap<String, Definition>,
    lists: HashMap<String, List>,
}

/// `w:abstractNum`
#[derive(Default)]
struct Definition {
    levels: [Level; LEVELS],
    /// The numbering style that has the levels instead.
    style: Option<String>,
    /// The last number of each level; `None` where it starts anew.
    numbers: [Option<u32>; LEVELS],
}

/// `w:num`
#[derive(Default)]
struct List {
    definition: String,
    levels: [Option<Level>; LEVELS],
    starts: [Option<u32>; LEVELS],
    /// Levels whose start was already overridden.
    started: [bool; LEVELS],
}

/// `w:lvl`
#[derive(Clone, Default)]
struct Level {
    start: u32,
    format: String,
    /// `%1、`
    pattern: String,
    /// The style whose paragraphs have this level.
    style: Option<String>,
    /// All numbers in decimal digits.
    legal: bool,
    /// The level, counted from 1, after which this one starts anew; 0 for never.
    restart: Option<u32>,
}

impl Numbering {
    /// Reads `numbering.xml`.
    pub(super) fn read(xml: &str) -> Result<Self, Error> {
        let mut numbering = Self::default();
        let mut definition: Option<(String, Definition)> = None;
        let mut list: Option<(String, List)> = None;
        let mut level: Option<(usize, Level)> = None;
        let mut overridden = 0;
        xml::read(xml, |token| match token {
            Token::Open(element) => match element.name {
                "abstractNum" => {
                    let id = element.attribute("abstractNumId").unwrap_or_default();
                    definition = Some((id, Definition::default()));
                }
                "num" => {
                    let id = element.attribute("numId").unwrap_or_default();
                    list = Some((id, List::default()));
                }
                "numStyleLink" => {
                    if let Some((_, definition)) = &mut definition {
                        definition.style = element.attribute("val");
                    }
                }
                "abstractNumId" => {
                    if let Some((_, list)) = &mut list {
                        list.definition = element.attribute("val").unwrap_or_default();
                    }
                }
                "lvlOverride" => overridden = level_of(&element),
                "startOverride" => {
                    if let Some((_, list)) = &mut list {
                        list.starts[overridden] = element.number();
                    }
                }
                "lvl" => level = Some((level_of(&element), Level::default())),
                _ => {
                    if let Some((_, level)) = &mut level {
                        level.read(&element);
                    }
                }
            },
            Token::Close("lvl") => {
                if let Some((index, level)) = level.take() {
                    match (&mut list, &mut definition) {
                        (Some((_, list)), _) => list.levels[index] = Some(level),
                        (None, Some((_, definition))) => definition.levels[index] = level,
                        (None, None) => {}
                    }
                }
            }
            Token::Close("abstractNum") => numbering.definitions.extend(definition.take()),
            Token::Close("num") => numbering.lists.extend(list.take()),
            _ => {}
        })?;
        Ok(numbering)
    }

    /// The number of the next paragraph, as `一、`: empty where it has none. `list` and `level` are what
    /// the paragraph says itself, `style` is the style that it names.
    pub(super) fn next(
        &mut self,
        list: Option<&str>,
        level: Option<usize>,
        style: Option<&str>,
        styles: &Styles,
    ) -> String {
        let of_styles = || {
            styles
                .chain(style)
                .find_map(|(_, style)| style.list.as_deref())
        };
        let Some(id) = list.or_else(of_styles) else {
            return String::new();
        };
        let Some(definition) = self.definition_of(id, styles) else {
            return String::new();
        };
        let (Some(definition), Some(list_found)) = (
            self.definitions.get_mut(&definition),
            self.lists.get_mut(id),
        ) else {
            return String::new();
        };
        let level = level
            .or_else(|| match list {
                Some(_) => None,
                None => definition.level_of_style(style, styles),
            })
            .unwrap_or(0)
            .min(LEVELS - 1);
        definition.count(list_found, level);
        definition.show(list_found, level)
    }

    /// The definition of a list; where it points to a numbering style, that of the style's list.
    fn definition_of(&self, list: &str, styles: &Styles) -> Option<String> {
        let id = &self.lists.get(list)?.definition;
        let Some(style) = &self.definitions.get(id)?.style else {
            return Some(id.clone());
        };
        let linked = styles
            .chain(Some(style))
            .find_map(|(_, style)| style.list.as_deref())?;
        Some(self.lists.get(linked)?.definition.clone())
    }
}

impl Level {
    fn read(&mut self, element: &Element<'_>) {
        match element.name {
            "start" => self.start = element.number().unwrap_or(0),
            // An extended format is followed by the one for older programs: the first one counts.
            "numFmt" if self.format.is_empty() => {
                self.format = element.attribute("val").unwrap_or_default();
            }
            "lvlText" => self.pattern = element.attribute("val").unwrap_or_default(),
            "pStyle" => self.style = element.attribute("val"),
            "isLgl" => self.legal = element.is_on(),
            "lvlRestart" => self.restart = element.number(),
            _ => {}
        }
    }
}

impl Definition {
    /// The level of a paragraph that is numbered by its style: the one that names the style or one
    /// that it is based on, else the one that the style names.
    fn level_of_style(&self, style: Option<&str>, styles: &Styles) -> Option<usize> {
        let named = |id: &str| {
            self.levels
                .iter()
                .position(|level| level.style.as_deref() == Some(id))
        };
        styles
            .chain(style)
            .find_map(|(id, _)| named(id))
            .or_else(|| styles.chain(style).find_map(|(_, style)| style.level))
    }

    fn count(&mut self, list: &mut List, level: usize) {
        let first = list.starts[level].filter(|_| !list.started[level]);
        list.started[level] = true;
        self.numbers[level] = Some(match (first, self.numbers[level]) {
            (Some(start), _) => start,
            (None, Some(number)) => number.saturating_add(1),
            (None, None) => list.starts[level].unwrap_or(self.level(list, level).start),
        });
        for deeper in level + 1..LEVELS {
            let restarts = match self.level(list, deeper).restart {
                Some(after) => level < after as usize,
                None => true,
            };
            if restarts {
                self.numbers[deeper] = None;
            }
        }
    }

    /// Fills the pattern of the level: `%1.%2` → `2.1`.
    fn show(&self, list: &List, level: usize) -> String {
        let shown = self.level(list, level);
        if shown.format == "bullet" {
            let sign = shown.pattern.chars().next().filter(|c| !is_private(*c));
            return if shown.pattern.is_empty() {
                String::new()
            } else {
                format!("{} ", sign.unwrap_or('•'))
            };
        }
        let mut out = String::new();
        let mut pattern = shown.pattern.chars().peekable();
        while let Some(c) = pattern.next() {
            let digit = pattern
                .peek()
                .and_then(|digit| digit.to_digit(10))
                .filter(|digit| (1..=9).contains(digit));
            let (Some(digit), '%') = (digit, c) else {
                out.push(c);
                continue;
            };
            pattern.next();
            let index = digit as usize - 1;
            let part = self.level(list, index);
            let value = self.numbers[index].unwrap_or(part.start);
            match part.format.as_str() {
                "none" => {}
                _ if shown.legal => out.push_str(&value.to_string()),
                format => out.push_str(&number::write(format, value)),
            }
        }
        out
    }

    fn level<'a>(&'a self, list: &'a List, level: usize) -> &'a Level {
        list.levels[level].as_ref().unwrap_or(&self.levels[level])
    }
}

fn level_of(element: &Element<'_>) -> usize {
    let level = element
        .attribute("ilvl")
        .and_then(|level| level.parse().ok());
    level.unwrap_or(0).min(LEVELS - 1)
}

/// Signs of symbol fonts.
fn is_private(c: char) -> bool {
    ('\u{E000}'..='\u{F8FF}').contains(&c)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// `levels` are `format pattern extras`; `paragraphs` are `list` or `list.level` or `=style`.
    fn check(levels: &[&str], lists: &str, styles: &str, paragraphs: &str, expected: &str) {
        use std::fmt::Write as _;
        let mut xml = "<w:numbering xmlns:w='w'><w:abstractNum w:abstractNumId='7'>".to_owned();
        for (index, level) in levels.iter().enumerate() {
            let mut words = level.splitn(3, ' ');
            let (format, pattern) = (words.next().unwrap(), words.next().unwrap());
            let extras = words.next().unwrap_or("");
            write!(
                xml,
                "<w:lvl w:ilvl='{index}'><w:start w:val='1'/><w:numFmt w:val='{format}'/>\
                 <w:lvlText w:val='{pattern}'/>{extras}</w:lvl>"
            )
            .unwrap();
        }
        write!(xml, "</w:abstractNum>{lists}</w:numbering>").unwrap();
        let styles = Styles::read(&format!("<w:styles xmlns:w='w'>{styles}</w:styles>")).unwrap();
        let mut numbering = Numbering::read(&xml).unwrap();
        let shown: Vec<String> = paragraphs
            .split(' ')
            .map(|paragraph| {
                if let Some(style) = paragraph.strip_prefix('=') {
                    numbering.next(None, None, Some(style), &styles)
                } else {
                    let (list, level) = paragraph.split_once('.').unwrap_or((paragraph, ""));
                    numbering.next(Some(list), level.parse().ok(), None, &styles)
                }
            })
            .collect();
        assert_eq!(shown.join(" "), expected);
    }

    const ONE: &str = "<w:num w:numId='1'><w:abstractNumId w:val='7'/></w:num>";

    #[test]
    fn levels_count_and_start_anew() {
        check(
            &[
                "chineseCounting %1、",
                "chineseCounting （%2）",
                "decimal %3.",
            ],
            ONE,
            "",
            "1 1.1 1.1 1.2 1 1.1 1.2 1.2",
            "一、 （一） （二） 1. 二、 （一） 1. 2.",
        );
        check(
            &["decimal %1", "decimal %1.%2"],
            ONE,
            "",
            "1.1 1 1.1",
            "1.1 1 1.1",
        );
    }

    #[test]
    fn a_level_may_count_on() {
        check(
            &[
                "chineseCounting %1、",
                "chineseCounting （%2） <w:lvlRestart w:val='0'/>",
            ],
            ONE,
            "",
            "1 1.1 1.1 1 1.1",
            "一、 （一） （二） 二、 （三）",
        );
    }

    #[test]
    fn legal_levels_are_decimal() {
        check(
            &["chineseCounting 第%1章", "decimal %1.%2 <w:isLgl/>"],
            ONE,
            "",
            "1 1.1",
            "第一章 1.1",
        );
    }

    #[test]
    fn lists_of_one_definition_count_on_unless_overridden() {
        let two = "<w:num w:numId='2'><w:abstractNumId w:val='7'/></w:num>";
        check(
            &["decimal %1."],
            &format!("{ONE}{two}"),
            "",
            "1 1 2 1",
            "1. 2. 3. 4.",
        );
        let anew = "<w:num w:numId='2'><w:abstractNumId w:val='7'/><w:lvlOverride w:ilvl='0'>\
                    <w:startOverride w:val='5'/></w:lvlOverride></w:num>";
        check(
            &["decimal %1."],
            &format!("{ONE}{anew}"),
            "",
            "1 1 2 2",
            "1. 2. 5. 6.",
        );
        let other = "<w:num w:numId='2'><w:abstractNumId w:val='7'/><w:lvlOverride w:ilvl='0'><w:lvl w:ilvl='0'>\
                     <w:start w:val='1'/><w:numFmt w:val='upperLetter'/><w:lvlText w:val='%1)'/>\
                     </w:lvl></w:lvlOverride></w:num>";
        check(
            &["decimal %1."],
            &format!("{ONE}{other}"),
            "",
            "1 2",
            "1. B)",
        );
    }

    #[test]
    fn styles_number_their_paragraphs() {
        let styles = "<w:style w:type='paragraph' w:default='1' w:styleId='0'/>\
            <w:style w:type='paragraph' w:styleId='a'><w:basedOn w:val='0'/><w:pPr><w:numPr><w:numId w:val='1'/>\
            </w:numPr></w:pPr></w:style>\
            <w:style w:type='paragraph' w:styleId='b'><w:basedOn w:val='a'/><w:pPr><w:numPr><w:ilvl w:val='1'/>\
            </w:numPr></w:pPr></w:style>\
            <w:style w:type='paragraph' w:styleId='c'><w:basedOn w:val='b'/></w:style>\
            <w:style w:type='paragraph' w:styleId='none'><w:basedOn w:val='a'/><w:pPr><w:numPr><w:numId w:val='0'/>\
            </w:numPr></w:pPr></w:style>";
        check(
            &["chineseCounting %1、", "chineseCounting （%2）"],
            ONE,
            styles,
            "=a =b =c =none =0 =a =missing",
            "一、 （一） （二）   二、 ",
        );
        let named = "<w:style w:type='paragraph' w:styleId='a'><w:pPr><w:numPr><w:numId w:val='1'/></w:numPr>\
            </w:pPr></w:style><w:style w:type='paragraph' w:styleId='b'><w:basedOn w:val='a'/></w:style>";
        check(
            &[
                "decimal %1. <w:pStyle w:val='a'/>",
                "decimal %1.%2 <w:pStyle w:val='b'/>",
            ],
            ONE,
            named,
            "=a =b =b",
            "1. 1.1 1.2",
        );
    }

    #[test]
    fn a_list_may_borrow_the_levels_of_a_numbering_style() {
        let lists = "<w:abstractNum w:abstractNumId='8'><w:numStyleLink w:val='n'/></w:abstractNum>\
            <w:num w:numId='1'><w:abstractNumId w:val='7'/></w:num>\
            <w:num w:numId='2'><w:abstractNumId w:val='8'/></w:num>";
        let styles = "<w:style w:type='numbering' w:styleId='n'><w:pPr><w:numPr><w:numId w:val='1'/></w:numPr></w:pPr>\
            </w:style>";
        check(&["decimal %1."], lists, styles, "2 2", "1. 2.");
    }

    #[test]
    fn circles_of_styles_end() {
        let styles = "<w:style w:type='paragraph' w:styleId='a'><w:basedOn w:val='b'/></w:style>\
            <w:style w:type='paragraph' w:styleId='b'><w:basedOn w:val='a'/></w:style>";
        check(&["decimal %1."], ONE, styles, "=a", "");
    }

    #[test]
    fn bullets_of_symbol_fonts_are_dots() {
        check(&["bullet \u{F06C}"], ONE, "", "1 1", "•  • ");
        check(&["bullet －"], ONE, "", "1", "－ ");
    }
}
