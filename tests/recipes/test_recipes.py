"""The recipes under `examples/` give the ledger that the command line gives.

Wants the binary in `GONGWEN`, and an environment with the wheel, PySpark and DuckDB: see `.ci/recipes`.
"""

import json
import os
import pathlib
import subprocess
import sys

import duckdb
import pyarrow.parquet
import pytest
from notices import notices

ROOT = pathlib.Path(__file__).parents[2]
GONGWEN = os.environ["GONGWEN"]
COUNT = 300


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    folder = tmp_path_factory.mktemp("recipes")
    (folder / "notices").mkdir()
    with (folder / "notices.jsonl").open("w", encoding="utf-8") as records:
        for name, text in notices(COUNT):
            (folder / f"notices/{name}.txt").write_text(text, encoding="utf-8")
            records.write(json.dumps({"id": name, "content": text}, ensure_ascii=False) + "\n")
    subprocess.run([GONGWEN, "-q", "-f", "tasks", "--offsets", "chars", "notices", "-o", "ledger.jsonl"], cwd=folder, check=True)
    return folder


@pytest.fixture(scope="module")
def expected(folder):
    rows = [json.loads(line) for line in (folder / "ledger.jsonl").read_text(encoding="utf-8").splitlines()]
    assert len(rows) > 5 * COUNT
    for row in rows:
        row["source"] = pathlib.Path(row["source"]).stem
        row.setdefault("other", None)
    return rows


def spark(recipe, folder, *arguments):
    """Runs a recipe as `spark-submit` would, in local mode, and reads what it wrote in order."""
    environment = {**os.environ, "PYSPARK_PYTHON": sys.executable, "SPARK_LOCAL_IP": "127.0.0.1"}
    environment["PYSPARK_SUBMIT_ARGS"] = (
        "--master local[2] --conf spark.driver.host=127.0.0.1 --conf spark.ui.enabled=false "
        "--conf spark.sql.files.maxPartitionBytes=100000 pyspark-shell"
    )
    output = folder / f"{recipe}.parquet"
    command = [sys.executable, ROOT / f"examples/{recipe}.py", folder / "notices.jsonl", output, *arguments]
    subprocess.run(command, env=environment, check=True)
    rows = pyarrow.parquet.read_table(output).to_pylist()
    assert len({part.name for part in output.glob("part-*")}) > 1
    return in_order(rows)


def in_order(rows):
    return sorted(rows, key=lambda row: (row["source"], row["span"], row["clause"] or ""))


def test_spark_with_the_wheel(folder, expected):
    assert spark("spark_wheel", folder) == in_order(expected)


def test_spark_with_the_binary(folder, expected):
    assert spark("spark_pipe", folder, GONGWEN) == in_order(expected)


def test_duckdb(folder, expected):
    script = (ROOT / "examples/ledger.sql").read_text(encoding="utf-8")
    engine = duckdb.connect()
    script = script.replace("'ledger.", f"'{folder}/ledger.")
    leads, due, shared = [
        engine.execute(statement).fetchall() for statement in engine.extract_statements(script)
    ][-3:]
    rows = in_order(
        {**row, "source": pathlib.Path(row["source"]).stem, "date": row["date"] and str(row["date"])}
        for row in pyarrow.parquet.read_table(folder / "ledger.parquet").to_pylist()
    )
    assert rows == in_order(expected)
    counted = {}
    for row in expected:
        for unit in row["lead"]:
            counted[unit] = counted.get(unit, 0) + 1
    assert dict((unit, tasks) for unit, tasks, _ in leads) == {unit: counted[unit] for unit, _, _ in leads}
    assert len(leads) == min(20, len(counted))
    assert due and all("2025-04-01" <= str(row[0]) <= "2025-06-30" for row in due)
    assert len(due) == sum("2025-04-01" <= (row["date"] or "") <= "2025-06-30" for row in expected)
    assert len(shared) == sum(not row["lead"] and len(row["responsible"]) > 1 for row in expected)
