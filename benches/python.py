"""What a notice costs in Python, against the same notice through the binary: processor time, best of several runs.

    GONGWEN=target/release/gongwen target/python/venv/bin/python benches/python.py [FILE] [COUNT]

Both go from text to what their users get: JSON or a dictionary here, a line of JSON there.
"""

import json
import os
import pathlib
import resource
import subprocess
import sys
import tempfile
import time

import gongwen

path = pathlib.Path(sys.argv[1] if len(sys.argv) > 1 else "fixtures/jiangxi-2018.txt")
count = int(sys.argv[2]) if len(sys.argv) > 2 else 1000
text = path.read_text(encoding="utf-8")


def binary(records):
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    command = [os.environ["GONGWEN"], "--quiet", "--jobs", "1", "--offsets", "chars", "--input", "jsonl", records.name]
    subprocess.run(command, stdout=subprocess.DEVNULL, check=True)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def module(call):
    before = time.process_time()
    for _ in range(count):
        call(text)
    return time.process_time() - before


def many():
    """Time on the clock, as the dictionaries of one notice are made while the next is read."""
    before = time.perf_counter()
    for _ in gongwen.parse_many((text for _ in range(count)), threads=1):
        pass
    return time.perf_counter() - before


with tempfile.NamedTemporaryFile("w", suffix=".jsonl", encoding="utf-8") as records:
    line = json.dumps({"content": text}, ensure_ascii=False) + "\n"
    records.write(line * count)
    records.flush()
    runs = [(binary(records), module(gongwen.to_json), module(gongwen.parse), many()) for _ in range(7)]
there, *here = (min(times) / count * 1000 for times in zip(*runs))
print(f"{path.name}, {len(text.encode())} bytes: the binary takes {there:.3f} ms")
for name, took in zip(["to_json", "parse", "parse_many, one thread, on the clock"], here):
    print(f"  {name}: {took:.3f} ms, {took / there:.2f} times as long")
