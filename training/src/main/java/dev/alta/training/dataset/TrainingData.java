package dev.alta.training.dataset;

import dev.alta.core.contract.Column;
import dev.alta.core.contract.Contract;
import dev.alta.core.contract.Row;
import dev.alta.core.feature.Encoder;
import dev.alta.core.progress.Progress;
import dev.alta.core.split.Side;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * One generation of clean_data, encoded. The rows are read twice, once to fit the encoder and once
 * to encode, so that they need not be held as rows.
 */
public final class TrainingData {
  private static final int SAMPLES = 20;
  private static final int ROWS_BETWEEN_REPORTS = 1_000;

  private final long generation;
  private final String sha256;
  private final Encoder encoder;
  private final SecondPass encoded;

  private TrainingData(long generation, String sha256, Encoder encoder, SecondPass encoded) {
    this.generation = generation;
    this.sha256 = sha256;
    this.encoder = encoder;
    this.encoded = encoded;
  }

  /** Reads and encodes, see {@link #read(Contract, RowSource, Predicate, int, Progress)}. */
  public static TrainingData read(
      Contract contract, RowSource source, int minRows, Progress progress) {
    return read(contract, source, column -> true, minRows, progress);
  }

  /**
   * Reads and encodes.
   *
   * @param used whether features may be made from a column
   * @param minRows training rows that a value needs for a feature of its own
   * @throws IllegalStateException if a side has no rows, or the data changed in between
   */
  public static TrainingData read(
      Contract contract, RowSource source, Predicate<Column> used, int minRows, Progress progress) {
    FirstPass first = new FirstPass(contract);
    long generation =
        source.read(
            (side, row) -> {
              first.add(side, row);
              report(progress, first.total(), 0);
            });
    requireRows(first);
    Encoder encoder = first.fitter().fit(used, minRows);
    SecondPass second = new SecondPass(contract, encoder, first, SAMPLES);
    long again =
        source.read(
            (side, row) -> {
              second.add(side, row);
              report(progress, second.total(), first.total());
            });
    if (again != generation || second.total() != first.total()) {
      throw unexpected("generation " + again, "generation " + generation + ", as read before");
    }
    return new TrainingData(generation, first.digest().finish(), encoder, second);
  }

  /** The generation of clean_data. */
  public long generation() {
    return generation;
  }

  /** Digest over the rows of all sides, lower-case hexadecimal. */
  public String sha256() {
    return sha256;
  }

  public Encoder encoder() {
    return encoder;
  }

  public Vectors vectors(Side side) {
    return encoded.vectors(side);
  }

  /**
   * The test rows as callers give them who know nothing of earlier encounters, in the order of
   * {@link #vectors}; empty where no feature is made from these.
   */
  public Optional<Vectors> testWithoutHistory() {
    return encoded.withoutHistory();
  }

  /** Whose the rows of {@link #vectors} are, in the same order. */
  public RowFacts facts(Side side) {
    return encoded.facts(side);
  }

  /** Some 20 test rows as they are, spread over the keys. */
  public List<Row> samples() {
    return encoded.samples();
  }

  private static void requireRows(FirstPass first) {
    for (Side side : Side.values()) {
      if (first.rows(side) == 0) {
        throw unexpected("0 rows for " + side.label(), "at least 1 on each side of the split");
      }
    }
  }

  private static void report(Progress progress, int done, int total) {
    if (done % ROWS_BETWEEN_REPORTS == 0 || done == total) {
      progress.at("rows", done, total);
    }
  }

  private static IllegalStateException unexpected(String found, String expected) {
    return new IllegalStateException("clean_data: " + found + " (expected: " + expected + ")");
  }
}
