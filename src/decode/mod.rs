//! Bytes in, text and its [`Source`] out.
//! Valid UTF-8 is borrowed; everything else is decoded once, each malformed sequence shown as U+FFFD
//! and counted. [`detect`] says how the encoding is found.

use std::borrow::Cow;

use encoding_rs::{DecoderResult, Encoding, GB18030, GBK, UTF_8};
use sha2::{Digest, Sha256};

use crate::{EncodingFrom, Error, Offsets, Source};

mod detect;
mod frequent;

use detect::{byte_order_mark, detect, mostly_control};

/// A text, and what is known of the bytes that it came from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Decoded<'b> {
    /// The text without its byte order mark.
    pub text: Cow<'b, str>,
    /// Encoding, length and digest of the bytes.
    pub source: Source<'static>,
}

/// Decodes bytes that are text, whatever its encoding; fails where they are none.
pub fn decode(bytes: &[u8]) -> Result<Decoded<'_>, Error> {
    let guess = detect(bytes)?;
    let (text, replaced) = match guess.text {
        Some(text) => (Cow::Borrowed(text), 0),
        None => read(guess.encoding, guess.bytes),
    };
    if mostly_malformed(&text, replaced) {
        return Err(NO_TEXT);
    }
    conclude(bytes, text, replaced, guess.encoding, guess.from)
}

/// Decodes bytes that are text in the encoding that a WHATWG label names. A byte order mark of that
/// encoding is left out.
pub fn decode_as<'b>(bytes: &'b [u8], label: &str) -> Result<Decoded<'b>, Error> {
    let encoding = encoding_of(label)?;
    let mark = byte_order_mark(bytes)
        .filter(|&(marked, _)| marked == encoding)
        .map_or(0, |(_, length)| length);
    let (text, replaced) = read(encoding, &bytes[mark..]);
    if mostly_malformed(&text, replaced) || !encoding.is_single_byte() && is_utf8(bytes, &text) {
        return Err(Error::Mismatch {
            encoding: encoding.name(),
        });
    }
    if mostly_control(text.as_bytes()) {
        return Err(NO_TEXT);
    }
    conclude(bytes, text, replaced, encoding, EncodingFrom::Given)
}

/// A text that was extracted from the bytes of a format that says its own encoding.
#[cfg(feature = "docx")]
pub fn extracted<'b>(
    bytes: &[u8],
    text: String,
    format: &'static str,
) -> Result<Decoded<'b>, Error> {
    let mut decoded = conclude(bytes, text.into(), 0, UTF_8, EncodingFrom::Declared)?;
    decoded.source.extracted_from = Some(format.into());
    Ok(decoded)
}

/// The encoding of a WHATWG label; GBK and GB 2312 are read as GB18030, which contains them.
pub(crate) fn encoding_of(label: &str) -> Result<&'static Encoding, Error> {
    Encoding::for_label_no_replacement(label.as_bytes())
        .map(|encoding| if encoding == GBK { GB18030 } else { encoding })
        .ok_or_else(|| Error::Label(label.to_owned()))
}

const NO_TEXT: Error = Error::Binary {
    what: "binary data",
    next: "give a text file, or its encoding where it is one",
};

/// Bytes of text that are decoded at once.
const PIECE: usize = 16 * 1024;

/// Decodes all of the bytes; valid UTF-8 is borrowed. The number counts malformed sequences.
fn read<'b>(encoding: &'static Encoding, bytes: &'b [u8]) -> (Cow<'b, str>, u64) {
    if encoding == UTF_8
        && let Ok(text) = simdutf8::basic::from_utf8(bytes)
    {
        return (Cow::Borrowed(text), 0);
    }
    let mut decoder = encoding.new_decoder_without_bom_handling();
    let mut text = String::with_capacity(bytes.len() + bytes.len() / 2);
    // The decoder touches each page of the room that it is given, at each malformed sequence anew.
    let mut piece = String::with_capacity(PIECE);
    let (mut at, mut replaced) = (0, 0);
    loop {
        let (result, read) =
            decoder.decode_to_string_without_replacement(&bytes[at..], &mut piece, true);
        at += read;
        text.push_str(&piece);
        piece.clear();
        match result {
            DecoderResult::InputEmpty => break,
            DecoderResult::OutputFull => {}
            DecoderResult::Malformed(..) => {
                text.push(char::REPLACEMENT_CHARACTER);
                replaced += 1;
            }
        }
    }
    (Cow::Owned(text), replaced)
}

fn mostly_malformed(text: &str, replaced: u64) -> bool {
    replaced > 0 && replaced * 4 > text.chars().count() as u64
}

