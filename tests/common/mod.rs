//! Notices for the tests of the outputs: a text in, the notice and its text out.

use gongwen::render::Ledger;
use gongwen::{Notice, Parser};

/// A notice with its text.
pub struct Read {
    text: String,
    /// The notice, parted from the text.
    pub notice: Notice<'static>,
}

impl Read {
    /// What the outputs take.
    pub fn ledger(&self) -> Ledger<'_> {
        Ledger {
            notice: &self.notice,
            text: &self.text,
        }
    }
}

/// The source notice: 60 items in six sections.
pub fn jiangxi() -> Read {
    let text = include_str!("../../fixtures/jiangxi-2018.txt");
    read("jiangxi-2018.txt", text.trim_start_matches('\u{FEFF}'))
}

/// Any notice.
pub fn read(name: &'static str, text: &str) -> Read {
    let parser = Parser::new().source_name(name);
    Read {
        text: text.to_owned(),
        notice: parser.parse(text).into_owned(),
    }
}
