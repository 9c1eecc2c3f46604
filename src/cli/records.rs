//! Records in, the same records out, each with its notice: the shape that `rdd.pipe` and `xargs` want.
//!
//! ```text
//! {"id": 7, "content": "关于春耕的通知…"}              in
//! {"id":7,"content":"关于春耕的通知…","notice":{…}}    out
//! {"id":7,"content":"关于春耕的通知…","tasks":[…]}     out, with -f tasks
//! {"id":7,"content":null,"error":"…"}                 out, where the field holds no text
//! {"error":"line 3: …"}                                out, where the line is no JSON object; of several inputs, with the file
//! ```
//!
//! Fields keep their order, and values their spelling; a `notice`, `tasks` or `error` that was there gives way. Blank
//! lines are passed over. What has arrived goes out before more is awaited, and only a few batches of lines
//! are in memory at any time.

use std::borrow::Cow;
use std::fmt;
use std::io::{self, Write};
use std::sync::{Mutex, PoisonError};

use gongwen::render::{self, Ledger, Selection};
use gongwen::{Offsets, Parser};
use serde::de::{Deserialize, Deserializer, MapAccess, Visitor};
use serde_json::value::RawValue;

use super::args::{Args, Format};
use super::batch::{Batch, batches};
use super::inputs::{self, Barren, Input};
use super::ordered::in_order;
use super::output::Output;
use super::piece::selection;
use super::progress::Progress;
use super::{FAILED, report};

/// Reads every record and writes it with its notice.
pub fn run(args: &Args, mut output: Output) -> u8 {
    let tasks = (args.format == Some(Format::Tasks)).then(|| selection(args));
    let offsets = match tasks {
        Some(_) => Offsets::Bytes, // the ledger recounts its spans itself
        None => args.offsets.into(),
    };
    let reader = Reader {
        parser: super::parser(args, offsets),
        tasks,
        field: &args.field,
        id_field: args.id_field.as_deref(),
        several: args.is_several(),
    };
    let mut progress = Progress::new(output.is_watched(args));
    let mut failed = false;
    let mut total = Answer::default();
    let barren = Mutex::new(Barren::of(&args.inputs));
    let find = |input: &Result<Input, String>| {
        let folder = input.as_ref().ok().and_then(|input| input.folder);
        barren
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .found(folder);
    };
    let source = inputs::walk(&args.inputs, args.output.as_deref())
        .inspect(find)
        .flat_map(batches);
    let work = |batch: Result<Batch, String>| batch.map(|batch| reader.answer(&batch));
    in_order(args.jobs(), source, work, |answer| match answer {
        Ok(answer) => {
            output.take(|out| out.write_all(&answer.lines).and_then(|()| out.flush()));
            total.records += answer.records;
            total.bad += answer.bad;
            progress.count(answer.records, answer.bad);
        }
        Err(message) => {
            failed = true;
            progress.clear();
            report(&message);
        }
    });
    let barren = barren.into_inner().unwrap_or_else(PoisonError::into_inner);
    for sentence in barren.sentences() {
        failed = true;
        progress.clear();
        report(&sentence);
    }
    progress.end();
    let Answer { records, bad, .. } = total;
    if bad > 0 && !args.quiet {
        report(&format!(
            "{bad} of {records} records came out with an error"
        ));
    }
    if failed && records == 0 {
        output.discard();
        return FAILED;
    }
    output.finish();
    if failed { FAILED } else { 0 }
}

struct Reader<'a> {
    parser: Parser,
    /// Which tasks each record gets instead of its notice.
    tasks: Option<Selection>,
    field: &'a str,
    id_field: Option<&'a str>,
    /// Whether messages name the file.
    several: bool,
}

/// What comes out for a batch.
#[derive(Default)]
struct Answer {
    lines: Vec<u8>,
    records: u64,
    bad: u64,
}

