//! The command line through its real binary: what it writes, what it says, how it ends.
#![cfg(feature = "cli")]

use std::fs;
use std::io::{BufRead, BufReader, Read, Write};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::thread;

use serde_json::{Value, json};

const NOTICE: &str = "fixtures/jiangxi-2018.txt";
const SHORT: &str = "关于做好春耕备耕工作的通知\n一、抓好种子供应。（牵头单位：省农业农村厅）\n";

/// How a run ended.
#[derive(Debug)]
struct Run {
    code: Option<i32>,
    out: Vec<u8>,
    said: String,
}

impl Run {
    #[track_caller]
    fn text(&self) -> &str {
        std::str::from_utf8(&self.out).unwrap()
    }

    #[track_caller]
    fn lines(&self) -> Vec<Value> {
        self.text()
            .lines()
            .map(|line| serde_json::from_str(line).unwrap())
            .collect()
    }

    /// Ended with this code and said nothing.
    #[track_caller]
    fn quietly(self, code: i32) -> Self {
        assert_eq!((self.code, &*self.said), (Some(code), ""));
        self
    }

    /// Ended with this code and said exactly this line.
    #[track_caller]
    fn saying(self, code: i32, line: &str) -> Self {
        assert_eq!(
            (self.code, &*self.said),
            (Some(code), &*format!("gongwen: {line}\n"))
        );
        self
    }
}

fn command(arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_gongwen"));
    command
        .args(arguments)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped());
    command
}

fn run(arguments: &[&str]) -> Run {
    run_with(arguments, b"")
}

fn run_with(arguments: &[&str], input: &[u8]) -> Run {
    let mut child = command(arguments).spawn().unwrap();
    let mut stdin = child.stdin.take().unwrap();
    let input = input.to_vec();
    let writer = thread::spawn(move || {
        let _ = stdin.write_all(&input); // it may not want any
    });
    let output = child.wait_with_output().unwrap();
    writer.join().unwrap();
    Run {
        code: output.status.code(),
        out: output.stdout,
        said: String::from_utf8(output.stderr).unwrap(),
    }
}

/// An empty folder of this test's own.
fn folder(name: &str) -> PathBuf {
    let path = Path::new(env!("CARGO_TARGET_TMPDIR")).join(name);
    let _ = fs::remove_dir_all(&path);
    fs::create_dir_all(&path).unwrap();
    path
}

fn shown(path: &Path) -> &str {
    path.to_str().unwrap()
}

fn names(notices: &[Value]) -> Vec<&str> {
    notices
        .iter()
        .map(|notice| notice["source"]["name"].as_str().unwrap())
        .collect()
}

#[test]
fn one_document_is_indented_json() {
    let run = run(&[NOTICE]).quietly(0);
    assert!(run.text().starts_with(
        "{\n  \"schema\": \"gongwen/1\",\n  \"source\": {\n    \"name\": \"fixtures/"
    ));
    assert!(run.text().ends_with("\n}\n"));
    let notice: Value = serde_json::from_str(run.text()).unwrap();
    let text = fs::read_to_string(NOTICE).unwrap();
    let parsed = gongwen::Parser::new()
        .source_name(NOTICE)
        .parse_bytes(text.as_bytes())
        .unwrap();
    assert_eq!(notice, serde_json::to_value(&parsed).unwrap());
}

#[test]
fn chinese_characters_stand_as_they_are() {
    let run = run(&[NOTICE]).quietly(0);
    assert!(!run.text().contains("\\u"));
}

#[test]
fn several_documents_are_lines_in_the_order_given() {
    let there = folder("order");
    for name in ["b.txt", "a.txt", "c.txt"] {
        fs::write(there.join(name), SHORT).unwrap();
    }
    let [a, b, c] = ["a.txt", "b.txt", "c.txt"].map(|name| there.join(name));
    let run = run(&[shown(&c), shown(&a), shown(&b), shown(&a)]).quietly(0);
    assert_eq!(
        names(&run.lines()),
        [&c, &a, &b, &a].map(|path| shown(path))
    );
    for format in ["json", "jsonl"] {
        let same = good(&["-f", format, shown(&c), shown(&a), shown(&b), shown(&a)]);
        assert_eq!(same.out, run.out);
    }
}