/// Whether bytes that were decoded as something else are Chinese in UTF-8: its three bytes a character
/// are hardly ever the two of another encoding.
fn is_utf8(bytes: &[u8], decoded: &str) -> bool {
    let is_ideograph = |ch: &char| matches!(ch, '\u{4e00}'..='\u{9fff}');
    decoded.as_bytes() != bytes
        && simdutf8::basic::from_utf8(bytes)
            .is_ok_and(|text| text.chars().filter(is_ideograph).nth(7).is_some())
}

fn conclude<'b>(
    bytes: &[u8],
    text: Cow<'b, str>,
    replaced: u64,
    encoding: &'static Encoding,
    encoding_from: EncodingFrom,
) -> Result<Decoded<'b>, Error> {
    within_offsets(text.len() as u64)?;
    let source = Source {
        name: None,
        encoding: encoding.name().into(),
        encoding_from,
        bytes: bytes.len() as u64,
        sha256: Some(sha256(bytes).into()),
        replaced,
        offsets: Offsets::Bytes,
        extracted_from: None,
    };
    Ok(Decoded { text, source })
}

/// Offsets are `u32`.
fn within_offsets(length: u64) -> Result<(), Error> {
    if length > u64::from(u32::MAX) {
        Err(Error::Length(length))
    } else {
        Ok(())
    }
}

fn sha256(bytes: &[u8]) -> String {
    const DIGITS: &[u8; 16] = b"0123456789abcdef";
    let digit = |nibble: u8| char::from(DIGITS[usize::from(nibble)]);
    Sha256::digest(bytes)
        .iter()
        .flat_map(|byte| [digit(byte >> 4), digit(byte & 15)])
        .collect()
}

#[cfg(test)]
mod tests {
    use encoding_rs::BIG5;

    use super::*;

    const SIMPLIFIED: &str =
        "关于做好春耕备耕工作的通知\n一、抓好种子供应。(牵头单位:省农业农村厅)\n";
    const TRADITIONAL: &str =
        "關於做好春耕備耕工作的通知\n一、抓好種子供應。（牽頭單位：省農業廳）\n";

    fn utf16(text: &str, order: fn(u16) -> [u8; 2]) -> Vec<u8> {
        text.encode_utf16().flat_map(order).collect()
    }

    fn gb18030(text: &str) -> Vec<u8> {
        GB18030.encode(text).0.into_owned()
    }

    fn big5(text: &str) -> Vec<u8> {
        BIG5.encode(text).0.into_owned()
    }

    fn marked(mark: &[u8], bytes: Vec<u8>) -> Vec<u8> {
        [mark.to_vec(), bytes].concat()
    }

    /// `expected`: encoding, how it was found, malformed sequences.
    #[track_caller]
    fn check(bytes: &[u8], text: &str, expected: (&str, EncodingFrom, u64)) {
        let decoded = decode(bytes).unwrap();
        assert_eq!(decoded.text, text);
        let source = decoded.source;
        assert_eq!(
            (&*source.encoding, source.encoding_from, source.replaced),
            expected
        );
        assert_eq!(source.bytes, bytes.len() as u64);
    }

    #[track_caller]
    fn check_refused(bytes: &[u8], sentence: &str) {
        assert_eq!(decode(bytes).unwrap_err().to_string(), sentence);
    }

    #[test]
    fn every_encoding_without_a_mark() {
        use EncodingFrom::Detected;
        check(b"", "", ("UTF-8", Detected, 0));
        check(SIMPLIFIED.as_bytes(), SIMPLIFIED, ("UTF-8", Detected, 0));
        check(&gb18030(SIMPLIFIED), SIMPLIFIED, ("gb18030", Detected, 0));
        check(&big5(TRADITIONAL), TRADITIONAL, ("Big5", Detected, 0));
        check(&gb18030(TRADITIONAL), TRADITIONAL, ("gb18030", Detected, 0));
        for text in [
            SIMPLIFIED,
            TRADITIONAL,
            "Notice\n",
            "一、一\n",
            "单行没有换行的通知",
        ] {
            check(
                &utf16(text, u16::to_le_bytes),
                text,
                ("UTF-16LE", Detected, 0),
            );
            check(
                &utf16(text, u16::to_be_bytes),
                text,
                ("UTF-16BE", Detected, 0),
            );
        }
    }

