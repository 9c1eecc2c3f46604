"""What a whole process costs: processor time for one notice, two cores over a folder, memory for one huge text, names.

    cargo build --release && python3 benches/process.py

Processor time and times on the clock are the best of several runs; memory is the peak of the process.
"""

import os
import pathlib
import re
import resource
import shutil
import subprocess
import tempfile
import textwrap
import time

binary = "target/release/gongwen"
source = pathlib.Path("fixtures/jiangxi-2018.txt")
text = source.read_text(encoding="utf-8")


def run(*command):
    """Processor time, time on the clock and peak memory of one process, in seconds and bytes."""
    began = time.perf_counter()
    child = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    _, status, usage = os.wait4(child.pid, 0)
    took = time.perf_counter() - began
    if status:
        raise SystemExit(f"{' '.join(command)}: ended with {os.waitstatus_to_exitcode(status)}")
    return usage.ru_utime + usage.ru_stime, took, usage.ru_maxrss * 1024


def one_notice():
    commands = {"cat": ["cat", source], "gongwen": [binary, source], "without names": [binary, "--no-names", source]}
    for name, command in commands.items():
        best = min(run(*map(str, command))[0] for _ in range(60))
        print(f"one notice, {name}: {best * 1000:.1f} ms of one core")


def folder(place):
    for index in range(1000):
        shutil.copy(source, place / f"{index}.txt")
    took = {jobs: min(run(binary, "-q", "-j", jobs, str(place))[1] for _ in range(5)) for jobs in ("1", "2")}
    megabytes = 1000 * source.stat().st_size / 1e6
    print(f"a folder of {megabytes:.0f} MB: one thread {took['1']:.2f} s, two {took['2']:.2f} s,"
          f" {took['1'] / took['2']:.2f} times as fast")


def huge(place):
    """The source notice, wrapped after 36 characters as in text from PDF, again and again up to 64 MB."""
    wrapped = "\n".join(part for line in text.splitlines() for part in textwrap.wrap(line, 36) or [""]) + "\n"
    page = place / "huge.txt"
    page.write_text(wrapped * (64_000_000 // len(wrapped.encode())), encoding="utf-8")
    took, _, memory = run(binary, "-q", str(page))
    size = page.stat().st_size
    print(f"one wrapped text of {size / 1e6:.0f} MB: {memory / 1e6:.0f} MB at its peak, {memory / size:.1f} times its"
          f" size; {took:.2f} s of one core")


def names():
    tables = [*pathlib.Path("src/lexicon").glob("organs_*.tsv"), *pathlib.Path("src/lexicon").glob("regions.tsv")]
    size = sum(table.stat().st_size for table in tables)
    symbols = subprocess.run(["nm", "--print-size", "--demangle", binary], capture_output=True, text=True).stdout
    code = sum(int(size, 16) for size in re.findall(r"^\w+ (\w+) [tT] .*gongwen::names", symbols, re.MULTILINE))
    print(f"names: tables {size / 1000:.0f} KB, code {code / 1000:.0f} KB of {os.stat(binary).st_size / 1e6:.1f} MB")


one_notice()
names()
with tempfile.TemporaryDirectory() as place:
    folder(pathlib.Path(place))
with tempfile.TemporaryDirectory() as place:
    huge(pathlib.Path(place))