impl Reader<'_> {
    fn answer(&self, batch: &Batch) -> Answer {
        let mut answer = Answer::default();
        let lines = batch.lines.split(|&byte| byte == b'\n');
        for (number, line) in (batch.first..).zip(lines) {
            let line = line
                .strip_prefix(b"\xEF\xBB\xBF")
                .unwrap_or(line)
                .trim_ascii();
            if line.is_empty() {
                continue;
            }
            let place = || {
                if self.several {
                    format!("{}, line {number}", batch.name)
                } else {
                    format!("line {number}")
                }
            };
            let before = answer.lines.len();
            let good = self
                .record(line, place, &mut answer.lines)
                .unwrap_or_else(|error| {
                    answer.lines.truncate(before);
                    let error = format!("{}: {error}", place());
                    let _ = write_error(&mut answer.lines, &error);
                    false
                });
            answer.records += 1;
            answer.bad += u64::from(!good);
        }
        answer
    }

    /// Writes the record and its notice; false where an error stands in the notice's place.
    fn record(
        &self,
        line: &[u8],
        place: impl Fn() -> String,
        out: &mut Vec<u8>,
    ) -> io::Result<bool> {
        let fields = match serde_json::from_slice(line) {
            Ok(Fields(fields)) => fields,
            Err(error) => {
                let error = format!("{}: no JSON object: {}", place(), without_place(&error));
                write_error(out, &error)?;
                return Ok(false);
            }
        };
        let mut before = b'{';
        for (key, value) in &fields {
            if !matches!(&**key, "notice" | "tasks" | "error") {
                write_field(out, before, key, value)?;
                before = b',';
            }
        }
        let text = self.text(&fields);
        match &text {
            Ok(Text(text)) => {
                let mut notice = self.parser.parse(text);
                notice.source.name = self.id(&fields);
                out.push(before);
                if let Some(selection) = &self.tasks {
                    out.extend_from_slice(b"\"tasks\":[");
                    let ledger = Ledger {
                        notice: &notice,
                        text,
                    };
                    write_rows(out, ledger, selection)?;
                    out.push(b']');
                } else {
                    out.extend_from_slice(b"\"notice\":");
                    notice.write_json(&mut *out)?;
                }
            }
            Err(error) => write_field(out, before, "error", error)?,
        }
        out.write_all(b"}\n")?;
        Ok(text.is_ok())
    }

    fn text<'l>(&self, fields: &Record<'l>) -> Result<Text<'l>, String> {
        let field = self.field;
        let value = find(fields, field)
            .ok_or_else(|| format!("no field `{field}`: name it with --field"))?;
        serde_json::from_str(value.get())
            .map_err(|error| format!("field `{field}` holds no text: {}", without_place(&error)))
    }

    /// A string's content, any other value as it is written.
    fn id<'l>(&self, fields: &Record<'l>) -> Option<Cow<'l, str>> {
        let value = find(fields, self.id_field?)?.get();
        Some(serde_json::from_str(value).map_or(Cow::Borrowed(value), |Text(id)| id))
    }
}

/// Writes the rows of the ledger, parted by commas.
fn write_rows(out: &mut Vec<u8>, ledger: Ledger<'_>, selection: &Selection) -> io::Result<()> {
    let start = out.len();
    render::tasks(out, ledger, selection)?;
    if out.len() > start {
        out.pop();
    }
    for byte in &mut out[start..] {
        if *byte == b'\n' {
            *byte = b','; // inside its strings JSON has no line end as it is
        }
    }
    Ok(())
}

fn find<'l>(fields: &Record<'l>, name: &str) -> Option<&'l RawValue> {
    fields
        .iter()
        .rev()
        .find(|(key, _)| key == name)
        .map(|&(_, value)| value)
}

/// A line that stands in the place of a record.
fn write_error(out: &mut Vec<u8>, error: &str) -> io::Result<()> {
    write_field(out, b'{', "error", error)?;
    out.write_all(b"}\n")
}

