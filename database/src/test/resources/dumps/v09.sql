CREATE TABLE public.clean_data (
    visit_id bigint NOT NULL,
    person bigint,
    ward text,
    creatinine double precision,
    falls integer,
    cause text,
    came_back text,
    cause_group text,
    dataset text NOT NULL,
    batch_id bigint NOT NULL,
    generation bigint NOT NULL
)
PARTITION BY LIST (generation);
CREATE TABLE public.clean_data_chunk (
    run bigint NOT NULL,
    batch_id bigint NOT NULL,
    kept bigint NOT NULL
);
CREATE TABLE public.clean_data_chunk_excluded (
    run bigint NOT NULL,
    batch_id bigint NOT NULL,
    reason text NOT NULL,
    row_count bigint NOT NULL
);
CREATE TABLE public.clean_data_count (
    generation bigint NOT NULL,
    dataset text NOT NULL,
    label text NOT NULL,
    row_count bigint NOT NULL
);
CREATE TABLE public.clean_data_draft (
    run bigint NOT NULL,
    input_sha256 text NOT NULL,
    rows_read bigint NOT NULL,
    started_at timestamp with time zone DEFAULT now() NOT NULL
);
CREATE TABLE public.clean_data_excluded (
    generation bigint NOT NULL,
    reason text NOT NULL,
    row_count bigint NOT NULL
);
CREATE TABLE public.clean_data_generation (
    generation bigint NOT NULL,
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    input_sha256 text NOT NULL,
    seed bigint NOT NULL,
    rows_read bigint NOT NULL,
    kept bigint NOT NULL,
    split_sha256 text NOT NULL,
    assignment_sha256 text
);
CREATE TABLE public.clean_data_profile (
    generation bigint NOT NULL,
    profile json NOT NULL
);
CREATE SEQUENCE public.clean_data_run
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;
CREATE TABLE public.clean_data_run_1 (
    visit_id bigint NOT NULL,
    person bigint,
    ward text,
    creatinine double precision,
    falls integer,
    cause text,
    came_back text,
    cause_group text,
    dataset text NOT NULL,
    batch_id bigint NOT NULL,
    generation bigint NOT NULL
);
CREATE TABLE public.contract (
    only_row boolean DEFAULT true NOT NULL,
    name text NOT NULL,
    CONSTRAINT contract_only_row_check CHECK (only_row)
);
CREATE TABLE public.flyway_schema_history (
    installed_rank integer NOT NULL,
    version character varying(50),
    description character varying(200) NOT NULL,
    type character varying(20) NOT NULL,
    script character varying(1000) NOT NULL,
    checksum integer,
    installed_by character varying(100) NOT NULL,
    installed_on timestamp without time zone DEFAULT now() NOT NULL,
    execution_time integer NOT NULL,
    success boolean NOT NULL
);
CREATE TABLE public.inference_log (
    id bigint NOT NULL,
    request_id text NOT NULL,
    logged_at timestamp with time zone NOT NULL,
    model_name text NOT NULL,
    model_alias text NOT NULL,
    model_version text NOT NULL,
    encounter jsonb NOT NULL,
    prediction text NOT NULL,
    probabilities jsonb NOT NULL,
    probability_most_urgent double precision NOT NULL,
    risk text NOT NULL,
    latency_micros bigint NOT NULL
);
ALTER TABLE public.inference_log ALTER COLUMN id ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME public.inference_log_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.inference_spool (
    spool uuid NOT NULL,
    drained_to bigint NOT NULL,
    rows bigint NOT NULL,
    first_at timestamp with time zone DEFAULT now() NOT NULL,
    last_at timestamp with time zone DEFAULT now() NOT NULL
);
CREATE TABLE public.ingest_batch (
    batch_id bigint NOT NULL,
    source text NOT NULL,
    batch_number integer NOT NULL,
    content_sha256 text NOT NULL,
    first_line bigint NOT NULL,
    byte_from bigint NOT NULL,
    byte_to bigint NOT NULL,
    rows_read integer NOT NULL,
    accepted integer NOT NULL,
    rejected integer NOT NULL,
    duplicates integer NOT NULL,
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    created_by text NOT NULL,
    CONSTRAINT ingest_batch_check CHECK ((((accepted + rejected) + duplicates) = rows_read))
);
ALTER TABLE public.ingest_batch ALTER COLUMN batch_id ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME public.ingest_batch_batch_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.outcomes (
    encounter bigint NOT NULL,
    outcome text NOT NULL,
    source text NOT NULL,
    loaded_at timestamp with time zone DEFAULT now() NOT NULL
);
CREATE TABLE public.pipeline_run (
    run bigint NOT NULL,
    kind text NOT NULL,
    subject text NOT NULL,
    started_by text NOT NULL,
    started_at timestamp with time zone DEFAULT now() NOT NULL,
    seen_at timestamp with time zone DEFAULT now() NOT NULL,
    ended_at timestamp with time zone,
    state text DEFAULT 'RUNNING'::text NOT NULL,
    reason text,
    flink_master text NOT NULL,
    flink_job text,
    rows_total bigint,
    rows_read bigint DEFAULT 0 NOT NULL,
    rows_passed bigint DEFAULT 0 NOT NULL,
    rows_rejected bigint DEFAULT 0 NOT NULL,
    batches bigint DEFAULT 0 NOT NULL,
    workflow bigint,
    CONSTRAINT pipeline_run_check CHECK (((state = 'RUNNING'::text) = (ended_at IS NULL))),
    CONSTRAINT pipeline_run_state_check CHECK ((state = ANY (ARRAY['RUNNING'::text, 'DONE'::text, 'FAILED'::text])))
);
ALTER TABLE public.pipeline_run ALTER COLUMN run ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME public.pipeline_run_run_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.raw_data (
    visit_id bigint NOT NULL,
    person bigint,
    ward text,
    creatinine double precision,
    falls integer,
    cause text,
    came_back text,
    batch_id bigint NOT NULL
);
CREATE TABLE public.rejected_rows (
    batch_id bigint NOT NULL,
    line bigint NOT NULL,
    reasons jsonb NOT NULL,
    raw_text text NOT NULL,
    reason text NOT NULL
);
CREATE TABLE public.score_part (
    run bigint NOT NULL,
    part bigint NOT NULL,
    scored bigint NOT NULL,
    rejected bigint NOT NULL
);
CREATE TABLE public.score_run (
    run bigint NOT NULL,
    table_name text NOT NULL,
    started_at timestamp with time zone DEFAULT now() NOT NULL,
    published_at timestamp with time zone
);
ALTER TABLE public.score_run ALTER COLUMN run ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME public.score_run_run_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.source_watermark (
    source text NOT NULL,
    batch_number integer NOT NULL,
    advanced_at timestamp with time zone DEFAULT now() NOT NULL
);
CREATE TABLE public.split_assignment (
    patient bigint NOT NULL,
    dataset text NOT NULL,
    generation bigint NOT NULL,
    stratum text
);
CREATE TABLE public.split_threshold (
    generation bigint NOT NULL,
    stratum text NOT NULL,
    train_patients bigint NOT NULL,
    validation_patients bigint NOT NULL,
    test_patients bigint NOT NULL,
    train_last_hash bigint NOT NULL,
    train_last_patient bigint NOT NULL,
    validation_last_hash bigint NOT NULL,
    validation_last_patient bigint NOT NULL,
    train_kept bigint DEFAULT 0 NOT NULL,
    validation_kept bigint DEFAULT 0 NOT NULL,
    test_kept bigint DEFAULT 0 NOT NULL
);
CREATE TABLE public.workflow_log (
    line bigint NOT NULL,
    workflow bigint NOT NULL,
    step text NOT NULL,
    logged_at timestamp with time zone DEFAULT now() NOT NULL,
    words text NOT NULL
);
ALTER TABLE public.workflow_log ALTER COLUMN line ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME public.workflow_log_line_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.workflow_run (
    workflow bigint NOT NULL,
    kind text NOT NULL,
    settings json NOT NULL,
    started_at timestamp with time zone DEFAULT now() NOT NULL,
    state text DEFAULT 'RUNNING'::text NOT NULL,
    ended_at timestamp with time zone,
    result text,
    held_by text NOT NULL,
    held_on text NOT NULL,
    held_pid bigint NOT NULL,
    held_since timestamp with time zone DEFAULT now() NOT NULL,
    seen_at timestamp with time zone DEFAULT now(),
    holders integer DEFAULT 1 NOT NULL,
    CONSTRAINT workflow_run_check CHECK (((state = 'RUNNING'::text) = (ended_at IS NULL))),
    CONSTRAINT workflow_run_state_check CHECK ((state = ANY (ARRAY['RUNNING'::text, 'DONE'::text, 'FAILED'::text])))
);
ALTER TABLE public.workflow_run ALTER COLUMN workflow ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME public.workflow_run_workflow_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.workflow_step (
    workflow bigint NOT NULL,
    "position" integer NOT NULL,
    name text NOT NULL,
    state text NOT NULL,
    attempts integer DEFAULT 1 NOT NULL,
    started_at timestamp with time zone DEFAULT now() NOT NULL,
    ended_at timestamp with time zone,
    outcome json,
    CONSTRAINT workflow_step_state_check CHECK ((state = ANY (ARRAY['RUNNING'::text, 'DONE'::text, 'SKIPPED'::text, 'FAILED'::text])))
);
ALTER TABLE ONLY public.clean_data ATTACH PARTITION public.clean_data_run_1 FOR VALUES IN ('1');
INSERT INTO public.clean_data_count VALUES (1, 'train', 'no', 1);
INSERT INTO public.clean_data_count VALUES (1, 'train', 'yes', 2);
INSERT INTO public.clean_data_excluded VALUES (1, 'hospice care', 1);
INSERT INTO public.clean_data_generation VALUES (1, '2026-11-21 10:01:00+00', 'bb', 42, 4, 3, 'cc', 'dd');
INSERT INTO public.clean_data_profile VALUES (1, '{}');
INSERT INTO public.clean_data_run_1 VALUES (1, 1, 'surgery', 1.5, 0, '250.83', 'no', 'Other', 'train', 1, 1);
INSERT INTO public.clean_data_run_1 VALUES (2, 1, NULL, 0.75, 3, 'V57', 'yes', 'Other', 'train', 1, 1);
INSERT INTO public.clean_data_run_1 VALUES (4, 3, 'medicine', 30, 20, 'O''Brien "x"', 'yes', 'Other', 'train', 1, 1);
INSERT INTO public.contract VALUES (true, 'alta.testing.Visit');
INSERT INTO public.flyway_schema_history VALUES (1, '1', 'fixed tables', 'SQL', 'V1__fixed_tables.sql', -840022186, 'alta', '2026-11-21 12:00:00', 5, true);
INSERT INTO public.flyway_schema_history VALUES (2, '2', 'clean data run', 'SQL', 'V2__clean_data_run.sql', -1642521255, 'alta', '2026-11-21 12:00:00', 5, true);
INSERT INTO public.flyway_schema_history VALUES (3, '3', 'source watermark', 'SQL', 'V3__source_watermark.sql', 799901205, 'alta', '2026-11-21 12:00:00', 5, true);
INSERT INTO public.flyway_schema_history VALUES (4, '4', 'reason of a reject', 'SQL', 'V4__reason_of_a_reject.sql', 916297023, 'alta', '2026-11-21 12:00:00', 5, true);
INSERT INTO public.flyway_schema_history VALUES (5, '5', 'split certificate', 'SQL', 'V5__split_certificate.sql', -980227751, 'alta', '2026-11-21 12:00:00', 5, true);
INSERT INTO public.flyway_schema_history VALUES (6, '6', 'pipeline run', 'SQL', 'V6__pipeline_run.sql', 816358744, 'alta', '2026-11-21 12:00:00', 5, true);
INSERT INTO public.flyway_schema_history VALUES (7, '7', 'score run', 'SQL', 'V7__score_run.sql', -279931807, 'alta', '2026-11-21 12:00:00', 5, true);
INSERT INTO public.flyway_schema_history VALUES (8, '8', 'outcomes and workflows', 'SQL', 'V8__outcomes_and_workflows.sql', -33920253, 'alta', '2026-11-21 12:00:00', 5, true);
INSERT INTO public.flyway_schema_history VALUES (9, '9', 'inference spool', 'SQL', 'V9__inference_spool.sql', 1646091234, 'alta', '2026-11-21 12:00:00', 5, true);
INSERT INTO public.inference_log OVERRIDING SYSTEM VALUE VALUES (1, 'r-1', '2026-11-21 11:00:00+00', 'readmission', 'champion', '1', '{"ward": "surgery"}', 'no', '{"no": 0.75, "yes": 0.25}', 0.25, 'LOW', 90);
INSERT INTO public.inference_spool VALUES ('00000000-0000-0000-0000-000000000001', 1, 1, '2026-11-21 11:00:00+00', '2026-11-21 11:00:00+00');
INSERT INTO public.ingest_batch OVERRIDING SYSTEM VALUE VALUES (1, 'visits.csv', 1, 'aa', 2, 30, 330, 5, 4, 1, 0, '2026-11-21 10:00:00+00', 'ann');
INSERT INTO public.outcomes VALUES (1, 'yes', 'o.csv', '2026-11-21 12:00:00+00');
INSERT INTO public.pipeline_run OVERRIDING SYSTEM VALUE VALUES (1, 'ingest', 'visits.csv', 'ann', '2026-11-21 10:00:00+00', '2026-11-21 10:00:05+00', '2026-11-21 10:00:06+00', 'DONE', NULL, '[local]', NULL, 5, 5, 0, 0, 0, NULL);
INSERT INTO public.raw_data VALUES (1, 1, 'surgery', 1.5, 0, '250.83', 'no', 1);
INSERT INTO public.raw_data VALUES (2, 1, 'n/a', 0.75, 3, 'V57', 'yes', 1);
INSERT INTO public.raw_data VALUES (3, 2, 'hospice', NULL, NULL, '428', 'no', 1);
INSERT INTO public.raw_data VALUES (4, 3, 'medicine', 30, 20, 'O''Brien "x"', 'yes', 1);
INSERT INTO public.rejected_rows VALUES (1, 4, '[{"value": "9", "column": "came_back", "expected": "one of no, yes"}]', '5,4,surgery,1,0,428,9', 'contract');
INSERT INTO public.score_part VALUES (1, 0, 3, 1);
INSERT INTO public.score_run OVERRIDING SYSTEM VALUE VALUES (1, 'risk', '2026-11-21 10:00:00+00', NULL);
INSERT INTO public.source_watermark VALUES ('visits.csv', 1, '2026-11-22 15:55:11.229767+00');
INSERT INTO public.split_assignment VALUES (1, 'train', 1, '1,1');
INSERT INTO public.split_assignment VALUES (3, 'train', 1, '0,1');
INSERT INTO public.split_threshold VALUES (1, '0,1', 1, 0, 0, 5, 3, 5, 3, 0, 0, 0);
INSERT INTO public.split_threshold VALUES (1, '1,1', 1, 0, 0, 9, 1, 9, 1, 0, 0, 0);
INSERT INTO public.workflow_log OVERRIDING SYSTEM VALUE VALUES (1, 1, 'ingest', '2026-11-21 12:00:00+00', 'one');
INSERT INTO public.workflow_run OVERRIDING SYSTEM VALUE VALUES (1, 'retrain', '{}', '2026-11-21 12:00:00+00', 'DONE', '2026-11-21 12:00:01+00', 'nothing new', 'ann', 'here', 1, '2026-11-21 12:00:00+00', NULL, 1);
INSERT INTO public.workflow_step VALUES (1, 1, 'ingest', 'DONE', 1, '2026-11-21 12:00:00+00', '2026-11-21 12:00:01+00', '{}');
SELECT pg_catalog.setval('public.clean_data_run', 1, true);
SELECT pg_catalog.setval('public.inference_log_id_seq', 1, true);
SELECT pg_catalog.setval('public.ingest_batch_batch_id_seq', 1, true);
SELECT pg_catalog.setval('public.pipeline_run_run_seq', 1, true);
SELECT pg_catalog.setval('public.score_run_run_seq', 1, true);
SELECT pg_catalog.setval('public.workflow_log_line_seq', 1, true);
SELECT pg_catalog.setval('public.workflow_run_workflow_seq', 1, true);
ALTER TABLE ONLY public.clean_data_chunk_excluded
    ADD CONSTRAINT clean_data_chunk_excluded_pkey PRIMARY KEY (run, batch_id, reason);
