//! Bytes in, the encoding that they are written in out.
//!
//! The first line of this table that holds decides. General detectors fail on
//! exactly these cases, and official documents come in a closed set: UTF-8, UTF-16, GB18030 (which
//! contains GBK and GB 2312), Big5.
//!
//! | what the bytes show | encoding | `encoding_from` |
//! |---|---|---|
//! | a byte order mark | UTF-8, UTF-16LE, UTF-16BE, GB18030 | `bom` |
//! | a NUL or many controls, and UTF-16 reads as Chinese or Latin text | UTF-16LE or UTF-16BE | `detected` |
//! | valid UTF-8 | UTF-8 | `detected` |
//! | over 20 good multi-byte characters to each bad run | UTF-8 | `detected` |
//! | `charset=` or `encoding=` near the start, without a fault, reading half as well as the best at least | that one | `declared` |
//! | otherwise | the one of the set that reads best | `detected` |
//!
//! "Reads best" counts frequent characters and punctuation against characters that no text has;
//! where even the best of the set reads like noise, the bytes are no text.
//! Every decision looks at the first 64 KiB, the two checks for validity apart.

use encoding_rs::{BIG5, Encoding, GB18030, UTF_8, UTF_16BE, UTF_16LE};

use super::{NO_TEXT, encoding_of, frequent, read};
use crate::{EncodingFrom, Error};

/// An encoding, and why.
pub(super) struct Guess<'b> {
    pub(super) encoding: &'static Encoding,
    pub(super) from: EncodingFrom,
    /// What follows the byte order mark.
    pub(super) bytes: &'b [u8],
    /// The same as text, where finding the encoding has shown that it is one.
    pub(super) text: Option<&'b str>,
}

/// How far a decision looks for bytes that tell.
const WINDOW: usize = 64 * 1024;
/// How much of that is read to see how well it reads.
const SAMPLE: usize = 4 * 1024;

/// Finds the encoding; fails where the bytes are no text.
pub(super) fn detect(bytes: &[u8]) -> Result<Guess<'_>, Error> {
    let found = |encoding, from| Guess {
        encoding,
        from,
        bytes,
        text: None,
    };
    let detected = |encoding| found(encoding, EncodingFrom::Detected);
    if let Some((encoding, mark)) = byte_order_mark(bytes) {
        return Ok(Guess {
            bytes: &bytes[mark..],
            ..found(encoding, EncodingFrom::Bom)
        });
    }
    let start = &bytes[..bytes.len().min(WINDOW)];
    let controls = mostly_control(bytes);
    if (controls || start.contains(&0))
        && let Some(encoding) = detect_utf16(start)
    {
        return Ok(detected(encoding));
    }
    if controls {
        return Err(NO_TEXT);
    }
    if let Ok(text) = simdutf8::basic::from_utf8(bytes) {
        return Ok(Guess {
            text: Some(text),
            ..detected(UTF_8)
        });
    }
    let window = telling_window(bytes);
    let (good, bad) = utf8_runs(window);
    if good > 20 * bad {
        return Ok(detected(UTF_8));
    }
    let (best, points) = best_of_the_set(window);
    match declared(start).filter(|encoding| decodes(encoding, bytes)) {
        Some(encoding) if score(encoding, window).points * 2 >= points.points => {
            Ok(found(encoding, EncodingFrom::Declared))
        }
        _ if points.is_noise() => Err(NO_TEXT),
        _ => Ok(detected(best)),
    }
}

/// The encoding in which the window reads best; the first of equals.
fn best_of_the_set(window: &[u8]) -> (&'static Encoding, Score) {
    let first = score(GB18030, window);
    // Over a point a character: in any other encoding the same bytes read far worse.
    if first.points > first.characters {
        return (GB18030, first);
    }
    [BIG5, UTF_8, UTF_16LE, UTF_16BE]
        .into_iter()
        .fold((GB18030, first), |best, encoding| {
            let score = score(encoding, window);
            if score.points > best.1.points {
                (encoding, score)
            } else {
                best
            }
        })
}

/// The encoding that a byte order mark shows, and the mark's length.
pub(super) fn byte_order_mark(bytes: &[u8]) -> Option<(&'static Encoding, usize)> {
    let gb18030 = bytes
        .starts_with(b"\x84\x31\x95\x33")
        .then_some((GB18030, 4));
    gb18030.or_else(|| Encoding::for_bom(bytes))
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
    let (mut good, mut bad) = (0, 0);
    for chunk in window.utf8_chunks() {
        good += chunk.valid().bytes().filter(|&byte| byte >= 0xC0).count();
        bad += usize::from(!chunk.invalid().is_empty());
        // Another encoding, without doubt.
        if bad > 100 + good {
            break;
        }
    }
    (good, bad)
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
#[derive(Clone, Copy)]
struct Score {
    points: i64,
    characters: i64,
    /// Those beyond ASCII, and the points that they gave.
    wide: i64,
    wide_points: i64,
}

impl Score {
    /// Whether the characters beyond ASCII are too rare for a text: in a notice over half of them are
    /// frequent, of random bytes one in twenty is.
    fn is_noise(self) -> bool {
        self.wide >= 32 && self.wide_points * 2 < self.wide
    }
}

fn score(encoding: &'static Encoding, window: &[u8]) -> Score {
    let mut score = Score {
        points: 0,
        characters: 0,
        wide: 0,
        wide_points: 0,
    };
    let (text, _) = read(encoding, &window[..window.len().min(SAMPLE)]);
    for c in text.chars() {
        score.characters += 1;
        let points = match c {
            '\t' | '\n' | '\r' | ' '..='~' => 1,
            '\0'..='\u{1F}' | '\u{7F}'..='\u{9F}' => -1, // C0, C1
            '\u{E000}'..='\u{F8FF}' | '\u{FFF0}'..='\u{FFFF}' => -1, // private use, U+FFFD
            '、' | '。' | '〇' | '《' | '》' | '〔' | '〕' | '“' | '”' | '\u{3000}' => 1,
            '！' | '（' | '）' | '，' | '：' | '；' | '０'..='９' => 1,
            _ => 3 * i64::from(frequent::is_frequent(c)),
        };
        score.points += points;
        if !c.is_ascii() {
            score.wide += 1;
            score.wide_points += points;
        }
    }
    score
}

/// Whether over a tenth of the start are bytes that no text has, in any encoding whose characters contain ASCII.
pub(super) fn mostly_control(bytes: &[u8]) -> bool {
    let start = &bytes[..bytes.len().min(WINDOW)];
    let is_control = |&byte: &u8| u8::from(matches!(byte, 0..=8 | 14..=31));
    // Summed in `u8` by blocks that can't overflow it: eight times as fast.
    let in_block = |block: &[u8]| usize::from(block.iter().map(is_control).sum::<u8>());
    start.chunks(128).map(in_block).sum::<usize>() * 10 > start.len()
}
