//! Bytes in, text and its [`Source`] out.
//!
//! The encoding is decided by the first line of this table that holds. General detectors fail on
//! exactly these cases, and official documents come in a closed set: UTF-8, UTF-16, GB18030 (which
//! contains GBK and GB 2312), Big5.
//!
//! | what the bytes show | encoding | `encoding_from` |
//! |---|---|---|
//! | the caller gave a label | that one | `given` |
//! | a byte order mark | UTF-8, UTF-16LE, UTF-16BE | `bom` |
//! | a NUL near the start, and UTF-16 reads as Chinese or Latin text | UTF-16LE or UTF-16BE | `detected` |
//! | valid UTF-8 | UTF-8 | `detected` |
//! | over 20 good multi-byte characters to each bad run | UTF-8 | `detected` |
//! | `charset=` or `encoding=` near the start, decoding without a fault | that one | `declared` |
//! | otherwise | the one of the set that reads best | `detected` |
//!
//! "Reads best" counts frequent characters and punctuation against characters that no text has.
//! Valid UTF-8 is borrowed; everything else is decoded once, each malformed sequence shown as
//! U+FFFD and counted. Every decision looks at 64 KiB at most, the two validity checks apart.

use std::borrow::Cow;

use encoding_rs::{BIG5, DecoderResult, Encoding, GB18030, GBK, UTF_8, UTF_16BE, UTF_16LE};
use sha2::{Digest, Sha256};

use crate::{EncodingFrom, Error, Offsets, Source};

mod frequent;

/// A text, and what is known of the bytes that it came from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Decoded<'b> {
    /// The text without its byte order mark.
    pub text: Cow<'b, str>,
    /// Encoding, length and digest of the bytes.
    pub source: Source<'static>,
}

/// Decodes bytes that are text, whatever its encoding.
pub fn decode(bytes: &[u8]) -> Result<Decoded<'_>, Error> {
    let guess = detect(bytes)?;
    let (text, replaced) = read(guess.encoding, &bytes[guess.mark..]);
    if mostly_malformed(&text, replaced) {
        return Err(NO_TEXT);
    }
    conclude(bytes, text, replaced, guess.encoding, guess.from)
}

/// Decodes bytes that are text in the encoding that a WHATWG label names. A byte order mark of that
/// encoding is left out.
pub fn decode_as<'b>(bytes: &'b [u8], label: &str) -> Result<Decoded<'b>, Error> {
    let encoding = encoding_of(label)?;
    let mark = match Encoding::for_bom(bytes) {
        Some((marked, length)) if marked == encoding => length,
        _ => 0,
    };
    let (text, replaced) = read(encoding, &bytes[mark..]);
    if mostly_malformed(&text, replaced) {
        return Err(Error::Mismatch {
            encoding: encoding.name(),
        });
    }
    let start = &text.as_bytes()[..text.len().min(WINDOW)];
    if mostly_control(start) {
        return Err(NO_TEXT);
    }
    conclude(bytes, text, replaced, encoding, EncodingFrom::Given)
}

/// A text that was extracted from the bytes of a format that says its own encoding.
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

/// How much of a document a decision looks at.
const WINDOW: usize = 64 * 1024;

struct Guess {
    encoding: &'static Encoding,
    from: EncodingFrom,
    /// Length of the byte order mark.
    mark: usize,
}

fn detect(bytes: &[u8]) -> Result<Guess, Error> {
    let detected = |encoding| Guess {
        encoding,
        from: EncodingFrom::Detected,
        mark: 0,
    };
    if let Some((encoding, mark)) = Encoding::for_bom(bytes) {
        return Ok(Guess {
            encoding,
            from: EncodingFrom::Bom,
            mark,
        });
    }
    let start = &bytes[..bytes.len().min(WINDOW)];
    if start.contains(&0)
        && let Some(encoding) = detect_utf16(start)
    {
        return Ok(detected(encoding));
    }
    if mostly_control(start) {
        return Err(NO_TEXT);
    }
    let valid = Encoding::utf8_valid_up_to(bytes);
    if valid == bytes.len() {
        return Ok(detected(UTF_8));
    }
    let window = telling_window(bytes);
    let (good, bad) = utf8_runs(window);
    if good > 20 * bad {
        return Ok(detected(UTF_8));
    }
    if let Some(encoding) = declared(start).filter(|encoding| decodes(encoding, bytes)) {
        return Ok(Guess {
            encoding,
            from: EncodingFrom::Declared,
            mark: 0,
        });
    }
    let best = [GB18030, BIG5, UTF_8, UTF_16LE, UTF_16BE]
        .into_iter()
        .rev() // `max_by_key` takes the last of equals
        .max_by_key(|encoding| score(encoding, window).points);
    Ok(detected(best.unwrap_or(GB18030)))
}