fn write_field(
    out: &mut Vec<u8>,
    before: u8,
    key: &str,
    value: &(impl ?Sized + serde::Serialize),
) -> io::Result<()> {
    out.push(before);
    serde_json::to_writer(&mut *out, key)?;
    out.push(b':');
    Ok(serde_json::to_writer(out, value)?)
}

/// Without its place: to `serde_json` the line is always the first, and a value stands alone.
fn without_place(error: &serde_json::Error) -> String {
    let sentence = error.to_string();
    sentence
        .rsplit_once(" at line ")
        .map_or(sentence.clone(), |(sentence, _)| sentence.into())
}

/// The fields of an object, in order; values as they are written.
type Record<'l> = Vec<(Cow<'l, str>, &'l RawValue)>;

struct Fields<'l>(Record<'l>);

impl<'de> Deserialize<'de> for Fields<'de> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_map(FieldsVisitor)
    }
}

struct FieldsVisitor;

impl<'de> Visitor<'de> for FieldsVisitor {
    type Value = Fields<'de>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an object")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Self::Value, A::Error> {
        let mut fields = Vec::new();
        while let Some((Text(key), value)) = map.next_entry()? {
            fields.push((key, value));
        }
        Ok(Fields(fields))
    }
}

/// A string, borrowed where it holds no escapes.
#[derive(serde::Deserialize)]
struct Text<'l>(#[serde(borrow)] Cow<'l, str>);

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(lines: &str, expected: &[&str]) {
        let reader = Reader {
            parser: Parser::new(),
            tasks: None,
            field: "content",
            id_field: Some("id"),
            several: false,
        };
        let answer = reader.answer(&Batch {
            lines: lines.into(),
            first: 5,
            name: "".into(),
        });
        let lines = String::from_utf8(answer.lines).unwrap();
        let shown: Vec<_> = lines.lines().map(shorten).collect();
        assert_eq!(shown, expected);
        assert_eq!(answer.records, expected.len() as u64);
    }

    /// The notice by its name and length.
    fn shorten(line: &str) -> String {
        let Some((head, _)) = line.split_once("\"notice\":") else {
            return line.into();
        };
        let value: serde_json::Value = serde_json::from_str(line).unwrap();
        let source = &value["notice"]["source"];
        format!("{head}{} {}}}", source["name"], source["bytes"])
    }

    #[test]
    fn fields_keep_order_and_spelling() {
        check(
            "{\"z\": 1.50, \"content\":\"通知\", \"id\":\"a\\u4e00\", \"b\": [1,  2]}\n{\"content\":\"\"}",
            &[
                "{\"z\":1.50,\"content\":\"通知\",\"id\":\"a\\u4e00\",\"b\":[1,  2],\"a一\" 6}",
                "{\"content\":\"\",null 0}",
            ],
        );
        check(
            "{\"id\":12345678901234567890123,\"content\":\"\\u901a\\n\"}",
            &[
                "{\"id\":12345678901234567890123,\"content\":\"\\u901a\\n\",\"12345678901234567890123\" 4}",
            ],
        );
        check(
            "{\"notice\":0,\"content\":\"通\",\"error\":1}",
            &["{\"content\":\"通\",null 3}"],
        );
    }

    #[test]
    fn bad_records_are_data() {
        check(
            "{\"id\":1}\n\n{\"content\":null}\r\n{\"content\":\"\\ud800\"}\n[1]\n{\"content\":\n",
            &[
                "{\"id\":1,\"error\":\"no field `content`: name it with --field\"}",
                "{\"content\":null,\"error\":\"field `content` holds no text: invalid type: null, expected a string\"}",
                "{\"content\":\"\\ud800\",\"error\":\"field `content` holds no text: unexpected end of hex escape\"}",
                "{\"error\":\"line 9: no JSON object: invalid type: sequence, expected an object\"}",
                "{\"error\":\"line 10: no JSON object: EOF while parsing a value\"}",
            ],
        );
        check(
            "{}",
            &["{\"error\":\"no field `content`: name it with --field\"}"],
        );
    }
}
