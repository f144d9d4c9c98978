-- The tables whose columns do not depend on the contract. raw_data and clean_data are made from the contract.

-- The contract this database was made for; one row.
CREATE TABLE contract (
  only_row boolean PRIMARY KEY DEFAULT true CHECK (only_row),
  name text NOT NULL
);

-- The ledger: what of which source is in raw_data. A row is written in the transaction that writes the batch.
CREATE TABLE ingest_batch (
  batch_id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  source text NOT NULL,
  batch_number integer NOT NULL,
  content_sha256 text NOT NULL,
  -- Where in the source: the line of the first row, and the bytes [byte_from, byte_to) of the unpacked text.
  first_line bigint NOT NULL,
  byte_from bigint NOT NULL,
  byte_to bigint NOT NULL,
  rows_read integer NOT NULL,
  accepted integer NOT NULL,
  rejected integer NOT NULL,
  duplicates integer NOT NULL,
  created_at timestamptz NOT NULL DEFAULT now(),
  created_by text NOT NULL,
  UNIQUE (source, batch_number),
  CHECK (accepted + rejected + duplicates = rows_read)
);

CREATE TABLE rejected_rows (
  batch_id bigint NOT NULL REFERENCES ingest_batch,
  line bigint NOT NULL,
  -- [{"column": …, "value": …, "expected": …}, …]
  reasons jsonb NOT NULL,
  raw_text text NOT NULL,
  PRIMARY KEY (batch_id, line)
);

-- One row for each clean_data that was ever published; the highest generation is the one that is there.
CREATE TABLE clean_data_generation (
  generation bigint PRIMARY KEY,
  created_at timestamptz NOT NULL DEFAULT now(),
  -- Digest over all that decides the result: batches, contract, seed.
  input_sha256 text NOT NULL,
  seed bigint NOT NULL,
  rows_read bigint NOT NULL,
  kept bigint NOT NULL,
  -- Digest of the split: seed and thresholds.
  split_sha256 text NOT NULL
);

CREATE TABLE clean_data_excluded (
  generation bigint NOT NULL REFERENCES clean_data_generation,
  reason text NOT NULL,
  row_count bigint NOT NULL,
  PRIMARY KEY (generation, reason)
);

CREATE TABLE clean_data_count (
  generation bigint NOT NULL REFERENCES clean_data_generation,
  dataset text NOT NULL,
  label text NOT NULL,
  row_count bigint NOT NULL,
  PRIMARY KEY (generation, dataset, label)
);

-- Numbers the runs that make a clean_data; a published one becomes the generation of this number.
CREATE SEQUENCE clean_data_run;

-- What a run that is under way has already written: one row for each batch, in the transaction that writes it.
CREATE TABLE clean_data_chunk (
  run bigint NOT NULL,
  batch_id bigint NOT NULL,
  PRIMARY KEY (run, batch_id)
);

-- How the split of a generation was cut: in each stratum, patients in the order of (hash, patient) are train up to
-- and including the first pair, validation up to and including the second, test after it. -1 stands before all.
CREATE TABLE split_threshold (
  generation bigint NOT NULL REFERENCES clean_data_generation,
  -- Encounters of a patient by class, in the order of the contract's classes: "1,0,2".
  stratum text NOT NULL,
  train_patients bigint NOT NULL,
  validation_patients bigint NOT NULL,
  test_patients bigint NOT NULL,
  train_last_hash bigint NOT NULL,
  train_last_patient bigint NOT NULL,
  validation_last_hash bigint NOT NULL,
  validation_last_patient bigint NOT NULL,
  PRIMARY KEY (generation, stratum)
);

-- The side of every patient of clean_data, and the generation that put them there.
CREATE TABLE split_assignment (
  patient bigint PRIMARY KEY,
  dataset text NOT NULL,
  generation bigint NOT NULL
);

CREATE TABLE inference_log (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  request_id text NOT NULL,
  logged_at timestamptz NOT NULL,
  model_name text NOT NULL,
  model_alias text NOT NULL,
  model_version text NOT NULL,
  -- As it was received.
  encounter jsonb NOT NULL,
  prediction text NOT NULL,
  -- Class to probability.
  probabilities jsonb NOT NULL,
  -- Of the class that calls for action: the last of the contract's classes.
  probability_most_urgent double precision NOT NULL,
  risk text NOT NULL,
  latency_micros bigint NOT NULL
);

CREATE INDEX inference_log_logged_at ON inference_log USING brin (logged_at);
