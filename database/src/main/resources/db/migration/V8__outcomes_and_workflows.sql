-- What really happened after the encounters that were predicted for, and workflows: steps that are done once each,
-- whoever does them and however often they are interrupted.

CREATE TABLE outcomes (
  -- The encounter's key.
  encounter bigint PRIMARY KEY,
  -- One of the contract's classes.
  outcome text NOT NULL,
  -- The file it came from.
  source text NOT NULL,
  loaded_at timestamptz NOT NULL DEFAULT now()
);

CREATE TABLE workflow_run (
  workflow bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  kind text NOT NULL,
  -- What it was asked to do: whoever goes on with it does the same. A JSON object.
  settings json NOT NULL,
  started_at timestamptz NOT NULL DEFAULT now(),
  state text NOT NULL DEFAULT 'RUNNING' CHECK (state IN ('RUNNING', 'DONE', 'FAILED')),
  ended_at timestamptz,
  -- What came of it, in one line.
  result text,
  -- Who holds it, or held it last: user, host and process.
  held_by text NOT NULL,
  held_on text NOT NULL,
  held_pid bigint NOT NULL,
  held_since timestamptz NOT NULL DEFAULT now(),
  -- The holder's last sign of life; NULL once it has let go.
  seen_at timestamptz DEFAULT now(),
  -- One more with each holder: what an earlier one writes later is refused.
  holders integer NOT NULL DEFAULT 1,
  CHECK ((state = 'RUNNING') = (ended_at IS NULL))
);

-- One at a time.
CREATE UNIQUE INDEX workflow_run_running ON workflow_run (kind) WHERE state = 'RUNNING';

CREATE TABLE workflow_step (
  workflow bigint NOT NULL REFERENCES workflow_run,
  position integer NOT NULL,
  name text NOT NULL,
  state text NOT NULL CHECK (state IN ('RUNNING', 'DONE', 'SKIPPED', 'FAILED')),
  -- How often it was begun.
  attempts integer NOT NULL DEFAULT 1,
  started_at timestamptz NOT NULL DEFAULT now(),
  ended_at timestamptz,
  -- What came of it: a JSON object, which the steps behind it read.
  outcome json,
  PRIMARY KEY (workflow, position)
);

CREATE TABLE workflow_log (
  line bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  workflow bigint NOT NULL REFERENCES workflow_run,
  step text NOT NULL,
  logged_at timestamptz NOT NULL DEFAULT now(),
  words text NOT NULL
);

CREATE INDEX workflow_log_workflow ON workflow_log (workflow);

-- The workflow that asked for the run.
ALTER TABLE pipeline_run ADD COLUMN workflow bigint REFERENCES workflow_run;
