-- Publishing is the last step of the pipeline that prepares, and patients keep their sides.

-- The run that is under way; one at a time. A newer one takes the place of an older one, which then cannot publish.
CREATE TABLE clean_data_draft (
  run bigint PRIMARY KEY,
  input_sha256 text NOT NULL,
  rows_read bigint NOT NULL,
  started_at timestamptz NOT NULL DEFAULT now()
);

-- The plan goes to the step that publishes without a detour.
DROP TABLE clean_data_run_plan;

-- Patients by side who had their side before. The numbers that were there are of all patients.
ALTER TABLE split_threshold
  ADD COLUMN train_kept bigint NOT NULL DEFAULT 0,
  ADD COLUMN validation_kept bigint NOT NULL DEFAULT 0,
  ADD COLUMN test_kept bigint NOT NULL DEFAULT 0;

-- The stratum by which the patient was dealt out: with the cuts of that generation it proves the side.
-- NULL where that was before this column was there.
ALTER TABLE split_assignment ADD COLUMN stratum text;

-- SHA-256 of: COPY (SELECT patient, dataset FROM split_assignment WHERE generation <= … ORDER BY patient) TO STDOUT.
-- NULL where the generation was published before patients kept their sides.
ALTER TABLE clean_data_generation ADD COLUMN assignment_sha256 text;

-- Sums over the rows of a generation, as JSON of alta.v1.DataProfile.
CREATE TABLE clean_data_profile (
  generation bigint PRIMARY KEY REFERENCES clean_data_generation,
  profile json NOT NULL
);
