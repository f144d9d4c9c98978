-- What was deleted from inference_log on purpose, since it was old: said in the transaction that deletes, so that the
-- rows that the spools have brought are still accounted for.
CREATE TABLE inference_prune (
  prune bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  -- Predictions from before this moment were deleted.
  older_than timestamptz NOT NULL,
  rows bigint NOT NULL,
  pruned_by text NOT NULL,
  pruned_at timestamptz NOT NULL DEFAULT now()
);