/// The first stretch that can tell the encodings apart: from the first byte that is not ASCII.
fn telling_window(bytes: &[u8]) -> &[u8] {
    let from = Encoding::ascii_valid_up_to(bytes) & !1; // whole units of UTF-16
    &bytes[from..bytes.len().min(from + WINDOW)]
}

fn detect_utf16(start: &[u8]) -> Option<&'static Encoding> {
    [UTF_16LE, UTF_16BE]
        .into_iter()
        .map(|encoding| (encoding, score(encoding, start)))
        .filter(|(_, score)| score.points * 4 > score.characters)
        .max_by_key(|(_, score)| score.points)
        .map(|(encoding, _)| encoding)
}

/// Good multi-byte characters and runs of bytes that are no UTF-8.
fn utf8_runs(window: &[u8]) -> (usize, usize) {
    window.utf8_chunks().fold((0, 0), |(good, bad), chunk| {
        let leads = chunk.valid().bytes().filter(|&byte| byte >= 0xC0).count();
        (good + leads, bad + usize::from(!chunk.invalid().is_empty()))
    })
}

/// `<meta charset="gb2312">`, `<?xml … encoding="GBK"?>`: an encoding of several bytes a character,
/// as Western ones decode anything, and UTF-16 can't be declared in ASCII.
fn declared(start: &[u8]) -> Option<&'static Encoding> {
    let start = start[..start.len().min(4096)].to_ascii_lowercase();
    [&b"charset="[..], b"encoding="]
        .into_iter()
        .find_map(|key| {
            let at = start.windows(key.len()).position(|window| window == key)? + key.len();
            let label = start[at..].trim_ascii_start();
            let label = label
                .strip_prefix(b"\"")
                .or_else(|| label.strip_prefix(b"'"))
                .unwrap_or(label);
            let ends = |byte: &u8| !byte.is_ascii_alphanumeric() && !b"-_:".contains(byte);
            let label = &label[..label.iter().position(ends).unwrap_or(label.len())];
            encoding_of(std::str::from_utf8(label).ok()?)
                .ok()
                .filter(|&found| !found.is_single_byte() && found.is_ascii_compatible())
        })
}

fn decodes(encoding: &'static Encoding, bytes: &[u8]) -> bool {
    encoding
        .decode_without_bom_handling_and_without_replacement(bytes)
        .is_some()
}

/// How well a reading looks like Chinese text.
struct Score {
    points: i64,
    characters: i64,
}

fn score(encoding: &'static Encoding, window: &[u8]) -> Score {
    let mut score = Score {
        points: 0,
        characters: 0,
    };
    let (text, _) = read(encoding, window);
    for c in text.chars() {
        score.characters += 1;
        score.points += match c {
            '\t' | '\n' | '\r' | ' '..='~' => 1,
            '\0'..='\u{1F}' | '\u{7F}'..='\u{9F}' => -1, // C0, C1
            '\u{E000}'..='\u{F8FF}' | '\u{FFF0}'..='\u{FFFF}' => -1, // private use, U+FFFD
            '、' | '。' | '〇' | '《' | '》' | '〔' | '〕' | '“' | '”' | '\u{3000}' => 1,
            '！' | '（' | '）' | '，' | '：' | '；' | '０'..='９' => 1,
            _ => i64::from(frequent::is_frequent(c)),
        };
    }
    score
}

/// Decodes all of the bytes; valid UTF-8 is borrowed. The number counts malformed sequences.
fn read<'b>(encoding: &'static Encoding, bytes: &'b [u8]) -> (Cow<'b, str>, u64) {
    if encoding == UTF_8
        && let Ok(text) = std::str::from_utf8(bytes)
    {
        return (Cow::Borrowed(text), 0);
    }
    let mut decoder = encoding.new_decoder_without_bom_handling();
    let mut text = String::with_capacity(bytes.len() + bytes.len() / 2 + 16);
    let (mut at, mut replaced) = (0, 0);
    loop {
        let (result, read) =
            decoder.decode_to_string_without_replacement(&bytes[at..], &mut text, true);
        at += read;
        match result {
            DecoderResult::InputEmpty => break,
            DecoderResult::OutputFull => text.reserve(bytes.len() - at + 16),
            DecoderResult::Malformed(..) => {
                if text.capacity() - text.len() < 3 {
                    text.reserve(bytes.len() - at + 16);
                }
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

/// Whether over a tenth are bytes that no text has, in any encoding whose characters contain ASCII.
fn mostly_control(start: &[u8]) -> bool {
    let control = |&&byte: &&u8| matches!(byte, 0..=8 | 14..=31 | 127);
    start.iter().filter(control).count() * 10 > start.len()
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
