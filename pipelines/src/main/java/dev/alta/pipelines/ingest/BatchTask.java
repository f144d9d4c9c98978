package dev.alta.pipelines.ingest;

import dev.alta.database.IngestBatch;
import java.io.Serializable;
import java.util.List;

/** What flows through the pipeline: batches of a source to read and store, in their order. */
record BatchTask(Source source, List<IngestBatch> batches) implements Serializable {}
