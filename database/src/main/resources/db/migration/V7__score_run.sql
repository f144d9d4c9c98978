-- Runs of batch scoring that write into a table. The tables themselves are made by the first run that names them.

CREATE TABLE score_run (
  run bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  -- The table that the run writes; only tables named here are ever replaced.
  table_name text NOT NULL,
  started_at timestamptz NOT NULL DEFAULT now(),
  -- Set in the transaction that makes the rows visible.
  published_at timestamptz
);

CREATE INDEX score_run_table_name ON score_run (table_name);

-- What a run that is under way has already written: a row for each part, in the transaction that writes it.
CREATE TABLE score_part (
  run bigint NOT NULL REFERENCES score_run,
  part bigint NOT NULL,
  scored bigint NOT NULL,
  rejected bigint NOT NULL,
  PRIMARY KEY (run, part)
);
