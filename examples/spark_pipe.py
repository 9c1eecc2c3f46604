"""The ledger of any number of notices, on a Spark cluster whose workers have the binary and nothing else.

    spark-submit --files gongwen examples/spark_pipe.py notices.jsonl ledger.parquet

In: JSON Lines with the fields `id` and `content`, and whatever else. Out: Parquet, one row for each item and
assignment, the fields of `gongwen -f tasks`; `source` is the notice's `id`, spans count characters.

Each partition runs one `gongwen`, which reads a record a line and writes it with its tasks. A record that can't
be read comes out with an `error` in their place, and fails nothing.
"""

import sys

from pyspark.sql import SparkSession
from pyspark.sql.functions import explode

COMMAND = "--quiet --jobs 1 --offsets chars --input jsonl --field content --id-field id --format tasks"

RECORD = """
    error string,
    tasks array<struct<
        source: string, id: string, number: string, path: string, text: string,
        lead: array<string>, responsible: array<string>, cooperating: array<string>, supervising: array<string>,
        other: array<string>, deadline: string, date: string, clause: string, inherited_from: string,
        inferred: array<struct<field: string, rule: string, values: array<string>>>,
        findings: array<string>, line: int, span: array<int>>>
"""


def main(notices, output, gongwen="./gongwen"):
    spark = SparkSession.builder.appName("gongwen").getOrCreate()
    records = spark.sparkContext.textFile(notices).pipe(f"{gongwen} {COMMAND}", checkCode=True)
    spark.read.schema(RECORD).json(records).select(explode("tasks").alias("task")).select("task.*").write.mode(
        "overwrite"
    ).parquet(output)
    spark.stop()


if __name__ == "__main__":
    main(*sys.argv[1:])
