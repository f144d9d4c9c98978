package dev.alta.pipelines.ingest;

import dev.alta.core.contract.Contract;
import dev.alta.database.IngestBatch;
import dev.alta.database.LedgerEntry;
import dev.alta.model.registry.StoreSettings;
import dev.alta.pipelines.PipelineException;
import dev.alta.pipelines.csv.BatchPlanner;
import dev.alta.pipelines.csv.CsvFile;
import dev.alta.pipelines.csv.Header;
import dev.alta.pipelines.source.SourceUrl;
import java.io.Closeable;
import java.io.IOException;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
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
   * Finds the sources that an address names.
   *
   * @param data a file's path or {@code s3://bucket/key} or a pattern of either, or the URL of an
   *     incremental source
   * @param name what its batches are numbered within; empty for the usual one; of several files
   *     each is numbered within this name, a slash and its own
   * @param store has the buckets
   * @return the sources, each with another name
   * @throws PipelineException if there is none, or two files have the same name
   */
  static List<Source> all(String data, String name, Optional<StoreSettings> store) {
    if (SourceUrl.isUrl(data)) {
      SourceUrl url = SourceUrl.parse(data);
      return List.of(new HttpSource(url, name.isEmpty() ? url.toString() : name));
    }
    List<CsvFile> files = CsvFile.matching(data, store);
    if (files.size() == 1) {
      CsvFile file = files.get(0);
      return List.of(new FileSource(file, name.isEmpty() ? file.baseName() : name));
    }
    Map<String, CsvFile> byName = new LinkedHashMap<>();
    for (CsvFile file : files) {
      String ownName = (name.isEmpty() ? "" : name + "/") + file.baseName();
      CsvFile other = byName.put(ownName, file);
      if (other != null) {
        throw new PipelineException(
            other.path()
                + " and "
                + file.path()
                + ": the same name (expected: files with different names, as the ledger knows them"
                + " by these; or ingest them one by one, each with a source name)");
      }
    }
    List<Source> sources = new ArrayList<>();
    byName.forEach((ownName, file) -> sources.add(new FileSource(file, ownName)));
    return sources;
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
   * Whether the rows of new batches are checked while they are planned, since they are at hand then
   * and hard to come by. Otherwise workers check them, before anything is stored.
   */
  boolean checkedWhilePlanned();

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
   * @param known its batches in the ledger, by number
   * @param watermark up to which batch all are stored
   * @param visitor sees those of the ledger, too, with the content that they have now
   * @throws PipelineException if it cannot be read to its end
   */
  void plan(
      Contract contract,
      int batchRows,
      List<LedgerEntry> known,
      int watermark,
      BatchPlanner.Visitor visitor);

  /** The pieces of work that the batches of a plan are. */
  List<BatchTask> tasks(Header header, List<IngestBatch> batches);

  /** Opens it to read batches of one task in their order. */
  Reader open(Contract contract) throws IOException;

  /** The error for a source that failed while a task was read. */
  PipelineException unreadable(IOException failed);
}
