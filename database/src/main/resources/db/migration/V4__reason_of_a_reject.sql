-- Why a row was rejected: 'format' (not to be read as a row), 'contract' (values that it does not allow) or 'conflict'
-- (another row with its key but other values is stored).

ALTER TABLE rejected_rows ADD COLUMN reason text NOT NULL DEFAULT 'contract';

UPDATE rejected_rows SET reason = 'format' WHERE reasons -> 0 ->> 'column' = 'row';
UPDATE rejected_rows SET reason = 'conflict' WHERE reasons -> 0 ->> 'expected' LIKE 'no conflict:%';

ALTER TABLE rejected_rows ALTER COLUMN reason DROP DEFAULT;
