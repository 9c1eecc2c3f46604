//! What a file is, by its first bytes and, for those that are text, by what it begins with.
//!
//! In: bytes, or text. Out: the reader for them, or what they are and how to get at their text.
//! A new format is a row here and, where it is to be read, a room beside this one.

use crate::Error;

/// What bytes are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Format {
    /// Text in some encoding, HTML included.
    Text,
    Docx,
    /// A format that is not read.
    Foreign {
        what: &'static str,
        next: &'static str,
    },
}

impl Format {
    /// Recognises bytes.
    pub(super) fn of(bytes: &[u8]) -> Self {
        let holds = |signature: &&Signature| {
            let (at, mark) = (signature.0, signature.1);
            bytes.get(at..).is_some_and(|bytes| bytes.starts_with(mark))
        };
        match SIGNATURES.iter().find(holds) {
            None => Self::Text,
            Some(Signature(_, _, Kind::Zip)) => of_zip(bytes),
            Some(Signature(_, _, Kind::Ole)) => of_ole(bytes),
            Some(&Signature(_, _, Kind::Other(what, next))) => Self::Foreign { what, next },
        }
    }

    /// Recognises text that only carries a document.
    pub(super) fn of_text(text: &str) -> Self {
        let start = super::start_of(text, 2048);
        if start.starts_with("MIME-Version:") && start.contains("multipart/related") {
            foreign("a web archive (MHT)", CONVERT)
        } else if start.contains("progid=\"Word.Document\"") {
            foreign("a Word 2003 XML file", CONVERT)
        } else {
            Self::Text
        }
    }
}

impl Format {
    /// Why the format is not read; none where it is text.
    pub(super) fn refusal(self) -> Option<Error> {
        let (what, next) = match self {
            Self::Text => return None,
            Self::Foreign { what, next } => (what, next),
            Self::Docx => (
                "a DOCX file",
                "save it as text first, or build gongwen with its `docx` feature",
            ),
        };
        Some(Error::Binary { what, next })
    }
}

