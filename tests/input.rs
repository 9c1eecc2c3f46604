//! One notice in every form that people have it in gives one text, and one reading.
//!
//! `fixtures/input/notice.docx` is `notice.fodt` as LibreOffice 7.4 saves it
//! (`soffice --convert-to docx notice.fodt`): its numbers are automatic, one word is struck out, the
//! table has a merged cell, and a line stands in a text box.
#![cfg(all(feature = "docx", feature = "html"))]

use std::io::Write as _;

use gongwen::{EncodingFrom, Error, Notice, decode, decode_as};
use serde_json::Value;

const TEXT: &str = include_str!("../fixtures/input/notice.txt");
const DOCX: &[u8] = include_bytes!("../fixtures/input/notice.docx");
const PAGE: &[u8] = include_bytes!("../fixtures/input/page.html");
const SCRAPED: &[u8] = include_bytes!("../fixtures/input/scraped.txt");
const SOURCE: &str = include_str!("../fixtures/jiangxi-2018.txt");

fn text_of(bytes: &[u8]) -> String {
    decode(bytes).unwrap().text.into_owned()
}

/// The lines of a text, without blanks at their ends and without empty ones.
fn lines(text: &str) -> Vec<&str> {
    text.lines()
        .map(str::trim)
        .filter(|line| !line.is_empty())
        .collect()
}

#[test]
fn one_notice_one_text() {
    assert_eq!(lines(&text_of(DOCX)), lines(TEXT));
    assert_eq!(lines(&text_of(SCRAPED)), lines(TEXT));

    let page = text_of(PAGE);
    let page = lines(&page);
    let head = [
        "发布日期：2025-02-24 09:30",
        "来源：市政府办公室",
        "索引号：QX0001/2025-00012",
        "主题分类：农业、林业、水利",
        "发布机构：青溪市人民政府办公室",
    ];
    assert_eq!(page[..head.len()], head);
    let title = page[head.len()..head.len() + 2].concat();
    assert_eq!(title, lines(TEXT)[0]);
    assert_eq!(page[head.len() + 2..], lines(TEXT)[1..]);
}

#[test]
fn the_source_says_what_was_read() {
    for (bytes, format, encoding, from) in [
        (TEXT.as_bytes(), None, "UTF-8", EncodingFrom::Detected),
        (SCRAPED, Some("html"), "UTF-8", EncodingFrom::Detected),
        (PAGE, Some("html"), "gb18030", EncodingFrom::Declared),
        (DOCX, Some("docx"), "UTF-8", EncodingFrom::Declared),
    ] {
        let source = decode(bytes).unwrap().source;
        assert_eq!(source.extracted_from.as_deref(), format);
        assert_eq!((&*source.encoding, source.encoding_from), (encoding, from));
        assert_eq!(source.bytes, bytes.len() as u64);
        assert_eq!(source.sha256.unwrap().len(), 64);
    }
    assert_eq!(
        decode_as(PAGE, "gbk").unwrap().source.encoding_from,
        EncodingFrom::Given
    );
    assert_eq!(decode_as(DOCX, "gbk").unwrap().text, text_of(DOCX));
    assert!(matches!(decode_as(PAGE, "klingon"), Err(Error::Label(_))));
}

#[test]
fn one_notice_one_reading() {
    let expected = reading(TEXT.as_bytes());
    assert!(expected.to_string().contains("市市场监管局"));
    assert_eq!(reading(DOCX), expected);
    assert_eq!(reading(SCRAPED), expected);
    assert_eq!(reading(PAGE), expected);
}

#[test]
fn the_source_notice_in_every_form() {
    let expected = lines(SOURCE);
    let (docx, page) = (docx_of(SOURCE), page_of(SOURCE));
    assert_eq!(lines(&text_of(&docx)), expected);
    assert_eq!(lines(&text_of(page.as_bytes())), expected);
    let expected = reading(SOURCE.as_bytes());
    assert_eq!(reading(&docx), expected);
    assert_eq!(reading(page.as_bytes()), expected);
}