fn good(arguments: &[&str]) -> Run {
    run(arguments).quietly(0)
}

#[test]
fn standard_input_has_no_name() {
    for arguments in [&[][..], &["-"]] {
        let run = run_with(arguments, SHORT.as_bytes()).quietly(0);
        let notice: Value = serde_json::from_str(run.text()).unwrap();
        assert_eq!(notice["source"]["name"], Value::Null);
        assert_eq!(notice["source"]["bytes"], SHORT.len());
    }
    let run = run_with(&["-f", "jsonl"], SHORT.as_bytes()).quietly(0);
    assert_eq!(run.lines().len(), 1);
}

#[test]
fn an_empty_input_is_an_empty_notice() {
    let run = run(&[]).quietly(0);
    let notice: Value = serde_json::from_str(run.text()).unwrap();
    assert_eq!(notice["source"]["bytes"], 0);
    assert_eq!(notice["parts"][0]["items"], json!([]));
}

#[test]
fn no_input_at_all_is_an_empty_one() {
    for (arguments, expected) in [
        (&[][..], "{\n  \"schema\""),
        (&["-f", "jsonl"], "{\"schema\""),
        (&["-f", "tasks"], ""),
        (&["-f", "csv"], "\u{FEFF}编号,"),
        (&["-f", "html"], "<!DOCTYPE html>"),
        (&["-f", "akn"], "<?xml "),
        (&["--text"], ""),
        (
            &["--check"],
            "0 errors, 0 warnings, 0 infos in 1 document\n",
        ),
        (&["--input", "jsonl"], ""),
    ] {
        let output = command(arguments).stdin(Stdio::null()).output().unwrap();
        assert_eq!((output.status.code(), &*output.stderr), (Some(0), &b""[..]));
        let out = String::from_utf8(output.stdout).unwrap();
        assert!(
            out.starts_with(expected) && out.is_empty() == expected.is_empty(),
            "{out}"
        );
    }
}

#[test]
fn folders_are_walked_by_name_without_hidden_files_and_what_is_no_text() {
    let there = folder("walk");
    fs::create_dir_all(there.join("b/.git")).unwrap();
    for name in [
        "c.txt",
        "b/2.txt",
        "b/1.txt",
        "a.txt",
        ".hidden.txt",
        "b/.git/config",
    ] {
        fs::write(there.join(name), SHORT).unwrap();
    }
    fs::write(there.join("scan.png"), b"\x89PNG\r\n\x1A\n\0\0\0\rIHDR").unwrap();
    let run = run(&[shown(&there)]).quietly(0);
    let expected = ["a.txt", "b/1.txt", "b/2.txt", "c.txt"].map(|name| there.join(name));
    assert_eq!(
        names(&run.lines()),
        expected.each_ref().map(|path| shown(path))
    );
}

#[test]
fn a_folder_of_one_document_is_lines_too() {
    let there = folder("one");
    fs::write(there.join("a.txt"), SHORT).unwrap();
    assert_eq!(run(&[shown(&there)]).quietly(0).lines().len(), 1);
}

#[test]
fn a_folder_does_not_read_its_own_output() {
    let there = folder("own");
    fs::write(there.join("a.txt"), SHORT).unwrap();
    let out = there.join("all.jsonl");
    for _ in 0..2 {
        run(&[shown(&there), "-o", shown(&out)]).quietly(0);
        assert_eq!(fs::read_to_string(&out).unwrap().lines().count(), 1);
    }
}

#[test]
fn a_folder_without_documents_is_a_failure() {
    let there = folder("none");
    let sentence = format!(
        "{}: no document in this folder: check the path",
        shown(&there)
    );
    for more in [
        &[][..],
        &["--input", "jsonl"],
        &["-f", "csv"],
        &["-f", "xlsx"],
    ] {
        let run = run(&[more, &[shown(&there)]].concat());
        assert!(run.saying(1, &sentence).out.is_empty());
    }
    fs::write(there.join("scan.jpg"), b"\xFF\xD8\xFF\xE0").unwrap();
    assert!(run(&[shown(&there)]).saying(1, &sentence).out.is_empty());
    assert_eq!(
        run(&[NOTICE, shown(&there)])
            .saying(1, &sentence)
            .lines()
            .len(),
        1
    );
}

