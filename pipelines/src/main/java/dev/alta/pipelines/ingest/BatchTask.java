package dev.alta.pipelines.ingest;

import dev.alta.database.IngestBatch;
import java.io.Serializable;
import java.util.List;

/**
 * What flows through the pipeline: batches of a file to read and store, in their order. A plain
 * file is read from the middle, one task for each batch; a compressed one only from its beginning,
 * so that all its batches are one task.
 */
record BatchTask(SourceFile file, List<IngestBatch> batches) implements Serializable {}
