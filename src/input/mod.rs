//! Files as people have them: bytes in, text and its [`Source`](crate::Source) out.
//!
//! | file | text | `extracted_from` |
//! |---|---|---|
//! | plain text | decoded, otherwise untouched | absent |
//! | an HTML page, or text with stray tags (feature `html`) | decoded, then the text of the page | `html` |
//! | DOCX (feature `docx`) | that of its paragraphs and tables | `docx` |
//! | anything else that its first bytes tell | refused: [`Error::Binary`] names the next step | |
//!
//! The [format] room recognises files; each format that is read has a room with one function `read`.
//! Lengths and digests are those of the file, spans count in the text.

#[cfg(feature = "docx")]
mod docx;
mod format;
#[cfg(feature = "html")]
mod html;
#[cfg(any(feature = "docx", feature = "html"))]
mod number;
#[cfg(any(feature = "docx", feature = "html"))]
mod table;

use crate::Error;
use crate::decode::{self, Decoded};
use format::Format;

/// Reads the text of a document out of its bytes, whatever its encoding and format.
///
/// ```
/// let decoded = gongwen::decode(b"\xB9\xD8\xD3\xDA\xB4\xBA\xB8\xFB\xB5\xC4\xCD\xA8\xD6\xAA")?;
/// assert_eq!(decoded.text, "关于春耕的通知");
/// assert_eq!(decoded.source.encoding, "gb18030");
/// # Ok::<(), gongwen::Error>(())
/// ```
///
/// # Errors
/// [`Error::Binary`] where the bytes are no text and of no format that is read, [`Error::Length`]
/// where the text is 4 GiB or more.
pub fn decode(bytes: &[u8]) -> Result<Decoded<'_>, Error> {
    read(bytes, decode::decode)
}

/// Reads the text of a document in the encoding that a WHATWG label names, such as `gbk`. A byte
/// order mark of that encoding is left out; a DOCX file has an encoding of its own.
///
/// # Errors
/// [`Error::Label`] where the label is unknown, [`Error::Mismatch`] where over a quarter of the
/// characters would be malformed, and those of [`decode`].
pub fn decode_as<'b>(bytes: &'b [u8], label: &str) -> Result<Decoded<'b>, Error> {
    read(bytes, |bytes| decode::decode_as(bytes, label))
}

/// The first bytes of a text, so many at most, in whole characters.
fn start_of(text: &str, length: usize) -> &str {
    let end = (0..=length.min(text.len()))
        .rev()
        .find(|&end| text.is_char_boundary(end));
    &text[..end.unwrap_or(0)]
}

fn read<'b>(
    bytes: &'b [u8],
    decode: impl FnOnce(&'b [u8]) -> Result<Decoded<'b>, Error>,
) -> Result<Decoded<'b>, Error> {
    let format = Format::of(bytes);
    #[cfg(feature = "docx")]
    if let Format::Docx = format {
        return decode::extracted(bytes, docx::read(bytes)?, "docx");
    }
    if let Some(error) = format.refusal() {
        return Err(error);
    }
    let decoded = decode(bytes)?;
    if let Some(error) = Format::of_text(&decoded.text).refusal() {
        return Err(error);
    }
    #[cfg(feature = "html")]
    let decoded = read_markup(decoded)?;
    Ok(decoded)
}

/// The text of markup; other text stays as it is.
#[cfg(feature = "html")]
fn read_markup(decoded: Decoded<'_>) -> Result<Decoded<'_>, Error> {
    if !html::is_markup(&decoded.text) {
        return Ok(decoded);
    }
    let text = html::read(&decoded.text).ok_or(Error::Binary {
        what: "an HTML page of over 16 MB, or nested too deeply",
        next: "save it as text from a browser first",
    })?;
    let mut decoded = decoded;
    decoded.text = text.into();
    decoded.source.extracted_from = Some("html".into());
    Ok(decoded)
}
