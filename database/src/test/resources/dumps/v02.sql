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
    split_sha256 text NOT NULL
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
CREATE TABLE public.clean_data_run_plan (
    run bigint NOT NULL,
    plan text NOT NULL
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
    raw_text text NOT NULL
);
CREATE TABLE public.split_assignment (
    patient bigint NOT NULL,
    dataset text NOT NULL,
    generation bigint NOT NULL
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
    validation_last_patient bigint NOT NULL
);
ALTER TABLE ONLY public.clean_data ATTACH PARTITION public.clean_data_run_1 FOR VALUES IN ('1');
INSERT INTO public.clean_data_count VALUES (1, 'train', 'no', 1);
INSERT INTO public.clean_data_count VALUES (1, 'train', 'yes', 2);
INSERT INTO public.clean_data_excluded VALUES (1, 'hospice care', 1);
INSERT INTO public.clean_data_generation VALUES (1, '2026-11-21 10:01:00+00', 'bb', 42, 4, 3, 'cc');
INSERT INTO public.clean_data_run_1 VALUES (1, 1, 'surgery', 1.5, 0, '250.83', 'no', 'Other', 'train', 1, 1);
INSERT INTO public.clean_data_run_1 VALUES (2, 1, NULL, 0.75, 3, 'V57', 'yes', 'Other', 'train', 1, 1);
INSERT INTO public.clean_data_run_1 VALUES (4, 3, 'medicine', 30, 20, 'O''Brien "x"', 'yes', 'Other', 'train', 1, 1);
INSERT INTO public.clean_data_run_plan VALUES (2, 'a plan that was cut off');
INSERT INTO public.contract VALUES (true, 'alta.testing.Visit');
INSERT INTO public.flyway_schema_history VALUES (1, '1', 'fixed tables', 'SQL', 'V1__fixed_tables.sql', -840022186, 'alta', '2026-11-21 12:00:00', 5, true);
INSERT INTO public.flyway_schema_history VALUES (2, '2', 'clean data run', 'SQL', 'V2__clean_data_run.sql', -1642521255, 'alta', '2026-11-21 12:00:00', 5, true);
INSERT INTO public.inference_log OVERRIDING SYSTEM VALUE VALUES (1, 'r-1', '2026-11-21 11:00:00+00', 'readmission', 'champion', '1', '{"ward": "surgery"}', 'no', '{"no": 0.75, "yes": 0.25}', 0.25, 'LOW', 90);
INSERT INTO public.ingest_batch OVERRIDING SYSTEM VALUE VALUES (1, 'visits.csv', 1, 'aa', 2, 30, 330, 5, 4, 1, 0, '2026-11-21 10:00:00+00', 'ann');
INSERT INTO public.raw_data VALUES (1, 1, 'surgery', 1.5, 0, '250.83', 'no', 1);
INSERT INTO public.raw_data VALUES (2, 1, 'n/a', 0.75, 3, 'V57', 'yes', 1);
INSERT INTO public.raw_data VALUES (3, 2, 'hospice', NULL, NULL, '428', 'no', 1);
INSERT INTO public.raw_data VALUES (4, 3, 'medicine', 30, 20, 'O''Brien "x"', 'yes', 1);
INSERT INTO public.rejected_rows VALUES (1, 4, '[{"value": "9", "column": "came_back", "expected": "one of no, yes"}]', '5,4,surgery,1,0,428,9');
INSERT INTO public.split_assignment VALUES (1, 'train', 1);
INSERT INTO public.split_assignment VALUES (3, 'train', 1);
INSERT INTO public.split_threshold VALUES (1, '0,1', 1, 0, 0, 5, 3, 5, 3);
INSERT INTO public.split_threshold VALUES (1, '1,1', 1, 0, 0, 9, 1, 9, 1);
SELECT pg_catalog.setval('public.clean_data_run', 1, true);
SELECT pg_catalog.setval('public.inference_log_id_seq', 1, true);
SELECT pg_catalog.setval('public.ingest_batch_batch_id_seq', 1, true);
ALTER TABLE ONLY public.clean_data_chunk_excluded
    ADD CONSTRAINT clean_data_chunk_excluded_pkey PRIMARY KEY (run, batch_id, reason);
