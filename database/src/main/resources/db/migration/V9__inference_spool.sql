-- How far the scorers' spools have been brought into inference_log: said in the transaction that brings the rows, so
-- that each comes once, however often a scorer is killed or the database is away.
CREATE TABLE inference_spool (
  -- One for each start of a scorer.
  spool uuid PRIMARY KEY,
  -- Sequence number of the last prediction that is in inference_log; they rise within a spool.
  drained_to bigint NOT NULL,
  rows bigint NOT NULL,
  first_at timestamptz NOT NULL DEFAULT now(),
  last_at timestamptz NOT NULL DEFAULT now()
);
