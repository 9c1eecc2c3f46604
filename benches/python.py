"""What a notice costs in Python, against the same notice through the binary: processor time, best of several runs.

    GONGWEN=target/release/gongwen target/python/venv/bin/python benches/python.py [FILE] [COUNT]

Both go from text to what their users get: a dictionary here, a line of JSON there.
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


def module():
    before = time.process_time()
    for _ in range(count):
        gongwen.parse(text)
    return time.process_time() - before


with tempfile.NamedTemporaryFile("w", suffix=".jsonl", encoding="utf-8") as records:
    line = json.dumps({"content": text}, ensure_ascii=False) + "\n"
    records.write(line * count)
    records.flush()
    runs = [(binary(records), module()) for _ in range(7)]
there, here = (min(times) / count * 1000 for times in zip(*runs))
print(f"{path.name}: {len(text.encode())} bytes; binary {there:.3f} ms, module {here:.3f} ms, ratio {here / there:.2f}")
