//! Indented JSON as a person would set it: like `serde_json`'s, but spans stay on one line.
//!
//! ```text
//! "marker": {
//!   "text": "(十三)",
//!   "span": [1203, 1213]
//! ```

use std::io::{self, Write};

use serde::Serialize;
use serde_json::Serializer;
use serde_json::ser::Formatter;

/// Writes a value, indented by two, without a final line break.
pub fn write(out: &mut impl Write, value: &impl Serialize) -> io::Result<()> {
    let mut serializer = Serializer::with_formatter(out, Indented::default());
    Ok(value.serialize(&mut serializer)?)
}

#[derive(Default)]
struct Indented {
    depth: usize,
    /// Whether the array or object at hand holds a value yet.
    filled: bool,
    /// A value of an array has begun, the first or a later one; nothing of it is written yet.
    begun: Option<Place>,
    /// Whether the last value of the array stands behind its bracket or comma, on the same line.
    inline: bool,
}

#[derive(Clone, Copy)]
enum Place {
    First,
    Later,
}

impl Indented {
    fn line(&self, out: &mut (impl ?Sized + Write)) -> io::Result<()> {
        out.write_all(b"\n")?;
        (0..self.depth).try_for_each(|_| out.write_all(b"  "))
    }

    /// Begins a value that takes a line of its own.
    fn below(&mut self, out: &mut (impl ?Sized + Write)) -> io::Result<()> {
        self.inline = false;
        match self.begun.take() {
            Some(Place::First) => self.line(out),
            Some(Place::Later) => out.write_all(b",").and_then(|()| self.line(out)),
            None => Ok(()),
        }
    }

    fn number(&mut self, out: &mut (impl ?Sized + Write), number: u64) -> io::Result<()> {
        let comma = match self.begun.take() {
            Some(Place::Later) => ", ",
            _ => "",
        };
        self.inline = true;
        write!(out, "{comma}{number}")
    }

    fn open(&mut self, out: &mut (impl ?Sized + Write), bracket: &[u8]) -> io::Result<()> {
        self.below(out)?;
        self.depth += 1;
        self.filled = false;
        out.write_all(bracket)
    }

    fn close(&mut self, out: &mut (impl ?Sized + Write), bracket: &[u8]) -> io::Result<()> {
        self.depth -= 1;
        if self.filled && !self.inline {
            self.line(out)?;
        }
        self.inline = false;
        out.write_all(bracket)
    }
}

/// The model has unsigned numbers only.
impl Formatter for Indented {
    fn write_null<W: ?Sized + Write>(&mut self, out: &mut W) -> io::Result<()> {
        self.below(out)?;
        out.write_all(b"null")
    }

    fn write_bool<W: ?Sized + Write>(&mut self, out: &mut W, value: bool) -> io::Result<()> {
        self.below(out)?;
        write!(out, "{value}")
    }

    fn write_u16<W: ?Sized + Write>(&mut self, out: &mut W, value: u16) -> io::Result<()> {
        self.number(out, value.into())
    }

    fn write_u32<W: ?Sized + Write>(&mut self, out: &mut W, value: u32) -> io::Result<()> {
        self.number(out, value.into())
    }

    fn write_u64<W: ?Sized + Write>(&mut self, out: &mut W, value: u64) -> io::Result<()> {
        self.number(out, value)
    }

    fn begin_string<W: ?Sized + Write>(&mut self, out: &mut W) -> io::Result<()> {
        self.below(out)?;
        out.write_all(b"\"")
    }

    fn begin_array<W: ?Sized + Write>(&mut self, out: &mut W) -> io::Result<()> {
        self.open(out, b"[")
    }

    fn end_array<W: ?Sized + Write>(&mut self, out: &mut W) -> io::Result<()> {
        self.close(out, b"]")
    }

    fn begin_array_value<W: ?Sized + Write>(&mut self, _: &mut W, first: bool) -> io::Result<()> {
        self.begun = Some(if first { Place::First } else { Place::Later });
        Ok(())
    }

    fn end_array_value<W: ?Sized + Write>(&mut self, _: &mut W) -> io::Result<()> {
        self.filled = true;
        Ok(())
    }

    fn begin_object<W: ?Sized + Write>(&mut self, out: &mut W) -> io::Result<()> {
        self.open(out, b"{")
    }

    fn end_object<W: ?Sized + Write>(&mut self, out: &mut W) -> io::Result<()> {
        self.inline = false;
        self.close(out, b"}")
    }

    fn begin_object_key<W: ?Sized + Write>(&mut self, out: &mut W, first: bool) -> io::Result<()> {
        if !first {
            out.write_all(b",")?;
        }
        self.line(out)
    }

    fn begin_object_value<W: ?Sized + Write>(&mut self, out: &mut W) -> io::Result<()> {
        out.write_all(b": ")
    }

    fn end_object_value<W: ?Sized + Write>(&mut self, _: &mut W) -> io::Result<()> {
        self.filled = true;
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::*;

    #[track_caller]
    fn check(value: &Value, expected: &str) {
        let mut out = Vec::new();
        write(&mut out, value).unwrap();
        let text = String::from_utf8(out).unwrap();
        assert_eq!(text, expected);
        assert_eq!(serde_json::from_str::<Value>(&text).unwrap(), *value);
    }

    #[test]
    fn numbers_stay_on_one_line() {
        check(&json!({"span": [12, 30]}), "{\n  \"span\": [12, 30]\n}");
        check(&json!([[1, 2], [3]]), "[\n  [1, 2],\n  [3]\n]");
        check(
            &json!([[], {}, null, true, "省"]),
            "[\n  [],\n  {},\n  null,\n  true,\n  \"省\"\n]",
        );
        check(
            &json!({"a": {"b": 1}}),
            "{\n  \"a\": {\n    \"b\": 1\n  }\n}",
        );
        check(
            &json!([{"b": 1}, 2, "c"]),
            "[\n  {\n    \"b\": 1\n  }, 2,\n  \"c\"\n]",
        );
    }
}
