package dev.alta.pipelines.ingest;

/**
 * What an ingest has done; read = accepted + duplicates + rejected + already there.
 *
 * @param read rows of the file, or of the days that were asked for
 * @param accepted rows that are now in raw_data and were not before
 * @param duplicates rows of new batches that were in raw_data already, with the same values
 * @param rejected rows of new batches that do not keep to the contract or contradict stored ones
 * @param alreadyThere rows of batches that were ingested before
 * @param newBatches batches stored by this run
 * @param seconds how long it took
 */
public record IngestResult(
    String source,
    long read,
    long accepted,
    long duplicates,
    long rejected,
    long alreadyThere,
    int newBatches,
    double seconds) {}
