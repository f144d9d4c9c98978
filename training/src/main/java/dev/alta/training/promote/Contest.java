package dev.alta.training.promote;

import dev.alta.training.dataset.RowFacts;
import dev.alta.training.evaluate.Scores;
import java.util.List;

/**
 * Two models on the same rows that neither has learned from.
 *
 * @param classes from the least to the most urgent
 * @param generation of clean_data that the rows are of
 * @param rows whose they are
 * @param reference what the candidate is held against: "champion 3"
 * @param referenceScores its probabilities, row by row
 * @param candidateScores likewise
 */
public record Contest(
    List<String> classes,
    long generation,
    RowFacts rows,
    String reference,
    Scores referenceScores,
    Scores candidateScores) {
  public Contest {
    require("rows of " + reference, referenceScores.rows(), rows.rows());
    require("rows of the candidate", candidateScores.rows(), rows.rows());
    require("rows", Math.min(1, rows.rows()), 1);
    for (int row = 0; row < rows.rows(); row++) {
      require("class in row " + row, candidateScores.actual(row), referenceScores.actual(row));
    }
  }

  private static void require(String what, int found, int expected) {
    if (found != expected) {
      throw new IllegalArgumentException(what + ": " + found + " (expected: " + expected + ")");
    }
  }
}