ALTER TABLE ONLY public.clean_data_chunk
    ADD CONSTRAINT clean_data_chunk_pkey PRIMARY KEY (run, batch_id);
ALTER TABLE ONLY public.clean_data_count
    ADD CONSTRAINT clean_data_count_pkey PRIMARY KEY (generation, dataset, label);
ALTER TABLE ONLY public.clean_data_excluded
    ADD CONSTRAINT clean_data_excluded_pkey PRIMARY KEY (generation, reason);
ALTER TABLE ONLY public.clean_data_generation
    ADD CONSTRAINT clean_data_generation_pkey PRIMARY KEY (generation);
ALTER TABLE ONLY public.clean_data
    ADD CONSTRAINT clean_data_pkey PRIMARY KEY (visit_id, generation);
ALTER TABLE ONLY public.clean_data_run_1
    ADD CONSTRAINT clean_data_run_1_pkey PRIMARY KEY (visit_id, generation);
ALTER TABLE ONLY public.clean_data_run_plan
    ADD CONSTRAINT clean_data_run_plan_pkey PRIMARY KEY (run);
ALTER TABLE ONLY public.contract
    ADD CONSTRAINT contract_pkey PRIMARY KEY (only_row);
ALTER TABLE ONLY public.flyway_schema_history
    ADD CONSTRAINT flyway_schema_history_pk PRIMARY KEY (installed_rank);
ALTER TABLE ONLY public.inference_log
    ADD CONSTRAINT inference_log_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.ingest_batch
    ADD CONSTRAINT ingest_batch_pkey PRIMARY KEY (batch_id);
ALTER TABLE ONLY public.ingest_batch
    ADD CONSTRAINT ingest_batch_source_batch_number_key UNIQUE (source, batch_number);
ALTER TABLE ONLY public.raw_data
    ADD CONSTRAINT raw_data_pkey PRIMARY KEY (visit_id);
ALTER TABLE ONLY public.rejected_rows
    ADD CONSTRAINT rejected_rows_pkey PRIMARY KEY (batch_id, line);
ALTER TABLE ONLY public.split_assignment
    ADD CONSTRAINT split_assignment_pkey PRIMARY KEY (patient);
ALTER TABLE ONLY public.split_threshold
    ADD CONSTRAINT split_threshold_pkey PRIMARY KEY (generation, stratum);
CREATE INDEX flyway_schema_history_s_idx ON public.flyway_schema_history USING btree (success);
CREATE INDEX inference_log_logged_at ON public.inference_log USING brin (logged_at);
CREATE INDEX raw_data_batch_id ON public.raw_data USING btree (batch_id);
ALTER INDEX public.clean_data_pkey ATTACH PARTITION public.clean_data_run_1_pkey;
ALTER TABLE ONLY public.clean_data_count
    ADD CONSTRAINT clean_data_count_generation_fkey FOREIGN KEY (generation) REFERENCES public.clean_data_generation(generation);
ALTER TABLE ONLY public.clean_data_excluded
    ADD CONSTRAINT clean_data_excluded_generation_fkey FOREIGN KEY (generation) REFERENCES public.clean_data_generation(generation);
ALTER TABLE ONLY public.rejected_rows
    ADD CONSTRAINT rejected_rows_batch_id_fkey FOREIGN KEY (batch_id) REFERENCES public.ingest_batch(batch_id);
ALTER TABLE ONLY public.split_threshold
    ADD CONSTRAINT split_threshold_generation_fkey FOREIGN KEY (generation) REFERENCES public.clean_data_generation(generation);