#[test]
fn what_can_not_be_read_is_named_and_the_rest_is_written() {
    let there = folder("failures");
    let pdf = there.join("a.pdf");
    fs::write(&pdf, b"%PDF-1.7").unwrap();
    let run = run(&["no/such.txt", NOTICE, shown(&pdf)]);
    assert_eq!(run.code, Some(1));
    assert_eq!(
        run.said,
        format!(
            "gongwen: no/such.txt: no such file or folder: check the path\n\
             gongwen: {}: a PDF, no text: extract its text first, for example with `pdftotext -layout`; where it is a scan, recognise it (OCR) first, for example with `ocrmypdf -l chi_sim`\n",
            shown(&pdf)
        )
    );
    assert_eq!(names(&run.lines()), [NOTICE]);
}

#[test]
fn one_document_that_fails_leaves_nothing() {
    for arguments in [
        &["no/such.txt"][..],
        &["no/such.txt", "--text"],
        &["no/such.txt", "--check=sarif"],
    ] {
        let run = run(arguments).saying(1, "no/such.txt: no such file or folder: check the path");
        assert_eq!(run.text(), "");
    }
    let run = run_with(&[], &[0; 100]);
    let run = run.saying(
        1,
        "standard input: binary data, no text: give a text file, or its encoding where it is one",
    );
    assert_eq!(run.text(), "");
}

#[test]
fn the_encoding_given_wins_and_a_wrong_one_is_an_error() {
    let gbk = encoding_rs::GBK.encode(SHORT).0;
    for arguments in [&["--text"][..], &["--text", "--encoding", "gb2312"]] {
        assert_eq!(run_with(arguments, &gbk).quietly(0).text(), SHORT);
    }
    run_with(&["--encoding", "utf-8"], &gbk)
        .saying(1, "standard input: the bytes are not UTF-8: give another encoding, or none to have it detected");
    run(&["--encoding", "gbk", NOTICE]).saying(
        1,
        &format!("{NOTICE}: the bytes are not gb18030: give another encoding, or none to have it detected"),
    );
    run(&["--encoding", "klingon", NOTICE]).saying(
        2,
        "--encoding: `klingon` names no encoding: give a WHATWG label such as utf-8, gb18030, big5, or utf-16le, \
         or none to have it detected",
    );
}

#[test]
fn text_is_the_decoded_text() {
    let marked = [b"\xEF\xBB\xBF", SHORT.as_bytes()].concat();
    assert_eq!(run_with(&["--text"], &marked).quietly(0).text(), SHORT);
}

#[test]
fn offsets_count_what_was_asked_for() {
    let lengths = [
        ("bytes", SHORT.len()),
        ("chars", SHORT.chars().count()),
        ("utf16", SHORT.encode_utf16().count()),
    ];
    for (unit, length) in lengths {
        let run = run_with(&["--offsets", unit], SHORT.as_bytes()).quietly(0);
        let notice: Value = serde_json::from_str(run.text()).unwrap();
        assert_eq!(notice["source"]["offsets"], unit);
        assert_eq!(notice["parts"][0]["span"], json!([0, length]));
    }
}

#[test]
fn usage_errors_end_with_two() {
    for arguments in [
        &["--no-such-option"][..],
        &["-f", "yaml"],
        &["--offsets", "lines"],
        &["-j", "0"],
        &["--text", "--check"],
        &["--input", "csv"],
        &["--input", "jsonl", "--text"],
        &["--input", "jsonl", "-f", "csv"],
        &["--region", "无此省"],
        &["--lexicon", "no-such-file.tsv"],
    ] {
        let run = run(arguments);
        assert_eq!(run.code, Some(2), "{arguments:?}");
        assert!(
            (run.said.starts_with("error: ") || run.said.starts_with("gongwen: "))
                && run.out.is_empty(),
            "{run:?}"
        );
    }
}

