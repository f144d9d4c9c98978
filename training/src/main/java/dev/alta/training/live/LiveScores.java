package dev.alta.training.live;

import dev.alta.core.contract.Contract;
import dev.alta.core.contract.Row;
import dev.alta.database.ServedPredictions;
import dev.alta.training.dataset.RowFacts;
import dev.alta.training.evaluate.Scores;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * What a version answered for encounters whose outcome is known: of each encounter the latest
 * answer.
 *
 * @param scores answers and outcomes
 * @param rows whose they are, in the same order. An encounter whose patient was not given counts as
 *     a patient by itself.
 * @param times when it was answered
 */
public record LiveScores(Scores scores, RowFacts rows, List<Instant> times) {
  public LiveScores {
    times = List.copyOf(times);
  }

  /** Reads those of a version since a moment. */
  public static LiveScores read(
      ServedPredictions served, Contract contract, String model, String version, Instant since) {
    long count = served.judged(model, since).getOrDefault(version, 0L);
    int most = Math.toIntExact(count);
    int classes = contract.classes().size();
    Scores scores = new Scores(classes, most);
    RowFacts rows = new RowFacts(contract, most);
    List<Instant> times = new ArrayList<>(most);
    double[] probabilities = new double[classes];
    served.readJudged(
        model,
        version,
        since,
        most,
        (prediction, outcome) -> {
          for (int c = 0; c < classes; c++) {
            probabilities[c] = prediction.probabilities().get(c);
          }
          scores.add(probabilities, outcome);
          rows.add(withPatient(contract, prediction.encounter()));
          times.add(prediction.at());
        });
    return new LiveScores(scores, rows, times);
  }

  /** Encounters of each class. */
  public long[] ofClass() {
    long[] counts = new long[scores.classes()];
    for (int row = 0; row < scores.rows(); row++) {
      counts[scores.actual(row)]++;
    }
    return counts;
  }

  /** Numbers below 0 are nobody's. */
  private static Row withPatient(Contract contract, Row row) {
    if (row.recorded(contract.patient())) {
      return row;
    }
    Row alone = new Row(row);
    alone.put(contract.patient(), -row.whole(contract.key()));
    return alone;
  }
}
