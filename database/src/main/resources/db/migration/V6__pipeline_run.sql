-- Every run of a pipeline, also of those that were submitted to a cluster and left alone there.

CREATE TABLE pipeline_run (
  run bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  kind text NOT NULL,
  -- What it reads or makes: a file, a source, a table.
  subject text NOT NULL,
  started_by text NOT NULL,
  started_at timestamptz NOT NULL DEFAULT now(),
  -- When the process that waits for it, or one of its workers, last gave a sign of life.
  seen_at timestamptz NOT NULL DEFAULT now(),
  ended_at timestamptz,
  state text NOT NULL DEFAULT 'RUNNING' CHECK (state IN ('RUNNING', 'DONE', 'FAILED')),
  -- Why it failed, in one line.
  reason text,
  -- [local], or the REST address of the cluster.
  flink_master text NOT NULL,
  flink_job text,
  -- Rows there are to do; NULL while that is not known.
  rows_total bigint,
  -- Moved as batches are committed: rows read; accepted, kept or scored; rejected or excluded.
  rows_read bigint NOT NULL DEFAULT 0,
  rows_passed bigint NOT NULL DEFAULT 0,
  rows_rejected bigint NOT NULL DEFAULT 0,
  batches bigint NOT NULL DEFAULT 0,
  CHECK ((state = 'RUNNING') = (ended_at IS NULL))
);