#[test]
fn a_file_appears_whole() {
    let there = folder("whole");
    let out = there.join("notice.json");
    fs::write(&out, "before").unwrap();
    let run = run(&[NOTICE, "-o", shown(&out)]).quietly(0);
    assert_eq!(run.text(), "");
    assert_eq!(fs::read(&out).unwrap(), good(&[NOTICE]).out);
    assert_eq!(fs::read_dir(&there).unwrap().count(), 1);
}

#[test]
fn a_file_that_is_read_is_not_written() {
    let there = folder("same");
    let text = there.join("notice.txt");
    fs::copy(NOTICE, &text).unwrap();
    let before = fs::read(&text).unwrap();
    let same = there.join(".").join("notice.txt");
    let line = format!(
        "{} is read and written: give another path to -o, or the text would be lost",
        shown(&text)
    );
    run(&[shown(&text), "-o", shown(&same)]).saying(2, &line);
    assert_eq!(fs::read(&text).unwrap(), before);
}

#[test]
fn a_file_appears_not_at_all_where_nothing_was_read() {
    let there = folder("not-at-all");
    let out = there.join("notice.json");
    for arguments in [
        &["no/such.txt"][..],
        &["no/such.txt", "no/other.txt"],
        &["--input", "jsonl", "no/such.jsonl"],
    ] {
        assert_eq!(
            run(&[arguments, &["-o", shown(&out)]].concat()).code,
            Some(1)
        );
        assert_eq!(fs::read_dir(&there).unwrap().count(), 0);
    }
    fs::write(&out, "before").unwrap();
    assert_eq!(run(&["no/such.txt", "-o", shown(&out)]).code, Some(1));
    assert_eq!(fs::read(&out).unwrap(), b"before");
    run(&[NOTICE, "-o", "no/such/place.json"]).saying(
        1,
        "no/such/place.json: no such file or folder: check the path",
    );
}

#[test]
#[cfg(unix)]
fn an_interrupt_leaves_no_half_file() {
    for signal in ["-INT", "-TERM"] {
        let there = folder("interrupt");
        let out = there.join("notices.jsonl");
        let mut child = command(&["--input", "jsonl", "-o", shown(&out)])
            .spawn()
            .unwrap();
        let mut stdin = child.stdin.take().unwrap();
        stdin.write_all(b"{\"content\":\"\"}\n").unwrap();
        // The hidden file holds something by now, and the input is still open.
        let held = || {
            let entry = fs::read_dir(&there).unwrap().next();
            entry.is_some_and(|entry| entry.unwrap().metadata().is_ok_and(|held| held.len() > 0))
        };
        wait_until(held);
        let killed = Command::new("kill")
            .args([signal, &child.id().to_string()])
            .status()
            .unwrap();
        assert!(killed.success());
        assert_eq!(child.wait().unwrap().code(), Some(130));
        assert_eq!(fs::read_dir(&there).unwrap().count(), 0);
    }
}

#[cfg(unix)]
fn wait_until(mut holds: impl FnMut() -> bool) {
    for _ in 0..1000 {
        if holds() {
            return;
        }
        thread::sleep(std::time::Duration::from_millis(10));
    }
    panic!("waited in vain");
}

#[test]
#[cfg(target_os = "linux")]
fn a_full_disk_is_an_error() {
    let sentence = "no space left: free some, or write elsewhere with -o";
    for arguments in [
        &[NOTICE][..],
        &[NOTICE, NOTICE],
        &["-f", "tasks", NOTICE],
        &["-f", "csv", NOTICE],
        &["-f", "xlsx", NOTICE],
        &["-f", "html", NOTICE],
        &["-f", "akn", NOTICE],
        &["--text", NOTICE],
        &["--schema"],
        &["--check", NOTICE],
        &["--check=sarif", NOTICE],
        &["--input", "jsonl"],
    ] {
        let full = fs::File::options().write(true).open("/dev/full").unwrap();
        let mut child = command(arguments).stdout(full).spawn().unwrap();
        let _ = child
            .stdin
            .take()
            .unwrap()
            .write_all(b"{\"content\":\"\"}\n");
        let output = child.wait_with_output().unwrap();
        let said = String::from_utf8(output.stderr).unwrap();
        assert_eq!(
            (output.status.code(), said),
            (Some(1), format!("gongwen: standard output: {sentence}\n"))
        );
    }
    run(&[NOTICE, "-o", "/dev/full"]).saying(1, &format!("/dev/full: {sentence}"));
}

