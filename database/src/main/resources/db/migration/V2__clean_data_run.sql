-- What the workers of a run leave for the process that publishes it.

ALTER TABLE clean_data_chunk ADD COLUMN kept bigint NOT NULL;

CREATE TABLE clean_data_chunk_excluded (
  run bigint NOT NULL,
  batch_id bigint NOT NULL,
  reason text NOT NULL,
  row_count bigint NOT NULL,
  PRIMARY KEY (run, batch_id, reason)
);

CREATE TABLE clean_data_run_plan (
  run bigint PRIMARY KEY,
  -- The text form of the split plan.
  plan text NOT NULL
);
