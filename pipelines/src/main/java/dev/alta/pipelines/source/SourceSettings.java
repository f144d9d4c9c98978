package dev.alta.pipelines.source;

import dev.alta.core.life.Listen;
import java.nio.file.Path;

/**
 * What a source serves, and where.
 *
 * @param file a CSV file, plain or compressed by gzip
 * @param rowsPerBatch rows of a day
 * @param groups how many groups the file's batches are dealt out to, in turn
 * @param form of the rows, where a request does not ask for one
 */
public record SourceSettings(Path file, Listen listen, int rowsPerBatch, int groups, RowForm form) {
  public SourceSettings {
    if (rowsPerBatch < 1) {
      throw new IllegalArgumentException("rowsPerBatch: " + rowsPerBatch + " (expected: > 0)");
    }
    if (groups < 1) {
      throw new IllegalArgumentException("groups: " + groups + " (expected: > 0)");
    }
  }
}
