-- The ledger of a folder of notices in DuckDB: one machine, any number of notices.
--
--     gongwen -f tasks --offsets chars notices/ -o ledger.jsonl
--     duckdb < examples/ledger.sql
--
-- Ledgers beyond memory are no matter: DuckDB reads them in pieces and spills to disk.

CREATE OR REPLACE VIEW ledger AS
SELECT * FROM read_json('ledger.jsonl', format = 'newline_delimited', columns = {
    source: 'VARCHAR', id: 'VARCHAR', number: 'VARCHAR', path: 'VARCHAR', text: 'VARCHAR',
    lead: 'VARCHAR[]', responsible: 'VARCHAR[]', cooperating: 'VARCHAR[]', supervising: 'VARCHAR[]',
    other: 'VARCHAR[]', deadline: 'VARCHAR', date: 'DATE', clause: 'VARCHAR', inherited_from: 'VARCHAR',
    inferred: 'STRUCT(field VARCHAR, rule VARCHAR, "values" VARCHAR[])[]',
    findings: 'VARCHAR[]', line: 'INTEGER', span: 'INTEGER[]'
});

-- For Spark, pandas, Polars and the rest.
COPY ledger TO 'ledger.parquet' (FORMAT parquet, COMPRESSION zstd);

-- Who leads most.
SELECT unit, count(*) AS tasks, count(DISTINCT source) AS notices
FROM (SELECT unnest(lead) AS unit, source FROM ledger)
GROUP BY unit ORDER BY tasks DESC, unit LIMIT 20;

-- What falls due in a quarter, and who answers for it.
SELECT date, source, id, text, list_concat(lead, responsible) AS units
FROM ledger WHERE date BETWEEN '2025-04-01' AND '2025-06-30'
ORDER BY date, source, id;

-- Tasks that nobody leads although several share them.
SELECT source, id, text, responsible
FROM ledger WHERE len(lead) = 0 AND len(responsible) > 1
ORDER BY source, id;
