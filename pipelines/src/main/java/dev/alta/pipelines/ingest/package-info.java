/**
 * Takes a CSV file or an incremental HTTP source into {@code raw_data}, in batches that are each
 * stored exactly once.
 *
 * <p>In: a file or a URL. Out: rows, rejects and ledger entries in the database, and an {@link
 * dev.alta.pipelines.ingest.IngestResult}. Front door: {@link dev.alta.pipelines.ingest.Ingest}.
 */
@NullMarked
package dev.alta.pipelines.ingest;

import org.jspecify.annotations.NullMarked;