ALTER TABLE ONLY public.clean_data_chunk
    ADD CONSTRAINT clean_data_chunk_pkey PRIMARY KEY (run, batch_id);
ALTER TABLE ONLY public.clean_data_count
    ADD CONSTRAINT clean_data_count_pkey PRIMARY KEY (generation, dataset, label);
ALTER TABLE ONLY public.clean_data_draft
    ADD CONSTRAINT clean_data_draft_pkey PRIMARY KEY (run);
ALTER TABLE ONLY public.clean_data_excluded
    ADD CONSTRAINT clean_data_excluded_pkey PRIMARY KEY (generation, reason);
ALTER TABLE ONLY public.clean_data_generation
    ADD CONSTRAINT clean_data_generation_pkey PRIMARY KEY (generation);
ALTER TABLE ONLY public.clean_data
    ADD CONSTRAINT clean_data_pkey PRIMARY KEY (visit_id, generation);
ALTER TABLE ONLY public.clean_data_profile
    ADD CONSTRAINT clean_data_profile_pkey PRIMARY KEY (generation);
ALTER TABLE ONLY public.clean_data_run_1
    ADD CONSTRAINT clean_data_run_1_pkey PRIMARY KEY (visit_id, generation);
ALTER TABLE ONLY public.contract
    ADD CONSTRAINT contract_pkey PRIMARY KEY (only_row);