/// Where a mark stands, the mark, what has it.
struct Signature(usize, &'static [u8], Kind);

enum Kind {
    /// One of the formats that are ZIP archives.
    Zip,
    /// One of the formats that are compound files.
    Ole,
    Other(&'static str, &'static str),
}

const CONVERT: &str = "convert it first, for example with `soffice --convert-to docx`";
const CONVERT_SHEET: &str =
    "save the sheet as text first, for example with `soffice --convert-to csv`";
const DECRYPT: &str = "open it with its password and save it without one";
const EXPORT: &str = "export its text, or save it as DOCX, in the program that reads it";
const RECOGNISE: &str = "recognise its text (OCR) first, for example with `tesseract -l chi_sim`";
const UNPACK: &str = "unpack it first";
const PDF: &str = "extract its text first, for example with `pdftotext -layout`; \
                   where it is a scan, recognise it (OCR) first, for example with `ocrmypdf -l chi_sim`";

const SIGNATURES: &[Signature] = &[
    Signature(0, b"PK\x03\x04", Kind::Zip),
    Signature(0, b"PK\x05\x06", Kind::Zip),
    Signature(0, b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1", Kind::Ole),
    Signature(0, b"%PDF-", Kind::Other("a PDF", PDF)),
    Signature(0, b"{\\rtf", Kind::Other("an RTF file", CONVERT)),
    Signature(
        0,
        b"\x89PNG\r\n\x1A\n",
        Kind::Other("a PNG image", RECOGNISE),
    ),
    Signature(0, b"\xFF\xD8\xFF", Kind::Other("a JPEG image", RECOGNISE)),
    Signature(0, b"GIF8", Kind::Other("a GIF image", RECOGNISE)),
    Signature(0, b"II*\0", Kind::Other("a TIFF image", RECOGNISE)),
    Signature(0, b"MM\0*", Kind::Other("a TIFF image", RECOGNISE)),
    Signature(8, b"WEBP", Kind::Other("a WebP image", RECOGNISE)),
    Signature(4, b"ftyphei", Kind::Other("a HEIC image", RECOGNISE)),
    Signature(0, b"AT&TFORM", Kind::Other("a DjVu scan", RECOGNISE)),
    Signature(0, b"\x1F\x8B", Kind::Other("gzip data", UNPACK)),
    Signature(0, b"BZh", Kind::Other("bzip2 data", UNPACK)),
    Signature(0, b"\xFD7zXZ\0", Kind::Other("xz data", UNPACK)),
    Signature(0, b"\x28\xB5\x2F\xFD", Kind::Other("zstd data", UNPACK)),
    Signature(
        0,
        b"7z\xBC\xAF\x27\x1C",
        Kind::Other("a 7z archive", UNPACK),
    ),
    Signature(0, b"Rar!\x1A\x07", Kind::Other("a RAR archive", UNPACK)),
    Signature(257, b"ustar", Kind::Other("a tar archive", UNPACK)),
    Signature(0, b"\x7FELF", Kind::Other("a program", "give a document")),
    Signature(
        0,
        b"SQLite format 3\0",
        Kind::Other("an SQLite database", "export its texts first"),
    ),
];

fn foreign(what: &'static str, next: &'static str) -> Format {
    Format::Foreign { what, next }
}

/// What a ZIP archive is, by the names of its files.
fn of_zip(bytes: &[u8]) -> Format {
    let names = names_in_zip(bytes);
    let holds = |start: &[u8]| names.iter().any(|name| name.starts_with(start));
    if holds(b"word/") {
        Format::Docx
    } else if holds(b"xl/") {
        foreign("an XLSX workbook", CONVERT_SHEET)
    } else if holds(b"ppt/") {
        foreign("a PPTX presentation", CONVERT)
    } else if holds(b"OFD.xml") {
        foreign("an OFD file", EXPORT)
    } else if holds(b"content.xml") && holds(b"mimetype") {
        foreign("an OpenDocument file (ODT)", CONVERT)
    } else {
        foreign("a ZIP archive", UNPACK)
    }
}

/// The names in the central directory of a ZIP archive, some thousands at most.
fn names_in_zip(bytes: &[u8]) -> Vec<&[u8]> {
    let number = |at: usize, length: usize| {
        let bytes = bytes.get(at..at + length)?;
        Some(
            bytes
                .iter()
                .rev()
                .fold(0_usize, |sum, &byte| sum << 8 | usize::from(byte)),
        )
    };
    let tail = bytes.len().saturating_sub(66_000);
    let end = bytes[tail..]
        .windows(4)
        .rposition(|window| window == b"PK\x05\x06");
    let mut names = Vec::new();
    let mut next = end.and_then(|end| number(tail + end + 16, 4));
    while let Some(at) = next.filter(|_| names.len() < 10_000) {
        next = None;
        if bytes
            .get(at..)
            .is_some_and(|entry| entry.starts_with(b"PK\x01\x02"))
            && let (Some(name), Some(extra), Some(comment)) =
                (number(at + 28, 2), number(at + 30, 2), number(at + 32, 2))
        {
            names.extend(bytes.get(at + 46..at + 46 + name));
            next = Some(at + 46 + name + extra + comment);
        }
    }
    names
}

/// What a compound file is, by the names of its streams, which are UTF-16.
fn of_ole(bytes: &[u8]) -> Format {
    let holds = |name: &str| {
        let name: Vec<u8> = name.encode_utf16().flat_map(u16::to_le_bytes).collect();
        bytes.windows(name.len()).any(|window| window == name)
    };
    if holds("EncryptedPackage") {
        foreign("an encrypted Office file", DECRYPT)
    } else if holds("WordDocument") {
        foreign("a Word or WPS file in the old format (DOC, WPS)", CONVERT)
    } else if holds("Workbook") {
        foreign("an Excel file in the old format (XLS)", CONVERT_SHEET)
    } else {
        foreign("an Office file in an old format (DOC, WPS, PPT)", CONVERT)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(bytes: &[u8], expected: &str) {
        match Format::of(bytes) {
            Format::Foreign { what, next } => {
                assert_eq!(what, expected);
                assert!(!next.is_empty() && !next.ends_with('.'));
            }
            format => assert_eq!(format!("{format:?}"), expected),
        }
    }

    /// A central directory that lists one name.
    fn zip(name: &str) -> Vec<u8> {
        let mut bytes = b"PK\x03\x04".to_vec();
        let directory = bytes.len() as u32;
        bytes.extend(b"PK\x01\x02");
        bytes.extend([0; 24]);
        bytes.extend((name.len() as u16).to_le_bytes());
        bytes.extend([0; 16]);
        bytes.extend(name.as_bytes());
        bytes.extend(b"PK\x05\x06");
        bytes.extend([0; 12]);
        bytes.extend(directory.to_le_bytes());
        bytes.extend([0; 2]);
        bytes
    }

    #[test]
    fn first_bytes_tell() {
        check(b"", "Text");
        check("关于春耕的通知".as_bytes(), "Text");
        check(b"<html>", "Text");
        check(b"%PDF-1.7", "a PDF");
        check(b"{\\rtf1\\ansi", "an RTF file");
        check(b"\xFF\xD8\xFF\xE0", "a JPEG image");
        check(b"RIFF\x01\x02\x03\x04WEBP", "a WebP image");
        check(b"\x1F\x8B\x08", "gzip data");
    }

    #[test]
    fn names_in_archives_tell() {
        check(&zip("word/document.xml"), "Docx");
        check(&zip("xl/workbook.xml"), "an XLSX workbook");
        check(&zip("OFD.xml"), "an OFD file");
        check(&zip("通知.txt"), "a ZIP archive");
        check(b"PK\x03\x04word/document.xml", "a ZIP archive");
        check(b"PK\x05\x06", "a ZIP archive");
    }

    #[test]
    fn streams_of_compound_files_tell() {
        let ole = |name: &str| {
            let mut bytes = b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1\0\0\0".to_vec();
            bytes.extend(name.encode_utf16().flat_map(u16::to_le_bytes));
            bytes
        };
        check(
            &ole("WordDocument"),
            "a Word or WPS file in the old format (DOC, WPS)",
        );
        check(&ole("EncryptedPackage"), "an encrypted Office file");
        check(&ole("Workbook"), "an Excel file in the old format (XLS)");
        check(&ole(""), "an Office file in an old format (DOC, WPS, PPT)");
    }

    #[test]
    fn text_may_carry_a_document() {
        let mht = "MIME-Version: 1.0\nContent-Type: multipart/related; boundary=x\n";
        assert!(matches!(Format::of_text(mht), Format::Foreign { .. }));
        assert_eq!(
            Format::of_text("关于印发《多部门联合工作规则》的通知"),
            Format::Text
        );
    }
}
