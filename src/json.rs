//! A notice in, compact JSON out: the same bytes as `serde_json` writes, several times as fast.
//!
//! What makes it fast: keys are known to need no escapes, strings are searched for characters that do many
//! bytes at a time, and everything is copied into one `String`, which goes on to the writer whenever it is full.
//! Only what the model holds is written: structs, sequences, tuples, options, strings, `bool`, unsigned
//! numbers, enums without payload. The JSON is bounded in depth as the model is.

use std::fmt;
use std::io::{self, Write};

use serde::Serialize;
use serde::ser::{Impossible, SerializeSeq, SerializeStruct, SerializeTuple, Serializer};

use crate::Notice;

impl Notice<'_> {
    /// The notice as compact JSON.
    ///
    /// ```
    /// let notice = gongwen::parse("关于春耕的通知");
    /// assert_eq!(notice.to_json(), serde_json::to_string(&notice).unwrap());
    /// ```
    #[must_use]
    pub fn to_json(&self) -> String {
        let mut out = Out {
            text: String::new(),
            most: usize::MAX,
            to: io::sink(),
            error: None,
        };
        // Fails for types that the model does not hold, and where the writer does.
        let _ = self.serialize(&mut out);
        out.text
    }

    /// Writes the notice as compact JSON, piece by piece.
    ///
    /// ```
    /// let notice = gongwen::parse("关于春耕的通知");
    /// let mut bytes = Vec::new();
    /// notice.write_json(&mut bytes)?;
    /// assert_eq!(bytes, notice.to_json().into_bytes());
    /// # Ok::<(), std::io::Error>(())
    /// ```
    ///
    /// # Errors
    /// Where the writer fails.
    pub fn write_json(&self, to: impl Write) -> io::Result<()> {
        let mut out = Out {
            text: String::with_capacity(PIECE + PIECE / 4),
            most: PIECE,
            to,
            error: None,
        };
        let _ = self.serialize(&mut out);
        match out.error {
            Some(error) => Err(error),
            None => out.to.write_all(out.text.as_bytes()),
        }
    }
}

/// How much is held before it is written.
const PIECE: usize = 64 * 1024;

struct Out<W> {
    text: String,
    most: usize,
    to: W,
    error: Option<io::Error>,
}

impl<W: Write> Out<W> {
    /// Between two values, hands on what there is, if it is much.
    #[inline]
    fn hand_on(&mut self) -> fmt::Result {
        if self.text.len() < self.most {
            return Ok(());
        }
        self.error = self.to.write_all(self.text.as_bytes()).err();
        self.text.clear();
        if self.error.is_some() {
            Err(fmt::Error)
        } else {
            Ok(())
        }
    }

    fn string(&mut self, string: &str) {
        self.text.push('"');
        let mut rest = string;
        while let Some(at) = find_special(rest.as_bytes()) {
            self.text.push_str(&rest[..at]);
            self.escape(rest.as_bytes()[at]);
            rest = &rest[at + 1..];
        }
        self.text.push_str(rest);
        self.text.push('"');
    }

    fn escape(&mut self, byte: u8) {
        self.text.push_str(match byte {
            b'"' => "\\\"",
            b'\\' => "\\\\",
            b'\n' => "\\n",
            b'\r' => "\\r",
            b'\t' => "\\t",
            0x08 => "\\b",
            0x0C => "\\f",
            0..0x10 => "\\u000",
            _ => "\\u001",
        });
        if byte < 0x20 && !matches!(byte, 0x08..=0x0A | 0x0C..=0x0D) {
            self.text
                .push(char::from(b"0123456789abcdef"[usize::from(byte & 15)]));
        }
    }

    fn number(&mut self, number: u64) {
        self.text.push_str(itoa::Buffer::new().format(number));
    }
}

/// The first byte that needs an escape: a quote, a backslash, a control.
fn find_special(bytes: &[u8]) -> Option<usize> {
    let (blocks, rest) = bytes.as_chunks::<16>();
    let clean = blocks
        .iter()
        .take_while(|block| !any_special(block))
        .count();
    if clean == blocks.len() {
        // The last bytes once more as whole blocks: short strings are most of all.
        let last = bytes.last_chunk::<16>().is_some_and(any_special);
        let halves = || match (rest.first_chunk::<8>(), rest.last_chunk::<8>()) {
            (Some(first), Some(last)) => any_special(first) || any_special(last),
            _ => rest.iter().any(|&byte| is_special(byte)),
        };
        if bytes.len() >= 16 && !last || bytes.len() < 16 && !halves() {
            return None;
        }
    }
    let from = clean * 16;
    bytes[from..]
        .iter()
        .position(|&byte| is_special(byte))
        .map(|at| from + at)
}

