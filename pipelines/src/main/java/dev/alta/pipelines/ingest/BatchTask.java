package dev.alta.pipelines.ingest;

import dev.alta.database.IngestBatch;
import dev.alta.pipelines.csv.Header;
import java.io.Serializable;
import java.util.List;

/**
 * What flows through the pipeline: batches of a source to read and store, in their order.
 *
 * @param header what the cells of their rows are
 */
record BatchTask(Source source, Header header, List<IngestBatch> batches) implements Serializable {}
