//! Any text: every output is written, is well-formed, and escapes what it holds.
#![no_main]

use gongwen::render::{self, Csv, Ledger, Selection, Workbook};
use libfuzzer_sys::fuzz_target;
use quick_xml::Reader;
use quick_xml::events::Event;

fuzz_target!(|bytes: &[u8]| {
    let text = String::from_utf8_lossy(bytes);
    let notice = gongwen::parse(&text);
    let ledger = Ledger {
        notice: &notice,
        text: &text,
    };
    let selection = Selection {
        all: true,
        expand: bytes.len() % 2 == 0,
        ..Selection::default()
    };

    let mut lines = vec![];
    render::tasks(&mut lines, ledger, &selection).expect("a vector takes it");
    let rows = String::from_utf8(lines).expect("JSON Lines are UTF-8");
    for line in rows.lines() {
        serde_json::from_str::<serde_json::Value>(line).expect("a line is JSON");
    }

    let mut table = vec![];
    let mut csv = Csv::new(&mut table, selection.clone()).expect("a vector takes it");
    csv.add(ledger).expect("a vector takes it");
    csv.finish().expect("a vector takes it");
    let table = String::from_utf8(table).expect("CSV is UTF-8");
    assert_eq!(
        table.matches('"').count() % 2,
        0,
        "quotes in CSV are paired"
    );

    let mut page = vec![];
    render::html(&mut page, ledger).expect("a vector takes it");
    let page = String::from_utf8(page).expect("the page is UTF-8");
    assert!(page.to_ascii_lowercase().starts_with("<!doctype html>"));
    if !text.is_empty() {
        assert!(
            !page.contains("<fuzz"),
            "a tag of the text is a tag of the page"
        );
    }

    let mut xml = vec![];
    render::akn(&mut xml, ledger).expect("a vector takes it");
    well_formed(&String::from_utf8(xml).expect("XML is UTF-8"));

    if bytes.len() % 16 == 0 {
        let mut workbook = Workbook::new(selection).expect("a workbook begins");
        workbook.add(ledger).expect("a notice fits");
        workbook.save(&mut vec![]).expect("a vector takes it");
    }
});

/// Tags that close as they open, and no character that XML 1.0 forbids.
fn well_formed(xml: &str) {
    let allowed =
        |ch: char| !ch.is_control() || matches!(ch, '\t' | '\n' | '\r' | '\u{7f}'..='\u{9f}');
    assert!(
        xml.chars()
            .all(|ch| allowed(ch) && !matches!(ch, '\u{fffe}' | '\u{ffff}')),
        "a character that XML forbids"
    );
    let mut reader = Reader::from_str(xml);
    reader.config_mut().check_end_names = true;
    let mut depth = 0;
    loop {
        match reader.read_event().expect("well-formed XML") {
            Event::Start(_) => depth += 1,
            Event::End(_) => depth -= 1,
            Event::Eof => break,
            _ => {}
        }
    }
    assert_eq!(depth, 0, "a tag is left open");
}
