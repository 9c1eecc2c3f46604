//! The only things that fail are at the door: bytes that are no text, and what the caller gives.
//!
//! Parsing itself never fails: what is odd about a text becomes a [`Diagnostic`](crate::Diagnostic).

use std::fmt;

/// Why there is no text to read; the sentence names the next step.
///
/// ```
/// let error = gongwen::decode(b"\x1F\x8B\x08\x00").unwrap_err();
/// assert_eq!(error.to_string(), "gzip data, no text: unpack it first");
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Error {
    /// Bytes of a file format that holds no plain text.
    Binary {
        /// What they are: `a PDF`.
        what: &'static str,
        /// What to do instead.
        next: &'static str,
    },
    /// The label names no encoding of the WHATWG Encoding Standard.
    Label(String),
    /// More than a quarter of the characters are malformed in the encoding that the caller gave, or the bytes
    /// are Chinese in UTF-8 and it is another.
    Mismatch {
        /// Its WHATWG label.
        encoding: &'static str,
    },
    /// The text is as long as this many bytes, and offsets end at 4 GiB.
    Length(u64),
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Binary { what, next } => write!(f, "{what}, no text: {next}"),
            Self::Label(label) => write!(
                f,
                "`{label}` names no encoding: give a WHATWG label such as utf-8, gb18030, big5, or utf-16le, \
                 or none to have it detected"
            ),
            Self::Mismatch { encoding } => write!(
                f,
                "the bytes are not {encoding}: give another encoding, or none to have it detected"
            ),
            Self::Length(bytes) => write!(
                f,
                "a text of {bytes} bytes, and 4 GiB is the limit: split it into its documents first"
            ),
        }
    }
}

impl std::error::Error for Error {}
