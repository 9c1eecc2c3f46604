"""The wheel as a user has it: installed, imported, called."""

import ast
import json
import os
import pathlib
import subprocess
import threading
import time

import gongwen
import pytest

ROOT = pathlib.Path(__file__).parents[2]
NOTICE = ROOT / "fixtures/jiangxi-2018.txt"
TEXT = NOTICE.read_text(encoding="utf-8")
SHORT = "关于春耕的通知\n一、抓好种子供应。（牵头单位：省农业农村厅；责任单位：省供销社）"


def texts(value):
    """Every pair of a verbatim text and its span; the text of an item is a reading."""
    if isinstance(value, dict):
        if "text" in value and "span" in value and "inherits" not in value:
            yield value["text"], value["span"]
        value = value.values()
    if not isinstance(value, str) and hasattr(value, "__iter__"):
        for part in value:
            yield from texts(part)


def test_spans_cut_the_text():
    notice = gongwen.parse(TEXT)
    pairs = list(texts(notice))
    assert len(pairs) > 300
    assert all(TEXT[start:end] == text for text, (start, end) in pairs)
    raw, utf16 = TEXT.encode(), TEXT.encode("utf-16-le")
    for text, (start, end) in texts(gongwen.parse(TEXT, offsets="bytes")):
        assert raw[start:end].decode() == text
    for text, (start, end) in texts(gongwen.parse(TEXT, offsets="utf16")):
        assert utf16[2 * start : 2 * end].decode("utf-16-le") == text


def test_the_source_notice_has_sixty_tasks():
    tasks = gongwen.tasks(TEXT)
    assert len(tasks) == 60
    assert tasks[12]["lead"] == ["省科技厅"]
    assert TEXT[slice(*tasks[12]["span"])].startswith(tasks[12]["number"])
    assert len(gongwen.tasks(TEXT, all=True)) >= len(tasks)


@pytest.mark.parametrize("encoding", ["utf-8", "gb18030", "utf-16", "utf-8-sig"])
def test_bytes_are_decoded(encoding):
    notice = gongwen.parse(SHORT.encode(encoding))
    assert notice["parts"] == gongwen.parse(SHORT)["parts"]
    for document in [bytearray(SHORT.encode(encoding)), memoryview(SHORT.encode(encoding))]:
        assert gongwen.parse(document) == notice
    assert notice["source"]["bytes"] == len(SHORT.encode(encoding))


def test_every_format_is_read():
    folder = ROOT / "fixtures/input"
    expected = gongwen.tasks((folder / "notice.txt").read_text(encoding="utf-8"))
    assert expected
    for name in ["notice.docx", "page.html", "scraped.txt"]:
        document = (folder / name).read_bytes()
        text = gongwen.text(document)
        assert all(text[start:end] == cut for cut, (start, end) in texts(gongwen.parse(document)))
        tasks = gongwen.tasks(document)
        assert [task["responsible"] for task in tasks] == [task["responsible"] for task in expected]


def test_errors_are_exceptions_in_the_same_words():
    message = "^gzip data, no text: unpack it first$"
    for call in [gongwen.parse, gongwen.to_json, gongwen.tasks, gongwen.text, lambda document: next(gongwen.parse_many([document]))]:
        with pytest.raises(gongwen.Error, match=message):
            call(b"\x1f\x8b\x08\x00")
    assert issubclass(gongwen.Error, ValueError)
    with pytest.raises(gongwen.Error, match="`klingon` names no encoding"):
        gongwen.parse(b"", encoding="klingon")
    with pytest.raises(ValueError, match="offsets count"):
        gongwen.parse("", offsets="words")
    with pytest.raises(ValueError, match="no region is called 江南省"):
        gongwen.parse("", region="江南省")
    with pytest.raises(TypeError, match="encoding is for bytes"):
        gongwen.parse("", encoding="gbk")
    for document in [None, 3, NOTICE, ["一"]]:
        with pytest.raises(TypeError, match="a document is str or bytes"):
            gongwen.parse(document)
    with pytest.raises(UnicodeEncodeError):
        gongwen.parse("\ud800")


def test_text_is_what_spans_count_in():
    assert gongwen.text(SHORT) == gongwen.text(SHORT.encode("utf-16")) == SHORT
    assert gongwen.text(SHORT.encode("gbk"), encoding="gbk") == SHORT


def test_options_reach_the_parser():
    assert gongwen.parse(SHORT.encode("gbk"), encoding="gbk")["source"]["encoding_from"] == "given"
    assert gongwen.parse(SHORT, region="江西省")["schema"] == "gongwen/1"