/// As `gongwen … | head -1` does.
#[test]
fn a_closed_pipe_ends_quietly() {
    let there = folder("pipe");
    for i in 0..300 {
        fs::write(there.join(format!("{i}.txt")), fs::read(NOTICE).unwrap()).unwrap();
    }
    let mut child = command(&[shown(&there)]).spawn().unwrap();
    first_line(&mut child);
    let output = child.wait_with_output().unwrap();
    assert_eq!((output.status.code(), &*output.stderr), (Some(0), &b""[..]));

    let mut child = command(&["--input", "jsonl"]).spawn().unwrap();
    let mut stdin = child.stdin.take().unwrap();
    let endless = thread::spawn(move || while stdin.write_all(b"{\"content\":\"\"}\n").is_ok() {});
    first_line(&mut child);
    let output = child.wait_with_output().unwrap();
    assert_eq!((output.status.code(), &*output.stderr), (Some(0), &b""[..]));
    endless.join().unwrap();
}

/// Reads a line of its output and closes the pipe.
fn first_line(child: &mut Child) {
    let mut line = String::new();
    BufReader::new(child.stdout.take().unwrap())
        .read_line(&mut line)
        .unwrap();
    assert!(line.starts_with('{'));
}

#[test]
fn threads_change_nothing() {
    let there = folder("threads");
    for i in 0..50 {
        fs::write(there.join(format!("{i}.txt")), SHORT.repeat(i * i)).unwrap();
    }
    let one = run(&["-j", "1", shown(&there)]).quietly(0);
    assert_eq!(one.lines().len(), 50);
    for jobs in ["2", "7"] {
        assert_eq!(run(&["-j", jobs, shown(&there)]).quietly(0).out, one.out);
    }
}

#[test]
fn records_keep_their_order_and_their_fields() {
    let record = |i| format!("{{\"n\":{i}.0,\"text\":\"第{i}号\",\"name\":\"{i}.txt\"}}\n");
    let input = (0..2000).map(record).collect::<Vec<_>>().concat();
    let arguments = ["--input", "jsonl", "--field", "text", "--id-field", "name"];
    let one = run_with(&[&arguments[..], &["-j", "1"]].concat(), input.as_bytes()).quietly(0);
    for (i, line) in one.text().lines().enumerate() {
        let name = format!("{i}.txt");
        let head = format!(
            "{{\"n\":{i}.0,\"text\":\"第{i}号\",\"name\":\"{name}\",\"notice\":{{\"schema\":"
        );
        assert!(line.starts_with(&head), "{line}");
        let record: Value = serde_json::from_str(line).unwrap();
        assert_eq!(record["notice"]["source"]["name"], *name);
    }
    assert_eq!(one.text().lines().count(), 2000);
    assert_eq!(
        run_with(&[&arguments[..], &["-j", "3"]].concat(), input.as_bytes())
            .quietly(0)
            .out,
        one.out
    );
}

#[test]
fn records_may_have_their_tasks_instead() {
    let text = "一、备足种子。（牵头单位：省农业农村厅）\\n二、备足化肥。（省供销社负责）";
    let input = format!("{{\"id\":7,\"content\":\"{text}\"}}\n{{\"content\":\"\"}}\n");
    let arguments = [
        "--input",
        "jsonl",
        "-f",
        "tasks",
        "--id-field",
        "id",
        "--offsets",
        "chars",
    ];
    let records = run_with(&arguments, input.as_bytes()).quietly(0).lines();
    assert_eq!(records[0]["tasks"][1]["responsible"][0], "省供销社");
    assert_eq!(records[0]["tasks"][1]["source"], "7");
    assert_eq!(records[0]["tasks"][1]["span"][0], 21);
    assert_eq!(records[0].get("notice"), None);
    assert_eq!(records[1]["tasks"], Value::Array(vec![]));
}