    #[test]
    fn every_byte_order_mark_is_left_out() {
        use EncodingFrom::Bom;
        check(
            &marked(b"\xEF\xBB\xBF", SIMPLIFIED.into()),
            SIMPLIFIED,
            ("UTF-8", Bom, 0),
        );
        let little = utf16(SIMPLIFIED, u16::to_le_bytes);
        check(
            &marked(b"\xFF\xFE", little),
            SIMPLIFIED,
            ("UTF-16LE", Bom, 0),
        );
        let big = utf16(SIMPLIFIED, u16::to_be_bytes);
        check(&marked(b"\xFE\xFF", big), SIMPLIFIED, ("UTF-16BE", Bom, 0));
        check(
            &marked(b"\x84\x31\x95\x33", gb18030(SIMPLIFIED)),
            SIMPLIFIED,
            ("gb18030", Bom, 0),
        );
    }

    #[test]
    fn short_texts() {
        for text in ["通知如下", "各县区政府", "省政府办公厅", "一、总体要求"]
        {
            check(&gb18030(text), text, ("gb18030", EncodingFrom::Detected, 0));
        }
        for text in ["通知如下", "各縣區政府", "省政府辦公廳", "一、總體要求"]
        {
            check(&big5(text), text, ("Big5", EncodingFrom::Detected, 0));
        }
    }

    #[test]
    fn damage_is_shown_and_counted() {
        let notice = SIMPLIFIED.repeat(4);
        let (mut bytes, mut text) = (notice.clone().into_bytes(), notice.clone());
        bytes[0] = 0xFF; // leaves two continuation bytes behind
        text.replace_range(0..3, "\u{FFFD}\u{FFFD}\u{FFFD}");
        check(&bytes, &text, ("UTF-8", EncodingFrom::Detected, 3));

        let cut = &notice.as_bytes()[..notice.len() - 2];
        let text = notice.trim_end_matches('\n').strip_suffix(')').unwrap();
        check(
            &[text.as_bytes(), b"\xE5"].concat(),
            &format!("{text}\u{FFFD}"),
            ("UTF-8", EncodingFrom::Detected, 1),
        );
        assert_eq!(decode(cut).unwrap().text, text);

        let bytes = [gb18030(SIMPLIFIED), b"\xFF".to_vec()].concat();
        check(
            &bytes,
            &format!("{SIMPLIFIED}\u{FFFD}"),
            ("gb18030", EncodingFrom::Detected, 1),
        );
        let bytes = ["春耕的通知".as_bytes(), b"\xE7\x9C"].concat();
        check(
            &bytes,
            "春耕的通知\u{FFFD}",
            ("UTF-8", EncodingFrom::Detected, 1),
        );
        let bytes = marked(
            b"\xFF\xFE",
            [utf16("春耕", u16::to_le_bytes), vec![0x00, 0xD8, b'\n', 0]].concat(),
        );
        check(&bytes, "春耕\u{FFFD}\n", ("UTF-16LE", EncodingFrom::Bom, 1));
    }

    #[test]
    fn what_the_text_itself_holds_is_no_damage() {
        let text = "省政府\u{FFFD}办公厅";
        check(text.as_bytes(), text, ("UTF-8", EncodingFrom::Detected, 0));
        let text = "省政府\0办公厅\n各市、县人民政府";
        check(text.as_bytes(), text, ("UTF-8", EncodingFrom::Detected, 0));
    }

    #[test]
    fn a_declared_charset_decides_between_the_rest() {
        use EncodingFrom::{Declared, Detected};
        for head in [
            "<meta charset='GB2312'>",
            "<META content=\"text/html; charset=gbk\">",
            "<?xml encoding=\"GB18030\"?>",
        ] {
            let page = format!("{head}关于龘靐齉爩的通知");
            check(&gb18030(&page), &page, ("gb18030", Declared, 0));
        }
        for label in ["iso-8859-1", "windows-1252", "utf-16", "klingon", ""] {
            let page = format!("<meta charset={label}>关于春耕的通知");
            check(&gb18030(&page), &page, ("gb18030", Detected, 0));
        }
        let page = format!("<meta charset=big5>{SIMPLIFIED}");
        check(&gb18030(&page), &page, ("gb18030", Detected, 0)); // reads badly as Big5
    }