/// Without a branch inside, so that the compiler compares all bytes at once.
fn any_special<const N: usize>(block: &[u8; N]) -> bool {
    block
        .iter()
        .fold(false, |any, &byte| any | is_special(byte))
}

fn is_special(byte: u8) -> bool {
    byte < 0x20 || byte == b'"' || byte == b'\\'
}

/// What the model does not hold.
type Absent = Impossible<(), fmt::Error>;

macro_rules! absent {
    ($($name:ident $type:ty),+) => {$(
        fn $name(self, _: $type) -> fmt::Result {
            Err(fmt::Error)
        }
    )+};
}

impl<'o, W: Write> Serializer for &'o mut Out<W> {
    type Ok = ();
    type Error = fmt::Error;
    type SerializeSeq = Items<'o, W>;
    type SerializeTuple = Items<'o, W>;
    type SerializeStruct = Fields<'o, W>;
    type SerializeTupleStruct = Absent;
    type SerializeTupleVariant = Absent;
    type SerializeMap = Absent;
    type SerializeStructVariant = Absent;

    #[inline]
    fn serialize_str(self, string: &str) -> fmt::Result {
        self.string(string);
        Ok(())
    }

    fn serialize_bool(self, value: bool) -> fmt::Result {
        self.text.push_str(if value { "true" } else { "false" });
        Ok(())
    }

    fn serialize_u16(self, value: u16) -> fmt::Result {
        self.number(value.into());
        Ok(())
    }

    #[inline]
    fn serialize_u32(self, value: u32) -> fmt::Result {
        self.number(value.into());
        Ok(())
    }

    fn serialize_u64(self, value: u64) -> fmt::Result {
        self.number(value);
        Ok(())
    }

    #[inline]
    fn serialize_none(self) -> fmt::Result {
        self.text.push_str("null");
        Ok(())
    }

    #[inline]
    fn serialize_some<T: ?Sized + Serialize>(self, value: &T) -> fmt::Result {
        value.serialize(self)
    }

    /// The names of the model's variants need no escapes.
    #[inline]
    fn serialize_unit_variant(self, _: &str, _: u32, variant: &'static str) -> fmt::Result {
        self.text.push('"');
        self.text.push_str(variant);
        self.text.push('"');
        Ok(())
    }

    #[inline]
    fn serialize_seq(self, _: Option<usize>) -> Result<Items<'o, W>, fmt::Error> {
        self.text.push('[');
        Ok(Items {
            out: self,
            first: true,
        })
    }

    #[inline]
    fn serialize_tuple(self, _: usize) -> Result<Items<'o, W>, fmt::Error> {
        self.serialize_seq(None)
    }

    #[inline]
    fn serialize_struct(self, _: &str, _: usize) -> Result<Fields<'o, W>, fmt::Error> {
        self.text.push('{');
        Ok(Fields {
            out: self,
            first: true,
        })
    }

    absent! {
        serialize_i8 i8, serialize_i16 i16, serialize_i32 i32, serialize_i64 i64,
        serialize_u8 u8, serialize_f32 f32, serialize_f64 f64, serialize_char char
    }

    fn serialize_bytes(self, _: &[u8]) -> fmt::Result {
        Err(fmt::Error)
    }

    fn serialize_unit(self) -> fmt::Result {
        Err(fmt::Error)
    }

    fn serialize_unit_struct(self, _: &'static str) -> fmt::Result {
        Err(fmt::Error)
    }

    fn serialize_newtype_struct<T: ?Sized + Serialize>(self, _: &str, value: &T) -> fmt::Result {
        value.serialize(self)
    }

    fn serialize_newtype_variant<T: ?Sized + Serialize>(
        self,
        _: &str,
        _: u32,
        _: &str,
        _: &T,
    ) -> fmt::Result {
        Err(fmt::Error)
    }

    fn serialize_tuple_struct(self, _: &str, _: usize) -> Result<Absent, fmt::Error> {
        Err(fmt::Error)
    }

    fn serialize_tuple_variant(
        self,
        _: &str,
        _: u32,
        _: &str,
        _: usize,
    ) -> Result<Absent, fmt::Error> {
        Err(fmt::Error)
    }

    fn serialize_map(self, _: Option<usize>) -> Result<Absent, fmt::Error> {
        Err(fmt::Error)
    }

    fn serialize_struct_variant(
        self,
        _: &str,
        _: u32,
        _: &str,
        _: usize,
    ) -> Result<Absent, fmt::Error> {
        Err(fmt::Error)
    }
}