ALTER TABLE ONLY public.flyway_schema_history
    ADD CONSTRAINT flyway_schema_history_pk PRIMARY KEY (installed_rank);
ALTER TABLE ONLY public.inference_log
    ADD CONSTRAINT inference_log_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.inference_spool
    ADD CONSTRAINT inference_spool_pkey PRIMARY KEY (spool);
ALTER TABLE ONLY public.ingest_batch
    ADD CONSTRAINT ingest_batch_pkey PRIMARY KEY (batch_id);
ALTER TABLE ONLY public.ingest_batch
    ADD CONSTRAINT ingest_batch_source_batch_number_key UNIQUE (source, batch_number);
ALTER TABLE ONLY public.outcomes
    ADD CONSTRAINT outcomes_pkey PRIMARY KEY (encounter);
ALTER TABLE ONLY public.pipeline_run
    ADD CONSTRAINT pipeline_run_pkey PRIMARY KEY (run);
ALTER TABLE ONLY public.raw_data
    ADD CONSTRAINT raw_data_pkey PRIMARY KEY (visit_id);
ALTER TABLE ONLY public.rejected_rows
    ADD CONSTRAINT rejected_rows_pkey PRIMARY KEY (batch_id, line);
ALTER TABLE ONLY public.score_part
    ADD CONSTRAINT score_part_pkey PRIMARY KEY (run, part);
