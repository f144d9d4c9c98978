/**
 * Takes a CSV file into {@code raw_data}, in batches that are each stored exactly once.
 *
 * <p>In: a file. Out: rows, rejects and ledger entries in the database, and an {@link
 * dev.alta.pipelines.ingest.IngestResult}. Front door: {@link dev.alta.pipelines.ingest.Ingest}.
 */
@NullMarked
package dev.alta.pipelines.ingest;

import org.jspecify.annotations.NullMarked;
