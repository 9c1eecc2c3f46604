//! Texts that no drafter writes: read without panic, in time that grows as they do, by the laws of every notice.
//!
//! What grows faster than the text would not end here in reasonable time; by how much each shape
//! grows is measured by `cargo bench --bench growth`.

mod support;

use support::hostile::{SHAPES, bytes};
use support::{fixtures, violations};

/// Bytes of each shape.
const SIZE: usize = 150_000;

/// Findings of one code that are shown.
const CAP: usize = 200;

/// Bytes of the shapes whose laws are checked as well.
const SMALL: usize = 12_000;

#[test]
fn every_shape_is_read() {
    for shape in SHAPES {
        let text = shape.text(SIZE);
        let notice = gongwen::parse(&text);
        assert_eq!(
            notice.parts.last().map(|part| part.span.end as usize),
            Some(text.len()),
            "{}",
            shape.name
        );
        for code in gongwen::Code::ALL {
            let of_code = notice
                .diagnostics
                .iter()
                .filter(|found| found.code == *code);
            assert!(of_code.count() <= CAP, "{}: {code:?}", shape.name);
        }
    }
}

#[test]
fn laws_hold_for_every_shape() {
    for shape in SHAPES {
        let text = shape.text(SMALL);
        let broken = violations(&text, &gongwen::parse(&text));
        assert!(
            broken.is_empty(),
            "{}:\n{}",
            shape.name,
            broken[..broken.len().min(8)].join("\n")
        );
    }
}

/// Two shapes, one behind the other: what one leaves open meets what the other closes.
#[test]
fn laws_hold_for_every_pair_of_shapes() {
    for first in SHAPES {
        for second in SHAPES {
            let text = first.text(60) + &second.text(60);
            let broken = violations(&text, &gongwen::parse(&text));
            assert!(
                broken.is_empty(),
                "{}, {}:\n{}",
                first.name,
                second.name,
                broken[..broken.len().min(8)].join("\n")
            );
        }
    }
}

#[test]
fn bytes_that_are_hardly_text_are_read_or_refused() {
    for size in [7, 100, SIZE] {
        for (name, bytes) in bytes(size) {
            for encoding in ["", "utf-8", "gb18030", "big5", "utf-16le", "utf-16be"] {
                let decoded = if encoding.is_empty() {
                    gongwen::decode(&bytes)
                } else {
                    gongwen::decode_as(&bytes, encoding)
                };
                let Ok(decoded) = decoded else { continue };
                let notice = gongwen::Parser::new().parse_decoded(&decoded);
                assert_eq!(
                    notice.parts.last().map(|part| part.span.end as usize),
                    Some(decoded.text.len()),
                    "{name} as {encoding}"
                );
                if size < SIZE {
                    let broken = violations(&decoded.text, &notice);
                    assert!(
                        broken.is_empty(),
                        "{name} as {encoding}:\n{}",
                        broken.join("\n")
                    );
                }
            }
        }
    }
}

/// A text that ends in the middle of a character, and one whose bytes have lost every seventh.
#[test]
fn damaged_bytes_of_every_fixture_are_read_or_refused() {
    for fixture in fixtures()
        .iter()
        .filter(|fixture| fixture.bytes.len() < 4096)
    {
        let (gb18030, ..) = encoding_rs::GB18030.encode(&fixture.text);
        for bytes in [&fixture.bytes[..], &gb18030] {
            let thinned: Vec<u8> = bytes
                .iter()
                .enumerate()
                .filter(|(at, _)| at % 7 != 0)
                .map(|(_, &byte)| byte)
                .collect();
            for bytes in [
                &bytes[..bytes.len() / 2],
                &bytes[..=bytes.len() / 2],
                &bytes[1..],
                &thinned,
            ] {
                let Ok(decoded) = gongwen::decode(bytes) else {
                    continue;
                };
                let broken = violations(
                    &decoded.text,
                    &gongwen::Parser::new().parse_decoded(&decoded),
                );
                assert!(
                    broken.is_empty(),
                    "{}:\n{}",
                    fixture.name,
                    broken.join("\n")
                );
            }
        }
    }
}