#[test]
fn bad_records_are_data() {
    let input = "{\"content\":\"\"}\n{\"broken\n{\"other\":1}\n{\"content\":7}";
    let run = run_with(&["--input", "jsonl"], input.as_bytes())
        .saying(0, "3 of 4 records came out with an error");
    let errors: Vec<_> = run
        .lines()
        .iter()
        .map(|record| record["error"].as_str().map(str::to_owned))
        .collect();
    assert_eq!(
        errors.iter().map(Option::is_some).collect::<Vec<_>>(),
        [false, true, true, true]
    );
    assert!(errors[1].as_ref().unwrap().starts_with("line 2: "));
    run_with(&["--input", "jsonl", "-q"], input.as_bytes()).quietly(0);

    let run = run_with(
        &["--input", "jsonl", "--field", "nosuch"],
        b"{\"content\":\"\"}\n",
    );
    let run = run.saying(0, "1 of 1 records came out with an error");
    assert_eq!(
        run.text(),
        "{\"content\":\"\",\"error\":\"no field `nosuch`: name it with --field\"}\n"
    );
}

#[test]
fn records_come_from_files_too() {
    let there = folder("records");
    let (a, b) = (there.join("a.jsonl"), there.join("b.jsonl"));
    fs::write(&a, "{\"n\":1,\"content\":\"\"}").unwrap();
    fs::write(&b, "{\"n\":2,\"content\":\"\"}\n").unwrap();
    let broken = there.join("broken.jsonl");
    fs::write(&broken, "\n{\"n\"\n").unwrap();
    let bad = run(&["--input", "jsonl", shown(&broken), shown(&a)])
        .saying(0, "1 of 2 records came out with an error");
    let error = bad.lines()[0]["error"].as_str().unwrap().to_owned();
    let place = format!("{}, line 2: no JSON object: ", broken.display());
    assert!(error.starts_with(&place), "{error}");
    let run = run(&["--input", "jsonl", shown(&b), "no/such.jsonl", shown(&a)]);
    let run = run.saying(1, "no/such.jsonl: no such file or folder: check the path");
    assert_eq!(
        run.lines()
            .iter()
            .map(|record| record["n"].clone())
            .collect::<Vec<_>>(),
        [2, 1]
    );
}

/// Answers come while the input is still open, and memory does not grow with what has passed.
#[test]
#[cfg(target_os = "linux")]
fn records_stream() {
    let mut child = command(&["--input", "jsonl"]).spawn().unwrap();
    let mut stdin = child.stdin.take().unwrap();
    let mut answers = BufReader::new(child.stdout.take().unwrap()).lines();
    let record = format!("{}\n", json!({"content": SHORT}));
    stdin.write_all(record.as_bytes()).unwrap();
    assert!(answers.next().unwrap().unwrap().contains("\"notice\":"));

    let mut stdin = thread::scope(|scope| {
        let writer = scope.spawn(|| {
            (0..50_000).for_each(|_| stdin.write_all(record.as_bytes()).unwrap());
            stdin
        });
        assert_eq!((&mut answers).take(50_000).flatten().count(), 50_000);
        writer.join().unwrap()
    });
    let status = fs::read_to_string(format!("/proc/{}/status", child.id())).unwrap();
    let peak = status
        .lines()
        .find_map(|line| line.strip_prefix("VmHWM:"))
        .unwrap();
    let peak: u64 = peak.trim().strip_suffix(" kB").unwrap().parse().unwrap();
    assert!(peak < 100_000, "{peak} kB");

    stdin.write_all(b"{}").unwrap();
    drop(stdin);
    assert!(answers.next().unwrap().unwrap().contains("\"error\":"));
    assert!(answers.next().is_none());
    assert_eq!(child.wait().unwrap().code(), Some(0));
}