ALTER TABLE ONLY public.score_run
    ADD CONSTRAINT score_run_pkey PRIMARY KEY (run);
ALTER TABLE ONLY public.source_watermark
    ADD CONSTRAINT source_watermark_pkey PRIMARY KEY (source);
ALTER TABLE ONLY public.split_assignment
    ADD CONSTRAINT split_assignment_pkey PRIMARY KEY (patient);
ALTER TABLE ONLY public.split_threshold
    ADD CONSTRAINT split_threshold_pkey PRIMARY KEY (generation, stratum);
ALTER TABLE ONLY public.workflow_log
    ADD CONSTRAINT workflow_log_pkey PRIMARY KEY (line);
ALTER TABLE ONLY public.workflow_run
    ADD CONSTRAINT workflow_run_pkey PRIMARY KEY (workflow);
ALTER TABLE ONLY public.workflow_step
    ADD CONSTRAINT workflow_step_pkey PRIMARY KEY (workflow, "position");
CREATE INDEX flyway_schema_history_s_idx ON public.flyway_schema_history USING btree (success);
CREATE INDEX inference_log_logged_at ON public.inference_log USING brin (logged_at);
CREATE INDEX raw_data_batch_id ON public.raw_data USING btree (batch_id);
CREATE INDEX score_run_table_name ON public.score_run USING btree (table_name);
CREATE INDEX workflow_log_workflow ON public.workflow_log USING btree (workflow);
CREATE UNIQUE INDEX workflow_run_running ON public.workflow_run USING btree (kind) WHERE (state = 'RUNNING'::text);
ALTER INDEX public.clean_data_pkey ATTACH PARTITION public.clean_data_run_1_pkey;
ALTER TABLE ONLY public.clean_data_count
    ADD CONSTRAINT clean_data_count_generation_fkey FOREIGN KEY (generation) REFERENCES public.clean_data_generation(generation);