def test_many_are_as_one():
    documents = [SHORT, TEXT, TEXT.encode("gb18030"), b""] * 50
    expected = [gongwen.parse(document) for document in documents]
    for threads in [None, 1, 2, 7]:
        assert list(gongwen.parse_many(documents, threads=threads)) == expected
    assert list(gongwen.parse_many([])) == []
    assert list(gongwen.parse_many(iter([SHORT]), offsets="bytes")) == [gongwen.parse(SHORT, offsets="bytes")]


def test_many_go_on_after_an_error():
    documents = [SHORT, b"\x1f\x8b\x08\x00", SHORT]
    first, error, last = gongwen.parse_many(documents, errors="return")
    assert first == last and isinstance(error, gongwen.Error)
    notices = gongwen.parse_many(documents)
    assert next(notices) == first
    with pytest.raises(gongwen.Error):
        next(notices)
    assert next(notices) == last
    with pytest.raises(StopIteration):
        next(notices)


def test_many_take_what_an_iterable_gives():
    def endless():
        while True:
            yield SHORT

    notices = gongwen.parse_many(endless(), threads=2)
    assert next(notices) == next(notices)

    def broken():
        yield SHORT
        raise KeyError("source")

    notices = gongwen.parse_many(broken())
    next(notices)
    with pytest.raises(KeyError):
        next(notices)
    with pytest.raises(StopIteration):
        next(notices)
    with pytest.raises(TypeError):
        gongwen.parse_many(3)
    with pytest.raises(ValueError):
        gongwen.parse_many([], threads=0)
    with pytest.raises(ValueError):
        gongwen.parse_many([], errors="ignore")


def test_others_run_while_documents_are_read():
    ticks = []
    done = threading.Event()

    def tick():
        while not done.is_set():
            ticks.append(time.perf_counter())
            time.sleep(0.001)

    thread = threading.Thread(target=tick)
    thread.start()
    start = time.perf_counter()
    gongwen.parse(TEXT * 100)
    middle = [at for at in ticks if at > start]
    done.set()
    thread.join()
    assert len(middle) > 3


def test_the_schema_fits():
    schema = gongwen.schema()
    assert schema["$schema"] == "https://json-schema.org/draft/2020-12/schema"
    jsonschema = pytest.importorskip("jsonschema")
    jsonschema.Draft202012Validator(schema).validate(gongwen.parse(TEXT))


def test_objects_are_those_of_the_json():
    assert json.loads(gongwen.to_json(TEXT)) == gongwen.parse(TEXT)
    assert "\n" not in gongwen.to_json(TEXT.encode("gb18030"), offsets="bytes")
    binary = os.environ.get("GONGWEN")
    if binary:
        shown = subprocess.run([binary, "--offsets", "chars", "-"], input=TEXT.encode(), capture_output=True, check=True)
        from_bytes = gongwen.parse(TEXT.encode())
        assert json.loads(shown.stdout) == from_bytes


def test_the_readme_runs(capsys):
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    block = readme.split("```python\n")[1].split("```")[0]
    exec(block, {})
    assert capsys.readouterr().out.startswith("['省农业农村厅'] 一、备足种子（")


def test_the_stubs_say_what_there_is():
    folder = pathlib.Path(gongwen.__file__).parent
    assert (folder / "py.typed").exists()
    stub = ast.parse((folder / "__init__.pyi").read_text(encoding="utf-8"))
    functions = {node.name for node in stub.body if isinstance(node, ast.FunctionDef)}
    assert functions == {"parse", "to_json", "tasks", "parse_many", "text", "schema"}
    assert functions | {"Error", "__version__"} <= set(dir(gongwen))
    classes = {}
    for node in stub.body:
        if isinstance(node, ast.ClassDef):
            classes[node.name] = {field.target.id for field in node.body if isinstance(field, ast.AnnAssign)}
        elif isinstance(node, ast.Assign) and isinstance(node.value, ast.Call):
            classes[node.targets[0].id] = {key.value for key in node.value.args[1].keys}
    schema = gongwen.schema()
    models = {"Notice": schema, **schema["$defs"]}
    models = {name: set(model["properties"]) for name, model in models.items() if "properties" in model}
    assert models == {name: classes[name] for name in models}
    keys = set().union(*map(set, gongwen.tasks(TEXT, all=True)))
    assert keys <= classes["Task"] and classes["Task"] - keys <= {"other"}
