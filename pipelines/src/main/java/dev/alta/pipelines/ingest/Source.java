package dev.alta.pipelines.ingest;

import dev.alta.core.contract.Contract;
import dev.alta.database.IngestBatch;
import dev.alta.model.registry.StoreSettings;
import dev.alta.pipelines.PipelineException;
import dev.alta.pipelines.csv.BatchPlanner;
import dev.alta.pipelines.csv.CsvFile;
import dev.alta.pipelines.file.Place;
import dev.alta.pipelines.source.SourceUrl;
import java.io.Closeable;
import java.io.IOException;
import java.io.Serializable;
import java.util.List;
import java.util.Optional;

/**
 * Where rows come from: batches, numbered from 1 on, that are gone through once to plan and read
 * again to be stored. A batch is the text of CSV records, whatever the source sends.
 */
sealed interface Source extends Serializable permits FileSource, HttpSource {
  /** Reads batches that were planned. */
  @FunctionalInterface
  interface Reader extends Closeable {
    byte[] read(IngestBatch batch) throws IOException;

    @Override
    default void close() throws IOException {}
  }

  /**
   * Finds the source.
   *
   * @param data a file's path or {@code s3://bucket/key}, or the URL of an incremental source
   * @param name what its batches are numbered within; empty for the usual one
   * @param store has the buckets
   * @throws PipelineException if it is neither
   */
  static Source at(String data, String name, Optional<StoreSettings> store) {
    if (SourceUrl.isUrl(data)) {
      SourceUrl url = SourceUrl.parse(data);
      return new HttpSource(url, name.isEmpty() ? url.toString() : name);
    }
    CsvFile file = CsvFile.at(Place.of(data, store));
    return new FileSource(file, name.isEmpty() ? file.baseName() : name);
  }

  /** What the batches are numbered within. */
  String name();

  /** Where it is, for people. */
  String address();

  /**
   * Whether batches stay good when a later one fails. Those of an incremental source do; a file is
   * one thing, which is right as a whole or not at all.
   */
  boolean incremental();

  /**
   * Looks at it, so that a wrong one is refused before anything else is done.
   *
   * @throws PipelineException if it is not there or none of the contract
   */
  void requireReadable(Contract contract);

  /**
   * Goes through its batches in their order.
   *
   * @param batchRows rows of a batch, where this is not for the source to say
   * @param watermark up to which batch all are stored
   * @throws PipelineException if it cannot be read to its end
   */
  void plan(Contract contract, int batchRows, int watermark, BatchPlanner.Visitor visitor);

  /** The pieces of work that the batches of a plan are. */
  List<BatchTask> tasks(List<IngestBatch> batches);

  /** Opens it to read batches of one task in their order. */
  Reader open(Contract contract) throws IOException;

  /** The error for a source that failed while a task was read. */
  PipelineException unreadable(IOException failed);
}