#[test]
fn findings_are_shown_like_a_compilers() {
    let there = folder("check");
    let path = there.join("通知.txt");
    fs::write(
        &path,
        "关于春耕的通知\n一、选种。\n（责任单位：省农业农村厅）\n三、播种。\n",
    )
    .unwrap();
    let run = run(&["--check", shown(&path)]).quietly(0);
    let place = format!("--> {}:4:1\n", shown(&path));
    assert!(
        run.text().starts_with("warning[numbering-gap]: "),
        "{}",
        run.text()
    );
    assert!(
        run.text().contains(&place) && run.text().contains("\n4 | 三、播种。\n  | ^^^^"),
        "{}",
        run.text()
    );
    assert!(
        run.text()
            .ends_with("\n0 errors, 1 warning, 0 infos in 1 document\n"),
        "{}",
        run.text()
    );
    let quiet = good(&["--check", "-q", shown(&path)]);
    assert!(!quiet.text().contains("1 document") && quiet.text().contains(&place));
    let twice = good(&["--check", shown(&path), shown(&path)]);
    assert!(
        twice
            .text()
            .ends_with("\n0 errors, 2 warnings, 0 infos in 2 documents\n")
    );
}

#[test]
fn an_error_that_was_found_ends_with_one() {
    let text = "关于春耕的通知\n一、选种。（牵头单位：；责任单位：省农业农村厅）\n";
    let run = run_with(&["--check"], text.as_bytes());
    assert!(
        run.text().starts_with("error[empty-duty]: ") && run.text().contains("--> <stdin>:2:"),
        "{}",
        run.text()
    );
    assert_eq!(run.code, Some(1));
    assert_eq!(run_with(&["--check=sarif"], text.as_bytes()).code, Some(1));
    assert_eq!(run_with(&[], text.as_bytes()).code, Some(0));
}

#[test]
fn sarif_names_every_code_and_points_at_the_text() {
    let there = folder("sarif");
    let path = there.join("a b.txt");
    fs::write(&path, "关于春耕的通知\n一、选种。\n三、播种。\n").unwrap();
    let run = run(&["--check=sarif", shown(&path), NOTICE, shown(&path)]).quietly(0);
    let log: Value = serde_json::from_str(run.text()).unwrap();
    assert_eq!(log["version"], "2.1.0");
    let driver = &log["runs"][0]["tool"]["driver"];
    let rules: Vec<_> = driver["rules"]
        .as_array()
        .unwrap()
        .iter()
        .map(|rule| rule["id"].as_str().unwrap())
        .collect();
    assert_eq!(
        rules,
        gongwen::Code::ALL
            .iter()
            .map(|code| code.as_str())
            .collect::<Vec<_>>()
    );
    let results = log["runs"][0]["results"].as_array().unwrap();
    let here: Vec<_> = results
        .iter()
        .filter(|found| found["ruleId"] == "numbering-gap")
        .collect();
    assert_eq!(here.len(), 2);
    assert_eq!(here[0], here[1]);
    assert_eq!(here[0]["level"], "warning");
    let place = &here[0]["locations"][0]["physicalLocation"];
    assert!(
        place["artifactLocation"]["uri"]
            .as_str()
            .unwrap()
            .ends_with("/sarif/a%20b.txt")
    );
    assert_eq!(
        (
            &place["region"]["startLine"],
            &place["region"]["startColumn"]
        ),
        (&json!(3), &json!(1))
    );
}

#[test]
fn the_ledger_is_one_for_all_documents() {
    let notice = fs::read_to_string(NOTICE).unwrap();
    let tasks = gongwen::parse(&notice).tasks().count();
    let arguments = ["-f", "tasks", NOTICE, "-"];
    let run = run_with(&arguments, notice.as_bytes()).quietly(0);
    let sources: Vec<_> = run
        .lines()
        .iter()
        .map(|row| row["source"].clone())
        .collect();
    assert_eq!(sources[..tasks], vec![json!(NOTICE); tasks]);
    assert_eq!(sources[tasks..], vec![Value::Null; tasks]);

    let once = good(&["-f", "csv", NOTICE]);
    let twice = good(&["-f", "csv", NOTICE, NOTICE]);
    let (head, rows) = once.text().split_once("\r\n").unwrap();
    assert!(
        head.starts_with('\u{FEFF}') && head.contains(",牵头单位,"),
        "{head}"
    );
    assert_eq!(twice.text(), format!("{head}\r\n{rows}{rows}"));

    let there = folder("ledger");
    let out = there.join("ledger.xlsx");
    good(&["-f", "xlsx", NOTICE, NOTICE, "-o", shown(&out)]);
    let mut book: calamine::Xlsx<_> = calamine::open_workbook(&out).unwrap();
    let sheet = calamine::Reader::worksheet_range_at(&mut book, 0)
        .unwrap()
        .unwrap();
    assert_eq!(sheet.height(), 1 + 2 * tasks);
}