struct Items<'o, W> {
    out: &'o mut Out<W>,
    first: bool,
}

impl<W: Write> Items<'_, W> {
    #[inline]
    fn item<T: ?Sized + Serialize>(&mut self, value: &T) -> fmt::Result {
        if !self.first {
            self.out.text.push(',');
            self.out.hand_on()?;
        }
        self.first = false;
        value.serialize(&mut *self.out)
    }
}

impl<W: Write> SerializeSeq for Items<'_, W> {
    type Ok = ();
    type Error = fmt::Error;

    #[inline]
    fn serialize_element<T: ?Sized + Serialize>(&mut self, value: &T) -> fmt::Result {
        self.item(value)
    }

    #[inline]
    fn end(self) -> fmt::Result {
        self.out.text.push(']');
        Ok(())
    }
}

impl<W: Write> SerializeTuple for Items<'_, W> {
    type Ok = ();
    type Error = fmt::Error;

    #[inline]
    fn serialize_element<T: ?Sized + Serialize>(&mut self, value: &T) -> fmt::Result {
        self.item(value)
    }

    #[inline]
    fn end(self) -> fmt::Result {
        self.out.text.push(']');
        Ok(())
    }
}

struct Fields<'o, W> {
    out: &'o mut Out<W>,
    first: bool,
}

impl<W: Write> SerializeStruct for Fields<'_, W> {
    type Ok = ();
    type Error = fmt::Error;

    /// The names of the model's fields need no escapes.
    #[expect(
        clippy::inline_always,
        reason = "the names are known where it is called: a third of the time"
    )]
    #[inline(always)]
    fn serialize_field<T: ?Sized + Serialize>(
        &mut self,
        name: &'static str,
        value: &T,
    ) -> fmt::Result {
        self.out
            .text
            .push_str(if self.first { "\"" } else { ",\"" });
        self.first = false;
        self.out.text.push_str(name);
        self.out.text.push_str("\":");
        value.serialize(&mut *self.out)
    }

    #[inline]
    fn end(self) -> fmt::Result {
        self.out.text.push('}');
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Block, BlockKind, Span};

    #[track_caller]
    fn check(string: &str) {
        let mut notice = crate::parse("");
        notice.source.name = Some(string.into());
        notice.parts[0].blocks = vec![
            Block {
                kind: BlockKind::DocumentNumber,
                text: string.into(),
                span: Span::new(7, u32::MAX)
            };
            3
        ];
        let expected = serde_json::to_string(&notice).unwrap();
        assert_eq!(notice.to_json(), expected);
        let mut written = Vec::new();
        notice.write_json(&mut written).unwrap();
        assert_eq!(written, expected.into_bytes());
    }

    #[test]
    fn the_bytes_are_those_of_serde_json() {
        check("");
        check("关于做好春耕备耕工作的通知");
        let all: String = ('\0'..='\u{FF}')
            .chain("\u{2028}\u{FFFD}\u{10FFFF}".chars())
            .collect();
        check(&all);
        for at in 0..40 {
            for special in ["\"", "\\", "\n", "\u{1F}", "\0"] {
                let mut string = "a".repeat(40);
                string.replace_range(at..=at, special);
                check(&string);
            }
        }
        check(&"耕\n".repeat(100_000)); // over the size of a piece
    }

    #[test]
    fn a_failing_writer_fails() {
        struct Full;
        impl Write for Full {
            fn write(&mut self, _: &[u8]) -> io::Result<usize> {
                Err(io::ErrorKind::StorageFull.into())
            }
            fn flush(&mut self) -> io::Result<()> {
                Ok(())
            }
        }
        let error = crate::parse("").write_json(Full).unwrap_err();
        assert_eq!(error.kind(), io::ErrorKind::StorageFull);
    }
}
