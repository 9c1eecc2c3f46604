//! File formats that hold no plain text, by their first bytes.
//!
//! In: the bytes. Out: an error that says what they are and how to get at the text, or nothing.

use crate::Error;

/// Refuses the formats of the table.
pub(super) fn refuse(bytes: &[u8]) -> Result<(), Error> {
    match FORMATS
        .iter()
        .find(|format| bytes[bytes.len().min(format.at)..].starts_with(format.mark))
    {
        Some(format) if format.what == ZIP => Err(archive(bytes)),
        Some(&Format { what, next, .. }) => Err(Error::Binary { what, next }),
        None => Ok(()),
    }
}

struct Format {
    /// Where the mark stands.
    at: usize,
    mark: &'static [u8],
    what: &'static str,
    next: &'static str,
}

const ZIP: &str = "a ZIP archive";
const UNPACK: &str = "unpack it first";
const RECOGNISE: &str = "recognise its text (OCR) first";

const FORMATS: &[Format] = &[
    Format {
        at: 0,
        mark: b"%PDF-",
        what: "a PDF",
        next: "extract its text first, for example with `pdftotext`",
    },
    Format {
        at: 0,
        mark: b"PK\x03\x04",
        what: ZIP,
        next: UNPACK,
    },
    Format {
        at: 0,
        mark: b"PK\x05\x06",
        what: ZIP,
        next: UNPACK,
    },
    Format {
        at: 0,
        mark: b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1",
        what: "an old Office file (DOC, XLS, WPS)",
        next: "save it as DOCX or text first",
    },
    Format {
        at: 0,
        mark: b"{\\rtf",
        what: "an RTF file",
        next: "save it as DOCX or text first",
    },
    Format {
        at: 0,
        mark: b"\x89PNG\r\n\x1A\n",
        what: "a PNG image",
        next: RECOGNISE,
    },
    Format {
        at: 0,
        mark: b"\xFF\xD8\xFF",
        what: "a JPEG image",
        next: RECOGNISE,
    },
    Format {
        at: 0,
        mark: b"GIF8",
        what: "a GIF image",
        next: RECOGNISE,
    },
    Format {
        at: 0,
        mark: b"II*\0",
        what: "a TIFF image",
        next: RECOGNISE,
    },
    Format {
        at: 0,
        mark: b"MM\0*",
        what: "a TIFF image",
        next: RECOGNISE,
    },
    Format {
        at: 8,
        mark: b"WEBP",
        what: "a WebP image",
        next: RECOGNISE,
    },
    Format {
        at: 0,
        mark: b"AT&TFORM",
        what: "a DjVu scan",
        next: RECOGNISE,
    },
    Format {
        at: 0,
        mark: b"\x1F\x8B",
        what: "gzip data",
        next: UNPACK,
    },
    Format {
        at: 0,
        mark: b"BZh",
        what: "bzip2 data",
        next: UNPACK,
    },
    Format {
        at: 0,
        mark: b"\xFD7zXZ\0",
        what: "xz data",
        next: UNPACK,
    },
    Format {
        at: 0,
        mark: b"\x28\xB5\x2F\xFD",
        what: "zstd data",
        next: UNPACK,
    },
    Format {
        at: 0,
        mark: b"7z\xBC\xAF\x27\x1C",
        what: "a 7z archive",
        next: UNPACK,
    },
    Format {
        at: 0,
        mark: b"Rar!\x1A\x07",
        what: "a RAR archive",
        next: UNPACK,
    },
    Format {
        at: 0,
        mark: b"\x7FELF",
        what: "a program",
        next: "give a document",
    },
    Format {
        at: 0,
        mark: b"SQLite format 3\0",
        what: "an SQLite database",
        next: "export its texts first",
    },
];

/// A ZIP archive by the names of its first files.
fn archive(bytes: &[u8]) -> Error {
    let start = &bytes[..bytes.len().min(16 * 1024)];
    let holds = |name: &[u8]| start.windows(name.len()).any(|window| window == name);
    let (what, next) = if holds(b"OFD.xml") {
        ("an OFD file", "export its text first")
    } else if holds(b"word/") {
        ("a DOCX file", "save it as text first")
    } else if holds(b"xl/") {
        ("an XLSX workbook", "save the sheet as text first")
    } else if holds(b"ppt/") {
        ("a PPTX presentation", "save it as text first")
    } else {
        (ZIP, UNPACK)
    };
    Error::Binary { what, next }
}