#[test]
fn rows_of_the_ledger_can_be_chosen() {
    let text = "关于春耕的通知\n一、选种。（省农业农村厅、省科技厅负责）\n二、播种。（省水利厅负责）\n三、施肥。\n";
    let rows = |more: &[&str]| {
        let run = run_with(&[&["-f", "tasks"], more].concat(), text.as_bytes()).quietly(0);
        run.lines()
            .iter()
            .map(|row| row["id"].as_str().unwrap().to_owned())
            .collect::<Vec<_>>()
    };
    assert_eq!(rows(&[]), ["1.1", "1.2"]);
    assert_eq!(rows(&["--all"]), ["1.1", "1.2", "1.3"]);
    assert_eq!(rows(&["--expand"]), ["1.1", "1.1", "1.2"]);
    assert_eq!(rows(&["--unit", "省水利厅"]), ["1.2"]);
    assert_eq!(rows(&["--unit", "江西省水利厅"]), [""; 0]);
    let region = ["--region", "江西省", "--unit", "江西省水利厅"];
    assert_eq!(rows(&region), ["1.2"]);
    assert_eq!(rows(&[&region[..], &["--no-names"]].concat()), [""; 0]);
    for option in [&["--all"][..], &["--unit", "省水利厅"], &["--expand"]] {
        let sentence = format!(
            "{} chooses rows of the ledger: add -f tasks, csv, or xlsx",
            option[0]
        );
        run(&[option, &[NOTICE]].concat()).saying(2, &sentence);
    }
}

#[test]
fn a_review_page_is_for_one_notice() {
    let page = good(&["-f", "html", NOTICE]);
    assert!(page.text().starts_with("<!DOCTYPE html>"));
    run(&["-f", "html", NOTICE, NOTICE]).saying(
        2,
        "-f html and -f akn write one document for one notice: give one file",
    );
}

#[test]
fn the_schema_is_the_librarys() {
    run(&["--schema", NOTICE]).saying(
        2,
        "--schema, --man and --completions read nothing: leave the files out",
    );
    let run = run(&["--schema"]).quietly(0);
    assert_eq!(
        serde_json::from_str::<Value>(run.text()).unwrap(),
        gongwen::schema()
    );
}

#[test]
fn help_shows_examples_first() {
    let run = run(&["--help"]).quietly(0);
    let [examples, usage, options] =
        ["Examples:", "Usage:", "Options:"].map(|heading| run.text().find(heading).unwrap());
    assert!(examples < usage && usage < options);
}

#[test]
fn completions_and_manual_name_every_option() {
    let help = good(&["--help"]);
    let options: Vec<&str> = help
        .text()
        .split_whitespace()
        .filter_map(|word| word.strip_prefix("--"))
        .map(|word| word.split(['[', '=', ',']).next().unwrap())
        .collect();
    assert!(options.len() > 10);
    let bash = good(&["--completions", "bash"]);
    let man = good(&["--man"]);
    let man = man.text().replace("\\-", "-");
    assert!(man.contains("EXAMPLES\n"));
    for option in options {
        assert!(bash.text().contains(&format!("--{option}")), "{option}");
        assert!(man.contains(&format!("--{option}")), "{option}");
    }
}

#[test]
fn a_closed_standard_error_is_no_reason_to_stop() {
    let mut child = command(&["no/such.txt", NOTICE]).spawn().unwrap();
    drop(child.stderr.take());
    let mut out = String::new();
    child
        .stdout
        .take()
        .unwrap()
        .read_to_string(&mut out)
        .unwrap();
    assert_eq!(out.lines().count(), 1);
    assert_eq!(child.wait().unwrap().code(), Some(1));
}
