-- Up to which batch all batches of a source are in raw_data. Moved in the transaction that stores a batch.

CREATE TABLE source_watermark (
  source text PRIMARY KEY,
  batch_number integer NOT NULL,
  advanced_at timestamptz NOT NULL DEFAULT now()
);

-- Of what was ingested before this table was there: the first batch that has no successor, where batch 1 is there.
INSERT INTO source_watermark (source, batch_number)
SELECT source, min(batch_number)
FROM ingest_batch last
WHERE NOT EXISTS (
    SELECT FROM ingest_batch next WHERE next.source = last.source AND next.batch_number = last.batch_number + 1
  )
  AND EXISTS (SELECT FROM ingest_batch first WHERE first.source = last.source AND first.batch_number = 1)
GROUP BY source;
