package dev.alta.training.report;

import dev.alta.core.contract.Contract;
import dev.alta.proto.v1.Evaluation;
import dev.alta.proto.v1.Model;
import dev.alta.proto.v1.Provenance;
import dev.alta.proto.v1.SearchRecord;
import dev.alta.training.dataset.Vectors;
import dev.alta.training.evaluate.Scores;
import java.util.List;

/**
 * What a report is made from.
 *
 * @param run what it was searched for, as in the manifest
 * @param validation of the same settings grown on the training rows alone
 * @param test of the model
 * @param withoutHistory of the model on the test rows without what is known from earlier
 *     encounters; of no rows where it reads nothing of that
 * @param baseline of logistic regression, on the same test rows
 * @param scores of the model on the test rows
 * @param vectors of the test rows, in the same order
 * @param searches that led to it; may be none
 */
public record ReportInput(
    Contract contract,
    Model model,
    String run,
    Provenance provenance,
    Evaluation validation,
    Evaluation test,
    Evaluation withoutHistory,
    Evaluation baseline,
    Scores scores,
    Vectors vectors,
    List<SearchRecord> searches) {
  public ReportInput {
    searches = List.copyOf(searches);
    if (scores.rows() != vectors.rows()) {
      throw new IllegalArgumentException(
          "scores: " + scores.rows() + " rows (expected: " + vectors.rows() + ", as the vectors)");
    }
  }
}
