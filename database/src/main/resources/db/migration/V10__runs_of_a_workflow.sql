-- The runs that a workflow asked for, of many.
CREATE INDEX pipeline_run_workflow ON pipeline_run (workflow) WHERE workflow IS NOT NULL;