#[test]
fn the_source_notice_has_sixty_tasks_in_every_form() {
    for bytes in [
        SOURCE.as_bytes(),
        &docx_of(SOURCE),
        page_of(SOURCE).as_bytes(),
    ] {
        let notice = gongwen::parse_bytes(bytes).unwrap();
        assert_eq!(notice.tasks().count(), 60);
    }
}

#[test]
fn other_formats_are_refused_with_the_next_step() {
    for (bytes, message) in [
        (
            &b"%PDF-1.7\n%\xE2\xE3\xCF\xD3"[..],
            "a PDF, no text: extract its text first, for example with `pdftotext -layout`; \
             where it is a scan, recognise it (OCR) first, for example with `ocrmypdf -l chi_sim`",
        ),
        (
            &b"{\\rtf1\\ansi\\ansicpg936"[..],
            "an RTF file, no text: convert it first, for example with `soffice --convert-to docx`",
        ),
        (
            &b"\xFF\xD8\xFF\xE0\0\x10JFIF"[..],
            "a JPEG image, no text: recognise its text (OCR) first, for example with `tesseract -l chi_sim`",
        ),
        (
            &DOCX[..DOCX.len() / 2],
            "a ZIP archive, no text: unpack it first",
        ),
    ] {
        assert_eq!(decode(bytes).unwrap_err().to_string(), message);
        assert_eq!(decode_as(bytes, "gbk").unwrap_err().to_string(), message);
    }
}

#[test]
fn damaged_files_are_no_panic() {
    for at in (0..DOCX.len()).step_by(7) {
        let mut damaged = DOCX.to_vec();
        damaged[at] ^= 0x11;
        let _ = decode(&damaged);
    }
    for at in (0..PAGE.len()).step_by(3) {
        let _ = decode(&PAGE[..at]);
        let _ = decode(&PAGE[at..]);
    }
}

/// A notice without its spans: its parts with their items, assignments and units.
fn reading(bytes: &[u8]) -> Value {
    fn strip(value: &mut Value) {
        match value {
            Value::Object(fields) => {
                for position in ["span", "scope", "line", "column"] {
                    fields.remove(position);
                }
                fields.values_mut().for_each(strip);
            }
            Value::Array(values) => values.iter_mut().for_each(strip),
            _ => {}
        }
    }
    let notice: Notice<'_> = gongwen::parse_bytes(bytes).unwrap();
    let parts = notice
        .parts
        .iter()
        .map(|part| (&part.items, &part.assignments));
    let mut value = serde_json::to_value(parts.collect::<Vec<_>>()).unwrap();
    strip(&mut value);
    value
}

fn escape(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;")
}

fn page_of(text: &str) -> String {
    let paragraphs: Vec<String> = lines(text)
        .into_iter()
        .map(|line| format!("<p>　　{}\n", escape(line)))
        .collect();
    let paragraphs = paragraphs.concat();
    format!(
        "<!DOCTYPE html><html><head><meta charset=utf-8></head><body><div>{paragraphs}</div></body></html>"
    )
}

/// The least DOCX file: a document part, not compressed, and what points to it.
fn docx_of(text: &str) -> Vec<u8> {
    let paragraphs: Vec<String> = lines(text)
        .into_iter()
        .map(|line| format!("<w:p><w:r><w:t>{}</w:t></w:r></w:p>", escape(line)))
        .collect();
    let paragraphs = paragraphs.concat();
    let document = format!("<w:document xmlns:w=\"w\"><w:body>{paragraphs}</w:body></w:document>");
    let pointer = "<Relationships><Relationship Type=\"x/officeDocument\" Target=\"/word/document2.xml\"/></Relationships>";
    let mut bytes = Vec::new();
    let mut archive = rawzip::ZipArchiveWriter::new(&mut bytes);
    for (name, content) in [
        ("_rels/.rels", pointer),
        ("word/document2.xml", document.as_str()),
    ] {
        let (mut entry, config) = archive.new_file(name).start().unwrap();
        let mut writer = config.wrap(&mut entry);
        writer.write_all(content.as_bytes()).unwrap();
        let (_, descriptor) = writer.finish().unwrap();
        entry.finish(descriptor).unwrap();
    }
    archive.finish().unwrap();
    bytes
}