ALTER TABLE ONLY public.clean_data_excluded
    ADD CONSTRAINT clean_data_excluded_generation_fkey FOREIGN KEY (generation) REFERENCES public.clean_data_generation(generation);
ALTER TABLE ONLY public.clean_data_profile
    ADD CONSTRAINT clean_data_profile_generation_fkey FOREIGN KEY (generation) REFERENCES public.clean_data_generation(generation);
ALTER TABLE ONLY public.pipeline_run
    ADD CONSTRAINT pipeline_run_workflow_fkey FOREIGN KEY (workflow) REFERENCES public.workflow_run(workflow);
ALTER TABLE ONLY public.rejected_rows
    ADD CONSTRAINT rejected_rows_batch_id_fkey FOREIGN KEY (batch_id) REFERENCES public.ingest_batch(batch_id);
ALTER TABLE ONLY public.score_part
    ADD CONSTRAINT score_part_run_fkey FOREIGN KEY (run) REFERENCES public.score_run(run);
ALTER TABLE ONLY public.split_threshold
    ADD CONSTRAINT split_threshold_generation_fkey FOREIGN KEY (generation) REFERENCES public.clean_data_generation(generation);
ALTER TABLE ONLY public.workflow_log
    ADD CONSTRAINT workflow_log_workflow_fkey FOREIGN KEY (workflow) REFERENCES public.workflow_run(workflow);
ALTER TABLE ONLY public.workflow_step
    ADD CONSTRAINT workflow_step_workflow_fkey FOREIGN KEY (workflow) REFERENCES public.workflow_run(workflow);
