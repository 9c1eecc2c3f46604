//! Elements, attributes and text in, well-formed XML out.
//!
//! Line breaks stand around elements that hold elements only, never inside running text.

use std::borrow::Cow;
use std::io::{self, Write};

use quick_xml::Writer;
use quick_xml::events::{BytesDecl, BytesEnd, BytesStart, BytesText, Event};

pub(super) struct Xml<'w, W: Write> {
    out: Writer<&'w mut W>,
}

type Attributes<'a> = [(&'a str, &'a str)];

impl<'w, W: Write> Xml<'w, W> {
    pub(super) fn begin(out: &'w mut W) -> io::Result<Self> {
        let mut out = Writer::new(out);
        out.write_event(Event::Decl(BytesDecl::new("1.0", Some("UTF-8"), None)))?;
        let mut xml = Self { out };
        xml.line()?;
        Ok(xml)
    }

    /// The start of an element that holds elements.
    pub(super) fn open(&mut self, name: &str, attributes: &Attributes<'_>) -> io::Result<()> {
        self.start(name, attributes)?;
        self.line()
    }

    /// The end of an element that takes a line.
    pub(super) fn close(&mut self, name: &str) -> io::Result<()> {
        self.end(name)?;
        self.line()
    }

    /// An element without content, on a line of its own.
    pub(super) fn empty(&mut self, name: &str, attributes: &Attributes<'_>) -> io::Result<()> {
        let start = element(name, attributes);
        self.out.write_event(Event::Empty(start))?;
        self.line()
    }

    /// The start of an element that holds running text.
    pub(super) fn start(&mut self, name: &str, attributes: &Attributes<'_>) -> io::Result<()> {
        let start = element(name, attributes);
        self.out.write_event(Event::Start(start))
    }

    /// The end of an element inside running text.
    pub(super) fn end(&mut self, name: &str) -> io::Result<()> {
        self.out.write_event(Event::End(BytesEnd::new(name)))
    }

    pub(super) fn text(&mut self, text: &str) -> io::Result<()> {
        self.out
            .write_event(Event::Text(BytesText::new(&allowed(text))))
    }

    fn line(&mut self) -> io::Result<()> {
        self.out.write_event(Event::Text(BytesText::new("\n")))
    }
}

fn element<'a>(name: &'a str, attributes: &Attributes<'_>) -> BytesStart<'a> {
    let mut start = BytesStart::new(name);
    for (name, value) in attributes {
        start.push_attribute((*name, &*allowed(value)));
    }
    start
}

/// The text without characters that XML 1.0 (clause 2.2) has no place for.
fn allowed(text: &str) -> Cow<'_, str> {
    let is_allowed = |c: char| {
        c >= ' ' && !matches!(c, '\u{FFFE}' | '\u{FFFF}') || matches!(c, '\t' | '\n' | '\r')
    };
    if text.chars().all(is_allowed) {
        Cow::Borrowed(text)
    } else {
        text.chars()
            .filter(|&c| is_allowed(c))
            .collect::<String>()
            .into()
    }
}
