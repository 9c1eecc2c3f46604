"""The ledger of any number of notices, on a Spark cluster whose workers have the wheel.

    spark-submit examples/spark_wheel.py notices.jsonl ledger.parquet

In: JSON Lines with the fields `id` and `content`. Out: Parquet, one row for each item and assignment, the fields
of `gongwen -f tasks`; `source` is the notice's `id`, spans count characters.

Workers need `pip install gongwen pyarrow pandas`, or `--archives` with an environment that has them.
"""

import sys

import pyarrow as pa
from pyspark.sql import SparkSession

names = pa.list_(pa.string())
LEDGER = pa.schema(
    {
        "source": pa.string(),
        "id": pa.string(),
        "number": pa.string(),
        "path": pa.string(),
        "text": pa.string(),
        "lead": names,
        "responsible": names,
        "cooperating": names,
        "supervising": names,
        "other": names,
        "deadline": pa.string(),
        "date": pa.string(),
        "clause": pa.string(),
        "inherited_from": pa.string(),
        "inferred": pa.list_(pa.struct({"field": pa.string(), "rule": pa.string(), "values": names})),
        "findings": names,
        "line": pa.int32(),
        "span": pa.list_(pa.int32()),
    }
)


def ledger(batches):
    """Notices in, rows of the ledger out, a batch at a time."""
    import gongwen

    for batch in batches:
        notices = zip(batch["id"].to_pylist(), batch["content"].to_pylist())
        rows = [{**task, "source": source} for source, text in notices for task in gongwen.tasks(text or "")]
        yield pa.RecordBatch.from_pylist(rows, schema=LEDGER)


def main(notices, output):
    from pyspark.sql.pandas.types import from_arrow_schema

    spark = SparkSession.builder.appName("gongwen").getOrCreate()
    spark.read.schema("id string, content string").json(notices).mapInArrow(
        ledger, from_arrow_schema(LEDGER)
    ).write.mode("overwrite").parquet(output)
    spark.stop()


if __name__ == "__main__":
    main(*sys.argv[1:])
