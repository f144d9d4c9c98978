package dev.alta.training.promote;

import dev.alta.core.contract.Contract;
import dev.alta.core.contract.Row;
import dev.alta.core.split.Side;
import dev.alta.model.bundle.Predictor;
import dev.alta.model.registry.StoredModel;
import dev.alta.training.dataset.RowFacts;
import dev.alta.training.dataset.RowSource;
import dev.alta.training.evaluate.Scores;

/** Lets two versions answer for the same test rows of clean_data, each by its own encoder. */
public final class HeldOutRows {
  private final Contract contract;
  private final RowSource rows;

  public HeldOutRows(Contract contract, RowSource rows) {
    this.contract = contract;
    this.rows = rows;
  }

  /**
   * Reads the rows twice, once to count them, and scores them.
   *
   * @param what the first version is called in records: "champion 3"
   * @throws IllegalStateException if there are no test rows, or they changed in between
   * @throws dev.alta.model.bundle.UnusableModelException if one of the versions cannot answer for
   *     rows of this contract
   */
  public Contest contest(String what, StoredModel reference, StoredModel candidate) {
    int[] count = {0};
    long counted = rows.read((side, row) -> count[0] += side == Side.TEST ? 1 : 0);
    RowFacts facts = new RowFacts(contract, count[0]);
    Answers ofReference = new Answers(Predictor.of(contract, reference.model()), count[0]);
    Answers ofCandidate = new Answers(Predictor.of(contract, candidate.model()), count[0]);
    long scored =
        rows.read(
            (side, row) -> {
              if (side == Side.TEST) {
                requireUnchanged(facts.rows() < count[0]);
                facts.add(row);
                ofReference.add(row);
                ofCandidate.add(row);
              }
            });
    requireUnchanged(scored == counted && facts.rows() == count[0]);
    return new Contest(
        contract.classes(), counted, facts, what, ofReference.scores(), ofCandidate.scores());
  }

  private static void requireUnchanged(boolean same) {
    if (!same) {
      throw new IllegalStateException(
          "clean_data: changed while it was read (expected: one generation; try again)");
    }
  }

  /** What one version says, row by row. */
  private static final class Answers {
    private final Predictor predictor;
    private final Predictor.Scratch scratch;
    private final double[] probabilities;
    private final Scores scores;

    Answers(Predictor predictor, int rows) {
      this.predictor = predictor;
      this.scratch = predictor.scratch();
      this.probabilities = new double[predictor.classes().size()];
      this.scores = new Scores(probabilities.length, rows);
    }

    void add(Row row) {
      predictor.probabilities(row, scratch, probabilities);
      scores.add(probabilities, row.position(row.contract().target()));
    }

    Scores scores() {
      return scores;
    }
  }
}