    #[test]
    fn a_label_that_was_given_wins() {
        for label in ["gbk", "GB2312", "gb18030", " GBK "] {
            let bytes = gb18030(SIMPLIFIED);
            let decoded = decode_as(&bytes, label).unwrap();
            assert_eq!(decoded.text, SIMPLIFIED);
            assert_eq!(
                (&*decoded.source.encoding, decoded.source.encoding_from),
                ("gb18030", EncodingFrom::Given)
            );
        }
        assert_eq!(
            decode_as("一".as_bytes(), "windows-1252").unwrap().text,
            "ä¸€"
        );
        assert_eq!(
            decode_as(b"\xEF\xBB\xBF\xE4\xB8\x80", "utf-8")
                .unwrap()
                .text,
            "一"
        );
        assert_eq!(decode_as(b"\x00\x4E", "utf-16le").unwrap().text, "一");
        assert_eq!(
            decode_as(b"", "klingon").unwrap_err(),
            Error::Label("klingon".into())
        );
        assert_eq!(
            decode_as(b"", "hz-gb-2312").unwrap_err(),
            Error::Label("hz-gb-2312".into())
        );
        assert_eq!(
            decode_as(&gb18030(SIMPLIFIED), "utf-8").unwrap_err(),
            Error::Mismatch { encoding: "UTF-8" }
        );
        for label in ["gbk", "big5", "utf-16le", "shift_jis"] {
            let encoding = encoding_of(label).unwrap().name();
            assert_eq!(
                decode_as(SIMPLIFIED.as_bytes(), label).unwrap_err(),
                Error::Mismatch { encoding }
            );
        }
        assert_eq!(decode_as(&[0; 64], "gbk").unwrap_err(), NO_TEXT);
    }

    #[test]
    fn bytes_that_are_no_text_are_refused() {
        let sentence = NO_TEXT.to_string();
        check_refused(&[0; 1000], &sentence);
        check_refused(&[b"text".as_slice(), &[0; 1000]].concat(), &sentence);
        let mut seed = 1_u64;
        for length in (0..400).map(|run| 200 + run * 20) {
            let noise: Vec<u8> = std::iter::repeat_with(|| {
                seed = seed
                    .wrapping_mul(6_364_136_223_846_793_005)
                    .wrapping_add(1_442_695_040_888_963_407);
                (seed >> 56) as u8
            })
            .take(length)
            .collect();
            check_refused(&noise, &sentence);
        }
        check_refused(b"\xFF", &sentence);
    }

    #[test]
    fn valid_utf8_is_borrowed() {
        assert!(matches!(
            decode(SIMPLIFIED.as_bytes()).unwrap().text,
            Cow::Borrowed(_)
        ));
        let marked = marked(b"\xEF\xBB\xBF", SIMPLIFIED.into());
        assert!(matches!(decode(&marked).unwrap().text, Cow::Borrowed(_)));
    }

    #[test]
    fn the_digest_is_of_the_input() {
        let digest = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";
        assert_eq!(decode(b"").unwrap().source.sha256.as_deref(), Some(digest));
        let digest = "f1945cd6c19e56b3c1c78943ef5ec18116907a4ca1efc40a57d48ab1db7adfc5";
        assert_eq!(
            decode(b"\xEF\xBB\xBF").unwrap().source.sha256.as_deref(),
            Some(digest)
        );
    }

    #[test]
    fn offsets_end_at_four_gibibytes() {
        assert_eq!(within_offsets(u64::from(u32::MAX)), Ok(()));
        assert_eq!(within_offsets(1 << 32), Err(Error::Length(1 << 32)));
    }

    #[test]
    fn any_bytes_are_a_text_or_an_error() {
        let mut sources = vec![
            SIMPLIFIED.as_bytes().to_vec(),
            gb18030(SIMPLIFIED),
            big5(TRADITIONAL),
        ];
        sources.extend([u16::to_le_bytes, u16::to_be_bytes].map(|order| utf16(SIMPLIFIED, order)));
        let mut seed = 1_u32;
        for source in &sources {
            for end in 0..source.len() {
                let mut bytes = source[..end].to_vec();
                let _ = decode(&bytes);
                for byte in &mut bytes {
                    seed = seed.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
                    *byte ^= if seed >> 28 == 0 {
                        (seed >> 16) as u8
                    } else {
                        0
                    };
                }
                for label in ["", "utf-8", "gb18030", "big5", "utf-16le", "utf-16be"] {
                    let decoded = if label.is_empty() {
                        decode(&bytes)
                    } else {
                        decode_as(&bytes, label)
                    };
                    if let Ok(Decoded { text, source }) = decoded {
                        let shown = text.matches(char::REPLACEMENT_CHARACTER).count() as u64;
                        assert!(source.replaced <= shown, "{bytes:?}");
                        assert!(
                            source.replaced > 0 || !text.is_empty() || bytes.len() < 4,
                            "{bytes:?}"
                        );
                    }
                }
            }
        }
    }
}
